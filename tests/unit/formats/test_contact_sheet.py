"""Contact sheets: every digit is on one, pixel by pixel, below its label."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from pixelviz.arrays import LENGTH, PIXEL_MAX, SIDE
from pixelviz.errors import ArrayError
from pixelviz.formats.contact_sheet import COLUMNS, ENLARGED, GAP, encode_pdf, encode_png
from pixelviz.formats.labelled_digits import LabelledDigits


def digits(count: int, labels: int = 10) -> LabelledDigits:
    vectors = np.random.default_rng(count).integers(0, 256, (count, LENGTH), np.uint8)
    return LabelledDigits(vectors, (np.arange(count) % labels).astype(np.uint8), ["x"] * count)


@pytest.mark.parametrize(("count", "labels"), [(1, 1), (21, 1), (47, 3), (300, 10)])
def test_the_picture_shows_each_digit_in_the_lines_of_its_label(count: int, labels: int) -> None:
    sheet = digits(count, labels)
    paper = np.array(Image.open(io.BytesIO(encode_png(sheet))))
    cell = ENLARGED * SIDE + GAP
    row = 0
    for label in range(labels):
        vectors = sheet.vectors[sheet.labels == label]
        for number, vector in enumerate(vectors):
            y = GAP + (row + number // COLUMNS) * cell
            x = GAP + number % COLUMNS * cell
            points = paper[y : y + ENLARGED * SIDE, x : x + ENLARGED * SIDE]
            sharp = Image.fromarray(PIXEL_MAX - vector.reshape(SIDE, SIDE)).resize(
                (ENLARGED * SIDE, ENLARGED * SIDE), Image.Resampling.NEAREST
            )
            np.testing.assert_array_equal(points, sharp)
        row += -(-len(vectors) // COLUMNS)
    assert paper.shape == (row * cell + GAP, COLUMNS * cell + GAP)


@pytest.mark.parametrize(("count", "labels"), [(1, 1), (1000, 10), (900, 1)])
def test_the_document_has_each_digit_once_on_paper(count: int, labels: int) -> None:
    sheet = digits(count, labels)
    text = encode_pdf(sheet).decode("ascii")
    inks = re.findall(r"ID ([0-9a-f]+)> EI", text)
    expected = {(PIXEL_MAX - vector).tobytes().hex() for vector in sheet.vectors}
    assert len(inks) == count
    assert set(inks) == expected
    places = re.findall(r"q (\S+) 0 0 \S+ (\S+) (\S+) cm", text)
    for size, x, y in (map(float, place) for place in places):
        assert 30 <= x <= 595 - 30 - size
        assert 30 <= y <= 842 - 30 - size
    for label in range(labels):
        number = int(np.count_nonzero(sheet.labels == label))
        assert f"({label}: {number} picture{'' if number == 1 else 's'})" in text
    pages = int(re.search(r"/Count (\d+)", text)[1])  # type: ignore[index]
    assert pages == text.count("/Type /Page ")


def test_as_many_labels_as_digits_are_expected() -> None:
    with pytest.raises(ArrayError, match=r"Expected as many labels and writers as vectors, got"):
        LabelledDigits(np.zeros((2, LENGTH), np.uint8), np.zeros(1, np.uint8), ["x", "y"])
