"""How many people can draw at once.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.load --people 60

Everybody has a page of their own, draws a stroke every three seconds and clears each digit away.
They are no browsers: one process speaks Streamlit's protocol for all of them. Each answer must be
the grid of the very drawing that was sent, and no two drawings are alike.

`--people 10 60 120` adds people step by step and prints one row for each step. With `--address`
they come to a page that is already served, on this machine only; `--pid` names its processes where
they cannot be found. `--pen pendigits-orig.tra` (UCI data set 81) lets them draw what its writers
drew. `--folder BEFORE AFTER` serves one checkout after the other, to compare them in one run.
"""

import argparse
import asyncio
import contextlib
import ipaddress
import math
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.benchmarks.handwriting import Drawing, Hands
from tests.benchmarks.people import INTERVAL_S, LOAD_S, Person, Tally
from tests.benchmarks.processes import Meter, serving
from tests.browser.server import serve

ROOT = Path(__file__).parents[2]
WARM_UP_S = 6.0
ARRIVAL_S = 3.0
"""New people come one after the other over this time, at the beginning of the warm-up."""

DIGITS_EACH = 4
"""How many different digits a person draws, over and over."""

GOLDEN = (math.sqrt(5) - 1) / 2
"""Its multiples fall evenly over an interval, however many people share it."""

KB, MB = 1 << 10, 1 << 20
HEADER = (
    "people", "strokes/s", "median ms", "p95 ms", "errors", "turned away", "server MB",
    "MB a further person", "server % of a core", "generator % of a core", "runs/s", "KB a run",
    "generator ms a run",
)  # fmt: skip
NOTE = "A stroke and Clear are runs of the page's views, not of all the page."


@dataclass(frozen=True)
class Row:
    """What was measured with some number of people.

    Attributes:
        people: How many.
        seconds: For how long.
        tally: What happened to them; errors from their coming on, all else in these seconds only.
        memory: The server's memory at the end, in bytes; None where it cannot be read.
        memory_each: What each person added to it since the row before, in bytes.
        server_s: The server's processor time, in seconds.
        generator_s: This process's own.
    """

    people: int
    seconds: float
    tally: Tally
    memory: int | None
    memory_each: float | None
    server_s: float | None
    generator_s: float

    def cells(self) -> list[str]:
        """Return the row of the table."""
        taken = sorted(1000 * taken for _, taken in self.tally.strokes)
        runs = max(1, self.tally.runs)
        return [
            str(self.people),
            f"{len(taken) / self.seconds:.1f}",
            f"{statistics.median(taken):.0f}" if taken else "-",
            f"{taken[math.ceil(0.95 * len(taken)) - 1]:.0f}" if taken else "-",
            str(self.tally.errors.total()),
            str(self.tally.turned_away),
            _or_dash(self.memory, MB, "{:.0f}"),
            _or_dash(self.memory_each, MB, "{:.2f}"),
            _or_dash(self.server_s, self.seconds / 100, "{:.0f}"),
            f"{100 * self.generator_s / self.seconds:.0f}",
            f"{self.tally.runs / self.seconds:.1f}",
            f"{self.tally.received / KB / runs:.1f}",
            f"{1000 * self.generator_s / runs:.2f}",
        ]


class Crowd:
    """People who draw at the same time, more and more of them."""

    def __init__(self, address: str, drawings: Sequence[Sequence[Drawing]], meter: Meter) -> None:
        """Get ready; nobody comes yet.

        Args:
            address: The page's.
            drawings: What each of them draws.
            meter: What reads the server's memory and processor time.
        """
        self.tally = Tally()
        self._address, self.drawings, self.meter = address, drawings, meter
        self.people: list[Person] = []
        """Those who are there."""
        self._lives: list[asyncio.Task[None]] = []
        self._memory: int | None = None

    async def warm_up(self) -> None:
        """Let the first person come, who has to wait for the models, and draw once."""
        first = self._add(1)[0]
        drawing = first.drawings[0]
        await first.come()
        await first.draw(drawing[0])
        await first.until_loaded()
        await first.draw(drawing[-1])
        await first.clear()
        await first.leave()
        self._memory = self.meter.memory()
        self.people.clear()

    async def row(self, count: int, seconds: float) -> Row:
        """Let people come until there are so many, and measure how all of them fare.

        Args:
            count: How many, at least as many as are there.
            seconds: How long to measure, after the warm-up.
        """
        before, tally = len(self.people), Tally()
        newcomers = self._add(count - before)
        self.tally = tally
        for person in self.people:
            person.tally = tally
        await self._let_in(newcomers, before)
        tally.start_measuring()
        used, own, began = self.meter.processor_s(), time.process_time(), time.perf_counter()
        await asyncio.sleep(seconds)
        own, passed = time.process_time() - own, time.perf_counter() - began
        return self._measured(count, before, passed, used, own)

    async def go(self) -> None:
        """Let everybody leave."""
        for life in self._lives:
            life.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)

    def _add(self, count: int) -> list[Person]:
        numbers = range(len(self.people), len(self.people) + count)
        newcomers = [
            Person(
                self._address,
                self.drawings[number],
                self.tally,
                seed=number,
            )
            for number in numbers
        ]
        self.people += newcomers
        return newcomers

    async def _let_in(self, newcomers: list[Person], before: int) -> None:
        """Let them in one after the other, and wait until all have drawn."""
        began = time.perf_counter()
        for place, person in enumerate(newcomers):
            until_stroke_s = INTERVAL_S * ((before + place) * GOLDEN % 1)
            self._lives.append(asyncio.create_task(person.live(until_stroke_s)))
            await asyncio.sleep(
                began + ARRIVAL_S * (place + 1) / len(newcomers) - time.perf_counter()
            )
        while not all(person.is_settled for person in newcomers):
            if time.perf_counter() > began + LOAD_S:
                break
            await asyncio.sleep(0.1)
        await asyncio.sleep(began + WARM_UP_S - time.perf_counter())

    def _measured(
        self, count: int, before: int, seconds: float, used: float | None, own: float
    ) -> Row:
        memory, now = self.meter.memory(), self.meter.processor_s()
        each = None
        if memory is not None and self._memory is not None and count > before:
            each = (memory - self._memory) / (count - before)
        self._memory = memory
        server_s = None if now is None or used is None else now - used
        return Row(count, seconds, self.tally, memory, each, server_s, own)


@contextlib.contextmanager
def served_crowd(people: int) -> Iterator[tuple[Crowd, str]]:
    """Serve the page, and give a crowd that can become so large, and the page's address."""
    with _page(None, ROOT) as address:
        yield Crowd(address, _drawings_of(people, strokes=3), Meter(serving(address))), address


def _drawings_of(
    people: int, *, strokes: int, pen: Path | None = None
) -> list[tuple[Drawing, ...]]:
    """Return what each of so many people draws, at least so many strokes a digit."""
    hands = Hands(pen=pen, strokes_each=strokes)
    return [hands.drawings_of(person, DIGITS_EACH) for person in range(people)]


def main() -> None:
    """Measure and print the table."""
    options = _options()
    drawings = _drawings_of(max(options.people), strokes=options.strokes, pen=options.pen)
    for folder in options.folder:
        if len(options.folder) > 1:
            print(f"\n{folder}\n")
        with _page(options.address, folder) as address:
            meter = Meter(options.pid or serving(address))
            crowd = Crowd(address, drawings, meter)
            asyncio.run(_print_rows(crowd, options.people, options.seconds))


async def _print_rows(crowd: Crowd, counts: Sequence[int], seconds: float) -> None:
    await crowd.warm_up()
    print(f"| {' | '.join(HEADER)} |\n|{'---|' * len(HEADER)}", flush=True)
    errors = []
    for count in sorted(set(counts)):
        row = await crowd.row(count, seconds)
        print(f"| {' | '.join(row.cells())} |", flush=True)
        errors += [f"{count} people: {n} × {what}" for what, n in row.tally.errors.items()]
    await crowd.go()
    print("\n" + "\n".join([NOTE, *errors]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How many people can draw at once.")
    parser.add_argument("--people", type=_positive, nargs="+", default=[10], metavar="N")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--strokes", type=_positive, default=3, help="at least so many a digit")
    parser.add_argument("--address", type=loopback, help="a page that is already served here")
    parser.add_argument("--folder", type=Path, nargs="+", default=[ROOT], help="other checkouts")
    parser.add_argument("--pid", type=int, nargs="+", help="the processes that serve it")
    parser.add_argument("--pen", type=Path, help="pendigits-orig.tra")
    return parser.parse_args()


def loopback(address: str) -> str:
    """Return an address of this machine; nobody else's page gets this load.

    Raises:
        argparse.ArgumentTypeError: It is an address elsewhere.
    """
    host = urlsplit(address).hostname or ""
    with contextlib.suppress(ValueError):
        if host == "localhost" or ipaddress.ip_address(host).is_loopback:
            return address
    raise argparse.ArgumentTypeError(
        f"Expected an address on this machine, such as http://127.0.0.1:8501, got {address}."
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"Expected at least 1, got {text}.")
    return number


@contextlib.contextmanager
def _page(address: str | None, folder: Path) -> Iterator[str]:
    """Give the address of the page, which is served for as long as needed if it is not yet."""
    if address:
        yield address
        return
    with (
        tempfile.TemporaryDirectory() as logs,
        serve(folder, log=Path(logs) / "log") as own,
    ):
        yield own


def _or_dash(number: float | None, unit: float, form: str) -> str:
    return "-" if number is None else form.format(number / unit)


if __name__ == "__main__":
    main()
