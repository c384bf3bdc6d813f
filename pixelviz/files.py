"""grid <-> a file, CSV or NPY; and a PNG or lines of Python to take along.

Each holds the 784 values of the grid themselves. What is read is checked first: a file is small,
and holds one picture and nothing that runs.
"""

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from pixelviz import raster
from pixelviz.errors import ArrayError, SharingError
from pixelviz.sharing import Settings
from pixelviz.spec import DIGITS, LENGTH, PIXEL_MAX, SIDE, Grid

FILE_BYTES_MAX = 100_000
"""The largest file that is read; a drawing takes a tenth of it."""

NPY_HEADER_MAX = 500
"""The longest header of an NPY file that is read, in characters; NumPy writes about 120."""

PIXEL_PX_MAX = 100
"""The largest square that a PNG shows a pixel as, in points a side."""

SAVE_AGAIN = "Save any drawing from Pixelviz as such a file to see what it looks like."


@dataclass(frozen=True)
class Labelled:
    """A picture with the digit that it is said to be.

    Attributes:
        grid: (28, 28) uint8.
        label: 0 to 9, or None where nothing is said.
    """

    grid: Grid
    label: int | None


def to_csv(grid: Grid, *, label: int | None = None) -> str:
    """Return a grid as MNIST is usually written in CSV: the label, then the 784 integers.

    Args:
        grid: (28, 28) uint8.
        label: The digit that it is, 0 to 9; None leaves the cell empty.

    Returns:
        Two lines: the header `label,1x1,1x2,…,28x28`, with rows and columns counted from 1, and
        the values.

    Raises:
        ArrayError: The grid is not (28, 28) uint8, or the label is no digit.

    Example:
        >>> header, values = to_csv(np.zeros((28, 28), np.uint8), label=7).splitlines()
        >>> header[:17], header[-11:], values[:9]
        ('label,1x1,1x2,1x3', '28x27,28x28', '7,0,0,0,0')
    """
    raster.expect_grid(grid)
    if label is not None and label not in DIGITS:
        raise ArrayError(
            f"Expected a label from {DIGITS[0]} to {DIGITS[-1]}, got {label!r}.",
            "Leave it out where it is not known.",
        )
    places = (f"{row}x{column}" for row in range(1, SIDE + 1) for column in range(1, SIDE + 1))
    header = ",".join(["label", *places])
    values = ",".join(["" if label is None else str(label), *map(str, grid.flatten())])
    return f"{header}\n{values}\n"


def from_csv(content: bytes) -> Labelled:
    """Return the picture in a CSV file.

    The file holds one line of 784 integers or of a label and 784 integers, or 28 lines of 28
    integers; each with or without a header, separated by commas, semicolons or tabs.

    Args:
        content: The file's bytes, UTF-8.

    Raises:
        SharingError: The file holds something else.
    """
    rows = _cells(_expect_small(content))
    if rows and all(any(map(str.isalpha, cell)) for cell in rows[0] if cell):
        header, *rows = rows
        if rows and len(header) != len(rows[0]):
            raise _no_csv(f"a header of {len(header)} names for {len(rows[0])} values")
        if "label" in map(str.lower, header[1:]):
            raise _no_csv("a label that is not in the first column")
    widths = {len(row) for row in rows}
    if len(rows) == 1 and widths <= {LENGTH, LENGTH + 1}:
        label, values = rows[0][:-LENGTH], rows[0][-LENGTH:]
        return Labelled(_grid_of([values]), _label_of(label))
    if len(rows) == SIDE and widths == {SIDE}:
        return Labelled(_grid_of(rows), None)
    width = " to ".join(map(str, sorted({min(widths, default=0), max(widths, default=0)})))
    raise _no_csv(f"{len(rows)} lines of {width}")


def to_npy(grid: Grid) -> bytes:
    """Return the grid's vector, (784,) uint8, as a file for `numpy.load`.

    Args:
        grid: (28, 28) uint8.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.

    Example:
        >>> np.load(io.BytesIO(to_npy(np.zeros((28, 28), np.uint8)))).shape
        (784,)
    """
    raster.expect_grid(grid)
    stream = io.BytesIO()
    np.save(stream, grid.flatten(), allow_pickle=False)  # (28, 28) -> (784,), row by row
    return stream.getvalue()


def from_npy(content: bytes) -> Grid:
    """Return the picture in an NPY file.

    The file holds 784 or 28×28 numbers: integers from 0 to 255, or floats from 0 to 1, which are
    rescaled back. Its header is checked before anything else is read: a header that promises
    gigabytes takes no memory.

    Args:
        content: The file's bytes.

    Returns:
        (28, 28) uint8.

    Raises:
        SharingError: The file is broken or holds something else.
    """
    stream = io.BytesIO(_expect_small(content))
    try:
        shape, by_columns, dtype = _npy_header(stream)
    except Exception as error:  # NumPy's parser raises whatever Python's own raises on odd text
        raise _no_npy("a file with no header that can be read") from error
    values = stream.read()
    if shape not in ((LENGTH,), (SIDE, SIDE)) or dtype.kind not in "uif":
        raise _no_npy(f"{dtype!s:.40} of shape {shape!s:.40}")
    if len(values) != LENGTH * dtype.itemsize:
        raise _no_npy(f"{len(values)} bytes of values instead of {LENGTH * dtype.itemsize}")
    numbers = np.frombuffer(values, dtype)
    largest = 1 if dtype.kind == "f" else PIXEL_MAX
    with np.errstate(invalid="ignore"):  # what is not a number is neither, without a warning
        if not ((numbers >= 0) & (numbers <= largest)).all():
            raise _no_npy(f"{dtype} from {numbers.min()} to {numbers.max()}")
    if dtype.kind == "f":
        numbers = np.rint(numbers.astype(np.float64) * PIXEL_MAX)
    grid = numbers.astype(np.uint8).reshape(SIDE, SIDE)
    return grid.T.copy() if by_columns and len(shape) > 1 else grid


def to_png(grid: Grid, *, pixel_px: int = 1) -> bytes:
    """Return a grid as a grey PNG with exactly its values, each pixel a square with hard edges.

    Args:
        grid: (28, 28) uint8.
        pixel_px: Width and height of a pixel, in points of the PNG, 1 to 100.

    Returns:
        A PNG of 8 bits a point; with 1 it has 28 × 28 of them.

    Raises:
        ArrayError: The grid is not (28, 28) uint8, or the pixels are too small or too large.
    """
    raster.expect_grid(grid)
    if not 1 <= pixel_px <= PIXEL_PX_MAX:
        raise ArrayError(
            f"Expected pixels of 1 to {PIXEL_PX_MAX} points, got {pixel_px}.",
            "1 makes the picture itself, 20 one to look at.",
        )
    squares = grid.repeat(pixel_px, axis=0).repeat(pixel_px, axis=1)
    stream = io.BytesIO()
    Image.fromarray(squares).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def to_python(grid: Grid, *, model: str) -> str:
    """Return lines of Python that rebuild the vector and the prediction in a notebook.

    Args:
        grid: (28, 28) uint8.
        model: The name of the model that predicts.

    Returns:
        Lines that run as they are where Pixelviz can be imported; the integers stand in rows of
        28, like the picture.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.
        SharingError: There is no such model.
    """
    raster.expect_grid(grid)
    Settings(model=model)  # refuses what is no model
    rows = "\n".join(f"    [{', '.join(f'{value:3}' for value in row)}]," for row in grid.tolist())
    return f"""\
import numpy as np
from pixelviz import card, classifier, features, vector

grid = np.array([
{rows}
], np.uint8)
x = features.rescale(vector.unroll(grid))  # {LENGTH} features, 0 to 1
models = {{each.name: each for each in card.read(classifier.MODELS).models}}
prediction = classifier.load(models[{model!r}]).predict(x)
print(prediction.digit, prediction.probabilities.round(3))
"""


def _expect_small(content: bytes) -> bytes:
    if len(content) > FILE_BYTES_MAX:
        raise SharingError(
            f"Expected a file of at most {FILE_BYTES_MAX:,} bytes, got {len(content):,}.",
            "Choose a file with one picture.",
        )
    return content


def _cells(content: bytes) -> list[list[str]]:
    """Return the cells of a CSV file by row, blank lines left out."""
    try:
        text = content.decode("utf-8-sig")  # Excel puts a mark in front of UTF-8
        separator = max(",;\t", key=text.count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _no_csv("a file that is no CSV") from error
    stripped = [[cell.strip() for cell in row] for row in rows]
    return [row for row in stripped if any(row)]


def _integer(cell: str) -> int | None:
    """Return the integer from 0 to 255 in a cell, or None where there is none."""
    if not re.fullmatch(r"[0-9]{1,3}", cell):
        return None
    return int(cell) if int(cell) <= PIXEL_MAX else None


def _grid_of(rows: list[list[str]]) -> Grid:
    values = []
    for row, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if (value := _integer(cell)) is None:
                raise SharingError(
                    f"Expected integers from 0 to {PIXEL_MAX}, got {cell!r:.40} as value {column} "
                    f"of line {row}.",
                    SAVE_AGAIN,
                )
            values.append(value)
    return np.array(values, np.uint8).reshape(SIDE, SIDE)


def _label_of(cells: list[str]) -> int | None:
    if cells in ([], [""]):
        return None
    label = _integer(cells[0])
    if label not in DIGITS:
        raise SharingError(
            f"Expected a label from {DIGITS[0]} to {DIGITS[-1]}, got {cells[0]!r:.40}.",
            SAVE_AGAIN,
        )
    return label


def _no_csv(got: str) -> SharingError:
    return SharingError(
        f"Expected a CSV file with one line of {LENGTH} integers, or of a label and {LENGTH} "
        f"integers, or {SIDE} lines of {SIDE}, got {got}.",
        SAVE_AGAIN,
    )


def _npy_header(stream: io.BytesIO) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Return shape, whether it is stored column by column, and type, as an NPY file's head says."""
    readers = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    version = np.lib.format.read_magic(stream)
    return readers[version](stream, max_header_size=NPY_HEADER_MAX)


def _no_npy(got: str) -> SharingError:
    return SharingError(
        f"Expected an NPY file of shape ({LENGTH},) or ({SIDE}, {SIDE}) with integers from 0 to "
        f"{PIXEL_MAX} or floats from 0 to 1, got {got}.",
        SAVE_AGAIN,
    )
