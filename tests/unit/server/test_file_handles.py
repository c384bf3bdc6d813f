"""File handles: as many as there may be, some held back, and a log that stays readable."""

import errno
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from pixelviz.server import file_handles
from tests.asgi import messages_of

NONE_LEFT = OSError(errno.EMFILE, "Too many open files")

STARTED = """
import os, resource
from pathlib import Path
from pixelviz.server import file_handles
from pixelviz.server.worker_process import WorkerProcess

resource.setrlimit(resource.RLIMIT_NOFILE, (128, 256))
file_handles.prepare()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0], file_handles.are_left())
opened = []
try:
    while True:
        opened.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    print(file_handles.are_left())
process = WorkerProcess()
print(process.call(60, os.getpid) != os.getpid())
"""


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    one = logging.getLogger("handles")
    one.addFilter(file_handles._Sparingly())
    yield one
    one.filters.clear()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit.")
def test_the_limit_is_raised_and_a_worker_starts_where_no_handle_is_left(root: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", STARTED], cwd=root, capture_output=True, text=True, check=False
    )
    assert ran.stdout.split() == ["256", "True", "False", "True"], ran.stderr


def test_the_log_says_once_a_minute_that_no_handle_is_left(
    logger: logging.Logger, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    for _ in range(1000):
        logger.error("socket.accept() out of system resource", exc_info=NONE_LEFT)
    logger.error("another error", exc_info=OSError(errno.EACCES, "Permission denied"))
    now += file_handles.REPORT_S
    logger.error("socket.accept() out of system resource", exc_info=NONE_LEFT)
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 3
    assert told[0] == told[2]
    assert "Too many open files" in told[0]
    assert told[1] == "another error"


async def fail(_: Scope, __: Receive, ___: Send) -> None:
    raise NONE_LEFT


async def serve(_: Scope, __: Receive, send: Send) -> None:
    await send({"type": "served"})


def test_a_request_that_fails_without_handles_is_answered_in_a_sentence() -> None:
    sent = messages_of(file_handles.Guard(fail), "/static/file")
    assert sent[0]["status"] == 503
    assert sent[1]["body"].decode() == file_handles.BUSY


def test_no_page_is_opened_without_handles_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guarded = file_handles.Guard(serve)
    monkeypatch.setattr(file_handles, "are_left", lambda _: False)
    assert messages_of(guarded, "/")[0]["status"] == 503
    (closed,) = messages_of(guarded, "/_stcore/stream", scope_type="websocket")
    assert closed["type"] == "websocket.close"
    assert messages_of(guarded, "/media/digit") == [{"type": "served"}]
    monkeypatch.setattr(file_handles, "are_left", lambda _: True)
    assert messages_of(guarded, "/") == [{"type": "served"}]
