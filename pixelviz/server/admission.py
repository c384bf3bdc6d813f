"""Room for so many people as one server carries: the next is told that the page is full.

A person who is in stays in, also through a lost connection; their place is free as soon as their
browser is gone.
"""

import logging
import os
from threading import Lock

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

MOST_VARIABLE = "PIXELVIZ_MOST_PEOPLE"
"""The environment variable that says how many people may be on the page at once."""

MOST = 150
"""How many may be where it says nothing: so many, all drawing, two cores answer at once."""

LOOK_AGAIN_S = 5
IN_TOUCH_S = 6 * 60 * 60

_guard = Lock()
_people: set[str] = set()


def let_in() -> bool:
    """Let this person in, or tell them that the page is full and go on looking for a place.

    Returns:
        Whether they are in.
    """
    if st.session_state.get("is_in") or _has_place(most()):
        st.session_state["is_in"] = True
        with st.container(key="in_touch"):
            _keep_in_touch()
        return True
    with st.container(key="full"):
        st.header("The page is full", anchor=False)
        st.markdown(
            f"All {most()} places are taken. You need not do anything: as soon as somebody leaves, "
            "the canvas appears here."
        )
    _look_again()
    return False


def most() -> int:
    """Return how many people may be on the page at once."""
    said = os.environ.get(MOST_VARIABLE, "")
    if said.isdecimal() and int(said) >= 1:
        return int(said)
    if said:
        logging.getLogger(__name__).warning(
            "Expected %s to be a whole number from 1 on, got %r: %d will do.",
            MOST_VARIABLE,
            said,
            MOST,
        )
    return MOST


def _has_place(count: int) -> bool:
    """Take a place for this person, if there is one."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():  # the page runs without a server, in a test
        return True
    with _guard:
        is_there = runtime.get_instance().is_active_session
        _people.intersection_update([person for person in _people if is_there(person)])
        if len(_people) >= count:
            return False
        _people.add(context.session_id)
        return True


@st.fragment(run_every=LOOK_AGAIN_S)
def _look_again() -> None:
    """Run the page once more, by itself, as soon as there is a place."""
    if _has_place(most()):
        st.session_state["is_in"] = True
        st.rerun()


@st.fragment(run_every=IN_TOUCH_S)
def _keep_in_touch() -> None:
    """Do nothing: a browser that has something to repeat runs the page when it is connected again.

    Without this it would not always do so; on another server, which has never seen this person, all
    that they then draw would get no answer.
    """
