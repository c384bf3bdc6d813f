"""Chapter Convolution, as a person finds it on the page, and its kernels and questions."""

import base64
import re

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import Grid, Ink
from pixelviz.data.sample_digits import strokes_of
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page.lesson import questions
from pixelviz.page.lesson.convolution.kernels import KERNELS
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.question import Question
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn
from tests.grids import GRIDS
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import component_data

INKS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8)}
BY_TITLE = {kernel.title: kernel for kernel in KERNELS.values()}
ASKED: dict[str, Grid] = {
    **{f"{digit}": raster.to_grid(drawn(strokes_of(digit))) for digit in range(10)},
    **{name: grid for name, grid in GRIDS.items() if grid.any()},
    "one point": np.pad(np.full((1, 1), 9, np.uint8), ((12, 15), (5, 22))),
    "a last point": np.pad(np.full((1, 1), 9, np.uint8), ((27, 0), (27, 0))),
}
each_grid = pytest.mark.parametrize("grid", ASKED.values(), ids=ASKED)


def ask(grid: Grid) -> list[Question]:
    drawing = Drawing(np.zeros((280, 280), np.uint8), grid, is_example=False)
    return questions.of("convolution", drawing, card.read(MODELS))


def number(text: str) -> int:
    return int(text.replace("\N{MINUS SIGN}", "-").replace(",", ""))


@pytest.mark.parametrize("ink", INKS.values(), ids=INKS)
def test_the_window_slides_over_the_drawing(open_chapter: OpenChapter, ink: Ink) -> None:
    chapter = open_chapter("convolution", ink)
    data = component_data(chapter.page, "by_hand")
    assert base64.b64decode(data["pixels"]) == raster.to_grid(ink).tobytes()
    titles = [each["title"] for each in data["kernels"]]
    assert titles == [
        "Identity", "Blur", "Sharpen", "Horizontal edge", "Vertical edge", "Corner",
    ]  # fmt: skip
    assert titles[data["first"]] == "Horizontal edge"
    assert all(len(each["weights"]) == 9 for each in data["kernels"])
    assert component_data(chapter.page, "pooling") == {}


def test_it_begins_with_what_the_chapter_before_showed(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("convolution", None)
    assert "this is an example" in chapter.text
    assert re.search(r"\*Move and shuffle\* showed .*\?", chapter.text)
    chapter.page.toggle(key="text_hidden").set_value(True).run()
    assert "Move and shuffle* showed" not in chapter.text
    assert component_data(chapter.page, "by_hand")["kernels"]


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_adds_up_nine_products_at_each_place(name: str) -> None:
    kernel = KERNELS[name]
    grid = GRIDS["every value"].astype(int)
    outputs = kernel.outputs(GRIDS["every value"])
    assert outputs.shape == (26, 26)
    for row, column in ((0, 0), (3, 17), (25, 25)):
        products = [
            grid[row + down, column + right] * kernel.weights[down][right]
            for down in range(3)
            for right in range(3)
        ]
        assert outputs[row, column] == pytest.approx(sum(products) + kernel.bias, abs=1e-9)


def test_each_kernel_does_what_its_name_says() -> None:
    full = GRIDS["full"]
    drawing = GRIDS["crossed mnist"]
    assert np.array_equal(KERNELS["identity"].outputs(drawing), drawing[1:-1, 1:-1])
    assert (KERNELS["blur"].outputs(full) == 255).all()
    assert KERNELS["blur"].outputs(drawing).std() < drawing[1:-1, 1:-1].std()
    assert KERNELS["sharpen"].outputs(drawing).std() > drawing[1:-1, 1:-1].std()
    assert not KERNELS["horizontal"].outputs(full).any()
    square = np.zeros((28, 28), np.uint8)
    square[10:20, 8:20] = 255
    found = {name: np.argwhere(kernel.outputs(square) > 0) + 1 for name, kernel in KERNELS.items()}
    assert set(found["horizontal"][:, 0]) == {9, 10}  # the rows at its upper edge
    assert set(found["vertical"][:, 1]) == {7, 8}
    assert found["corner"].tolist() == [[10, 8]]


@each_grid
def test_which_kernel_finds_the_side_is_computed_from_the_drawing(grid: Grid) -> None:
    asked = ask(grid)[0]
    if "multiplications" in asked.text:
        assert number(asked.right) == 26 * 26 * 3 * 3
        return
    side, line, output = _said(asked.text)
    turned = grid if side == "top" else grid.T
    assert turned[: int(line)].sum() == 0 < turned[int(line)].sum()
    assert int(output) == int(line) - 2
    sums = {}
    for title in asked.options:
        weights = np.array(BY_TITLE[title].weights)
        weights = weights if side == "top" else weights.T
        window = turned[int(output) : int(output) + 3].astype(int)
        outputs = [(window[:, at : at + 3] * weights).sum() for at in range(26)]
        sums[title] = sum(max(each, 0) for each in outputs)
        assert f"{title} {sums[title]:,.0f}" in asked.why
    assert len(asked.options) == 3
    assert [title for title in sums if sums[title] == max(sums.values())] == [asked.right]
    assert asked.right == {"top": "Horizontal edge", "left side": "Vertical edge"}[side]


def _said(text: str) -> tuple[str, str, str]:
    """Return the side, the line of pixels and the line of outputs that a question names."""
    found = re.search(
        r"finds the (top|left side) of .*? is (?:row|column) (\d+) of .*? "
        r"output (?:row|column) (\d+)\.",
        text,
    )
    assert found is not None
    return found[1], found[2], found[3]


@each_grid
def test_the_output_that_is_asked_for_is_that_of_the_nine_pixels(grid: Grid) -> None:
    asked = ask(grid)[1]
    row, column = map(int, re.findall(r"row (\d+), column (\d+)", asked.text)[0])
    rows = re.findall(r"(\d+), (\d+), (\d+)(?=[;.])", asked.text)
    window = grid[row - 1 : row + 2, column - 1 : column + 2].astype(int)
    assert [[int(each) for each in cells] for cells in rows] == window.tolist()
    assert number(asked.right) == window[:, 2].sum() - window[:, 0].sum()
    assert len(asked.options) >= 3


def test_both_kinds_of_questions_are_asked() -> None:
    sides = {name: ask(grid)[0].text for name, grid in ASKED.items()}
    assert "multiplications" in sides["full"]
    assert any("the top of" in text for text in sides.values())
    assert any("the left side of" in text for text in sides.values())
