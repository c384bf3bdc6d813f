"""A photo of digits on paper -> their ink, step by step.

The sheet is cut out of the grey picture, the light is evened out, frames and printed lines are
removed, and what is left is ink or paper. Where that shows no large digit, small ones are looked
for in the same steps, in a picture of more points in which anything wide is a shadow. Each digit's
ink then takes the way of a drawing: `raster.to_grid(digit.ink)`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import PIXEL_MAX, SIDE, Grey, Grid, Ink, expect_grey
from pixelviz.photo import (
    binarisation,
    detection,
    empty_form,
    frames,
    illumination,
    morphology,
    paper,
    ruled_lines,
)
from pixelviz.photo.detection import Digit
from pixelviz.photo.paper import Sheet

LONGEST_SIDE_PX_MIN = 500
"""A smaller picture is enlarged to at least this longest side, so that edges are soft."""

COARSE_PX = 1000
"""Large digits are looked for in a picture of at most this longest side."""

LARGE_DIGIT = 0.1
"""From this height on a digit is large, as a share of the paper's longest side."""

SMALL_DIGIT = 0.0085
"""The lowest small digit, as a share of the paper's longest side."""

SMALL_STROKE_WIDTH_MAX = 0.0125
"""The widest stroke of a small digit, as a share of the picture's longest side. The shadow of a
finger is wider."""

LYING_DIGITS_MIN = 6
"""From so many digits on it shows whether they lie on their sides."""

LYING_WIDTH_MIN = 1.2
"""Then they are so many times as wide as high; upright digits are 0.7 times as wide."""

WORD_WIDTH_MIN = 3.0
"""What is wider is a word."""

LYING_SHARE_MIN = 3.0
"""And they are so many times as many as the upright ones: short words are wide too."""

BLURRED = 0.45
"""A digit that is less than this share as sharp as the sharper ones of a sheet is a shadow."""

FAINT = 0.6
"""A digit that is less than this share as dark as the darkest one shines through the paper."""

SHARPNESS_MIN = 0.5
"""Within two points of its edge ink changes by this share of its darkness; a shadow by less."""


@dataclass(frozen=True)
class Extraction:
    """The steps from a photo to the ink of its digits.

    Attributes:
        grey: (H, W) uint8, the photo, enlarged if it was small, shrunk if its digits are large: 0
            black, 255 white.
        sheet: Where the paper lies in it; None where the photo shows nothing but paper.
        paper: (h, w) uint8, the photo cropped to the sheet.
        is_light_on_dark: Whether the ink is brighter than the paper; the steps after this one work
            on the negative then.
        illumination: (h, w) uint8, how bright the paper would be without ink.
        flat: (h, w) uint8, the paper under even light, dark ink on white.
        clean: (h, w) uint8, the same without frames and printed lines.
        ink: (h, w) uint8, 0 paper, 255 full ink.
        digits: The digits found, line by line, each line from left to right.
    """

    grey: Grey
    sheet: Sheet | None
    paper: Grey
    is_light_on_dark: bool
    illumination: Grey
    flat: Grey
    clean: Grey
    ink: Ink
    digits: tuple[Digit, ...]


def as_grid(grey: Grey) -> Grid | None:
    """Return a picture of exactly 28×28 as the grid itself, which needs no steps.

    MNIST's pictures come out as they went in; dark ink on light paper is inverted. The border says
    which one it is, and what the paper's value is: a digit hardly ever touches it.

    Args:
        grey: (H, W) uint8, 0 black, 255 white.

    Returns:
        (28, 28) uint8, 0 paper, 255 full ink; None for a picture of any other size, and for one
        whose paper is neither black nor white, which needs the steps of a photo.

    Raises:
        ArrayError: The picture is not (H, W) uint8 with at least one point.
    """
    expect_grey(grey)
    if grey.shape != (SIDE, SIDE):
        return None
    border = np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])
    paper_value = float(np.median(border))
    if paper_value not in (0, PIXEL_MAX):
        return None
    return PIXEL_MAX - grey if paper_value else grey.copy()


def extract(grey: Grey) -> Extraction:
    """Return the digits in a photo, with each step on the way to their ink.

    Args:
        grey: (H, W) uint8, 0 black, 255 white, as `image_file.decode` returns it.

    Raises:
        ArrayError: The picture is not (H, W) uint8 with at least one point.

    Example:
        >>> grey = np.full((300, 400), 200, np.uint8)  # grey paper
        >>> grey[100:200, 100:110] = grey[100:200, 200:210] = 60  # two ones
        >>> [digit.left for digit in extract(grey).digits]  # in a picture of 600 × 800
        [199, 399]
    """
    expect_grey(grey)
    enlarged = _enlarge(grey)
    large = _extract(reduce(enlarged), illumination.STROKE_WIDTH_MAX, detection.DIGIT_HEIGHT_MIN)
    if enlarged is not grey or _has_large_digit(large):
        return large  # in a picture as small as that, nothing is smaller
    try:
        small = _extract(grey, SMALL_STROKE_WIDTH_MAX, SMALL_DIGIT)
    except MemoryError:  # the limit of the process that reads photos; large digits took less
        return large
    return small if small.digits else large


def lies_on_side(found: Extraction) -> bool:
    """Return whether the photo was taken with the camera turned: most digits are wider than high.

    On which side it lies, left or right, the shapes of the digits tell only a model.

    Args:
        found: What was found in the photo as it is.
    """
    if len(found.digits) < LYING_DIGITS_MIN:
        return False
    uncut = np.array([digit.uncut for digit in found.digits])
    pieces = np.maximum(1, uncut)  # a word, and a digit on its side, is cut into about so many
    lying, upright = (float((1 / pieces[each]).sum()) for each in _lying_and_upright(uncut))
    return lying > LYING_SHARE_MIN * upright


def _lying_and_upright(uncut: NDArray[np.float64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which digits are wider than high, but no words, and which are not."""
    is_wide = uncut > LYING_WIDTH_MIN
    return is_wide & (uncut <= WORD_WIDTH_MIN), ~is_wide


def _extract(grey: Grey, stroke_width_max: float, height_min: float) -> Extraction:
    """Return the digits in a photo.

    Args:
        grey: (H, W) uint8.
        stroke_width_max: The widest stroke; anything wider is a shadow. As a share of the longest
            side, as is what follows.
        height_min: The lowest digit.
    """
    sheet = paper.find_sheet(grey)
    mask = np.ones(grey.shape, np.bool_) if sheet is None else sheet.mask
    cropped = grey if sheet is None else sheet.crop(grey)
    is_light_on_dark = binarisation.is_light_on_dark(
        cropped, mask, neighbourhood=min(0.5, 3 * stroke_width_max)
    )
    dark_on_light = PIXEL_MAX - cropped if is_light_on_dark else cropped
    light = illumination.estimate(dark_on_light, mask, stroke_width_max=stroke_width_max)
    flat = illumination.correct(dark_on_light, light, mask)
    unframed, framed, dashes = frames.remove(flat, binarisation.to_ink(flat))
    clean = ruled_lines.remove(unframed, mask)
    ink = binarisation.to_ink(clean)
    is_form = len(framed) > 0 or dashes > 0
    digits = detection.find_digits(ink, mask, is_form=is_form, height_min=height_min)
    digits = () if empty_form.is_empty(framed, digits) else _without_faint(digits, flat)
    return Extraction(grey, sheet, cropped, is_light_on_dark, light, flat, clean, ink, digits)


def _has_large_digit(found: Extraction) -> bool:
    """Return whether there is a large digit with sharp edges, no shadow."""
    lowest_px = LARGE_DIGIT * max(found.paper.shape)
    large = [digit for digit in found.digits if digit.height >= lowest_px]
    return any(share >= SHARPNESS_MIN for share in _sharpness(large, found.flat))


def _without_faint(digits: tuple[Digit, ...], flat: Grey) -> tuple[Digit, ...]:
    """Return digits without those that are far fainter or far more blurred than the others.

    What shines through the paper is faint, what is left of a shadow is blurred.
    """
    if len(digits) < 2:
        return digits
    sharpness, darkness = np.array(_sharpness(digits, flat)), np.array(_darkness(digits, flat))
    is_sharp = sharpness >= BLURRED * np.percentile(sharpness, 75)
    kept = is_sharp & (darkness >= FAINT * darkness[is_sharp].max())
    return tuple(digit for digit, keep in zip(digits, kept.tolist(), strict=True) if keep)


def _darkness(digits: Sequence[Digit], flat: Grey) -> list[float]:
    """Return how dark the ink of each digit is on evenly lit paper, the median, 0 to 255."""
    return [
        PIXEL_MAX - float(np.median(_own(digit, flat)[digit.written > PIXEL_MAX / 2]))
        if (digit.written > PIXEL_MAX / 2).any()
        else 0.0
        for digit in digits
    ]


def _own(digit: Digit, flat: Grey) -> Grey:
    """Return the rectangle of the paper on which a digit lies."""
    return flat[digit.top : digit.top + digit.height, digit.left : digit.left + digit.width]


def _sharpness(digits: Sequence[Digit], flat: Grey) -> list[float]:
    """Return by which share of its darkness each digit's ink changes within two points of its edge.

    Args:
        digits: The digits.
        flat: (H, W) uint8, the paper they are on, under even light.
    """
    shares = []
    for digit, darkness in zip(digits, _darkness(digits, flat), strict=True):
        around = np.pad(_own(digit, flat), 2, mode="edge")
        steps = (morphology.dilation(around, 2) - morphology.erosion(around, 2))[2:-2, 2:-2]
        is_ink = digit.written > 0
        edge = is_ink & ~morphology.erosion(is_ink, 2)
        shares.append(float(np.median(steps[edge])) / max(1.0, darkness) if edge.any() else 1.0)
    return shares


def reduce(grey: Grey) -> Grey:
    """Return a picture at most 1000 points high and wide."""
    share = COARSE_PX / max(grey.shape)
    if share >= 1:
        return grey
    size = max(1, round(grey.shape[1] * share)), max(1, round(grey.shape[0] * share))
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BOX))


def _enlarge(grey: Grey) -> Grey:
    times = math.ceil(LONGEST_SIDE_PX_MIN / max(grey.shape))
    if times == 1:
        return grey
    size = (grey.shape[1] * times, grey.shape[0] * times)
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR))
