"""How many cells of a coloured worksheet are read right from a photo.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.worksheets [--count 10]

The sheets are printed, coloured and photographed by tests/coloured_worksheets.py: MNIST's test
digits, all three kinds, with pencil and felt pens, photos of 1000 to 4000 pixels, taken from aside
by up to 30 degrees, any way up, with a shadow.
"""

import argparse
import itertools
import time
from collections import Counter

import numpy as np

from pixelviz.data import mnist
from pixelviz.errors import PhotoError
from pixelviz.photo import image_file, worksheet_reading
from pixelviz.worksheet.kinds import KINDS
from tests.coloured_worksheets import PENS, Shot, coloured, photographed, printed

SIZES = ((750, 1000), (1000, 750), (1500, 2000), (3000, 4000))


def main() -> None:
    """Print a table: for each kind, pen and size how much was read right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10, help="photos in each line")
    count = parser.parse_args().count
    digits = mnist.load().x_test
    print("| kind | pen | photo | read | cells right, % | worst sheet, % | code read | s |")
    print("|---|---|---|---|---|---|---|---|")
    for kind, pen, size in itertools.product(KINDS, PENS, SIZES):
        random = np.random.default_rng(0)
        rights, codes, seconds, refused = [], 0, [], Counter[str]()
        for number in range(count):
            grid = digits[number]
            levels = KINDS[kind].levels_of(grid)
            sheet = coloured(printed(grid, kind), kind, levels, pen, random)
            file = photographed(sheet, any_shot(size, random), random)
            start = time.perf_counter()
            try:
                found = worksheet_reading.read(image_file.decode(file))
            except PhotoError as error:
                refused[error.problem] += 1
                continue
            seconds.append(time.perf_counter() - start)
            if found is None:
                refused["no worksheet"] += 1
            elif found.kind_name != kind:
                refused["another kind"] += 1
            else:
                rights.append(float((found.coloured == levels).mean()))
                codes += found.asked is not None and np.array_equal(found.asked, levels)
        right, worst = (100 * np.mean(rights), 100 * min(rights)) if rights else (0, 0)
        print(
            f"| {kind} | {pen} | {size[0]} × {size[1]} | {len(rights)} of {count} | {right:.2f} | "
            f"{worst:.1f} | {codes} | {max(seconds, default=0):.2f} |"
        )
        for problem, times in refused.items():
            print(f"  {times} × {problem}")


def any_shot(size: tuple[int, int], random: np.random.Generator) -> Shot:
    """Return how a photo might be taken of a sheet: from aside, any way up, with a shadow."""
    return Shot(
        size=size,
        tilt=random.uniform(0, 30),
        turn=random.choice([0, 90, 180, 270]) + random.uniform(-8, 8),
        fills=random.uniform(0.85, 0.98),
        shadow=random.choice([0, 0.3, 0.5]),
        edge=random.choice([0.01, 0.05]),
        gradient=random.uniform(0, 0.4),
        blur=random.uniform(0.3, 0.9),
        noise=random.uniform(0.003, 0.02),
        quality=int(random.choice([50, 75, 90])),
        table=random.choice([0.15, 0.4, 0.7]),
    )


if __name__ == "__main__":
    main()
