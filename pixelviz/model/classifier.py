"""features -> logits and probabilities -> Prediction, by the Keras models in `models/`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import (
    DIGITS,
    LENGTH,
    Features,
    Logits,
    Probabilities,
    expect_feature_batch,
    expect_features,
)
from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.card import ModelCard

MODELS = Path(__file__).parents[2] / "models"
"""Where the trained models and their card lie."""

HELD = 0.8
"""Digits that hold this share of the probability between them are what a picture looks like."""


@dataclass(frozen=True)
class Prediction:
    """What a model makes of one digit.

    Attributes:
        logits: (10,) float32, the model's raw answer, one number a digit.
        probabilities: (10,) float32, 0 to 1, adding up to 1.
        sure_from: The confidence below which the model is not sure, 0 to 1.
    """

    logits: Logits
    probabilities: Probabilities
    sure_from: float

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
        """Whether the model stands by that digit."""
        return self.confidence >= self.sure_from

    @property
    def candidates(self) -> tuple[int, ...]:
        """The two or three digits between which the model hesitates, the likeliest first.

        None where it hesitates between none in particular: the models have learned to spread their
        probability evenly over all ten digits where the picture shows no digit.
        """
        likeliest = self.probabilities.argsort()[::-1]
        held = self.probabilities[likeliest].cumsum()
        for count in (2, 3):
            if held[count - 1] >= HELD:
                return tuple(map(int, likeliest[:count]))
        return ()


@dataclass(frozen=True)
class Linear:
    """All that softmax regression has learned; what the logits are divided by is inside.

    Attributes:
        weights: (784, 10) float32, one for each pair of a feature and a digit.
        bias: (10,) float32, one for each digit.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


@dataclass(frozen=True)
class FeatureMaps:
    """What one of a convolutional model's first layers makes of one digit.

    Attributes:
        kind: Which layer.
        window: Rows and columns of the neighbourhood that each value was made from.
        maps: (filters, height, width) float32, one picture a filter.
    """

    kind: Literal["convolution", "pooling"]
    window: tuple[int, int]
    maps: NDArray[np.float32]


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
        expect_features(features)
        return self.predict_many(features[np.newaxis])[0]

    def predict_many(self, features: Features) -> list[Prediction]:
        """Return what the model makes of several digits, asked at once.

        Args:
            features: (n, 784) float32, 0 to 1.

        Raises:
            ArrayError: The features are not (n, 784) float32.
        """
        expect_feature_batch(features)
        # predict_on_batch takes about 1 ms where model.predict, made for many rows, takes 60.
        logits: Logits = self._model.predict_on_batch(features)  # (n, 10)
        return [Prediction(row, softmax(row), self.card.sure_from) for row in logits]

    def warm_up(self) -> None:
        """Let TensorFlow compile, up to a second, what later calls then find compiled."""
        for count in (1, 2, 3):  # for one digit, and for any number of them
            self.predict_many(np.zeros((count, LENGTH), np.float32))
        self.feature_maps(np.zeros(LENGTH, np.float32))

    @cached_property
    def linear(self) -> Linear:
        """The weights and the bias of softmax regression.

        Raises:
            ModelError: The model is another one, with more than one layer of weights.
        """
        numbers = self._model.get_weights()
        shapes = [each.shape for each in numbers]
        if shapes != [(LENGTH, len(DIGITS)), (len(DIGITS),)]:
            raise ModelError(
                f"Expected a softmax regression of {LENGTH} × {len(DIGITS)} weights and "
                f"{len(DIGITS)} biases, got weights of the shapes {shapes}.",
                card.REBUILD,
            )
        return Linear(*numbers)

    def feature_maps(self, features: Features) -> tuple[FeatureMaps, ...]:
        """Return what the first convolution, and the first pooling after it, make of one digit.

        The convolution's maps are what it hands on: after its activation, before the next layer
        that looks at neighbourhoods.

        Args:
            features: (784,) float32, 0 to 1.

        Returns:
            None, one or two: as many as the model has such layers.
        """
        if not self._first_layers:
            return ()
        model, layers = self._first_layers
        outputs = model.predict_on_batch(features[np.newaxis])
        if len(layers) == 1:  # Keras gives a single output without its list
            outputs = [outputs]
        return tuple(
            # (1, height, width, filters) -> (filters, height, width)
            FeatureMaps(kind, window, np.moveaxis(output[0], -1, 0))
            for (kind, window), output in zip(layers, outputs, strict=True)
        )

    @cached_property
    def _first_layers(self) -> tuple[Any, list[tuple[Any, tuple[int, int]]]] | None:
        """The model as far as its first pooling, with each step's kind and window."""
        import keras  # long there, since the model is

        pools = (keras.layers.MaxPooling2D, keras.layers.AveragePooling2D)
        steps: list[tuple[Any, tuple[int, int]]] = []
        outputs: list[Any] = []
        convolutions = 0
        for layer in self._model.layers:
            if isinstance(layer, keras.layers.Conv2D):
                convolutions += 1
                if convolutions == 1:
                    steps.append(("convolution", tuple(layer.kernel_size)))
                    outputs.append(layer.output)
            elif isinstance(layer, pools) and steps:
                steps.append(("pooling", tuple(layer.pool_size)))
                outputs.append(layer.output)
                break
            elif convolutions == 1 and len(layer.output.shape) == outputs[0].ndim:
                outputs[0] = layer.output
        return (keras.Model(self._model.inputs, outputs), steps) if steps else None


class Together:
    """Several models that answer in one call: half the time of one call for each.

    Many threads may share one.
    """

    def __init__(self, classifiers: Iterable[Classifier]) -> None:
        """Put models together; that takes a part of a second, so that later calls are quick."""
        import tensorflow as tf  # long there, since the models are

        self._cards = tuple(each.card for each in classifiers)
        models = [each._model for each in classifiers]
        self._call = tf.function(
            lambda features: [model(features, training=False) for model in models],
            input_signature=[tf.TensorSpec((1, LENGTH), tf.float32)],
            autograph=False,
        ).get_concrete_function()
        self._tensor = tf.constant
        self.predict(np.zeros(LENGTH, np.float32))  # the first call compiles

    def predict(self, features: Features) -> dict[str, Prediction]:
        """Return what each model makes of one digit, by the model's name.

        Args:
            features: (784,) float32, 0 to 1.

        Raises:
            ArrayError: The features are not (784,) float32.
        """
        expect_features(features)
        answers = [each.numpy()[0] for each in self._call(self._tensor(features[np.newaxis]))]
        return {
            card.name: Prediction(logits, softmax(logits), card.sure_from)
            for card, logits in zip(self._cards, answers, strict=True)
        }


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
    return Classifier(model, model_card)


def load_all(
    model_cards: Sequence[ModelCard], folder: Path = MODELS
) -> Mapping[str, Classifier | ModelError]:
    """Return several models by name; in place of one that cannot be loaded, the reason.

    Args:
        model_cards: Which models there should be.
        folder: Where their files lie.
    """
    loaded: dict[str, Classifier | ModelError] = {}
    for model_card in model_cards:
        try:
            loaded[model_card.name] = load(model_card, folder)
        except ModelError as error:
            loaded[model_card.name] = error
    return loaded
