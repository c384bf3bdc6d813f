"""Admission control: a server takes as many visitors as it can answer, and no more.

Whoever is admitted stays in as long as their browser is connected. Whoever lost the connection may
find their place taken when they return; they then come before all who are new.
"""

import logging
import os
from threading import Lock

from pixelviz.server import file_handles, streamlit_internals

CAPACITY_VARIABLE = "PIXELVIZ_MAX_SESSIONS"
"""The environment variable that limits how many sessions a server takes at the same time."""

DEFAULT_CAPACITY = 150
"""The limit without that variable: two cores answer this many people who all draw at once."""

_lock = Lock()
_admitted: set[str] = set()
_waiting_to_return: set[str] = set()


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


def try_admit(*, is_returning: bool) -> bool:
    """Admit the session that is running, if there is a free place.

    Args:
        is_returning: Whether its visitor was admitted before, here or by another server.

    Returns:
        Whether the session is admitted now. Without a server, as in a test, always True.
    """
    session_id = streamlit_internals.session_id()
    if session_id is None:
        return True
    limit = capacity()
    with _lock:
        for sessions in (_admitted, _waiting_to_return):
            sessions -= {each for each in sessions if not streamlit_internals.is_connected(each)}
        if session_id in _admitted:
            return True
        ahead = 0 if is_returning else len(_waiting_to_return)
        if len(_admitted) + ahead >= limit or not file_handles.are_left():
            if is_returning:
                _waiting_to_return.add(session_id)
            return False
        _waiting_to_return.discard(session_id)
        _admitted.add(session_id)
        return True
