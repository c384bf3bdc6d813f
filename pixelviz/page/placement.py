"""What the page has placed on the canvas, when the canvas has loaded it, and how Undo works.

The canvas belongs to the browser: the page can only tell it what to start from, and learns later
what has become of that. So each placement has a number, which the canvas sends back with each
message: what is based on an earlier placement comes too late.
"""

import json
import time
from dataclasses import dataclass, field

import streamlit as st

from pixelviz.arrays import Ink
from pixelviz.page import settings, state
from pixelviz.raster import Framing
from pixelviz.server import streamlit_internals
from pixelviz.server.streamlit_internals import FabricObject

HISTORY_LENGTH, HISTORY_BYTES = 50, 2_000_000
"""How many placements Undo can take back, and how much memory they take at most."""


@dataclass(frozen=True)
class _Earlier:
    """What was on the canvas before something was placed, for Undo to bring back.

    Attributes:
        strokes: The strokes as JSON, which takes a tenth of the memory.
        base: How many of them Undo takes back at once.
        framing: The framing at that time.
    """

    strokes: bytes
    base: int
    framing: Framing


@dataclass
class Placement:
    """What the page has placed on the canvas, for the canvas to load and Undo to take back.

    Attributes:
        strokes: The strokes that the canvas is to start from.
        base: How many of them are there for good; Undo takes back the later ones one by one.
        number: Grows with each placement, and differs from those that another server has given.
        replaced: What the canvas sent before. As long as it sends that, it has not loaded the new
            strokes yet: for a canvas that does not say which placement it has loaded.
        ink: What the canvas will send once it has loaded them, where that is known already.
        contained: How many strokes of the canvas's last message are part of these, where that
            message was the reason for placing them; None where the visitor was.
        edited_from: The number of the placement that was edited first, of the edits made since.
        undone_from: The number of the first placement on which a press of Undo still counts: those
            that strokes, edits and Undo itself have made since are part of what it meant.
        was_joined: Whether a long drawing was made one picture and the visitor is not told yet.
        history: What was there before each placement, the latest last.
        is_new: Whether the canvas has not been read yet, nor anything placed on it.
    """

    strokes: list[FabricObject] = field(default_factory=list)
    base: int = 0
    number: int = 0
    replaced: list[FabricObject] | None = None
    ink: Ink | None = None
    contained: int | None = None
    edited_from: int = 0
    undone_from: int = 0
    was_joined: bool = False
    history: list[_Earlier] = field(default_factory=list)
    is_new: bool = True


def current() -> Placement:
    """Return what was placed last."""
    placement: Placement = st.session_state.setdefault(state.PLACEMENT, Placement())
    return placement


def place(
    strokes: list[FabricObject],
    *,
    base: int,
    ink: Ink | None = None,
    contained: int | None = None,
) -> None:
    """Put strokes on the canvas instead of what is there, without a way back.

    Args:
        strokes: The strokes.
        base: How many of them Undo is not to take back one by one.
        ink: What the canvas will send once it has loaded them, where that is known.
        contained: How many strokes of the canvas's last message are part of these, where that
            message is the reason.
    """
    placement = current()
    placement.number = next_number(placement.number)
    placement.edited_from = placement.number
    if contained is None:
        placement.undone_from = placement.number
    placement.strokes, placement.base = strokes, base
    placement.ink, placement.contained = ink, contained
    placement.replaced, placement.is_new = sent(), False


def next_number(number: int) -> int:
    """Return a greater number for the next placement, which no other server has given so far."""
    return max(number + 1, int(time.time()))


def replace(strokes: list[FabricObject], ink: Ink) -> None:
    """Put strokes on the canvas instead of what is there; Undo brings that back.

    Args:
        strokes: The strokes.
        ink: What the canvas will send once it has loaded them.
    """
    placement, before = current(), current_strokes()
    if before != strokes:
        earlier = _Earlier(json.dumps(before).encode(), placement.base, settings.framing())
        placement.history = [*placement.history, earlier][-HISTORY_LENGTH:]
        while sum(len(each.strokes) for each in placement.history) > HISTORY_BYTES:
            del placement.history[0]
    place(strokes, base=len(strokes), ink=ink)


def undo(*, pressed_on: int | None = None) -> None:
    """Take back the last stroke, or the last placement with all that it replaced.

    Args:
        pressed_on: The number of the placement that the person has pressed Undo on. Where a click
            has placed something else since, the press comes too late, and does nothing.
    """
    placement, strokes = current(), current_strokes()
    first = placement.undone_from
    if pressed_on is not None and pressed_on < first:
        return
    if len(strokes) > placement.base:
        place(strokes[:-1], base=placement.base)
    elif placement.history:
        earlier = placement.history.pop()
        place(json.loads(earlier.strokes), base=earlier.base)
        settings.set_framing(earlier.framing)
    placement.undone_from = first


def take_over() -> bool:
    """Take over what is on the canvas of a visitor whom this server does not know yet.

    For most that is nothing. But when another server has failed, or was restarted, the browser
    comes here with its canvas, as it last sent it.

    Returns:
        Whether there was anything: then the canvas has to be told of it.
    """
    placement = current()
    strokes = [each for each in sent() or [] if isinstance(each, dict)]
    if placement.is_new and strokes:
        place(strokes, base=0, contained=len(strokes))
        return True
    placement.is_new = False
    return False


def sent() -> list[FabricObject] | None:
    """Return the strokes that the canvas last sent, or None where it has sent none yet."""
    return streamlit_internals.stored_objects(_message())


def current_strokes() -> list[FabricObject]:
    """Return the strokes that are on the canvas, or will be once it has loaded them."""
    message = _message()
    strokes = streamlit_internals.stored_objects(message)
    return strokes if strokes is not None and _has_loaded(message) else current().strokes


def has_loaded() -> bool:
    """Return whether the canvas has loaded what was last placed on it."""
    return _has_loaded(_message())


def _message() -> object:
    """Return what the canvas last sent. Streamlit wraps it anew each time, which takes a while."""
    return st.session_state.get(state.CANVAS)


def _has_loaded(message: object) -> bool:
    placement = current()
    number = streamlit_internals.placement_number(message)
    if number is None:
        return streamlit_internals.stored_objects(message) != placement.replaced
    return placement.is_new or number == placement.number
