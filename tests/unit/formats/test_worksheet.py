import re

import numpy as np
import pytest

from pixelviz.arrays import Grid
from pixelviz.errors import ArrayError
from pixelviz.formats import worksheet
from pixelviz.raster import to_grid
from tests.drawings import SEVEN, drawn
from tests.grids import NOT_GRIDS

EVERY_VALUE = np.resize(np.arange(256), (28, 28)).astype(np.uint8)

NUMBER = re.compile(r"BT (\S+) g /F1 8 Tf (\S+) (\S+) Td \((\d+)\) Tj ET")
TEXT = re.compile(r"BT (\S+) g /\w+ (\S+) Tf (\S+) (\S+) Td \((.*)\) Tj ET")
BOX = re.compile(r"(\S+) g (\S+) (\S+) (\S+) (\S+) re f")


def _pages(grid: Grid, digit: int | None = None) -> list[str]:
    """Return the drawing operators of each page, found as a PDF reader finds them."""
    pdf = worksheet.to_pdf(grid, digit=digit)
    (start,) = re.findall(rb"startxref\n(\d+)\n%%EOF\n$", pdf)
    ((count, table),) = re.findall(rb"^xref\n0 (\d+)\n(.*?)trailer", pdf[int(start) :], re.S)
    offsets = [int(line[:10]) for line in table.splitlines()]
    assert len(offsets) == int(count)
    objects = []
    for number, offset in enumerate(offsets[1:], start=1):
        head = b"%d 0 obj\n" % number
        assert pdf[offset:].startswith(head)
        objects.append(pdf[offset + len(head) : pdf.index(b"\nendobj\n", offset)])
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
    return np.array([value for _, _, value in sorted(numbers)]).reshape(28, 28)


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


def test_the_first_page_leaves_the_table_white() -> None:
    sheet, _ = _pages(EVERY_VALUE, 7)
    assert not _boxes(sheet, worksheet.CELL_PT).size
    assert {light for light, *_ in NUMBER.findall(sheet)} == {"0", "0.4"}


def test_the_answer_key_prints_each_value_in_its_own_grey() -> None:
    _, key = _pages(EVERY_VALUE)
    lights = _boxes(key, worksheet.CELL_PT).reshape(28, 28)
    assert np.allclose(lights, 1 - EVERY_VALUE / 255, atol=0.001)
    assert len(np.unique(lights)) == 256


def test_the_answer_key_shows_the_five_greys_and_the_screen() -> None:
    _, key = _pages(EVERY_VALUE)
    small = _boxes(key, 3.5).reshape(28, 2, 28)  # the two pictures are side by side
    five, screen = small[:, 0], small[:, 1]
    assert np.allclose(screen, EVERY_VALUE / 255, atol=0.001)
    assert set(five.flatten()) == {light for _, _, light in worksheet.GREYS}
    assert (np.diff(five.flatten()[:256]) <= 0).all()


def test_every_number_has_enough_contrast() -> None:
    _, key = _pages(EVERY_VALUE)
    for light, _, _, value in NUMBER.findall(key):
        letters, paper = (_luminance(grey) for grey in (float(light), 1 - int(value) / 255))
        brighter, darker = max(letters, paper), min(letters, paper)
        assert (brighter + 0.05) / (darker + 0.05) >= 4.5, value


def _luminance(grey: float) -> float:
    """Return the relative luminance of a grey, 0 to 1 (IEC 61966-2-1)."""
    return grey / 12.92 if grey <= 0.04045 else float(((grey + 0.055) / 1.055) ** 2.4)


def test_the_key_has_a_grey_for_every_value() -> None:
    for value in range(256):
        (index,) = (
            index
            for index, (values, _, _) in enumerate(worksheet.GREYS)
            if int(values.split()[0]) <= value <= int(values.split()[-1])
        )
        assert worksheet.grey_of(value) == index
    sheet, _ = _pages(EVERY_VALUE)
    for values, colour, _ in worksheet.GREYS:
        assert f"({values}) Tj" in sheet
        assert f"({colour}) Tj" in sheet


def test_the_pages_have_their_titles_and_lines_to_fill_in() -> None:
    sheet, key = _pages(EVERY_VALUE)
    for text in ("Colour a digit by its numbers", "Name", "This is the digit"):
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


def test_nothing_is_outside_the_margins() -> None:
    for page in _pages(EVERY_VALUE, 7):
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
    assert 3 * worksheet.DIGIT_EM * 8 < worksheet.CELL_PT - 2


def test_the_file_is_small_and_reproducible() -> None:
    pdf = worksheet.to_pdf(EVERY_VALUE, digit=3)
    assert len(pdf) < 200_000
    assert worksheet.to_pdf(EVERY_VALUE, digit=3) == pdf


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
