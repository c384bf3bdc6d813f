"""What the chapters say in a browser is true of what is drawn beside them, stroke by stroke."""

import re

import numpy as np
from playwright.sync_api import Locator, expect

from pixelviz.data.sample_digits import Stroke, strokes_of
from tests import oracle
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_lesson import open_chapter
from tests.drawings import CROSSED_SEVEN
from tests.oracle import MODELS, Answer


def answers(page: PixelvizPage) -> dict[str, Answer]:
    """Return each model's answer to what is on the canvas."""
    grid = oracle.framed(page.ink()).grid
    return {name: oracle.ask(name, grid[np.newaxis])[0] for name in MODELS}


def exactly(text: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(text)}\s*$")


def expect_true_answer(page: PixelvizPage) -> None:
    answer = answers(page)["convolutional"]
    expect(page.prediction.locator(".answer p")).to_have_text(answer.reason, timeout=WAIT_MS)


def expect_true_rescale(page: PixelvizPage, chapter: Locator) -> None:
    integers = oracle.framed(page.ink()).grid.reshape(784).astype(np.float32)
    features = np.stack([integers / np.float32(255), integers])
    for name in MODELS:
        page.choice("rescale_model", oracle.title(name)).click()
        shown = chapter.locator(".scaled > div")
        for side, answer in zip((0, 1), oracle.ask_features(name, features), strict=True):
            digit = str(answer.digit) if answer.is_sure else "not sure"
            expect(shown.nth(side).locator(".digit")).to_have_text(digit, timeout=WAIT_MS)
            expect(shown.nth(side)).to_contain_text(answer.reason, timeout=WAIT_MS)


def expect_true_pixels(page: PixelvizPage, chapter: Locator) -> None:
    small = oracle.averaged(oracle.framed(page.ink()).grid, 10, 10)
    expect(chapter.locator(".integers td")).to_have_text(
        [str(value) for value in small.flat], timeout=WAIT_MS
    )


def expect_true_move(page: PixelvizPage, chapter: Locator) -> None:
    grid = oracle.framed(page.ink()).grid
    grids = np.stack([grid, oracle.moved(grid, 0, 4)])
    rows = chapter.locator(".said").first.locator("tbody tr")
    for row, name in enumerate(MODELS):
        for column, answer in enumerate(oracle.ask(name, grids)):
            cell = rows.nth(row).locator("td").nth(column)
            expect(cell).to_have_text(exactly(answer.cell), timeout=WAIT_MS)


def draw_anew(page: PixelvizPage, strokes: tuple[Stroke, ...]) -> None:
    page.button("clear").click()
    page.expect_nothing_drawn()
    page.wait_until_idle()
    page.canvas.scroll_into_view_if_needed()
    page.draw(strokes)
    page.expect_digit_or_doubt()
    page.wait_until_answered()
    expect_true_answer(page)


def test_the_chapters_are_true_of_each_new_drawing(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "rescale")
    for strokes in (strokes_of(8), CROSSED_SEVEN):
        draw_anew(page, strokes)
        expect_true_rescale(page, page.page.locator(".st-key-chapter_rescale"))
    for name, title, digit, expect_true in (
        ("pixels", "Pixels", 4, expect_true_pixels),
        ("move", "Move and shuffle", 2, expect_true_move),
    ):
        page.choice("chapter", title).click()
        chapter = page.page.locator(f".st-key-chapter_{name}")
        expect_true(page, chapter)
        draw_anew(page, strokes_of(digit))
        expect_true(page, chapter)
    assert page.problems == []
