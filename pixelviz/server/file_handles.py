"""File handles: each connection takes one, and an operating system gives a process only so many.

Where a server runs out of them, no page loads and no process starts any more. So the server asks
for as many as it may have, admits nobody once few are left, and says so once a minute, not with
every connection that fails.
"""

import errno
import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

WANTED = 65_536
"""How many file handles the server asks for. Linux gives 1,024 unless it is asked, macOS 256."""

RESERVE = 24
"""How many are held back for a new worker process, which takes about ten while it starts."""

SPARE = 64
"""With fewer than these left, nobody is admitted: a page takes up to ten while it loads."""

REPORT_S = 60.0
"""At most one message in this time says that there are none left."""

BUSY = "The server has too many visitors at the moment. Reload the page in a minute."

_lock = Lock()
_reserve: list[int] = []


def prepare() -> None:
    """Ask for more file handles, hold some back, and keep the log readable without any."""
    _raise_limit()
    _fill_reserve()
    for name in ("asyncio", "uvicorn.error"):  # which would report each connection that fails
        logging.getLogger(name).addFilter(_Sparingly())


def are_left() -> bool:
    """Return whether there are enough file handles for one more visitor."""
    limit = _limit()
    try:
        return limit is None or _count_open() + SPARE <= limit
    except OSError as error:  # counting takes a handle too
        return not is_exhaustion(error)


@contextmanager
def with_reserve() -> Iterator[None]:
    """Give up the handles that are held back while something is started that needs some."""
    with _lock:
        while _reserve:
            os.close(_reserve.pop())
        try:
            yield
        finally:
            _fill_reserve()


def is_exhaustion(error: BaseException | None) -> bool:
    """Return whether an error says that there are no file handles left."""
    return isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)


class Explained:
    """ASGI middleware that says in a sentence that there are no file handles left."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        has_begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except OSError as error:
            if scope["type"] != "http" or has_begun or not is_exhaustion(error):
                raise
            logging.getLogger("asyncio").error("Too many open files.", exc_info=error)
            await PlainTextResponse(BUSY, 503)(scope, receive, send)


class _Sparingly(logging.Filter):
    """Lets one message a minute pass that says that there are no file handles left."""

    _last = -REPORT_S

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if not is_exhaustion(error):
            return True
        now = time.monotonic()
        if now < _Sparingly._last + REPORT_S:
            return False
        _Sparingly._last = now
        record.msg = "Too many open files: no new page can be opened. Raise the limit (ulimit -n)."
        record.args, record.exc_info, record.exc_text = (), None, None
        return True


def _limit() -> int | None:
    """Return how many handles this process may have; None where there is no such limit."""
    if sys.platform == "win32":
        return None
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft


def _raise_limit() -> None:
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):  # macOS may allow fewer than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _count_open() -> int:
    folder = Path("/proc/self/fd" if sys.platform == "linux" else "/dev/fd")
    return sum(1 for _ in folder.iterdir())


def _fill_reserve() -> None:
    with suppress(OSError):
        while len(_reserve) < RESERVE:
            _reserve.append(os.open(os.devnull, os.O_RDONLY))
