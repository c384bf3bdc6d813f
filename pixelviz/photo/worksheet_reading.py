"""A photo of a worksheet that was coloured in -> what is asked for, and what was coloured."""

import statistics
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import PIXEL_MAX, Grey, Mask, expect_grey
from pixelviz.errors import PhotoError
from pixelviz.photo import coloured_cells, corner_marks, illumination, paper_light, perspective
from pixelviz.photo.dark_squares import Points
from pixelviz.photo.perspective import SCALE
from pixelviz.worksheet import data_code
from pixelviz.worksheet.kinds import CODE_BITS, KINDS, Kind, Levels
from pixelviz.worksheet.layout import (
    CODE_BOTTOM_PT,
    CODE_LEFT_PT,
    CODE_PT,
    DATA_BOTTOM_PT,
    DATA_HEIGHT_PT,
    DATA_LEFT_PT,
    MARK_PT,
    PAGE_PT,
)

PIXELS_PER_PT_MIN = 0.5
"""The smallest worksheet whose cells can be read: 420 pixels high."""

SHARPNESS_MIN = 0.75
"""So much of the step from black to white there is between the outermost 2 points of a mark and
the paper 2 points from it, at least."""

EDGE_SHARES = (0.0, 0.12, 0.2)
"""What share of its neighbours' darkness a square gets in a blurred photo, tried in turn."""

Brightness = NDArray[np.float64]
"""0 black, 255 white."""

NOT_COVERED = "Put the whole sheet into the photo, flat and with nothing on it, and try again."


@dataclass(frozen=True)
class ColouredWorksheet:
    """What a photo of a worksheet shows.

    Attributes:
        kind_name: Its kind, by its name in KINDS.
        coloured: (side, side) uint8, the level of each cell as it was coloured.
        asked: (side, side) uint8, the levels that are asked for; None if their code was not read.
        page: (842, 595) uint8, the page seen from above, under even light.
    """

    kind_name: str
    coloured: Levels
    asked: Levels | None
    page: Grey


def read(grey: Grey) -> ColouredWorksheet | None:
    """Return what was coloured on a worksheet.

    Args:
        grey: (H, W) uint8, 0 black, 255 white; any way up.

    Returns:
        None where the picture shows no worksheet.

    Raises:
        PhotoError: It shows one that cannot be read.
        ArrayError: The picture is not (H, W) uint8 with at least one point.
    """
    expect_grey(grey)
    marks = corner_marks.find(grey)
    if marks is None:
        return None
    if isinstance(marks, str):
        raise PhotoError(
            "Expected the black marks in the four corners of the worksheet, found three: that at "
            f"the {marks} is missing or covered.",
            NOT_COVERED,
        )
    page = perspective.page_from_above(grey, marks)
    everywhere = np.ones(page.shape, np.bool_)
    flat = illumination.correct(page, paper_light.estimate(page), everywhere)
    said = _read_data(flat)
    if said is None:  # otherwise it is legible, however it looks
        _expect_legible(page, marks)
    name = _kind_name(flat, None if said is None else said[0])
    kind, asked = KINDS[name], None if said is None else said[1]
    darkness, key = coloured_cells.of_table(flat, kind), coloured_cells.of_key(flat, kind)
    coloured = coloured_cells.to_levels(darkness, key, asked)
    return ColouredWorksheet(name, coloured, asked, np.asarray(Image.fromarray(flat).reduce(SCALE)))


def _expect_legible(page: Grey, marks: Points) -> None:
    """Raise a PhotoError for a sheet that is too small or too blurred."""
    scale = float(perspective.scales(marks).min())
    if scale < PIXELS_PER_PT_MIN:
        raise PhotoError(
            f"Expected a worksheet at least {PIXELS_PER_PT_MIN * PAGE_PT[1]:.0f} pixels high in "
            f"the photo, got one of about {scale * PAGE_PT[1]:.0f}.",
            "Move closer, so that the sheet fills the photo.",
        )
    sharpness = statistics.median(_sharpness(page, corner) for corner in (0, 1, 3))
    if sharpness < SHARPNESS_MIN:
        raise PhotoError(
            "Expected a sharp photo of the worksheet, got a blurred one.",
            "Hold the camera still, wait until it has focused, and take the photo in more light.",
        )


def _sharpness(page: Grey, corner: int) -> float:
    """Return how much of the step from black to white there is at the edges of a mark, 0 to 1."""
    x, y = perspective.MARK_CENTRES_PT[corner].tolist()
    black = _mean(page, x - 3, y - 3, 6, 6)
    within, beyond, white = (_rim(page, x, y, MARK_PT / 2 + outwards) for outwards in (-2, 2, 5))
    return (beyond - within) / max(1.0, white - black)


def _rim(page: Grey, x: float, y: float, reach: float) -> float:
    """Return how bright a page is so far above, below, left and right of a point."""
    above_and_below = [_mean(page, x - 4, y + sign * reach - 0.5, 8, 1) for sign in (-1, 1)]
    beside = [_mean(page, x + sign * reach - 0.5, y - 4, 1, 8) for sign in (-1, 1)]
    return statistics.fmean(above_and_below + beside)


def _mean(page: Grey, left: float, top: float, width: float, height: float) -> float:
    """Return the mean of a rectangle of a page, in points from its upper left corner."""
    rows = slice(round(SCALE * top), round(SCALE * (top + height)))
    columns = slice(round(SCALE * left), round(SCALE * (left + width)))
    return float(page[rows, columns].mean())


def _read_data(flat: Grey) -> tuple[Kind, Levels] | None:
    """Return what the squares at the lower edge say, if they can be read."""
    for size in data_code.SIZES:
        brightness = _squares(flat, size)
        for share in EDGE_SHARES:
            said = data_code.decode(_is_black(brightness, share), size)
            if said is not None:
                return said
    return None


def _squares(flat: Grey, size: data_code.Size) -> Brightness:
    """Return how bright the middle of each square is, (rows, columns)."""
    side = SCALE * data_code.side_pt((size.rows, size.columns))
    left = SCALE * DATA_LEFT_PT
    top = SCALE * (PAGE_PT[1] - DATA_BOTTOM_PT - DATA_HEIGHT_PT)
    part = Image.fromarray(flat).resize(
        (3 * size.columns, 3 * size.rows),
        Image.Resampling.BOX,
        box=(left, top, left + size.columns * side, top + size.rows * side),
    )
    parts = np.asarray(part, np.float64).reshape(size.rows, 3, size.columns, 3)
    weights = np.array([1, 2, 1]) / 4
    return np.asarray(np.einsum("ricj,i,j->rc", parts, weights, weights))


def _is_black(brightness: Brightness, edge_share: float) -> Mask:
    """Return which squares are black, after taking away what their neighbours lend them."""
    padded = np.pad(brightness, 1, mode="edge")
    beside = (padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]) / 4
    sharp = brightness + 4 * edge_share * (brightness - beside)
    low, high = np.percentile(sharp, (10, 90))
    return np.asarray(sharp < (low + high) / 2)


def _kind_name(flat: Grey, said: Kind | None) -> str:
    """Return the kind's name as the code at the upper edge says it, or else the data.

    Raises:
        PhotoError: Neither can be read.
    """
    top = PAGE_PT[1] - CODE_BOTTOM_PT - CODE_PT
    code = tuple(
        _mean(flat, CODE_LEFT_PT + 2 * CODE_PT * index + 1.5, top + 1.5, CODE_PT - 3, CODE_PT - 3)
        < PIXEL_MAX / 2
        for index in range(CODE_BITS)
    )
    for name, kind in KINDS.items():
        if kind is said or (said is None and kind.code == code):
            return name
    raise PhotoError(
        "Expected the worksheet's code, black squares beside the mark at the top left, found none "
        "that is known.",
        NOT_COVERED,
    )
