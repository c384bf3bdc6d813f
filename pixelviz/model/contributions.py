"""features -> the evidence for each digit: softmax regression, with every step open to see.

Softmax regression has one weight for each pair of a feature and a digit. Weight × feature is what a
pixel says for a digit, above 0, or against it, below 0. All 784 added up, plus the digit's bias,
are its logit; and the digit's share of all e^logit is its probability.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Features, expect_features
from pixelviz.model.classifier import Linear


@dataclass(frozen=True)
class Evidence:
    """How softmax regression comes to its answer to one digit, in float64.

    Attributes:
        contributions: (10, 784), weight × feature, one row a digit.
        bias: (10,), what each digit gets whatever is drawn.
    """

    contributions: NDArray[np.float64]
    bias: NDArray[np.float64]

    @property
    def sums(self) -> NDArray[np.float64]:
        """(10,), what all pixels together say for each digit."""
        return np.asarray(self.contributions.sum(axis=1))

    @property
    def logits(self) -> NDArray[np.float64]:
        """(10,), sum + bias."""
        return self.sums + self.bias

    @property
    def exponentials(self) -> NDArray[np.float64]:
        """(10,), e^(logit - largest logit): 1 for the likeliest digit, at most 1 for the others.

        Counted from the largest, no logit is too large or too small for e^logit to be shown, and
        the shares are the same.
        """
        return np.asarray(np.exp(self.logits - self.logits.max()))

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """(10,), each digit's share of all exponentials; they add up to 1."""
        return np.asarray(self.exponentials / self.exponentials.sum())


def weigh(features: Features, linear: Linear) -> Evidence:
    """Return what each feature says for and against each digit.

    Args:
        features: (784,) float32, 0 to 1.
        linear: The weights and the bias of softmax regression.

    Raises:
        ArrayError: The features are not (784,) float32.

    Example:
        >>> features = np.zeros(784, np.float32)
        >>> features[401] = 0.5
        >>> linear = Linear(np.full((784, 10), 3, np.float32), np.ones(10, np.float32))
        >>> evidence = weigh(features, linear)
        >>> float(evidence.contributions[7, 401]), float(evidence.logits[7])
        (1.5, 2.5)
    """
    expect_features(features)
    weights = linear.weights.T.astype(np.float64)  # (784, 10) -> (10, 784)
    return Evidence(weights * features, linear.bias.astype(np.float64))


def round_to_add_up(parts: NDArray[np.floating], *, decimals: int) -> NDArray[np.int64]:
    """Return numbers rounded so that, as they are shown, they add up to their rounded sum.

    Rounded one by one they may miss it: 0.5 + 0.5 would be shown as 0 + 0 = 1. So all are rounded
    down, and those that lose most by it are raised by one unit until the sum is right; none ends
    up a whole unit from where it was.

    Args:
        parts: (n,) float.
        decimals: How many decimals are shown, 0 or more.

    Returns:
        (n,) int64, in units of the last decimal shown.

    Example:
        >>> round_to_add_up(np.array([1 / 3, 1 / 3, 1 / 3]), decimals=2).tolist()
        [34, 33, 33]
    """
    scaled = parts.astype(np.float64) * 10.0**decimals
    units = np.floor(scaled).astype(np.int64)
    missing = round(float(scaled.sum())) - int(units.sum())
    lost = scaled - units
    units[np.argsort(-lost, kind="stable")[:missing]] += 1
    return units
