"""Chapter Rescale: the same digit as 0 to 255 and as 0 to 1, into the same model."""

import numpy as np
import streamlit as st

from pixelviz.arrays import DIGITS, PIXEL_MAX
from pixelviz.errors import ModelError
from pixelviz.features import rescale
from pixelviz.model.classifier import Classifier, Prediction
from pixelviz.page import plain_text, state
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.figures import BLUE, ORANGE, Drawing, tell
from pixelviz.page.prediction import NOT_SURE, percent
from pixelviz.vector import unroll

LEAST = 1e-30
"""The smallest probability that the chart still shows, for its scale of powers of ten."""

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
        f". Give them the integers themselves and every number is {PIXEL_MAX} times too large. "
        "Often the digit stays the same, but the confidence becomes absurd: the model is certain, "
        "right or wrong."
    )
    ready = prediction_table.models()
    if ready is None:
        return
    models_card, models = ready
    titles = {card.name: card.title for card in models_card.models if card.name in models}
    name = st.segmented_control(
        "Model",
        list(titles),
        format_func=lambda name: plain_text.to_markdown(titles[name]),
        default=models_card.default if models_card.default in titles else None,
        key=state.RESCALE_MODEL,
    )
    if name not in titles:
        st.caption("Choose a model.")
        return
    vector = unroll(drawing.grid)
    features = rescale(vector)
    # float32, as the features are, but not rescaled: this is the mistake that the chapter shows
    right, wrong = models[name].predict_many(np.stack([features, vector.astype(np.float32)]))
    rescaled_side, integers_side, chart_side = st.columns([1, 1, 4], gap="medium")
    with rescaled_side:
        _show_answer("0 to 1", right, float(features.max()))
    with integers_side:
        _show_answer(f"0 to {PIXEL_MAX}", wrong, float(vector.max()))
    with chart_side:
        st.vega_lite_chart(_chart({"0 to 1": right, f"0 to {PIXEL_MAX}": wrong}), width="stretch")
        st.caption("No bar: a probability below 10⁻³⁰.")
    tell(_why(right, wrong) + " " + _growth(models[name], right, wrong))


def _show_answer(title: str, answer: Prediction, largest: float) -> None:
    ordered = np.sort(answer.logits)
    unsure = "" if answer.is_sure else f", {NOT_SURE}"
    st.html(
        f"<div class='scaled'><b>{title}</b><p class='digit'>{answer.digit}</p>"
        f"<p>{percent(answer.confidence)}{unsure}</p>"
        f"<p>largest feature {largest:g}<br>largest logit {ordered[-1]:,.1f}<br>"
        f"the next one {ordered[-2]:,.1f}</p></div>"
    )


def _why(right: Prediction, wrong: Prediction) -> str:
    gaps = [float(np.diff(np.sort(answer.logits)[-2:])[0]) for answer in (right, wrong)]
    return (
        "A **logit** is the model's raw number for a digit, and larger features make larger "
        "logits. **Softmax** turns the distance between two logits into a ratio: each step of 1 "
        f"makes the digit 2.7 times as probable. Here the best two logits are {gaps[0]:,.1f} apart "
        f"for 0 to 1 and {gaps[1]:,.1f} apart for 0 to {PIXEL_MAX}."
    )


def _growth(model: Classifier, right: Prediction, wrong: Prediction) -> str:
    """Return how the logit of the digit grows with the features: 255-fold in a linear model."""
    digit = right.digit
    small, large = float(right.logits[digit]), float(wrong.logits[digit])
    try:
        bias = float(model.linear.bias[digit])
    except ModelError:
        return (
            f"The layers in between bend the sums: the logit of {digit} goes from {small:,.1f} to "
            f"{large:,.1f}. Ask softmax regression to see it grow exactly {PIXEL_MAX}-fold."
        )
    return (
        f"This model only adds up weight × feature, so that the sum grows exactly {PIXEL_MAX}-fold "
        f"and only the **bias**, which no feature touches, stays. For {digit}: "
        f"{small - bias:,.2f} + bias {bias:.2f} = {small:,.2f} becomes "
        f"{large - bias:,.2f} + bias {bias:.2f} = {large:,.2f}."
    )


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
                "title": "probability, by powers of ten",
                "axis": {"labelExpr": POWER_OF_TEN, "tickCount": 6},
            },
            "y2": {"field": "least"},
            "tooltip": [{"field": field} for field in ("digit", "features", "probability")],
            "color": {
                "field": "features",
                "type": "nominal",
                "scale": {"range": [BLUE, ORANGE]},
                "legend": {"orient": "top", "title": "features"},
            },
        },
    }
