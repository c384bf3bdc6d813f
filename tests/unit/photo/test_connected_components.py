import numpy as np
import pytest
from numpy.typing import NDArray

from pixelviz.arrays import Mask
from pixelviz.errors import ArrayError
from pixelviz.photo import connected_components
from tests.drawings import SCRIBBLE, drawn


def flood_fill(mask: Mask) -> NDArray[np.intp]:
    """Return the label of each point, found by a flood fill from point to point."""
    labels = np.zeros(mask.shape, np.intp)
    for row, column in zip(*np.nonzero(mask), strict=True):
        if labels[row, column]:
            continue
        label, waiting = labels.max() + 1, [(row, column)]
        while waiting:
            y, x = waiting.pop()
            inside = 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1]
            if inside and mask[y, x] and not labels[y, x]:
                labels[y, x] = label
                waiting += [(y + down, x + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    return labels


def same_components(one: NDArray[np.signedinteger], other: NDArray[np.signedinteger]) -> bool:
    """Return whether two label images show the same components, whatever their labels."""
    pairs = np.unique(np.stack([one.ravel(), other.ravel()]), axis=1)
    return bool(pairs.shape[1] == len(np.unique(one)) == len(np.unique(other)))


def test_runs_give_back_the_mask() -> None:
    mask = drawn(SCRIBBLE, pen_px=3) > 0
    runs = connected_components.find_runs(mask)
    ones = np.ones(len(runs.row), np.intp)
    assert np.array_equal(connected_components.label_image(runs, ones, mask.shape), mask)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.6])
@pytest.mark.parametrize("shape", [(30, 40), (1, 50), (50, 1)])
def test_components_are_those_of_a_flood_fill(share: float, shape: tuple[int, int]) -> None:
    mask = np.random.default_rng(1).random(shape) < share
    assert same_components(connected_components.label(mask), flood_fill(mask))


def test_labels_count_from_1_and_the_background_is_0() -> None:
    mask = np.random.default_rng(1).random((30, 40)) < 0.4
    labels = connected_components.label(mask)
    assert np.unique(labels).tolist() == list(range(labels.max() + 1))
    assert np.array_equal(labels > 0, mask)


def test_a_run_with_label_0_is_left_out() -> None:
    mask = np.array([[True, False, True]])
    labels = connected_components.label_image(
        connected_components.find_runs(mask), np.array([0, 5], np.intp), mask.shape
    )
    assert labels.tolist() == [[0, 0, 5]]


def test_the_largest_component_has_the_most_points() -> None:
    mask = np.random.default_rng(2).random((30, 40)) < 0.3
    labels = flood_fill(mask)
    assert np.array_equal(
        connected_components.largest(mask), labels == np.bincount(labels[labels > 0]).argmax()
    )


def test_an_empty_mask_has_no_components() -> None:
    empty = np.zeros((5, 7), np.bool_)
    assert not connected_components.label(empty).any()
    assert not connected_components.largest(empty).any()


@pytest.mark.parametrize("wrong", [np.zeros(5, bool), np.zeros((5, 5), np.uint8)])
def test_an_array_that_is_not_a_mask_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected a mask"):
        connected_components.label(wrong)
