"""Whether a server that many use for long takes more and more memory, threads or file handles.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.soak

People draw as in tests.benchmarks.load, and lose the connection now and then.
"""

import argparse
import asyncio
import random
import tempfile
import time
from pathlib import Path

from tests.benchmarks.handwriting import Hands
from tests.benchmarks.load import DIGITS_EACH, MB, ROOT, Crowd
from tests.benchmarks.people import DROPPED
from tests.benchmarks.processes import Meter, serving
from tests.browser.server import serve

STEP_S = 120.0
"""A row of the table is printed so often; the first one is what the others are compared with."""

DROPS_EACH_MINUTE = 12
"""How many people lose the connection."""

HEADER = ("minutes", "strokes", "p95 ms", "reconnected", "errors", "MB", "threads", "handles")


def main() -> None:
    """Serve, let people draw, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=20)
    options = parser.parse_args()
    hands = Hands(strokes_each=3)
    drawings = [hands.drawings_of(person, DIGITS_EACH) for person in range(options.people)]
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(ROOT, log=Path(folder) / "log") as address,
    ):
        meter = Meter(serving(address))
        asyncio.run(_soak(Crowd(address, drawings, meter), meter, options.people, options.minutes))


async def _soak(crowd: Crowd, meter: Meter, people: int, minutes: float) -> None:
    await crowd.warm_up()
    print(f"| {' | '.join(HEADER)} |\n|{'---|' * len(HEADER)}", flush=True)
    dropping = asyncio.create_task(_drop_now_and_then(crowd))
    began = time.monotonic()
    while time.monotonic() < began + 60 * minutes:
        row = await crowd.row(people, STEP_S)
        taken = sorted(1000 * taken for _, taken in row.tally.strokes)
        errors = row.tally.errors.total() - row.tally.errors[DROPPED]
        cells = (
            f"{(time.monotonic() - began) / 60:.0f}",
            str(len(taken)),
            f"{taken[int(0.95 * len(taken))]:.0f}",
            str(row.tally.reconnects),
            str(errors),
            f"{(meter.memory() or 0) / MB:.0f}",
            str(meter.threads()),
            str(meter.handles()),
        )
        print(f"| {' | '.join(cells)} |", flush=True)
    dropping.cancel()
    await crowd.go()


async def _drop_now_and_then(crowd: Crowd) -> None:
    chance = random.Random(0)
    while True:
        await asyncio.sleep(60 / DROPS_EACH_MINUTE)
        if crowd.people:
            chance.choice(crowd.people).drop()


if __name__ == "__main__":
    main()
