"""Starts the worker process that runs the models, and starts it again if it dies or hangs.

The models are loaded once for all visitors. If the worker dies, or could not load them, a later
call of `load_async` tries again, each time after a longer pause.
"""

import atexit
import logging
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TypeAlias

from pixelviz.model.card import ModelCard
from pixelviz.server import run_lock
from pixelviz.server.model_client import RemoteModels
from pixelviz.server.worker_process import WorkerProcess

PAUSES_S = (0.0, 0.0, 1.0, 2.0, 5.0, 15.0, 60.0)
"""How long to wait before the models are loaded, after so many failures in a row."""

STABLE_S = 60.0
"""A worker that ran for this time had not failed: the next failure counts as the first."""

_Key: TypeAlias = tuple[tuple[str, str, str], ...]

_log = logging.getLogger(__name__)


@dataclass
class _Loading:
    """Models that are being loaded, or are loaded, or could not be.

    Attributes:
        models: What becomes of them.
        failures: How often in a row loading had failed, or their worker had died, before.
        ended_at: When they were there, or had failed, by the monotonic clock.
    """

    models: Future[RemoteModels] = field(default_factory=Future)
    failures: int = 0
    ended_at: float = 0.0

    @property
    def pause_s(self) -> float:
        """How long to wait before loading them, after these failures."""
        return PAUSES_S[min(self.failures, len(PAUSES_S) - 1)]

    @property
    def has_failed(self) -> bool:
        """Whether they could not be loaded."""
        return self.models.done() and self.models.exception() is not None

    def successor(self) -> "_Loading | None":
        """Return what is to be loaded in their place, None while they are as good as can be."""
        if not self.models.done():
            return None
        lasted_s = time.monotonic() - self.ended_at
        if self.has_failed:
            following = _Loading(failures=self.failures + 1)
            return following if lasted_s >= following.pause_s else None
        if not self.models.result().is_alive:
            _log.warning("The worker process has ended; another one is started.")
            return _Loading(failures=1 if lasted_s >= STABLE_S else self.failures + 1)
        return _Loading() if self.models.result().can_be_mended else None


_loading_lock, _process_lock = Lock(), Lock()
_process: WorkerProcess | None = None
_loadings: dict[_Key, _Loading] = {}
_has_loaded = Event()


def load_async(model_cards: tuple[ModelCard, ...]) -> Future[RemoteModels]:
    """Return a future with the models; the first call for them starts to load them.

    Args:
        model_cards: Which models. New cards, after a new training, are loaded anew.

    Returns:
        A future whose `result()` raises a ModelError where they cannot be loaded. A later call
        returns another one once they are loaded again.
    """
    key = tuple((each.name, each.file, each.sha256) for each in model_cards)
    with _loading_lock:
        loading = _loadings.get(key)
        following = _Loading() if loading is None else loading.successor()
        if following is not None:
            pause_s = 0.0 if loading is None or loading.has_failed else following.pause_s
            loading = _loadings[key] = following
            Thread(
                target=_load, args=(model_cards, loading, pause_s), name="models", daemon=True
            ).start()
        assert loading is not None
        return loading.models


def has_loaded() -> bool:
    """Return whether models were loaded at least once since the server started."""
    return _has_loaded.is_set()


def shut_down() -> None:
    """Kill the worker and forget all models, so that the next call loads them anew."""
    global _process
    with _loading_lock, _process_lock:
        _loadings.clear()
        if _process is not None:
            _process.stop()
            _process = None


atexit.register(shut_down)


def _load(model_cards: tuple[ModelCard, ...], loading: _Loading, pause_s: float) -> None:
    time.sleep(pause_s)
    try:
        models = RemoteModels(_running_process(), model_cards)
    except BaseException as error:  # whoever waits must hear of it
        _log.exception("The models could not be loaded.")
        loading.ended_at = time.monotonic()
        loading.models.set_exception(error)
    else:
        _has_loaded.set()
        loading.ended_at = time.monotonic()
        loading.models.set_result(models)


def _running_process() -> WorkerProcess:
    """Return the worker, started if none is running."""
    global _process
    with _process_lock:
        if _process is not None and not _process.is_alive:
            _process.stop()  # which closes its pipes
            _process = None
        if _process is None:
            _process = WorkerProcess(while_waiting=run_lock.released)
        return _process
