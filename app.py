"""The page, from top to bottom: draw a digit, and see how a computer sees it."""

import streamlit as st

from pixelviz import raster
from pixelviz.page import canvas, frame, lesson, pixel_view, prediction, tools


@st.fragment
def views() -> None:
    """Show the drawing in all views; a new stroke runs this part of the page only."""
    with st.container(key="views"):
        ink, framing = canvas.show(), canvas.framing()
        grid = raster.to_grid(ink, framing=framing)
        pixel_view.show(grid, on_edit=canvas.place_grid)
        prediction.show(grid)
        lesson.show(ink, framing)


frame.begin()
with st.container(key="workbench"):
    tools.show()
    views()
