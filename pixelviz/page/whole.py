"""The page, from top to bottom: draw a digit, and see how a computer sees it."""

import streamlit as st

from pixelviz import raster
from pixelviz.page import (
    canvas,
    exports,
    frame,
    lesson,
    pixel_view,
    prediction,
    room,
    sources,
    tools,
    turns,
)


@st.fragment
@turns.in_turn
def views() -> None:
    """Show the drawing in all views; a new stroke runs this part of the page only."""
    ink, framing = canvas.show(), canvas.framing()
    drawn = raster.as_drawn(ink)
    grid = drawn if framing == "drawn" else raster.to_grid(ink)
    sources.keep_address_true(grid)
    pixel_view.hand_over(grid, drawn)
    tools.show_quick()
    answer = prediction.show(grid)
    exports.keep(grid, answer)
    if lesson.is_open():
        lesson.show(ink, framing)


@turns.in_turn
def page() -> None:
    """Show the page."""
    frame.begin()
    if not room.let_in():
        return
    sources.open_link()
    with st.container(key="workbench"):
        canvas.show_title()
        tools.show()
        with st.container(key="views"):
            views()
        pixel_view.show(on_edit=canvas.place_grid)
        exports.show()
        if not lesson.is_open():
            lesson.offer()


page()
