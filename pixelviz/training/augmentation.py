"""More digits from the same people: drawn larger, smaller, slanted, turned, with another pen.

Everything ends on the page's own route: pen strokes become ink on a canvas like the page's, and ink
is framed by `raster`. So the models are trained on what the page will show them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pixelviz.arrays import SIDE, Grid
from pixelviz.ink import PAPER_PX, Points, from_strokes
from pixelviz.raster import to_grid
from pixelviz.training.pendigits import PenDigit

WIDEST = 0.6
"""A digit that is wider than high is drawn so that its width counts as this share of a height."""

MAGNIFY = 3
"""How many times finer an MNIST image is turned and slanted than it is kept, against blur."""

FAINT = 24
"""Ink below this is blur from turning an image, and would enlarge its bounding box."""

WOBBLES = 4
"""The wobble of a hand is drawn on a net of this many points by this many."""


@dataclass(frozen=True)
class Habits:
    """How much people differ in each habit of the hand. 0 leaves a habit out.

    Attributes:
        turn: Spread of the angle by which a digit is turned, in radians.
        slant: Spread of the slant, in widths a height.
        stretch: Spread of the stretch, as the logarithm of the factor.
        wobble: Spread of the elastic wobble, in shares of the digit's height.
        thickness: How far a pen may be thinner or thicker than the canvas's own, as the logarithm
            of the factor. An MNIST image gets thinner or thicker by up to a pixel.
        gap: Share of the strokes in which the pen is lifted for a moment.
        speed: Share of the strokes that were drawn so fast that half of their points are missing.
    """

    turn: float = 0
    slant: float = 0
    stretch: float = 0
    wobble: float = 0
    thickness: float = 0
    gap: float = 0
    speed: float = 0


PEOPLE = Habits(
    turn=0.11, slant=0.15, stretch=0.1, wobble=0.025, thickness=0.5, gap=0.15, speed=0.2
)
"""The habits that the models are trained with."""

PEN_PX = 20.0
"""A pen of middling width, in the canvas's pixels; `Habits.thickness` is the spread around it."""


def drawn_on_the_page(
    digit: PenDigit,
    random: Generator,
    *,
    heights: tuple[float, float],
    pen_widths_px: tuple[float, float],
) -> Grid:
    """Return a pen-drawn digit as somebody would draw it on the page: as it is, off-centre.

    Args:
        digit: Whose strokes.
        random: Where size, place and pen come from.
        heights: The smallest and the largest height, in shares of the canvas.
        pen_widths_px: The thinnest and the thickest pen, in the canvas's pixels.

    Returns:
        (28, 28) uint8, framed like MNIST.
    """
    strokes = laid_on_paper(digit.strokes, random, heights=heights)
    return to_grid(from_strokes(strokes, pen_width_px=random.uniform(*pen_widths_px)))


def drawn_by_another_hand(digit: PenDigit, random: Generator, habits: Habits = PEOPLE) -> Grid:
    """Return a pen-drawn digit as another hand would draw it somewhere on the page.

    Args:
        digit: Whose strokes.
        random: Where the differences come from.
        habits: How far hands differ.

    Returns:
        (28, 28) uint8, framed like MNIST.
    """
    return to_grid(inked_by_another_hand(digit.strokes, random, habits))


def inked_by_another_hand(
    strokes: tuple[Points, ...], random: Generator, habits: Habits = PEOPLE
) -> NDArray[np.uint8]:
    """Return strokes as the ink that another hand would leave somewhere on the page's canvas.

    Args:
        strokes: What is drawn, at any size and place.
        random: Where the differences come from.
        habits: How far hands differ.

    Returns:
        (280, 280) uint8.
    """
    hand = _hand(random, habits) @ np.diag([np.exp(random.normal(0, habits.stretch)), 1])
    strokes = tuple(_hurried(stroke, random, habits) for stroke in strokes)
    strokes = tuple(part for stroke in strokes for part in _lifted(stroke, random, habits))
    turned = tuple(stroke @ hand.T for stroke in strokes)
    on_paper = laid_on_paper(turned, random, heights=(0.25, 0.9))
    points = np.concatenate(on_paper)
    height = max(float(np.ptp(points[:, 1])), 1)
    net = random.normal(0, habits.wobble * height, (2, WOBBLES, WOBBLES))
    wobbly = tuple(stroke + _wobble(net, stroke / PAPER_PX) for stroke in on_paper)
    width = PEN_PX * np.exp(habits.thickness * random.uniform(-1, 1))
    return from_strokes(wobbly, pen_width_px=width)


def written_by_another_hand(grid: Grid, random: Generator, habits: Habits = PEOPLE) -> Grid:
    """Return an MNIST image as another hand would write it, framed again.

    Gaps and speed are habits of strokes; an image has none.

    Args:
        grid: (28, 28) uint8, an MNIST image.
        random: Where the differences come from.
        habits: How far hands differ.

    Returns:
        (28, 28) uint8, framed like MNIST.
    """
    side = MAGNIFY * SIDE
    hand = _hand(random, habits) @ np.diag(np.exp(random.normal(0, habits.stretch, 2)))
    net = random.normal(0, habits.wobble * side, (2, WOBBLES, WOBBLES))
    large = Image.fromarray(grid).resize((side, side), Image.Resampling.BICUBIC)
    if habits.thickness:
        large = _thicker(large, int(random.integers(-1, 2)))
    middle = (side - 1) / 2
    steps = np.arange(side) - middle
    near = _nearness(np.linspace(0, 1, side))  # (84, 4)
    x = hand[0, 0] * steps + hand[0, 1] * steps[:, np.newaxis] + near @ net[0] @ near.T
    y = hand[1, 0] * steps + hand[1, 1] * steps[:, np.newaxis] + near @ net[1] @ near.T
    ink = _sample(np.asarray(large, np.float32), x + middle, y + middle)
    ink[ink < FAINT] = 0
    return to_grid(ink.astype(np.uint8))


def laid_on_paper(
    strokes: tuple[Points, ...], random: Generator, *, heights: tuple[float, float]
) -> tuple[Points, ...]:
    """Return strokes at some size, off the middle of the page's canvas by up to 10 % of it.

    Args:
        strokes: What is drawn, at any size and place.
        random: Where size and place come from.
        heights: The smallest and the largest height, in shares of the canvas.
    """
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = high - low
    scale = random.uniform(*heights) * PAPER_PX / max(height, WIDEST * width, 1e-6)
    place = PAPER_PX * (0.5 + random.uniform(-0.1, 0.1, 2))
    return tuple((stroke - (low + high) / 2) * scale + place for stroke in strokes)


def _hand(random: Generator, habits: Habits) -> NDArray[np.float64]:
    """Return a turn and a slant as one matrix."""
    angle, share = random.normal(0, habits.turn), random.normal(0, habits.slant)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    slant = np.array([[1, share], [0, 1]])
    product: NDArray[np.float64] = turn @ slant
    return product


def _hurried(stroke: Points, random: Generator, habits: Habits) -> Points:
    """Return a stroke without every other point, as a hurried pen leaves it, or as it is."""
    if len(stroke) < 4 or random.random() >= habits.speed:
        return stroke
    return np.concatenate([stroke[:-1:2], stroke[-1:]])


def _lifted(stroke: Points, random: Generator, habits: Habits) -> list[Points]:
    """Return a stroke in two parts, with a short way of the pen left out, or as it is."""
    if len(stroke) < 8 or random.random() >= habits.gap:
        return [stroke]
    gap = int(random.integers(2, len(stroke) - 3))
    return [stroke[:gap], stroke[gap + 1 :]]


def _thicker(picture: Image.Image, steps: int) -> Image.Image:
    if not steps:
        return picture
    return picture.filter(ImageFilter.MaxFilter(3) if steps > 0 else ImageFilter.MinFilter(3))


def _wobble(net: NDArray[np.float64], places: Points) -> Points:
    """Return how far a wobbling hand is off at some places.

    Args:
        net: (2, 4, 4), how far it is off at the points of a net over the paper, across and down.
        places: (n, 2), in shares of the paper.

    Returns:
        (n, 2), in the unit of the net; in between the points smooth.
    """
    across, down = _nearness(places[:, 0]), _nearness(places[:, 1])
    wobble: Points = np.einsum("dyx,ny,nx->nd", net, down, across, optimize=True)
    return wobble


def _nearness(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how near places on a line, (n,), are to the points of the net, (n, 4), adding to 1."""
    steps = np.clip(places, 0, 1)[:, np.newaxis] * (WOBBLES - 1) - np.arange(WOBBLES)
    nearness: NDArray[np.float64] = np.exp(-(steps**2))
    nearness /= nearness.sum(axis=1, keepdims=True)
    return nearness


def _sample(
    picture: NDArray[np.float32], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return a picture's values between its points, at columns x and rows y; 0 outside of it."""
    height, width = picture.shape
    padded = np.pad(picture, 1).ravel()
    x, y = np.clip(x + 1, 0, width + 0.999), np.clip(y + 1, 0, height + 0.999)
    left, top = x.astype(np.intp), y.astype(np.intp)
    across, down = (x - left).astype(np.float32), (y - top).astype(np.float32)
    corner = top * (width + 2) + left
    upper = padded[corner] * (1 - across) + padded[corner + 1] * across
    lower = padded[corner + width + 2] * (1 - across) + padded[corner + width + 3] * across
    values: NDArray[np.float32] = upper * (1 - down) + lower * down
    return values
