"""The messenger: the one component that brings the views what they show of a drawing.

The pixel view and the panel are mounted by the page. What runs for each stroke only sends them
values by this component, not their code again, and both in one message: each message takes time.
"""

from pathlib import Path
from typing import Any

from pixelviz.arrays import Grid
from pixelviz.page import component
from pixelviz.raster import Framing

_messenger = component.register(Path(__file__).with_suffix(".js"))


def send(
    grid: Grid,
    drawn: Grid,
    *,
    framing: Framing = "mnist",
    number: int = 0,
    answer: dict[str, Any] | None = None,
) -> None:
    """Send the views a grid to show, and what the models answer to it.

    While a stroke is being drawn, the browser itself shows what is on the canvas, as drawn, until
    the server's answer to exactly that drawing arrives.

    Args:
        grid: (28, 28) uint8.
        drawn: (28, 28) uint8, the same drawing as drawn.
        framing: How the one became the other.
        number: The placement that the drawing is based on.
        answer: What `prediction.for_panel` returns.

    Raises:
        ArrayError: One of the two grids is not (28, 28) uint8.
    """
    data = {
        "pixels": component.encoded(grid),
        "drawn": None if drawn is grid else component.encoded(drawn),
        "framing": framing,
        "number": number,
        "answer": answer,
    }
    _messenger(data=data, key="message")
