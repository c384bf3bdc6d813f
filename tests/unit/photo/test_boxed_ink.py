"""In a box that a person drew, the ink is found whatever else is on the paper."""

import numpy as np
import pytest

from pixelviz.errors import PhotoError
from pixelviz.photo import boxed_ink
from pixelviz.photo.boxed_ink import Box

HEIGHT, WIDTH = 400, 600


def paper() -> np.ndarray:
    """Return white paper with a faint bar, next to a black block."""
    clean = np.full((HEIGHT, WIDTH), 250, np.uint8)
    clean[100:160, 200:212] = 215  # too faint for thresholds that are those of the block
    clean[50:300, 300:500] = 0
    return clean


def test_faint_ink_is_found_at_its_place() -> None:
    digit = boxed_ink.find(paper(), Box(0.2, 0.25, 0.3, 0.2))  # rows 80 to 200, columns 150 to 270
    assert digit.top == pytest.approx(100, abs=3)
    assert digit.left == pytest.approx(200, abs=3)
    assert digit.height == pytest.approx(60, abs=6)
    assert digit.width == pytest.approx(12, abs=6)


def test_what_reaches_in_from_outside_is_left_out() -> None:
    clean = paper()
    clean[100:160, 200:212] = 0
    digit = boxed_ink.find(clean, Box(0.2, 0.25, 0.3, 0.3))  # up to column 330, into the block
    assert digit.left + digit.width < 300


def test_ink_that_fills_the_box_is_the_digit() -> None:
    clean = np.full((HEIGHT, WIDTH), 250, np.uint8)
    clean[:, 290:310] = 0  # from the upper edge to the lower one
    assert boxed_ink.find(clean, Box(0.1, 0.4, 0.5, 0.2)).width == pytest.approx(20, abs=4)


def test_a_box_at_the_edge_of_the_paper_stays_on_it() -> None:
    clean = np.full((HEIGHT, WIDTH), 250, np.uint8)
    clean[370:390, 570:580] = 0
    digit = boxed_ink.find(clean, Box(0.9, 0.9, 0.1, 0.1))
    assert digit.top == pytest.approx(370, abs=3)


@pytest.mark.parametrize(
    ("box", "problem"),
    [
        (Box(0.6, 0.05, 0.2, 0.2), "found no ink that stands out"),
        (Box(0.3, 0.3, 0.01, 0.3), "hardly larger than a dot"),
        (Box(1, 1, 0, 0), "hardly larger than a dot"),
    ],
)
def test_a_box_without_ink_or_without_room_gets_a_message(box: Box, problem: str) -> None:
    with pytest.raises(PhotoError, match=problem):
        boxed_ink.find(paper(), box)
