"""A page that is partly coloured -> the light that falls on it, also at the edges of shadows.

`illumination.estimate` fills whatever is coloured with the darkest paper around it. That is enough
to tell what is paper. Where it is not, the light is interpolated from the paper next to it, from
coarse to fine ("pull-push": Gortler and others 1996).
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import Grey, Mask
from pixelviz.photo import illumination
from pixelviz.photo.illumination import BLOCK_PX

PAPER_MIN = 0.93
"""What is less bright than this share of the paper around it is coloured, or printed."""

Values = NDArray[np.float32]


def estimate(grey: Grey) -> Grey:
    """Return how bright a page would be without its ink.

    Args:
        grey: (H, W) uint8, dark ink on light paper.

    Returns:
        (H, W) uint8.
    """
    height, width = grey.shape
    rough = Image.fromarray(illumination.estimate(grey, np.ones(grey.shape, np.bool_)))
    blocks = np.asarray(Image.fromarray(grey).reduce(BLOCK_PX), np.float32)
    is_paper = blocks >= PAPER_MIN * np.asarray(rough.reduce(BLOCK_PX), np.float32)
    filled = Image.fromarray(_filled(blocks, is_paper).astype(np.uint8))
    size = BLOCK_PX * filled.width, BLOCK_PX * filled.height
    return np.asarray(filled.resize(size, Image.Resampling.BILINEAR))[:height, :width]


def _filled(values: Values, known: Mask) -> Values:
    """Return values with those that are not known interpolated from the known ones around them."""
    if known.all() or values.size == 1:
        return values
    odd = [(0, length % 2) for length in values.shape]
    counts, sums = (_of_fours(np.pad(each, odd)) for each in (known * 1.0, known * values))
    coarse = _filled(np.asarray(sums / np.maximum(counts, 1), np.float32), counts > 0)
    height, width = values.shape
    box = (0, 0, width / 2, height / 2)
    finer = Image.fromarray(coarse).resize((width, height), Image.Resampling.BILINEAR, box=box)
    return np.where(known, values, np.asarray(finer))


def _of_fours(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the sums of two by two values each."""
    rows = values[::2] + values[1::2]
    return np.asarray(rows[:, ::2] + rows[:, 1::2])
