"""The integers can be copied, by button and by selecting them, and pasted as they stand."""

import numpy as np
import pytest

from pixelviz.arrays import SIDE, Grid
from tests.browser.pages import PixelvizPage
from tests.drawings import SEVEN


@pytest.fixture(scope="module")
def drawn_page(module_page: PixelvizPage) -> PixelvizPage:
    module_page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    module_page.draw(SEVEN)
    module_page.expect_digit(7)
    module_page.wait_until_views_agree()
    return module_page


@pytest.fixture
def page(drawn_page: PixelvizPage) -> PixelvizPage:
    """Return the page that the tests share, with a seven on it, and nothing selected or copied."""
    drawn_page.page.bring_to_front()
    drawn_page.page.evaluate("getSelection().removeAllRanges()")
    drawn_page.page.evaluate("navigator.clipboard.writeText('nothing yet')")
    return drawn_page


def pasted(page: PixelvizPage) -> Grid:
    """Return what a spreadsheet makes of the clipboard."""
    page.wait_until(lambda: "\t" in page.page.evaluate("navigator.clipboard.readText()"))
    text: str = page.page.evaluate("navigator.clipboard.readText()")
    return np.array([[int(value) for value in line.split("\t")] for line in text.splitlines()])


def test_the_button_copies_all_integers_without_the_heads(page: PixelvizPage) -> None:
    button = page.page.get_by_role("button", name="Copy", exact=True)
    button.click()
    assert np.array_equal(pasted(page), page.integers())
    page.page.get_by_role("button", name="Copied", exact=True).wait_for()
    page.picture.focus()
    button.wait_for()


def test_ctrl_a_in_the_integers_takes_all_of_them_and_nothing_else(page: PixelvizPage) -> None:
    page.table.locator("xpath=ancestor::*[@tabindex]").focus()
    page.page.keyboard.press("Control+a")
    page.page.keyboard.press("Control+c")
    assert np.array_equal(pasted(page), page.integers())


def test_a_selection_by_mouse_is_copied_as_a_rectangle(page: PixelvizPage) -> None:
    cells = page.table.locator("tbody td")
    first, last = 5 * SIDE + 10, 8 * SIDE + 20
    page.point_at(cells.nth(first), 0.1, 0.5)
    page.page.mouse.down()
    page.point_at(cells.nth(last), 0.9, 0.5)
    page.page.mouse.up()
    page.page.keyboard.press("Control+c")
    copied, integers = pasted(page), page.integers()
    assert np.array_equal(copied, integers[5:9, : copied.shape[1]])
    assert copied.shape == (4, SIDE)  # between the first and the last lie whole rows
