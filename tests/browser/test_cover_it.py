"""The chapter Cover it: maps, eraser and search, against Keras."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from pixelviz.arrays import Grid, Vector
from pixelviz.vector import unroll
from tests import oracle
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_convolution import pin
from tests.browser.test_lesson import open_chapter
from tests.drawings import CROSSED_SEVEN

WITHIN = 0.0011
"""Probabilities are written in percent with one decimal."""


def covered(grid: Grid, row: int, column: int, size: int) -> Vector:
    """Return the vector of a grid of which a patch hides a part."""
    left = grid.copy()
    reach = size // 2
    left[max(row - reach, 0) : row + reach + 1, max(column - reach, 0) : column + reach + 1] = 0
    return unroll(left)


def share(text: str) -> float:
    """Return a probability as it is written, such as "7: 97.8 %" or "< 0.1 %"."""
    return float(re.findall(r"[\d.]+(?=\N{NARROW NO-BREAK SPACE}%)", text)[0]) / 100


class CoverIt:
    """The chapter, on a page."""

    def __init__(self, page: PixelvizPage) -> None:
        self.page = page
        self.part = page.page.locator(".st-key-cover_it")
        self.paper = self.part.locator(".paper")
        self.rub_out = page.page.locator(".st-key-rub_out")
        self.fewest = page.page.locator(".st-key-fewest")

    def wait_for_maps(self) -> None:
        expect(self.part.locator(".stage[data-map=complete]")).to_be_attached(timeout=WAIT_MS)

    def row(self, part: Locator, name: str) -> list[str]:
        row = part.locator("tbody tr").filter(has=self.page.page.get_by_text(name, exact=True))
        return row.locator("td").all_inner_texts()

    def expect_answers(self, part: Locator, name: str, whole: Vector, left: Vector) -> None:
        """Check what all three models say to a digit, and to what is left of it."""
        for index, model in enumerate(oracle.MODELS):
            before, after = oracle.ask(model, np.stack([whole, left]))
            written = self.row(part, "as drawn")[index], self.row(part, name)[index]
            assert share(written[0]) == pytest.approx(before.confidence, abs=WITHIN)
            now = after.probabilities[before.digit]
            assert share(written[1]) == pytest.approx(now, abs=WITHIN)
            then = self.row(part, "then reads")[index]
            assert then.startswith(str(after.digit) if after.is_sure else "not sure")


@pytest.fixture
def chapter(open_page: OpenPage, address: str) -> Iterator[CoverIt]:
    page = open_chapter(open_page, address, "cover-it")
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.wait_until_answered()
    page.wait_until_idle()
    shown = CoverIt(page)
    shown.wait_for_maps()
    yield shown
    assert page.problems == []


def test_what_is_covered_is_answered_as_keras_does(chapter: CoverIt) -> None:
    page = chapter.page
    grid = page.integers().astype(np.uint8)
    place = chapter.part.locator(".place")
    for row, column in ((14, 14), (9, 12), (20, 13)):
        pin(page, row, column)
        expect(place).to_contain_text(f"around row {row}, column {column} hides")
        hidden = covered(grid, row, column, 5)
        inked = int((unroll(grid) > 0).sum() - (hidden > 0).sum())
        expect(place).to_contain_text(f"hides {inked} pixel")
        chapter.expect_answers(chapter.part, "covered", unroll(grid), hidden)
    chapter.paper.press("ArrowDown")
    chapter.paper.press("ArrowRight")
    expect(place).to_contain_text("around row 21, column 14")
    chapter.paper.press("Enter")
    assert page.lit("pin") == (28 * 21 + 14,) * 3
    chapter.expect_answers(chapter.part, "covered", unroll(grid), covered(grid, 21, 14, 5))

    places = [(row, column) for row in range(28) for column in range(28)]
    pictures = np.stack([unroll(grid), *(covered(grid, *each, 5) for each in places)])
    for index, model in enumerate(oracle.MODELS):
        first, *answers = oracle.ask(model, pictures)
        drops = [first.confidence - each.probabilities[first.digit] for each in answers]
        label = chapter.part.locator(".map").nth(index).get_attribute("aria-label") or ""
        found = re.search(r"most around row (\d+), column (\d+)", label)
        assert found is not None
        most = drops[28 * int(found[1]) + int(found[2])]
        assert most == pytest.approx(max(drops), abs=1e-4)


def test_what_is_rubbed_out_is_gone_here_only_and_comes_back(chapter: CoverIt) -> None:
    page = chapter.page
    grid = page.integers().astype(np.uint8)
    part = chapter.rub_out
    paper = part.locator(".paper")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box is not None
    cell = box["width"] / 28
    page.page.mouse.move(box["x"] + 8.5 * cell, box["y"] + 8.5 * cell)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 20.5 * cell, box["y"] + 8.5 * cell)
    page.page.mouse.up()
    left = grid.copy()
    left[7:10, 7:22] = 0
    gone = int(((grid > 0) & (left == 0)).sum())
    total = int((grid > 0).sum())
    expect(part.locator(".note")).to_have_text(f"{gone} of {total} pixels of ink rubbed out")
    page.wait_until(lambda: chapter.row(part, "drop") != ["0.0 points"] * 3)
    chapter.expect_answers(part, "rubbed out", unroll(grid), unroll(left))
    assert np.array_equal(page.integers(), grid)
    part.get_by_role("button", name="Undo").click()
    expect(part.locator(".note")).to_have_text(f"0 of {total} pixels of ink rubbed out")
    expect(part.get_by_role("button", name="Undo")).to_be_disabled()


def test_the_search_changes_pixels_until_the_answer_changes(chapter: CoverIt) -> None:
    page = chapter.page
    page.page.locator(".st-key-model input").click()
    page.page.get_by_role("option", name="Softmax regression").click()
    expect(page.page.locator(".st-key-model input")).to_have_value(re.compile("Softmax"))
    page.wait_until_idle()
    grid = page.integers().astype(np.uint8)
    part = chapter.fewest
    part.get_by_role("button", name="Search").click()
    expect(part.locator(".outcome")).to_contain_text("Softmax regression", timeout=WAIT_MS)
    rows = part.locator("tbody tr").all()
    assert rows
    [whole] = oracle.ask("softmax", unroll(grid)[np.newaxis])
    changed = grid.copy()
    for row in rows:
        _, place, change, probability, reads = row.locator("td").all_inner_texts()
        y, x = map(int, re.findall(r"\d+", place))
        before, after = map(int, change.split(" → "))
        assert changed[y, x] == before
        assert {before > 0, after > 0} == {True, False}
        changed[y, x] = after
        [answer] = oracle.ask("softmax", unroll(changed)[np.newaxis])
        assert share(probability) == pytest.approx(answer.probabilities[whole.digit], abs=WITHIN)
        assert reads == (str(answer.digit) if answer.is_sure else "not sure")
    expect(part.locator(".changes div")).to_have_count(len(rows))


def test_a_hidden_answer_is_not_told(chapter: CoverIt) -> None:
    told = chapter.part.locator("tbody td").last
    expect(told).to_be_visible()
    hide = chapter.page.page.locator(".st-key-answer_hidden label").first
    hide.click()
    expect(told).to_be_hidden()
    expect(chapter.rub_out.locator("tbody td").last).to_be_hidden()
    expect(chapter.fewest.locator("table")).to_be_hidden()
    expect(chapter.paper).to_be_visible()
    hide.click()
    expect(told).to_be_visible()


def test_a_phone_shows_it_in_dark_and_axe_finds_nothing(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "cover-it", width=390, height=844, color_scheme="dark")
    chapter = CoverIt(page)
    chapter.paper.scroll_into_view_if_needed(timeout=WAIT_MS)
    chapter.wait_for_maps()
    rights = chapter.part.locator("table, .paper").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().right)"
    )
    assert max(rights) <= 390
    expect_nothing_serious(page)


def test_it_opens_where_a_digit_is_drawn_already(page: PixelvizPage) -> None:
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.wait_until_answered()
    page.choice("chapter", "Cover it").click()
    chapter = CoverIt(page)
    chapter.wait_for_maps()
    grid = page.integers().astype(np.uint8)
    chapter.expect_answers(chapter.part, "covered", unroll(grid), covered(grid, 14, 14, 5))
    expect(chapter.rub_out.locator(".note")).to_contain_text(f"of {(grid > 0).sum()} pixels")
    assert page.problems == []
