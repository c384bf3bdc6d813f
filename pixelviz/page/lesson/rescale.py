"""Chapter Rescale: the same digit as 0 to 255 and as 0 to 1, into the same model."""

import numpy as np
import streamlit as st

from pixelviz.arrays import DIGITS, PIXEL_MAX, Vector
from pixelviz.errors import ModelError
from pixelviz.features import rescale
from pixelviz.model.classifier import Classifier, Linear, Prediction
from pixelviz.page import plain_text, state
from pixelviz.page.lesson import placing, prediction_table
from pixelviz.page.lesson.figures import BLUE, ORANGE, Drawing, a_digit, tell
from pixelviz.page.prediction.prediction import MODEL_HELP, MODEL_LABEL, with_accuracy
from pixelviz.page.wording import NOT_SURE, percent, reason
from pixelviz.vector import unroll

LEAST = 1e-30
"""The smallest probability that the chart still shows, for its scale of powers of ten."""

THIN_DIGIT = 5
"""The example of which softmax regression is not sure by a very thin pen, or sure and wrong."""

DECIMALS = 3
FLAT = 0.1
"""Ten logits that differ by less give each digit about the same probability."""

MINUS = "\N{MINUS SIGN}"

POWER = "round(-log(datum.value) / LN10)"
RAISED = str(list("⁰¹²³⁴⁵⁶⁷⁸⁹"))
POWER_OF_TEN = (
    f"datum.value >= 1 ? '1' : '10⁻' + ({POWER} >= 10 ? {RAISED}[floor({POWER} / 10)] : '')"
    f" + {RAISED}[{POWER} % 10]"
)
"""How the chart labels a probability, in Vega's own language."""


def show(drawing: Drawing) -> None:
    """Show what one model makes of the integers themselves and of the rescaled features."""
    tell(
        f"The models learned from **features** between 0 and 1: each integer divided by {PIXEL_MAX}"
        ". What if somebody forgets to divide? Then each number is "
        f"{PIXEL_MAX} times too large. Compare the two answers of a model; the one that you choose "
        "here is for this chapter only."
    )
    ready = prediction_table.models()
    if ready is None:
        return
    models_card, models = ready
    cards = {card.name: card for card in models_card.models if card.name in models}
    if not cards:
        return
    name = st.segmented_control(
        MODEL_LABEL,
        list(cards),
        format_func=lambda name: plain_text.to_markdown(with_accuracy(cards[name])),
        required=True,
        help=MODEL_HELP,
        key=state.RESCALE_MODEL,
        default=state.held(state.RESCALE_MODEL, next(iter(cards)), tuple(cards)),
    )
    name = name if name in cards else next(iter(cards))  # a browser can send anything
    placing.offer_thin_digit(THIN_DIGIT)
    vector = unroll(drawing.grid)
    features = rescale(vector)
    # float32, as the features are, but not rescaled: this is the mistake that the chapter shows
    right, wrong = models[name].predict_many(np.stack([features, vector.astype(np.float32)]))
    answers_side, chart_side = st.columns([1.2, 1.8], gap="medium")
    with answers_side:
        st.html(
            "<div class='scaled'>"
            + _answer("0 to 1", right, float(features.max()))
            + _answer(f"0 to {PIXEL_MAX}", wrong, float(vector.max()))
            + "</div>"
        )
    with chart_side, prediction_table.concealable("rescale_chart"):
        st.vega_lite_chart(_chart({"0 to 1": right, f"0 to {PIXEL_MAX}": wrong}), width="stretch")
        st.caption("10⁻⁵ is 0.00001. No bar: a probability below 10⁻³⁰.")
    with prediction_table.concealable("rescale_reasons"):
        tell(_change(right, wrong))
        tell(
            "From the features a model computes a score for each digit, its **logit**. One "
            "point more makes a digit 2.7 times as likely as before, compared with any other "
            f"digit. Here the best two logits are {_gap(right)} apart for 0 to 1 and "
            f"{_gap(wrong)} apart for 0 to {PIXEL_MAX}."
        )
        _explain(models[name], vector, right, wrong)


def _answer(title: str, answer: Prediction, largest: float) -> str:
    best, following = np.sort(answer.logits)[:-3:-1]
    return (
        f"<div><b>{title}</b><p class='digit'>{answer.digit if answer.is_sure else NOT_SURE}</p>"
        f"<p>{reason(answer)}</p>"
        f"<p>largest feature {largest:.3g}<br>highest logit {_points(best)}<br>"
        f"the next one {_points(following)}</p></div>"
    )


def _change(right: Prediction, wrong: Prediction) -> str:
    """Return in a sentence how the answer to the integers differs from the right one."""
    before = (
        f"With 0 to 1 the model is {reason(right)} that it is {a_digit(right.digit)}."
        if right.is_sure
        else f"With 0 to 1 the model is not sure: {reason(right)}."
    )
    if not wrong.is_sure:
        return f"{before} With 0 to {PIXEL_MAX} it is not sure: {reason(wrong)}."
    still = "still " if right.is_sure and right.digit == wrong.digit else ""
    return (
        f"{before} With 0 to {PIXEL_MAX} it {still}says {wrong.digit}, and is "
        f"{percent(wrong.confidence)} sure."
        + (" Is it as sure of a digit that is hard to read?" if right.is_sure else "")
    )


def _explain(model: Classifier, vector: Vector, right: Prediction, wrong: Prediction) -> None:
    """Show why: the sum grows 255-fold, or the layers in between bend it, or nothing is left."""
    try:
        linear = model.linear
    except ModelError:
        lowest, highest = float(wrong.logits.min()), float(wrong.logits.max())
        if highest - lowest < FLAT:
            tell(
                f"All ten logits for 0 to {PIXEL_MAX} lie between {_flat(lowest)} and "
                f"{_flat(highest)}, so each digit gets about a tenth: the model falls silent. "
                "Numbers so large were never in its training. It computes in **layers**, each from "
                "what the one before passes on. In the last layer before the logits, whose units "
                "pass on only sums above 0, none has anything to pass on. Only the ten biases are "
                "left, numbers that each digit gets whatever is drawn."
            )
        else:
            digit = right.digit
            tell(
                "This network computes in **layers**, each from what the one before passes on. "
                f"The layers in between bend the sums: the logit of {digit} goes from "
                f"{_points(right.logits[digit])} to {_points(wrong.logits[digit])}. Choose softmax "
                f"regression, which has no such layers, to see a sum grow {PIXEL_MAX}-fold."
            )
        return
    tell(
        "Softmax regression multiplies each feature by a number that it has learned, the "
        f"**weight**, and adds everything up: so the sum grows {PIXEL_MAX}-fold with the features. "
        "The **bias**, a number that each digit gets whatever is drawn, stays as small as it was."
    )
    for digit in dict.fromkeys((right.digit, wrong.digit)):
        _show_sums(linear, vector, digit)


def _show_sums(linear: Linear, vector: Vector, digit: int) -> None:
    """Show sum + bias = logit for both kinds of features, so that a calculator agrees."""
    unit = 10**DECIMALS
    exact = float(vector.astype(np.float64) @ linear.weights[:, digit].astype(np.float64))
    large = round(exact * unit)
    small = round(large / PIXEL_MAX)
    bias = round(float(linear.bias[digit]) * unit)
    rows = "".join(
        f"<tr><th scope='row'>{title}</th>"
        + "".join(f"<td>{_thousandths(number)}</td>" for number in numbers)
        + "</tr>"
        for title, numbers in (
            ("sum of weight × feature", (small, large)),
            ("+ bias", (bias, bias)),
            ("= logit", (small + bias, large + bias)),
        )
    )
    st.html(
        f"<div class='scroll'><table class='said sums'><caption>How the logit of {digit} comes "
        f"about: {_thousandths(large)} ÷ {PIXEL_MAX} = {_thousandths(small)}</caption>"
        f"<thead><tr><td></td><th scope='col'>0 to 1</th><th scope='col'>0 to {PIXEL_MAX}</th></tr>"
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _thousandths(number: int) -> str:
    return f"{number / 10**DECIMALS:,.{DECIMALS}f}".replace("-", MINUS)


def _points(logit: float) -> str:
    """Return a logit with one decimal; what rounds to 0 has no sign."""
    return f"{round(float(logit), 1) + 0.0:,.1f}".replace("-", MINUS)


def _flat(logit: float) -> str:
    return f"{logit:.3f}".replace("-", MINUS)


def _gap(answer: Prediction) -> str:
    """Return how far apart the best two logits are, as the numbers shown say."""
    following, best = (round(float(logit), 1) for logit in np.sort(answer.logits)[-2:])
    return _points(best - following)


def _chart(given: dict[str, Prediction]) -> dict[str, object]:
    bars = [
        {
            "features": name,
            "digit": digit,
            "probability": float(answer.probabilities[digit]),
            "shown": max(float(answer.probabilities[digit]), LEAST),
            "least": LEAST,
        }
        for name, answer in given.items()
        for digit in DIGITS
    ]
    return {
        "height": 280,
        "data": {"values": bars},
        "mark": "bar",
        "encoding": {
            "x": {"field": "digit", "type": "ordinal", "axis": {"labelAngle": 0}},
            "xOffset": {"field": "features"},
            "y": {
                "field": "shown",
                "type": "quantitative",
                "scale": {"type": "log", "domain": [LEAST, 1]},
                "title": "probability",
                "axis": {"labelExpr": POWER_OF_TEN, "tickCount": 6, "labelFlush": False},
            },
            "y2": {"field": "least"},
            "tooltip": [{"field": field} for field in ("digit", "features", "probability")],
            "color": {
                "field": "features",
                "type": "nominal",
                "scale": {"range": [BLUE, ORANGE]},
                "legend": {"orient": "top", "title": None},
            },
        },
    }
