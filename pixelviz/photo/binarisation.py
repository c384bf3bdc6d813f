"""Paper -> ink: is the ink light or dark, which points are ink, and how dark are they."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pixelviz.arrays import PIXEL_MAX, Grey, Ink, Mask
from pixelviz.photo import connected_components

SMALL_PX = 200
"""The size at which light and dark strokes are compared, at most, in points."""

NEAR_PX, FAR_PX = 15, 49
"""The sides of the neighbourhoods that say how bright the paper is at each point, at that size."""

PREVAILS = 2.0
"""Strokes of one kind prevail if they have so many times the contrast of the other."""

FILLS = 5
"""The pen is a thick one if the large neighbourhood shows so many times the contrast."""

CONTRAST_MIN = 0.07
"""Ink absorbs at least this share of the light."""

LOW, HIGH = 0.3, 0.75
"""Up to LOW × the darkness of the ink a point is paper, from HIGH × that on it is full ink."""

CORE = 0.6
"""Each stroke reaches this share of the ink's darkness somewhere."""


def is_light_on_dark(grey: Grey, mask: Mask) -> bool:
    """Return whether the ink is brighter than the paper, as on a board or a dark screen.

    The paper's brightness is the median of a neighbourhood, which keeps the straight edge of a
    shadow. The points that differ from it most are ink. The strokes of a thick pen fill a small
    neighbourhood, so a large one decides where the small one does not.

    Args:
        grey: (H, W) uint8, the paper.
        mask: (H, W) bool, which points are paper.
    """
    filled = np.where(mask, grey, np.uint8(np.median(grey[mask])))
    small = Image.fromarray(filled).reduce(math.ceil(max(grey.shape) / SMALL_PX))
    near = _contrasts(small, small.filter(ImageFilter.MedianFilter(NEAR_PX)))
    half = small.reduce(2)  # a quarter of the points
    far = 4 * _contrasts(half, half.filter(ImageFilter.MedianFilter(FAR_PX // 4 * 2 + 1)))
    is_thick = far.max() > FILLS * near.max() and far.max() > PREVAILS * far.min()
    decides = far if is_thick or near.max() < PREVAILS * near.min() else near
    return bool(decides[0] > decides[1])


def _contrasts(points: Image.Image, paper: Image.Image) -> NDArray[np.float64]:
    """Return how much is brighter than the paper, and how much darker, (2,).

    The largest differences count by far the most.
    """
    # A ratio, not a difference, so that white on black counts as much as black on white.
    ratio = np.log(
        (np.asarray(points).astype(np.float32) + 10) / (np.asarray(paper).astype(np.float32) + 10)
    )
    cubes = ratio**3
    return np.array([cubes[cubes > 0].sum(), -cubes[cubes < 0].sum()], np.float64)


def to_ink(flat: Grey) -> Ink:
    """Return how much ink there is at each point of evenly lit paper.

    The thresholds adapt to the paper's noise and to the ink's darkness. Between them the edges of
    the strokes stay soft. Of the connected components only those are kept that are dark enough
    somewhere (hysteresis thresholding).

    Args:
        flat: (H, W) uint8, dark ink on white paper.

    Returns:
        (H, W) uint8, 0 paper, 255 full ink; all 0 where nothing stands out from the texture of the
        paper.
    """
    smooth = Image.fromarray(PIXEL_MAX - flat).filter(ImageFilter.GaussianBlur(1))
    absorbed = np.asarray(smooth).astype(np.float32) / PIXEL_MAX  # the share of the light
    sample = absorbed[::3, ::3]
    median = float(np.median(sample))
    # The median absolute deviation is robust: ink covers only a small part of the paper.
    noise = 1.5 * float(np.median(np.abs(sample - median)))
    floor = max(CONTRAST_MIN, median + 5 * noise)
    dark = absorbed[absorbed > floor]
    if not dark.size:
        return np.zeros_like(flat)
    # How much light the ink absorbs: an average in which the darkest points count by far the most.
    full = float((dark**5).sum() / (dark**4).sum())
    low, high = max(floor, LOW * full), HIGH * full
    soft = np.clip((absorbed - low) / max(high - low, 0.01), 0, 1) * PIXEL_MAX
    return _keep_dark_components(np.rint(soft).astype(np.uint8), absorbed >= CORE * full)


def _keep_dark_components(ink: Ink, core: Mask) -> Ink:
    """Return ink without the connected components that have no point in the core."""
    labels = connected_components.label(ink > 0)
    has_core = np.zeros(int(labels.max()) + 1, np.bool_)
    has_core[labels[core]] = True
    has_core[0] = False
    return np.where(has_core[labels], ink, 0).astype(np.uint8)
