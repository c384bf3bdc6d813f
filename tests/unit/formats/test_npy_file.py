import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelviz import features, vector
from pixelviz.arrays import Grid
from pixelviz.errors import ArrayError, SharingError
from pixelviz.formats import npy_file
from tests.grids import LINES, NOT_GRIDS
from tests.refusals import CASES, EDITS, edited, peak_of, reads_or_refuses

SOUND = npy_file.encode(LINES)


def npy_of(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def npy_with(header: str, values: bytes = b"", version: bytes = b"\1\0") -> bytes:
    """Return an NPY file with any header."""
    size = len(header).to_bytes(2 if version == b"\1\0" else 4, "little")
    return b"\x93NUMPY" + version + size + header.encode("latin-1") + values


def test_a_file_gives_back_the_drawing(grid: Grid) -> None:
    assert np.array_equal(npy_file.decode(npy_file.encode(grid)), grid)


def test_numpy_loads_the_file(grid: Grid) -> None:
    loaded = np.load(io.BytesIO(npy_file.encode(grid)), allow_pickle=False)
    assert loaded.dtype == np.uint8
    assert np.array_equal(loaded, vector.unroll(grid))


@pytest.mark.parametrize("kind", ["u1", "<u2", ">u4", "<u8", "<i2", ">i4", "<i8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_integers_of_other_types_are_read(kind: str, order: Any) -> None:
    picture = np.asarray(LINES.astype(kind), order=order)
    assert np.array_equal(npy_file.decode(npy_of(picture)), LINES)
    assert np.array_equal(npy_file.decode(npy_of(LINES.flatten().astype(kind))), LINES)


@pytest.mark.parametrize("kind", ["<f2", "<f4", ">f8"])
def test_features_are_rescaled_to_integers(kind: str) -> None:
    rescaled = features.rescale(vector.unroll(LINES)).astype(kind)
    assert np.array_equal(npy_file.decode(npy_of(rescaled)), LINES)
    assert np.array_equal(npy_file.decode(npy_of(rescaled.reshape(28, 28))), LINES)


@pytest.mark.parametrize(("share", "pixel"), [(0.1, 26), (0.3, 77), (0.5, 128), (1.0, 255)])
def test_half_a_pixel_value_is_rounded_up(share: float, pixel: int) -> None:
    assert (npy_file.decode(npy_of(np.full(784, share))) == pixel).all()


def test_version_2_of_the_format_is_read() -> None:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, LINES, version=(2, 0))
    assert np.array_equal(npy_file.decode(stream.getvalue()), LINES)


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((1, 784), np.uint8),
        np.zeros(783, np.uint8),
        np.zeros((28, 28, 1), np.uint8),
        np.zeros((), np.uint8),
        np.zeros((28, 28), bool),
        np.zeros((28, 28), complex),
        np.zeros((28, 28), "U1"),
        np.zeros(784, "M8[s]"),
        np.zeros(784, [("a", "u1")]),
        np.full(784, 256),
        np.full(784, -1),
        np.full(784, 2**63, np.uint64),
        np.full(784, 1.01),
        np.full(784, -0.01),
        np.full(784, np.nan),
        np.full(784, np.inf),
        LINES.astype(np.float64),
    ],
    ids=lambda wrong: f"{wrong.shape} {wrong.dtype}",
)
def test_arrays_of_another_form_are_refused(wrong: np.ndarray) -> None:
    with pytest.raises(SharingError, match=r"Expected an NPY file of shape \(784,\)"):
        npy_file.decode(npy_of(wrong))


def test_pickled_objects_are_never_unpickled() -> None:
    stream = io.BytesIO()
    np.save(stream, np.array([object] * 784, dtype=object), allow_pickle=True)
    with pytest.raises(SharingError, match=r"got object of shape \(784,\)"):
        npy_file.decode(stream.getvalue())


def test_a_file_with_too_few_or_too_many_bytes_is_refused() -> None:
    content = npy_file.encode(LINES)
    for changed, got in ((content[:-1], "783 bytes"), (content + b"\0", "785 bytes")):
        with pytest.raises(SharingError, match=f"got {got} of values instead of 784"):
            npy_file.decode(changed)
    for length in range(128):
        with pytest.raises(SharingError, match="header cannot be read"):
            npy_file.decode(content[:length])


@pytest.mark.parametrize(
    "shape", ["(784,) * 2", "(10**9,)", "(1000000000000,)", "(1" + ",1" * 60 + ")"]
)
def test_a_header_that_announces_gigabytes_takes_no_memory(shape: str) -> None:
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}}}\n"
    for kind in ("|u1", "<f8", "|V2000000000"):
        forged = npy_with(header.replace("|u1", kind), bytes(784))
        assert peak_of(npy_file.decode, forged) < 200_000


@pytest.mark.parametrize("header", ["(" * 400, "-" * 450, "[" * 60_000, "", "{}", "0", "'" * 99])
def test_a_header_of_odd_python_is_refused(header: str) -> None:
    with pytest.raises(SharingError, match="header cannot be read"):
        npy_file.decode(npy_with(header))


def test_a_header_much_longer_than_numpys_is_refused() -> None:
    header = "{'descr': '|u1', 'fortran_order': False, 'shape': (784,)}"
    assert npy_file.decode(npy_with(header.ljust(499) + "\n", bytes(784))).sum() == 0
    with pytest.raises(SharingError, match="header cannot be read"):
        npy_file.decode(npy_with(header.ljust(500) + "\n", bytes(784)))


def test_a_large_file_is_refused_by_its_size() -> None:
    with pytest.raises(SharingError, match="at most 100,000 bytes, got 100,001"):
        npy_file.decode(bytes(100_001))


@pytest.mark.parametrize("wrong", NOT_GRIDS)
def test_an_array_that_is_not_a_grid_is_refused(wrong: Grid) -> None:
    with pytest.raises(ArrayError, match="Expected a grid of shape"):
        npy_file.encode(wrong)


def test_the_drawing_is_not_changed() -> None:
    before = LINES.copy()
    npy_file.encode(LINES)
    assert np.array_equal(LINES, before)


@CASES
@given(st.binary(min_size=784, max_size=784), st.integers(0, 8))
def test_any_784_values_come_back(values: bytes, bits: int) -> None:
    grid = (np.frombuffer(values, np.uint8) >> bits).astype(np.uint8).reshape(28, 28)
    assert np.array_equal(npy_file.decode(npy_file.encode(grid)), grid)


@CASES
@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"\x93NUMPY\1\0" + tail))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    reads_or_refuses(npy_file.decode, content)


@CASES
@given(st.lists(EDITS, min_size=1, max_size=3))
def test_a_sound_file_with_edits_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    reads_or_refuses(npy_file.decode, edited(SOUND, edits))


@CASES
@given(
    st.sampled_from(
        ["|u1", "<f2", ">f4", "<f8", "<i8", "|O", "|b1", "|V9", "<U3", "M8[s]", "(2,)u1"]
    )
    | st.text(max_size=8),
    st.booleans(),
    st.lists(st.integers(-(2**70), 2**70) | st.sampled_from([28, 784]), max_size=3).map(tuple)
    | st.sampled_from([(784,), (28, 28)]),
    st.binary(min_size=784, max_size=784),
    st.sampled_from([b"\1\0", b"\2\0", b"\3\0"]),
)
def test_any_header_is_read_or_refused(
    kind: str, by_columns: bool, shape: tuple[int, ...], values: bytes, version: bytes
) -> None:
    header = f"{{'descr': {kind!a}, 'fortran_order': {by_columns}, 'shape': {shape}}}\n"
    for width in (1, 2, 4, 8):
        reads_or_refuses(npy_file.decode, npy_with(header, values * width, version))
