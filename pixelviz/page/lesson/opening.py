"""Opens another chapter than the one that is open, whoever asks for it."""

import time

import streamlit as st

from pixelviz.page import address, state


def open_chapter(name: str) -> None:
    """Open a chapter, as its button does; in a callback, before the page runs."""
    left = st.session_state.get(state.CHAPTER)
    st.session_state[state.CHAPTER_TURNED] = left, name, time.monotonic()
    st.session_state[state.CHAPTER] = name
    note_opened()


def note_opened() -> None:
    """Write the open chapter into the address, and have the page scrolled to its beginning."""
    address.write()
    st.session_state[state.CHAPTER_OPENED] = True
