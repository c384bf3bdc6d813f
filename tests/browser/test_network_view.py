"""The look into the real network, in the chapter Convolution: all numbers are the model's."""

import re

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, Route, expect

from pixelviz.arrays import PIXEL_MAX, Grid
from pixelviz.model import keras_file
from pixelviz.model.classifier import MODELS
from pixelviz.shift import shift
from pixelviz.vector import unroll
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_convolution import COLOURS, number, pin
from tests.browser.test_lesson import open_chapter
from tests.drawings import CROSSED_SEVEN

READ = re.compile(
    r"Filter (\d+), window around row (\d+), column (\d+) → map row (\d+), column (\d+)"
)
WITHIN = 0.0006
"""Three decimals are written."""

Array = NDArray[np.float64]


def weights_of(name: str, kind: str) -> tuple[Array, Array]:
    """Return the weights and the biases of the first layer of a kind."""
    layers = keras_file.read((MODELS / f"{name}.keras").read_bytes())
    kernel, bias = next(layer.weights for layer in layers if layer.kind == kind)
    return kernel, bias


def maps_of(grid: Grid) -> Array:
    """Return what the first filters make of a grid, (height, width, filters), by numpy."""
    kernel, bias = weights_of("convolutional", "Conv2D")
    windows = np.lib.stride_tricks.sliding_window_view(grid / PIXEL_MAX, kernel.shape[:2])
    sums = np.einsum("hwrc,rcf->hwf", windows, kernel[:, :, 0])
    maps: Array = np.maximum(sums + bias, 0)
    return maps


class NetworkView:
    """The look into the network, on a page."""

    def __init__(self, page: PixelvizPage) -> None:
        self.page = page
        self.part = page.page.locator(".st-key-network_view")
        self.maps = self.part.locator(".sheet.maps")
        self.made = self.part.locator(".made .map")
        self.reading = self.part.locator("output")
        self.moving = page.page.locator(".st-key-same_filter")

    def place(self) -> tuple[int, ...]:
        """Return the filter, the window's centre, and the row and column of the map."""
        found = READ.search(self.reading.inner_text())
        assert found is not None
        return tuple(map(int, found.groups()))

    def expect_worked_out(self, grid: Grid) -> None:
        """Check the products and their sum against numpy; all of it is right as written."""
        kernel, bias = weights_of("convolutional", "Conv2D")
        chosen, _, _, row, column = self.place()
        rows, columns = kernel.shape[:2]
        window = grid[row : row + rows, column : column + columns] / PIXEL_MAX
        products = (window * kernel[:, :, 0, chosen]).ravel()
        written = [number(text) for text in self.part.locator(".window b").all_inner_texts()]
        assert np.allclose(written, products, atol=2 * WITHIN)
        summed, with_bias, total, after = map(
            number,
            re.findall(r"[\N{MINUS SIGN}\d.]*\d", self.part.locator(".result").inner_text())[1:],
        )
        assert round(sum(written), 3) == summed
        assert round(summed + with_bias, 3) == total
        assert with_bias == pytest.approx(bias[chosen], abs=2 * WITHIN)
        assert (
            after == max(total, 0) == pytest.approx(maps_of(grid)[row, column, chosen], abs=WITHIN)
        )
        assert number(self.reading.inner_text().split(": ")[1]) == pytest.approx(after, abs=WITHIN)

    def layer(self, title: str) -> Locator:
        return self.part.locator(".layer").filter(has_text=title).first

    def choose(self, title: str) -> None:
        """Choose a number in the middle of a layer's sheet, and one beside it by key."""
        sheet = self.layer(title).locator(".sheet")
        sheet.click()
        sheet.press("ArrowRight")
        expect(self.part.locator(".origin-title")).to_contain_text(title)

    def written_origin(self) -> tuple[list[float], float]:
        """Return the terms of the chosen number as written, and what they add up to."""
        values = self.part.locator(".origin td:nth-child(3)").all_inner_texts()
        result = self.part.locator(".origin-result").inner_text()
        found = re.search(r"= ([\N{MINUS SIGN}\d.]*\d)", result)
        assert found is not None
        return [number(text) for text in values], number(found[1])


def map_on(canvas: Locator) -> Array:
    """Return the colours of a map's numbers, (side, side, 3)."""
    rgba = np.array(canvas.evaluate(COLOURS), float).reshape(-1, 4)
    side = round(len(rgba) ** 0.5)
    return rgba.reshape(side, side, 4)[..., :3]


def frame_on(element: Locator) -> tuple[int, ...]:
    """Return row, column, rows and columns of the frame on a map, of 24 × 24 numbers."""
    shares: list[float] = element.evaluate(
        """map => ['top', 'left', 'height', 'width'].map(
            name => parseFloat(map.querySelector('.mark').style[name]) / 100)"""
    )
    return tuple(round(24 * share) for share in shares)


@pytest.fixture
def network(open_page: OpenPage, address: str) -> NetworkView:
    page = open_chapter(open_page, address, "convolution")
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.wait_until_answered()
    page.wait_until_idle()
    shown = NetworkView(page)
    shown.part.scroll_into_view_if_needed(timeout=WAIT_MS)  # what is out of sight is not computed
    expect(shown.reading).to_contain_text("Filter", timeout=WAIT_MS)
    return shown


def test_the_first_layers_numbers_are_those_of_the_models_file(network: NetworkView) -> None:
    page = network.page
    grid = page.integers()
    network.expect_worked_out(grid)
    network.maps.focus()
    first = network.place()[0]
    there, back = ("Left", "Right") if first % 16 == 15 else ("Right", "Left")
    for key in (there, "Up" if first >= 16 else "Down", back):
        before = network.place()[0]
        network.maps.press(f"Arrow{key}")
        assert network.place()[0] != before
        network.expect_worked_out(grid)
    largest = network.part.locator(".map-size").inner_text().split(" is ")[1]
    chosen = network.place()[0]
    assert number(largest) == pytest.approx(maps_of(grid)[..., chosen].max(), abs=WITHIN)

    pin(page, 14, 9)
    expect(network.reading).to_contain_text("around row 14, column 9 → map row 12, column 7")
    network.expect_worked_out(grid)
    network.made.press("ArrowDown")
    network.made.press("Enter")
    expect(network.reading).to_contain_text("around row 15, column 9")
    assert page.lit("pin") == (28 * 15 + 9,) * 3

    page.draw([((0.2, 0.9), (0.8, 0.92))])
    page.wait_until_answered()
    grid = page.wait_until_views_agree()
    other = maps_of(grid)[..., chosen].max()
    expect(network.part.locator(".map-size")).to_contain_text(f"is {other:.3f}")
    network.expect_worked_out(grid)
    assert page.problems == []


def test_each_number_says_where_it_comes_from(network: NetworkView) -> None:
    for title in ("Conv2D (12, 12, 64)", "Conv2D (3, 3, 128)", "Dense (128)", "Logits (10)"):
        network.choose(title)
        terms, total = network.written_origin()
        assert round(sum(terms), 3) == total
        assert len(terms) <= 10
    network.layer("Logits").locator(".sheet").press("Home")  # leads nowhere
    logits = network.part.locator(".answers span:nth-child(2)")
    title = network.part.locator(".origin-title").inner_text()
    chosen = re.search(r"number (\d)", title)
    assert chosen is not None
    assert network.written_origin()[1] == number(logits.nth(int(chosen[1])).inner_text())
    network.choose("MaxPooling2D (5, 5, 64)")
    four = [
        number(text) for text in network.part.locator(".origin td:nth-child(3)").all_inner_texts()
    ]
    expect(network.part.locator(".origin-result")).to_have_text(
        f"the largest of the 4: {max(four):.3f}"
    )


def test_every_layer_is_listed_with_what_it_does(network: NetworkView) -> None:
    titles = network.part.locator(".layers p.title")
    first = titles.nth(0), titles.nth(1), titles.nth(2)
    for title, words in zip(
        first,
        (
            "Reshape (28, 28, 1) your features as a picture",
            "Conv2D (24, 24, 32) convolution: 32 filters, each with 5 × 5 weights; then ReLU; its "
            "maps are shown above",
            "MaxPooling2D (12, 12, 32) pooling: the largest of each 2 × 2",
        ),
        strict=True,
    ):
        expect(title).to_have_text(words)
    expect(network.layer("Dense (128)")).to_contain_text("adds up all 1,152 numbers before it")
    expect(network.layer("Dense (128)")).to_contain_text("times a weight; then ReLU")
    expect(network.layer("Logits (10)")).not_to_contain_text("ReLU")


def test_a_product_is_right_as_written(network: NetworkView) -> None:
    for title in ("Dense (128)", "Logits (10)"):
        network.choose(title)
        for row in network.part.locator(".origin tr").all():
            _, how, value, _ = row.locator("th, td").all_inner_texts()
            if how:
                feature, weight = map(number, how.split(" × "))
                assert feature * weight == pytest.approx(number(value), abs=0.0011)


def test_a_hidden_answer_is_not_told_by_the_last_layer(network: NetworkView) -> None:
    answers = network.part.locator(".answers")
    network.choose("Logits (10)")
    expect(answers).to_be_visible()
    hide = network.page.page.locator(".st-key-answer_hidden label").first
    hide.click()
    expect(answers).to_be_hidden()
    expect(network.layer("Logits")).to_be_hidden()
    expect(network.part.locator(".origin-title")).not_to_contain_text("Logits")
    hide.click()
    expect(answers).to_be_visible()


def test_a_map_moves_along_with_the_digit_and_dense_units_do_not(network: NetworkView) -> None:
    grid = network.page.integers().astype(np.uint8)
    part = network.moving
    part.scroll_into_view_if_needed()
    for name, times in (("Right", 3), ("Down", 2), ("Left", 1)):
        for _ in range(times):
            part.get_by_role("button", name=name).click()
    expect(part.locator(".moved")).to_have_text("moved 2 down, 2 right")
    shown = [map_on(part.locator(f"{each} canvas")) for each in (".before", ".after")]
    frames = [frame_on(part.locator(f"{each} .map")) for each in (".before", ".after")]
    assert frames == [(0, 0, 22, 22), (2, 2, 22, 22)]
    assert shown[0].any()
    assert np.array_equal(shown[1][2:, 2:], shown[0][:-2, :-2])
    before, after = maps_of(grid), maps_of(shift(grid, rows=2, columns=2))
    along = np.isclose(after[2:, 2:, 0], before[:-2, :-2, 0], atol=1e-9)
    same = int(along.sum())
    expect(part.locator(".along")).to_contain_text(
        f"The framed parts of the two maps have {along.size} numbers each: {same} of them are "
        "exactly the same"
    )
    kernel, bias = weights_of("dense", "Dense")
    first, moved = (
        np.maximum(unroll(each) / PIXEL_MAX @ kernel + bias, 0)
        for each in (grid, shift(grid, rows=2, columns=2))
    )
    active = int(((first > 0) | (moved > 0)).sum())
    changed = int((~np.isclose(first, moved, atol=1e-9)).sum())
    expect(part.locator(".apart")).to_contain_text(
        f"of the {active} units above 0 before the move or after it, {changed} have changed"
    )
    by = re.search(r"on average by ([\d.]+\d)", part.locator(".apart").inner_text())
    assert by is not None
    assert float(by[1]) == pytest.approx(np.abs(first - moved).sum() / changed, abs=WITHIN)
    expect(part.locator(".own")).to_have_text("(5 × 5 + 1) × 32 = 832")
    expect(part.locator(".dense")).to_have_text("(784 + 1) × 18,432 = 14,469,120")
    part.get_by_role("button", name="Back").click()
    expect(part.locator(".moved")).to_have_text("not moved yet")
    expect(part.locator(".mark:visible")).to_have_count(0)
    shown = [map_on(part.locator(f"{each} canvas")) for each in (".before", ".after")]
    assert np.array_equal(shown[0], shown[1])
    digit = part.locator(".digit .map")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"):
        digit.press(key)
    expect(part.locator(".moved")).to_have_text("moved 2 down, 3 right")


def test_without_the_networks_files_it_says_so(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "pixels")
    page.page.route("**/pixelviz/network/**", lambda route: route.fulfill(status=404))
    page.choice("chapter", "Convolution").click()
    problem = page.page.locator(".st-key-network_view .problem")
    expect(problem).to_contain_text("could not get the network", timeout=WAIT_MS)
    expect(page.page.locator(".st-key-by_hand output")).to_contain_text("Window around")


def test_a_network_that_takes_its_time_is_said_to_be_on_its_way(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(open_page, address, "pixels")
    held: list[Route] = []
    page.page.route("**/pixelviz/network/**", lambda route: held.append(route))
    page.choice("chapter", "Convolution").click()
    parts = [page.page.locator(f".st-key-{name}") for name in ("network_view", "same_filter")]
    for part in parts:
        expect(part.locator(".problem")).to_contain_text("way from the server", timeout=WAIT_MS)
        expect(part.locator(".network")).to_be_hidden()
    page.page.unroute("**/pixelviz/network/**")
    for route in held:
        route.continue_()
    for part in parts:
        expect(part.locator(".problem")).to_be_empty(timeout=WAIT_MS)
        expect(part.locator(".network")).to_be_visible()


def test_a_phone_shows_it_in_dark_and_axe_finds_nothing(open_page: OpenPage, address: str) -> None:
    page = open_chapter(
        open_page, address, "convolution", width=390, height=844, color_scheme="dark"
    )
    network = NetworkView(page)
    network.part.scroll_into_view_if_needed(timeout=WAIT_MS)
    expect(network.reading).to_contain_text("Filter", timeout=WAIT_MS)
    widths = network.part.locator(".line, .map").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().right)"
    )
    assert max(widths) <= 390
    box = network.part.bounding_box()
    assert box is not None
    assert box["height"] < 4 * 844
    network.maps.focus()
    for key in ("Home", *["ArrowRight"] * 15):
        network.maps.press(key)
    # What is chosen is pushed into sight.
    in_sight = """sheet => {
        const [mark, line] = [sheet.querySelector('.mark'), sheet.parentElement]
            .map((each) => each.getBoundingClientRect());
        return mark.left >= line.left && mark.right <= line.right;
    }"""
    for sheet in (network.maps, network.part.locator(".sheet.filters")):
        assert sheet.evaluate(in_sight)
    expect_nothing_serious(page)
