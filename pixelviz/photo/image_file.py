"""An image file -> a grey picture, upright and small enough to work on.

It may be a photo from a phone, a scan or a screenshot. A file that would take too much memory or
time to decode is refused before it is decoded.
"""

import io
import math
import re
import struct
from typing import NamedTuple

import numpy as np

# Importing the plugins here keeps PIL from importing all of its plugins to find the last of them.
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

from pixelviz.arrays import PIXEL_MAX, Grey
from pixelviz.errors import PhotoError, PixelvizError

BYTES_MAX = 5 * 1024 * 1024
"""The largest file, the same as the page accepts (`maxUploadSize`)."""

JPEG_PIXELS_MAX = 50_000_000
"""The largest JPEG. The decoder shrinks it to as little as an eighth, so any photo from a phone is
accepted as long as the file is small enough."""

SCANS_SAMPLES_MAX = 26_000_000
"""The largest JPEG with several scans, in samples of all channels: the decoder keeps all its
coefficients, 2 bytes for each. With the usual subsampling (4:2:0) that is 17 million pixels."""

PNG_DECODED_BYTES_MAX = 60_000_000
"""The largest PNG, decoded: 4 bytes for each pixel in colour. A 5K screen has 15 million."""

PNG_PIXEL_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2}
"""How many bytes a decoded pixel takes, by its mode in PIL. A scan of A4 in grey at 600 dpi has 35
million pixels."""

WEBP_PIXELS_MAX = 3_750_000
"""The largest WebP. A 2.5K screen has 3.7 million."""

WEBP_PIXEL_BYTES = 16
"""How many bytes the decoder of a WebP takes for each pixel."""

BAND_PIXELS = 100_000
"""About this many pixels are converted to grey at a time."""

SCANS_MAX = 64
"""The most scans of a JPEG. Ten are usual; a thousand empty ones would take minutes."""

JPEG_SEGMENT = re.compile(rb"\xff+([^\x00\x01\xd0-\xd7\xff])")
"""The next marker of a JPEG that begins a segment; scans contain some of the others."""

JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
JPEG_PROGRESSIVE_FRAMES = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
JPEG_SCAN, JPEG_END = 0xDA, 0xD9
"""Markers of a JPEG (ITU T.81, table B.1)."""

LONGEST_SIDE_PX = 2000
"""The longest side of the grey picture that the next steps work on, at most."""

DRAFT_MIN = 0.9
"""The smallest size at which a JPEG is decoded, as a share of that of the grey picture."""

PIXELS_MAX = 3_000_000
"""How many pixels it has at most: each takes 13 bytes in the next steps."""

DECODER_BYTES_MAX = 40_000_000
"""A picture whose decoder takes more memory than this is shrunk more: what is left is enough for
half as many points on each side."""

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How to turn a picture upright, by the orientation in its Exif metadata (Exif 2.32)."""

ORIENTATION_TAG = 0x0112
"""The Exif tag of the orientation."""

SIGNATURES = {
    b"GIF8": "a GIF",
    b"%PDF": "a PDF",
    b"BM": "a BMP",
    b"II*\0": "a TIFF",
    b"MM\0*": "a TIFF",
    b"PK": "a ZIP archive or an office document",
    b"<": "a text such as SVG or HTML",
    b"\xef\xbb\xbf<": "a text such as SVG or HTML",
    b"\xff\xd8\xff": "a broken JPEG",
    b"\x89PNG": "a broken PNG",
    b"RIFF": "a broken WebP",
}
"""The type of a file by its first bytes."""

HEIC = "an HEIC or AVIF photo, or a video"
"""What a file is that begins like those of iPhones."""

USE_ANOTHER = "Save it as PNG, JPEG or WebP, or take another photo."
CONVERT = (
    "Open this page on the phone or Mac that has it: there the browser itself makes it a JPEG. Or "
    "let the iPhone take JPEGs: Settings, Camera, Formats, Most Compatible."
)
"""What to do with a photo that only Apple's browsers can read."""

MAKE_SMALLER = "Make it smaller, or take a screenshot of it."


def decode(file: bytes) -> Grey:
    """Return the picture in a file: upright, grey, small enough to work on.

    The sizes in bytes and in pixels are checked before anything is decoded, so that no file takes
    more than 100 MB. Transparent points become paper: white, or black around bright ink.

    Args:
        file: The bytes of a PNG, JPEG or WebP.

    Returns:
        (H, W) uint8, 0 black, 255 white; at most 2000 pixels high and wide.

    Raises:
        PhotoError: The file is empty, too large, broken, or of another type.

    Example:
        >>> file = io.BytesIO()
        >>> Image.new("RGB", (4000, 3000), "white").save(file, "JPEG")
        >>> decode(file.getvalue()).shape
        (1500, 2000)
    """
    if not file:
        raise PhotoError("Expected a photo, got an empty file.", USE_ANOTHER)
    if len(file) > BYTES_MAX:
        raise PhotoError(
            f"Expected a photo of at most {BYTES_MAX / 2**20:.0f} MB, "
            f"got {len(file) / 2**20:.1f} MB.",
            MAKE_SMALLER,
        )
    try:
        _expect_few_pixels("WebP", _webp_size(file), WEBP_PIXELS_MAX)
        image = Image.open(io.BytesIO(file), formats=["PNG", "JPEG", "WEBP"])
        decoder_bytes = _expect_decodable(image, file)
        transpose = _transpose_of(image)
        fits = decoder_bytes <= DECODER_BYTES_MAX
        grey = _shrink_to_grey(image, LONGEST_SIDE_PX if fits else LONGEST_SIDE_PX // 2)
    except PixelvizError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError(
            "Expected a photo from a camera, got a picture with far more pixels.", MAKE_SMALLER
        ) from error
    except MemoryError:
        raise
    except Exception as error:  # PIL raises a dozen kinds for as many ways to break a file
        file_type = _type_of(file)
        advice = CONVERT if file_type == HEIC else USE_ANOTHER
        raise PhotoError(f"Expected a PNG, JPEG or WebP, got {file_type}.", advice) from error
    return np.asarray(grey if transpose is None else grey.transpose(transpose))


def _expect_few_pixels(file_type: str, size: tuple[int, int] | None, pixels_max: int) -> None:
    if size is not None and size[0] * size[1] > pixels_max:
        raise PhotoError(
            f"Expected a {file_type} of at most {pixels_max / 1_000_000:.3g} million pixels, "
            f"got {size[0]} × {size[1]}.",
            MAKE_SMALLER,
        )


def _expect_decodable(image: Image.Image, file: bytes) -> int:
    """Return how much memory it takes to decode a picture, in bytes.

    Raises:
        PhotoError: It would take too much memory or time.
    """
    pixels = image.size[0] * image.size[1]
    if image.format == "PNG":
        bytes_per_pixel = PNG_PIXEL_BYTES.get(image.mode, 4)
        _expect_few_pixels("PNG", image.size, PNG_DECODED_BYTES_MAX // bytes_per_pixel)
        return pixels * bytes_per_pixel
    if image.format == "WEBP":
        _expect_few_pixels("WebP", image.size, WEBP_PIXELS_MAX)
        return pixels * WEBP_PIXEL_BYTES
    scans = _jpeg_scans(file)
    if not scans.are_kept:
        _expect_few_pixels("JPEG", image.size, JPEG_PIXELS_MAX)
        return 0  # it is decoded line by line
    pixels_max = int(SCANS_SAMPLES_MAX / scans.samples_per_pixel)
    _expect_few_pixels("JPEG with several scans", image.size, pixels_max)
    if scans.number > SCANS_MAX:
        raise PhotoError(
            f"Expected a JPEG of at most {SCANS_MAX} scans, got {scans.number}.", USE_ANOTHER
        )
    return int(2 * pixels * scans.samples_per_pixel)


class _Scans(NamedTuple):
    """The scans of a JPEG.

    Attributes:
        number: How many there are.
        are_kept: Whether the decoder keeps the coefficients of all of them until the last one, as
            for a progressive JPEG.
        samples_per_pixel: 1 for grey, 3 for colour, 1.5 for colour with the usual subsampling.
    """

    number: int
    are_kept: bool
    samples_per_pixel: float


def _jpeg_scans(file: bytes) -> _Scans:
    """Return the scans of a JPEG, found as libjpeg finds them.

    What lies inside other segments, such as a thumbnail, and after the end does not count.
    """
    number, channels, are_kept, samples_per_pixel = 0, 0, False, 1.0
    at = 2
    while found := JPEG_SEGMENT.search(file, at):
        marker, at = found[1][0], found.end()
        if marker == JPEG_END or at + 8 > len(file):
            break
        if marker in JPEG_FRAMES:
            channels = file[at + 7]
            are_kept = marker in JPEG_PROGRESSIVE_FRAMES
            samples_per_pixel = _samples_per_pixel(file[at + 9 : at + 9 + 3 * channels : 3])
        elif marker == JPEG_SCAN:
            number += 1
            are_kept |= file[at + 2] < channels
        at += int.from_bytes(file[at : at + 2])
    return _Scans(number, are_kept, samples_per_pixel)


def _samples_per_pixel(factors: bytes) -> float:
    """Return how many samples a pixel has, from each channel's sampling factors in the header."""
    across, down = [each >> 4 for each in factors], [each & 15 for each in factors]
    samples = sum(right * below for right, below in zip(across, down, strict=True))
    return max(1.0, samples / max(1, max(across, default=1) * max(down, default=1)))


def _webp_size(file: bytes) -> tuple[int, int] | None:
    """Return a WebP's width and height from its header: opening it would take the memory."""
    if file[:4] != b"RIFF" or file[8:12] != b"WEBP" or len(file) < 30:
        return None
    if file[12:16] == b"VP8X":
        width, height = (int.from_bytes(file[at : at + 3], "little") for at in (24, 27))
        return width + 1, height + 1
    if file[12:16] == b"VP8L":
        (bits,) = struct.unpack_from("<I", file, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", file, 26)
    return width & 0x3FFF, height & 0x3FFF


def _transpose_of(image: Image.Image) -> Image.Transpose | None:
    """Return how to turn a picture upright, or None if it is upright or does not say."""
    try:
        return UPRIGHT.get(image.getexif().get(ORIENTATION_TAG, 1))
    except Exception:  # the metadata are corrupt; the picture itself may still be sound
        return None


def _shrink_to_grey(image: Image.Image, longest_px: int) -> Image.Image:
    """Return a picture in grey whose longest side is at most so many pixels.

    It is converted band by band, since each conversion copies what it converts.
    """
    area_share = math.sqrt(PIXELS_MAX / (image.size[0] * image.size[1]))
    share = min(1, longest_px / max(image.size), area_share)
    size = max(1, round(image.size[0] * share)), max(1, round(image.size[1] * share))
    # A JPEG is decoded at a half, a quarter or an eighth of its size, if that is nearly enough.
    image.draft("L", (round(DRAFT_MIN * size[0]), round(DRAFT_MIN * size[1])))
    image.load()
    scale = max(1, max(image.size) // longest_px)
    rows = scale * max(1, BAND_PIXELS // (scale * image.size[0]))
    bands = [
        _grey_and_alpha(image.crop((0, top, image.size[0], min(top + rows, image.size[1]))), scale)
        for top in range(0, image.size[1], rows)
    ]
    image.close()  # which gives back the memory of the large picture
    grey = np.concatenate([band[0] for band in bands])
    alpha = np.concatenate([band[1] for band in bands])
    del bands
    opaque = float(alpha.sum(dtype=np.float64))
    is_bright = float(grey.sum(dtype=np.float64)) > opaque / 2
    if opaque < alpha.size * PIXEL_MAX and not is_bright:
        grey = grey + (PIXEL_MAX - alpha)  # white paper under a dark drawing
    shrunken = Image.fromarray(grey)
    return shrunken.resize(size, Image.Resampling.BOX) if shrunken.width > size[0] else shrunken


def _grey_and_alpha(band: Image.Image, scale: int) -> tuple[Grey, Grey]:
    """Return the brightness of a band, premultiplied by alpha, and alpha; both shrunk."""
    if band.mode.startswith("I"):  # 16 bits
        values = np.clip(np.asarray(band).astype(np.int64), 0, 0xFFFF)
        band = Image.fromarray((values >> 8).astype(np.uint8))
    if band.has_transparency_data:
        rgba = band.convert("RGBA")
        alpha = rgba.getchannel("A")
        grey = Image.fromarray(
            np.rint(
                np.asarray(rgba.convert("L")).astype(np.float32) * np.asarray(alpha) / PIXEL_MAX
            ).astype(np.uint8)
        )
    else:
        grey = band.convert("L")
        alpha = Image.new("L", band.size, PIXEL_MAX)
    return np.asarray(grey.reduce(scale)), np.asarray(alpha.reduce(scale))


def _type_of(file: bytes) -> str:
    """Return the type of a file as its first bytes tell it."""
    start = file.lstrip()[:16]
    if file[4:8] == b"ftyp":
        return HEIC
    for signature, file_type in SIGNATURES.items():
        if start.startswith(signature):
            return file_type
    return "a file of another type"
