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
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.handwriting import Hands
from tests.benchmarks.load import DIGITS_EACH, GOLDEN
from tests.benchmarks.people import INTERVAL_S, Person, Tally
from tests.browser.server import free_port

ROOT = Path(__file__).parents[2]
PORTS = ("8501", "8502", "8503")
"""The ports that deploy/nginx.conf names."""

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
        homes = asyncio.run(_lesson(people, replicas[killed]))
    print(
        "| people on | people | strokes | median ms | p95 ms | errors | reconnected | restored | "
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, group in (
        ("the replica that is killed", [p for p in people if homes[p] == killed]),
        ("the two others", [p for p in people if homes[p] != killed]),
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
    homes = {person: person.cookie(COOKIE) for person in people}
    replica.send_signal(signal.SIGKILL)
    await asyncio.sleep(SECONDS_AFTER)
    for life in lives:
        life.cancel()
    await asyncio.gather(*lives, return_exceptions=True)
    return homes


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
def served(folder: Path) -> Iterator[tuple[str, dict[str, subprocess.Popen[bytes]]]]:
    """Serve three replicas behind nginx, and give the address and the replicas by port."""
    ports = {name: free_port() for name in PORTS}
    address = f"http://127.0.0.1:{(front := free_port())}"
    replicas = {name: start(port, folder / name) for name, port in ports.items()}
    try:
        for port in ports.values():
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        conf = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
        conf = re.sub(r"replica-\d:(\d+)", lambda m: f"127.0.0.1:{ports[m[1]]}", conf)
        conf = conf.replace("listen 8080", f"listen {front}")
        for name, port in ports.items():
            conf = conf.replace(name, str(port))
        for place in ("/var/log/nginx", "/var/cache/pixelviz"):
            conf = conf.replace(place, str(folder))
        (folder / "nginx.conf").write_text(conf, "utf-8")
        options = f"daemon off; pid {folder}/pid;"
        command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", options]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as nginx:
            try:
                wait_for(f"{address}/_stcore/health")
                yield address, {str(ports[name]): replica for name, replica in replicas.items()}
            finally:
                nginx.terminate()
    finally:
        for replica in replicas.values():
            replica.kill()
            replica.wait()


def start(port: int, log: Path) -> subprocess.Popen[bytes]:
    """Start a server on a port of this machine."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    command += ["--server.fileWatcherType=none"]
    secret = {"STREAMLIT_SERVER_COOKIE_SECRET": "only for this benchmark"}
    with log.open("wb") as output:
        return subprocess.Popen(
            [*command, f"--server.port={port}"],
            cwd=ROOT,
            env=os.environ | secret,
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
