"""Whether a server that many use for long takes more and more memory, threads or file handles.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.soak

People draw as in tests.benchmarks.load, and lose the connection now and then.
"""

import argparse
import asyncio
import random
import time

from tests.benchmarks.load import MB, Crowd, served_crowd
from tests.benchmarks.people import DROPPED

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
    with served_crowd(options.people) as (crowd, _):
        asyncio.run(_soak(crowd, options.people, options.minutes))


async def _soak(crowd: Crowd, people: int, minutes: float) -> None:
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
            f"{(crowd.meter.memory() or 0) / MB:.0f}",
            str(crowd.meter.threads()),
            str(crowd.meter.handles()),
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
