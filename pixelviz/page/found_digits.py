"""The digits found in a photo: marked in it, read by the chosen model, for one to be chosen."""

from collections.abc import Sequence

import streamlit as st

from pixelviz import raster
from pixelviz.arrays import Grey, Grid
from pixelviz.errors import ModelError
from pixelviz.model.classifier import Prediction
from pixelviz.page import state
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.figures import Figure, data_url, show_figures
from pixelviz.page.prediction import NOT_SURE, percent
from pixelviz.photo.reading import FoundDigit

DIGIT_PX = 64
"""How wide each digit is shown."""


def show(paper: Grey, digits: Sequence[FoundDigit]) -> FoundDigit | None:
    """Show where the digits are in a photo and what they are read as, with a button for each.

    Args:
        paper: (h, w) uint8, the photo's paper.
        digits: The digits on it.

    Returns:
        The digit whose button was pressed, if any was.
    """
    chosen = None
    grids = [raster.to_grid(digit.ink) for digit in digits]
    paper_side, digits_side = st.columns([1, 1.2], gap="medium")
    with paper_side:
        st.html(_marked(paper, digits))
    with digits_side:
        answers = _answers(grids)
    with digits_side, st.container(horizontal=True, gap="small", key="found_digits"):
        for number, (digit, grid) in enumerate(zip(digits, grids, strict=True), start=1):
            with st.container(width=DIGIT_PX + 32, gap="xsmall"):
                show_figures([Figure(grid, "")], width_px=DIGIT_PX)
                if answers:
                    with prediction_table.concealable(f"found_{number}"):
                        st.markdown(_said(answers[number - 1]))
                if st.button(f"Use no. {number}", key=f"use_{number}"):
                    chosen = digit
    return chosen


def _answers(grids: Sequence[Grid]) -> list[Prediction]:
    """Return what the chosen model reads; nothing while the models load, or without it."""
    try:
        ready = prediction_table.models()
    except ModelError:  # the prediction on the page says what is wrong
        return []
    if ready is None:
        return []
    models_card, models = ready
    chosen = models.get(st.session_state.get(state.MODEL, models_card.default))
    return prediction_table.to_each(chosen, grids) if chosen and grids else []


def _said(answer: Prediction) -> str:
    return f"{answer.digit}: {percent(answer.confidence)}" if answer.is_sure else NOT_SURE


def _marked(paper: Grey, digits: Sequence[FoundDigit]) -> str:
    """Return the paper with a frame and a number at each digit."""
    frames = "".join(
        f"<span style='top: {digit.top:.2%}; left: {digit.left:.2%}; "
        f"height: {digit.height:.2%}; width: {digit.width:.2%}'><b>{number}</b></span>"
        for number, digit in enumerate(digits, start=1)
    )
    name = f"The photo's paper with {len(digits)} digits marked"
    return f"<div class='marked'><img src='{data_url(paper)}' alt='{name}'>{frames}</div>"
