"""The models as the server sees them: loaded once for all visitors, in a worker process.

If the worker dies, the next call of `load_async` starts another one and loads the models anew.
"""

import atexit
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import cached_property
from threading import Lock, Thread
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

from pixelviz.arrays import Features
from pixelviz.errors import ModelError
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import Classifier, FeatureMaps, Linear, Prediction
from pixelviz.server import model_worker
from pixelviz.server.worker_process import WorkerDiedError, WorkerProcess

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")
_Key: TypeAlias = tuple[tuple[str, str, str], ...]


class RemoteModels:
    """A set of models that is loaded in a worker process.

    Attributes:
        by_name: Each model by its name; in place of one that could not be loaded, the reason.
    """

    def __init__(self, process: WorkerProcess, model_cards: tuple[ModelCard, ...]) -> None:
        """Load the models and wait until they are loaded.

        Args:
            process: The worker.
            model_cards: Which models.

        Raises:
            ModelError: TensorFlow cannot be imported, or the worker died.
        """
        self._process = process
        try:
            self._number, problems = process.call(model_worker.load, model_cards)
        except WorkerDiedError as error:
            raise ModelError(
                "TensorFlow, which runs the models, crashed while it was loading.",
                "Read what it printed where the page was started, and start the page again.",
            ) from error
        self.by_name: Mapping[str, Classifier | ModelError] = {
            each.name: problems[each.name] or _There(self, each) for each in model_cards
        }

    @property
    def is_alive(self) -> bool:
        """Whether the worker is running and can be asked."""
        return self._process.is_alive

    def predict(self, features: Features) -> dict[str, Prediction]:
        """Return the prediction of each loaded model for one digit, by the model's name.

        Args:
            features: (784,) float32, 0 to 1.

        Raises:
            ArrayError: The features are not (784,) float32.
            ModelError: The worker died.
        """
        return self.ask(model_worker.predict, features)

    def ask(
        self,
        question: Callable[Concatenate[int, _Parameters], _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Return the answer to a question of `answering` that takes these models' number first.

        Raises:
            ModelError: The process has ended.
        """
        try:
            return self._process.call(question, self._number, *args, **kwargs)
        except WorkerDiedError as error:
            raise ModelError(
                "The process that runs the models ended unexpectedly.",
                "Draw on: it starts again.",
            ) from error


class _There(Classifier):
    """A classifier whose model is loaded in the worker process."""

    def __init__(self, loaded: RemoteModels, model_card: ModelCard) -> None:
        self._loaded = loaded
        self.card = model_card

    def predict_many(self, features: Features) -> list[Prediction]:
        return self._loaded.ask(model_worker.predict_many, self.card.name, features)

    def warm_up(self) -> None:
        """Do nothing: the worker warms its models up by itself."""

    @cached_property
    def linear(self) -> Linear:
        return self._loaded.ask(model_worker.linear, self.card.name)

    def feature_maps(self, features: Features) -> tuple[FeatureMaps, ...]:
        return self._loaded.ask(model_worker.feature_maps, self.card.name, features)


_loading_lock, _process_lock = Lock(), Lock()
_process: WorkerProcess | None = None
_loading: dict[_Key, Future[RemoteModels]] = {}


def load_async(model_cards: tuple[ModelCard, ...]) -> Future[RemoteModels]:
    """Return a future with the models; the first call for them starts to load them.

    Args:
        model_cards: Which models. New cards, after a new training, are loaded anew.

    Returns:
        A future whose `result()` raises a ModelError where they cannot be loaded.
    """
    key = tuple((each.name, each.file, each.sha256) for each in model_cards)
    with _loading_lock:
        future = _loading.get(key)
        if future is None or _worker_died(future):
            future = _loading[key] = Future()
            Thread(target=_load, args=(model_cards, future), name="models", daemon=True).start()
        return future


def shut_down() -> None:
    """Kill the worker and forget all models, so that the next call loads them anew."""
    global _process
    with _loading_lock, _process_lock:
        _loading.clear()
        if _process is not None:
            _process.stop()
            _process = None


atexit.register(shut_down)


def _worker_died(future: Future[RemoteModels]) -> bool:
    """Return whether models were loaded and their worker has died since."""
    return future.done() and future.exception() is None and not future.result().is_alive


def _load(model_cards: tuple[ModelCard, ...], future: Future[RemoteModels]) -> None:
    try:
        future.set_result(RemoteModels(_running_process(), model_cards))
    except BaseException as error:  # whoever waits must hear of it
        future.set_exception(error)
        if not isinstance(error, ModelError):
            raise


def _running_process() -> WorkerProcess:
    """Return the worker, started if none is running."""
    global _process
    with _process_lock:
        if _process is None or not _process.is_alive:
            _process = WorkerProcess()
        return _process
