"""The canvas: the person draws on it, with a pen or an eraser, and it gives ink."""

import io

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import CanvasResult, st_canvas

from pixelviz import ink, raster
from pixelviz.arrays import SIDE, Grid, Ink
from pixelviz.data import sample_digits
from pixelviz.errors import DrawingError
from pixelviz.page import component, layout, placement, settings, state
from pixelviz.server import streamlit_internals
from pixelviz.server.streamlit_internals import FabricObject

component.register_canvas()

SIDE_PX = ink.PAPER_PX
PEN_WIDTH_PX = 12

PAPER, PEN = "#000000", "#ffffff"
LONG = (
    "Your drawing has become very long, so it is kept as one picture from here on. Nothing is "
    "lost; Undo takes back what you add to it."
)


SWITCH = "<label class='canvas_switch'><input type='checkbox' role='switch'>Draw</label>"
"""On a phone with an open chapter, it shows and hides the canvas, which layout.css does."""


def show_title() -> None:
    """Show the title above the canvas, and the switch that a phone has in its place."""
    with st.container(key="canvas_title"):
        st.html(f"<h2>Canvas <small>{SIDE_PX} × {SIDE_PX} points</small></h2>")
        st.html(SWITCH)


def show() -> Ink:
    """Show the canvas and return what is drawn on it.

    Returns:
        (280, 280) uint8, 0 paper, 255 full ink; all 0 where nothing is drawn, and where what the
        canvas sent cannot be read, after saying so.
    """
    placed = placement.current()
    try:
        result = show_component(
            key=state.CANVAS,
            width_px=SIDE_PX,
            height_px=SIDE_PX,
            pen_width_px=st.session_state.get(state.PEN_WIDTH, PEN_WIDTH_PX),
            colour=PAPER if st.session_state.get(state.TOOL) == "eraser" else PEN,
            objects=placed.strokes,
            number=placed.number,
        )
        settings.note_what_the_browser_says()
        if settings.are_changed():
            st.rerun()  # the tools are not in the part of the page that runs for each stroke
        if placement.take_over():
            st.rerun()  # before the canvas is told that there is nothing on it
        drawn = _ink_of(result)
    except DrawingError as error:
        with st.container(key="canvas_problem"):
            layout.show_error(error)
        return np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    strokes = placement.current_strokes()
    if streamlit_internals.is_long(strokes):
        placement.place([as_object(drawn)], base=1, ink=drawn, contained=len(strokes))
        placed.was_joined = True
        st.rerun()
    if placed.was_joined:
        placed.was_joined = False
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
    _start_new_digit([], np.zeros((SIDE_PX, SIDE_PX), np.uint8))


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
    """Replace what is on the canvas by another digit, each of its pixels a square of points.

    The views then show exactly this grid: where framing would change it, they show it as drawn.

    Args:
        grid: (28, 28) uint8.
    """
    if not place_picture(grid):
        settings.set_framing("drawn")


def place_picture(grid: Grid) -> bool:
    """Replace what is on the canvas by a picture of the same size as MNIST's.

    The views show it framed, as they do any drawing.

    Args:
        grid: (28, 28) uint8.

    Returns:
        Whether it is in MNIST's frame already, so that framing changes nothing.
    """
    squares = _squares(grid)
    place_ink(squares)
    return np.array_equal(raster.to_grid(squares), grid)


def edit_grid(grid: Grid, number: int) -> None:
    """Change what is on the canvas to a grid of which the person has changed some pixels.

    The views then show exactly this grid, as `place_grid` does.

    Args:
        grid: (28, 28) uint8.
        number: The placement that the person has changed. Where something else was placed in the
            meantime, the change comes too late, and does nothing.
    """
    placed = placement.current()
    first, undone_from = placed.edited_from, placed.undone_from
    if number < first:
        return
    squares = _squares(grid)
    placement.replace([as_object(squares)], squares)
    placed.edited_from, placed.undone_from = first, undone_from
    if not np.array_equal(raster.to_grid(squares, framing=settings.framing()), grid):
        settings.set_framing("drawn")


def place_ink(picture: Ink) -> None:
    """Replace what is on the canvas by another digit, as a picture.

    Args:
        picture: (280, 280) uint8, 0 paper, 255 full ink.
    """
    _start_new_digit([as_object(picture)], picture)


def place_kept(picture: Ink) -> None:
    """Put back on the canvas what was drawn before the page was reloaded.

    Args:
        picture: (280, 280) uint8, 0 paper, 255 full ink.
    """
    placement.replace([as_object(picture)], picture)


def as_object(picture: Ink) -> FabricObject:
    """Return ink as a picture that fills a canvas of its size.

    Args:
        picture: (H, W) uint8, 0 paper, 255 full ink.
    """
    stream = io.BytesIO()
    Image.fromarray(picture).convert("RGBA").save(stream, "PNG")
    height, width = picture.shape
    return streamlit_internals.picture(stream.getvalue(), width_px=width, height_px=height)


def shown_number() -> int:
    """Return the number of the placement that `show` returned the ink of."""
    placed = placement.current()
    loaded = streamlit_internals.placement_number(st.session_state.get(state.CANVAS))
    return placed.number if placed.ink is not None or placement.has_loaded() else loaded or 0


def keep() -> None:
    """Keep the drawing while the canvas is not shown, for the canvas to start from later."""
    if placement.sent() is None:  # it was not shown in the run before this one either
        return
    strokes = [each for each in placement.current_strokes() if isinstance(each, dict)]
    base = min(placement.current().base, len(strokes))
    placement.place(strokes, base=base, ink=_sent_ink())


def is_empty() -> bool:
    """Return whether nothing is on the canvas, nor on its way there."""
    return not placement.current_strokes()


def _start_new_digit(strokes: list[FabricObject], picture: Ink) -> None:
    placement.replace(strokes, picture)
    settings.set_framing("mnist")
    settings.start_new_digit()


def _squares(grid: Grid) -> Ink:
    return grid.repeat(SIDE_PX // SIDE, axis=0).repeat(SIDE_PX // SIDE, axis=1)


def _ink_of(result: CanvasResult) -> Ink:
    """Return the ink on the canvas, or what was placed on it and is not loaded yet.

    Raises:
        DrawingError: The canvas sent a broken picture.
    """
    placed, png = placement.current().ink, result.image_bytes
    if placed is not None and (png is None or not placement.has_loaded()):
        return placed
    if png is None:  # before the first stroke
        return np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    return ink.from_png(png, width_px=SIDE_PX, height_px=SIDE_PX)


def _sent_ink() -> Ink | None:
    """Return the ink that the canvas last sent; None where there is none, or a broken one."""
    png = streamlit_internals.stored_png(st.session_state.get(state.CANVAS))
    try:
        return None if png is None else ink.from_png(png, width_px=SIDE_PX, height_px=SIDE_PX)
    except DrawingError:
        return None
