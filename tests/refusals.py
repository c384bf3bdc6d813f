"""Odd links and files, and the check that each is read or refused without taking much memory."""

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from pixelviz.errors import PixelvizError, SharingError

CASES = settings(max_examples=200, deadline=None, database=None)

EDITS = st.tuples(st.integers(0, 2**20), st.integers(0, 9), st.binary(max_size=9))
"""Where an edit starts, how many bytes it takes out, and which it puts in."""


def edited(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Return the content with a few edits, one after the other."""
    for position, length, inserted in edits:
        start = position % (len(content) + 1)
        content = content[:start] + inserted + content[start + length :]
    return content


def peak_of(read: Callable[[Any], object], given: Any) -> int:
    """Return the peak memory of a refusal, in bytes."""
    tracemalloc.start()
    try:
        with pytest.raises(SharingError):
            read(given)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def reads_or_refuses(read: Callable[[Any], object], given: Any) -> None:
    """Check that a reader gives a grid, or one of the errors that the page knows how to show."""
    try:
        found = read(given)
    except PixelvizError:
        return
    grid: Any = getattr(found, "grid", found)
    assert grid is None or (grid.shape == (28, 28) and grid.dtype == np.uint8)
