"""Chapter Train: a model learns from a data set, step by step, in the browser."""

from pathlib import Path

import streamlit as st

from pixelviz.arrays import DIGITS
from pixelviz.data.sample_digits import strokes_of
from pixelviz.page import component
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.data.keep import keep
from pixelviz.page.lesson.figures import CONTROLS, Drawing, tell
from pixelviz.shuffle import permutation

VARIATIONS = 36
"""So many variations of each example are made, to learn from where there is no data set."""

_HERE = Path(__file__).parent

_train = component.register(_HERE / "train.js", styles=(CONTROLS, _HERE / "held_out.css"))
_one_step, _take_away = (
    component.register(_HERE / f"{name}.js", styles=(CONTROLS,))
    for name in ("one_step", "take_away")
)


def show(drawing: Drawing) -> None:
    """Show a model that learns, one step of it in numbers, and what can be done with it then."""
    tell(
        "All weights of softmax regression start as 0: press *Play*, and watch how it **learns**. "
        "It reads a few pictures at a time, a **batch**. The **loss** says how wrong it is, so "
        "each weight moves a little, up or down, to where the loss falls: against its "
        "**gradient**."
    )
    with prediction_table.concealable("train"):
        _train(
            data={
                "pixels": component.encoded(drawing.grid),
                "samples": [strokes_of(digit) for digit in DIGITS],
                "each": VARIATIONS,
                "order": permutation().tolist(),
            },
            key="train",
        )
    tell(
        "The loss is the larger, the less probable the right digits are to it; **accuracy** is the "
        "share that it reads correctly. **Held-out** pictures are not learned from: they show how "
        "it reads what it has never seen. One pass through all pictures is an **epoch**, and the "
        "**learning rate** says how far the weights move in each step."
    )
    tell(
        "Try it again without rescaling, at the same learning rate; and with the pixels shuffled. "
        "Which of the two does it mind? *Learn 10 by heart* leads to **over-fitting**: what it "
        "still learns of the 10 pictures no longer helps it with others. Watch both losses."
    )
    st.markdown("**Somebody new**")
    tell(
        "A class's set (*Our class* in the chapter Data) knows who wrote each picture. Hold out "
        "some pictures of everybody, train, and note the held-out accuracy. Then hold out all "
        "pictures of **some writers**, and do it again. Which of the two says how well it would "
        "read somebody whose hand it has never seen? What it learned from MNIST can be tried on "
        "the class, too."
    )
    st.markdown("**Teach it your hand**")
    tell(
        "Keep drawings with their targets, or all ten examples, choose *Digits of this visit* "
        "above, and train. What does it read when it has seen each digit once?"
    )
    keep.show(drawing)
    st.markdown("**One step in numbers**")
    tell(
        "The **error** is the prediction minus the target, written **one-hot**: 1 for the right "
        "digit and 0 for all others. A weight's gradient says how fast the loss rises with it; it "
        "is the error times the feature, so where there is no ink no weight changes. A batch takes "
        "the mean of its pictures' gradients. To a hidden unit the errors come back by way of the "
        "weights that lead on from it."
    )
    with prediction_table.concealable("one_step"):
        _one_step(data={}, key="one_step")
    st.markdown("**Use it, and take it away**")
    tell(
        "Your model can answer beside the three others while you draw, until you throw it away or "
        "reload the page. It stays in this browser, as the pictures do."
    )
    _take_away(data={}, key="take_away")
