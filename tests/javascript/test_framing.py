"""The browser frames drawings as the server does: to the same 784 pixels, for thousands of them."""

import gzip
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from pixelviz import ink, raster
from pixelviz.arrays import Ink
from pixelviz.data.mnist import Mnist
from pixelviz.training.data import pendigits
from pixelviz.training.data.pen_characters import PenCharacter
from tests.javascript.test_javascript import run
from tests.node import node

PEN_VARIABLE = "PIXELVIZ_PEN"
"""The environment variable that names `pendigits-orig.tra`; without it, strokes are made up."""

PAPER_PX = 280
STROKES, ENLARGED, LOPSIDED, NOISE, BLOTS = 800, 400, 400, 100, 300


def test_both_framings_are_the_servers(root: Path, tmp_path: Path, digits: Mnist) -> None:
    path = tmp_path / "drawings.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for kind, drawing in drawings(digits):
            file.write(struct.pack("<3I", kind, *drawing.shape) + drawing.tobytes())
            for framing in ("drawn", "mnist"):
                file.write(raster.to_grid(drawing, framing=framing).tobytes())
    test = root / "tests/javascript/oracle/framing.test.js"
    run([node(), "--test", test], root, PIXELVIZ_DRAWINGS=str(path))


def drawings(digits: Mnist) -> Iterator[tuple[int, Ink]]:
    """Return drawings of several kinds, each with the number of its kind."""
    random = np.random.default_rng(0)
    kinds = (
        strokes(random), enlarged(random, digits), rectangles(random), lines_and_dots(),
        lopsided(random), noise(random), faint(), blots(random),
    )  # fmt: skip
    for number, kind in enumerate(kinds):
        for drawing in kind:
            yield number, drawing


def strokes(random: np.random.Generator) -> Iterator[Ink]:
    """Digits written with pens of several widths: people's, or curves made up."""
    people = pendigits.read(Path(os.environ[PEN_VARIABLE])) if PEN_VARIABLE in os.environ else []
    for _ in range(STROKES):
        written = pen_digit(random, people) if people else curve(random)
        yield ink.from_strokes(written, pen_width_px=int(random.integers(2, 48)))


def pen_digit(random: np.random.Generator, people: list[PenCharacter]) -> tuple[ink.Points, ...]:
    """Return the strokes of one person's digit, somewhere on the paper."""
    character = people[int(random.integers(len(people)))].strokes
    points = np.concatenate(character)
    low, size = points.min(axis=0), np.ptp(points, axis=0).max() or 1
    scale = random.uniform(20, 240) / size
    corner = random.uniform(0, 40, 2)
    return tuple((stroke - low) * scale + corner for stroke in character)


def curve(random: np.random.Generator) -> tuple[ink.Points, ...]:
    """Return up to three strokes, each a walk that turns at random."""
    walks = []
    for _ in range(random.integers(1, 4)):
        angles = random.uniform(0, 2 * np.pi) + np.cumsum(random.normal(0, 0.6, 20))
        steps = random.uniform(2, 20) * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        walks.append(random.uniform(0, PAPER_PX, 2) + np.cumsum(steps, axis=0))
    return tuple(walks)


def enlarged(random: np.random.Generator, digits: Mnist) -> Iterator[Ink]:
    """MNIST's digits, ten times as large or of any size, also with soft edges."""
    for index in random.integers(len(digits.x_test), size=ENLARGED):
        digit = digits.x_test[index]
        yield np.kron(digit, np.ones((10, 10), np.uint8))
        height, width = map(int, random.integers(10, PAPER_PX, 2))
        soft = Image.fromarray(digit).resize((width, height), Image.Resampling.BICUBIC)
        top, left = random.integers(0, [PAPER_PX - height, PAPER_PX - width])
        yield placed(np.asarray(soft), PAPER_PX, top, left)


def rectangles(random: np.random.Generator) -> Iterator[Ink]:
    """Ink of every small height and width: the shorter side is often a half after scaling."""
    for height in range(1, 42):
        for width in range(1, 42):
            yield random.integers(1, 256, (height, width)).astype(np.uint8)


def lines_and_dots() -> Iterator[Ink]:
    """A dot of one point, and lines of one, at each border and inside; paper full of ink; none."""
    for side in (28, 84, 280):
        for place in (0, 1, side // 2, side - 2, side - 1):
            for row, column in ((place, slice(None)), (slice(None), place), (place, place)):
                for level in (1, 127, 128, 255):
                    drawing = np.zeros((side, side), np.uint8)
                    drawing[row, column] = level
                    yield drawing
        for level in (0, 1, 255):
            yield np.full((side, side), level, np.uint8)


def lopsided(random: np.random.Generator) -> Iterator[Ink]:
    """Little ink everywhere and much in a corner: the centre of mass cannot come to the middle."""
    for _ in range(LOPSIDED):
        height, width = random.integers(8, 120, 2)
        drawing = random.integers(0, 3, (height, width)).astype(np.uint8)
        rows, columns = random.integers(1, [height // 2, width // 2])
        drawing[:rows, :columns] = 255
        yield np.rot90(drawing, int(random.integers(4)))


def noise(random: np.random.Generator) -> Iterator[Ink]:
    """Points of any ink, from very few of them to all."""
    for share in np.linspace(0.0005, 1, NOISE):
        drawing = random.integers(0, 256, (84, 84)).astype(np.uint8)
        yield np.where(random.random((84, 84)) < share, drawing, 0).astype(np.uint8)


def faint() -> Iterator[Ink]:
    """Two points of ink so faint that their averages are 0, also in one direction only."""
    for distance in (1, 2, 20, 39, 40, 41, 100, 279):
        for level in (1, 2, 60):
            for row, column in ((0, distance), (distance, 0), (distance, distance)):
                drawing = np.zeros((PAPER_PX, PAPER_PX), np.uint8)
                drawing[0, 0] = drawing[row, column] = level
                yield drawing


def blots(random: np.random.Generator) -> Iterator[Ink]:
    """A small blot of random ink on paper of the page's size."""
    for _ in range(BLOTS):
        height, width = random.integers(1, 60, 2)
        blot = random.integers(0, 256, (height, width)).astype(np.uint8)
        top, left = random.integers(0, [PAPER_PX - height + 1, PAPER_PX - width + 1])
        yield placed(blot, PAPER_PX, top, left)


def placed(drawing: Ink, side: int, top: int, left: int) -> Ink:
    """Return ink on paper without any other."""
    paper = np.zeros((side, side), np.uint8)
    height, width = drawing.shape
    paper[top : top + height, left : left + width] = drawing
    return paper
