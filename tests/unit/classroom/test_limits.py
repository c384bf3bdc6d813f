"""Codes, keys, marks, and how often something may be tried."""

import re

import pytest

from pixelviz.classroom import codes, keys, limits, marks
from pixelviz.classroom.limits import RateLimit
from pixelviz.server import class_routes


def test_codes_have_letters_that_nobody_confuses() -> None:
    found = {codes.new() for _ in range(500)}
    assert len(found) == 500
    assert all(re.fullmatch(f"[{codes.LETTERS}]{{{codes.LENGTH}}}", code) for code in found)
    assert not set(codes.LETTERS) & set("AEIOULQV0123456789")
    assert set("".join(found)) == set(codes.LETTERS)


@pytest.mark.parametrize("typed", ["KRTWMXBD", "krtw mxbd", " KRTW-MXBD ", "k r t w m x b d"])
def test_codes_are_read_however_they_are_typed(typed: str) -> None:
    assert codes.read(typed) == "KRTWMXBD"


@pytest.mark.parametrize("typed", ["", "KRTWMXB", "KRTWMXBDD", "KRTWMXBA", "ẞRTWMXBD", "K" * 10**6])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert codes.read(typed) is None


def test_guessing_at_the_allowed_rate_finds_no_class_in_a_day() -> None:
    for replicas in (1, 3):
        rate = replicas * class_routes.WRONG_CODES_A_MINUTE_IN_ALL
        assert codes.expected_finds(limits.CLASSES_MAX, rate, hours=24) < 0.002
    # By hand: 18 letters, 8 of them; 60 tries a minute are 86,400 a day.
    assert codes.expected_finds(50, 60, 24) == pytest.approx(50 * 86_400 / 18**8)


def test_keys_are_stored_hashed_and_compared_whole() -> None:
    key = keys.new()
    assert key != keys.new()
    assert len(key) >= 22
    assert key.encode() not in keys.hashed(key)
    assert keys.is_right(key, keys.hashed(key))
    for wrong in ("", key[:-1], key + "A", key.swapcase()):
        assert not keys.is_right(wrong, keys.hashed(key))


def test_no_two_marks_look_alike() -> None:
    assert marks.COUNT >= limits.DEVICES_MAX
    taken: set[int] = set()
    names = set()
    for _ in range(limits.DEVICES_MAX):
        mark = marks.free(taken)
        taken.add(mark.device)
        names.add((mark.colour, mark.animal, mark.css))
    assert len(names) == len(taken) == limits.DEVICES_MAX


def test_something_may_be_done_so_often_in_any_interval() -> None:
    now = 0.0
    limit = RateLimit(2, 10, lambda: now)
    assert limit.wait("a") == 0
    limit.note("a")
    now = 4.0
    limit.note("a")
    assert (limit.wait("a"), limit.wait("b")) == (6, 0)
    now = 9.5
    assert limit.wait("a") == 1
    now = 10.0
    assert limit.wait("a") == 0
    limit.note("a")
    assert limit.wait("a") == 4


def test_a_limit_forgets_who_was_quiet_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SOURCES_MAX", 2)
    limit = RateLimit(1, 10, lambda: 0.0)
    for source in ("a", "b", "a", "c"):
        limit.note(source)
    assert [limit.wait(source) for source in ("a", "b", "c")] == [10, 0, 10]
