"""Finds a class by its code, and tells whose key somebody has.

Only who joins a class learns whether a code is right. To a wrong key the answer is the same whether
there is such a class or not, so it need not be counted how often somebody asks.
"""

from typing import Any, TypeAlias

import sqlalchemy as sa

from pixelviz.classroom import codes, keys, limits
from pixelviz.classroom.schema import CLASSES, DEVICES
from pixelviz.errors import KeyRefusedError, UnknownClassError

LIFETIME_S = 60 * 60 * limits.HOURS
IDLE_S = 60 * limits.IDLE_MINUTES

Row: TypeAlias = sa.Row[Any]
"""A class as the database has it."""


def is_expired(now: int) -> sa.ColumnElement[bool]:
    """Return the condition that a class's time is over at a time, in seconds since 1970."""
    is_idle = (CLASSES.c.last == 0) & (CLASSES.c.started_at <= now - IDLE_S)
    return is_idle | (CLASSES.c.started_at <= now - LIFETIME_S)


NOBODYS_KEY = keys.hashed("")
NO_CLASS = 0
"""Both stand in for those of a class that does not exist, whose key is looked for all the same."""


def find_class(connection: sa.Connection, code: str, now: int) -> Row:
    """Return a class that has not ended; others who lock it wait for the end of the transaction.

    Args:
        connection: In a transaction that writes.
        code: The class's, as `codes.read` returns it.
        now: Seconds since 1970.

    Raises:
        UnknownClassError: There is none.
    """
    found = _class(connection, code, now, is_locked=True)
    if found is None:
        raise UnknownClassError(
            f"There is no class {codes.in_groups(code)}: the code is wrong, or the class has "
            "ended.",
            "Check the code.",
        )
    return found


def find_taught(
    connection: sa.Connection, code: str, key: str, now: int, *, is_locked: bool = False
) -> Row:
    """Return a class to whom has its teacher's key.

    Raises:
        KeyRefusedError: The key is another one, or there is no such class.
    """
    found = _class(connection, code, now, is_locked=is_locked)
    is_right = keys.is_right(key, NOBODYS_KEY if found is None else found.teacher)
    if found is None or not is_right:
        raise KeyRefusedError(
            f"There is no class {codes.in_groups(code)} that this key is the teacher's of: it has "
            "ended, or the key is another one.",
            "Open the class in the browser in which it was started, or start a new one.",
        )
    return found


def find_pupil(
    connection: sa.Connection, code: str, key: str, now: int, *, is_locked: bool = False
) -> tuple[Row, int]:
    """Return a class, and the number of its device whose key this is.

    Raises:
        KeyRefusedError: No device of the class has it, or there is no such class.
    """
    found = _class(connection, code, now, is_locked=is_locked)
    number, _, secret = key.partition(".")
    device = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else -1
    class_id = NO_CLASS if found is None else found.id
    own = (DEVICES.c.class_id == class_id) & (DEVICES.c.device == device)
    stored = connection.scalars(sa.select(DEVICES.c.key).where(own)).first()
    is_right = keys.is_right(secret, NOBODYS_KEY if stored is None else stored)
    if found is None or stored is None or not is_right:
        raise KeyRefusedError(
            f"The class {codes.in_groups(code)} has ended and all its digits are erased, or your "
            "teacher has removed this device.",
            "Type a code to join a class.",
        )
    return found, device


def _class(connection: sa.Connection, code: str, now: int, *, is_locked: bool) -> Row | None:
    query = sa.select(CLASSES).where(CLASSES.c.code == code, ~is_expired(now))
    return connection.execute(query.with_for_update() if is_locked else query).first()
