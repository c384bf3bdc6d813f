"""Chapter Unroll: the rows slide into one line, and the way back."""

import random
from pathlib import Path

import streamlit as st

from pixelviz import vector
from pixelviz.arrays import LENGTH, SIDE
from pixelviz.page import component, state
from pixelviz.page.lesson.figures import Drawing, show_strip, tell

FIRST_QUESTION = 401

_component = component.register(Path(__file__).with_suffix(".js"))
ORDERS = {"rows": "Row by row", "columns": "Column by column"}


def show(drawing: Drawing) -> None:
    """Show the rows sliding into the strip, a quiz on the way back, and another order."""
    tell(
        "A model has no eyes: it wants a plain list of numbers. So the rows of your picture are "
        "laid end to end. That **unrolls** the grid into the **feature vector**: "
        f"{SIDE} rows of {SIDE} pixels become {LENGTH} **features**, each one pixel."
    )
    order = st.segmented_control(
        "Read the grid",
        list(ORDERS),
        format_func=ORDERS.__getitem__,
        default="rows",
        key=state.ORDER,
    )
    pixels = component.encoded(drawing.grid)
    _component(data={"pixels": pixels, "order": order if order in ORDERS else "rows"}, key="unroll")
    back_side, order_side = st.columns([1, 1.4], gap="large")
    with back_side:
        _ask(drawing)
    with order_side:
        st.markdown("**Any fixed order will do**")
        by_rows, by_columns = vector.unroll(drawing.grid), vector.unroll_by_columns(drawing.grid)
        show_strip(by_rows, "Row by row")
        show_strip(by_columns, "Column by column")
        other = int((by_rows != by_columns).sum())
        tell(
            f"The same {LENGTH} numbers in another order: at {other} indices the two differ. A "
            "model learns either, as long as every picture is read the same way."
        )


def _ask(drawing: Drawing) -> None:
    """Ask for the row and the column of a feature, and check the answer."""
    st.session_state.setdefault(state.QUIZ_INDEX, FIRST_QUESTION)
    index = int(st.session_state[state.QUIZ_INDEX])
    st.markdown(f"**The way back: which pixel is feature {index}?**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        row = st.number_input("Row", 0, SIDE - 1, None, key=state.QUIZ_ROW, width=110)
        column = st.number_input("Column", 0, SIDE - 1, None, key=state.QUIZ_COLUMN, width=110)
        st.button("Another one", key="ask_another", on_click=_ask_another)
    if row is None or column is None:
        st.caption(f"Each row is {SIDE} features long. Rows and columns count from 0.")
        return
    true_row, true_column = vector.place_of(index)
    if (row, column) == (true_row, true_column):
        value = int(drawing.grid[true_row, true_column])
        st.success(
            f"Right: {SIDE} × {true_row} + {true_column} = {index}. Its value is {value}.",
            icon=":material/check:",
        )
    else:
        st.warning(
            f"Not yet: {SIDE} × {row} + {column} = {SIDE * int(row) + int(column)}. How many "
            f"whole rows of {SIDE} fit into {index}?",
            icon=":material/close:",
        )


def _ask_another() -> None:
    st.session_state[state.QUIZ_INDEX] = random.randrange(LENGTH)
    st.session_state[state.QUIZ_ROW] = st.session_state[state.QUIZ_COLUMN] = None
