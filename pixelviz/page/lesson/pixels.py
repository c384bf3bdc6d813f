"""Chapter Pixels: a black-and-white picture is a grid of 0s and 1s."""

import numpy as np
import streamlit as st

from pixelviz import levels, raster
from pixelviz.arrays import LENGTH, PIXEL_MAX, SIDE, Grid
from pixelviz.page import state
from pixelviz.page.lesson.figures import BLUE, ORANGE, Drawing, Figure, on_black, show_figures, tell

SMALLEST_SIDE = 5
START_SIDE = 10
START_THRESHOLD = 128
BIN = 16
"""How many neighbouring values share one bar of the histogram."""


def show(drawing: Drawing) -> None:
    """Show the digit as 0s and 1s, the histogram, and the smallest picture that still reads."""
    tell(
        "Look closely at any picture on a screen and you find **pixels**: a grid of points. In a "
        "black-and-white picture each one is either 0, paper, or 1, ink. Each such choice is one "
        "**bit**, so this picture needs as many bits as it has pixels."
    )
    bits_side, histogram_side, small_side = st.columns([1.3, 1, 1], gap="medium")
    with bits_side:
        threshold = st.slider(
            "Threshold: values from here up count as ink",
            1,
            PIXEL_MAX,
            START_THRESHOLD,
            key=state.THRESHOLD,
        )
        bits = levels.black_and_white(drawing.grid, threshold=threshold)
        st.html(_zeros_and_ones(bits))
        ones = int(bits.sum())
        st.caption(
            f"{SIDE} × {SIDE} = {LENGTH} pixels, one bit each: {LENGTH} bits. "
            f"{ones} are 1, {LENGTH - ones} are 0."
        )
    with histogram_side:
        st.markdown("**Where the threshold cuts**")
        st.vega_lite_chart(_histogram(drawing.grid, threshold), width="stretch")
        st.caption("How many pixels have which value. Paper, value 0, is left out.")
    with small_side:
        side = st.slider(
            "The same digit in fewer pixels: rows and columns",
            SMALLEST_SIDE,
            SIDE,
            START_SIDE,
            key=state.SMALL_SIDE,
        )
        small = raster.shrink(drawing.ink, side=side)
        show_figures(
            [
                Figure(
                    on_black(small >= threshold),
                    f"{side} × {side} pixels",
                    f"{side * side} bits. How small can it get before you cannot read it?",
                )
            ],
            width_px=270,
        )


def _zeros_and_ones(bits: Grid) -> str:
    lines = ("".join(f"<b>{bit}</b>" if bit else "0" for bit in row) for row in bits)
    pixels = "<br>".join(lines)
    return (
        "<div class='bits-paper'>"
        f"<pre class='bits' role='img' aria-label='The digit as 0s and 1s'>{pixels}</pre></div>"
    )


def _histogram(grid: Grid, threshold: int) -> dict[str, object]:
    counts, edges = np.histogram(grid[grid > 0], bins=np.arange(0, PIXEL_MAX + 2, BIN))
    bars = [
        {"from": int(start), "to": int(end), "pixels": int(count)}
        for count, start, end in zip(counts, edges[:-1], edges[1:], strict=True)
    ]
    value = {"title": "value of the pixel", "scale": {"domain": [0, PIXEL_MAX + 1]}}
    return {
        "height": 270,
        "layer": [
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "tooltip": True, "color": BLUE},
                "encoding": {
                    "x": {"field": "from", "type": "quantitative", "bin": "binned", **value},
                    "x2": {"field": "to"},
                    "y": {"field": "pixels", "type": "quantitative", "title": "pixels"},
                },
            },
            {
                "data": {"values": [{"threshold": threshold}]},
                "mark": {"type": "rule", "strokeWidth": 2, "color": ORANGE},
                "encoding": {"x": {"field": "threshold", "type": "quantitative"}},
            },
        ],
    }
