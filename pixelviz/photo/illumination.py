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

PEN_WIDTH_MAX = 0.04
"""The widest stroke of an ordinary pen, as such a share."""

SHADOW_MIN, SHADOW_MAX = 0.85, 0.35
"""What is wider than that reflects less light than the first share, or it is no matter; and more
than the second, or it is ink."""


def estimate(grey: Grey, mask: Mask) -> Grey:
    """Return how bright the paper would be without its ink: the illumination.

    A morphological closing fills the dark strokes with the paper around them. Shadows are wider
    than any stroke and stay. What is wider than an ordinary pen's stroke may be the shadow of a
    finger, or the stroke of a thick pen: a stroke is darker.

    Args:
        grey: (H, W) uint8, dark ink on light paper.
        mask: (H, W) bool, which points are paper.

    Returns:
        (H, W) uint8.
    """
    light = around_strokes(grey, mask, STROKE_WIDTH_MAX)
    narrow = around_strokes(grey, mask, PEN_WIDTH_MAX)
    reflected = narrow.astype(np.float32) / np.maximum(light, 1)
    wide = reflected[reflected < SHADOW_MIN]
    is_shadow = wide.size and float(np.quantile(wide, 0.1)) >= SHADOW_MAX
    return narrow if is_shadow else light


def around_strokes(grey: Grey, mask: Mask, stroke_width: float) -> Grey:
    """Return the brightness of the paper around strokes that are at most so wide.

    Args:
        grey: (H, W) uint8, dark ink on light paper.
        mask: (H, W) bool, which points are paper.
        stroke_width: As a share of the picture's longest side.

    Returns:
        (H, W) uint8.
    """
    inside = np.where(mask, grey, 0).astype(np.uint8)
    blocks = np.asarray(
        Image.fromarray(inside).reduce(BLOCK_PX).filter(ImageFilter.MedianFilter(3))
    )
    radius = math.ceil(stroke_width * max(grey.shape) / BLOCK_PX / 2)
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
    reflected = grey.astype(np.float32) / np.maximum(illumination, 1)
    return np.where(mask, np.minimum(reflected, 1) * PIXEL_MAX, PIXEL_MAX).astype(np.uint8)
