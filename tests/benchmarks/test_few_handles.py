"""A server that may open few files goes on: it admits fewer people, and its log stays short."""

import asyncio
import os
import signal
import time
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.benchmarks.handwriting import Hands
from tests.benchmarks.people import Person, Tally, TurnedAwayError
from tests.benchmarks.processes import PROC, family, serving
from tests.browser.server import serve

HANDLES = 192
VISITORS = 30
LOG_MAX = 50_000
WAIT_S = 60


def worker_of(address: str) -> int:
    """Return the process that runs the models."""
    (found,) = (
        pid
        for server in serving(address)
        for pid in family(server)
        if b"worker_process" in (PROC / str(pid) / "cmdline").read_bytes()
    )
    return found


async def come(people: list[Person]) -> int:
    """Let people come one after the other, and return how many were turned away."""
    turned_away = 0
    for person in people:
        try:
            await person.come()
        except (TurnedAwayError, urllib.error.HTTPError):
            turned_away += 1
    return turned_away


async def visit(address: str) -> tuple[int, int]:
    """Fill the server, lose the worker, and return how many were turned away, before and after."""
    hands = Hands(strokes_each=3)
    people = [Person(address, hands.drawings_of(0, 1), Tally()) for _ in range(VISITORS)]
    first = people[0]
    await first.come()
    await first.draw(first.drawings[0][0])
    await first.until_loaded()
    turned_away = await come(people[1:])
    os.kill(worker_of(address), signal.SIGKILL)
    await first.draw(first.drawings[0][1])
    async with asyncio.timeout(WAIT_S):
        await first.until_loaded()
    assert not first.tally.errors
    for person in people[1:]:
        await person.leave()
    deadline = time.monotonic() + WAIT_S
    newcomer = Person(address, hands.drawings_of(1, 1), Tally())
    while await come([newcomer]):  # the server notices after a while who has left
        assert time.monotonic() < deadline
        await asyncio.sleep(0.5)
    await newcomer.draw(newcomer.drawings[0][0])
    assert not newcomer.tally.errors
    await newcomer.leave()
    await first.leave()
    return turned_away, len(people)


@pytest.mark.skipif(not PROC.exists(), reason="The processes of a server are found in /proc.")
def test_a_server_with_few_file_handles_admits_fewer_and_goes_on(
    root: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    limited = ["prlimit", f"--nofile={HANDLES}:{HANDLES}"]
    with serve(root, log=log, launcher=limited) as address, ThreadPoolExecutor(1) as thread:
        turned_away, came = thread.submit(lambda: asyncio.run(visit(address))).result()
    assert 0 < turned_away < came - 5
    assert len(log.read_bytes()) < LOG_MAX
