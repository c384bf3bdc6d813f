"""A grey picture of paper -> the paper alone, under even light.

A photo shows three things at once: where the paper lies, how the light falls on it, and the ink.
Each function here takes one of them off.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from pixelviz.arrays import PIXEL_MAX, Grey, Mask, expect_grey
from pixelviz.photo import connected_components

SMALL_PX = 100
"""The sheet is looked for in a picture of about this size: what is written hardly shows there."""

SHEET = (0.15, 0.97)
"""A sheet covers at least and at most this share of the picture."""

WRITTEN = 0.3
"""Ink covers at most this share of a sheet; a 0 drawn with a thick pen is no sheet."""

CONVEX = 0.9
"""A sheet fills at least this share of the smallest convex shape around it."""

ON_THE_EDGE = 0.75
"""At most this share of the picture's edge lies on the sheet; else there is nothing to crop."""

BESIDE = 0.1
"""At most this share of what lies just beside a sheet looks like it."""

SHARP = 0.55
"""A sheet ends within two points, by this share of its contrast; a shadow or a vignette fades."""

CONTRAST = 25
"""So many levels of grey lie between a sheet and its table at least."""

BLOCK_PX = 8
"""The light is measured in blocks of so many points."""

STROKE = 0.17
"""Strokes are at most this share of the picture's longest side wide; what is wider is shade."""

LINE_PX = 8
"""A printed line is at most about so many points thick."""

PALEST_LINE = 10
"""A printed line takes at least so many levels of light away; a paler one does no harm."""

LINES = 3
"""So many lines are a pattern; one or two may be the bars of a digit."""

LINE_COVER = 0.5
"""A line shows on at least this share of its length, in three of four parts of the paper."""

OVER_LINE = 1.6
"""What is so many times as dark as a line is ink that lies on it."""

PARTS = 8
"""Into so many parts from left to right a line is cut to see whether it goes all the way."""


@dataclass(frozen=True)
class Sheet:
    """Where the paper lies in a picture.

    Attributes:
        top: First row of the sheet, in the picture's pixels.
        left: First such column.
        mask: (h, w) bool, which points of that rectangle are paper.
    """

    top: int
    left: int
    mask: Mask

    def crop(self, grey: Grey) -> Grey:
        """Return the rectangle of a picture in which the sheet lies, (h, w) uint8."""
        height, width = self.mask.shape
        return grey[self.top : self.top + height, self.left : self.left + width]


def whole(grey: Grey) -> Sheet:
    """Return the whole picture as a sheet."""
    return Sheet(0, 0, np.ones(grey.shape, np.bool_))


def find_sheet(grey: Grey) -> Sheet | None:
    """Return where a sheet of paper lies on a table, a board on a wall, a screen on a desk.

    It is one piece, brighter than what lies around it or darker, hardly bent inwards anywhere, and
    ends sharply.

    Args:
        grey: (H, W) uint8.

    Returns:
        The sheet, a little within its edges; None where the whole picture is paper.

    Raises:
        ArrayError: The picture is not (H, W) uint8 with at least one point.
    """
    expect_grey(grey)
    scale = math.ceil(max(grey.shape) / SMALL_PX)
    small = np.asarray(Image.fromarray(grey).reduce(scale)).astype(np.float32)
    level = _threshold(small)
    # Where a shadow lies on the sheet, the second-best level may be the one that parts the table.
    levels = [level, *(_threshold(part) for part in (small[small <= level], small[small > level]))]
    candidates = [mask for each in levels for mask in (small > each, small <= each)]
    hulls = [hull for mask in candidates if (hull := _sheet_in(mask, small)) is not None]
    if not hulls:
        return None
    inside = _eroded(max(hulls, key=lambda hull: int(hull.sum())), 2)
    mask = inside.repeat(scale, axis=0).repeat(scale, axis=1)[: grey.shape[0], : grey.shape[1]]
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    top, left = int(rows[0]), int(columns[0])
    return Sheet(top, left, mask[top : rows[-1] + 1, left : columns[-1] + 1])


def is_light_on_dark(grey: Grey, mask: Mask) -> bool:
    """Return whether the ink is brighter than the paper, as on a board or a dark screen.

    What is paper is the median of a wide neighbourhood. What differs from it most is ink: the sum
    of the cubes says on which side.

    Args:
        grey: (H, W) uint8, the paper.
        mask: (H, W) bool, which points are paper.
    """
    filled = np.where(mask, grey, np.uint8(np.median(grey[mask])))
    scale = math.ceil(max(grey.shape) / 250)
    small = Image.fromarray(filled).reduce(scale)
    coarse = small.reduce(max(1, max(small.size) // 50)).filter(ImageFilter.MedianFilter(25))
    paper = np.asarray(coarse.resize(small.size, Image.Resampling.BILINEAR)).astype(np.float32)
    # A ratio, not a difference, so that white on black weighs as much as black on white.
    ratio = np.log((np.asarray(small).astype(np.float32) + 10) / (paper + 10))
    return float((ratio**3).sum()) > 0


def light_on(grey: Grey, mask: Mask) -> Grey:
    """Return how bright the paper would be without its ink: the light that falls on it.

    Dark strokes are closed: first the brightest block of each neighbourhood spreads, then it is
    taken back by as much. Shade that is wider than any stroke stays.

    Args:
        grey: (H, W) uint8, dark ink on light paper.
        mask: (H, W) bool, which points are paper.

    Returns:
        (H, W) uint8.
    """
    inside = np.where(mask, grey, 0).astype(np.uint8)
    blocks = np.asarray(
        Image.fromarray(inside).reduce(BLOCK_PX).filter(ImageFilter.MedianFilter(3))
    )
    reach = math.ceil(STROKE * max(grey.shape) / BLOCK_PX / 2)
    closed = PIXEL_MAX - _widest(PIXEL_MAX - _widest(blocks, reach), reach)
    light = Image.fromarray(closed).filter(ImageFilter.BoxBlur(2))
    height, width = (side * BLOCK_PX for side in closed.shape)
    smooth = np.asarray(light.resize((width, height), Image.Resampling.BILINEAR))
    return smooth[: grey.shape[0], : grey.shape[1]]


def flatten(grey: Grey, light: Grey, mask: Mask) -> Grey:
    """Return the paper as it would look under even light: paper 255, everything beside it too.

    Args:
        grey: (H, W) uint8, dark ink on light paper.
        light: (H, W) uint8, how bright the paper is.
        mask: (H, W) bool, which points are paper.

    Returns:
        (H, W) uint8.
    """
    share = grey.astype(np.float32) / np.maximum(light, 1)
    return np.where(mask, np.minimum(share, 1) * PIXEL_MAX, PIXEL_MAX).astype(np.uint8)


def without_lines(flat: Grey, mask: Mask) -> Grey:
    """Return evenly lit paper without what is printed on it: ruled lines, or squares.

    A line is thin, runs across most of the paper and has others beside it; the lines may be turned
    by up to 8° and fan out, as they do in a photo. Where a line is taken off, ink stays that is
    much darker than the line, or has ink just above it or below: a stroke that crosses a line is
    whole, one that lies on it and is neither darker nor wider is lost.

    Args:
        flat: (H, W) uint8, dark ink on white paper.
        mask: (H, W) bool, which points are paper.

    Returns:
        (H, W) uint8.
    """
    level = _without_level_lines(flat, mask)
    upright = _without_level_lines(np.ascontiguousarray(level.T), np.ascontiguousarray(mask.T))
    return np.ascontiguousarray(upright.T)


def _without_level_lines(flat: Grey, mask: Mask) -> Grey:
    """Return paper without its lines from left to right."""
    height, width = flat.shape
    taken = np.asarray(Image.fromarray(PIXEL_MAX - flat).filter(ImageFilter.BoxBlur(1)))
    # Opened downwards, what is thin goes; the difference is all that is thin.
    opened = PIXEL_MAX - _widest(PIXEL_MAX - taken, LINE_PX // 2, axes=(0,))
    thin = taken - np.minimum(_widest(opened, LINE_PX // 2, axes=(0,)), taken)
    lined = (thin > max(PALEST_LINE, 3 * float(np.median(thin)))) & mask
    rows, columns = np.nonzero(lined)
    if len(rows) < LINES * LINE_COVER * width:
        return flat
    some = slice(None, None, max(1, len(rows) // 6000))
    slope, fan = _direction(rows[some], columns[some], flat.shape)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    start = _starts(down, across, slope, fan, flat.shape)  # (H, W): where its line is, halfway
    part = np.minimum(np.arange(width) * PARTS // width, PARTS - 1)
    place = start * PARTS + part
    size = (int(start.max()) + 1) * PARTS
    counted = np.bincount(place[lined], minlength=size).reshape(-1, PARTS)
    whole = np.bincount(place[mask], minlength=size).reshape(-1, PARTS)
    near = np.maximum(counted, np.maximum(_moved(counted, 1), _moved(counted, -1)))
    is_there = (near >= LINE_COVER * whole) & (whole > 0)
    is_line = is_there.sum(axis=1) >= np.maximum(0.75 * (whole > 0).sum(axis=1), PARTS / 2)
    bands = connected_components.runs_of(is_line[np.newaxis])
    kept = bands.end - bands.start <= LINE_PX + 4
    if kept.sum() < LINES:
        return flat
    above, below = np.zeros(len(is_line), np.intp), np.zeros(len(is_line), np.intp)
    for first, end in zip(bands.start[kept] - 1, bands.end[kept] + 1, strict=True):
        band = np.arange(max(first, 0), min(end, len(is_line)))
        above[band], below[band] = band - first + 1, end - band
    darkness = np.bincount(start[lined], weights=taken[lined], minlength=len(is_line))
    darkest = OVER_LINE * darkness / np.maximum(counted.sum(axis=1), 1)  # of each line, with ink
    row, column = np.nonzero(
        (above > 0)[start] & (taken <= np.maximum(darkest, PALEST_LINE)[start])
    )
    over = flat[np.maximum(row - above[start[row, column]], 0), column]
    under = flat[np.minimum(row + below[start[row, column]], height - 1), column]
    cleaned = flat.copy()
    cleaned[row, column] = np.maximum(flat[row, column], np.minimum(over, under))
    return cleaned


def _direction(
    rows: NDArray[np.intp], columns: NDArray[np.intp], shape: tuple[int, ...]
) -> tuple[float, float]:
    """Return how steep lines are, and how much steeper further down, where points line up best."""
    best = (0.0, 0.0)
    down, across = rows.astype(np.float32), columns.astype(np.float32)
    for step, reach, bin_px in ((0.02, 0.14, 6), (0.005, 0.02, 2), (0.00125, 0.005, 1)):
        steps = np.arange(-reach, reach + step / 2, step)
        candidates = [
            (best[0] + slope, best[1] + fan)
            for slope in steps
            for fan in steps
            if abs(best[1] + fan) <= 0.14
        ]
        scores = []
        for slope, fan in candidates:
            starts = _starts(down, across, slope, fan, shape) // bin_px
            scores.append(float((np.bincount(starts).astype(np.float64) ** 2).sum()))
        best = candidates[int(np.argmax(scores))]
    return best


def _starts(
    down: NDArray[np.float32],
    across: NDArray[np.float32],
    slope: float,
    fan: float,
    shape: tuple[int, ...],
) -> NDArray[np.intp]:
    """Return at which row, from 0, the line through each point crosses the paper's middle."""
    steepness = slope + fan * (down / shape[0] - 0.5)
    margin = math.ceil((abs(slope) + abs(fan)) * shape[1] / 2)
    return np.rint(down - steepness * (across - shape[1] / 2) + margin).astype(np.intp)


def _moved(counted: NDArray[np.intp], by: int) -> NDArray[np.intp]:
    """Return counts moved by a row."""
    return np.roll(counted, by, axis=0)


def _threshold(small: NDArray[np.float32]) -> float:
    """Return the level that parts a picture best into dark and bright (Otsu 1979)."""
    if not small.size:
        return 0.0
    counts = np.bincount(small.astype(np.uint8).ravel(), minlength=PIXEL_MAX + 1).astype(float)
    below = counts.cumsum()
    sums = (counts * np.arange(len(counts))).cumsum()
    above = below[-1] - below
    means = sums / np.maximum(below, 1), (sums[-1] - sums) / np.maximum(above, 1)
    return float((below * above * (means[1] - means[0]) ** 2).argmax())


def _sheet_in(candidate: Mask, small: NDArray[np.float32]) -> Mask | None:
    """Return the convex shape of the sheet if the largest piece of a mask is one."""
    piece = _largest(candidate)
    share = piece.mean()
    edge = np.concatenate([piece[0], piece[-1], piece[:, 0], piece[:, -1]])
    if not SHEET[0] <= share <= SHEET[1] or edge.mean() > ON_THE_EDGE:
        return None
    hull = _hull(piece)
    if (
        piece.sum() < (1 - WRITTEN) * hull.sum()
        or (hull & ~_holeless(piece)).sum() > (1 - CONVEX) * hull.sum()
    ):
        return None
    if hull.all() or (~hull).sum() > CONVEX * _hull(~hull).sum():
        return None  # one straight edge, as of a shadow across the paper: nothing to tell it by
    inside, outside = hull & ~_eroded(hull, 2), ~hull & ~_eroded(~hull, 2)
    apart = abs(float(np.median(small[hull])) - float(np.median(small[~hull])))
    step = abs(float(np.median(small[inside])) - float(np.median(small[outside])))
    if apart < CONTRAST or step < SHARP * apart:
        return None
    beside = _eroded(~hull, 1) & ~_eroded(~hull, 3)
    alike = np.abs(small[beside] - np.median(small[hull])) < apart / 2
    # Where it goes on beyond its edge, a stroke has cut it in two, or it only fades.
    return None if alike.size and alike.mean() > BESIDE else hull


def _largest(mask: Mask) -> Mask:
    """Return the largest piece of a mask."""
    runs = connected_components.runs_of(mask)
    if not runs.row.size:
        return np.zeros_like(mask)
    piece = connected_components.piece_of_each(runs)
    points = np.bincount(piece, weights=runs.end - runs.start)
    return np.asarray(connected_components.numbered(runs, piece, mask.shape) == points.argmax() + 1)


def _holeless(mask: Mask) -> Mask:
    """Return a mask with its holes filled: all that cannot be reached from the picture's edge."""
    around = np.pad(~mask, 1, constant_values=True)
    runs = connected_components.runs_of(around)
    numbers = connected_components.numbered(
        runs, connected_components.piece_of_each(runs), around.shape
    )
    return np.asarray(numbers != numbers[0, 0])[1:-1, 1:-1]


def _hull(mask: Mask) -> Mask:
    """Return the smallest convex shape around a mask."""
    rows = np.flatnonzero(mask.any(axis=1))
    lefts = mask[rows].argmax(axis=1)
    rights = mask.shape[1] - 1 - mask[rows, ::-1].argmax(axis=1)
    points = list(zip(lefts.tolist(), rows.tolist(), strict=True))
    others = list(zip(rights.tolist(), rows.tolist(), strict=True))
    corners = [*_chain(points, 1), *reversed(_chain(others, -1))]
    image = Image.new("1", (mask.shape[1], mask.shape[0]))
    ImageDraw.Draw(image).polygon(corners, fill=1, outline=1)
    return np.asarray(image) | mask


def _chain(points: list[tuple[int, int]], side: int) -> list[tuple[int, int]]:
    """Return those points, from top to bottom, that no other lies further out than."""
    chain: list[tuple[int, int]] = []
    for x, y in points:
        while len(chain) > 1:
            (x0, y0), (x1, y1) = chain[-2:]
            if side * ((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) < 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain


def _eroded(mask: Mask, by: int) -> Mask:
    """Return a mask without what lies within some points of its edge, the picture's own aside."""
    outside = (~mask).astype(np.uint8)
    return np.asarray(_widest(outside, by) == 0)


def _widest(values: Grey, reach: int, axes: tuple[int, ...] = (0, 1)) -> Grey:
    """Return at each point the largest value of the square that reaches so far around it."""
    for axis in axes:
        pad = [(reach, reach) if each == axis else (0, 0) for each in (0, 1)]
        padded = np.pad(values, pad)
        length, width = values.shape[axis], 1
        # The largest of 1, 2, 4, … neighbours, each from the two halves before.
        while 2 * width <= 2 * reach + 1:
            padded = _larger(padded, width, axis)
            width *= 2
        padded = _larger(padded, 2 * reach + 1 - width, axis)
        values = padded[:length] if axis == 0 else padded[:, :length]
    return values


def _larger(values: Grey, by: int, axis: int) -> Grey:
    """Return the larger of each value and the one that lies some places further."""
    if not by:
        return values
    if axis == 0:
        return np.maximum(values[:-by], values[by:])
    return np.maximum(values[:, :-by], values[:, by:])
