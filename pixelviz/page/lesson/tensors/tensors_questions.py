"""The questions of the chapter Tensors: about the person's own digit, and a network's layer."""

import numpy as np

from pixelviz.arrays import LENGTH, SIDE
from pixelviz.errors import ModelError
from pixelviz.model import summary
from pixelviz.model.card import Card
from pixelviz.model.classifier import MODELS
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.question import Question, ask


def named_number(drawing: Drawing, _: Card) -> Question:
    """Ask which number of a batch four indices name."""
    grid = drawing.grid.astype(int)
    # Where it makes the most difference to mistake the column for the row
    row, column = map(int, np.unravel_index(int(np.abs(grid - grid.T).argmax()), grid.shape))
    right = int(grid[row, column])
    return ask(
        f"In a batch your digit is picture 0. Which number does `tensor[0, {row}, {column}, 0]` "
        "name?",
        right,
        (int(grid[column, row]), SIDE * row + column, row, column),
        f"Picture 0, row {row}, column {column}, and the only channel: pin that pixel and read its "
        f"value, {right}.",
    )


def weights_of_a_convolution(_: Drawing, card: Card) -> Question | None:
    """Ask how many parameters the first convolution of the last model has."""
    title = card.models[-1].title
    try:
        layers = summary.of(card.models[-1], MODELS)
    except ModelError:
        return None
    found = [each for each in layers if each.kind == "Conv2D" and each.window]
    if not found or found[0].window is None:
        return None
    rows, columns = found[0].window
    filters, channels = found[0].output_shape[-1], found[0].input_shape[-1]
    biases = found[0].parameters - rows * columns * channels * filters
    bias = f" and {biases} biases" if biases else ""
    return ask(
        f"The first convolution of the {title.lower()} has {filters} filters of {rows} × {columns}"
        f" pixels{bias}. How many parameters are that?",
        f"{found[0].parameters:,}",
        (f"{rows * columns + biases:,}", f"{filters * LENGTH:,}", f"{rows * columns * filters:,}"),
        f"{rows} × {columns} × {channels} weights for each of {filters} filters"
        + (f", and {biases} biases" if biases else "")
        + f": {found[0].parameters:,}. The table says so, too.",
    )
