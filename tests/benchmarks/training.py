"""How fast the chapter Train learns, and how many frames the page paints meanwhile, in Chromium.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.training

The pictures are those of MNIST, which Keras keeps or downloads. An epoch is timed from the press of
the button until the page says that it is over, with all that the page shows meanwhile. Frames are
counted while it learns as fast as possible, and while somebody draws then.
"""

import math
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, Route, sync_playwright

from pixelviz.arrays import LENGTH
from pixelviz.data import mnist
from tests.browser.chromium import launch
from tests.browser.pages import PixelvizPage
from tests.browser.server import serve

ROOT = Path(__file__).parents[2]
WAIT_MS = 120_000
DRAW_S, MOVES = 3, 150
HEAD = """\
| | measured | aim |
|---|---|---|"""

PUT = """async () => {
    const own = performance.getEntriesByType('resource').map(({name}) => name)
        .find((name) => name.endsWith('/browser/data_set/data_sets.js'))
    const {dataSets} = await import(own)
    const bytes = async (name) =>
        new Uint8Array(await (await fetch(new URL(name, document.baseURI))).arrayBuffer())
    const [grids, targets] = [await bytes('benchmark-grids'), await bytes('benchmark-targets')]
    window.set = {kind: 'mnist', name: 'MNIST', source: '', grids, targets, trainingCount: 60000}
    dataSets.put(window.set)
}"""

FEW = """async () => {
    const own = performance.getEntriesByType('resource').map(({name}) => name)
        .find((name) => name.endsWith('/browser/training/trainer.js'))
    const {createTrainer} = await import(own)
    return await new Promise((resolve, reject) => {
        let began = 0
        const trainer = createTrainer({
            onFailure: reject,
            onReport: ({progress}) => {
                if (!began) {
                    began = performance.now()
                    trainer.play(Infinity)
                } else if (progress.epoch >= 60) {
                    resolve((performance.now() - began) * 60 / progress.epoch)
                    trainer.end()
                }
            },
        })
        trainer.learnFrom(window.set)
        trainer.start({
            count: 300, rate: 0.1, batch: 32, hidden: 0, isRescaled: true, order: null,
        })
    })
}"""

COUNT = """() => {
    const gaps = window.gaps = []
    let last = performance.now()
    const next = (now) => {
        gaps.push(now - last)
        last = now
        window.frame = requestAnimationFrame(next)
    }
    window.frame = requestAnimationFrame(next)
}"""
COUNTED = "() => { cancelAnimationFrame(window.frame); return window.gaps.slice(1) }"


def main() -> None:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(ROOT, log=Path(folder) / "log") as address,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        print(HEAD)
        for slowed in (1, 4):
            for line in _measure(browser, address, slowed):
                print(line, flush=True)
        browser.close()


def _measure(browser: Browser, address: str, slowed: int) -> list[str]:
    """Return rows of the table, of a page that is slowed so many times."""
    page = PixelvizPage(
        browser.new_page(viewport={"width": 1366, "height": 768}), f"{address}/?chapter=train"
    )
    _serve_mnist(page.page)
    part = page.page.locator(".st-key-train")
    status = part.locator(".status")
    status.get_by_text("Step 0").wait_for(timeout=WAIT_MS)
    page.page.evaluate(PUT)
    part.locator(".split").get_by_text("60,000").wait_for(timeout=WAIT_MS)
    session = page.page.context.new_cdp_session(page.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    page.wait_until_idle()
    rows: list[str] = []
    learning = "while it learns" if slowed == 1 else f"while it learns, slowed {slowed} times"
    if slowed == 1:
        times = [_epoch(page, hidden) for hidden in (0, 0, 0)]
        rows.append(f"| 60,000 pictures, 1 epoch, s, of three | {_list(times)} | 2 |")
        rows.append(f"| the same with 64 hidden units, s | {_epoch(page, 64):.2f} | |")
        few = [page.page.evaluate(FEW) / 1000 for _ in range(3)]
        rows.append(f"| 300 pictures, 60 epochs, s, of three | {_list(few)} | 0.3 |")
        part.get_by_label("Hidden units").fill("0")
        part.get_by_label("Hidden units").press("Enter")
    part.locator(".pace input").fill("5")
    part.get_by_role("button", name="Play", exact=True).click()
    page.page.evaluate(COUNT)
    page.page.wait_for_timeout(1000 * DRAW_S)
    rows.append(f"| frames a second {learning} | {_frames(page)} | 30 |")
    page.page.evaluate(COUNT)
    _draw(page)
    rows.append(f"| the same, and somebody draws | {_frames(page)} | 30 |")
    page.page.close()
    return rows


def _serve_mnist(page: Page) -> None:
    data = mnist.load()
    grids = np.concatenate([data.x_train, data.x_test]).reshape(-1, LENGTH)
    targets = np.concatenate([data.y_train, data.y_test]).astype(np.uint8)
    page.route("**/benchmark-grids", _answering(grids.tobytes()))
    page.route("**/benchmark-targets", _answering(targets.tobytes()))


def _answering(body: bytes) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body, content_type="application/octet-stream")


def _epoch(page: PixelvizPage, hidden: int) -> float:
    """Return how long an epoch takes, in seconds, from the press of the button to what is shown."""
    part = page.page.locator(".st-key-train")
    part.get_by_label("Hidden units").fill(str(hidden))
    part.get_by_label("Hidden units").press("Enter")
    part.get_by_role("button", name="Start again").click()
    part.locator(".status").get_by_text("Step 0").wait_for(timeout=WAIT_MS)
    milliseconds: float = part.locator(".status").evaluate(
        """status => new Promise((resolve) => {
            const root = status.getRootNode()
            const began = performance.now()
            new MutationObserver((_, observer) => {
                if (!status.textContent.includes(': 1 epoch.')) return
                observer.disconnect()
                resolve(performance.now() - began)
            }).observe(status, {characterData: true, childList: true, subtree: true})
            root.querySelector('.epoch').click()
        })"""
    )
    return milliseconds / 1000


def _draw(page: PixelvizPage) -> None:
    box = page.canvas.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.page.mouse.move(*middle)
    page.page.mouse.down()
    for number in range(MOVES):
        share, angle = number / MOVES, 8 * math.pi * number / MOVES
        reach = 0.45 * box["width"] * share
        page.page.mouse.move(
            middle[0] + reach * math.cos(angle), middle[1] + reach * math.sin(angle)
        )
        page.page.wait_for_timeout(1000 * DRAW_S / MOVES)
    page.page.mouse.up()


def _frames(page: PixelvizPage) -> str:
    gaps: list[Any] = page.page.evaluate(COUNTED)
    return f"{1000 / statistics.mean(gaps):.0f} (longest gap {max(gaps):.0f} ms)"


def _list(values: list[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)


if __name__ == "__main__":
    main()
