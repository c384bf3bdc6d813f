"""grid <-> a CSV file: the label, then the 784 integers, as MNIST is usually written."""

import csv
import io
import re
from dataclasses import dataclass

import numpy as np

from pixelviz.arrays import DIGITS, LENGTH, PIXEL_MAX, SIDE, Grid, expect_grid
from pixelviz.errors import ArrayError, SharingError
from pixelviz.formats.limits import SAVE_AGAIN, expect_small

LABEL_NAMES = {"label", "class", "target", "digit", "y"}
"""What the column of the label is called in a header."""


@dataclass(frozen=True)
class LabelledGrid:
    """A picture with its label.

    Attributes:
        grid: (28, 28) uint8.
        label: The digit that it shows, 0 to 9; None where the file does not say.
    """

    grid: Grid
    label: int | None


def encode(grid: Grid, *, label: int | None = None) -> str:
    """Return a grid as MNIST is usually written in CSV: the label, then the 784 integers.

    Args:
        grid: (28, 28) uint8.
        label: The digit that it shows, 0 to 9; None leaves the cell empty.

    Returns:
        Two lines: the header `label,1x1,1x2,…,28x28`, with rows and columns counted from 1, and the
        values.

    Raises:
        ArrayError: The grid is not (28, 28) uint8, or the label is not a digit.

    Example:
        >>> header, values = encode(np.zeros((28, 28), np.uint8), label=7).splitlines()
        >>> header[:17], header[-11:], values[:9]
        ('label,1x1,1x2,1x3', '28x27,28x28', '7,0,0,0,0')
    """
    expect_grid(grid)
    if label is not None and label not in DIGITS:
        raise ArrayError(
            f"Expected a label from {DIGITS[0]} to {DIGITS[-1]}, got {label!r}.",
            "Leave it out if it is not known.",
        )
    pixels = (f"{row}x{column}" for row in range(1, SIDE + 1) for column in range(1, SIDE + 1))
    header = ",".join(["label", *pixels])
    values = ",".join(["" if label is None else str(label), *map(str, grid.flatten())])
    return f"{header}\n{values}\n"


def decode(content: bytes) -> LabelledGrid:
    """Return the picture in a CSV file.

    The file holds one line of 784 integers, or of a label and 784 integers, or 28 lines of 28
    integers, with or without a header. Commas, semicolons or tabs separate the values. The label
    comes first, unless the header says that it comes last, as OpenML writes it.

    Args:
        content: The file's bytes, UTF-8.

    Raises:
        SharingError: The file holds something else.
    """
    rows = _cells(expect_small(content))
    if rows and all(any(map(str.isalpha, cell)) for cell in rows[0] if cell):
        header, *rows = rows
        if rows and len(header) != len(rows[0]):
            raise _not_csv(f"a header of {len(header)} names for {len(rows[0])} values")
        if len(header) > LENGTH and LABEL_NAMES & set(map(str.lower, header[1:])):
            if header[-1].lower() not in LABEL_NAMES:
                raise _not_csv("a label that is in neither the first nor the last column")
            rows = [[*row[-1:], *row[:-1]] for row in rows]
    elif len(rows) == 1 and len(rows[0]) > LENGTH and _may_end_in_label(rows[0]):
        raise _not_csv("a line whose first and last value may both be the label")
    widths = {len(row) for row in rows}
    if len(rows) == 1 and widths <= {LENGTH, LENGTH + 1}:
        label, values = rows[0][:-LENGTH], rows[0][-LENGTH:]
        return LabelledGrid(_grid_of([values]), _label_of(label))
    if len(rows) == SIDE and widths == {SIDE}:
        return LabelledGrid(_grid_of(rows), None)
    width = " to ".join(map(str, sorted({min(widths, default=0), max(widths, default=0)})))
    raise _not_csv(f"{len(rows)} lines of {width}")


def _may_end_in_label(row: list[str]) -> bool:
    """Return whether a row without a header may end in its label: the first value is 0 then."""
    return _integer(row[0]) == 0 and _integer(row[-1]) in DIGITS[1:]


def _cells(content: bytes) -> list[list[str]]:
    """Return the cells of a CSV file by row, without the blank lines."""
    try:
        text = content.decode("utf-8-sig")  # Excel begins UTF-8 with a byte order mark
        separator = max(",;\t", key=text.count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _not_csv("a file that is not CSV") from error
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


def _not_csv(got: str) -> SharingError:
    return SharingError(
        f"Expected a CSV file with one line of {LENGTH} integers, or of a label and {LENGTH} "
        f"integers, or {SIDE} lines of {SIDE}, got {got}.",
        SAVE_AGAIN,
    )
