import re

import numpy as np
import pytest

from pixelviz.arrays import Grid
from pixelviz.errors import ArrayError
from pixelviz.formats import pdf, worksheet
from pixelviz.raster import to_grid
from pixelviz.worksheet import data_code, kinds, layout
from pixelviz.worksheet.kinds import KINDS
from tests.drawings import SEVEN, drawn
from tests.grids import NOT_GRIDS

EVERY_VALUE = np.resize(np.arange(256), (28, 28)).astype(np.uint8)

NUMBER = re.compile(r"BT (\S+) g /F1 (?:8|14) Tf (\S+) (\S+) Td \((\d+)\) Tj ET")
TEXT = re.compile(r"BT (\S+) g /\w+ (\S+) Tf (\S+) (\S+) Td \((.*)\) Tj ET")
BOX = re.compile(r"(\S+) g (\S+) (\S+) (\S+) (\S+) re f")


def _pages(grid: Grid, digit: int | None = None, kind: str = "integers") -> list[str]:
    """Return the drawing operators of each page, found as a PDF reader finds them."""
    file = worksheet.to_pdf(grid, kind=kind, digit=digit)
    (start,) = re.findall(rb"startxref\n(\d+)\n%%EOF\n$", file)
    ((count, table),) = re.findall(rb"^xref\n0 (\d+)\n(.*?)trailer", file[int(start) :], re.S)
    offsets = [int(line[:10]) for line in table.splitlines()]
    assert len(offsets) == int(count)
    objects = []
    for number, offset in enumerate(offsets[1:], start=1):
        head = b"%d 0 obj\n" % number
        assert file[offset:].startswith(head)
        objects.append(file[offset + len(head) : file.index(b"\nendobj\n", offset)])
    kids = re.findall(rb"/Type /Page .*/Contents (\d+) 0 R", b"\n".join(objects))
    return [_stream(objects[int(number) - 1]) for number in kids]


def _stream(content: bytes) -> str:
    ((length, stream),) = re.findall(
        rb"^<< /Length (\d+) >>\nstream\n(.*)\nendstream$", content, re.S
    )
    assert len(stream) == int(length)
    return str(stream, "ascii")


def _integers(page: str) -> np.ndarray:
    """Return the integers of the page's table in the order of their positions."""
    numbers = [(-float(y), float(x), int(value)) for _, x, y, value in NUMBER.findall(page)]
    side = round(len(numbers) ** 0.5)
    return np.array([value for _, _, value in sorted(numbers)]).reshape(side, side)


def _boxes(page: str, side: float) -> np.ndarray:
    """Return the lightness of all squares of a size in the order of their positions."""
    boxes = [
        (-float(y), float(x), float(light))
        for light, x, y, width, height in BOX.findall(page)
        if float(width) == float(height) == side
    ]
    return np.array([light for _, _, light in sorted(boxes)])


@pytest.mark.parametrize("grid", [EVERY_VALUE, to_grid(drawn(SEVEN))], ids=["every value", "seven"])
def test_both_pages_have_all_integers_in_their_positions(grid: Grid) -> None:
    for page in _pages(grid):
        assert np.array_equal(_integers(page), grid)


@pytest.mark.parametrize("kind", ["bits", "four-greys"])
def test_both_pages_have_the_smaller_pictures_numbers(kind: str) -> None:
    seven = to_grid(drawn(SEVEN))
    for grid in (EVERY_VALUE, seven, np.zeros((28, 28), np.uint8)):
        blocks = [
            [grid[2 * row : 2 * row + 2, 2 * column : 2 * column + 2] for column in range(14)]
            for row in range(14)
        ]
        expected = np.array(
            [
                [
                    int(block.any() and block.max() >= grid.max() / 2)
                    if kind == "bits"
                    else int(np.floor(np.floor(block.mean() + 0.5) / 255 * 3 + 0.5))
                    for block in row
                ]
                for row in blocks
            ]
        )
        for page in _pages(grid, kind=kind):
            assert np.array_equal(_integers(page), expected)
    assert set(kinds.bits_of(seven).flat) == {0, 1}
    assert set(kinds.two_bits_of(EVERY_VALUE).flat) == {0, 1, 2, 3}


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_page_leaves_the_table_white(kind: str) -> None:
    sheet, _ = _pages(EVERY_VALUE, 7, kind)
    assert not _boxes(sheet, KINDS[kind].cell_pt).size
    assert {light for light, *_ in NUMBER.findall(sheet)} == {"0", "0.4"}


def test_the_answer_key_prints_each_value_in_its_own_grey() -> None:
    _, key = _pages(EVERY_VALUE)
    lights = _boxes(key, 18).reshape(28, 28)
    assert np.allclose(lights, 1 - EVERY_VALUE / 255, atol=0.001)
    assert len(np.unique(lights)) == 256


def test_the_answer_key_shows_the_five_greys_and_the_screen() -> None:
    _, key = _pages(EVERY_VALUE)
    small = _boxes(key, 3.5).reshape(28, 2, 28)  # the two pictures are side by side
    five, screen = small[:, 0], small[:, 1]
    assert np.allclose(screen, EVERY_VALUE / 255, atol=0.001)
    assert set(five.flatten()) == {shade.lightness for shade in KINDS["integers"].shades}
    assert (np.diff(five.flatten()[:256]) <= 0).all()


@pytest.mark.parametrize("kind", ["bits", "four-greys"])
def test_the_answer_key_of_a_smaller_picture_is_coloured_as_the_key_says(kind: str) -> None:
    _, key = _pages(EVERY_VALUE, kind=kind)
    numbers = _integers(key)
    for side in (36, 7):
        lights = _boxes(key, side).reshape(14, 14)
        for number, light in zip(numbers.flat, lights.flat, strict=True):
            assert light == KINDS[kind].shade_of(int(number)).lightness
    assert np.allclose(_boxes(key, 3.5).reshape(28, 28), EVERY_VALUE / 255, atol=0.001)


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_has_enough_contrast(kind: str) -> None:
    _, key = _pages(EVERY_VALUE, kind=kind)
    cells = _boxes(key, KINDS[kind].cell_pt)
    numbers = sorted((-float(y), float(x), light) for light, x, y, _ in NUMBER.findall(key))
    for (*_, light), cell in zip(numbers, cells, strict=True):
        letters, paper = _luminance(float(light)), _luminance(float(cell))
        brighter, darker = max(letters, paper), min(letters, paper)
        assert (brighter + 0.05) / (darker + 0.05) >= 4.5, cell


def _luminance(grey: float) -> float:
    """Return the relative luminance of a grey, 0 to 1 (IEC 61966-2-1)."""
    return grey / 12.92 if grey <= 0.04045 else float(((grey + 0.055) / 1.055) ** 2.4)


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_has_a_shade_for_every_number(kind: str) -> None:
    shades = KINDS[kind].shades
    for number in range(shades[-1].largest + 1):
        (matching,) = (
            shade
            for shade in shades
            if int(shade.numbers.split()[0]) <= number <= int(shade.numbers.split()[-1])
        )
        assert KINDS[kind].shade_of(number) == matching
    sheet, _ = _pages(EVERY_VALUE, kind=kind)
    for shade in shades:
        assert f"({shade.numbers}) Tj" in sheet
        assert f"({shade.name}) Tj" in sheet


@pytest.mark.parametrize("kind", KINDS)
def test_corner_marks_and_code_tell_where_the_sheet_lies_and_which_it_is(kind: str) -> None:
    sheet, key = _pages(EVERY_VALUE, kind=kind)
    black = [tuple(map(float, box[1:])) for box in BOX.findall(sheet) if box[0] == "0"]
    corners = {(x, y) for x, y, width, height in black if width == height == 14}
    assert corners == {(34, 30), (34, 798), (547, 30), (547, 798)}
    holes = [box[1:] for box in BOX.findall(sheet) if box[3] == "6"]
    assert holes == [("551", "34", "6", "6")]
    squares = {round((x - 60) / 14) for x, _, width, _ in black if width == 7}
    assert sum(4 >> square for square in squares if square < 3) == KINDS[kind].number
    assert len(squares) % 2 == 0
    assert not {box[3] for box in BOX.findall(key)} & {"14", "6"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("grid", [EVERY_VALUE, to_grid(drawn(SEVEN))], ids=["every value", "seven"])
def test_the_squares_at_the_lower_edge_say_what_is_asked_for(grid: Grid, kind: str) -> None:
    sheet, key = _pages(grid, kind=kind)
    boxes = [tuple(map(float, box)) for box in BOX.findall(sheet)]
    bars = [
        (x, y, width, height)
        for light, x, y, width, height in boxes
        if light == 0 and 63 <= x < 532 and y < 95 and width not in (14, 26)
    ]
    (height,) = {height for *_, height in bars}
    (size,) = (size for size in data_code.SIZES if abs(469 / size.columns - height) < 0.01)
    squares = np.zeros((size.rows, size.columns), np.bool_)
    for x, y, width, _ in bars:
        row, first = round((95 - y) / height) - 1, round((x - 63) / height)
        squares[row, first : first + round(width / height)] = True
    said = data_code.decode(squares, size)
    assert said is not None
    assert said[0] is KINDS[kind]
    assert np.array_equal(said[1], KINDS[kind].levels_of(grid))
    assert not [box for box in BOX.findall(key) if float(box[2]) < 70 and box[0] == "0"]


def test_a_page_is_as_large_as_its_layout_says() -> None:
    assert layout.PAGE_PT == pdf.PAGE_PT


def test_every_kind_has_a_code_of_its_own() -> None:
    assert len({kind.code for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_have_their_titles_and_lines_to_fill_in(kind: str) -> None:
    sheet, key = _pages(EVERY_VALUE, kind=kind)
    for text in (KINDS[kind].title, "Name", "This is the digit"):
        assert f"({text}) Tj" in sheet
    assert "(Answer key) Tj" in key


def test_only_the_second_page_has_the_answer() -> None:
    for digit in range(10):
        sheet, key = _pages(EVERY_VALUE, digit)
        assert f"The computer reads it as {digit}." in key
        assert sheet == _pages(EVERY_VALUE)[0]
    assert "The computer reads" not in _pages(EVERY_VALUE)[1]


def test_the_answer_key_counts_the_cells_to_colour() -> None:
    grid = np.zeros((28, 28), np.uint8)
    grid[3, 4:9] = 1
    assert "Cells to colour: 5 of 784." in _pages(grid)[1]
    assert "Cells to colour: 3 of 196." in _pages(grid, kind="bits")[1]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_outside_the_margins(kind: str) -> None:
    for page in _pages(EVERY_VALUE, 7, kind):
        for _, size, x, y, text in TEXT.findall(page):
            assert float(x) >= 34
            assert float(x) + 0.56 * float(size) * len(text) <= 595 - 28, text
            assert 28 <= float(y) <= 842 - 28 - float(size)
        for _, x, y, width, height in BOX.findall(page):
            assert float(x) >= 34
            assert float(y) >= 28
            assert float(x) + float(width) <= 595 - 34
            assert float(y) + float(height) <= 842 - 28


def test_three_digits_fit_into_a_cell() -> None:
    assert KINDS["integers"].cell_pt - 2 > 3 * pdf.DIGIT_EM * 8


def test_the_file_is_small_and_reproducible() -> None:
    for kind in KINDS:
        file = worksheet.to_pdf(EVERY_VALUE, kind=kind, digit=3)
        assert len(file) < 160_000
        assert worksheet.to_pdf(EVERY_VALUE, kind=kind, digit=3) == file


def test_the_grid_is_not_changed() -> None:
    before = EVERY_VALUE.copy()
    worksheet.to_pdf(EVERY_VALUE)
    assert np.array_equal(EVERY_VALUE, before)


@pytest.mark.parametrize("wrong", NOT_GRIDS)
def test_an_array_that_is_not_a_grid_is_refused(wrong: Grid) -> None:
    with pytest.raises(ArrayError, match="Expected a grid of shape"):
        worksheet.to_pdf(wrong)


@pytest.mark.parametrize("digit", [-1, 10])
def test_a_digit_outside_0_to_9_is_refused(digit: int) -> None:
    with pytest.raises(ArrayError, match="Expected a digit from 0 to 9"):
        worksheet.to_pdf(EVERY_VALUE, digit=digit)
