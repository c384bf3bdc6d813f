"""Chapter Grey levels: with more bits a pixel takes levels in between."""

import numpy as np
import streamlit as st

from pixelviz import levels
from pixelviz.arrays import LENGTH, PIXEL_MAX, SIDE, Grid
from pixelviz.page.lesson import placing, prediction_table
from pixelviz.page.lesson.figures import Drawing, Figure, show_figures, tell

MOST_LISTED, ENDS = 16, 4
"""How many levels are listed at most; of more, the first and the last few."""

THIN_DIGIT = 7
"""The example digit for which one bit is too little, by a very thin pen."""


def show(drawing: Drawing) -> None:
    """Show the digit in 1, 2, 4 and 8 bits, and what the models read in each."""
    tell(
        "In a grey picture a pixel takes a **level** from paper to ink, and each level has a "
        "number. With 1 bit there are 2 levels, 0 and 1; each further bit doubles them, and each "
        "pixel takes the nearest. Which of the four pictures is enough for you? And which is "
        "enough for the page's **models**, programs that have learned from examples to read "
        "digits?"
    )
    placing.offer_thin_digit(THIN_DIGIT)
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
        width_px=200,
    )
    prediction_table.show_for_grids(
        {_title(bits): grid for bits, grid in grids.items()}, prediction_table.models()
    )
    tell(_lost(drawing.grid))
    _show_scales()
    tell(
        f"With 8 bits a pixel is an **unsigned integer**, a whole number that is not below 0, "
        f"from 0 to {PIXEL_MAX}; Python's library numpy calls the type `uint8`. Your picture is an "
        f"array of such integers, of shape ({SIDE}, {SIDE})."
    )


def _lost(grid: Grid) -> str:
    inked, kept = int((grid > 0).sum()), int((levels.quantise(grid, bits=1) > 0).sum())
    return (
        f"With 1 bit, {kept} of the {inked} pixels with ink stay ink, those with a value of 128 or "
        f"more. The other {inked - kept} become paper."
    )


def _show_scales() -> None:
    """Show how the levels of each picture become values from 0 to 255."""
    rows = "".join(
        f"<tr><th scope='row'>{_title(bits)}</th><td>{2**bits}</td><td>0 to {2**bits - 1}</td>"
        f"<td>level × {PIXEL_MAX} ÷ {2**bits - 1}</td><td>{_listed(_values(bits))}</td></tr>"
        for bits in levels.BITS
    )
    st.html(
        "<div class='scroll'><table class='said'><caption>How a level becomes a value</caption>"
        "<thead><tr><td></td><th scope='col'>levels</th><th scope='col'>numbered</th>"
        "<th scope='col'>value shown</th><th scope='col'>so the values are</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _values(bits: int) -> list[int]:
    highest = 2**bits - 1
    return [level * PIXEL_MAX // highest for level in range(highest + 1)]


def _occurring(grid: Grid, bits: int) -> str:
    """Return which values a picture has: all of them, or the first and the last of many."""
    values = np.unique(grid).tolist()
    return f"{len(values)} of {2**bits} values occur: {_listed(values)}"


def _listed(values: list[int]) -> str:
    listed = [str(value) for value in values]
    if len(listed) > MOST_LISTED:
        listed = [*listed[:ENDS], "…", *listed[-ENDS:]]
    return ", ".join(listed)


def _title(bits: int) -> str:
    return f"{bits} bit{'s' if bits > 1 else ''}"
