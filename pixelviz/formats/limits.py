"""What links, files and lines of Python may hold: the size of a file, the form of a name."""

import re

from pixelviz.errors import SharingError

FILE_BYTES_MAX = 100_000
"""The largest file that is read, in bytes; a drawing takes at most 7,344, as CSV."""

NAME_LENGTH_MAX = 40
"""The longest name of a model or a chapter, in characters."""

SAVE_AGAIN = "Save a drawing from Pixelviz in this format to see what the file should look like."
"""The fix for a file with other content."""


def expect_small(content: bytes) -> bytes:
    """Return the bytes of an uploaded file, or raise an error if there are too many.

    Raises:
        SharingError: The file has more than 100,000 bytes.
    """
    if len(content) > FILE_BYTES_MAX:
        raise SharingError(
            f"Expected a file of at most {FILE_BYTES_MAX:,} bytes, got {len(content):,}.",
            "Choose a file with one picture.",
        )
    return content


def expect_name(what: str, name: str, *, fix: str) -> None:
    """Raise a SharingError unless a name has the form that every model and chapter has.

    Such a name goes into an address or a line of Python unchanged, without quotes or escapes.

    Args:
        what: What is named, "model" or "chapter", for the message.
        name: 1 to 40 lowercase letters, digits and hyphens.
        fix: What to do about it.

    Raises:
        SharingError: The name is longer or has other characters.
    """
    # A browser may send anything as the name of a chapter, a list too.
    if not isinstance(name, str) or not re.fullmatch(rf"[a-z0-9-]{{1,{NAME_LENGTH_MAX}}}", name):
        raise SharingError(
            f"Expected the name of a {what}, 1 to {NAME_LENGTH_MAX} lowercase letters, digits and "
            f"hyphens, got {name!r:.40}.",
            fix,
        )
