"""The occlusion map is Keras's: the drop of the probability at each place, of each model."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pixelviz import raster
from pixelviz.arrays import LENGTH, SIDE
from pixelviz.model import card, network_file
from pixelviz.model.classifier import MODELS
from tests import oracle
from tests.drawings import CROSSED_SEVEN, drawn
from tests.javascript.test_javascript import PATCH_SIZES, run
from tests.node import node


def test_the_map_is_that_of_keras_at_all_places(root: Path, tmp_path: Path) -> None:
    grid = raster.to_grid(drawn(CROSSED_SEVEN))
    (tmp_path / "digit").write_bytes(grid.tobytes())
    for model in card.read(MODELS).models:
        (tmp_path / f"{model.name}.network").write_bytes(network_file.derive(model, MODELS))
    expected = {
        str(size): {name: probabilities(name, grid, size) for name in oracle.MODELS}
        for size in PATCH_SIZES
    }
    (tmp_path / "expected.json").write_text(json.dumps(expected), "utf-8")
    test = root / "tests/javascript/oracle/occlusion.test.js"
    run([node(), "--test", test], root, PIXELVIZ_OCCLUSION=str(tmp_path))


def probabilities(name: str, grid: NDArray[Any], size: int) -> dict[str, Any]:
    """Return Keras's probability of its answer to a digit, and with the patch at each place."""
    whole = oracle.ask(name, grid[np.newaxis])[0]
    rows, columns = np.indices((SIDE, SIDE))
    far = [
        np.maximum(np.abs(rows - place // SIDE), np.abs(columns - place % SIDE))
        for place in range(LENGTH)
    ]
    pictures = np.array([np.where(2 * each < size, 0, grid) for each in far])
    different, where = np.unique(pictures, axis=0, return_inverse=True)  # it takes Keras a third
    answers = [float(each.probabilities[whole.digit]) for each in oracle.ask(name, different)]
    return {
        "whole": float(whole.confidence),
        "covered": [answers[each] for each in where.ravel().tolist()],
    }
