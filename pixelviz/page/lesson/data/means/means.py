"""The mean image of each digit of the chosen data set, and how the drawing differs from it."""

from pathlib import Path

import streamlit as st

from pixelviz.page import component
from pixelviz.page.lesson.figures import CONTROLS, Drawing, tell

_HERE = Path(__file__)

_means = component.register(
    _HERE.with_suffix(".js"), styles=(CONTROLS, _HERE.parents[1] / "parts.css")
)


def show(drawing: Drawing) -> None:
    """Show how many there are of each digit, their means, and the drawing minus each of them."""
    st.markdown("**Each digit on average**")
    tell(
        "In a **mean image** each pixel is the **mean**, the average, of that pixel in all "
        "pictures of a digit. Below it is a digit minus the mean image: orange where the digit "
        "has more ink, blue where it has less. The **distance** sums that up: the square root of "
        "the sum of all squared differences. How far is a picture from the mean image of its own "
        "target?"
    )
    _means(data={"pixels": component.encoded(drawing.grid)}, key="means")
