"""The question of the chapter Cover it, answered by the weights of softmax regression."""

import numpy as np

from pixelviz.arrays import LENGTH, SIDE
from pixelviz.features import rescale
from pixelviz.model import card, keras_file
from pixelviz.model.card import Card
from pixelviz.model.classifier import MODELS, Linear
from pixelviz.model.contributions import contributions_of
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.question import Question, ask
from pixelviz.vector import place_of, unroll

APART = 5
"""The pixels to choose from are so far from each other, in pixels."""

PIXELS = 4


def covered_most(drawing: Drawing, models: Card) -> Question | None:
    """Ask which of some pixels the answer of softmax regression depends on most."""
    softmax = next((each for each in models.models if each.name == "softmax"), None)
    if softmax is None:
        return None
    [stored] = [
        layer for layer in keras_file.read(card.read_file(softmax, MODELS)) if layer.weights
    ]
    weights, bias = (each.astype(np.float32) for each in stored.weights)
    contributions = contributions_of(rescale(unroll(drawing.grid)), Linear(weights, bias))
    evidence = contributions.weighted_features[int(contributions.logits.argmax())]
    chosen = _apart(evidence)
    names = {index: _named(index) for index in chosen}
    right = chosen[0]
    values = ", ".join(f"{names[index]} {evidence[index]:+.3f}" for index in chosen)
    return ask(
        "Softmax regression is asked about your digit with one single pixel covered. Which of "
        "these lowers the logit of its answer most?",
        names[right],
        (names[index] for index in chosen[1:]),
        f"Their weight × feature: {values}. Covered, just that is missing from the sum.".replace(
            "-", "\N{MINUS SIGN}"
        ),
    )


def pixels_in_patch(_: Drawing, __: Card) -> Question:
    """Ask how many pictures a model has to be asked about for one map."""
    return ask(
        "How many pictures is a model asked about for one whole map, with a patch around each "
        "pixel, and once without any?",
        LENGTH + 1,
        (SIDE + 1, 2 * LENGTH, LENGTH // 9),
        f"One for each of the {LENGTH} places, and one for the whole digit. Where the patch hides "
        "no ink, the picture is the same, so fewer have to be computed.",
    )


def _apart(evidence: np.ndarray) -> list[int]:
    """Return the pixel with the most evidence, and others that lie apart from it and each other."""
    chosen: list[int] = []
    for index in np.argsort(-evidence, kind="stable").tolist():
        row, column = place_of(index)
        if all(
            max(abs(row - other_row), abs(column - other_column)) >= APART
            for other_row, other_column in map(place_of, chosen)
        ):
            chosen.append(index)
        if len(chosen) == PIXELS:
            break
    return chosen


def _named(index: int) -> str:
    row, column = place_of(index)
    return f"row {row}, column {column}"
