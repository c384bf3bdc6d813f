"""How well digits are read from photos, and how long a photo takes.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.photos [--pen pendigits-orig.tra] [--count 50]

Takes photos in code (tests/photographs.py): pen and paper, light and lens in twenty conditions,
with Pixelviz's own examples in a free hand or, with --pen, the digits of thirty writers. Prints for
each condition the share of photos on which exactly one digit is found and read as what it is.
"""

import argparse
import io
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from pixelviz import features, raster, vector
from pixelviz.data.sample_digits import Stroke
from pixelviz.model import card, classifier
from pixelviz.model.classifier import Classifier
from pixelviz.photo import extraction, image_file
from pixelviz.photo.detection import Digit
from pixelviz.training import pendigits
from tests.photographs import CONDITIONS, Scene, photo_of

MODEL = "convolutional"
CAMERA_PX = (4000, 3000)
TIMES = 15


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pen", type=Path, help="pendigits-orig.tra of UCI data set 81")
    parser.add_argument("--count", type=int, default=50, help="photos in each condition")
    options = parser.parse_args()
    cards = {each.name: each for each in card.read(classifier.MODELS).models}
    model = classifier.load(cards[MODEL])
    hands = _hands(options.pen, options.count)
    print("| Photo | read | decode, ms | extract, ms |")
    print("|---|---|---|---|")
    for name, scene in CONDITIONS.items():
        read, decoding, extracting = 0, [], []
        for seed, (digit, hand) in enumerate(hands):
            file = photo_of(str(digit), scene, seed=1000 + seed, hands=[hand] if hand else None)
            start = time.perf_counter()
            grey = image_file.decode(file)
            decoded = time.perf_counter()
            found = extraction.extract(grey).digits
            decoding.append(1000 * (decoded - start))
            extracting.append(1000 * (time.perf_counter() - decoded))
            read += len(found) == 1 and _read(found[0], model) == digit
        print(
            f"| {name} | {read / len(hands):.1%} | {statistics.median(decoding):.0f} "
            f"| {statistics.median(extracting):.0f} |",
            flush=True,
        )
    decoding, extracting = _camera()
    print("\n| A JPEG of 12 megapixels | ms, median |")
    print("|---|---|")
    print(f"| decode | {statistics.median(decoding):.0f} |")
    print(f"| extract | {statistics.median(extracting):.0f} |")


def _read(digit: Digit, model: Classifier) -> int:
    grid = raster.to_grid(digit.ink)
    return model.predict(features.rescale(vector.unroll(grid))).digit


def _hands(pen: Path | None, count: int) -> Sequence[tuple[int, Sequence[Stroke] | None]]:
    """Return digits with the strokes of those who wrote them, or without: Pixelviz's own."""
    if pen is None:
        return [(number % 10, None) for number in range(count)]
    written = [each for each in pendigits.read(pen) if min(map(len, each.strokes)) > 1]
    chosen = [written[(number * 37 + 11) % len(written)] for number in range(count)]
    return [
        (each.digit, [tuple((float(x), float(y)) for x, y in way) for way in each.strokes])
        for each in chosen
    ]


def _camera() -> tuple[list[float], list[float]]:
    """Return how long a phone's photo of 12 megapixels takes to decode and to extract, in ms."""
    small = Image.open(io.BytesIO(photo_of("4", Scene(lines="squared"), seed=1)))
    stream = io.BytesIO()
    noise = np.random.default_rng(0).normal(0, 4, (CAMERA_PX[1], CAMERA_PX[0], 1))
    large = np.asarray(small.resize(CAMERA_PX)) + noise
    Image.fromarray(np.clip(large, 0, 255).astype(np.uint8)).save(stream, "JPEG", quality=80)
    decoding, extracting = [], []
    for _ in range(TIMES):
        start = time.perf_counter()
        grey = image_file.decode(stream.getvalue())
        decoded = time.perf_counter()
        extraction.extract(grey)
        decoding.append(1000 * (decoded - start))
        extracting.append(1000 * (time.perf_counter() - decoded))
    return decoding, extracting


if __name__ == "__main__":
    main()
