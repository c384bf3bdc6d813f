from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pixelviz import raster
from pixelviz.arrays import Ink
from pixelviz.data.sample_digits import Stroke, strokes_of
from pixelviz.errors import ArrayError
from pixelviz.photo import segmentation

CROSSED_SEVEN: tuple[Stroke, ...] = (*strokes_of(7), ((0.40, 0.52), (0.66, 0.50)))
BROKEN_FIVE: tuple[Stroke, ...] = (
    ((0.42, 0.26), (0.68, 0.26)),
    ((0.40, 0.40), (0.62, 0.48), (0.60, 0.76), (0.36, 0.78)),
)


def written(
    digits: Sequence[tuple[Stroke, ...]], *, gap_px: int = 30, only: int | None = None
) -> Ink:
    """Return digits 100 px high side by side on paper of 150 × 640, or one of them in its place."""
    image = Image.new("L", (640, 150))
    pen = ImageDraw.Draw(image)
    left, pen_px = 20, 12
    for number, strokes in enumerate(digits):
        points = np.concatenate([np.array(stroke) for stroke in strokes])
        low, high = points.min(axis=0), points.max(axis=0)
        scale = 100 / (high[1] - low[1])
        for stroke in strokes if only in (None, number) else ():
            way = [tuple(point) for point in (np.array(stroke) - low) * scale + (left, 25)]
            pen.line(way, fill=255, width=pen_px, joint="curve")
            for x, y in way:
                pen.circle((x, y), pen_px / 2, fill=255)
        left += round((high[0] - low[0]) * scale) + gap_px
    return np.asarray(image)


@pytest.mark.parametrize("digits", ["94103", "00000", "11111", "57468", "1234", "123456", "7"])
def test_digits_that_stand_apart_are_split_from_left_to_right(digits: str) -> None:
    strokes = [strokes_of(int(digit)) for digit in digits]
    parts = segmentation.split(written(strokes, gap_px=22))
    assert len(parts) == len(digits)
    for number, part in enumerate(parts):
        alone = written(strokes, gap_px=22, only=number)
        assert np.array_equal(raster.to_grid(part), raster.to_grid(alone))


@pytest.mark.parametrize("digit", [CROSSED_SEVEN, BROKEN_FIVE], ids=["crossed seven", "five"])
def test_a_digit_of_several_strokes_stays_one(digit: tuple[Stroke, ...]) -> None:
    assert len(segmentation.split(written([digit, strokes_of(0), digit]))) == 3


def test_all_ink_is_in_exactly_one_part() -> None:
    ink = written([strokes_of(digit) for digit in (9, 4, 1, 0, 3)])
    assert sum(int(part.astype(int).sum()) for part in segmentation.split(ink)) == int(
        ink.astype(int).sum()
    )


def test_parts_put_together_where_they_lay_are_the_ink() -> None:
    ink = written([strokes_of(digit) for digit in (9, 4, 1, 0, 3)])
    assert np.array_equal(np.max(segmentation.apart(ink), axis=0), ink)


def test_two_digits_that_touch_are_cut_between_them() -> None:
    ink = written([strokes_of(2), strokes_of(3), strokes_of(0)], gap_px=30)
    touching = ink.copy()
    # a stroke that joins the first two, as a hasty pen would
    columns = np.flatnonzero(ink.any(axis=0))
    gap = columns[np.flatnonzero(np.diff(columns) > 1)[0]]
    touching[118:126, gap - 12 : gap + 30] = 255
    parts = segmentation.split(touching)
    assert len(parts) == 3
    assert abs(parts[0].shape[1] - (gap - columns[0])) < 25


def test_dust_is_no_digit() -> None:
    ink = written([strokes_of(5)]).copy()
    ink[5:8, 600:603] = 255
    assert len(segmentation.split(ink)) == 1


def test_on_empty_paper_there_are_no_digits() -> None:
    assert segmentation.split(np.zeros((150, 640), np.uint8)) == []


def test_paper_full_of_ink_is_not_split_for_ever() -> None:
    assert len(segmentation.split(np.full((150, 640), 255, np.uint8))) < 20


@pytest.mark.parametrize("wrong", [np.zeros(640, np.uint8), np.zeros((150, 640))])
def test_what_is_no_ink_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected ink"):
        segmentation.split(wrong)
