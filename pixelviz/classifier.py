"""features -> logits and probabilities -> Prediction, by the Keras models in `models/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pixelviz import card
from pixelviz.card import Card, ModelCard
from pixelviz.errors import ArrayError, ModelError
from pixelviz.spec import DIGITS, LENGTH, Features, Logits, Probabilities

MODELS = Path(__file__).parent.parent / "models"
"""Where the trained models and their card lie."""


@dataclass(frozen=True)
class Prediction:
    """What a model makes of one digit.

    Attributes:
        logits: (10,) float32, the model's raw answer, one number a digit.
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
    # The largest logit is taken off first: exp of a large number is infinite, the ratio is not.
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: Probabilities = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return probabilities


class Classifier:
    """A loaded model, with its card. Many threads may share one.

    Attributes:
        card: What is known of the model.
    """

    def __init__(self, model: Any, model_card: ModelCard) -> None:  # noqa: ANN401, Keras is untyped
        self._model = model
        self.card = model_card

    def predict(self, features: Features) -> Prediction:
        """Return what the model makes of one digit.

        Args:
            features: (784,) float32, 0 to 1.

        Raises:
            ArrayError: The features are not (784,) float32.
        """
        if features.shape != (LENGTH,) or features.dtype != np.float32:
            raise ArrayError(
                f"Expected features of shape ({LENGTH},) and type float32, "
                f"got shape {features.shape} and type {features.dtype}.",
                "Call features.rescale(vector) first.",
            )
        # predict_on_batch takes about 1 ms where model.predict, made for many rows, takes 60.
        logits: Logits = self._model.predict_on_batch(features[np.newaxis])[0]  # (1, 10) -> (10,)
        return Prediction(logits, softmax(logits))


def load(model_card: ModelCard, folder: Path = MODELS) -> Classifier:
    """Return the model that a card describes, after checking that it is that model.

    The file's hash is checked before Keras opens it, and Keras is told to refuse a file that
    brings code of its own.

    Args:
        model_card: Which model.
        folder: Where its file lies.

    Raises:
        ModelError: The file is missing, altered, or not a model of 784 features and 10 logits.
    """
    path = folder / model_card.file
    if not path.is_file():
        raise ModelError(
            f"The {model_card.title.lower()} is missing: there is no {path.name} in models/.",
            card.REBUILD,
        )
    if (found := card.hash_of(path)) != model_card.sha256:
        raise ModelError(
            f"The {model_card.title.lower()} was altered: {path.name} should have the sha256 "
            f"{model_card.sha256[:12]}… and has {found[:12]}….",
            card.REBUILD,
        )
    import keras  # brings TensorFlow, which takes seconds: not before a model is wanted

    try:
        model = keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # whatever an odd file makes Keras raise
        raise ModelError(
            f"Keras cannot open {path.name}: {type(error).__name__}.", card.REBUILD
        ) from error
    shapes = (tuple(model.input_shape), tuple(model.output_shape))
    if shapes != ((None, LENGTH), (None, len(DIGITS))):
        raise ModelError(
            f"Expected {path.name} to take {LENGTH} features and to give {len(DIGITS)} logits, "
            f"got the shapes {shapes[0]} and {shapes[1]}.",
            card.REBUILD,
        )
    classifier = Classifier(model, model_card)
    classifier.predict(np.zeros(LENGTH, np.float32))  # the first call compiles, up to a second
    return classifier


def load_all(models_card: Card, folder: Path = MODELS) -> Mapping[str, Classifier | ModelError]:
    """Return every model of a card by name; in place of one that cannot be loaded, the reason.

    Args:
        models_card: Which models there should be.
        folder: Where their files lie.
    """
    loaded: dict[str, Classifier | ModelError] = {}
    for model_card in models_card.models:
        try:
            loaded[model_card.name] = load(model_card, folder)
        except ModelError as error:
            loaded[model_card.name] = error
    return loaded
