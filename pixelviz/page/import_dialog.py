"""The dialog that brings a digit onto the canvas from a photo or a file."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pixelviz.errors import PhotoError, PixelvizError
from pixelviz.formats import csv_file, npy_file
from pixelviz.page import (
    canvas,
    found_digits,
    layout,
    placement,
    state,
    upright_photo,
    worksheet_result,
)
from pixelviz.page.lesson.figures import Figure, show_figures
from pixelviz.photo import image_file
from pixelviz.photo.boxed_ink import Box
from pixelviz.photo.reading import DIGITS_MAX, THUMBNAIL_PX, FoundDigit, Reading
from pixelviz.photo.worksheet_reading import ColouredWorksheet

TOO_LARGE = (
    f"<p class='too_large'>The file was not taken: it is larger than {image_file.BYTES_MAX >> 20} "
    f"MB, or the connection was lost. {image_file.MAKE_SMALLER}</p>"
)
"""What the style sheet shows where the browser itself refuses a file."""

HELP = (
    "PNG, JPEG or WebP; CSV, NPY or NPZ with 784 or 28 × 28 values a picture, of one picture or a "
    "whole data set, which stays in your browser. The worksheets in *Share or save* "
    "are printed and coloured in by hand: a photo of the whole sheet shows which cells are right."
)

LAY_ON_SIDE = (
    " The photo lay on its side, so it was turned. If it is upside down now, turn it twice more."
)
UPSIDE_DOWN = " The photo was upside down, so it was turned."

STEP_PX = THUMBNAIL_PX[0] // 2
"""How wide each step of a photo is shown."""


@dataclass(frozen=True)
class Chosen:
    """A photo or a file that is yet to be read."""

    name: str
    content: bytes
    turns: int = 0
    """How many quarters a photo is turned to the right before it is read; 4 to leave it as it is,
    0 if nobody has said."""
    box: Box | None = None
    """Where in the photo the person says that the digit is."""


@dataclass(frozen=True)
class Imported:
    """What came of a photo or a file.

    Attributes:
        summary: What it was, in one sentence.
        photo: The steps of a photo, and the digits found in it.
        source: The photo, for it to be turned and read again.
        problem: Why nothing came of it.
        number: The number of the placement that put its digit on the canvas, if any did.
        worksheet: What was coloured, if the photo shows a worksheet.
    """

    summary: str = ""
    photo: Reading | None = None
    source: Chosen | None = None
    problem: PixelvizError | None = None
    number: int | None = None
    worksheet: ColouredWorksheet | None = None


def show() -> None:
    """Show the button that opens a photo or a file."""
    if st.button("Photo or file", key="sources", icon=":material/image:"):
        st.session_state[state.IMPORTED] = None
        st.session_state[state.IMPORTING] = True
    # A run that starts by itself, when the models are loaded, would close it otherwise.
    if st.session_state.get(state.IMPORTING):
        _dialog()


def _leave() -> None:
    st.session_state[state.IMPORTING] = False


@st.dialog("A digit from a photo or a file", width="large", on_dismiss=_leave)
def _dialog() -> None:
    upload, camera = st.tabs(["File", "Camera"], on_change="rerun", key="source")
    with upload:
        st.file_uploader(
            "A photo of digits on paper or of a coloured worksheet, or a file of values",
            key=state.UPLOAD,  # of any type: the browser would refuse others without words
            on_change=_take,
            args=(state.UPLOAD,),
            help=HELP,
        )
        st.html(TOO_LARGE)
    with camera:
        if camera.open:  # the browser asks for the camera only now
            st.camera_input(
                "Digits on paper, or a coloured worksheet",
                key=state.CAMERA,
                on_change=_take,
                args=(state.CAMERA,),
            )
    opened: Chosen | Imported | None = st.session_state.get(state.IMPORTED)
    if isinstance(opened, Chosen):
        with st.spinner("Reading the file"):
            opened = st.session_state[state.IMPORTED] = _read(opened)
    if opened is not None:
        chosen = _show(opened)
        if chosen is not None:
            canvas.place_ink(chosen.ink)
        is_used = opened.worksheet is not None and worksheet_result.show(opened.worksheet)
        if st.button("Back to the page", key="sources_close") or chosen or is_used:
            _leave()
            st.rerun()


def _take(key: str) -> None:
    """Take note of what was uploaded or photographed."""
    file = st.session_state.get(key)
    taken = getattr(file, "file_id", None)
    if taken is not None and taken == st.session_state.get(state.TAKEN):
        return  # Streamlit names it again where a message was on its way when the dialog was closed
    st.session_state[state.TAKEN] = taken
    before: Chosen | Imported | None = st.session_state.get(state.IMPORTED)
    imported: Chosen | Imported | None = None  # if it was taken off the list again
    _take_back(before)
    if isinstance(file, UploadedFile):
        imported = Chosen(file.name, file.getvalue())
    elif file is not None:  # it went to another server, or to none
        gone = PhotoError("The file is not on the server any more.", "Choose it again.")
        imported = Imported(problem=gone)
    st.session_state[state.IMPORTED] = imported
    st.session_state.pop(state.DROPPED, None)


def _turn(opened: Imported, quarters: int) -> None:
    """Read a photo again, turned by some quarters to the right."""
    _take_back(opened)
    if opened.source is not None:
        turns = (opened.source.turns + quarters) % 4 or 4
        st.session_state[state.IMPORTED] = replace(opened.source, turns=turns, box=None)
        st.session_state.pop(state.DROPPED, None)


def _find_in_box(opened: Imported, box: Box) -> None:
    """Read a photo again, with the digit in a box that the person has drawn."""
    _take_back(opened)
    if opened.source is not None:
        st.session_state[state.IMPORTED] = replace(opened.source, box=box)


def _take_back(before: Chosen | Imported | None) -> None:
    """Take a digit off the canvas again that was imported before, if nothing came after it."""
    if isinstance(before, Imported) and before.number == placement.current().number:
        placement.undo()


def _read(chosen: Chosen) -> Imported:
    """Read a photo or a file, and put its digit on the canvas if it has one."""
    before = placement.current().number
    try:
        imported = _open(chosen)
    except PixelvizError as error:
        if chosen.box is None:
            return Imported(problem=error)
        # The photo is shown all the same, for another box to be drawn.
        return replace(_read(replace(chosen, box=None)), summary="", problem=error)
    number = placement.current().number
    return replace(imported, number=number if number != before else None)


def _open(chosen: Chosen) -> Imported:
    kind, content = PurePath(chosen.name).suffix.lower(), chosen.content
    if kind == ".csv":
        labelled = csv_file.decode(content)
        canvas.place_grid(labelled.grid)
        label = "" if labelled.label is None else f", labelled {labelled.label}"
        return Imported(f"784 integers{label}: they are on the canvas now.")
    if kind == ".npy":
        canvas.place_grid(npy_file.decode(content))
        return Imported("784 values: they are on the canvas now.")
    photo = upright_photo.read(content, turns=chosen.turns, box=chosen.box)
    if isinstance(photo, np.ndarray):
        is_framed = canvas.place_picture(photo)
        return Imported(
            "A picture of 28 × 28 pixels, framed as MNIST's digits are: it is on the canvas now, "
            "as it came."
            if is_framed
            else "A picture of 28 × 28 pixels: it is on the canvas now. It is not framed as "
            "MNIST's digits are, so the page frames it. *As drawn* shows it as it came."
        )
    if isinstance(photo, ColouredWorksheet):
        return Imported(worksheet_result.summary(photo), worksheet=photo)
    turned = _turned(photo.turns) if not chosen.turns else ""
    chosen = replace(chosen, turns=photo.turns or 4)  # a box is drawn on it as it is now
    if photo.boxed is not None:
        canvas.place_ink(photo.boxed.ink)
        return Imported("The digit in your box: it is on the canvas now.", photo, chosen)
    if not photo.digits:
        problem = PhotoError(
            "Expected a digit on the paper, found no ink that stands out.",
            "Draw a box around it, or take the photo from nearer, in more even light.",
        )
        return Imported(photo=photo, source=chosen, problem=problem)
    if len(photo.digits) == 1:
        canvas.place_ink(photo.digits[0].ink)
        return Imported(f"One digit: it is on the canvas now.{turned}", photo, chosen)
    which = "choose one"
    if photo.digits_found > DIGITS_MAX:
        which = f"choose one of the first {DIGITS_MAX}"
    summary = f"{photo.digits_found} marks that may be digits: {which}.{turned}"
    return Imported(summary, photo, chosen)


def _turned(quarters: int) -> str:
    """Return what is said of a photo that was turned by itself, by so many quarters."""
    if not quarters:
        return ""
    return UPSIDE_DOWN if quarters == 2 else LAY_ON_SIDE


def _steps(photo: Reading) -> tuple[Figure, ...]:
    pen = "light pen, dark paper" if photo.is_light_on_dark else "dark pen, light paper"
    paper = "the sheet, cut out of it" if photo.has_sheet else "no edge of a sheet: the whole photo"
    return (
        Figure(photo.grey, "1. Original", "grey, upright"),
        Figure(photo.paper, "2. Paper", paper),
        Figure(photo.flat, "3. Even light", pen),
        Figure(photo.ink, "4. Ink", "paper 0, ink 255"),
    )


def _show(opened: Imported) -> FoundDigit | None:
    """Show what came of a photo or a file; return the digit that was chosen."""
    if opened.problem is not None:
        layout.show_error(opened.problem)
    else:
        st.markdown(opened.summary)
    if opened.photo is None:
        return None
    with st.container(horizontal=True, gap="small"):
        for word, icon, quarters in (
            ("Turn left", ":material/rotate_left:", -1),
            ("Turn right", ":material/rotate_right:", 1),
        ):
            key = word.lower().replace(" ", "_")
            st.button(word, key=key, icon=icon, on_click=_turn, args=(opened, quarters))
    chosen = found_digits.show(opened.photo, on_box=partial(_find_in_box, opened))
    show_figures(_steps(opened.photo), width_px=STEP_PX)
    return chosen
