"""A contact sheet: many digits small on paper, ordered by what they were meant to be.

They are printed dark on light, to save ink: 255 is black there. Each is as it is, pixel by pixel.
"""

import io
import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import DIGITS, PIXEL_MAX, SIDE
from pixelviz.formats import pdf
from pixelviz.formats.labelled_digits import LabelledDigits

COLUMNS = 20
"""Digits side by side in the PNG."""

ENLARGED = 2
"""So many points wide and high a pixel is in the PNG."""

GAP = 8
"""Points between two digits, and around all, in the PNG."""

SIZE_PT, GAP_PT, MARGIN_PT = 34.0, 6.0, 40.0
"""A digit's side, what is between two, and the margin, in the PDF."""

HEAD_PT, HEAD_SIZE_PT = 26.0, 11.0
"""What the line above the digits of one label takes in the PDF, and the size of its letters."""


def encode_png(digits: LabelledDigits) -> bytes:
    """Return one picture of all digits: those of a label begin a new line."""
    lines = list(_lines(digits, COLUMNS))
    cell = ENLARGED * SIDE + GAP
    paper = np.full((len(lines) * cell + GAP, COLUMNS * cell + GAP), PIXEL_MAX, np.uint8)
    for row, (_, line) in enumerate(lines):
        for column, vector in enumerate(line):
            y, x = GAP + row * cell, GAP + column * cell
            large = _grid(vector).repeat(ENLARGED, axis=0).repeat(ENLARGED, axis=1)
            paper[y : y + len(large), x : x + len(large)] = PIXEL_MAX - large
    file = io.BytesIO()
    Image.fromarray(paper).save(file, "PNG", optimize=True)
    return file.getvalue()


def encode_pdf(digits: LabelledDigits) -> bytes:
    """Return pages of A4, with a line above the digits of each label."""
    width, height = pdf.PAGE_PT
    columns = math.floor((width - 2 * MARGIN_PT + GAP_PT) / (SIZE_PT + GAP_PT))
    pages: list[list[str]] = []
    y, label_above = 0.0, None
    for label, line in _lines(digits, columns):
        needed = SIZE_PT + GAP_PT + (HEAD_PT if label != label_above else 0)
        if not pages or y - needed < MARGIN_PT:
            pages.append([])
            y, label_above = height - MARGIN_PT, None
        if label != label_above:
            y -= HEAD_PT
            count = int(np.count_nonzero(digits.labels == label))
            pages[-1].append(
                pdf.text(MARGIN_PT, y + GAP_PT, _title(label, count), HEAD_SIZE_PT, font=pdf.BOLD)
            )
        y -= SIZE_PT + GAP_PT
        for column, vector in enumerate(line):
            x = MARGIN_PT + column * (SIZE_PT + GAP_PT)
            pages[-1].append(pdf.picture(x, y + GAP_PT, SIZE_PT, PIXEL_MAX - _grid(vector)))
        label_above = label
    return pdf.document(*pages, title="The digits of a class")


def _lines(digits: LabelledDigits, columns: int) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Yield each line's label and vectors: at most so many, of one label, in the order given."""
    for label in DIGITS:
        vectors = digits.vectors[digits.labels == label]
        for start in range(0, len(vectors), columns):
            yield label, vectors[start : start + columns]


def _title(label: int, count: int) -> str:
    return f"{label}: {count} {'picture' if count == 1 else 'pictures'}"


def _grid(vector: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return vector.reshape(SIDE, SIDE)
