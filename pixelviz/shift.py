"""grid -> the same grid moved by whole pixels."""

import numpy as np

from pixelviz.arrays import SIDE, Grid, expect_grid


def shift(grid: Grid, *, rows: int, columns: int) -> Grid:
    """Return the grid moved down and to the right; paper comes in where it moved away from.

    Args:
        grid: (28, 28) uint8.
        rows: How far down, in pixels; negative moves it up.
        columns: How far to the right, in pixels; negative moves it to the left.

    Returns:
        (28, 28) uint8. What is moved over the edge is gone.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.

    Example:
        >>> grid = np.zeros((28, 28), np.uint8)
        >>> grid[14, 14] = 255
        >>> int(shift(grid, rows=2, columns=-3)[16, 11])
        255
    """
    expect_grid(grid)
    moved = np.zeros_like(grid)
    if abs(rows) < SIDE and abs(columns) < SIDE:
        down, right = max(rows, 0), max(columns, 0)
        up, left = max(-rows, 0), max(-columns, 0)
        moved[down : SIDE - up, right : SIDE - left] = grid[up : SIDE - down, left : SIDE - right]
    return moved
