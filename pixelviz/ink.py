"""rgba -> ink: how dark each point of the paper is."""

import io
import warnings

import numpy as np
from PIL import Image, ImageChops

from pixelviz.errors import ArrayError, DrawingError
from pixelviz.spec import Ink, Rgba

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
    if rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.dtype != np.uint8 or rgba.size == 0:
        raise ArrayError(
            f"Expected rgba of shape (H, W, 4) and type uint8, "
            f"got shape {rgba.shape} and type {rgba.dtype}.",
            "Convert the picture to RGBA first.",
        )
    image = Image.fromarray(rgba)
    brightness = image.convert("L")  # as bright as the colour looks to the eye, by Rec. 601
    return np.asarray(ImageChops.multiply(brightness, image.getchannel("A")))


def decode_png(png: bytes, *, side_px: int) -> Rgba:
    """Return the pixels of the PNG that a square canvas sent.

    The size is read from the file's first bytes and checked before anything is unpacked, so a
    small file that would unpack into gigabytes is refused.

    Args:
        png: The file's bytes.
        side_px: The canvas's width and height, in pixels.

    Returns:
        (side_px, side_px, 4) uint8.

    Raises:
        DrawingError: The bytes are no PNG, a broken one, or one of another size.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(png), formats=["PNG"])
        if image.size != (side_px, side_px):
            raise DrawingError(
                f"Expected a drawing of {side_px} × {side_px} pixels, "
                f"got {image.size[0]} × {image.size[1]}.",
                TRY_AGAIN,
            )
        return np.asarray(image.convert("RGBA"))
    except DrawingError:
        raise
    except Exception as error:  # PIL raises a dozen kinds for as many ways to break a file
        raise DrawingError(
            "Expected a PNG from the canvas, got a broken file.", TRY_AGAIN
        ) from error
