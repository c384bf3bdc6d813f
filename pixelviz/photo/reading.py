"""A photo's file -> what a person sees of it: each step as a small picture, and the digits' ink."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PIL import Image

from pixelviz import raster
from pixelviz.arrays import Grey, Grid, Ink
from pixelviz.ink import fit_to_canvas
from pixelviz.photo import boxed_ink, extraction, image_file, worksheet_reading
from pixelviz.photo.boxed_ink import Box
from pixelviz.photo.detection import Digit
from pixelviz.photo.worksheet_reading import ColouredWorksheet

DIGITS_MAX = 100
"""How many digits of one photo are offered at most: a page of sums has 63."""

DIGIT_PX_MAX = 400
"""The longest side of a digit as it is kept, in points: it takes half of that on the canvas."""

THUMBNAIL_PX = (260, 520)
"""The largest width and height of the small pictures of the steps."""

MARKED_PX = (640, 640)
"""The largest width and height of the picture in which the digits are marked."""


@dataclass(frozen=True)
class FoundDigit:
    """A digit in a photo.

    Attributes:
        imported: (h, w) uint8, its ink as it lies on the paper, 0 paper, 255 full ink; at most 400
            points high and wide. Kept in place of the canvas, which takes fifty times the memory.
        top: Where its first row is on the paper, as a share of the paper's height.
        left: Where its first column is, as a share of the paper's width.
        height: Its height, as a share of the paper's.
        width: Its width, as a share of the paper's.
    """

    imported: Ink
    top: float
    left: float
    height: float
    width: float

    @property
    def ink(self) -> Ink:
        """(280, 280) uint8, as it lies on the canvas, 0 paper, 255 full ink."""
        return fit_to_canvas(self.imported)

    @cached_property
    def grid(self) -> Grid:
        """(28, 28) uint8, framed as MNIST's digits are."""
        return raster.to_grid(self.ink)

    @property
    def box(self) -> Box:
        """Where it is on the paper."""
        return Box(self.top, self.left, self.height, self.width)


@dataclass(frozen=True)
class Reading:
    """The steps from a photo to the ink of its digits, small enough to be shown.

    Attributes:
        grey: (h, w) uint8, the photo: 0 black, 255 white.
        paper: (h, w) uint8, the photo cropped to the sheet.
        has_sheet: Whether the photo shows more than the paper.
        is_light_on_dark: Whether the ink is brighter than the paper.
        flat: (h, w) uint8, the paper under even light, dark ink on white.
        ink: (h, w) uint8, 0 paper, 255 full ink.
        marked: (h, w) uint8, the paper, larger, for the digits to be marked in it.
        digits: The digits; the first 100.
        digits_found: How many digits were found.
        turns: By how many quarters the photo was turned to the right before anything else.
        boxed: The digit in the box that the person drew, if one was drawn.
    """

    grey: Grey
    paper: Grey
    has_sheet: bool
    is_light_on_dark: bool
    flat: Grey
    ink: Ink
    marked: Grey
    digits: tuple[FoundDigit, ...]
    digits_found: int
    turns: int = 0
    boxed: FoundDigit | None = None


def read(
    file: bytes, *, turns: int = 0, box: Box | None = None
) -> Grid | Reading | ColouredWorksheet:
    """Return the digits in the file of a photo, with each step on the way to their ink.

    Args:
        file: The bytes of a PNG, JPEG or WebP.
        turns: How many quarters it is turned to the right first. Without any, a photo whose digits
            lie on their sides is turned one quarter. If they are upside down then, it takes three.
        box: Where on the paper the person says that the digit is.

    Returns:
        (28, 28) uint8, the grid itself, for a picture of exactly 28×28 on black or white; what was
        coloured, for a worksheet; else the steps.

    Raises:
        PhotoError: The file is empty, too large, broken, or of another type; it shows a worksheet
            that cannot be read; or there is no ink in the box.
    """
    grey = image_file.decode(file)
    grid = extraction.as_grid(_turned(grey, turns))
    if grid is not None:
        return grid
    worksheet = worksheet_reading.read(extraction.reduce(grey))
    if worksheet is not None:
        return worksheet
    extracted = extraction.extract(_turned(grey, turns))
    if not turns and extraction.lies_on_side(extracted):
        turns = 1
        del extracted  # its memory is needed
        extracted = extraction.extract(_turned(grey, turns))
    return Reading(
        grey=_thumbnail(extracted.grey),
        paper=_thumbnail(extracted.paper),
        has_sheet=extracted.sheet is not None,
        is_light_on_dark=extracted.is_light_on_dark,
        flat=_thumbnail(extracted.flat),
        ink=_thumbnail(extracted.ink),
        marked=_thumbnail(extracted.paper, MARKED_PX),
        digits=tuple(_found(each, extracted.paper) for each in extracted.digits[:DIGITS_MAX]),
        digits_found=len(extracted.digits),
        turns=turns,
        boxed=(
            None if box is None else _found(boxed_ink.find(extracted.clean, box), extracted.paper)
        ),
    )


def _turned(grey: Grey, turns: int) -> Grey:
    """Return a picture turned to the right by some quarters."""
    return np.ascontiguousarray(np.rot90(grey, -turns))


def _found(digit: Digit, paper: Grey) -> FoundDigit:
    height, width = paper.shape
    return FoundDigit(
        _thumbnail(digit.ink, (DIGIT_PX_MAX, DIGIT_PX_MAX)),
        top=digit.top / height,
        left=digit.left / width,
        height=digit.height / height,
        width=digit.width / width,
    )


def _thumbnail(picture: Grey, size: tuple[int, int] = THUMBNAIL_PX) -> Grey:
    image = Image.fromarray(picture)
    image.thumbnail(size)
    return np.asarray(image)
