"""A photo of digits on paper -> their ink, step by step.

A phone's photo, a scan or a screenshot: the file becomes a grey picture, the sheet is cut out of
it, the light evened, and what is left is ink or paper. Each digit's ink then goes the way of a
drawing: `raster.to_grid(digit.ink)`.
"""

import io
import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pixelviz import paper, pieces, zip_code
from pixelviz.errors import PhotoError, PixelvizError
from pixelviz.paper import Grey, Mask, Sheet
from pixelviz.spec import PIXEL_MAX, SIDE, Grid, Ink

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

SHORTEST_PX = 500
"""A smaller picture is enlarged to at least this longest side, so that edges are soft."""

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

FAINTEST = 0.07
"""Ink takes at least this share of the light away."""

PALE = 0.3
"""What is paler than this share of the ink is paper."""

FULL = 0.75
"""What is as dark as this share of the ink is full ink."""

CORE = 0.6
"""Somewhere each stroke is at least as dark as this share of the ink."""

SMALLEST = 0.025
"""A digit is at least this share of the picture's longest side high."""

SHORTEST = 0.35
"""A digit is at least this share of the highest one's height high."""

BAR = 0.6
"""A piece that is less than this share of a digit's height high may be a part of one."""

NEAR = 0.25
"""Parts of a digit lie at most this share of its height apart."""

BROKEN = 0.06
"""A stroke that is broken off goes on within this share of its digit's height."""

PEN = 0.1
"""A stroke is at least this share of its digit's longest side wide; MNIST's are 0.14 wide."""


@dataclass(frozen=True)
class Digit:
    """A digit that was found on the paper.

    Attributes:
        top: First row of the digit, in the paper's pixels.
        left: First such column.
        height: Rows of the digit.
        width: Columns.
        found: (height, width) uint8, its own ink as it was written.
        ink: (h, w) uint8, 0 paper, 255 full ink, with a margin: as if written with a pen as wide
            as MNIST's were.
    """

    top: int
    left: int
    found: Ink
    ink: Ink

    @property
    def height(self) -> int:
        """Rows of the digit, in the paper's pixels."""
        return len(self.found)

    @property
    def width(self) -> int:
        """Columns of the digit, in the paper's pixels."""
        return len(self.found[0])


@dataclass(frozen=True)
class Photo:
    """The way of a photo to ink, step by step.

    Attributes:
        grey: (H, W) uint8, as it came: upright, grey, 0 black, 255 white.
        sheet: Where the paper lies in it; None where all of it is paper.
        paper: (h, w) uint8, the paper alone.
        is_light_on_dark: Whether the ink is brighter than the paper.
        light: (h, w) uint8, how the light falls on the paper, had it no ink; of the negative where
            the ink is brighter.
        flat: (h, w) uint8, the paper under even light, dark ink on white.
        clean: (h, w) uint8, the same without ruled lines or squares.
        ink: (h, w) uint8, 0 paper, 255 full ink.
        digits: The digits found, from left to right, line by line.
    """

    grey: Grey
    sheet: Sheet | None
    paper: Grey
    is_light_on_dark: bool
    light: Grey
    flat: Grey
    clean: Grey
    ink: Ink
    digits: tuple[Digit, ...]


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


def as_grid(grey: Grey) -> Grid | None:
    """Return a picture of exactly 28×28 as the grid itself: it needs no steps.

    MNIST's pictures come out as they went in; those with dark ink on light paper are inverted.
    Which one it is, the edge says: a digit hardly ever touches it.

    Args:
        grey: (H, W) uint8, 0 black, 255 white.

    Returns:
        (28, 28) uint8, 0 paper, 255 full ink; None for a picture of any other size.

    Raises:
        ArrayError: The picture is not (H, W) uint8 with at least one point.
    """
    paper.expect_grey(grey)
    if grey.shape != (SIDE, SIDE):
        return None
    edge = np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])
    is_paper_light = float(np.median(edge)) > PIXEL_MAX / 2
    return PIXEL_MAX - grey if is_paper_light else grey.copy()


def develop(grey: Grey) -> Photo:
    """Return the way of a photo to ink, with each step and all digits that are on it.

    Args:
        grey: (H, W) uint8, 0 black, 255 white, as `decode` returns it.

    Raises:
        ArrayError: The picture is not (H, W) uint8 with at least one point.

    Example:
        >>> grey = np.full((300, 400), 200, np.uint8)  # grey paper
        >>> grey[100:200, 100:110] = grey[100:200, 200:210] = 60  # two ones
        >>> [digit.left for digit in develop(grey).digits]
        [199, 399]
    """
    paper.expect_grey(grey)
    enlarged = math.ceil(SHORTEST_PX / max(grey.shape))
    if enlarged > 1:
        size = (grey.shape[1] * enlarged, grey.shape[0] * enlarged)
        grey = np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR))
    sheet = paper.find_sheet(grey)
    mask = (sheet or paper.whole(grey)).mask
    sheet_alone = grey if sheet is None else sheet.crop(grey)
    is_light_on_dark = paper.is_light_on_dark(sheet_alone, mask)
    dark_on_light = PIXEL_MAX - sheet_alone if is_light_on_dark else sheet_alone
    light = paper.light_on(dark_on_light, mask)
    flat = paper.flatten(dark_on_light, light, mask)
    clean = paper.without_lines(flat, mask)
    ink = to_ink(clean)
    digits = find_digits(ink, mask)
    return Photo(grey, sheet, sheet_alone, is_light_on_dark, light, flat, clean, ink, digits)


def to_ink(flat: Grey) -> Ink:
    """Return how much ink lies at each point of evenly lit paper.

    Args:
        flat: (H, W) uint8, dark ink on white paper.

    Returns:
        (H, W) uint8, 0 paper, 255 full ink, soft at the edges; all 0 where nothing stands out from
        the paper's own texture.
    """
    smooth = Image.fromarray(PIXEL_MAX - flat).filter(ImageFilter.GaussianBlur(1))
    taken = np.asarray(smooth).astype(np.float32) / PIXEL_MAX  # the share of the light
    sample = taken[::3, ::3]
    middle = float(np.median(sample))
    noise = 1.5 * float(np.median(np.abs(sample - middle)))  # robust: ink is a small part of it
    floor = max(FAINTEST, middle + 5 * noise)
    inked = taken[taken > floor]
    if not inked.size:
        return np.zeros_like(flat)
    # How much ink takes away: an average in which the darkest points count by far the most.
    full = float((inked**5).sum() / (inked**4).sum())
    low, high = max(floor, PALE * full), FULL * full
    soft = np.clip((taken - low) / max(high - low, 0.01), 0, 1) * PIXEL_MAX
    return _with_a_core(np.rint(soft).astype(np.uint8), taken >= CORE * full)


def _with_a_core(ink: Ink, core: Mask) -> Ink:
    """Return only those pieces of ink that are dark enough somewhere."""
    runs = pieces.runs_of(ink)
    if not runs.row.size:
        return ink
    piece = pieces.piece_of_each(runs)
    numbers = pieces.numbered(runs, piece, ink.shape)
    dark = np.zeros(int(piece.max()) + 2, np.bool_)
    dark[numbers[core]] = True
    dark[0] = False
    return np.where(dark[numbers], ink, 0).astype(np.uint8)


@dataclass(frozen=True)
class _Box:
    """A rectangle around some pieces of ink, and their numbers."""

    top: int
    left: int
    bottom: int
    right: int
    numbers: tuple[int, ...]

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def joined(self, other: "_Box") -> "_Box":
        return _Box(
            min(self.top, other.top), min(self.left, other.left),
            max(self.bottom, other.bottom), max(self.right, other.right),
            self.numbers + other.numbers,
        )  # fmt: skip


def find_digits(ink: Ink, mask: Mask) -> tuple[Digit, ...]:
    """Return the digits on the paper, from left to right, line by line.

    Pieces of ink that lie close above each other belong to one digit; digits that touch are cut
    apart. Dust is dropped, and so is what reaches the paper's edge or stands around a digit; if
    there is nothing else in a picture that is all paper, what reaches its edge counts.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.
        mask: (H, W) bool, which points are paper.
    """
    runs = pieces.runs_of(ink)
    if not runs.row.size:
        return ()
    piece = pieces.piece_of_each(runs)
    numbers = pieces.numbered(runs, piece, ink.shape)
    smallest = SMALLEST * max(ink.shape)
    boxes = _boxes(runs, piece)
    large = [box for box in boxes if box.height >= smallest]
    edge = set(numbers[_rim(mask)].tolist())
    inner = [box for box in large if box.numbers[0] not in edge]
    # A digit may fill a picture to its edge, but hardly a sheet: there it is the edge itself.
    large = _without_frames(_mended(inner if inner or not mask.all() else large))
    if not large:
        return ()
    height = float(np.median(sorted(box.height for box in large)[-max(1, len(large) // 2) :]))
    small = [box for box in boxes if box.height < BAR * height and box.numbers[0] not in edge]
    groups = [box for box in large if box.height >= BAR * height]
    for part in sorted(small, key=lambda box: -box.height * box.width):
        near = [(_gap(part, box), index) for index, box in enumerate(groups)]
        gap, index = min(near, default=(height, -1))
        if gap <= NEAR * height and max(part.height, part.width) >= 0.04 * height:
            groups[index] = groups[index].joined(part)
        elif part.height >= max(SHORTEST * height, smallest):
            groups.append(part)
    found = []
    for group in _in_reading_order(groups):
        rectangle = np.s_[group.top : group.bottom, group.left : group.right]
        own = np.where(np.isin(numbers[rectangle], group.numbers), ink[rectangle], 0)
        found += _apart(own.astype(np.uint8), group.top, group.left)
    return tuple(found)


def _boxes(runs: pieces.Runs, piece: NDArray[np.intp]) -> list[_Box]:
    """Return the rectangle around each piece; pieces are numbered from 1."""
    count = int(piece.max()) + 1
    far = np.iinfo(np.intp).max
    top, left = np.full(count, far), np.full(count, far)
    bottom, right = np.zeros(count, np.intp), np.zeros(count, np.intp)
    np.minimum.at(top, piece, runs.row)
    np.minimum.at(left, piece, runs.start)
    np.maximum.at(bottom, piece, runs.row + 1)
    np.maximum.at(right, piece, runs.end)
    sides = zip(top.tolist(), left.tolist(), bottom.tolist(), right.tolist(), strict=True)
    return [_Box(*side, (number,)) for number, side in enumerate(sides, start=1)]


def _rim(mask: Mask) -> Mask:
    """Return the points at the paper's edge."""
    inside = np.pad(mask, 1)
    beside = [inside[:-2, 1:-1], inside[2:, 1:-1], inside[1:-1, :-2], inside[1:-1, 2:]]
    return np.asarray(~np.logical_and.reduce(beside))


def _without_frames(boxes: list[_Box]) -> list[_Box]:
    """Return the pieces without those that stand all around another one: a box for a digit."""
    return [
        outer
        for outer in boxes
        if not any(
            inner.top - outer.top > 0.08 * outer.height
            and outer.bottom - inner.bottom > 0.08 * outer.height
            and inner.left - outer.left > 0.08 * outer.width
            and outer.right - inner.right > 0.08 * outer.width
            and inner.height > 0.25 * outer.height
            for inner in boxes
        )
    ]


def _mended(boxes: list[_Box]) -> list[_Box]:
    """Return the pieces, those joined between which a stroke is broken."""
    mended: list[_Box] = []
    for box in boxes:
        for other in [other for other in mended if _is_broken(box, other)]:
            mended.remove(other)
            box = box.joined(other)
        mended.append(box)
    return mended


def _is_broken(one: _Box, other: _Box) -> bool:
    """Return whether two pieces lie above each other with hardly a gap."""
    both = one.joined(other)
    shared = min(one.right, other.right) - max(one.left, other.left)
    apart = max(one.top, other.top) - min(one.bottom, other.bottom)
    is_above = shared >= zip_code.OVERLAP * min(one.width, other.width)
    return is_above and -0.5 * both.height < apart <= BROKEN * both.height


def _gap(part: _Box, box: _Box) -> float:
    """Return how far a small piece lies from a larger one, in pixels; more if beside it."""
    down = max(part.top - box.bottom, box.top - part.bottom, 0)
    across = max(part.left - box.right, box.left - part.right, 0)
    return down + 3 * across


def _in_reading_order(boxes: list[_Box]) -> list[_Box]:
    """Return boxes line by line, each line from left to right."""
    lines: list[list[_Box]] = []
    for box in sorted(boxes, key=lambda box: box.top + box.bottom):
        middle = (box.top + box.bottom) / 2
        for line in lines:
            if any(other.top < middle < other.bottom for other in line):
                line.append(box)
                break
        else:
            lines.append([box])
    return [box for line in lines for box in sorted(line, key=lambda box: box.left)]


def _apart(own: Ink, top: int, left: int) -> list[Digit]:
    """Return the digits in one piece of ink: one, or several that touch."""
    digits = []
    for part in zip_code.apart(own) if own.shape[1] > zip_code.WIDEST * len(own) else [own]:
        rows = np.flatnonzero(np.asarray(part.any(axis=1)))
        columns = np.flatnonzero(np.asarray(part.any(axis=0)))
        found = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        digits.append(Digit(top + int(rows[0]), left + int(columns[0]), found, _widened(found)))
    return digits


def _widened(found: Ink) -> Ink:
    """Return a digit as if written with a pen as wide as MNIST's were.

    A ballpoint pen's strokes would be a third of a pixel wide in the grid, and hardly be seen.
    """
    scale = max(1, math.ceil(max(found.shape) / 200))
    small = np.asarray(Image.fromarray(np.pad(found, scale)).reduce(scale))
    solid = small > PIXEL_MAX / 2
    # Of a stroke, two edges are counted; where it is slanted, π / 4 of the steps are its length.
    edges = int(np.diff(solid, axis=0).sum()) + int(np.diff(solid, axis=1).sum())
    width = float(small.sum()) / PIXEL_MAX / max(1.0, edges * math.pi / 8)
    reach = (PEN * max(small.shape) - width) / 2
    if reach <= 0.5:
        return np.pad(found, 1)
    margin = math.ceil(reach)
    padded = np.pad(small, 2 * margin)
    wide = np.zeros_like(padded)
    for down in range(-margin, margin + 1):
        across = math.sqrt(max(reach**2 - down**2, 0))
        rolled = np.roll(padded, down, axis=0)
        for right in range(-round(across), round(across) + 1):
            np.maximum(wide, np.roll(rolled, right, axis=1), out=wide)
    return wide


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
