"""The canvases' own toolbars are kept away from pointer and keyboard; the search for them ends."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, draw_on
from tests.browser.test_lesson import open_chapter

FROM_THE_CORNER = [((0.99, 0.05), (0.6, 0.6))]
COUNT_TIMERS = """
    window.timers = 0
    for (const name of ['setTimeout', 'setInterval']) {
        const original = window[name]
        window[name] = (...given) => {
            if (new Error().stack.includes('third_party_dom.js')) window.timers += 1
            return original(...given)
        }
    }
"""


def test_a_stroke_may_begin_in_the_corner_of_a_canvas_that_comes_later(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(open_page, address, "zip")
    canvas = page.page.locator(".st-key-zip_canvas canvas.dc-canvas.lower-canvas")
    toolbar = page.page.locator(".st-key-zip_canvas .dc-toolbar[inert]")
    expect(toolbar).to_have_count(1, timeout=WAIT_MS)
    canvas.scroll_into_view_if_needed()
    draw_on(page.page, canvas, FROM_THE_CORNER)
    expect(page.page.get_by_text("Nothing is written yet")).to_have_count(0, timeout=WAIT_MS)
    page.page.locator(".st-key-chapter").get_by_role("radio", name="Pixels").click()
    expect(canvas).to_have_count(0)
    page.page.locator(".st-key-chapter").get_by_role("radio", name="ZIP code").click()
    expect(toolbar).to_have_count(1, timeout=WAIT_MS)


def test_a_stroke_may_begin_in_the_corner_after_an_example_that_was_clicked_at_once(
    open_page: OpenPage,
) -> None:
    page = open_page()
    page.button("example_1").click()
    page.expect_digit(1)
    page.wait_until_views_agree()
    before = page.ink().sum()
    page.draw(FROM_THE_CORNER)
    page.wait_until_answered()
    assert page.ink().sum() > before


@pytest.mark.parametrize("chapter", ["", "?chapter=zip"])
def test_the_search_for_a_toolbar_ends_once_it_is_found(
    browser: Browser, address: str, chapter: str
) -> None:
    page = browser.new_page()
    page.add_init_script(COUNT_TIMERS)
    page.goto(f"{address}/{chapter}")
    count = 2 if chapter else 1
    expect(page.locator(".dc-toolbar[inert]")).to_have_count(count, timeout=WAIT_MS)
    expect(page.locator(".st-key-prediction")).to_contain_text("Draw a digit", timeout=WAIT_MS)
    page.wait_for_timeout(1000)
    timers = page.evaluate("window.timers")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.timers") == timers
    page.close()
