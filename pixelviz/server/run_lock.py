"""Many people on one server: their pages run one after the other, not all at once.

Python runs one thread at a time. Twenty threads that all want to run hinder each other, and the one
that sends the answers most of all: then everybody waits for everybody. In turn, each is done soon.
"""

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Returned = TypeVar("_Returned")

_turn = RLock()


def in_turn(function: Callable[_Given, _Returned]) -> Callable[_Given, _Returned]:
    """Let a function wait for its thread's turn; within a turn it runs at once."""

    @wraps(function)
    def waiting(*args: _Given.args, **kwargs: _Given.kwargs) -> _Returned:
        with _turn:
            return function(*args, **kwargs)

    return waiting
