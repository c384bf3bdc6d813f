"""The look into the real network: its filters, its maps, and where each number comes from."""

from pathlib import Path

import streamlit as st

from pixelviz.page import component, state
from pixelviz.page.lesson.figures import CONTROLS, Drawing, tell
from pixelviz.page.prediction import prediction

CONVOLUTIONAL = "convolutional"
"""The name of the network that is looked into."""

_MAPS = Path(__file__).parents[1] / "by_hand" / "maps.css"
_component = component.register(Path(__file__).with_suffix(".js"), styles=(CONTROLS, _MAPS))


def show(drawing: Drawing) -> None:
    """Show what each layer of the convolutional network makes of the drawing."""
    models = {model["name"]: model for model in prediction.models_for_browser()}
    if CONVOLUTIONAL not in models:
        return
    tell(
        "Nobody chose the kernels of the convolutional network: it has **learned** them. Each of "
        "its **filters**, as kernels are called there, makes a picture of its own of your digit, a "
        "**feature map**. Choose a filter, and point at its map."
    )
    _component(
        data={
            "pixels": component.encoded(drawing.grid),
            "model": models[CONVOLUTIONAL],
            "isHidden": bool(st.session_state.get(state.ANSWER_HIDDEN)),
        },
        key="network_view",
    )
    tell(
        "A later convolution looks at all maps before it at once: its filter has a window of "
        "weights for each of them. **Batch normalisation**, with which the network has learned, "
        "multiplies each map by one number and adds another; both are already in the weights and "
        "biases here. Softmax turns the ten logits into probabilities."
    )
