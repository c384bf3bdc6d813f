"""The tools of the canvas: pen and eraser, undo and clear, ten examples, and the framing."""

import streamlit as st

from pixelviz.arrays import DIGITS
from pixelviz.page import address, canvas, import_dialog, placement, state
from pixelviz.raster import Framing

TOOLS = {"pen": "Pen", "eraser": "Eraser"}
FRAMINGS: dict[Framing, str] = {"mnist": "Framed like MNIST", "drawn": "As drawn"}


def show_quick() -> None:
    """Show Undo and Clear. They run with the views, not with the whole page, to answer at once.

    The style sheet puts them beside the pen and the eraser.
    """
    with st.container(key="quick_tools", horizontal=True, gap="xsmall"):
        st.button("Undo", key="undo", on_click=placement.undo, shortcut="Ctrl+Z")
        st.button("Clear", key="clear", on_click=canvas.clear)


def show() -> None:
    """Show the other tools. What they are set to is in the session, under their keys."""
    with st.container(key="tools", gap="xsmall"):
        st.segmented_control(
            "Tool",
            list(TOOLS),
            format_func=TOOLS.__getitem__,
            required=True,
            key=state.TOOL,
            default=state.held(state.TOOL, "pen", tuple(TOOLS)),
            label_visibility="collapsed",
        )
        st.slider(
            "Pen width",
            state.PEN_WIDTHS_PX[0],
            state.PEN_WIDTHS_PX[-1],
            value=state.held(state.PEN_WIDTH, canvas.PEN_WIDTH_PX, state.PEN_WIDTHS_PX),
            step=state.PEN_WIDTHS_PX.step,
            format="%d px",
            key=state.PEN_WIDTH,
        )
        with st.container(horizontal=True, vertical_alignment="center", key="other_sources"):
            st.html("<div class='label'>Example digits</div>")
            import_dialog.show()
        with st.container(key="examples", horizontal=True, gap=None):
            for digit in DIGITS:
                st.button(
                    str(digit), key=f"example_{digit}", on_click=canvas.place_example, args=(digit,)
                )
        st.segmented_control(
            "The picture is",
            list(FRAMINGS),
            format_func=FRAMINGS.__getitem__,
            required=True,
            key=state.FRAMING,
            default=state.held(state.FRAMING, "mnist", tuple(FRAMINGS)),
            on_change=address.write,
            label_visibility="collapsed",
        )
