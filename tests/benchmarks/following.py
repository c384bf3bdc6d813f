"""How closely the views follow the pen, in Chromium with the processor slowed.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.following
    .venv/bin/python -m tests.benchmarks.following --slowed 4 --chapters tensors convolution
    .venv/bin/python -m tests.benchmarks.following --slowed 4 --chapters convolution/network_view

Draws spirals as fast as a quick hand, the pointer moving 125 times a second, and prints how many
frames a second the page paints meanwhile, and after how many frames each pixel that the pointer
passed shows its integer. Frame 1 is that in which the browser hears that the pointer has passed;
0 means that the pixel was shown before. The next two columns are how often a second the chosen
model answers meanwhile, and how often the bars change: an answer can be the one before. After the
name of a chapter can come the key of the part of it that is in sight; the last column is how often
a second its pictures are painted, the one that is painted most often.
"""

import argparse
import asyncio
import math
import shutil
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

from tests.browser.chromium import FLAGS, INSTALLED
from tests.browser.server import serve

ROOT = Path(__file__).parents[2]
STROKES, STROKE_S, TURNS = 4, 1.5, 4
MOVES_PER_S = 125
WAIT_MS = 60_000

HEAD = """\
| Processor slowed | frames a second | longest gap, ms | pixels passed | frames until shown, mean \
| most | later than 2 | answers a second | changes of the bars | its pictures a second | chapter |
|---|---|---|---|---|---|---|---|---|---|---|"""

COUNT_PAINTINGS = """(part) => {
    const paintings = window.paintings = new Map()
    const hosts = [...document.querySelectorAll(`.st-key-${part} *`)].filter((e) => e.shadowRoot)
    const canvases = new Set(hosts.flatMap((e) => [...e.shadowRoot.querySelectorAll('canvas')]))
    const paint = CanvasRenderingContext2D.prototype.putImageData
    CanvasRenderingContext2D.prototype.putImageData = function (...how) {
        const { canvas } = this
        if (window.answers.isDown && canvases.has(canvas)) {
            paintings.set(canvas, (paintings.get(canvas) ?? 0) + 1)
        }
        return paint.apply(this, how)
    }
}"""

WATCH = """() => {
    const host = [...document.querySelectorAll('.st-key-pixel_view *')].find((e) => e.shadowRoot)
    const cells = [...host.shadowRoot.querySelectorAll('tbody td')]
    const isShown = (index) => cells[index].textContent !== '0'
    const seen = window.seen = {gaps: [], delays: [], changes: 0}
    const bars = [...document.querySelectorAll('.st-key-prediction .bars td > div')]
    const widths = () => bars.map((bar) => bar.style.getPropertyValue('--share')).join()
    let answer = widths()
    const waiting = new Map()
    let [frame, last, under, isDown] = [0, 0, null, false]
    addEventListener('pointermove', (event) => {
        const paper = event.composedPath()[0]
        isDown = event.buttons !== 0
        if (!(paper instanceof HTMLCanvasElement) || !isDown) { under = null; return }
        const box = paper.getBoundingClientRect()
        const column = Math.floor(28 * (event.clientX - box.left) / box.width)
        const index = 28 * Math.floor(28 * (event.clientY - box.top) / box.height) + column
        if (under !== null && under !== index && !waiting.has(under)) {
            if (isShown(under)) seen.delays.push(0)
            else waiting.set(under, frame)
        }
        under = index
    }, {capture: true})
    addEventListener('pointerup', () => { isDown = false }, {capture: true})
    // A message that is posted in a frame is handled after that frame has been painted.
    const painted = new MessageChannel()
    painted.port1.onmessage = () => {
        if (isDown && answer !== widths()) seen.changes += 1
        answer = widths()
        for (const [index, since] of waiting) {
            if (!isShown(index)) continue
            seen.delays.push(frame - since)
            waiting.delete(index)
        }
    }
    const next = (now) => {
        if (isDown) seen.gaps.push(now - last)
        window.answers.isDown = isDown
        ;[last, frame] = [now, frame + 1]
        painted.port2.postMessage(null)
        requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    seen.left = () => waiting.size
}"""

COUNT_ANSWERS = """
window.answers = {isDown: false, count: 0}
window.Worker = class extends Worker {
    constructor(...how) {
        super(...how)
        this.addEventListener('message', ({data}) => {
            if (data.name === 'convolutional' && window.answers.isDown) window.answers.count += 1
        })
    }
}"""


@dataclass(frozen=True)
class Followed:
    """What was seen while strokes were drawn.

    Attributes:
        gaps_ms: The times between one frame and the next.
        delays: For each pixel that the pointer passed, after how many frames it was shown.
        missed: How many of them were not shown at all while the pen was down.
        answers: How often the chosen model answered.
        changes: In how many frames the bars of the answer changed.
        paintings: How often the picture in sight of the chapter was painted.
    """

    gaps_ms: list[float]
    delays: list[int]
    missed: int
    answers: int
    changes: int
    paintings: int

    @property
    def frames_a_second(self) -> float:
        """How many frames were painted in a second."""
        return 1000 / statistics.mean(self.gaps_ms)

    @property
    def answers_a_second(self) -> float:
        """How often the chosen model answered in a second."""
        return 1000 * self.answers / sum(self.gaps_ms)

    @property
    def changes_a_second(self) -> float:
        """How often the bars of the answer changed in a second."""
        return 1000 * self.changes / sum(self.gaps_ms)

    @property
    def paintings_a_second(self) -> float:
        """How often the chapter's picture was painted in a second."""
        return 1000 * self.paintings / sum(self.gaps_ms)

    def row(self, slowed: float) -> str:
        """Return all of it as a row of a table."""
        late = sum(delay > 2 for delay in self.delays) + self.missed
        return (
            f"| {slowed:g} times | {self.frames_a_second:.0f} "
            f"| {max(self.gaps_ms):.0f} | {len(self.delays) + self.missed} "
            f"| {statistics.mean(self.delays):.1f} | {max(self.delays)} | {late} "
            f"| {self.answers_a_second:.0f} | {self.changes_a_second:.0f} "
            f"| {self.paintings_a_second:.0f} |"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How closely the views follow the pen.")
    parser.add_argument("--slowed", type=float, nargs="+", default=[1.0, 4.0], metavar="TIMES")
    parser.add_argument(
        "--chapters",
        nargs="+",
        default=[""],
        metavar="NAME",
        help="the chapters that are open meanwhile, one after the other, each with the key of the "
        "part that is in sight, if it is not the first: convolution/network_view",
    )
    options = parser.parse_args()
    print(HEAD)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(ROOT, log=Path(folder) / "log") as address,
    ):
        for chapter in options.chapters:
            for times in options.slowed:
                followed = asyncio.run(follow(address, times, chapter=chapter))
                print(followed.row(times) + f" {chapter} |", flush=True)


async def follow(address: str, slowed: float, *, chapter: str = "") -> Followed:
    """Draw on the page in a browser that is slowed, and return what was seen.

    Args:
        address: The page's.
        slowed: How many times the processor is slowed.
        chapter: The name of the chapter that is open, and after a slash the key of the part of it
            that is in sight; none where it is empty.
    """
    chapter, _, part = chapter.partition("/")
    installed = next(filter(None, map(shutil.which, INSTALLED)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=installed, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1366, "height": 768})
        await page.add_init_script(COUNT_ANSWERS)
        await page.goto(f"{address}?chapter={chapter}" if chapter else address)
        await page.locator(".st-key-example_3 button").click(timeout=WAIT_MS)
        await page.locator(".answer").get_by_text("Prediction: 3").wait_for(timeout=WAIT_MS)
        await _clear(page)
        session = await page.context.new_cdp_session(page)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
        if part:
            element = page.locator(f".st-key-{part} canvas").first
            await element.evaluate("(canvas) => canvas.scrollIntoView({block: 'start'})")
            await page.wait_for_timeout(1000)
        await page.evaluate(COUNT_PAINTINGS, part or "none")
        await page.evaluate(WATCH)
        missed = 0
        for number in range(STROKES):
            await _draw_spiral(page, session, number / STROKES)
            missed += await page.evaluate("seen.left()")
            await page.mouse.up()
            await _clear(page)
        seen: dict[str, Any] = await page.evaluate("({...seen, left: null})")
        answers: int = await page.evaluate("answers.count")
        paintings: int = await page.evaluate("Math.max(0, ...paintings.values())")
        await browser.close()
        return Followed(seen["gaps"], seen["delays"], missed, answers, seen["changes"], paintings)


async def _clear(page: Page) -> None:
    await page.wait_for_timeout(1000)
    await page.locator(".st-key-clear button").click()
    await page.locator(".answer").get_by_text("Draw a digit").wait_for()
    await page.wait_for_timeout(1000)


async def _draw_spiral(page: Page, session: Any, turned: float) -> None:
    """Draw a stroke as the browser hears it from a mouse: it is sent on whether heard or not."""
    box = await page.locator(".st-key-canvas canvas.upper-canvas").bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await page.mouse.down()
    moves = []
    for number in range(round(STROKE_S * MOVES_PER_S)):
        share = number / (STROKE_S * MOVES_PER_S)
        angle = 2 * math.pi * (TURNS * share + turned)
        place = {
            "x": box["x"] + box["width"] * (0.5 + 0.45 * share * math.cos(angle)),
            "y": box["y"] + box["height"] * (0.5 + 0.45 * share * math.sin(angle)),
        }
        event = {"type": "mouseMoved", "button": "left", "buttons": 1, **place}
        moves.append(asyncio.create_task(session.send("Input.dispatchMouseEvent", event)))
        await asyncio.sleep(1 / MOVES_PER_S)
    await asyncio.gather(*moves)


if __name__ == "__main__":
    main()
