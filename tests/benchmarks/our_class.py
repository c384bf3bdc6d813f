"""A class of sixty gives digits: how soon the teacher sees them, and whether all of them are kept.

Run by hand, from the repository's folder, where nginx and PostgreSQL are installed:

    .venv/bin/python -m tests.benchmarks.our_class

Each device gives a digit every five seconds for a minute, and asks in between how many there are;
the teacher asks each second for the newest. One process asks for all of them. In some scenes a
replica is killed with SIGKILL meanwhile, and started again at once, or hangs by SIGSTOP: what was
acknowledged must be in the database once, and what was not is sent again until it is.
"""

import argparse
import asyncio
import contextlib
import math
import os
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit
from uuid import UUID

from pixelviz.classroom.database import URL_VARIABLE
from tests import postgresql
from tests.benchmarks.load import GOLDEN
from tests.benchmarks.processes import Meter
from tests.benchmarks.replicas import served, start, wait_for
from tests.browser.server import free_port
from tests.class_people import Browser, Device, Digit, Teacher

EVERY_S = 5.0
"""So often a device gives a digit."""

SETTLE_S = 60.0
"""So long the last digits may take to be acknowledged and seen."""

CALM_S = 10.0
"""So long after they are ready the replicas load what nobody waits for."""

HEADER = (
    "", "digits", "POST, ms: median", "p95", "longest", "on the wall, s: median", "p95", "longest",
    "sent again", "lost", "twice", "replicas, % of a core", "nginx", "PostgreSQL", "generator",
    "load before",
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """Something that is served.

    Attributes:
        port: Where browsers ask.
        processes: The processes that serve, by what they are.
        kill: Kills a replica and starts it again.
        stop: Lets a replica hang.
    """

    port: int
    processes: Mapping[str, Sequence[int]]
    kill: Callable[[], None]
    stop: Callable[[], None]


@dataclass(frozen=True)
class Lesson:
    """What came of it.

    Attributes:
        digits: All that were given.
        seen: When each was in the teacher's answer.
        stored: All that the class has in the end, as often as it has them.
        used: The shares of a core that were used, by what used them; None where one was killed.
    """

    digits: Sequence[Digit]
    seen: Mapping[UUID, float]
    stored: Sequence[UUID]
    used: Mapping[str, float | None]

    def cells(self) -> list[str]:
        """Return the row of the table, but for its name and the load."""
        posts, waits = [], []
        for digit in self.digits:
            if digit.acknowledged_at is not None:
                posts.append(1000 * (digit.acknowledged_at - digit.began_at))
            if digit.give in self.seen:
                waits.append(self.seen[digit.give] - digit.began_at)
        acknowledged = {each.give for each in self.digits if each.acknowledged_at is not None}
        return [
            str(len(self.digits)),
            *(f"{each:.0f}" for each in _spread(posts)),
            *(f"{each:.2f}" for each in _spread(waits)),
            str(sum(len(each.statuses) > 1 for each in self.digits)),
            str(len(acknowledged - set(self.stored)) + len(self.digits) - len(acknowledged)),
            str(len(self.stored) - len(set(self.stored))),
            *(
                "-" if (share := self.used.get(name)) is None else f"{100 * share:.0f}"
                for name in ("replicas", "nginx", "PostgreSQL", "generator")
            ),
        ]


def main() -> None:
    """Let a class give digits in each scene, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--devices", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--only", nargs="*", default=list(SCENES), choices=list(SCENES))
    options = parser.parse_args()
    print(f"| {' | '.join(HEADER)} |\n|{'---|' * len(HEADER)}", flush=True)
    for letter in options.only:
        name, scene, failure = SCENES[letter]
        with tempfile.TemporaryDirectory() as folder, scene(Path(folder)) as one:
            time.sleep(CALM_S)
            load = os.getloadavg()[0]
            fail = {"": None, "kill": one.kill, "stop": one.stop}[failure]
            row = asyncio.run(_lesson(one, options.devices, options.seconds, fail))
        print(f"| {name} | {' | '.join(row.cells())} | {load:.1f} |", flush=True)


async def _lesson(
    scene: Scene, count: int, seconds: float, fail: Callable[[], None] | None
) -> Lesson:
    teacher = Teacher(Browser([scene.port]))
    await teacher.start()
    devices = [Device(Browser([scene.port]), teacher.code) for _ in range(count)]
    for device in devices:
        await device.join()
    watching = asyncio.create_task(teacher.watch())
    meters = {name: Meter(pids) for name, pids in scene.processes.items()}
    before = {name: meter.processor_s() for name, meter in meters.items()}
    own, began = time.process_time(), time.perf_counter()
    lives = [
        asyncio.create_task(_live(device, began + EVERY_S * (number * GOLDEN % 1), began + seconds))
        for number, device in enumerate(devices)
    ]
    if fail:
        await asyncio.sleep(seconds / 3)
        fail()
    await asyncio.sleep(began + seconds - time.perf_counter())
    passed = time.perf_counter() - began
    used: dict[str, float | None] = {"generator": (time.process_time() - own) / passed}
    for name, meter in meters.items():
        now, earlier = meter.processor_s(), before[name]
        used[name] = None if now is None or earlier is None else (now - earlier) / passed
    await _settle(lives, devices, teacher)
    watching.cancel()
    for ended in await asyncio.gather(watching, *lives, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended
    stored = await teacher.all_digits()
    await teacher.end()
    for browser in (teacher.browser, *(device.browser for device in devices)):
        await browser.close()
    return Lesson([digit for each in devices for digit in each.digits], teacher.seen, stored, used)


async def _live(device: Device, first_at: float, end: float) -> None:
    """Give a digit from time to time, and ask how many there are in between."""
    at = first_at
    while at < end:
        await asyncio.sleep(at - time.perf_counter())
        await device.give()
        await asyncio.sleep(EVERY_S / 2)
        await device.hear()
        at = max(at + EVERY_S, time.perf_counter())


async def _settle(
    lives: Sequence[asyncio.Task[None]], devices: Sequence[Device], teacher: Teacher
) -> None:
    """Wait until all digits are acknowledged and seen; end who still tries after a while."""
    deadline = time.perf_counter() + SETTLE_S
    _, trying = await asyncio.wait(lives, timeout=SETTLE_S)
    for life in trying:
        life.cancel()
    given = {digit.give for device in devices for digit in device.digits}
    while not given <= teacher.seen.keys() and time.perf_counter() < deadline:
        await asyncio.sleep(0.1)


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the median, the 95th percentile and the largest."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1], ordered[-1]


@contextlib.contextmanager
def _one_replica(folder: Path) -> Iterator[Scene]:
    """Serve one replica with its classes in SQLite."""
    port = free_port()
    settings = {URL_VARIABLE: f"sqlite:///{folder}/classes.db"}
    running = [start(port, folder / "log", settings)]

    def kill() -> None:
        running[-1].kill()
        running[-1].wait()
        running.append(start(port, folder / "log", settings))

    try:
        wait_for(f"http://127.0.0.1:{port}/ready")
        processes = {"replicas": [running[-1].pid]}
        yield Scene(port, processes, kill, lambda: running[-1].send_signal(signal.SIGSTOP))
    finally:
        _end(running[-1:])


@contextlib.contextmanager
def _three_replicas(folder: Path) -> Iterator[Scene]:
    """Serve three replicas behind nginx, with their classes in PostgreSQL."""
    with postgresql.server(["fsync=on"]) as database:
        settings = {URL_VARIABLE: database}
        further: list[subprocess.Popen[bytes]] = []
        with served(folder, settings) as (address, replicas):
            for each_port in replicas:
                wait_for(f"http://127.0.0.1:{each_port}/ready")

            port, replica = next(iter(replicas.items()))

            def kill() -> None:
                replica.kill()
                replica.wait()
                further.append(start(int(port), folder / port, settings))

            postmaster = (postgresql.data_of(database) / "postmaster.pid").read_text().split()[0]
            processes = {
                "replicas": [each.pid for each in replicas.values()],
                "nginx": [int((folder / "pid").read_text())],
                "PostgreSQL": [int(postmaster)],
            }
            try:
                front = urlsplit(address).port or 0
                yield Scene(front, processes, kill, lambda: replica.send_signal(signal.SIGSTOP))
            finally:
                _end(further)


def _end(replicas: Sequence[subprocess.Popen[bytes]]) -> None:
    for replica in replicas:
        replica.kill()
        replica.wait()


Served: TypeAlias = Callable[[Path], contextlib.AbstractContextManager[Scene]]

SCENES: dict[str, tuple[str, Served, str]] = {
    "a": ("SQLite, one replica", _one_replica, ""),
    "b": ("PostgreSQL, three replicas behind nginx", _three_replicas, ""),
    "c": ("the same, one of them killed", _three_replicas, "kill"),
    "d": ("SQLite, the replica killed", _one_replica, "kill"),
    "e": ("PostgreSQL, one of three replicas hangs", _three_replicas, "stop"),
}
"""What is served, and how a replica fails meanwhile."""

if __name__ == "__main__":
    main()
