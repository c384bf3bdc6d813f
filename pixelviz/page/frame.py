"""The frame around the views: the page's title, its style, and how it says that something is wrong."""

from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pixelviz.errors import PixelvizError
from pixelviz.spec import PIXEL_MAX

STYLE = Path(__file__).parent / "page.css"


def begin() -> None:
    """Set the page up: its title, its width and its style sheet. Comes first on the page."""
    st.set_page_config(
        page_title="Pixelviz: how a computer sees a digit",
        page_icon=_icon(),
        layout="wide",
    )
    st.html(STYLE)
    st.title("Pixelviz: how a computer sees a digit", anchor=False)


def _icon() -> NDArray[np.uint8]:
    """Return the page's icon: a seven of 7×7 pixels, white on black, framed in black."""
    seven = np.zeros((7, 7), np.uint8)
    seven[1, 1:6] = seven[2, 5] = seven[3, 4] = seven[4:6, 3] = PIXEL_MAX
    return seven.repeat(8, axis=0).repeat(8, axis=1)


def say(error: PixelvizError) -> None:
    """Show what went wrong and what to do about it, where the view would have been."""
    st.error(f"{error.problem} {error.fix}", icon=":material/error:")
