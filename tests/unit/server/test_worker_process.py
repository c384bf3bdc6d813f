"""The worker process: results come back, and what goes wrong there stays there."""

import decimal
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock

import numpy as np
import pytest

from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.server.worker_process import WorkerDiedError, WorkerProcess

WAIT_S = 60


@pytest.fixture
def process() -> Iterator[WorkerProcess]:
    one = WorkerProcess()
    yield one
    one.stop()


def test_it_is_another_process_and_its_answer_comes_back(process: WorkerProcess) -> None:
    assert process.call(WAIT_S, os.getpid) != os.getpid()
    assert process.call(WAIT_S, math.hypot, 3, 4) == 5
    rows = np.arange(12, dtype=np.float32).reshape(3, 4)
    assert np.array_equal(process.call(WAIT_S, np.roll, rows, 1, axis=0), np.roll(rows, 1, axis=0))


def test_what_is_printed_there_does_not_come_among_the_answers(process: WorkerProcess) -> None:
    assert process.call(WAIT_S, print, "noise", flush=True) is None
    assert process.call(WAIT_S, os.write, 1, b"more noise\n") == 11
    assert process.call(WAIT_S, math.hypot, 3, 4) == 5


def test_what_is_raised_there_is_raised_here(process: WorkerProcess, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as there:
        process.call(WAIT_S, card.read, tmp_path)
    with pytest.raises(ModelError) as here:
        card.read(tmp_path)
    assert (there.value.problem, there.value.fix) == (here.value.problem, here.value.fix)
    assert str(there.value) == str(here.value)
    with pytest.raises(TypeError, match="pickle"):
        process.call(WAIT_S, Lock)
    assert process.call(WAIT_S, math.hypot, 3, 4) == 5


def test_threads_that_share_it_each_get_their_own_answer(process: WorkerProcess) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(
            threads.map(lambda number: process.call(WAIT_S, math.sqrt, number), range(200))
        )
    assert answers == [math.sqrt(number) for number in range(200)]


def test_when_it_ends_the_call_says_so_and_all_later_ones(process: WorkerProcess) -> None:
    alive = [process.is_alive]
    with pytest.raises(WorkerDiedError):
        process.call(WAIT_S, os._exit, 3)
    alive.append(process.is_alive)
    assert alive == [True, False]
    with pytest.raises(WorkerDiedError):
        process.call(WAIT_S, os.getpid)


def test_ctrl_c_is_left_to_the_server(process: WorkerProcess) -> None:
    os.kill(process.call(WAIT_S, os.getpid), signal.SIGINT)
    assert process.call(WAIT_S, math.hypot, 3, 4) == 5


def test_a_call_that_hangs_is_killed_and_the_next_ones_say_so(process: WorkerProcess) -> None:
    number = process.call(WAIT_S, os.getpid)
    os.kill(number, signal.SIGSTOP)
    with pytest.raises(WorkerDiedError, match=r"within 0\.2 seconds") as hung:
        process.call(0.2, math.hypot, 3, 4)
    assert hung.value.was_asked
    assert not process.is_alive
    with pytest.raises(WorkerDiedError) as ended:
        process.call(WAIT_S, math.hypot, 3, 4)
    assert not ended.value.was_asked
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_request_too_large_for_the_pipe_has_the_same_deadline(process: WorkerProcess) -> None:
    os.kill(process.call(WAIT_S, os.getpid), signal.SIGSTOP)
    with pytest.raises(WorkerDiedError, match=r"within 0\.2 seconds"):
        process.call(0.2, len, bytes(1 << 22))


def test_a_large_request_and_a_large_response_arrive_whole(process: WorkerProcess) -> None:
    rows = np.arange(1 << 20, dtype=np.float32)
    assert np.array_equal(process.call(WAIT_S, np.negative, rows), -rows)


def test_a_caller_lets_go_of_what_it_holds_while_it_waits_for_long() -> None:
    let_go, taken = Event(), []

    @contextmanager
    def while_waiting() -> Iterator[None]:
        let_go.set()
        yield
        taken.append("back")

    process = WorkerProcess(while_waiting)
    assert process.call(WAIT_S, os.getpid) > 0
    let_go.clear()
    taken.clear()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(process.call, WAIT_S, time.sleep, 1)
        assert let_go.wait(WAIT_S)
        let_go.clear()
        second = threads.submit(process.call, WAIT_S, math.hypot, 3, 4)
        assert let_go.wait(WAIT_S)  # while it waits for its turn
        assert not second.done()
        assert first.result(WAIT_S) is None
        assert second.result(WAIT_S) == 5
    assert taken == ["back", "back"]
    process.stop()


def raise_another_librarys_error() -> None:
    raise type("LibraryError", (Exception,), {"__module__": "antigravity"})("it broke")


def return_another_librarys_object() -> object:
    return decimal.Decimal(3)


def test_an_error_of_another_library_is_told_without_importing_it(process: WorkerProcess) -> None:
    sys.modules.pop("antigravity", None)
    with pytest.raises(RuntimeError, match="LibraryError: it broke") as raised:
        process.call(WAIT_S, raise_another_librarys_error)
    assert "raise_another_librarys_error" in raised.value.__notes__[0]
    assert "antigravity" not in sys.modules
    assert process.call(WAIT_S, math.hypot, 3, 4) == 5


def test_an_answer_that_cannot_be_read_ends_the_worker(process: WorkerProcess) -> None:
    with pytest.raises(WorkerDiedError, match="cannot be read"):
        process.call(WAIT_S, return_another_librarys_object)
    assert not process.is_alive


KILLED = """
import os, signal
from pixelviz.server.worker_process import WorkerProcess
print(WorkerProcess().call(60, os.getpid), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Looks into /proc.")
def test_it_does_not_outlive_a_server_that_is_killed(root: Path) -> None:
    server = subprocess.run(
        [sys.executable, "-c", KILLED],
        cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False,
    )  # fmt: skip
    assert server.returncode == -signal.SIGKILL
    there = Path("/proc", server.stdout.strip(), "cmdline")
    deadline = time.monotonic() + 10
    while there.exists() and b"worker_process" in there.read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.05)
