"""Admission control: a server takes as many visitors as it can answer, and no more.

Once admitted, a visitor stays admitted, also through a lost connection. Their place is free again
when their browser is gone.
"""

import logging
import os
from threading import Lock

from pixelviz.server import streamlit_internals

CAPACITY_VARIABLE = "PIXELVIZ_MAX_SESSIONS"
"""The environment variable that limits how many sessions a server takes at the same time."""

DEFAULT_CAPACITY = 150
"""The limit without that variable: two cores answer this many people who all draw at once."""

_lock = Lock()
_admitted: set[str] = set()


def capacity() -> int:
    """Return how many sessions this server takes at the same time, at least 1."""
    text = os.environ.get(CAPACITY_VARIABLE, "")
    if text.isdecimal() and int(text) >= 1:
        return int(text)
    if text:
        logging.getLogger(__name__).warning(
            "Expected %s to be a whole number of at least 1, got %r; using %d.",
            CAPACITY_VARIABLE,
            text,
            DEFAULT_CAPACITY,
        )
    return DEFAULT_CAPACITY


def try_admit() -> bool:
    """Admit the session that is running, if there is a free place.

    Returns:
        Whether the session is admitted now. Without a server, as in a test, always True.
    """
    session_id = streamlit_internals.session_id()
    if session_id is None:
        return True
    limit = capacity()
    with _lock:
        gone = {each for each in _admitted if not streamlit_internals.is_connected(each)}
        _admitted.difference_update(gone)
        if len(_admitted) >= limit:
            return False
        _admitted.add(session_id)
        return True
