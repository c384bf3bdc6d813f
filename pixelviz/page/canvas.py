"""The canvas: the person draws on it, with a pen or an eraser, and it gives ink."""

import io
import json
import time
from dataclasses import dataclass, field

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import CanvasResult, st_canvas

from pixelviz import ink, raster
from pixelviz.arrays import SIDE, Grid, Ink
from pixelviz.data import sample_digits
from pixelviz.errors import DrawingError
from pixelviz.page import address, layout, state
from pixelviz.raster import Framing
from pixelviz.server import streamlit_internals
from pixelviz.server.streamlit_internals import FabricObject

SIDE_PX = ink.PAPER_PX
PEN_WIDTH_PX = 12
PEN_WIDTHS_PX = (8, 48, PEN_WIDTH_PX)
"""The thinnest pen, the thickest, and the one to start with."""

PAPER, PEN = "#000000", "#ffffff"
HISTORY_LENGTH, HISTORY_BYTES = 50, 2_000_000
"""How many placements Undo can take back, and how much memory they take at most."""

LONG = (
    "Your drawing has become very long, so it is kept as one picture from here on. Nothing is "
    "lost; Undo takes back what you add to it."
)


@dataclass(frozen=True)
class _Earlier:
    """What was on the canvas before something was placed, for Undo to bring back.

    Attributes:
        strokes: The strokes as JSON, which takes a tenth of the memory.
        base: How many of them Undo takes back at once.
        framing: The framing at that time.
    """

    strokes: bytes
    base: int
    framing: Framing


@dataclass
class Placement:
    """What the page has placed on the canvas, for the canvas to load and Undo to take back.

    Attributes:
        strokes: The strokes that the canvas is to start from.
        base: How many of them are there for good; Undo takes back the later ones one by one.
        number: Grows with each placement: the canvas loads only what differs from the last.
        replaced: What the canvas sent before. As long as it sends that, it has not loaded the new
            strokes yet.
        ink: What the canvas will send once it has loaded them, where that is known already.
        has_reframed: Whether the framing changed with it and the tools do not show that yet.
        was_joined: Whether a long drawing was made one picture and the visitor is not told yet.
        history: What was there before each placement, the latest last.
        is_new: Whether the canvas has not been read yet.
    """

    strokes: list[FabricObject] = field(default_factory=list)
    base: int = 0
    number: int = 0
    replaced: list[FabricObject] | None = None
    ink: Ink | None = None
    has_reframed: bool = False
    was_joined: bool = False
    history: list[_Earlier] = field(default_factory=list)
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
    placement = _placement()
    if placement.has_reframed:
        placement.has_reframed = False
        address.write()
        st.rerun()  # the tools are not in the part of the page that runs for each stroke
    try:
        result = show_component(
            key=state.CANVAS,
            width_px=SIDE_PX,
            height_px=SIDE_PX,
            pen_width_px=st.session_state.get(state.PEN_WIDTH, PEN_WIDTH_PX),
            colour=PAPER if st.session_state.get(state.TOOL) == "eraser" else PEN,
            objects=placement.strokes,
            number=placement.number,
        )
        _restore_from_browser()
        drawn = _ink_of(result)
    except DrawingError as error:
        with st.container(key="canvas_problem"):
            layout.show_error(error)
        return np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    if streamlit_internals.is_long(_current_strokes()):
        _place([as_object(drawn)], base=1, known=drawn)
        placement.was_joined = True
        st.rerun()
    if placement.was_joined:
        placement.was_joined = False
        st.toast(LONG, duration="long")
    return drawn


def show_component(
    *,
    key: str,
    width_px: int,
    height_px: int,
    pen_width_px: int,
    colour: str,
    objects: list[FabricObject],
    number: int,
) -> CanvasResult:
    """Show a drawable canvas and return what it sent.

    Args:
        key: Its key in the session.
        width_px: Its width.
        height_px: Its height.
        pen_width_px: The width of its pen.
        colour: The colour of its pen, in CSS.
        objects: What it starts from.
        number: Another one for each time that it is to load these objects anew.

    Raises:
        DrawingError: It sent something unreadable. It is still shown on the page.
    """
    unreadable = DrawingError("The drawing could not be read.", ink.TRY_AGAIN)
    try:
        result = st_canvas(
            stroke_width=pen_width_px,
            stroke_color=colour,
            background_color=PAPER,
            width=width_px,
            height=height_px,
            initial_drawing=streamlit_internals.initial_drawing(objects, number=number),
            return_image_data=True,
            key=key,
        )
    except Exception as error:
        if _is_message(key):  # then the mistake is ours, or the canvas's
            raise
        raise unreadable from error
    if not _is_message(key):  # asked only now: before its first run, the session has no message
        raise unreadable
    return result


def _is_message(key: str) -> bool:
    return streamlit_internals.is_canvas_message(st.session_state.get(key))


def clear() -> None:
    """Take everything off the canvas."""
    _replace([], np.zeros((SIDE_PX, SIDE_PX), np.uint8))


def example(digit: int, *, pen_width_px: int = PEN_WIDTH_PX) -> Ink:
    """Return the ink of an example digit, as the page's own pen would draw it.

    Args:
        digit: 0 to 9.
        pen_width_px: The pen's width.

    Returns:
        (280, 280) uint8, 0 paper, 255 full ink.
    """
    strokes = tuple(SIDE_PX * np.array(stroke) for stroke in sample_digits.strokes_of(digit))
    return ink.from_strokes(strokes, pen_width_px=pen_width_px)


def place_example(digit: int) -> None:
    """Replace what is on the canvas by an example of a digit, 0 to 9."""
    place_ink(example(digit))


def place_grid(grid: Grid) -> None:
    """Replace what is on the canvas by a grid, each pixel a square of points.

    The views then show exactly this grid: where framing would change it, they show it as drawn.

    Args:
        grid: (28, 28) uint8.
    """
    squares = grid.repeat(SIDE_PX // SIDE, axis=0).repeat(SIDE_PX // SIDE, axis=1)
    place_ink(squares)
    if not np.array_equal(raster.to_grid(squares, framing=framing()), grid):
        _set_framing("drawn")


def place_ink(picture: Ink) -> None:
    """Replace what is on the canvas by ink, as a picture.

    Args:
        picture: (280, 280) uint8, 0 paper, 255 full ink.
    """
    _replace([as_object(picture)], picture)


def as_object(picture: Ink) -> FabricObject:
    """Return ink as a picture that fills a canvas of its size.

    Args:
        picture: (H, W) uint8, 0 paper, 255 full ink.
    """
    stream = io.BytesIO()
    Image.fromarray(picture).convert("RGBA").save(stream, "PNG")
    height, width = picture.shape
    return streamlit_internals.picture(stream.getvalue(), width_px=width, height_px=height)


def undo() -> None:
    """Take back the last stroke, or the last placement with all that it replaced."""
    placement, strokes = _placement(), _current_strokes()
    if len(strokes) > placement.base:
        _place(strokes[:-1], placement.base)
    elif placement.history:
        earlier = placement.history.pop()
        _place(json.loads(earlier.strokes), earlier.base)
        _set_framing(earlier.framing)


def keep() -> None:
    """Keep the drawing while the canvas is not shown, for the canvas to start from later."""
    placement = _placement()
    if _sent() is None:  # it was not shown in the run before this one either
        return
    strokes = [each for each in _current_strokes() if isinstance(each, dict)]
    _place(strokes, min(placement.base, len(strokes)), _sent_ink())
    placement.replaced, placement.is_new = None, False


def is_empty() -> bool:
    """Return whether nothing is on the canvas, nor on its way there."""
    return not _current_strokes()


def framing() -> Framing:
    """Return how the drawing becomes a grid."""
    return "drawn" if st.session_state.get(state.FRAMING) == "drawn" else "mnist"


def _set_framing(how: Framing) -> None:
    if how != framing():
        st.session_state[state.FRAMING] = how
        _placement().has_reframed = True


def _ink_of(result: CanvasResult) -> Ink:
    """Return the ink on the canvas, or what was placed on it and is not loaded yet.

    Raises:
        DrawingError: The canvas sent a broken picture.
    """
    placement, png = _placement(), result.image_bytes
    if placement.ink is not None and (png is None or not _has_loaded()):
        return placement.ink
    if png is None:  # before the first stroke
        return np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    return ink.from_png(png, width_px=SIDE_PX, height_px=SIDE_PX)


def _placement() -> Placement:
    placement: Placement = st.session_state.setdefault(state.PLACEMENT, Placement())
    return placement


def _restore_from_browser() -> None:
    """Take over what is on the canvas of a visitor whom this server does not know yet.

    For most that is nothing. But when another server has failed, or was restarted, the browser
    comes here with its canvas, as it last sent it.
    """
    placement = _placement()
    strokes = [each for each in _sent() or [] if isinstance(each, dict)]
    if placement.is_new and strokes and not placement.strokes:
        placement.strokes = strokes
        placement.number = int(time.time())  # a number that no other server has given
        placement.is_new = False
        st.rerun()  # before the canvas is told that there is nothing on it
    placement.is_new = False


def _sent() -> list[FabricObject] | None:
    """Return the strokes that the canvas last sent, or None where it has sent none yet."""
    return streamlit_internals.stored_objects(st.session_state.get(state.CANVAS))


def _sent_ink() -> Ink | None:
    """Return the ink that the canvas last sent; None where there is none, or a broken one."""
    png = streamlit_internals.stored_png(st.session_state.get(state.CANVAS))
    try:
        return None if png is None else ink.from_png(png, width_px=SIDE_PX, height_px=SIDE_PX)
    except DrawingError:
        return None


def _current_strokes() -> list[FabricObject]:
    """Return the strokes that are on the canvas, or will be once it has loaded them."""
    sent = _sent()
    return sent if sent is not None and _has_loaded() else _placement().strokes


def _has_loaded() -> bool:
    """Return whether the canvas has loaded what was last placed on it."""
    placement, sent = _placement(), _sent()
    first = placement.strokes[0] if placement.strokes else None
    source = streamlit_internals.source_of(first)
    if sent is not None and source is not None:
        # Pictures may be placed faster than the canvas loads them: only this one will do.
        return bool(sent) and streamlit_internals.source_of(sent[0]) == source
    return sent != placement.replaced


def _place(strokes: list[FabricObject], base: int, known: Ink | None = None) -> None:
    placement = _placement()
    placement.replaced, placement.ink = _sent(), known
    placement.strokes, placement.base, placement.number = strokes, base, placement.number + 1


def _replace(strokes: list[FabricObject], known: Ink | None = None) -> None:
    placement, before = _placement(), _current_strokes()
    if before:
        earlier = _Earlier(json.dumps(before).encode(), placement.base, framing())
        placement.history = [*placement.history, earlier][-HISTORY_LENGTH:]
        while sum(len(each.strokes) for each in placement.history) > HISTORY_BYTES:
            del placement.history[0]
    _place(strokes, base=len(strokes), known=known)
