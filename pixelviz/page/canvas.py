"""The canvas: a person draws on it, with a pen or an eraser, and it gives ink."""

import base64
import io
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import st_canvas

from pixelviz import ink, raster
from pixelviz.arrays import SIDE, Grid, Ink
from pixelviz.data import sample_digits
from pixelviz.errors import DrawingError
from pixelviz.page import layout
from pixelviz.raster import Framing

KEY = "canvas"
TOOL_KEY = "tool"
PEN_WIDTH_KEY = "pen_width"
FRAMING_KEY = "framing"
"""Under these three the session keeps what the tools are set to."""

SIDE_PX = ink.PAPER_PX
PEN_WIDTH_PX = 12
PEN_WIDTHS_PX = (8, 48, PEN_WIDTH_PX)
"""The smallest pen, the largest, and the one to start with."""

PAPER, PEN = "#000000", "#ffffff"
HISTORY_LENGTH = 50

FabricObject: TypeAlias = dict[str, Any]
"""One stroke, as the canvas's library, Fabric.js, writes it."""


@dataclass(frozen=True)
class _Before:
    """What was there before something was put on the canvas, for Undo to bring back."""

    strokes: list[FabricObject]
    base: int
    framing: Framing


@dataclass
class _Placed:
    """What was put on the canvas by a button, for the canvas to load and Undo to take back.

    Attributes:
        strokes: The strokes that the canvas is to start from.
        base: How many of them are there for good; Undo takes back the later ones one by one.
        number: Grows with each placing: the canvas loads only what differs from the last.
        replaced: What the canvas sent before. As long as it sends that, it has not yet loaded the
            new strokes.
        ink: What the canvas will send once it has loaded them, where that is known already.
        reframed: Whether the framing was changed with it, and the tools do not show it yet.
        history: What was there before each placing, the latest last.
        is_new: Whether nothing was heard of the canvas yet.
    """

    strokes: list[FabricObject] = field(default_factory=list)
    base: int = 0
    number: int = 0
    replaced: list[FabricObject] | None = None
    ink: Ink | None = None
    reframed: bool = False
    history: list[_Before] = field(default_factory=list)
    is_new: bool = True


def show_title() -> None:
    """Show the title above the canvas."""
    with st.container(key="canvas_title"):
        st.html(f"<h2>Canvas <small>{SIDE_PX} × {SIDE_PX} points</small></h2>")


def show() -> Ink:
    """Show the canvas and return what is drawn on it.

    Returns:
        (280, 280) uint8, 0 paper, 255 full ink; all 0 where nothing is drawn, and where what the
        canvas sent cannot be read, after saying so.
    """
    if _placed().reframed:
        _placed().reframed = False
        st.rerun()  # the tools are outside of the part of the page that runs for each stroke
    try:
        return _read()
    except DrawingError as error:
        with st.container(key="canvas_problem"):
            layout.say(error)
        return np.zeros((SIDE_PX, SIDE_PX), np.uint8)


def clear() -> None:
    """Take everything off the canvas."""
    _replace([], np.zeros((SIDE_PX, SIDE_PX), np.uint8))


def place_example(digit: int) -> None:
    """Put an example of a digit on the canvas, in place of what is there."""
    strokes = tuple(SIDE_PX * np.array(stroke) for stroke in sample_digits.strokes_of(digit))
    place_ink(ink.from_strokes(strokes, pen_width_px=PEN_WIDTH_PX))


def place_grid(grid: Grid) -> None:
    """Put a grid on the canvas, each pixel as a square of points, in place of what is there.

    The views then show exactly this grid: where framing would change it, they show it as drawn.

    Args:
        grid: (28, 28) uint8.
    """
    squares = grid.repeat(SIDE_PX // SIDE, axis=0).repeat(SIDE_PX // SIDE, axis=1)
    place_ink(squares)
    if not np.array_equal(raster.to_grid(squares, framing=framing()), grid):
        _frame("drawn")


def place_ink(picture: Ink) -> None:
    """Put ink on the canvas as a picture, in place of what is there.

    Args:
        picture: (280, 280) uint8, 0 paper, 255 full ink.
    """
    stream = io.BytesIO()
    Image.fromarray(picture).convert("RGBA").save(stream, "PNG")
    source = "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode("ascii")
    corner = {"originX": "left", "originY": "top", "left": 0, "top": 0}
    size = {"width": SIDE_PX, "height": SIDE_PX, "strokeWidth": 0}
    _replace([{"type": "Image", "src": source, **corner, **size}], picture)


def undo() -> None:
    """Take back the last stroke, or what was put on the canvas in place of others."""
    placed, strokes = _placed(), _strokes_now()
    if len(strokes) > placed.base:
        _place(strokes[:-1], placed.base)
    elif placed.history:
        before = placed.history.pop()
        _place(before.strokes, before.base)
        _frame(before.framing)


def is_empty() -> bool:
    """Return whether nothing is on the canvas, nor on its way there."""
    return not _strokes_now()


def framing() -> Framing:
    """Return how the drawing is to become a picture of 28×28 pixels."""
    return "drawn" if st.session_state.get(FRAMING_KEY) == "drawn" else "mnist"


def _frame(how: Framing) -> None:
    if how != framing():
        st.session_state[FRAMING_KEY] = how
        _placed().reframed = True


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
        _adopt()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DrawingError("Expected a drawing, got an odd message.", ink.TRY_AGAIN) from error
    if placed.ink is not None and (png is None or not _has_loaded()):
        return placed.ink
    if png is None:  # before the first stroke
        return np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    return ink.from_png(png, width_px=SIDE_PX, height_px=SIDE_PX)


def _placed() -> _Placed:
    placed: _Placed = st.session_state.setdefault("placed", _Placed())
    return placed


def _adopt() -> None:
    """Take up what is on the canvas of a person whom this server does not know yet.

    For most that is nothing. But where another server has failed, or was restarted, the browser
    comes here with its canvas, as it last sent it.
    """
    placed = _placed()
    strokes = [each for each in _sent() or [] if isinstance(each, dict)]
    if placed.is_new and strokes and not placed.strokes:
        placed.strokes = strokes
        placed.number = int(time.time())  # no other server has given this number to what it placed
        placed.is_new = False
        st.rerun()  # before the canvas is told that there is nothing on it
    placed.is_new = False


def _sent() -> list[FabricObject] | None:
    """Return the strokes that the canvas last sent, or None where it has sent none yet."""
    try:
        strokes = st.session_state[KEY]["drawing"]["raw"]["objects"]
    except (KeyError, TypeError):
        return None
    return strokes if isinstance(strokes, list) else None


def _strokes_now() -> list[FabricObject]:
    """Return the strokes that are on the canvas, or will be once it has loaded them."""
    sent = _sent()
    return sent if sent is not None and _has_loaded() else _placed().strokes


def _has_loaded() -> bool:
    """Return whether what the canvas last sent comes after what was last put on it."""
    placed, sent = _placed(), _sent()
    if sent is not None and placed.strokes and "src" in placed.strokes[0]:
        # Pictures may be put on it faster than it loads them: only this one will do.
        source: str = placed.strokes[0]["src"]
        return bool(sent) and isinstance(sent[0], dict) and sent[0].get("src") == source
    return sent != placed.replaced


def _place(strokes: list[FabricObject], base: int, known: Ink | None = None) -> None:
    placed = _placed()
    placed.replaced, placed.ink = _sent(), known
    placed.strokes, placed.base, placed.number = strokes, base, placed.number + 1


def _replace(strokes: list[FabricObject], known: Ink | None = None) -> None:
    placed, before = _placed(), _strokes_now()
    if before:
        earlier = _Before(before, placed.base, framing())
        placed.history = [*placed.history, earlier][-HISTORY_LENGTH:]
    _place(strokes, base=len(strokes), known=known)


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
