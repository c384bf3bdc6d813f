"""The start of the server: what is loaded before anybody asks for it."""

from concurrent.futures import Future
from queue import Queue

import pytest

from pixelviz.model import card
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import MODELS
from pixelviz.server import lifespan, worker_supervisor


def test_the_shuffled_models_are_loaded_after_the_others_before_a_visitor_needs_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: Queue[tuple[ModelCard, ...]] = Queue()
    loading: Future[object] = Future()

    def load_async(model_cards: tuple[ModelCard, ...]) -> Future[object]:
        asked.put(model_cards)
        return loading

    monkeypatch.setattr(worker_supervisor, "load_async", load_async)
    monkeypatch.setattr(lifespan, "SHUFFLED_AFTER_S", 0)
    lifespan._preload("json")
    stored = card.read(MODELS)
    assert asked.get(timeout=10) == stored.models
    assert asked.empty()
    loading.set_result(None)
    assert asked.get(timeout=10) == stored.shuffled
