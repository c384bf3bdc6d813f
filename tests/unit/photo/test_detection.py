import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings, target
from hypothesis import strategies as st

from pixelviz.arrays import Grey, Ink
from pixelviz.data.sample_digits import strokes_of
from pixelviz.photo import detection
from pixelviz.photo.detection import Digit, find_digits
from tests.drawings import drawn, paper
from tests.worst_photos import bars, checkerboard, comb, noise, rings, scribbles, spiral


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


PATTERNS = st.one_of(
    st.builds(bars, st.integers(1, 30), st.integers(1, 30), st.integers(5, 900)),
    st.builds(comb, st.integers(2, 200)),
    st.builds(rings, st.integers(1, 200)),
    st.builds(spiral, st.integers(1, 100)),
    st.builds(noise, st.integers(1, 40), st.floats(0, 1)),
    st.builds(checkerboard, st.integers(1, 100)),
    st.builds(scribbles, st.integers(8, 200)),
)


@settings(max_examples=30, deadline=None)
@given(PATTERNS, st.booleans())
@example(bars(3, 5, 200), False)
@example(bars(1, 1, 45), False)
@example(np.minimum(bars(2, 8, 40), noise(1, 0.1)), False)
def test_no_pattern_keeps_the_search_busy(page: Grey, is_turned: bool) -> None:
    ink = 255 - (page.T if is_turned else page)
    start = time.process_time()
    digits = find_digits(ink, np.ones(ink.shape, np.bool_))
    for digit in digits[:12]:
        assert digit.ink.any()
    taken_s = time.process_time() - start
    target(taken_s)
    assert taken_s < 3


@pytest.mark.parametrize(
    "page",
    [bars(1, 1, 45), bars(2, 8, 40), np.minimum(bars(2, 8, 40), noise(1, 0.1))],
    ids=["bars", "wider bars", "bars and specks"],
)
def test_a_crowded_page_takes_few_comparisons(page: Grey, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counting(function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any) -> Any:
            nonlocal compared
            compared += 1
            return function(*args)

        return counted

    for name in ("_is_broken", "_gap"):
        monkeypatch.setattr(detection, name, counting(getattr(detection, name)))
    digits = found_on(255 - page)
    most = detection.COMPONENTS_MAX
    assert compared <= most**2 + detection.PARTS_MAX * (most + detection.PARTS_MAX)
    assert len(digits) <= most + detection.PARTS_MAX


def test_overlapping_strokes_that_fill_the_page_many_times_are_bounded() -> None:
    row, column = np.mgrid[:1000, :1000]
    is_ink = ((row + np.abs(column - 500)) % 8 < 3) & (np.abs(column - 500) < 480)
    chevrons = np.where(is_ink, 255, 0).astype(np.uint8)
    digits = found_on(chevrons)
    assert sum(digit.written.size for digit in digits) <= detection.AREA_MAX * chevrons.size
