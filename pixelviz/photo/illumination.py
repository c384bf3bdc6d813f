"""Paper -> the light that falls on it, and the paper as it would look under even light."""

import math

import numpy as np
from PIL import Image, ImageFilter

from pixelviz.arrays import PIXEL_MAX, Grey, Mask
from pixelviz.photo import morphology

BLOCK_PX = 8
"""The light is measured in square blocks of this side, in points."""

STROKE_WIDTH_MAX = 0.17
"""The widest stroke, as a share of the picture's longest side; anything wider is a shadow."""

BAND_PIXELS = 200_000
"""About so many points are corrected at a time."""


def estimate(grey: Grey, mask: Mask, *, stroke_width_max: float = STROKE_WIDTH_MAX) -> Grey:
    """Return how bright the paper would be without its ink: the illumination.

    A morphological closing fills the dark strokes with the paper around them. Shadows are wider
    than any stroke and stay.

    Args:
        grey: (H, W) uint8, dark ink on light paper.
        mask: (H, W) bool, which points are paper.
        stroke_width_max: The widest stroke, as a share of the picture's longest side.

    Returns:
        (H, W) uint8.
    """
    inside = np.where(mask, grey, 0).astype(np.uint8)
    blocks = np.asarray(
        Image.fromarray(inside).reduce(BLOCK_PX).filter(ImageFilter.MedianFilter(3))
    )
    radius = math.ceil(stroke_width_max * max(grey.shape) / BLOCK_PX / 2)
    closed = morphology.closing(blocks, radius)
    smooth = Image.fromarray(closed).filter(ImageFilter.BoxBlur(2))
    height, width = (side * BLOCK_PX for side in closed.shape)
    full_size = np.asarray(smooth.resize((width, height), Image.Resampling.BILINEAR))
    return full_size[: grey.shape[0], : grey.shape[1]]


def correct(grey: Grey, illumination: Grey, mask: Mask) -> Grey:
    """Return the paper as it would look under even light (flat-field correction).

    Args:
        grey: (H, W) uint8, dark ink on light paper.
        illumination: (H, W) uint8, how bright the paper is without its ink.
        mask: (H, W) bool, which points are paper.

    Returns:
        (H, W) uint8: paper is 255, and so is everything outside it.
    """
    flat = np.empty_like(grey)
    rows = max(1, BAND_PIXELS // grey.shape[1])
    for top in range(0, len(grey), rows):
        band = slice(top, top + rows)
        reflected = grey[band].astype(np.float32) / np.maximum(illumination[band], 1)
        even = np.minimum(reflected, 1) * PIXEL_MAX
        flat[band] = np.where(mask[band], even, PIXEL_MAX).astype(np.uint8)
    return flat
