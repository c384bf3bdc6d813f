"""Photos, files and links: what else than the pen brings a digit onto the canvas."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from pixelviz import raster
from pixelviz.arrays import Grid, Ink
from pixelviz.errors import PhotoError, PixelvizError, SharingError
from pixelviz.formats import csv_file, npy_file, share_link
from pixelviz.formats.share_link import DRAWING_KEY
from pixelviz.ink import on_paper
from pixelviz.page import canvas, layout
from pixelviz.page.lesson.figures import Figure, show_figures
from pixelviz.page.prediction import MODEL_KEY
from pixelviz.photo import extraction, image_file
from pixelviz.photo.extraction import Extraction

UPLOAD_KEY, CAMERA_KEY = "upload", "camera"
KINDS = ["png", "jpg", "jpeg", "webp", "csv", "npy"]
STEP_PX = 130
"""How wide each step of a photo is shown."""

MOST = 12
"""So many digits of one photo are offered."""


@dataclass(frozen=True)
class _Opened:
    """What came of a photo or a file.

    Attributes:
        said: What it was, in one sentence.
        steps: A photo's way to ink.
        digits: The ink of each digit that was found, (280, 280) each, where there are several.
        problem: Why nothing came of it.
    """

    said: str = ""
    steps: tuple[Figure, ...] = ()
    digits: tuple[Ink, ...] = ()
    problem: PixelvizError | None = None


def show() -> None:
    """Show the button that opens a photo or a file."""
    if st.button("Photo or file", key="sources", icon=":material/image:"):
        st.session_state["opened"] = None
        _dialog()


@st.dialog("A digit from a photo or a file", width="large", on_dismiss="rerun")
def _dialog() -> None:
    upload, camera = st.tabs(["File", "Camera"], on_change="rerun", key="source")
    with upload:
        st.file_uploader(
            "A photo of a digit on paper, or a file of its values",
            KINDS,
            key=UPLOAD_KEY,
            on_change=_take,
            args=(UPLOAD_KEY,),
            help="PNG, JPEG or WebP; CSV or NPY with 784 or 28 × 28 values.",
        )
    with camera:
        if camera.open:  # the browser asks for the camera only now
            st.camera_input(
                "One digit on paper, or a few",
                key=CAMERA_KEY,
                on_change=_take,
                args=(CAMERA_KEY,),
            )
    opened: _Opened | None = st.session_state.get("opened")
    if opened is not None:
        _show(opened)
        if st.button("Back to the page", key="sources_close", type="primary"):
            st.rerun()


def open_link() -> None:
    """Put what the page's address carries on the canvas, once, before anything else is shown."""
    if "link_problem" not in st.session_state:
        st.session_state["link_problem"] = None
        try:
            _place_linked()
        except SharingError as error:
            st.session_state["link_problem"] = error
    problem = st.session_state["link_problem"]
    if problem is not None and canvas.is_empty():
        layout.say(problem)


def _place_linked() -> None:
    shared = share_link.from_query(st.query_params.to_dict())
    if shared.settings.model:
        st.session_state[MODEL_KEY] = shared.settings.model
    if shared.grid is not None:
        st.session_state[canvas.FRAMING_KEY] = shared.settings.framing
        canvas.place_grid(shared.grid)
        st.session_state["linked"] = shared.grid


def keep_address_true(grid: Grid) -> None:
    """Take the drawing out of the page's address as soon as another one is shown."""
    linked = st.session_state.get("linked")
    if linked is not None and not np.array_equal(grid, linked):
        st.session_state["linked"] = None
        for name in (DRAWING_KEY, "framing", "model"):
            st.query_params.pop(name, None)


def _take(key: str) -> None:
    """Read what was uploaded or photographed, and put its digit on the canvas if it has one."""
    file = st.session_state.get(key)
    if file is None:  # it was taken off the list again
        st.session_state["opened"] = None
        return
    try:
        st.session_state["opened"] = _open(file.name, file.getvalue())
    except PixelvizError as error:
        st.session_state["opened"] = _Opened(problem=error)


def _open(name: str, content: bytes) -> _Opened:
    kind = PurePath(name).suffix.lower()
    if kind == ".csv":
        labelled = csv_file.decode(content)
        canvas.place_grid(labelled.grid)
        label = "" if labelled.label is None else f", labelled {labelled.label}"
        return _Opened(f"784 integers{label}: they are on the canvas now.")
    if kind == ".npy":
        canvas.place_grid(npy_file.decode(content))
        return _Opened("784 values: they are on the canvas now.")
    grey = image_file.decode(content)
    grid = extraction.as_grid(grey)
    if grid is not None:
        canvas.place_grid(grid)
        return _Opened("A picture of 28 × 28 pixels: it is on the canvas now, as it is.")
    extracted = extraction.extract(grey)
    digits = tuple(on_paper(digit.ink) for digit in extracted.digits[:MOST])
    if not digits:
        return _Opened(
            steps=_steps(extracted),
            problem=PhotoError(
                "Expected a digit on the paper, found no ink that stands out.",
                "Take the photo closer, in more even light, or write with a thicker pen.",
            ),
        )
    if len(digits) == 1:
        canvas.place_ink(digits[0])
        return _Opened("One digit: it is on the canvas now.", _steps(extracted))
    return _Opened(f"{len(extracted.digits)} digits: choose one.", _steps(extracted), digits)


def _steps(extracted: Extraction) -> tuple[Figure, ...]:
    pen = "light on dark" if extracted.is_light_on_dark else "dark on light"
    pictures = [
        ("1. As it came", extracted.grey, "grey, upright"),
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


def _show(opened: _Opened) -> None:
    if opened.problem is not None:
        layout.say(opened.problem)
    else:
        st.markdown(opened.said)
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
