"""The prediction: the digit, how sure the model is, all ten probabilities, and the other models.

While the pen draws, the browser runs the models itself. What the server's Keras models answer
afterwards is the authority, and what links, exports and chapters use.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from pixelviz.arrays import Grid
from pixelviz.errors import ModelError
from pixelviz.features import rescale
from pixelviz.model import card
from pixelviz.model.card import Card, ModelCard
from pixelviz.model.classifier import MODELS, Prediction
from pixelviz.page import address, background, component, layout, state
from pixelviz.page.wording import NOTHING_DRAWN, in_words, percent
from pixelviz.raster import is_empty
from pixelviz.server import worker_supervisor
from pixelviz.server.model_client import ModelsRestartingError
from pixelviz.server.network_files import NETWORKS
from pixelviz.vector import unroll

LOADING, RESTARTING = "Loading …", "Restarting …"
MODEL_LABEL = "Model and its accuracy"
MODEL_HELP = (
    "Accuracy: the share of MNIST's test images that a model reads correctly. MNIST is a "
    "collection of handwritten digits; its test images are 10,000 of them that no model has "
    "learned from. Softmax regression adds up one weighted sum for each digit; the dense network "
    "has layers of such sums in between; the convolutional network first looks at small patches of "
    "neighbouring pixels."
)
DECIMALS = 5
"""Those of the logits that are sent: the browser's own differ by less than 0.0001 from them."""

_HERE = Path(__file__).parent

_panel = component.register(
    _HERE / "prediction.js", in_its_place=_HERE / "in_words.js", is_isolated=False
)


@dataclass(frozen=True)
class Answers:
    """What the models answer to a grid.

    Attributes:
        chosen: The prediction of the chosen model; None where nothing is drawn, or it is not there.
        predictions: All predictions, by the models' names.
        errors: What is wrong with those that are not there, by their names.
        unavailable: The names of those that are not there while others are.
        said: What the panel says where there is no prediction.
    """

    chosen: Prediction | None = None
    predictions: Mapping[str, Prediction] = field(default_factory=dict)
    errors: Mapping[str, ModelError] = field(default_factory=dict)
    unavailable: Sequence[str] = ()
    said: str = ""


def show() -> None:
    """Show the choice of the model, the panel, and the switch that hides it.

    What the models answer, which `ask` returns, comes to the panel by `messenger.send`.
    """
    with st.container(key=state.PREDICTION, gap="xsmall"):
        try:
            models = card.read(MODELS)
        except ModelError as error:
            layout.show_error(error)
            return
        chosen = _choose(models)
        problem = _shown_errors().get(chosen)
        if problem is not None:
            layout.show_error(problem)
        _panel(data={"chosen": chosen, "models": _for_browser(models)}, key=state.ANSWER)
        _show_hiding_switch()


def ask(grid: Grid) -> Answers:
    """Ask the models about a grid.

    What runs for each stroke cannot show an error in the place of the panel, which is outside of
    it: where one comes or goes, the whole page runs once more.

    Args:
        grid: (28, 28) uint8, the one that the other views show.
    """
    try:
        models = card.read(MODELS)
    except ModelError:  # `show` says what is wrong
        return Answers()
    worker_supervisor.load_async(models.models)  # they load while the visitor draws
    answers = _ask(grid, models)
    if _texts(answers.errors) != _texts(_shown_errors()):
        st.session_state[state.MODEL_ERRORS] = answers.errors
        st.rerun()
    return answers


def for_panel(answers: Answers) -> dict[str, Any]:
    """Return what the panel is sent of the answers; `answer_channel.js` says what each part is."""
    told = None if st.session_state.get(state.ANSWER_HIDDEN) else answers.chosen
    return {
        "logits": {
            name: [round(float(logit), DECIMALS) for logit in each.logits]
            for name, each in answers.predictions.items()
        },
        "unavailable": answers.unavailable,
        "said": answers.said,
        "inWords": in_words(told) if told else answers.said,
    }


def chosen_for_browser() -> dict[str, Any] | None:
    """Return what the browser needs to run the chosen model itself, as `panel.js` describes it.

    None while the answer is hidden, and where there is no card.
    """
    if st.session_state.get(state.ANSWER_HIDDEN):
        return None
    with suppress(ModelError):  # the panel says what is wrong
        chosen = _chosen(card.read(MODELS))
        return next(each for each in models_for_browser() if each["name"] == chosen)
    return None


def models_for_browser() -> list[dict[str, Any]]:
    """Return what the browser needs to run each model itself, as `panel.js` describes it.

    None of them where there is no card.
    """
    try:
        return _for_browser(card.read(MODELS))
    except ModelError:  # the panel says what is wrong
        return []


def with_accuracy(model_card: ModelCard) -> str:
    """Return a model's title with its accuracy on MNIST's test images."""
    return f"{model_card.title} {percent(model_card.test.accuracy)}"


def _choose(models: Card) -> str:
    by_name = {model.name: model for model in models.models}
    names = tuple(by_name)
    st.selectbox(
        MODEL_LABEL,
        names,
        index=names.index(state.held(state.MODEL, models.default, names)),
        format_func=lambda name: with_accuracy(by_name[name]),
        key=state.MODEL,
        on_change=address.write,
        help=MODEL_HELP,
    )
    return _chosen(models)


def _chosen(models: Card) -> str:
    """Return the chosen model's name; a browser can send anything."""
    chosen: str = st.session_state.get(state.MODEL, models.default)
    return chosen if chosen in {model.name for model in models.models} else models.default


def _ask(grid: Grid, models: Card) -> Answers:
    if is_empty(grid):
        return Answers(said=NOTHING_DRAWN)
    try:
        loaded = background.loaded_models(models.models)
        if loaded is None:
            return Answers(said=LOADING)
        predicted = loaded.predict(rescale(unroll(grid)))
    except ModelsRestartingError:
        background.rerun_when_restarted()
        return Answers(said=RESTARTING)
    except ModelError as error:
        return Answers(errors={model.name: error for model in models.models})
    errors = {name: each for name, each in loaded.by_name.items() if isinstance(each, ModelError)}
    there = {name: predicted[name] for name in loaded.by_name if name not in errors}
    return Answers(there.get(_chosen(models)), there, errors, unavailable=list(errors))


def _shown_errors() -> Mapping[str, ModelError]:
    """Return what is wrong with the models, by name, as the page shows it."""
    errors: Mapping[str, ModelError] = st.session_state.get(state.MODEL_ERRORS, {})
    return errors


def _texts(errors: Mapping[str, ModelError]) -> dict[str, str]:
    return {name: str(error) for name, error in errors.items()}


def _for_browser(models: Card) -> list[dict[str, Any]]:
    addresses = NETWORKS.addresses()
    return [
        {
            "name": model.name,
            "title": model.title,
            "threshold": model.threshold,
            "address": addresses.get(model.name),
        }
        for model in models.models
    ]


def _show_hiding_switch() -> None:
    """Show the switch that hides what the models say, for a class to guess first."""
    is_hidden = state.held(state.ANSWER_HIDDEN, False, (False, True))
    st.toggle("Hide the answer", is_hidden, key=state.ANSWER_HIDDEN)  # a style sheet looks at it
