"""What runs in the process that reads a photo, to see its limits. It imports nothing but that."""

import itertools
import os
import signal
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

from pixelviz.errors import PhotoError
from pixelviz.photo import reading
from pixelviz.photo.reading import Reading


def measured(file: bytes) -> tuple[str, float, float, float]:
    """Read a photo.

    Returns:
        What came of it, the resident memory of this process before and at its peak, in MB, and all
        its processor time, in seconds.
    """
    idle = memory("VmRSS")
    try:
        photo = reading.read(file)
        outcome = f"digits: {photo.digits_found}" if isinstance(photo, Reading) else "a grid"
    except PhotoError:
        outcome = "refused"
    except MemoryError:
        outcome = "refused: memory"
    return outcome, idle, memory("VmHWM"), time.process_time()


def memory(name: str) -> float:
    """Return a size of this process in MB, by its name in Linux's /proc."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


def fill_memory() -> None:
    """Take memory, and write on it, until there is no more."""
    held = []
    while True:
        held.append(bytearray(b"1" * 2**20))


def peak_of_filling_memory() -> float:
    """Return the most resident memory that this process can get, in MB."""
    with suppress(MemoryError):
        fill_memory()
    return memory("VmHWM")


def compute_for_ever() -> None:
    """Compute in C code, which looks at no signal."""
    deque(itertools.repeat(0), maxlen=0)


def be_killed() -> None:
    """End as if the system had run out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def imported() -> list[str]:
    """Return the names of all modules that are imported in this process."""
    return list(sys.modules)
