"""The lesson on the page: the row of chapters, and the open one, on what is drawn."""

import time
from pathlib import Path

import streamlit as st

from pixelviz import raster
from pixelviz.arrays import Ink
from pixelviz.page import background, canvas, layout, state
from pixelviz.page.component import SCRIPTS
from pixelviz.page.lesson import opening, placing, quiz
from pixelviz.page.lesson.chapters import CHAPTERS, Chapter
from pixelviz.page.lesson.figures import Drawing
from pixelviz.raster import Framing
from pixelviz.server import run_lock
from pixelviz.server.model_client import ModelsRestartingError

SCROLL = SCRIPTS.addresses(Path(__file__).parent / "scroll_to_beginning.js")[0]
"""The address of the script that scrolls to the chapter's beginning: the policy allows none in the
HTML."""

BROWSER_KNOWS_S = 1.0
"""So long after a button has opened another chapter, a message may still name the one before."""

EXAMPLE = 7
"""The digit that the chapters show where nothing is drawn."""


@st.fragment
@run_lock.serialized
@layout.reports_errors
def show(ink: Ink, framing: Framing) -> None:
    """Show the row of chapters and the open one; a widget in it runs this part of the page only.

    The row is in the same place whether a chapter is open or not, so that it keeps the focus.

    Args:
        ink: (280, 280) uint8, what is drawn; may be empty.
        framing: How the views show it.
    """
    with st.container(key="lesson", gap="small"):
        name = _show_row()
        if name is None or name not in CHAPTERS:  # none, or a browser sent an unknown name
            return
        with st.container(key="open_chapter", gap="small"):
            _show_heading(name)
            with st.container(key=f"chapter_{name}", gap="small"):
                placing.rerun_if_placed()
                drawing = _drawing(ink, framing)
                _show_chapter(CHAPTERS[name], drawing)
                _show_quiz(name, drawing)
        if st.session_state.pop(state.CHAPTER_OPENED, False):
            # The name makes it other HTML each time: the same would not run its script again.
            with st.container(key="scroll_script"):
                st.html(f'<script src="{SCROLL}?{name}"></script>', unsafe_allow_javascript=True)


@layout.reports_errors
def _show_chapter(chapter: Chapter, drawing: Drawing) -> None:
    if drawing.is_example and chapter.on_drawing:
        st.caption("Nothing is drawn yet, so this is an example. Draw your own digit.")
    try:
        chapter.show(drawing)
    except ModelsRestartingError:
        st.caption("The models are being restarted. Results will appear automatically.")
        background.rerun_when_restarted()


@layout.reports_errors
def _show_quiz(name: str, drawing: Drawing) -> None:
    quiz.show(name, drawing)
    if name == list(CHAPTERS)[-1]:
        quiz.show_result({each: chapter.title for each, chapter in CHAPTERS.items()})


def _show_row() -> str | None:
    return st.pills(
        "Chapters of the lesson",
        list(CHAPTERS),
        format_func=_numbered,
        key=state.CHAPTER,
        default=state.held(state.CHAPTER, None, tuple(CHAPTERS)),
        on_change=_choose,
        label_visibility="collapsed",
    )


def _numbered(name: str) -> str:
    return f"{list(CHAPTERS).index(name) + 1}\N{NO-BREAK SPACE}{CHAPTERS[name].title}"


def _show_heading(name: str) -> None:
    """Show the chapter's title, the buttons to its neighbours, and the switch for projectors."""
    names = list(CHAPTERS)
    place = names.index(name)
    with st.container(key="turn_pages", horizontal=True, vertical_alignment="center"):
        st.subheader(CHAPTERS[name].title, anchor=False, width="content")
        # The class tells the style sheets that a chapter is open.
        place_text = f"<span class='chapter_is_open'>{place + 1} of {len(names)}</span>"
        st.html(place_text, width="content")
        for word, step in (("Back", -1), ("Next", 1)):
            there = place + step
            exists = 0 <= there < len(names)
            label = f"{word}: {CHAPTERS[names[there]].title}" if exists else word
            target = names[there] if exists else name
            st.button(
                label,
                key=f"turn_{word.lower()}",
                disabled=not exists,
                on_click=opening.open_chapter,
                args=(target,),
            )
        is_hidden = state.held(state.TEXT_HIDDEN, False, (False, True))
        st.toggle("Hide the text", is_hidden, key=state.TEXT_HIDDEN)


def _choose() -> None:
    """Open the chapter that was chosen in the row, unless the browser does not know of another yet.

    While a chapter waits for something, its messages go on, with the chapter that was open when
    they were sent.
    """
    left, opened, at = st.session_state.get(state.CHAPTER_TURNED, (None, None, 0.0))
    is_late = time.monotonic() - at < BROWSER_KNOWS_S
    if left is not None and is_late and st.session_state.get(state.CHAPTER) == left:
        st.session_state[state.CHAPTER] = opened
        return
    opening.note_opened()


def _drawing(ink: Ink, framing: Framing) -> Drawing:
    is_example = not ink.any()
    if is_example:
        ink = canvas.example(EXAMPLE)
    return Drawing(ink, raster.to_grid(ink, framing=framing), is_example)
