"""The files that take the most memory and time to read as a photo, all of at most 5 MB."""

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from pixelviz.arrays import Grey
from tests.photographs import file_of


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def png(width: int, height: int, *, depth: int, colour_type: int, extra: bytes = b"") -> bytes:
    """Return a PNG of zeros, which is small; depth and colour type are those of its header."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour_type]
    row = bytes(1 + -(-width * channels * depth // 8))
    squeeze = zlib.compressobj(9)
    content = b"".join(squeeze.compress(100 * row) for _ in range(height // 100))
    content += squeeze.compress(height % 100 * row) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    palette = chunk(b"PLTE", bytes(768)) if colour_type == 3 else b""
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + palette
        + chunk(b"IDAT", content) + chunk(b"IEND", b"")
    )  # fmt: skip


def jpeg(width: int, height: int, mode: str = "RGB", **options: Any) -> bytes:
    """Return a JPEG of one colour, which is small."""
    stream = io.BytesIO()
    Image.new(mode, (width, height)).save(stream, "JPEG", **options)
    return stream.getvalue()


def jpeg_with_scan_per_channel(width: int, height: int) -> bytes:
    """Return a baseline JPEG with a scan for each of its three channels."""
    file = jpeg(width, height, "L")
    frame = file.index(b"\xff\xc0")
    scan = file.index(b"\xff\xda")
    end = frame + 2 + int.from_bytes(file[frame + 2 : frame + 4])
    channels = b"".join(bytes([number, 0x11, 0]) for number in (1, 2, 3))
    header = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + channels
    content = file[scan + 10 : -2]
    scans = [
        b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, number, 0, 0, 63, 0) + content
        for number in (1, 2, 3)
    ]
    return file[:frame] + header + file[end:scan] + b"".join(scans) + file[-2:]


def jpeg_with_empty_scans(width: int, height: int, count: int) -> bytes:
    """Return a progressive JPEG in which the last scan comes again and again, without its data."""
    file = jpeg(width, height, progressive=True)
    start = file.rindex(b"\xff\xda")
    length = int.from_bytes(file[start + 2 : start + 4])
    return file[:-2] + count * file[start : start + 2 + length] + file[-2:]


def jpeg_with_comments(count: int) -> bytes:
    """Return a JPEG with many empty comments before its picture."""
    file = jpeg(100, 100)
    return file[:2] + count * b"\xff\xfe\x00\x02" + file[2:]


def animated_png(frames: int) -> bytes:
    """Return a PNG with frames, which are not alike."""
    pictures = [Image.new("L", (1000, 1000), 255 - number % 2) for number in range(frames)]
    stream = io.BytesIO()
    pictures[0].save(stream, "PNG", save_all=True, append_images=pictures[1:])
    return stream.getvalue()


def webp(width: int, height: int, mode: str = "RGBA", *, frames: int = 1) -> bytes:
    """Return a WebP, animated if it has several frames."""
    random = np.random.default_rng(0)
    shape = (height // 8 + 1, width // 8 + 1, len(mode))
    pictures = [
        Image.fromarray(random.integers(0, 256, shape, dtype=np.uint8)).resize(
            (width, height), Image.Resampling.NEAREST
        )
        for _ in range(frames)
    ]
    stream = io.BytesIO()
    pictures[0].save(
        stream, "WEBP", quality=30, method=0, save_all=frames > 1, append_images=pictures[1:]
    )
    return stream.getvalue()


def noisy_jpeg(width: int, height: int, **options: Any) -> bytes:
    """Return a JPEG of noise."""
    noise = np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
    stream = io.BytesIO()
    Image.fromarray(noise).save(stream, "JPEG", **options)
    return stream.getvalue()


def png_with_exif(tags: int) -> bytes:
    """Return a PNG whose Exif metadata have so many tags."""
    entries = b"".join(struct.pack("<HHII", tag, 3, 1, 1) for tag in range(tags))
    exif = b"II*\0" + struct.pack("<IH", 8, tags) + entries + bytes(4)
    return png(100, 100, depth=8, colour_type=0, extra=chunk(b"eXIf", exif))


def bars(width: int, gap: int, height: int) -> Grey:
    """Return a page full of bars, in lines."""
    page = np.full((1000, 1000), 255, np.uint8)
    for top in range(20, 980 - height, height + max(8, height // 5)):
        for left in range(20, 980 - width, width + gap):
            page[top : top + height, left : left + width] = 0
    return page


def comb(teeth: int) -> Grey:
    """Return a comb with teeth to both sides."""
    page = np.full((1000, 1000), 255, np.uint8)
    pitch = 1000 // teeth
    for tooth in range(teeth):
        page[50:950, tooth * pitch + pitch // 4 : tooth * pitch + pitch // 4 + pitch * 2 // 5] = 0
    page[450:550, 50:950] = 0
    return page


def rings(count: int) -> Grey:
    """Return rings inside each other."""
    image = Image.new("L", (1000, 1000), 255)
    pen = ImageDraw.Draw(image)
    for number in range(count):
        radius = 500 * (number + 1) / (count + 1)
        pen.circle((500, 500), radius, outline=0, width=max(1, 200 // count))
    return np.asarray(image)


def spiral(turns: int) -> Grey:
    """Return a spiral."""
    angle = np.linspace(0, turns * 2 * np.pi, turns * 100)
    radius = 450 * angle / angle[-1]
    image = Image.new("L", (1000, 1000), 255)
    points = zip(500 + radius * np.cos(angle), 500 + radius * np.sin(angle), strict=True)
    ImageDraw.Draw(image).line([(float(x), float(y)) for x, y in points], 0, max(1, 166 // turns))
    return np.asarray(image)


def noise(scale: int, share: float) -> Grey:
    """Return noise: squares of a scale, of which a share is ink."""
    side = 1000 // scale + 1
    is_ink = np.random.default_rng(0).random((side, side)) < share
    squares = np.where(is_ink, 0, 255).astype(np.uint8)
    return np.kron(squares, np.ones((scale, scale), np.uint8))[:1000, :1000]


def checkerboard(scale: int) -> Grey:
    """Return a checkerboard."""
    row, column = np.mgrid[:1000, :1000] // scale
    return np.where((row + column) % 2, 255, 0).astype(np.uint8)


def scribbles(height: int) -> Grey:
    """Return lines of blobs like letters."""
    random = np.random.default_rng(0)
    image = Image.new("L", (1000, 1000), 255)
    pen = ImageDraw.Draw(image)
    for top in range(height, 1000 - height, int(1.6 * height)):
        for left in range(height, 1000 - height, int(0.9 * height)):
            for stroke in random.random((3, 2, 2)) * height + (left, top):
                pen.line([tuple(point) for point in stroke], 0, max(1, height // 8))
    return np.asarray(image)


FILES: Mapping[str, Callable[[], bytes]] = {
    "JPEG, 48 MP, baseline, a scan for each channel": lambda: jpeg_with_scan_per_channel(
        8000, 6000
    ),
    "JPEG, 8.6 MP, baseline, a scan for each channel": lambda: jpeg_with_scan_per_channel(
        4000, 2150
    ),
    "JPEG, 17 MP, progressive": lambda: jpeg(4800, 3600, progressive=True),
    "JPEG, 6.4 MP, progressive, CMYK": lambda: jpeg(
        3000, 2150, "CMYK", progressive=True, subsampling=0
    ),
    "JPEG, 3.5 MP of noise, progressive": lambda: noisy_jpeg(
        2200, 1600, progressive=True, subsampling=0, quality=60
    ),
    "JPEG, 50 MP": lambda: jpeg(8300, 6000, subsampling=0),
    "JPEG, 60 scans": lambda: jpeg_with_empty_scans(4800, 3600, 50),
    "JPEG, a thousand scans": lambda: jpeg_with_empty_scans(4800, 3600, 1000),
    "JPEG, a million comments": lambda: jpeg_with_comments(1_250_000),
    "PNG, 15 MP, RGBA of 16 bits": lambda: png(5000, 3000, depth=16, colour_type=6),
    "PNG, 15 MP, grey and alpha of 16 bits": lambda: png(5000, 3000, depth=16, colour_type=4),
    "PNG, 35 MP, grey": lambda: png(5000, 7000, depth=8, colour_type=0),
    "PNG, 15 MP in one column": lambda: png(1, 14_900_000, depth=8, colour_type=6),
    "PNG, 65,000 Exif tags": lambda: png_with_exif(65_000),
    "PNG, 50 frames": lambda: animated_png(50),
    "WebP, 3.7 MP, RGBA": lambda: webp(2560, 1440),
    "WebP, 1.5 MP, animated": lambda: webp(1500, 1000, frames=3),
    "bars, a thousand": lambda: file_of(bars(3, 5, 200)),
    "bars, thirty": lambda: file_of(bars(16, 16, 900)),
    "comb": lambda: file_of(comb(40)),
    "rings": lambda: file_of(rings(60)),
    "spiral": lambda: file_of(spiral(40)),
    "noise": lambda: file_of(noise(2, 0.1)),
    "checkerboard": lambda: file_of(checkerboard(1)),
    "scribbles": lambda: file_of(scribbles(30)),
}
"""By what they are: the decoders' worst, then those of the search for digits."""
