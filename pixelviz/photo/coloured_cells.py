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

TOLERANCE = 0.65
"""A cell that is so far from the shade asked for on the way to the next one still counts as right:
nobody hatches evenly, and a photo's light is not even either."""

DARKEST_PERCENT = 97
"""Where it is not known which cells should be black, so many percent are less dark than a black."""

PEN_SHARE_MIN = 0.5
"""Any pen makes black cells at least so dark, as a share of printed black."""

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

    A pencil's black is a felt pen's grey. So the shades are the printed ones, as dark as the pen
    allows, and then each is what the cells nearest to it are like (k-means: Lloyd 1982).

    Args:
        darkness: (side, side) float64.
        key: (n,) float64, increasing from 0: the printed shades.
        asked: (side, side) uint8, the levels that are asked for, if they are known: they tell which
            cells should show how dark the pen is, and decide where a cell is between two shades.

    Returns:
        (side, side) uint8, 0 for paper to n - 1.
    """
    cells = darkness.ravel()
    shades = np.asarray(key * _pen_share(darkness, key, asked))
    for _ in range(ROUNDS):
        nearest = np.abs(cells[:, np.newaxis] - shades).argmin(axis=1)
        moved = [
            float(np.median(cells[nearest == level])) if (nearest == level).sum() >= CELLS_MIN
            else shade
            for level, shade in enumerate(shades)
        ]  # fmt: skip
        if min(np.diff(moved)) < STEP_MIN:
            break
        shades = np.array(moved)
    between = np.interp(darkness, shades, np.arange(len(shades)))  # 1.5: halfway from 1 to 2
    levels = np.floor(between + 0.5)
    if asked is not None:
        levels = np.where(np.abs(between - asked) < TOLERANCE, asked, levels)
    return np.asarray(levels, np.uint8)


def _pen_share(darkness: Darkness, key: Darkness, asked: Levels | None) -> float:
    """Return how dark the darkest cells are, as a share of printed black; 1 if none is coloured."""
    dark = darkness if asked is None else darkness[asked == len(key) - 1]
    coloured = dark[dark > COLOURED_MIN]
    if not coloured.size:
        return 1.0
    percent = DARKEST_PERCENT if asked is None else 50
    return float(np.clip(np.percentile(coloured, percent) / key[-1], PEN_SHARE_MIN, 1))


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
