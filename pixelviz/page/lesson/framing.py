"""Chapter Framing: the way from the drawing into MNIST's frame, as a film strip."""

import numpy as np
import streamlit as st

from pixelviz import raster
from pixelviz.arrays import LENGTH, SIDE, Grid, Ink
from pixelviz.data import mnist
from pixelviz.framing import CENTRE, FIT_SIDE, Frame, frame_like_mnist
from pixelviz.ink import PAPER_PX
from pixelviz.page import settings
from pixelviz.page.background import rerun_when_done
from pixelviz.page.lesson import placing, prediction_table
from pixelviz.page.lesson.figures import Drawing, Figure, show_figures, tell
from pixelviz.resample import average
from pixelviz.server import mnist_loader

CORNER_PX, CORNER_MARGIN_PX = 80, 10
"""How long the longer side of a digit put into the corner is, and how far from the edges."""


def show(drawing: Drawing) -> None:
    """Show each step of framing, the answers with and without it, and that it keeps a frame."""
    tell(
        "In MNIST the longer side of a digit is 20 pixels long, and the digit sits in the "
        "middle: the digits are **framed**. The "
        "models learned from pictures framed in this way. With *Framed like MNIST*, your drawing "
        "is cropped, scaled and centred too; with *As drawn*, it is not. "
        + (
            "The page is set to *As drawn*, so its own answer is the one without framing."
            if settings.framing() == "drawn"
            else "The page is set to *Framed like MNIST*."
        )
    )
    frame = frame_like_mnist(drawing.ink)
    if frame is None:
        return
    drawn = raster.as_drawn(drawing.ink)
    st.button(
        "Put the digit small into a corner",
        key="into_corner",
        on_click=_place_into_corner,
        args=(frame.crop,),
    )
    show_figures(_film(drawing, frame), width_px=190, arranged="film")
    st.markdown("**With and without framing**")
    pictures_side, answers_side = st.columns([1.2, 1.3], gap="medium")
    with pictures_side:
        show_figures(
            [
                Figure(drawn, "As drawn", "the whole canvas, shrunk"),
                Figure(frame.grid, "Framed", "like MNIST's digits"),
            ],
            width_px=140,
        )
    with answers_side:
        prediction_table.show_for_grids(
            {"as drawn": drawn, "framed": frame.grid}, prediction_table.models()
        )
    st.markdown("**The proof: framing a framed digit changes nothing**")
    show_figures([_proof(frame.grid), *_mnist_proof(frame.grid)], width_px=216)
    if mnist.download_progress() < 1:
        st.caption(
            "MNIST's own digits do not change either, except 17 of the 70,000. See for yourself: "
            "download them in the chapter Data and come back."
        )


def _film(drawing: Drawing, frame: Frame) -> list[Figure]:
    height, width = drawing.ink.shape
    crop_height, crop_width = frame.crop.shape
    fitted_height, fitted_width = frame.fitted.shape
    row, column = frame.centre
    top, left = frame.offset
    is_centred = max(abs(row + top - CENTRE), abs(column + left - CENTRE)) <= 0.5
    return [
        Figure(drawing.ink, "1. Drawn", f"{width} × {height} points"),
        Figure(
            _on_paper(frame.crop),
            "2. Cropped",
            f"{crop_width} × {crop_height} points, from column {frame.left}, row {frame.top} on",
        ),
        Figure(
            _on_paper(frame.fitted),
            f"3. Fitted into {FIT_SIDE} × {FIT_SIDE}",
            f"{fitted_width} × {fitted_height} pixels, each the average of the points it covers",
        ),
        Figure(
            frame.grid,
            f"4. Centred by mass in {SIDE} × {SIDE}",
            f"The centre of mass, the average place of the ink, was at row {row:.1f}, column "
            f"{column:.1f}. It moved {top} rows down and {left} columns to the right, to row "
            f"{row + top:.1f}, column {column + left:.1f}: as near to row {CENTRE:.0f}, column "
            f"{CENTRE:.0f} as "
            + ("whole pixels allow" if is_centred else "the edges of the picture allow"),
        ),
    ]


def _place_into_corner(crop: Ink) -> None:
    """Replace the drawing by the same digit, small and in the corner at the top left."""
    scale = CORNER_PX / max(crop.shape)
    height, width = (max(1, round(scale * length)) for length in crop.shape)
    paper = np.zeros((PAPER_PX, PAPER_PX), np.uint8)
    rows, columns = (
        slice(CORNER_MARGIN_PX, CORNER_MARGIN_PX + length) for length in (height, width)
    )
    paper[rows, columns] = average(crop, height, width)
    placing.place_ink(paper)


def _on_paper(picture: Grid) -> Grid:
    """Return a picture in the middle of square paper, so that its shape is seen."""
    side = max(picture.shape)
    paper = np.zeros((side, side), np.uint8)
    top, left = ((side - length) // 2 for length in picture.shape)
    paper[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return paper


def _proof(grid: Grid) -> Figure:
    again = raster.to_grid(grid)
    same = int((again == grid).sum())
    if same == LENGTH:
        caption = f"all {LENGTH} pixels are the same: it is in MNIST's frame already"
    else:  # the border of the fitted picture has lost its ink, so the digit is enlarged once more
        caption = (
            f"{same} of {LENGTH} pixels are the same: ink at the edge of your drawing was so faint "
            "that its pixels became paper. Without them the digit is smaller, and is scaled again."
        )
    return Figure(again, "Yours, framed once more", caption)


def _mnist_proof(grid: Grid) -> list[Figure]:
    """Return a digit of MNIST and the same digit framed; none before MNIST is loaded."""
    if mnist.download_progress() < 1:
        return []
    loading = mnist_loader.load_async()
    if not loading.done():
        rerun_when_done(loading)
        return []
    if loading.exception():
        return []
    grids = loading.result().x_train
    number = int(grid.sum()) % len(grids)  # another one for each drawing
    again = raster.to_grid(grids[number])
    same = int((again == grids[number]).sum())
    share = f"all {LENGTH}" if same == LENGTH else f"{same} of its {LENGTH}"
    return [
        Figure(grids[number], f"MNIST's {number:,}", "as it is in the data set"),
        Figure(
            again,
            f"MNIST's {number:,}, framed",
            f"{share} pixels stayed as they were. The same is true of all but 17 of the 70,000.",
        ),
    ]
