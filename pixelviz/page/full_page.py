"""What visitors see while the server takes no more of them: that the page is full."""

import streamlit as st

from pixelviz.page import state
from pixelviz.server import admission

RETRY_S = 5
KEEP_ALIVE_S = 6 * 60 * 60


def admit() -> bool:
    """Admit this visitor, or say that the page is full and try again every few seconds.

    Returns:
        Whether the visitor is admitted.
    """
    if st.session_state.get(state.ADMITTED) or admission.try_admit():
        st.session_state[state.ADMITTED] = True
        with st.container(key="keep_alive"):
            _keep_alive()
        return True
    with st.container(key="full"):
        st.header("The page is full", anchor=False)
        st.markdown(
            f"All {admission.capacity()} places are taken. You do not have to do anything: "
            "the canvas will appear here as soon as somebody leaves."
        )
    _retry()
    return False


@st.fragment(run_every=RETRY_S)
def _retry() -> None:
    """Run the page once more as soon as there is a free place."""
    if admission.try_admit():
        st.session_state[state.ADMITTED] = True
        st.rerun()


@st.fragment(run_every=KEEP_ALIVE_S)
def _keep_alive() -> None:
    """Do nothing: a page with something to repeat runs again when it is reconnected.

    Without this it would not always do so. On another server, which does not know this visitor, no
    stroke would then get an answer.
    """
