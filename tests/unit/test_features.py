import numpy as np
import pytest

from pixelviz.arrays import LENGTH
from pixelviz.errors import ArrayError
from pixelviz.features import rescale


def test_every_value_is_divided_by_255() -> None:
    vector = np.resize(np.arange(256, dtype=np.uint8), LENGTH)
    features = rescale(vector)
    assert features.dtype == np.float32
    assert np.array_equal(features, (vector / 255).astype(np.float32))


def test_a_batch_is_rescaled_like_each_of_its_vectors() -> None:
    vectors = np.random.default_rng(0).integers(0, 256, (5, LENGTH), dtype=np.uint8)
    assert np.array_equal(rescale(vectors), np.stack([rescale(vector) for vector in vectors]))


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((28, 28), np.uint8),
        np.zeros(783, np.uint8),
        np.zeros((1, 1, LENGTH), np.uint8),
        np.zeros(LENGTH, np.float32),
    ],
)
def test_an_array_that_is_not_a_vector_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="unroll"):
        rescale(wrong)
