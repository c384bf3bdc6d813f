"""The questions of each chapter: two, whose right answers are computed from drawing and card."""

from collections.abc import Callable

import numpy as np

from pixelviz import levels
from pixelviz.arrays import LENGTH, PIXEL_MAX, SIDE, Grid
from pixelviz.data import mnist
from pixelviz.features import rescale
from pixelviz.framing import FIT_SIDE, frame_like_mnist
from pixelviz.model.card import Card, ModelCard
from pixelviz.page.lesson.convolution import convolution_questions
from pixelviz.page.lesson.cover_it import cover_it_questions
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.our_class import our_class_questions
from pixelviz.page.lesson.question import Question, ask
from pixelviz.page.lesson.tensors import tensors_questions
from pixelviz.page.lesson.train import train_questions
from pixelviz.shift import shift
from pixelviz.vector import unroll

THRESHOLD = 128
ZIP_LENGTH = 5
MOVED_BY = 3
"""How many pixels the digit is moved down in a question."""


def of(chapter: str, drawing: Drawing, card: Card) -> list[Question]:
    """Return the questions of a chapter.

    Args:
        chapter: Its name in the address.
        drawing: What the chapter works on.
        card: The card of the models.
    """
    made = [make(drawing, card) for make in _MAKERS.get(chapter, ())]
    return [question for question in made if question is not None]


def name_of(chapter: str, number: int) -> str:
    """Return the name of a chapter's question, counted from 0."""
    return f"{chapter}_{number}"


def names() -> list[str]:
    """Return the names of all questions."""
    return [
        name_of(chapter, number)
        for chapter, makers in _MAKERS.items()
        for number in range(len(makers))
    ]


def _ones_in_the_top_row(drawing: Drawing, _: Card) -> Question:
    threshold = min(THRESHOLD, int(drawing.grid.max()))
    ones = levels.black_and_white(drawing.grid, threshold=threshold).sum(axis=1)
    right = int(ones[ones > 0][0])
    return ask(
        f"Values from {threshold} up count as 1. How many 1s are in the topmost row that has any?",
        right,
        (right + 2, max(right - 2, 0), SIDE - right, right + 5),
        f"Set the threshold to {threshold} and count them in the grid of 0s and 1s: {right}.",
    )


def _data_points(_: Drawing, __: Card) -> Question:
    side = 10
    return ask(
        f"A grey picture of {side} × {side} pixels: how many numbers, and how many data points?",
        f"{side * side} numbers, 1 data point",
        (
            f"{side * side} numbers, {side * side} data points",
            f"{side} numbers, {side} data points",
            f"1 number, {side * side} data points",
        ),
        f"Each of the {side} rows has {side} numbers, one for each pixel. All {side * side} "
        "together are one picture, and that is one data point.",
    )


def _with_two_bits(drawing: Drawing, _: Card) -> Question:
    row, column = _greyest(drawing.grid)
    value = int(drawing.grid[row, column])
    values = [level * PIXEL_MAX // 3 for level in range(4)]
    right = int(levels.quantise(drawing.grid, bits=2)[row, column])
    return ask(
        f"The pixel in row {row}, column {column} has the value {value}. Which value does it have "
        "in the picture with 2 bits?",
        right,
        values,
        f"With 2 bits only {', '.join(map(str, values[:-1]))} and {values[-1]} are left, and "
        f"{right} is the nearest to {value}.",
    )


def _bits_of_the_picture(_: Drawing, __: Card) -> Question:
    bits = 4
    return ask(
        f"How many bits does a picture of {SIDE} × {SIDE} pixels take with {bits} bits a pixel?",
        f"{LENGTH * bits:,}",
        (f"{LENGTH:,}", f"{LENGTH * 2**bits:,}", f"{LENGTH * 8:,}"),
        f"{SIDE} × {SIDE} = {LENGTH} pixels, {bits} bits each: {LENGTH} × {bits} = "
        f"{LENGTH * bits:,}. The number of levels, {2**bits}, does not matter for that.",
    )


def _integers_of_mnist(_: Drawing, __: Card) -> Question:
    numbers = mnist.COUNT * LENGTH
    return ask(
        f"All pictures of MNIST are one array of shape ({mnist.COUNT}, {SIDE}, {SIDE}). How many "
        "integers are in it?",
        f"{numbers:,}",
        (f"{mnist.COUNT:,}", f"{mnist.COUNT * SIDE:,}", f"{mnist.COUNT + 2 * SIDE:,}"),
        f"{mnist.COUNT:,} pictures of {SIDE} rows with {SIDE} integers each: {mnist.COUNT:,} × "
        f"{SIDE} × {SIDE} = {numbers:,}.",
    )


def _share_of_paper(drawing: Drawing, _: Card) -> Question:
    paper = int((drawing.grid == 0).sum())
    share = round(100 * paper / LENGTH)
    return ask(
        "How much of this picture is paper, pixels of value 0?",
        f"{share} %",
        (f"{each} %" for each in (share - 30, share - 60, share + 30) if 0 <= each <= 100),
        f"{paper} of {LENGTH} pixels are 0, that is {share} %. With a thicker pen there are fewer.",
    )


def _longer_side(drawing: Drawing, _: Card) -> Question:
    frame = frame_like_mnist(drawing.ink)
    assert frame is not None  # a drawing has ink
    height, width = frame.crop.shape
    return ask(
        f"The digit on the canvas is {width} points wide and {height} high. How long is the longer "
        "side once it is framed?",
        f"{FIT_SIDE} pixels",
        (f"{SIDE} pixels", f"{max(height, width)} pixels", f"{FIT_SIDE // 2} pixels"),
        f"Framing scales every digit until its longer side has {FIT_SIDE} pixels, large or small. "
        f"Then it is put into {SIDE} × {SIDE}.",
    )


def _drawn_elsewhere(_: Drawing, __: Card) -> Question:
    return ask(
        "You draw the very same digit again, but in another corner of the canvas. What happens to "
        "its picture once it is framed?",
        "Nothing, it is the same",
        ("The digit moves along", "The digit gets smaller"),
        "Framing cuts the digit out and centres it, so its place on the canvas is lost. *As "
        "drawn*, the digit would move.",
    )


def _feature_of_a_pixel(drawing: Drawing, _: Card) -> Question:
    row, column = _greyest(drawing.grid)
    right = SIDE * row + column
    return ask(
        f"The grid is read row by row. Which feature is the pixel in row {row}, column {column}?",
        right,
        (SIDE * column + row, row + column, right + SIDE, right + 1),
        f"Before it come {row} whole rows of {SIDE}, then {column} pixels of its own row: {SIDE} × "
        f"{row} + {column} = {right}.",
    )


def _pixel_below(drawing: Drawing, _: Card) -> Question:
    row, column = _greyest(drawing.grid[: SIDE - 1])
    feature = SIDE * row + column
    return ask(
        f"Feature {feature} is a pixel of the digit. Which feature is the pixel right below it?",
        feature + SIDE,
        (feature + 1, feature - SIDE, feature + 2 * SIDE, feature + LENGTH),
        f"One row further down is {SIDE} features further on: {feature} + {SIDE} = "
        f"{feature + SIDE}. Pixels above each other are {SIDE} apart in the vector.",
    )


def _as_a_feature(drawing: Drawing, _: Card) -> Question:
    row, column = _greyest(drawing.grid)
    value = int(drawing.grid[row, column])
    right = float(rescale(unroll(drawing.grid))[SIDE * row + column])
    return ask(
        f"A pixel has the value {value}. What is it as a feature from 0 to 1?",
        f"{right:.3f}",
        (f"{value / 1000:.3f}", f"{value / 100:.3f}", f"{1 - right:.3f}"),
        f"Each integer is divided by the largest one there is: {value} ÷ {PIXEL_MAX} = "
        f"{right:.3f}.",
    )


def _forgotten_division(_: Drawing, __: Card) -> Question:
    return ask(
        "Somebody forgets to rescale. How many times as large does the sum of weight × feature "
        "become?",
        f"{PIXEL_MAX} times",
        ("2.7 times", f"{LENGTH} times", "It stays the same"),
        f"Every feature is {PIXEL_MAX} times as large, the weights are the same, so each product "
        "is, and so is their sum. The bias is not.",
    )


def _parameters(_: Drawing, card: Card) -> Question:
    softmax = _simplest(card)
    return ask(
        f"Softmax regression has a weight for each of {LENGTH} pixels and each of 10 digits, and "
        "a bias for each digit. How many numbers has it learned?",
        f"{softmax.parameters:,}",
        (f"{LENGTH:,}", f"{LENGTH + 10:,}", f"{10 * LENGTH:,}"),
        f"{LENGTH} × 10 weights and 10 biases: {10 * LENGTH:,} + 10 = {softmax.parameters:,}.",
    )


def _products_of_0(drawing: Drawing, _: Card) -> Question:
    paper = int((drawing.grid == 0).sum())
    return ask(
        f"For each digit, softmax regression adds up {LENGTH} products of weight × feature. How "
        "many of them are 0 because nothing is drawn there?",
        paper,
        (LENGTH - paper, 0, LENGTH, paper // 2),
        f"Where a feature is 0, its product is 0, whatever the weight is. {paper} of your "
        f"{LENGTH} features are 0.",
    )


def _features_that_stay(drawing: Drawing, _: Card) -> Question:
    moved = shift(drawing.grid, rows=MOVED_BY, columns=0)
    inked = (drawing.grid > 0) | (moved > 0)
    changed = int((drawing.grid != moved).sum())
    total = int(inked.sum())
    return ask(
        f"The digit moves {MOVED_BY} pixels down. {total} pixels have ink before it, after "
        "it, or both times. How many of these features change?",
        changed,
        (0, total // 4, MOVED_BY, total // 2),
        f"{changed} of {total} get another value, though you still see the same digit. It is not "
        "the value of each single pixel that matters.",
    )


def _loses_most(_: Drawing, card: Card) -> Question | None:
    if not card.shuffled:
        return None
    whole = {model.name: model for model in card.models}
    losses = {
        whole[each.name].title: whole[each.name].test.accuracy - each.test.accuracy
        for each in card.shuffled
        if each.name in whole
    }
    right = max(losses, key=lambda title: losses[title])
    return ask(
        "Each model was also trained on shuffled pixels. Which one loses the most by it?",
        right,
        (title for title in losses if title != right),
        "Of every 100 of MNIST's test images, each reads so many fewer: "
        + ", ".join(f"{title} {100 * loss:.2f}" for title, loss in losses.items())
        + ".",
    )


def _all_five_right(_: Drawing, card: Card) -> Question:
    softmax = _simplest(card)
    share = softmax.test.accuracy
    right = round(100 * share**ZIP_LENGTH)
    return ask(
        f"{softmax.title} reads {100 * share:.1f} % of MNIST's digits. Of 100 ZIP codes with "
        f"{ZIP_LENGTH} such digits, about how many does it read without any mistake?",
        right,
        (round(100 * share), right - 25, 100),
        f"All {ZIP_LENGTH} digits have to be right: {share:.3f} × … × {share:.3f}, {ZIP_LENGTH} "
        f"times, is {share**ZIP_LENGTH:.2f}. Small mistakes add up.",
    )


def _codes(_: Drawing, __: Card) -> Question:
    return ask(
        f"How many different ZIP codes of {ZIP_LENGTH} digits can be written?",
        f"{10**ZIP_LENGTH:,}",
        (f"{10 * ZIP_LENGTH:,}", f"{ZIP_LENGTH**10:,}", f"{10 ** (ZIP_LENGTH - 1):,}"),
        f"Each of {ZIP_LENGTH} places has 10 possible digits: 10 × 10 × 10 × 10 × 10.",
    )


_MAKERS: dict[str, tuple[Callable[[Drawing, Card], Question | None], ...]] = {
    "pixels": (_ones_in_the_top_row, _data_points),
    "grey-levels": (_with_two_bits, _bits_of_the_picture),
    "data": (_share_of_paper, _integers_of_mnist),
    "framing": (_longer_side, _drawn_elsewhere),
    "unroll": (_feature_of_a_pixel, _pixel_below),
    "tensors": (tensors_questions.named_number, tensors_questions.weights_of_a_convolution),
    "rescale": (_as_a_feature, _forgotten_division),
    "predict": (_parameters, _products_of_0),
    "train": (train_questions.weights_that_change, train_questions.first_weight),
    "move": (_features_that_stay, _loses_most),
    "convolution": (convolution_questions.finds_the_side, convolution_questions.one_output),
    "cover-it": (cover_it_questions.covered_most, cover_it_questions.loses_most),
    "zip": (_all_five_right, _codes),
    "class": (our_class_questions.numbers_given, our_class_questions.held_out_digits),
}


def _greyest(grid: Grid) -> tuple[int, int]:
    """Return the row and the column of a pixel in between paper and ink, as grey as there is."""
    distance = np.abs(grid.astype(np.int64) - 100)
    row, column = np.unravel_index(int(distance.argmin()), grid.shape)
    return int(row), int(column)


def _simplest(card: Card) -> ModelCard:
    return card.models[0]
