"""Whoever loses the connection, or their server, comes back to their drawing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import pytest
from playwright.sync_api import expect

from pixelviz.arrays import Grid
from pixelviz.raster import Framing
from tests.browser.conftest import OpenPage
from tests.browser.contexts import LAPTOP, Contexts
from tests.browser.cuttable import cuttable
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.server import free_port, serve
from tests.drawings import CROSSED_SEVEN, SEVEN

Act: TypeAlias = Callable[[PixelvizPage], None]

NOTICE_PAINTING = """() => {
    window.isPainted = false
    const {prototype} = CanvasRenderingContext2D
    const {drawImage} = prototype
    prototype.drawImage = function (...given) {
        if (this.canvas.matches('.dc-canvas.lower-canvas')) window.isPainted = true
        return drawImage.apply(this, given)
    }
}"""
"""Notices when the canvas paints its strokes again, as it does when it has loaded them."""


def put_an_example_and_draw(page: PixelvizPage) -> None:
    page.button("example_3").click()
    page.expect_digit(3)
    page.button("clear").click()
    page.expect_nothing_drawn()
    page.button("example_7").click()
    page.expect_digit(7)
    page.draw([((0.2, 0.5), (0.8, 0.5))])
    page.wait_until_answered()


def draw_as_drawn(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    page.choice("framing", "As drawn").click()  # which runs all of the page


def draw_nothing(page: PixelvizPage) -> None:
    page.expect_nothing_drawn()


FRAMINGS: dict[Act, Framing] = {
    put_an_example_and_draw: "mnist",
    draw_as_drawn: "drawn",
    draw_nothing: "mnist",
}


class Visitor(NamedTuple):
    """Somebody whose server was replaced by another one, and what their page showed before."""

    page: PixelvizPage
    grid: Grid


@pytest.fixture(scope="module")
def visitors(
    root: Path, tmp_path_factory: pytest.TempPathFactory, contexts: Contexts
) -> Iterator[dict[Act, Visitor]]:
    """Return those who did something on the first server; the second serves in its place."""
    folder, port = tmp_path_factory.mktemp("servers"), free_port()
    visitors = {}
    with serve(root, log=folder / "first", port=port) as address:
        for act, framing in FRAMINGS.items():
            tab = contexts.open_tab(address, {"viewport": LAPTOP, "reduced_motion": "reduce"})
            page = PixelvizPage(tab, address)
            page.wait_until_idle()
            act(page)
            page.wait_until_idle()
            visitors[act] = Visitor(page, page.wait_until_views_agree(framing))
            page.messages_sent = 0
            tab.evaluate(NOTICE_PAINTING)
    for visitor in visitors.values():
        visitor.page.wait_until_disconnected()
    with serve(root, log=folder / "second", port=port):
        yield visitors
    for visitor in visitors.values():
        visitor.page.page.close()


def wait_until_connected_again(page: PixelvizPage) -> None:
    """Wait until the new server has answered; the browser connects again by itself."""
    page.page.bring_to_front()  # tabs behind another one paint once a second
    page.wait_until(lambda: page.messages_sent > 0)
    page.wait_until_idle()


@pytest.mark.parametrize("act", [put_an_example_and_draw, draw_as_drawn])
def test_a_new_server_restores_the_drawing_and_takes_more_strokes(
    visitors: dict[Act, Visitor], act: Act
) -> None:
    page, before = visitors[act]
    wait_until_connected_again(page)
    page.page.wait_for_function("() => window.isPainted", timeout=WAIT_MS)
    page.expect_digit(7)
    page.wait_until_views_show(before, FRAMINGS[act])
    page.draw([((0.1, 0.9), (0.9, 0.9))])
    page.wait_until_answered()
    after = page.wait_until_views_agree(FRAMINGS[act])
    assert not np.array_equal(after, before)
    page.button("undo").click()
    page.wait_until_views_show(before, FRAMINGS[act])


def test_a_new_server_answers_an_empty_page_too(visitors: dict[Act, Visitor]) -> None:
    page, _ = visitors[draw_nothing]
    wait_until_connected_again(page)
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.wait_until_views_agree()


@pytest.fixture(scope="module")
def with_one_place(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page for one visitor at a time, and give its address."""
    few = {"PIXELVIZ_MAX_SESSIONS": "1"}
    with serve(root, log=tmp_path_factory.mktemp("few") / "log", settings=few) as address:
        yield address


def test_a_full_server_says_so_until_somebody_leaves(
    with_one_place: str, open_page: OpenPage
) -> None:
    address = with_one_place
    with ExitStack() as stack:
        first = open_page(at=address)
        first.draw(SEVEN)
        second = first.page.context.browser.new_page()  # type: ignore[union-attr]
        stack.callback(second.close)
        second.goto(address)
        expect(second.get_by_text("The page is full")).to_be_visible(timeout=WAIT_MS)
        expect(second.locator(".st-key-canvas")).to_have_count(0)
        first.expect_digit(7)  # whoever is in notices nothing
        first.page.close()
        expect(second.locator(".st-key-canvas canvas.upper-canvas")).to_be_visible(timeout=WAIT_MS)
        expect(second.get_by_text("The page is full")).to_have_count(0)


def test_whoever_returns_to_a_full_server_finds_the_drawing_once_there_is_a_place(
    with_one_place: str, open_page: OpenPage
) -> None:
    address = with_one_place
    with ExitStack() as stack:
        network = stack.enter_context(cuttable(address))
        first = open_page(at=network.address, own_browser=True)
        first.draw(SEVEN)
        first.expect_digit(7)
        first.choice("framing", "As drawn").click()
        first.wait_until_idle()
        before = first.wait_until_views_agree("drawn")
        network.cut()
        first.wait_until_disconnected()
        second = open_page(at=address, own_browser=True)
        expect(second.page.locator(".st-key-canvas canvas.upper-canvas")).to_be_visible()
        network.mend()
        full = first.page.get_by_text("Your drawing is kept")
        expect(full).to_be_visible(timeout=WAIT_MS)
        third = first.page.context.browser.new_page()  # type: ignore[union-attr]
        stack.callback(third.close)
        third.goto(address)
        expect(third.get_by_text("The page is full")).to_be_visible(timeout=WAIT_MS)
        second.page.close()
        expect(full).to_have_count(0, timeout=WAIT_MS)
        first.expect_digit(7)
        first.wait_until_views_show(before, "drawn")
        expect(third.get_by_text("The page is full")).to_be_visible()
        first.button("undo").click()
        first.expect_nothing_drawn()
