"""Starts a class in the browser, which asks the server itself: nothing of it is in the session."""

from dataclasses import asdict
from pathlib import Path

from pixelviz.classroom import limits
from pixelviz.page import component
from pixelviz.page.lesson.our_class.styles import STYLES
from pixelviz.server import school_network

_start = component.register(Path(__file__).with_suffix(".js"), styles=STYLES)


def show() -> None:
    """Show how to start a class; or the one that this browser is the teacher of."""
    _start(data={"limits": _limits(), "reach": asdict(school_network.reach())}, key="class_start")


def _limits() -> dict[str, int]:
    return {
        "devices": limits.DEVICES_MAX,
        "digitsADevice": limits.DIGITS_A_DEVICE_MAX,
        "digitsAClass": limits.DIGITS_A_CLASS_MAX,
        "classes": limits.CLASSES_MAX,
        "hours": limits.HOURS,
        "idleMinutes": limits.IDLE_MINUTES,
    }
