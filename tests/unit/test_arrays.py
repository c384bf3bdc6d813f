from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pixelviz import arrays
from pixelviz.errors import ArrayError

CHECKS: dict[Callable[[Any], None], tuple[list[Any], list[Any], str]] = {
    arrays.expect_rgba: (
        [np.zeros((5, 7, 4), np.uint8)],
        [np.zeros((5, 7, 3), np.uint8), np.zeros((0, 7, 4), np.uint8), np.zeros((5, 7, 4))],
        "Expected rgba of shape (H, W, 4) and type uint8, got shape {} and type {}. "
        "Convert the picture to RGBA first.",
    ),
    arrays.expect_ink: (
        [np.zeros((5, 7), np.uint8), np.zeros((1, 1), np.uint8)],
        [np.zeros((0, 7), np.uint8), np.zeros((5, 0), np.uint8), np.zeros((5, 7)),
         np.zeros(5, np.uint8), np.zeros((5, 7, 4), np.uint8)],
        "Expected ink of shape (H, W) and type uint8, got shape {} and type {}. "
        "Call ink.from_rgba(rgba) or extraction.extract(grey) first.",
    ),
    arrays.expect_grid: (
        [np.zeros((28, 28), np.uint8)],
        [np.zeros((280, 280), np.uint8), np.zeros((28, 28), np.int64), np.zeros(784, np.uint8)],
        "Expected a grid of shape (28, 28) and type uint8, got shape {} and type {}. "
        "Call raster.to_grid(ink) first.",
    ),
    arrays.expect_vector: (
        [np.zeros(784, np.uint8)],
        [np.zeros((28, 28), np.uint8), np.zeros((1, 784), np.uint8), np.zeros(784)],
        "Expected a vector of shape (784,) and type uint8, got shape {} and type {}. "
        "Call vector.unroll(grid) first.",
    ),
    arrays.expect_vectors: (
        [np.zeros((3, 784), np.uint8), np.zeros((0, 784), np.uint8)],
        [np.zeros(784, np.uint8), np.zeros((3, 783), np.uint8), np.zeros((3, 784))],
        "Expected vectors of shape (n, 784) and type uint8, got shape {} and type {}. "
        "Call vector.unroll(grid) first.",
    ),
    arrays.expect_vector_or_batch: (
        [np.zeros(784, np.uint8), np.zeros((3, 784), np.uint8)],
        [np.zeros((28, 28), np.uint8), np.zeros((1, 3, 784), np.uint8), np.zeros(784)],
        "Expected a vector of shape (784,) or (n, 784) and type uint8, got shape {} and type {}. "
        "Call vector.unroll(grid) first.",
    ),
    arrays.expect_features: (
        [np.zeros(784, np.float32)],
        [np.zeros((1, 784), np.float32), np.zeros(784), np.zeros(784, np.uint8)],
        "Expected features of shape (784,) and type float32, got shape {} and type {}. "
        "Call features.rescale(vector) first.",
    ),
    arrays.expect_feature_batch: (
        [np.zeros((3, 784), np.float32), np.zeros((0, 784), np.float32)],
        [np.zeros(784, np.float32), np.zeros((3, 784)), np.zeros((3, 28, 28), np.float32)],
        "Expected features of shape (n, 784) and type float32, got shape {} and type {}. "
        "Call features.rescale(vector) first.",
    ),
    arrays.expect_grey: (
        [np.zeros((5, 7), np.uint8)],
        [np.zeros((0, 7), np.uint8), np.zeros((5, 7)), np.zeros((5, 7, 3), np.uint8)],
        "Expected a grey picture of shape (H, W) and type uint8, got shape {} and type {}. "
        "Call image_file.decode(file) first.",
    ),
    arrays.expect_mask: (
        [np.zeros((5, 7), bool)],
        [np.zeros((5, 0), bool), np.zeros((5, 7), np.uint8), np.zeros(5, bool)],
        "Expected a mask of shape (H, W) and type bool, got shape {} and type {}. "
        "Compare the picture with a threshold first: ink > 0.",
    ),
}  # fmt: skip
"""By check: arrays that it accepts, arrays that it refuses, and how."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_arrays_of_the_expected_form_are_accepted(check: Callable[[Any], None]) -> None:
    for array in CHECKS[check][0]:
        check(array)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_other_arrays_are_refused_with_a_fix(check: Callable[[Any], None]) -> None:
    _, wrong, message = CHECKS[check]
    for array in wrong:
        with pytest.raises(ArrayError) as error:
            check(array)
        assert str(error.value) == message.format(array.shape, array.dtype)


def test_every_check_is_tested() -> None:
    assert {name for name in vars(arrays) if name.startswith("expect_")} == {
        check.__name__ for check in CHECKS
    }
