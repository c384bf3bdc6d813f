import numpy as np
import pytest

from pixelviz import raster
from pixelviz.data.sample_digits import Stroke, strokes_of
from pixelviz.errors import ArrayError
from pixelviz.photo import segmentation
from tests.drawings import row_of_digits

CROSSED_SEVEN: tuple[Stroke, ...] = (*strokes_of(7), ((0.40, 0.52), (0.66, 0.50)))
BROKEN_FIVE: tuple[Stroke, ...] = (
    ((0.42, 0.26), (0.68, 0.26)),
    ((0.40, 0.40), (0.62, 0.48), (0.60, 0.76), (0.36, 0.78)),
)


@pytest.mark.parametrize("digits", ["94103", "00000", "11111", "57468", "1234", "123456", "7"])
def test_digits_with_gaps_are_split_from_left_to_right(digits: str) -> None:
    strokes = [strokes_of(int(digit)) for digit in digits]
    parts = segmentation.split(row_of_digits(strokes, gap_px=22))
    assert len(parts) == len(digits)
    for number, part in enumerate(parts):
        alone = row_of_digits(strokes, gap_px=22, only=number)
        assert np.array_equal(raster.to_grid(part), raster.to_grid(alone))


@pytest.mark.parametrize("digit", [CROSSED_SEVEN, BROKEN_FIVE], ids=["crossed seven", "five"])
def test_a_digit_of_several_strokes_stays_one(digit: tuple[Stroke, ...]) -> None:
    assert len(segmentation.split(row_of_digits([digit, strokes_of(0), digit]))) == 3


def test_all_ink_is_in_exactly_one_digit() -> None:
    ink = row_of_digits([strokes_of(digit) for digit in (9, 4, 1, 0, 3)])
    assert sum(int(digit.astype(int).sum()) for digit in segmentation.split(ink)) == int(
        ink.astype(int).sum()
    )


def test_the_segments_overlaid_are_the_ink() -> None:
    ink = row_of_digits([strokes_of(digit) for digit in (9, 4, 1, 0, 3)])
    overlaid = np.zeros_like(ink)
    for left, digit in segmentation.segment(ink):
        place = overlaid[:, left : left + digit.shape[1]]
        np.maximum(place, digit, out=place)
    assert np.array_equal(overlaid, ink)


def test_two_digits_that_touch_are_cut_between_them() -> None:
    ink = row_of_digits([strokes_of(2), strokes_of(3), strokes_of(0)], gap_px=30)
    touching = ink.copy()
    # a stroke that joins the first two, as a hasty pen would
    columns = np.flatnonzero(ink.any(axis=0))
    gap = columns[np.flatnonzero(np.diff(columns) > 1)[0]]
    touching[118:126, gap - 12 : gap + 30] = 255
    parts = segmentation.split(touching)
    assert len(parts) == 3
    assert abs(parts[0].shape[1] - (gap - columns[0])) < 25


def test_a_speck_is_not_a_digit() -> None:
    ink = row_of_digits([strokes_of(5)]).copy()
    ink[5:8, 600:603] = 255
    assert len(segmentation.split(ink)) == 1


def test_empty_paper_has_no_digits() -> None:
    assert segmentation.split(np.zeros((150, 640), np.uint8)) == []


def test_paper_full_of_ink_is_split_a_limited_number_of_times() -> None:
    assert len(segmentation.split(np.full((150, 640), 255, np.uint8))) < 20


@pytest.mark.parametrize("wrong", [np.zeros(640, np.uint8), np.zeros((150, 640))])
def test_an_array_that_is_not_ink_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected ink"):
        segmentation.split(wrong)
