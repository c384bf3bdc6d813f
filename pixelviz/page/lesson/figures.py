"""What the chapters are made of: text, and pictures of grids."""

import base64
import html
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import PIXEL_MAX, Grid, Ink, Vector
from pixelviz.page import state

CONTROLS = Path(__file__).parent / "controls.css"
"""The style sheet of what is operated in a chapter's own components."""


@dataclass(frozen=True)
class Drawing:
    """What a chapter works on.

    Attributes:
        ink: (280, 280) uint8, what is on the canvas; an example where nothing is.
        grid: (28, 28) uint8, the picture that the views show.
        is_example: Whether nothing is drawn, and this is an example.
    """

    ink: Ink
    grid: Grid
    is_example: bool


@dataclass(frozen=True)
class Figure:
    """One picture with its caption.

    Attributes:
        pixels: (H, W) uint8, shown with hard edges, white ink on black paper; or (H, W, 3) uint8.
        title: What it is, in a word or two.
        caption: What to notice: numbers of the person's own digit.
    """

    pixels: NDArray[np.uint8]
    title: str
    caption: str = ""


def tell(text: str) -> None:
    """Show a chapter's text, unless the text is hidden.

    Args:
        text: Two or three short sentences, in Markdown.
    """
    if not st.session_state.get(state.TEXT_HIDDEN):
        st.markdown(text)


def show_figures(
    figures: Iterable[Figure], *, width_px: int = 150, arranged: Literal["row", "film"] = "row"
) -> None:
    """Show pictures side by side, wrapping where the screen ends, pixels with hard edges.

    Args:
        figures: Which pictures.
        width_px: How wide each is shown, in pixels of the screen; high as its shape asks for. On a
            phone as many as fit share the width.
        arranged: As a row, or as a film strip, in which an arrow leads from each to the next.
    """
    size = next((size for size, most_px in SIZES_PX.items() if width_px <= most_px), "large")
    pictures = [_figure(figure) for figure in figures]
    width = f"{width_px}px"
    if arranged == "film":  # all of it in one row
        width = f"min({width}, (100cqi - {ARROW_REM}rem * {len(pictures) - 1}) / {len(pictures)})"
    st.html(
        f"<div class='figures-paper'><div class='figures {size} {arranged}' style='--width: "
        f"{width}'>{''.join(pictures)}</div></div>"
    )


def show_integers(picture: NDArray[np.uint8], title: str) -> None:
    """Show the values of a small picture as a table, each on its own grey.

    Args:
        picture: (H, W) uint8.
        title: What it is.
    """
    rows = "".join(f"<tr>{''.join(map(_integer, row))}</tr>" for row in picture.tolist())
    st.html(
        f"<div class='scroll'><table class='integers'><caption>{html.escape(title)}</caption>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def show_strip(vector: Vector, title: str) -> None:
    """Show a feature vector as one line of cells, as wide as there is room.

    Args:
        vector: (784,) uint8.
        title: What it is.
    """
    name = html.escape(title)
    st.html(
        f"<figure class='tape'><figcaption>{name}</figcaption>"
        f"<img src='{data_url(vector[np.newaxis])}' alt='{name}'></figure>"
    )


def data_url(pixels: NDArray[np.uint8]) -> str:
    """Return a picture as the address of a PNG that holds all of it.

    Args:
        pixels: (H, W) or (H, W, 3) uint8.
    """
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode("ascii")


def diverging(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return signed numbers as colours: orange above 0, blue below, black at 0.

    Args:
        values: (H, W) float. The largest distance from 0 gets the full colour.

    Returns:
        (H, W, 3) uint8, red, green and blue.
    """
    largest = float(np.abs(values).max()) or 1.0
    # The square root keeps small numbers visible on a projector; the order of all stays.
    strength = np.sqrt(np.abs(values)[..., np.newaxis] / largest)  # (H, W, 1), 0 to 1
    colours = np.where(values[..., np.newaxis] > 0, ABOVE, BELOW)
    mixed: NDArray[np.uint8] = np.rint(strength * colours).astype(np.uint8)
    return mixed


ABOVE = (250, 158, 44)
BELOW = (88, 166, 250)
"""The two colours of signed numbers, distinguishable with red-green colour blindness too."""

BLUE, ORANGE, GREY = "#3182bd", "#d9720f", "#8a8a8a"
"""The colours of the charts: the same two, and grey, as dark as white paper needs them."""

DARK_TEXT_FROM = 118
"""From this value on, black text is easier to read on the grey than white text."""

VOWEL_DIGIT = 8
"""The digit before which English says "an"."""

ARROW_REM = 2.25
"""The gap between the pictures of a film strip; the style sheet knows it too."""

SIZES_PX = {"tiny": 80, "small": 130}
"""Up to which width pictures are of a size: on a phone four tiny, three small or two large ones
fit side by side."""


def a_digit(digit: int) -> str:
    """Return a digit with its article: a 7, an 8."""
    return f"an {digit}" if digit == VOWEL_DIGIT else f"a {digit}"


def _integer(value: int) -> str:
    ink = "#000" if value >= DARK_TEXT_FROM else "#fff"
    return f"<td style='color: {ink}; background: rgb({value} {value} {value})'>{value}</td>"


def _figure(figure: Figure) -> str:
    title = html.escape(figure.title)
    name = f"<b>{title}</b>" if title else ""
    caption = f"<span>{html.escape(figure.caption)}</span>" if figure.caption else ""
    return (
        f"<figure><img src='{data_url(figure.pixels)}' alt='{title}' >"
        f"<figcaption>{name}{caption}</figcaption></figure>"
    )


def on_black(mask: NDArray[np.bool_]) -> Grid:
    """Return a mask as a picture, white where it holds."""
    return np.where(mask, PIXEL_MAX, 0).astype(np.uint8)
