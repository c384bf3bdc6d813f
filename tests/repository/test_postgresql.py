"""PostgreSQL with the settings of deploy/compose.yaml: where a digit is, and where it is not."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from pixelviz.arrays import LENGTH
from pixelviz.classroom.database import WAIT_S, Database
from pixelviz.classroom.schema import GIVEN
from pixelviz.classroom.store import ClassStore
from pixelviz.errors import ClassesOffError
from tests import postgresql

COMMAND = r"\n    command:\n((?:      .+\n)+)"


@pytest.fixture(scope="module")
def url(root: Path) -> Iterator[str]:
    text = (root / "deploy" / "compose.yaml").read_text("utf-8")
    (command,) = re.findall(COMMAND, text.partition("\n  postgres:\n")[2])
    settings = re.findall(r"^      - --(\S+=\S+)$", command, re.M)
    assert len(settings) > 5
    with postgresql.server(settings) as url:
        yield url


def given(store: ClassStore) -> tuple[str, str, bytes]:
    """Return the code and the teacher's key of a class that has a digit, and its pixels."""
    started = store.start()
    key, _ = store.join(started.code)
    pixels = os.urandom(LENGTH)
    store.give(started.code, key, 7, pixels, uuid4())
    return started.code, started.key, pixels


def files_with(content: bytes, url: str) -> list[str]:
    """Return the files of a server in which something is."""
    data = postgresql.data_of(url)
    files = [path for path in data.rglob("*") if path.is_file()]
    return [path.relative_to(data).as_posix() for path in files if content in path.read_bytes()]


def test_no_byte_of_a_class_that_has_ended_is_in_any_file_of_it(url: str) -> None:
    database = Database(url)
    store = ClassStore(database)
    code, key, pixels = given(store)
    some = pixels[100:130]
    assert any(name.startswith("pg_wal/") for name in files_with(some, url))
    store.end(code, key)
    assert files_with(some, url) == []
    database.close()


def test_an_error_names_no_digit_in_its_log(url: str) -> None:
    database = Database(url)
    store = ClassStore(database)
    code, key, pixels = given(store)
    with database.reading() as connection:
        row = dict(connection.execute(sa.select(GIVEN)).mappings().one())
    shorter = GIVEN.insert().values(row | {"number": 2, "pixels": pixels[:-1]})
    with pytest.raises(ClassesOffError), database.writing() as connection:
        connection.execute(shorter)
    log = postgresql.log_of(url)
    assert 'violates check constraint "digits_' in log
    for secret in (pixels.hex()[:16], code, str(row["give"]), "INSERT"):
        assert secret not in log
    store.end(code, key)
    database.close()


def test_a_role_with_no_rights_but_in_its_own_database_is_enough(url: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(sa.text("CREATE ROLE school LOGIN"))
        connection.execute(sa.text("CREATE DATABASE school OWNER school"))
    engine.dispose()
    database = Database(url.replace("pixelviz@/postgres", "school@/school"))
    store = ClassStore(database)
    code, key, _ = given(store)
    store.end(code, key)
    assert store.erase_expired() == 0
    database.forget_erased()
    with database.reading() as connection:
        for setting in ("statement_timeout", "idle_in_transaction_session_timeout"):
            assert connection.scalar(sa.text(f"SHOW {setting}")) == f"{WAIT_S}s"
    database.close()
