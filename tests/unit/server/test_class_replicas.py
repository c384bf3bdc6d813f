"""Two servers on one database: what is given to one is on the other, and nothing is lost by a kill.

The servers are processes of their own; PostgreSQL is a real one.
"""

import asyncio
import contextlib
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests import class_server, postgresql
from tests.browser.server import free_port
from tests.class_people import Browser, Device, Teacher

DEVICES = 20
BEFORE_KILL, IN_ALL = 120, 300
"""So many digits are acknowledged before a server is killed, and in the end."""

BOUND_S = 60


@dataclass
class Replicas:
    """Two servers on one database: their ports, and the process of the first one."""

    ports: tuple[int, int]
    first: subprocess.Popen[bytes]


@pytest.fixture
def replicas() -> Iterator[Replicas]:
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(postgresql.server())
        ports = (free_port(), free_port())
        first, _ = (stack.enter_context(class_server.serve(port, database)) for port in ports)
        yield Replicas(ports, first)


async def started(port: int) -> Teacher:
    """Return the teacher of a new class, who asks one server only."""
    teacher = Teacher(Browser([port]))
    await teacher.start()
    return teacher


async def joined(teacher: Teacher, *ports: int) -> list[Device]:
    """Return devices that have joined a class."""
    devices = [Device(Browser(ports), teacher.code) for _ in range(DEVICES)]
    await asyncio.gather(*(device.join() for device in devices))
    return devices


def acknowledged(devices: list[Device]) -> int:
    return sum(digit.acknowledged_at is not None for each in devices for digit in each.digits)


async def give_while_one_is_killed(devices: list[Device], replicas: Replicas) -> None:
    """Let devices give as fast as they can to the server that is killed meanwhile."""

    async def give(device: Device) -> None:
        while acknowledged(devices) < IN_ALL:
            await device.give()

    giving = asyncio.gather(*map(give, devices))
    while acknowledged(devices) < BEFORE_KILL:
        await asyncio.sleep(0.001)
    replicas.first.kill()
    await giving


async def lesson(replicas: Replicas) -> None:
    first, second = replicas.ports
    teacher = await started(second)
    devices = await joined(teacher, first, second)
    watching = asyncio.create_task(teacher.watch())
    await give_while_one_is_killed(devices, replicas)
    for device in devices:  # as if the answers to these had been lost on their way
        assert await device.send(device.digits[-1])
        assert device.digits[-1].statuses[-1] == 200

    given = [digit for device in devices for digit in device.digits]
    stored = await teacher.all_digits()
    assert sorted(stored) == sorted(digit.give for digit in given)  # each of them once
    assert len(stored) >= IN_ALL
    assert any(0 in digit.statuses for digit in given)  # some were on their way, and sent again

    while teacher.seen.keys() != set(stored):  # by who asks the other server
        await asyncio.sleep(0.05)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    for browser in (teacher.browser, *(device.browser for device in devices)):
        await browser.close()


def test_nothing_is_lost_or_stored_twice_when_a_server_is_killed(replicas: Replicas) -> None:
    with ThreadPoolExecutor(1) as thread:  # browser tests leave their event loop in this one
        bounded = asyncio.wait_for(lesson(replicas), BOUND_S)
        thread.submit(lambda: asyncio.run(bounded)).result()
