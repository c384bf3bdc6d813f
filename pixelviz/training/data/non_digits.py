"""What people draw that is not a digit, framed in the same way as digits.

The dense and the convolutional network are trained to spread their probability evenly over all ten
digits for these. They are measured on new examples of each kind, on kinds held out of their
training, and on letters and symbols that no model is trained on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import LENGTH, PIXEL_MAX, SIDE, Grid, Ink
from pixelviz.ink import PAPER_PX, Points, from_strokes
from pixelviz.raster import to_grid
from pixelviz.training.data.augmentation import Augmentation, augment_strokes
from pixelviz.training.data.cross_validation import CONTRIBUTORS
from pixelviz.training.data.pen_characters import PenCharacter
from pixelviz.training.data.symbols import Symbols

SYMBOL_AUGMENTATION = Augmentation(
    rotation=0.1, shear=0.1, stretch=0.12, elastic=0.02, thickness=0.5
)
"""How symbols are varied. Strokes get no gaps: a symbol with a gap may be a different symbol."""


@dataclass(frozen=True)
class Sources:
    """What non-digits are made from.

    Attributes:
        grids: (n, 28, 28) uint8, MNIST images.
        pen_digits: Pen-drawn digits; may be empty.
        letters_and_signs: Those that people wrote, by collection.
        symbols: Letters and symbols as strokes, by name.
    """

    grids: NDArray[np.uint8]
    pen_digits: list[PenCharacter]
    letters_and_signs: Mapping[str, list[PenCharacter]]
    symbols: Symbols


def scribble(_: Sources, random: Generator) -> Grid:
    """Return an aimless scribble: loops, a zigzag or crossing lines."""
    kind = random.integers(3)
    if kind == 0:  # loops: the pen changes its direction a little at each step
        angles = random.normal(0, random.uniform(0.5, 1.1), 90).cumsum()
        steps = random.uniform(0.5, 1.5, 90)
        path = np.stack([steps * np.cos(angles), steps * np.sin(angles)], axis=1).cumsum(axis=0)
        strokes: tuple[Points, ...] = (path,)
    elif kind == 1:  # a zigzag, as if something were crossed out
        count = int(random.integers(7, 18))
        rows = np.linspace(0, 1, count) * random.uniform(0.3, 1.2)
        sides = np.where(np.arange(count) % 2, 1.0, 0.0) + random.normal(0, 0.12, count)
        angle = random.uniform(0, np.pi)
        rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        strokes = (np.stack([sides, rows], axis=1) @ rotation.T,)
    else:  # crossing lines
        strokes = tuple(random.uniform(0, 1, (int(random.integers(2, 5)), 2)) for _ in range(4))
    return to_grid(augment_strokes(strokes, random, Augmentation(thickness=0.5)))


def letter_or_symbol(sources: Sources, random: Generator) -> Grid:
    """Return one of the source's letters and symbols, augmented."""
    names = sorted(sources.symbols)
    strokes = sources.symbols[names[random.integers(len(names))]]
    return to_grid(augment_strokes(strokes, random, SYMBOL_AUGMENTATION))


def letter_or_sign(sources: Sources, random: Generator, *, collection: str) -> Grid:
    """Return a letter or sign that one of a collection's writers wrote, augmented."""
    characters = sources.letters_and_signs[collection]
    character = characters[random.integers(len(characters))]
    return to_grid(augment_strokes(character.strokes, random, SYMBOL_AUGMENTATION))


def invented_symbol(_: Sources, random: Generator) -> Grid:
    """Return a random symbol: lines between the points of a lattice, a polygon, or lobes."""
    make = (_lattice_strokes, _polygon, _lobes)[random.choice(3, p=(0.5, 0.3, 0.2))]
    return to_grid(augment_strokes(tuple(make(random)), random, SYMBOL_AUGMENTATION))


def _lattice_strokes(random: Generator) -> list[Points]:
    """Return four to six lines and arcs between the points of a 3 × 3 lattice."""
    strokes: list[Points] = []
    for _line in range(int(random.integers(4, 7))):
        start, end = random.choice(9, 2, replace=False)
        ends = np.array([divmod(start, 3), divmod(end, 3)], float)
        path = np.linspace(ends[0], ends[1], 9)
        if random.random() < 0.4:  # an arc
            across = (ends[1] - ends[0])[::-1] * (1, -1) * random.choice([-0.5, 0.5])
            path = path + np.sin(np.linspace(0, np.pi, 9))[:, np.newaxis] * across
        strokes.append(path)
    return strokes


def _polygon(random: Generator) -> list[Points]:
    """Return a polygon of three to seven corners, often with a line across it."""
    count = int(random.integers(3, 8))
    angles = 2 * np.pi * (np.arange(count) + random.uniform(-0.3, 0.3, count)) / count
    radii = random.uniform(0.35, 1, count)[:, np.newaxis]
    corners = radii * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    ends = np.concatenate([corners, corners[:1]])
    sides = [np.linspace(start, end, 9) for start, end in pairwise(ends)]
    across = random.uniform(-0.9, 0.9, (2, 2))
    lines = [np.linspace(across[0], across[1], 9)] if random.random() < 0.5 else []
    return [np.concatenate(sides), *lines]


def _lobes(random: Generator) -> list[Points]:
    """Return a closed curve with a deep notch or three to five lobes, as of a leaf or a flower."""
    lobes = int(random.choice([1, 3, 4, 5]))
    depth = random.uniform(0.75, 1) if lobes == 1 else random.uniform(0.3, 0.7)
    angles = 2 * np.pi * np.linspace(0, 1, 41)
    radii = 1 + depth * np.cos(lobes * angles)
    turned = angles + random.uniform(0, 2 * np.pi)
    return [radii[:, np.newaxis] * np.stack([np.cos(turned), np.sin(turned)], axis=1)]


def dot(_: Sources, random: Generator) -> Grid:
    """Return a dot or a small blot, as one touch of the pen leaves it."""
    place = PAPER_PX * random.uniform(0.2, 0.8, 2)
    blot = random.normal(0, random.uniform(0, 4), (6, 2))
    return to_grid(from_strokes((place + blot,), pen_width_px=random.uniform(10, 34)))


def two_digits(sources: Sources, random: Generator) -> Grid:
    """Return two digits side by side, both pen-drawn or both from MNIST."""
    if sources.pen_digits and random.random() < 0.5:
        left, right = (
            sources.pen_digits[random.integers(len(sources.pen_digits))] for _ in range(2)
        )
        pair: list[Points] = []
        shift = 0.0
        for digit in (left, right):
            points = np.concatenate(digit.strokes)
            low = points.min(axis=0)
            height = max(float(np.ptp(points[:, 1])), 1)
            pair += [(stroke - low) / height + (shift, 0) for stroke in digit.strokes]
            shift += float(np.ptp(points[:, 0])) / height + random.uniform(0.15, 0.5)
        return to_grid(augment_strokes(tuple(pair), random, SYMBOL_AUGMENTATION))
    grids = sources.grids[random.integers(len(sources.grids), size=2)]
    cropped = [grid[:, grid.any(axis=0)] for grid in grids]
    gap = np.zeros((SIDE, int(random.integers(1, 6))), np.uint8)
    return to_grid(np.hstack([cropped[0], gap, cropped[1]]))


def noise(_: Sources, random: Generator) -> Grid:
    """Return Gaussian noise, coarse or fine, faint or strong, like a photo with no digit in it."""
    side = int(random.choice([4, 7, 10, 14, 20, SIDE]))
    grain = random.normal(random.uniform(-60, 120), random.uniform(40, 120), (side, side))
    picture = Image.fromarray(np.clip(grain, 0, PIXEL_MAX).astype(np.uint8))
    smooth = picture.resize((2 * SIDE, 2 * SIDE), Image.Resampling.BICUBIC)
    ink: Ink = np.asarray(smooth)
    return to_grid(ink) if ink.any() else noise(_, random)


def shuffled_digit(sources: Sources, random: Generator) -> Grid:
    """Return an MNIST image with its pixels in random order."""
    vector = sources.grids[random.integers(len(sources.grids))].reshape(LENGTH)
    return random.permutation(vector).reshape(SIDE, SIDE)


DRAWN_KINDS: Mapping[str, Callable[[Sources, Generator], Grid]] = {
    "scribble": scribble,
    "letter or symbol": letter_or_symbol,
    "invented symbol": invented_symbol,
    "dot": dot,
    "two digits": two_digits,
    "noise": noise,
    "shuffled digit": shuffled_digit,
}
"""The kinds of non-digits that are generated, by name."""

KINDS: Mapping[str, Callable[[Sources, Generator], Grid]] = {
    **DRAWN_KINDS,
    **{
        f"letter or sign, {contributor}": partial(letter_or_sign, collection=contributor)
        for contributor in CONTRIBUTORS
    },
}
"""All kinds of non-digits, by name: those that are generated, and what people wrote."""
