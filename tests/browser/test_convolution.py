"""The chapter Convolution: a kernel by hand, linked to the drawing and to the pixel view."""

import re

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

from pixelviz.arrays import Grid
from pixelviz.page.lesson.convolution.kernels import KERNELS, Kernel
from pixelviz.page.lesson.figures import diverging
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_lesson import open_chapter
from tests.drawings import CROSSED_SEVEN

READ = re.compile(
    r"row (\d+), column (\d+)(?: \(pinned\))? → output row (\d+), column (\d+): [\N{MINUS SIGN}\d]"
)
COLOURS = """canvas => Array.from(canvas.getContext('2d')
    .getImageData(0, 0, canvas.width, canvas.height).data)"""


class ByHand:
    """The convolution by hand, on a page."""

    def __init__(self, page: PixelvizPage) -> None:
        self.page = page
        self.part = page.page.locator(".st-key-by_hand")
        self.digit = self.part.locator(".digit .map")
        self.made = self.part.locator(".made .map")
        self.reading = self.part.locator("output")
        self.weights = self.part.locator(".weight")
        self.pooling = page.page.locator(".st-key-pooling")

    def choose(self, name: str) -> None:
        button = self.part.get_by_role("button", name=name, exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")

    def place(self) -> tuple[int, int, int, int]:
        """Return the window's centre and the output's row and column, as they are read."""
        found = READ.search(self.reading.inner_text())
        assert found is not None
        row, column, to_row, to_column = map(int, found.groups())
        return row, column, to_row, to_column

    def numbers(self, selector: str) -> NDArray[np.float64]:
        return np.array([number(text) for text in self.part.locator(selector).all_inner_texts()])

    def expect_worked_out(self, grid: Grid, weights: NDArray[np.float64], bias: float) -> None:
        """Check all numbers of the window against numpy; every sum is right as written."""
        row, column, *_ = self.place()
        window = np.pad(grid.astype(float), 1)[row : row + 3, column : column + 3].ravel()
        products = self.numbers(".product")
        assert np.array_equal(self.numbers(".pixel"), window)
        assert np.allclose(products, window * weights.ravel(), rtol=0, atol=1e-9)
        terms, total = self.part.locator(".sum").inner_text().split(" = ")
        plain = terms.replace("\N{MINUS SIGN} ", "\N{MINUS SIGN}").replace("+ ", "")
        assert [number(each) for each in plain.split(" ")] == products.tolist()
        summed = products.sum()
        assert number(total) == pytest.approx(summed, abs=1e-9)
        sums = [summed, summed + bias]
        assert self.numbers(".total, .biased").tolist() == pytest.approx(sums, abs=1e-9)
        assert self.numbers(".result").tolist() == pytest.approx([max(sums[1], 0)], abs=1e-9)

    def shown(self, canvas: Locator) -> NDArray[np.int64]:
        """Return the colours of a picture's cells, (side, side, 3)."""
        rgba = np.array(canvas.locator("canvas").evaluate(COLOURS), int).reshape(-1, 4)
        side = round(len(rgba) ** 0.5)
        return rgba.reshape(side, side, 4)[..., :3]

    def expect_output(
        self, canvas: Locator, outputs: NDArray[np.float64], kernel: Kernel, *, relu: bool = True
    ) -> None:
        """Check that each cell has the colour of its number, as the server's Python colours it."""
        weights = np.array(kernel.weights)
        most = kernel.bias + 255 * weights.clip(0).sum()
        least = kernel.bias - 255 * (-weights).clip(0).sum()
        full = most if relu else max(most, -least)
        # One more row, of the full colour, so that this is what the scale goes up to.
        scaled = np.vstack([outputs, np.full(outputs.shape[1], full)])
        self.page.wait_until(lambda: self.shown(canvas).shape[:2] == outputs.shape)
        assert np.abs(self.shown(canvas) - diverging(scaled)[:-1]).max() <= 1


def number(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", ""))


def pin(page: PixelvizPage, row: int, column: int) -> None:
    """Pin a pixel in the picture of the pixel view."""
    box = page.picture.bounding_box()
    assert box is not None
    cell = box["width"] / 28
    page.picture.click(position={"x": (column + 0.5) * cell, "y": (row + 0.5) * cell})


@pytest.fixture
def by_hand(open_page: OpenPage, address: str) -> ByHand:
    page = open_chapter(open_page, address, "convolution")
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    shown = ByHand(page)
    expect(shown.reading).to_contain_text("Window around", timeout=WAIT_MS)
    return shown


def test_each_number_is_the_one_of_numpy_while_drawing_and_typing(by_hand: ByHand) -> None:
    page = by_hand.page
    grid = page.integers()
    for name in ("horizontal", "blur", "corner"):
        kernel = KERNELS[name]
        by_hand.choose(kernel.title)
        by_hand.expect_worked_out(grid, np.array(kernel.weights), kernel.bias)
        by_hand.expect_output(by_hand.made, kernel.outputs(grid).clip(0), kernel)

    by_hand.choose("Vertical edge")
    by_hand.part.locator(".relu").uncheck()
    vertical = KERNELS["vertical"]
    outputs = vertical.outputs(grid)
    by_hand.expect_output(by_hand.made, outputs, vertical, relu=False)
    pairs = outputs.reshape(13, 2, 13, 2).max(axis=(1, 3))
    pooled = by_hand.pooling.locator(".pooled .map")
    by_hand.expect_output(pooled, pairs, vertical, relu=False)
    by_hand.part.locator(".relu").check()

    own = Kernel("own", ((-1, 0, 1), (-1, 0.5, 1), (-1, 0, 1)), bias=-20)
    by_hand.weights.nth(4).fill("0,5")
    by_hand.part.locator(".bias").fill("-20")
    expect(by_hand.part.locator(".biased")).to_contain_text(".")
    by_hand.expect_worked_out(grid, np.array(own.weights), own.bias)
    expect(by_hand.part.locator(".kernels [aria-pressed=true]")).to_have_count(0)

    box = page.canvas.bounding_box()
    assert box is not None
    before = by_hand.shown(by_hand.made)
    page.page.mouse.move(box["x"] + 40, box["y"] + 240)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 240, box["y"] + 260, steps=8)
    page.wait_until(lambda: bool((by_hand.shown(by_hand.made) != before).any()))  # the pen is down
    page.page.mouse.up()
    page.wait_until_answered()
    grid = page.wait_until_views_agree()
    by_hand.expect_output(by_hand.made, own.outputs(grid).clip(0), own)
    assert page.problems == []


def test_what_is_no_number_says_what_was_expected(by_hand: ByHand) -> None:
    problem = by_hand.part.get_by_role("alert")
    field = by_hand.weights.nth(7)
    field.fill("abc")
    expect(problem).to_contain_text("Expected a number from \N{MINUS SIGN}99 to 99")
    expect(problem).to_contain_text("got “abc”")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.blur()
    expect(field).to_have_value("1")
    expect(problem).to_contain_text("It is 1 again.")
    field.press("ArrowUp")
    expect(field).to_have_value("2")
    expect(problem).to_be_empty()
    field.press("f")  # a letter, not the key for the full screen
    assert not by_hand.page.page.evaluate("document.fullscreenElement !== null")


def test_what_is_typed_is_shown_as_it_was_understood_and_all_of_it(by_hand: ByHand) -> None:
    field = by_hand.weights.first
    field.fill(" 1,50 ")
    field.blur()
    expect(field).to_have_value("1.5")
    for weight in by_hand.weights.all():
        weight.fill("-98.7654")
    by_hand.weights.last.blur()
    by_hand.expect_worked_out(by_hand.page.integers(), np.full((3, 3), -98.7654), 0)
    assert by_hand.page.integers().max() == 255
    by_hand.digit.focus()
    for element in by_hand.part.locator(".product, .weight").all():
        assert element.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_what_is_set_outlasts_a_reload(by_hand: ByHand) -> None:
    by_hand.choose("Corner")
    by_hand.weights.nth(4).fill("2.5")
    by_hand.part.locator(".relu").uncheck()
    by_hand.choose("same")
    by_hand.choose("2")
    grid = by_hand.page.integers()
    by_hand.page.page.reload()
    by_hand.page.wait_until_views_show(grid)
    expect(by_hand.reading).to_contain_text("Window around", timeout=WAIT_MS)
    expect(by_hand.part.locator(".formula")).to_contain_text("(28 + 1 \N{MINUS SIGN} 3) ÷ 2 + 1")
    expect(by_hand.part.locator(".bias")).to_have_value("\N{MINUS SIGN}510")
    expect(by_hand.weights.nth(4)).to_have_value("2.5")
    expect(by_hand.part.locator(".relu")).not_to_be_checked()
    kernel = Kernel("own", ((-1, -1, -1), (-1, 2.5, 1), (-1, 1, 1)), bias=-510)
    below = np.pad(grid.astype(float), ((0, 1), (0, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(below, (3, 3))[::2, ::2]
    outputs = (windows * np.array(kernel.weights)).sum(axis=(2, 3)) + kernel.bias
    by_hand.expect_output(by_hand.made, outputs, kernel, relu=False)


def test_padding_and_stride_set_the_size(by_hand: ByHand) -> None:
    grid = by_hand.page.integers()
    formula = by_hand.part.locator(".formula")
    kernel = KERNELS["horizontal"]
    weights = np.array(kernel.weights, float)
    expect(formula).to_have_text(
        "(28 + 0 \N{MINUS SIGN} 3) ÷ 1 + 1 = 26 rows and columns: 26 × 26 = 676 numbers"
    )
    expect(by_hand.part.locator(".dense")).to_have_text("784 × 676 + 676 = 530,660")
    by_hand.choose("same")
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(grid.astype(float), 1), (3, 3))
    by_hand.expect_output(by_hand.made, (windows * weights).sum(axis=(2, 3)).clip(0), kernel)
    by_hand.made.focus()
    by_hand.made.press("Home")
    for _ in range(27):
        by_hand.made.press("ArrowUp")
    assert by_hand.place() == (0, 0, 0, 0)
    expect(by_hand.part.locator(".pixel.outside")).to_have_count(5)
    by_hand.expect_worked_out(grid, weights, 0)
    by_hand.choose("2")
    expect(formula).to_contain_text("(28 + 1 \N{MINUS SIGN} 3) ÷ 2 + 1 = 14 rows and columns")
    below = np.pad(grid.astype(float), ((0, 1), (0, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(below, (3, 3))[::2, ::2]
    outputs = (windows * weights).sum(axis=(2, 3)).clip(0)
    by_hand.expect_output(by_hand.made, outputs, kernel)
    pooled = by_hand.pooling.locator(".pooled .map")
    pairs = outputs.reshape(7, 2, 7, 2)
    by_hand.expect_output(pooled, pairs.max(axis=(1, 3)), kernel)
    pooled.click(position={"x": 130, "y": 130})
    pooled.press("ArrowLeft")
    by_hand.page.page.mouse.move(0, 0)
    found = re.search(
        r"pooled row (\d+), column (\d+)", by_hand.pooling.locator("output").inner_text()
    )
    assert found is not None
    row, column = map(int, found.groups())
    four = by_hand.pooling.locator(".four span")
    expect(four).to_have_text([f"{each:.0f}" for each in pairs[row, :, column].ravel()])
    largest = by_hand.pooling.locator(".is-largest")
    expect(largest).to_have_text(f"{pairs[row, :, column].max():.0f}")


def test_window_and_pixel_view_are_pinned_both_ways(by_hand: ByHand) -> None:
    page = by_hand.page
    pin(page, 14, 9)
    expect(by_hand.reading).to_contain_text("row 14, column 9 (pinned) → output row 13, column 8:")
    size = by_hand.digit.bounding_box()
    assert size is not None
    cell = size["width"] / 28
    by_hand.digit.click(position={"x": 18.5 * cell, "y": 7.5 * cell})
    page.page.mouse.move(0, 0)
    expect(by_hand.reading).to_contain_text("row 7, column 18 (pinned)")
    assert page.lit("pin") == (28 * 7 + 18,) * 3
    by_hand.digit.press("ArrowRight")
    assert by_hand.place() == (7, 19, 6, 18)
    by_hand.digit.press("Enter")
    assert page.lit("pin") == (28 * 7 + 19,) * 3
    by_hand.digit.press("Escape")
    expect(page.table.locator("td.pin")).to_have_count(0)
    pin(page, 0, 0)  # no window has it at its centre
    expect(by_hand.reading).to_contain_text("row 1, column 1 → output row 0, column 0:")


def test_the_output_grows_while_the_window_moves(by_hand: ByHand) -> None:
    page = by_hand.page
    step = by_hand.part.get_by_role("button", name="Step")
    slider = by_hand.part.get_by_role("slider")
    slider.fill("27")
    assert by_hand.place() == (2, 2, 1, 1)
    step.click()
    assert by_hand.place() == (2, 3, 1, 2)
    whole = by_hand.shown(by_hand.made)
    page.page.clock.install()
    play = by_hand.part.locator(".play")
    play.click()
    page.page.clock.run_for(9000)
    play.click()
    expect(play).to_have_text("Play")
    row = by_hand.place()[2]
    assert 5 < row < 12
    so_far = by_hand.shown(by_hand.made)
    assert np.array_equal(so_far[:row], whole[:row])
    assert (so_far[row + 1 :] == so_far[-1, -1]).all()
    assert so_far[-1, -1].tolist() != whole[-1, -1].tolist() == [0, 0, 0]
    play.click()
    page.page.clock.run_for(30_000)
    assert by_hand.place()[2:] == (25, 25)
    assert np.array_equal(by_hand.shown(by_hand.made), whole)


def test_a_phone_shows_it_in_dark_and_axe_finds_nothing(open_page: OpenPage, address: str) -> None:
    page = open_chapter(
        open_page, address, "convolution", width=390, height=844,
        color_scheme="dark", reduced_motion="reduce",
    )  # fmt: skip
    by_hand = ByHand(page)
    expect(by_hand.reading).to_contain_text("Window around", timeout=WAIT_MS)
    expect(by_hand.part.locator(".play")).to_be_hidden()
    for field in by_hand.weights.all():
        box = field.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390
        assert box["height"] >= 36
    expect_nothing_serious(page)
