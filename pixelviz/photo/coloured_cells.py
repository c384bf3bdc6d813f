"""A worksheet's page seen from above, under even light -> how dark each cell is, and its level.

A cell has a printed number, which is ink too, and lines around it: only what is left of it counts.
Of that the average counts, since pupils hatch.
"""

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import PIXEL_MAX, Grey, Mask
from pixelviz.photo.perspective import SCALE
from pixelviz.worksheet.kinds import Kind, Levels
from pixelviz.worksheet.layout import (
    KEY_BOTTOM_PT,
    KEY_PT,
    KEY_STEP_PT,
    LEFT_PT,
    PAGE_PT,
    TABLE_PT,
    TOP_PT,
)

EDGE_PT = 1.7
"""The rim of a cell that does not count: its lines, and what belongs to the next one."""

DIGIT_EM, HEIGHT_EM = 0.556, 0.74
"""How wide and high a digit is, as shares of the font size."""

RIM_PT = 3
"""The rim of a printed shade that does not count."""

CLEAR_PT = 0.8
"""The rim around a number that does not count either."""

CELLS_MIN = 3
"""So many cells of a shade show how dark a pupil makes it."""

STEP_MIN = 0.05
"""So much darker than the one before is each shade of a pupil who keeps them apart."""

COLOURED_MIN = 0.08
"""How dark a cell is, at least, that is coloured at all."""

ROUNDS = 5
"""How often the shades of a pupil are estimated from the cells that have them."""

Darkness = NDArray[np.float64]
"""0 for paper, 1 for what reflects no light at all."""


def of_table(flat: Grey, kind: Kind) -> Darkness:
    """Return how dark each cell of the table is.

    Args:
        flat: (1684, 1190) uint8, the page seen from above, its paper 255.
        kind: The kind of the sheet.

    Returns:
        (side, side) float64.
    """
    table = _part(flat, LEFT_PT, PAGE_PT[1] - TOP_PT, TABLE_PT)
    side, cell_px = kind.side, len(table) // kind.side
    cells = table.reshape(side, cell_px, side, cell_px).transpose(0, 2, 1, 3)
    return np.asarray(1 - cells[..., _free(kind, cell_px)].mean(axis=2) / PIXEL_MAX)


def of_key(flat: Grey, kind: Kind) -> Darkness:
    """Return how dark each printed shade of the key is, (n,) float64; paper is 0."""
    top = PAGE_PT[1] - KEY_BOTTOM_PT - KEY_PT + RIM_PT
    boxes = [
        _part(flat, LEFT_PT + KEY_STEP_PT * index + RIM_PT, top, KEY_PT - 2 * RIM_PT)
        for index in range(len(kind.shades))
    ]
    darkness = np.array([1 - float(box.mean()) / PIXEL_MAX for box in boxes])
    return np.asarray(np.maximum.accumulate(darkness - darkness[0]))


def to_levels(darkness: Darkness, key: Darkness, asked: Levels | None) -> Levels:
    """Return the level of each cell.

    A pencil's black is a felt pen's grey. So each shade is what most cells are like that it is
    asked for in; where that is unknown, or a pupil does not keep the shades apart, it is the
    printed one, as dark as the pupil's pen allows.

    Args:
        darkness: (side, side) float64.
        key: (n,) float64, increasing from 0: the printed shades.
        asked: (side, side) uint8, the levels that are asked for, if they are known.

    Returns:
        (side, side) uint8, 0 for paper to n - 1.
    """
    shades = None if asked is None else _shades_of_asked(darkness, key, asked)
    if shades is None:
        shades = _shades_of_pen(darkness, key)
    limits = (shades[1:] + shades[:-1]) / 2
    return np.searchsorted(limits, darkness.ravel()).reshape(darkness.shape).astype(np.uint8)


def _shades_of_asked(darkness: Darkness, key: Darkness, asked: Levels) -> Darkness | None:
    """Return the medians of the cells that each shade is asked for in; None if they are no key.

    A shade that too few cells are asked to have lies between its neighbours as it does in print.
    """
    known = [level for level in range(len(key)) if (asked == level).sum() >= CELLS_MIN]
    medians = [float(np.median(darkness[asked == level])) for level in known]
    if len(known) < 2 or known[0] != 0 or min(np.diff(medians)) < STEP_MIN:
        return None
    beyond = np.minimum(medians[-1] * key / key[known[-1]], 1)
    shades = np.interp(key, key[known], medians)
    return np.asarray(np.where(key > key[known[-1]], beyond, shades))


def _shades_of_pen(darkness: Darkness, key: Darkness) -> Darkness:
    """Return the printed shades, made as dark as the pen is, then as the cells nearest to them."""
    coloured = darkness[darkness > COLOURED_MIN]
    if not coloured.size:
        return key
    shades = np.asarray(key * min(1.0, float(np.percentile(coloured, 97)) / key[-1]))
    for _ in range(ROUNDS):  # k-means (Lloyd 1982)
        nearest = np.abs(darkness.ravel()[:, np.newaxis] - shades).argmin(axis=1)
        moved = [
            float(np.median(darkness.ravel()[nearest == level]))
            if (nearest == level).sum() >= CELLS_MIN
            else shade
            for level, shade in enumerate(shades)
        ]
        if min(np.diff(moved)) < STEP_MIN:
            break
        shades = np.array(moved)
    return shades


def _part(flat: Grey, left: float, top: float, side: float) -> Grey:
    """Return a square of a page, given in points from its upper left corner."""
    first_row, first_column, length = (round(SCALE * each) for each in (top, left, side))
    return flat[first_row : first_row + length, first_column : first_column + length]


def _free(kind: Kind, cell_px: int) -> Mask:
    """Return which points of a cell have neither its number nor a line, (cell, cell) bool."""
    from_middle = np.abs((np.arange(cell_px) + 0.5) / SCALE - kind.cell_pt / 2)
    width = kind.digits * DIGIT_EM * kind.font_pt / 2 + CLEAR_PT
    height = HEIGHT_EM * kind.font_pt / 2 + CLEAR_PT
    is_number = (from_middle < height)[:, np.newaxis] & (from_middle < width)
    is_inside = from_middle < kind.cell_pt / 2 - EDGE_PT
    return is_inside[:, np.newaxis] & is_inside & ~is_number
