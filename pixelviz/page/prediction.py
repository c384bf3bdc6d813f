"""The prediction: the digit, how sure the model is, all ten probabilities, and the other models."""

import html

import streamlit as st

from pixelviz.arrays import DIGITS, Grid
from pixelviz.errors import ModelError
from pixelviz.features import rescale
from pixelviz.model import card
from pixelviz.model.card import Card, ModelCard
from pixelviz.model.classifier import MODELS, Prediction
from pixelviz.page import address, background, layout, state
from pixelviz.raster import is_empty
from pixelviz.server import model_client, worker_supervisor
from pixelviz.server.model_client import ModelsRestartingError
from pixelviz.vector import unroll

NOTHING_DRAWN = "Draw a digit"
MODEL_LABEL = "Model and its accuracy"
MODEL_HELP = (
    "Accuracy: the share of MNIST's test images that a model reads correctly. MNIST is a "
    "collection of handwritten digits; its test images are 10,000 of them that no model has "
    "learned from. Softmax regression adds up one weighted sum for each digit; the dense network "
    "has layers of such sums in between; the convolutional network first looks at small patches of "
    "neighbouring pixels."
)
NOT_SURE = "not sure"
"""With `Prediction: 7`, the texts that the container "prediction" holds."""

CANNOT_TELL = "cannot tell; perhaps not a digit"
"""What a model that is not sure says where no few digits are likely."""


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
        chosen, answer = _choose(models), None
        try:
            if is_empty(grid):
                st.html(_answer(NOTHING_DRAWN, None))
            elif loaded := background.loaded_models(models.models):
                answer = _show(grid, chosen, models, loaded)
            else:
                st.html(_answer("Loading …", None))
        except ModelsRestartingError:
            st.html(_answer("Restarting …", None))
            background.rerun_when_restarted()
        except ModelError as error:
            layout.show_error(error)
        _show_hiding_switch()
    return answer


def _show_hiding_switch() -> None:
    """Show the switch that hides what the models say, for a class to guess first."""
    is_hidden = state.held(state.ANSWER_HIDDEN, False, (False, True))
    if st.toggle("Hide the answer", is_hidden, key=state.ANSWER_HIDDEN):
        # The class tells the style sheet.
        st.html("<span class='answer_is_hidden'></span>", width="content")


def percent(probability: float) -> str:
    r"""Return a probability for reading, never rounded to a certainty that it is not.

    Args:
        probability: 0 to 1.

    Example:
        >>> percent(0.9984), percent(0.99996), percent(0.00004)
        ('99.8\u202f%', '>\u202f99.9\u202f%', '<\u202f0.1\u202f%')
    """
    if probability < 0.0005:
        return "<\u202f0.1\u202f%"
    if probability >= 0.9995:
        return ">\u202f99.9\u202f%"
    return f"{100 * probability:.1f}\u202f%"


def with_accuracy(model_card: ModelCard) -> str:
    """Return a model's title with its accuracy on MNIST's test images."""
    return f"{model_card.title} {percent(model_card.test.accuracy)}"


def reason(prediction: Prediction) -> str:
    """Return how sure a model is, or what it would rather say, in the same words everywhere."""
    if prediction.is_sure:
        return f"{percent(prediction.confidence)} sure"
    if prediction.is_probable:
        return f"probably {prediction.digit}, {percent(prediction.confidence)}"
    if prediction.candidates:
        *others, last = prediction.candidates
        return f"looks like {', '.join(map(str, others))} or {last}"
    return CANNOT_TELL


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


def _show(
    grid: Grid, chosen: str, models: Card, loaded: model_client.RemoteModels
) -> Prediction | None:
    predicted = loaded.predict(rescale(unroll(grid)))
    answers = {
        name: each if isinstance(each, ModelError) else predicted[name]
        for name, each in loaded.by_name.items()
    }
    answer = answers.pop(chosen)
    titles = {model.name: model.title for model in models.models}
    others = _others({titles[name]: other for name, other in answers.items()})
    if isinstance(answer, ModelError):
        layout.show_error(answer)
        st.html(others)
        return None
    headline = f"Prediction: {answer.digit if answer.is_sure else NOT_SURE}"
    st.html(_answer(headline, answer) + others)
    return answer


def _answer(headline: str, prediction: Prediction | None) -> str:
    """Return the headline, how sure, and a bar for each digit as HTML."""
    certainty = "waiting" if prediction is None else "sure" if prediction.is_sure else "unsure"
    sure = "" if prediction is None else f"<p>{reason(prediction)}</p>"
    bars = "".join(_bar(digit, prediction) for digit in DIGITS)
    return (
        f"<div class='answer {certainty}' role='status'>"
        f"<h2>{headline}</h2>{sure}</div>"
        f"<table class='bars'>"
        f"<caption>Probability of each digit</caption>{bars}</table>"
    )


def _bar(digit: int, prediction: Prediction | None) -> str:
    probability = 0.0 if prediction is None else float(prediction.probabilities[digit])
    best = prediction is not None and digit == prediction.digit and prediction.is_sure
    return (
        f"<tr class='{'best' if best else ''}'><th scope='row'>{digit}</th>"
        f"<td><div style='inline-size: {probability:.2%}'></div></td>"
        f"<td>{'' if prediction is None else percent(probability)}</td></tr>"
    )


def _others(answers: dict[str, Prediction | ModelError]) -> str:
    """Return one line for each of the models that are not the chosen one."""
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(title)}</th>{_short(answer)}</tr>"
        for title, answer in answers.items()
    )
    return f"<table class='others'><caption>The other models say</caption>{rows}</table>"


def _short(answer: Prediction | ModelError) -> str:
    if isinstance(answer, ModelError):
        return "<td colspan='2'>not available</td>"
    if not answer.is_sure:
        return f"<td colspan='2'>{NOT_SURE}</td>"
    return f"<td><b>{answer.digit}</b></td><td>{percent(answer.confidence)}</td>"
