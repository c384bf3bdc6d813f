"""How well digits are read from photos, and how much time and memory a photo takes.

Run by hand, from the repository's folder:

    .venv/bin/python -m tests.benchmarks.photos [--pen pendigits-orig.tra] [--count 50]
    .venv/bin/python -m tests.benchmarks.photos --tables worst others

The photos are synthetic (tests/photographs.py): pen and paper, light and lens in twenty conditions,
with Pixelviz's own sample digits, jittered, or, with --pen, the digits of thirty writers. Prints
for each condition the share of photos in which exactly one digit is found and read correctly.

`kinds` prints, for each kind of paper (tests/paper_kinds.py), how many of its handwritten digits
are found and read correctly by a model that is sure, and how many of those found are none.

`worst` reads the files that take the most (tests/worst_photos.py). `others` lets people draw while
two browsers open one photo after the other, and while they do not, in turn.
"""

import argparse
import asyncio
import io
import itertools
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright, expect

from pixelviz import features, raster, vector
from pixelviz.arrays import DIGITS
from pixelviz.data.sample_digits import Stroke
from pixelviz.errors import PhotoError
from pixelviz.model import card, classifier, keras_classifier
from pixelviz.model.classifier import Classifier
from pixelviz.photo import extraction, image_file
from pixelviz.photo.detection import Digit
from pixelviz.server import photo_process
from pixelviz.training.data import pendigits
from tests import paper_kinds, photo_work, worst_photos
from tests.benchmarks.load import served_crowd
from tests.browser.chromium import FLAGS, installed
from tests.photographs import CONDITIONS, Scene, photo_of

MODEL = "convolutional"
CAMERA_PX = (4000, 3000)
TIMES = 15

TABLES = ("accuracy", "kinds", "worst", "others")
PEOPLE, SECONDS, ROUNDS = 12, 13.0, 2
"""How many people draw, for how long with photos and as long without, and how often."""

PHOTO_MS = 60_000
"""How long a photo may take, from the upload to what the page says."""


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pen", type=Path, help="pendigits-orig.tra of UCI data set 81")
    parser.add_argument("--count", type=int, default=50, help="photos in each condition")
    parser.add_argument("--tables", nargs="+", choices=TABLES, default=TABLES)
    options = parser.parse_args()
    if "accuracy" in options.tables:
        _print_accuracy(options.pen, options.count)
    if "kinds" in options.tables:
        _print_kinds(options.pen, options.count)
    if "worst" in options.tables:
        _print_worst()
    if "others" in options.tables:
        asyncio.run(_print_others())


def _print_accuracy(pen: Path | None, count: int) -> None:
    cards = {each.name: each for each in card.read(classifier.MODELS).models}
    model = keras_classifier.load(cards[MODEL])
    hands = _hands(pen, count)
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


def _print_kinds(pen: Path | None, count: int) -> None:
    cards = {each.name: each for each in card.read(classifier.MODELS).models}
    model = keras_classifier.load(cards[MODEL])
    hand = _hand_of_writers(pen) if pen else paper_kinds.own_hand
    heads = ("Kind of paper", "digits", "found", "read, and sure", "none, but sure", "none", "s")
    print(f"\n| {' | '.join(heads)} |")
    print("|---|---|---|---|---|---|---|")
    for kind in paper_kinds.KINDS:
        wanted = found = matched = right = mistaken = 0
        taken = []
        for seed in range(count if kind.startswith("one") else max(1, count // 5)):
            photo = paper_kinds.photo_of_kind(kind, seed=seed, hand=hand)
            start = time.process_time()
            digits, boxes = _found_on(photo, model)
            taken.append(time.process_time() - start)
            pairs = paper_kinds.matching(boxes, photo)
            wanted, found = wanted + len(photo.written), found + len(boxes)
            matched += len(pairs)
            mistaken += sum(
                _sure(digit, model) is not None
                for index, digit in enumerate(digits)
                if index not in pairs
            )
            right += sum(
                _sure(digits[index], model) == photo.written[truth].digit
                for index, truth in pairs.items()
            )
        shares = f"{_share(matched, wanted)} | {_share(right, wanted)}"
        none = f"{mistaken} | {found - matched - mistaken}"
        seconds = statistics.median(taken)
        print(f"| {kind} | {wanted} | {shares} | {none} | {seconds:.2f} |", flush=True)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _hand_of_writers(pen: Path) -> paper_kinds.Hand:
    """Return what writes a digit as one of the writers did."""
    written = [each for each in pendigits.read(pen) if min(map(len, each.strokes)) > 1]
    of_digit = [[each for each in written if each.label == str(digit)] for digit in DIGITS]

    def hand(digit: int, random: np.random.Generator) -> Sequence[Stroke]:
        each = of_digit[digit][random.integers(len(of_digit[digit]))]
        return [tuple((float(x), float(y)) for x, y in stroke) for stroke in each.strokes]

    return hand


def _found_on(
    photo: paper_kinds.PaperPhoto, model: Classifier
) -> tuple[tuple[Digit, ...], list[paper_kinds.Box]]:
    """Return the digits in a picture, and the box of each in the picture's pixels.

    A picture that lies on its side is turned to the side on which a model is sure more often.
    """
    try:
        grey = image_file.decode(photo.file)
    except PhotoError:
        return (), []
    turns, extracted = 0, extraction.extract(grey)
    if extraction.lies_on_side(extracted):
        candidates = {side: extraction.extract(np.rot90(grey, -side)) for side in (1, 3)}
        turns = max(candidates, key=lambda side: _sure_count(candidates[side].digits, model))
        extracted = candidates[turns]
    down, right = (extracted.sheet.top, extracted.sheet.left) if extracted.sheet else (0, 0)
    height, width = np.rot90(extracted.grey, turns).shape  # as in the file
    scale = photo.width / width
    boxes: list[paper_kinds.Box] = [
        (down + each.top, right + each.left, each.height, each.width) for each in extracted.digits
    ]
    for turn in range(turns, 0, -1):  # back, to the left
        across = height if turn % 2 else width
        boxes = [(across - left - wide, top, wide, high) for top, left, high, wide in boxes]
    scaled = [(scale * a, scale * b, scale * c, scale * d) for a, b, c, d in boxes]
    return extracted.digits, scaled


def _sure_count(digits: Sequence[Digit], model: Classifier) -> int:
    return sum(_sure(digit, model) is not None for digit in digits)


def _sure(digit: Digit, model: Classifier) -> int | None:
    """Return the digit that a model reads, or None if it is not sure."""
    answer = model.predict(features.rescale(vector.unroll(raster.to_grid(digit.ink))))
    return answer.digit if answer.is_sure else None


def _hands(pen: Path | None, count: int) -> Sequence[tuple[int, Sequence[Stroke] | None]]:
    """Return digits with the strokes of their writers; None stands for Pixelviz's own strokes."""
    if pen is None:
        return [(number % 10, None) for number in range(count)]
    written = [each for each in pendigits.read(pen) if min(map(len, each.strokes)) > 1]
    chosen = [written[(number * 37 + 11) % len(written)] for number in range(count)]
    return [
        (
            int(each.label),
            [tuple((float(x), float(y)) for x, y in stroke) for stroke in each.strokes],
        )
        for each in chosen
    ]


def _camera() -> tuple[list[float], list[float]]:
    """Return how long a phone's photo of 12 megapixels takes to decode and to extract, in ms."""
    file = _camera_file("4")
    decoding, extracting = [], []
    for _ in range(TIMES):
        start = time.perf_counter()
        grey = image_file.decode(file)
        decoded = time.perf_counter()
        extraction.extract(grey)
        decoding.append(1000 * (decoded - start))
        extracting.append(1000 * (time.perf_counter() - decoded))
    return decoding, extracting


def _camera_file(digits: str) -> bytes:
    """Return a phone's photo of 12 megapixels."""
    small = Image.open(io.BytesIO(photo_of(digits, Scene(lines="squared"), seed=1)))
    stream = io.BytesIO()
    noise = np.random.default_rng(0).normal(0, 4, (CAMERA_PX[1], CAMERA_PX[0], 1))
    large = np.asarray(small.resize(CAMERA_PX)) + noise
    Image.fromarray(np.clip(large, 0, 255).astype(np.uint8)).save(stream, "JPEG", quality=80)
    return stream.getvalue()


def _print_worst() -> None:
    print("\n| File | MB | process, idle, MB | more at its peak, MB | processor, s | outcome |")
    print("|---|---|---|---|---|---|")
    for name, make in worst_photos.FILES.items():
        file = make()
        before = _processor_s_of_children()
        try:
            outcome, idle, peak, _ = photo_process.run_limited(photo_work.measured, file)
            memory = f"{idle:.0f} | {peak - idle:.0f}"
        except PhotoError:
            outcome, memory = "stopped", "- | -"
        taken = _processor_s_of_children() - before
        print(f"| {name} | {len(file) / 2**20:.2f} | {memory} | {taken:.2f} | {outcome} |")


def _processor_s_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _print_others() -> None:
    photos = [(_camera_file("4"), "One digit"), (_camera_file("47"), "2 digits")]
    answers: dict[bool, list[float]] = {False: [], True: []}
    read: list[str] = []
    with tempfile.TemporaryDirectory() as folder, served_crowd(PEOPLE) as (crowd, address):
        await crowd.warm_up()
        async with async_playwright() as playwright:
            # The visitors' own machines run their browsers, so here these come last.
            slow = Path(folder) / "browser"
            slow.write_text(f'#!/bin/sh\nexec nice -n 19 {installed()} "$@"\n')
            slow.chmod(0o755)
            browser = await playwright.chromium.launch(executable_path=slow, args=FLAGS)
            pages = [await _dialog(browser, address) for _ in range(photo_process.PHOTOS_MAX)]
            for has_photos in ROUNDS * (False, True):
                readers = [
                    asyncio.create_task(_open_photos(page, photos, read))
                    for page in (pages if has_photos else [])
                ]
                row = await crowd.row(PEOPLE, SECONDS)
                answers[has_photos] += [1000 * taken for _, taken in row.tally.strokes]
                for reader in readers:
                    reader.cancel()
                await asyncio.gather(*readers, return_exceptions=True)
            await crowd.go()
            await browser.close()
    print(f"\n| {PEOPLE} people draw | strokes | median ms | p95 ms |\n|---|---|---|---|")
    for has_photos, taken in answers.items():
        name = f"while {len(read)} photos are read, two at a time" if has_photos else "alone"
        p95 = statistics.quantiles(taken, n=20)[-1]
        print(f"| {name} | {len(taken)} | {statistics.median(taken):.0f} | {p95:.0f} |")


async def _dialog(browser: Browser, address: str) -> Page:
    """Return a page on which the dialog for photos is open."""
    page = await browser.new_page()
    await page.goto(address)
    await page.locator(".st-key-sources button").click(timeout=PHOTO_MS)
    await expect(page.locator("input[type=file]")).to_be_attached(timeout=PHOTO_MS)
    return page


async def _open_photos(page: Page, photos: Sequence[tuple[bytes, str]], read: list[str]) -> None:
    """Open one photo after the other until cancelled, and take note of what the page says."""
    for content, expected in itertools.cycle(photos):
        await page.locator("input[type=file]").set_input_files(
            {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content}
        )
        said = page.get_by_role("dialog").get_by_text(expected)
        await expect(said).to_be_visible(timeout=PHOTO_MS)
        read.append(expected)


if __name__ == "__main__":
    main()
