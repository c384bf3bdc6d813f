"""The digits found in a photo: marked in it, read by the chosen model, for one to be chosen."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pixelviz.arrays import Grid
from pixelviz.errors import ModelError
from pixelviz.model.classifier import Prediction
from pixelviz.page import state
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.figures import Figure, show_figures
from pixelviz.page.marked_photo import marked_photo
from pixelviz.page.wording import NOT_SURE, percent
from pixelviz.photo.boxed_ink import Box
from pixelviz.photo.reading import FoundDigit, Reading

DIGIT_PX = 64
"""How wide each digit is shown."""


def show(photo: Reading, *, on_box: Callable[[Box], None]) -> FoundDigit | None:
    """Show where the digits are in a photo and what they are read as, with buttons for each.

    Args:
        photo: What was found in the photo.
        on_box: Called with a box that was drawn around another digit, before the page runs.

    Returns:
        The digit whose button was pressed, if any was.
    """
    dropped: set[int] = st.session_state.setdefault(state.DROPPED, set())
    kept = {
        number: digit for number, digit in enumerate(photo.digits, start=1) if number not in dropped
    }
    paper_side, digits_side = st.columns([1, 1.2], gap="medium")
    with paper_side:
        marks = {number: digit.box for number, digit in kept.items()}
        marked_photo.show(photo.marked, marks, on_box=on_box)
    with digits_side:
        return _show_each(kept)


def _show_each(digits: Mapping[int, FoundDigit]) -> FoundDigit | None:
    """Show each digit with its number; return the one whose button was pressed.

    What the model is not sure of may be a letter or a smudge: it is folded away below the others.
    """
    grids = {number: digit.grid for number, digit in digits.items()}
    answers = dict(zip(digits, _answers(list(grids.values())), strict=False))
    unsure = [number for number, answer in answers.items() if not answer.is_sure]
    sure = [number for number in digits if number not in unsure]
    chosen = None
    with st.container(horizontal=True, gap="xsmall", key="found_digits"):
        for number in sure:
            if _is_chosen(number, grids[number], answers.get(number)):
                chosen = digits[number]
    if not unsure:
        return chosen
    with (
        st.expander(f"{NOT_SURE.capitalize()}: {len(unsure)}", expanded=not sure),
        st.container(horizontal=True, gap="xsmall"),
    ):
        for number in unsure:
            if _is_chosen(number, grids[number], answers[number]):
                chosen = digits[number]
    return chosen


def _is_chosen(number: int, grid: Grid, answer: Prediction | None) -> bool:
    """Show one digit with its buttons; return whether it was chosen."""
    with st.container(width=DIGIT_PX + 24, gap="xsmall"):
        show_figures([Figure(grid, "")], width_px=DIGIT_PX)
        if answer:
            with prediction_table.concealable(f"found_{number}"):
                st.markdown(_said(answer))
        is_chosen = st.button(f"Use no. {number}", key=f"use_{number}")
        st.button(
            "Remove",
            key=f"drop_{number}",
            type="tertiary",
            icon=":material/close:",
            help=f"Take no. {number} off the list: it is not a digit.",
            on_click=_drop,
            args=(number,),
        )
    return is_chosen


def _drop(number: int) -> None:
    st.session_state.setdefault(state.DROPPED, set()).add(number)


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
