"""grid -> a worksheet to print: the numbers to colour in, and the answer key.

There are three kinds, for pupils of different ages; see KINDS. On paper the ink is a pencil's, so
here the largest value is black.

Each sheet that is filled in has marks in its four corners and a code for its kind, for a program
that is to find it in a photo: the mark at the bottom right is hollow, so that it is clear which way
up the sheet lies.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixelviz import levels
from pixelviz.arrays import DIGITS, PIXEL_MAX, SIDE, Grid, expect_grid
from pixelviz.errors import ArrayError
from pixelviz.formats import pdf
from pixelviz.resample import average

TABLE_PT = 504
"""Width and height of the table: 28 cells of 6.35 mm, enough for three digits and a pencil."""

LEFT_PT = 53
"""The left edge of the table; the row numbers are to the left of it."""

TITLE_PT = 770
"""The baseline of the title."""

TOP_PT = 700
"""The upper edge of the table; the column numbers are above it."""

BOTTOM_PT = TOP_PT - TABLE_PT

SMALL_PT = 98
"""Width and height of the small pictures below the table."""

MARK_PT, MARK_HOLE_PT = 14, 6
"""The side of a mark in a corner, and of the hole in the last of them."""

MARGIN_PT = (34, 30)
"""The margin of the page, beside the marks and above or below them."""

MARKS_PT = tuple(
    (x, y)
    for y in (pdf.PAGE_PT[1] - MARGIN_PT[1] - MARK_PT, MARGIN_PT[1])
    for x in (MARGIN_PT[0], pdf.PAGE_PT[0] - MARGIN_PT[0] - MARK_PT)
)
"""The lower left corner of each mark: top left, top right, bottom left, bottom right (hollow)."""

CODE_BITS, CODE_PT, CODE_LEFT_PT, CODE_BOTTOM_PT = 4, 7, 60, 801.5
"""The code: so many squares from left to right, with a gap of their side between them. The first
three are the bits of the kind's number, the largest first, black for 1; the last makes the number
of black ones even."""

DARK = 0.46
"""Below this lightness, 0 to 1, white numbers have more contrast than black ones (WCAG)."""

STEP = (PIXEL_MAX + 1) // 4
"""How many values share a grey of the key with all integers."""

Numbers = NDArray[np.uint8]
"""(side, side): what stands in the cells."""


@dataclass(frozen=True)
class Shade:
    """One line of a key.

    Attributes:
        largest: The largest number that has it; those of the shade before are smaller.
        numbers: The numbers, as the key says them.
        name: What to do with their cells.
        lightness: Its lightness in print, 0 to 1.
    """

    largest: int
    numbers: str
    name: str
    lightness: float


@dataclass(frozen=True)
class Kind:
    """One kind of worksheet.

    Attributes:
        number: What its code says, 1 to 7.
        title: What the sheet is called.
        explanation: The two lines below the title.
        side: How many rows and columns of cells it has.
        shades: The key, from white to black.
        numbers_of: Returns what stands in the cells for a grid.
    """

    number: int
    title: str
    explanation: tuple[str, str]
    side: int
    shades: tuple[Shade, ...]
    numbers_of: Callable[[Grid], Numbers]

    @property
    def cell_pt(self) -> float:
        """Width and height of a cell."""
        return TABLE_PT / self.side

    @property
    def code(self) -> tuple[bool, ...]:
        """The squares of its code, True for a black one."""
        bits = tuple(bool(self.number >> bit & 1) for bit in reversed(range(CODE_BITS - 1)))
        return (*bits, sum(bits) % 2 == 1)

    def shade_of(self, number: int) -> Shade:
        """Return the shade of a number."""
        return next(shade for shade in self.shades if number <= shade.largest)


def bits_of(grid: Grid) -> Numbers:
    """Return a smaller picture of 0 and 1.

    Args:
        grid: (28, 28) uint8.

    Returns:
        (14, 14) uint8: 1 where one of a cell's four pixels has at least half of the picture's
        largest value, so that thin strokes hold together.
    """
    blocks = grid.reshape(SIDE // 2, 2, SIDE // 2, 2).max(axis=(1, 3)).astype(np.int64)
    holds_ink = (blocks > 0) & (2 * blocks >= int(grid.max()))
    return np.where(holds_ink, 1, 0).astype(np.uint8)


def two_bits_of(grid: Grid) -> Numbers:
    """Return a smaller picture in four levels.

    Args:
        grid: (28, 28) uint8.

    Returns:
        (14, 14) uint8, 0 to 3: the average of each cell's four pixels, to the nearest level.
    """
    return levels.numbers(average(grid, SIDE // 2, SIDE // 2), bits=2)


KINDS = {
    "integers": Kind(
        1,
        "Colour a digit by its numbers",
        (
            "To a computer a picture is numbers, one for each pixel: the larger, the more ink.",
            "Colour each cell as the key below says. Then hold the sheet at arm's length.",
        ),
        SIDE,
        (
            Shade(0, "0", "leave it white", 1.0),
            Shade(STEP - 1, f"1 to {STEP - 1}", "light grey", 0.8),
            Shade(2 * STEP - 1, f"{STEP} to {2 * STEP - 1}", "grey", 0.58),
            Shade(3 * STEP - 1, f"{2 * STEP} to {3 * STEP - 1}", "dark grey", 0.33),
            Shade(PIXEL_MAX, f"{3 * STEP} to {PIXEL_MAX}", "black", 0.0),
        ),
        lambda grid: grid,
    ),
    "bits": Kind(
        2,
        "Colour a digit from 0 and 1",
        (
            "In black and white each pixel is one bit: 0 is paper, 1 is ink.",
            "Colour each cell with a 1. Then hold the sheet at arm's length.",
        ),
        SIDE // 2,
        (Shade(0, "0", "leave it white", 1.0), Shade(1, "1", "black", 0.0)),
        bits_of,
    ),
    "four-greys": Kind(
        3,
        "Colour a digit in four greys",
        (
            "With two bits a pixel has one of four levels: 0 is paper, 3 is full ink.",
            "Colour each cell as the key below says. Then hold the sheet at arm's length.",
        ),
        SIDE // 2,
        (
            Shade(0, "0", "leave it white", 1.0),
            Shade(1, "1", "light grey", 0.75),
            Shade(2, "2", "dark grey", 0.4),
            Shade(3, "3", "black", 0.0),
        ),
        two_bits_of,
    ),
}
"""The kinds by their names: all integers with five greys, 0 and 1, four levels of grey."""


def to_pdf(grid: Grid, *, kind: str = "integers", digit: int | None = None) -> bytes:
    """Return a worksheet of two A4 pages.

    The first page has a table of numbers to colour in, a line for the name and a key. The second
    page has the same table coloured, and the picture that it was made from.

    Args:
        grid: (28, 28) uint8, 0 paper, 255 full ink.
        kind: One of KINDS.
        digit: What a model reads, 0 to 9, for the second page; None leaves it out.

    Returns:
        The bytes of a PDF file, at most 150 kB; the same for the same arguments.

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
        x, y = LEFT_PT + 101 * index, BOTTOM_PT - 56
        yield pdf.box(x, y, 26, 26, shade.lightness)
        yield pdf.frame(x, y, 26, 26)
        yield pdf.text(x + 32, y + 15, shade.numbers, 11, font=pdf.BOLD)
        yield pdf.text(x + 32, y + 3, shade.name, 9)
    yield pdf.text(LEFT_PT, BOTTOM_PT - 96, "This is the digit", 11)
    yield pdf.line(LEFT_PT + 86, BOTTOM_PT - 99, LEFT_PT + 140, BOTTOM_PT - 99)
    yield pdf.text(LEFT_PT + 170, BOTTOM_PT - 96, "How many cells did you colour?", 11)
    yield pdf.line(LEFT_PT + 336, BOTTOM_PT - 99, LEFT_PT + 390, BOTTOM_PT - 99)


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


def _lines(*lines: str) -> Iterator[str]:
    """Write the lines below a title."""
    for index, line in enumerate(lines):
        yield pdf.text(LEFT_PT, TITLE_PT - 23 - 15 * index, line, 11)


def _all_greys(value: int) -> float:
    return 1 - value / PIXEL_MAX


def _table(numbers: Numbers, kind: Kind, *, fill: Callable[[int], float] | None) -> Iterator[str]:
    """Draw the table of the numbers with row and column numbers, its cells filled or white."""
    cell, size = kind.cell_pt, 8 if kind.side == SIDE else 14
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
