"""The canvas: a person draws on it, with a pen or an eraser, and it gives ink."""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import st_canvas

from pixelviz import ink, samples
from pixelviz.errors import DrawingError
from pixelviz.page import frame
from pixelviz.spec import SIDE, Grid, Ink

KEY = "canvas"
TOOL_KEY = "tool"
PEN_WIDTH_KEY = "pen_width"
"""Under these two the session keeps what the tools are set to."""

SIDE_PX = ink.PAPER_PX
PEN_WIDTH_PX = 24
PEN_WIDTHS_PX = (8, 48, PEN_WIDTH_PX)
"""The smallest pen, the largest, and the one to start with."""

PAPER, PEN = "#000000", "#ffffff"
HISTORY_LENGTH = 50

FabricObject: TypeAlias = dict[str, Any]
"""One stroke, as the canvas's library, Fabric.js, writes it."""


@dataclass
class _Placed:
    """What was put on the canvas by a button, for the canvas to load and Undo to take back.

    Attributes:
        strokes: The strokes that the canvas is to start from.
        base: How many of them are there for good; Undo takes back the later ones one by one.
        number: Grows with each placing: the canvas loads only what differs from the last.
        replaced: What the canvas sent before. As long as it sends that, it has not yet loaded the
            new strokes.
        history: The strokes and the base before each Clear or example, the latest last.
    """

    strokes: list[FabricObject] = field(default_factory=list)
    base: int = 0
    number: int = 0
    replaced: list[FabricObject] | None = None
    history: list[tuple[list[FabricObject], int]] = field(default_factory=list)


def show() -> Ink:
    """Show the canvas and return what is drawn on it.

    Returns:
        (280, 280) uint8, 0 paper, 255 full ink; all 0 where nothing is drawn, and where what the
        canvas sent cannot be read, after saying so.
    """
    with st.container(key="drawing", gap="xsmall"):
        st.html(f"<h2>Canvas <small>{SIDE_PX} × {SIDE_PX} points</small></h2>")
        try:
            return _read()
        except DrawingError as error:
            frame.say(error)
            return np.zeros((SIDE_PX, SIDE_PX), np.uint8)


def clear() -> None:
    """Take everything off the canvas."""
    _replace([])


def place_example(digit: int) -> None:
    """Put an example of a digit on the canvas, in place of what is there."""
    strokes = samples.strokes_of(digit)
    _replace(
        [
            stroke_of([(x * SIDE_PX, y * SIDE_PX) for x, y in stroke], PEN_WIDTH_PX)
            for stroke in strokes
        ]
    )


def place_grid(grid: Grid) -> None:
    """Put a grid on the canvas, each pixel as a square of points, in place of what is there.

    Args:
        grid: (28, 28) uint8. All views then show exactly this grid, as drawn; framed too, if it
            lies in MNIST's frame.
    """
    squares = grid.repeat(SIDE_PX // SIDE, axis=0).repeat(SIDE_PX // SIDE, axis=1)
    stream = io.BytesIO()
    Image.fromarray(squares).convert("RGBA").save(stream, "PNG")
    source = "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode("ascii")
    corner = {"originX": "left", "originY": "top", "left": 0, "top": 0}
    size = {"width": SIDE_PX, "height": SIDE_PX, "strokeWidth": 0}
    _replace([{"type": "Image", "src": source, **corner, **size}])


def undo() -> None:
    """Take back the last stroke, or the Clear or example that came after it."""
    placed, strokes = _placed(), _strokes_now()
    if len(strokes) > placed.base:
        _place(strokes[:-1], placed.base)
    elif placed.history:
        _place(*placed.history.pop())


def _read() -> Ink:
    placed = _placed()
    erasing = st.session_state.get(TOOL_KEY) == "eraser"
    try:
        result = st_canvas(
            stroke_width=st.session_state.get(PEN_WIDTH_KEY, PEN_WIDTH_PX),
            stroke_color=PAPER if erasing else PEN,
            background_color=PAPER,
            width=SIDE_PX,
            height=SIDE_PX,
            initial_drawing={"objects": placed.strokes, "placed": placed.number},
            return_image_data=True,
            key=KEY,
        )
        png = result.image_bytes
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DrawingError("Expected a drawing, got an odd message.", ink.TRY_AGAIN) from error
    if png is None:  # before the first stroke
        return np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    return ink.from_rgba(ink.decode_png(png, width_px=SIDE_PX, height_px=SIDE_PX))


def _placed() -> _Placed:
    placed: _Placed = st.session_state.setdefault("placed", _Placed())
    return placed


def _sent() -> list[FabricObject] | None:
    """Return the strokes that the canvas last sent, or None where it has sent none yet."""
    try:
        strokes = st.session_state[KEY]["drawing"]["raw"]["objects"]
    except (KeyError, TypeError):
        return None
    return strokes if isinstance(strokes, list) else None


def _strokes_now() -> list[FabricObject]:
    """Return the strokes that are on the canvas, or will be once it has loaded them."""
    placed, sent = _placed(), _sent()
    return placed.strokes if sent is None or sent == placed.replaced else sent


def _place(strokes: list[FabricObject], base: int) -> None:
    placed = _placed()
    placed.replaced = _sent()
    placed.strokes, placed.base, placed.number = strokes, base, placed.number + 1


def _replace(strokes: list[FabricObject]) -> None:
    placed, before = _placed(), _strokes_now()
    if before:
        placed.history = [*placed.history, (before, placed.base)][-HISTORY_LENGTH:]
    _place(strokes, base=len(strokes))


def stroke_of(points_px: Sequence[tuple[float, float]], pen_width_px: float) -> FabricObject:
    """Return a stroke through some points as a canvas's own pen would have drawn it.

    Like the pen, it bends towards each point and passes half-way between two.

    Args:
        points_px: At least two, x and y in the canvas's pixels.
        pen_width_px: The pen's width.
    """
    path: list[list[str | float]] = [["M", *points_px[0]]]
    for point, following in pairwise(points_px[1:]):
        path.append(["Q", *point, (point[0] + following[0]) / 2, (point[1] + following[1]) / 2])
    path.append(["L", *points_px[-1]])
    return {
        "type": "Path",
        "path": path,
        "stroke": PEN,
        "strokeWidth": pen_width_px,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
        "fill": None,
    }
