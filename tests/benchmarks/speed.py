"""How quick the page is.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.speed

Prints three tables: the server's time per drawing, the time from the pen's lift to the last view
painted, next to that of a typical demo, and the time to light up a pixel in all views.
"""

import base64
import io
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright

from pixelviz import ink, raster, vector
from pixelviz.data.sample_digits import Point, strokes_of
from pixelviz.errors import ModelError
from pixelviz.features import rescale
from pixelviz.model import card, classifier, keras_classifier
from tests.browser.chromium import launch
from tests.browser.pages import PixelvizPage, draw_on
from tests.browser.server import serve
from tests.drawings import CANVAS_PX, drawn, png_of

ROOT = Path(__file__).parents[2]
DRAWINGS = 20
QUIET_S = 1.5
SCREEN = (1366, 768)
JPEG_NOISE = 24
HEADER_PX = 60
"""Above it lies Streamlit's own sign that it is running, which is no view."""


def main() -> None:
    """Measure and print everything."""
    print(_table("Server, one drawing", "ms, median of 200", server_times()))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        logs = Path(folder)
        demo = str(Path(__file__).parent / "typical_demo.py")
        with (
            serve(ROOT, log=logs / "page") as page,
            serve(logs, log=logs / "demo", script=demo) as typical,  # with Streamlit's own settings
        ):
            print(_table("Pen's lift to last view", "", lift_to_painted(browser, page, typical)))
            print(_table("Pointing at a cell", "ms of script, 400 cells", pointing(browser, page)))
        browser.close()


def server_times() -> dict[str, str]:
    """Return how long each step takes for one drawing, in milliseconds."""
    png = png_of(drawn(strokes_of(3)))
    points = ink.from_png(png, width_px=CANVAS_PX, height_px=CANVAS_PX)
    grid = raster.to_grid(points)
    numbers = rescale(vector.unroll(grid))
    loaded = keras_classifier.load_all(card.read(classifier.MODELS).models).values()
    models = [model for model in loaded if not isinstance(model, ModelError)]

    def before_the_model() -> Any:
        seen = ink.from_png(png, width_px=CANVAS_PX, height_px=CANVAS_PX)
        return rescale(vector.unroll(raster.to_grid(seen)))

    def all_models(features: Any = numbers) -> None:
        for model in models:
            model.predict(features)

    steps: dict[str, Callable[[], Any]] = {
        "PNG to ink": lambda: ink.from_png(png, width_px=CANVAS_PX, height_px=CANVAS_PX),
        "ink to grid, framed": lambda: raster.to_grid(points),
        "ink to grid, as drawn": lambda: raster.to_grid(points, framing="drawn"),
        "grid to features": lambda: rescale(vector.unroll(grid)),
        "all steps before the model": before_the_model,
        **{
            f"{model.card.title}": lambda model=model: model.predict(numbers)  # type: ignore[misc]
            for model in models
        },
        "all steps and all three models": lambda: all_models(before_the_model()),
    }
    return {name: f"{_median_ms(step):.2f}" for name, step in steps.items()}


def lift_to_painted(
    browser: Browser, ours: str, typical: str, parts: tuple[str, str] = ("body", "body")
) -> dict[str, str]:
    """Return how long after the pen's lift the last view is painted, here and in a typical demo.

    Args:
        browser: A running one.
        ours: The address of our page.
        typical: The address of the typical demo.
        parts: Which part of each of them counts, as a CSS selector.
    """
    pages = {
        "Pixelviz": (_open(browser, ours), parts[0]),
        "typical demo": (_open(browser, typical), parts[1]),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(-2, DRAWINGS):  # the first two of each only warm up
        for name, (page, part) in pages.items():
            taken = _time_a_stroke(page, number, part)
            if number >= 0:
                times[name].append(taken)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    rows = {
        f"{name}, ms": f"{medians[name]:.0f} (from {min(taken):.0f} to {max(taken):.0f})"
        for name, taken in times.items()
    }
    return rows | {"ratio of the medians": f"{medians['Pixelviz'] / medians['typical demo']:.2f}"}


def pointing(browser: Browser, address: str) -> dict[str, str]:
    """Return how long the browser's script takes to light up one pixel in all three views."""
    page = PixelvizPage(
        browser.new_page(viewport={"width": SCREEN[0], "height": SCREEN[1]}), address
    )
    page.button("example_3").click()
    page.expect_digit(3)
    times: list[float] = page.picture.evaluate(
        """paper => {
            const box = paper.getBoundingClientRect()
            return Array.from({length: 400}, (_, k) => {
                const move = new PointerEvent('pointermove', {bubbles: true,
                    clientX: box.left + ((k * 97) % 784 % 28 + 0.5) / 28 * box.width,
                    clientY: box.top + (Math.floor((k * 97) % 784 / 28) + 0.5) / 28 * box.height})
                const start = performance.now()
                paper.dispatchEvent(move)
                document.body.getBoundingClientRect()  // styles and layout count too
                return performance.now() - start
            })
        }"""
    )
    return {"median": f"{statistics.median(times):.2f}", "slowest": f"{max(times):.2f}"}


def _open(browser: Browser, address: str) -> Page:
    """Return a page that has its model loaded and one drawing read."""
    # The digit's move into MNIST's frame, which is no answer but a show, is left out.
    page = browser.new_page(
        viewport={"width": SCREEN[0], "height": SCREEN[1]}, reduced_motion="reduce"
    )
    page.goto(address)
    page.locator("canvas.dc-canvas.lower-canvas").wait_for(timeout=60_000)
    page.evaluate(
        """addEventListener('pointerup', () => {
            window.lifted = performance.timeOrigin + performance.now()
        }, true)"""
    )
    page.wait_for_timeout(1000)
    _draw(page, ((0.3, 0.2), (0.7, 0.2), (0.4, 0.8)))
    page.get_by_text("Prediction: ").wait_for(timeout=60_000)
    page.wait_for_timeout(3000)
    return page


def _time_a_stroke(page: Page, number: int, part: str) -> float:
    """Return how many milliseconds after the pen's lift a part of the page changed at last.

    What changed before the lift alone took no time: 0.
    """
    page.bring_to_front()
    box = page.locator(part).first.bounding_box()
    assert box is not None
    left, top = round(box["x"]), max(HEADER_PX, round(box["y"]))
    right, bottom = round(left + box["width"]), min(SCREEN[1], round(box["y"] + box["height"]))
    start = 0.15 + 0.035 * (number + 2)
    with _painted(page) as frames:
        _draw(page, ((start, 0.25), (start + 0.05, 0.75)))
        end = time.monotonic() + QUIET_S
        seen = 0
        while time.monotonic() < end:
            page.wait_for_timeout(50)
            if len(frames) != seen:
                seen, end = len(frames), time.monotonic() + QUIET_S
    lifted: float = page.evaluate("window.lifted")
    return max(0.0, _last_change_ms(frames, (left, top, right, bottom)) - lifted)


@contextmanager
def _painted(page: Page) -> Iterator[list[tuple[float, bytes]]]:
    """Give the frames that the browser paints meanwhile, each with its time in ms since 1970."""
    frames: list[tuple[float, bytes]] = []
    session = page.context.new_cdp_session(page)

    def keep(event: dict[str, Any]) -> None:
        frames.append((1000 * event["metadata"]["timestamp"], base64.b64decode(event["data"])))
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "jpeg", "quality": 60})
    yield frames
    session.send("Page.stopScreencast")
    session.detach()


def _last_change_ms(frames: list[tuple[float, bytes]], box: tuple[int, int, int, int]) -> float:
    """Return when a part of the page changed for the last time."""
    pictures = [(at, Image.open(io.BytesIO(data)).convert("L").crop(box)) for at, data in frames]
    changes = [
        after_at
        for (_, before), (after_at, after) in pairwise(pictures)
        if np.asarray(ImageChops.difference(before, after)).max() > JPEG_NOISE
    ]
    return changes[-1] if changes else 0.0


def _draw(page: Page, stroke: tuple[Point, ...]) -> None:
    draw_on(page, page.locator("canvas.dc-canvas.lower-canvas"), [stroke])


def _median_ms(step: Callable[[], Any], times: int = 200) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        step()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def _table(title: str, unit: str, rows: dict[str, str]) -> str:
    lines = [f"| {title} | {unit} |", "|---|---|"]
    return "\n".join(lines + [f"| {name} | {value} |" for name, value in rows.items()]) + "\n"


if __name__ == "__main__":
    main()
