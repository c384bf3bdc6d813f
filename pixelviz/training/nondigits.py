"""What people draw that is no digit, framed the way the page frames everything.

Each kind comes from random numbers and, where it needs digits, from given ones. The models are
taught to spread their answer evenly over all ten digits for these, and are measured on others of
each kind, on kinds they were not taught, and on letters that they were not taught.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import LENGTH, PIXEL_MAX, SIDE, Grid, Ink
from pixelviz.ink import PAPER_PX, Points, from_strokes
from pixelviz.raster import to_grid
from pixelviz.training.augmentation import Habits, inked_by_another_hand
from pixelviz.training.pendigits import PenDigit

STEADY = Habits(turn=0.1, slant=0.1, stretch=0.12, wobble=0.02, thickness=0.5)
"""The habits that signs are drawn with: a sign with a gap may be another one."""


@dataclass(frozen=True)
class Sources:
    """What non-digits are made from.

    Attributes:
        grids: (n, 28, 28) uint8, MNIST images.
        pen: Pen-drawn digits; may be empty.
        signs: The strokes of letters and signs.
    """

    grids: NDArray[np.uint8]
    pen: list[PenDigit]
    signs: Mapping[str, tuple[Points, ...]]


def scribble(_: Sources, random: Generator) -> Grid:
    """Return a pen moved about without aim: loops, zigzag, or crossing lines."""
    kind = random.integers(3)
    if kind == 0:  # a pen that keeps its direction for a while
        turns = random.normal(0, random.uniform(0.5, 1.1), 90).cumsum()
        steps = random.uniform(0.5, 1.5, 90)
        way = np.stack([steps * np.cos(turns), steps * np.sin(turns)], axis=1).cumsum(axis=0)
        strokes: tuple[Points, ...] = (way,)
    elif kind == 1:  # to and fro, as when something is blotted out
        count = int(random.integers(7, 18))
        rows = np.linspace(0, 1, count) * random.uniform(0.3, 1.2)
        sides = np.where(np.arange(count) % 2, 1.0, 0.0) + random.normal(0, 0.12, count)
        angle = random.uniform(0, np.pi)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        strokes = (np.stack([sides, rows], axis=1) @ turn.T,)
    else:  # lines across each other
        strokes = tuple(random.uniform(0, 1, (int(random.integers(2, 5)), 2)) for _ in range(4))
    return to_grid(inked_by_another_hand(strokes, random, Habits(thickness=0.5)))


def sign(sources: Sources, random: Generator) -> Grid:
    """Return a letter or a sign that looks like no digit."""
    names = sorted(sources.signs)
    strokes = sources.signs[names[random.integers(len(names))]]
    return to_grid(inked_by_another_hand(strokes, random, STEADY))


def invented_sign(_: Sources, random: Generator) -> Grid:
    """Return a sign that nobody uses: lines and arcs between the nine points of a small grid."""
    strokes: list[Points] = []
    for _line in range(int(random.integers(4, 7))):
        start, end = random.choice(9, 2, replace=False)
        ends = np.array([divmod(start, 3), divmod(end, 3)], float)
        way = np.linspace(ends[0], ends[1], 9)
        if random.random() < 0.4:  # bent to one side
            across = (ends[1] - ends[0])[::-1] * (1, -1) * random.choice([-0.5, 0.5])
            way = way + np.sin(np.linspace(0, np.pi, 9))[:, np.newaxis] * across
        strokes.append(way)
    return to_grid(inked_by_another_hand(tuple(strokes), random, STEADY))


def dot(_: Sources, random: Generator) -> Grid:
    """Return a single touch of the pen, or a blot."""
    place = PAPER_PX * random.uniform(0.2, 0.8, 2)
    blot = random.normal(0, random.uniform(0, 4), (6, 2))
    return to_grid(from_strokes((place + blot,), pen_width_px=random.uniform(10, 34)))


def two_digits(sources: Sources, random: Generator) -> Grid:
    """Return two digits side by side."""
    if sources.pen and random.random() < 0.5:
        left, right = (sources.pen[random.integers(len(sources.pen))] for _ in range(2))
        pair: list[Points] = []
        shift = 0.0
        for digit in (left, right):
            points = np.concatenate(digit.strokes)
            low = points.min(axis=0)
            height = max(float(np.ptp(points[:, 1])), 1)
            pair += [(stroke - low) / height + (shift, 0) for stroke in digit.strokes]
            shift += float(np.ptp(points[:, 0])) / height + random.uniform(0.15, 0.5)
        return to_grid(inked_by_another_hand(tuple(pair), random, STEADY))
    grids = sources.grids[random.integers(len(sources.grids), size=2)]
    cropped = [grid[:, grid.any(axis=0)] for grid in grids]
    gap = np.zeros((SIDE, int(random.integers(1, 6))), np.uint8)
    return to_grid(np.hstack([cropped[0], gap, cropped[1]]))


def noise(_: Sources, random: Generator) -> Grid:
    """Return what a photo of nothing leaves: grain, coarse or fine, faint or strong."""
    side = int(random.choice([4, 7, 10, 14, 20, SIDE]))
    grain = random.normal(random.uniform(-60, 120), random.uniform(40, 120), (side, side))
    picture = Image.fromarray(np.clip(grain, 0, PIXEL_MAX).astype(np.uint8))
    smooth = picture.resize((2 * SIDE, 2 * SIDE), Image.Resampling.BICUBIC)
    ink: Ink = np.asarray(smooth)
    return to_grid(ink) if ink.any() else noise(_, random)


def shuffled(sources: Sources, random: Generator) -> Grid:
    """Return a digit whose pixels were shuffled."""
    vector = sources.grids[random.integers(len(sources.grids))].reshape(LENGTH)
    return random.permutation(vector).reshape(SIDE, SIDE)


KINDS: Mapping[str, Callable[[Sources, Generator], Grid]] = {
    "scribble": scribble,
    "letter or symbol": sign,
    "invented symbol": invented_sign,
    "dot": dot,
    "two digits": two_digits,
    "noise": noise,
    "shuffled digit": shuffled,
}
"""The kinds of non-digits, by name."""
