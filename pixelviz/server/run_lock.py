"""The run lock: pages of different visitors run one after the other, not all at once.

Python runs one thread at a time. Twenty threads that all want to run slow each other down, and
most of all the thread that sends the answers. One after the other, each is done soon.
"""

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

_lock = RLock()


def serialized(function: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Return a function that runs while it holds the run lock.

    The lock is reentrant: a thread that holds it already goes on at once.
    """

    @wraps(function)
    def locked(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        with _lock:
            return function(*args, **kwargs)

    return locked
