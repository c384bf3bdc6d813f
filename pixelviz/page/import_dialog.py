"""The dialog that brings a digit onto the canvas from a photo or a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pixelviz import raster
from pixelviz.arrays import Ink
from pixelviz.errors import PhotoError, PixelvizError
from pixelviz.formats import csv_file, npy_file
from pixelviz.page import canvas, layout, placement, state
from pixelviz.page.lesson.figures import Figure, show_figures
from pixelviz.photo import image_file
from pixelviz.photo.reading import DIGITS_MAX, THUMBNAIL_PX, Reading
from pixelviz.server import photo_process

TOO_LARGE = (
    f"<p class='too_large'>The file was not taken: it is larger than {image_file.BYTES_MAX >> 20} "
    f"MB, or the connection was lost. {image_file.MAKE_SMALLER}</p>"
)
"""What the style sheet shows where the browser itself refuses a file."""

STEP_PX = THUMBNAIL_PX[0] // 2
"""How wide each step of a photo is shown."""


@dataclass(frozen=True)
class Chosen:
    """A photo or a file that is yet to be read."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Imported:
    """What came of a photo or a file.

    Attributes:
        summary: What it was, in one sentence.
        steps: The steps from a photo to ink.
        digits: The ink of each digit that was found, (280, 280) each, where there are several.
        problem: Why nothing came of it.
        number: The number of the placement that put its digit on the canvas, if any did.
    """

    summary: str = ""
    steps: tuple[Figure, ...] = ()
    digits: tuple[Ink, ...] = ()
    problem: PixelvizError | None = None
    number: int | None = None


def show() -> None:
    """Show the button that opens a photo or a file."""
    if st.button("Photo or file", key="sources", icon=":material/image:"):
        st.session_state[state.IMPORTED] = None
        _dialog()


@st.dialog("A digit from a photo or a file", width="large", on_dismiss="rerun")
def _dialog() -> None:
    upload, camera = st.tabs(["File", "Camera"], on_change="rerun", key="source")
    with upload:
        st.file_uploader(
            "A photo of a digit on paper, or a file of its values",
            key=state.UPLOAD,  # of any type: the browser would refuse others without words
            on_change=_take,
            args=(state.UPLOAD,),
            help="PNG, JPEG or WebP; CSV or NPY with 784 or 28 × 28 values.",
        )
        st.html(TOO_LARGE)
    with camera:
        if camera.open:  # the browser asks for the camera only now
            st.camera_input(
                "One digit on paper, or a few",
                key=state.CAMERA,
                on_change=_take,
                args=(state.CAMERA,),
            )
    opened: Chosen | Imported | None = st.session_state.get(state.IMPORTED)
    if isinstance(opened, Chosen):
        with st.spinner("Reading the file"):
            opened = st.session_state[state.IMPORTED] = _read(opened)
    if opened is not None:
        _show(opened)
        if st.button("Back to the page", key="sources_close", type="primary"):
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
    if isinstance(before, Imported) and before.number == placement.current().number:
        placement.undo()
    if isinstance(file, UploadedFile):
        imported = Chosen(file.name, file.getvalue())
    elif file is not None:  # it went to another server, or to none
        gone = PhotoError("The file is not on the server any more.", "Choose it again.")
        imported = Imported(problem=gone)
    st.session_state[state.IMPORTED] = imported


def _read(chosen: Chosen) -> Imported:
    """Read a photo or a file, and put its digit on the canvas if it has one."""
    before = placement.current().number
    try:
        imported = _open(chosen.name, chosen.content)
    except PixelvizError as error:
        return Imported(problem=error)
    number = placement.current().number
    return replace(imported, number=number if number != before else None)


def _open(name: str, content: bytes) -> Imported:
    kind = PurePath(name).suffix.lower()
    if kind == ".csv":
        labelled = csv_file.decode(content)
        canvas.place_grid(labelled.grid)
        label = "" if labelled.label is None else f", labelled {labelled.label}"
        return Imported(f"784 integers{label}: they are on the canvas now.")
    if kind == ".npy":
        canvas.place_grid(npy_file.decode(content))
        return Imported("784 values: they are on the canvas now.")
    photo = photo_process.read(content)
    if isinstance(photo, np.ndarray):
        is_framed = canvas.place_picture(photo)
        return Imported(
            "A picture of 28 × 28 pixels, framed as MNIST's digits are: it is on the canvas now, "
            "as it came."
            if is_framed
            else "A picture of 28 × 28 pixels: it is on the canvas now. It is not framed as "
            "MNIST's digits are, so the page frames it. *As drawn* shows it as it came."
        )
    if not photo.digits:
        return Imported(
            steps=_steps(photo),
            problem=PhotoError(
                "Expected a digit on the paper, found no ink that stands out.",
                "Move closer, use more even light, or write with a thicker pen.",
            ),
        )
    if len(photo.digits) == 1:
        canvas.place_ink(photo.digits[0])
        return Imported("One digit: it is on the canvas now.", _steps(photo))
    which = "choose one"
    if photo.digits_found > DIGITS_MAX:
        which = f"choose one of the first {DIGITS_MAX}"
    return Imported(f"{photo.digits_found} digits: {which}.", _steps(photo), photo.digits)


def _steps(photo: Reading) -> tuple[Figure, ...]:
    pen = "light on dark" if photo.is_light_on_dark else "dark on light"
    return (
        Figure(photo.grey, "1. Original", "grey, upright"),
        Figure(photo.paper, "2. Paper", "the sheet, cut out" if photo.has_sheet else "all of it"),
        Figure(photo.flat, "3. Even light", pen),
        Figure(photo.ink, "4. Ink", "paper 0, ink 255"),
    )


def _show(opened: Imported) -> None:
    if opened.problem is not None:
        layout.show_error(opened.problem)
    else:
        st.markdown(opened.summary)
    if opened.digits:
        _offer(opened.digits)
    if opened.steps:
        show_figures(opened.steps, width_px=STEP_PX)


def _offer(digits: Sequence[Ink]) -> None:
    with st.container(horizontal=True, gap="small", key="found_digits"):
        for number, ink in enumerate(digits, start=1):
            with st.container(width=84, gap="xsmall"):
                show_figures([Figure(raster.to_grid(ink), "")], width_px=80)
                if st.button(f"Use no. {number}", key=f"use_{number}"):
                    canvas.place_ink(ink)
                    st.rerun()  # which closes the dialog
