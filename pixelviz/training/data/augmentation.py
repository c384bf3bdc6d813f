"""Data augmentation: digits redrawn larger, smaller, slanted, rotated, or with another pen.

All results go through the page's own steps: pen strokes become ink on a canvas of the page's size,
and `raster` frames the ink. So the models are trained on the same kind of grids as the page shows
them.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pixelviz.arrays import SIDE, Grid
from pixelviz.ink import PAPER_PX, Points, from_strokes
from pixelviz.raster import to_grid
from pixelviz.training.data.habits import with_habit
from pixelviz.training.data.pen_characters import PenCharacter
from pixelviz.training.data.stroke_variation import varied

WIDTH_WEIGHT = 0.6
"""A drawing is scaled by its height, or by this share of its width if that is larger."""

UPSAMPLING = 3
"""An MNIST image is transformed at this multiple of its size, so that it stays sharp."""

FAINT = 24
"""Ink below this value is blur left by the transformation. It would enlarge the bounding box."""

HABIT_THICKNESS = 0.4
"""The largest `Augmentation.thickness` of a digit with an added habit."""

CONTROL_POINTS = 4
"""Elastic distortion displaces a lattice of this many by this many points at random."""


@dataclass(frozen=True)
class Augmentation:
    """How strong each kind of augmentation is; 0 switches it off.

    Attributes:
        rotation: Standard deviation of the angle, in radians.
        shear: Standard deviation of the slant, in widths per height.
        stretch: Standard deviation of the logarithm of the stretch factor.
        elastic: Standard deviation of the elastic distortion's displacements, as a share of the
            digit's height.
        thickness: The pen is up to e^thickness times thinner or thicker than `PEN_PX`. Any value
            above 0 makes an MNIST image's strokes up to two thirds of a pixel thinner or thicker.
        gap: Probability that a stroke is interrupted by a small gap. Strokes only, not images.
        subsampling: Probability that a stroke loses every other point, as if drawn twice as fast.
            Strokes only, not images.
        cut: Probability that a stroke ends early, as if the pen had been lifted too soon. Strokes
            only, not images.
        hook: Probability that one stroke begins or ends with a hook, where the pen touched the
            paper too soon or was lifted too late. Strokes only, not images.
        habit: Probability that a digit is written as other people write it; see `habits`. Strokes
            only, not images.
    """

    rotation: float = 0
    shear: float = 0
    stretch: float = 0
    elastic: float = 0
    thickness: float = 0
    gap: float = 0
    subsampling: float = 0
    cut: float = 0
    hook: float = 0
    habit: float = 0


DEFAULT_AUGMENTATION = Augmentation(
    rotation=0.11,
    shear=0.18,
    stretch=0.12,
    elastic=0.03,
    thickness=0.8,
    gap=0.1,
    subsampling=0.2,
    cut=0.15,
    hook=0.2,
    habit=0.25,
)
"""The augmentation that the models are trained with."""

PEN_PX = 20.0
"""A medium pen, in the canvas's pixels; `Augmentation.thickness` varies around it."""


def draw_pen_character(
    character: PenCharacter,
    random: Generator,
    *,
    heights: tuple[float, float],
    pen_widths_px: tuple[float, float],
) -> Grid:
    """Return a character as it would look on the page, drawn off-centre, not augmented.

    Args:
        character: What to draw.
        random: Chooses size, position and pen.
        heights: The smallest and the largest height, as shares of the canvas's height.
        pen_widths_px: The thinnest and the thickest pen, in the canvas's pixels.

    Returns:
        (28, 28) uint8, framed like MNIST.
    """
    strokes = place_on_canvas(character.strokes, random, heights=heights)
    return to_grid(from_strokes(strokes, pen_width_px=random.uniform(*pen_widths_px)))


def augment_pen_digit(digit: PenCharacter, random: Generator, augmentation: Augmentation) -> Grid:
    """Return a randomly varied drawing of a pen-drawn digit.

    Args:
        digit: The digit to vary.
        random: Chooses the variation.
        augmentation: How strong the variation is.

    Returns:
        (28, 28) uint8, framed like MNIST.
    """
    strokes = digit.strokes
    if random.random() < augmentation.habit:
        strokes = with_habit(digit, random)
        thickness = min(augmentation.thickness, HABIT_THICKNESS)  # a thick pen would hide it
        augmentation = replace(augmentation, thickness=thickness)
    return to_grid(augment_strokes(strokes, random, augmentation))


def augment_strokes(
    strokes: tuple[Points, ...],
    random: Generator,
    augmentation: Augmentation,
) -> NDArray[np.uint8]:
    """Return the ink of a randomly varied drawing of strokes, at a random place on the canvas.

    Args:
        strokes: What to draw, of any size and at any position.
        random: Chooses the variation, the size and the position.
        augmentation: How strong the variation is.

    Returns:
        (280, 280) uint8.
    """
    affine = _affine(random, augmentation) @ np.diag(
        [np.exp(random.normal(0, augmentation.stretch)), 1]
    )
    careless = varied(
        strokes,
        random,
        subsampling=augmentation.subsampling,
        cut=augmentation.cut,
        hook=augmentation.hook,
        gap=augmentation.gap,
    )
    transformed = tuple(stroke @ affine.T for stroke in careless)
    on_canvas = place_on_canvas(transformed, random, heights=(0.25, 0.9))
    points = np.concatenate(on_canvas)
    height = max(float(np.ptp(points[:, 1])), 1)
    displacements = random.normal(
        0, augmentation.elastic * height, (2, CONTROL_POINTS, CONTROL_POINTS)
    )
    distorted = tuple(
        stroke + _displacements_at(stroke / PAPER_PX, displacements) for stroke in on_canvas
    )
    pen_width = PEN_PX * np.exp(augmentation.thickness * random.uniform(-1, 1))
    return from_strokes(distorted, pen_width_px=pen_width)


def augment_image(grid: Grid, random: Generator, augmentation: Augmentation) -> Grid:
    """Return a randomly varied MNIST image, framed again.

    Args:
        grid: (28, 28) uint8, an MNIST image.
        random: Chooses the variation.
        augmentation: How strong the variation is.

    Returns:
        (28, 28) uint8, framed like MNIST.
    """
    side = UPSAMPLING * SIDE
    affine = _affine(random, augmentation) @ np.diag(
        np.exp(random.normal(0, augmentation.stretch, 2))
    )
    displacements = random.normal(
        0, augmentation.elastic * side, (2, CONTROL_POINTS, CONTROL_POINTS)
    )
    large = Image.fromarray(grid).resize((side, side), Image.Resampling.BICUBIC)
    if augmentation.thickness:
        large = _dilated_or_eroded(large, int(random.integers(-1, 2)))
    middle = (side - 1) / 2
    steps = np.arange(side) - middle
    weights = _interpolation_weights(np.linspace(0, 1, side))  # (84, 4)
    across, down = weights @ displacements[0] @ weights.T, weights @ displacements[1] @ weights.T
    x = affine[0, 0] * steps + affine[0, 1] * steps[:, np.newaxis] + across
    y = affine[1, 0] * steps + affine[1, 1] * steps[:, np.newaxis] + down
    ink = _bilinear(np.asarray(large, np.float32), x + middle, y + middle)
    ink[ink < FAINT] = 0
    return to_grid(ink.astype(np.uint8))


def place_on_canvas(
    strokes: tuple[Points, ...], random: Generator, *, heights: tuple[float, float]
) -> tuple[Points, ...]:
    """Return strokes scaled and moved to a random place on the page's canvas.

    Their centre is off the middle of the canvas by up to 10 % of its side.

    Args:
        strokes: What to draw, of any size and at any position.
        random: Chooses size and position.
        heights: The smallest and the largest height, as shares of the canvas's height.
    """
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = high - low
    scale = random.uniform(*heights) * PAPER_PX / max(height, WIDTH_WEIGHT * width, 1e-6)
    centre = PAPER_PX * (0.5 + random.uniform(-0.1, 0.1, 2))
    return tuple((stroke - (low + high) / 2) * scale + centre for stroke in strokes)


def _affine(random: Generator, augmentation: Augmentation) -> NDArray[np.float64]:
    """Return a random rotation and shear as one matrix, (2, 2)."""
    angle, slant = random.normal(0, augmentation.rotation), random.normal(0, augmentation.shear)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shear = np.array([[1, slant], [0, 1]])
    product: NDArray[np.float64] = rotation @ shear
    return product


def _dilated_or_eroded(picture: Image.Image, steps: int) -> Image.Image:
    """Return a picture dilated (steps = 1), eroded (-1) or unchanged (0)."""
    if not steps:
        return picture
    return picture.filter(ImageFilter.MaxFilter(3) if steps > 0 else ImageFilter.MinFilter(3))


def _displacements_at(places: Points, displacements: NDArray[np.float64]) -> Points:
    """Return the elastic distortion's displacements at some places, smoothly interpolated.

    Args:
        places: (n, 2), x and y, as shares of the canvas's side.
        displacements: (2, 4, 4), x and y displacements at the control points: a regular lattice
            over the canvas.

    Returns:
        (n, 2), in the unit of the displacements.
    """
    across = _interpolation_weights(places[:, 0])
    down = _interpolation_weights(places[:, 1])
    interpolated: Points = np.einsum("dyx,ny,nx->nd", displacements, down, across, optimize=True)
    return interpolated


def _interpolation_weights(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Gaussian weights of the control points for places from 0 to 1 on a line.

    Args:
        places: (n,).

    Returns:
        (n, 4); each row adds up to 1.
    """
    distances = np.clip(places, 0, 1)[:, np.newaxis] * (CONTROL_POINTS - 1) - np.arange(
        CONTROL_POINTS
    )
    weights: NDArray[np.float64] = np.exp(-(distances**2))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def _bilinear(
    picture: NDArray[np.float32], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return a picture's bilinearly interpolated values at columns x, rows y; 0 outside of it."""
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
