"""The chapter Cover it: patch, maps, eraser and search, against Keras."""

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

from pixelviz import raster
from pixelviz.arrays import Grid
from pixelviz.data.sample_digits import strokes_of
from pixelviz.server.network_files import NETWORKS
from tests import oracle
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_layout import scrolls_sideways
from tests.browser.test_lesson import open_chapter, wait_until_open

CELL = 12
"""The maps have so many points for each pixel."""

ABOVE, BELOW = (250, 158, 44), (88, 166, 250)
MODELS = oracle.MODELS


def part(page: PixelvizPage, name: str) -> Locator:
    return page.page.locator(f".st-key-{name}")


def paper(page: PixelvizPage, name: str) -> Locator:
    return part(page, name).locator(".paper")


def wait_for_map(page: PixelvizPage) -> None:
    expect(part(page, "cover_it").locator(".stage[data-map=complete]")).to_have_count(1)


def cells(page: PixelvizPage, name: str, row: str) -> Locator:
    """Return the cells of a row of a table of answers, one a model."""
    return part(page, name).get_by_role("row", name=row).get_by_role("cell")


def covered(grid: Grid, size: int, row: int, column: int) -> Grid:
    rows, columns = np.indices(grid.shape)
    far = np.maximum(np.abs(rows - row), np.abs(columns - column))
    return np.where(2 * far < size, 0, grid).astype(np.uint8)


def grid_of(page: PixelvizPage) -> Grid:
    return raster.to_grid(page.ink())


def expect_answers(page: PixelvizPage, name: str, label: str, whole: Grid, left: Grid) -> None:
    """Expect the table to say what Keras says of two grids."""
    told: dict[str, list[str]] = {"as drawn": [], label: [], "drop": [], "then reads": []}
    for model in MODELS:
        first, second = oracle.ask(model, np.array([whole, left]))
        digit = f"{first.digit}" if first.is_sure else f"{first.digit}?"
        after = float(second.probabilities[first.digit])
        drop = (round(1000 * first.confidence) - round(1000 * after)) / 10
        told["as drawn"].append(f"{digit}: {oracle.percent(first.confidence)}")
        told[label].append(f"{digit}: {oracle.percent(after)}")
        told["drop"].append(f"{drop:.1f} points".replace("-", "\N{MINUS SIGN}"))
        said = str(second.digit) if second.is_sure else "not sure"
        told["then reads"].append(f"{said}, {second.reason}")
    for row, texts in told.items():
        expect(cells(page, name, row)).to_have_text(texts)


def point_at(page: PixelvizPage, element: Locator, row: int, column: int) -> None:
    element.scroll_into_view_if_needed()
    page.point_at(element, (column + 0.5) / 28, (row + 0.5) / 28)


@pytest.fixture(scope="module")
def page_with_nine(module_page: PixelvizPage) -> PixelvizPage:
    """Return a page with a nine, on which the chapter was opened after it was drawn."""
    page = module_page
    page.draw(strokes_of(9))
    page.expect_digit(9)
    page.wait_until_answered()
    page.choice("chapter", "Cover it").click()
    wait_until_open(page, "cover-it", "Cover it")
    return page


@pytest.fixture
def nine(page_with_nine: PixelvizPage) -> PixelvizPage:
    """Return that page for a test that leaves the nine as it is, and nothing pinned."""
    page_with_nine.page.bring_to_front()
    paper(page_with_nine, "cover_it").scroll_into_view_if_needed()
    wait_for_map(page_with_nine)
    return page_with_nine


def undo(page: PixelvizPage) -> None:
    before = page.ink()
    page.button("undo").click()
    page.wait_until(lambda: not np.array_equal(page.ink(), before))
    page.wait_until_idle()


def test_the_patch_is_answered_to_as_keras_does_wherever_it_is_moved(nine: PixelvizPage) -> None:
    page, grid = nine, grid_of(nine)
    place = part(page, "cover_it").locator(".place")
    point_at(page, paper(page, "cover_it"), 9, 11)
    ink = int(((grid > 0) & (covered(grid, 5, 9, 11) == 0)).sum())
    expect(place).to_have_text(
        f"The patch of 5 × 5 around row 9, column 11 hides {ink} pixels of ink."
    )
    expect_answers(page, "cover_it", "covered", grid, covered(grid, 5, 9, 11))
    shown = page.pixels_of(paper(page, "cover_it"))
    assert np.array_equal(shown, covered(grid, 5, 9, 11).ravel())

    page.page.mouse.down()  # a click pins the pixel in its middle, in all views
    page.page.mouse.up()
    assert page.lit("pin") == (28 * 9 + 11,) * 3
    point_at(page, part(page, "cover_it").locator(".map").nth(2), 20, 14)  # a map leads it, too
    expect(place).to_contain_text("row 20, column 14")
    page.page.mouse.move(5, 5)
    expect(place).to_contain_text("row 9, column 11")  # back to the pin

    page.picture.locator("canvas").click(position={"x": 100, "y": 100})
    expect(place).not_to_contain_text("row 9, column 11")
    row, column = map(int, re.findall(r"row (\d+), column (\d+)", place.inner_text())[0])
    assert page.lit("pin") == (28 * row + column,) * 3

    paper(page, "cover_it").focus()
    for key in ("ArrowUp", "ArrowLeft", "ArrowLeft"):
        page.page.keyboard.press(key)
    expect(place).to_contain_text(f"row {row - 1}, column {column - 2}")
    expect_answers(page, "cover_it", "covered", grid, covered(grid, 5, row - 1, column - 2))
    page.page.keyboard.press("Enter")
    assert page.lit("pin") == (28 * (row - 1) + column - 2,) * 3
    page.page.keyboard.press("Escape")
    expect(page.table.locator(".pin")).to_have_count(0)
    assert page.problems == []


def drops(name: str, grid: Grid, size: int) -> NDArray[Any]:
    """Return Keras's drop of the probability with the patch at each place, (28, 28)."""
    pictures = [grid, *(covered(grid, size, *divmod(place, 28)) for place in range(784))]
    whole, *answers = oracle.ask(name, np.array(pictures))
    left = np.array([each.probabilities[whole.digit] for each in answers])
    return (whole.confidence - left).reshape(28, 28)


def test_the_maps_are_kerass_and_follow_patch_and_pen(nine: PixelvizPage) -> None:
    page = nine
    page.choice("patch_size", "9 × 9").click()
    expect(part(page, "cover_it").locator(".place")).to_contain_text("9 × 9")
    wait_for_map(page)
    expect_maps(page, grid_of(page), 9)
    page.draw([((0.2, 0.85), (0.8, 0.85))])
    page.wait_until_answered()
    wait_for_map(page)
    expect_maps(page, grid_of(page), 9)
    undo(page)
    page.choice("patch_size", "5 × 5").click()
    expect(part(page, "cover_it").locator(".place")).to_contain_text("5 × 5")
    assert page.problems == []


def expect_maps(page: PixelvizPage, grid: Grid, size: int) -> None:
    page.after_frames()
    maps = [drops(name, grid, size) for name in MODELS]
    largest = max(0.02, *(float(np.abs(each).max()) for each in maps))
    expect(part(page, "cover_it").locator(".loses")).to_have_text(
        f"loses {100 * largest:.1f} percentage points where it is covered"
    )
    for index, each in enumerate(maps):
        most = f"by {100 * each.max():.1f} points at most"
        expect(part(page, "cover_it").locator(".most").nth(index)).to_have_text(
            f"falls {most if each.max() >= 0.0005 else 'by less than 0.1 points'}"
        )
        colours = part(page, "cover_it").locator(".map canvas").nth(index).evaluate(
            """(canvas, cell) => {
                const { data, width } = canvas.getContext('2d')
                    .getImageData(0, 0, canvas.width, canvas.height)
                const at = (place) => 4 * ((place + 0.5) * cell | 0)
                return Array.from({ length: 784 }, (_, index) => {
                    const start = at(index / 28 | 0) * width + at(index % 28)
                    return [...data.slice(start, start + 3)]
                })
            }""",
            CELL,
        )  # fmt: skip
        full = np.where(each[..., np.newaxis] > 0, ABOVE, BELOW)
        expected = np.rint(np.sqrt(np.abs(each) / largest)[..., np.newaxis] * full)
        worst = np.abs(np.array(colours).reshape(28, 28, 3) - expected).max(axis=2)
        # The root of a drop near 0 is steep: there, float32 shows.
        assert worst[np.abs(each) > 1e-3].max(initial=0) <= 2
        assert worst.max() <= 8


def test_answers_and_map_follow_the_pen_while_it_is_down(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "cover-it")
    wait_for_map(page)
    before = page.pixels_of(paper(page, "cover_it"))
    page.canvas.scroll_into_view_if_needed()
    page.point_at(page.canvas, 0.3, 0.3)
    page.page.mouse.down()
    for x in np.linspace(0.3, 0.7, 8):
        page.point_at(page.canvas, float(x), 0.3)
    for y in np.linspace(0.3, 0.8, 8):
        page.point_at(page.canvas, 0.7, float(y))
    page.wait_until(lambda: not np.array_equal(page.pixels_of(paper(page, "cover_it")), before))
    answered = cells(page, "cover_it", "as drawn").first
    first = answered.inner_text()
    assert re.fullmatch(r"\d\??: .*%", first)
    page.point_at(page.canvas, 0.3, 0.8)
    expect(answered).not_to_have_text(first)
    most = part(page, "cover_it").locator(".most")
    expect(most).to_have_text([""] * 3)  # that of the digit before is true no more
    page.page.mouse.up()
    page.wait_until_answered()
    wait_for_map(page)
    grid = grid_of(page)
    expect_answers(page, "cover_it", "covered", grid, covered(grid, 5, 14, 14))
    assert page.problems == []


def test_the_eraser_rubs_out_here_only_and_undo_brings_back(nine: PixelvizPage) -> None:
    page, grid, ink = nine, grid_of(nine), nine.ink()
    sheet, note = paper(page, "rub_out"), part(page, "rub_out").locator(".note")
    back = part(page, "rub_out").get_by_role("button", name="Undo")
    again = part(page, "rub_out").get_by_role("button", name="Start again")
    sheet.scroll_into_view_if_needed()
    expect(back).to_be_disabled()
    rows, columns = np.nonzero(grid)
    left = grid.copy()
    point_at(page, sheet, int(rows.min()), 4)
    page.page.mouse.down()
    point_at(page, sheet, int(rows.min()), 24)  # in one jump: the eraser passes over all between
    page.page.mouse.up()
    left[max(int(rows.min()) - 1, 0) : int(rows.min()) + 2] = 0
    gone = int((grid != left).sum())
    expect(note).to_have_text(f"{gone} of {int((grid > 0).sum())} pixels of ink rubbed out")
    assert np.array_equal(page.pixels_of(sheet), left.ravel())
    expect_answers(page, "rub_out", "rubbed out", grid, left)

    place = int(rows.max()), int(columns[rows.argmax()])
    point_at(page, sheet, place[0], place[1] - 1)
    sheet.focus()
    page.page.keyboard.press("ArrowRight")
    page.page.keyboard.press("Space")
    expect_answers(page, "rub_out", "rubbed out", grid, covered(left, 3, *place))
    # The keys belong to the eraser, whether it has something to take back or not.
    page.page.keyboard.press("Control+z")
    assert np.array_equal(page.pixels_of(sheet), left.ravel())
    page.page.keyboard.press("Control+z")
    assert np.array_equal(page.pixels_of(sheet), grid.ravel())
    expect(back).to_be_disabled()
    page.page.keyboard.press("Control+z")
    page.page.keyboard.press("Space")
    page.wait_until_idle()
    assert np.array_equal(page.pixels_of(sheet), covered(grid, 3, *place).ravel())
    back.click()
    assert np.array_equal(page.pixels_of(sheet), grid.ravel())
    sheet.press("Space")
    again.click()
    assert np.array_equal(page.pixels_of(sheet), grid.ravel())
    expect_answers(page, "rub_out", "rubbed out", grid, grid)
    assert np.array_equal(page.ink(), ink)
    assert page.problems == []


def tried(grid: Grid) -> Iterable[tuple[int, int]]:
    """Yield what the search tries first: each pixel of ink as paper, each beside it as ink."""
    beside = np.zeros((30, 30), bool)
    for row, column in zip(*np.nonzero(grid), strict=True):
        beside[row : row + 3, column : column + 3] = True
    for index in range(784):
        row, column = divmod(index, 28)
        if grid[row, column] > 0:
            yield index, 0
        elif beside[row + 1, column + 1]:
            yield index, 255


def test_the_search_takes_the_best_pixel_and_says_how_it_ended(nine: PixelvizPage) -> None:
    page, grid = nine, grid_of(nine)
    search = part(page, "fewest_pixels")
    line = search.locator(".search").nth(1)
    line.get_by_role("button", name="Search: dense network").click()
    said = line.locator("output")
    expect(said).to_contain_text(
        re.compile(r"pixels? changed: (9 becomes|no longer sure)|3 seconds are over"),
        timeout=WAIT_MS,
    )
    rows = search.locator("tbody tr")
    first = oracle.ask("dense", grid[np.newaxis])[0]
    now = grid.ravel().copy()
    expect(rows.first).to_contain_text("as drawn")
    for number in range(1, rows.count()):
        _, where, what, share = rows.nth(number).get_by_role("cell").all_inner_texts()
        row, column = map(int, re.findall(r"\d+", where))
        before, after = map(int, re.findall(r"\d+", what))
        assert now[28 * row + column] == before
        if number == 1:
            pictures = [now.copy() for _ in tried(grid)]
            for picture, (index, value) in zip(pictures, tried(grid), strict=True):
                picture[index] = value
            answers = oracle.ask("dense", np.array(pictures))
            # The logits of the others against that of the 9: it tells apart what rounds to 1.
            odds = [
                each.logits[9] - np.logaddexp.reduce(np.delete(each.logits, 9)) for each in answers
            ]
            assert list(tried(grid))[int(np.argmin(odds))] == (28 * row + column, after)
        now[28 * row + column] = after
        answer = oracle.ask("dense", now[np.newaxis])[0]
        percent = float(re.sub(r"^9: |[^\d.]", "", share))
        assert percent == pytest.approx(100 * answer.probabilities[9], abs=0.0011)
    count = rows.count() - 1
    if "changed:" in said.inner_text():
        assert not answer.is_sure or answer.digit != first.digit
        expect(said).to_contain_text(f"{count} pixel")
    slider = search.get_by_role("slider")
    expect(slider).to_have_value(str(count))
    slider.focus()
    page.page.keyboard.press("Home")
    expect(rows.first).to_have_class("current")

    convolutional = search.locator(".search").nth(2)
    convolutional.get_by_role("button").click()
    convolutional.get_by_role("button", name="Stop").click()
    expect(convolutional.locator("output")).to_contain_text("Stopped")
    page.draw([((0.2, 0.9), (0.8, 0.9))])  # another digit: nothing of the old one is left
    expect(said).to_have_text("")
    expect(rows.first).to_be_hidden()
    undo(page)
    assert page.problems == []


def test_weight_times_feature_is_what_the_logit_loses(nine: PixelvizPage) -> None:
    page, grid = nine, grid_of(nine)
    against = part(page, "against_weights")
    against.scroll_into_view_if_needed()
    weights, bias = oracle.softmax_weights()
    features = (grid.ravel() / np.float32(255)).astype(np.float64)
    logits = features @ weights + bias
    digit, other = np.argsort(logits)[::-1][:2]
    row, column = (int(each) for each in np.argwhere(grid > 100)[5])
    index = 28 * row + column
    point_at(page, against.locator(".map").nth(2), row, column)
    expect(against.locator(".place")).to_contain_text(f"row {row}, column {column}")
    expect(against.locator("thead th")).to_have_text(
        [f"for {digit}", f"for {other}, the runner-up"]
    )

    def told(name: str) -> list[str]:
        found = against.get_by_role("row", name=name).get_by_role("cell").all_inner_texts()
        return [text.replace("\N{MINUS SIGN}", "-") for text in found]

    products = [text.split(" = ")[1] for text in told("weight × feature")]
    assert products == told("drop of the logit")
    for text, which in zip(products, (digit, other), strict=True):
        exact = weights[index, which] * features[index]
        assert float(text) == pytest.approx(exact, abs=0.0006)
    for text, which in zip(told("logit as drawn"), (digit, other), strict=True):
        assert float(text) == pytest.approx(logits[which], abs=0.0006)
    left = logits - weights[index] * features[index]
    share = np.exp(left - left.max()) / np.exp(left - left.max()).sum()
    assert told("probability covered") == [oracle.percent(share[each]) for each in (digit, other)]
    ink = int((grid > 0).sum())
    expect(against.locator(".agreement")).to_contain_text(f"At all {ink} pixels of ink")


def test_a_hidden_answer_is_seen_nowhere_in_the_chapter(nine: PixelvizPage) -> None:
    page = nine
    search = part(page, "fewest_pixels").locator(".search").first
    search.get_by_role("button").click()
    expect(search.locator("output")).to_contain_text(re.compile("changed|over"))
    page.page.locator(".st-key-answer_hidden label").first.click()
    telling = "tbody td, .announcement, output, .agreement"
    for name in ("cover_it", "rub_out", "fewest_pixels", "against_weights"):
        expect(part(page, name).locator(telling).filter(visible=True)).to_have_count(0)
    expect(part(page, "against_weights").locator("thead th").first).to_be_hidden()
    expect(part(page, "cover_it").locator(".legend span").first).to_be_hidden()
    for name in ("cover_it", "rub_out"):
        expect(paper(page, name)).to_be_visible()
    expect(part(page, "cover_it").locator(".map").first).to_be_visible()
    point_at(page, paper(page, "cover_it"), 10, 12)
    expect(part(page, "cover_it").locator(".place")).to_be_visible()
    visible = page.page.locator(".st-key-chapter_cover-it").inner_text()
    assert not re.search(r"\d %|\d\u202f%|points", visible)
    page.page.locator(".st-key-answer_hidden label").first.click()
    expect(cells(page, "cover_it", "as drawn").first).to_be_visible()


def test_on_a_phone_the_finger_slides_the_patch_and_rubs_out(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(
        open_page, address, "cover-it", width=390, height=844, has_touch=True, color_scheme="dark"
    )
    wait_for_map(page)
    expect_nothing_serious(page)
    assert not scrolls_sideways(page)
    sheet = paper(page, "rub_out")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    page.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(part(page, "rub_out").get_by_role("button", name="Undo")).to_be_enabled()
    for name in ("cover_it", "rub_out"):
        style = paper(page, name).evaluate("element => getComputedStyle(element).touchAction")
        assert style == "none"  # a finger that slides does not scroll
    for name in ("cover_it", "rub_out", "fewest_pixels"):
        for button in part(page, name).get_by_role("button").all():
            height = button.evaluate("element => element.getBoundingClientRect().height")
            assert height >= 36
    assert page.problems == []


def test_without_a_model_the_chapter_says_so_and_the_others_answer(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(own_browser=True)
    missing = f"**/{NETWORKS.addresses()['dense']}"
    page.page.context.route(missing, lambda route: route.fulfill(status=404))
    page.page.goto(f"{address}/?chapter=cover-it")
    whole = cells(page, "cover_it", "as drawn")
    expect(whole.nth(1)).to_have_text("not in this browser", timeout=WAIT_MS)
    expect(whole.nth(2)).to_contain_text("%", timeout=WAIT_MS)
    wait_for_map(page)
