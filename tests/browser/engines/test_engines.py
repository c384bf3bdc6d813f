"""In Firefox and WebKit too, one draws a digit, sees its pixels, and gets an answer."""

import numpy as np

from tests.browser.engines.visit import Visit
from tests.drawings import SEVEN

[STROKE] = SEVEN
CORNER, END = STROKE[1:]
MIDWAY = ((CORNER[0] + END[0]) / 2, (CORNER[1] + END[1]) / 2)
"""Fabric.js draws up to the middle of the pen's last move, and the rest when the pen moves on."""


def test_the_views_follow_the_pen_and_the_digit_is_read_and_cleared(visit: Visit) -> None:
    visit.wait_for_text("prediction", "Draw a digit")
    blank = visit.views()
    assert blank.agree
    assert not blank.table.any()

    visit.put_pen_down_and_draw(STROKE)
    drawn = visit.wait_for_views(lambda views: views.table[pixel_at(MIDWAY)] > 0)
    assert drawn.follow
    assert drawn.agree
    assert drawn.table[pixel_at(CORNER)] > 0

    visit.lift_pen()
    visit.wait_for_text("prediction", "Prediction: 7")
    framed = visit.wait_for_views(lambda views: not views.follow)
    assert framed.agree
    inked = np.flatnonzero(framed.table.any(axis=1))
    assert inked[-1] - inked[0] + 1 == 20  # rows, as in MNIST's frame: it is the server's grid

    visit.click("clear", "Clear")
    visit.wait_for_text("prediction", "Draw a digit")
    assert visit.wait_for_views(lambda views: not views.table.any()).agree


def test_the_browser_reads_off_the_canvas_what_the_server_does(visit: Visit) -> None:
    visit.click("framing", "As drawn")
    visit.put_pen_down_and_draw(STROKE)
    visit.lift_pen()
    visit.wait_for_text("prediction", "Prediction: 7")
    from_server = visit.wait_for_views(lambda views: views.table.any() and not views.follow)

    visit.put_pen_down_and_draw([(0.1, 0.95), (0.9, 0.95)])  # below the digit
    followed = visit.wait_for_views(lambda views: views.table[26].any())
    assert followed.follow
    assert followed.agree
    assert np.array_equal(followed.table[:25], from_server.table[:25])


def test_a_chapter_of_the_lesson_opens(visit: Visit) -> None:
    visit.click("lesson", "5\N{NO-BREAK SPACE}Unroll")
    visit.wait_for_text("chapter_unroll", "Unroll")
    visit.click("chapter_unroll", "Step")
    visit.wait_for_text("chapter_unroll", "row 0 → features 0 to 27")


def pixel_at(point: tuple[float, float]) -> tuple[int, int]:
    """Return row and column, as drawn, of the pixel at x and y in shares of the canvas."""
    x, y = point
    return int(28 * y), int(28 * x)
