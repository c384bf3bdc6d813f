"""What the chapters say is true of the drawing beside them: each number, worked out anew.

The numbers are read off the page and compared with what `oracle` makes of the same ink, for four
digits by a thin and a thick pen.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pixelviz.data.sample_digits import Stroke, strokes_of
from pixelviz.model import card
from pixelviz.server import worker_supervisor
from tests import oracle
from tests.drawings import CROSSED_SEVEN, drawn, message_of, png_of
from tests.oracle import MODELS, Array
from tests.page.lesson.chapter import Chapter, image_of, words

ONE: tuple[Stroke, ...] = (((0.5, 0.2), (0.5, 0.8)),)
SLASHED_ZERO = (*strokes_of(0), ((0.72, 0.25), (0.28, 0.75)))
DIGITS = {"1": ONE, "8": strokes_of(8), "7": CROSSED_SEVEN, "0": SLASHED_ZERO}
INKS = {
    f"{digit} by {pen_px} px": drawn(strokes, pen_px=pen_px)
    for digit, strokes in DIGITS.items()
    for pen_px in (8, 32)
}
MINUS = "\N{MINUS SIGN}"
NUMBER = rf"[{MINUS}+-]?\d[\d,]*(?:\.\d+)?"

Open = Callable[[str], Chapter]


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, AppTest]:
    """Return a page for each drawing, which all tests of this file use."""
    worker_supervisor.load_async(card.read(root / "models").models).result()
    found = {}
    for name, ink in INKS.items():
        page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60)
        page.session_state["canvas"] = message_of(png_of(ink))
        found[name] = page.run()
    return found


@pytest.fixture(params=list(INKS))
def ink(request: pytest.FixtureRequest) -> Array:
    return INKS[request.param]


@pytest.fixture
def open_on(pages: dict[str, AppTest], ink: Array) -> Iterator[Open]:
    """Return what opens a chapter on the drawing."""
    (name,) = [name for name, each in INKS.items() if each is ink]
    page = pages[name]

    def open_one(chapter: str) -> Chapter:
        page.session_state["chapter"] = chapter
        page.run()
        return Chapter(page)

    yield open_one
    assert not page.exception
    assert not page.error


def number(text: str) -> float:
    return float(text.replace(",", "").replace(MINUS, "-"))


def rows_of(table: str) -> list[list[str]]:
    """Return the cells of a table's rows, without their tags."""
    return [
        [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd]\b.*?>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr.*?>(.*?)</tr>", table)
    ]


def table(chapter: Chapter, caption: str) -> list[list[str]]:
    """Return the first table whose caption begins like this."""
    captioned = re.findall(r"<table[^>]*><caption>(.*?)</caption>(.*?)</table>", chapter.html)
    return next(rows_of(body) for head, body in captioned if head.startswith(caption))


def test_the_pages_answer_and_its_words_are_each_models_own(open_on: Open, ink: Array) -> None:
    chapter = open_on("unroll")
    for name in MODELS:
        chapter.page.selectbox(key="model").set_value(name).run()
        (answer,) = oracle.ask(name, oracle.framed(ink).grid[np.newaxis])
        said = answer.digit if answer.is_sure else "not sure"
        assert words(chapter.page) == f"Prediction: {said}, {answer.reason}"
        accuracy = next(
            each["test"]["accuracy"] for each in oracle.card()["models"] if each["name"] == name
        )
        choice = chapter.page.selectbox(key="model").proto
        chosen = choice.options[choice.default]
        assert chosen == f"{oracle.title(name)} {oracle.percent(accuracy)}"


def test_rescale_says_of_each_model_what_its_numbers_say(open_on: Open, ink: Array) -> None:
    chapter = open_on("rescale")
    assert chapter.page.segmented_control(key="rescale_model").value == "softmax"
    integers = oracle.framed(ink).grid.reshape(784).astype(np.float32)
    features = np.stack([integers / np.float32(255), integers])
    for name in MODELS:
        chapter.page.segmented_control(key="rescale_model").set_value(name).run()
        right, wrong = oracle.ask_features(name, features)
        sides = re.findall(r"<div><b>(0 to \d+)</b>(.*?)</div>", chapter.html)
        gaps = []
        for (scale, side), answer in zip(sides, (right, wrong), strict=True):
            shown = str(answer.digit) if answer.is_sure else "not sure"
            assert f"<p class='digit'>{shown}</p><p>{answer.reason}</p>" in side, scale
            best, following = (
                number(found)
                for found in re.search(
                    rf"highest logit ({NUMBER})<br>the next one ({NUMBER})<", side
                ).groups()  # type: ignore[union-attr]
            )
            assert [best, following] == pytest.approx(np.sort(answer.logits)[:-3:-1], abs=0.0501)
            gaps.append(best - following)
        told = re.search(rf"({NUMBER}) apart for 0 to 1 and ({NUMBER}) apart", chapter.text)
        assert told is not None
        assert [number(each) for each in told.groups()] == pytest.approx(gaps)
        if wrong.is_sure:
            still = "still " if right.is_sure and right.digit == wrong.digit else ""
            sure = oracle.percent(wrong.confidence)
            assert f"With 0 to 255 it {still}says {wrong.digit}, and is {sure} sure" in chapter.text
        else:
            assert f"With 0 to 255 it is not sure: {wrong.reason}." in chapter.text


def test_the_silent_model_is_silent_because_nothing_is_passed_on(open_on: Open, ink: Array) -> None:
    chapter = open_on("rescale")
    integers = oracle.framed(ink).grid.reshape(1, 784).astype(np.float32)
    for name in ("dense", "convolutional"):
        chapter.page.segmented_control(key="rescale_model").set_value(name).run()
        is_silent = not oracle.last_units(name, integers).any()
        assert ("none has anything to pass on" in chapter.text) is is_silent
        if is_silent:
            logits = oracle.ask_features(name, integers)[0].logits
            told = re.search(rf"lie between ({NUMBER}) and ({NUMBER}),", chapter.text)
            assert told is not None
            assert [number(each) for each in told.groups()] == pytest.approx(
                [logits.min(), logits.max()], abs=0.00051
            )


def test_the_sum_grows_255_fold_on_a_calculator_and_adds_up_with_the_bias(
    open_on: Open, ink: Array
) -> None:
    chapter = open_on("rescale")
    chapter.page.segmented_control(key="rescale_model").set_value("softmax").run()
    (caption,) = re.findall("<caption>(How the logit of .*?)</caption>", chapter.html)
    digit = int(caption.split()[4])
    large, divisor, small = (number(each) for each in re.findall(NUMBER, caption)[1:])
    assert divisor == 255
    assert round(large / divisor, 3) == small
    _, sums, biases, logits = table(chapter, "How the logit of")
    assert [number(each) for each in sums[1:]] == [small, large]
    for column in (1, 2):
        assert number(sums[column]) + number(biases[column]) == pytest.approx(
            number(logits[column]), abs=1e-9
        )
    weights, bias = oracle.softmax_weights()
    grid = oracle.framed(ink).grid
    assert digit == oracle.ask("softmax", grid[np.newaxis])[0].digit
    assert large == pytest.approx(grid.reshape(784) @ weights[:, digit], abs=0.00051)
    assert number(biases[1]) == number(biases[2]) == pytest.approx(bias[digit], abs=0.00051)


def test_in_predict_a_bias_is_the_same_for_every_drawing_and_all_adds_up(
    open_on: Open, ink: Array
) -> None:
    _, *rows, _ = table(open_on("predict"), "From your digit")
    weights, bias = oracle.softmax_weights()
    grid = oracle.framed(ink).grid
    sums = grid.reshape(784) / 255 @ weights
    (answer,) = oracle.ask("softmax", grid[np.newaxis])
    for digit, (_, total, constant, logit, _, share) in enumerate(rows):
        assert number(constant) == round(float(bias[digit]), 3)
        assert number(total) == pytest.approx(sums[digit], abs=0.00051)
        assert number(total) + number(constant) == pytest.approx(number(logit), abs=1e-9)
        if not share.startswith("<"):
            shown = number(share.removesuffix(" %"))
            assert shown == pytest.approx(100 * answer.probabilities[digit], abs=0.002)


def share(value: float) -> str:
    """Return a share in percent: unlike a probability, it may be exactly 0 or 1."""
    return f"{100 * value:.0f}\u202f%" if value in (0, 1) else oracle.percent(value)


def test_move_begins_with_a_shift_and_its_line_and_table_agree(open_on: Open, ink: Array) -> None:
    chapter = open_on("move")
    assert "0 down, 4 right" in chapter.pictures
    chapter.page.button(key="move_corner").click().run()
    grid = oracle.framed(ink).grid
    there = oracle.moved(grid, 3, 3)
    changed, inked = there != grid, (there > 0) | (grid > 0)
    picture = chapter.pictures["3 down, 3 right"]
    assert picture.caption.startswith(
        f"{changed.sum()} of 784 features changed, here in white: "
        f"{share(changed.sum() / inked.sum())} of the {inked.sum()} pixels that have ink before or "
        "after"
    )
    lost = 1 - there.sum(dtype=int) / grid.sum(dtype=int)
    gone = f"{share(lost)} of the ink is over the edge" if lost else "all the ink is still"
    assert gone in picture.caption
    assert f"Moved 3 down, 3 right, {changed.sum()} of the 784 features" in chapter.text

    places = np.stack([oracle.moved(grid, 3, step) for step in range(-8, 9)])
    points, line = (layer["data"]["values"] for layer in chapter.charts[0]["layer"])
    assert line == [{"shift": 3}]
    _, *rows = table(chapter, "What each model reads")
    for name, row in zip(MODELS, rows[:3], strict=True):
        first, *answers = oracle.ask(name, np.concatenate([grid[np.newaxis], places]))
        here = next(
            point["probability"]
            for point in points
            if point["shift"] == 3 and point["model"].startswith(oracle.title(name).split()[0])
        )
        assert here == pytest.approx(answers[8 + 3].probabilities[first.digit], abs=1e-4)
        kept = sum(each.is_sure and each.digit == first.digit for each in answers)
        reach = f"{first.digit} at {kept} of 17 places" if first.is_sure else "not sure at first"
        assert row[1:] == [first.cell, answers[8 + 3].cell, reach]

    chapter.page.button(key="move_back").click().run()
    caption = chapter.pictures["0 down, 0 right"].caption
    assert caption.startswith("0 of 784 features changed, here in white: 0\u202f% of the")


def test_shuffle_says_what_the_card_says_of_the_losses(pages: dict[str, AppTest]) -> None:
    page = pages["7 by 8 px"]
    page.session_state["chapter"] = "move"
    text = Chapter(page.run()).text
    losses = {
        plain["title"]: plain["test"]["accuracy"] - shuffled["test"]["accuracy"]
        for plain, shuffled in zip(oracle.card()["models"], oracle.card()["shuffled"], strict=True)
    }
    for title, loss in losses.items():
        assert f"{title.lower()} {100 * loss:.2f}" in text
    most = max(losses, key=lambda title: losses[title])
    assert f"The {most.lower()} loses most" in text


def test_framing_says_where_the_centre_of_mass_lands(open_on: Open, ink: Array) -> None:
    chapter = open_on("framing")
    framed = oracle.framed(ink)
    caption = chapter.pictures["4. Centred by mass in 28 × 28"].caption
    told = [number(each) for each in re.findall(NUMBER, caption)]
    assert told[:2] == pytest.approx(framed.before, abs=0.0501)
    assert told[2:4] == [*framed.moved]
    mass = framed.grid.astype(np.float64)
    places = [np.average(np.arange(28), weights=mass.sum(axis=axis)) for axis in (1, 0)]
    assert told[4:6] == pytest.approx(places, abs=0.0501)
    is_near = all(abs(place - 14) <= 0.5 for place in places)
    assert f"as {'whole pixels' if is_near else 'the edges of the picture'} allow" in caption
    grids = np.stack([oracle.as_drawn(ink), framed.grid])
    _, *rows = table(chapter, "What each model reads")
    assert [row[1:] for row in rows] == [
        [answer.cell for answer in oracle.ask(name, grids)] for name in MODELS
    ]


def test_pixels_shows_one_picture_in_28_and_in_10_rows(open_on: Open, ink: Array) -> None:
    chapter = open_on("pixels")
    grid = oracle.framed(ink).grid
    small = oracle.averaged(grid, 10, 10)
    threshold = -(-int(small.max()) // 3)
    black_and_white = chapter.pictures["Black and white, 10 × 10"]
    assert np.array_equal(black_and_white.pixels > 0, small >= threshold)
    assert 7 <= (black_and_white.pixels > 0).sum() < 50
    assert f"1 from {threshold} up" in black_and_white.caption
    assert np.array_equal(chapter.pictures["Grey, 10 × 10"].pixels, small)
    integers = table(chapter, "The grey picture")
    assert [[int(value) for value in row] for row in integers] == small.tolist()
    chapter.page.segmented_control(key="small_side").set_value(28).run()
    assert np.array_equal(chapter.pictures["Grey, 28 × 28"].pixels, grid)
    chapter.page.segmented_control(key="small_side").set_value(10)


def test_grey_levels_says_what_one_bit_leaves(open_on: Open, ink: Array) -> None:
    chapter = open_on("grey-levels")
    grid = oracle.framed(ink).grid
    inked, kept = (grid > 0).sum(), (grid >= 128).sum()
    assert f"With 1 bit, {kept} of the {inked} pixels with ink stay ink" in chapter.text
    assert f"The other {inked - kept} become paper" in chapter.text
    _, *scales = table(chapter, "How a level becomes a value")
    assert [row[4] for row in scales][:2] == ["0, 255", "0, 85, 170, 255"]
    levels = [np.linspace(0, 255, 2**bits) for bits in (1, 2, 4, 8)]
    nearest = np.stack([each[np.abs(grid[..., None] - each).argmin(-1)] for each in levels])
    _, *rows = table(chapter, "What each model reads")
    assert [row[1:] for row in rows] == [
        [answer.cell for answer in oracle.ask(name, nearest)] for name in MODELS
    ]


def test_unroll_asks_in_the_order_that_is_chosen(open_on: Open, ink: Array) -> None:
    chapter = open_on("unroll")
    grid, page = oracle.framed(ink).grid, chapter.page
    for order, row, column in (("columns", 9, 14), ("rows", 14, 9)):
        page.segmented_control(key="order").set_value(order)
        page.number_input(key="quiz_row").set_value(row)
        page.number_input(key="quiz_column").set_value(column).run()
        assert (
            page.success[0].value == f"Right: 28 × 14 + 9 = 401. Its value is {grid[row, column]}."
        )
    page.number_input(key="quiz_column").set_value(30).run()
    assert page.warning[0].value == "There is no such pixel: rows and columns go from 0 to 27."


def test_what_a_chapter_says_is_worked_out_without_the_page() -> None:
    assert "pixelviz" not in Path(oracle.__file__).read_text("utf-8")


def test_one_click_puts_the_digit_small_into_a_corner(open_on: Open) -> None:
    chapter = open_on("framing")
    chapter.page.button(key="into_corner").click().run()
    (image,) = chapter.page.session_state["placement"].strokes
    small = image_of(image["src"].removeprefix("data:image/png;base64,"))[..., 0]
    rows, columns = np.nonzero(small)
    assert (rows.min(), columns.min()) == (10, 10)
    assert max(rows.max(), columns.max()) == 89
    chapter.page.button(key="undo").click().run()
