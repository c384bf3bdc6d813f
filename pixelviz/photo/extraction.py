"""A photo of digits on paper -> their ink, step by step.

The sheet is cut out of the grey picture, the light is evened out, printed lines are removed, and
what is left is ink or paper. Each digit's ink then takes the way of a drawing:
`raster.to_grid(digit.ink)`.
"""

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from pixelviz.arrays import PIXEL_MAX, SIDE, Grey, Grid, Ink, expect_grey
from pixelviz.photo import (
    binarisation,
    detection,
    frames,
    illumination,
    paper,
    ruled_lines,
)
from pixelviz.photo.detection import Digit
from pixelviz.photo.paper import Sheet

LONGEST_SIDE_PX_MIN = 500
"""A smaller picture is enlarged to at least this longest side, so that edges are soft."""


@dataclass(frozen=True)
class Extraction:
    """The steps from a photo to the ink of its digits.

    Attributes:
        grey: (H, W) uint8, the photo, enlarged if it was small: 0 black, 255 white.
        sheet: Where the paper lies in it; None where the photo shows nothing but paper.
        paper: (h, w) uint8, the photo cropped to the sheet.
        is_light_on_dark: Whether the ink is brighter than the paper; the steps after this one work
            on the negative then.
        illumination: (h, w) uint8, how bright the paper would be without ink.
        flat: (h, w) uint8, the paper under even light, dark ink on white.
        clean: (h, w) uint8, the same without printed lines.
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
    grey = _enlarge(grey)
    sheet = paper.find_sheet(grey)
    mask = np.ones(grey.shape, np.bool_) if sheet is None else sheet.mask
    cropped = grey if sheet is None else sheet.crop(grey)
    is_light_on_dark = binarisation.is_light_on_dark(cropped, mask)
    dark_on_light = PIXEL_MAX - cropped if is_light_on_dark else cropped
    light = illumination.estimate(dark_on_light, mask)
    flat = illumination.correct(dark_on_light, light, mask)
    clean = ruled_lines.remove(flat, mask)
    with_frames = binarisation.to_ink(clean)
    ink = frames.remove(with_frames)
    digits = detection.find_digits(ink, mask, is_form=ink is not with_frames)
    return Extraction(grey, sheet, cropped, is_light_on_dark, light, flat, clean, ink, digits)


def _enlarge(grey: Grey) -> Grey:
    times = math.ceil(LONGEST_SIDE_PX_MIN / max(grey.shape))
    if times == 1:
        return grey
    size = (grey.shape[1] * times, grey.shape[0] * times)
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR))
