"""The load generator: its people are answered, and would notice if they were not."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.benchmarks.handwriting import EMPTY, Drawing, Hands
from tests.benchmarks.load import loopback
from tests.benchmarks.people import WRONG, Person, Tally
from tests.benchmarks.tab import Tab
from tests.browser.server import serve

STROKES = 4
PAUSE_S = 0.2


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(root, log=tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture(scope="module")
def drawings() -> list[Drawing]:
    """Return one digit of four strokes for each of three people."""
    hands = Hands(strokes_each=STROKES)
    return [hands.drawings_of(number, 1)[0][:STROKES] for number in range(3)]


async def draw_all(person: Person) -> None:
    """Come, draw all strokes of the first digit as soon as the models are there, and clear."""
    await person.come()
    for stage in person.drawings[0]:
        await person.draw(stage)
        await person.until_loaded()
        await asyncio.sleep(PAUSE_S)
    await person.clear()


def let(people: list[Person], act: Callable[[Person], Awaitable[None]]) -> None:
    """Let people do something at once, and leave."""

    async def act_and_leave(person: Person) -> None:
        try:
            await act(person)
        finally:
            await person.leave()

    async def all_at_once() -> None:
        await asyncio.gather(*map(act_and_leave, people))

    # In a thread of its own, since the browser's tests keep an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(all_at_once())).result()


def test_no_two_stages_of_drawings_are_alike() -> None:
    hands = Hands(strokes_each=2)
    stages = [stage for person in range(5) for drawing in hands.drawings_of(person, 4)
              for stage in drawing]  # fmt: skip
    assert len({stage.pixels for stage in stages}) == len(stages) >= 40
    assert Hands(strokes_each=2).drawings_of(0, 1)[0] == (stages[0], stages[1])


def test_three_visitors_draw_at_once_and_each_gets_their_own_drawing(
    address: str, drawings: list[Drawing]
) -> None:
    tally = Tally()
    let([Person(address, [drawing], tally) for drawing in drawings], draw_all)
    assert not tally.errors
    assert tally.clears == 3
    assert tally.runs >= 3 * (1 + STROKES + 2)


def test_another_visitors_drawing_is_noticed(address: str, drawings: list[Drawing]) -> None:
    mine, others = drawings[0][0], drawings[1][0]
    tally = Tally()
    let([Person(address, [(replace(mine, pixels=others.pixels),)], tally)], draw_all)
    assert tally.errors == {WRONG: 1}


def test_a_visitor_who_reconnects_gets_their_own_drawing_back(
    address: str, drawings: list[Drawing]
) -> None:
    sessions = []

    async def draw_and_drop(person: Person) -> None:
        await person.come()
        await person.draw(person.drawings[0][-1])
        await person.until_loaded()
        sessions.append(person.tab.session_id)
        person.drop()
        await person.come_back()
        sessions.append(person.tab.session_id)

    tally = Tally()
    people = [Person(address, [drawing], tally) for drawing in drawings[:2]]
    let(people, draw_and_drop)
    assert not tally.errors
    assert (tally.reconnects, tally.restored, tally.lost) == (2, 2, 0)
    assert len(set(sessions)) == 2
    assert [person.tab.pixels for person in people] == [d[-1].pixels for d in drawings[:2]]


def test_simulated_visitors_draw_until_they_are_stopped(
    address: str, drawings: list[Drawing]
) -> None:
    tally = Tally()

    async def live_for_a_while(person: Person) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2):
                await person.live()

    person = Person(address, [drawings[0][:1]], tally)
    let([person], live_for_a_while)
    assert not tally.errors
    assert len(tally.strokes) == 1
    assert person.shown in (EMPTY, drawings[0][0])


def test_a_tab_notices_that_the_page_is_full() -> None:
    alert, block = ForwardMsg(), ForwardMsg()
    alert.delta.new_element.alert.body = "The page is full. Come back in a minute."
    block.delta.add_block.id = "$$ID-0123-full"
    for message in (alert, block):
        tab = Tab("http://127.0.0.1:8501/")
        tab.receive(message.SerializeToString())
        assert tab.is_full
        assert not tab.problems


def test_a_tab_notices_errors() -> None:
    error, exception = ForwardMsg(), ForwardMsg()
    error.delta.new_element.alert.body = "Expected a drawing, got an odd message."
    error.delta.new_element.alert.format = Alert.ERROR
    exception.delta.new_element.exception.type = "ValueError"
    for message in (error, exception):
        tab = Tab("http://127.0.0.1:8501/")
        tab.receive(message.SerializeToString())
        assert len(tab.problems) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:8501", "http://[::1]:1", "http://localhost"])
def test_this_machines_own_addresses_are_accepted(address: str) -> None:
    assert loopback(address) == address


@pytest.mark.parametrize("address", ["http://10.0.0.1", "http://example.org", "127.0.0.1", ""])
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="this machine"):
        loopback(address)
