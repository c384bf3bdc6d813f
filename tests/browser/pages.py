"""The page as a person meets it: drawing with the pointer, reading the views back."""

import base64
import re
import time
from collections.abc import Callable, Iterable
from typing import Protocol
from urllib.parse import urljoin

import numpy as np
from playwright.sync_api import Locator, Page, Request, WebSocket, expect

from pixelviz import ink, raster
from pixelviz.arrays import LENGTH, SIDE, Grid, Ink, Vector
from pixelviz.data.sample_digits import Point
from tests.browser.contexts import SMALL_FILE

WAIT_MS = 60_000
CANVAS_PX = 280


def draw_on(page: Page, canvas: Locator, strokes: Iterable[tuple[Point, ...]]) -> None:
    """Draw strokes on a canvas with the mouse, x and y in shares of the canvas."""
    box = canvas.bounding_box()
    assert box is not None
    for stroke in strokes:
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point, steps=3)
        page.mouse.up()


class Drawable(Protocol):
    """A page with a canvas."""

    page: Page

    @property
    def canvas(self) -> Locator: ...


class PixelvizPage:
    """One person's page in a browser."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("requestfailed", self._note_failure)
        self.messages_sent = 0
        page.on("websocket", self._count_messages)
        self._address = address
        self._open()
        self._size = page.viewport_size
        self._as_opened: object = None

    def _open(self) -> None:
        self.page.goto(self._address)
        expect(self.canvas).to_be_attached(timeout=WAIT_MS)
        expect(self.table).to_be_attached(timeout=WAIT_MS)
        expect(self.strip).to_be_visible(timeout=WAIT_MS)

    def start_over(self) -> None:
        """Bring the page back to how it opened, by its own buttons where these are enough."""
        if self._as_opened is None:
            self._as_opened = self._setting()
            return
        self.page.bring_to_front()
        self.page.unroute_all()
        self.page.emulate_media(color_scheme="null", reduced_motion="null")
        if self._size is not None:
            self.page.set_viewport_size(self._size)
        self.page.mouse.move(5, 5)
        if self.button("clear").is_visible() and self._setting() == self._as_opened:
            self.button("clear").click()
            self.expect_nothing_drawn()
            self.wait_until(lambda: not self.ink().any())
            self.wait_until_idle()
            self.page.evaluate("document.activeElement.blur()")
        if self._setting() != self._as_opened:
            # On leaving, the page keeps the drawing.
            self.page.goto(urljoin(self._address, SMALL_FILE))
            self.page.evaluate("sessionStorage.clear()")
            self._open()
        self.problems.clear()
        self.messages_sent = 0

    def _setting(self) -> object:
        """Return what distinguishes a page that somebody has worked with from a fresh one."""
        return self.page.evaluate(
            """() => [
                location.search,
                Object.keys(window).sort().join(),  // what a test adds to scripts stays with them
                document.querySelector('[data-testid=stMain]')?.scrollTop,
                document.querySelector('.st-key-model input')?.value,
                document.querySelector('[data-testid=stSliderThumbValue]')?.textContent,
                [...document.querySelectorAll('[role=radio], [role=switch]')]
                    .map((one) => one.getAttribute('aria-checked') ?? one.checked),
                document.querySelectorAll('[role=dialog], [data-testid=stPopoverBody]').length,
                document.querySelectorAll('[data-testid=stAlert], [data-testid=stToast]').length,
                [...document.querySelectorAll('.st-key-pixel_view *')]
                    .flatMap((one) => one.shadowRoot ?? [])
                    .flatMap((root) => [...root.querySelectorAll('td.pin, .mark.pin')]
                        .filter((mark) => mark.checkVisibility())).length,
            ]"""
        )

    # What there is on the page

    @property
    def canvas(self) -> Locator:
        return self.page.locator(".st-key-canvas canvas.dc-canvas.lower-canvas")

    @property
    def table(self) -> Locator:
        return self.page.locator(".st-key-pixel_view table")

    @property
    def picture(self) -> Locator:
        return self.page.locator(".st-key-pixel_view .picture .paper")

    @property
    def strip(self) -> Locator:
        return self.page.locator(".st-key-pixel_view .strip .tape")

    @property
    def reading(self) -> Locator:
        return self.page.locator(".st-key-pixel_view .reading")

    def _note_failure(self, request: Request) -> None:
        """Note a request without an answer, unless the page itself has called it off.

        A chapter that is left while a network is on its way does so.
        """
        if "ABORTED" not in (request.failure or ""):
            self.problems.append(f"no answer: {request.url}")

    @property
    def prediction(self) -> Locator:
        return self.page.locator(".st-key-prediction")

    def button(self, key: str) -> Locator:
        return self.page.locator(f".st-key-{key}").get_by_role("button")

    def choice(self, key: str, name: str) -> Locator:
        return self.page.locator(f".st-key-{key}").get_by_role("radio", name=name)

    # What a person does

    def draw(self, strokes: Iterable[tuple[Point, ...]]) -> None:
        """Draw strokes with the mouse, x and y in shares of the canvas."""
        draw_on(self.page, self.canvas, strokes)

    def point_at(self, element: Locator, across: float, down: float) -> None:
        """Move the mouse to a place in an element, in shares of it."""
        box = element.bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])

    # What a person sees

    @property
    def answer(self) -> Locator:
        """What the models say, in words, whoever computed it."""
        return self.prediction.locator(".answer")

    @property
    def confirmed(self) -> Locator:
        """The same, once the server has seen the grid that the browser has answered to."""
        return self.prediction.locator(".answer[data-confirmed=true]")

    def expect_digit(self, digit: int) -> None:
        expect(self.confirmed).to_contain_text(f"Prediction: {digit}", timeout=WAIT_MS)

    def expect_digit_or_doubt(self) -> None:
        expect(self.confirmed).to_contain_text("Prediction:", timeout=WAIT_MS)

    def expect_nothing_drawn(self) -> None:
        expect(self.confirmed).to_contain_text("Draw a digit", timeout=WAIT_MS)

    def wait_until_views_agree(self, framing: raster.Framing = "mnist") -> Grid:
        """Wait until the table shows what the steps make of the canvas, and return that grid."""

        def grid() -> Grid:  # the canvas gets a stroke a frame after it has ended
            return raster.to_grid(self.ink(), framing=framing)

        self.wait_until(lambda: np.array_equal(self.integers(), grid()))
        return grid()

    def wait_until_views_show(self, grid: Grid, framing: raster.Framing = "mnist") -> None:
        """Wait until the table shows this grid, and check that it is that of the canvas."""
        cells = self.table.locator("tbody td")
        expect(cells).to_have_text([str(value) for value in grid.flat], timeout=WAIT_MS)
        self.wait_until(lambda: np.array_equal(raster.to_grid(self.ink(), framing=framing), grid))

    def wait_until_answered(self) -> None:
        """Wait until the last stroke is answered; till then the views follow the pen."""
        follows = self.picture.locator("xpath=..").get_by_text("as drawn")
        self.after_frames()
        expect(follows).to_have_count(0, timeout=WAIT_MS)

    def wait_until_idle(self) -> None:
        """Wait until the page is connected and the server has answered everything it was asked.

        A stroke is sent 0.2 s after it ends: for that, see `wait_until_answered`.
        """
        self.after_frames()
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=WAIT_MS)
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT_MS)
        self.after_frames()

    def wait_until_disconnected(self) -> None:
        """Wait until the page has noticed that its server is gone."""
        app = self.page.get_by_test_id("stApp")
        expect(app).not_to_have_attribute(
            "data-test-connection-state", "CONNECTED", timeout=WAIT_MS
        )

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so, asking after each frame.

        Raises:
            AssertionError: It is not so after a minute.
        """
        deadline = time.monotonic() + WAIT_MS / 1000
        while not is_so():
            assert time.monotonic() < deadline
            self.after_frames(1)

    def after_frames(self, count: int = 2) -> None:
        """Wait until the browser has painted some more frames."""
        self.page.evaluate(
            """async count => {
                for (; count; count -= 1) await new Promise(requestAnimationFrame)
            }""",
            count,
        )

    def ink(self) -> Ink:
        """Return what is on the canvas, as the browser has it."""
        address: str = self.canvas.evaluate("canvas => canvas.toDataURL('image/png')")
        png = base64.b64decode(address.removeprefix("data:image/png;base64,"))
        return ink.from_png(png, width_px=CANVAS_PX, height_px=CANVAS_PX)

    def integers(self) -> Grid:
        """Return what the table says."""
        rows = self.table.locator("tbody tr").all()
        assert len(rows) == SIDE
        cells = self.table.locator("tbody td").all_inner_texts()
        return np.array([int(text) for text in cells]).reshape(SIDE, SIDE)

    def pixels_of(self, element: Locator) -> Vector:
        """Return the values that a view's canvas shows, read row by row."""
        rgba = element.locator("canvas").evaluate(
            """canvas => Array.from(canvas.getContext('2d')
                .getImageData(0, 0, canvas.width, canvas.height).data)"""
        )
        colours = np.array(rgba, np.uint8).reshape(LENGTH, 4)
        assert (colours[:, 3] == 255).all()
        assert (colours[:, 0] == colours[:, 1]).all()
        assert (colours[:, 0] == colours[:, 2]).all()
        return colours[:, 0]

    def lit(self, kind: str = "point") -> tuple[int, int, int]:
        """Return the index that each of the three views lights up: picture, integers, strip."""
        return (
            self._index_under_mark(self.picture, kind),
            int(self.table.locator(f"td.{kind}").get_attribute("data-index") or -1),
            self._index_under_mark(self.strip, kind),
        )

    def read_index(self) -> int:
        """Return the index that the line of text reads out."""
        found = re.search(r"= (\d+) →", self.reading.inner_text())
        assert found is not None
        return int(found[1])

    def _count_messages(self, connection: WebSocket) -> None:
        def count(_: bytes | str) -> None:
            self.messages_sent += 1

        connection.on("framesent", count)

    def _index_under_mark(self, element: Locator, kind: str) -> int:
        expect(element.locator(f".mark.{kind}")).to_be_visible()
        across, down = element.evaluate(
            """(element, kind) => {
                const still = element.querySelector('.film') ?? element.querySelector('canvas')
                const box = still.getBoundingClientRect()
                const mark = element.querySelector('.mark.' + kind).getBoundingClientRect()
                return [(mark.left - box.left) / box.width, (mark.top - box.top) / box.height]
            }""",
            kind,
        )
        columns, rows = (SIDE, SIDE) if element.locator(".rows").count() == 0 else (LENGTH, 1)
        index: int = round(down * rows) * columns + round(across * columns)
        return index
