import base64
import contextlib
import csv
import io
import re
import string
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from pixelviz import card, classifier, features, raster, sharing, vector
from pixelviz.errors import ArrayError, PixelvizError, SharingError
from pixelviz.mnist import Mnist
from pixelviz.sharing import Settings
from pixelviz.spec import Grid
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, SEVEN, drawn

LINES = np.resize(np.arange(256), (28, 28)).astype(np.uint8)
"""Every value, in an order that tells rows from columns."""

NOISE = np.random.default_rng(0).integers(0, 256, (28, 28)).astype(np.uint8)
EMPTY = np.zeros((28, 28), np.uint8)
FULL = np.full((28, 28), 255, np.uint8)

BOM = b"\xef\xbb\xbf"
"""What Excel puts in front of UTF-8."""

FRAMINGS: tuple[raster.Framing, ...] = ("mnist", "drawn")
LONGEST = Settings(framing="drawn", model="convolutional", chapter="grey-levels")
ADDRESS = "https://pixelviz.example.org/a/folder/"

CASES = settings(max_examples=500, deadline=None, database=None)


def _framed(strokes: Any, framing: raster.Framing) -> Grid:
    return raster.to_grid(drawn(strokes), framing=framing)


DRAWINGS = {
    "empty": EMPTY,
    "full": FULL,
    "every value": LINES,
    **{
        f"{name} {framing}": _framed(strokes, framing)
        for name, strokes in (("seven", SEVEN), ("crossed", CROSSED_SEVEN), ("scribble", SCRIBBLE))
        for framing in FRAMINGS
    },
}


@pytest.fixture(params=list(DRAWINGS))
def grid(request: pytest.FixtureRequest) -> Grid:
    return DRAWINGS[request.param]


def _same(found: Grid | None, grid: Grid) -> bool:
    return found is not None and found.dtype == np.uint8 and np.array_equal(found, grid)


def _code_of(values: bytes, *, version: str = "1", more: bytes = b"") -> str:
    """Return a code with a checksum that is right, whatever the values are."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflater.compress(values) + deflater.flush() + more
    letters = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return f"{version}.{letters}.{zlib.crc32(packed):08x}"


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


def test_a_link_gives_back_the_drawing_and_the_settings(grid: Grid) -> None:
    for chosen in (Settings(), LONGEST):
        link = sharing.to_link(grid, chosen, address=ADDRESS)
        shared = sharing.from_link(link)
        assert _same(shared.grid, grid)
        assert shared.settings == chosen


def test_a_link_is_short_and_needs_no_escapes(grid: Grid) -> None:
    link = sharing.to_link(grid, LONGEST, address=ADDRESS)
    assert len(link) < 1000
    assert set(link) <= set(string.ascii_letters + string.digits + "-_.:/?&=")
    assert link[-1].isalnum()


def test_the_query_gives_back_what_the_link_does(grid: Grid) -> None:
    query = sharing.to_query(grid, LONGEST)
    assert list(query) == ["framing", "model", "chapter", "drawing"]
    shared = sharing.from_query(query | {"embed": "true"})
    assert shared.settings == LONGEST
    assert _same(shared.grid, grid)


def test_all_of_mnist_fits_into_links(digits: Mnist) -> None:
    longest = 0
    for picture in np.concatenate([digits.x_train, digits.x_test]):
        link = sharing.to_link(picture, LONGEST, address=ADDRESS)
        longest = max(longest, len(link))
        assert _same(sharing.from_link(link).grid, picture)
    assert longest < 600


def test_what_is_unpacked_is_what_zlib_unpacks(grid: Grid) -> None:
    letters = sharing.encode(grid).split(".")[1]
    packed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    assert zlib.decompress(packed, wbits=-15) == grid.tobytes()


def test_a_decoded_grid_can_be_drawn_on(grid: Grid) -> None:
    decoded = sharing.decode(sharing.encode(grid))
    decoded[0, 0] = 9
    assert decoded[0, 0] == 9


def test_an_address_without_a_drawing_carries_settings_only() -> None:
    shared = sharing.from_link("http://localhost:8501/?chapter=unroll&utm_source=chat")
    assert shared.grid is None
    assert shared.settings == Settings(chapter="unroll")


def test_a_link_replaces_what_the_address_carried() -> None:
    old = sharing.to_link(FULL, LONGEST, address=ADDRESS)
    assert sharing.to_link(EMPTY, address=old + "#top") == sharing.to_link(EMPTY, address=ADDRESS)


def test_noise_is_refused_with_what_to_do_instead() -> None:
    with pytest.raises(SharingError, match=r"too noisy for a link.*880.*got 1063.*Save it as"):
        sharing.encode(NOISE)


def test_an_address_that_leaves_no_room_is_refused() -> None:
    with pytest.raises(SharingError, match="fewer than 1000 characters"):
        sharing.to_link(LINES, address="http://localhost/" + "a" * 980)


def test_an_address_that_is_none_is_refused() -> None:
    for use in (sharing.from_link, lambda link: sharing.to_link(EMPTY, address=link)):
        with pytest.raises(SharingError, match="Expected a link"):
            use("http://[oops")


def test_a_link_that_was_cut_off_or_altered_anywhere_is_refused() -> None:
    code = sharing.encode(DRAWINGS["seven mnist"])
    for place in range(len(code)):
        with pytest.raises(SharingError):
            sharing.decode(code[:place])
        for letter in "0Az_":
            if code[place] != letter:
                with pytest.raises(SharingError):
                    sharing.decode(code[:place] + letter + code[place + 1 :])


@pytest.mark.parametrize("junk", ["A", "AAAA", ".", "=", " ", "\n", "%20", "é"])
def test_anything_around_a_code_is_refused(junk: str) -> None:
    code = sharing.encode(DRAWINGS["seven mnist"])
    version, letters, checksum = code.split(".")
    for forged in (code + junk, junk + code, f"{version}.{letters}{junk}.{checksum}"):
        with pytest.raises(SharingError, match=r"incomplete or was altered|version"):
            sharing.decode(forged)


def test_other_numbers_of_values_are_refused_though_the_checksum_is_right() -> None:
    for length, got in ((0, "got 0"), (783, "got 783"), (785, "got more"), (10_000, "got more")):
        with pytest.raises(SharingError, match=f"expected 784 values, {got}"):
            sharing.decode(_code_of(bytes(length)))


def test_bytes_after_the_drawing_are_refused() -> None:
    assert sharing.decode(_code_of(bytes(784))).sum() == 0
    with pytest.raises(SharingError, match="or with more after it"):
        sharing.decode(_code_of(bytes(784), more=b"junk"))


def test_letters_with_spare_bits_set_are_refused() -> None:
    version, letters, checksum = _code_of(bytes(784)).split(".")
    assert len(letters) % 4
    spare = letters[:-1] + chr(ord(letters[-1]) + 1)
    with pytest.raises(SharingError, match=f"expected letters with the checksum {checksum}"):
        sharing.decode(f"{version}.{spare}.{checksum}")


def test_another_version_is_named() -> None:
    with pytest.raises(SharingError, match=r"version 1, got version 2.*open it with that one"):
        sharing.decode(_code_of(bytes(784), version="2"))


def test_a_code_that_is_too_long_is_not_even_looked_at() -> None:
    with pytest.raises(SharingError, match="at most 880 characters, got 1000000"):
        sharing.decode("1." + "A" * 999_998)


def test_a_code_that_would_unpack_into_much_takes_no_memory() -> None:
    bomb = _code_of(bytes(500_000))
    assert len(bomb) < 880
    assert _peak_of(sharing.decode, bomb) < 200_000


@pytest.mark.parametrize("name", sharing.SETTINGS)
def test_a_setting_that_does_not_exist_is_refused(name: str) -> None:
    wrong = "<script>" * 100
    with pytest.raises(SharingError, match=f"Expected the {name} to be one of") as error:
        sharing.from_query({name: wrong})
    assert len(str(error.value)) < 300
    with pytest.raises(SharingError):
        sharing.from_query({name: ""})


def test_the_table_of_settings_is_that_of_the_page_and_the_models(root: Path) -> None:
    assert list(get_type_hints(Settings)) == list(sharing.SETTINGS)
    models = card.read(classifier.MODELS).models
    assert sharing.SETTINGS["model"] == tuple(model.name for model in models)
    lesson = (root / "pixelviz" / "page" / "lesson.py").read_text("utf-8")  # only the page has it
    chapters = re.findall(r'^    "([a-z-]+)": Chapter\(', lesson, re.M)
    assert sharing.SETTINGS["chapter"] == tuple(chapters)


@pytest.mark.parametrize("label", [None, *range(10)])
def test_csv_gives_back_the_drawing_and_its_label(grid: Grid, label: int | None) -> None:
    read = sharing.from_csv(sharing.to_csv(grid, label=label).encode())
    assert np.array_equal(read.grid, grid)
    assert read.label == label


def test_csv_is_what_pythons_own_reader_reads(grid: Grid) -> None:
    (row,) = csv.DictReader(io.StringIO(sharing.to_csv(grid, label=7)))
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
    for label, files in forms.items():
        for rows in files:
            content = _csv_of(rows, separator)
            for variant in (
                content,
                BOM + content.replace(b"\n", b"\r\n") + b"\r\n\r\n",
            ):
                read = sharing.from_csv(variant)
                assert np.array_equal(read.grid, LINES)
                assert read.label == label


@pytest.mark.parametrize(
    "cell", ["-1", "256", "0.5", "1e2", "x", "", "1_0", "٣", "9" * 5000, "nan"]
)
def test_a_value_that_is_no_pixel_is_named_with_its_place(cell: str) -> None:
    rows: list[list[Any]] = LINES.tolist()
    rows[2][3] = cell
    with pytest.raises(SharingError, match=r"from 0 to 255, got '.* as value 4 of line 3"):
        sharing.from_csv(_csv_of(rows))


@pytest.mark.parametrize("label", ["10", "-1", "x", "7.0"])
def test_a_label_that_is_no_digit_is_refused(label: str) -> None:
    with pytest.raises(SharingError, match="Expected a label from 0 to 9"):
        sharing.from_csv(_csv_of([[label, *[0] * 784]]))
    with pytest.raises(ArrayError, match="Expected a label from 0 to 9"):
        sharing.to_csv(EMPTY, label=10)


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
        sharing.from_csv(_csv_of(rows))


@pytest.mark.parametrize("content", [b"\xff\xfe", b'"', b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_csv_is_refused(content: bytes) -> None:
    with pytest.raises(SharingError, match="got a file that is no CSV"):
        sharing.from_csv(content)


def test_npy_gives_back_the_drawing(grid: Grid) -> None:
    assert np.array_equal(sharing.from_npy(sharing.to_npy(grid)), grid)


def test_npy_is_what_numpy_loads(grid: Grid) -> None:
    loaded = np.load(io.BytesIO(sharing.to_npy(grid)), allow_pickle=False)
    assert loaded.dtype == np.uint8
    assert np.array_equal(loaded, vector.unroll(grid))


@pytest.mark.parametrize("kind", ["u1", "<u2", ">u4", "<u8", "<i2", ">i4", "<i8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_of_other_integers_is_read(kind: str, order: Any) -> None:
    picture = np.asarray(LINES.astype(kind), order=order)
    assert np.array_equal(sharing.from_npy(_npy_of(picture)), LINES)
    assert np.array_equal(sharing.from_npy(_npy_of(LINES.flatten().astype(kind))), LINES)


@pytest.mark.parametrize("kind", ["<f2", "<f4", ">f8"])
def test_npy_of_features_is_rescaled_back(kind: str) -> None:
    rescaled = features.rescale(vector.unroll(LINES)).astype(kind)
    assert np.array_equal(sharing.from_npy(_npy_of(rescaled)), LINES)
    assert np.array_equal(sharing.from_npy(_npy_of(rescaled.reshape(28, 28))), LINES)


def test_npy_of_the_second_version_is_read() -> None:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, LINES, version=(2, 0))
    assert np.array_equal(sharing.from_npy(stream.getvalue()), LINES)


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
        sharing.from_npy(_npy_of(wrong))


def test_pickled_objects_are_never_opened() -> None:
    stream = io.BytesIO()
    np.save(stream, np.array([object] * 784, dtype=object), allow_pickle=True)
    with pytest.raises(SharingError, match=r"got object of shape \(784,\)"):
        sharing.from_npy(stream.getvalue())


def test_npy_with_too_little_or_too_much_is_refused() -> None:
    content = sharing.to_npy(LINES)
    for changed, got in ((content[:-1], "783 bytes"), (content + b"\0", "785 bytes")):
        with pytest.raises(SharingError, match=f"got {got} of values instead of 784"):
            sharing.from_npy(changed)
    for place in range(128):
        with pytest.raises(SharingError, match="no header"):
            sharing.from_npy(content[:place])


@pytest.mark.parametrize(
    "shape", ["(784,) * 2", "(10**9,)", "(1000000000000,)", "(1" + ",1" * 60 + ")"]
)
def test_a_header_that_promises_more_takes_no_memory(shape: str) -> None:
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}}}\n"
    for kind in ("|u1", "<f8", "|V2000000000"):
        forged = _npy_with(header.replace("|u1", kind), bytes(784))
        assert _peak_of(sharing.from_npy, forged) < 200_000


@pytest.mark.parametrize("header", ["(" * 400, "-" * 450, "[" * 60_000, "", "{}", "0", "'" * 99])
def test_a_header_of_odd_python_is_refused(header: str) -> None:
    with pytest.raises(SharingError, match="no header"):
        sharing.from_npy(_npy_with(header))


def test_a_header_that_is_longer_than_any_of_numpys_is_refused() -> None:
    header = "{'descr': '|u1', 'fortran_order': False, 'shape': (784,)}"
    assert sharing.from_npy(_npy_with(header.ljust(499) + "\n", bytes(784))).sum() == 0
    with pytest.raises(SharingError, match="no header"):
        sharing.from_npy(_npy_with(header.ljust(500) + "\n", bytes(784)))


@pytest.mark.parametrize("read", [sharing.from_csv, sharing.from_npy])
def test_a_large_file_is_not_even_looked_at(read: Callable[[bytes], object]) -> None:
    with pytest.raises(SharingError, match="at most 100,000 bytes, got 100,001"):
        read(bytes(100_001))


def test_png_holds_the_drawing_itself(grid: Grid) -> None:
    with Image.open(io.BytesIO(sharing.to_png(grid))) as image:
        assert image.mode == "L"
        assert np.array_equal(np.asarray(image), grid)


@pytest.mark.parametrize("pixel_px", [2, 20, 100])
def test_an_enlarged_png_shows_each_pixel_as_a_square_of_its_value(pixel_px: int) -> None:
    with Image.open(io.BytesIO(sharing.to_png(LINES, pixel_px=pixel_px))) as image:
        enlarged = np.asarray(image)
    square = np.ones((pixel_px, pixel_px), np.uint8)
    assert np.array_equal(enlarged, np.kron(LINES, square))


@pytest.mark.parametrize("pixel_px", [-1, 0, 101])
def test_pixels_of_no_size_or_of_a_poster_are_refused(pixel_px: int) -> None:
    with pytest.raises(ArrayError, match="Expected pixels of 1 to 100"):
        sharing.to_png(LINES, pixel_px=pixel_px)


@pytest.mark.parametrize("model", sharing.SETTINGS["model"])
def test_the_python_runs_as_it_is(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    drawing = DRAWINGS["seven mnist"]
    names: dict[str, Any] = {}
    exec(sharing.to_python(drawing, model=model), names)
    assert np.array_equal(names["grid"], drawing)
    x = features.rescale(vector.unroll(drawing))
    assert np.array_equal(names["x"], x)
    (model_card,) = (each for each in card.read(classifier.MODELS).models if each.name == model)
    expected = classifier.load(model_card).predict(x)
    assert np.array_equal(names["prediction"].logits, expected.logits)
    assert capsys.readouterr().out.startswith(f"{expected.digit} [")


def test_the_python_holds_any_drawing() -> None:
    for drawing in (NOISE, LINES, EMPTY):
        names: dict[str, Any] = {}
        exec(sharing.to_python(drawing, model="dense").split("models =")[0], names)
        assert np.array_equal(names["grid"], drawing)


def test_python_for_a_model_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SharingError, match="Expected the model to be one of"):
        sharing.to_python(EMPTY, model="'] or print('hello')  #")


@pytest.mark.parametrize(
    "wrong", [np.zeros((28, 28)), np.zeros((280, 280), np.uint8), np.zeros(784, np.uint8)]
)
def test_what_is_no_grid_is_refused(wrong: Grid) -> None:
    uses: list[Callable[[Grid], object]] = [
        sharing.encode,
        sharing.to_query,
        lambda grid: sharing.to_link(grid, address=ADDRESS),
        sharing.to_csv,
        sharing.to_npy,
        sharing.to_png,
        lambda grid: sharing.to_python(grid, model="dense"),
    ]
    for use in uses:
        with pytest.raises(ArrayError, match="Expected a grid of shape"):
            use(wrong)


def test_no_use_changes_the_drawing() -> None:
    before = LINES.copy()
    sharing.to_link(LINES, address=ADDRESS)
    sharing.to_csv(LINES)
    sharing.to_npy(LINES)
    sharing.to_png(LINES, pixel_px=3)
    sharing.to_python(LINES, model="dense")
    assert np.array_equal(LINES, before)


def _peak_of(read: Callable[[Any], object], given: Any) -> int:
    """Return how many bytes a refusal took at most."""
    tracemalloc.start()
    try:
        with pytest.raises(SharingError):
            read(given)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _reads_or_refuses(read: Callable[[Any], object], given: Any) -> None:
    """Check that a reader gives a grid, or one of the errors that the page knows how to show."""
    try:
        found = read(given)
    except PixelvizError:
        return
    grid: Any = getattr(found, "grid", found)
    assert grid is None or (grid.shape == (28, 28) and grid.dtype == np.uint8)


SOUND = sharing.encode(DRAWINGS["crossed mnist"])
SOUND_CSV = sharing.to_csv(LINES, label=7).encode()
SOUND_NPY = sharing.to_npy(LINES)
PIECES = st.tuples(st.integers(0, 2**20), st.integers(0, 9), st.binary(max_size=9))


def _edited(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Return the content with a few pieces of it taken out and others put in."""
    for place, length, piece in edits:
        start = place % (len(content) + 1)
        content = content[:start] + piece + content[start + length :]
    return content


@CASES
@given(st.binary(min_size=784, max_size=784), st.integers(0, 8))
def test_any_784_values_come_back_or_are_called_noise(values: bytes, bits: int) -> None:
    grid = (np.frombuffer(values, np.uint8) >> bits).astype(np.uint8).reshape(28, 28)
    try:
        link = sharing.to_link(grid, LONGEST, address=ADDRESS)
    except SharingError as error:
        assert "too noisy" in error.problem  # noqa: PT017, a short one need not raise
    else:
        assert len(link) < 1000
        assert _same(sharing.from_link(link).grid, grid)
    assert np.array_equal(sharing.from_csv(sharing.to_csv(grid).encode()).grid, grid)
    assert np.array_equal(sharing.from_npy(sharing.to_npy(grid)), grid)


@CASES
@given(st.text(max_size=900) | st.from_regex(r"[0-9]\.[\w-]*\.[0-9a-f]{8}", fullmatch=True))
def test_any_text_as_a_code_is_read_or_refused(code: str) -> None:
    _reads_or_refuses(sharing.decode, code)


@CASES
@given(st.lists(PIECES, min_size=1, max_size=3))
def test_a_sound_code_with_edits_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    _reads_or_refuses(sharing.decode, _edited(SOUND.encode(), edits).decode("latin-1"))


@CASES
@given(st.binary(max_size=600), st.integers(0, 2**32 - 1))
def test_any_packed_bytes_are_read_or_refused(packed: bytes, checksum: int) -> None:
    letters = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    _reads_or_refuses(sharing.decode, f"1.{letters}.{checksum:08x}")


@CASES
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=20), st.binary(max_size=5))
def test_any_values_with_the_right_checksum_are_read_or_refused(
    length: int, pattern: bytes, more: bytes
) -> None:
    values = (pattern * (length // len(pattern) + 1))[:length]
    _reads_or_refuses(sharing.decode, _code_of(values, more=more))


@CASES
@given(st.dictionaries(st.sampled_from([*sharing.SETTINGS, "drawing", "embed"]), st.text()))
def test_any_parameters_are_read_or_refused(query: dict[str, str]) -> None:
    _reads_or_refuses(sharing.from_query, query)


@CASES
@given(st.text(), st.text(), st.text())
@example("http://[", "", "")
@example("//[::1]]", "a=b", "")
def test_any_text_as_a_link_is_read_or_refused(address: str, query: str, fragment: str) -> None:
    _reads_or_refuses(sharing.from_link, f"{address}?{query}#{fragment}")
    _reads_or_refuses(sharing.from_link, f"{address}?{query}&drawing={SOUND}")
    with contextlib.suppress(SharingError):
        assert len(sharing.to_link(EMPTY, address=address)) < 1000


@CASES
@given(st.binary(max_size=300) | st.text(alphabet='0123456789,;\t\n\r" .x').map(str.encode))
def test_any_bytes_as_csv_are_read_or_refused(content: bytes) -> None:
    _reads_or_refuses(sharing.from_csv, content)


@CASES
@given(st.lists(PIECES, min_size=1, max_size=3))
def test_sound_csv_with_edits_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    _reads_or_refuses(sharing.from_csv, _edited(SOUND_CSV, edits))


@CASES
@given(st.text(max_size=5), st.sampled_from([(1, 784), (1, 785), (2, 784), (28, 28)]))
def test_any_cell_of_csv_is_read_or_refused(cell: str, form: tuple[int, int]) -> None:
    height, width = form
    rows = [[cell] * width] * height
    _reads_or_refuses(sharing.from_csv, _csv_of(rows))


@CASES
@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"\x93NUMPY\1\0" + tail))
def test_any_bytes_as_npy_are_read_or_refused(content: bytes) -> None:
    _reads_or_refuses(sharing.from_npy, content)


@CASES
@given(st.lists(PIECES, min_size=1, max_size=3))
def test_sound_npy_with_edits_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    _reads_or_refuses(sharing.from_npy, _edited(SOUND_NPY, edits))


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
        _reads_or_refuses(sharing.from_npy, _npy_with(header, values * width, version))
