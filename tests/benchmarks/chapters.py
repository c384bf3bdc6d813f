"""What an open chapter costs the server.

Run by hand, from the repository's folder, best with PIXELVIZ_MNIST naming an mnist.npz:

    .venv/bin/python -m tests.benchmarks.chapters

Runs the whole page without a browser, as Streamlit's server would, closed and with each chapter
open, in turn, and prints what a chapter adds: when it is opened, and when a new drawing comes.
"""

import logging
import statistics
import time
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from pixelviz.data import mnist
from pixelviz.data.sample_digits import strokes_of
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.photo.segmentation import ZIP_LENGTH
from pixelviz.server import mnist_loader, worker_supervisor
from tests.drawings import drawn, message_of, png_of

PAGE = str(Path(__file__).parents[2] / "pixelviz/page/main.py")
CHAPTERS = (
    "pixels", "grey-levels", "data", "framing", "unroll", "tensors", "rescale", "predict", "train",
    "move", "convolution", "cover-it", "zip", "class",
)  # fmt: skip
TIMES = 15
ZIP_WIDTH_PX, ZIP_HEIGHT_PX = 640, 200
"""The canvas of the chapter ZIP code, which cannot be imported without a running page."""


def main() -> None:
    """Measure and print both tables."""
    logging.disable(logging.ERROR)
    models_card = card.read(MODELS)
    for models in (models_card.models, models_card.shuffled):
        if models:
            worker_supervisor.load_async(models).result()
    if mnist.download_progress() >= 1:
        mnist_loader.load_async().result()
    messages = [_messages(digit) for digit in range(10)]
    pages = {name: _opened(name, messages[0]) for name in (None, *CHAPTERS)}
    taken: dict[str | None, list[float]] = {name: [] for name in pages}
    for number in range(-2, TIMES):  # the first two only warm up
        for name, page in pages.items():
            _draw(page, messages[number % len(messages)])
            start = time.perf_counter()
            page.run()
            if number >= 0:
                taken[name].append(1000 * (time.perf_counter() - start))
    closed = statistics.median(taken.pop(None))
    print("| Redrawing, server | ms, median | more than closed |")
    print("|---|---|---|")
    print(f"| no chapter open | {closed:.0f} | |")
    for name, times in taken.items():
        print(
            f"| {name} | {statistics.median(times):.0f} | {statistics.median(times) - closed:.0f} |"
        )
    print("\n| Opening, server | ms, median |")
    print("|---|---|")
    for name in CHAPTERS:
        print(f"| {name} | {statistics.median(_opening(name, messages)):.0f} |")


Messages = dict[str, object]
"""What each canvas sends, by its key."""


def _messages(digit: int) -> Messages:
    """Return a digit on the page's canvas, and five digits from it on on the ZIP code's."""
    zip_code = np.zeros((ZIP_HEIGHT_PX, ZIP_WIDTH_PX), np.uint8)
    for place in range(ZIP_LENGTH):
        small = drawn(strokes_of((digit + place) % 10))[::2, ::2]
        left = place * ZIP_WIDTH_PX // ZIP_LENGTH
        zip_code[20 : 20 + len(small), left : left + 128] = small[:, 6:134]
    return {
        "canvas": message_of(png_of(drawn(strokes_of(digit)))),
        "zip_canvas": message_of(png_of(zip_code)),
    }


def _draw(page: AppTest, messages: Messages) -> None:
    for key, message in messages.items():
        page.session_state[key] = message


def _opened(name: str | None, messages: Messages) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    if name:
        page.query_params["chapter"] = name
    _draw(page, messages)
    return page.run()


def _opening(name: str, messages: list[Messages]) -> list[float]:
    """Return how much longer a run takes in which a chapter is opened, in ms."""
    times = []
    for message in messages:
        page = _opened(None, message)
        start = time.perf_counter()
        page.run()
        closed = time.perf_counter() - start
        page.session_state["chapter"] = name
        start = time.perf_counter()
        page.run()
        times.append(1000 * (time.perf_counter() - start - closed))
    return times


if __name__ == "__main__":
    main()
