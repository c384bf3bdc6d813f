from typing import Any

import numpy as np
import pytest

from pixelviz import features, vector
from pixelviz.arrays import Grid
from pixelviz.errors import ArrayError, SharingError
from pixelviz.formats import python_code
from pixelviz.model import card, classifier, keras_classifier
from tests.grids import EMPTY, GRIDS, LINES, NOISE, NOT_GRIDS

MODELS = {each.name: each for each in card.read(classifier.MODELS).models}


@pytest.mark.parametrize("model", MODELS)
def test_the_code_runs_as_it_is(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    drawing = GRIDS["seven mnist"]
    names: dict[str, Any] = {}
    exec(python_code.generate(drawing, model=model), names)
    assert np.array_equal(names["grid"], drawing)
    x = features.rescale(vector.unroll(drawing))
    assert np.array_equal(names["x"], x)
    expected = keras_classifier.load(MODELS[model]).predict(x)
    assert np.array_equal(names["prediction"].logits, expected.logits)
    assert capsys.readouterr().out.startswith(f"{expected.digit} [")


def test_the_code_holds_any_drawing() -> None:
    for drawing in (NOISE, LINES, EMPTY):
        names: dict[str, Any] = {}
        exec(python_code.generate(drawing, model="dense").split("models =")[0], names)
        assert np.array_equal(names["grid"], drawing)


@pytest.mark.parametrize(
    "model", ["'] or print('hello')  #", "", "Dense", "dense\n", "dense'", "d" * 41, "dénse"]
)
def test_a_model_name_that_could_inject_code_is_refused(model: str) -> None:
    with pytest.raises(SharingError, match="Expected the name of a model"):
        python_code.generate(EMPTY, model=model)


@pytest.mark.parametrize("wrong", NOT_GRIDS)
def test_an_array_that_is_not_a_grid_is_refused(wrong: Grid) -> None:
    with pytest.raises(ArrayError, match="Expected a grid of shape"):
        python_code.generate(wrong, model="dense")


def test_the_drawing_is_not_changed() -> None:
    before = LINES.copy()
    python_code.generate(LINES, model="dense")
    assert np.array_equal(LINES, before)
