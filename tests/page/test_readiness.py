"""A server is ready once the models were loaded, and stays ready while their worker restarts."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from starlette.requests import Request
from starlette.responses import Response

from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.server import readiness, worker_supervisor
from pixelviz.server.model_client import ModelsRestartingError

WAIT_S = 60
CARDS = card.read(MODELS).models


@pytest.fixture(autouse=True)
def _new_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    worker_supervisor.shut_down()
    monkeypatch.setattr(worker_supervisor, "_has_loaded", Event())
    yield
    worker_supervisor.shut_down()


def ask() -> Response:
    """Return the answer of the route, without a server."""
    request = Request({"type": "http", "method": "GET", "path": readiness.PATH, "headers": []})
    response: Response = readiness.route().endpoint(request)
    return response


def ask_until_ready() -> None:
    deadline = time.monotonic() + WAIT_S
    while ask().status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _end(_: int) -> None:
    os._exit(1)


def test_it_is_ready_once_the_models_were_loaded_and_stays_so() -> None:
    assert (ask().status_code, ask().body) == (503, b"The models are loading.")
    ask_until_ready()
    assert ask().headers["Cache-Control"] == "no-store"
    with pytest.raises(ModelsRestartingError):
        worker_supervisor.load_async(CARDS).result().ask(_end)
    loading = worker_supervisor.load_async(CARDS)
    assert not loading.done()
    assert ask().status_code == 200
    loading.result(WAIT_S)


def test_it_says_why_it_is_not_ready_and_tries_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    crashing = tmp_path / "tensorflow.py"
    crashing.write_text("import os; os._exit(132)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    deadline = time.monotonic() + WAIT_S
    while b"crashed" not in ask().body:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert ask().status_code == 503
    crashing.unlink()
    ask_until_ready()


def test_it_says_that_the_models_are_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(readiness, "MODELS", tmp_path)
    assert ask().status_code == 503
    assert b"card.json" in ask().body
