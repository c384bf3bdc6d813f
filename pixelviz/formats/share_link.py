"""grid <-> a link that opens the page with the same drawing and the same settings.

A link carries the 784 values of the grid themselves, so it shows the same pixels everywhere. They
are compressed with deflate (RFC 1951) and encoded for an address in base64url (RFC 4648), between
the version of the format and a checksum:

    ?framing=mnist&model=dense&chapter=unroll&drawing=1.<the 784 values>.<CRC-32 in hex>

An MNIST digit takes 256 characters on average, the longest of the 70,000 takes 423. Noise cannot be
compressed: 784 random values would take 1,063.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, get_args
from urllib.parse import SplitResult, urlencode, urlsplit

import numpy as np

from pixelviz.arrays import LENGTH, SIDE, Grid, expect_grid
from pixelviz.errors import SharingError
from pixelviz.formats.limits import expect_name
from pixelviz.raster import Framing

LINK_MAX = 1000
"""A link is shorter than this, in characters, so that it can be pasted into a chat."""

CODE_MAX = 880
"""The longest code of a drawing in a link, in characters; the rest is for address and settings."""

STRATEGIES = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_RLE)
"""Strategies of deflate, of which the shorter result is taken; all are decompressed alike."""

VERSION = "1"
"""The version of the format, with which a code begins."""

DRAWING_KEY = "drawing"
"""The parameter of a link that carries the drawing."""

COPY_AGAIN = "Copy the whole link again, or draw the digit again."


@dataclass(frozen=True)
class Settings:
    """What a link carries besides the drawing, so that the page looks the same elsewhere.

    The page checks whether the model and the chapter exist.

    Attributes:
        framing: How the drawing became the grid.
        model: The name of the model that predicts; None leaves it to the page.
        chapter: The name of the chapter that is open, if any.

    Raises:
        SharingError: The framing does not exist, or a name does not have the form of one.
    """

    framing: Framing = "mnist"
    model: str | None = None
    chapter: str | None = None

    def __post_init__(self) -> None:
        framings = get_args(Framing)
        if self.framing not in framings:
            raise SharingError(
                f"Expected the framing to be one of {', '.join(framings)}, "
                f"got {self.framing!r:.40}.",
                COPY_AGAIN,
            )
        for what, name in (("model", self.model), ("chapter", self.chapter)):
            if name is not None:
                expect_name(what, name, fix=COPY_AGAIN)


DEFAULTS = Settings()


@dataclass(frozen=True)
class Shared:
    """What a link carries.

    Attributes:
        grid: (28, 28) uint8, exactly as it was shared; None where the link carries no drawing.
        settings: What the page was set to.
    """

    grid: Grid | None
    settings: Settings


def encode(grid: Grid) -> str:
    """Return a grid as the code that carries it in a link.

    Args:
        grid: (28, 28) uint8.

    Returns:
        At most 880 characters, all of which an address can hold without escapes.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.
        SharingError: The drawing is so noisy that its code would be longer.

    Example:
        >>> grid = np.zeros((28, 28), np.uint8)
        >>> grid[4:24, 14] = 255
        >>> code = encode(grid)  # "1.", some 20 letters, "." and a checksum of 8 digits
        >>> len(code) < 40, bool((decode(code) == grid).all())
        (True, True)
    """
    expect_grid(grid)
    values = grid.tobytes()  # row by row
    packed = min((_deflate(values, strategy) for strategy in STRATEGIES), key=len)
    # The checksum comes last: many chats take a "-" or "_" at the end of a link for punctuation.
    code = f"{VERSION}.{_base64(packed)}.{_checksum(packed)}"
    if len(code) > CODE_MAX:
        raise SharingError(
            f"This drawing is too noisy for a link: expected a code of at most {CODE_MAX} "
            f"characters, got {len(code)}.",
            "Save it as a file instead, or erase the specks.",
        )
    return code


def decode(code: str) -> Grid:
    """Return the grid that a code carries, byte for byte.

    Decompression stops after 784 values, whatever the code would decompress into.

    Args:
        code: What `encode` made of a grid.

    Returns:
        (28, 28) uint8.

    Raises:
        SharingError: The code is incomplete, altered, of another version, or not a code at all.
    """
    if len(code) > CODE_MAX:
        raise SharingError(
            f"Expected the code of a drawing in at most {CODE_MAX} characters, got {len(code)}.",
            COPY_AGAIN,
        )
    found = re.fullmatch(r"([0-9]+)\.([\w-]+)\.([0-9a-f]{8})", code, re.ASCII)
    if not found:
        raise _broken("the code of a drawing", f"{code!r:.40}")
    version, letters, checksum = found.groups()
    if version != VERSION:
        raise SharingError(
            f"Expected a link of version {VERSION}, got version {version:.10}.",
            "It was made by another version of Pixelviz: open it with that one.",
        )
    packed = _bytes_of(letters)
    if _base64(packed) != letters or _checksum(packed) != checksum:
        raise _broken(f"letters with the checksum {checksum}", "others")
    return np.frombuffer(_inflate(packed), np.uint8).reshape(SIDE, SIDE).copy()


def to_query(grid: Grid, settings: Settings = DEFAULTS) -> dict[str, str]:
    """Return a drawing and the page's settings as the parameters of an address.

    Args:
        grid: (28, 28) uint8.
        settings: What the page is set to.

    Returns:
        The parameters by name, without the settings that are None. The drawing comes last, so that
        a link that was cut off has an incomplete drawing, which is noticed.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.
        SharingError: The drawing is too noisy for a link.
    """
    named = asdict(settings) | {DRAWING_KEY: encode(grid)}
    return {name: value for name, value in named.items() if value is not None}


def from_query(query: Mapping[str, str]) -> Shared:
    """Return what the parameters of an address carry; parameters of other names are ignored.

    Args:
        query: The parameters by name.

    Raises:
        SharingError: The drawing or a setting is not one that a link can carry.
    """
    given: dict[str, Any] = {
        field.name: query[field.name] for field in fields(Settings) if field.name in query
    }
    settings = Settings(**given)
    return Shared(decode(query[DRAWING_KEY]) if DRAWING_KEY in query else None, settings)


def to_link(grid: Grid, settings: Settings = DEFAULTS, *, address: str) -> str:
    """Return the link that shows a drawing on the page.

    Args:
        grid: (28, 28) uint8.
        settings: What the page is set to.
        address: Where the page is served; parameters that it already has are replaced.

    Returns:
        Fewer than 1,000 characters.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.
        SharingError: The drawing is too noisy for a link, or the address cannot be parsed or is too
            long for the drawing to fit.

    Example:
        >>> grid = np.zeros((28, 28), np.uint8)
        >>> to_link(grid, Settings(chapter="unroll"), address="http://localhost:8501/")
        ... # doctest: +ELLIPSIS
        'http://localhost:8501/?framing=mnist&chapter=unroll&drawing=1...'
    """
    query = urlencode(to_query(grid, settings))
    link = _split(address)._replace(query=query, fragment="").geturl()
    if len(link) >= LINK_MAX:
        raise SharingError(
            f"Expected a link of fewer than {LINK_MAX} characters, got {len(link)}.",
            "Save the drawing as a file instead.",
        )
    return link


def _base64(values: bytes) -> str:
    return base64.urlsafe_b64encode(values).decode("ascii").rstrip("=")


def _bytes_of(letters: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    except binascii.Error as error:
        raise _broken("letters in base64", f"{len(letters)} letters") from error


def _checksum(values: bytes) -> str:
    return f"{zlib.crc32(values):08x}"


def _deflate(values: bytes, strategy: int) -> bytes:
    # Negative: the bare stream, without zlib's header and checksum.
    deflater = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS, strategy=strategy)
    return deflater.compress(values) + deflater.flush()


def _inflate(packed: bytes) -> bytes:
    """Return the 784 bytes that were deflated; no more are decompressed, whatever there is."""
    expected = f"{LENGTH} values"
    inflater = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        values = inflater.decompress(packed, LENGTH + 1)  # one more shows that there are more
    except zlib.error as error:
        raise _broken(expected, "bytes that cannot be decompressed") from error
    if len(values) != LENGTH:
        raise _broken(expected, "more" if len(values) > LENGTH else f"{len(values)}")
    if not inflater.eof or inflater.unused_data:
        raise _broken(expected, "them without an end, or with more after it")
    return values


def _broken(expected: str, got: str) -> SharingError:
    return SharingError(
        f"This link is incomplete or was altered: expected {expected}, got {got}.", COPY_AGAIN
    )


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError as error:
        raise SharingError(f"Expected a link, got {address!r:.40}.", COPY_AGAIN) from error
