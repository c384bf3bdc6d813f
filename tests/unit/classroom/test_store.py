"""Classes in SQLite and in PostgreSQL: joining, giving, looking, removing, ending."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import numpy as np
import pytest

from pixelviz.arrays import DIGITS, LENGTH
from pixelviz.classroom import codes, limits
from pixelviz.classroom.database import Database
from pixelviz.classroom.records import Started, Status
from pixelviz.classroom.store import ClassStore
from pixelviz.errors import (
    ClassClosedError,
    GivenDigitError,
    KeyRefusedError,
    UnknownClassError,
)
from tests.unit.classroom.conftest import Clock


def pixels(seed: int) -> bytes:
    """Return the bytes of a picture that no other seed has."""
    return np.random.default_rng(seed).integers(0, 256, LENGTH, np.uint8).tobytes()


def give(store: ClassStore, code: str, key: str, label: int = 3, seed: int = 0) -> Status:
    return store.give(code, key, label, pixels(seed), uuid4())[0]


def test_what_is_given_is_seen_as_it_was_given(store: ClassStore, clock: Clock) -> None:
    started = store.start()
    keys = [store.join(started.code)[0] for _ in range(2)]
    for seed, label in enumerate([3, 0, 9]):
        give(store, started.code, keys[seed % 2], label, seed)
        clock.pass_by(minutes=1)
    view = store.view(started.code, started.key)
    assert [each.number for each in view.digits] == [1, 2, 3]
    assert [each.label for each in view.digits] == [3, 0, 9]
    assert [each.pixels for each in view.digits] == [pixels(seed) for seed in range(3)]
    assert [each.age_s for each in view.digits] == [180, 120, 60]
    marks = [int(key.partition(".")[0]) for key in keys]
    assert [each.device for each in view.digits] == [marks[0], marks[1], marks[0]]
    assert {mark.device: count for mark, count in view.devices} == {marks[0]: 2, marks[1]: 1}
    assert (view.count, view.last, view.is_paused) == (3, 3, False)
    assert view.seconds_left == 24 * 3600 - 180
    assert [each.number for each in store.view(started.code, started.key, after=2).digits] == [3]


def test_a_digit_that_is_sent_again_is_stored_once(store: ClassStore) -> None:
    started = store.start()
    key, _ = store.join(started.code)
    mine = uuid4()
    first, is_new = store.give(started.code, key, 3, pixels(1), mine)
    again, is_again_new = store.give(started.code, key, 3, pixels(1), mine)
    assert (is_new, is_again_new) == (True, False)
    assert first == again
    assert store.view(started.code, started.key).count == first.count == 1


def test_devices_are_asked_for_as_many_of_each_digit(store: ClassStore) -> None:
    started = store.start()
    devices = [store.join(started.code) for _ in range(15)]
    asked = {key: status.ask for key, status in devices}
    counts = Counter(asked.values())
    assert set(counts) == set(DIGITS)
    assert max(counts.values()) == 2
    for turn in range(65):
        key = devices[turn % len(devices)][0]
        asked[key] = give(store, started.code, key, asked[key], turn).ask
    given = Counter(each.label for each in store.view(started.code, started.key).digits)
    assert max(given.values()) - min(given.values()) <= 2


def test_what_a_device_that_has_gone_was_asked_for_others_write(
    store: ClassStore, clock: Clock
) -> None:
    started = store.start()
    gone = {store.join(started.code)[1].ask for _ in range(9)}
    (left,) = set(DIGITS) - gone
    assert store.join(started.code)[1].ask == left
    clock.pass_by(minutes=3)
    key, status = store.join(started.code)
    for turn in range(10):
        status = give(store, started.code, key, status.ask, turn)
    given = {each.label for each in store.view(started.code, started.key).digits}
    assert given == set(DIGITS)


def test_a_device_that_is_still_there_goes_on_writing_what_it_was_asked_for(
    store: ClassStore, clock: Clock
) -> None:
    started = store.start()
    there = [store.join(started.code) for _ in range(9)]
    for _ in range(4):
        clock.pass_by(minutes=1)
        for key, status in there:
            assert store.status(started.code, key).ask == status.ask
    (left,) = set(DIGITS) - {status.ask for _, status in there}
    assert store.join(started.code)[1].ask == left


def test_a_paused_class_takes_nothing_and_goes_on_later(store: ClassStore) -> None:
    started = store.start()
    key, _ = store.join(started.code)
    assert store.set_paused(started.code, started.key, True).is_paused
    assert store.status(started.code, key).is_paused
    with pytest.raises(ClassClosedError, match="paused"):
        give(store, started.code, key)
    assert not store.set_paused(started.code, started.key, False).is_paused
    assert give(store, started.code, key).count == 1


def test_a_removed_digit_is_gone_and_its_number_is_not_given_again(store: ClassStore) -> None:
    started = store.start()
    key, _ = store.join(started.code)
    for seed in range(3):
        give(store, started.code, key, seed, seed)
    store.remove_digit(started.code, started.key, 3)
    store.remove_digit(started.code, started.key, 99)
    view = store.view(started.code, started.key)
    assert ([each.number for each in view.digits], view.count, view.last) == ([1, 2], 2, 3)
    assert give(store, started.code, key).given == 3
    assert store.view(started.code, started.key, after=3).digits[0].number == 4


def test_a_removed_device_is_gone_with_all_it_gave(store: ClassStore) -> None:
    started = store.start()
    keys = [store.join(started.code)[0] for _ in range(2)]
    for seed, key in enumerate(keys * 2):
        give(store, started.code, key, 1, seed)
    removed, left = (int(key.partition(".")[0]) for key in keys)
    store.remove_device(started.code, started.key, removed)
    view = store.view(started.code, started.key)
    assert [mark.device for mark, _ in view.devices] == [left]
    assert {each.device for each in view.digits} == {left}
    for what in (store.status, lambda code, key: give(store, code, key)):
        with pytest.raises(KeyRefusedError, match="removed"):
            what(started.code, keys[0])


TEACHERS: dict[str, Callable[[ClassStore, str, str], object]] = {
    "view": lambda store, code, key: store.view(code, key),
    "pause": lambda store, code, key: store.set_paused(code, key, True),
    "remove a digit": lambda store, code, key: store.remove_digit(code, key, 1),
    "remove a device": lambda store, code, key: store.remove_device(code, key, 1),
    "end": lambda store, code, key: store.end(code, key),
}


@pytest.mark.parametrize("what", TEACHERS)
def test_only_the_teachers_key_does_what_is_the_teachers(store: ClassStore, what: str) -> None:
    started, other = store.start(), store.start()
    pupil, _ = store.join(started.code)
    give(store, started.code, pupil)
    before = store.view(started.code, started.key)
    wrong = (pupil, pupil.partition(".")[2], other.key, "", f"{started.key} ", started.key[:-1])
    for key in wrong:
        with pytest.raises(KeyRefusedError):
            TEACHERS[what](store, started.code, key)
    assert store.view(started.code, started.key) == before
    TEACHERS[what](store, started.code, started.key)


def test_only_a_devices_own_key_gives(store: ClassStore) -> None:
    started, other = store.start(), store.start()
    key, _ = store.join(started.code)
    number, _, secret = key.partition(".")
    elsewhere, _ = store.join(other.code)
    others = f"{(int(number) + 1) % 100}.{secret}"
    for wrong in (
        "",
        ".",
        number,
        f"{number}.",
        secret,
        elsewhere,
        started.key,
        others,
        f"-1.{secret}",
    ):
        with pytest.raises(KeyRefusedError):
            give(store, started.code, wrong)
    assert store.view(started.code, started.key).count == 0


def test_no_answer_to_a_key_tells_whether_there_is_a_class(store: ClassStore) -> None:
    started = store.start()
    messages = []
    for code in (started.code, "BBBBBBBB"):
        for ask in (store.view, store.status):
            with pytest.raises(KeyRefusedError) as caught:
                ask(code, "1.wrong")
            messages.append(str(caught.value).replace(codes.in_groups(code), "CODE"))
    assert messages[:2] == messages[2:]
    with pytest.raises(UnknownClassError):
        store.join("BBBBBBBB")


@pytest.mark.parametrize(("label", "count"), [(10, LENGTH), (-1, LENGTH), (3, LENGTH - 1), (3, 0)])
def test_only_784_bytes_and_a_digit_are_stored(store: ClassStore, label: int, count: int) -> None:
    started = store.start()
    key, _ = store.join(started.code)
    with pytest.raises(GivenDigitError, match=f"got {count} bytes and the label {label}"):
        store.give(started.code, key, label, bytes(count), uuid4())
    assert store.view(started.code, started.key).count == 0


def test_limits_are_kept(store: ClassStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DEVICES_MAX", 2)
    monkeypatch.setattr(limits, "DIGITS_A_DEVICE_MAX", 2)
    monkeypatch.setattr(limits, "DIGITS_A_CLASS_MAX", 3)
    monkeypatch.setattr(limits, "CLASSES_MAX", 2)
    started = store.start()
    keys = [store.join(started.code)[0] for _ in range(2)]
    with pytest.raises(ClassClosedError, match="2 devices"):
        store.join(started.code)
    for key in (keys[0], keys[0], keys[1]):
        give(store, started.code, key)
    with pytest.raises(ClassClosedError, match="2 digits"):
        give(store, started.code, keys[0])
    with pytest.raises(ClassClosedError, match="3 digits"):
        give(store, started.code, keys[1])
    store.start()
    with pytest.raises(ClassClosedError, match="2 classes"):
        store.start()


def test_limits_are_kept_when_many_give_at_once(
    store: ClassStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DIGITS_A_CLASS_MAX", 20)
    started = store.start()
    keys = [store.join(started.code)[0] for _ in range(6)]

    def give_often(key: str) -> int:
        given = 0
        for seed in range(5):
            try:
                give(store, started.code, key, seed, seed)
            except ClassClosedError:
                continue
            given += 1
        return given

    with ThreadPoolExecutor(6) as threads:
        given = sum(threads.map(give_often, keys))
    numbers = [each.number for each in store.view(started.code, started.key).digits]
    assert given == 20
    assert numbers == list(range(1, 21))


def test_a_class_ends_24_hours_after_its_start(store: ClassStore, clock: Clock) -> None:
    started = store.start()
    key, _ = store.join(started.code)
    give(store, started.code, key)
    clock.pass_by(hours=24, minutes=-1)
    assert store.erase_expired() == 0
    assert store.view(started.code, started.key).seconds_left == 60
    clock.pass_by(minutes=1)
    for ask in (
        lambda: store.view(started.code, started.key),
        lambda: store.status(started.code, key),
        lambda: give(store, started.code, key),
    ):
        with pytest.raises(KeyRefusedError):
            ask()
    with pytest.raises(UnknownClassError):
        store.join(started.code)
    assert store.erase_expired() == 1
    assert store.erase_expired() == 0


def test_a_class_that_nobody_gives_anything_to_ends_after_an_hour(
    store: ClassStore, clock: Clock
) -> None:
    idle, used = store.start(), store.start()
    assert idle.seconds_left == 3600
    give(store, used.code, store.join(used.code)[0])
    clock.pass_by(minutes=59)
    _, status = store.join(idle.code)
    assert status.seconds_left == store.view(idle.code, idle.key).seconds_left == 60
    assert store.view(used.code, used.key).seconds_left == 23 * 3600 + 60
    clock.pass_by(minutes=1)
    with pytest.raises(UnknownClassError):
        store.join(idle.code)
    assert store.erase_expired() == 1
    assert store.view(used.code, used.key).count == 1


def test_starting_one_erases_those_whose_time_is_over(
    store: ClassStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CLASSES_MAX", 1)
    store.start()
    clock.pass_by(hours=2)
    assert isinstance(store.start(), Started)


def test_another_process_sees_the_same_class(store: ClassStore, url: str, clock: Clock) -> None:
    started = store.start()
    key, _ = store.join(started.code)
    other = Database(url)
    try:
        give(ClassStore(other, clock), started.code, key)
    finally:
        other.close()
    assert store.view(started.code, started.key).count == 1
