"""UNIPEN's characters are read from its published layout."""

from pathlib import Path

import pytest

from pixelviz.errors import DataError
from pixelviz.training.data import unipen
from pixelviz.training.data.pen_characters import PenCharacter

STROKES = """\
.VERSION 1.0
.COORD T X Y
.WRITER_ID ann
.PEN_DOWN
0 10 20
1 11 21
2 12 23
.PEN_UP
.PEN_UP
9 0 0
.PEN_DOWN
5 30 40
6 31 44
.PEN_DOWN
7 50 60
"""
NAMES = """\
.VERSION 1.0
.INCLUDE syn/notes.doc
.INCLUDE syn/data/ann.dat
.SEGMENT WORD 0-2 ? "73"
.SEGMENT CHARACTER 0 OK "7"
.SEGMENT CHARACTER 1-2 ? "3"
.SEGMENT CHARACTER 0:1-1:0 ? "4"
.SEGMENT CHARACTER 0,2 ? "5"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the published layout, with one file."""
    for name, text in (
        ("include/syn/notes.doc", ".COORD X Y\n.WRITER_ID\n"),
        ("include/syn/data/ann.dat", STROKES),
        ("data/1a/syn/ann.dat", NAMES),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def points_of(character: PenCharacter) -> list[list[list[float]]]:
    return [stroke.tolist() for stroke in character.strokes]


def test_strokes_and_points_are_found_by_their_numbers_with_y_downwards(folder: Path) -> None:
    seven, three, four, five = unipen.read(folder, "digits")
    assert [each.label for each in (seven, three, four, five)] == ["7", "3", "4", "5"]
    assert points_of(seven) == [[[10, -20], [11, -21], [12, -23]]]
    assert points_of(three) == [[[30, -40], [31, -44]], [[50, -60]]]
    assert points_of(four) == [[[11, -21], [12, -23]], [[30, -40]]]
    assert points_of(five) == [[[10, -20], [11, -21], [12, -23]], [[50, -60]]]


def test_each_character_has_its_contributor_and_writer(folder: Path) -> None:
    for character in unipen.read(folder, "digits"):
        assert (character.collection, character.writer) == ("syn", "ann")


def test_what_is_not_what_its_label_says_is_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unipen, "WRONG", frozenset({("ann.dat", "1-2")}))
    assert [each.label for each in unipen.read(folder, "digits")] == ["7", "4", "5"]


@pytest.mark.parametrize("name", ["include/syn/data/ann.dat", "data/1a/syn/ann.dat"])
def test_a_missing_file_gets_a_message(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(DataError, match="Expected UNIPEN's"):
        unipen.read(folder, "digits")


@pytest.mark.parametrize("line", ["7 fifty 60", "7"])
def test_a_broken_file_gets_a_message(folder: Path, line: str) -> None:
    strokes = folder / "include/syn/data/ann.dat"
    strokes.write_text(strokes.read_text().replace("7 50 60", line))
    with pytest.raises(DataError, match="Expected UNIPEN's files"):
        unipen.read(folder, "digits")


def test_a_place_that_does_not_exist_gets_a_message(folder: Path) -> None:
    names = folder / "data/1a/syn/ann.dat"
    names.write_text(names.read_text().replace("1-2", "1-3"))
    with pytest.raises(DataError, match="Expected UNIPEN's files"):
        unipen.read(folder, "digits")


def test_letters_and_signs_are_to_learn_from_or_kept_for_measuring_or_left_out(
    folder: Path,
) -> None:
    for kind, labels in (("1b", "AO"), ("1c", "ez"), ("1d", "#%")):
        names = folder / f"data/{kind}/syn/ann.dat"
        names.parent.mkdir(parents=True)
        segments = "".join(f'.SEGMENT CHARACTER 0 ? "{label}"\n' for label in labels)
        names.write_text(f".INCLUDE syn/data/ann.dat\n{segments}")
    digits, learned, kept = (
        "".join(each.label for each in characters) for characters in unipen.read_all(folder)
    )
    assert (digits, learned, kept) == ("7345", "A#", "e%")
