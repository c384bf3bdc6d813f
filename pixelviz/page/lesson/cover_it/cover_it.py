"""Chapter Cover it: what an answer depends on, and how few pixels change it."""

from pathlib import Path

import streamlit as st

from pixelviz.page import component, state
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.figures import CONTROLS, Drawing, tell
from pixelviz.page.prediction import prediction

PATCH_SIZE, ERASER_SIZE = 5, 3
"""What patch and eraser are set to at first, in pixels."""

SOFTMAX = "softmax"
"""The model of which weights are shown."""

_HERE = Path(__file__).parent
_STYLES = (CONTROLS, _HERE / "parts.css")

_cover = component.register(_HERE / "cover_it.js", styles=_STYLES)
_rub_out = component.register(_HERE / "rub_out.js", styles=_STYLES)
_fewest_pixels = component.register(_HERE / "fewest_pixels.js", styles=_STYLES)
_against_weights = component.register(_HERE / "against_weights.js", styles=_STYLES)


def show(drawing: Drawing) -> None:
    """Show what each model's answer depends on, by taking parts of the digit away."""
    tell(
        "Why did it say that? **Cover** a part of your digit and ask again. What the patch hides "
        "becomes paper, 0. All places of the patch together make an **occlusion map**: orange "
        "where the answer loses probability, blue where it gains."
    )
    pixels, models = component.encoded(drawing.grid), prediction.models_for_browser()
    sent = {"pixels": pixels, "models": models}
    size = _choose_size("Patch", state.PATCH_SIZE, PATCH_SIZE, state.PATCH_SIZES)
    with prediction_table.concealable("cover_it"):
        _cover(data={**sent, "size": size}, key="cover_it")

    st.markdown("**Rub it out**")
    tell(
        "Which part makes it that digit? Rub out the loop of a 9, or the bar of a crossed 7, and "
        "watch it turn. This eraser works here only: the digit is not framed anew, so nothing "
        "changes but what you rub out."
    )
    size = _choose_size("Eraser", state.ERASER_SIZE, ERASER_SIZE, state.ERASER_SIZES)
    with prediction_table.concealable("rub_out"):
        _rub_out(data={**sent, "size": size}, key="rub_out")

    st.markdown("**The fewest pixels that change the answer**")
    tell(
        "A **greedy search** changes one pixel after the other, always the one that lowers the "
        "probability of the answer most. First it tries to take each pixel of ink away and to ink "
        "each pixel of paper beside it, then only the 32 changes that did best before. It ends "
        "when the model says another digit or is no longer sure, or after 3 seconds. It never "
        "looks ahead, so there may be a way with fewer pixels: can you find one with the eraser?"
    )
    with prediction_table.concealable("fewest_pixels"):
        _fewest_pixels(data=sent, key="fewest_pixels")

    softmax = next((each for each in models if each["name"] == SOFTMAX), None)
    if softmax is not None:
        _show_against_weights(pixels, softmax["address"])


def _show_against_weights(pixels: str, address: str | None) -> None:
    st.markdown("**Covered, and weight × feature**")
    tell(
        "For softmax regression nobody has to cover a pixel to know what it does to a logit: "
        "without it, the sum lacks just its **weight × feature**. The probability need not follow, "
        "as all ten logits change at once. Where the pixel is more evidence for another digit, the "
        "answer gains."
    )
    with prediction_table.concealable("against_weights"):
        _against_weights(data={"pixels": pixels, "address": address}, key="against_weights")
    tell(
        "The two networks have layers in between: what a pixel does there depends on the pixels "
        "around it, so only covering it and asking again can tell."
    )


def _choose_size(label: str, key: str, initial: int, sizes: tuple[int, ...]) -> int:
    """Let the person choose how many pixels wide and high something is, and return that."""
    chosen = st.segmented_control(
        label,
        sizes,
        format_func=_squared,
        required=True,
        key=key,
        default=state.held(key, initial, sizes),
    )
    return chosen if chosen in sizes else initial  # a browser can send anything


def _squared(side: int) -> str:
    return f"{side} × {side}"
