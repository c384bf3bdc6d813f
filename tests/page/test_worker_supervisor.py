"""The models in the worker process: they predict what Keras predicts here; the worker may die."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pixelviz import raster
from pixelviz.arrays import Features
from pixelviz.errors import ArrayError, ModelError
from pixelviz.features import rescale
from pixelviz.model import card, keras_classifier
from pixelviz.model.classifier import MODELS, Prediction
from pixelviz.server import model_client, run_lock, worker_supervisor
from pixelviz.server.model_client import ModelsRestartingError, RemoteModels
from pixelviz.vector import unroll
from tests.drawings import CROSSED_SEVEN, SEVEN, drawn, message_of, png_of
from tests.page.lesson.chapter import words

WAIT_S = 60
CARDS = card.read(MODELS).models
SEVEN_FEATURES = rescale(unroll(raster.to_grid(drawn(SEVEN))))


@pytest.fixture
def afresh() -> Iterator[None]:
    """Let a test have models of its own, and no failures before it or after it.

    A worker that is still running is kept: it has imported TensorFlow already.
    """
    forget_failures()
    yield
    forget_failures()


def forget_failures() -> None:
    with worker_supervisor._loading_lock:
        worker_supervisor._loadings.clear()


@pytest.fixture
def page(root: Path) -> AppTest:
    page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=WAIT_S)
    page.session_state["canvas"] = message_of(png_of(drawn(SEVEN)))
    return page


def _process_id(_: int) -> int:
    return os.getpid()


def _end(_: int, status: int) -> None:
    os._exit(status)


def run_until_loaded(page: AppTest) -> None:
    deadline = time.monotonic() + WAIT_S
    while "Loading" in words(page.run()) and time.monotonic() < deadline:
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
    for theirs in (loaded.predict(SEVEN_FEATURES)[model_card.name], there.predict(SEVEN_FEATURES)):
        np.testing.assert_allclose(
            theirs.logits, here.predict(SEVEN_FEATURES).logits, rtol=1e-4, atol=1e-4
        )
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


def stop_worker(how: signal.Signals) -> RemoteModels:
    """Send the worker a signal, and return the models that are lost with it."""
    loaded = worker_supervisor.load_async(CARDS).result()
    os.kill(loaded.ask(_process_id), how)
    if how == signal.SIGKILL:
        wait_until(lambda: not loaded.is_alive)
    return loaded


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
@pytest.mark.usefixtures("afresh")
def test_a_worker_that_is_lost_is_restarted_and_asked_once_more(
    page: AppTest, how: signal.Signals, caplog: pytest.LogCaptureFixture
) -> None:
    run_until_loaded(page)
    assert "Prediction: 7" in words(page)
    stop_worker(how)
    page.session_state["canvas"] = message_of(png_of(drawn(CROSSED_SEVEN)))
    page.run()
    assert "Prediction:" not in words(page)
    assert "Restarting" in words(page) or "Loading" in words(page)
    wait_until(lambda: "Prediction: 7" in words(page.run()))
    assert not page.exception
    assert not page.error
    assert sum("worker process" in each.message for each in caplog.records) == 1 + (
        how == signal.SIGSTOP
    )


@pytest.mark.usefixtures("afresh")
def test_other_runs_go_on_while_the_worker_hangs() -> None:
    loaded = worker_supervisor.load_async(CARDS).result()
    loaded.predict(SEVEN_FEATURES)
    answered: list[float] = []

    @run_lock.serialized
    def ask() -> None:
        with suppress(ModelsRestartingError):
            loaded.predict(SEVEN_FEATURES)
        answered.append(time.monotonic())

    @run_lock.serialized
    def show_integers() -> float:
        return time.monotonic()

    stop_worker(signal.SIGSTOP)
    askers = [Thread(target=ask) for _ in range(20)]
    for asker in askers:
        asker.start()
    shown = show_integers()
    for asker in askers:
        asker.join(WAIT_S)
    assert len(answered) == len(askers)
    assert shown < min(answered)


@pytest.mark.usefixtures("afresh")
def test_a_question_that_kills_the_worker_again_and_again_is_not_asked_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_client, "_deaths", Counter())
    monkeypatch.setattr(model_client, "DEATHS_MAX", 1)
    loaded = worker_supervisor.load_async(CARDS).result()
    with pytest.raises(ModelsRestartingError):
        loaded.ask(_end, 3)
    loaded = worker_supervisor.load_async(CARDS).result()
    with pytest.raises(ModelError, match="broken down on this drawing"):
        loaded.ask(_end, 3)
    assert loaded.is_alive
    assert loaded.predict(SEVEN_FEATURES)["convolutional"].digit == 7


@pytest.mark.usefixtures("afresh")
def test_a_worker_killed_while_it_loads_leaves_no_message_behind(page: AppTest) -> None:
    worker_supervisor.shut_down()
    loading = worker_supervisor.load_async(CARDS)
    wait_until(lambda: worker_supervisor._process is not None)
    assert worker_supervisor._process is not None
    worker_supervisor._process.stop()
    assert isinstance(loading.exception(WAIT_S), ModelError)
    wait_until(lambda: "Prediction: 7" in words(page.run()))
    assert not page.error


@pytest.mark.usefixtures("afresh")
def test_the_page_says_that_tensorflow_crashed_and_tries_again_once_it_can(
    page: AppTest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    worker_supervisor.shut_down()
    crashing = tmp_path / "tensorflow.py"
    crashing.write_text("import os; os._exit(132)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    wait_until(lambda: bool(page.run().error))
    assert "crashed" in page.error[0].value
    assert "Prediction:" not in words(page)
    assert not page.exception
    crashing.unlink()
    wait_until(lambda: "Prediction: 7" in words(page.run()))
    assert not page.error


@pytest.mark.usefixtures("afresh")
def test_a_chapter_too_asks_again(page: AppTest) -> None:
    page.query_params["chapter"] = "predict"
    run_until_loaded(page)
    loaded = worker_supervisor.load_async(CARDS).result()
    predict = loaded.predict

    def stopped_before_the_chapter(features: Features) -> dict[str, Prediction]:
        answer = predict(features)
        stop_worker(signal.SIGSTOP)
        return answer

    loaded.predict = stopped_before_the_chapter  # type: ignore[method-assign]
    page.run()
    assert "Prediction: 7" in words(page)
    assert any("being restarted" in each.value for each in page.caption)
    wait_until(lambda: "Prediction: 7" in words(page.run()))
    assert not any("restart" in each.value for each in page.caption)
    assert not page.exception
    assert not page.error


def test_pauses_between_tries_grow() -> None:
    pauses = [worker_supervisor._Loading(failures=failures).pause_s for failures in range(9)]
    assert pauses == sorted(pauses)
    assert pauses[0] == 0
    assert pauses[-1] == pauses[-2] == 60


@pytest.mark.usefixtures("afresh")
def test_a_model_whose_file_is_put_right_is_loaded(
    tmp_path: Path,
) -> None:
    file = tmp_path / CARDS[0].file
    file.write_bytes(b"broken")
    elsewhere = (replace(CARDS[0], file=str(file)), *CARDS[1:])
    loaded = worker_supervisor.load_async(elsewhere).result()
    assert isinstance(loaded.by_name[CARDS[0].name], ModelError)
    assert worker_supervisor.load_async(elsewhere).result() is loaded
    shutil.copy(MODELS / CARDS[0].file, file)
    loaded = worker_supervisor.load_async(elsewhere).result()
    assert not isinstance(loaded.by_name[CARDS[0].name], ModelError)


WITHOUT_TENSORFLOW = """
import sys, time
from streamlit.testing.v1 import AppTest
from tests.drawings import CROSSED_SEVEN, SEVEN, drawn, message_of, png_of
from tests.page.lesson.chapter import words

page = AppTest.from_file("pixelviz/page/main.py", default_timeout=60)
page.query_params["chapter"] = "predict"
page.session_state["canvas"] = message_of(png_of(drawn(SEVEN)))
page.run()
while "Loading" in words(page):
    time.sleep(0.1)
    page.run()
assert "Prediction: 7" in words(page)
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
