"""Databases for the tests of classes: each test runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from pixelviz.classroom.database import Database
from pixelviz.classroom.store import ClassStore
from tests import postgresql

_numbers = count()


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, *, minutes: float = 0, hours: float = 0) -> None:
        """Let time pass."""
        self.now += 60 * minutes + 3600 * hours


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Give the address of a PostgreSQL server."""
    with postgresql.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'classes.db'}"
    server: str = request.getfixturevalue("postgresql_url")
    name = f"test_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Give a database with today's tables."""
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    """Return a clock that the test sets."""
    return Clock()


@pytest.fixture
def store(database: Database, clock: Clock) -> ClassStore:
    """Return a database's classes."""
    return ClassStore(database, clock)
