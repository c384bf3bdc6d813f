"""Starts the worker process that runs the models, and starts it again if it dies.

The models are loaded once for all visitors. If the worker dies, the next call of `load_async`
starts another one and loads them again.
"""

import atexit
from concurrent.futures import Future
from threading import Lock, Thread
from typing import TypeAlias

from pixelviz.errors import ModelError
from pixelviz.model.card import ModelCard
from pixelviz.server.model_client import RemoteModels
from pixelviz.server.worker_process import WorkerProcess

_Key: TypeAlias = tuple[tuple[str, str, str], ...]

_loading_lock, _process_lock = Lock(), Lock()
_process: WorkerProcess | None = None
_loading: dict[_Key, Future[RemoteModels]] = {}


def load_async(model_cards: tuple[ModelCard, ...]) -> Future[RemoteModels]:
    """Return a future with the models; the first call for them starts to load them.

    Args:
        model_cards: Which models. New cards, after a new training, are loaded anew.

    Returns:
        A future whose `result()` raises a ModelError where they cannot be loaded.
    """
    key = tuple((each.name, each.file, each.sha256) for each in model_cards)
    with _loading_lock:
        future = _loading.get(key)
        if future is None or _worker_died(future):
            future = _loading[key] = Future()
            Thread(target=_load, args=(model_cards, future), name="models", daemon=True).start()
        return future


def shut_down() -> None:
    """Kill the worker and forget all models, so that the next call loads them anew."""
    global _process
    with _loading_lock, _process_lock:
        _loading.clear()
        if _process is not None:
            _process.stop()
            _process = None


atexit.register(shut_down)


def _worker_died(future: Future[RemoteModels]) -> bool:
    """Return whether models were loaded and their worker has died since."""
    return future.done() and future.exception() is None and not future.result().is_alive


def _load(model_cards: tuple[ModelCard, ...], future: Future[RemoteModels]) -> None:
    try:
        future.set_result(RemoteModels(_running_process(), model_cards))
    except BaseException as error:  # whoever waits must hear of it
        future.set_exception(error)
        if not isinstance(error, ModelError):
            raise


def _running_process() -> WorkerProcess:
    """Return the worker, started if none is running."""
    global _process
    with _process_lock:
        if _process is None or not _process.is_alive:
            _process = WorkerProcess()
        return _process
