"""The tools of the canvas: pen and eraser, undo and clear, ten examples, and the framing."""

import streamlit as st

from pixelviz.arrays import DIGITS
from pixelviz.page import canvas, import_dialog
from pixelviz.raster import Framing

TOOLS = {"pen": "Pen", "eraser": "Eraser"}
FRAMINGS: dict[Framing, str] = {"mnist": "Framed like MNIST", "drawn": "As drawn"}


def show_quick() -> None:
    """Show the tools that are used as often as the pen; they run with the views, not all the page.

    The style sheet puts them beside the pen and the eraser.
    """
    with st.container(key="quick_tools", horizontal=True, gap="xsmall"):
        st.button("Undo", key="undo", on_click=canvas.undo, shortcut="Ctrl+Z")
        st.button("Clear", key="clear", on_click=canvas.clear)


def show() -> None:
    """Show the other tools; what they are set to is for `canvas` and `framing` to read."""
    with st.container(key="tools", gap="xsmall"):
        st.segmented_control(
            "Tool",
            list(TOOLS),
            format_func=TOOLS.__getitem__,
            default="pen",
            required=True,
            key=canvas.TOOL_KEY,
            label_visibility="collapsed",
        )
        st.slider(
            "Pen width", *canvas.PEN_WIDTHS_PX, step=2, format="%d px", key=canvas.PEN_WIDTH_KEY
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
            default=None if canvas.FRAMING_KEY in st.session_state else "mnist",
            required=True,
            key=canvas.FRAMING_KEY,
            label_visibility="collapsed",
        )
