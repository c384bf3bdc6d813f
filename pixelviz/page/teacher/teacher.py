"""The teacher's page, at `?teacher`: aims, a path through the chapters, answers, a glossary."""

from pathlib import Path

import streamlit as st

PARAMETER = "teacher"
"""What in the address asks for it."""

BACK = "<p><a href='.'>To the canvas</a></p>"

_TEXT = Path(__file__).with_suffix(".md")


def is_asked_for() -> bool:
    """Return whether the address asks for the teacher's page."""
    return PARAMETER in st.query_params


def show() -> None:
    """Show the teacher's page instead of the canvas and the views."""
    with st.container(key="teacher", width=900):
        st.html(BACK)
        st.markdown(_TEXT.read_text("utf-8"))
