"""The page, served as a person would start it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pixelviz.classroom.database import URL_VARIABLE

START_S = 60


@contextlib.contextmanager
def serve(
    folder: Path,
    *,
    log: Path,
    script: str = "app.py",
    python_path: Path | None = None,
    port: int | None = None,
    base: str = "",
    settings: Mapping[str, str] | None = None,
    launcher: Sequence[str] = (),
    end: signal.Signals = signal.SIGTERM,
) -> Iterator[str]:
    """Serve the page in a folder, and give its address while it runs.

    Args:
        folder: Where the page lies.
        log: Where the server's output goes; its classes are kept beside it unless the environment
            names another database.
        script: The page's script, in that folder.
        python_path: A folder whose `sitecustomize.py` the server is to run first.
        port: Where; a free one if None.
        base: The path below which the page is, such as "/pixels"; none if empty.
        settings: Environment variables to set.
        launcher: The command that starts the server's, such as one that limits it.
        end: The signal that ends it.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}{base}"
    command = [*launcher, sys.executable, "-m", "streamlit", "run", script]
    options = {"server.headless": "true", "server.port": port, "server.fileWatcherType": "none"}
    options |= {"server.baseUrlPath": base}
    command += [f"--{name}={value}" for name, value in options.items()]
    environment = {URL_VARIABLE: f"sqlite:///{log.resolve()}.db", **os.environ}
    environment |= {"PYTHONPATH": str(python_path)} if python_path else {}
    environment |= settings or {}
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        ) as server,
    ):
        try:
            _wait_for(f"{address}/_stcore/health", server, log)
            yield address
        finally:
            server.send_signal(end)


def copy_of_page(root: Path, folder: Path) -> Path:
    """Return a folder with a copy of the page, for a test to spoil."""
    for name in ("pixelviz", "models", ".streamlit"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "app.py", folder)
    return folder


def free_port() -> int:
    """Return a port that nobody uses in this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The page did not start:\n{log.read_text(errors='replace')}")
