"""Chapter 7, Predict, as a person finds it on the page."""

import re
from decimal import Decimal

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import DIGITS, SIDE, Features, Ink
from pixelviz.features import rescale
from pixelviz.model.contributions import Contributions, contributions_of
from pixelviz.page.lesson.figures import diverging
from pixelviz.vector import unroll
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn, paper
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import Chapter, asked, model

FULL = np.full_like(paper(), 255)
DRAWINGS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8), "full": FULL}
each_drawing = pytest.mark.parametrize("ink", DRAWINGS.values(), ids=DRAWINGS)


def features_of(ink: Ink) -> Features:
    return rescale(unroll(raster.to_grid(ink)))


def contributions(ink: Ink) -> Contributions:
    return contributions_of(features_of(ink), model("softmax").linear)


def table(chapter: Chapter, caption: str) -> list[list[str]]:
    """Return the cells of the rows of a table, without their tags, by how its caption starts."""
    found = re.findall(r"<table class='said sums'><caption>(.*?)</caption>(.*?)</table>",
                       chapter.html)  # fmt: skip
    (rows,) = [rows for text, rows in found if text.startswith(caption)]
    return [
        [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd]\b.*?>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr.*?>(.*?)</tr>", rows)
    ]


def number(cell: str) -> Decimal:
    """Return a cell as the very number that a person reads; what is next to nothing is 0."""
    plain = cell.replace("\N{MINUS SIGN}", "-").removesuffix(" %")
    return Decimal(0) if plain.startswith("<") else Decimal(plain)


@each_drawing
def test_all_rows_and_columns_add_up_as_displayed(open_chapter: OpenChapter, ink: Ink) -> None:
    _, *rows, total = table(open_chapter("predict", ink), "From your digit")
    assert [row[0] for row in rows] == [str(digit) for digit in DIGITS]
    for row in rows:
        assert number(row[1]) + number(row[2]) == number(row[3])
    for column in (4, 5):
        assert sum(number(row[column]) for row in rows) == number(total[column])
    exact = contributions(ink).exponentials
    assert float(number(total[4])) == pytest.approx(exact.sum(), abs=0.51e-5)
    assert [float(number(row[4])) for row in rows] == pytest.approx(exact, abs=1e-5)
    assert total[5] == "100.000 %"


@each_drawing
def test_the_table_shows_what_keras_predicts(open_chapter: OpenChapter, ink: Ink) -> None:
    _, *rows, _ = table(open_chapter("predict", ink), "From your digit")
    answer = asked("softmax", raster.to_grid(ink))
    bias = model("softmax").linear.bias
    for digit, row in enumerate(rows):
        assert float(number(row[2])) == pytest.approx(bias[digit], abs=0.001)
        assert float(number(row[3])) == pytest.approx(answer.logits[digit], abs=0.001)
        shown = float(number(row[5]))
        assert shown == pytest.approx(100 * answer.probabilities[digit], abs=0.002)


def test_a_tiny_share_is_not_shown_as_zero(open_chapter: OpenChapter) -> None:
    _, *rows, _ = table(open_chapter("predict", DRAWINGS["digit"]), "From your digit")
    assert any(row[5] == "< 0.001 %" for row in rows)
    assert not any(row[5].startswith("0.000 ") for row in rows)


@each_drawing
def test_a_colour_means_the_same_value_in_all_twenty_pictures(
    open_chapter: OpenChapter, ink: Ink
) -> None:
    chapter = open_chapter("predict", ink)
    (shown,) = re.findall(r"full colour from (\d+\.\d+) up", chapter.text)
    weights = model("softmax").linear.weights.T
    full = float(np.quantile(np.abs(weights), 0.99))
    assert shown == f"{full:.2f}"
    for digit in DIGITS:
        for title, values in (
            ("Weights", weights[digit]),
            ("For", contributions(ink).weighted_features[digit]),
        ):
            # One more row, of the full colour, so that the scale is the one of all pictures.
            scaled = np.append(values.clip(-full, full), [full] * SIDE).reshape(-1, SIDE)
            picture = chapter.pictures[f"{title} {digit}"].pixels
            assert np.abs(picture.astype(int) - diverging(scaled)[:-1]).max() <= 1


def test_the_sum_below_each_picture_is_the_one_in_the_table(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("predict", DRAWINGS["digit"])
    _, *rows, _ = table(chapter, "From your digit")
    for digit, row in enumerate(rows):
        assert chapter.pictures[f"For {digit}"].caption == f"sum {row[1]}"


def test_a_pinned_pixel_shows_its_ten_contributions(open_chapter: OpenChapter) -> None:
    ink = DRAWINGS["digit"]
    index = int(features_of(ink).argmax())
    chapter = open_chapter("predict", ink)
    assert "to pin it" in chapter.text
    chapter.page.session_state["pixel_view"] = {"pinned": index}
    chapter.page.run()
    assert "to pin it" not in chapter.text
    assert f"feature {index} = {features_of(ink)[index]:.3f}" in chapter.text
    _, row = table(chapter, "The pinned pixel")
    assert [float(number(cell)) for cell in row[1:]] == pytest.approx(
        contributions(ink).weighted_features[:, index], abs=0.0006
    )


@pytest.mark.parametrize("pinned", [-1, 784, "401", True, None, [1]])
def test_an_invalid_pin_is_ignored(open_chapter: OpenChapter, pinned: object) -> None:
    chapter = open_chapter("predict", DRAWINGS["digit"])
    chapter.page.session_state["pixel_view"] = {"pinned": pinned}
    chapter.page.run()
    assert "to pin it" in chapter.text


def test_it_hands_over_to_the_chapter_that_shows_the_convolution(
    open_chapter: OpenChapter,
) -> None:
    chapter = open_chapter("predict", DRAWINGS["digit"])
    assert "the chapter Convolution shows how" in chapter.text
    assert "alt='' " not in chapter.html  # no pictures of feature maps


def test_on_an_empty_canvas_the_chapter_uses_an_example(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("predict", None)
    assert "this is an example" in chapter.text
    _, *rows, _ = table(chapter, "From your digit")
    assert max(rows, key=lambda row: number(row[5]))[0] == "7"


def test_one_click_shows_a_scribble_that_only_softmax_regression_takes_for_a_digit(
    open_chapter: OpenChapter,
) -> None:
    chapter = open_chapter("predict", DRAWINGS["digit"])
    assert [row[1][0] for row in chapter.said[1:]] == ["7", "7", "7"]
    chapter.page.button(key="scribble").click().run()
    softmax, *others = (row[1] for row in chapter.said[1:])
    assert softmax.startswith("8 ")
    assert others == ["not sure"] * 2
