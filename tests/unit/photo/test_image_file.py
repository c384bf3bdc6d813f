import io
import struct
import time
import tracemalloc
import warnings
import zlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pixelviz import raster
from pixelviz.errors import PhotoError, PixelvizError
from pixelviz.photo import extraction, image_file
from tests.drawings import dark_on_light
from tests.photographs import file_of
from tests.worst_photos import (
    chunk,
    jpeg,
    jpeg_with_empty_scans,
    jpeg_with_scan_per_channel,
)

MB = 2**20
PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_a_grey_png_comes_out_byte_for_byte() -> None:
    grey = np.random.default_rng(0).integers(0, 256, (70, 90), dtype=np.uint8)
    assert np.array_equal(image_file.decode(file_of(grey)), grey)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright_by_its_exif_orientation(orientation: int) -> None:
    upright = dark_on_light(4)[:, 30:250]
    image = Image.fromarray(upright)
    # as the sensor saw it, so that turning it by its orientation gives it back
    back = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    transpose = back.get(orientation, image_file.UPRIGHT.get(orientation))
    seen = image if transpose is None else image.transpose(transpose)
    exif = Image.Exif()
    exif[image_file.ORIENTATION_TAG] = orientation
    for kind in ("PNG", "WEBP"):
        file = file_of(np.asarray(seen), kind, exif=exif, lossless=True)
        assert np.array_equal(image_file.decode(file), upright)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_shows_the_same_digit(mode: str) -> None:
    grey = np.where(dark_on_light(3) > 127, 255, 0).astype(np.uint8)
    if mode == "I;16":
        stream = io.BytesIO()
        Image.fromarray(grey.astype(np.uint16) * 257).save(stream, "PNG")
        file = stream.getvalue()
    else:
        file = file_of(grey, mode=mode)
    assert np.array_equal(image_file.decode(file), grey)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_every_mode_of_jpeg_shows_the_same_digit(mode: str, progressive: bool) -> None:
    grey = dark_on_light(3)
    file = file_of(grey, "JPEG", mode, quality=95, progressive=progressive)
    assert np.abs(image_file.decode(file).astype(int) - grey).mean() < 2


@pytest.mark.parametrize(("level", "expected"), [(20, 255), (240, 0)])
def test_transparent_points_become_paper(level: int, expected: int) -> None:
    rgba = np.zeros((40, 40, 4), np.uint8)
    rgba[10:30, 10:30] = level, level, level, 255
    grey = image_file.decode(file_of_rgba(rgba))
    assert grey[0, 0] == expected
    assert grey[20, 20] == level


def file_of_rgba(rgba: np.ndarray) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(rgba).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("kind", "shape"), [("PNG", (2000, 1429)), ("JPEG", (2000, 1429)), ("WEBP", (1000, 714))]
)
def test_a_large_picture_is_shrunk_and_keeps_its_shape(kind: str, shape: tuple[int, int]) -> None:
    large = np.kron(dark_on_light(2), np.ones((8, 8), np.uint8))[:, :1600]
    grey = image_file.decode(file_of(large, kind))
    assert grey.shape == shape
    small = np.asarray(Image.fromarray(large).resize(shape[::-1], Image.Resampling.BOX))
    assert np.abs(grey.astype(int) - small).mean() < 2


@pytest.mark.parametrize(
    ("file", "file_type"),
    [
        (file_of(dark_on_light(1), "GIF"), "a GIF"),
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a text such as SVG or HTML"),
        (b"\n<!doctype html><html></html>", "a text such as SVG or HTML"),
        (b"label,pixel0,pixel1\n7,0,0\n", "a file of another type"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "an HEIC or AVIF photo, or a video"),
        (b"\x89PNG\r\n\x1a\n", "a broken PNG"),
        (file_of(dark_on_light(1))[:900], "a broken PNG"),
        (file_of(dark_on_light(1), "JPEG")[:2000], "a broken JPEG"),
        (file_of(dark_on_light(1), "WEBP")[:500], "a broken WebP"),
    ],
)
def test_a_file_of_another_type_is_named_and_refused(file: bytes, file_type: str) -> None:
    with pytest.raises(PhotoError, match=f"Expected a PNG, JPEG or WebP, got {file_type}"):
        image_file.decode(file)


def test_a_photo_of_an_iphone_is_refused_with_what_to_do() -> None:
    with pytest.raises(PhotoError, match=r"Open this page on the phone .* Most Compatible"):
        image_file.decode(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(PhotoError, match="got an empty file"):
        image_file.decode(b"")


def test_a_file_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(PhotoError, match=r"at most 5 MB, got 5\.1 MB"):
        image_file.decode(bytes(round(5.1 * MB)))


def png_of_size(width: int, height: int) -> bytes:
    """Return a PNG whose header says that it has this size; its content is much smaller."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + content + chunk(b"IEND", b"")


def webp_of_size(width: int, height: int) -> bytes:
    """Return a WebP header that says that the picture has this size."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    content = b"VP8X" + struct.pack("<I", 10) + bytes(4) + sides
    return b"RIFF" + struct.pack("<I", len(content) + 4) + b"WEBP" + content


def jpeg_of_size(width: int, height: int, *, progressive: bool = False) -> bytes:
    """Return a small JPEG whose header says that it has this size."""
    file = file_of(dark_on_light(1), "JPEG", progressive=progressive)
    marker = b"\xff\xc2" if progressive else b"\xff\xc0"
    at = file.index(marker) + 5
    return file[:at] + struct.pack(">HH", height, width) + file[at + 4 :]


@pytest.mark.parametrize(
    "file",
    [
        png_of_size(50_000, 50_000),
        png_of_size(12_000, 9_000),
        png_of_size(8_000, 8_000),
        webp_of_size(16_383, 16_383),
        webp_of_size(4_000, 3_000),
        jpeg_of_size(65_000, 65_000),
        jpeg_of_size(9_000, 8_000),
        jpeg_of_size(8_000, 4_000, progressive=True),
        jpeg_with_scan_per_channel(8_000, 6_000),
    ],
)
def test_a_decompression_bomb_is_refused_before_it_is_decoded(file: bytes) -> None:
    tracemalloc.start()
    start = time.perf_counter()
    with pytest.raises(PhotoError, match="pixels"):
        image_file.decode(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - start < 0.5
    assert peak < 5 * MB


def test_a_jpeg_of_more_than_64_scans_is_refused() -> None:
    with pytest.raises(PhotoError, match=r"at most 64 scans, got 1\d\d"):
        image_file.decode(jpeg_with_empty_scans(280, 280, 100))


def test_a_baseline_jpeg_of_more_than_64_scans_is_refused() -> None:
    file = jpeg_with_scan_per_channel(280, 280)
    scan = file[file.rindex(b"\xff\xda") : -2]
    with pytest.raises(PhotoError, match="at most 64 scans, got 103"):
        image_file.decode(file[:-2] + 100 * scan + file[-2:])


def test_a_baseline_jpeg_with_a_scan_for_each_channel_is_decoded() -> None:
    assert (image_file.decode(jpeg_with_scan_per_channel(280, 280)) < 10).all()


def test_a_thumbnail_and_a_second_picture_are_no_scans() -> None:
    thumbnail = b"Exif\0\0" + 100 * jpeg(8, 8)
    large = jpeg(6_000, 4_000)
    assert len(thumbnail) < 65_533
    with_thumbnail = (
        large[:2] + b"\xff\xe1" + struct.pack(">H", 2 + len(thumbnail)) + thumbnail + large[2:]
    )
    assert image_file.decode(with_thumbnail + 100 * jpeg(8, 8)).shape == (1333, 2000)


@pytest.mark.parametrize(
    ("subsampling", "side_px"), [("4:4:4", 3_300), ("4:2:2", 4_000), ("4:2:0", 4_600)]
)
def test_a_progressive_jpeg_counts_by_its_samples(subsampling: str, side_px: int) -> None:
    small = jpeg(64, 64, progressive=True, subsampling=subsampling)
    at = small.index(b"\xff\xc2") + 5
    large = small[:at] + struct.pack(">HH", side_px, side_px) + small[at + 4 :]
    limit = {"4:4:4": "8.67", "4:2:2": "13", "4:2:0": "17.3"}[subsampling]
    with pytest.raises(PhotoError, match=f"at most {limit} million pixels"):
        image_file.decode(large)


def test_a_text_chunk_that_decompresses_into_64_mb_is_refused() -> None:
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(64 * MB)))
    sound = file_of(dark_on_light(1))
    with pytest.raises(PhotoError, match="a broken PNG"):
        image_file.decode(sound[:33] + text + sound[33:])


def test_corrupt_exif_is_ignored() -> None:
    grey = dark_on_light(8)
    file = file_of(grey, "PNG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert np.array_equal(image_file.decode(file), grey)


def extract_or_refuse(file: bytes) -> None:
    """Check that a file raises nothing but a PixelvizError, and takes less than 100 MB."""
    tracemalloc.start()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PIL warns of odd files
            grey = image_file.decode(file)
        assert max(grey.shape) <= image_file.LONGEST_SIDE_PX
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(extraction, "LONGEST_SIDE_PX_MIN", 1)  # quicker than 500
            extracted = extraction.extract(grey)
        for digit in extracted.digits:
            assert raster.to_grid(digit.ink).any()
    except PixelvizError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 100 * MB


SOUND = [
    file_of(dark_on_light(2)[::2, ::2].copy(), kind, mode)
    for kind, mode in (
        ("PNG", "L"), ("PNG", "P"), ("PNG", "RGBA"), ("JPEG", "RGB"), ("JPEG", "CMYK"),
        ("WEBP", "RGB"), ("WEBP", "RGBA"),
    )
]  # fmt: skip


@PATIENT
@given(st.binary(max_size=2000))
def test_random_bytes_are_refused(file: bytes) -> None:
    with pytest.raises(PixelvizError):
        image_file.decode(file)


@PATIENT
@given(
    st.sampled_from(SOUND),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), max_size=6),
    st.floats(0, 1),
)
def test_altered_files_are_extracted_or_refused(
    file: bytes, changes: list[tuple[float, bytes]], kept: float
) -> None:
    altered = bytearray(file)
    for position, new in changes:
        # Half of the changes hit the header, where they do the most.
        at = int(position * 2 * 80) if position < 0.5 else int((position - 0.5) * 2 * len(file))
        altered[at : at + len(new)] = new
    extract_or_refuse(bytes(altered[: len(file) if kept > 0.3 else int(kept * 3 * len(file))]))
