"""grid <-> vector: the grid's rows laid one after the other, and back again."""

from pixelviz.arrays import LENGTH, SIDE, Grid, Vector, expect_grid, expect_vector
from pixelviz.errors import ArrayError


def unroll(grid: Grid) -> Vector:
    """Return the pixels of a grid in one line, read row by row.

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
    """Return the pixels of a grid in one line, read column by column instead.

    The same numbers in another order. It would do just as well, if it were always this one.

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
    """Return the vector as the grid it was unrolled from.

    Args:
        vector: (784,) uint8, 0 to 255.

    Returns:
        (28, 28) uint8, a copy.

    Raises:
        ArrayError: The vector is not (784,) uint8.
    """
    expect_vector(vector)
    return vector.reshape(SIDE, SIDE).copy()  # (784,) -> (28, 28)


def index_of(row: int, column: int) -> int:
    """Return which feature the pixel at a row and a column is.

    Args:
        row: 0 (top) to 27 (bottom).
        column: 0 (left) to 27 (right).

    Returns:
        The index into the vector, 0 to 783.

    Raises:
        ArrayError: The row or the column lies outside the grid.

    Example:
        >>> index_of(14, 9)
        401
    """
    if not (0 <= row < SIDE and 0 <= column < SIDE):
        raise ArrayError(
            f"Expected a row and a column from 0 to {SIDE - 1}, got row {row}, column {column}.",
            "Count both from 0 at the top left.",
        )
    return SIDE * row + column


def place_of(index: int) -> tuple[int, int]:
    """Return the row and the column of the pixel that a feature came from.

    Args:
        index: 0 to 783.

    Returns:
        The row and the column, each 0 to 27.

    Raises:
        ArrayError: The index lies outside the vector.

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
