"""How a chapter puts a drawing on the canvas, which is outside it."""

import streamlit as st

from pixelviz.arrays import Grid, Ink
from pixelviz.page import canvas, state
from pixelviz.page.lesson.figures import a_digit

THIN_PEN_PX = 4
"""A pen thinner than any that the page offers."""


def place_ink(picture: Ink) -> None:
    """Replace what is on the canvas by ink, (280, 280) uint8."""
    canvas.place_ink(picture)
    st.session_state[state.CHAPTER_PLACED] = True


def place_grid(grid: Grid) -> None:
    """Replace what is on the canvas by a grid, (28, 28) uint8."""
    canvas.place_grid(grid)
    st.session_state[state.CHAPTER_PLACED] = True


def offer_thin_digit(digit: int) -> None:
    """Show a button that replaces the drawing by an example, 0 to 9, by a very thin pen."""
    st.button(
        f"Try {a_digit(digit)} by a very thin pen",
        key="thin_pen",
        on_click=_place_thin_digit,
        args=(digit,),
    )


def _place_thin_digit(digit: int) -> None:
    place_ink(canvas.example(digit, pen_width_px=THIN_PEN_PX))


def rerun_if_placed() -> None:
    """Run the whole page once more where a chapter's button has just replaced the drawing."""
    if st.session_state.pop(state.CHAPTER_PLACED, False):
        st.rerun()
