"""The questions of the chapter Our class."""

import numpy as np

from pixelviz.arrays import LENGTH, SIDE
from pixelviz.model.card import Card
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.question import Question, ask

DEVICES, HELD_OUT, EACH = 24, 6, 10
"""The class that is asked about: its devices, those that are held out, and the digits of each."""


def numbers_given(drawing: Drawing, _: Card) -> Question:
    """Ask how much of the drawing a class gets."""
    inked = int(np.count_nonzero(drawing.grid))
    return ask(
        f"In your digit {inked} pixels are above 0. If you give it to a class, how many pixels of "
        "it does the data set get?",
        LENGTH,
        (inked, LENGTH - inked, SIDE, 10),
        f"All {SIDE} × {SIDE} = {LENGTH}: that a pixel is 0 says as much about the digit.",
    )


def held_out_digits(_: Drawing, __: Card) -> Question:
    """Ask which digits show how a model reads people it does not know."""
    right = HELD_OUT * EACH
    learned = (DEVICES - HELD_OUT) * EACH
    return ask(
        f"{DEVICES} devices give {EACH} digits each, and {HELD_OUT} devices are held out. How many "
        "digits show how well the model reads people whose hand it does not know?",
        right,
        (learned, DEVICES * EACH, HELD_OUT),
        f"{HELD_OUT} × {EACH} = {right}. It has learned from the {learned} others, so how it reads "
        "those says little about people it does not know.",
    )
