"""The digits on kinds of paper are found where they were written, and nothing else is."""

import numpy as np
import pytest

from pixelviz.photo import extraction, image_file, reading
from pixelviz.photo.reading import Reading
from tests import paper_kinds
from tests.paper_kinds import PaperPhoto, matching, own_hand, photo_of_kind


def found_and_none(photo: PaperPhoto) -> tuple[int, int]:
    """Return how many digits are found, and how many found ones are none."""
    extracted = extraction.extract(image_file.decode(photo.file))
    scale = photo.width / extracted.grey.shape[1]
    down, right = (extracted.sheet.top, extracted.sheet.left) if extracted.sheet else (0, 0)
    boxes = [
        (scale * (down + each.top), scale * (right + each.left),
         scale * each.height, scale * each.width)
        for each in extracted.digits
    ]  # fmt: skip
    matched = len(matching(boxes, photo))
    return matched, len(boxes) - matched


@pytest.mark.parametrize(
    ("kind", "seed"),
    [
        ("one digit, thin pen, shadow", 0),
        ("one digit in a box", 0),
        ("thin pen, a hand's shadow", 0),
        ("thin pen, a lamp's shadow", 0),
        ("form with boxes, printed digits", 1),
        ("the same, empty", 0),
        ("form with dashed frames", 0),
        ("cells of a table", 2),
        ("envelope", 2),
    ],
)
def test_digits_are_found_on_a_kind_of_paper(kind: str, seed: int) -> None:
    photo = photo_of_kind(kind, seed=seed)
    matched, none = found_and_none(photo)
    assert matched >= 0.9 * len(photo.written)
    assert none <= 0.05 * len(photo.written)


def test_print_that_shines_through_is_no_digit() -> None:
    assert found_and_none(photo_of_kind("one digit, print shines through", seed=6)) == (1, 0)


def test_a_scanned_page_of_sums_gives_the_answers() -> None:
    photo = paper_kinds.worksheet(np.random.default_rng(1), own_hand, dpi=240)
    matched, none = found_and_none(photo)
    assert matched >= 0.9 * 63
    assert none <= 0.1 * 63


def test_a_photo_on_its_side_is_turned() -> None:
    read = reading.read(photo_of_kind("on its side", seed=1).file)
    assert isinstance(read, Reading)
    assert read.turns == 1
    assert read.digits_found == 30


def test_an_upright_photo_is_not_turned() -> None:
    read = reading.read(photo_of_kind("cells of a table", seed=2).file)
    assert isinstance(read, Reading)
    assert read.turns == 0
