"""How well a model reads, how well it knows how well, and how well it notices what is no digit.

Everything here is worked out from logits, so that one pass through a model serves all of it.
"""

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import DIGITS, LENGTH, Logits
from pixelviz.features import rescale
from pixelviz.model.card import Score
from pixelviz.model.classifier import softmax

BINS = 15
"""Into how many steps of confidence the calibration error is split (Guo et al. 2017 use 15)."""

TEMPERATURES = np.geomspace(0.25, 2, 181)

CALIBRATION_BOUNDS = {"mnist": 0.01, "pen": 0.02}
"""The calibration errors that are allowed, on MNIST and on strangers' pen strokes."""

ABSTENTION_RATE = 0.008
"""The share of real digits that may be called "not sure": below 1 %, with room for other people."""


def logits_of(model: keras.Model, grids: NDArray[np.uint8]) -> Logits:
    """Return what a model answers to many grids, (n, 28, 28) uint8 -> (n, 10) float32."""
    return units_of(model, grids)


def units_of(model: keras.Model, grids: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return what a model's last layer answers to many grids, (n, 28, 28) uint8 -> (n, units)."""
    features = rescale(grids.reshape(-1, LENGTH))
    answer: NDArray[np.float32] = model.predict(features, batch_size=1000, verbose=0)
    return answer


def score(logits: Logits, targets: NDArray[np.uint8], *, threshold: float) -> Score:
    """Return how well real digits were read.

    Args:
        logits: (n, 10) float32, with the temperature in them.
        targets: (n,) uint8, 0 to 9.
        threshold: The confidence below which the model is not sure, 0 to 1.
    """
    probabilities = softmax(logits)
    return Score(
        accuracy=float((logits.argmax(axis=1) == targets).mean()),
        calibration_error=calibration_error(logits, targets),
        abstention_rate=float((probabilities.max(axis=1) < threshold).mean()),
    )


def calibration_error(logits: Logits, targets: NDArray[np.uint8]) -> float:
    """Return the expected calibration error, 0 to 1: how far confidence is from accuracy.

    The answers are sorted into steps of confidence; in each, the mean confidence is compared with
    the share that is right, and the differences are averaged over all answers.
    """
    probabilities = softmax(logits)
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == targets
    step = np.minimum((confidence * BINS).astype(np.intp), BINS - 1)
    gaps = np.bincount(step, weights=confidence - right, minlength=BINS)
    return float(np.abs(gaps).sum() / len(targets))


def temperature_for(sets: list[tuple[Logits, NDArray[np.uint8]]], *, bounds: list[float]) -> float:
    """Return by what the logits have to be divided for the probabilities to be most honest.

    The temperature (Guo et al. 2017) at which the worst calibration error, each counted in shares
    of its bound, is the smallest.

    Args:
        sets: Logits (n, 10) and targets (n,) of digits that the model has not learned from.
        bounds: By set, the calibration error that is allowed, above 0.
    """

    def worst(temperature: float) -> float:
        return max(
            calibration_error(logits / temperature, targets) / bound
            for (logits, targets), bound in zip(sets, bounds, strict=True)
        )

    return float(min(TEMPERATURES, key=worst))


def threshold_for(sets: list[Logits]) -> float:
    """Return the confidence below which 0.8 % of the real digits of the hardest set lie.

    Args:
        sets: Logits (n, 10) of real digits that the model has not learned from.
    """
    limits = [np.quantile(softmax(logits).max(axis=1), ABSTENTION_RATE) for logits in sets]
    return float(min(limits))


def noticed(logits: Logits, *, threshold: float) -> float:
    """Return the share of non-digits that the model is not sure about, 0 to 1."""
    return float((softmax(logits).max(axis=1) < threshold).mean())


def confusion(logits: Logits, targets: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return how often each digit (row) was read as each digit (column), (10, 10)."""
    counts = np.zeros((len(DIGITS), len(DIGITS)), np.int64)
    np.add.at(counts, (targets, logits.argmax(axis=1)), 1)
    return counts
