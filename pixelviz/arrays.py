"""The facts of an MNIST picture; the names of the arrays that carry a digit, and their checks.

| name            | what                                       | shape, type             |
|-----------------|--------------------------------------------|-------------------------|
| `rgba`          | the canvas as it arrives                   | (H, W, 4) uint8         |
| `ink`           | how dark the paper is: 0 paper, 255 ink    | (H, W) uint8            |
| `grid`          | the picture that the model gets            | (28, 28) uint8          |
| `vector`        | the grid, read row by row                  | (784,) uint8            |
| `features`      | the vector, rescaled to 0 to 1             | (784,) or (n, 784) float32 |
| `logits`, `probabilities` | the model's answer               | (10,) float32           |

A photo has two more: `grey`, how bright each point is, (H, W) uint8, and `mask`, which points are
paper or ink, (H, W) bool.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from pixelviz.errors import ArrayError

SIDE = 28
"""Rows, and columns, of a picture."""

LENGTH = SIDE * SIDE
"""Pixels in a picture, hence features in a vector: 784."""

PIXEL_MAX = 255
"""The largest value of a pixel of 8 bits: full ink. Paper is 0."""

DIGITS = range(10)
"""The targets, 0 to 9."""

Rgba: TypeAlias = NDArray[np.uint8]
Ink: TypeAlias = NDArray[np.uint8]
Grid: TypeAlias = NDArray[np.uint8]
Vector: TypeAlias = NDArray[np.uint8]
Features: TypeAlias = NDArray[np.float32]
Logits: TypeAlias = NDArray[np.float32]
Probabilities: TypeAlias = NDArray[np.float32]

Grey: TypeAlias = NDArray[np.uint8]
"""(H, W) uint8: how bright each point of a picture is, 0 black, 255 white."""

Mask: TypeAlias = NDArray[np.bool_]
"""(H, W) bool: which points of a picture are paper, or ink."""

UNROLL = "Call vector.unroll(grid) first."
RESCALE = "Call features.rescale(vector) first."


def expect_rgba(rgba: NDArray[Any]) -> None:
    """Raise an ArrayError unless this is (H, W, 4) uint8 with at least one point."""
    _expect("rgba", rgba, ("H", "W", 4), dtype=np.uint8, fix="Convert the picture to RGBA first.")


def expect_ink(ink: NDArray[Any]) -> None:
    """Raise an ArrayError unless this is (H, W) uint8 with at least one point."""
    fix = "Call ink.from_rgba(rgba) or extraction.extract(grey) first."
    _expect("ink", ink, ("H", "W"), dtype=np.uint8, fix=fix)


def expect_grid(grid: NDArray[Any]) -> None:
    """Raise an ArrayError unless this is (28, 28) uint8."""
    fix = "Call raster.to_grid(ink) first."
    _expect("a grid", grid, (SIDE, SIDE), dtype=np.uint8, fix=fix)


def expect_vector(vector: NDArray[Any]) -> None:
    """Raise an ArrayError unless this is (784,) uint8."""
    _expect("a vector", vector, (LENGTH,), dtype=np.uint8, fix=UNROLL)


def expect_vectors(vectors: NDArray[Any]) -> None:
    """Raise an ArrayError unless this is (n, 784) uint8."""
    _expect("vectors", vectors, ("n", LENGTH), dtype=np.uint8, fix=UNROLL)


def expect_vector_or_batch(vector: NDArray[Any]) -> None:
    """Raise an ArrayError unless this is (784,) or (n, 784) uint8."""
    _expect("a vector", vector, (LENGTH,), ("n", LENGTH), dtype=np.uint8, fix=UNROLL)


def expect_features(features: NDArray[Any]) -> None:
    """Raise an ArrayError unless this is (784,) float32."""
    _expect("features", features, (LENGTH,), dtype=np.float32, fix=RESCALE)


def expect_feature_batch(features: NDArray[Any]) -> None:
    """Raise an ArrayError unless this is (n, 784) float32."""
    _expect("features", features, ("n", LENGTH), dtype=np.float32, fix=RESCALE)


def expect_grey(grey: NDArray[Any]) -> None:
    """Raise an ArrayError unless this is (H, W) uint8 with at least one point."""
    fix = "Call image_file.decode(file) first."
    _expect("a grey picture", grey, ("H", "W"), dtype=np.uint8, fix=fix)


def expect_mask(mask: NDArray[Any]) -> None:
    """Raise an ArrayError unless this is (H, W) bool with at least one point."""
    fix = "Compare the picture with a threshold first: ink > 0."
    _expect("a mask", mask, ("H", "W"), dtype=np.bool_, fix=fix)


def _expect(
    name: str, array: NDArray[Any], *shapes: tuple[int | str, ...], dtype: DTypeLike, fix: str
) -> None:
    """Raise an ArrayError unless an array has one of some shapes, and a type.

    Args:
        name: What the array should be, as the message says it.
        array: What was passed.
        shapes: The shapes it may have. "H" and "W" stand for any length from 1, "n" for any.
        dtype: The type it must have.
        fix: How to get such an array.
    """
    if array.dtype != dtype or not any(_fits(array.shape, shape) for shape in shapes):
        expected = " or ".join(str(shape).replace("'", "") for shape in shapes)
        raise ArrayError(
            f"Expected {name} of shape {expected} and type {np.dtype(dtype)}, "
            f"got shape {array.shape} and type {array.dtype}.",
            fix,
        )


def _fits(shape: tuple[int, ...], expected: tuple[int | str, ...]) -> bool:
    return len(shape) == len(expected) and all(
        length > 0 if axis in ("H", "W") else axis in ("n", length)
        for length, axis in zip(shape, expected, strict=True)
    )
