"""Undo, Clear and what is being typed: each click and each key does exactly what it says."""

from functools import partial

import numpy as np
from playwright.sync_api import expect

from pixelviz.arrays import SIDE, Grid
from tests.browser.pages import WAIT_MS, PixelvizPage, draw_on
from tests.drawings import SEVEN

LINES = [((0.2, down), (0.8, down)) for down in (0.1, 0.25, 0.4, 0.55, 0.7, 0.85)]


def draw_lines(page: PixelvizPage) -> list[Grid]:
    """Draw lines below each other, and return the grid after each."""
    grids = []
    for line in LINES:
        page.draw([line])
        page.wait_until_answered()
        grids.append(page.wait_until_views_agree())
    return grids


def test_five_quick_presses_take_back_five_strokes(page: PixelvizPage) -> None:
    grids = draw_lines(page)
    for _ in range(5):
        page.page.keyboard.press("Control+z")
    page.wait_until_views_show(grids[0])
    page.wait_until_idle()
    page.wait_until_views_show(grids[0])
    page.draw([LINES[3]])
    page.wait_until_answered()
    for _ in range(2):
        page.button("undo").click()
    page.expect_nothing_drawn()


def test_ctrl_z_in_a_field_takes_back_the_typing_only(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    grid = page.wait_until_views_agree()
    page.table.locator("tbody td").nth(401).click()
    field = page.page.get_by_role("spinbutton", name="Value", exact=True)
    field.focus()
    page.page.keyboard.press("Control+z")
    page.wait_until_idle()
    page.wait_until_views_show(grid)
    page.page.keyboard.press("Escape")
    page.picture.focus()
    page.page.keyboard.press("Control+z")
    page.expect_nothing_drawn()


def test_what_is_typed_is_sent_before_the_click_that_follows_at_once(page: PixelvizPage) -> None:
    page.button("example_3").click()
    page.expect_digit(3)
    three = page.integers()
    cell = page.table.locator("tbody td").nth(0)
    for press, after in (
        (page.button("clear").click, np.zeros((SIDE, SIDE), np.uint8)),
        (partial(page.page.keyboard.press, "Control+z"), three),
        (page.button("undo").click, three),
    ):
        page.button("example_3").click()
        page.expect_digit(3)
        cell.click()
        page.page.keyboard.press("9")
        press()
        for _ in range(2):
            expect(page.table.locator("tbody td")).to_have_text(
                [str(value) for value in after.flat], timeout=WAIT_MS
            )
            page.wait_until_idle()


def test_a_framing_chosen_right_after_the_page_has_set_it_counts(page: PixelvizPage) -> None:
    as_drawn = page.choice("framing", "As drawn")
    as_drawn.click()
    page.draw(SEVEN)
    page.wait_until_answered()
    page.wait_until_idle()
    page.button("example_5").click()
    expect(page.choice("framing", "Framed like MNIST")).to_be_checked(timeout=WAIT_MS)
    page.wait_until_idle()
    as_drawn.click()
    page.wait_until_idle()
    expect(as_drawn).to_be_checked()
    page.wait_until_views_agree("drawn")
    expect(as_drawn).to_be_checked()


def test_what_replaces_the_drawing_right_after_undo_stays(page: PixelvizPage) -> None:
    for strokes in (SEVEN[:1], SEVEN[1:]):
        page.draw(strokes)
    page.button("undo").click()
    page.button("example_3").click()
    page.expect_digit(3)
    page.wait_until_idle()
    grid = page.wait_until_views_agree()
    page.button("clear").click()
    page.expect_nothing_drawn()
    page.button("example_3").click()
    page.expect_digit(3)
    assert np.array_equal(page.wait_until_views_agree(), grid)


def test_ctrl_z_takes_back_what_was_written_last(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    seven = page.wait_until_views_agree()
    page.choice("chapter", "ZIP code").click()
    zip_canvas = page.page.locator(".st-key-zip_canvas canvas.dc-canvas.lower-canvas")
    expect(zip_canvas).to_be_visible(timeout=WAIT_MS)
    for digit in range(2):
        draw_on(page.page, zip_canvas, [((0.2 + 0.2 * digit, 0.2), (0.2 + 0.2 * digit, 0.8))])
    found = page.page.get_by_text("it has 2 digits")
    expect(found).to_be_visible(timeout=WAIT_MS)
    page.wait_until_idle()
    page.page.keyboard.press("Control+z")
    expect(page.page.get_by_text("it has 1 digit,")).to_be_visible(timeout=WAIT_MS)
    assert np.array_equal(page.integers(), seven)


def test_an_example_over_nothing_can_be_taken_back(page: PixelvizPage) -> None:
    page.button("example_5").click()
    page.expect_digit(5)
    page.button("undo").click()
    page.expect_nothing_drawn()
