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
    padded = np.pad(mask, ((0, 0), (1, 1)))
    is_edge = padded[:, 1:] != padded[:, :-1]  # (H, W + 1)
    row, column = np.nonzero(is_edge)  # in each row start, end, start, end, …
    return Runs(row[::2], column[::2], column[1::2])


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


def label_image(runs: Runs, labels: NDArray[np.intp], shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Return a picture with the label of its run at each point of a mask.

    Args:
        runs: All runs of the mask, n of them.
        labels: (n,) intp, the label of each run, at least 0.
        shape: The mask's shape, (H, W).

    Returns:
        (H, W) intp, 0 where the mask is False.
    """
    # Each run adds its label where it starts and takes it away where it ends.
    steps = np.zeros((shape[0], shape[1] + 1), np.intp)
    steps[runs.row, runs.start] += labels
    steps[runs.row, runs.end] -= labels
    return steps.cumsum(axis=1)[:, :-1]  # (H, W + 1) -> (H, W)


def label_points(
    runs: Runs, labels: NDArray[np.intp], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return the labels of some points of a picture, 0 where the mask is False.

    Args:
        runs: All runs of the mask, n of them, at least one.
        labels: (n,) intp, the label of each run, at least 1.
        rows: (m,) intp, the row of each point.
        columns: (m,) intp, its column.

    Returns:
        (m,) intp.
    """
    width = 1 + max(int(runs.end.max()), int(columns.max(initial=0)))
    last = np.searchsorted(runs.row * width + runs.start, rows * width + columns, "right") - 1
    inside = (last >= 0) & (runs.row[last] == rows) & (columns < runs.end[last])
    return np.where(inside, labels[last], 0)


def count_points(runs: Runs, mask: Mask) -> NDArray[np.intp]:
    """Return how many points of a mask lie in each run of another one.

    Args:
        runs: The runs, n of them.
        mask: (H, W) bool, at most 32,767 columns.

    Returns:
        (n,) intp.
    """
    so_far = mask.cumsum(axis=1, dtype=np.int16)
    counts = so_far[runs.row, runs.end - 1] - so_far[runs.row, runs.start]
    return np.asarray(counts + mask[runs.row, runs.start], np.intp)


class Components(NamedTuple):
    """The runs of a mask, by component.

    Attributes:
        runs: All runs, n of them, component by component, each in reading order.
        end: (m,) intp, by label, how many runs come before the end of its component.
    """

    runs: Runs
    end: NDArray[np.intp]

    def of(self, label: int) -> Runs:
        """Return the runs of a component, by its label, from 1."""
        own = slice(self.end[label - 1], self.end[label])
        return Runs(*(part[own] for part in self.runs))


def by_component(runs: Runs, labels: NDArray[np.intp]) -> Components:
    """Return the runs of a mask, by component.

    Args:
        runs: All runs of the mask, n of them.
        labels: (n,) intp, the label of each run, from 1, without gaps.
    """
    order = np.argsort(labels, kind="stable")
    return Components(Runs(*(part[order] for part in runs)), np.bincount(labels).cumsum())


def bounding_boxes(runs: Runs, labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the top, left, bottom and right of each component, by its label.

    Args:
        runs: All runs of a mask, n of them.
        labels: (n,) intp, the label of each run, from 1, without gaps.

    Returns:
        (m, 4) intp; the first one, of the background, is empty.
    """
    count = int(labels.max(initial=0)) + 1
    boxes = np.zeros((count, 4), np.intp)
    boxes[1:, :2] = np.iinfo(np.intp).max
    np.minimum.at(boxes[:, 0], labels, runs.row)
    np.minimum.at(boxes[:, 1], labels, runs.start)
    np.maximum.at(boxes[:, 2], labels, runs.row + 1)
    np.maximum.at(boxes[:, 3], labels, runs.end)
    return boxes


def mask_in(runs: Runs, rectangle: tuple[int, int, int, int]) -> Mask:
    """Return the mask of some runs in a rectangle around them.

    Args:
        runs: Some runs, within the rectangle.
        rectangle: Its top, left, bottom and right.

    Returns:
        (bottom - top, right - left) bool.
    """
    top, left, bottom, right = rectangle
    steps = np.zeros((bottom - top, right - left + 1), np.int8)  # see label_image; a byte a point
    steps[runs.row - top, runs.start - left] = 1
    steps[runs.row - top, runs.end - left] = -1
    return steps.cumsum(axis=1, dtype=np.int8)[:, :-1].astype(np.bool_)


def label(mask: Mask) -> NDArray[np.intp]:
    """Return which component each point of a mask belongs to.

    Args:
        mask: (H, W) bool.

    Returns:
        (H, W) intp, the labels of the components, from 1; 0 where the mask is False.

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
