"""The tables of the database, and how those of an older version become those of today."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa

from pixelviz.arrays import DIGITS, LENGTH
from pixelviz.errors import ClassesOffError

TABLES = sa.MetaData()

CLASSES = sa.Table(
    "classes",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(8), nullable=False, unique=True),
    sa.Column("teacher", sa.LargeBinary, nullable=False),  # the hash of the teacher's key
    sa.Column("started_at", sa.BigInteger, nullable=False),  # seconds since 1970, UTC
    sa.Column("is_paused", sa.Boolean, nullable=False, default=False),
    sa.Column("last", sa.Integer, nullable=False, default=0),  # the number of the newest digit
)

DEVICES = sa.Table(
    "devices",
    TABLES,
    sa.Column("class_id", sa.ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("device", sa.Integer, primary_key=True, autoincrement=False),  # its mark
    sa.Column("key", sa.LargeBinary, nullable=False),  # the hash of its key
    sa.Column("asked", sa.SmallInteger, nullable=False),  # the digit that it is to write next
    sa.Column("seen_at", sa.BigInteger, nullable=False),
)

GIVEN = sa.Table(
    "digits",
    TABLES,
    sa.Column("class_id", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("device", sa.Integer, nullable=False),
    sa.Column("give", sa.Uuid, nullable=False),  # the idempotency key
    sa.Column("label", sa.SmallInteger, nullable=False),
    sa.Column("pixels", sa.LargeBinary, nullable=False),
    sa.Column("given_at", sa.BigInteger, nullable=False),
    sa.ForeignKeyConstraint(
        ["class_id", "device"], ["devices.class_id", "devices.device"], ondelete="CASCADE"
    ),
    sa.UniqueConstraint("class_id", "device", "give"),
    sa.CheckConstraint(f"label BETWEEN {DIGITS[0]} AND {DIGITS[-1]}"),
    sa.CheckConstraint(f"length(pixels) = {LENGTH}"),
)
sa.Index("digits_by_label", GIVEN.c.class_id, GIVEN.c.label)

_VERSION = sa.Table("schema_version", sa.MetaData(), sa.Column("version", sa.Integer))

_LOCK = 784_2828
"""Which of PostgreSQL's locks replicas that start together wait for; any number will do."""

Migration = Callable[[sa.Connection], None]

MIGRATIONS: Sequence[Migration] = (TABLES.create_all,)
"""What makes version 1 of an empty database, version 2 of version 1, and so on. Once published,
none is changed: what alters a table is a further one."""


def migrate(connection: sa.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the tables to today's version, whatever version they have.

    Args:
        connection: In a transaction that nobody else can write in between.
        migrations: All that there are.

    Raises:
        ClassesOffError: A newer Pixelviz has made the tables.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    _VERSION.create(connection, checkfirst=True)
    version = connection.execute(sa.select(sa.func.max(_VERSION.c.version))).scalar() or 0
    if version > len(migrations):
        raise ClassesOffError(
            f"Expected a database of classes of version {len(migrations)} or older, got {version}: "
            "a newer Pixelviz has used it.",
            "Start the newer one, or name another database in PIXELVIZ_DATABASE_URL.",
        )
    for number, migration in enumerate(migrations[version:], start=version + 1):
        migration(connection)
        connection.execute(_VERSION.insert().values(version=number))
