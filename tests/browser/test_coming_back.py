"""Whoever loses the connection, or their server, comes back to their drawing."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from pixelviz.raster import Framing
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.server import free_port, serve
from tests.drawings import CROSSED_SEVEN, SEVEN


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


@pytest.mark.parametrize("act", [put_an_example_and_draw, draw_as_drawn])
def test_on_a_new_server_the_drawing_is_there_again_and_can_be_drawn_on(
    root: Path, tmp_path: Path, open_page: OpenPage, act: Callable[[PixelvizPage], None]
) -> None:
    port = free_port()
    framing: Framing = "drawn" if act is draw_as_drawn else "mnist"
    with serve(root, log=tmp_path / "first", port=port) as address:
        page = open_page(at=address, reduced_motion="reduce")
        page.page.wait_for_timeout(1000)
        act(page)
        before = page.wait_until_views_agree(framing)
        page.page.wait_for_timeout(1000)  # the canvas sends what is on it soon after it shows it
    with serve(root, log=tmp_path / "second", port=port):
        page.page.wait_for_timeout(4000)  # the browser tries again by itself
        page.expect_digit(7)
        assert np.array_equal(page.wait_until_views_agree(framing), before)
        page.draw([((0.1, 0.9), (0.9, 0.9))])
        page.wait_until_answered()
        after = page.wait_until_views_agree(framing)
        assert not np.array_equal(after, before)
        page.button("undo").click()
        expect(page.table.locator("tbody td")).to_have_text(
            [str(value) for value in before.flat], timeout=WAIT_MS
        )


def test_on_a_new_server_an_empty_page_is_answered_too(
    root: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    port = free_port()
    with serve(root, log=tmp_path / "first", port=port) as address:
        page = open_page(at=address)
        page.page.wait_for_timeout(1000)
    with serve(root, log=tmp_path / "second", port=port):
        page.page.wait_for_timeout(4000)
        page.draw(CROSSED_SEVEN)
        page.expect_digit(7)
        page.wait_until_views_agree()


def test_past_its_limit_the_page_says_that_it_is_full_until_somebody_leaves(
    root: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    with ExitStack() as stack:
        few = {"PIXELVIZ_MAX_SESSIONS": "1"}
        address = stack.enter_context(serve(root, log=tmp_path / "log", settings=few))
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
