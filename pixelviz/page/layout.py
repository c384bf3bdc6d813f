"""The layout of the page: its title, its style sheets, and how it shows what went wrong."""

import base64
import io
import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np
import streamlit as st
from PIL import Image

from pixelviz.arrays import PIXEL_MAX
from pixelviz.errors import DataError, ModelError, PixelvizError
from pixelviz.page import plain_text
from pixelviz.server import streamlit_internals

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

LOGGED_MAX = 1000
"""How many different messages are remembered as logged."""

_log = logging.getLogger(__name__)
_logged: set[str] = set()

STYLES = [
    Path(__file__).parent / name
    for name in (
        "layout.css",
        "lesson/lesson.css",
        "worksheet_result.css",
        "third_party.css",
        "print.css",
    )
]

TITLE = """
<header class="title">
  <h1>Pixelviz<span>: how a computer sees a digit</span></h1>
  <p>Your drawing becomes 28 × 28 integers. In one line they are 784 features:
  all the model gets.</p>
</header>
"""


def begin() -> None:
    """Set up title, width and style sheets. Comes first on the page."""
    streamlit_internals.speed_up()
    streamlit_internals.refuse_unreadable_widget_states()
    st.set_page_config(
        page_title="Pixelviz: how a computer sees a digit",
        page_icon=_icon(),
        layout="wide",
    )
    for style in STYLES:
        st.html(style)
    st.html(TITLE)


def _icon() -> Image.Image:
    """Return the page's icon: a seven of 7×7 pixels, white on black."""
    seven = np.zeros((7, 7), np.uint8)
    seven[1, 1:6] = seven[2, 5] = seven[3, 4] = seven[4:6, 3] = PIXEL_MAX
    return Image.fromarray(seven.repeat(8, axis=0).repeat(8, axis=1))


def icon_address() -> str:
    """Return a data: address of the page's icon, for a page without Streamlit."""
    stream = io.BytesIO()
    _icon().save(stream, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode('ascii')}"


def show_error(error: PixelvizError) -> None:
    """Show what went wrong and what to do about it, where the view would have been.

    A problem may quote what came from outside, so it is shown as text, not as Markdown. It is
    logged with its traceback, once, however often the page runs: what the server's owner has to
    mend as a warning, what a visitor sent as information.
    """
    if str(error) not in _logged:
        if len(_logged) >= LOGGED_MAX:
            _logged.clear()
        _logged.add(str(error))
        is_ours = isinstance(error, (ModelError, DataError))
        level = logging.WARNING if is_ours else logging.INFO
        _log.log(level, "A visitor reads a message.", exc_info=error)
    st.error(plain_text.to_markdown(str(error)), icon=":material/error:")


def show_bug(_: Exception | None = None) -> bool:
    """Say that there is a bug in the program.

    Returns:
        True: Streamlit need not say so as well.
    """
    st.error(
        "This part of the page could not be shown: there is a bug in the program, not "
        "in your drawing. Keep drawing, or reload the page.",
        icon=":material/error:",
    )
    return True


def reports_errors(
    function: Callable[_Parameters, _Result],
) -> Callable[_Parameters, _Result | None]:
    """Return a function whose errors are shown on the page in a sentence, not as a stack trace.

    What the visitor can fix is a PixelvizError. Any other error is a bug: it is logged with its
    traceback, and the page says that the drawing is not to blame.
    """

    @wraps(function)
    def reporting(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result | None:
        try:
            return function(*args, **kwargs)
        except PixelvizError as error:
            show_error(error)
        except Exception:
            _log.exception("The page could not be shown.")
            show_bug()
        return None

    return reporting
