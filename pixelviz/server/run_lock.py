"""The run lock: pages of different visitors run one after the other, not all at once.

Python runs one thread at a time. Twenty threads that all want to run slow each other down, and
most of all the thread that sends the answers. One after the other, each is done soon.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Lock, local
from typing import ParamSpec, TypeVar

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

_lock = Lock()


class _Holder(local):
    """Whether this thread holds the lock."""

    has_lock = False


_holder = _Holder()


def serialized(function: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Return a function that runs while it holds the run lock.

    The lock is reentrant: a thread that holds it already goes on at once.
    """

    @wraps(function)
    def locked(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        if _holder.has_lock:
            return function(*args, **kwargs)
        _acquire()
        try:
            return function(*args, **kwargs)
        finally:
            _release()

    return locked


@contextmanager
def released() -> Iterator[None]:
    """Let other pages run meanwhile, and go on once none does any more.

    For what takes long and is not this process's own work, such as waiting for a worker that hangs.
    A thread that does not hold the lock is not affected.
    """
    if not _holder.has_lock:
        yield
        return
    _release()
    try:
        yield
    finally:
        _acquire()


def _acquire() -> None:
    _lock.acquire()
    _holder.has_lock = True


def _release() -> None:
    _holder.has_lock = False
    _lock.release()
