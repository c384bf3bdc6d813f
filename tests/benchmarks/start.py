"""How soon the page is there, and what memory it takes, next to TensorFlow alone.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.start

Each round imports TensorFlow in a process of its own. Then it starts the page, opens it in a
browser that is already running, and draws as soon as there is a canvas. Then it starts the page
once more, and opens a second page while TensorFlow loads.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.benchmarks.load import MB, Meter
from tests.browser.chromium import launch
from tests.browser.pages import draw_on
from tests.browser.server import free_port

ROOT = Path(__file__).parents[2]
STROKE = ((0.3, 0.2), (0.7, 0.2), (0.4, 0.8))
WAIT_MS = 120_000
CANVAS = ".st-key-canvas canvas.upper-canvas"
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
        canvas: When the first canvas could be drawn on.
        second: How long a second page, opened at that moment, took until its canvas was there.
        predicted: When the first prediction was there.
        alone: The memory of a process that has imported TensorFlow and loaded a model.
        served: The memory of the server with one person, all models answering.
    """

    imported: float
    canvas: float
    second: float
    predicted: float
    alone: int
    served: int


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="How soon the page is there.")
    parser.add_argument("--rounds", type=int, default=5)
    count = parser.parse_args().rounds
    with sync_playwright() as playwright:
        browser = launch(playwright)
        rounds = [_round(browser) for _ in range(count)]
        browser.close()
    imported = [each.imported for each in rounds]
    print(f"| {count} rounds | median | as a ratio | aim |\n|---|---|---|---|")
    print(f"| importing TensorFlow alone, s | {statistics.median(imported):.1f} | 1 | |")
    for title, taken, aim in (
        ("from the command to the first usable canvas, s", [r.canvas for r in rounds], "0.5"),
        ("a second page, opened while it loads, s", [r.second for r in rounds], ""),
        ("from the command to the first prediction, s", [r.predicted for r in rounds], "1.3"),
    ):
        ratio = statistics.median(t / i for t, i in zip(taken, imported, strict=True))
        print(f"| {title} | {statistics.median(taken):.1f} | {ratio:.2f} | {aim} |")
    alone = statistics.median(each.alone for each in rounds)
    served = statistics.median(each.served for each in rounds)
    print(f"| memory of TensorFlow and a model alone, MB | {alone / MB:.0f} | 1 | |")
    print(f"| memory with one person, MB | {served / MB:.0f} | {served / alone:.2f} | 1.1 |")


def _round(browser: Browser) -> Round:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", IMPORT], check=True, stderr=subprocess.DEVNULL)
    imported = time.monotonic() - began
    command = [sys.executable, "-c", IMPORT_AND_LOAD]
    alone = subprocess.run(
        command, check=True, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with _served() as (port, server):
        start = time.monotonic()
        page = _open(browser, port)
        canvas = time.monotonic() - start
        draw_on(page, page.locator(CANVAS), [STROKE])
        page.get_by_text("Prediction: ").wait_for(timeout=WAIT_MS)
        predicted = time.monotonic() - start
        page.wait_for_timeout(3000)
        served = Meter([server.pid]).memory() or 0
        page.context.close()
    with _served() as (port, _):
        page = _open(browser, port)
        start = time.monotonic()
        _open(browser, port).context.close()
        second = time.monotonic() - start
        page.context.close()
    return Round(imported, canvas, second, predicted, 1024 * int(alone.stdout), served)


@contextmanager
def _served() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Start the page as a person would, and give its port and its process at once."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            [*command, f"--server.port={port}"], cwd=ROOT, stdout=log, stderr=log
        ) as server,
    ):
        try:
            yield port, server
        finally:
            server.terminate()


def _open(browser: Browser, port: int) -> Page:
    """Open the page as soon as it is served, and wait until its canvas can be drawn on."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    for _ in range(1000):
        try:
            page.goto(f"http://127.0.0.1:{port}", wait_until="commit")
            break
        except PlaywrightError:  # it is not served yet
            time.sleep(0.02)
    page.locator(CANVAS).wait_for(timeout=WAIT_MS)
    page.locator(".st-key-pixel_view table").wait_for(timeout=WAIT_MS)
    return page


if __name__ == "__main__":
    main()
