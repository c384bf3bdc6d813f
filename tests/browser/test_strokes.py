"""Strokes outlast what interferes with them: other buttons, other fingers, the system, the page."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from playwright.sync_api import CDPSession, expect

from pixelviz.data.sample_digits import Point
from tests.browser.pages import WAIT_MS, Drawable, PixelvizPage, draw_on

LINE: tuple[Point, ...] = ((0.2, 0.3), (0.8, 0.3))
OTHER_LINE: tuple[Point, ...] = ((0.2, 0.7), (0.8, 0.7))


@pytest.fixture
def page(module_page: PixelvizPage) -> PixelvizPage:
    """Return the page that the tests share, with nothing on its canvas."""
    module_page.page.bring_to_front()
    module_page.button("clear").click()
    module_page.expect_nothing_drawn()
    module_page.wait_until(lambda: not module_page.ink().any())
    module_page.wait_until_idle()
    return module_page


def at(page: Drawable, point: Point) -> tuple[float, float]:
    """Return where a point of the canvas, in shares of it, is in the window."""
    box = page.canvas.bounding_box()
    assert box is not None
    return box["x"] + point[0] * box["width"], box["y"] + point[1] * box["height"]


def has_ink(page: PixelvizPage, across: float, down: float) -> bool:
    ink = page.ink()
    return bool(ink[int(down * len(ink)), int(across * len(ink))])


def has_line(page: PixelvizPage, line: tuple[Point, ...]) -> bool:
    (start, down), (end, _) = line
    return all(has_ink(page, across, down) for across in np.linspace(start, end, 13))


def expect_only(page: PixelvizPage, *lines: tuple[Point, ...]) -> None:
    """Wait until the canvas has these lines, and check that server and views know no others."""
    page.wait_until(lambda: all(has_line(page, line) for line in lines))
    page.wait_until_answered()
    page.wait_until_views_agree()
    for line in {LINE, OTHER_LINE} - set(lines):
        assert not has_ink(page, 0.5, line[0][1])


class Fingers:
    """Fingers on a touch screen, as the browser's own protocol puts them down."""

    def __init__(self, session: CDPSession, page: Drawable) -> None:
        self._session, self._page = session, page
        self._down: dict[int, dict[str, float]] = {}

    def put(self, finger: int, x: float, y: float) -> None:
        self._touch("touchMove" if finger in self._down else "touchStart", finger, x, y)

    def draw(self, finger: int, line: tuple[Point, ...]) -> None:
        """Draw a line, and keep the finger on the screen."""
        (start, down), (end, _) = line
        for across in np.linspace(start, end, 8):
            self.put(finger, *at(self._page, (across, down)))

    def lift(self, finger: int) -> None:
        self._send("touchEnd", [self._down.pop(finger)])

    def cancel(self) -> None:
        self._down.clear()
        self._send("touchCancel", [])

    def _touch(self, kind: str, finger: int, x: float, y: float) -> None:
        self._down[finger] = {"x": x, "y": y, "id": finger}
        self._send(kind, list(self._down.values()))

    def _send(self, kind: str, points: list[dict[str, float]]) -> None:
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@contextmanager
def fingers_on(page: Drawable) -> Iterator[Fingers]:
    session = page.page.context.new_cdp_session(page.page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
    yield Fingers(session, page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    session.detach()


def test_another_button_pressed_in_mid_stroke_changes_nothing(page: PixelvizPage) -> None:
    mouse = page.page.mouse
    mouse.move(*at(page, LINE[0]))
    mouse.down()
    mouse.move(*at(page, (0.5, 0.3)), steps=5)
    mouse.down(button="right")
    mouse.up(button="right")
    mouse.move(*at(page, LINE[1]), steps=5)
    mouse.up()
    expect_only(page, LINE)
    page.draw([OTHER_LINE])
    expect_only(page, LINE, OTHER_LINE)


def test_a_stroke_that_the_system_interrupts_stays(page: PixelvizPage) -> None:
    with fingers_on(page) as fingers:
        fingers.draw(1, LINE)
        fingers.cancel()
        expect_only(page, LINE)
        fingers.draw(1, OTHER_LINE)
        fingers.lift(1)
        expect_only(page, LINE, OTHER_LINE)


def test_a_palm_beside_the_canvas_does_not_keep_strokes_from_ending(page: PixelvizPage) -> None:
    title = page.page.locator(".title h1").bounding_box()
    assert title is not None
    with fingers_on(page) as fingers:
        fingers.put(1, title["x"] + 5, title["y"] + 5)
        fingers.draw(2, LINE)
        fingers.lift(2)
        expect_only(page, LINE)
        fingers.draw(2, OTHER_LINE)
        fingers.lift(2)
        expect_only(page, LINE, OTHER_LINE)
        fingers.lift(1)


def test_a_palm_resting_on_the_canvas_leaves_no_ink_and_the_finger_draws(
    page: PixelvizPage,
) -> None:
    with fingers_on(page) as fingers:
        fingers.put(1, *at(page, OTHER_LINE[1]))
        fingers.draw(2, LINE)
        fingers.lift(2)
        fingers.lift(1)
        expect_only(page, LINE)
        assert not has_ink(page, *OTHER_LINE[1])


def test_a_finger_that_only_taps_leaves_a_dot(page: PixelvizPage) -> None:
    with fingers_on(page) as fingers:
        fingers.put(1, *at(page, (0.5, 0.5)))
        fingers.lift(1)
        page.wait_until(lambda: has_ink(page, 0.5, 0.5))
        page.wait_until_views_agree()


@contextmanager
def slow_connection(page: PixelvizPage, delay_ms: int) -> Iterator[None]:
    """Delay all that the browser sends to the server."""
    page.page.evaluate(
        """delay => {
            window.sendAtOnce = WebSocket.prototype.send
            WebSocket.prototype.send = function (message) {
                setTimeout(() => window.sendAtOnce.call(this, message), delay)
            }
        }""",
        delay_ms,
    )
    yield
    page.page.evaluate("() => { WebSocket.prototype.send = window.sendAtOnce }")


@pytest.mark.parametrize("delay_ms", [250, 1000])
def test_a_stroke_begun_at_once_after_clear_is_whole(page: PixelvizPage, delay_ms: int) -> None:
    page.draw([OTHER_LINE])
    expect_only(page, OTHER_LINE)
    mouse = page.page.mouse
    with slow_connection(page, delay_ms):
        page.button("clear").click()
        mouse.move(*at(page, LINE[0]))
        mouse.down()
        for across in np.linspace(LINE[0][0], LINE[1][0], 20):
            mouse.move(*at(page, (across, LINE[0][1])))
            page.after_frames(1)
        mouse.up()
        page.wait_until(lambda: has_line(page, LINE) and not has_ink(page, 0.5, 0.7))
        expect_only(page, LINE)
        page.button("undo").click()
        page.expect_nothing_drawn()


def test_a_very_long_stroke_is_sent_before_it_ends(page: PixelvizPage) -> None:
    """A message has its limit: 20,000 points, drawn without lifting the pen, would exceed it."""
    tell = """([x, y, name, steps]) => {
        let target = document.elementFromPoint(x, y)
        while (target.shadowRoot) target = target.shadowRoot.elementFromPoint(x, y)
        for (let step = 0; step < steps; step += 1) {
            target.dispatchEvent(new PointerEvent(name, {
                pointerId: 7, pointerType: 'pen', button: 0, buttons: 1,
                clientX: x + step % 150, clientY: y + step / 50,
                bubbles: true, composed: true,
            }))
        }
    }"""
    start = at(page, (0.2, 0.2))
    page.page.evaluate(tell, [*start, "pointerdown", 1])
    sent = page.messages_sent
    page.page.evaluate(tell, [*start, "pointermove", 2100])
    page.wait_until(lambda: page.messages_sent > sent)  # while the pen is still down
    page.page.evaluate(tell, [*start, "pointerup", 1])
    page.wait_until_answered()
    page.wait_until_views_agree()


def test_a_stroke_on_the_zip_canvas_at_once_after_clear_is_read(page: PixelvizPage) -> None:
    page.choice("chapter", "ZIP code").click()
    zip_canvas = page.page.locator(".st-key-zip_canvas canvas.dc-canvas.lower-canvas")
    expect(zip_canvas).to_be_visible(timeout=WAIT_MS)
    ones = [((across, 0.2), (across, 0.8)) for across in (0.2, 0.4, 0.6)]
    draw_on(page.page, zip_canvas, ones[:2])
    expect(page.page.get_by_text("it has 2 digits")).to_be_visible(timeout=WAIT_MS)
    page.wait_until_idle()
    with slow_connection(page, 500):
        page.button("zip_clear").click()
        draw_on(page.page, zip_canvas, ones[2:])
        expect(page.page.get_by_text("it has 1 digit,")).to_be_visible(timeout=WAIT_MS)
        page.wait_until_idle()
    for title in ("Predict", "ZIP code"):  # a new canvas has what was written on the last one
        page.choice("chapter", title).click()
        page.wait_until_idle()
    expect(page.page.get_by_text("it has 1 digit,")).to_be_visible(timeout=WAIT_MS)
    draw_on(page.page, zip_canvas, ones[:1])
    expect(page.page.get_by_text("it has 2 digits")).to_be_visible(timeout=WAIT_MS)
    page.choice("chapter", "ZIP code").click()
    expect(zip_canvas).to_have_count(0)
