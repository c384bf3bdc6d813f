"""Takes the digits of the class away, as files, which the browser gets with the teacher's key."""

from pathlib import Path

from pixelviz.page import component
from pixelviz.page.lesson.our_class.styles import STYLES

_files = component.register(Path(__file__).with_suffix(".js"), styles=STYLES)


def show() -> None:
    """Show the buttons, where this browser is a teacher's."""
    _files(data={}, key="class_files")
