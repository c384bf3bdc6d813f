"""The database: its versions, its address, and what goes wrong with it."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import platformdirs
import pytest
import sqlalchemy as sa

from pixelviz.classroom import database as module
from pixelviz.classroom import schema
from pixelviz.classroom.database import Database
from pixelviz.classroom.store import ClassStore
from pixelviz.errors import ClassesOffError


def test_tables_of_an_older_version_become_those_of_today(url: str) -> None:
    def add_a_column(connection: sa.Connection) -> None:
        connection.execute(sa.text("ALTER TABLE classes ADD COLUMN school INTEGER DEFAULT 7"))

    first = Database(url)
    started = ClassStore(first).start()
    with first.writing() as connection:
        schema.migrate(connection, [*schema.MIGRATIONS, add_a_column])
        schema.migrate(connection, [*schema.MIGRATIONS, add_a_column])  # changes nothing
        row = connection.execute(sa.text("SELECT code, school FROM classes")).one()
        versions = connection.scalars(sa.text("SELECT version FROM schema_version")).all()
    first.close()
    assert tuple(row) == (started.code, 7)
    assert sorted(versions) == [1, 2]


def test_tables_of_a_newer_version_are_left_alone(url: str) -> None:
    first = Database(url)
    with first.writing() as connection:
        connection.execute(sa.text("INSERT INTO schema_version VALUES (99)"))
    first.close()
    with pytest.raises(ClassesOffError, match=r"version 1 or older, got 99.*newer Pixelviz"):
        Database(url)


def test_several_processes_can_start_at_once(url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        for opened in threads.map(Database, [url] * 4):
            opened.close()
    again = Database(url)
    with again.reading() as connection:
        versions = connection.scalars(sa.text("SELECT version FROM schema_version")).all()
    again.close()
    assert versions == [1]


def test_a_connection_is_set_up_also_while_another_one_makes_the_file() -> None:
    class Busy(sqlite3.Connection):
        refusals = 2

        def execute(self, sql: str, *_: object) -> sqlite3.Cursor:
            if "journal_mode" in sql and self.refusals:
                self.refusals -= 1
                raise sqlite3.OperationalError("database is locked")
            return super().execute(sql)

    connection = sqlite3.connect(":memory:", factory=Busy)
    module._set_up_sqlite(connection, None)
    assert connection.refusals == 0
    assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    connection.close()


def test_what_is_written_is_undone_by_an_exception(database: Database) -> None:
    def write_and_fail() -> None:
        with database.writing() as connection:
            connection.execute(sa.text("INSERT INTO schema_version VALUES (5)"))
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()
    with database.reading() as connection:
        assert connection.scalar(sa.text("SELECT max(version) FROM schema_version")) == 1


def test_the_file_is_made_by_itself_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(module.URL_VARIABLE)
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "new")
    Database(module.url_wanted()).close()
    file = tmp_path / "new" / "classes.db"
    assert sqlite3.connect(file).execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("replicas", ["3", "2", "many"])
def test_several_replicas_need_a_database_that_they_share(
    replicas: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(module.URL_VARIABLE)
    monkeypatch.setenv(module.REPLICAS_VARIABLE, replicas)
    with pytest.raises(ClassesOffError, match="several replicas"):
        module.url_wanted()
    monkeypatch.setenv(module.URL_VARIABLE, "postgresql://host/name")
    assert module.url_wanted() == "postgresql://host/name"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user:secret@host/name",
        "nonsense",
        "sqlite+aiosqlite:///x",
        "://",
        "postgresql",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://host/secret.db",
        "sqlite:///secret.db?timeout=long",
        "postgresql://user:secret@host:port/name",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ClassesOffError, match="Expected PIXELVIZ_DATABASE_URL") as caught:
        Database(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////proc/none/classes.db",
        "postgresql://user:secret@127.0.0.1:1/name",
    ],
)
def test_a_database_that_is_not_there_is_an_error_that_can_be_read(url: str) -> None:
    with pytest.raises(ClassesOffError, match="cannot be used now") as caught:
        Database(url)
    assert "secret" not in str(caught.value)


def test_a_broken_file_is_an_error_that_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "classes.db"
    file.write_bytes(b"This is no database." * 100)
    with pytest.raises(ClassesOffError, match="cannot be used now"):
        Database(f"sqlite:///{file}")


def test_no_error_names_what_was_to_be_stored(database: Database) -> None:
    with pytest.raises(ClassesOffError) as caught, database.writing() as connection:
        connection.execute(
            schema.GIVEN.insert().values(class_id=1, number=1, label=12, pixels=b"secret pixels")
        )
    causes = [str(caught.value), str(caught.value.__cause__)]
    assert not any("secret" in cause for cause in causes)
