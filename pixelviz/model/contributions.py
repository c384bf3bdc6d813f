"""features -> each pixel's contribution to each logit of softmax regression.

Softmax regression has one weight for each feature and digit. A pixel's contribution to a digit is
weight × feature: evidence for the digit if it is above 0, against it if below. The sum of all 784
contributions plus the digit's bias is the digit's logit, and the digit's share of the total of all
e^logit is its probability.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Features, expect_features
from pixelviz.model.classifier import Linear


@dataclass(frozen=True)
class Contributions:
    """How softmax regression computes its prediction for one digit, in float64.

    Attributes:
        weighted_features: (10, 784), weight × feature, one row for each digit.
        bias: (10,), what is added to each digit's logit whatever is drawn.
    """

    weighted_features: NDArray[np.float64]
    bias: NDArray[np.float64]

    @property
    def sums(self) -> NDArray[np.float64]:
        """(10,), the sum of all pixels' contributions to each digit."""
        return np.asarray(self.weighted_features.sum(axis=1))

    @property
    def logits(self) -> NDArray[np.float64]:
        """(10,), sum + bias."""
        return self.sums + self.bias

    @property
    def exponentials(self) -> NDArray[np.float64]:
        """(10,), e^(logit - largest logit): 1 for the most probable digit, at most 1 for the rest.

        Subtracting the largest logit changes no probability, and keeps e^logit from being too large
        or too small to show.
        """
        return np.asarray(np.exp(self.logits - self.logits.max()))

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """(10,), each exponential divided by the total of all ten; they add up to 1."""
        return np.asarray(self.exponentials / self.exponentials.sum())


def contributions_of(features: Features, linear: Linear) -> Contributions:
    """Return what each feature contributes to each digit's logit.

    Args:
        features: (784,) float32, 0 to 1.
        linear: The weights and biases of softmax regression.

    Raises:
        ArrayError: The features are not (784,) float32.

    Example:
        >>> features = np.zeros(784, np.float32)
        >>> features[401] = 0.5
        >>> linear = Linear(np.full((784, 10), 3, np.float32), np.ones(10, np.float32))
        >>> contributions = contributions_of(features, linear)
        >>> float(contributions.weighted_features[7, 401]), float(contributions.logits[7])
        (1.5, 2.5)
    """
    expect_features(features)
    weights = linear.weights.T.astype(np.float64)  # (784, 10) -> (10, 784)
    return Contributions(weights * features, linear.bias.astype(np.float64))


def round_to_add_up(terms: NDArray[np.floating], *, decimals: int) -> NDArray[np.int64]:
    """Return numbers rounded so that the rounded numbers add up to the rounded sum.

    Rounded one by one they may not: 0.5 + 0.5 = 1 would be shown as 0 + 0 = 1. So all are rounded
    down, and those that lost most are raised by one unit until the sum is right (the largest
    remainder method). No number moves by a full unit.

    Args:
        terms: (n,) float.
        decimals: How many decimals are shown, 0 or more.

    Returns:
        (n,) int64, in units of the last decimal shown.

    Example:
        >>> round_to_add_up(np.array([1 / 3, 1 / 3, 1 / 3]), decimals=2).tolist()
        [34, 33, 33]
    """
    scaled = terms.astype(np.float64) * 10.0**decimals
    units = np.floor(scaled).astype(np.int64)
    missing = round(float(scaled.sum())) - int(units.sum())
    lost = scaled - units
    units[np.argsort(-lost, kind="stable")[:missing]] += 1
    return units
