"""The questions of the chapter Cover it: which pixel matters most, and which model minds most."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Grid
from pixelviz.errors import ModelError
from pixelviz.features import rescale
from pixelviz.model import card, keras_file
from pixelviz.model.card import Card
from pixelviz.model.classifier import MODELS, Classifier, Linear, Prediction
from pixelviz.model.contributions import contributions_of
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.question import Question, ask
from pixelviz.server import worker_supervisor
from pixelviz.vector import place_of, unroll

APART = 5
"""The pixels to choose from are so far from each other, in pixels."""

PIXELS = 4

PATCH_SIZE = 9
"""Of the patch that covers a part of the digit."""

PATCH_PLACES = (9, 14, 18)
"""The rows and columns at which it is tried."""

CLEARLY = 0.1
"""So much more probability the right model has to lose than any other, 0 to 1."""


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


def loses_most(drawing: Drawing, models: Card) -> Question:
    """Ask which model loses most of its answer's probability under a patch, or what is exact."""
    loaded = _loaded(models)
    titles = [model.title for model in models.models]
    found = _clearest(drawing.grid, loaded) if len(loaded) == len(titles) else None
    if found is None:
        return _exact(titles)
    row, column, name = found
    right = next(model.title for model in models.models if model.name == name)
    return ask(
        f"A patch of {PATCH_SIZE} × {PATCH_SIZE} pixels lies around row {row}, column {column}. "
        "Which model loses most of the probability of its answer?",
        right,
        (title for title in titles if title != right),
        f"Set the patch to {PATCH_SIZE} × {PATCH_SIZE} and move it there: the line *drop* has the "
        "three numbers.",
    )


def _exact(titles: Sequence[str]) -> Question:
    right, *others = titles
    return ask(
        "One pixel is covered. For which model does the logit of each digit fall by exactly that "
        "pixel's weight × feature?",
        right,
        (*others, "For all three"),
        f"{right} adds up one product for each pixel, and nothing else comes in between. The other "
        "two pass their sums through further layers.",
    )


def _loaded(models: Card) -> Mapping[str, Classifier]:
    """Return the models that the server has at this moment."""
    future = worker_supervisor.load_async(models.models)
    if not future.done():
        return {}
    try:
        by_name = future.result().by_name
    except ModelError:
        return {}
    return {name: model for name, model in by_name.items() if not isinstance(model, ModelError)}


def _clearest(grid: Grid, models: Mapping[str, Classifier]) -> tuple[int, int, str] | None:
    """Return the place where one model loses most by far, and its name; None where none does."""
    places = [(row, column) for row in PATCH_PLACES for column in PATCH_PLACES]
    grids = [grid, *(_covered(grid, row, column) for row, column in places)]
    names = list(models)
    drops = np.array([_drops(prediction_table.to_each(models[name], grids)) for name in names])
    ordered = np.sort(drops, axis=0)
    leads = ordered[-1] - ordered[-2]
    best = int(leads.argmax())
    if leads[best] < CLEARLY:
        return None
    return (*places[best], names[int(drops[:, best].argmax())])


def _covered(grid: Grid, row: int, column: int) -> Grid:
    """Return a grid in which a patch around a pixel is paper."""
    reach = PATCH_SIZE // 2
    left = grid.copy()
    left[max(row - reach, 0) : row + reach + 1, max(column - reach, 0) : column + reach + 1] = 0
    return left


def _drops(answers: Sequence[Prediction]) -> list[float]:
    """Return by how much the first answer's digit loses in each other answer, 0 to 1 or below."""
    first, *others = answers
    return [float(first.confidence - each.probabilities[first.digit]) for each in others]


def _apart(evidence: NDArray[np.float64]) -> list[int]:
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
