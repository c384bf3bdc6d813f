"""What people draw on the page: real drawings, no two alike, each with what the page must answer.

A drawing is made before anybody comes: the canvas's messages, stroke by stroke, and the grid that
the pixel view must then show. So a drawing costs nothing while the clock runs.
"""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.random import Generator

from pixelviz import raster
from pixelviz.arrays import DIGITS, Grid
from pixelviz.data.sample_digits import strokes_of
from pixelviz.ink import PAPER_PX, Points, from_strokes
from pixelviz.training.data import pendigits as pen_strokes
from pixelviz.training.data.augmentation import place_on_canvas
from tests.drawings import paper, png_of

PEN_WIDTH_PX = 12
STEP_PX = 6
"""How far a pointer moves from one event to the next."""

SLANT = 0.2
"""Spread of the slant, in widths a height."""

HEIGHTS = (0.4, 0.8)
"""The smallest and the largest digit, in shares of the canvas."""

Strokes: TypeAlias = tuple[Points, ...]


@dataclass(frozen=True)
class Stage:
    """A drawing after one of its strokes.

    Attributes:
        canvas: What the canvas then sends: all strokes so far and their PNG, as JSON.
        pixels: What the pixel view must then show: base64 of 784 bytes.
    """

    canvas: str
    pixels: str


Drawing: TypeAlias = tuple[Stage, ...]
"""One digit: a stage for each of its strokes."""


class Hands:
    """Many people's hands: the same seed makes the same drawings, and no two of them are alike."""

    def __init__(self, seed: int = 0, pen: Path | None = None, strokes_each: int = 1) -> None:
        """Get ready to draw.

        Args:
            seed: Where size, place and slant come from.
            pen: Where `pendigits-orig.tra` lies, to draw what its writers drew; without it the
                ten examples are drawn, each time differently.
            strokes_each: In at least how many strokes a digit is drawn: where it has fewer, the
                pen is lifted on its way.
        """
        self._strokes_each = strokes_each
        self._seed = seed
        self._models = _written(pen) if pen else [_examples()]
        self._seen: set[str] = set()

    def drawings_of(self, person: int, count: int) -> tuple[Drawing, ...]:
        """Return some digits as one person draws them.

        Args:
            person: 0 or more.
            count: How many digits.
        """
        random = np.random.default_rng((self._seed, person))
        models = self._models[person % len(self._models)]
        return tuple(self._new(models, random) for _ in range(count))

    def _new(self, models: list[Strokes], random: Generator) -> Drawing:
        """Return a drawing that differs from all before, and in which each stroke can be seen."""
        while True:
            strokes = models[random.integers(len(models))]
            drawing = _drawing(_lifted(_by_hand(strokes, random), self._strokes_each))
            pixels = {stage.pixels for stage in drawing}
            if not pixels & self._seen and len(pixels) == len(drawing):
                self._seen |= pixels
                return drawing


def as_text(grid: Grid) -> str:
    """Return a grid as the pixel view gets it: base64 of its 784 bytes, row by row."""
    return base64.b64encode(grid.tobytes()).decode("ascii")


def _examples() -> list[Strokes]:
    return [tuple(np.array(stroke) for stroke in strokes_of(digit)) for digit in DIGITS]


def _written(pen: Path) -> list[list[Strokes]]:
    """Return what each of the writers wrote."""
    by_writer: dict[str, list[Strokes]] = {}
    for digit in pen_strokes.read(pen):
        strokes = tuple(stroke for stroke in digit.strokes if np.ptp(stroke, axis=0).any())
        if strokes:
            by_writer.setdefault(digit.writer, []).append(strokes)
    return list(by_writer.values())


def _by_hand(strokes: Strokes, random: Generator) -> Strokes:
    slant = np.array([[1, random.normal(0, SLANT)], [0, 1]])
    slanted = tuple(stroke @ slant.T for stroke in strokes)
    on_paper = place_on_canvas(slanted, random, heights=HEIGHTS)
    return tuple(_as_events(stroke.clip(0, PAPER_PX)) for stroke in on_paper)


def _lifted(strokes: Strokes, count: int) -> Strokes:
    """Return the same way of the pen in at least so many strokes."""
    while len(strokes) < count:
        longest = max(range(len(strokes)), key=lambda index: len(strokes[index]))
        stroke, middle = strokes[longest], len(strokes[longest]) // 2
        parts = (stroke[: middle + 1], stroke[middle:])
        strokes = (*strokes[:longest], *parts, *strokes[longest + 1 :])
    return strokes


def _as_events(stroke: Points) -> Points:
    """Return a stroke as the points at which the browser reports the pointer."""
    steps = np.hypot(*np.diff(stroke, axis=0).T)
    way = np.concatenate([[0], steps.cumsum()])
    places = np.linspace(0, way[-1], 2 + int(way[-1] / STEP_PX))
    points = [np.interp(places, way, stroke[:, axis]) for axis in (0, 1)]
    return np.stack(points, axis=1).round(2)  # (n, 2)


def _drawing(strokes: Strokes) -> Drawing:
    return tuple(_stage(strokes[:count]) for count in range(1, len(strokes) + 1))


def _stage(strokes: Strokes) -> Stage:
    ink = from_strokes(strokes, pen_width_px=PEN_WIDTH_PX) if strokes else paper()
    png = base64.b64encode(png_of(ink)).decode("ascii")
    return Stage(_message(map(_path_of, strokes), png), as_text(raster.to_grid(ink)))


def _message(objects: Iterable[dict[str, Any]], png: str) -> str:
    raw = {"version": "7.4.0", "objects": list(objects), "background": "#000000"}
    drawing = {"raw": raw, "data": f"data:image/png;base64,{png}"}
    return json.dumps({"drawing": drawing}, separators=(",", ":"))


def _path_of(stroke: Points) -> dict[str, Any]:
    """Return a stroke with everything that the canvas's library writes down of it."""
    points: list[list[float]] = stroke.tolist()
    between: list[list[float]] = ((stroke[1:] + stroke[:-1]) / 2).tolist()
    curves = [["Q", *point, *end] for point, end in zip(points, between, strict=False)]
    low, high = stroke.min(axis=0), stroke.max(axis=0)
    (left, top), (width, height) = ((low + high) / 2).tolist(), (high - low).tolist()
    place = {"left": left, "top": top, "width": width, "height": height}
    return _BEFORE | place | _AFTER | {"path": [["M", *points[0]], *curves, ["L", *points[-1]]]}


_LOCKS = ("MovementX", "MovementY", "Rotation", "ScalingX", "ScalingY", "SkewingX", "SkewingY")
_BEFORE: dict[str, Any] = {
    **{f"lock{name}": False for name in (*_LOCKS, "ScalingFlip")},
    "type": "Path",
    "version": "7.4.0",
    "originX": "center",
    "originY": "center",
}
_AFTER: dict[str, Any] = {
    "fill": None,
    "stroke": "#ffffff",
    "strokeWidth": PEN_WIDTH_PX,
    "strokeDashArray": None,
    "strokeLineCap": "round",
    "strokeDashOffset": 0,
    "strokeLineJoin": "round",
    "strokeUniform": False,
    "strokeMiterLimit": 10,
    "scaleX": 1,
    "scaleY": 1,
    "angle": 0,
    "flipX": False,
    "flipY": False,
    "opacity": 1,
    "shadow": None,
    "visible": True,
    "backgroundColor": "",
    "fillRule": "nonzero",
    "paintFirst": "fill",
    "globalCompositeOperation": "source-over",
    "skewX": 0,
    "skewY": 0,
}

EMPTY = _stage(())
"""The canvas after Clear."""
