import base64
import contextlib
import re
import string
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import get_type_hints

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pixelviz.arrays import Grid
from pixelviz.data.mnist import Mnist
from pixelviz.errors import ArrayError, SharingError
from pixelviz.formats import share_link
from pixelviz.formats.share_link import Settings
from pixelviz.model import card, classifier
from tests.grids import EMPTY, FULL, GRIDS, LINES, NOISE
from tests.refusals import CASES, PIECES, edited, peak_of, reads_or_refuses

LONGEST = Settings(framing="drawn", model="convolutional", chapter="grey-levels")
ADDRESS = "https://pixelviz.example.org/a/folder/"


def _same(found: Grid | None, grid: Grid) -> bool:
    return found is not None and found.dtype == np.uint8 and np.array_equal(found, grid)


def _code_of(values: bytes, *, version: str = "1", more: bytes = b"") -> str:
    """Return a code with a checksum that is right, whatever the values are."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflater.compress(values) + deflater.flush() + more
    letters = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return f"{version}.{letters}.{zlib.crc32(packed):08x}"


def test_a_link_gives_back_the_drawing_and_the_settings(grid: Grid) -> None:
    for chosen in (Settings(), LONGEST):
        link = share_link.to_link(grid, chosen, address=ADDRESS)
        shared = share_link.from_link(link)
        assert _same(shared.grid, grid)
        assert shared.settings == chosen


def test_a_link_is_short_and_needs_no_escapes(grid: Grid) -> None:
    link = share_link.to_link(grid, LONGEST, address=ADDRESS)
    assert len(link) < 1000
    assert set(link) <= set(string.ascii_letters + string.digits + "-_.:/?&=")
    assert link[-1].isalnum()


def test_the_query_gives_back_what_the_link_does(grid: Grid) -> None:
    query = share_link.to_query(grid, LONGEST)
    assert list(query) == ["framing", "model", "chapter", "drawing"]
    shared = share_link.from_query(query | {"embed": "true"})
    assert shared.settings == LONGEST
    assert _same(shared.grid, grid)


def test_all_of_mnist_fits_into_links(digits: Mnist) -> None:
    longest = 0
    for picture in np.concatenate([digits.x_train, digits.x_test]):
        link = share_link.to_link(picture, LONGEST, address=ADDRESS)
        longest = max(longest, len(link))
        assert _same(share_link.from_link(link).grid, picture)
    assert longest < 600


def test_what_is_unpacked_is_what_zlib_unpacks(grid: Grid) -> None:
    letters = share_link.encode(grid).split(".")[1]
    packed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    assert zlib.decompress(packed, wbits=-15) == grid.tobytes()


def test_a_decoded_grid_can_be_drawn_on(grid: Grid) -> None:
    decoded = share_link.decode(share_link.encode(grid))
    decoded[0, 0] = 9
    assert decoded[0, 0] == 9


def test_an_address_without_a_drawing_carries_settings_only() -> None:
    shared = share_link.from_link("http://localhost:8501/?chapter=unroll&utm_source=chat")
    assert shared.grid is None
    assert shared.settings == Settings(chapter="unroll")


def test_a_link_replaces_what_the_address_carried() -> None:
    old = share_link.to_link(FULL, LONGEST, address=ADDRESS)
    assert share_link.to_link(EMPTY, address=old + "#top") == share_link.to_link(
        EMPTY, address=ADDRESS
    )


def test_noise_is_refused_with_what_to_do_instead() -> None:
    with pytest.raises(SharingError, match=r"too noisy for a link.*880.*got 1063.*Save it as"):
        share_link.encode(NOISE)


def test_an_address_that_leaves_no_room_is_refused() -> None:
    with pytest.raises(SharingError, match="fewer than 1000 characters"):
        share_link.to_link(LINES, address="http://localhost/" + "a" * 980)


def test_an_address_that_is_none_is_refused() -> None:
    for use in (share_link.from_link, lambda link: share_link.to_link(EMPTY, address=link)):
        with pytest.raises(SharingError, match="Expected a link"):
            use("http://[oops")


def test_a_link_that_was_cut_off_or_altered_anywhere_is_refused() -> None:
    code = share_link.encode(GRIDS["seven mnist"])
    for place in range(len(code)):
        with pytest.raises(SharingError):
            share_link.decode(code[:place])
        for letter in "0Az_":
            if code[place] != letter:
                with pytest.raises(SharingError):
                    share_link.decode(code[:place] + letter + code[place + 1 :])


@pytest.mark.parametrize("junk", ["A", "AAAA", ".", "=", " ", "\n", "%20", "é"])
def test_anything_around_a_code_is_refused(junk: str) -> None:
    code = share_link.encode(GRIDS["seven mnist"])
    version, letters, checksum = code.split(".")
    for forged in (code + junk, junk + code, f"{version}.{letters}{junk}.{checksum}"):
        with pytest.raises(SharingError, match=r"incomplete or was altered|version"):
            share_link.decode(forged)


def test_other_numbers_of_values_are_refused_though_the_checksum_is_right() -> None:
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


def test_another_version_is_named() -> None:
    with pytest.raises(SharingError, match=r"version 1, got version 2.*open it with that one"):
        share_link.decode(_code_of(bytes(784), version="2"))


def test_a_code_that_is_too_long_is_not_even_looked_at() -> None:
    with pytest.raises(SharingError, match="at most 880 characters, got 1000000"):
        share_link.decode("1." + "A" * 999_998)


def test_a_code_that_would_unpack_into_much_takes_no_memory() -> None:
    bomb = _code_of(bytes(500_000))
    assert len(bomb) < 880
    assert peak_of(share_link.decode, bomb) < 200_000


@pytest.mark.parametrize("name", share_link.SETTINGS)
def test_a_setting_that_does_not_exist_is_refused(name: str) -> None:
    wrong = "<script>" * 100
    with pytest.raises(SharingError, match=f"Expected the {name} to be one of") as error:
        share_link.from_query({name: wrong})
    assert len(str(error.value)) < 300
    with pytest.raises(SharingError):
        share_link.from_query({name: ""})


def test_the_table_of_settings_is_that_of_the_page_and_the_models(root: Path) -> None:
    assert list(get_type_hints(Settings)) == list(share_link.SETTINGS)
    models = card.read(classifier.MODELS).models
    assert share_link.SETTINGS["model"] == tuple(model.name for model in models)
    lesson = (root / "pixelviz/page/lesson/navigation.py").read_text(
        "utf-8"
    )  # only the page has it
    chapters = re.findall(r'^    "([a-z-]+)": Chapter\(', lesson, re.M)
    assert share_link.SETTINGS["chapter"] == tuple(chapters)


@pytest.mark.parametrize(
    "wrong", [np.zeros((28, 28)), np.zeros((280, 280), np.uint8), np.zeros(784, np.uint8)]
)
def test_what_is_no_grid_is_refused(wrong: Grid) -> None:
    uses: list[Callable[[Grid], object]] = [
        share_link.encode,
        share_link.to_query,
        lambda grid: share_link.to_link(grid, address=ADDRESS),
    ]
    for use in uses:
        with pytest.raises(ArrayError, match="Expected a grid of shape"):
            use(wrong)


def test_no_use_changes_the_drawing() -> None:
    before = LINES.copy()
    share_link.to_link(LINES, address=ADDRESS)
    assert np.array_equal(LINES, before)


SOUND = share_link.encode(GRIDS["crossed mnist"])


@CASES
@given(st.binary(min_size=784, max_size=784), st.integers(0, 8))
def test_any_784_values_come_back_or_are_called_noise(values: bytes, bits: int) -> None:
    grid = (np.frombuffer(values, np.uint8) >> bits).astype(np.uint8).reshape(28, 28)
    try:
        link = share_link.to_link(grid, LONGEST, address=ADDRESS)
    except SharingError as error:
        assert "too noisy" in error.problem  # noqa: PT017, a short one need not raise
    else:
        assert len(link) < 1000
        assert _same(share_link.from_link(link).grid, grid)


@CASES
@given(st.text(max_size=900) | st.from_regex(r"[0-9]\.[\w-]*\.[0-9a-f]{8}", fullmatch=True))
def test_any_text_as_a_code_is_read_or_refused(code: str) -> None:
    reads_or_refuses(share_link.decode, code)


@CASES
@given(st.lists(PIECES, min_size=1, max_size=3))
def test_a_sound_code_with_edits_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    reads_or_refuses(share_link.decode, edited(SOUND.encode(), edits).decode("latin-1"))


@CASES
@given(st.binary(max_size=600), st.integers(0, 2**32 - 1))
def test_any_packed_bytes_are_read_or_refused(packed: bytes, checksum: int) -> None:
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
@given(st.dictionaries(st.sampled_from([*share_link.SETTINGS, "drawing", "embed"]), st.text()))
def test_any_parameters_are_read_or_refused(query: dict[str, str]) -> None:
    reads_or_refuses(share_link.from_query, query)


@CASES
@given(st.text(), st.text(), st.text())
@example("http://[", "", "")
@example("//[::1]]", "a=b", "")
def test_any_text_as_a_link_is_read_or_refused(address: str, query: str, fragment: str) -> None:
    reads_or_refuses(share_link.from_link, f"{address}?{query}#{fragment}")
    reads_or_refuses(share_link.from_link, f"{address}?{query}&drawing={SOUND}")
    with contextlib.suppress(SharingError):
        assert len(share_link.to_link(EMPTY, address=address)) < 1000
