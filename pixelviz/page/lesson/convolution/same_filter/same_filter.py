"""The same filter everywhere: the digit moves, and the map of a filter moves along."""

from pathlib import Path

from pixelviz.page import component
from pixelviz.page.lesson.figures import CONTROLS, Drawing, tell
from pixelviz.page.prediction import prediction

FARTHEST = 8
"""How many pixels the digit can be moved."""

_MAPS = Path(__file__).parents[1] / "by_hand" / "maps.css"
_component = component.register(Path(__file__).with_suffix(".js"), styles=(CONTROLS, _MAPS))


def show(drawing: Drawing) -> None:
    """Show what stays the same of a map, and of a dense layer, when the drawing moves."""
    models = {model["name"]: model for model in prediction.models_for_browser()}
    if not {"convolutional", "dense"} <= models.keys():
        return
    tell(
        "**The same filter everywhere.** Move the digit: a filter has the same weights at each "
        "place, so its map moves along, pixel for pixel. That is called **equivariance**. A dense "
        "layer has other weights for each pixel: what do its units do?"
    )
    _component(
        data={
            "pixels": component.encoded(drawing.grid),
            "convolutional": models["convolutional"],
            "dense": models["dense"],
            "farthest": FARTHEST,
        },
        key="same_filter",
    )
