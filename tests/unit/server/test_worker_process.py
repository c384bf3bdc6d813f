"""The worker process: results come back, and what goes wrong there stays there."""

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import numpy as np
import pytest

from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.server.worker_process import WorkerDiedError, WorkerProcess


@pytest.fixture
def process() -> Iterator[WorkerProcess]:
    one = WorkerProcess()
    yield one
    one.stop()


def test_it_is_another_process_and_its_answer_comes_back(process: WorkerProcess) -> None:
    assert process.call(os.getpid) != os.getpid()
    assert process.call(math.hypot, 3, 4) == 5
    rows = np.arange(12, dtype=np.float32).reshape(3, 4)
    assert np.array_equal(process.call(np.roll, rows, 1, axis=0), np.roll(rows, 1, axis=0))


def test_what_is_printed_there_does_not_come_among_the_answers(process: WorkerProcess) -> None:
    assert process.call(print, "noise", flush=True) is None
    assert process.call(os.write, 1, b"more noise\n") == 11
    assert process.call(math.hypot, 3, 4) == 5


def test_what_is_raised_there_is_raised_here(process: WorkerProcess, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as there:
        process.call(card.read, tmp_path)
    with pytest.raises(ModelError) as here:
        card.read(tmp_path)
    assert (there.value.problem, there.value.fix) == (here.value.problem, here.value.fix)
    assert str(there.value) == str(here.value)
    with pytest.raises(TypeError, match="pickle"):
        process.call(Lock)
    assert process.call(math.hypot, 3, 4) == 5


def test_threads_that_share_it_each_get_their_own_answer(process: WorkerProcess) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: process.call(math.sqrt, number), range(200)))
    assert answers == [math.sqrt(number) for number in range(200)]


def test_when_it_ends_the_call_says_so_and_all_later_ones(process: WorkerProcess) -> None:
    alive = [process.is_alive]
    with pytest.raises(WorkerDiedError):
        process.call(os._exit, 3)
    alive.append(process.is_alive)
    assert alive == [True, False]
    with pytest.raises(WorkerDiedError):
        process.call(os.getpid)


def test_ctrl_c_is_left_to_the_server(process: WorkerProcess) -> None:
    os.kill(process.call(os.getpid), signal.SIGINT)
    assert process.call(math.hypot, 3, 4) == 5


KILLED = """
import os, signal
from pixelviz.server.worker_process import WorkerProcess
print(WorkerProcess().call(os.getpid), flush=True)
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
    while there.exists() and b"apart" in there.read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.05)
