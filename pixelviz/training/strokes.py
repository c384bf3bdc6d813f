"""Digits that people drew with a pen, as strokes, and the ink that they leave on the page's canvas.

The data set is the training part of "Pen-Based Recognition of Handwritten Digits" (E. Alpaydin and
F. Alimoglu, 1998; UCI data set 81, CC BY 4.0): 7,494 digits by 30 writers, in the UNIPEN format.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pixelviz.errors import DataError
from pixelviz.spec import PIXEL_MAX, Ink

PAPER_PX = 280
"""Width and height of the page's canvas."""

SMOOTH = 3
"""How many times finer a stroke is drawn than it is kept, for soft edges like the browser's."""

_SEGMENT = re.compile(r'^\.SEGMENT DIGIT .*\? "(\d)"$')
_COMMENT = re.compile(r"^\.COMMENT +\d+ +(\d+)")

Points = NDArray[np.float64]
"""(n, 2) float64: the way of the pen, x to the right and y downwards."""


@dataclass(frozen=True)
class PenDigit:
    """One digit that somebody drew.

    Attributes:
        digit: What it was meant to be, 0 to 9.
        writer: The number of the person who drew it.
        strokes: The ways of the pen, in the tablet's points.
    """

    digit: int
    writer: int
    strokes: tuple[Points, ...]


def read(path: Path) -> list[PenDigit]:
    """Return the digits of a UNIPEN file.

    Args:
        path: Where `pendigits-orig.tra` lies.

    Raises:
        DataError: The file is missing or holds no digits.
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


def _digits(lines: list[str]) -> Iterator[PenDigit]:
    digit = writer = None
    strokes: list[list[tuple[float, float]]] = []
    for line in [*lines, '.SEGMENT DIGIT end ? "0"']:
        if segment := _SEGMENT.match(line):
            if digit is not None and writer is not None and strokes:
                kept = tuple(np.array(stroke) for stroke in strokes if stroke)
                yield PenDigit(digit, writer, kept)
            digit, writer, strokes = int(segment[1]), None, []
        elif comment := _COMMENT.match(line):
            writer = int(comment[1])
        elif line.startswith(".PEN_DOWN"):
            strokes.append([])
        elif strokes and not line.startswith(".") and line.strip():
            x, y = map(float, line.split())
            strokes[-1].append((x, -y))  # the tablet counts upwards


def draw(strokes: tuple[Points, ...], *, pen_width_px: float) -> Ink:
    """Return the ink that a round pen leaves on the page's canvas.

    Args:
        strokes: The ways of the pen, in the canvas's pixels.
        pen_width_px: The pen's width, in the canvas's pixels.

    Returns:
        (280, 280) uint8, 0 paper, 255 full ink.
    """
    image = Image.new("L", (SMOOTH * PAPER_PX, SMOOTH * PAPER_PX))
    pen = ImageDraw.Draw(image)
    width = SMOOTH * pen_width_px
    for stroke in strokes:
        points = [(SMOOTH * x, SMOOTH * y) for x, y in stroke]
        pen.line(points, fill=PIXEL_MAX, width=round(width), joint="curve")
        for x, y in (points[0], points[-1]):
            pen.circle((x, y), width / 2, fill=PIXEL_MAX)
    return np.asarray(image.reduce(SMOOTH))
