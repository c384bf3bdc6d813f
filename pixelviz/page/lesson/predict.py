"""Chapter Predict: softmax regression added up before your eyes."""

from math import cos, sin

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pixelviz import ink
from pixelviz.arrays import DIGITS, SIDE, Features, Grid
from pixelviz.features import rescale
from pixelviz.model.classifier import SURE_FROM, Classifier
from pixelviz.model.contributions import Contributions, contributions_of, round_to_add_up
from pixelviz.page.canvas import PEN_WIDTH_PX, SIDE_PX
from pixelviz.page.lesson import placing, prediction_table
from pixelviz.page.lesson.figures import Drawing, Figure, diverging, show_figures, tell
from pixelviz.page.lesson.prediction_table import Ready
from pixelviz.page.pixel_view import pixel_view
from pixelviz.vector import place_of, unroll

DECIMALS = 3
WIDTH_PX = 78
"""How wide a picture is shown: ten fit side by side."""

SCRIBBLE = tuple((0.5 + 0.4 * cos(2.4 * k), 0.5 + 0.4 * sin(3.7 * k)) for k in range(12))
"""A line to and fro, as the points of a stroke in shares of the canvas."""

EXPONENTIAL_DECIMALS = 5
"""So that it has as many digits as the probability in percent."""

FULL_COLOUR = 0.99
"""The share of the weights whose colours differ; the few largest all have the full colour."""


def show(drawing: Drawing) -> None:
    """Show where the answer of softmax regression comes from, and which models can refuse."""
    tell(
        "**Softmax regression** has one **weight** for each pixel and each digit. It multiplies "
        "each feature by its weight and adds everything up, together with a **bias**, a number "
        "that each digit gets whatever is drawn. The result is the digit's **logit**. **Softmax** "
        "turns the ten logits into **probabilities**: one point more makes a digit 2.7 times as "
        "likely as before (*e* = 2.718…), compared with any other digit, and all ten together "
        "make 100 %."
    )
    ready = prediction_table.models()
    if ready is None:
        return
    _, models = ready
    features = rescale(unroll(drawing.grid))
    if "softmax" in models:
        contributions = contributions_of(features, models["softmax"].linear)
        with prediction_table.concealable("predict_sums"):
            _show_sums(contributions)
        _show_formula()
        _show_weights(models["softmax"], contributions)
        with prediction_table.concealable("predict_pinned"):
            _show_pinned(contributions, features)
    tell(
        "The **dense network** adds up in the same way, but several times in a row, in **layers**: "
        "the first sums are the features of the next ones. The **convolutional network** begins "
        "differently: the chapter Convolution shows how."
    )
    _show_refusal(drawing.grid, ready)


def _show_formula() -> None:
    with st.expander("More: softmax as a formula"):
        st.markdown(
            r"$$\text{probability of } d = \frac{e^{\text{logit}_d}}{e^{\text{logit}_0} + \dots + "
            r"e^{\text{logit}_9}}, \qquad e = 2.718\dots$$"
        )
        st.markdown(
            "Subtracting the largest logit from all ten changes no probability and keeps the "
            "numbers small; the table does it. The best digit then has $e^0 = 1$."
        )


def _show_refusal(grid: Grid, ready: Ready) -> None:
    """Show what the models read, and why two of them can refuse and one cannot."""
    st.markdown("**Is it a digit at all?**")
    st.button("Try a scribble", key="scribble", on_click=_place_scribble)
    prediction_table.show_for_grids({"your drawing": grid}, ready)
    tell(
        "While they learned, the dense and the convolutional network were also shown scribbles, "
        "letters and other pictures that are no digits, and were to give them ten equal "
        "probabilities: so these two can refuse. Softmax regression was shown digits only, so it "
        "has learned nothing about what is not a digit. **Sure** means the same for "
        f"all three: a probability of {100 * SURE_FROM:.0f}\u202f% or more for one digit."
    )


def _place_scribble() -> None:
    strokes = (SIDE_PX * np.array(SCRIBBLE),)
    placing.place_ink(ink.from_strokes(strokes, pen_width_px=PEN_WIDTH_PX))


def _show_sums(contributions: Contributions) -> None:
    """Show sum + bias = logit for each digit, rounded so that rows and columns add up as shown."""
    unit = 10**DECIMALS
    shown = _shown(contributions)
    exponentials = round_to_add_up(contributions.exponentials, decimals=EXPONENTIAL_DECIMALS)
    shares = round_to_add_up(100 * contributions.probabilities, decimals=DECIMALS)
    best = int(contributions.probabilities.argmax())
    largest = _signed(shown[best].sum() / unit)
    rows = "".join(
        f"<tr class='{'best' if digit == best else ''}'><th scope='row'>{digit}</th>"
        f"<td>{_signed(shown[digit, 0] / unit)}</td><td>{_signed(shown[digit, 1] / unit)}</td>"
        f"<td>{_signed(shown[digit].sum() / unit)}</td>"
        f"<td>{_at_least(exponentials[digit], EXPONENTIAL_DECIMALS)}</td>"
        f"<td>{_at_least(shares[digit], DECIMALS)} %</td></tr>"
        for digit in DIGITS
    )
    st.html(
        "<div class='scroll'><table class='said sums'><caption>From your digit to ten "
        "probabilities, rounded so that rows and columns add up</caption>"
        "<thead><tr><th scope='col'>digit</th>"
        "<th scope='col'>sum of weight × feature</th><th scope='col'>+ bias</th>"
        f"<th scope='col'>= logit</th><th scope='col'>e<sup>logit &minus; ({largest})</sup></th>"
        "<th scope='col'>probability</th></tr></thead>"
        f"<tbody>{rows}</tbody><tfoot><tr><th scope='row'>total</th><td></td><td></td><td></td>"
        f"<td>{_at_least(exponentials.sum(), EXPONENTIAL_DECIMALS)}</td>"
        f"<td>{_at_least(shares.sum(), DECIMALS)} %</td></tr></tfoot></table></div>"
    )


def _shown(contributions: Contributions) -> NDArray[np.int64]:
    """Return sum and bias of each digit, (10, 2), in units of the last decimal shown.

    The logit that is shown is the sum of the two, so a bias is the same for every drawing.
    """
    pairs = np.stack([contributions.sums, contributions.bias], axis=1)
    units: NDArray[np.int64] = np.rint(pairs * 10**DECIMALS).astype(np.int64)
    return units


def _show_weights(model: Classifier, contributions: Contributions) -> None:
    weights = model.linear.weights.T  # (10, 784)
    sums = _shown(contributions)[:, 0] / 10**DECIMALS
    full = float(np.quantile(np.abs(weights), FULL_COLOUR))
    both = np.concatenate([weights, contributions.weighted_features]).clip(-full, full)
    # Coloured together, so that a colour means the same number in all twenty pictures.
    coloured = diverging(both.reshape(-1, SIDE)).reshape(2, len(DIGITS), SIDE, SIDE, 3)
    st.markdown(
        "**Weights**: orange is evidence for the digit, blue evidence against it, black none; full "
        f"colour from {full:.2f} up"
    )
    show_figures(
        [Figure(coloured[0, digit], f"Weights {digit}") for digit in DIGITS], width_px=WIDTH_PX
    )
    st.markdown(
        "**Weight × feature**: the evidence of the pixels that you drew, in the same colours"
    )
    with prediction_table.concealable("predict_evidence"):
        show_figures(
            [
                Figure(coloured[1, digit], f"For {digit}", f"sum {_signed(sums[digit])}")
                for digit in DIGITS
            ],
            width_px=WIDTH_PX,
        )


def _show_pinned(contributions: Contributions, features: Features) -> None:
    index = pixel_view.pinned()
    if index is None:
        st.caption(
            "Click a pixel in the 28 × 28 picture to pin it: its ten contributions appear here."
        )
        return
    row, column = place_of(index)
    cells = "".join(
        f"<td>{_signed(contributions.weighted_features[digit, index])}</td>" for digit in DIGITS
    )
    heads = "".join(f"<th scope='col'>{digit}</th>" for digit in DIGITS)
    st.html(
        "<div class='scroll'><table class='said sums'><caption>The pinned pixel: row "
        f"{row}, column {column}, feature {index} = {features[index]:.3f}</caption>"
        f"<thead><tr><td></td>{heads}</tr></thead><tbody><tr><th scope='row'>weight × feature</th>"
        f"{cells}</tr></tbody></table></div>"
    )


def _at_least(units: int, decimals: int) -> str:
    """Return a number given in units of its last decimal; one that is not 0 never reads as 0."""
    return f"{units / 10**decimals:.{decimals}f}" if units else f"< {10**-decimals:.{decimals}f}"


def _signed(number: float) -> str:
    return f"{number:+.{DECIMALS}f}".replace("-", "\N{MINUS SIGN}")
