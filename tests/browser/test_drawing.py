"""Draw with a real pointer, and every view shows the same digit."""

import numpy as np
import pytest
from playwright.sync_api import expect

from pixelviz.arrays import DIGITS
from pixelviz.server import streamlit_internals
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.drawings import CROSSED_SEVEN, SEVEN


def test_all_views_show_what_was_drawn(page: PixelvizPage) -> None:
    page.expect_nothing_drawn()
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    grid = page.wait_until_views_agree()
    assert grid.max() == 255
    assert np.array_equal(page.integers(), grid)
    assert np.array_equal(page.pixels_of(page.picture), grid.flatten())
    assert np.array_equal(page.pixels_of(page.strip), grid.flatten())


def test_as_drawn_the_digit_stays_where_it_is(page: PixelvizPage) -> None:
    small = tuple(tuple((0.3 * x, 0.3 * y) for x, y in stroke) for stroke in SEVEN)
    page.draw(small)
    page.expect_digit(7)
    page.choice("framing", "As drawn").click()
    grid = page.wait_until_views_agree("drawn")
    assert not grid[:, 14:].any()
    page.choice("framing", "Framed like MNIST").click()
    framed = page.wait_until_views_agree()
    assert framed[:, 14:].any()


@pytest.mark.parametrize("digit", DIGITS)
def test_each_example_is_read(module_page: PixelvizPage, digit: int) -> None:
    page = module_page
    page.page.bring_to_front()
    page.button("clear").click()
    page.expect_nothing_drawn()
    page.button(f"example_{digit}").click()
    page.expect_digit(digit)
    assert page.wait_until_views_agree().any()


def test_clear_removes_drawing_and_prediction_and_undo_restores_both(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    before = page.wait_until_views_agree()
    page.button("clear").click()
    page.expect_nothing_drawn()
    assert not page.wait_until_views_agree().any()
    page.button("undo").click()
    page.expect_digit(7)
    assert np.array_equal(page.wait_until_views_agree(), before)


def test_undo_takes_back_the_last_stroke(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    plain = page.wait_until_views_agree()
    page.draw([((0.2, 0.85), (0.8, 0.85))])
    page.wait_until_answered()
    assert not np.array_equal(page.integers(), plain)
    page.button("undo").click()
    page.wait_until_views_show(plain)
    page.button("undo").click()
    page.expect_nothing_drawn()


def test_the_eraser_takes_ink_away(page: PixelvizPage) -> None:
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    before = page.ink().sum()
    page.choice("tool", "Eraser").click()
    page.wait_until_idle()
    page.draw(CROSSED_SEVEN[1:])
    page.wait_until_answered()
    assert page.ink().sum() < before
    page.wait_until_views_agree()


def test_a_wider_pen_leaves_more_ink(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    thin = page.ink().sum()
    page.button("clear").click()
    page.expect_nothing_drawn()
    page.page.locator(".st-key-pen_width").get_by_role("slider").press("End")
    expect(page.page.get_by_test_id("stSliderThumbValue")).to_have_text("48 px")
    page.wait_until_idle()
    page.draw(SEVEN)
    page.wait_until_answered()
    assert page.ink().sum() > 1.5 * thin
    page.wait_until_views_agree()


def test_the_chosen_model_makes_the_prediction(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    expect(page.prediction).to_contain_text("Softmax regression")
    page.page.locator(".st-key-model input").click()
    page.page.get_by_role("option", name="Softmax regression").click()
    expect(page.prediction.locator(".others").first).to_contain_text("Convolutional network")


def test_two_visitors_do_not_share_a_canvas(open_page: OpenPage) -> None:
    one, other = open_page(), open_page(own_browser=True)
    one.draw(SEVEN)
    one.expect_digit(7)
    other.expect_nothing_drawn()
    assert not other.integers().any()


def test_the_first_stroke_may_begin_in_the_upper_right_corner(open_page: OpenPage) -> None:
    page = open_page()
    toolbar = page.page.locator(".st-key-canvas .dc-toolbar")  # lies there at first
    expect(toolbar).to_have_attribute("inert", "")
    page.draw([((0.9, 0.05), (0.6, 0.6))])
    page.wait_until_answered()
    assert page.wait_until_views_agree().any()


def test_a_drawing_of_hundreds_of_strokes_goes_on_as_one_picture(page: PixelvizPage) -> None:
    box = page.canvas.bounding_box()
    assert box is not None
    for number in range(streamlit_internals.STROKES_MAX + 1):
        row, column = divmod(number, 20)
        page.page.mouse.click(box["x"] + 30 + 10 * column, box["y"] + 30 + 10 * row)
    expect(page.page.get_by_text("kept as one picture")).to_be_visible(timeout=WAIT_MS)
    page.wait_until_idle()
    joined = page.wait_until_views_agree()
    page.draw([((0.1, 0.9), (0.9, 0.9))])
    page.wait_until_answered()
    assert not np.array_equal(page.wait_until_views_agree(), joined)
    page.button("undo").click()
    page.wait_until_views_show(joined)
