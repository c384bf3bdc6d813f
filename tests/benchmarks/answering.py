"""How soon the answer follows the pen, next to a typical demo.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.answering

Draws an 8 in small moves, each of which waits for the bars to change; draws spirals as fast as a
quick hand; draws strokes in turn on our page and on a typical demo; and counts the bytes of a first
and a second visit.
"""

import asyncio
import math
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.following import follow
from tests.benchmarks.speed import ROOT, SCREEN, lift_to_painted
from tests.browser.chromium import launch
from tests.browser.pages import PixelvizPage
from tests.browser.server import serve

MOVES = 80
PAUSE_MS = 120
SLOWED = (1, 4)
HEAD = "| | measured | aim |\n|---|---|---|"

WATCH = """() => {
    const bars = [...document.querySelectorAll('.st-key-prediction .bars td > div')]
    const widths = () => bars.map((bar) => bar.style.getPropertyValue('--share')).join()
    const seen = window.seen = {delays: [], unanswered: 0}
    let [frame, since, answer] = [0, null, widths()]
    addEventListener('pointermove', () => {
        if (since !== null) seen.unanswered += 1
        since = frame
        answer = widths()
    }, {capture: true})
    const painted = new MessageChannel()
    painted.port1.onmessage = () => {
        if (since === null || widths() === answer) return
        seen.delays.push(frame - since)
        since = null
    }
    const next = () => {
        frame += 1
        painted.port2.postMessage(null)
        requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
}"""


def main() -> None:
    """Measure and print the table."""
    demo = str(Path(__file__).parent / "typical_demo.py")
    with tempfile.TemporaryDirectory() as folder:
        logs = Path(folder)
        with (
            serve(ROOT, log=logs / "page") as page,
            serve(logs, log=logs / "demo", script=demo) as typical,
        ):
            print(HEAD)
            with sync_playwright() as playwright:
                browser = launch(playwright)
                for slowed, aim in zip(SLOWED, (2, 4), strict=True):
                    print(_moves(browser, page, slowed, aim), flush=True)
                parts = (".st-key-prediction", ".stMainBlockContainer .stColumn:nth-child(3)")
                lifts = lift_to_painted(browser, page, typical, parts)
                for name, value in lifts.items():
                    aim_of_ratio = "0.06" if "ratio" in name else ""
                    print(f"| pen's lift to the answer's last change, {name} | {value} "
                          f"| {aim_of_ratio} |", flush=True)  # fmt: skip
                print(_bytes(browser, page), flush=True)
                browser.close()
            for slowed in SLOWED:
                followed = asyncio.run(follow(page, slowed))
                print(f"| answers a second while drawing, processor slowed {slowed} times "
                      f"| {followed.answers_a_second:.0f} | 20 |")  # fmt: skip
                print(f"| frames a second meanwhile | {followed.frames_a_second:.0f} | 30 |")


def _moves(browser: Browser, address: str, slowed: int, aim: int) -> str:
    """Return the row on how many frames after a pointer's move the bars change."""
    page = _open(browser, address)
    session = page.page.context.new_cdp_session(page.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    box = page.canvas.bounding_box()
    assert box is not None
    places = [
        (box["x"] + x * box["width"], box["y"] + y * box["height"])
        for x, y in (_eight(number / MOVES) for number in range(MOVES + 1))
    ]
    page.page.mouse.move(*places[0])
    page.page.mouse.down()
    page.page.wait_for_timeout(500)
    page.page.evaluate(WATCH)
    for place in places[1:]:
        page.page.mouse.move(*place)
        page.page.wait_for_timeout(PAUSE_MS)
    page.page.mouse.up()
    seen: dict[str, Any] = page.page.evaluate("seen")
    page.page.close()
    delays = sorted(seen["delays"])
    late = delays[math.ceil(0.95 * len(delays)) - 1]
    return (
        f"| pointer's move to changed bars, frames, processor slowed {slowed} times: median, "
        f"95th percentile, moves without a change | {statistics.median(delays):.0f}, {late}, "
        f"{seen['unanswered']} of {MOVES} | {aim} |"
    )


def _eight(share: float) -> tuple[float, float]:
    """Return a point of an 8 that is drawn in one stroke, in shares of the canvas."""
    angle = 2 * math.pi * share
    return 0.5 + 0.2 * math.sin(2 * angle), 0.5 - 0.33 * math.cos(angle)


def _open(browser: Browser, address: str) -> PixelvizPage:
    """Return the page with its models loaded in the browser, and nothing drawn."""
    tab = browser.new_page(
        viewport={"width": SCREEN[0], "height": SCREEN[1]}, reduced_motion="reduce"
    )
    page = PixelvizPage(tab, address)
    page.draw([((0.5, 0.2), (0.5, 0.8))])
    page.expect_digit_or_doubt()
    page.wait_until_idle()
    tab.wait_for_timeout(2000)  # the other models are fetched after the first answer
    page.button("clear").click()
    page.expect_nothing_drawn()
    page.wait_until_idle()
    return page


def _bytes(browser: Browser, address: str) -> str:
    """Return the row on what a first and a second visit fetch."""
    context = browser.new_context(viewport={"width": SCREEN[0], "height": SCREEN[1]})
    taken = []
    for _ in range(2):
        tab = context.new_page()
        session = context.new_cdp_session(tab)
        session.send("Network.enable")
        sizes: list[float] = []
        session.on(
            "Network.loadingFinished",
            lambda done, sizes=sizes: sizes.append(done["encodedDataLength"]),
        )
        page = PixelvizPage(tab, address)
        page.draw([((0.5, 0.2), (0.5, 0.8))])
        page.expect_digit_or_doubt()
        tab.wait_for_timeout(3000)
        taken.append((sum(sizes), _networks(tab)))
        tab.close()
    context.close()
    (first, networks), (second, networks_again) = taken
    return (
        f"| MB of a first visit, of these the three networks; of a second visit, networks "
        f"| {first / 1e6:.2f}, {networks / 1e6:.2f}; {second / 1e6:.2f}, "
        f"{networks_again / 1e6:.2f} | 1.2 MB for the default model; 0 |"
    )


def _networks(tab: Page) -> float:
    size: float = tab.evaluate(
        """performance.getEntriesByType('resource')
            .filter((each) => /pixelviz\\/network\\//.test(each.name))
            .reduce((sum, each) => sum + each.transferSize, 0)"""
    )
    return size


if __name__ == "__main__":
    main()
