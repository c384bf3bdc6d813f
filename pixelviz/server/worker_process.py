"""A process apart: what takes seconds runs there, and nobody here waits for it.

Python runs one thread of a process at a time, and a thread that loads a large library hardly lets
any other run. In a process of its own it may take as long as it likes; and if it breaks down, the
page goes on.

What is to be done is sent there as a function of a module and what it is given, through a pipe.
What it returns or raises comes back through another.
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

_Given = ParamSpec("_Given")
_Returned = TypeVar("_Returned")


class EndedError(Exception):
    """The process has ended without an answer."""


class Process:
    """A Python process that does what it is told, one thing after the other.

    It ends with this one, however that ends. Many threads may share it.
    """

    def __init__(self) -> None:
        """Start it; that takes a few milliseconds."""
        self._turn = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._has_ended = Event()
        Thread(target=self._notice_end, name="process apart", daemon=True).start()
        self._orders: BinaryIO = self._process.stdin  # type: ignore[assignment]
        self._answers: BinaryIO = self._process.stdout  # type: ignore[assignment]

    @property
    def is_alive(self) -> bool:
        """Whether it can still be told to do something."""
        return not self._has_ended.is_set()

    def call(
        self, function: Callable[_Given, _Returned], *args: _Given.args, **kwargs: _Given.kwargs
    ) -> _Returned:
        """Let it call a function, and wait for what that returns.

        Args:
            function: A function of a module, known there by the same name.
            args: What it is given; like what it returns, something that can be pickled.
            kwargs: The same, by name.

        Raises:
            EndedError: The process has ended, before or meanwhile.
            Exception: Whatever the function raises.
        """
        order = pickle.dumps((function, args, kwargs), pickle.HIGHEST_PROTOCOL)
        with self._turn:
            try:
                self._orders.write(order)
                self._orders.flush()
                returned, raised = pickle.load(self._answers)
            except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
                self.stop()
                raise EndedError("The process has ended without an answer.") from error
        if raised is not None:
            raise raised
        answer: _Returned = returned
        return answer

    def _notice_end(self) -> None:
        # Asking for it each time would cost a switch to another thread each time.
        self._process.wait()
        self._has_ended.set()

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()
        self._has_ended.set()
        for pipe in (self._orders, self._answers):
            try:
                pipe.close()
            except OSError:  # what was still to be written finds no reader
                continue


def _serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Do what is ordered, until there is nobody to order any more."""
    while True:
        try:
            function, args, kwargs = pickle.load(orders)
        except EOFError:
            return
        try:
            answer = pickle.dumps((function(*args, **kwargs), None), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            answer = _raised(error)
        answers.write(answer)
        answers.flush()


def _raised(error: Exception) -> bytes:
    try:
        raised = pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(raised)
    except Exception:
        return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))
    return raised


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the server, and that ends this
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come among the answers
    _serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
