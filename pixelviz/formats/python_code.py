"""grid -> lines of Python that rebuild its vector and prediction in a notebook."""

from pixelviz.arrays import LENGTH, Grid, expect_grid
from pixelviz.formats.limits import expect_name


def generate(grid: Grid, *, model: str) -> str:
    """Return lines of Python that rebuild the vector and the prediction in a notebook.

    Args:
        grid: (28, 28) uint8.
        model: The name of the model that predicts.

    Returns:
        Lines that run as they are where Pixelviz can be imported. The integers stand in 28 rows,
        like the pixels.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.
        SharingError: The name does not have the form of a model's name.
    """
    expect_grid(grid)
    expect_name("model", model, fix="Choose a model on the page.")  # so that it injects no code
    rows = "\n".join(f"    [{', '.join(f'{value:3}' for value in row)}]," for row in grid.tolist())
    return f"""\
import numpy as np
from pixelviz import features, vector
from pixelviz.model import card, classifier, keras_classifier

grid = np.array([
{rows}
], np.uint8)
x = features.rescale(vector.unroll(grid))  # {LENGTH} features, 0 to 1
models = {{each.name: each for each in card.read(classifier.MODELS).models}}
prediction = keras_classifier.load(models[{model!r}]).predict(x)
print(prediction.digit, prediction.probabilities.round(3))
"""
