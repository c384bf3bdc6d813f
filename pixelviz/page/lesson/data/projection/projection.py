"""The chosen data set brought down to two dimensions, with the person's digit as a point in it."""

from pathlib import Path

import streamlit as st

from pixelviz.arrays import LENGTH
from pixelviz.page import component
from pixelviz.page.lesson.data import place_picture
from pixelviz.page.lesson.figures import CONTROLS, Drawing, tell

KEY = "projection"

_HERE = Path(__file__)

_projection = component.register(
    _HERE.with_suffix(".js"), styles=(CONTROLS, _HERE.parents[1] / "parts.css")
)


def show(drawing: Drawing) -> None:
    """Show each picture of the chosen set as a point, and the drawing as one that moves."""
    st.markdown(f"**{LENGTH} dimensions on a flat screen**")
    tell(
        f"Each picture is a point with {LENGTH} coordinates, its features. The two **principal "
        "components** are the directions in which these points are spread most widely; here you "
        "see the points from there. Draw: your digit is a point, too, and moves with each stroke."
    )
    _projection(
        data={"pixels": component.encoded(drawing.grid), "isExample": drawing.is_example},
        key=KEY,
        on_placed_change=place_picture.from_component(KEY),
    )
