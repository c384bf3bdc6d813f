"""Chapter Pixels: a black-and-white picture is a grid of 0s and 1s, a grey one of integers."""

import numpy as np
import streamlit as st

from pixelviz import levels, raster
from pixelviz.arrays import LENGTH, PIXEL_MAX, SIDE, Grid
from pixelviz.page import state
from pixelviz.page.lesson.figures import (
    BLUE,
    ORANGE,
    Drawing,
    Figure,
    on_black,
    show_figures,
    show_integers,
    tell,
)

START_SIDE = 10
LARGEST_LISTED_SIDE = 14
"""Of a larger picture the integers are not listed: the page shows those of the whole picture."""

START_THRESHOLD = 128
BIN = 16
"""How many neighbouring values share one bar of the histogram."""


def show(drawing: Drawing) -> None:
    """Show the digit as 0s and 1s, the histogram, and the same digit in fewer pixels."""
    tell(
        "A picture on a screen is a grid of points, its **pixels**. In black and white each pixel "
        "is either 0, black paper, or 1, white ink. Such a choice between two is one **bit**."
    )
    bits_side, histogram_side = st.columns([1.3, 1], gap="medium")
    with bits_side:
        threshold = st.slider(
            "Threshold: values from here up count as ink",
            state.THRESHOLDS[0],
            state.THRESHOLDS[-1],
            state.held(state.THRESHOLD, START_THRESHOLD, state.THRESHOLDS),
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
    _show_smaller(drawing, threshold)


def _show_smaller(drawing: Drawing, chosen_threshold: int) -> None:
    """Show the digit in fewer pixels: in black and white, in grey, and as integers.

    Args:
        drawing: The digit.
        chosen_threshold: The threshold above, which holds for the whole picture only.
    """
    chosen = st.segmented_control(
        "The same picture in fewer rows and columns",
        state.SMALL_SIDES,
        format_func=lambda side: f"{side} × {side}",
        required=True,
        key=state.SMALL_SIDE,
        default=state.held(state.SMALL_SIDE, START_SIDE, state.SMALL_SIDES),
    )
    side = chosen if chosen in state.SMALL_SIDES else START_SIDE  # a browser can send anything
    small = raster.shrink(drawing.grid, side=side)
    is_whole = side == SIDE
    threshold = chosen_threshold if is_whole else _fitting_threshold(small)
    as_above = ", as above" if is_whole else ""
    pictures_side, integers_side = st.columns([1, 1], gap="medium")
    with pictures_side:
        show_figures(
            [
                Figure(
                    on_black(small >= threshold),
                    f"Black and white, {side} × {side}",
                    f"{side * side} bits: 1 from {threshold} up{as_above}",
                ),
                Figure(
                    small, f"Grey, {side} × {side}", f"{side * side} integers, 0 to {PIXEL_MAX}"
                ),
            ],
            width_px=210,
        )
    with integers_side:
        if side <= LARGEST_LISTED_SIDE:
            show_integers(small, f"The grey picture's {side * side} integers")
        tell(
            f"In grey a pixel may also lie **in between**: each of these is the average of the "
            f"pixels it covers. {side} × {side} = {side * side} integers. Numbers in rows and "
            f"columns are an **array**; this one has {side} of each, so its **shape** is "
            f"({side}, {side}). All of them together are one **data point**. "
            + ("" if is_whole else _faint(threshold))
            + "How few pixels are enough for you to read it?"
        )


def _faint(threshold: int) -> str:
    return (
        "Averages make thin strokes faint, so in black and white 1 begins here at "
        f"{threshold}, a third of the largest value. "
    )


def _fitting_threshold(small: Grid) -> int:
    """Return a third of the largest value, rounded up: averages make thin strokes faint."""
    return max(-(-int(small.max()) // 3), 1)


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
    value = {"title": "value of the pixel", "scale": {"domain": [0, PIXEL_MAX + 1], "nice": False}}
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
