"""Keeps the drawing with its label, in the browser: the digits of this visit are a data set."""

from functools import lru_cache
from pathlib import Path

from pixelviz import raster
from pixelviz.arrays import DIGITS
from pixelviz.page import canvas, component
from pixelviz.page.lesson.figures import CONTROLS, Drawing

_HERE = Path(__file__)

STYLES = (CONTROLS, _HERE.parents[1] / "parts.css", _HERE.with_name("keep_digits.css"))
"""For a component that has the buttons of `keep_digits.js`."""

_keep = component.register(_HERE.with_suffix(".js"), styles=STYLES)


def show(drawing: Drawing) -> None:
    """Show ten buttons, each of which keeps the drawing as that digit."""
    _keep(data=what_can_be_kept(drawing), key="keep")


def what_can_be_kept(drawing: Drawing) -> dict[str, object]:
    """Return what `keep_digits.js` is given: the drawing, and the ten examples.

    Returns:
        `pixels`, `isExample` and `examples`, grids as components are sent them.
    """
    return {
        "pixels": component.encoded(drawing.grid),
        "isExample": drawing.is_example,
        "examples": _examples(),
    }


@lru_cache(1)
def _examples() -> list[str]:
    return [component.encoded(raster.to_grid(canvas.example(digit))) for digit in DIGITS]
