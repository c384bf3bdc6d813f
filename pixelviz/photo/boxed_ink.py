"""A box that a person drew on the paper -> the ink of the digit in it.

The person says where the digit is, so nothing is asked of its size, its shape or its neighbours.
"""

from typing import NamedTuple

import numpy as np

from pixelviz.arrays import Grey, Ink
from pixelviz.errors import PhotoError
from pixelviz.ink import crop
from pixelviz.photo import binarisation, connected_components
from pixelviz.photo.detection import Digit

SIDE_MIN_PX = 8
"""The smallest box, in the paper's points."""


class Box(NamedTuple):
    """A part of the paper; all in shares of its height or width, 0 to 1."""

    top: float
    left: float
    height: float
    width: float

    def of(self, picture: Grey) -> tuple[slice, slice]:
        """Return the rows and columns of the box in a picture of the paper."""
        height, width = picture.shape
        return (
            slice(int(self.top * height), int(np.ceil((self.top + self.height) * height))),
            slice(int(self.left * width), int(np.ceil((self.left + self.width) * width))),
        )


def find(clean: Grey, box: Box) -> Digit:
    """Return the digit in a box.

    The thresholds between paper and ink are those of the box alone. What reaches in from outside,
    such as a neighbour or a line of the form, is left out, unless there is nothing else.

    Args:
        clean: (h, w) uint8, the paper under even light, dark ink on white.
        box: Where the digit is.

    Returns:
        All ink in the box, as one digit.

    Raises:
        PhotoError: The box is too small, or has no ink in it that stands out.
    """
    rows, columns = box.of(clean)
    part = clean[rows, columns]
    if min(part.shape) < SIDE_MIN_PX:
        raise PhotoError(
            "Expected a box around a digit, got one that is hardly larger than a dot.",
            "Draw it from one corner to the other, around all of the digit.",
        )
    cropped = crop(_without_neighbours(binarisation.to_ink(part)))
    if cropped is None:
        raise PhotoError(
            "Expected a digit in your box, found no ink that stands out from the paper.",
            "Draw the box around another one, or take the photo from nearer.",
        )
    top, left, ink = cropped
    return Digit(rows.start + top, columns.start + left, ink, ink.shape[1] / len(ink))


def _without_neighbours(ink: Ink) -> Ink:
    """Return the ink that does not reach the border of its box; all of it if there is no other."""
    labels = connected_components.label(ink > 0)
    border = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    inside = np.where(np.isin(labels, border), 0, ink).astype(np.uint8)
    return inside if inside.any() else ink
