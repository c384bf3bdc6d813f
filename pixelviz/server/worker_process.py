"""A worker process: a Python process that runs functions for this one.

Python runs one thread of a process at a time, and a thread that imports a large library hardly lets
any other run. In a process of its own such work holds nobody up, and if it crashes or hangs, the
page goes on: each call has a deadline, and a worker that misses it is killed.

A call goes to the worker through a pipe, pickled: the function, which must be importable by name,
and its arguments. What the function returns or raises comes back through another pipe: its length
in bytes, and the pickle.

Why not the standard library's process pools: a `ProcessPoolExecutor` cannot kill a worker, and
`multiprocessing` imports the parent's main module in each child, which is Streamlit here.
"""

import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Event, Lock, Thread, Timer
from typing import IO, Any, BinaryIO, ParamSpec, TypeVar

ROOT = Path(__file__).parents[2]

START = "import sys; sys.path.insert(0, sys.argv[1]); from {module} import main; main()"
"""What the process runs. Its folder is named, so that Python looks there whatever its settings."""

PATIENCE_S = 0.3
"""For so long a caller waits for an answer and keeps what it holds, such as a lock."""

ANSWERS = {"builtins", "numpy", "pixelviz"}
"""The packages whose objects may come back: reading one of TensorFlow's would import it here."""

CHUNK = 1 << 20
LENGTH = struct.Struct(">Q")

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


class WorkerDiedError(Exception):
    """The worker process ended without answering.

    Attributes:
        was_asked: Whether it ended while it worked on this very call.
    """

    def __init__(self, message: str, *, was_asked: bool) -> None:
        super().__init__(message)
        self.was_asked = was_asked


class WorkerProcess:
    """A Python process that runs one call after the other.

    It ends when this process ends, however that happens. Several threads may share it.
    """

    def __init__(
        self, while_waiting: Callable[[], AbstractContextManager[object]] = nullcontext
    ) -> None:
        """Start the process; that takes a few milliseconds.

        Args:
            while_waiting: What a caller is in while it waits for more than a moment.
        """
        from pixelviz.server import file_handles  # imports Starlette, which no worker needs

        self._lock = Lock()
        self._while_waiting = while_waiting
        with file_handles.with_reserve():
            self._process = subprocess.Popen(
                [sys.executable, "-c", START.format(module=__name__), str(ROOT)],
                env=os.environ | {"KERAS_BACKEND": "tensorflow"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._has_ended = Event()
        self._requests, self._responses = self._process.stdin, self._process.stdout
        if os.name == "posix":
            os.set_blocking(self._requests.fileno(), False)
        Thread(target=self._wait_for_end, name="worker process", daemon=True).start()

    @property
    def is_alive(self) -> bool:
        """Whether the process is running and can be called."""
        return not self._has_ended.is_set()

    def call(
        self,
        deadline_s: float,
        function: Callable[_Parameters, _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Result:
        """Run a function in the worker and return its result.

        Args:
            deadline_s: How many seconds it may take. After these the process is killed.
            function: A function at the top level of a module.
            args: Its arguments; they and the result must be picklable.
            kwargs: Its keyword arguments.

        Raises:
            WorkerDiedError: The process ended before or during the call, or missed the deadline.
            Exception: Whatever the function raises; a RuntimeError in place of another library's
                exception.
        """
        request = pickle.dumps((function, args, kwargs), pickle.HIGHEST_PROTOCOL)
        if not self._lock.acquire(blocking=False):
            with self._while_waiting():
                self._lock.acquire()
        try:
            result, raised = self._exchange(request, deadline_s)
        finally:
            self._lock.release()
        if raised is not None:
            raise raised
        returned: _Result = result
        return returned

    def stop(self) -> None:
        """Kill the process."""
        self._kill()
        with self._lock:  # whoever is asking it hears first that it has ended
            for pipe in (self._requests, self._responses):
                pipe.close()

    def _wait_for_end(self) -> None:
        # Polling the process in is_alive would cost a switch to another thread each time.
        self._process.wait()
        self._has_ended.set()

    def _exchange(self, request: bytes, deadline_s: float) -> tuple[Any, Exception | None]:
        """Send a request and return the response to it."""
        if not self.is_alive:
            raise WorkerDiedError("The worker process has ended.", was_asked=False)
        deadline = _Deadline(deadline_s, self._while_waiting)
        try:
            with _killing_after(deadline_s, self._process):
                self._send(request, deadline)
                (length,) = LENGTH.unpack(self._receive(LENGTH.size, deadline))
                result, raised = _Unpickler(BytesIO(self._receive(length, deadline))).load()
                return result, raised
        except TimeoutError as error:
            self._kill()
            raise WorkerDiedError(
                f"The worker process did not answer within {deadline_s:g} seconds.", was_asked=True
            ) from error
        except Exception as error:  # reading a broken pickle can raise anything
            self._kill()
            raise WorkerDiedError(
                "The worker process ended without answering, or its answer cannot be read.",
                was_asked=True,
            ) from error

    def _kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._has_ended.set()

    def _send(self, request: bytes, deadline: "_Deadline") -> None:
        left = memoryview(request)
        while left:
            deadline.wait(partial(_is_ready, self._requests, to_write=True))
            left = left[self._requests.write(left[:CHUNK]) or 0 :]

    def _receive(self, size: int, deadline: "_Deadline") -> bytes:
        received = bytearray()
        while len(received) < size:
            deadline.wait(partial(_is_ready, self._responses, to_write=False))
            chunk = self._responses.read(min(size - len(received), CHUNK))
            if not chunk:
                raise EOFError
            received += chunk
        return bytes(received)


class _Deadline:
    """The time by which something must have happened."""

    def __init__(
        self, seconds: float, while_waiting: Callable[[], AbstractContextManager[object]]
    ) -> None:
        self._at = time.monotonic() + seconds
        self._while_waiting = while_waiting

    def wait(self, is_ready: Callable[[float], bool]) -> None:
        """Wait for something.

        Args:
            is_ready: Waits for at most so many seconds and returns whether it has happened.

        Raises:
            TimeoutError: It has not happened by the deadline.
        """
        if os.name != "posix" or is_ready(max(min(PATIENCE_S, self._left_s()), 0)):
            return
        with self._while_waiting():
            if not is_ready(max(self._left_s(), 0)):
                raise TimeoutError

    def _left_s(self) -> float:
        return self._at - time.monotonic()


def _is_ready(pipe: IO[bytes], timeout_s: float, *, to_write: bool) -> bool:
    """Wait until a pipe can be read or written, or has ended; return whether it can."""
    poll = select.poll()  # select itself knows no more than 1024 file handles
    poll.register(pipe, select.POLLOUT if to_write else select.POLLIN)
    return bool(poll.poll(1000 * timeout_s))


@contextmanager
def _killing_after(deadline_s: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kill a process after a time on Windows, where nothing waits for a pipe for a limited time."""
    if os.name == "posix":
        yield
        return
    timer = Timer(deadline_s, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class _Unpickler(pickle.Unpickler):
    """Reads what a worker sends, which may consist of certain packages' objects only."""

    def find_class(self, module: str, name: str) -> object:
        if module.partition(".")[0] not in ANSWERS:
            raise pickle.UnpicklingError(
                f"Expected objects of {', '.join(sorted(ANSWERS))}, got {module}.{name}."
            )
        return super().find_class(module, name)


def _serve(requests: BinaryIO, responses: BinaryIO) -> None:
    """Answer calls until the other process closes the pipe."""
    while True:
        try:
            function, args, kwargs = pickle.load(requests)
        except EOFError:
            return
        try:
            response = _pickled((function(*args, **kwargs), None))
        except Exception as error:
            response = _pickled((None, _portable(error)))
        responses.write(LENGTH.pack(len(response)) + response)
        responses.flush()


def _pickled(response: tuple[object, Exception | None]) -> bytes:
    """Return a response as it is sent, having seen that it can be read."""
    pickled = pickle.dumps(response, pickle.HIGHEST_PROTOCOL)
    if response[1] is not None:
        _Unpickler(BytesIO(pickled)).load()
    return pickled


def _portable(error: Exception) -> Exception:
    """Return an error that can be read without the library that raised it, with its traceback."""
    told = "".join(traceback.format_exception(error))
    error.add_note(f"In the worker process:\n{told}")
    try:
        _pickled((None, error))
    except Exception:
        error = RuntimeError(f"{type(error).__name__}: {error}")
        error.add_note(f"In the worker process:\n{told}")
    return error


def main() -> None:
    """Serve the process that started this one, until it ends or closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the server, and that ends this
    responses = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the responses
    with suppress(BrokenPipeError):  # the server was killed
        _serve(sys.stdin.buffer, responses)
    os._exit(0)  # at once: nothing is left to do, and nobody reads what libraries say at the end
