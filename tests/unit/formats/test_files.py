import csv
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pixelviz import features, vector
from pixelviz.arrays import Grid
from pixelviz.errors import ArrayError, SharingError
from pixelviz.formats import csv_file, npy_file, png_file, python_code
from pixelviz.formats.share_link import SETTINGS
from pixelviz.model import card, classifier, keras_classifier
from tests.grids import EMPTY, GRIDS, LINES, NOISE
from tests.refusals import CASES, PIECES, edited, peak_of, reads_or_refuses

BOM = b"\xef\xbb\xbf"
"""What Excel puts in front of UTF-8."""


def _npy_of(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def _npy_with(header: str, values: bytes = b"", version: bytes = b"\1\0") -> bytes:
    """Return an NPY file with a header of one's own."""
    size = len(header).to_bytes(2 if version == b"\1\0" else 4, "little")
    return b"\x93NUMPY" + version + size + header.encode("latin-1") + values


def _csv_of(rows: list[list[Any]], separator: str = ",") -> bytes:
    return "\n".join(separator.join(map(str, row)) for row in rows).encode()


@pytest.mark.parametrize("label", [None, *range(10)])
def test_csv_gives_back_the_drawing_and_its_label(grid: Grid, label: int | None) -> None:
    read = csv_file.decode(csv_file.encode(grid, label=label).encode())
    assert np.array_equal(read.grid, grid)
    assert read.label == label


def test_csv_is_what_pythons_own_reader_reads(grid: Grid) -> None:
    (row,) = csv.DictReader(io.StringIO(csv_file.encode(grid, label=7)))
    assert row["label"] == "7"
    for (above, left), value in np.ndenumerate(grid):
        assert row[f"{above + 1}x{left + 1}"] == str(value)


@pytest.mark.parametrize("separator", [",", ";", "\t", ", "])
def test_csv_is_read_in_each_usual_form(separator: str) -> None:
    flat, names = LINES.flatten().tolist(), [f"pixel{index}" for index in range(784)]
    forms: dict[int | None, list[list[list[Any]]]] = {
        None: [[flat], [names, flat], LINES.tolist(), [list("x" * 28), *LINES.tolist()]],
        5: [[[5, *flat]], [["label", *names], [5, *flat]]],
    }
    for label, tables in forms.items():
        for rows in tables:
            content = _csv_of(rows, separator)
            for variant in (
                content,
                BOM + content.replace(b"\n", b"\r\n") + b"\r\n\r\n",
            ):
                read = csv_file.decode(variant)
                assert np.array_equal(read.grid, LINES)
                assert read.label == label


@pytest.mark.parametrize(
    "cell", ["-1", "256", "0.5", "1e2", "x", "", "1_0", "٣", "9" * 5000, "nan"]
)
def test_a_value_that_is_no_pixel_is_named_with_its_place(cell: str) -> None:
    rows: list[list[Any]] = LINES.tolist()
    rows[2][3] = cell
    with pytest.raises(SharingError, match=r"from 0 to 255, got '.* as value 4 of line 3"):
        csv_file.decode(_csv_of(rows))


@pytest.mark.parametrize("label", ["10", "-1", "x", "7.0"])
def test_a_label_that_is_no_digit_is_refused(label: str) -> None:
    with pytest.raises(SharingError, match="Expected a label from 0 to 9"):
        csv_file.decode(_csv_of([[label, *[0] * 784]]))
    with pytest.raises(ArrayError, match="Expected a label from 0 to 9"):
        csv_file.encode(EMPTY, label=10)


@pytest.mark.parametrize(
    ("rows", "got"),
    [
        ([], "0 lines of 0"),
        ([[0] * 783], "1 lines of 783"),
        ([[0] * 786], "1 lines of 786"),
        ([[0] * 784] * 2, "2 lines of 784"),
        ([[0] * 28] * 27, "27 lines of 28"),
        ([[0] * 28] * 27 + [[0] * 27], "28 lines of 27 to 28"),
        ([["a"] * 785, [0] * 784], "a header of 785 names for 784 values"),
        ([["a"] * 784 + ["Label"], [0] * 785], "a label that is not in the first column"),
        ([["a"] * 784], "0 lines of 0"),
    ],
)
def test_csv_of_another_form_is_refused(rows: list[list[Any]], got: str) -> None:
    with pytest.raises(SharingError, match=f"Expected a CSV file with one line.*got {got}"):
        csv_file.decode(_csv_of(rows))


@pytest.mark.parametrize("content", [b"\xff\xfe", b'"', b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_csv_is_refused(content: bytes) -> None:
    with pytest.raises(SharingError, match="got a file that is no CSV"):
        csv_file.decode(content)


def test_npy_gives_back_the_drawing(grid: Grid) -> None:
    assert np.array_equal(npy_file.decode(npy_file.encode(grid)), grid)


def test_npy_is_what_numpy_loads(grid: Grid) -> None:
    loaded = np.load(io.BytesIO(npy_file.encode(grid)), allow_pickle=False)
    assert loaded.dtype == np.uint8
    assert np.array_equal(loaded, vector.unroll(grid))


@pytest.mark.parametrize("kind", ["u1", "<u2", ">u4", "<u8", "<i2", ">i4", "<i8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_of_other_integers_is_read(kind: str, order: Any) -> None:
    picture = np.asarray(LINES.astype(kind), order=order)
    assert np.array_equal(npy_file.decode(_npy_of(picture)), LINES)
    assert np.array_equal(npy_file.decode(_npy_of(LINES.flatten().astype(kind))), LINES)


@pytest.mark.parametrize("kind", ["<f2", "<f4", ">f8"])
def test_npy_of_features_is_rescaled_back(kind: str) -> None:
    rescaled = features.rescale(vector.unroll(LINES)).astype(kind)
    assert np.array_equal(npy_file.decode(_npy_of(rescaled)), LINES)
    assert np.array_equal(npy_file.decode(_npy_of(rescaled.reshape(28, 28))), LINES)


def test_npy_of_the_second_version_is_read() -> None:
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
def test_npy_of_something_else_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(SharingError, match=r"Expected an NPY file of shape \(784,\)"):
        npy_file.decode(_npy_of(wrong))


def test_pickled_objects_are_never_opened() -> None:
    stream = io.BytesIO()
    np.save(stream, np.array([object] * 784, dtype=object), allow_pickle=True)
    with pytest.raises(SharingError, match=r"got object of shape \(784,\)"):
        npy_file.decode(stream.getvalue())


def test_npy_with_too_little_or_too_much_is_refused() -> None:
    content = npy_file.encode(LINES)
    for changed, got in ((content[:-1], "783 bytes"), (content + b"\0", "785 bytes")):
        with pytest.raises(SharingError, match=f"got {got} of values instead of 784"):
            npy_file.decode(changed)
    for place in range(128):
        with pytest.raises(SharingError, match="no header"):
            npy_file.decode(content[:place])


@pytest.mark.parametrize(
    "shape", ["(784,) * 2", "(10**9,)", "(1000000000000,)", "(1" + ",1" * 60 + ")"]
)
def test_a_header_that_promises_more_takes_no_memory(shape: str) -> None:
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}}}\n"
    for kind in ("|u1", "<f8", "|V2000000000"):
        forged = _npy_with(header.replace("|u1", kind), bytes(784))
        assert peak_of(npy_file.decode, forged) < 200_000


@pytest.mark.parametrize("header", ["(" * 400, "-" * 450, "[" * 60_000, "", "{}", "0", "'" * 99])
def test_a_header_of_odd_python_is_refused(header: str) -> None:
    with pytest.raises(SharingError, match="no header"):
        npy_file.decode(_npy_with(header))


def test_a_header_that_is_longer_than_any_of_numpys_is_refused() -> None:
    header = "{'descr': '|u1', 'fortran_order': False, 'shape': (784,)}"
    assert npy_file.decode(_npy_with(header.ljust(499) + "\n", bytes(784))).sum() == 0
    with pytest.raises(SharingError, match="no header"):
        npy_file.decode(_npy_with(header.ljust(500) + "\n", bytes(784)))


@pytest.mark.parametrize("read", [csv_file.decode, npy_file.decode])
def test_a_large_file_is_not_even_looked_at(read: Callable[[bytes], object]) -> None:
    with pytest.raises(SharingError, match="at most 100,000 bytes, got 100,001"):
        read(bytes(100_001))


def test_png_holds_the_drawing_itself(grid: Grid) -> None:
    with Image.open(io.BytesIO(png_file.encode(grid))) as image:
        assert image.mode == "L"
        assert np.array_equal(np.asarray(image), grid)


@pytest.mark.parametrize("pixel_px", [2, 20, 100])
def test_an_enlarged_png_shows_each_pixel_as_a_square_of_its_value(pixel_px: int) -> None:
    with Image.open(io.BytesIO(png_file.encode(LINES, pixel_px=pixel_px))) as image:
        enlarged = np.asarray(image)
    square = np.ones((pixel_px, pixel_px), np.uint8)
    assert np.array_equal(enlarged, np.kron(LINES, square))


@pytest.mark.parametrize("pixel_px", [-1, 0, 101])
def test_pixels_of_no_size_or_of_a_poster_are_refused(pixel_px: int) -> None:
    with pytest.raises(ArrayError, match="Expected pixels of 1 to 100"):
        png_file.encode(LINES, pixel_px=pixel_px)


@pytest.mark.parametrize("model", SETTINGS["model"])
def test_the_python_runs_as_it_is(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    drawing = GRIDS["seven mnist"]
    names: dict[str, Any] = {}
    exec(python_code.generate(drawing, model=model), names)
    assert np.array_equal(names["grid"], drawing)
    x = features.rescale(vector.unroll(drawing))
    assert np.array_equal(names["x"], x)
    (model_card,) = (each for each in card.read(classifier.MODELS).models if each.name == model)
    expected = keras_classifier.load(model_card).predict(x)
    assert np.array_equal(names["prediction"].logits, expected.logits)
    assert capsys.readouterr().out.startswith(f"{expected.digit} [")


def test_the_python_holds_any_drawing() -> None:
    for drawing in (NOISE, LINES, EMPTY):
        names: dict[str, Any] = {}
        exec(python_code.generate(drawing, model="dense").split("models =")[0], names)
        assert np.array_equal(names["grid"], drawing)


def test_python_for_a_model_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SharingError, match="Expected the model to be one of"):
        python_code.generate(EMPTY, model="'] or print('hello')  #")


@pytest.mark.parametrize(
    "wrong", [np.zeros((28, 28)), np.zeros((280, 280), np.uint8), np.zeros(784, np.uint8)]
)
def test_what_is_no_grid_is_refused(wrong: Grid) -> None:
    uses: list[Callable[[Grid], object]] = [
        csv_file.encode,
        npy_file.encode,
        png_file.encode,
        lambda grid: python_code.generate(grid, model="dense"),
    ]
    for use in uses:
        with pytest.raises(ArrayError, match="Expected a grid of shape"):
            use(wrong)


def test_no_use_changes_the_drawing() -> None:
    before = LINES.copy()
    csv_file.encode(LINES)
    npy_file.encode(LINES)
    png_file.encode(LINES, pixel_px=3)
    python_code.generate(LINES, model="dense")
    assert np.array_equal(LINES, before)


SOUND_CSV = csv_file.encode(LINES, label=7).encode()
SOUND_NPY = npy_file.encode(LINES)


@CASES
@given(st.binary(min_size=784, max_size=784), st.integers(0, 8))
def test_any_784_values_come_back(values: bytes, bits: int) -> None:
    grid = (np.frombuffer(values, np.uint8) >> bits).astype(np.uint8).reshape(28, 28)
    assert np.array_equal(csv_file.decode(csv_file.encode(grid).encode()).grid, grid)
    assert np.array_equal(npy_file.decode(npy_file.encode(grid)), grid)


@CASES
@given(st.binary(max_size=300) | st.text(alphabet='0123456789,;\t\n\r" .x').map(str.encode))
def test_any_bytes_as_csv_are_read_or_refused(content: bytes) -> None:
    reads_or_refuses(csv_file.decode, content)


@CASES
@given(st.lists(PIECES, min_size=1, max_size=3))
def test_sound_csv_with_edits_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    reads_or_refuses(csv_file.decode, edited(SOUND_CSV, edits))


@CASES
@given(st.text(max_size=5), st.sampled_from([(1, 784), (1, 785), (2, 784), (28, 28)]))
def test_any_cell_of_csv_is_read_or_refused(cell: str, form: tuple[int, int]) -> None:
    height, width = form
    rows = [[cell] * width] * height
    reads_or_refuses(csv_file.decode, _csv_of(rows))


@CASES
@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"\x93NUMPY\1\0" + tail))
def test_any_bytes_as_npy_are_read_or_refused(content: bytes) -> None:
    reads_or_refuses(npy_file.decode, content)


@CASES
@given(st.lists(PIECES, min_size=1, max_size=3))
def test_sound_npy_with_edits_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    reads_or_refuses(npy_file.decode, edited(SOUND_NPY, edits))


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
def test_any_npy_header_is_read_or_refused(
    kind: str, by_columns: bool, shape: tuple[int, ...], values: bytes, version: bytes
) -> None:
    header = f"{{'descr': {kind!a}, 'fortran_order': {by_columns}, 'shape': {shape}}}\n"
    for width in (1, 2, 4, 8):
        reads_or_refuses(npy_file.decode, _npy_with(header, values * width, version))
