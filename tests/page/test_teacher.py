"""The teacher's page, and that what it says of the chapters is so."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pixelviz import raster
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page.lesson import questions
from pixelviz.page.lesson.figures import Drawing
from tests.drawings import SEVEN, drawn

DRAWING = Drawing(drawn(SEVEN), raster.to_grid(drawn(SEVEN)), is_example=False)


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60)
    page.query_params["teacher"] = ""
    page.run()
    assert not page.exception
    assert not page.selectbox  # the teacher's page alone
    (shown,) = (each.value for each in page.markdown if "# Teaching" in each.value)
    return shown


def titles() -> dict[str, str]:
    """Return what the page calls each chapter, by its name."""
    from pixelviz.page.lesson.chapters import CHAPTERS  # a page has to have run before

    return {name: chapter.title for name, chapter in CHAPTERS.items()}


def rows_of(text: str, heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading, without its head."""
    section = text.partition(f"## {heading}")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize(
    "heading",
    [
        "Aims", "A path of 45 minutes", "Answers to the questions", "What pupils often think",
        "Glossary", "Curricula",
    ],
)  # fmt: skip
def test_it_has_what_a_teacher_needs(text: str, heading: str) -> None:
    assert f"\n## {heading}\n" in text


def test_the_path_takes_45_minutes_and_leads_through_the_chapters_in_their_order(text: str) -> None:
    path = rows_of(text, "A path of 45 minutes")
    times = [tuple(map(int, re.findall(r"\d+", row[0]))) for row in path]
    assert (times[0][0], times[-1][1]) == (0, 45)
    assert [start for start, _ in times[1:]] == [end for _, end in times[:-1]]
    visited = [row[1] for row in path[1:]]
    assert visited == [title for title in titles().values() if title in visited]


def test_it_has_the_answers_of_every_chapter(text: str) -> None:
    rows = rows_of(text, "Answers to the questions")
    assert [row[0] for row in rows] == list(titles().values())
    answers = {row[0]: row[1:] for row in rows}
    models = card.read(MODELS)
    for name, number in (("grey-levels", 1), ("data", 1), ("predict", 0), ("zip", 1), ("class", 0)):
        asked = questions.of(name, DRAWING, models)[number]
        assert asked.right in answers[titles()[name]][number]


def test_nothing_is_said_twice(text: str) -> None:
    paragraphs = [each.strip() for each in text.split("\n\n")]
    assert len(paragraphs) == len(set(paragraphs))


def test_the_same_text_lies_beside_the_documents_on_deployment(root: Path, text: str) -> None:
    assert (root / "deploy/teacher.md").read_text("utf-8").strip() == text.strip()
