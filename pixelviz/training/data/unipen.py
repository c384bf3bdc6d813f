"""Digits, letters and signs of 81 writers in several countries, as strokes, from UNIPEN.

The data set is a part of "UNIPEN train_r01_v07" (International Unipen Foundation, 1999; Zenodo
record 1195803, CC BY 4.0, in the patched form of its repository). Its files under `include/` hold
pen strokes; those under `data/` name some of these strokes and say what was written.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from pixelviz.errors import DataError
from pixelviz.ink import Points
from pixelviz.training.data.pen_characters import PenCharacter

Kind: TypeAlias = Literal["digits", "capitals", "small letters", "signs"]

FOLDERS: dict[Kind, str] = {"digits": "1a", "capitals": "1b", "small letters": "1c", "signs": "1d"}
"""The folder of `data/` that each kind lies in."""

_WRONG = {
    "art03trn.dat": "153-154",
    "aaaa9018_s_2h.dat": "417-420",
    "ayml3525_s_0k.dat": "428-430 432",
    "bykg6164_s_23.dat": "430",
    "flad4341_s_jh.dat": "466",
    "gyen4328_s_2c.dat": "379-380:1 456-458:6",
    "jtkr3293_s_04.dat": "508-509:7 540:26-541",
    "sibi4900_s_j3.dat": "448:46-449 451:1-451:43 456:32-457",
    "snsn5548_s_j5.dat": "347:51-349",
    "gresai30.dat": "4-5 73-76 81-82 89-90 94-95 110-112 115-116 120-121 136-137 141-142",
    "gresai34.dat": "292-294",
    "gresai36.dat": "130-131 132-133",
}
"""Of the digits, those that are something else: several digits under one label, a part of one, a
digit with its neighbour's full stop or sign, a bracket, a percent sign. By file, the places."""

WRONG = frozenset((file, place) for file, places in _WRONG.items() for place in places.split())

GET_IT = "Download record 1195803 of Zenodo and give the folder train_r01_v07."

_SEGMENT = re.compile(r'^\.SEGMENT\s+CHARACTER\s+(\S+)\s+\S+\s+"(.+)"\s*$')
_PLACE = re.compile(r"(\d+)(?::(\d+))?(?:-(\d+)(?::(\d+))?)?")


LOOK_LIKE_NO_DIGIT = frozenset("AEFHKMRWXfhkmnprtvwx#$&*+=@<>~{}")
"""The letters and signs that the models learn to take for no digit.

An O, an l or a Z is a digit to any reader, and a P or a T may be one in some hand: what can be
taken for a digit is neither learned from nor measured on."""

NEVER_TRAINED_ON = frozenset("NVe?%")
"""Those that no model is trained on: they are kept for measuring."""


def read_all(folder: Path) -> tuple[list[PenCharacter], list[PenCharacter], list[PenCharacter]]:
    """Return the digits, the letters and signs to learn from, and those kept for measuring.

    Args:
        folder: The path of `train_r01_v07`.

    Raises:
        DataError: The folder has no such characters, or a file cannot be read.
    """
    other = [character for kind in FOLDERS if kind != "digits" for character in read(folder, kind)]
    return (
        read(folder, "digits"),
        [character for character in other if character.label in LOOK_LIKE_NO_DIGIT],
        [character for character in other if character.label in NEVER_TRAINED_ON],
    )


def read(folder: Path, kind: Kind) -> list[PenCharacter]:
    """Return the characters of one kind.

    Args:
        folder: The path of `train_r01_v07`.
        kind: Which characters.

    Returns:
        All but those that are not what their label says, in the order of the files.

    Raises:
        DataError: The folder has no such characters, or a file cannot be read.
    """
    files = sorted((folder / "data" / FOLDERS[kind]).rglob("*.dat"))
    try:
        found = [character for file in files for character in _characters(folder, file)]
    except (OSError, ValueError, IndexError) as error:
        raise DataError(f"Expected UNIPEN's files below {folder}: {error}.", GET_IT) from error
    if not found:
        raise DataError(f"Expected UNIPEN's {kind} below {folder}, got none.", GET_IT)
    return found


def _characters(folder: Path, file: Path) -> Iterator[PenCharacter]:
    """Return the characters that one file of `data/` names."""
    contributor = file.relative_to(folder / "data").parts[1]
    lines = file.read_text("latin-1").splitlines()
    writer, components = "", list[Points]()
    for line in lines:
        if line.startswith(".INCLUDE"):
            included = folder / "include" / line.split()[1]
            name, more = _components(included.read_text("latin-1").splitlines())
            writer, components = name or writer, components + more
    for line in lines:
        if segment := _SEGMENT.match(line):
            strokes = tuple(_strokes(segment[1], components))
            source = file.name, segment[1]
            if strokes and source not in WRONG:
                yield PenCharacter(segment[2], contributor, writer, strokes)


def _components(lines: list[str]) -> tuple[str, list[Points]]:
    """Return the last writer of an included file, and the points of each time the pen was down."""
    writer, x, y = "", 0, 1
    components: list[list[tuple[float, float]]] = []
    is_down = False
    for line in lines:
        words = line.split()
        if line.startswith("."):
            is_down = line.startswith(".PEN_DOWN")
            if is_down:
                components.append([])
            elif line.startswith(".COORD"):
                x, y = words.index("X") - 1, words.index("Y") - 1
            elif line.startswith(".WRITER_ID") and len(words) > 1:
                writer = words[1]
        elif is_down and words:
            components[-1].append((float(words[x]), -float(words[y])))  # y points upwards there
    return writer, [np.array(each).reshape(-1, 2) for each in components]


def _strokes(places: str, components: list[Points]) -> Iterator[Points]:
    """Return the strokes at places such as `12`, `12-13` or `3:5-4:9`, component and point."""
    for first, first_point, last, last_point in _PLACE.findall(places):
        for number in range(int(first), int(last or first) + 1):
            start = int(first_point) if first_point and number == int(first) else None
            end = int(last_point) + 1 if last_point and number == int(last or first) else None
            if len(points := components[number][start:end]):
                yield points
