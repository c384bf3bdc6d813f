"""Files that are dropped anywhere on the page, or pasted: photos for the dialog, and data sets.

A file of pictures' values is read in the browser, which shows what is in it. Of several pictures
the server gets the one that the person chooses; the whole set stays in the browser.
"""

import base64
import binascii
from pathlib import Path

import numpy as np
import streamlit as st

from pixelviz.arrays import LENGTH, Grid
from pixelviz.errors import SharingError
from pixelviz.page import canvas, component, layout, state
from pixelviz.page.lesson import opening
from pixelviz.page.lesson.figures import CONTROLS
from pixelviz.photo import image_file
from pixelviz.vector import roll

DATA_CHAPTER = "data"
"""The chapter that shows a whole set."""

_component = component.register(
    Path(__file__).with_suffix(".js"),
    styles=(CONTROLS,),
)


def show() -> None:
    """Let the browser take files wherever they are dropped; it shows nothing until then."""
    _component(
        data={"bytesMax": image_file.BYTES_MAX},
        key=state.FILE_INTAKE,
        on_placed_change=_place,
        on_taken_change=_open_chapter,
    )
    show_problem()


def show_problem() -> None:
    """Show what is wrong with what the browser has just sent, if anything is."""
    problem = st.session_state.pop(state.FILE_PROBLEM, None)
    if problem is not None:
        layout.show_error(problem)


def _place() -> None:
    """Put the picture that the person has chosen on the canvas."""
    st.session_state[state.IMPORTING] = False
    try:
        canvas.place_grid(_picture(_sent("placed")))
    except SharingError as error:
        st.session_state[state.FILE_PROBLEM] = error


def _open_chapter() -> None:
    """Open the chapter for the set that the person has taken over."""
    if _sent("taken") is not True:  # a browser can send anything
        return
    st.session_state[state.IMPORTING] = False
    opening.open_chapter(DATA_CHAPTER)


def _sent(name: str) -> object:
    try:
        return st.session_state[state.FILE_INTAKE][name]
    except (KeyError, TypeError):
        return None


def _picture(sent: object) -> Grid:
    """Return the picture that the browser has sent, which may be anything.

    Raises:
        SharingError: It is no picture.
    """
    try:
        pixels = base64.b64decode(sent, validate=True)  # type: ignore[arg-type]
    except (TypeError, ValueError, binascii.Error):
        pixels = b""
    if len(pixels) != LENGTH:
        raise SharingError(
            f"Expected a picture of {LENGTH} bytes, got something else.",
            "Open the file again, and choose one of its pictures.",
        )
    return roll(np.frombuffer(pixels, np.uint8).copy())
