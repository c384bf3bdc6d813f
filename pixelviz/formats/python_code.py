"""grid -> lines of Python that rebuild its vector and prediction in a notebook."""

from pixelviz.arrays import LENGTH, Grid, expect_grid
from pixelviz.formats.share_link import Settings


def generate(grid: Grid, *, model: str) -> str:
    """Return lines of Python that rebuild the vector and the prediction in a notebook.

    Args:
        grid: (28, 28) uint8.
        model: The name of the model that predicts.

    Returns:
        Lines that run as they are where Pixelviz can be imported; the integers stand in rows of
        28, like the picture.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.
        SharingError: There is no such model.
    """
    expect_grid(grid)
    Settings(model=model)  # refuses what is no model
    rows = "\n".join(f"    [{', '.join(f'{value:3}' for value in row)}]," for row in grid.tolist())
    return f"""\
import numpy as np
from pixelviz import features, vector
from pixelviz.model import card, classifier

grid = np.array([
{rows}
], np.uint8)
x = features.rescale(vector.unroll(grid))  # {LENGTH} features, 0 to 1
models = {{each.name: each for each in card.read(classifier.MODELS).models}}
prediction = classifier.load(models[{model!r}]).predict(x)
print(prediction.digit, prediction.probabilities.round(3))
"""
