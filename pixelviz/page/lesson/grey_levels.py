"""Chapter Grey levels: with more bits a pixel takes levels in between."""

import numpy as np

from pixelviz import levels
from pixelviz.arrays import LENGTH, PIXEL_MAX, Grid
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.figures import Drawing, Figure, show_figures, tell

MOST_LISTED, ENDS = 16, 4
"""How many levels are listed at most; of more, the first and the last few."""


def show(drawing: Drawing) -> None:
    """Show the digit in 1, 2, 4 and 8 bits, and what the models read in each."""
    tell(
        "A grey picture lets each pixel take a **level** between paper and ink. With 2 bits there "
        f"are 4 levels, with 4 bits 16, with 8 bits 256: the integers from 0 to {PIXEL_MAX}. The "
        "soft edges of your digit are such levels in between. Which of the four pictures would be "
        "enough for you, and which is enough for the models?"
    )
    grids = {bits: levels.quantise(drawing.grid, bits=bits) for bits in levels.BITS}
    show_figures(
        [
            Figure(
                grid,
                _title(bits),
                f"{LENGTH} × {bits} = {LENGTH * bits:,} bits. {_occurring(grid, bits)}",
            )
            for bits, grid in grids.items()
        ],
        width_px=240,
    )
    prediction_table.show_for_grids(
        {_title(bits): grid for bits, grid in grids.items()}, prediction_table.models()
    )


def _occurring(grid: Grid, bits: int) -> str:
    """Return which levels a picture has: all of them, or the first and the last of many."""
    levels_there = [str(level) for level in np.unique(grid)]
    if len(levels_there) > MOST_LISTED:
        levels_there = [*levels_there[:ENDS], "…", *levels_there[-ENDS:]]
    return f"{len(np.unique(grid))} of {2**bits} levels occur: {', '.join(levels_there)}"


def _title(bits: int) -> str:
    return f"{bits} bit{'s' if bits > 1 else ''}"
