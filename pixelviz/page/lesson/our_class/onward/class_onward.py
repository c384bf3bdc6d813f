"""Buttons that lead to the chapters that work on the class's digits."""

from pathlib import Path

import streamlit as st

from pixelviz.page import component
from pixelviz.page.lesson import opening
from pixelviz.page.lesson.our_class.styles import STYLES

KEY = "class_onward"

CHAPTERS = ("data", "train")
"""Where they lead to: the HTML names the same."""

_onward = component.register(Path(__file__).with_suffix(".js"), styles=STYLES)


def show() -> None:
    """Show the buttons, where the class of this browser's teacher has digits."""
    _onward(data={}, key=KEY, on_chapter_change=_open)


def _open() -> None:
    chapter = getattr(st.session_state.get(KEY), "chapter", None)
    if chapter in CHAPTERS:  # a browser can send anything
        opening.open_chapter(chapter)
