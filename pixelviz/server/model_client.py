"""The models, loaded once for all visitors, in a process apart: TensorFlow takes seconds."""

import atexit
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import cached_property
from threading import Lock, Thread
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

import streamlit as st

from pixelviz.arrays import Features
from pixelviz.errors import ModelError
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import Classifier, FeatureMaps, Linear, Prediction
from pixelviz.server import model_worker
from pixelviz.server.worker_process import EndedError, Process

LOOK_AGAIN_S = 0.25

_Given = ParamSpec("_Given")
_Returned = TypeVar("_Returned")
_Key: TypeAlias = tuple[tuple[str, str, str], ...]


class Loaded:
    """Some models, loaded in the process apart.

    Attributes:
        by_name: Each model; in place of one that could not be loaded, the reason.
    """

    def __init__(self, process: Process, model_cards: tuple[ModelCard, ...]) -> None:
        """Let them be loaded, and wait until they are.

        Args:
            process: Where.
            model_cards: Which models.

        Raises:
            ModelError: TensorFlow itself cannot be loaded.
        """
        self._process = process
        try:
            self._number, problems = process.call(model_worker.load, model_cards)
        except EndedError as error:
            raise ModelError(
                "TensorFlow, which runs the models, broke down while it was loading.",
                "Read what it wrote where the page was started, and start the page again.",
            ) from error
        self.by_name: Mapping[str, Classifier | ModelError] = {
            each.name: problems[each.name] or RemoteClassifier(self, each) for each in model_cards
        }

    @property
    def is_there(self) -> bool:
        """Whether they can still be asked."""
        return self._process.is_alive

    def predict(self, features: Features) -> dict[str, Prediction]:
        """Return what each model that could be loaded makes of one digit, by the model's name.

        Args:
            features: (784,) float32, 0 to 1.

        Raises:
            ArrayError: The features are not (784,) float32.
            ModelError: The process has ended.
        """
        return self.ask(model_worker.predict, features)

    def ask(
        self,
        question: Callable[Concatenate[int, _Given], _Returned],
        *args: _Given.args,
        **kwargs: _Given.kwargs,
    ) -> _Returned:
        """Return the answer to a question of `answering` that takes these models' number first.

        Raises:
            ModelError: The process has ended.
        """
        try:
            return self._process.call(question, self._number, *args, **kwargs)
        except EndedError as error:
            raise ModelError(
                "The process that runs the models has ended.",
                "Draw on, and it starts again.",
            ) from error


class RemoteClassifier:
    """A model that runs in the worker process; see `Classifier` for what it can do.

    Attributes:
        card: What is known about the model.
    """

    def __init__(self, loaded: Loaded, model_card: ModelCard) -> None:
        self._loaded = loaded
        self.card = model_card

    def predict(self, features: Features) -> Prediction:
        """Return the prediction for one digit; see `Classifier.predict`."""
        return self._loaded.predict(features)[self.card.name]

    def predict_many(self, features: Features) -> list[Prediction]:
        """Return the predictions for several digits; see `Classifier.predict_many`."""
        return self._loaded.ask(model_worker.predict_many, self.card.name, features)

    @cached_property
    def linear(self) -> Linear:
        """The weights and biases of softmax regression; see `Classifier.linear`."""
        return self._loaded.ask(model_worker.linear, self.card.name)

    def feature_maps(self, features: Features) -> tuple[FeatureMaps, ...]:
        """Return the output of the first layers; see `Classifier.feature_maps`."""
        return self._loaded.ask(model_worker.feature_maps, self.card.name, features)


_guard, _starting = Lock(), Lock()
_process: Process | None = None
_loading: dict[_Key, Future[Loaded]] = {}


def models(model_cards: tuple[ModelCard, ...]) -> Future[Loaded]:
    """Return the models to come; the first call starts to load them.

    Args:
        model_cards: Which models. New cards, after a new training, load anew.

    Returns:
        What `result()` gives, or raises as a ModelError where they cannot be loaded.
    """
    key = tuple((each.name, each.file, each.sha256) for each in model_cards)
    with _guard:
        coming = _loading.get(key)
        if coming is None or _has_ended(coming):
            coming = _loading[key] = Future()
            Thread(target=_load, args=(model_cards, coming), name="models", daemon=True).start()
        return coming


def forget() -> None:
    """End the process and forget all models, so that the next call loads them anew."""
    global _process
    with _guard, _starting:
        _loading.clear()
        if _process is not None:
            _process.stop()
            _process = None


def ready(model_cards: tuple[ModelCard, ...]) -> Loaded | None:
    """Return the models once they are loaded; until then None, and the page runs again by itself.

    Args:
        model_cards: Which models.

    Raises:
        ModelError: They cannot be loaded.
    """
    loading = models(model_cards)
    if loading.done():
        return loading.result()
    _wait(loading)
    return None


@st.fragment(run_every=LOOK_AGAIN_S)
def _wait(loading: Future[Loaded]) -> None:
    """Run the page once more, by itself, as soon as the models are there."""
    if loading.done():
        st.rerun()


def _has_ended(coming: Future[Loaded]) -> bool:
    """Whether models were there, and their process has ended since."""
    return coming.done() and coming.exception() is None and not coming.result().is_there


def _load(model_cards: tuple[ModelCard, ...], coming: Future[Loaded]) -> None:
    try:
        coming.set_result(Loaded(_running(), model_cards))
    except BaseException as error:  # whoever waits must hear of it
        coming.set_exception(error)
        if not isinstance(error, ModelError):
            raise


def _running() -> Process:
    """Return the process apart, started if it does not run."""
    global _process
    with _starting:
        if _process is None or not _process.is_alive:
            _process = Process()
        return _process


@atexit.register
def _end() -> None:
    if _process is not None:
        _process.stop()
