"""Pen-drawn digits of 30 writers, as strokes.

The data set is the training part of "Pen-Based Recognition of Handwritten Digits" (E. Alpaydin and
F. Alimoglu, 1998; UCI data set 81, CC BY 4.0): 7,494 digits, in the UNIPEN format.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pixelviz.errors import DataError
from pixelviz.training.data.pen_characters import PenCharacter

COLLECTION = "pendigits"

_SEGMENT = re.compile(r'^\.SEGMENT DIGIT .*\? "(\d)"$')
_COMMENT = re.compile(r"^\.COMMENT +\d+ +(\d+)")


def read(path: Path) -> list[PenCharacter]:
    """Return the digits of a UNIPEN file.

    Args:
        path: The path of `pendigits-orig.tra`.

    Raises:
        DataError: The file is missing or contains no digits.
    """
    try:
        lines = path.read_text("ascii").splitlines()
    except (OSError, ValueError) as error:
        raise DataError(
            f"Expected pen-drawn digits in the UNIPEN format at {path}: {error}.",
            "Download pendigits-orig.tra of UCI data set 81 and give its path.",
        ) from error
    digits = list(_digits(lines))
    if not digits:
        raise DataError(
            f"Expected segments of digits in {path}, got none.",
            "Download pendigits-orig.tra of UCI data set 81 and give its path.",
        )
    return digits


def _digits(lines: list[str]) -> Iterator[PenCharacter]:
    digit = writer = None
    strokes: list[list[tuple[float, float]]] = []
    for line in [*lines, '.SEGMENT DIGIT end ? "0"']:
        if segment := _SEGMENT.match(line):
            if digit is not None and writer is not None and strokes:
                kept = tuple(np.array(stroke) for stroke in strokes if stroke)
                yield PenCharacter(digit, COLLECTION, writer, kept)
            digit, writer, strokes = segment[1], None, []
        elif comment := _COMMENT.match(line):
            writer = comment[1]
        elif line.startswith(".PEN_DOWN"):
            strokes.append([])
        elif strokes and not line.startswith(".") and line.strip():
            x, y = map(float, line.split())
            strokes[-1].append((x, -y))  # in the file, y points upwards
