import numpy as np
import pytest
from PIL import Image, ImageDraw

from pixelviz.arrays import Ink
from pixelviz.data.sample_digits import strokes_of
from pixelviz.photo import frames
from tests.drawings import drawn


def sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (400, 300))
    return image, ImageDraw.Draw(image)


def cleaned(ink: Ink) -> tuple[Ink, int]:
    flat, boxes, dashes = frames.remove(255 - ink, ink)
    return 255 - flat, len(boxes) + dashes


@pytest.mark.parametrize("slope", [-0.08, 0.0, 0.08])
def test_a_box_is_removed_and_the_digit_in_it_stays(slope: float) -> None:
    image, pen = sheet()
    corners = [(100, 60), (260, 60 + 160 * slope), (260, 240 + 160 * slope), (100, 240)]
    pen.line([*corners, corners[0]], 255, 3)
    box = np.asarray(image)
    pen.line([(180, 110), (180, 190)], 255, 8)
    left, count = cleaned(np.asarray(image))
    assert count == 1
    assert np.array_equal(left > 0, (np.asarray(image) > 0) & (box == 0))


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_is_no_frame(digit: int) -> None:
    ink = drawn(strokes_of(digit))
    left, count = cleaned(ink)
    assert count == 0
    assert np.array_equal(left, ink)


def test_the_lines_of_a_table_are_removed() -> None:
    image, pen = sheet()
    for x in (40, 140, 240, 340):
        pen.line([(x, 40), (x, 260)], 255, 2)
    for y in (40, 150, 260):
        pen.line([(40, y), (340, y)], 255, 2)
    left, count = cleaned(np.asarray(image))
    assert count == 1
    assert (left > 0).sum() < 20


def test_a_dashed_line_is_removed_but_ones_below_each_other_stay() -> None:
    image, pen = sheet()
    for x in range(50, 350, 24):
        pen.line([(x, 80), (x + 10, 80)], 255, 2)
    dashes = np.asarray(image)
    assert not cleaned(dashes)[0].any()
    image, pen = sheet()
    for y in (20, 120, 220):
        pen.line([(90, y), (90, y + 45)], 255, 5)
    ones = np.asarray(image)
    assert np.array_equal(cleaned(ones)[0], ones)


def test_a_filled_rectangle_is_no_frame() -> None:
    image, pen = sheet()
    pen.rectangle([100, 60, 260, 240], 255)
    assert cleaned(np.asarray(image))[1] == 0


def test_without_ink_there_is_no_frame() -> None:
    assert cleaned(np.zeros((30, 40), np.uint8))[1] == 0
