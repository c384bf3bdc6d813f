"""What came of a coloured worksheet: its cells as integers, beside those that are asked for."""

from collections.abc import Iterator

import numpy as np
import streamlit as st

from pixelviz.arrays import PIXEL_MAX, Mask
from pixelviz.page import canvas
from pixelviz.page.lesson.figures import DARK_TEXT_FROM
from pixelviz.photo.worksheet_reading import ColouredWorksheet
from pixelviz.worksheet.kinds import KINDS, Kind, Levels

LISTED_MAX = 12
"""How many wrong cells are listed."""

UNKNOWN = (
    "What is asked for is not known: the code of squares at the sheet's lower edge could not be "
    "read. Compare with the answer key, or take another photo with the code flat and in even light."
)


def summary(worksheet: ColouredWorksheet) -> str:
    """Return what came of a worksheet, in a sentence or two."""
    kind = KINDS[worksheet.kind_name]
    what = f"A worksheet, *{kind.title}*."
    if worksheet.asked is None:
        return f"{what} {UNKNOWN}"
    wrong = np.count_nonzero(worksheet.coloured != worksheet.asked)
    if not wrong:
        return f"{what} All {worksheet.asked.size} cells are what is asked for."
    are = "cell does" if wrong == 1 else "cells do"
    return (
        f"{what} **{wrong} of {worksheet.asked.size}** {are} not look like what is asked for. In a "
        "photo the edge of a shadow can do that too."
    )


def show(worksheet: ColouredWorksheet) -> bool:
    """Show the cells of a worksheet, what is asked for, and a button that takes it over.

    Args:
        worksheet: As it was read.

    Returns:
        Whether it was put on the canvas.
    """
    kind, coloured, asked = KINDS[worksheet.kind_name], worksheet.coloured, worksheet.asked
    if asked is None:
        wrong = np.zeros(coloured.shape, np.bool_)
        tables = _table(coloured, kind, wrong, "Coloured")
    else:
        wrong = coloured != asked
        caption = "Coloured: what differs has a frame" if wrong.any() else "Coloured"
        tables = _table(coloured, kind, wrong, caption) + _table(asked, kind, wrong, "Asked for")
        _list(wrong_cells(worksheet))
    st.html(f"<div class='worksheet-tables'>{tables}</div>")
    if kind.side < len(kind.grid_of(coloured)):
        st.caption("On the canvas each cell becomes 2 × 2 pixels.")
    if st.button("Put it on the canvas", key="use_worksheet", icon=":material/draw:"):
        canvas.place_grid(kind.grid_of(coloured))
        return True
    return False


def wrong_cells(worksheet: ColouredWorksheet) -> Iterator[str]:
    """Return for each cell that is not what is asked for where it is, and what both are.

    Rows and columns count from 0, as the sheet's own numbers do.
    """
    if worksheet.asked is None:
        return
    shades = KINDS[worksheet.kind_name].shades
    for row, column in np.argwhere(worksheet.coloured != worksheet.asked).tolist():
        asked = shades[worksheet.asked[row, column]].numbers
        found = shades[worksheet.coloured[row, column]].numbers
        yield f"row {row}, column {column}: {asked} asked for, coloured as {found}"


def _list(sentences: Iterator[str]) -> None:
    """Show the first of some sentences, and how many more there are."""
    listed = list(sentences)
    lines = [f"- {sentence}" for sentence in listed[:LISTED_MAX]]
    if len(listed) > LISTED_MAX:
        lines.append(f"- and {len(listed) - LISTED_MAX} more")
    if lines:
        st.markdown("\n".join(lines))


def _table(levels: Levels, kind: Kind, wrong: Mask, caption: str) -> str:
    """Return a table of the numbers of some levels, each on its own grey, with the wrong marked."""
    head = "".join(f"<th scope='col'>{column}</th>" for column in range(kind.side))
    rows = "".join(
        f"<tr><th scope='row'>{row}</th>"
        + "".join(_cell(kind, *cell) for cell in zip(values, are_wrong, strict=True))
        + "</tr>"
        for row, (values, are_wrong) in enumerate(zip(levels.tolist(), wrong.tolist(), strict=True))
    )
    size = "large" if kind.side < len(kind.grid_of(levels)) else "small"
    return (
        f"<div class='scroll'><table class='integers worksheet {size}'><caption>{caption}</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(kind: Kind, level: int, is_wrong: bool) -> str:
    grey = round(PIXEL_MAX * level / (len(kind.shades) - 1))
    value, text = kind.values[level], "#000" if grey >= DARK_TEXT_FROM else "#fff"
    marked = " class='wrong'" if is_wrong else ""
    return f"<td{marked} style='color: {text}; background: rgb({grey} {grey} {grey})'>{value}</td>"
