import numpy as np
import pytest

from pixelviz.data import neighbours
from pixelviz.data.mnist import Mnist
from pixelviz.errors import ArrayError

RANDOM = np.random.default_rng(1)
VECTORS = RANDOM.integers(0, 256, (500, 784)).astype(np.uint8)


def _brute_force(vector: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    return np.asarray(np.linalg.norm(vectors.astype(np.float64) - vector, axis=1))


@pytest.mark.parametrize("inked", [0, 1, 150, 784])
def test_the_nearest_are_those_of_a_search_through_all(inked: int) -> None:
    vector = np.zeros(784, np.uint8)
    vector[:inked] = RANDOM.integers(200, 256, inked)
    found = neighbours.nearest(vector, neighbours.gather(VECTORS), count=10)
    distances = _brute_force(vector, VECTORS)
    assert found.indices.tolist() == np.argsort(distances, kind="stable")[:10].tolist()
    assert found.distances == pytest.approx(np.sort(distances)[:10])


def test_a_vector_of_full_ink_is_counted_exactly() -> None:
    full = np.full((2, 784), 255, np.uint8)
    full[1, 783] = 254
    found = neighbours.nearest(full[0], neighbours.gather(full), count=2)
    assert found.distances.tolist() == [0, 1]


def test_a_vector_of_the_crowd_is_its_own_nearest_neighbour() -> None:
    found = neighbours.nearest(VECTORS[321], neighbours.gather(VECTORS), count=1)
    assert (found.indices.tolist(), found.distances.tolist()) == ([321], [0])


def test_no_more_are_returned_than_there_are() -> None:
    assert (
        len(neighbours.nearest(VECTORS[0], neighbours.gather(VECTORS[:3]), count=10).indices) == 3
    )


def test_an_mnist_digit_s_nearest_neighbours_equal_a_search_through_all_60_000(
    digits: Mnist,
) -> None:
    vectors = digits.x_train.reshape(-1, 784)
    vector = digits.x_test[0].reshape(784)
    found = neighbours.nearest(vector, neighbours.gather(vectors), count=10)
    distances = np.sqrt([float(((part.astype(np.int64) - vector) ** 2).sum()) for part in vectors])
    assert found.distances == pytest.approx(np.sort(distances)[:10])
    assert (digits.y_train[found.indices] == digits.y_test[0]).mean() > 0.8


@pytest.mark.parametrize("wrong", [np.zeros((28, 28), np.uint8), np.zeros(784), VECTORS])
def test_what_is_no_vector_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected a vector"):
        neighbours.nearest(wrong, neighbours.gather(VECTORS), count=1)


def test_grids_are_no_crowd() -> None:
    with pytest.raises(ArrayError, match="Expected vectors"):
        neighbours.gather(np.zeros((5, 28, 28), np.uint8))
