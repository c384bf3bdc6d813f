"""The database of classes: SQLite in a file of its own, or PostgreSQL.

Statements are never logged with their values, so no digit comes into a log.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import platformdirs
import sqlalchemy as sa
from sqlalchemy.exc import (
    ArgumentError,
    NoSuchModuleError,
    ProgrammingError,
    SQLAlchemyError,
)

from pixelviz.classroom import schema
from pixelviz.errors import ClassesOffError

URL_VARIABLE = "PIXELVIZ_DATABASE_URL"
"""The environment variable that names another database than the file in the user's data folder."""

REPLICAS_VARIABLE = "PIXELVIZ_REPLICAS"
"""The environment variable that says how many replicas of the page there are."""

DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
"""The databases that can be named, and the drivers that are used for them."""

WAIT_S = 5
"""So long a connection waits for the database, a writer for others, and the database for a client
that has begun to write. A request that waits for all of them is answered sooner than browsers, and
nginx in deploy/, give it up."""

AGAIN_AFTER_S = 0.01

CONNECTIONS = 8

SQLITE_SETTINGS = (
    f"PRAGMA busy_timeout = {1000 * WAIT_S}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what was acknowledged also outlasts a loss of power
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten with zeros
    "PRAGMA temp_store = MEMORY",  # no copy of a digit in a temporary file
    "PRAGMA foreign_keys = ON",
)


class Database:
    """A database with today's tables. Several threads can use it at once."""

    def __init__(self, url: str) -> None:
        """Connect, and bring the tables to today's version.

        Args:
            url: As SQLAlchemy writes it: sqlite:////folder/file.db, postgresql://user@host/name.

        Raises:
            ClassesOffError: There is no such database, or it cannot be used.
        """
        self._engine = _engine(_parsed(url))
        try:
            with self.writing() as connection:
                schema.migrate(connection)
        except ClassesOffError:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection whose transaction sees one state of the database.

        Raises:
            ClassesOffError: The database does not answer.
        """
        with _explained(), self._engine.connect() as plain:
            is_sqlite = plain.dialect.name == "sqlite"
            one_state = {"begin": "BEGIN"} if is_sqlite else {"isolation_level": "REPEATABLE READ"}
            yield plain.execution_options(**one_state)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection whose transaction is committed at the end, or undone by an exception.

        Raises:
            ClassesOffError: The database does not answer; then nothing was written.
        """
        with _explained(), self._engine.begin() as connection:
            yield connection

    def forget_erased(self) -> None:
        """Leave no byte of what was deleted in the database's files.

        SQLite writes its file anew, without what is free in it, and empties the write-ahead log.
        PostgreSQL writes the tables anew. Whether it also begins a new write-ahead log and deletes
        the old one is up to its administrator, see deploy/README.md.

        Raises:
            ClassesOffError: The database is not to be had, or somebody reads in it all the time.
        """
        is_busy = 0
        with _explained(), self._engine.connect() as plain:
            if plain.dialect.name == "postgresql":
                connection = plain.execution_options(isolation_level="AUTOCOMMIT")
                connection.execute(sa.text("SET statement_timeout = 0"))
                for table in ("digits", "devices", "classes"):
                    connection.execute(sa.text(f"VACUUM (FULL) {table}"))
                for statement in ("SELECT pg_switch_wal()", "CHECKPOINT"):
                    with suppress(ProgrammingError):  # not every role may
                        connection.execute(sa.text(statement))
                connection.execute(sa.text("RESET statement_timeout"))
            else:
                connection = plain.execution_options(begin="")
                connection.execute(sa.text("VACUUM"))
                log = connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
                is_busy, *_ = log.one()
        if is_busy:
            raise ClassesOffError(
                "Expected to empty the write-ahead log, but others were reading in the database.",
                "It is tried again by itself.",
            )

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def url_wanted() -> str:
    """Return the address of the database: the one that is set, or a file of this user's.

    Raises:
        ClassesOffError: There are several replicas, and no database for all of them.
    """
    if url := os.environ.get(URL_VARIABLE, "").strip():
        return url
    if os.environ.get(REPLICAS_VARIABLE, "1").strip() not in ("", "1"):
        raise ClassesOffError(
            "There are several replicas of this page, and no database that they share, so a class "
            "cannot be kept here.",
            f"Whoever runs the page can set {URL_VARIABLE} to a PostgreSQL database.",
        )
    file = platformdirs.user_data_path("pixelviz", appauthor=False) / "classes.db"
    return sa.URL.create("sqlite", database=str(file)).render_as_string()


def _parsed(text: str) -> sa.URL:
    """Return an address with the driver that is used for it."""
    try:
        url = sa.make_url(text)
        return url.set(drivername=DRIVERS[url.drivername])
    except (ArgumentError, KeyError, ValueError):
        raise _misnamed() from None


def _engine(url: sa.URL) -> sa.Engine:
    """Return an engine for an address, whose connections are set up as this module says."""
    common: dict[str, Any] = {
        "hide_parameters": True,
        "pool_size": CONNECTIONS,
        "max_overflow": 0,
        "pool_timeout": WAIT_S,
    }
    try:
        if url.get_backend_name() == "sqlite":
            if url.database and url.database != ":memory:":
                Path(url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            engine = sa.create_engine(url, **common)
            sa.event.listen(engine, "connect", _set_up_sqlite)
            sa.event.listen(engine, "begin", _begin_in_sqlite)
            return engine
        # A replica that hangs, or is gone with its machine, must not lock a class for hours.
        settings = ("statement_timeout", "idle_in_transaction_session_timeout")
        limits = {
            "connect_timeout": WAIT_S,
            "tcp_user_timeout": 1000 * WAIT_S,
            "options": " ".join(f"-c {setting}={1000 * WAIT_S}" for setting in settings),
        }
        return sa.create_engine(url, pool_pre_ping=True, connect_args=limits, **common)
    except (ImportError, NoSuchModuleError, OSError) as error:
        raise _unusable(type(error).__name__) from error
    except (ArgumentError, TypeError, ValueError):  # also of a database that is in memory only
        raise _misnamed() from None


def _set_up_sqlite(connection: Any, _: Any) -> None:  # noqa: ANN401
    connection.isolation_level = None  # sqlite3 begins no transaction by itself
    for setting in SQLITE_SETTINGS:
        _set(connection, setting)


def _set(connection: Any, setting: str) -> None:  # noqa: ANN401
    """Set it, and try again where SQLite does not wait: two connections make the file's log."""
    deadline = time.monotonic() + WAIT_S
    while True:
        try:
            connection.execute(setting).close()
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(AGAIN_AFTER_S)


def _begin_in_sqlite(connection: sa.Connection) -> None:
    """Begin a transaction; one that will write locks others out before it reads."""
    if statement := connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"):
        connection.exec_driver_sql(statement)


@contextmanager
def _explained() -> Iterator[None]:
    """Raise what the database raises as an error that a visitor can read."""
    try:
        yield
    except SQLAlchemyError as error:
        original = getattr(error, "orig", None)
        raise _unusable(type(original or error).__name__) from error


def _unusable(what: str) -> ClassesOffError:
    return ClassesOffError(
        f"The database of classes cannot be used now ({what}).",
        "What was not yet acknowledged is kept in the browser; try again a little later.",
    )


def _misnamed() -> ClassesOffError:
    return ClassesOffError(  # without the address, which may contain a password
        f"Expected {URL_VARIABLE} to be an address such as sqlite:////folder/file.db or "
        "postgresql://user:password@host/name, got something else.",
        "Whoever runs the page can correct it.",
    )
