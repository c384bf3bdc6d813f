"""What the process apart does: it loads the models, and answers for them.

Only there may these functions be called: they bring TensorFlow.
"""

import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

from pixelviz.arrays import Features
from pixelviz.errors import ModelError
from pixelviz.model import keras_classifier
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import FeatureMaps, Linear, Prediction
from pixelviz.model.keras_classifier import CompiledModels, KerasClassifier

_loaded: list[tuple[Mapping[str, KerasClassifier | ModelError], CompiledModels]] = []


def load(model_cards: tuple[ModelCard, ...]) -> tuple[int, dict[str, ModelError | None]]:
    """Load some models, to be asked together.

    Args:
        model_cards: Which models.

    Returns:
        Their number, by which they are asked, and by name what is wrong with each, if anything.

    Raises:
        ModelError: TensorFlow itself cannot be loaded.
    """
    with _no_search_for_garbage():
        try:
            _prepare_tensorflow()
        except ImportError as error:
            raise ModelError(
                f"TensorFlow, which runs the models, cannot be loaded: {error}.",
                "Install what requirements.txt lists, and start the page again.",
            ) from error
        by_name = keras_classifier.load_all(model_cards)
        found = [each for each in by_name.values() if isinstance(each, KerasClassifier)]
        _loaded.append((by_name, CompiledModels(found)))
    Thread(target=_warm_up, args=(found,), daemon=True).start()
    problems = {
        name: each if isinstance(each, ModelError) else None for name, each in by_name.items()
    }
    return len(_loaded) - 1, problems


def predict(number: int, features: Features) -> dict[str, Prediction]:
    """Return what each of some models makes of one digit; see `CompiledModels.predict`."""
    return _loaded[number][1].predict(features)


def predict_many(number: int, name: str, features: Features) -> list[Prediction]:
    """Return what one model makes of several digits; see `Classifier.predict_many`."""
    return _model(number, name).predict_many(features)


def linear(number: int, name: str) -> Linear:
    """Return all that a softmax regression has learned; see `Classifier.linear`."""
    return _model(number, name).linear


def feature_maps(number: int, name: str, features: Features) -> tuple[FeatureMaps, ...]:
    """Return what a model's first layers make of one digit; see `Classifier.feature_maps`."""
    return _model(number, name).feature_maps(features)


def _model(number: int, name: str) -> KerasClassifier:
    model = _loaded[number][0][name]
    if isinstance(model, ModelError):
        raise model
    return model


def _prepare_tensorflow() -> None:
    """Import TensorFlow and Keras, and leave out what no model needs."""
    if "keras" in sys.modules:
        return
    # Keras takes tables from pandas where there is pandas. We give it none, and pandas takes a
    # tenth of the time and 30 MB.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        import keras  # noqa: F401
        import tensorflow as tf
    finally:
        del sys.modules["pandas"]
    # One digit is too little work to share: threads that wait for their share keep a core busy.
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def _warm_up(models: list[KerasClassifier]) -> None:
    for each in models:  # the chapters ask them one by one
        each.warm_up()


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Make hundreds of thousands of objects without looking for garbage among them.

    There is none, and looking takes a quarter of the time that TensorFlow takes to load.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
