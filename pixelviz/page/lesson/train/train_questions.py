"""The questions of the chapter Train, whose right answers are computed from the drawing."""

import numpy as np

from pixelviz.arrays import LENGTH
from pixelviz.features import rescale
from pixelviz.model.card import Card
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.question import Question, ask
from pixelviz.vector import place_of, unroll

RATE = 0.5
MINUS = "\N{MINUS SIGN}"


def weights_that_change(drawing: Drawing, _: Card) -> Question:
    """Ask how many weights the first step with one picture changes."""
    inked = int((drawing.grid > 0).sum())
    return ask(
        "Softmax regression starts with weights of 0 and takes one step, with your digit alone. "
        f"How many of the {LENGTH} weights of the right digit are not 0 afterwards?",
        inked,
        (LENGTH, LENGTH - inked, 1, inked // 2),
        "The gradient of a weight is error × feature, so the weights of pixels without ink stay 0. "
        f"{inked} of your {LENGTH} features are not 0.",
    )


def first_weight(drawing: Drawing, _: Card) -> Question:
    """Ask what the first step makes of one weight."""
    features = rescale(unroll(drawing.grid))
    distances = np.where(features > 0, np.abs(features - RATE), np.inf)
    index = int(distances.argmin())  # as grey as there is
    feature = round(float(features[index]), 2)
    row, column = place_of(index)
    right, gradient = RATE * 0.9 * feature, _signed(-0.9 * feature)
    return ask(
        f"In that step the learning rate is {RATE}, and each digit has the probability 0.1. What "
        f"is the right digit's weight of the pixel in row {row}, column {column} afterwards, whose "
        f"feature is {feature:.2f}?",
        _signed(right),
        (_signed(-right), _signed(-RATE * 0.1 * feature), _signed(0.9 * feature), _signed(0)),
        f"The error is {_signed(0.1 - 1, 1)}, the gradient {_signed(-0.9, 1)} × {feature:.2f} = "
        f"{gradient}, and the new weight 0 {MINUS} {RATE} × ({gradient}) = {_signed(right)}.",
    )


def _signed(number: float, decimals: int = 4) -> str:
    text = f"{number:+.{decimals}f}" if round(number, decimals) else "0"
    return text.replace("-", MINUS)
