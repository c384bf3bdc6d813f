"""The limits of a class, and how often something may be tried."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable

DEVICES_MAX = 100
"""So many devices can join a class."""

DIGITS_A_DEVICE_MAX = 200
"""So many digits a device can give."""

DIGITS_A_CLASS_MAX = 6000
"""So many digits a class can have."""

CLASSES_MAX = 50
"""So many classes a server's database keeps at a time."""

HOURS = 24
"""So long after its start a class is erased at the latest."""

IDLE_MINUTES = 60
"""So long after its start a class is erased that nobody has given anything to."""

SOURCES_MAX = 10_000
"""So many sources a rate limit tells apart; beyond, it forgets those that were quiet longest."""


class RateLimit:
    """Lets something be done so often in so many seconds, for each source apart.

    Several threads can use it at once. It is this process's own: with several replicas, as many
    times more can be done.
    """

    def __init__(
        self, count: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with nothing done.

        Args:
            count: So often, from 1.
            seconds: Any interval of this length.
            clock: Returns seconds.
        """
        self._count = count
        self._seconds = seconds
        self._clock = clock
        self._times: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, source: str) -> int:
        """Return how many seconds a source has to wait, rounded up: 0 if it need not."""
        with self._lock:
            times = self._recent(source)
            if len(times) < self._count:
                return 0
            return max(math.ceil(times[0] + self._seconds - self._clock()), 1)

    def note(self, source: str) -> None:
        """Count one that was done."""
        with self._lock:
            times = self._recent(source)
            self._times.pop(source, None)
            self._times[source] = times  # the newest is last
            times.append(self._clock())
            while len(self._times) > SOURCES_MAX:
                del self._times[next(iter(self._times))]

    def _recent(self, source: str) -> deque[float]:
        """Return when the source has done it within the interval, the first time first."""
        times = self._times.get(source, deque())
        while times and times[0] <= self._clock() - self._seconds:
            times.popleft()
        return times
