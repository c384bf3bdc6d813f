"""The pixel view: picture, integers and strip of one grid, linked in the browser."""

import base64
import binascii
from collections.abc import Callable
from pathlib import Path

import numpy as np
import streamlit as st

from pixelviz.arrays import LENGTH, Grid
from pixelviz.page import component, state
from pixelviz.raster import Framing
from pixelviz.vector import roll

_HERE = Path(__file__).parent

_view = component.register(_HERE / "pixel_view.js")
_messenger = component.register(_HERE / "grid_messenger.js")


def show(on_edit: Callable[[], None] = lambda: None) -> None:
    """Show picture, integers and strip, of the grid that `send` sends to them.

    Args:
        on_edit: Called when the person has changed some of the integers.
    """
    _view(key=state.PIXEL_VIEW, on_pinned_change=lambda: None, on_edited_change=on_edit)


def send(grid: Grid, drawn: Grid, *, framing: Framing = "mnist", number: int = 0) -> None:
    """Send the views a grid to show: its values only, not the views' code again.

    While a stroke is being drawn, the browser itself shows what is on the canvas, as drawn, until
    the server's answer to exactly that drawing arrives.

    Args:
        grid: (28, 28) uint8.
        drawn: (28, 28) uint8, the same drawing as drawn.
        framing: How the one became the other.
        number: The placement that the drawing is based on.

    Raises:
        ArrayError: One of the two is not (28, 28) uint8.
    """
    data = {
        "pixels": component.encoded(grid),
        "drawn": None if drawn is grid else component.encoded(drawn),
        "framing": framing,
        "number": number,
    }
    _messenger(data=data, key="grid")


def pinned() -> int | None:
    """Return the index of the feature that is pinned, 0 to 783, or None."""
    try:
        index = st.session_state[state.PIXEL_VIEW]["pinned"]
    except (KeyError, TypeError):  # nothing was pinned yet, or the message is malformed
        return None
    # A browser can send anything.
    is_index = isinstance(index, int) and not isinstance(index, bool) and 0 <= index < LENGTH
    return index if is_index else None


def edited() -> tuple[Grid, int] | None:
    """Return what the person has changed just now, if anything.

    Returns:
        The whole grid, (28, 28) uint8, and the number of the placement whose grid it was.
    """
    try:  # a browser can send anything
        edited = st.session_state[state.PIXEL_VIEW]["edited"]
        sent = base64.b64decode(edited["pixels"], validate=True)
        number = edited["number"]
    except (KeyError, TypeError, ValueError, binascii.Error):
        return None
    if len(sent) != LENGTH or not isinstance(number, int):
        return None
    return roll(np.frombuffer(sent, np.uint8).copy()), number
