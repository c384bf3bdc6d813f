"""The page starts wherever a person keeps it and whatever they have set, and ends without noise."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.benchmarks.handwriting import Hands
from tests.benchmarks.people import LOAD_S, Person, Tally
from tests.browser.server import copy_of_page, serve

POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="Windows has other signals and names.")


async def _draw_and_read(address: str) -> None:
    """Come, draw a digit, and wait until the page has answered it with a prediction."""
    tally = Tally()
    person = Person(address, Hands().drawings_of(0, 1), tally)
    try:
        await person.come()
        await person.draw(person.drawings[0][-1])
        async with asyncio.timeout(LOAD_S):
            while person.tab.is_loading or person.tab.is_running:
                assert not person.tab.problems
                await asyncio.sleep(0.05)
    finally:
        await person.leave()
    assert not person.tab.problems
    assert not tally.errors


def expect_a_prediction(address: str) -> None:
    # In a thread of its own, since the browser's tests keep an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _draw_and_read(address)).result()


def expect_quiet(log: Path) -> None:
    text = log.read_text("utf-8", errors="replace")
    assert "Traceback" not in text
    assert "Error" not in text


@pytest.mark.parametrize(
    ("settings", "end"),
    [
        ({"PYTHONSAFEPATH": "1", "KERAS_BACKEND": "jax"}, signal.SIGINT),
        ({"PYTHONWARNINGS": "error"}, signal.SIGTERM),
    ],
    ids=["Python's settings and Keras's", "warnings as errors"],
)
@POSIX_ONLY
def test_the_page_answers_whatever_the_environment_says(
    root: Path, tmp_path: Path, settings: Mapping[str, str], end: signal.Signals
) -> None:
    log = tmp_path / "log"
    with serve(root, log=log, settings=settings, end=end) as address:
        expect_a_prediction(address)
    expect_quiet(log)


OPTIMISED = """
import os, sys
from streamlit.testing.v1 import AppTest
from tests.drawings import SEVEN, drawn, message_of, png_of
from tests.page.lesson.chapter import words

page = AppTest.from_file("pixelviz/page/main.py", default_timeout=60)
page.query_params["chapter"] = "unroll"
page.session_state["canvas"] = message_of(png_of(drawn(SEVEN)))
page.run()
is_fine = "Loading" in words(page) and not page.exception and not page.error and page.subheader

from pixelviz.server.worker_process import WorkerProcess

is_served = WorkerProcess().call(60, os.getpid) != os.getpid()
print(sys.flags.optimize, bool(is_fine), is_served)
"""
"""Without TensorFlow, which Python would have to compile anew: that takes half a minute."""


def test_the_page_needs_no_assertions_and_no_docstrings(root: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", OPTIMISED],
        cwd=root, env=os.environ | {"PYTHONOPTIMIZE": "2"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "2 True True"


@POSIX_ONLY
def test_the_page_answers_wherever_it_lies(root: Path, tmp_path: Path) -> None:
    """In a folder with an odd name, started from another, with no home and nowhere to write."""
    folder = tmp_path / 'it\'s a "class" größer 数字 $HOME'
    folder.mkdir()
    copy_of_page(root, folder)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    settings = {"LC_ALL": "C", "HOME": "/proc/nobody", "TMPDIR": "/proc"}  # nobody can write there
    log = tmp_path / "log"
    script = str(folder / "app.py")
    with serve(elsewhere, log=log, script=script, settings=settings) as address:
        expect_a_prediction(address)
    expect_quiet(log)


def test_a_port_in_use_is_said_in_a_sentence(root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
        ended = subprocess.run(
            [*command, *options], cwd=root, capture_output=True, text=True, timeout=60, check=False
        )
    assert ended.returncode
    said = ended.stdout + ended.stderr
    assert f"Port {port} is" in said
    assert "Traceback" not in said
