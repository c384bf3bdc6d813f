"""The models as the server sees them: they are loaded in a worker process and asked there."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Concatenate, ParamSpec, TypeVar

from pixelviz.arrays import Features
from pixelviz.errors import ModelError
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import Classifier, FeatureMaps, Linear, Prediction
from pixelviz.server import model_worker
from pixelviz.server.worker_process import WorkerDiedError, WorkerProcess

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


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
                "Read its output in the terminal that runs the page, then restart the page.",
            ) from error
        self.by_name: Mapping[str, Classifier | ModelError] = {
            each.name: problems[each.name] or RemoteClassifier(self, each) for each in model_cards
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
        """Run a function of `model_worker` in the worker and return its result.

        Args:
            question: The function; it takes the number of the set first.
            args: Its other arguments.
            kwargs: Its keyword arguments.

        Raises:
            ModelError: The worker died.
        """
        try:
            return self._process.call(question, self._number, *args, **kwargs)
        except WorkerDiedError as error:
            raise ModelError(
                "The process that runs the models ended unexpectedly.",
                "Keep drawing: it restarts by itself.",
            ) from error


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

    def feature_maps(self, features: Features) -> tuple[FeatureMaps, ...]:
        """Return the output of the first layers; see `Classifier.feature_maps`."""
        return self._loaded.ask(model_worker.feature_maps, self.card.name, features)
