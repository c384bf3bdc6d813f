"""The prediction: the digit, how sure the model is, all ten probabilities, and the other models.

While the pen draws, the browser runs the models itself. What the server's Keras models answer
afterwards is the authority, and what links, exports and chapters use.
"""

from contextlib import suppress
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

_panel = component.register(Path(__file__).with_suffix(".js"), is_isolated=False)

_Answers = dict[str, Prediction | ModelError]


def show(grid: Grid) -> Prediction | None:
    """Show what the chosen model makes of a grid, and what the others make of it.

    Args:
        grid: (28, 28) uint8, the one that the other views show.

    Returns:
        What the chosen model makes of it; None where nothing is drawn, or no model is there.
    """
    with st.container(key=state.PREDICTION, gap="xsmall"):
        try:
            models = card.read(MODELS)
        except ModelError as error:
            layout.show_error(error)
            return None
        worker_supervisor.load_async(models.models)  # they load while the visitor draws
        chosen = _choose(models)
        answers, said = _ask(grid, models)
        answer = answers.get(chosen)
        if isinstance(answer, ModelError):
            layout.show_error(answer)
            answer = None
        _panel(data=_data(grid, models, chosen, answers, said), key=state.ANSWER)
        _show_hiding_switch()
    return answer


def chosen_for_browser() -> dict[str, Any] | None:
    """Return what the browser needs to run the chosen model itself, as `panel.js` describes it.

    None while the answer is hidden, and where there is no card.
    """
    if st.session_state.get(state.ANSWER_HIDDEN):
        return None
    with suppress(ModelError):  # the panel says what is wrong
        chosen = st.session_state.get(state.MODEL, card.read(MODELS).default)
        return next((each for each in models_for_browser() if each["name"] == chosen), None)
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
    chosen: str = st.selectbox(
        MODEL_LABEL,
        names,
        index=names.index(state.held(state.MODEL, models.default, names)),
        format_func=lambda name: with_accuracy(by_name[name]),
        key=state.MODEL,
        on_change=address.write,
        help=MODEL_HELP,
    )
    return chosen if chosen in by_name else models.default  # a browser can send anything


def _ask(grid: Grid, models: Card) -> tuple[_Answers, str]:
    """Return each model's answer by its name, and what the panel says where there is none."""
    if is_empty(grid):
        return {}, NOTHING_DRAWN
    try:
        loaded = background.loaded_models(models.models)
        if loaded is None:
            return {}, LOADING
        predicted = loaded.predict(rescale(unroll(grid)))
    except ModelsRestartingError:
        background.rerun_when_restarted()
        return {}, RESTARTING
    except ModelError as error:
        layout.show_error(error)
        return {}, ""
    return {
        name: each if isinstance(each, ModelError) else predicted[name]
        for name, each in loaded.by_name.items()
    }, ""


def _data(grid: Grid, models: Card, chosen: str, answers: _Answers, said: str) -> dict[str, Any]:
    """Return what the panel is drawn from; `panel.js` says what each part is for."""
    answer = None if st.session_state.get(state.ANSWER_HIDDEN) else answers.get(chosen)
    return {
        "chosen": chosen,
        "models": _for_browser(models),
        "pixels": component.encoded(grid),
        "logits": {
            name: [round(float(logit), DECIMALS) for logit in each.logits]
            for name, each in answers.items()
            if isinstance(each, Prediction)
        },
        "unavailable": [name for name, each in answers.items() if isinstance(each, ModelError)],
        "said": said,
        "inWords": in_words(answer) if isinstance(answer, Prediction) else said,
    }


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
