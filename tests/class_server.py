"""A server that answers what browsers ask about classes, and nothing else: it starts at once."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

from starlette.applications import Starlette

from pixelviz.server.class_routes import ClassRoutes
from pixelviz.server.classrooms import Classrooms

ROOT = Path(__file__).parents[1]
START_S = 30

app = Starlette(routes=ClassRoutes(Classrooms()).routes())


@contextlib.contextmanager
def serve(port: int, database: str) -> Iterator[subprocess.Popen[bytes]]:
    """Serve classes that are kept in a database, and give the process.

    Args:
        port: Where, on this machine.
        database: Its address.
    """
    command = [sys.executable, "-m", "uvicorn", "tests.class_server:app", "--port", str(port)]
    environment = os.environ | {"PIXELVIZ_DATABASE_URL": database}
    with subprocess.Popen(
        [*command, "--log-level", "warning"], cwd=ROOT, env=environment
    ) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/classes/x/device", server)
            yield server
        finally:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until an answer comes, which refuses the key."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5)
        except HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError("The server of classes did not start.")
