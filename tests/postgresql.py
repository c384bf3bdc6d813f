"""A PostgreSQL server of its own for tests, which is gone afterwards."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import mkdtemp

from tests.installed import require

USER = "pixelviz"

SETTINGS = ("fsync=off", "listen_addresses=", "max_connections=60", "shared_buffers=32MB")
"""It listens on a socket in its own folder; what it writes need not outlast a loss of power."""


@contextlib.contextmanager
def server(settings: Sequence[str] = ()) -> Iterator[str]:
    """Start a server, and give the address of its database while it runs.

    Args:
        settings: Further ones, such as "work_mem=1MB".
    """
    programs = Path(require("initdb", package="postgresql")).resolve().parent
    folder = Path(mkdtemp(prefix="pixelviz-postgresql-", dir="/tmp"))  # a socket's path is short
    try:
        _own(folder)
        create = ["initdb", "-D", str(folder / "data"), "-U", USER, "-A", "trust", "--no-sync"]
        _run(programs, create)
        own = (*SETTINGS, f"unix_socket_directories={folder}", *settings)
        options = " ".join(f"-c {each}" for each in own)
        control = ["pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-w"]
        _run(programs, [*control, "-o", options, "start"])
        try:
            yield f"postgresql://{USER}@/postgres?host={folder}"
        finally:
            _run(programs, [*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


def data_of(url: str) -> Path:
    """Return the folder in which the server of an address keeps its databases."""
    return Path(url.partition("host=")[2]) / "data"


def log_of(url: str) -> str:
    """Return what the server of an address has written into its log."""
    return (data_of(url).parent / "log").read_text("utf-8")


def _own(folder: Path) -> None:
    """Give the folder to the user who runs the server: it refuses to run as root."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


def _run(programs: Path, command: Sequence[str]) -> None:
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    prefix = as_user if os.geteuid() == 0 else []
    program, *arguments = command
    whole = [*prefix, str(programs / program), *arguments]
    done = subprocess.run(
        whole, check=False, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stderr}")
