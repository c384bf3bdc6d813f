"""features -> logits -> probabilities: what a classifier is, and what it predicts for a digit."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Features, Logits, Probabilities
from pixelviz.model.card import ModelCard

MODELS = Path(__file__).parents[2] / "models"
"""The folder of the trained models and their card."""

SURE_FROM = 0.8
"""The confidence from which on a prediction is sure, 0 to 1: the same for all models.

Their probabilities are calibrated, so of many digits at just this confidence about 80 % are right.
"""

PROBABLE_FROM = 0.4
"""From this confidence on an unsure model still names one digit, if no other is near it, 0 to 1."""

CANDIDATE_MASS = 0.8
"""An unsure model names two or three digits if together they have this much probability, 0 to 1."""


@dataclass(frozen=True)
class Prediction:
    """A model's prediction for one digit.

    Attributes:
        logits: (10,) float32, the model's raw output, one number for each digit.
        probabilities: (10,) float32, 0 to 1, adding up to 1.
    """

    logits: Logits
    probabilities: Probabilities

    @property
    def digit(self) -> int:
        """The digit with the largest probability, 0 to 9."""
        return int(self.probabilities.argmax())

    @property
    def confidence(self) -> float:
        """The probability of that digit, 0 to 1."""
        return float(self.probabilities.max())

    @property
    def is_sure(self) -> bool:
        """Whether the confidence reaches `SURE_FROM`; below it the page says "not sure"."""
        return self.confidence >= SURE_FROM

    @property
    def is_probable(self) -> bool:
        """Whether the digit reaches `PROBABLE_FROM` and is twice as probable as any other."""
        second, first = np.sort(self.probabilities)[-2:]
        return bool(first >= max(PROBABLE_FROM, 2 * second))

    @property
    def candidates(self) -> tuple[int, ...]:
        """The two or three most probable digits, the most probable first.

        Empty unless their probabilities add up to `CANDIDATE_MASS`. For pictures that are not
        digits they rarely do: the dense and the convolutional network were trained to spread the
        probability evenly over all ten digits there.
        """
        most_probable = self.probabilities.argsort()[::-1]
        mass = self.probabilities[most_probable].cumsum()
        for count in (2, 3):
            if mass[count - 1] >= CANDIDATE_MASS:
                return tuple(map(int, most_probable[:count]))
        return ()


@dataclass(frozen=True)
class Linear:
    """The weights and biases of softmax regression, already divided by its temperature.

    Attributes:
        weights: (784, 10) float32, one for each feature and digit.
        bias: (10,) float32, one for each digit.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


def softmax(logits: Logits) -> Probabilities:
    """Return logits as probabilities: exp(logit) over the sum of all exp(logit).

    Args:
        logits: (10,) or (n, 10) float32.

    Returns:
        The same shape, float32; each row adds up to 1.

    Example:
        >>> softmax(np.zeros(10, np.float32))[3]
        np.float32(0.1)
    """
    # Subtract the largest logit first: exp of a large number overflows, and the ratios stay.
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: Probabilities = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return probabilities


class Classifier(Protocol):
    """A trained model that reads digits, in this process or in another one.

    Several threads can use it at once.
    """

    @property
    def card(self) -> ModelCard:
        """What is known about the model."""

    def predict(self, features: Features) -> Prediction:
        """Return the prediction for one digit.

        Args:
            features: (784,) float32, 0 to 1.

        Raises:
            ArrayError: The features are not (784,) float32.
            ModelError: The model's process has ended.
        """

    def predict_many(self, features: Features) -> list[Prediction]:
        """Return the predictions for several digits, computed in one batch.

        Args:
            features: (n, 784) float32, 0 to 1.

        Raises:
            ArrayError: The features are not (n, 784) float32.
            ModelError: The model's process has ended.
        """

    @property
    def linear(self) -> Linear:
        """The weights and biases of softmax regression.

        Raises:
            ModelError: The model is not a softmax regression, or its process has ended.
        """
