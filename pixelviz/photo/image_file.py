"""A photo's file -> a grey picture: upright, and small enough to work on.

A phone's photo, a scan or a screenshot; what would take too much memory or time is refused before
it is unpacked.
"""

import io
import struct

import numpy as np
from PIL import Image

from pixelviz.arrays import PIXEL_MAX, Grey
from pixelviz.errors import PhotoError, PixelvizError

BYTES_MAX = 5 * 1024 * 1024
"""The largest file, the same as the page lets through (`maxUploadSize`)."""

JPEG_PIXELS_MAX = 50_000_000
"""The largest JPEG. It is decoded at an eighth of its size or more, so all that a phone's camera
makes will do as long as the file is small enough."""

PROGRESSIVE_PIXELS_MAX = 13_000_000
"""The largest JPEG that comes in several passes: all of them are held, 6 bytes for each pixel."""

PNG_PIXELS_MAX = 20_000_000
"""The largest PNG: 4 bytes for each pixel. A screen of 5K has 15 million."""

WEBP_PIXELS_MAX = 6_000_000
"""The largest WebP: its decoder takes 16 bytes for each pixel. A screen of 2.5K has 4 million."""

BAND_PIXELS = 500_000
"""So many pixels are turned grey at a time."""

SCANS_MAX = 64
"""The most passes of a JPEG. Ten are usual; a thousand empty ones would take minutes."""

LONGEST_PX = 1000
"""The longest side of the grey picture that all steps work on."""

TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns a picture upright, by the orientation that the camera noted (Exif 2.32)."""

ORIENTATION = 0x0112
"""The number under which Exif keeps the orientation."""

KINDS = {
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
"""What a file is, by its first bytes."""

ANOTHER = "Save it as PNG, JPEG or WebP, or take another photo."
SMALLER = "Make it smaller, or take a screenshot of it."


def decode(file: bytes) -> Grey:
    """Return the picture in a file: upright, grey, small enough to work on.

    Bytes and pixels are counted before anything is unpacked. Nothing here takes more than 100 MB.
    What is transparent is paper: white, or black around bright drawings.

    Args:
        file: The bytes of a PNG, JPEG or WebP.

    Returns:
        (H, W) uint8, 0 black, 255 white; at most 1000 pixels high and wide.

    Raises:
        PhotoError: The file is empty, too large, broken, or of another kind.

    Example:
        >>> file = io.BytesIO()
        >>> Image.new("RGB", (4000, 3000), "white").save(file, "JPEG")
        >>> decode(file.getvalue()).shape
        (750, 1000)
    """
    if not file:
        raise PhotoError("Expected a photo, got an empty file.", ANOTHER)
    if len(file) > BYTES_MAX:
        raise PhotoError(
            f"Expected a photo of at most {BYTES_MAX / 2**20:.0f} MB, "
            f"got {len(file) / 2**20:.1f} MB.",
            SMALLER,
        )
    try:
        _expect_few_pixels("WebP", _webp_size(file), WEBP_PIXELS_MAX)
        image = Image.open(io.BytesIO(file), formats=["PNG", "JPEG", "WEBP"])
        _expect_decodable(image, file)
        turn = _turn(image)
        grey = _shrunken(image)
    except PixelvizError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError(
            "Expected a photo that a camera could make, got one of far more pixels.", SMALLER
        ) from error
    except MemoryError:
        raise
    except Exception as error:  # PIL raises a dozen kinds for as many ways to break a file
        raise PhotoError(f"Expected a PNG, JPEG or WebP, got {_kind(file)}.", ANOTHER) from error
    return np.asarray(grey if turn is None else grey.transpose(turn))


def _expect_few_pixels(kind: str, size: tuple[int, int] | None, most: int) -> None:
    if size is not None and size[0] * size[1] > most:
        raise PhotoError(
            f"Expected a {kind} of at most {most // 1_000_000} million pixels, "
            f"got {size[0]} × {size[1]}.",
            SMALLER,
        )


def _expect_decodable(image: Image.Image, file: bytes) -> None:
    """Raise a PhotoError for what would take too much memory or time to decode."""
    if image.format == "PNG":
        _expect_few_pixels("PNG", image.size, PNG_PIXELS_MAX)
    elif image.format == "WEBP":
        _expect_few_pixels("WebP", image.size, WEBP_PIXELS_MAX)
    elif image.info.get("progressive"):
        _expect_few_pixels("progressive JPEG", image.size, PROGRESSIVE_PIXELS_MAX)
        if file.count(b"\xff\xda") > SCANS_MAX:
            raise PhotoError("Expected a JPEG of a few passes, got one of hundreds.", ANOTHER)
    else:
        _expect_few_pixels("JPEG", image.size, JPEG_PIXELS_MAX)


def _webp_size(file: bytes) -> tuple[int, int] | None:
    """Return a WebP's width and height as its first bytes say: opening it takes the memory."""
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


def _turn(image: Image.Image) -> Image.Transpose | None:
    """Return what turns a picture upright, if it says so."""
    try:
        return TURNED.get(image.getexif().get(ORIENTATION, 1))
    except Exception:  # a broken note, of no use; the picture may still be whole
        return None


def _shrunken(image: Image.Image) -> Image.Image:
    """Return a picture in grey whose longest side is at most 1000 pixels.

    Works band by band, since each change of a picture's kind would copy it as a whole.
    """
    longest = max(image.size)
    share = min(1, LONGEST_PX / longest)
    size = max(1, round(image.size[0] * share)), max(1, round(image.size[1] * share))
    image.draft("L", size)  # a JPEG is decoded at a half, a quarter or an eighth of its size
    image.load()
    scale = max(1, max(image.size) // LONGEST_PX)
    rows = scale * max(1, BAND_PIXELS // (scale * image.size[0]))
    bands = [
        _grey_and_cover(image.crop((0, top, image.size[0], min(top + rows, image.size[1]))), scale)
        for top in range(0, image.size[1], rows)
    ]
    grey = np.concatenate([band[0] for band in bands])  # as bright as it looks, where it covers
    cover = np.concatenate([band[1] for band in bands])
    covered = float(cover.sum(dtype=np.float64))
    is_bright = float(grey.sum(dtype=np.float64)) > covered / 2
    if covered < cover.size * PIXEL_MAX and not is_bright:
        grey = grey + (PIXEL_MAX - cover)  # white paper under a dark drawing
    shrunken = Image.fromarray(grey)
    return shrunken if shrunken.size == size else shrunken.resize(size, Image.Resampling.BOX)


def _grey_and_cover(band: Image.Image, scale: int) -> tuple[Grey, Grey]:
    """Return how bright a band is, as far as it covers, and how much it covers."""
    if band.mode.startswith("I"):  # 16 bits
        values = np.clip(np.asarray(band).astype(np.int64), 0, 0xFFFF)
        band = Image.fromarray((values >> 8).astype(np.uint8))
    if band.has_transparency_data:
        rgba = band.convert("RGBA")
        cover = rgba.getchannel("A")
        grey = Image.fromarray(
            np.rint(
                np.asarray(rgba.convert("L")).astype(np.float32) * np.asarray(cover) / PIXEL_MAX
            ).astype(np.uint8)
        )
    else:
        grey = band.convert("L")
        cover = Image.new("L", band.size, PIXEL_MAX)
    return np.asarray(grey.reduce(scale)), np.asarray(cover.reduce(scale))


def _kind(file: bytes) -> str:
    """Return what a file is, as far as its first bytes say."""
    start = file.lstrip()[:16]
    if file[4:8] == b"ftyp":
        return "an HEIC or AVIF photo, or a video"
    for signature, kind in KINDS.items():
        if start.startswith(signature):
            return kind
    return "a file of another kind"
