"""Any picture of the chosen data set, which is in the browser only."""

from pathlib import Path

from pixelviz.page import component
from pixelviz.page.lesson.data import place_picture
from pixelviz.page.lesson.figures import CONTROLS

KEY = "pictures"

_HERE = Path(__file__)

_pictures = component.register(
    _HERE.with_suffix(".js"), styles=(CONTROLS, _HERE.parents[1] / "parts.css")
)


def show() -> None:
    """Show one picture large, and all of them on a wall."""
    _pictures(data={}, key=KEY, on_placed_change=place_picture.from_component(KEY))
