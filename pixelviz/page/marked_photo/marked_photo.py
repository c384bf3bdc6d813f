"""A photo with its digits marked, in which a person can draw a box around another one."""

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from pixelviz.arrays import Grey
from pixelviz.page import component
from pixelviz.page.lesson.figures import data_url
from pixelviz.photo.boxed_ink import Box

_component = component.register(Path(__file__).with_suffix(".js"))


KEY = "marked_photo"


def show(paper: Grey, marks: Mapping[int, Box], *, on_box: Callable[[Box], None]) -> None:
    """Show where the digits are in a photo, and let a box be drawn.

    Args:
        paper: (h, w) uint8, the photo's paper.
        marks: By number, where each digit is.
        on_box: Called with a box that has been drawn, before the page runs.
    """

    def hear() -> None:
        box = _checked(getattr(st.session_state.get(KEY), "box", None))
        if box is not None:
            on_box(box)

    _component(
        data={"paper": data_url(paper), "marks": [[number, *box] for number, box in marks.items()]},
        key=KEY,
        on_box_change=hear,
    )


def _checked(sent: object) -> Box | None:
    """Return a box that the browser sent, which may be anything, as far as it lies on the paper."""
    match sent:
        case [float() | int(), float() | int(), float() | int(), float() | int()]:
            if all(0 <= share <= 1 for share in sent):  # which is False for NaN
                top, left, height, width = map(float, sent)
                return Box(top, left, min(height, 1 - top), min(width, 1 - left))
    return None
