"""Chapter Unroll: the rows slide into one line, and the way back."""

import random
from pathlib import Path

import streamlit as st

from pixelviz import vector
from pixelviz.arrays import LENGTH, SIDE
from pixelviz.data import mnist
from pixelviz.page import component, state
from pixelviz.page.lesson.figures import CONTROLS, Drawing, show_strip, tell

FIRST_QUESTION = 401
TYPED = range(-999, 1000)
"""The answers that are kept while another chapter is open."""

_component = component.register(Path(__file__).with_suffix(".js"), styles=(CONTROLS,))
ORDERS = {"rows": "Row by row", "columns": "Column by column"}


def show(drawing: Drawing) -> None:
    """Show the rows sliding into the strip, a quiz on the way back, and another order."""
    tell(
        "The input of these models is a plain list of numbers. So the rows of your picture are "
        "laid end to end. That **unrolls** the grid into the **feature vector**: "
        f"{SIDE} rows of {SIDE} pixels become {LENGTH} **features**, each one pixel."
    )
    order = st.segmented_control(
        "Read the grid",
        list(ORDERS),
        format_func=ORDERS.__getitem__,
        required=True,
        key=state.ORDER,
        default=state.held(state.ORDER, "rows", tuple(ORDERS)),
    )
    order = order if order in ORDERS else "rows"  # a browser can send anything
    _component(data={"pixels": component.encoded(drawing.grid), "order": order}, key="unroll")
    tell(
        f"Shapes on the way: **({SIDE}, {SIDE}) → ({LENGTH},) → ({mnist.COUNT}, {LENGTH})**. One "
        f"picture becomes one line of {LENGTH} features; all of MNIST is a table, a row for each "
        "picture and a column for each feature."
    )
    back_side, order_side = st.columns([1, 1.4], gap="large")
    with back_side:
        _ask(drawing, is_by_rows=order == "rows")
    with order_side:
        st.markdown("**Any fixed order will do**")
        by_rows, by_columns = vector.unroll(drawing.grid), vector.unroll_by_columns(drawing.grid)
        show_strip(by_rows, "Row by row")
        show_strip(by_columns, "Column by column")
        other = int((by_rows != by_columns).sum())
        tell(
            f"The same {LENGTH} numbers in another order: at {other} places the two differ. A "
            "model learns either, as long as every picture is read the same way."
        )


def _ask(drawing: Drawing, *, is_by_rows: bool) -> None:
    """Ask for the row and the column of a feature, and check the answer."""
    st.session_state.setdefault(state.QUIZ_INDEX, FIRST_QUESTION)
    index = int(st.session_state[state.QUIZ_INDEX])
    lines = "row" if is_by_rows else "column"
    st.markdown(f"**The way back, {lines} by {lines}: which pixel is feature {index}?**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # No limits: the browser would only colour the field red and say nothing.
        row, column = (
            st.number_input(name, value=state.held(key, None, TYPED), step=1, key=key, width=110)
            for name, key in (("Row", state.QUIZ_ROW), ("Column", state.QUIZ_COLUMN))
        )
        st.button("Another one", key="ask_another", on_click=_ask_another)
    if row is None or column is None:
        st.caption(f"Each {lines} is {SIDE} features long. Rows and columns count from 0.")
        return
    if not (0 <= row < SIDE and 0 <= column < SIDE):
        st.warning(
            f"There is no such pixel: rows and columns go from 0 to {SIDE - 1}.",
            icon=":material/close:",
        )
        return
    line, place = (row, column) if is_by_rows else (column, row)
    answered = SIDE * line + place
    if answered == index:
        st.success(
            f"Right: {SIDE} × {line} + {place} = {index}. Its value is "
            f"{int(drawing.grid[row, column])}.",
            icon=":material/check:",
        )
    else:
        st.warning(
            f"Not yet: {SIDE} × {line} + {place} = {answered}. How many whole {lines}s of {SIDE} "
            f"fit into {index}?",
            icon=":material/close:",
        )


def _ask_another() -> None:
    st.session_state[state.QUIZ_INDEX] = random.randrange(LENGTH)
    st.session_state[state.QUIZ_ROW] = st.session_state[state.QUIZ_COLUMN] = None
