"""What a person sees of a photo: its steps, and where the digits lie on the paper."""

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import Grey
from pixelviz.photo import image_file, reading
from pixelviz.photo.reading import Reading
from tests.drawings import SEVEN, drawn
from tests.paper_kinds import own_hand, worksheet
from tests.photographs import CONDITIONS, file_of, photo_of, smaller

SCAN = image_file.decode(photo_of("472", smaller(CONDITIONS["scan"]), seed=4))


def read(grey: Grey, *, turns: int = 0) -> Reading:
    photo = reading.read(file_of(grey), turns=turns)
    assert isinstance(photo, Reading)
    return photo


def test_all_ink_lies_where_the_digits_are_said_to_be() -> None:
    photo = read(SCAN)
    assert len(photo.digits) == photo.digits_found == 3
    height, width = photo.marked.shape
    rest = photo.marked.astype(int)
    for digit in photo.digits:
        top, left = round(digit.top * height), round(digit.left * width)
        bottom, right = top + round(digit.height * height), left + round(digit.width * width)
        inside = rest[top:bottom, left:right]
        assert inside.min() < 100 < np.median(photo.marked)
        rest[top - 2 : bottom + 2, left - 2 : right + 2] = 255
    assert rest.min() > 100


@pytest.mark.parametrize(("lies", "turns"), [(0, 0), (0, 4), (1, 0), (1, 1), (2, 2), (3, 3)])
def test_a_photo_is_turned_by_itself_or_as_it_is_said(lies: int, turns: int) -> None:
    upright, turned = read(SCAN), read(np.rot90(SCAN, lies), turns=turns)
    assert turned.turns == (turns or lies)
    assert np.array_equal(turned.grey, upright.grey)
    assert np.array_equal(turned.digits[0].ink, upright.digits[0].ink)


def test_a_large_digit_is_kept_small_and_looks_the_same() -> None:
    seven = np.kron(255 - drawn(SEVEN), np.ones((4, 4))).astype(np.uint8)  # 1,120 points high
    (large,), (small,) = read(seven).digits, read(seven[::2, ::2]).digits
    assert max(large.imported.shape) <= reading.DIGIT_PX_MAX
    assert np.corrcoef(large.ink.ravel(), small.ink.ravel())[0, 1] > 0.98
    assert np.array_equal(large.grid, raster.to_grid(large.ink))


def test_a_page_of_sums_gives_more_digits_than_fit_on_a_screen_and_takes_little_memory() -> None:
    photo = read(image_file.decode(worksheet(np.random.default_rng(1), own_hand, dpi=240).file))
    assert len(photo.digits) == photo.digits_found >= 60
    assert sum(digit.imported.nbytes for digit in photo.digits) < 500_000
