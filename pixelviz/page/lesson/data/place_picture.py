"""Puts a picture of a data set on the canvas: its component sends it, as the server has no set."""

import base64
import binascii
from collections.abc import Callable

import numpy as np
import streamlit as st

from pixelviz.arrays import LENGTH
from pixelviz.page.lesson import placing
from pixelviz.vector import roll

TRIGGER = "placed"
"""The trigger by which a component sends a picture: `place_picture.js` has the same name."""


def from_component(key: str) -> Callable[[], None]:
    """Return what to call when a component has sent a picture, for `on_placed_change`.

    Args:
        key: The component's.
    """

    def place() -> None:
        sent = getattr(st.session_state.get(key), TRIGGER, None)
        try:  # a browser can send anything
            pixels = base64.b64decode(sent or "", validate=True)
        except (TypeError, ValueError, binascii.Error):
            return
        if len(pixels) == LENGTH:
            placing.place_grid(roll(np.frombuffer(pixels, np.uint8).copy()))

    return place
