"""Characters as people drew them with a pen: what all collections of pen strokes are read into."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pixelviz.ink import Points


@dataclass(frozen=True)
class PenCharacter:
    """One digit, letter or sign as a writer drew it.

    Attributes:
        label: What was asked for, such as "7" or "A".
        collection: Who collected it: "pendigits", or one of UNIPEN's contributors.
        writer: The writer's name, different from that of every other writer in the collection.
        strokes: The points of each stroke, in the tablet's units, y downwards.
    """

    label: str
    collection: str
    writer: str
    strokes: tuple[Points, ...]


@dataclass(frozen=True)
class Handwriting:
    """All that people drew with a pen for the models to learn from.

    Attributes:
        digits: Digits of all collections.
        letters_and_signs: Characters that no reader takes for a digit.
        never_trained_on: Such characters that no model is trained on, for measuring.
    """

    digits: list[PenCharacter]
    letters_and_signs: list[PenCharacter]
    never_trained_on: list[PenCharacter]


def targets_of(digits: Sequence[PenCharacter]) -> NDArray[np.uint8]:
    """Return the digits that were asked for, (n,) uint8, 0 to 9."""
    return np.array([int(digit.label) for digit in digits], np.uint8)


def collections_of(characters: Sequence[PenCharacter]) -> NDArray[np.str_]:
    """Return who collected each character, (n,)."""
    return np.array([character.collection for character in characters], np.str_)


def arrays_of(characters: Sequence[PenCharacter]) -> Iterator[NDArray[Any]]:
    """Return all that is known of some characters as arrays, for their fingerprint."""
    yield np.array(
        [(each.label, each.collection, each.writer, str(len(each.strokes))) for each in characters],
        np.str_,
    )
    for character in characters:
        yield from character.strokes
