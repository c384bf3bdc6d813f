import csv
import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelviz.arrays import Grid
from pixelviz.errors import ArrayError, SharingError
from pixelviz.formats import csv_file
from tests.grids import EMPTY, LINES, NOT_GRIDS
from tests.refusals import CASES, EDITS, edited, reads_or_refuses

BOM = b"\xef\xbb\xbf"
"""The byte order mark with which Excel begins UTF-8."""

SOUND = csv_file.encode(LINES, label=7).encode()


def csv_of(rows: list[list[Any]], separator: str = ",") -> bytes:
    return "\n".join(separator.join(map(str, row)) for row in rows).encode()


@pytest.mark.parametrize("label", [None, *range(10)])
def test_a_file_gives_back_the_drawing_and_its_label(grid: Grid, label: int | None) -> None:
    read = csv_file.decode(csv_file.encode(grid, label=label).encode())
    assert np.array_equal(read.grid, grid)
    assert read.label == label


def test_pythons_own_reader_reads_the_file(grid: Grid) -> None:
    (row,) = csv.DictReader(io.StringIO(csv_file.encode(grid, label=7)))
    assert row["label"] == "7"
    for (above, left), value in np.ndenumerate(grid):
        assert row[f"{above + 1}x{left + 1}"] == str(value)


@pytest.mark.parametrize("name", ["class", "Label", "target"])
def test_a_label_that_the_header_names_last_is_read_as_the_label(name: str) -> None:
    flat = LINES.flatten().tolist()
    names = [f"pixel{index}" for index in range(784)]
    read = csv_file.decode(csv_of([[*names, name], [*flat, 7]]))
    assert np.array_equal(read.grid, LINES)
    assert read.label == 7


@pytest.mark.parametrize("separator", [",", ";", "\t", ", "])
def test_each_usual_form_is_read(separator: str) -> None:
    flat, names = LINES.flatten().tolist(), [f"pixel{index}" for index in range(784)]
    forms: dict[int | None, list[list[list[Any]]]] = {
        None: [[flat], [names, flat], LINES.tolist(), [list("x" * 28), *LINES.tolist()]],
        5: [[[5, *flat]], [["label", *names], [5, *flat]]],
    }
    for label, tables in forms.items():
        for rows in tables:
            content = csv_of(rows, separator)
            for variant in (
                content,
                BOM + content.replace(b"\n", b"\r\n") + b"\r\n\r\n",
            ):
                read = csv_file.decode(variant)
                assert np.array_equal(read.grid, LINES)
                assert read.label == label


@pytest.mark.parametrize(
    "cell", ["-1", "256", "0.5", "1e2", "x", "", "1_0", "٣", "9" * 5000, "nan"]
)
def test_a_value_out_of_range_is_named_with_its_position(cell: str) -> None:
    rows: list[list[Any]] = LINES.tolist()
    rows[2][3] = cell
    with pytest.raises(SharingError, match=r"from 0 to 255, got '.* as value 4 of line 3"):
        csv_file.decode(csv_of(rows))


@pytest.mark.parametrize("label", ["10", "-1", "x", "7.0"])
def test_a_label_that_is_not_a_digit_is_refused(label: str) -> None:
    with pytest.raises(SharingError, match="Expected a label from 0 to 9"):
        csv_file.decode(csv_of([[label, *[0] * 784]]))
    with pytest.raises(ArrayError, match="Expected a label from 0 to 9"):
        csv_file.encode(EMPTY, label=10)


@pytest.mark.parametrize(
    ("rows", "got"),
    [
        ([], "0 lines of 0"),
        ([[0] * 783], "1 lines of 783"),
        ([[0] * 786], "1 lines of 786"),
        ([[0] * 784] * 2, "2 lines of 784"),
        ([[0] * 28] * 27, "27 lines of 28"),
        ([[0] * 28] * 27 + [[0] * 27], "28 lines of 27 to 28"),
        ([["a"] * 785, [0] * 784], "a header of 785 names for 784 values"),
        ([["a"] * 700 + ["Label"] + ["a"] * 84, [0] * 785], "a label that is in neither the first"),
        ([[0] * 784 + [5]], "a line whose first and last value may both be the label"),
        ([["a"] * 784], "0 lines of 0"),
    ],
)
def test_a_table_of_another_size_is_refused(rows: list[list[Any]], got: str) -> None:
    with pytest.raises(SharingError, match=f"Expected a CSV file with one line.*got {got}"):
        csv_file.decode(csv_of(rows))


@pytest.mark.parametrize("content", [b"\xff\xfe", b'"', b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_is_not_csv_is_refused(content: bytes) -> None:
    with pytest.raises(SharingError, match="got a file that is not CSV"):
        csv_file.decode(content)


def test_a_large_file_is_refused_by_its_size() -> None:
    with pytest.raises(SharingError, match="at most 100,000 bytes, got 100,001"):
        csv_file.decode(bytes(100_001))


@pytest.mark.parametrize("wrong", NOT_GRIDS)
def test_an_array_that_is_not_a_grid_is_refused(wrong: Grid) -> None:
    with pytest.raises(ArrayError, match="Expected a grid of shape"):
        csv_file.encode(wrong)


def test_the_drawing_is_not_changed() -> None:
    before = LINES.copy()
    csv_file.encode(LINES)
    assert np.array_equal(LINES, before)


@CASES
@given(st.binary(min_size=784, max_size=784), st.integers(0, 8))
def test_any_784_values_come_back(values: bytes, bits: int) -> None:
    grid = (np.frombuffer(values, np.uint8) >> bits).astype(np.uint8).reshape(28, 28)
    assert np.array_equal(csv_file.decode(csv_file.encode(grid).encode()).grid, grid)


@CASES
@given(st.binary(max_size=300) | st.text(alphabet='0123456789,;\t\n\r" .x').map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    reads_or_refuses(csv_file.decode, content)


@CASES
@given(st.lists(EDITS, min_size=1, max_size=3))
def test_a_sound_file_with_edits_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    reads_or_refuses(csv_file.decode, edited(SOUND, edits))


@CASES
@given(st.text(max_size=5), st.sampled_from([(1, 784), (1, 785), (2, 784), (28, 28)]))
def test_any_cell_is_read_or_refused(cell: str, form: tuple[int, int]) -> None:
    height, width = form
    rows = [[cell] * width] * height
    reads_or_refuses(csv_file.decode, csv_of(rows))
