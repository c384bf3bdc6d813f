"""The chapter Tensors in a browser: live, linked with the views, typed, clicked, by keyboard."""

import math
import re
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

from pixelviz import ink, raster
from pixelviz.arrays import Grid
from pixelviz.data.sample_digits import strokes_of
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_layout import SCHEMES, scrolls_sideways
from tests.browser.test_lesson import open_chapter
from tests.drawings import CROSSED_SEVEN

FIRST_EXAMPLES = (2, 4, 8)


def part(page: PixelvizPage, name: str) -> Locator:
    return page.page.locator(f".st-key-{name}")


def example(digit: int) -> Grid:
    strokes = tuple(280 * np.array(stroke) for stroke in strokes_of(digit))
    return raster.to_grid(ink.from_strokes(strokes, pen_width_px=12))


def rgb_of(canvas: Locator) -> NDArray[np.uint8]:
    """Return what a canvas shows, (rows, columns, 3)."""
    height, width, rgba = canvas.evaluate(
        """canvas => [canvas.height, canvas.width, Array.from(canvas.getContext('2d')
            .getImageData(0, 0, canvas.width, canvas.height).data)]"""
    )
    return np.array(rgba, np.uint8).reshape(height, width, 4)[..., :3]


def has_changed(canvas: Locator, before: NDArray[np.uint8]) -> bool:
    return not np.array_equal(rgb_of(canvas), before)


def shows(canvas: Locator, grid: Grid) -> bool:
    return np.array_equal(rgb_of(canvas)[..., 0], grid)


def click_pixel(paper: Locator, row: int, column: int) -> None:
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box is not None
    side = box["width"] / 28
    paper.click(position={"x": (column + 0.5) * side, "y": (row + 0.5) * side})


def marked(paper: Locator) -> tuple[int, int]:
    """Return the row and the column under the mark of a picture."""
    expect(paper.locator(".mark")).to_be_visible()
    left, top = paper.locator(".mark").evaluate(
        "mark => [parseFloat(mark.style.left), parseFloat(mark.style.top)]"
    )
    return round(28 * top / 100), round(28 * left / 100)


@pytest.fixture(scope="module")
def seven(module_page: PixelvizPage) -> tuple[PixelvizPage, Grid]:
    """Return a page with a crossed seven and the chapter open, and the seven's grid."""
    page = module_page
    page.choice("chapter", "Tensors").click()
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.wait_until_answered()
    grid = raster.to_grid(page.ink())
    expect(part(page, "reshape").locator("td").first).not_to_be_empty(timeout=WAIT_MS)
    return page, grid


def test_each_rank_shows_the_pinned_pixel_with_shapes_and_bytes_of_numpy(
    seven: tuple[PixelvizPage, Grid],
) -> None:
    page, grid = seven
    page.picture.scroll_into_view_if_needed()
    click_pixel(page.picture, 14, 15)
    ranks = part(page, "ranks")
    expect(ranks.locator(".reading")).to_have_text(
        f"Row 14, column 15: picture[14, 15] and tensor[0, 14, 15, 0] are the same number, "
        f"{grid[14, 15]} · pinned"
    )
    expect(ranks.locator(".number")).to_have_text(str(grid[14, 15]))
    expect(ranks.locator(".values")).to_have_text(", ".join(map(str, grid[14])))
    assert ranks.locator(".values span").evaluate_all(
        "all => all.map((one, column) => one.className && column).filter(Boolean)"
    ) == [15]
    assert marked(ranks.locator(".picture")) == (14, 15)
    assert np.array_equal(rgb_of(ranks.locator(".picture canvas"))[..., 0], grid)
    batch = np.stack([grid, *map(example, FIRST_EXAMPLES)])[..., np.newaxis]
    colour = np.zeros((28, 28, 3), np.uint8)
    for card, tensor, code in zip(
        ranks.locator("section").all(),
        (grid[14, 15], grid[14], grid, colour, batch),
        ("picture[14, 15]", "picture[14]", "picture", "colour", "tensor"),
        strict=True,
    ):
        bytes_ = [f"{count:,} byte{'' if count == 1 else 's'}" for count in (
            tensor.nbytes, tensor.astype(np.float32).nbytes)]  # fmt: skip
        expect(card.locator("code")).to_have_text(code)
        expect(card.locator("dd")).to_have_text([str(tensor.shape), f"{tensor.size:,}", *bytes_])
    pile = ranks.locator(".batch canvas")
    expect(pile).to_have_count(len(batch))
    for canvas, picture in zip(pile.all(), batch, strict=True):
        assert np.array_equal(rgb_of(canvas)[..., 0], picture[..., 0])


def test_a_click_or_enter_in_the_chapter_pins_in_the_views(
    seven: tuple[PixelvizPage, Grid],
) -> None:
    page, _ = seven
    picture = part(page, "ranks").locator(".picture")
    click_pixel(picture, 6, 10)
    index = 28 * 6 + 10
    expect(page.reading).to_contain_text(f"= {index} →")
    picture.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        picture.press(key)
    for each in (picture, part(page, "colour").locator(".paper").nth(2)):
        assert marked(each) == (7, 12)
    expect(page.reading).to_contain_text(f"= {index} →")  # arrow keys only point
    picture.press("Enter")
    expect(page.reading).to_contain_text(f"= {28 * 7 + 12} →")
    expect(part(page, "batch").locator(".index")).to_have_value("tensor[0, 7, 12, 0]")
    picture.press("Escape")
    expect(page.reading).not_to_contain_text("pinned")


def test_what_is_typed_lights_up_one_number(seven: tuple[PixelvizPage, Grid]) -> None:
    page, grid = seven
    batch = part(page, "batch")
    field, said = batch.locator(".index"), batch.locator("output")
    papers = batch.locator(".pictures .paper")
    field.click()
    field.fill("tensor[2, 14, 9, 0]")
    value = example(FIRST_EXAMPLES[1])[14, 9]
    assert value > 0
    expect(said).to_have_text(f"= {value}: picture 2, the example 4; row 14, column 9")
    assert marked(papers.nth(2)) == (14, 9)
    expect(papers.nth(0).locator(".mark")).to_be_hidden()
    expect(page.reading).not_to_contain_text("pinned")  # it is no pixel of the person's digit
    field.fill("tensor[0, 16, 14, 0]")
    expect(said).to_have_text(f"= {grid[16, 14]}: picture 0, yours; row 16, column 14")
    expect(page.reading).to_contain_text(f"= {28 * 16 + 14} →")
    expect(page.table.locator("td.pin")).to_have_attribute("data-index", str(28 * 16 + 14))
    for typed, problem in (
        ("tensor[9, 14, 9, 0]", "There is no picture 9: pictures go from 0 to 3."),
        ("tensor[0, 14, 9", "Expected four whole numbers in brackets"),
        ("tensor[0, 14]", "tensor[0, 14] names 28 numbers of shape (28, 1)"),
    ):
        field.fill(typed)
        expect(said).to_contain_text(problem)
        expect(papers.locator(".mark:visible")).to_have_count(0)
    assert field.get_attribute("aria-invalid") == "true"


def test_the_batch_is_clicked_walked_through_by_keys_and_put_together(
    seven: tuple[PixelvizPage, Grid],
) -> None:
    page, _ = seven
    batch = part(page, "batch")
    field, pictures = batch.locator(".index"), batch.locator(".pictures")
    click_pixel(pictures.locator(".paper").nth(3), 20, 11)
    expect(field).to_have_value("tensor[3, 20, 11, 0]")
    pictures.focus()
    for key in ("ArrowUp", "ArrowLeft", "PageUp"):
        pictures.press(key)
    expect(field).to_have_value("tensor[2, 19, 10, 0]")
    for key in ("PageUp", "PageUp", "Enter"):
        pictures.press(key)
    expect(page.reading).to_contain_text(f"= {28 * 19 + 10} →")
    pictures.press("Escape")
    expect(page.reading).not_to_contain_text("pinned")
    click_pixel(page.picture, 3, 4)  # a pixel of the person's own digit takes its place
    expect(field).to_have_value("tensor[0, 3, 4, 0]")
    field.fill("tensor[2, 19, 10, 0]")
    for digit in (2, 4, 8, 9):
        batch.get_by_role("button", name=f"Example {digit}").click()
    expect(batch.locator("figcaption")).to_have_text(["0: your digit", "1: example 9"])
    expect(batch.locator("output")).to_have_text("There is no picture 2: pictures go from 0 to 1.")
    expect(batch.locator(".facts")).to_have_text(
        "tensor.shape is (2, 28, 28, 1): 1,568 numbers, 1,568 bytes as uint8, "
        "6,272 bytes as float32."
    )
    expect(part(page, "ranks").locator("dd").nth(16)).to_have_text("(2, 28, 28, 1)")
    assert np.array_equal(rgb_of(pictures.locator("canvas").nth(1))[..., 0], example(9))
    click_pixel(pictures.locator(".paper").nth(0), 8, 13)
    expect(page.reading).to_contain_text(f"= {28 * 8 + 13} →")
    for digit in (9, *FIRST_EXAMPLES):
        batch.get_by_role("button", name=f"Example {digit}").click()
    titles = ["0: your digit", "1: example 2", "2: example 4", "3: example 8"]
    expect(batch.locator("figcaption")).to_have_text(titles)


def test_a_colour_is_three_grids_which_are_equal_in_white(
    seven: tuple[PixelvizPage, Grid],
) -> None:
    page, grid = seven
    colour = part(page, "colour")
    click_pixel(colour.locator(".paper").first, 12, 17)
    colour.locator("input").fill("#3366cc")
    chosen = np.array([0x33, 0x66, 0xCC])
    channels = np.rint(grid[..., np.newaxis] * chosen / 255).astype(np.uint8)  # (28, 28, 3)
    canvases = colour.locator("canvas").all()
    assert np.array_equal(rgb_of(canvases[0]), channels)
    for place, (name, canvas) in enumerate(
        zip(("red", "green", "blue"), canvases[1:], strict=True)
    ):
        only = np.zeros_like(channels)
        only[..., place] = channels[..., place]
        assert np.array_equal(rgb_of(canvas), only)
        caption = f"{name}: colour[12, 17, {place}] = {channels[12, 17, place]}"
        expect(colour.locator("figcaption").nth(1 + place)).to_have_text(caption)
        pile = part(page, "ranks").locator(".colours canvas").nth(place)
        assert np.array_equal(rgb_of(pile), only)
    different = int((np.ptp(channels, axis=2) > 0).sum())
    expect(colour.locator("output")).to_contain_text(f"differ at {different} of 784 pixels")
    colour.get_by_role("button", name="White").click()
    expect(colour.locator("output")).to_contain_text("equal at all 784 pixels")


def test_batch_and_colour_outlast_a_reload(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "tensors")
    batch, colour = part(page, "batch"), part(page, "colour")
    for digit in (2, 8, 5):
        batch.get_by_role("button", name=f"Example {digit}").click()
    colour.locator("input").fill("#3366cc")
    for kept in (True, False):
        if not kept:  # what is no choice is none
            page.page.evaluate(
                """() => {
                    sessionStorage.setItem("pixelviz.batch", "[4,5,10]");
                    sessionStorage.setItem("pixelviz.ink_colour", "[255,140,256]");
                }"""
            )
        page.page.reload()
        expect(batch.locator("figcaption").first).to_have_text("0: your digit", timeout=WAIT_MS)
        titles = [f"{place}: example {digit}" for place, digit in enumerate((4, 5), 1)]
        first = [f"{place}: example {digit}" for place, digit in enumerate(FIRST_EXAMPLES, 1)]
        expect(batch.locator("figcaption")).to_have_text(
            ["0: your digit", *(titles if kept else first)]
        )
        shape = f"({3 if kept else 4}, 28, 28, 1)"
        expect(part(page, "ranks").locator("dd").nth(16)).to_have_text(shape)
        expect(colour.locator("input")).to_have_value("#3366cc" if kept else "#ff8c40")
        full = (0x33, 0x66, 0xCC) if kept else (255, 140, 64)
        pile = part(page, "ranks").locator(".colours canvas")
        expect(pile).to_have_count(3)
        shown = [rgb_of(each)[..., channel].max() for channel, each in enumerate(pile.all())]
        assert shown == list(full)
    assert page.problems == []


def test_in_three_shapes_a_byte_has_three_names_and_one_place(
    seven: tuple[PixelvizPage, Grid],
) -> None:
    page, grid = seven
    shapes = part(page, "reshape")
    strip = shapes.locator(".vector .paper")
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    assert box is not None
    across = math.ceil(box["x"] + 488 / 784 * box["width"])  # clicks are at whole points
    page.page.mouse.click(across, box["y"] + 5)
    page.page.mouse.move(5, 5)
    expect(page.reading).to_contain_text("= 488 →")
    for name in ("picture", "tensor"):
        assert marked(shapes.locator(f".{name} .paper")) == (17, 12)
    expect(shapes.locator("code")).to_have_text(
        ["vector[488]", "picture[17, 12]", "tensor[17, 12, 0]"]
    )
    around = range(486, 491)
    places = [np.unravel_index(index, (28, 28)) for index in around]
    expected = [
        *around, *grid.reshape(784)[486:491], *(f"[{index}]" for index in around),
        *(f"[{row}, {column}]" for row, column in places),
        *(f"[{row}, {column}, 0]" for row, column in places),
    ]  # fmt: skip
    expect(shapes.locator("td")).to_have_text([str(each) for each in expected])


def test_every_part_follows_the_pen(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "tensors")
    canvases = {
        name: part(page, name).locator(at)
        for name, at in {
            "ranks": ".picture canvas", "batch": "figure:first-child canvas",
            "colour": "figure:first-child canvas", "reshape": ".vector canvas",
        }.items()
    }  # fmt: skip
    page.button("example_1").click()
    page.expect_digit(1)
    page.page.locator(".st-key-canvas[style*='--scale']").wait_for(timeout=WAIT_MS)
    box = page.canvas.bounding_box()
    assert box is not None
    for number, canvas in enumerate(canvases.values()):
        canvas.scroll_into_view_if_needed()
        page.wait_until_answered()
        before = rgb_of(canvas)
        page.page.mouse.move(box["x"] + 60, box["y"] + 40 + 40 * number)
        page.page.mouse.down()
        page.page.mouse.move(box["x"] + 200, box["y"] + 60 + 40 * number, steps=8)
        page.wait_until(partial(has_changed, canvas, before))  # the pen is still down
        page.page.mouse.up()
    page.wait_until_answered()
    grid = raster.to_grid(page.ink())
    for name in ("ranks", "batch"):
        page.wait_until(partial(shows, canvases[name], grid))  # in sight or not
    assert np.array_equal(rgb_of(canvases["reshape"])[0, :, 0], grid.reshape(784))
    value = part(page, "ranks").locator(".number").inner_text()
    assert 0 < int(value) < 255  # a grey pixel, as none is pinned
    assert page.problems == []


def test_on_a_phone_it_fits_and_axe_finds_nothing_serious(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(open_page, address, "tensors", width=390, height=844, has_touch=True)
    expect(part(page, "reshape").locator("td").first).not_to_be_empty(timeout=WAIT_MS)
    assert not scrolls_sideways(page)
    for scheme in SCHEMES:
        page.page.emulate_media(color_scheme=scheme)
        page.after_frames()
        expect_nothing_serious(page)
    sizes = (
        part(page, "batch")
        .locator("button, input")
        .evaluate_all("all => all.map(one => [one.offsetWidth, one.offsetHeight])")
    )
    assert all(width >= 36 and height >= 36 for width, height in sizes)
    part(page, "ranks").locator(".picture").tap(position={"x": 40, "y": 40})
    expect(page.reading).to_have_text(re.compile("pinned"))
