"""A photo of digits on paper -> their ink, step by step.

The sheet is cut out of the grey picture, the light evened, and what is left is ink or paper. Each
digit's ink then goes the way of a drawing: `raster.to_grid(digit.ink)`.
"""

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from pixelviz.arrays import PIXEL_MAX, SIDE, Grey, Grid, Ink, Mask, expect_grey
from pixelviz.photo import connected_components, detection, paper
from pixelviz.photo.detection import Digit
from pixelviz.photo.paper import Sheet

SHORTEST_PX = 500
"""A smaller picture is enlarged to at least this longest side, so that edges are soft."""

FAINTEST = 0.07
"""Ink takes at least this share of the light away."""

PALE = 0.3
"""What is paler than this share of the ink is paper."""

FULL = 0.75
"""What is as dark as this share of the ink is full ink."""

CORE = 0.6
"""Somewhere each stroke is at least as dark as this share of the ink."""


@dataclass(frozen=True)
class Photo:
    """The way of a photo to ink, step by step.

    Attributes:
        grey: (H, W) uint8, as it came: upright, grey, 0 black, 255 white.
        sheet: Where the paper lies in it; None where all of it is paper.
        paper: (h, w) uint8, the paper alone.
        is_light_on_dark: Whether the ink is brighter than the paper.
        light: (h, w) uint8, how the light falls on the paper, had it no ink; of the negative where
            the ink is brighter.
        flat: (h, w) uint8, the paper under even light, dark ink on white.
        clean: (h, w) uint8, the same without ruled lines or squares.
        ink: (h, w) uint8, 0 paper, 255 full ink.
        digits: The digits found, from left to right, line by line.
    """

    grey: Grey
    sheet: Sheet | None
    paper: Grey
    is_light_on_dark: bool
    light: Grey
    flat: Grey
    clean: Grey
    ink: Ink
    digits: tuple[Digit, ...]


def as_grid(grey: Grey) -> Grid | None:
    """Return a picture of exactly 28×28 as the grid itself: it needs no steps.

    MNIST's pictures come out as they went in; those with dark ink on light paper are inverted.
    Which one it is, the edge says: a digit hardly ever touches it.

    Args:
        grey: (H, W) uint8, 0 black, 255 white.

    Returns:
        (28, 28) uint8, 0 paper, 255 full ink; None for a picture of any other size.

    Raises:
        ArrayError: The picture is not (H, W) uint8 with at least one point.
    """
    expect_grey(grey)
    if grey.shape != (SIDE, SIDE):
        return None
    edge = np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])
    is_paper_light = float(np.median(edge)) > PIXEL_MAX / 2
    return PIXEL_MAX - grey if is_paper_light else grey.copy()


def develop(grey: Grey) -> Photo:
    """Return the way of a photo to ink, with each step and all digits that are on it.

    Args:
        grey: (H, W) uint8, 0 black, 255 white, as `photo_file.decode` returns it.

    Raises:
        ArrayError: The picture is not (H, W) uint8 with at least one point.

    Example:
        >>> grey = np.full((300, 400), 200, np.uint8)  # grey paper
        >>> grey[100:200, 100:110] = grey[100:200, 200:210] = 60  # two ones
        >>> [digit.left for digit in develop(grey).digits]
        [199, 399]
    """
    expect_grey(grey)
    enlarged = math.ceil(SHORTEST_PX / max(grey.shape))
    if enlarged > 1:
        size = (grey.shape[1] * enlarged, grey.shape[0] * enlarged)
        grey = np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR))
    sheet = paper.find_sheet(grey)
    mask = (sheet or paper.whole(grey)).mask
    sheet_alone = grey if sheet is None else sheet.crop(grey)
    is_light_on_dark = paper.is_light_on_dark(sheet_alone, mask)
    dark_on_light = PIXEL_MAX - sheet_alone if is_light_on_dark else sheet_alone
    light = paper.light_on(dark_on_light, mask)
    flat = paper.flatten(dark_on_light, light, mask)
    clean = paper.without_lines(flat, mask)
    ink = to_ink(clean)
    digits = detection.find_digits(ink, mask)
    return Photo(grey, sheet, sheet_alone, is_light_on_dark, light, flat, clean, ink, digits)


def to_ink(flat: Grey) -> Ink:
    """Return how much ink lies at each point of evenly lit paper.

    Args:
        flat: (H, W) uint8, dark ink on white paper.

    Returns:
        (H, W) uint8, 0 paper, 255 full ink, soft at the edges; all 0 where nothing stands out from
        the paper's own texture.
    """
    smooth = Image.fromarray(PIXEL_MAX - flat).filter(ImageFilter.GaussianBlur(1))
    taken = np.asarray(smooth).astype(np.float32) / PIXEL_MAX  # the share of the light
    sample = taken[::3, ::3]
    middle = float(np.median(sample))
    noise = 1.5 * float(np.median(np.abs(sample - middle)))  # robust: ink is a small part of it
    floor = max(FAINTEST, middle + 5 * noise)
    inked = taken[taken > floor]
    if not inked.size:
        return np.zeros_like(flat)
    # How much ink takes away: an average in which the darkest points count by far the most.
    full = float((inked**5).sum() / (inked**4).sum())
    low, high = max(floor, PALE * full), FULL * full
    soft = np.clip((taken - low) / max(high - low, 0.01), 0, 1) * PIXEL_MAX
    return _with_a_core(np.rint(soft).astype(np.uint8), taken >= CORE * full)


def _with_a_core(ink: Ink, core: Mask) -> Ink:
    """Return only those pieces of ink that are dark enough somewhere."""
    runs = connected_components.runs_of(ink > 0)
    if not runs.row.size:
        return ink
    piece = connected_components.piece_of_each(runs)
    numbers = connected_components.numbered(runs, piece, ink.shape)
    dark = np.zeros(int(piece.max()) + 2, np.bool_)
    dark[numbers[core]] = True
    dark[0] = False
    return np.where(dark[numbers], ink, 0).astype(np.uint8)
