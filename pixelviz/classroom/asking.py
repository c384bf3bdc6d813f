"""Which digit a device is asked for, so that a class has as many of each."""

import secrets
from collections import Counter

import sqlalchemy as sa

from pixelviz.arrays import DIGITS
from pixelviz.classroom.schema import DEVICES, GIVEN

AWAY_S = 120
"""A device that has not been heard of for so long does not write what it was asked for."""


def next_asked(connection: sa.Connection, class_id: int, now: int, but: int = -1) -> int:
    """Return a digit of which a class has fewest, with those that are being written now.

    Args:
        connection: In the transaction that notes what the device is asked for.
        class_id: The class.
        now: Seconds since 1970.
        but: A device that has just written what it was asked for.
    """
    given = sa.select(GIVEN.c.label, sa.func.count()).where(GIVEN.c.class_id == class_id)
    counts: Counter[int] = Counter()
    for label, count in connection.execute(given.group_by(GIVEN.c.label)):
        counts[label] = count
    asked = sa.select(DEVICES.c.asked).where(
        DEVICES.c.class_id == class_id, DEVICES.c.device != but, DEVICES.c.seen_at > now - AWAY_S
    )
    counts.update(connection.scalars(asked))
    fewest = min(counts[digit] for digit in DIGITS)
    return secrets.choice([digit for digit in DIGITS if counts[digit] == fewest])
