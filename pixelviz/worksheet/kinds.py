"""The kinds of worksheets, for pupils of different ages: their cells, their numbers, their shades.

What a pupil can colour is a shade, not a number. So a cell has a level, the position of its shade
in the key: 0 for the paper. There are two to five of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixelviz import levels
from pixelviz.arrays import PIXEL_MAX, SIDE, Grid
from pixelviz.resample import average
from pixelviz.worksheet import layout

STEP = (PIXEL_MAX + 1) // 4
"""How many values share a grey of the key with all integers."""

CODE_BITS = 4
"""How many squares the code of a kind has: three bits for its number, and one more."""

Numbers = NDArray[np.uint8]
"""(side, side): what stands in the cells."""

Levels = NDArray[np.uint8]
"""(side, side): the level of each cell, 0 for paper."""


@dataclass(frozen=True)
class Shade:
    """One line of a key.

    Attributes:
        largest: The largest number that has it; those of the shade before are smaller.
        numbers: The numbers, as the key says them.
        name: What to do with their cells.
        lightness: Its lightness in print, 0 to 1.
    """

    largest: int
    numbers: str
    name: str
    lightness: float

    @property
    def ink(self) -> int:
        """As much ink as it shows, 0 to 255."""
        return round(PIXEL_MAX * (1 - self.lightness))


@dataclass(frozen=True)
class Kind:
    """One kind of worksheet.

    Attributes:
        number: What its code says, 1 to 7.
        title: What the sheet is called.
        explanation: The two lines below the title.
        side: How many rows and columns of cells it has.
        shades: The key, from white to black.
        numbers_of: Returns what stands in the cells for a grid.
    """

    number: int
    title: str
    explanation: tuple[str, str]
    side: int
    shades: tuple[Shade, ...]
    numbers_of: Callable[[Grid], Numbers]

    @property
    def cell_pt(self) -> float:
        """Width and height of a cell."""
        return layout.TABLE_PT / self.side

    @property
    def digits(self) -> int:
        """How many digits the longest number has."""
        return len(str(self.shades[-1].largest))

    @property
    def font_pt(self) -> int:
        """The size of the numbers in the cells."""
        return 8 if self.digits > 1 else 14

    @property
    def code(self) -> tuple[bool, ...]:
        """The squares of its code, True for a black one.

        The first three are the bits of the kind's number, the largest first; the last makes the
        number of black ones even.
        """
        bits = tuple(bool(self.number >> bit & 1) for bit in reversed(range(CODE_BITS - 1)))
        return (*bits, sum(bits) % 2 == 1)

    def shade_of(self, number: int) -> Shade:
        """Return the shade of a number."""
        return next(shade for shade in self.shades if number <= shade.largest)

    @property
    def values(self) -> tuple[int, ...]:
        """One number for each shade: its only number, or the one whose grey is the shade's."""
        before = (-1, *(shade.largest for shade in self.shades))
        return tuple(
            shade.largest if shade.largest == smaller + 1 else shade.ink
            for smaller, shade in zip(before, self.shades, strict=False)
        )

    def levels_of(self, grid: Grid) -> Levels:
        """Return the level of each cell of the sheet for a grid.

        Args:
            grid: (28, 28) uint8.

        Returns:
            (side, side) uint8.
        """
        largest = [shade.largest for shade in self.shades]
        return np.searchsorted(largest, self.numbers_of(grid)).astype(np.uint8)

    def grid_of(self, coloured: Levels) -> Grid:
        """Return the picture that has been coloured, each shade as much ink as it shows.

        Args:
            coloured: (side, side) uint8.

        Returns:
            (28, 28) uint8.
        """
        inks = np.array([shade.ink for shade in self.shades], np.uint8)
        times = SIDE // self.side
        return inks[coloured].repeat(times, axis=0).repeat(times, axis=1)


def bits_of(grid: Grid) -> Numbers:
    """Return a smaller picture of 0 and 1.

    Args:
        grid: (28, 28) uint8.

    Returns:
        (14, 14) uint8: 1 where one of a cell's four pixels has at least half of the picture's
        largest value, so that thin strokes hold together.
    """
    blocks = grid.reshape(SIDE // 2, 2, SIDE // 2, 2).max(axis=(1, 3)).astype(np.int64)
    holds_ink = (blocks > 0) & (2 * blocks >= int(grid.max()))
    return np.where(holds_ink, 1, 0).astype(np.uint8)


def two_bits_of(grid: Grid) -> Numbers:
    """Return a smaller picture in four levels.

    Args:
        grid: (28, 28) uint8.

    Returns:
        (14, 14) uint8, 0 to 3: the average of each cell's four pixels, to the nearest level.
    """
    return levels.numbers(average(grid, SIDE // 2, SIDE // 2), bits=2)


KINDS = {
    "integers": Kind(
        1,
        "Colour a digit by its numbers",
        (
            "To a computer a picture is numbers, one for each pixel: the larger, the more ink.",
            "Colour each cell as the key below says. Then hold the sheet at arm's length.",
        ),
        SIDE,
        (
            Shade(0, "0", "leave it white", 1.0),
            Shade(STEP - 1, f"1 to {STEP - 1}", "light grey", 0.8),
            Shade(2 * STEP - 1, f"{STEP} to {2 * STEP - 1}", "grey", 0.58),
            Shade(3 * STEP - 1, f"{2 * STEP} to {3 * STEP - 1}", "dark grey", 0.33),
            Shade(PIXEL_MAX, f"{3 * STEP} to {PIXEL_MAX}", "black", 0.0),
        ),
        lambda grid: grid,
    ),
    "bits": Kind(
        2,
        "Colour a digit from 0 and 1",
        (
            "In black and white each pixel is one bit: 0 is paper, 1 is ink.",
            "Colour each cell with a 1. Then hold the sheet at arm's length.",
        ),
        SIDE // 2,
        (Shade(0, "0", "leave it white", 1.0), Shade(1, "1", "black", 0.0)),
        bits_of,
    ),
    "four-greys": Kind(
        3,
        "Colour a digit in four greys",
        (
            "With two bits a pixel has one of four levels: 0 is paper, 3 is full ink.",
            "Colour each cell as the key below says. Then hold the sheet at arm's length.",
        ),
        SIDE // 2,
        (
            Shade(0, "0", "leave it white", 1.0),
            Shade(1, "1", "light grey", 0.75),
            Shade(2, "2", "dark grey", 0.4),
            Shade(3, "3", "black", 0.0),
        ),
        two_bits_of,
    ),
}
"""The kinds by their names: all integers with five greys, 0 and 1, four levels of grey."""
