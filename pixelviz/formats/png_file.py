"""grid -> a grey PNG with exactly its values."""

import io

from PIL import Image

from pixelviz.arrays import Grid, expect_grid
from pixelviz.errors import ArrayError

PIXEL_PX_MAX = 100
"""The largest square that a PNG shows a pixel as, in points a side."""


def encode(grid: Grid, *, pixel_px: int = 1) -> bytes:
    """Return a grid as a grey PNG with exactly its values, each pixel a square with hard edges.

    Args:
        grid: (28, 28) uint8.
        pixel_px: Width and height of a pixel, in points of the PNG, 1 to 100.

    Returns:
        A PNG of 8 bits a point; with 1 it has 28 × 28 of them.

    Raises:
        ArrayError: The grid is not (28, 28) uint8, or the pixels are too small or too large.
    """
    expect_grid(grid)
    if not 1 <= pixel_px <= PIXEL_PX_MAX:
        raise ArrayError(
            f"Expected pixels of 1 to {PIXEL_PX_MAX} points, got {pixel_px}.",
            "1 makes the picture itself, 20 one to look at.",
        )
    squares = grid.repeat(pixel_px, axis=0).repeat(pixel_px, axis=1)
    stream = io.BytesIO()
    Image.fromarray(squares).save(stream, "PNG", optimize=True)
    return stream.getvalue()
