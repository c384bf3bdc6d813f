"""What the teacher and the devices of a class are told."""

from collections.abc import Sequence
from dataclasses import dataclass

from pixelviz.classroom.marks import Mark


@dataclass(frozen=True)
class Started:
    """A class that has just begun: its code for the pupils, and the teacher's key."""

    code: str
    key: str
    seconds_left: int


@dataclass(frozen=True)
class Status:
    """What a device is told.

    Attributes:
        mark: Its own.
        ask: The digit that it is to write next, 0 to 9.
        given: So many it has given.
        count: So many the class has.
        is_paused: Whether nothing is taken at the moment.
        seconds_left: Until all of it is erased.
    """

    mark: Mark
    ask: int
    given: int
    count: int
    is_paused: bool
    seconds_left: int


@dataclass(frozen=True)
class GivenDigit:
    """A digit that a device has given.

    Attributes:
        number: From 1, in the order in which the class's digits were given.
        device: The number of the device's mark.
        label: What it was meant to be, 0 to 9.
        pixels: Its vector's 784 bytes.
        age_s: So many seconds ago it was given.
    """

    number: int
    device: int
    label: int
    pixels: bytes
    age_s: int


@dataclass(frozen=True)
class View:
    """What a teacher sees of a class.

    Attributes:
        digits: Those that were asked for, in the order of their numbers.
        devices: All marks, and how many digits each has given.
        count: So many digits the class has.
        last: The number of the newest one, also if it was removed.
        is_paused: Whether nothing is taken at the moment.
        seconds_left: Until all of it is erased.
    """

    digits: Sequence[GivenDigit]
    devices: Sequence[tuple[Mark, int]]
    count: int
    last: int
    is_paused: bool
    seconds_left: int
