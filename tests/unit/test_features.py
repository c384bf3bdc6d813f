import numpy as np
import pytest

from pixelviz.arrays import LENGTH
from pixelviz.errors import ArrayError
from pixelviz.features import rescale


def test_every_value_is_its_share_of_255() -> None:
    vector = np.resize(np.arange(256, dtype=np.uint8), LENGTH)
    features = rescale(vector)
    assert features.dtype == np.float32
    assert np.array_equal(features, (vector / 255).astype(np.float32))


def test_many_vectors_at_once_are_rescaled_like_each_alone() -> None:
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
def test_what_is_no_vector_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="unroll"):
        rescale(wrong)
