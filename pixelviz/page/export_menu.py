"""The menu "Share or save": a link, files, lines of Python and worksheets of the digit."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from pixelviz.arrays import Grid
from pixelviz.errors import SharingError
from pixelviz.formats import csv_file, npy_file, png_file, python_code, share_link, worksheet
from pixelviz.formats.share_link import Settings
from pixelviz.model.classifier import Prediction
from pixelviz.page import layout, settings, state
from pixelviz.raster import is_empty
from pixelviz.server import run_lock

ENLARGED_PX = 20
"""How wide a pixel is in the large picture."""


WORKSHEETS = {
    "bits": "14 × 14, 0 and 1",
    "four-greys": "14 × 14, four greys",
    "integers": "28 × 28, 0 to 255",
}
"""The kinds of worksheets, the easiest first."""


@dataclass(frozen=True)
class Shown:
    """What the views show: the grid, and the digit that the chosen model is sure of."""

    grid: Grid
    digit: int | None


def keep(grid: Grid, answer: Prediction | None) -> None:
    """Keep what the views show, for the menu to offer.

    Args:
        grid: (28, 28) uint8.
        answer: The prediction of the chosen model, if there is one.
    """
    before: Shown | None = st.session_state.get(state.SHOWN)
    digit = answer.digit if answer and answer.is_sure else None
    st.session_state[state.SHOWN] = Shown(grid, digit)
    is_new = before is None or before.digit != digit or not np.array_equal(before.grid, grid)
    if is_new and st.session_state.get(state.EXPORT_MENU):
        st.rerun()  # the menu is open, and offers another digit than the one that is shown


@st.fragment
@run_lock.serialized
@layout.reports_errors
def show() -> None:
    """Show the menu. What it offers is made only while it is open."""
    with st.container(key="exports"):
        menu = st.popover(
            "Share or save", key=state.EXPORT_MENU, icon=":material/ios_share:", on_change="rerun"
        )
        if not menu.open:
            return
        shown: Shown = st.session_state[state.SHOWN]
        with menu:
            if is_empty(shown.grid):
                st.caption("Draw a digit first: then it can be shared and saved here.")
            else:
                _show_link(shown.grid)
                _show_files(shown.grid, shown.digit)
                _show_worksheets(shown.grid, shown.digit)
                _show_python(shown.grid)
            _show_afresh()


def _show_link(grid: Grid) -> None:
    st.markdown("**Link**: opens this page with your digit, anywhere it is served")
    try:  # a browser can send any name for a model or a chapter
        shared = Settings(
            settings.framing(),
            model=st.session_state.get(state.MODEL),
            chapter=st.session_state.get(state.CHAPTER),
        )
        link = share_link.to_link(grid, shared, address=st.context.url or "http://localhost:8501")
    except SharingError as error:
        layout.show_error(error)
        return
    st.code(link, language=None, wrap_lines=True)


def _show_files(grid: Grid, digit: int | None) -> None:
    st.markdown("**Files**")
    contents: dict[str, tuple[str | bytes, str, str]] = {
        "CSV": (csv_file.encode(grid, label=digit), "digit.csv", "text/csv"),
        "NPY": (npy_file.encode(grid), "digit.npy", "application/octet-stream"),
        "PNG, 28 × 28": (png_file.encode(grid), "digit.png", "image/png"),
        "PNG, large": (png_file.encode(grid, pixel_px=ENLARGED_PX), "digit-large.png", "image/png"),
    }
    _show_downloads(contents)
    st.caption("CSV as usual for MNIST: first the digit that the model reads, then 784 integers.")


def _show_worksheets(grid: Grid, digit: int | None) -> None:
    st.markdown("**Worksheets, A4**: numbers to colour in; the answer is on the second page")
    contents: dict[str, tuple[str | bytes, str, str]] = {}
    for kind, title in WORKSHEETS.items():
        name = f"worksheet-{kind}.pdf"
        contents[title] = (worksheet.to_pdf(grid, kind=kind, digit=digit), name, "application/pdf")
    _show_downloads(contents)


def _show_downloads(contents: Mapping[str, tuple[str | bytes, str, str]]) -> None:
    """Show a button for each file: by its label the content, the file's name and its type."""
    with st.container(horizontal=True, gap="xsmall"):
        for label, (content, name, mime) in contents.items():
            st.download_button(label, content, name, mime, key=f"save_{name}", on_click="ignore")


def _show_python(grid: Grid) -> None:
    st.markdown("**Python**: the same digit in a notebook")
    try:
        lines = python_code.generate(
            grid, model=st.session_state.get(state.MODEL) or "convolutional"
        )
    except SharingError as error:
        layout.show_error(error)
        return
    # Without colours, whose contrast is too low, and without a box that only a mouse can scroll.
    st.code(lines, language=None, wrap_lines=True)


def _show_afresh() -> None:
    st.markdown("**On a shared computer**: leave nothing for the next person")
    # The browser does it (pen/kept_drawing.js): what it has kept, the server cannot wipe.
    st.button("Start afresh", key="afresh", icon=":material/restart_alt:")
    st.caption("Wipes the drawing, your results and the settings. They cannot be brought back.")
