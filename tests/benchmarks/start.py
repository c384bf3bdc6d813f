"""How soon the page is there, and what memory it takes, next to TensorFlow alone.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.start

Each round imports TensorFlow in a process of its own. Then it starts the page, opens it in a
browser that is already running, and draws as soon as there is a canvas. Then it starts the page
once more, and opens a second page while TensorFlow loads. At last it starts the least page that has
such a canvas, and nothing else: sooner than that, no page of Streamlit's can be there.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pixelviz.classroom.database import URL_VARIABLE
from tests.benchmarks.devtools import Chromium, Tab, chromium
from tests.benchmarks.load import MB
from tests.benchmarks.processes import Meter
from tests.browser.server import free_port

ROOT = Path(__file__).parents[2]
LEAST_PAGE = """
from streamlit_drawable_canvas import st_canvas

st_canvas(height=280, width=280)
"""
STROKE = ((0.3, 0.2), (0.7, 0.2), (0.4, 0.8), (0.4, 0.8))
CANVAS = "canvas.upper-canvas"
IS_USABLE = f"deep('{CANVAS}')"
ALL_IS_THERE = f"{IS_USABLE} && document.querySelector('.st-key-prediction') && deep('table td')"
IS_CONFIRMED = "document.querySelector('.answer[data-confirmed=true] h2')"
IS_PREDICTED = "/Prediction: (not sure|\\d)/.test(document.body.innerText)"
IMPORT = "import tensorflow"
IMPORT_AND_LOAD = """
import keras, re
keras.saving.load_model('models/convolutional.keras', compile=False)
print(re.search(r'VmRSS:\\s*(\\d+)', open('/proc/self/status').read())[1])
"""


@dataclass(frozen=True)
class Round:
    """What one round took, in seconds from the command, and in bytes.

    Attributes:
        imported: How long importing TensorFlow took.
        least: When the canvas of the least page could be drawn on.
        canvas: When the first canvas could be drawn on.
        whole: When all views were there.
        second: How long a second page, opened at that moment, took until its canvas was there.
        predicted: When the first answer was there, whoever computed it.
        confirmed: When Keras's own was.
        alone: The memory of a process that has imported TensorFlow and loaded a model.
        served: The memory of the page with one person, all models answering.
    """

    imported: float
    least: float
    canvas: float
    whole: float
    second: float
    predicted: float
    confirmed: float
    alone: int
    served: int


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="How soon the page is there.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--cold", action="store_true", help="as after a restart of the machine (Linux, as root)"
    )
    options = parser.parse_args()
    count, cold = options.rounds, options.cold
    with chromium() as browser:
        _round(browser, cold=cold)  # what is read for the first time comes from the disk
        rounds = [_round(browser, cold=cold) for _ in range(count)]
    imported = [each.imported for each in rounds]
    print(f"| {count} rounds | median | as a ratio | aim |\n|---|---|---|---|")
    print(f"| importing TensorFlow alone, s | {statistics.median(imported):.1f} | 1 | |")
    for title, taken, aim in (
        ("from the command to the first usable canvas, s", [r.canvas for r in rounds], "0.5"),
        ("the same of the least page that has a canvas, s", [r.least for r in rounds], ""),
        ("from the command to all views, s", [r.whole for r in rounds], ""),
        ("a second page's canvas, opened while it loads, s", [r.second for r in rounds], ""),
        ("from the command to the first answer, s", [r.predicted for r in rounds], "1.0"),
        (
            "from the first usable canvas to the first answer, s",
            [r.predicted - r.canvas for r in rounds],
            "at most 0.15 s",
        ),
        ("from the command to Keras's first answer, s", [r.confirmed for r in rounds], "1.3"),
    ):
        ratio = statistics.median(t / i for t, i in zip(taken, imported, strict=True))
        print(f"| {title} | {statistics.median(taken):.2f} | {ratio:.2f} | {aim} |")
    alone = statistics.median(each.alone for each in rounds)
    served = statistics.median(each.served for each in rounds)
    print(f"| memory of TensorFlow and a model alone, MB | {alone / MB:.0f} | 1 | |")
    print(f"| memory with one person, MB | {served / MB:.0f} | {served / alone:.2f} | 1.1 |")


def _round(browser: Chromium, *, cold: bool) -> Round:
    if cold:
        _forget_files()
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", IMPORT], check=True, stderr=subprocess.DEVNULL)
    imported = time.monotonic() - began
    command = [sys.executable, "-c", IMPORT_AND_LOAD]
    alone = subprocess.run(
        command, check=True, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with browser.open() as tab:
        if cold:
            _forget_files()
            tab.value("0")  # the browser is there already
        with _served(ROOT / "app.py") as (port, server, start):
            _show(tab, port)
            tab.wait_until(IS_USABLE)
            canvas = time.monotonic() - start
            tab.wait_until(ALL_IS_THERE)
            whole = time.monotonic() - start
            tab.draw(CANVAS, STROKE)
            tab.wait_until(IS_PREDICTED)
            predicted = time.monotonic() - start
            tab.wait_until(IS_CONFIRMED)
            confirmed = time.monotonic() - start
            time.sleep(3)
            served = Meter([server.pid]).memory() or 0
    with browser.open() as tab, _served(ROOT / "app.py") as (port, _, _):
        _show(tab, port)
        tab.wait_until(ALL_IS_THERE)
        with browser.open() as other:
            start = time.monotonic()
            _show(other, port)
            other.wait_until(IS_USABLE)
            second = time.monotonic() - start
    with tempfile.TemporaryDirectory() as folder, browser.open() as tab:
        (Path(folder) / "app.py").write_text(LEAST_PAGE)
        with _served(Path(folder) / "app.py") as (port, _, start):
            _show(tab, port)
            tab.wait_until(IS_USABLE)
            least = time.monotonic() - start
    return Round(
        imported,
        least,
        canvas,
        whole,
        second,
        predicted,
        confirmed,
        1024 * int(alone.stdout),
        served,
    )


@contextmanager
def _served(script: Path) -> Iterator[tuple[int, subprocess.Popen[bytes], float]]:
    """Start a page as a person would; give its port, its process, and when that was."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as log:
        classes = {URL_VARIABLE: f"sqlite:///{folder}/classes.db"}
        start = time.monotonic()
        with subprocess.Popen(
            [*command, f"--server.port={port}"],
            cwd=ROOT,
            env=classes | os.environ,
            stdout=log,
            stderr=log,
        ) as server:
            try:
                yield port, server, start
            finally:
                server.terminate()


def _forget_files() -> None:
    """Let Linux forget the files that it has read, so that they come from the disk again."""
    os.sync()
    Path("/proc/sys/vm/drop_caches").write_text("3")
    time.sleep(1)


def _show(tab: Tab, port: int) -> None:
    """Go to the page as soon as it is served."""
    for _ in range(2000):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:  # it is not served yet
            time.sleep(0.01)
    tab.call("Page.navigate", url=f"http://127.0.0.1:{port}")


if __name__ == "__main__":
    main()
