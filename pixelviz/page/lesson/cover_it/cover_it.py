"""Chapter Cover it: what the answer depends on, found out by hiding parts of the digit."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pixelviz.arrays import LENGTH, SIDE, Grid
from pixelviz.features import rescale
from pixelviz.model.classifier import Classifier
from pixelviz.model.contributions import contributions_of
from pixelviz.page import component, state
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.figures import CONTROLS, Drawing, Figure, diverging, show_figures, tell
from pixelviz.page.pixel_view import pixel_view
from pixelviz.page.prediction import prediction
from pixelviz.vector import place_of, unroll

ERASER = 3
"""The eraser's side, in pixels."""

_HERE = Path(__file__).parent
_STYLES = (CONTROLS, _HERE / "parts.css")

_cover_it, _rub_out, _fewest = (
    component.register(_HERE / f"{name}.js", styles=_STYLES)
    for name in ("cover_it", "rub_out", "fewest")
)


def show(drawing: Drawing) -> None:
    """Show what each model says to a part of the digit, and which pixels change its answer."""
    models = prediction.models_for_browser()
    digit = {"pixels": component.encoded(drawing.grid)}
    tell(
        "Why did it say that? Cover a part of your digit and see. The **occlusion map** has a "
        "colour for each place of the patch: how much the probability of the model's answer falls "
        "when the patch lies there. Do the three models look at the same places?"
    )
    size = st.segmented_control(
        "Side of the patch, in pixels",
        state.PATCH_SIZES,
        required=True,
        key=state.PATCH_SIZE,
        default=state.held(state.PATCH_SIZE, state.PATCH_SIZES[1], state.PATCH_SIZES),
    )
    size = size if size in state.PATCH_SIZES else state.PATCH_SIZES[1]  # a browser sends anything
    with prediction_table.concealable("cover_it"):
        _cover_it(data=digit | {"models": models, "size": size}, key="cover_it")
    st.markdown("**Rub out**")
    tell(
        "Here you can rub out what you like; the digit on the canvas stays. A 9 without its loop: "
        "what does it become?"
    )
    with prediction_table.concealable("rub_out"):
        _rub_out(data=digit | {"models": models, "size": ERASER}, key="rub_out")
    st.markdown("**How few pixels change the answer?**")
    tell(
        "A **greedy search** changes one pixel after the other, always the one that lowers the "
        "probability of the answer most: ink becomes paper, or paper beside ink becomes ink. It "
        "ends when the model reads another digit or is no longer sure, after 3 s at most. From the "
        "second step on it tries only the 40 pixels that did most before, and never two together: "
        "there may be a way with fewer."
    )
    with prediction_table.concealable("fewest"):
        chosen = prediction.chosen_for_browser()
        _fewest(data=digit | {"model": chosen}, key="fewest")
    ready = prediction_table.models()
    if ready is not None and "softmax" in ready[1]:
        _show_comparison(drawing.grid, ready[1])


def _show_comparison(grid: Grid, models: Mapping[str, Classifier]) -> None:
    """Show that covering one pixel takes just its weight × feature from softmax's logit."""
    model = models["softmax"]
    vector = unroll(grid)
    [whole] = prediction_table.to_each(model, [grid])
    best = int(whole.logits.argmax())
    drops = _drops(grid, model, best)
    evidence = contributions_of(rescale(vector), model.linear).weighted_features[best]
    st.markdown("**Softmax regression: covered, or added up**")
    tell(
        "Cover one single pixel, and the logit of the answer falls by what that pixel brought: its "
        "weight × feature, as the chapter *Predict* adds it up. The two pictures are computed in "
        "two ways. They agree because softmax regression only adds; in the other two models pixels "
        "work together, so there is no such sum."
    )
    full = float(np.abs(np.concatenate([drops, evidence])).max())
    both = diverging(np.concatenate([drops, evidence]).reshape(-1, SIDE))
    farthest = float(np.abs(drops - evidence).max())
    with prediction_table.concealable("covered_or_added"):
        show_figures(
            [
                Figure(both[:SIDE], "Each pixel covered", f"by how much the logit of {best} falls"),
                Figure(both[SIDE:], "Weight × feature", f"what each pixel adds to it for {best}"),
            ],
            width_px=220,
        )
        pinned = pixel_view.pinned()
        at = int(np.abs(evidence).argmax()) if pinned is None else pinned
        row, column = place_of(at)
        which = "The pixel with the most of it" if pinned is None else "The pinned pixel"
        st.caption(
            f"{which}, row {row}, column {column}: covered, the logit falls by "
            f"{_signed(drops[at])}; weight × feature is {_signed(evidence[at])}. Over all {LENGTH} "
            f"pixels the two differ by {farthest:.0e} at most, which is rounding; full colour from "
            f"{full:.3f} up."
        )


def _drops(grid: Grid, model: Classifier, digit: int) -> NDArray[np.float64]:
    """Return by how much a digit's logit falls when each single pixel is covered, (784,)."""
    pictures = np.repeat(unroll(grid)[np.newaxis], LENGTH + 1, axis=0)
    np.fill_diagonal(pictures, 0)  # the last one is not covered
    # Always so many, with ink or without: TensorFlow prepares itself for each other number anew.
    logits = np.array([each.logits[digit] for each in model.predict_many(rescale(pictures))])
    drops: NDArray[np.float64] = logits[-1] - logits[:-1]
    return drops


def _signed(number: float) -> str:
    return f"{number:+.3f}".replace("-", "\N{MINUS SIGN}")
