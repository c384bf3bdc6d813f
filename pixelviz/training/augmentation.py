"""More digits from the same people: drawn larger, smaller, slanted, turned, with another pen.

Everything ends on the page's own route: pen strokes become ink on a canvas like the page's, and ink
is framed by `raster`. So the models are trained on what the page will show them.
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from pixelviz.raster import to_grid
from pixelviz.spec import SIDE, Grid
from pixelviz.training.strokes import PAPER_PX, PenDigit, Points, draw

WIDEST = 0.6
"""A digit that is wider than high is drawn so that its width counts as this share of a height."""

MAGNIFY = 3
"""How many times finer an MNIST image is turned and slanted than it is kept, against blur."""

FAINT = 24
"""Ink below this is blur from turning an image, and would enlarge its bounding box."""


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
    return _framed(digit, np.eye(2), random, heights, pen_widths_px)


def drawn_by_another_hand(digit: PenDigit, random: Generator) -> Grid:
    """Return a pen-drawn digit with another slant, turn, stretch, size, place and pen.

    Args:
        digit: Whose strokes.
        random: Where the differences come from.

    Returns:
        (28, 28) uint8, framed like MNIST.
    """
    hand = _turn(random.normal(0, 0.1)) @ _slant(random.normal(0, 0.15))
    hand = hand @ np.diag([np.exp(random.normal(0, 0.12)), 1])
    return _framed(digit, hand, random, (0.25, 0.9), (10, 34), shake_px=0.4)


def written_by_another_hand(grid: Grid, random: Generator) -> Grid:
    """Return an MNIST image turned, slanted and stretched a little, and framed again.

    Args:
        grid: (28, 28) uint8, an MNIST image.
        random: Where the differences come from.

    Returns:
        (28, 28) uint8, framed like MNIST.
    """
    side = MAGNIFY * SIDE
    hand = _turn(random.normal(0, 0.12)) @ _slant(random.normal(0, 0.15))
    hand = hand @ np.diag(np.exp(random.normal(0, 0.08, 2)))
    centre = np.full(2, (side - 1) / 2)
    shift = centre - hand @ centre
    large = Image.fromarray(grid).resize((side, side), Image.Resampling.BICUBIC)
    varied = large.transform(
        (side, side),
        Image.Transform.AFFINE,
        (*hand[0], shift[0], *hand[1], shift[1]),
        Image.Resampling.BILINEAR,
    )
    ink = np.array(varied)
    ink[ink < FAINT] = 0
    return to_grid(ink)


def _framed(
    digit: PenDigit,
    hand: NDArray[np.float64],
    random: Generator,
    heights: tuple[float, float],
    pen_widths_px: tuple[float, float],
    shake_px: float = 0,
) -> Grid:
    points = np.concatenate(digit.strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = high - low
    scale = random.uniform(*heights) * PAPER_PX / max(height, WIDEST * width, 1)
    middle = (low + high) / 2
    place = PAPER_PX * (0.5 + random.uniform(-0.1, 0.1, 2))

    def moved(stroke: Points) -> Points:
        shake = random.normal(0, shake_px, stroke.shape).cumsum(axis=0) if shake_px else 0
        on_paper: Points = (stroke - middle) * scale @ hand.T + shake + place
        return on_paper

    strokes = tuple(map(moved, digit.strokes))
    return to_grid(draw(strokes, pen_width_px=random.uniform(*pen_widths_px)))


def _turn(angle: float) -> NDArray[np.float64]:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _slant(share: float) -> NDArray[np.float64]:
    return np.array([[1, share], [0, 1]])
