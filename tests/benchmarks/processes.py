"""What the processes of a server use, as Linux tells it."""

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

PROC = Path("/proc")


class Meter:
    """Reads from Linux what some processes and their children use; elsewhere it reads nothing."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._pids = list(pids)

    def memory(self) -> int | None:
        """Return the memory that they hold, in bytes."""
        return self._sum(lambda folder: _resident(folder / "status"))

    def processor_s(self) -> float | None:
        """Return the processor time that they have used, in seconds."""
        ticks = self._sum(lambda folder: _ticks(folder / "stat"))
        return None if ticks is None else ticks / os.sysconf("SC_CLK_TCK")

    def threads(self) -> int | None:
        """Return how many threads they have."""
        return self._sum(lambda folder: sum(1 for _ in (folder / "task").iterdir()))

    def handles(self) -> int | None:
        """Return how many file handles they have open."""
        return self._sum(lambda folder: sum(1 for _ in (folder / "fd").iterdir()))

    def _sum(self, read: Callable[[Path], int]) -> int | None:
        try:
            pids = {each for pid in self._pids for each in family(pid)}
            return sum(read(PROC / str(pid)) for pid in pids) if pids else None
        except OSError:  # one of them has ended, or this is not Linux
            return None


def serving(address: str) -> list[int]:
    """Return the processes that were started to serve the port of an address."""
    port = f"--server.port={urlsplit(address).port}".encode()
    found = []
    for command in PROC.glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if port in command.read_bytes().split(b"\0"):
                found.append(int(command.parent.name))
    return found


def family(pid: int) -> list[int]:
    """Return a process and its children, and theirs."""
    children = [
        int(child)
        for each in (PROC / str(pid) / "task").glob("*/children")
        for child in each.read_text().split()
    ]
    return [pid, *(each for child in children for each in family(child))]


def _resident(status: Path) -> int:
    """Return the bytes of memory that a process holds."""
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return 1024 * int(line.split()[1])


def _ticks(stat: Path) -> int:
    """Return the processor time of a process, its own and the system's for it, in ticks."""
    after_name = stat.read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])
