"""Evenly lit paper -> the same paper without the lines that are printed on it, ruled or squared."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pixelviz.arrays import PIXEL_MAX, Grey, Mask
from pixelviz.photo import connected_components, morphology

LINE_WIDTH_PX = 8
"""The widest printed line, in points."""

CONTRAST_MIN = 10
"""A printed line is at least this many levels of grey darker than the paper; a paler one does no
harm."""

LINES_MIN = 3
"""From this many lines on they are a pattern; one or two may be the bars of a digit."""

COVERAGE_MIN = 0.5
"""A line is visible on at least this share of its length, in three of four sections."""

SECTIONS = 8
"""A line is cut into this many sections, to check that it runs across the paper."""

INK_CONTRAST = 1.6
"""A point on a line that is more than this many times as dark as the line is ink."""

BAND_PIXELS = 200_000
"""About so many points are looked at at a time."""

TILT_MAX = 0.14
"""The steepest line, in rows per column: 8°."""


def remove(flat: Grey, mask: Mask) -> Grey:
    """Return evenly lit paper without its printed lines, ruled or squared.

    A line is thin, runs across most of the paper and has others beside it. The lines may be tilted
    by up to 8° and fan out, as they do in a photo. On a line, a point stays if it is much darker
    than the line or has ink just above and below. So a stroke that crosses a line stays whole; a
    stroke that runs along a line, no darker and no wider than the line, is lost.

    Args:
        flat: (H, W) uint8, dark ink on white paper.
        mask: (H, W) bool, which points are paper.

    Returns:
        (H, W) uint8.
    """
    without_horizontal = _remove_horizontal(flat, mask)
    turned = np.ascontiguousarray(without_horizontal.T), np.ascontiguousarray(mask.T)
    return np.ascontiguousarray(_remove_horizontal(*turned).T)


def _remove_horizontal(flat: Grey, mask: Mask) -> Grey:
    """Return paper without its lines from left to right."""
    height, width = flat.shape
    darkness = np.asarray(Image.fromarray(PIXEL_MAX - flat).filter(ImageFilter.BoxBlur(1)))
    # The top-hat transform along the columns leaves what is thin from top to bottom.
    thin = darkness - morphology.opening(darkness, LINE_WIDTH_PX // 2, axes=(0,))
    on_line = (thin > max(CONTRAST_MIN, 3 * float(np.median(thin)))) & mask
    rows, columns = np.nonzero(on_line)
    if len(rows) < LINES_MIN * COVERAGE_MIN * width:
        return flat
    sample = slice(None, None, max(1, len(rows) // 6000))
    slope, fan = _direction(_points(rows[sample], columns[sample], flat.shape))
    lines = _Lines(slope, fan, flat.shape)
    is_line, line_points, total = _lines_at(lines, on_line, mask, darkness)
    bands = connected_components.find_runs(is_line[np.newaxis])
    is_narrow = bands.end - bands.start <= LINE_WIDTH_PX + 4
    if is_narrow.sum() < LINES_MIN:
        return flat
    above, below = np.zeros(len(is_line), np.intp), np.zeros(len(is_line), np.intp)
    for first, end in zip(bands.start[is_narrow] - 1, bands.end[is_narrow] + 1, strict=True):
        band = np.arange(max(first, 0), min(end, len(is_line)))
        above[band], below[band] = band - first + 1, end - band
    darkest = INK_CONTRAST * total / np.maximum(line_points, 1)  # of each line; darker is ink
    darkest = np.maximum(darkest, CONTRAST_MIN)
    cleaned = flat.copy()
    for rows_in_band in _bands(flat.shape):
        crossing = lines.crossing(rows_in_band)
        is_printed = (above > 0)[crossing] & (darkness[rows_in_band] <= darkest[crossing])
        down, across = np.nonzero(is_printed)
        line = crossing[down, across]
        down += rows_in_band.start
        over = flat[np.maximum(down - above[line], 0), across]
        under = flat[np.minimum(down + below[line], height - 1), across]
        cleaned[down, across] = np.maximum(flat[down, across], np.minimum(over, under))
    return cleaned


def _bands(shape: tuple[int, ...]) -> list[slice]:
    """Return the rows of a picture in bands, since a number for each point takes 8 bytes."""
    rows = max(1, BAND_PIXELS // shape[1])
    return [slice(top, min(top + rows, shape[0])) for top in range(0, shape[0], rows)]


class _Lines(NamedTuple):
    """The direction of the lines, see `_direction`, in a picture of a shape."""

    slope: float
    fan: float
    shape: tuple[int, ...]

    def crossing(self, rows: slice) -> NDArray[np.intp]:
        """Return at which row the line through each point of some rows crosses the middle."""
        row = np.arange(rows.start, rows.stop)[:, np.newaxis]
        column = np.arange(self.shape[1])[np.newaxis]
        return _crossings(_points(row, column, self.shape), self.slope, self.fan)


def _lines_at(
    lines: _Lines, on_line: Mask, mask: Mask, darkness: Grey
) -> tuple[NDArray[np.bool_], NDArray[np.intp], NDArray[np.float64]]:
    """Return where a line runs across the paper, its points, the sum of their darkness.

    Args:
        lines: Their direction.
        on_line: (H, W) bool, which points look like a part of a line.
        mask: (H, W) bool, which points are paper.
        darkness: (H, W) uint8, 0 white.
    """
    height, width = on_line.shape
    section = np.minimum(np.arange(width) * SECTIONS // width, SECTIONS - 1)
    crossings_max = height + 2 * math.ceil((abs(lines.slope) + abs(lines.fan)) * width / 2) + 2
    found, paper = np.zeros((2, crossings_max * SECTIONS), np.intp)
    total = np.zeros(crossings_max)
    for rows in _bands(on_line.shape):
        crossing = lines.crossing(rows)
        bins = crossing * SECTIONS + section
        found += np.bincount(bins[on_line[rows]], minlength=len(found))
        paper += np.bincount(bins[mask[rows]], minlength=len(paper))
        weights = darkness[rows][on_line[rows]]
        total += np.bincount(crossing[on_line[rows]], weights=weights, minlength=len(total))
    found, paper = found.reshape(-1, SECTIONS), paper.reshape(-1, SECTIONS)
    # A line may lie between two crossings, so each section counts with its neighbours.
    near = np.maximum(found, np.maximum(np.roll(found, 1, axis=0), np.roll(found, -1, axis=0)))
    is_covered = (near >= COVERAGE_MIN * paper) & (paper > 0)
    needed = np.maximum(0.75 * (paper > 0).sum(axis=1), SECTIONS / 2)
    return is_covered.sum(axis=1) >= needed, found.sum(axis=1), total


class _Points(NamedTuple):
    """Points of the paper, measured from its middle; rows and columns are broadcast.

    Attributes:
        row: The row of each point.
        below: How far it is below the middle row, as a share of the height, -0.5 to 0.5.
        right: How far it is to the right of the middle column, in pixels.
        width: The paper's width, in pixels.
    """

    row: NDArray[np.float64]
    below: NDArray[np.float64]
    right: NDArray[np.float64]
    width: int


def _points(rows: NDArray[np.intp], columns: NDArray[np.intp], shape: tuple[int, ...]) -> _Points:
    height, width = shape
    below = rows.astype(np.float32) / height - 0.5
    right = columns.astype(np.float64) - width / 2
    return _Points(rows.astype(np.float64), below.astype(np.float64), right, width)


def _direction(points: _Points) -> tuple[float, float]:
    """Return the direction in which points line up best, by a search from coarse to fine.

    Returns:
        The slope of the lines at half the paper's height, in rows per column, and the fan: how much
        steeper they are at the bottom than at the top.
    """
    best = (0.0, 0.0)
    for step, reach, bin_px in ((0.02, TILT_MAX, 6), (0.005, 0.02, 2), (0.00125, 0.005, 1)):
        steps = np.arange(-reach, reach + step / 2, step).tolist()
        candidates = [
            (best[0] + slope, best[1] + fan)
            for slope in steps
            for fan in steps
            if abs(best[1] + fan) <= TILT_MAX
        ]
        scores = []
        for slope, fan in candidates:
            crossings = _crossings(points, slope, fan)
            counts = np.bincount(crossings if bin_px == 1 else crossings // bin_px)
            scores.append(int(counts @ counts))
        best = candidates[int(np.argmax(scores))]
    return best


def _crossings(points: _Points, slope: float, fan: float) -> NDArray[np.intp]:
    """Return at which row, counted from 0, the line through each point crosses the middle column.

    Args:
        points: The points.
        slope: Rows per column of the lines at half the paper's height.
        fan: How much steeper the lines are at the bottom than at the top.
    """
    # In place, as this runs some 800 times for each photo, and new arrays would take longer.
    crossings = (slope + fan * points.below) * points.right
    np.subtract(points.row, crossings, out=crossings)
    crossings += math.ceil((abs(slope) + abs(fan)) * points.width / 2)
    return np.rint(crossings, out=crossings).astype(np.intp)
