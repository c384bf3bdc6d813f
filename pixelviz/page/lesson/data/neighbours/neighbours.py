"""The pictures of the chosen data set that are nearest to the drawing."""

from pathlib import Path

import streamlit as st

from pixelviz.arrays import LENGTH
from pixelviz.page import component
from pixelviz.page.lesson.figures import CONTROLS, Drawing, tell

_HERE = Path(__file__)

_neighbours = component.register(
    _HERE.with_suffix(".js"), styles=(CONTROLS, _HERE.parents[1] / "parts.css")
)


def show(drawing: Drawing) -> None:
    """Show the ten nearest pictures, their targets and how far away they are."""
    st.markdown("**Your digit's nearest neighbours**")
    tell(
        "Your digit's **nearest neighbours** are the pictures at the smallest distance from it. "
        f"Near means similar in each of the {LENGTH} pixels, which is not the same as similar to "
        "the eye. Choose *As drawn* and draw your digit in a corner: which neighbours does it get?"
    )
    _neighbours(data={"pixels": component.encoded(drawing.grid)}, key="neighbours")
