"""rgba, or strokes -> ink: how dark each point of the paper is."""

import io
import warnings
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from pixelviz.arrays import PIXEL_MAX, Ink, Rgba, expect_ink, expect_rgba
from pixelviz.errors import DrawingError

PAPER_PX = 280
"""Width and height of the page's canvas."""

SHARE = 0.7
"""How much of the canvas ink from elsewhere takes, on its longer side."""

SMOOTH = 3
"""How many times finer a stroke is drawn than it is kept, for soft edges like the browser's."""

Points: TypeAlias = NDArray[np.float64]
"""(n, 2) float64: the way of the pen, x to the right and y downwards."""

TRY_AGAIN = "Draw on, or press Clear and draw again."


def from_rgba(rgba: Rgba) -> Ink:
    """Return how much ink lies at each point of a canvas with black paper and white ink.

    A transparent point is paper: the colour counts as much as it covers.

    Args:
        rgba: (H, W, 4) uint8, red, green, blue and opacity, 0 to 255.

    Returns:
        (H, W) uint8, 0 paper, 255 full ink.

    Raises:
        ArrayError: The array is not (H, W, 4) uint8 with at least one point.

    Example:
        >>> white, clear = (255, 255, 255, 255), (255, 255, 255, 0)
        >>> from_rgba(np.array([[white, clear]], np.uint8))
        array([[255,   0]], dtype=uint8)
    """
    expect_rgba(rgba)
    return _ink_of(Image.fromarray(rgba))


def from_png(png: bytes, *, width_px: int, height_px: int) -> Ink:
    """Return how dark the canvas is at each point, from the PNG that it sent.

    The same as `from_rgba(decode_png(...))`, without the copies in between.

    Args:
        png: The file's bytes.
        width_px: The canvas's width, in pixels.
        height_px: Its height.

    Returns:
        (height_px, width_px) uint8, 0 paper, 255 full ink.

    Raises:
        DrawingError: The bytes are no PNG, a broken one, or one of another size.
    """
    return _ink_of(_open_png(png, width_px, height_px))


def decode_png(png: bytes, *, width_px: int, height_px: int) -> Rgba:
    """Return the pixels of the PNG that a canvas sent.

    The size is read from the file's first bytes and checked before anything is unpacked, so a
    small file that would unpack into gigabytes is refused.

    Args:
        png: The file's bytes.
        width_px: The canvas's width, in pixels.
        height_px: Its height.

    Returns:
        (height_px, width_px, 4) uint8.

    Raises:
        DrawingError: The bytes are no PNG, a broken one, or one of another size.
    """
    return np.asarray(_open_png(png, width_px, height_px))


def _open_png(png: bytes, width_px: int, height_px: int) -> Image.Image:
    """Return the picture of a PNG, in RGBA, unless it is broken or of another size."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(png), formats=["PNG"])
        if image.size != (width_px, height_px):
            raise DrawingError(
                f"Expected a drawing of {width_px} × {height_px} pixels, "
                f"got {image.size[0]} × {image.size[1]}.",
                TRY_AGAIN,
            )
        return image.convert("RGBA")
    except DrawingError:
        raise
    except Exception as error:  # PIL raises a dozen kinds for as many ways to break a file
        raise DrawingError(
            "Expected a PNG from the canvas, got a broken file.", TRY_AGAIN
        ) from error


def _ink_of(image: Image.Image) -> Ink:
    brightness = image.convert("L")  # as bright as the colour looks to the eye, by Rec. 601
    return np.asarray(ImageChops.multiply(brightness, image.getchannel("A")))


def on_paper(found: Ink) -> Ink:
    """Return ink of any size on the page's canvas: in its middle, as high as a drawn digit.

    Args:
        found: (H, W) uint8, 0 paper, 255 full ink, at least one point.

    Returns:
        (280, 280) uint8; its longer side is 70 % of the canvas.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.
    """
    expect_ink(found)
    scale = SHARE * PAPER_PX / max(found.shape)
    height, width = (max(1, round(scale * length)) for length in found.shape)
    fitted = Image.fromarray(found).resize((width, height), Image.Resampling.LANCZOS)
    canvas = Image.new("L", (PAPER_PX, PAPER_PX))
    canvas.paste(fitted, ((PAPER_PX - width) // 2, (PAPER_PX - height) // 2))
    return np.asarray(canvas)


def from_strokes(strokes: tuple[Points, ...], *, pen_width_px: float) -> Ink:
    """Return the ink that a round pen leaves on the page's canvas.

    Args:
        strokes: The ways of the pen, in the canvas's pixels.
        pen_width_px: The pen's width, in the canvas's pixels.

    Returns:
        (280, 280) uint8, 0 paper, 255 full ink.
    """
    image = Image.new("L", (SMOOTH * PAPER_PX, SMOOTH * PAPER_PX))
    pen = ImageDraw.Draw(image)
    width = SMOOTH * pen_width_px
    for stroke in strokes:
        points = [(SMOOTH * x, SMOOTH * y) for x, y in stroke]
        pen.line(points, fill=PIXEL_MAX, width=round(width), joint="curve")
        for x, y in (points[0], points[-1]):
            pen.circle((x, y), width / 2, fill=PIXEL_MAX)
    return np.asarray(image.reduce(SMOOTH))
