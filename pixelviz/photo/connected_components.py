"""ink -> its pieces: ink that hangs together, at corners too.

A row of ink is a few runs, stretches without a gap. There are far fewer runs than points, so pieces
are found among the runs.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Mask, expect_mask


class Runs(NamedTuple):
    """Stretches of ink within a row, in reading order.

    Attributes:
        row: (n,) intp, the row of each.
        start: (n,) intp, its first column.
        end: (n,) intp, the column after its last.
    """

    row: NDArray[np.intp]
    start: NDArray[np.intp]
    end: NDArray[np.intp]


def runs_of(mask: Mask) -> Runs:
    """Return the runs of a mask, row by row.

    Args:
        mask: (H, W) bool, which points are ink.

    Raises:
        ArrayError: The mask is not (H, W) bool with at least one point.

    Example:
        >>> runs_of(np.array([[False, True, True, False, True]])).end.tolist()
        [3, 5]
    """
    expect_mask(mask)
    edges = np.diff(mask.astype(np.int8), axis=1, prepend=0, append=0)  # (H, W + 1)
    row, start = np.nonzero(edges == 1)
    return Runs(row, start, np.nonzero(edges == -1)[1])


def piece_of_each(runs: Runs) -> NDArray[np.intp]:
    """Return which piece of ink each run belongs to.

    Runs of neighbouring rows are joined where they touch, at their corners too.

    Args:
        runs: All runs of some ink, n of them.

    Returns:
        (n,) intp, the pieces counted from 0.

    Example:
        >>> two_bars = np.array([[True, False, True], [True, False, True]])
        >>> piece_of_each(runs_of(two_bars)).tolist()
        [0, 1, 0, 1]
    """
    row, start, end = (part.tolist() for part in runs)
    parents = list(range(len(row)))

    def root(run: int) -> int:
        while parents[run] != run:
            parents[run] = parents[parents[run]]
            run = parents[run]
        return run

    above = 0
    for run in range(len(row)):
        # Runs are in reading order, so what ends before this one cannot touch the next one either.
        while row[above] < row[run] - 1 or (row[above] < row[run] and end[above] < start[run]):
            above += 1
        other = above
        while row[other] < row[run] and start[other] <= end[run]:
            parents[root(other)] = root(run)
            other += 1
    roots = np.array([root(run) for run in range(len(row))], np.intp)
    return np.asarray(np.unique(roots, return_inverse=True)[1], np.intp)


def numbered(
    runs: Runs, number_of_each: NDArray[np.intp], shape: tuple[int, ...]
) -> NDArray[np.intp]:
    """Return the paper with a number at each point of ink: that of its run, plus 1.

    Args:
        runs: All runs of some ink, n of them.
        number_of_each: (n,) intp, from -1.
        shape: The ink's shape, (H, W).

    Returns:
        (H, W) intp, 0 where there is no ink, or that of a run whose number is -1.
    """
    # Each run writes its number where it starts and takes it back where it ends.
    marks = np.zeros((shape[0], shape[1] + 1), np.intp)
    marks[runs.row, runs.start] += number_of_each + 1
    marks[runs.row, runs.end] -= number_of_each + 1
    return marks.cumsum(axis=1)[:, :-1]  # (H, W + 1) -> (H, W)
