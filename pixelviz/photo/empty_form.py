"""The frames of a form, and the marks found on it -> whether anybody has filled it in.

A form's printed numbers look like digits. Where there are boxes to write in, and none of them has
anything in it, they are no one's handwriting.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pixelviz.photo.detection import Digit

FRAMES_MIN = 4
"""Fewer frames on a sheet are not what it is for: a stamp, a picture, a name's box."""

FRAME_HEIGHT_MIN = 2.5
"""A frame to write in is at least so many times as high as what is printed beside it: a box to tick
is not."""


def is_empty(frames: NDArray[np.intp], digits: Sequence[Digit]) -> bool:
    """Return whether a sheet is a form with boxes to write in, and all of them are empty.

    Args:
        frames: (n, 4) intp, the top, left, bottom and right of each frame on the paper.
        digits: What was found on it.

    Example:
        >>> from pixelviz.photo.detection import Digit
        >>> seven = np.full((20, 12), 255, np.uint8)
        >>> frames = np.array([[50, left, 110, left + 60] for left in (0, 100, 200, 300)])
        >>> is_empty(frames, [Digit(20, 24, seven, 0.6)])  # above the first frame
        True
        >>> is_empty(frames, [Digit(20, 24, seven, 0.6), Digit(70, 230, seven, 0.6)])
        False
    """
    if len(frames) < FRAMES_MIN or not digits:
        return False
    heights = [digit.height for digit in digits]
    if np.median(frames[:, 2] - frames[:, 0]) < FRAME_HEIGHT_MIN * np.median(heights):
        return False
    return not any(_is_in_one(frames, digit) for digit in digits)


def _is_in_one(frames: NDArray[np.intp], digit: Digit) -> bool:
    """Return whether the middle of a digit lies in a frame."""
    row, column = digit.top + digit.height / 2, digit.left + digit.width / 2
    top, left, bottom, right = frames.T
    return bool(((top < row) & (row < bottom) & (left < column) & (column < right)).any())
