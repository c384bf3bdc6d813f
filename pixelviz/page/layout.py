"""The frame around the views: the page's title, its style, and its way to say what is wrong."""

from pathlib import Path

import numpy as np
import streamlit as st
from PIL import Image

from pixelviz.arrays import PIXEL_MAX
from pixelviz.errors import PixelvizError
from pixelviz.server import streamlit_internals

STYLES = [Path(__file__).parent / name for name in ("layout.css", "lesson/lesson.css")]

TITLE = """
<header class="title">
  <h1>Pixelviz: how a computer sees a digit</h1>
  <p>Your drawing becomes 28 × 28 integers. In one line they are 784 features:
  all the model gets.</p>
</header>
"""


def begin() -> None:
    """Set the page up: its title, its width and its style sheet. Comes first on the page."""
    streamlit_internals.begin()
    st.set_page_config(
        page_title="Pixelviz: how a computer sees a digit",
        page_icon=_icon(),
        layout="wide",
    )
    for style in STYLES:
        st.html(style)
    st.html(TITLE)


def _icon() -> Image.Image:
    """Return the page's icon: a seven of 7×7 pixels, white on black, framed in black."""
    seven = np.zeros((7, 7), np.uint8)
    seven[1, 1:6] = seven[2, 5] = seven[3, 4] = seven[4:6, 3] = PIXEL_MAX
    return Image.fromarray(seven.repeat(8, axis=0).repeat(8, axis=1))


def say(error: PixelvizError) -> None:
    """Show what went wrong and what to do about it, where the view would have been."""
    st.error(f"{error.problem} {error.fix}", icon=":material/error:")
