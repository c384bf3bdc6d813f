"""What visitors see while the server takes no more of them: that the page is full."""

import streamlit as st

from pixelviz.page import canvas, state
from pixelviz.server import admission

RETRY_S = 5
KEEP_ALIVE_S = 6 * 60 * 60
SETTINGS = (state.TOOL, state.PEN_WIDTH, state.FRAMING, state.MODEL, state.CHAPTER)


def admit() -> bool:
    """Admit this visitor, or say that the page is full and try again every few seconds.

    Their drawing and what the tools are set to stay, also while the page is full.

    Returns:
        Whether the visitor is admitted.
    """
    if admission.try_admit(is_returning=_is_returning()):
        st.session_state[state.ADMITTED] = True
        with st.container(key="keep_alive"):
            _keep_alive()
        return True
    canvas.keep()
    for key in SETTINGS:  # Streamlit forgets a widget that a run does not show, unless it is set
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
    with st.container(key="full"):
        st.header("The page is full", anchor=False)
        waiting = "Your drawing is kept. " if not canvas.is_empty() else ""
        st.markdown(
            f"No place is free at the moment. {waiting}You do not have to do anything: the canvas "
            "will appear here as soon as somebody leaves."
        )
    _retry()
    return False


@st.fragment(run_every=RETRY_S)
def _retry() -> None:
    """Run the page once more as soon as there is a free place."""
    if admission.try_admit(is_returning=_is_returning()):
        st.rerun()


def _is_returning() -> bool:
    """Return whether this visitor was admitted before, or comes with a canvas from elsewhere."""
    return bool(st.session_state.get(state.ADMITTED)) or not canvas.is_empty()


@st.fragment(run_every=KEEP_ALIVE_S)
def _keep_alive() -> None:
    """Do nothing: a page with something to repeat runs again when it is reconnected.

    Without this it would not always do so. On another server, which does not know this visitor, no
    stroke would then get an answer.
    """
