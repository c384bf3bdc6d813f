"""What has ended leaves no byte in the files of the database."""

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from pixelviz.classroom.database import Database
from pixelviz.classroom.store import ClassStore
from pixelviz.errors import ClassesOffError
from tests import postgresql
from tests.unit.classroom.conftest import Clock
from tests.unit.classroom.test_store import pixels

DIGITS = 60
PARTS = (0, 372, 744)
PART = 40
"""So many bytes of a picture are looked for, from three places on."""


def files_of(url: str) -> list[Path]:
    """Return the files of a database, but for PostgreSQL's write-ahead log."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        return sorted(file.parent.glob(f"{file.name}*"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        oid = "SELECT oid FROM pg_database WHERE datname = current_database()"
        (number,) = connection.execute(oid).fetchone() or ("",)
    return list((postgresql.data_of(url) / "base" / str(number)).iterdir())


def found_in(url: str, seeds: range) -> set[int]:
    """Return of which pictures some part is in the files of a database."""
    content = b"".join(file.read_bytes() for file in files_of(url))
    pictures = {seed: pixels(seed) for seed in seeds}
    return {
        seed
        for seed, picture in pictures.items()
        if any(picture[start : start + PART] in content for start in PARTS)
    }


def fill(store: ClassStore, seeds: range) -> tuple[str, str]:
    """Start a class, give it pictures, and return its code and the teacher's key."""
    started = store.start()
    key, _ = store.join(started.code)
    for seed in seeds:
        store.give(started.code, key, seed % 10, pixels(seed), uuid4())
    return started.code, started.key


def test_no_byte_of_a_class_that_has_ended_is_left(store: ClassStore, url: str) -> None:
    ended, kept = range(DIGITS), range(1000, 1000 + DIGITS)
    first = fill(store, ended)
    second = fill(store, kept)
    assert found_in(url, ended) == set(ended)  # or the search finds nothing at all
    code, key = first
    store.remove_digit(code, key, 5)
    store.remove_digit(code, key, 50)
    store.end(code, key)
    assert found_in(url, ended) == set()
    assert found_in(url, kept) == set(kept)
    assert store.view(*second).count == DIGITS
    assert not any(code.encode() in file.read_bytes() for file in files_of(url))


def test_no_byte_is_left_when_the_time_is_over(store: ClassStore, url: str, clock: Clock) -> None:
    fill(store, range(DIGITS))
    clock.pass_by(hours=24)
    assert store.erase_expired() == 1
    assert found_in(url, range(DIGITS)) == set()


def test_what_a_killed_process_has_not_finished_the_next_one_does(
    store: ClassStore, database: Database, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, key = fill(store, range(DIGITS))
    with monkeypatch.context() as patch:
        patch.setattr(Database, "forget_erased", lambda _: None)
        store.end(code, key)
    ClassStore(database).erase_expired()
    assert found_in(url, range(DIGITS)) == set()


def test_what_has_to_wait_for_a_reader_is_done_later(
    store: ClassStore, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Database) -> None:
        raise ClassesOffError("Others were reading.", "Again.")

    code, key = fill(store, range(DIGITS))
    with monkeypatch.context() as patch:
        patch.setattr(Database, "forget_erased", refuse)
        store.end(code, key)
    assert store.erase_expired() == 0
    assert found_in(url, range(DIGITS)) == set()
