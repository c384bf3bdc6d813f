"""Metrics of a model: accuracy, calibration error, abstention rate, confusion matrix.

All are computed from logits, so that a model has to run only once over a set of grids.
"""

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import DIGITS, LENGTH, Logits
from pixelviz.features import rescale
from pixelviz.model.card import Score
from pixelviz.model.classifier import SURE_FROM, softmax

BINS = 15
"""How many bins of confidence the calibration error is computed from, as in Guo et al. 2017."""

TEMPERATURES = np.geomspace(0.25, 2, 181)
"""The temperatures to choose from."""


def logits_of(model: keras.Model, grids: NDArray[np.uint8]) -> Logits:
    """Return a model's logits for many grids, (n, 28, 28) uint8 -> (n, 10) float32."""
    return outputs_of(model, grids)


def outputs_of(model: keras.Model, grids: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the output of a model's last layer, (n, 28, 28) uint8 -> (n, units) float32."""
    features = rescale(grids.reshape(-1, LENGTH))
    outputs: NDArray[np.float32] = model.predict(features, batch_size=1000, verbose=0)
    return outputs


def score(logits: Logits, targets: NDArray[np.uint8], *, threshold: float = SURE_FROM) -> Score:
    """Return how well a model reads real digits.

    Args:
        logits: (n, 10) float32, already divided by the temperature.
        targets: (n,) uint8, 0 to 9.
        threshold: The confidence below which the model abstains, 0 to 1.
    """
    is_right = logits.argmax(axis=1) == targets
    is_sure = softmax(logits).max(axis=1) >= threshold
    return Score(
        accuracy=float(is_right.mean()),
        calibration_error=calibration_error(logits, targets),
        sure_and_right=float((is_sure & is_right).mean()),
        sure_and_wrong=float((is_sure & ~is_right).mean()),
    )


def accuracy(logits: Logits, targets: NDArray[np.uint8]) -> float:
    """Return the share of digits that are read correctly, 0 to 1."""
    return float((logits.argmax(axis=1) == targets).mean())


def calibration_error(logits: Logits, targets: NDArray[np.uint8]) -> float:
    """Return the expected calibration error, 0 to 1: the average gap of confidence and accuracy.

    The predictions are binned by confidence. The gap between mean confidence and accuracy in each
    bin is averaged, weighted by the number of predictions in the bin.
    """
    probabilities = softmax(logits)
    confidence = probabilities.max(axis=1).astype(np.float64)
    correct = probabilities.argmax(axis=1) == targets
    bins = np.minimum((confidence * BINS).astype(np.intp), BINS - 1)
    gaps = np.bincount(bins, weights=confidence - correct, minlength=BINS)
    return float(np.abs(gaps).sum() / len(targets))


def temperature_for(sets: list[tuple[Logits, NDArray[np.uint8]]]) -> float:
    """Return the temperature that calibrates the probabilities best (Guo et al. 2017).

    That is the one with the smallest calibration error on the worst set.

    Args:
        sets: Logits (n, 10) and targets (n,) of digits that the model was not trained on.
    """

    def worst(temperature: float) -> float:
        return max(calibration_error(logits / temperature, targets) for logits, targets in sets)

    return float(min(TEMPERATURES, key=worst))


def abstention_rate(logits: Logits, *, threshold: float = SURE_FROM) -> float:
    """Return the share of predictions whose confidence is below the threshold, 0 to 1."""
    return float((softmax(logits).max(axis=1) < threshold).mean())


def confusion_matrix(logits: Logits, targets: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return how often each digit (row) was read as each digit (column), (10, 10)."""
    counts = np.zeros((len(DIGITS), len(DIGITS)), np.int64)
    np.add.at(counts, (targets, logits.argmax(axis=1)), 1)
    return counts
