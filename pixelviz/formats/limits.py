"""Limits of the files of values that are read: a file is small and holds one picture."""

from pixelviz.errors import SharingError

FILE_BYTES_MAX = 100_000
"""The largest file that is read, in bytes; a drawing takes a tenth of it."""

SAVE_AGAIN = "Save any drawing from Pixelviz as such a file to see what it looks like."
"""The fix for a file in the wrong form."""


def expect_small(content: bytes) -> bytes:
    """Return the bytes of an uploaded file, unless there are too many.

    Raises:
        SharingError: The file has more than 100,000 bytes.
    """
    if len(content) > FILE_BYTES_MAX:
        raise SharingError(
            f"Expected a file of at most {FILE_BYTES_MAX:,} bytes, got {len(content):,}.",
            "Choose a file with one picture.",
        )
    return content
