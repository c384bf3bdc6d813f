"""One replica of three is killed in mid-lesson: its people go on elsewhere, with their drawings.

Run by hand, from the repository's folder, where nginx is installed:

    .venv/bin/python -m tests.benchmarks.replicas --people 30

Three replicas on this machine, behind nginx with deploy/nginx.conf as it is, but for where the
replicas are and where nginx writes. Everybody draws a stroke every three seconds, as in
tests.benchmarks.load, and each answer is checked.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pixelviz.classroom import database
from tests.benchmarks.handwriting import Hands
from tests.benchmarks.load import DIGITS_EACH, GOLDEN
from tests.benchmarks.people import INTERVAL_S, Person, Tally
from tests.browser.server import free_port
from tests.nginx import PORTS, balance

ROOT = Path(__file__).parents[2]
COOKIE = "pixelviz_replica"
SECONDS_BEFORE, SECONDS_AFTER = 15.0, 20.0


def main() -> None:
    """Serve, kill, and print the table."""
    parser = argparse.ArgumentParser(description="One replica of three is killed.")
    parser.add_argument("--people", type=int, default=30)
    count = parser.parse_args().people
    hands = Hands(strokes_each=3)
    drawings = [hands.drawings_of(number, DIGITS_EACH) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (address, replicas):
        people = [
            Person(address, drawings[number], Tally(), seed=number) for number in range(count)
        ]
        killed = next(iter(replicas))
        replica_of = asyncio.run(_lesson(people, replicas[killed]))
    print(
        "| people on | people | strokes | median ms | p95 ms | errors | reconnected | restored | "
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, group in (
        ("the replica that is killed", [p for p in people if replica_of[p] == killed]),
        ("the two others", [p for p in people if replica_of[p] != killed]),
    ):
        print(_row(name, group))


async def _lesson(
    people: Sequence[Person], replica: subprocess.Popen[bytes]
) -> dict[Person, str | None]:
    """Let people draw, kill a replica meanwhile, and return on which port each of them was."""
    lives = []
    for number, person in enumerate(people):
        lives.append(asyncio.create_task(person.live(INTERVAL_S * (number * GOLDEN % 1))))
        await asyncio.sleep(0.1)
    while not all(person.is_settled for person in people):
        await asyncio.sleep(0.1)
    for person in people:
        person.tally.start_measuring()
    await asyncio.sleep(SECONDS_BEFORE)
    replica_of = {person: person.cookie(COOKIE) for person in people}
    replica.send_signal(signal.SIGKILL)
    await asyncio.sleep(SECONDS_AFTER)
    for life in lives:
        life.cancel()
    await asyncio.gather(*lives, return_exceptions=True)
    return replica_of


def _row(name: str, group: Sequence[Person]) -> str:
    taken = sorted(1000 * taken for person in group for _, taken in person.tally.strokes)
    errors = sum((person.tally.errors for person in group), Counter[str]())
    said = ", ".join(f"{times} × {what}" for what, times in errors.items()) or "0"
    reconnects = sum(person.tally.reconnects for person in group)
    restored = sum(person.tally.restored for person in group)
    lost = sum(person.tally.lost for person in group)
    p95 = taken[int(0.95 * len(taken))]
    return (
        f"| {name} | {len(group)} | {len(taken)} | {statistics.median(taken):.0f} | {p95:.0f} "
        f"| {said} | {reconnects} | {restored} of {restored + lost} |"
    )


@contextlib.contextmanager
def served(
    folder: Path, settings: Mapping[str, str] | None = None
) -> Iterator[tuple[str, dict[str, subprocess.Popen[bytes]]]]:
    """Serve three replicas behind nginx, and give the address and the replicas by port.

    Args:
        folder: Where nginx and the replicas write.
        settings: Environment variables of all replicas.
    """
    ports = [free_port() for _ in PORTS]
    replicas = {str(port): start(port, folder / str(port), settings) for port in ports}
    try:
        for port in ports:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        with balance(ports, folder) as front:
            yield f"http://127.0.0.1:{front}", replicas
    finally:
        for replica in replicas.values():
            replica.kill()
            replica.wait()


def start(
    port: int, log: Path, settings: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a server on a port of this machine.

    Args:
        port: Which.
        log: Where its output goes; its classes are kept beside it unless the environment names
            another database.
        settings: Environment variables.
    """
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    command += ["--server.fileWatcherType=none"]
    own = {
        "STREAMLIT_SERVER_COOKIE_SECRET": "only for this benchmark",
        database.URL_VARIABLE: f"sqlite:///{log}.db",
    }
    with log.open("ab") as output:
        return subprocess.Popen(
            [*command, f"--server.port={port}"],
            cwd=ROOT,
            env=own | os.environ | dict(settings or {}),
            stdout=output,
            stderr=output,
        )


def wait_for(address: str) -> None:
    """Wait until there is an answer at an address."""
    for _ in range(300):
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"There is no answer at {address}.")


if __name__ == "__main__":
    main()
