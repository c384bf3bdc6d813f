"""Chapter Convolution: the same small sum at every place of the digit."""

from pathlib import Path

import numpy as np

from pixelviz.page import component
from pixelviz.page.lesson.convolution.kernels import FIRST, KERNELS
from pixelviz.page.lesson.convolution.network_view import network_view
from pixelviz.page.lesson.convolution.same_filter import same_filter
from pixelviz.page.lesson.figures import CONTROLS, Drawing, tell

_HERE = Path(__file__).parent
_STYLES = (CONTROLS, _HERE / "by_hand" / "maps.css")
_by_hand = component.register(_HERE / "by_hand" / "by_hand.js", styles=_STYLES)
_pooling = component.register(_HERE / "pooling" / "pooling.js", styles=_STYLES)


def show(drawing: Drawing) -> None:
    """Show a convolution by hand, on the digit, and pooling of what comes of it."""
    tell(
        "*Move and shuffle* showed what matters: how the pixels lie together. How can a model look "
        "at that, wherever the digit is? A **convolution** slides a small window over the digit. "
        "At every place it multiplies each pixel by a **weight** and adds up the products and a "
        "**bias**. **ReLU** then turns what is below 0 into 0."
    )
    _by_hand(
        data={
            "pixels": component.encoded(drawing.grid),
            "kernels": [
                {
                    "title": kernel.title,
                    "weights": np.ravel(kernel.weights).tolist(),
                    "bias": kernel.bias,
                }
                for kernel in KERNELS.values()
            ],
            "first": list(KERNELS).index(FIRST),
        },
        key="by_hand",
    )
    tell(
        "The nine weights are the **kernel**: type others, and the output follows. **Padding** "
        "*same* adds a border of 0s, so that with stride 1 the output is as large as the picture; "
        "**stride** 2 moves the window by two pixels at a time. A **dense layer** would "
        "have its own weight for each pixel at each place; here all places share the same few."
    )
    tell(
        "**Pooling** makes the output smaller: of each 2 × 2 numbers it keeps the largest. That "
        "says *whether* the kernel found something there, and no longer exactly where."
    )
    _pooling(data={}, key="pooling")
    network_view.show(drawing)
    same_filter.show(drawing)
