"""A little handwriting for the tests: the sample digits, as several people's."""

import numpy as np

from pixelviz.data.sample_digits import strokes_of
from pixelviz.training.data import pendigits
from pixelviz.training.data.cross_validation import CONTRIBUTORS
from pixelviz.training.data.pen_characters import Handwriting, PenCharacter

SCALE = 500
"""The size of the tablet on which it was written."""


def written(
    label: str, *, collection: str = pendigits.COLLECTION, writer: object = 1, like: int = 4
) -> PenCharacter:
    """Return a character as somebody wrote it.

    Args:
        label: What it is called.
        collection: Who collected it.
        writer: Who wrote it.
        like: The sample digit whose strokes it has, if the label is no digit.
    """
    strokes = strokes_of(int(label) if label.isdigit() else like)
    scaled = tuple(SCALE * np.array(stroke) for stroke in strokes)
    return PenCharacter(label, collection, str(writer), scaled)


def handwriting(digits: list[PenCharacter]) -> Handwriting:
    """Return digits with two letters by each of UNIPEN's contributors."""
    letters, others = (
        [written(label, collection=contributor) for contributor in CONTRIBUTORS] for label in "AN"
    )
    return Handwriting(digits, letters, others)
