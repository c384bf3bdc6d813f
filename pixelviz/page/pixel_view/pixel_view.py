"""The pixel view: picture, integers and strip of one grid, linked in the browser."""

import base64
import binascii
from collections.abc import Callable
from pathlib import Path

import numpy as np
import streamlit as st

from pixelviz.arrays import LENGTH, Grid
from pixelviz.page import component, state
from pixelviz.vector import roll

_view = component.register(Path(__file__).with_suffix(".js"))


def show(on_edit: Callable[[], None] = lambda: None) -> None:
    """Show picture, integers and strip, of the grid that `messenger.send` sends to them.

    Args:
        on_edit: Called when the person has changed some of the integers.
    """
    _view(key=state.PIXEL_VIEW, on_pinned_change=lambda: None, on_edited_change=on_edit)


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
