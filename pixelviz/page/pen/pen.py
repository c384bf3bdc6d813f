"""What the browser does for the canvas: it guards strokes, counts Undo, and keeps the drawing.

The canvas itself knows none of that. The drawing is kept in the browser, for this tab only, so that
it is there again after the page was reloaded.
"""

import base64
import binascii
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pixelviz import ink
from pixelviz.errors import DrawingError
from pixelviz.page import address, canvas, component, placement, settings, state
from pixelviz.page.lesson import quiz

UNDO_MAX = 1000
"""So often Undo is done at most at once: a browser can send any number."""

_component = component.register(Path(__file__).parent / "pen.js")


def show(*, before_undo: Callable[[], None]) -> None:
    """Tell the browser what is placed on the canvas, and hear of it what it counts and keeps.

    This comes before the canvas itself: what the canvas loads must not meet a stroke unprepared.

    Args:
        before_undo: Called before something is undone.
    """

    def undo() -> None:
        before_undo()
        _undo()

    placed = placement.current()
    _component(
        data={
            "number": placed.number,
            "isLoaded": placement.has_loaded(),
            "size": len(placed.strokes),
            "contained": placed.contained,
            "isFresh": canvas.is_empty() and not placed.number,
            "settings": settings.to_keep() | {state.ANSWERS: quiz.to_keep()},
            "changes": settings.standing(),
            "address": address.without_drawing(),
        },
        key=state.PEN,
        on_undone_change=undo,
        on_chosen_change=_note_choices,
        on_kept_change=_restore,
        on_readdressed_change=address.write,
    )
    st.session_state.setdefault(state.UNDONE, _undone()[0])


def _undo() -> None:
    """Undo as often as the person has asked for it since the last time."""
    undone, number = _undone()
    for _ in range(min(undone - st.session_state.get(state.UNDONE, 0), UNDO_MAX)):
        placement.undo(pressed_on=number)
    st.session_state[state.UNDONE] = undone


def _undone() -> tuple[int, int]:
    """Return how often the person has asked for Undo, and on which placement the last time."""
    match _sent("undone"):
        case {"count": int(count), "number": int(number)}:
            return count, number
    return 0, 0


def _note_choices() -> None:
    settings.note_choices(_sent("chosen"))


def _restore() -> None:
    """Bring back what the browser has kept, unless something is drawn already."""
    kept = _sent("kept")
    if not isinstance(kept, dict):
        return
    kept_settings = kept.get("settings")
    settings.restore(kept_settings)
    if isinstance(kept_settings, dict):
        quiz.restore(kept_settings.get(state.ANSWERS))
    try:
        png = base64.b64decode(kept["picture"], validate=True)
        drawn = ink.from_png(png, width_px=canvas.SIDE_PX, height_px=canvas.SIDE_PX)
    except (KeyError, TypeError, ValueError, binascii.Error, DrawingError):
        return
    if drawn.any() and canvas.is_empty():
        canvas.place_kept(drawn)


def _sent(name: str) -> object:
    """Return what the browser has sent under a name: anything, None where there is nothing."""
    try:
        return st.session_state[state.PEN][name]
    except (KeyError, TypeError):
        return None
