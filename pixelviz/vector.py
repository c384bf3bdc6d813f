"""grid <-> vector: the grid's rows one after the other, and back again."""

from pixelviz.arrays import LENGTH, SIDE, Grid, Vector, expect_grid, expect_vector
from pixelviz.errors import ArrayError


def unroll(grid: Grid) -> Vector:
    """Return the pixels of a grid as one vector, row by row.

    Args:
        grid: (28, 28) uint8, 0 to 255.

    Returns:
        (784,) uint8, a copy: `vector[28 * row + column] == grid[row, column]`.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.

    Example:
        >>> import numpy as np
        >>> grid = np.zeros((28, 28), np.uint8)
        >>> grid[14, 9] = 253
        >>> unroll(grid)[28 * 14 + 9]
        np.uint8(253)
    """
    expect_grid(grid)
    return grid.flatten()  # (28, 28) -> (784,), row by row


def unroll_by_columns(grid: Grid) -> Vector:
    """Return the pixels of a grid as one vector, column by column.

    The same numbers in another order. Models would learn from it as well, as long as the order is
    always the same.

    Args:
        grid: (28, 28) uint8, 0 to 255.

    Returns:
        (784,) uint8, a copy: `vector[28 * column + row] == grid[row, column]`.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.
    """
    expect_grid(grid)
    return grid.flatten(order="F")  # (28, 28) -> (784,), column by column


def roll(vector: Vector) -> Grid:
    """Return the grid that a vector was unrolled from.

    Args:
        vector: (784,) uint8, 0 to 255.

    Returns:
        (28, 28) uint8, a copy.

    Raises:
        ArrayError: The vector is not (784,) uint8.
    """
    expect_vector(vector)
    return vector.reshape(SIDE, SIDE).copy()  # (784,) -> (28, 28)


def place_of(index: int) -> tuple[int, int]:
    """Return the row and the column of the pixel that a feature is.

    Args:
        index: 0 to 783.

    Returns:
        The row and the column, each 0 to 27.

    Raises:
        ArrayError: The index is not 0 to 783.

    Example:
        >>> place_of(401)
        (14, 9)
    """
    if not 0 <= index < LENGTH:
        raise ArrayError(
            f"Expected an index from 0 to {LENGTH - 1}, got {index}.",
            f"A picture of {SIDE} rows and {SIDE} columns has {LENGTH} features.",
        )
    return divmod(index, SIDE)
