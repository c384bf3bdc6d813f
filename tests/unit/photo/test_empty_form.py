"""Nothing is found on a form that nobody has filled in; all is found once somebody has."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pixelviz.arrays import Grey
from pixelviz.photo import empty_form, extraction
from tests.drawings import SEVEN, drawn

SEVEN_PX = 28


def form(*places: tuple[int, int], frames: int = 6, side: int = 110) -> Grey:
    """Return a sheet with a row of frames, and sevens whose upper left corners are at places."""
    image = Image.new("L", (1000, 700), 250)
    pen = ImageDraw.Draw(image)
    for number in range(frames):
        left = 60 + 150 * number
        pen.rectangle((left, 300, left + side, 300 + side), outline=60, width=3)
    seven = Image.fromarray(255 - drawn(SEVEN)).resize((SEVEN_PX, SEVEN_PX))
    for x, y in places:
        image.paste(seven, (x, y))
    return np.asarray(image)


ABOVE = [(100 + 150 * number, 240) for number in range(4)]


@pytest.mark.parametrize(
    ("grey", "found"),
    [
        (form(*ABOVE), 0),
        (form(*ABOVE, (400, 340)), 5),
        (form(*ABOVE, frames=empty_form.FRAMES_MIN - 1), 4),
        (form(*ABOVE, side=40), 4),
    ],
    ids=["empty", "filled in", "a few frames", "boxes to tick"],
)
def test_what_is_written_beside_frames_counts_unless_they_are_to_be_filled_in_and_empty(
    grey: Grey, found: int
) -> None:
    assert len(extraction.extract(grey).digits) == found
