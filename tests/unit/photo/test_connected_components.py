import numpy as np
import pytest
from numpy.typing import NDArray

from pixelviz.arrays import Ink
from pixelviz.errors import ArrayError
from pixelviz.photo import connected_components
from tests.drawings import SCRIBBLE, drawn


def flooded(ink: Ink) -> NDArray[np.intp]:
    """Return which piece each point belongs to, from 1, found by flooding from point to point."""
    found = np.zeros(ink.shape, np.intp)
    for row, column in zip(*np.nonzero(ink), strict=True):
        if found[row, column]:
            continue
        number, waiting = found.max() + 1, [(row, column)]
        while waiting:
            y, x = waiting.pop()
            inside = 0 <= y < ink.shape[0] and 0 <= x < ink.shape[1]
            if inside and ink[y, x] and not found[y, x]:
                found[y, x] = number
                waiting += [(y + down, x + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    return found


def pieces_of(ink: Ink) -> NDArray[np.intp]:
    runs = connected_components.runs_of(ink > 0)
    return connected_components.numbered(runs, connected_components.piece_of_each(runs), ink.shape)


def same(one: NDArray[np.intp], other: NDArray[np.intp]) -> bool:
    """Return whether two numberings part the points alike, whatever number each part has."""
    pairs = np.unique(np.stack([one.ravel(), other.ravel()]), axis=1)
    return bool(pairs.shape[1] == len(np.unique(one)) == len(np.unique(other)))


def test_runs_give_back_the_ink_that_they_came_from() -> None:
    ink = drawn(SCRIBBLE, pen_px=3)
    runs = connected_components.runs_of(ink > 0)
    numbers = connected_components.numbered(runs, np.zeros(len(runs.row), np.intp), ink.shape)
    assert np.array_equal(numbers > 0, ink > 0)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.6])
@pytest.mark.parametrize("shape", [(30, 40), (1, 50), (50, 1)])
def test_pieces_are_what_a_flood_reaches(share: float, shape: tuple[int, int]) -> None:
    ink = (np.random.default_rng(1).random(shape) < share).astype(np.uint8)
    assert same(pieces_of(ink), flooded(ink))


def test_a_run_without_a_number_is_left_out() -> None:
    ink = np.array([[9, 0, 9]], np.uint8)
    numbers = connected_components.numbered(
        connected_components.runs_of(ink > 0), np.array([-1, 4], np.intp), ink.shape
    )
    assert numbers.tolist() == [[0, 0, 5]]


def test_empty_paper_has_no_pieces() -> None:
    assert not pieces_of(np.zeros((5, 7), np.uint8)).any()


@pytest.mark.parametrize("wrong", [np.zeros(5, bool), np.zeros((5, 5), np.uint8)])
def test_an_array_that_is_not_a_mask_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected a mask"):
        connected_components.runs_of(wrong)
