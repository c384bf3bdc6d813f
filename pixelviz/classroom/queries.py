"""Reads from the database what the teacher and the devices of a class are told."""

import sqlalchemy as sa

from pixelviz.classroom import lookup
from pixelviz.classroom.lookup import Row
from pixelviz.classroom.marks import Mark
from pixelviz.classroom.records import GivenDigit, Status, View
from pixelviz.classroom.schema import DEVICES, GIVEN


def count(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> int:
    """Return how many digits fulfil a condition."""
    query = sa.select(sa.func.count()).select_from(GIVEN).where(condition)
    number: int = connection.execute(query).scalar_one()
    return number


def status_of(connection: sa.Connection, entry: Row, device: int, now: int) -> Status:
    """Return what a device of a class is told at a time, in seconds since 1970."""
    of_class = GIVEN.c.class_id == entry.id
    own = (DEVICES.c.class_id == entry.id) & (DEVICES.c.device == device)
    given_by_all = count(connection, of_class)
    return Status(
        mark=Mark(device),
        ask=connection.execute(sa.select(DEVICES.c.asked).where(own)).scalar_one(),
        given=count(connection, of_class & (GIVEN.c.device == device)),
        count=given_by_all,
        is_paused=entry.is_paused,
        # The first digit may have come after the entry was read.
        seconds_left=_seconds_left(entry, now, is_idle=entry.last + given_by_all == 0),
    )


def view_of(connection: sa.Connection, entry: Row, after: int, now: int) -> View:
    """Return what a teacher sees of a class, with the digits whose numbers are above `after`."""
    of_class = GIVEN.c.class_id == entry.id
    counting = sa.select(GIVEN.c.device, sa.func.count()).where(of_class).group_by(GIVEN.c.device)
    counts: dict[int, int] = dict(iter(connection.execute(counting)))
    devices = sa.select(DEVICES.c.device).where(DEVICES.c.class_id == entry.id)
    wanted = sa.select(GIVEN).where(of_class, GIVEN.c.number > after).order_by(GIVEN.c.number)
    return View(
        digits=[
            GivenDigit(
                number=row.number,
                device=row.device,
                label=row.label,
                pixels=row.pixels,
                age_s=max(now - row.given_at, 0),
            )
            for row in connection.execute(wanted)
        ],
        devices=[
            (Mark(device), counts.get(device, 0))
            for device in connection.scalars(devices.order_by(DEVICES.c.device))
        ],
        count=sum(counts.values()),
        last=entry.last,
        is_paused=entry.is_paused,
        seconds_left=_seconds_left(entry, now, is_idle=entry.last == 0),
    )


def _seconds_left(entry: Row, now: int, *, is_idle: bool) -> int:
    lifetime_s = lookup.IDLE_S if is_idle else lookup.LIFETIME_S
    return max(int(entry.started_at) + lifetime_s - now, 0)
