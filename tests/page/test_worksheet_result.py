"""What the dialog shows of a coloured worksheet: sentences, two tables, and a button."""

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pixelviz import raster
from pixelviz.data.sample_digits import strokes_of
from pixelviz.photo.worksheet_reading import ColouredWorksheet
from pixelviz.worksheet.kinds import KINDS
from tests.coloured_worksheets import Shot, coloured, photographed, printed
from tests.drawings import drawn

THREE = raster.to_grid(drawn(strokes_of(3)))

CELL = re.compile(r"<td( class='wrong')? style='[^']*'>(\d+)</td>")


def worksheet(kind: str, *wrong: tuple[int, int], is_asked_known: bool = True) -> ColouredWorksheet:
    """Return a worksheet with some wrong cells: black where paper is asked for, else paper."""
    asked = KINDS[kind].levels_of(THREE)
    found = asked.copy()
    for cell in wrong:
        found[cell] = 0 if asked[cell] else len(KINDS[kind].shades) - 1
    page = np.full((842, 595), 255, np.uint8)
    return ColouredWorksheet(kind, found, asked if is_asked_known else None, page)


def shown(found: ColouredWorksheet) -> AppTest:
    """Return a page with what is shown of a worksheet; its session has the summary."""

    def show() -> None:
        import streamlit as st

        from pixelviz.page import worksheet_result

        st.session_state["summary"] = worksheet_result.summary(st.session_state["worksheet"])
        worksheet_result.show(st.session_state["worksheet"])

    page = AppTest.from_function(show, default_timeout=60)
    page.session_state["worksheet"] = found
    page.run()
    assert not page.exception
    return page


def tables(page: AppTest) -> list[str]:
    (shown_html,) = (
        each.proto.body for each in page.get("html") if "worksheet-tables" in each.proto.body
    )
    return re.findall(r"<table.*?</table>", shown_html)


@pytest.mark.parametrize("kind", KINDS)
def test_the_cells_stand_beside_those_asked_for_and_wrong_ones_are_marked(kind: str) -> None:
    found = worksheet(kind, (0, 0), (5, 7))
    assert found.asked is not None
    numbers = np.array(KINDS[kind].values)
    for table, levels in zip(tables(shown(found)), (found.coloured, found.asked), strict=True):
        cells = CELL.findall(table)
        assert [int(number) for _, number in cells] == numbers[levels].ravel().tolist()
        marked = [index for index, (is_wrong, _) in enumerate(cells) if is_wrong]
        assert marked == [0, 5 * KINDS[kind].side + 7]


def test_each_wrong_cell_is_named_with_what_it_should_be() -> None:
    page = shown(worksheet("integers", (0, 2), (9, 12)))
    assert "**2 of 784** cells do not look like what is asked for." in page.session_state["summary"]
    (listed,) = (each.value for each in page.markdown)
    assert listed.splitlines()[0] == "- row 0, column 2: 0 asked for, coloured as 192 to 255"
    assert len(listed.splitlines()) == 2


def test_a_long_list_is_cut() -> None:
    page = shown(worksheet("bits", *((0, column) for column in range(14)), (1, 0)))
    (listed,) = (each.value for each in page.markdown)
    assert len(listed.splitlines()) == 13
    assert listed.splitlines()[-1] == "- and 3 more"


def test_a_sheet_without_a_mistake_is_praised_in_one_sentence() -> None:
    page = shown(worksheet("bits"))
    assert page.session_state["summary"] == (
        "A worksheet, *Colour a digit from 0 and 1*. All 196 cells are what is asked for."
    )
    assert not page.markdown


def test_one_wrong_cell_is_one() -> None:
    page = shown(worksheet("bits", (3, 3)))
    assert "**1 of 196** cell does not" in page.session_state["summary"]


def test_where_the_squares_are_unreadable_only_the_cells_are_shown() -> None:
    page = shown(worksheet("four-greys", (3, 3), is_asked_known=False))
    assert "could not be read" in page.session_state["summary"]
    assert len(tables(page)) == 1
    assert "class='wrong'" not in tables(page)[0]
    assert not page.markdown


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_of_a_worksheet_comes_onto_the_canvas(root: Path, kind: str) -> None:
    levels, random = KINDS[kind].levels_of(THREE), np.random.default_rng(2)
    sheet = coloured(printed(THREE, kind), kind, levels, "grey felt pens", random)
    photo = photographed(sheet, Shot(size=(900, 1200), tilt=5), random)
    page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60).run()

    def reading() -> None:
        import streamlit as st

        from pixelviz.page import import_dialog, worksheet_result

        if "read" not in st.session_state:
            chosen = import_dialog.Chosen("photo.jpg", st.session_state["content"])
            st.session_state["read"] = import_dialog._open(chosen)
        worksheet_result.show(st.session_state["read"].worksheet)

    inner = AppTest.from_function(reading, default_timeout=60)
    inner.session_state["content"] = photo
    inner.run()
    assert not inner.exception
    imported = inner.session_state["read"]
    assert imported.worksheet.kind_name == kind
    assert imported.summary.startswith("A worksheet")
    inner.button(key="use_worksheet").click().run()
    for key in ("placement", "changed_settings"):
        if key in inner.session_state:
            page.session_state[key] = inner.session_state[key]
    page.run()
    assert not page.exception
    grid = page.session_state["shown"].grid
    assert np.array_equal(grid, KINDS[kind].grid_of(imported.worksheet.coloured))
    assert np.mean(imported.worksheet.coloured == levels) >= 0.99
