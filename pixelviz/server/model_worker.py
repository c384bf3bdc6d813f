"""What runs in the worker process: loading the models and asking them.

Call these functions through `WorkerProcess.call` only: they import TensorFlow.
"""

import gc
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import TypeAlias

from pixelviz.arrays import Features
from pixelviz.errors import ModelError
from pixelviz.model import keras_classifier
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import Linear, Prediction
from pixelviz.model.keras_classifier import CompiledModels, KerasClassifier

_Set: TypeAlias = tuple[Mapping[str, KerasClassifier | ModelError], CompiledModels]

_sets: list[Future[_Set]] = []


def start_loading(model_cards: tuple[ModelCard, ...]) -> int:
    """Start to load a set of models, which then answer together; meanwhile others answer.

    Args:
        model_cards: Which models.

    Returns:
        The number of the set, which the other functions take.
    """
    future: Future[_Set] = Future()
    _sets.append(future)
    Thread(target=_load_into, args=(future, model_cards), daemon=True).start()
    return len(_sets) - 1


def problems(number: int, timeout_s: float) -> dict[str, ModelError | None] | None:
    """Return why models of a set could not be loaded, by name, None for each that was.

    Args:
        number: The number of the set.
        timeout_s: For how many seconds to wait until it is loaded.

    Returns:
        None while the set is still loading.

    Raises:
        ModelError: TensorFlow cannot be imported.
    """
    try:
        by_name, _ = _sets[number].result(timeout_s)
    except TimeoutError:
        return None
    return {name: each if isinstance(each, ModelError) else None for name, each in by_name.items()}


def _load_into(future: Future[_Set], model_cards: tuple[ModelCard, ...]) -> None:
    try:
        loaded = _load(model_cards)
    except BaseException as error:  # whoever waits must hear of it
        future.set_exception(error)
        return
    future.set_result(loaded)
    for each in loaded[0].values():  # chapters ask each model alone
        if isinstance(each, KerasClassifier):
            each.warm_up()


def _load(model_cards: tuple[ModelCard, ...]) -> _Set:
    with _garbage_collection_paused():
        try:
            _prepare_tensorflow()
        except ImportError as error:
            raise ModelError(
                f"TensorFlow, which runs the models, cannot be imported: {error}.",
                "Install what requirements.txt lists, and start the page again.",
            ) from error
        by_name = keras_classifier.load_all(model_cards)
        found = [each for each in by_name.values() if isinstance(each, KerasClassifier)]
        return by_name, CompiledModels(found)


def predict(number: int, features: Features) -> dict[str, Prediction]:
    """Return the prediction of each model of a set for one digit; see `CompiledModels.predict`."""
    return _sets[number].result()[1].predict(features)


def predict_many(number: int, name: str, features: Features) -> list[Prediction]:
    """Return the predictions of one model for several digits; see `Classifier.predict_many`."""
    return _model(number, name).predict_many(features)


def linear(number: int, name: str) -> Linear:
    """Return weights and bias of softmax regression; see `Classifier.linear`."""
    return _model(number, name).linear


def _model(number: int, name: str) -> KerasClassifier:
    model = _sets[number].result()[0][name]
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
