"""What the tools are set to, where the page changes it for the person.

One rule holds for all settings, those of the chapters too: they stay as they are until the person
changes them (`state.held`); what belongs to one digit starts anew with the next one.
"""

import time
from dataclasses import dataclass, field

import streamlit as st

from pixelviz.page import state
from pixelviz.raster import Framing

AS_DRAWN = "Shown as drawn from here on, so that every pixel keeps exactly its value."
FRAMED = "Framed like MNIST again."

BROWSER_KNOWS_S, BROWSER_MAY_KNOW_S = 3.0, 0.2
"""Seconds after the tools have shown what the page has set. Until the first, a message that says
something else may have been on its way, unless the browser says that the person has set it since.
From the second on, one that says the same comes from a browser that knows; before, it is the run
itself that has set it."""


@dataclass
class _Change:
    """A setting that the page has changed.

    Attributes:
        value: What it is set to.
        shown_at: When the tools showed it, in seconds of `time.monotonic`; None if they do not yet.
        is_told: Whether the person was told.
        number: Another one for each change, by which the browser names it.
    """

    value: object
    shown_at: float | None = None
    is_told: bool = False
    number: int = field(default_factory=lambda: time.monotonic_ns() // 1000)

    def was_shown(self, seconds: float) -> bool:
        """Return whether the tools have shown it for some time."""
        return self.shown_at is not None and time.monotonic() - self.shown_at > seconds


def framing() -> Framing:
    """Return how the drawing becomes a grid."""
    change = _standing_changes().get(state.FRAMING)
    how = change.value if change else st.session_state.get(state.FRAMING)
    return "drawn" if how == "drawn" else "mnist"


def set_framing(how: Framing) -> None:
    """Set how the drawing becomes a grid, and say so where that is a change."""
    # The browser may have been told something else in a run that this one has overtaken.
    told = st.session_state.get(state.HELD, {}).get(state.FRAMING, how)
    if {framing(), told} != {how}:
        _changes()[state.FRAMING] = _Change(how)


def are_changed() -> bool:
    """Return whether something was changed that the tools do not show yet.

    A part of the page that runs by itself must not set a tool outside of it: the browser would not
    hear of it, and would set it back with its next message.
    """
    return any(change.shown_at is None for change in _changes().values())


def apply() -> bool:
    """Set the tools to what was changed. The page calls this before it shows them.

    Returns:
        Whether anything was changed.
    """
    changes = _standing_changes()
    for key, change in changes.items():
        is_other = change.value != st.session_state.get(key, "mnist")
        if key == state.FRAMING and is_other and not change.is_told:
            st.toast(AS_DRAWN if change.value == "drawn" else FRAMED)
        change.is_told = True
        if is_other or change.shown_at is None:
            st.session_state[key] = change.value
            change.shown_at = None
    return bool(changes)


def are_shown() -> None:
    """Take note that the tools show what was changed. The page calls this once they do.

    Before that another message may interrupt the run, with what the tools were set to until then.
    """
    for change in _changes().values():
        change.shown_at = change.shown_at or time.monotonic()


def note_what_the_browser_says() -> None:
    """Forget what was changed where the browser's message says the same. Each run calls this."""
    for key, change in list(_changes().items()):
        is_back = change.was_shown(BROWSER_MAY_KNOW_S)
        if is_back and st.session_state.get(key) == change.value:
            del _changes()[key]


def standing() -> dict[str, int]:
    """Return which settings the page has changed, and the number of each change, by key.

    The browser says when the person sets one of them after that: see `note_choices`.
    """
    return {key: change.number for key, change in _standing_changes().items()}


def note_choices(chosen: object) -> None:
    """Forget what was changed where the person has set it since.

    Args:
        chosen: Which changes, as `standing` has named them; a browser can send anything.
    """
    if not isinstance(chosen, dict):
        return
    for key, change in list(_changes().items()):
        if chosen.get(key) == change.number:
            del _changes()[key]


def forget_changes() -> None:
    """Forget what was changed, as Back or Forward have set the tools since."""
    _changes().clear()


def to_keep() -> dict[str, object]:
    """Return what the browser is to keep of the settings, for when the page is reloaded."""
    held = st.session_state.get(state.HELD, {})
    return {key: held[key] for key in state.KEPT if key in held}


def restore(kept: object) -> None:
    """Set again what the browser has kept, as far as it is possible at all.

    Args:
        kept: What `to_keep` returned; a browser can send anything.
    """
    if not isinstance(kept, dict):
        return
    for key, allowed in state.KEPT.items():
        value = kept.get(key)
        if any(type(value) is type(each) and value == each for each in allowed):
            _changes()[key] = _Change(value)


def start_new_digit() -> None:
    """Reset what belonged to the digit before."""
    for key in state.OF_ONE_DIGIT:
        st.session_state.pop(key, None)
    # By another number, the picture that is moved notices that it is back where it was.
    st.session_state[state.SHIFT_NUMBER] = st.session_state.get(state.SHIFT_NUMBER, 0) + 1


def _changes() -> dict[str, _Change]:
    """Return what the page has changed, by the widget's key."""
    changes: dict[str, _Change] = st.session_state.setdefault(state.CHANGED_SETTINGS, {})
    return changes


def _standing_changes() -> dict[str, _Change]:
    """Return the changes that stand against what the browser says: it may not know of them yet."""
    return {key: each for key, each in _changes().items() if not each.was_shown(BROWSER_KNOWS_S)}
