"""The page for people who see, hear or point differently, as far as a program can tell."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, Drawable, PixelvizPage
from tests.browser.test_layout import SCHEMES, scrolls_sideways
from tests.browser.test_lesson import CHAPTERS, open_chapter, wait_until_open
from tests.drawings import CROSSED_SEVEN


def expect_nothing_serious(page: Drawable) -> None:
    """Check that axe-core finds nothing serious or critical; say what and where if it does."""
    wanted = {"resultTypes": ["violations"]}  # to list what is right takes a sixth of the time
    found: list[dict[str, Any]] = Axe().run(page.page, options=wanted).response["violations"]
    serious = [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    assert not serious, "\n".join(serious)


def test_axe_finds_nothing_serious_in_the_views(page: PixelvizPage) -> None:
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.table.locator("tbody td").nth(401).click()
    for width in (1366, 390):
        page.page.set_viewport_size({"width": width, "height": 844})
        for scheme in SCHEMES:
            page.page.emulate_media(color_scheme=scheme)
            page.after_frames()
            expect_nothing_serious(page)


def test_axe_finds_nothing_serious_in_the_chapters(page: PixelvizPage) -> None:
    page.choice("chapter", "Pixels").click()
    for name, title in CHAPTERS.items():
        wait_until_open(page, name, title)
        expect_nothing_serious(page)
        if name != "class":
            page.button("turn_next").click()


def test_axe_finds_nothing_serious_in_the_menus(page: PixelvizPage) -> None:
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.button("export").click()
    expect(page.page.get_by_role("button", name="CSV")).to_be_visible(timeout=WAIT_MS)
    expect_nothing_serious(page)
    page.page.keyboard.press("Escape")
    page.button("sources").click()
    expect(page.page.get_by_role("dialog")).to_contain_text("5MB", timeout=WAIT_MS)
    expect_nothing_serious(page)


def test_the_answer_is_announced_when_it_changes(page: PixelvizPage) -> None:
    answer = page.prediction.get_by_role("status")
    expect(answer).to_contain_text("Draw a digit", timeout=WAIT_MS)
    page.button("example_3").click()
    expect(answer).to_contain_text(re.compile(r"Prediction: 3.*sure"), timeout=WAIT_MS)


def test_each_canvas_has_a_name(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "zip")
    expect(page.page.get_by_role("img", name="Canvas: draw a digit")).to_be_visible()
    expect(page.page.get_by_role("img", name="Canvas: write five digits")).to_be_attached()


def test_the_table_has_headers_for_screen_readers(page: PixelvizPage) -> None:
    expect(page.table.get_by_role("columnheader")).to_have_count(28)
    expect(page.table.get_by_role("rowheader")).to_have_count(28)


def test_everything_is_there_at_a_zoom_of_200_percent(page: PixelvizPage) -> None:
    page.page.set_viewport_size({"width": 683, "height": 384})  # what 1366 × 768 is at 200 %
    page.after_frames()
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    assert not scrolls_sideways(page)
    for key in ("undo", "clear", "sources", "export"):
        page.button(key).scroll_into_view_if_needed()
        expect(page.button(key)).to_be_in_viewport()
