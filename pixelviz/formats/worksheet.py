"""grid -> a worksheet to print: the numbers to colour in, and the answer key.

There are three kinds, for pupils of different ages; see worksheet/kinds.py. On paper the ink is a
pencil's, so here the largest value is black.

Each sheet that is filled in can be read from a photo: it has marks in its four corners, a code for
its kind, and in squares at its lower edge what is asked for.
"""

from collections.abc import Callable, Iterator

import numpy as np

from pixelviz.arrays import DIGITS, PIXEL_MAX, SIDE, Grid, expect_grid
from pixelviz.errors import ArrayError
from pixelviz.formats import pdf
from pixelviz.worksheet import data_code
from pixelviz.worksheet.kinds import KINDS, Kind, Numbers
from pixelviz.worksheet.layout import (
    BOTTOM_PT,
    CODE_BOTTOM_PT,
    CODE_LEFT_PT,
    CODE_PT,
    DATA_BOTTOM_PT,
    DATA_HEIGHT_PT,
    DATA_LEFT_PT,
    KEY_BOTTOM_PT,
    KEY_PT,
    KEY_STEP_PT,
    LEFT_PT,
    MARK_HOLE_PT,
    MARK_PT,
    MARKS_PT,
    TABLE_PT,
    TOP_PT,
)

TITLE_PT = 770
"""The baseline of the title."""

SMALL_PT = 98
"""Width and height of the small pictures below the table."""

ANSWER_PT = 124
"""The baseline of the questions below the key."""

CAMERA_PT = 103
"""The baseline of what is said about the squares below."""

FOR_A_CAMERA = (
    "Done? Open a photo of the whole sheet in Pixelviz: it shows which cells are right. Leave the "
    "squares free."
)

DARK = 0.46
"""Below this lightness, 0 to 1, white numbers have more contrast than black ones (WCAG)."""


def to_pdf(grid: Grid, *, kind: str = "integers", digit: int | None = None) -> bytes:
    """Return a worksheet of two A4 pages.

    The first page has a table of numbers to colour in, a line for the name and a key. The second
    page has the same table coloured, and the picture that it was made from.

    Args:
        grid: (28, 28) uint8, 0 paper, 255 full ink.
        kind: One of KINDS.
        digit: What a model reads, 0 to 9, for the second page; None leaves it out.

    Returns:
        The bytes of a PDF file, at most 160 kB; the same for the same arguments.

    Raises:
        ArrayError: The grid is not (28, 28) uint8, or the digit is not 0 to 9.

    Example:
        >>> pdf = to_pdf(np.zeros((28, 28), np.uint8), digit=7)
        >>> pdf[:8], b"(Answer key)" in pdf
        (b'%PDF-1.4', True)
    """
    expect_grid(grid)
    if digit is not None and digit not in DIGITS:
        raise ArrayError(
            f"Expected a digit from {DIGITS[0]} to {DIGITS[-1]}, got {digit!r}.",
            "Leave it out if no model has read one.",
        )
    pages = _sheet(grid, KINDS[kind]), _answer_key(grid, KINDS[kind], digit)
    return pdf.document(*map(list, pages), title="Pixelviz worksheet")


def _sheet(grid: Grid, kind: Kind) -> Iterator[str]:
    """Draw the first page."""
    yield from _marks(kind)
    yield pdf.text(LEFT_PT, TITLE_PT, kind.title, 20, font=pdf.BOLD)
    yield pdf.text(LEFT_PT + 300, TITLE_PT, "Name", 11)
    yield pdf.line(LEFT_PT + 334, TITLE_PT - 3, LEFT_PT + TABLE_PT, TITLE_PT - 3)
    yield from _lines(*kind.explanation)
    yield from _table(kind.numbers_of(grid), kind, fill=None)
    for index, shade in enumerate(kind.shades):
        x, y = LEFT_PT + KEY_STEP_PT * index, KEY_BOTTOM_PT
        yield pdf.box(x, y, KEY_PT, KEY_PT, shade.lightness)
        yield pdf.frame(x, y, KEY_PT, KEY_PT)
        yield pdf.text(x + 32, y + 15, shade.numbers, 11, font=pdf.BOLD)
        yield pdf.text(x + 32, y + 3, shade.name, 9)
    yield pdf.text(LEFT_PT, ANSWER_PT, "This is the digit", 11)
    yield pdf.line(LEFT_PT + 86, ANSWER_PT - 3, LEFT_PT + 140, ANSWER_PT - 3)
    yield pdf.text(LEFT_PT + 170, ANSWER_PT, "How many cells did you colour?", 11)
    yield pdf.line(LEFT_PT + 336, ANSWER_PT - 3, LEFT_PT + 390, ANSWER_PT - 3)
    yield pdf.text(LEFT_PT, CAMERA_PT, FOR_A_CAMERA, 7.5)
    yield from _data(kind, grid)


def _answer_key(grid: Grid, kind: Kind, digit: int | None) -> Iterator[str]:
    """Draw the second page."""
    numbers = kind.numbers_of(grid)
    has_all = kind.side == SIDE
    yield pdf.text(LEFT_PT, TITLE_PT, "Answer key", 20, font=pdf.BOLD)
    read = "" if digit is None else f"The computer reads it as {digit}. "
    yield from _lines(
        f"{read}Cells to colour: {np.count_nonzero(numbers)} of {numbers.size}.",
        f"The table shows the picture in all {PIXEL_MAX + 1} greys, below it is yours in five."
        if has_all
        else f"The picture that it was made from has {SIDE} by {SIDE} pixels, {PIXEL_MAX + 1} "
        "greys.",
    )

    def as_coloured(number: int) -> float:
        return kind.shade_of(number).lightness

    yield from _table(numbers, kind, fill=_all_greys if has_all else as_coloured)
    y = BOTTOM_PT - 118
    yield from _picture(numbers, LEFT_PT, y, SMALL_PT, as_coloured)
    count = len(kind.shades)
    how = "In black and white," if count == 2 else f"In {count} greys,"
    yield pdf.text(LEFT_PT + SMALL_PT + 10, y + 55, how, 10)
    yield pdf.text(LEFT_PT + SMALL_PT + 10, y + 42, "as you coloured it", 10)
    right = LEFT_PT + TABLE_PT / 2
    yield from _picture(grid, right, y, SMALL_PT, lambda value: value / PIXEL_MAX)
    yield pdf.text(right + SMALL_PT + 10, y + 55, "On the screen the ink", 10)
    yield pdf.text(right + SMALL_PT + 10, y + 42, "is white, the paper black", 10)


def _marks(kind: Kind) -> Iterator[str]:
    """Draw the marks in the corners, and the code of the kind."""
    for x, y in MARKS_PT:
        yield pdf.box(x, y, MARK_PT, MARK_PT, 0)
    margin = (MARK_PT - MARK_HOLE_PT) / 2
    yield pdf.box(x + margin, y + margin, MARK_HOLE_PT, MARK_HOLE_PT, 1)
    for index, is_black in enumerate(kind.code):
        if is_black:
            left = CODE_LEFT_PT + 2 * CODE_PT * index
            yield pdf.box(left, CODE_BOTTOM_PT, CODE_PT, CODE_PT, 0)


def _data(kind: Kind, grid: Grid) -> Iterator[str]:
    """Draw the squares that say what is asked for."""
    squares = data_code.encode(kind, kind.levels_of(grid))
    side = data_code.side_pt(squares.shape)
    edges = np.diff(squares.astype(np.int8), axis=1, prepend=0, append=0)
    # What is black side by side is one rectangle: a gap between two would shine through in print.
    for (row, start), (_, end) in zip(
        np.argwhere(edges == 1).tolist(), np.argwhere(edges == -1).tolist(), strict=True
    ):
        x, y = DATA_LEFT_PT + start * side, DATA_BOTTOM_PT + DATA_HEIGHT_PT - (row + 1) * side
        yield pdf.box(round(x, 2), round(y, 2), round((end - start) * side, 2), round(side, 2), 0)


def _lines(*lines: str) -> Iterator[str]:
    """Write the lines below a title."""
    for index, line in enumerate(lines):
        yield pdf.text(LEFT_PT, TITLE_PT - 23 - 15 * index, line, 11)


def _all_greys(value: int) -> float:
    return 1 - value / PIXEL_MAX


def _table(numbers: Numbers, kind: Kind, *, fill: Callable[[int], float] | None) -> Iterator[str]:
    """Draw the table of the numbers with row and column numbers, its cells filled or white."""
    cell, size = kind.cell_pt, kind.font_pt
    if fill:
        yield from _picture(numbers, LEFT_PT, BOTTOM_PT, TABLE_PT, fill)
    for edge in range(kind.side + 1):
        across = edge * cell
        yield pdf.line(LEFT_PT, TOP_PT - across, LEFT_PT + TABLE_PT, TOP_PT - across, light=0.6)
        yield pdf.line(LEFT_PT + across, BOTTOM_PT, LEFT_PT + across, TOP_PT, light=0.6)
    yield pdf.frame(LEFT_PT, BOTTOM_PT, TABLE_PT, TABLE_PT)
    for row, values in enumerate(numbers.tolist()):
        middle = TOP_PT - (row + 0.5) * cell
        yield pdf.number(LEFT_PT - 9, middle, row, 6.5, light=0.4)
        yield pdf.number(LEFT_PT + (row + 0.5) * cell, TOP_PT + 7, row, 6.5, light=0.4)
        for column, value in enumerate(values):
            paper = fill(value) if fill else 1.0
            light = 1.0 if paper < DARK else 0.0 if value else 0.4
            yield pdf.number(LEFT_PT + (column + 0.5) * cell, middle, value, size, light=light)


def _picture(
    numbers: Numbers, left: float, bottom: float, width: float, fill: Callable[[int], float]
) -> Iterator[str]:
    """Draw the cells as squares, with a frame around them."""
    side = width / len(numbers)
    for row, values in enumerate(numbers.tolist()):
        for column, value in enumerate(values):
            x, y = left + column * side, bottom + (len(numbers) - 1 - row) * side
            yield pdf.box(x, y, side, side, fill(value))
    yield pdf.frame(left, bottom, width, width)
