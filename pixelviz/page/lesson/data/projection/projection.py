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
        f"Each picture is a point with {LENGTH} coordinates, its features. The first **principal "
        "component** is the direction in which these points spread most, the second that at a "
        "right angle to it; **variance** measures how far they spread. The screen shows only how "
        "far each point lies along these two. Draw: your digit is a point, too, and moves with "
        "the pen."
    )
    _projection(
        data={"pixels": component.encoded(drawing.grid), "isExample": drawing.is_example},
        key=KEY,
        on_placed_change=place_picture.from_component(KEY),
    )
