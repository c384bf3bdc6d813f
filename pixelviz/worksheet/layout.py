"""Where things are on a worksheet, in points of 1/72 inch from the lower left corner of a page."""

PAGE_PT = (595, 842)
"""Width and height of A4."""

TABLE_PT = 504
"""Width and height of the table: 28 cells of 6.35 mm, enough for three digits and a pencil."""

LEFT_PT = 53
"""The left edge of the table; the row numbers are to the left of it."""

TOP_PT = 700
"""The upper edge of the table; the column numbers are above it."""

BOTTOM_PT = TOP_PT - TABLE_PT

KEY_PT, KEY_STEP_PT, KEY_BOTTOM_PT = 26, 101, BOTTOM_PT - 50
"""The shades of the key: the side of each square, from one to the next, and their lower edge. The
first is at the left edge of the table."""

MARK_PT, MARK_HOLE_PT = 14, 6
"""The side of a mark in a corner, and of the hole in the last of them, so that it is clear which
way up the sheet lies."""

MARGIN_PT = (34, 30)
"""The margin of the page, beside the marks and above or below them."""

MARKS_PT = tuple(
    (x, y)
    for y in (PAGE_PT[1] - MARGIN_PT[1] - MARK_PT, MARGIN_PT[1])
    for x in (MARGIN_PT[0], PAGE_PT[0] - MARGIN_PT[0] - MARK_PT)
)
"""The lower left corner of each mark: top left, top right, bottom left, bottom right (hollow)."""

CODE_PT, CODE_LEFT_PT, CODE_BOTTOM_PT = 7, 60, 801.5
"""The code of the kind: the side of its squares, with as wide gaps between them, black for 1."""

DATA_LEFT_PT, DATA_BOTTOM_PT, DATA_WIDTH_PT, DATA_HEIGHT_PT = 63, 30, 469, 65
"""The code of what is asked for: where its squares are, at most, between the lower marks."""
