"""grid -> a worksheet to print: the integers to colour in, and the answer key.

The two pages of A4 are drawn in PDF's own commands (ISO 32000-1), as lines, rectangles and text in
the built-in Helvetica, so they are sharp at any size. Nothing in them is compressed: opened in a
text editor, the file can be read.

On paper it is the pencil that is the ink, so here the largest value is black.
"""

from collections.abc import Callable, Iterator

import numpy as np

from pixelviz.arrays import DIGITS, PIXEL_MAX, SIDE, Grid, expect_grid
from pixelviz.errors import ArrayError

PAGE_PT = (595, 842)
"""Width and height of A4, in points of 1/72 inch; y grows upwards from the lower edge."""

CELL_PT = 18
"""Width and height of a cell: 6.35 mm, enough for three digits and a pencil."""

LEFT_PT = 53
"""Where the table begins; the row numbers stand to the left of it."""

TITLE_PT = 776
"""Where the title's letters stand."""

TOP_PT = 702
"""Where the table begins, counted from below; the column numbers stand above it."""

STEP = (PIXEL_MAX + 1) // 4
"""How many values share one grey of the key."""

GREYS = (
    ("0", "leave it white", 1.0),
    (f"1 to {STEP - 1}", "light grey", 0.8),
    (f"{STEP} to {2 * STEP - 1}", "grey", 0.58),
    (f"{2 * STEP} to {3 * STEP - 1}", "dark grey", 0.33),
    (f"{3 * STEP} to {PIXEL_MAX}", "black", 0.0),
)
"""The key: which values are coloured how; the last is how light that is printed, 0 to 1."""

DIGIT_EM = 0.556
"""Width of a digit in Helvetica, in parts of the size of the type (Adobe's font metrics)."""

DARK = 0.46
"""Below this lightness, 0 to 1, white numbers stand out more than black ones (WCAG's contrast)."""

PLAIN, BOLD = "F1", "F2"


def to_pdf(grid: Grid, *, digit: int | None = None) -> bytes:
    """Return a worksheet of two pages of A4.

    The first page has the 784 integers in a table to colour in, a line for the name and a key of
    five greys. The second has the same table coloured, each pixel in its own grey.

    Args:
        grid: (28, 28) uint8, 0 paper, 255 full ink.
        digit: What a model read, 0 to 9; it is told on the second page.

    Returns:
        The bytes of a PDF file, about 140 kB; the same for the same arguments.

    Raises:
        ArrayError: The grid is not (28, 28) uint8, or there is no such digit.

    Example:
        >>> pdf = to_pdf(np.zeros((28, 28), np.uint8), digit=7)
        >>> pdf[:8], b"(Answer key)" in pdf
        (b'%PDF-1.4', True)
    """
    expect_grid(grid)
    if digit is not None and digit not in DIGITS:
        raise ArrayError(
            f"Expected a digit from {DIGITS[0]} to {DIGITS[-1]}, got {digit!r}.",
            "Leave it out where none was read.",
        )
    return _file(list(_sheet(grid)), list(_answer_key(grid, digit)))


def grey_of(value: int) -> int:
    """Return which grey of the key a value is coloured in.

    Args:
        value: 0 to 255.

    Returns:
        The index into GREYS, 0 (white) to 4 (black).

    Example:
        >>> [grey_of(value) for value in (0, 1, 63, 64, 255)]
        [0, 1, 1, 2, 4]
    """
    return 1 + value // STEP if value else 0


def _sheet(grid: Grid) -> Iterator[str]:
    """Draw the first page."""
    yield _text(LEFT_PT, TITLE_PT, "Colour a digit by its numbers", 20, font=BOLD)
    yield _text(LEFT_PT + 300, TITLE_PT, "Name", 11)
    yield _line(LEFT_PT + 334, TITLE_PT - 3, LEFT_PT + SIDE * CELL_PT, TITLE_PT - 3)
    yield from _lines(
        "To a computer a picture is numbers, one for each pixel: the larger, the more ink.",
        "Colour each cell as the key below says. Then hold the sheet at arm's length.",
    )
    yield from _table(grid, fill=None)
    bottom = TOP_PT - SIDE * CELL_PT
    for place, (values, colour, light) in enumerate(GREYS):
        x, y = LEFT_PT + 101 * place, bottom - 56
        yield _box(x, y, 26, 26, light)
        yield _frame(x, y, 26, 26)
        yield _text(x + 32, y + 15, values, 11, font=BOLD)
        yield _text(x + 32, y + 3, colour, 9)
    yield _text(LEFT_PT, bottom - 96, "This is the digit", 11)
    yield _line(LEFT_PT + 86, bottom - 99, LEFT_PT + 140, bottom - 99)
    yield _text(LEFT_PT + 170, bottom - 96, "How many cells did you colour?", 11)
    yield _line(LEFT_PT + 336, bottom - 99, LEFT_PT + 390, bottom - 99)


def _answer_key(grid: Grid, digit: int | None) -> Iterator[str]:
    """Draw the second page."""
    coloured = np.count_nonzero(grid)
    yield _text(LEFT_PT, TITLE_PT, "Answer key", 20, font=BOLD)
    read = "" if digit is None else f"The computer reads it as {digit}. "
    yield from _lines(
        f"{read}Cells to colour: {coloured} of {grid.size}.",
        f"The table shows the picture in all {PIXEL_MAX + 1} greys, below it is yours in five.",
    )
    yield from _table(grid, fill=_all_greys)
    y, side_px = TOP_PT - SIDE * CELL_PT - 118, 3.5
    small = SIDE * side_px
    yield from _picture(grid, LEFT_PT, y, side_px, _five_greys)
    yield _text(LEFT_PT + small + 10, y + 55, "In five greys,", 10)
    yield _text(LEFT_PT + small + 10, y + 42, "as you coloured it", 10)
    right = LEFT_PT + 252
    yield from _picture(grid, right, y, side_px, lambda value: value / PIXEL_MAX)
    yield _text(right + small + 10, y + 55, "On the screen the ink", 10)
    yield _text(right + small + 10, y + 42, "is white, the paper black", 10)


def _lines(*lines: str) -> Iterator[str]:
    """Write the lines below a title."""
    for place, line in enumerate(lines):
        yield _text(LEFT_PT, TITLE_PT - 23 - 15 * place, line, 11)


def _all_greys(value: int) -> float:
    return 1 - value / PIXEL_MAX


def _five_greys(value: int) -> float:
    return GREYS[grey_of(value)][2]


def _table(grid: Grid, *, fill: Callable[[int], float] | None) -> Iterator[str]:
    """Draw the table of the integers, with row and column numbers and, if asked to, in greys."""
    side, bottom = SIDE * CELL_PT, TOP_PT - SIDE * CELL_PT
    if fill:
        yield from _picture(grid, LEFT_PT, bottom, CELL_PT, fill)
    for edge in range(SIDE + 1):
        across = edge * CELL_PT
        yield _line(LEFT_PT, TOP_PT - across, LEFT_PT + side, TOP_PT - across, light=0.6)
        yield _line(LEFT_PT + across, bottom, LEFT_PT + across, TOP_PT, light=0.6)
    yield _frame(LEFT_PT, bottom, side, side)
    for row, values in enumerate(grid.tolist()):
        middle = TOP_PT - (row + 0.5) * CELL_PT
        yield _number(LEFT_PT - 9, middle, row, 6.5, light=0.4)
        yield _number(LEFT_PT + (row + 0.5) * CELL_PT, TOP_PT + 7, row, 6.5, light=0.4)
        for column, value in enumerate(values):
            paper = fill(value) if fill else 1.0
            light = 1.0 if paper < DARK else 0.0 if value else 0.4
            yield _number(LEFT_PT + (column + 0.5) * CELL_PT, middle, value, 8, light=light)


def _picture(
    grid: Grid, left: float, bottom: float, side: float, fill: Callable[[int], float]
) -> Iterator[str]:
    """Draw the picture as squares, and a frame around it."""
    for row, values in enumerate(grid.tolist()):
        for column, value in enumerate(values):
            x, y = left + column * side, bottom + (SIDE - 1 - row) * side
            yield _box(x, y, side, side, fill(value))
    yield _frame(left, bottom, SIDE * side, SIDE * side)


def _box(x: float, y: float, width: float, height: float, light: float) -> str:
    return f"{light:.3g} g {x:g} {y:g} {width:g} {height:g} re f"


def _frame(x: float, y: float, width: float, height: float) -> str:
    return f"0 G 0.8 w {x:g} {y:g} {width:g} {height:g} re S"


def _line(x: float, y: float, to_x: float, to_y: float, *, light: float = 0.0) -> str:
    return f"{light:g} G 0.5 w {x:g} {y:g} m {to_x:g} {to_y:g} l S"


def _number(x: float, y: float, value: int, size: float, *, light: float) -> str:
    """Write an integer, its middle at x and y."""
    width = len(str(value)) * DIGIT_EM * size
    return _text(x - width / 2, y - 0.36 * size, str(value), size, light=light)


def _text(
    x: float, y: float, text: str, size: float, *, font: str = PLAIN, light: float = 0.0
) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {light:g} g /{font} {size:g} Tf {x:.4g} {y:.4g} Td ({escaped}) Tj ET"


def _file(*pages: list[str]) -> bytes:
    """Return a PDF file of pages, each given by its drawing commands."""
    first = 5  # objects 1 to 4 are those that all pages share
    kids = " ".join(f"{first + 2 * page} 0 R" for page in range(len(pages)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        font.format("Helvetica"),
        font.format("Helvetica-Bold"),
    ]
    for page, commands in enumerate(pages):
        stream = "\n".join(commands)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_PT[0]} {PAGE_PT[1]}] "
            f"/Resources << /Font << /{PLAIN} 3 0 R /{BOLD} 4 0 R >> >> "
            f"/Contents {first + 2 * page + 1} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    objects.append("<< /Title (Pixelviz worksheet) >>")
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(f"{len(body):010} 00000 n \n")
        body += f"{number} 0 obj\n{content}\nendobj\n"
    count = len(objects) + 1
    body += (
        f"xref\n0 {count}\n0000000000 65535 f \n{''.join(places)}"
        f"trailer\n<< /Size {count} /Root 1 0 R /Info {count - 1} 0 R >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    )
    return body.encode("ascii")
