"""Changing the integers themselves: by keyboard, and in the field of the pinned pixel."""

import numpy as np
from playwright.sync_api import expect

from pixelviz.arrays import LENGTH, SIDE, Grid
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.drawings import SEVEN


def expect_grid(page: PixelvizPage, grid: Grid) -> None:
    """Wait until the canvas itself shows a grid, in squares, and check that all views do."""
    page.page.wait_for_function(
        """([canvas, values]) => {
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
            const square = canvas.width / 28
            return values.every((value, index) => {
                const x = Math.floor((index % 28 + 0.5) * square)
                const y = Math.floor((Math.floor(index / 28) + 0.5) * square)
                return pixels.data[4 * (canvas.width * y + x)] === value
            })
        }""",
        arg=[page.canvas.element_handle(), grid.ravel().tolist()],
        timeout=WAIT_MS,
    )
    cells = page.table.locator("tbody td")
    expect(cells).to_have_text([str(value) for value in grid.flat], timeout=WAIT_MS)
    assert np.array_equal(page.pixels_of(page.picture), grid.ravel())
    assert np.array_equal(page.pixels_of(page.strip), grid.ravel())


def test_a_typed_integer_is_in_all_views_and_on_the_canvas(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    grid = page.wait_until_views_agree()
    index = 5 * SIDE + 20
    page.table.locator("tbody td").nth(index).click()
    page.page.keyboard.type("128")
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.type("7")
    grid.flat[index], grid.flat[index + SIDE] = 128, 7
    expect_grid(page, grid)
    expect(page.choice("framing", "As drawn")).to_be_checked()
    page.expect_digit(7)


def test_a_digit_can_be_drawn_and_undone_with_the_keyboard(page: PixelvizPage) -> None:
    page.expect_nothing_drawn()
    page.picture.focus()
    keyboard = page.page.keyboard
    grid = np.zeros((SIDE, SIDE), np.uint8)
    for _ in range(4):
        keyboard.press("ArrowDown")
    for _ in range(14):
        keyboard.press("ArrowRight")
    for row in range(4, 24):
        keyboard.press("ArrowDown")
        keyboard.press("Space")
        grid[row, 14] = 255
    expect_grid(page, grid)
    expect(page.prediction).to_contain_text("Prediction:", timeout=WAIT_MS)
    keyboard.press("Backspace")
    grid[23, 14] = 0
    expect_grid(page, grid)
    keyboard.press("Control+z")
    grid[23, 14] = 255
    expect_grid(page, grid)


def test_the_pinned_pixel_has_a_field_for_its_value(page: PixelvizPage) -> None:
    page.button("example_3").click()
    page.expect_digit(3)
    before = page.integers()
    page.table.locator("tbody td").nth(401).click()
    field = page.page.get_by_role("spinbutton", name="Value", exact=True)
    expect(field).to_have_value(str(before.flat[401]))
    field.fill("999")
    expect(page.table.locator("tbody td").nth(401)).to_have_text(str(before.flat[401]))
    field.fill("17")
    before.flat[401] = 17
    expect_grid(page, before)
    page.button("undo").click()
    page.expect_digit(3)
    expect(page.choice("framing", "Framed like MNIST")).to_be_checked()


def test_strokes_can_be_added_to_typed_integers(page: PixelvizPage) -> None:
    page.picture.focus()
    page.page.keyboard.press("ArrowRight")
    page.page.keyboard.press("Space")
    grid = np.zeros(LENGTH, np.uint8).reshape(SIDE, SIDE)
    grid[0, 0] = 255
    expect_grid(page, grid)
    page.draw(SEVEN)
    page.expect_digit(7)
    after = page.wait_until_views_agree(framing="drawn")
    assert after[0, 0] == 255
