"""The lesson: nine chapters below the views, of which one is open, on what is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from pixelviz import raster
from pixelviz.arrays import Grid, Ink
from pixelviz.data.sample_digits import strokes_of
from pixelviz.errors import PixelvizError
from pixelviz.ink import PAPER_PX, from_strokes
from pixelviz.page import canvas, layout
from pixelviz.page.lesson import framing, grey_levels, mnist, pixels, predict, rescale, zip_code
from pixelviz.page.lesson.figures import HIDE_KEY, Drawing
from pixelviz.page.lesson.move_and_shuffle import move_and_shuffle
from pixelviz.page.lesson.unroll import unroll
from pixelviz.raster import Framing
from pixelviz.server import run_lock

KEY = "chapter"
"""The key of the open chapter, and its name in the page's address: `?chapter=unroll`."""

TURNED_KEY = "chapter_turned"
"""Under this the session keeps whether a chapter was opened just now, to bring it into sight."""

SCROLL = """<script>
  // NAME: below the views, or after a longer chapter, its beginning would be out of sight.
  document.querySelector(".st-key-lesson").scrollIntoView({ block: "start" });
</script>"""

EXAMPLE = 7
"""The digit that the chapters show where nothing is drawn."""


@dataclass(frozen=True)
class Chapter:
    """One chapter: its title, what shows it, and whether that is about the digit on the canvas."""

    title: str
    show: Callable[[Drawing], None]
    on_drawing: bool = True


CHAPTERS = {
    "pixels": Chapter("Pixels", pixels.show),
    "grey-levels": Chapter("Grey levels", grey_levels.show),
    "framing": Chapter("Framing", framing.show),
    "unroll": Chapter("Unroll", unroll.show),
    "rescale": Chapter("Rescale", rescale.show),
    "predict": Chapter("Predict", predict.show),
    "move": Chapter("Move and shuffle", move_and_shuffle.show),
    "mnist": Chapter("MNIST", mnist.show),
    "zip": Chapter("ZIP code", zip_code.show, on_drawing=False),
}
"""The chapters by their names in the address, in the lesson's order."""


def is_open() -> bool:
    """Return whether a chapter is open: then it goes with the views, to follow what is drawn."""
    return st.session_state.setdefault(KEY, _named_in_address()) in CHAPTERS


def offer() -> None:
    """Show the row of chapters, of which none is open."""
    with st.container(key="lesson", gap="small"):
        _show_row()


@st.fragment
@run_lock.in_turn
def show(ink: Ink, framing: Framing) -> None:
    """Show the row of chapters, and the open one; what is done in it runs this part only.

    Args:
        ink: (280, 280) uint8, what is drawn; may be nothing.
        framing: How the views show it.
    """
    with st.container(key="lesson", gap="small"):
        chosen = _show_row()
        if chosen not in CHAPTERS:  # it was closed, or a browser sent what is no chapter
            st.rerun()  # closed chapters are not a part of the views
        drawing = _drawing(ink, framing)
        with st.container(key=f"chapter_{chosen}", gap="small"):
            st.subheader(CHAPTERS[chosen].title, anchor=False)
            if drawing.is_example and CHAPTERS[chosen].on_drawing:
                st.caption("Nothing is drawn yet, so this is an example. Draw your own above.")
            try:
                CHAPTERS[chosen].show(drawing)
            except PixelvizError as error:
                layout.say(error)
        _turn_pages(chosen)
        if st.session_state.pop(TURNED_KEY, False):
            # The name makes it another script each time: the same one would not run again.
            st.html(SCROLL.replace("NAME", chosen), unsafe_allow_javascript=True)


def _show_row() -> str | None:
    return st.pills(
        "Chapters of the lesson",
        list(CHAPTERS),
        format_func=lambda name: CHAPTERS[name].title,
        key=KEY,
        on_change=_turned,
        label_visibility="collapsed",
    )


def _turn_pages(chosen: str) -> None:
    names = list(CHAPTERS)
    place = names.index(chosen)
    with st.container(key="turn_pages", horizontal=True, vertical_alignment="center"):
        for word, step in (("Back", -1), ("Next", 1)):
            there = place + step
            exists = 0 <= there < len(names)
            label = f"{word}: {CHAPTERS[names[there]].title}" if exists else word
            target = names[there] if exists else chosen
            st.button(
                label,
                key=f"turn_{word.lower()}",
                disabled=not exists,
                on_click=_open,
                args=(target,),
            )
        st.toggle("Hide the text", key=HIDE_KEY)


def _open(name: str) -> None:
    st.session_state[KEY] = name
    _turned()


def _turned() -> None:
    _write_address()
    st.session_state[TURNED_KEY] = True


def _named_in_address() -> str | None:
    name = st.query_params.get(KEY)
    return name if name in CHAPTERS else None


def _write_address() -> None:
    """Name the open chapter in the page's address, so that the address can be handed on."""
    if name := st.session_state[KEY]:
        st.query_params[KEY] = name
    else:
        st.query_params.pop(KEY, None)


def _drawing(ink: Ink, framing: Framing) -> Drawing:
    is_example = not ink.any()
    if is_example:
        ink = _example()
    grid: Grid = raster.to_grid(ink, framing=framing)
    return Drawing(ink, grid, is_example)


def _example() -> Ink:
    strokes = tuple(np.array(stroke) * PAPER_PX for stroke in strokes_of(EXAMPLE))
    return from_strokes(strokes, pen_width_px=canvas.PEN_WIDTH_PX)
