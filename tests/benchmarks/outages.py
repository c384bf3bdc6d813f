"""What a visitor loses when something fails: server, model worker, one of three replicas, network.

Run by hand, from the repository's folder, where nginx is installed:

    .venv/bin/python -m tests.benchmarks.outages

Several people have drawn a digit, chosen a framing, a model and a chapter, and are drawing a
stroke, uploading a file or trying something in the chapter when it fails. Once it works again they
go on, and drawing, framing, model and chapter are compared with what they were.
"""

import argparse
import contextlib
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from playwright.sync_api import Browser, expect, sync_playwright

from pixelviz import raster
from pixelviz.arrays import Ink
from pixelviz.formats import png_file
from tests.benchmarks.processes import family, serving
from tests.benchmarks.replicas import served, start, wait_for
from tests.browser.chromium import launch
from tests.browser.cuttable import cuttable
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.server import free_port
from tests.drawings import SEVEN

SETTINGS = "?chapter=move&model=dense&framing=drawn"
STROKE = ((0.1, 0.85), (0.5, 0.95), (0.9, 0.85))
BELOW_ROW = 23
"""The stroke lies below the seven, from this row on, so that both can be told apart."""

PEOPLE = 10

Act: TypeAlias = Callable[[PixelvizPage], Callable[[], None]]
"""What somebody begins to do, and what they do to end it."""


def draw_a_stroke(page: PixelvizPage) -> Callable[[], None]:
    """Put the pen down and draw the first half of a stroke."""
    box = page.canvas.bounding_box()
    assert box is not None
    first, middle, last = (
        (box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in STROKE
    )
    page.page.mouse.move(*first)
    page.page.mouse.down()
    page.page.mouse.move(*middle, steps=10)

    def end() -> None:
        page.page.mouse.move(*last, steps=10)
        page.page.mouse.up()

    return end


def upload_a_file(page: PixelvizPage) -> Callable[[], None]:
    """Choose a file, and wait for nothing."""
    page.button("sources").click()
    field = page.page.locator(".st-key-upload input[type=file]")
    grid = page.wait_until_views_agree("drawn")
    content = png_file.encode(grid)
    field.set_input_files({"name": "seven.png", "mimeType": "image/png", "buffer": content})

    def end() -> None:
        page.page.keyboard.press("Escape")
        expect(page.page.get_by_role("dialog")).to_have_count(0, timeout=WAIT_MS)

    return end


def move_the_digit(page: PixelvizPage) -> Callable[[], None]:
    """Press a button of the open chapter, and wait for nothing."""
    page.button("move_right").click()
    return lambda: None


ACTS: tuple[Act, ...] = (draw_a_stroke, upload_a_file, move_the_digit)


@dataclass(frozen=True)
class Scene:
    """Something that is served and can fail."""

    address: str
    fail: Callable[[], None]
    mend: Callable[[], None]


@dataclass(frozen=True)
class Person:
    """Somebody in the middle of something."""

    page: PixelvizPage
    ink: Ink
    act: Act
    end: Callable[[], None]


def main() -> None:
    """Let everything fail that is named, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help=f"of {PEOPLE} people each")
    parser.add_argument("--only", nargs="*", default=list(SCENES), choices=list(SCENES))
    options = parser.parse_args()
    print(
        "| what failed | how often | lost | back after, s, at most |\n|---|---|---|---|", flush=True
    )
    with sync_playwright() as playwright, contextlib.closing(launch(playwright)) as browser:
        for name in options.only:
            scene, seconds, people = SCENES[name]
            lost, longest = Counter[str](), 0.0
            rounds = options.rounds if people == PEOPLE else 1
            for _ in range(rounds):
                with tempfile.TemporaryDirectory() as folder, scene(Path(folder)) as served_scene:
                    back = _fail_once(browser, served_scene, people, seconds, lost)
                    longest = max(longest, back)
            said = ", ".join(f"{times} × {what}" for what, times in sorted(lost.items()))
            print(
                f"| {name} | {rounds * people} | {said or 'nothing'} | {longest:.0f} |", flush=True
            )


def _fail_once(
    browser: Browser, scene: Scene, people: int, seconds: float, lost: Counter[str]
) -> float:
    """Let some people be in the middle of something when it fails; return how long they waited."""
    contexts = [browser.new_context(viewport={"width": 1366, "height": 768}) for _ in range(people)]
    pages = [PixelvizPage(each.new_page(), scene.address + "/" + SETTINGS) for each in contexts]
    for page in pages:
        page.draw(SEVEN)
    for page in pages:
        page.expect_digit(7)
        page.wait_until_answered()
    group = []
    for number, page in enumerate(pages):
        page.page.bring_to_front()
        ink, act = page.ink(), ACTS[number % len(ACTS)]
        group.append(Person(page, ink, act, act(page)))
    scene.fail()
    time.sleep(seconds)
    scene.mend()
    mended = time.monotonic()
    for person in group:
        person.page.page.bring_to_front()
        for what in _lost(person):
            lost[what] += 1
    waited = time.monotonic() - mended
    for context in contexts:
        context.close()
    return waited


def _lost(person: Person) -> Iterator[str]:
    """Go on, and name what is not as it was."""
    page, where = person.page, f" ({person.act.__name__.replace('_', ' ')})"
    try:
        page.wait_until_idle()
        person.end()
        page.wait_until_answered()
        page.wait_until_idle()
        page.expect_digit_or_doubt()
    except AssertionError:
        yield "everything" + where
        return
    before, after = (raster.as_drawn(ink).astype(int) for ink in (person.ink, page.ink()))
    if (after < before).any():
        yield "drawing" + where
    if person.act is draw_a_stroke and not after[BELOW_ROW:].any():
        yield "the stroke" + where
    if not page.choice("framing", "As drawn").is_checked():
        yield "framing" + where
    if not page.page.locator(".st-key-model input").input_value().startswith("Dense network"):
        yield "model" + where
    if page.page.locator(".st-key-chapter_move").count() == 0:
        yield "chapter" + where
    try:
        page.wait_until_views_agree("drawn")
    except AssertionError:
        yield "the views' agreement" + where


@contextlib.contextmanager
def _server(folder: Path) -> Iterator[Scene]:
    """Serve the page; its process can be killed, and another one be started."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    running = [start(port, folder / "log")]
    wait_for(f"{address}/_stcore/health")

    def fail() -> None:
        running[-1].kill()
        running[-1].wait()

    def mend() -> None:
        running.append(start(port, folder / "log"))
        wait_for(f"{address}/_stcore/health")

    try:
        yield Scene(address, fail, mend)
    finally:
        running[-1].kill()
        running[-1].wait()


@contextlib.contextmanager
def _worker(folder: Path, how: signal.Signals) -> Iterator[Scene]:
    with _server(folder) as scene:

        def fail() -> None:
            for pid in (each for one in serving(scene.address) for each in family(one)):
                if b"worker_process" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    subprocess.run(["kill", f"-{int(how)}", str(pid)], check=True)

        yield Scene(scene.address, fail, lambda: None)


@contextlib.contextmanager
def _replica(folder: Path) -> Iterator[Scene]:
    """Serve three replicas behind nginx; the one with the most people on it is killed."""
    with served(folder) as (address, replicas):
        yield Scene(address, next(iter(replicas.values())).kill, lambda: None)


@contextlib.contextmanager
def _network(folder: Path) -> Iterator[Scene]:
    with _server(folder) as scene, cuttable(scene.address) as network:
        yield Scene(network.address, network.cut, network.mend)


Scenes: TypeAlias = Callable[[Path], contextlib.AbstractContextManager[Scene]]

SCENES: dict[str, tuple[Scenes, float, int]] = {
    "server killed": (_server, 1, PEOPLE),
    "worker killed": (lambda folder: _worker(folder, signal.SIGKILL), 0, PEOPLE),
    "worker stopped (SIGSTOP)": (lambda folder: _worker(folder, signal.SIGSTOP), 0, PEOPLE),
    "one of three replicas killed": (_replica, 1, PEOPLE),
    "network, 10 s": (_network, 10, PEOPLE),
    "network, 60 s": (_network, 60, 3),
    "network, 5 min": (_network, 300, 3),
}
"""What fails, for how many seconds, and for how many people at once."""

if __name__ == "__main__":
    main()
