"""The choice of the data set: MNIST, a file, or the digits of this visit."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pixelviz import raster
from pixelviz.arrays import DIGITS
from pixelviz.page import canvas, component
from pixelviz.page.lesson.figures import CONTROLS, Drawing
from pixelviz.server.mnist_files import PartAddress

_HERE = Path(__file__)

_sources = component.register(
    _HERE.with_suffix(".js"), styles=(CONTROLS, _HERE.parents[1] / "parts.css")
)


def show(drawing: Drawing, parts: Sequence[PartAddress], *, is_mnist_wanted: bool) -> None:
    """Show which data sets there are, what they come from, and how to get another one.

    Args:
        drawing: What can be kept, with its label.
        parts: Those of MNIST; none where the server does not have it.
        is_mnist_wanted: Whether MNIST is to be shown first.
    """
    _sources(
        data={
            "pixels": component.encoded(drawing.grid),
            "isExample": drawing.is_example,
            "examples": _examples(),
            "parts": list(parts),
            "isMnistWanted": is_mnist_wanted,
        },
        key="sources_of_data",
    )


@lru_cache(1)
def _examples() -> list[str]:
    """Return the ten examples, framed like MNIST, as components are sent them."""
    return [component.encoded(raster.to_grid(canvas.example(digit))) for digit in DIGITS]
