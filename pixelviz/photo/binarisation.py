"""Paper -> ink: is the ink light or dark, which points are ink, and how dark are they."""

import math

import numpy as np
from PIL import Image, ImageFilter

from pixelviz.arrays import PIXEL_MAX, Grey, Ink, Mask
from pixelviz.photo import connected_components

CONTRAST_MIN = 0.07
"""Ink absorbs at least this share of the light."""

LOW, HIGH = 0.3, 0.75
"""Up to LOW × the darkness of the ink a point is paper, from HIGH × that on it is full ink."""

CORE = 0.6
"""Each stroke reaches this share of the ink's darkness somewhere."""

CORE_SHARE_MIN = 0.08
"""And does so on this share of its points. Print that shines through reaches it here and there."""

RUNS_MAX = 200_000
"""At most so many runs are ink. A page full of text has 50,000."""


def is_light_on_dark(grey: Grey, mask: Mask, *, neighbourhood: float = 0.5) -> bool:
    """Return whether the ink is brighter than the paper, as on a board or a dark screen.

    The paper's brightness is the median of a neighbourhood, wider than any stroke. The points that
    differ from it most are ink, and the sum of the cubed differences says whether they are brighter
    or darker.

    Args:
        grey: (H, W) uint8, the paper.
        mask: (H, W) bool, which points are paper.
        neighbourhood: How wide it is, as a share of the picture's longest side, 0.1 to 0.5.
    """
    filled = np.where(mask, grey, np.uint8(np.median(grey[mask])))
    scale = math.ceil(max(grey.shape) / 250)
    small = Image.fromarray(filled).reduce(scale)
    coarse = small.reduce(max(1, round(neighbourhood * max(small.size) / 25))).filter(
        ImageFilter.MedianFilter(25)
    )
    paper = np.asarray(coarse.resize(small.size, Image.Resampling.BILINEAR)).astype(np.float32)
    # A ratio, not a difference, so that white on black counts as much as black on white.
    ratio = np.log((np.asarray(small).astype(np.float32) + 10) / (paper + 10))
    return float((ratio**3).sum()) > 0


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
    blurred = Image.fromarray(PIXEL_MAX - flat).filter(ImageFilter.GaussianBlur(1))
    smooth = np.asarray(blurred)
    sample = smooth[::3, ::3].astype(np.float32) / PIXEL_MAX  # the share of the light
    median = float(np.median(sample))
    # The median absolute deviation is robust: ink covers only a small part of the paper.
    noise = 1.5 * float(np.median(np.abs(sample - median)))
    floor = max(CONTRAST_MIN, median + 5 * noise)
    absorbed = np.arange(PIXEL_MAX + 1) / PIXEL_MAX  # by level
    weights = np.where(absorbed > floor, blurred.histogram(), 0)
    if not weights.any():
        return np.zeros_like(flat)
    # How much light the ink absorbs: an average in which the darkest points count by far the most.
    full = float((weights * absorbed**5).sum() / (weights * absorbed**4).sum())
    low, high = max(floor, LOW * full), HIGH * full
    soft = np.clip((absorbed - low) / max(high - low, 0.01), 0, 1) * PIXEL_MAX
    ink = np.asarray(blurred.point(np.rint(soft).astype(int).tolist()))
    return _keep_dark_components(ink, smooth >= CORE * full * PIXEL_MAX)


def _keep_dark_components(ink: Ink, core: Mask) -> Ink:
    """Return ink without the connected components that have too few points in the core.

    All ink is dropped where it is in too many pieces, as the texture of cloth or noise is.
    """
    runs = connected_components.find_runs(ink > 0)
    if not runs.row.size or runs.row.size > RUNS_MAX:
        return np.zeros_like(ink)
    labels = connected_components.label_runs(runs)
    points = np.bincount(labels, weights=runs.end - runs.start)
    in_core = connected_components.count_points(runs, core & (ink > 0))
    core_points = np.bincount(labels, weights=in_core)
    has_core = (core_points > 0) & (core_points >= CORE_SHARE_MIN * points)
    kept = connected_components.Runs(*(part[has_core[labels]] for part in runs))
    whole = (0, 0, *ink.shape)
    return np.where(connected_components.mask_in(kept, whole), ink, 0).astype(np.uint8)
