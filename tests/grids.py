"""Grids made in code: empty, full, every value, noise, and drawings in both framings."""

from typing import Any

import numpy as np

from pixelviz import raster
from pixelviz.arrays import Grid
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, SEVEN, drawn

LINES = np.resize(np.arange(256), (28, 28)).astype(np.uint8)
"""Every value from 0 to 255; the transposed grid differs."""

NOISE = np.random.default_rng(0).integers(0, 256, (28, 28)).astype(np.uint8)
EMPTY = np.zeros((28, 28), np.uint8)
FULL = np.full((28, 28), 255, np.uint8)

NOT_GRIDS = [np.zeros((28, 28)), np.zeros((280, 280), np.uint8), np.zeros(784, np.uint8)]
"""Arrays of another type, of another size, of another shape."""

FRAMINGS: tuple[raster.Framing, ...] = ("mnist", "drawn")


def _framed(strokes: Any, framing: raster.Framing) -> Grid:
    return raster.to_grid(drawn(strokes), framing=framing)


GRIDS = {
    "empty": EMPTY,
    "full": FULL,
    "every value": LINES,
    **{
        f"{name} {framing}": _framed(strokes, framing)
        for name, strokes in (("seven", SEVEN), ("crossed", CROSSED_SEVEN), ("scribble", SCRIBBLE))
        for framing in FRAMINGS
    },
}
