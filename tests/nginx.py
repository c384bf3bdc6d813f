"""The nginx of deploy/nginx.conf, as it is but for where it listens, writes and finds replicas."""

import contextlib
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.conftest import ROOT
from tests.installed import require

PORTS = ("8501", "8502", "8503")
"""The replicas' ports in that file."""

START_S = 20


@contextlib.contextmanager
def balance(
    replicas: Sequence[int], folder: Path, *, changes: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Start nginx in front of three replicas, and give its port while it runs.

    Args:
        replicas: Their ports on this machine.
        folder: Where nginx writes, also `access.log` and `error.log`.
        changes: What in the file to replace, and by what.

    Raises:
        RuntimeError: nginx did not start.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for before, after in (changes or {}).items():
        assert before in text
        text = text.replace(before, after)
    text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    text = re.sub(r"\breplica-\d+:", "127.0.0.1:", text)
    ports = dict(zip(PORTS, map(str, replicas), strict=True))
    text = re.sub("|".join(ports), lambda found: ports[found[0]], text)
    text = text.replace("/var/log/nginx", str(folder)).replace("/var/cache/nginx", str(folder))
    conf = folder / "nginx.conf"
    conf.write_text(text, "utf-8")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    settings = f"{'user root; ' if is_root else ''}pid {folder / 'pid'}; daemon off;"
    program = require("nginx", package="nginx")
    log = folder / "error.log"
    command = [program, "-p", str(folder), "-c", str(conf), "-e", str(log), "-g", settings]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as nginx:
        try:
            _wait_for(port, nginx)
            yield port
        finally:
            nginx.terminate()


def _wait_for(port: int, nginx: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and nginx.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.05)
    nginx.terminate()
    raise RuntimeError(f"nginx did not start:\n{nginx.communicate()[1]}")
