"""The models in the worker process: they predict what Keras predicts here; the worker may die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pixelviz import raster
from pixelviz.errors import ArrayError, ModelError
from pixelviz.features import rescale
from pixelviz.model import card, keras_classifier
from pixelviz.model.classifier import MODELS
from pixelviz.server import worker_supervisor
from pixelviz.vector import unroll
from tests.drawings import SEVEN, drawn, message_of, png_of

WAIT_S = 60
CARDS = card.read(MODELS).models
SEVEN_FEATURES = rescale(unroll(raster.to_grid(drawn(SEVEN))))


@pytest.fixture
def afresh() -> Iterator[None]:
    """Let a test have a process of its own."""
    worker_supervisor.shut_down()
    yield
    worker_supervisor.shut_down()


@pytest.fixture
def page(root: Path) -> AppTest:
    page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=WAIT_S)
    page.session_state["canvas"] = message_of(png_of(drawn(SEVEN)))
    return page


def _process_id(_: int) -> int:
    return os.getpid()


def text(page: AppTest) -> str:
    return "".join(block.value for block in page.html)


def run_until_loaded(page: AppTest) -> None:
    deadline = time.monotonic() + WAIT_S
    while "Loading" in text(page.run()) and time.monotonic() < deadline:
        time.sleep(0.1)


@pytest.mark.parametrize("model_card", CARDS, ids=lambda each: each.name)
def test_a_model_in_the_worker_predicts_the_same_as_in_this_process(
    model_card: card.ModelCard,
) -> None:
    loaded = worker_supervisor.load_async(CARDS).result()
    here, there = keras_classifier.load(model_card), loaded.by_name[model_card.name]
    assert not isinstance(there, ModelError)
    several = np.stack([SEVEN_FEATURES, 1 - SEVEN_FEATURES, SEVEN_FEATURES[::-1]])
    for mine, theirs in zip(here.predict_many(several), there.predict_many(several), strict=True):
        np.testing.assert_allclose(theirs.logits, mine.logits, rtol=1e-4, atol=1e-4)
        assert theirs.threshold == model_card.threshold
    for theirs in (loaded.predict(SEVEN_FEATURES)[model_card.name], there.predict(SEVEN_FEATURES)):
        np.testing.assert_allclose(
            theirs.logits, here.predict(SEVEN_FEATURES).logits, rtol=1e-4, atol=1e-4
        )
    maps = zip(here.feature_maps(SEVEN_FEATURES), there.feature_maps(SEVEN_FEATURES), strict=True)
    for one, other in maps:
        assert (one.kind, one.window) == (other.kind, other.window)
        np.testing.assert_allclose(other.maps, one.maps, rtol=1e-4, atol=1e-4)
    if model_card.name == "softmax":
        assert np.array_equal(there.linear.weights, here.linear.weights)
        assert np.array_equal(there.linear.bias, here.linear.bias)
    else:
        with pytest.raises(ModelError, match="softmax regression"):
            _ = there.linear


def test_the_worker_refuses_features_of_the_wrong_shape() -> None:
    loaded = worker_supervisor.load_async(CARDS).result()
    with pytest.raises(ArrayError, match="784"):
        loaded.predict(SEVEN_FEATURES[:-1])
    there = loaded.by_name["dense"]
    assert not isinstance(there, ModelError)
    with pytest.raises(ArrayError, match="784"):
        there.predict_many(SEVEN_FEATURES[np.newaxis, :-1])


def test_a_dead_worker_is_restarted_and_its_models_are_reloaded(
    afresh: None,  # noqa: ARG001
    page: AppTest,
) -> None:
    run_until_loaded(page)
    assert "Prediction: 7" in text(page)
    loaded = worker_supervisor.load_async(CARDS).result()
    os.kill(loaded.ask(_process_id), signal.SIGKILL)
    deadline = time.monotonic() + WAIT_S
    while loaded.is_alive and time.monotonic() < deadline:
        time.sleep(0.01)
    with pytest.raises(ModelError, match="ended unexpectedly"):
        loaded.predict(SEVEN_FEATURES)
    assert "Loading" in text(page.run())
    run_until_loaded(page)
    assert "Prediction: 7" in text(page)
    assert not page.exception
    assert not page.error


def test_the_page_says_that_tensorflow_crashed_and_goes_on(
    afresh: None,  # noqa: ARG001
    page: AppTest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "tensorflow.py").write_text("import os; os._exit(132)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    run_until_loaded(page)
    assert "crashed" in page.error[0].value
    assert "Prediction:" not in text(page)
    assert not page.exception


WITHOUT_TENSORFLOW = """
import sys, time
from streamlit.testing.v1 import AppTest
from tests.drawings import SEVEN, drawn, message_of, png_of

page = AppTest.from_file("pixelviz/page/main.py", default_timeout=60)
page.query_params["chapter"] = "predict"
page.session_state["canvas"] = message_of(png_of(drawn(SEVEN)))
page.run()
while "Loading" in "".join(block.value for block in page.html):
    time.sleep(0.1)
    page.run()
assert "Prediction: 7" in "".join(block.value for block in page.html)
assert not page.exception
print(sorted({"tensorflow", "keras", "pandas"} & set(sys.modules)))
"""


def test_the_server_process_never_imports_tensorflow(root: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", WITHOUT_TENSORFLOW],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout.split("\n")[-2] == "[]"
