"""The wall of all digits that the class has given, which the browser asks for with its key."""

from dataclasses import asdict
from pathlib import Path

from pixelviz.page import component
from pixelviz.page.lesson.data import place_picture
from pixelviz.page.lesson.our_class.styles import STYLES
from pixelviz.server import school_network

KEY = "class_wall"

_HERE = Path(__file__)

_wall = component.register(
    _HERE.with_suffix(".js"), styles=(_HERE.parents[2] / "data" / "parts.css", *STYLES)
)


def show() -> None:
    """Show the wall, where this browser is a teacher's; a click on a digit says whose it is."""
    _wall(
        data={"reach": asdict(school_network.reach())},
        key=KEY,
        on_placed_change=place_picture.from_component(KEY),
    )
