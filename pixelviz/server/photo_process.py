"""A photo is read in a process of its own, which may use only so much memory and time.

The guards of `photo/image_file.py` refuse the files that are known to take too much. What they
overlook meets the limits of the process: at the worst it ends, and the page says so.

The limits of memory need Linux, that of processor time any system but Windows. Where they are
missing, the deadline holds alone.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore
from typing import ParamSpec, TypeVar

from pixelviz.arrays import Grid
from pixelviz.errors import PhotoError
from pixelviz.photo import reading
from pixelviz.photo.boxed_ink import Box
from pixelviz.photo.image_file import MAKE_SMALLER
from pixelviz.photo.reading import Reading
from pixelviz.photo.worksheet_reading import ColouredWorksheet
from pixelviz.server import run_lock
from pixelviz.server.worker_process import WorkerDiedError, WorkerProcess

PHOTOS_MAX = 2
"""At most so many photos are read at a time."""

PATIENCE_S = 20.0
"""For so long a photo waits for its turn."""

MEMORY_BYTES = 100 * 2**20
"""How much resident memory the process may take in all. Idle it takes a third of that."""

CODE_BYTES = 4 * 2**20
"""At most so much of it is code that is loaded when it first runs, which no limit covers."""

PROCESSOR_S = 2.0
"""How much processor time it may take, together with the start of the process."""

DEADLINE_S = 15.0
"""How long it may take by the clock: a busy machine may be slow to give it its processor time."""

NICENESS = 10
"""Who draws meanwhile comes first."""

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

_places = BoundedSemaphore(PHOTOS_MAX)


def read(
    file: bytes, *, turns: int = 0, box: Box | None = None
) -> Grid | Reading | ColouredWorksheet:
    """Return what `reading.read` returns for a file. Other pages run meanwhile.

    Args:
        file: The bytes of a PNG, JPEG or WebP.
        turns: How many quarters it is turned to the right first.
        box: Where on the paper the person says that the digit is.

    Raises:
        PhotoError: The file is no photo that can be read, takes too much memory or time, or too
            many photos are being read.
    """
    return run_limited(reading.read, file, turns=turns, box=box)


def run_limited(
    function: Callable[_Parameters, _Result], *args: _Parameters.args, **kwargs: _Parameters.kwargs
) -> _Result:
    """Return the result of a function, which runs in a new process with limits.

    Args:
        function: A function at the top level of a module.
        args: Its arguments.
        kwargs: Its keyword arguments.

    Raises:
        PhotoError: The function takes too much memory or time, or too many others are running.
        Exception: Whatever the function raises.
    """
    with run_lock.released():
        if not _places.acquire(timeout=PATIENCE_S):
            raise PhotoError(
                f"{PHOTOS_MAX} other photos are being read, and each takes a while.",
                "Choose the photo again in a moment.",
            )
        try:
            return _in_new_process(function, *args, **kwargs)
        finally:
            _places.release()


def _in_new_process(
    function: Callable[_Parameters, _Result], *args: _Parameters.args, **kwargs: _Parameters.kwargs
) -> _Result:
    process = WorkerProcess()
    try:
        return process.call(DEADLINE_S, _within_limits, function, args, kwargs)
    except WorkerDiedError as error:
        raise PhotoError(
            f"Expected a photo that is read in {PROCESSOR_S:.0f} seconds of processor time. "
            "This one takes too long, or crashes what reads it.",
            MAKE_SMALLER,
        ) from error
    finally:
        process.stop()


def _within_limits(
    function: Callable[..., _Result], args: tuple[object, ...], kwargs: dict[str, object]
) -> _Result:
    _set_limits()
    try:
        return function(*args, **kwargs)
    except MemoryError as error:
        raise PhotoError(
            f"Expected a photo that takes at most {MEMORY_BYTES / 2**20:.0f} MB to read. "
            "This one needs too much memory.",
            MAKE_SMALLER,
        ) from error


def _set_limits() -> None:
    """Limit the memory and the processor time of this process, as far as the system can."""
    if sys.platform == "win32":
        return
    os.nice(NICENESS)
    # The signal's default action ends the process, even in the middle of a decoder's C code.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, max(0.1, PROCESSOR_S - time.process_time()))
    if sys.platform == "linux":
        import resource

        # Linux counts all private memory that can be written, used or not. So the resident memory
        # grows no more than what this limit adds.
        _, resident, *_, data, _ = map(int, Path("/proc/self/statm").read_text().split())
        left = MEMORY_BYTES - CODE_BYTES - resident * resource.getpagesize()
        limit = data * resource.getpagesize() + max(0, left)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
