"""Chapter 3, Framing: the way from the drawing into MNIST's frame, as a film strip."""

import numpy as np
import streamlit as st

from pixelviz import mnist, raster
from pixelviz.page.chapters import answers
from pixelviz.page.chapters.telling import Drawing, Figure, show_figures, tell
from pixelviz.page.digits import digits
from pixelviz.raster import CENTRE, FIT_SIDE, Frame
from pixelviz.spec import LENGTH, Grid


def show(drawing: Drawing) -> None:
    """Show each step of framing, the answers with and without it, and that it keeps a frame."""
    tell(
        "You may draw your digit large or small, in the middle or in a corner. MNIST's digits are "
        "all **framed** the same way, and the models have seen no others. So your drawing is cut "
        "out, fitted and centred like them before anyone reads it."
    )
    frame = raster.frame_like_mnist(drawing.ink)
    if frame is None:
        return
    drawn = raster.as_drawn(drawing.ink)
    show_figures(_film(drawing, frame), width_px=160)
    pictures_side, answers_side = st.columns([1.4, 1], gap="medium")
    with pictures_side:
        show_figures(
            [
                Figure(drawn, "Without framing", "the whole canvas shrunk to 28 × 28"),
                Figure(frame.grid, "With framing", "what the models get"),
                _proof(frame.grid),
                *_mnist_proof(frame.grid),
            ],
            width_px=160,
        )
    with answers_side:
        if ready := answers.models():
            models_card, models = ready
            titles = {model.name: model.title for model in models_card.models}
            answers.show(
                ["framed", "as drawn"],
                {
                    titles[name]: answers.to_each(model, [frame.grid, drawn])
                    for name, model in models.items()
                },
                "What each model reads with and without the frame",
            )


def _film(drawing: Drawing, frame: Frame) -> list[Figure]:
    height, width = drawing.ink.shape
    crop_height, crop_width = frame.crop.shape
    fitted_height, fitted_width = frame.fitted.shape
    row, column = frame.centre
    top, left = frame.offset
    return [
        Figure(drawing.ink, "1. Drawn", f"{width} × {height} points"),
        Figure(
            _on_paper(frame.crop),
            "2. Cropped",
            f"{crop_width} × {crop_height} points, from column {frame.left}, row {frame.top}",
        ),
        Figure(
            _on_paper(frame.fitted),
            f"3. Fitted into {FIT_SIDE} × {FIT_SIDE}",
            f"{fitted_width} × {fitted_height} pixels, each the average of its part",
        ),
        Figure(
            frame.grid,
            "4. Centred by mass",
            f"the ink's centre, row {row:.1f}, column {column:.1f} of the fitted picture, goes to "
            f"{CENTRE:.0f}, {CENTRE:.0f}: {top} rows down, {left} columns to the right",
        ),
    ]


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
        caption = (
            f"all {LENGTH} pixels are the same: it is in MNIST's frame already. So are MNIST's "
            "own digits, all but 17 of the 70,000."
        )
    else:  # the fitted picture's border holds no ink any more, so it is enlarged once more
        caption = (
            f"{same} of {LENGTH} pixels are the same: ink at the edge of your drawing was so faint "
            "that its pixels became paper. Without them the digit is smaller, and is fitted anew."
        )
    return Figure(again, "Framed once more", caption)


def _mnist_proof(grid: Grid) -> list[Figure]:
    """Return a digit of MNIST, framed; none before MNIST is on this machine and read."""
    if mnist.fetched() < 1:
        return []
    fetching = digits()
    if not fetching.done() or fetching.exception():
        return []
    grids = fetching.result().grids
    number = int(grid.sum()) % len(grids)  # any will do, so each drawing brings another one
    again = raster.to_grid(grids[number])
    same = int((again == grids[number]).sum())
    share = f"all {LENGTH}" if same == LENGTH else f"{same} of its {LENGTH}"
    return [
        Figure(
            again,
            f"MNIST's {number:,}, framed",
            f"{share} pixels stayed as they were",
        )
    ]
