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
def test_the_nearest_neighbours_equal_those_of_a_brute_force_search(inked: int) -> None:
    vector = np.zeros(784, np.uint8)
    vector[:inked] = RANDOM.integers(200, 256, inked)
    found = neighbours.nearest(vector, neighbours.build_index(VECTORS), count=10)
    distances = _brute_force(vector, VECTORS)
    assert found.indices.tolist() == np.argsort(distances, kind="stable")[:10].tolist()
    assert found.distances == pytest.approx(np.sort(distances)[:10])


def test_distances_of_full_ink_are_exact() -> None:
    full = np.full((2, 784), 255, np.uint8)
    full[1, 783] = 254
    found = neighbours.nearest(full[0], neighbours.build_index(full), count=2)
    assert found.distances.tolist() == [0, 1]


def test_a_vector_of_the_index_is_its_own_nearest_neighbour() -> None:
    found = neighbours.nearest(VECTORS[321], neighbours.build_index(VECTORS), count=1)
    assert (found.indices.tolist(), found.distances.tolist()) == ([321], [0])


def test_a_small_index_returns_fewer_neighbours_than_asked_for() -> None:
    assert (
        len(neighbours.nearest(VECTORS[0], neighbours.build_index(VECTORS[:3]), count=10).indices)
        == 3
    )


def test_an_mnist_digits_nearest_neighbours_equal_those_of_a_brute_force_search(
    digits: Mnist,
) -> None:
    vectors = digits.x_train.reshape(-1, 784)
    vector = digits.x_test[0].reshape(784)
    found = neighbours.nearest(vector, neighbours.build_index(vectors), count=10)
    distances = np.sqrt([float(((part.astype(np.int64) - vector) ** 2).sum()) for part in vectors])
    assert found.distances == pytest.approx(np.sort(distances)[:10])
    assert (digits.y_train[found.indices] == digits.y_test[0]).mean() > 0.8


@pytest.mark.parametrize("wrong", [np.zeros((28, 28), np.uint8), np.zeros(784), VECTORS])
def test_a_vector_of_the_wrong_shape_or_type_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected a vector"):
        neighbours.nearest(wrong, neighbours.build_index(VECTORS), count=1)


def test_grids_are_refused_as_vectors() -> None:
    with pytest.raises(ArrayError, match="Expected vectors"):
        neighbours.build_index(np.zeros((5, 28, 28), np.uint8))
