"""The page, from top to bottom: draw a digit, and see how a computer sees it."""

import streamlit as st

from pixelviz import raster
from pixelviz.page import canvas, frame, pixel_view, prediction

frame.begin()
with st.container(key="workbench"):
    ink = canvas.show()
    grid = raster.to_grid(ink, framing=canvas.framing())
    pixel_view.show(grid)
    prediction.show(grid)
