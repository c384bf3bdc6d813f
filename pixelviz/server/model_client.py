"""The models as the server sees them: they are loaded in a worker process and asked there."""

import hashlib
import logging
import pickle
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Concatenate, ParamSpec, TypeVar

from pixelviz.arrays import Features
from pixelviz.errors import ModelError
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import MODELS, Classifier, Linear, Prediction
from pixelviz.server import model_worker
from pixelviz.server.worker_process import WorkerDiedError, WorkerProcess

LOADING_S = 60.0
"""After this time a worker that has not loaded the models is killed."""

LOOK_S = 0.02
"""How long the worker waits for models that it loads before it answers others in between."""

ANSWER_S = 2.0
"""After this time a worker that has not answered is killed."""

FIRST_ANSWER_S = 15.0
"""The same for the first question of its kind, for which TensorFlow may have to compile."""

DEATHS_MAX = 2
"""After a question has ended the worker so often, it is not asked any more."""

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

_log = logging.getLogger(__name__)
_deaths: Counter[bytes] = Counter()
"""How often each question, by its hash, has ended the worker."""


class ModelsRestartingError(ModelError):
    """The worker ended. Another one is being started, and is to be asked once more."""


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
            ModelError: TensorFlow cannot be imported, or the worker died or hangs.
        """
        self._process = process
        self._warm = {_kind(model_worker.predict)}
        files = {each.file: _version_of(each.file) for each in model_cards}
        try:
            self._number, problems = self._load(model_cards)
        except WorkerDiedError as error:
            raise ModelError(
                "TensorFlow, which runs the models, crashed or stopped while it was loading.",
                "Wait: it is started again. If that does not help, read its output in the terminal "
                "that runs the page.",
            ) from error
        self.by_name: Mapping[str, Classifier | ModelError] = {
            each.name: problems[each.name] or RemoteClassifier(self, each) for each in model_cards
        }
        self._broken_files = {
            each.file: files[each.file] for each in model_cards if problems[each.name]
        }

    def _load(
        self, model_cards: tuple[ModelCard, ...]
    ) -> tuple[int, Mapping[str, ModelError | None]]:
        number = self._process.call(LOADING_S, model_worker.start_loading, model_cards)
        deadline = time.monotonic() + LOADING_S
        while time.monotonic() < deadline:
            problems = self._process.call(LOADING_S, model_worker.problems, number, LOOK_S)
            if problems is not None:
                return number, problems
        self._process.stop()
        raise WorkerDiedError(f"Loading took more than {LOADING_S:g} s.", was_asked=True)

    @property
    def is_alive(self) -> bool:
        """Whether the worker is running and can be asked."""
        return self._process.is_alive

    @property
    def can_be_mended(self) -> bool:
        """Whether a file that could not be loaded as a model is another one now."""
        return any(version != _version_of(file) for file, version in self._broken_files.items())

    def predict(self, features: Features) -> dict[str, Prediction]:
        """Return the prediction of each loaded model for one digit, by the model's name.

        Args:
            features: (784,) float32, 0 to 1.

        Raises:
            ArrayError: The features are not (784,) float32.
            ModelsRestartingError: The worker died, or did not answer in time.
            ModelError: It has died of these features before.
        """
        return self.ask(model_worker.predict, features)

    def ask(
        self,
        question: Callable[Concatenate[int, _Parameters], _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Run a function of `model_worker` in the worker and return its result.

        Args:
            question: The function; it takes the number of the set first.
            args: Its other arguments.
            kwargs: Its keyword arguments.

        Raises:
            ModelsRestartingError: The worker died, or did not answer in time.
            ModelError: It has died of the same question before.
        """
        if _deaths and _deaths[_hash_of(question, args, kwargs)] >= DEATHS_MAX:
            raise ModelError(
                f"The models have broken down on this drawing {DEATHS_MAX} times, so they are not "
                "asked again.",
                "Change the drawing, or clear it.",
            )
        kind = _kind(question, *args)
        deadline_s = ANSWER_S if kind in self._warm else FIRST_ANSWER_S
        try:
            answer = self._process.call(deadline_s, question, self._number, *args, **kwargs)
        except WorkerDiedError as error:
            if error.was_asked:
                _deaths[_hash_of(question, args, kwargs)] += 1
                _log.exception("The worker process is lost; it was asked to %s.", question.__name__)
            raise ModelsRestartingError(
                "The process that runs the models ended unexpectedly.",
                "Keep drawing: it restarts by itself.",
            ) from error
        self._warm.add(kind)
        return answer


def _kind(question: Callable[..., object], *args: object) -> tuple[object, ...]:
    """Return what TensorFlow compiles only once: the question, and the model that is asked."""
    return (question, *(each for each in args if isinstance(each, str)))


def _hash_of(question: Callable[..., object], args: object, kwargs: object) -> bytes:
    return hashlib.sha256(pickle.dumps((question.__name__, args, kwargs))).digest()


def _version_of(file: str) -> tuple[int, int] | None:
    """Return what changes when a model's file does; None where there is none."""
    try:
        found = (MODELS / file).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


class RemoteClassifier:
    """A model that runs in the worker process; see `Classifier` for what it can do.

    Attributes:
        card: What is known about the model.
    """

    def __init__(self, loaded: RemoteModels, model_card: ModelCard) -> None:
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
