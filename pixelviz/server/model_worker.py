"""What runs in the worker process: loading the models and asking them.

Call these functions through `WorkerProcess.call` only: they import TensorFlow.
"""

import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

from pixelviz.arrays import Features
from pixelviz.errors import ModelError
from pixelviz.model import classifier
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import Classifier, FeatureMaps, Linear, Prediction, Together

_loaded: list[tuple[Mapping[str, Classifier | ModelError], Together]] = []


def load(model_cards: tuple[ModelCard, ...]) -> tuple[int, dict[str, ModelError | None]]:
    """Load a set of models, which then answer together.

    Args:
        model_cards: Which models.

    Returns:
        The number of the set, which the other functions take; and by the name of each model why it
        could not be loaded, None where it was.

    Raises:
        ModelError: TensorFlow cannot be imported.
    """
    with _garbage_collection_paused():
        try:
            _prepare_tensorflow()
        except ImportError as error:
            raise ModelError(
                f"TensorFlow, which runs the models, cannot be imported: {error}.",
                "Install what requirements.txt lists, and start the page again.",
            ) from error
        by_name = classifier.load_all(model_cards)
        found = [each for each in by_name.values() if isinstance(each, Classifier)]
        _loaded.append((by_name, Together(found)))
    Thread(target=_warm_up, args=(found,), daemon=True).start()
    problems = {
        name: each if isinstance(each, ModelError) else None for name, each in by_name.items()
    }
    return len(_loaded) - 1, problems


def predict(number: int, features: Features) -> dict[str, Prediction]:
    """Return the prediction of each model of a set for one digit; see `Together.predict`."""
    return _loaded[number][1].predict(features)


def predict_many(number: int, name: str, features: Features) -> list[Prediction]:
    """Return the predictions of one model for several digits; see `Classifier.predict_many`."""
    return _model(number, name).predict_many(features)


def linear(number: int, name: str) -> Linear:
    """Return weights and bias of softmax regression; see `Classifier.linear`."""
    return _model(number, name).linear


def feature_maps(number: int, name: str, features: Features) -> tuple[FeatureMaps, ...]:
    """Return the feature maps of a model's first layers; see `Classifier.feature_maps`."""
    return _model(number, name).feature_maps(features)


def _model(number: int, name: str) -> Classifier:
    model = _loaded[number][0][name]
    if isinstance(model, ModelError):
        raise model
    return model


def _prepare_tensorflow() -> None:
    """Import TensorFlow and Keras without what no model needs."""
    if "keras" in sys.modules:
        return
    # Keras imports pandas where it is installed, to accept data frames. We pass none, and pandas
    # takes a tenth of the time and 30 MB.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        import keras  # noqa: F401
        import tensorflow as tf
    finally:
        del sys.modules["pandas"]
    # One digit is too little work to share out: threads that wait for their share keep a core busy.
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def _warm_up(models: list[Classifier]) -> None:
    for each in models:  # chapters ask each model alone
        each.warm_up()


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Import TensorFlow without garbage collection.

    Hundreds of thousands of objects are made and none is garbage; searching them takes a quarter
    of the time of the import.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
