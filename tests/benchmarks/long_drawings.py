"""How long others wait while somebody sends drawings as long as a message may be.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.long_drawings

A browser that was tampered with sends the longest drawing that `maxWidgetStateSize` allows, one
after the other, as fast as it is answered. The others draw as in tests.benchmarks.load.
"""

import argparse
import asyncio
import json
import statistics
from contextlib import suppress
from dataclasses import replace

from tests.benchmarks.handwriting import Stage
from tests.benchmarks.load import MB, Crowd, served_crowd
from tests.benchmarks.people import DroppedError, Person, Tally

MESSAGE_BYTES = 950_000
"""Nearly `maxWidgetStateSize` of .streamlit/config.toml."""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with served_crowd(options.people) as (crowd, address):
        attacker = Person(address, crowd.drawings[0], Tally())
        asyncio.run(_measure(crowd, attacker, options))


async def _measure(crowd: Crowd, attacker: Person, options: argparse.Namespace) -> None:
    await crowd.warm_up()
    await attacker.come()
    before = crowd.meter.memory() or 0
    taken: dict[bool, list[float]] = {False: [], True: []}
    for is_attacked in options.rounds * (False, True):
        attack = asyncio.create_task(_send_long_drawings(attacker)) if is_attacked else None
        row = await crowd.row(options.people, options.seconds)
        taken[is_attacked] += [1000 * each for _, each in row.tally.strokes]
        if attack:
            attack.cancel()
            with suppress(asyncio.CancelledError):
                await attack
    sent = attacker.tally.runs
    await crowd.go()
    await attacker.leave()
    print(f"| {options.people} people draw | strokes | median ms | p95 ms |\n|---|---|---|---|")
    for is_attacked, answers in taken.items():
        p95 = statistics.quantiles(answers, n=20)[-1]
        name = f"while {sent} long drawings are sent" if is_attacked else "alone"
        print(f"| {name} | {len(answers)} | {statistics.median(answers):.0f} | {p95:.0f} |")
    print(f"\nMemory: {((crowd.meter.memory() or 0) - before) / MB:.0f} MB more than before.")


async def _send_long_drawings(attacker: Person) -> None:
    number = 0
    while True:
        number += 1
        with suppress(DroppedError, TimeoutError):
            await attacker._until_idle()
            await attacker._run(attacker.tab.draw(_long(attacker.drawings[0][0], number)))


def _long(stage: Stage, number: int) -> Stage:
    """Return a drawing with so many points that the message is as long as it may be."""
    message = json.loads(stage.canvas)
    path = [["L", number + index / 1000, 100.123456789] for index in range(MESSAGE_BYTES // 32)]
    message["drawing"]["raw"]["objects"] = [{"type": "Path", "path": path}]
    text = json.dumps(message)
    while len(text) > MESSAGE_BYTES:
        del path[-1000:]
        text = json.dumps(message)
    return replace(stage, canvas=text)


if __name__ == "__main__":
    main()
