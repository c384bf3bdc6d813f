"""What the three models make of the chosen data set, which is in the browser only."""

from contextlib import suppress
from pathlib import Path

import streamlit as st

from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page import component, state
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.data import place_picture
from pixelviz.page.lesson.figures import CONTROLS, Drawing, tell
from pixelviz.page.prediction import prediction

KEY = "evaluation"

_HERE = Path(__file__)

_evaluation = component.register(
    _HERE.with_suffix(".js"), styles=(CONTROLS, _HERE.parents[1] / "parts.css")
)


def show(_drawing: Drawing) -> None:
    """Let the models read the chosen set: accuracy, mistakes, calibration, threshold."""
    st.markdown("**What the models make of it**")
    tell(
        "Your browser lets all three models read the pictures, the fastest model first. The share "
        "that a model reads correctly, *right*, is its **accuracy**. Its **confidence** is the "
        "probability of its answer; where that is too low it says *not sure*, be it right or wrong."
    )
    with prediction_table.concealable(KEY):
        _evaluation(
            data={
                "models": prediction.models_for_browser(),
                "card": _card_scores(),
                "isTextHidden": bool(st.session_state.get(state.TEXT_HIDDEN)),
            },
            key=KEY,
            on_placed_change=place_picture.from_component(KEY),
        )


def _card_scores() -> dict[str, dict[str, float]]:
    """Return what the card says of MNIST's test images, by the models' names."""
    with suppress(ModelError):  # the panel says what is wrong
        return {
            model.name: {
                "accuracy": model.test.accuracy,
                "sureAndRight": model.test.sure_and_right,
                "sureAndWrong": model.test.sure_and_wrong,
            }
            for model in card.read(MODELS).models
        }
    return {}
