import base64
import contextlib
import string
import zlib
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pixelviz.arrays import Grid
from pixelviz.data.mnist import Mnist
from pixelviz.errors import ArrayError, SharingError
from pixelviz.formats import share_link
from pixelviz.formats.share_link import Settings, Shared
from pixelviz.model import card, classifier
from tests.grids import EMPTY, FULL, GRIDS, LINES, NOISE, NOT_GRIDS
from tests.refusals import CASES, EDITS, edited, peak_of, reads_or_refuses

CHOSEN = Settings(framing="drawn", model="convolutional", chapter="grey-levels")
"""None of the settings is the default."""

MODELS = [model.name for model in card.read(classifier.MODELS).models]
ADDRESS = "https://pixelviz.example.org/a/folder/"


def opened(link: str) -> Shared:
    """Return what the page reads from a link."""
    return share_link.from_query(dict(parse_qsl(urlsplit(link).query, keep_blank_values=True)))


def _same(found: Grid | None, grid: Grid) -> bool:
    return found is not None and found.dtype == np.uint8 and np.array_equal(found, grid)


def _code_of(values: bytes, *, version: str = "1", more: bytes = b"") -> str:
    """Return a code with the right checksum, whatever the values are."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflater.compress(values) + deflater.flush() + more
    letters = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return f"{version}.{letters}.{zlib.crc32(packed):08x}"


def test_a_link_gives_back_the_drawing_and_the_settings(grid: Grid) -> None:
    for chosen in (Settings(), CHOSEN):
        link = share_link.to_link(grid, chosen, address=ADDRESS)
        shared = opened(link)
        assert _same(shared.grid, grid)
        assert shared.settings == chosen


def test_a_link_is_short_and_has_no_escapes(grid: Grid) -> None:
    link = share_link.to_link(grid, CHOSEN, address=ADDRESS)
    assert len(link) < 1000
    assert set(link) <= set(string.ascii_letters + string.digits + "-_.:/?&=")
    assert link[-1].isalnum()


def test_the_query_gives_back_what_the_link_does(grid: Grid) -> None:
    query = share_link.to_query(grid, CHOSEN)
    assert list(query) == ["framing", "model", "chapter", "drawing"]
    shared = share_link.from_query(query | {"embed": "true"})
    assert shared.settings == CHOSEN
    assert _same(shared.grid, grid)


def test_all_of_mnist_fits_into_links(digits: Mnist) -> None:
    pictures = np.concatenate([digits.x_train, digits.x_test])
    with pytest.MonkeyPatch.context() as patch:
        # One strategy of two is quicker, and its codes are never shorter than the shorter of both.
        patch.setattr(share_link, "STRATEGIES", (zlib.Z_RLE,))
        codes = [share_link.encode(picture) for picture in pictures]
    for code, picture in zip(codes, pictures, strict=True):
        assert np.array_equal(share_link.decode(code), picture)
    longest = pictures[np.argmax([len(code) for code in codes])]
    for picture in (longest, *digits.x_test[::2]):
        link = share_link.to_link(picture, CHOSEN, address=ADDRESS)
        assert _same(opened(link).grid, picture)
    fixed = len(share_link.to_link(EMPTY, CHOSEN, address=ADDRESS)) - len(share_link.encode(EMPTY))
    assert fixed + max(len(code) for code in codes) < 600


def test_zlib_decompresses_the_code_to_the_grid(grid: Grid) -> None:
    letters = share_link.encode(grid).split(".")[1]
    packed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    assert zlib.decompress(packed, wbits=-15) == grid.tobytes()


def test_a_decoded_grid_can_be_changed(grid: Grid) -> None:
    decoded = share_link.decode(share_link.encode(grid))
    decoded[0, 0] = 9
    assert decoded[0, 0] == 9


def test_a_link_without_a_drawing_carries_settings_only() -> None:
    shared = opened("http://localhost:8501/?chapter=unroll&utm_source=chat")
    assert shared.grid is None
    assert shared.settings == Settings(chapter="unroll")


def test_a_link_replaces_the_parameters_of_the_address() -> None:
    old = share_link.to_link(FULL, CHOSEN, address=ADDRESS)
    assert share_link.to_link(EMPTY, address=old + "#top") == share_link.to_link(
        EMPTY, address=ADDRESS
    )


def test_noise_is_refused_and_a_file_suggested() -> None:
    with pytest.raises(SharingError, match=r"too noisy for a link.*880.*got 1063.*Save it as"):
        share_link.encode(NOISE)


def test_an_address_that_is_too_long_is_refused() -> None:
    with pytest.raises(SharingError, match="fewer than 1000 characters"):
        share_link.to_link(LINES, address="http://localhost/" + "a" * 980)


def test_an_address_that_cannot_be_parsed_is_refused() -> None:
    with pytest.raises(SharingError, match="Expected a link"):
        share_link.to_link(EMPTY, address="http://[oops")


def test_a_code_that_was_cut_off_or_altered_anywhere_is_refused() -> None:
    code = share_link.encode(GRIDS["seven mnist"])
    for index in range(len(code)):
        with pytest.raises(SharingError):
            share_link.decode(code[:index])
        for letter in "0Az_":
            if code[index] != letter:
                with pytest.raises(SharingError):
                    share_link.decode(code[:index] + letter + code[index + 1 :])


@pytest.mark.parametrize("junk", ["A", "AAAA", ".", "=", " ", "\n", "%20", "é"])
def test_junk_around_or_in_a_code_is_refused(junk: str) -> None:
    code = share_link.encode(GRIDS["seven mnist"])
    version, letters, checksum = code.split(".")
    for forged in (code + junk, junk + code, f"{version}.{letters}{junk}.{checksum}"):
        with pytest.raises(SharingError, match=r"incomplete or was altered|version"):
            share_link.decode(forged)


def test_another_number_of_values_is_refused_in_spite_of_the_right_checksum() -> None:
    for length, got in ((0, "got 0"), (783, "got 783"), (785, "got more"), (10_000, "got more")):
        with pytest.raises(SharingError, match=f"expected 784 values, {got}"):
            share_link.decode(_code_of(bytes(length)))


def test_bytes_after_the_drawing_are_refused() -> None:
    assert share_link.decode(_code_of(bytes(784))).sum() == 0
    with pytest.raises(SharingError, match="or with more after it"):
        share_link.decode(_code_of(bytes(784), more=b"junk"))


def test_letters_with_spare_bits_set_are_refused() -> None:
    version, letters, checksum = _code_of(bytes(784)).split(".")
    assert len(letters) % 4
    spare = letters[:-1] + chr(ord(letters[-1]) + 1)
    with pytest.raises(SharingError, match=f"expected letters with the checksum {checksum}"):
        share_link.decode(f"{version}.{spare}.{checksum}")


def test_another_version_is_named_and_refused() -> None:
    with pytest.raises(SharingError, match=r"version 1, got version 2.*open it with that one"):
        share_link.decode(_code_of(bytes(784), version="2"))


def test_a_code_that_is_too_long_is_refused_by_its_length() -> None:
    with pytest.raises(SharingError, match="at most 880 characters, got 1000000"):
        share_link.decode("1." + "A" * 999_998)


def test_a_decompression_bomb_takes_no_memory() -> None:
    bomb = _code_of(bytes(500_000))
    assert len(bomb) < 880
    assert peak_of(share_link.decode, bomb) < 200_000


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("framing", "Expected the framing to be one of mnist, drawn, got "),
        ("model", "Expected the name of a model, 1 to 40 lowercase letters, digits and hyphens, "),
        ("chapter", "Expected the name of a chapter, 1 to 40 lowercase letters, digits and "),
    ],
)
@pytest.mark.parametrize("wrong", ["<script>" * 100, "", "Unroll", "a" * 41, "a b", "é", "a\n"])
def test_a_setting_of_another_form_is_refused(name: str, message: str, wrong: str) -> None:
    with pytest.raises(SharingError, match=message) as error:
        share_link.from_query({name: wrong})
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("name", ["framing", "model", "chapter"])
def test_a_setting_that_is_not_text_is_refused(name: str) -> None:
    with pytest.raises(SharingError, match=name):
        Settings(**{name: ["mnist"]})  # type: ignore[arg-type]


def test_any_name_of_the_right_form_is_carried() -> None:
    for name in ("a", "grey-levels", "2", "a" * 40, *MODELS):
        link = share_link.to_link(EMPTY, Settings(model=name, chapter=name), address=ADDRESS)
        assert opened(link).settings == Settings(model=name, chapter=name)


@pytest.mark.parametrize("wrong", NOT_GRIDS)
def test_an_array_that_is_not_a_grid_is_refused(wrong: Grid) -> None:
    uses: list[Callable[[Grid], object]] = [
        share_link.encode,
        share_link.to_query,
        lambda grid: share_link.to_link(grid, address=ADDRESS),
    ]
    for use in uses:
        with pytest.raises(ArrayError, match="Expected a grid of shape"):
            use(wrong)


def test_the_drawing_is_not_changed() -> None:
    before = LINES.copy()
    share_link.to_link(LINES, address=ADDRESS)
    assert np.array_equal(LINES, before)


SOUND = share_link.encode(GRIDS["crossed mnist"])


@CASES
@given(st.binary(min_size=784, max_size=784), st.integers(0, 8))
def test_any_784_values_come_back_or_are_refused_as_noise(values: bytes, bits: int) -> None:
    grid = (np.frombuffer(values, np.uint8) >> bits).astype(np.uint8).reshape(28, 28)
    try:
        link = share_link.to_link(grid, CHOSEN, address=ADDRESS)
    except SharingError as error:
        assert "too noisy" in error.problem  # noqa: PT017, a short one need not raise
    else:
        assert len(link) < 1000
        assert _same(opened(link).grid, grid)


@CASES
@given(st.text(max_size=900) | st.from_regex(r"[0-9]\.[\w-]*\.[0-9a-f]{8}", fullmatch=True))
def test_any_text_as_a_code_is_read_or_refused(code: str) -> None:
    reads_or_refuses(share_link.decode, code)


@CASES
@given(st.lists(EDITS, min_size=1, max_size=3))
def test_a_sound_code_with_edits_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    reads_or_refuses(share_link.decode, edited(SOUND.encode(), edits).decode("latin-1"))


@CASES
@given(st.binary(max_size=600), st.integers(0, 2**32 - 1))
def test_any_compressed_bytes_are_read_or_refused(packed: bytes, checksum: int) -> None:
    letters = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    reads_or_refuses(share_link.decode, f"1.{letters}.{checksum:08x}")


@CASES
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=20), st.binary(max_size=5))
def test_any_values_with_the_right_checksum_are_read_or_refused(
    length: int, pattern: bytes, more: bytes
) -> None:
    values = (pattern * (length // len(pattern) + 1))[:length]
    reads_or_refuses(share_link.decode, _code_of(values, more=more))


@CASES
@given(
    st.dictionaries(
        st.sampled_from(["framing", "model", "chapter", "drawing", "embed"]),
        st.text() | st.sampled_from(["mnist", "dense", "unroll", SOUND]),
    )
)
def test_any_parameters_are_read_or_refused(query: dict[str, str]) -> None:
    reads_or_refuses(share_link.from_query, query)


@CASES
@given(st.text(), st.text(), st.text())
@example("http://[", "", "")
@example("//[::1]]", "a=b", "")
def test_any_address_gives_a_link_or_is_refused(address: str, query: str, fragment: str) -> None:
    for full_address in (address, f"{address}?{query}#{fragment}"):
        with contextlib.suppress(SharingError):
            link = share_link.to_link(EMPTY, address=full_address)
            assert len(link) < 1000
            assert _same(opened(link).grid, EMPTY)
