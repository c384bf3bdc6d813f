"""features -> Prediction, by the Keras models in `models/`: loading, checking and running them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from pixelviz.arrays import (
    DIGITS,
    LENGTH,
    Features,
    Logits,
    expect_feature_batch,
    expect_features,
)
from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import MODELS, Linear, Prediction, softmax


class KerasClassifier:
    """A Keras model with its card; see `Classifier` for what it can do.

    Attributes:
        card: What is known about the model.
    """

    def __init__(self, model: Any, model_card: ModelCard) -> None:  # noqa: ANN401, Keras is untyped
        self._model = model
        self.card = model_card

    def predict(self, features: Features) -> Prediction:
        """Return the prediction for one digit; see `Classifier.predict`."""
        expect_features(features)
        return self.predict_many(features[np.newaxis])[0]

    def predict_many(self, features: Features) -> list[Prediction]:
        """Return the predictions for several digits; see `Classifier.predict_many`."""
        expect_feature_batch(features)
        # predict_on_batch takes about 1 ms; model.predict, made for large data sets, takes 60 ms.
        logits: Logits = self._model.predict_on_batch(features)  # (n, 10)
        return [Prediction(row, softmax(row)) for row in logits]

    def warm_up(self) -> None:
        """Make TensorFlow compile the model, up to a second, so that later calls are fast."""
        for count in (1, 2, 3):  # it compiles for 1 digit, for 2, and then for any number
            self.predict_many(np.zeros((count, LENGTH), np.float32))

    @cached_property
    def linear(self) -> Linear:
        """The weights and biases of softmax regression; see `Classifier.linear`."""
        weights = self._model.get_weights()
        shapes = [each.shape for each in weights]
        if shapes != [(LENGTH, len(DIGITS)), (len(DIGITS),)]:
            raise ModelError(
                f"Expected a softmax regression of {LENGTH} × {len(DIGITS)} weights and "
                f"{len(DIGITS)} biases, got weights of the shapes {shapes}.",
                card.REBUILD,
            )
        return Linear(*weights)


class CompiledModels:
    """Several models compiled into one TensorFlow function, so that one call runs them all.

    That takes half the time of one call for each model. Several threads can use it at once.
    """

    def __init__(self, classifiers: Iterable[KerasClassifier]) -> None:
        """Compile the models, which takes a fraction of a second.

        Args:
            classifiers: The models; their names must differ.
        """
        import tensorflow as tf  # already imported, since the models are loaded

        self._cards = tuple(each.card for each in classifiers)
        models = [each._model for each in classifiers]
        self._call = tf.function(
            lambda features: [model(features, training=False) for model in models],
            input_signature=[tf.TensorSpec((1, LENGTH), tf.float32)],
            autograph=False,
        ).get_concrete_function()
        self._tensor = tf.constant
        self.predict(np.zeros(LENGTH, np.float32))  # the first call is slow, so make it now

    def predict(self, features: Features) -> dict[str, Prediction]:
        """Return each model's prediction for one digit, by the model's name.

        Args:
            features: (784,) float32, 0 to 1.

        Raises:
            ArrayError: The features are not (784,) float32.
        """
        expect_features(features)
        outputs = self._call(self._tensor(features[np.newaxis]))
        all_logits = [output.numpy()[0] for output in outputs]  # (1, 10) -> (10,)
        return {
            card.name: Prediction(logits, softmax(logits))
            for card, logits in zip(self._cards, all_logits, strict=True)
        }


def load(model_card: ModelCard, folder: Path = MODELS) -> KerasClassifier:
    """Return the model that a card describes, after checking that its file is the right one.

    The file's hash is checked before Keras opens it, and Keras runs in safe mode: it refuses a file
    that contains code.

    Args:
        model_card: The model's card.
        folder: The folder of its file.

    Raises:
        ModelError: The file is missing or altered, or not a model from 784 features to 10 logits.
    """
    card.read_file(model_card, folder)
    path = folder / model_card.file
    import keras  # imports TensorFlow, which takes seconds, so only once a model is needed

    try:
        model = keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # an invalid file can make Keras raise anything
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
    return KerasClassifier(model, model_card)


def load_all(
    model_cards: Sequence[ModelCard], folder: Path = MODELS
) -> Mapping[str, KerasClassifier | ModelError]:
    """Return several models by name, with an error in place of each that cannot be loaded.

    Args:
        model_cards: The models' cards.
        folder: The folder of their files.
    """
    loaded: dict[str, KerasClassifier | ModelError] = {}
    for model_card in model_cards:
        try:
            loaded[model_card.name] = load(model_card, folder)
        except ModelError as error:
            loaded[model_card.name] = error
    return loaded
