"""The page, from top to bottom: draw a digit, and see how a computer sees it."""

import streamlit as st

from pixelviz import raster
from pixelviz.page import canvas, frame, pixel_view, prediction, tools


@st.fragment
def views() -> None:
    """Show the drawing in all views; a new stroke runs this part of the page only."""
    with st.container(key="views"):
        ink = canvas.show()
        grid = raster.to_grid(ink, framing=tools.framing())
        pixel_view.show(grid)
        prediction.show(grid)


frame.begin()
with st.container(key="workbench"):
    tools.show()
    views()
