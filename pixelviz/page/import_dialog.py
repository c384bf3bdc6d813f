"""The dialog that brings a digit onto the canvas from a photo or a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pixelviz import raster
from pixelviz.arrays import Ink
from pixelviz.errors import PhotoError, PixelvizError
from pixelviz.formats import csv_file, npy_file
from pixelviz.ink import fit_to_canvas
from pixelviz.page import canvas, layout, state
from pixelviz.page.lesson.figures import Figure, show_figures
from pixelviz.photo import extraction, image_file
from pixelviz.photo.extraction import Extraction

TOO_LARGE = (
    f"<p class='too_large'>The file was not taken: it is larger than {image_file.BYTES_MAX >> 20} "
    f"MB, or the connection was lost. {image_file.MAKE_SMALLER}</p>"
)
"""What the style sheet shows where the browser itself refuses a file."""

STEP_PX = 130
"""How wide each step of a photo is shown."""

MAX_DIGITS = 12
"""How many digits of one photo are offered at most."""


@dataclass(frozen=True)
class Imported:
    """What came of a photo or a file.

    Attributes:
        summary: What it was, in one sentence.
        steps: The steps from a photo to ink.
        digits: The ink of each digit that was found, (280, 280) each, where there are several.
        problem: Why nothing came of it.
    """

    summary: str = ""
    steps: tuple[Figure, ...] = ()
    digits: tuple[Ink, ...] = ()
    problem: PixelvizError | None = None


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
    opened: Imported | None = st.session_state.get(state.IMPORTED)
    if opened is not None:
        _show(opened)
        if st.button("Back to the page", key="sources_close", type="primary"):
            st.rerun()


def _take(key: str) -> None:
    """Read what was uploaded or photographed, and put its digit on the canvas if it has one."""
    file = st.session_state.get(key)
    if file is None:  # it was taken off the list again
        st.session_state[state.IMPORTED] = None
        return
    try:
        if not isinstance(file, UploadedFile):  # it went to another server, or to none
            raise PhotoError("The file is not on the server any more.", "Choose it again.")
        st.session_state[state.IMPORTED] = _open(file.name, file.getvalue())
    except PixelvizError as error:
        st.session_state[state.IMPORTED] = Imported(problem=error)


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
    grey = image_file.decode(content)
    grid = extraction.as_grid(grey)
    if grid is not None:
        canvas.place_grid(grid)
        return Imported("A picture of 28 × 28 pixels: it is on the canvas now, as it is.")
    extracted = extraction.extract(grey)
    digits = tuple(fit_to_canvas(digit.ink) for digit in extracted.digits[:MAX_DIGITS])
    if not digits:
        return Imported(
            steps=_steps(extracted),
            problem=PhotoError(
                "Expected a digit on the paper, found no ink that stands out.",
                "Move closer, use more even light, or write with a thicker pen.",
            ),
        )
    if len(digits) == 1:
        canvas.place_ink(digits[0])
        return Imported("One digit: it is on the canvas now.", _steps(extracted))
    return Imported(f"{len(extracted.digits)} digits: choose one.", _steps(extracted), digits)


def _steps(extracted: Extraction) -> tuple[Figure, ...]:
    pen = "light on dark" if extracted.is_light_on_dark else "dark on light"
    pictures = [
        ("1. Original", extracted.grey, "grey, upright"),
        (
            "2. Paper",
            extracted.paper,
            "all of it" if extracted.sheet is None else "the sheet, cut out",
        ),
        ("3. Even light", extracted.flat, pen),
        ("4. Ink", extracted.ink, "paper 0, ink 255"),
    ]
    return tuple(Figure(_small(pixels), title, caption) for title, pixels, caption in pictures)


def _small(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a picture at twice the size that it is shown at."""
    image = Image.fromarray(pixels)
    image.thumbnail((2 * STEP_PX, 4 * STEP_PX))
    return np.asarray(image)


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
