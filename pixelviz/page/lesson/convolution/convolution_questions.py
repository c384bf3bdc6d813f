"""The questions of the chapter Convolution, answered by what the kernels make of the drawing."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import PIXEL_MAX, Grid
from pixelviz.arrays import SIDE as GRID_SIDE
from pixelviz.model.card import Card
from pixelviz.page.lesson.convolution.kernels import KERNELS, SIDE
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.question import Question, ask

COMPARED = ("horizontal", "vertical", "identity")
"""The kernels of which one finds a side of the digit."""


@dataclass(frozen=True)
class _Rim:
    """What the windows give that reach one side of the digit with their last row or column only.

    Attributes:
        side: Which side.
        line: The row or column of pixels where the ink begins.
        sums: By the kernel's title, all outputs there after ReLU, added up.
    """

    side: Literal["top", "left side"]
    line: int
    sums: dict[str, int]

    @property
    def lead(self) -> int:
        """How far the largest sum is ahead of the next one."""
        *_, second, first = sorted(self.sums.values())
        return first - second


def finds_the_side(drawing: Drawing, _: Card) -> Question:
    """Ask which kernel finds the top of the digit, or its left side, whichever is clearer."""
    rims = [_rim(drawing.grid, side) for side in ("top", "left side")]
    clear = [rim for rim in rims if rim is not None and rim.lead > 0]
    if not clear:  # the ink reaches the picture's edge
        return _multiplications()
    rim = max(clear, key=lambda each: each.lead)
    lines, last = ("row", "bottom") if rim.side == "top" else ("column", "right")
    right = max(rim.sums, key=lambda title: rim.sums[title])
    sums = ", ".join(f"{title} {total:,}" for title, total in rim.sums.items())
    return ask(
        f"Which of the three kernels finds the {rim.side} of the digit? Look at the windows whose "
        f"{last} {lines} is {lines} {rim.line} of the picture, the first with ink: output {lines} "
        f"{rim.line - SIDE + 1}. Whose outputs there, after ReLU, add up to most?",
        right,
        (title for title in rim.sums if title != right),
        f"They add up to: {sums}. The weights of 1 lie on the ink, those of "
        "\N{MINUS SIGN}1 on paper, where they take nothing away.",
    )


def one_output(drawing: Drawing, _: Card) -> Question:
    """Ask for one number of an output, to be worked out by hand."""
    kernel = KERNELS["vertical"]
    outputs = kernel.outputs(drawing.grid)
    row, column = _interesting(drawing.grid, outputs)
    window = drawing.grid[row : row + SIDE, column : column + SIDE].astype(int)
    left, right_side = int(window[:, 0].sum()), int(window[:, -1].sum())
    right = int(outputs[row, column])
    rows = "; ".join(", ".join(map(str, each)) for each in window.tolist())
    wrong = (left + right_side, -right, right_side, right + PIXEL_MAX, right - PIXEL_MAX)
    return ask(
        f"The window around row {row + 1}, column {column + 1} has these nine pixels, row by row: "
        f"{rows}. What does *{kernel.title}* make of them, with \N{MINUS SIGN}1 in its left "
        "column, 1 in its right one, bias 0 and no ReLU?",
        _signed(right),
        map(_signed, wrong),
        f"The right column adds up to {right_side}, the left one to {left}: {right_side} "
        f"\N{MINUS SIGN} {left} = {_signed(right)}. The middle column counts 0 times.",
    )


def _rim(grid: Grid, side: Literal["top", "left side"]) -> _Rim | None:
    """Return what the windows at a side give, or None where there is no room for them."""
    is_top = side == "top"
    line = int(np.flatnonzero(grid.any(axis=1 if is_top else 0))[0])
    first = line - SIDE + 1
    if first < 0:
        return None
    sums = {}
    for name in COMPARED:
        outputs = KERNELS[name].outputs(grid).clip(0)
        there = outputs[first] if is_top else outputs[:, first]
        sums[KERNELS[name].title] = int(there.sum())
    return _Rim(side, line, sums)


def _interesting(grid: Grid, outputs: NDArray[np.float64]) -> tuple[int, int]:
    """Return the place of the largest output, of those with ink on both sides if there are any."""
    columns = np.lib.stride_tricks.sliding_window_view(grid.astype(int), SIDE, axis=0).sum(axis=-1)
    both = np.minimum(columns[:, : 1 - SIDE], columns[:, SIDE - 1 :]) > 0
    rank = np.abs(outputs) + np.where(both & (outputs != 0), outputs.size * PIXEL_MAX, 0)
    row, column = np.unravel_index(int(rank.argmax()), rank.shape)
    return int(row), int(column)


def _multiplications() -> Question:
    places = (GRID_SIDE - SIDE + 1) ** 2
    return ask(
        f"The window stops at {places} places. How many multiplications are that, with a kernel of "
        f"{SIDE} × {SIDE} weights?",
        f"{SIDE**2 * places:,}",
        (f"{places:,}", f"{SIDE * places:,}", f"{GRID_SIDE**2 * places:,}"),
        f"{SIDE**2} at each place: {SIDE**2} × {places} = {SIDE**2 * places:,}. A dense layer for "
        f"the same output takes {GRID_SIDE**2 * places:,}.",
    )


def _signed(number: int) -> str:
    return str(number).replace("-", "\N{MINUS SIGN}")
