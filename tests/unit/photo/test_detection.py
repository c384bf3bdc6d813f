import numpy as np
import pytest

from pixelviz.arrays import Ink
from pixelviz.data.sample_digits import strokes_of
from pixelviz.photo.detection import Digit, find_digits
from tests.drawings import drawn, paper


def found_on(ink: Ink) -> tuple[Digit, ...]:
    """Return the digits in a picture that shows nothing but paper."""
    return find_digits(ink, np.ones(ink.shape, np.bool_))


def test_empty_paper_has_no_digits() -> None:
    assert found_on(paper()) == ()


def test_digits_come_line_by_line_each_with_its_own_ink_and_position() -> None:
    written = [drawn(strokes_of(digit)) for digit in (3, 1, 6, 2)]
    ink = np.block([written[:2], written[2:]])  # two lines of two, each on 280 × 280
    digits = found_on(ink)
    assert [(digit.top // 280, digit.left // 280) for digit in digits] == [
        (0, 0), (0, 1), (1, 0), (1, 1),
    ]  # fmt: skip
    alone = np.zeros_like(ink)
    for digit in digits:
        rectangle = np.s_[
            digit.top : digit.top + digit.height, digit.left : digit.left + digit.width
        ]
        alone[rectangle] = np.maximum(alone[rectangle], digit.written)
    assert np.array_equal(alone, ink)


def test_specks_and_a_box_around_a_digit_are_dropped() -> None:
    ink = drawn(strokes_of(5)).copy()
    ink[20:24, 20:24] = 255
    ink[8:12, 8:272] = ink[268:272, 8:272] = ink[8:272, 8:12] = ink[8:272, 268:272] = 255
    (digit,) = found_on(ink)
    assert digit.height < 0.75 * 280


def test_thin_strokes_are_thickened_and_wide_ones_are_not() -> None:
    thin, wide = (found_on(drawn(strokes_of(0), pen_px=pen_px))[0] for pen_px in (4, 24))
    assert (thin.ink > 127).mean() > 2 * (thin.written > 127).mean()
    assert (wide.ink > 127).mean() == pytest.approx((wide.written > 127).mean(), rel=0.1)
