"""A worker process: a Python process that runs functions for this one.

Python runs one thread of a process at a time, and a thread that imports a large library hardly lets
any other run. In a process of its own such work holds nobody up, and if it crashes, the page goes
on.

A call goes to the worker through a pipe, pickled: the function, which must be importable by name,
and its arguments. What the function returns or raises comes back through another pipe.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread
from typing import BinaryIO, ParamSpec, TypeVar

ROOT = Path(__file__).parents[2]

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


class WorkerDiedError(Exception):
    """The worker process ended without answering."""


class WorkerProcess:
    """A Python process that runs one call after the other.

    It ends when this process ends, however that happens. Several threads may share it.
    """

    def __init__(self) -> None:
        """Start the process; that takes a few milliseconds."""
        self._lock = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._has_ended = Event()
        Thread(target=self._wait_for_end, name="worker process", daemon=True).start()
        self._requests: BinaryIO = self._process.stdin  # type: ignore[assignment]
        self._responses: BinaryIO = self._process.stdout  # type: ignore[assignment]

    @property
    def is_alive(self) -> bool:
        """Whether the process is running and can be called."""
        return not self._has_ended.is_set()

    def call(
        self,
        function: Callable[_Parameters, _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Run a function in the worker and return its result.

        Args:
            function: A function at the top level of a module.
            args: Its arguments; they and the result must be picklable.
            kwargs: Its keyword arguments.

        Raises:
            WorkerDiedError: The process ended before or during the call.
            Exception: Whatever the function raises.
        """
        request = pickle.dumps((function, args, kwargs), pickle.HIGHEST_PROTOCOL)
        with self._lock:
            try:
                self._requests.write(request)
                self._requests.flush()
                result, raised = pickle.load(self._responses)
            except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
                self.stop()
                raise WorkerDiedError("The worker process ended without answering.") from error
        if raised is not None:
            raise raised
        returned: _Result = result
        return returned

    def _wait_for_end(self) -> None:
        # Polling the process in is_alive would cost a switch to another thread each time.
        self._process.wait()
        self._has_ended.set()

    def stop(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.wait()
        self._has_ended.set()
        for pipe in (self._requests, self._responses):
            try:
                pipe.close()
            except OSError:  # closing flushes, and nobody reads any more
                continue


def _serve(requests: BinaryIO, responses: BinaryIO) -> None:
    """Answer calls until the other process closes the pipe."""
    while True:
        try:
            function, args, kwargs = pickle.load(requests)
        except EOFError:
            return
        try:
            response = pickle.dumps((function(*args, **kwargs), None), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            response = _pickled(error)
        responses.write(response)
        responses.flush()


def _pickled(error: Exception) -> bytes:
    """Return a response that raises an error; one that cannot be pickled becomes a RuntimeError."""
    try:
        response = pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(response)
    except Exception:
        return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))
    return response


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the server, and that ends this
    responses = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the responses
    _serve(sys.stdin.buffer, responses)


if __name__ == "__main__":
    _main()
