"""A mask -> its connected components: points that touch, at their corners too.

A row of a mask is a few runs, stretches without a gap (run-length encoding). There are far fewer
runs than points, so the components are found among the runs.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Mask, expect_mask


class Runs(NamedTuple):
    """The runs of a mask, in reading order.

    Attributes:
        row: (n,) intp, the row of each.
        start: (n,) intp, its first column.
        end: (n,) intp, the column after its last.
    """

    row: NDArray[np.intp]
    start: NDArray[np.intp]
    end: NDArray[np.intp]


def find_runs(mask: Mask) -> Runs:
    """Return the runs of a mask, row by row.

    Args:
        mask: (H, W) bool.

    Raises:
        ArrayError: The mask is not (H, W) bool with at least one point.

    Example:
        >>> find_runs(np.array([[False, True, True, False, True]])).end.tolist()
        [3, 5]
    """
    expect_mask(mask)
    edges = np.diff(mask.astype(np.int8), axis=1, prepend=0, append=0)  # (H, W + 1)
    row, start = np.nonzero(edges == 1)
    return Runs(row, start, np.nonzero(edges == -1)[1])


def label_runs(runs: Runs) -> NDArray[np.intp]:
    """Return which component each run belongs to.

    Runs of neighbouring rows that touch, at their corners too, are joined (union-find).

    Args:
        runs: All runs of a mask, n of them.

    Returns:
        (n,) intp, the labels of the components, from 1.

    Example:
        >>> two_bars = np.array([[True, False, True], [True, False, True]])
        >>> label_runs(find_runs(two_bars)).tolist()
        [1, 2, 1, 2]
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
    return np.asarray(np.unique(roots, return_inverse=True)[1] + 1, np.intp)


def bounding_boxes(runs: Runs, labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the bounding box of each component: top, left, bottom and right, by its label.

    Args:
        runs: All runs of a mask.
        labels: The label of each run, from 1.

    Returns:
        (n, 4) intp; the background, whose label is 0, has an empty box.
    """
    count = int(labels.max()) + 1
    boxes = np.zeros((count, 4), np.intp)
    boxes[1:, :2] = np.iinfo(np.intp).max
    np.minimum.at(boxes[:, 0], labels, runs.row)
    np.minimum.at(boxes[:, 1], labels, runs.start)
    np.maximum.at(boxes[:, 2], labels, runs.row + 1)
    np.maximum.at(boxes[:, 3], labels, runs.end)
    return boxes


def label_image(runs: Runs, labels: NDArray[np.intp], shape: tuple[int, ...]) -> NDArray[np.int32]:
    """Return a picture with the label of its run at each point of a mask.

    Args:
        runs: All runs of the mask, n of them.
        labels: (n,) intp, the label of each run, at least 0.
        shape: The mask's shape, (H, W).

    Returns:
        (H, W) int32, 0 where the mask is False.
    """
    # Each run adds its label where it starts and takes it away where it ends.
    steps = np.zeros((shape[0], shape[1] + 1), np.int32)
    steps[runs.row, runs.start] += labels
    steps[runs.row, runs.end] -= labels
    return steps.cumsum(axis=1, dtype=np.int32)[:, :-1]  # (H, W + 1) -> (H, W)


def label(mask: Mask) -> NDArray[np.int32]:
    """Return which component each point of a mask belongs to.

    Args:
        mask: (H, W) bool.

    Returns:
        (H, W) int32, the labels of the components, from 1; 0 where the mask is False.

    Raises:
        ArrayError: The mask is not (H, W) bool with at least one point.
    """
    runs = find_runs(mask)
    return label_image(runs, label_runs(runs), mask.shape)


def largest(mask: Mask) -> Mask:
    """Return the largest component of a mask.

    Args:
        mask: (H, W) bool.

    Returns:
        (H, W) bool, all False if the mask is.

    Raises:
        ArrayError: The mask is not (H, W) bool with at least one point.
    """
    runs = find_runs(mask)
    if not runs.row.size:
        return np.zeros_like(mask)
    labels = label_runs(runs)
    points = np.bincount(labels, weights=runs.end - runs.start)
    return np.asarray(label_image(runs, labels, mask.shape) == points.argmax())
