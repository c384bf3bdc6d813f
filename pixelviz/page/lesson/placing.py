"""How a chapter puts a drawing on the canvas, which is outside it."""

import streamlit as st

from pixelviz.arrays import Grid, Ink
from pixelviz.page import canvas, state


def place_ink(picture: Ink) -> None:
    """Replace what is on the canvas by ink, (280, 280) uint8."""
    canvas.place_ink(picture)
    st.session_state[state.CHAPTER_PLACED] = True


def place_grid(grid: Grid) -> None:
    """Replace what is on the canvas by a grid, (28, 28) uint8."""
    canvas.place_grid(grid)
    st.session_state[state.CHAPTER_PLACED] = True


def rerun_if_placed() -> None:
    """Run the whole page once more where a chapter's button has just replaced the drawing."""
    if st.session_state.pop(state.CHAPTER_PLACED, False):
        st.rerun()
