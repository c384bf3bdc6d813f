"""Gives the drawing to a class that this browser has joined."""

from pathlib import Path

from pixelviz.page import component
from pixelviz.page.lesson.figures import CONTROLS, Drawing

_HERE = Path(__file__)

_give = component.register(
    _HERE.with_suffix(".js"), styles=(CONTROLS, _HERE.parents[2] / "data" / "parts.css")
)


def show(drawing: Drawing) -> None:
    """Show where the code of a class is typed, and then what gives the drawing to it."""
    data = {"pixels": component.encoded(drawing.grid), "isExample": drawing.is_example}
    _give(data=data, key="give")
