"""What a class consists of, and what its teacher and its devices can do with it."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from uuid import UUID

import sqlalchemy as sa

from pixelviz.arrays import DIGITS, LENGTH
from pixelviz.classroom import asking, codes, keys, limits, lookup, marks
from pixelviz.classroom.database import Database
from pixelviz.classroom.limits import RateLimit
from pixelviz.classroom.lookup import Row
from pixelviz.classroom.queries import count, status_of, view_of
from pixelviz.classroom.records import Started, Status, View
from pixelviz.classroom.schema import CLASSES, DEVICES, GIVEN
from pixelviz.errors import ClassClosedError, ClassesOffError, GivenDigitError

NOTED_EVERY_S = 30
"""That a device is still there is written so often at most."""

Clock = Callable[[], float]


class ClassStore:
    """The classes in a database. Several threads, and several processes, can use it at once.

    What a method has returned was written for good. All of them raise a ClassesOffError where the
    database does not answer; a code is as `codes.read` returns it.
    """

    def __init__(self, database: Database, clock: Clock = time.time) -> None:
        """Keep the database, and what tells the time in seconds since 1970."""
        self._database = database
        self._clock = clock
        self._noted = RateLimit(1, NOTED_EVERY_S, clock)
        self._is_forgetting_due = True  # another process may not have lived to do it

    def start(self) -> Started:
        """Begin a class.

        Raises:
            ClassClosedError: There are as many classes already as there may be.
        """
        self.erase_expired()
        started = Started(codes.new(), keys.new(), lookup.IDLE_S)
        with self._database.writing() as connection:
            others = sa.select(sa.func.count()).select_from(CLASSES)
            if (number := connection.execute(others).scalar_one()) >= limits.CLASSES_MAX:
                raise ClassClosedError(
                    f"There are {number} classes on this server already, which is its limit.",
                    f"Each ends by itself at the latest {limits.HOURS} hours after its start.",
                )
            connection.execute(
                CLASSES.insert().values(
                    code=started.code,
                    teacher=keys.hashed(started.key),
                    started_at=self._now(),
                    is_paused=False,
                    last=0,
                )
            )
        return started

    def join(self, code: str) -> tuple[str, Status]:
        """Let a device into a class, and return its key and what it is told.

        Raises:
            UnknownClassError: No class has this code.
            ClassClosedError: The class has as many devices already as it may have.
        """
        secret = keys.new()
        with self._database.writing() as connection:
            entry = lookup.find_class(connection, code, self._now())
            devices = sa.select(DEVICES.c.device).where(DEVICES.c.class_id == entry.id)
            taken = set(connection.scalars(devices))
            if len(taken) >= limits.DEVICES_MAX:
                raise ClassClosedError(
                    f"{len(taken)} devices have joined this class, which is the limit.",
                    "Your teacher can remove one that is not used any more.",
                )
            device = marks.free(taken).device
            connection.execute(
                DEVICES.insert().values(
                    class_id=entry.id,
                    device=device,
                    key=keys.hashed(secret),
                    asked=asking.next_asked(connection, entry.id, self._now()),
                    seen_at=self._now(),
                )
            )
            return f"{device}.{secret}", status_of(connection, entry, device, self._now())

    def status(self, code: str, key: str) -> Status:
        """Return what a device is told, and note that it is still there.

        Raises:
            KeyRefusedError: The key is none of a device of this class, or no longer.
        """
        with self._database.reading() as connection:
            entry, device = lookup.find_pupil(connection, code, key, self._now())
            status = status_of(connection, entry, device, self._now())
        if self._noted.wait(f"{entry.id} {device}") == 0:
            with self._database.writing() as connection:
                _update(connection, entry.id, device, seen_at=self._now())
            self._noted.note(f"{entry.id} {device}")
        return status

    def give(
        self, code: str, key: str, label: int, pixels: bytes, give: UUID
    ) -> tuple[Status, bool]:
        """Add a digit to a class, once for each `give`.

        Args:
            code: The class's.
            key: The device's.
            label: What the digit was meant to be, 0 to 9.
            pixels: Its vector's 784 bytes.
            give: A new one for each digit, and the same again where it is sent again.

        Returns:
            What the device is told, and whether the digit is new.

        Raises:
            KeyRefusedError: The key is none of a device of this class, or no longer.
            ClassClosedError: The class is paused, or a limit is reached.
            GivenDigitError: The label or the pixels are none.
        """
        if len(pixels) != LENGTH or label not in DIGITS:
            raise GivenDigitError(
                f"Expected {LENGTH} bytes and a label from {DIGITS[0]} to {DIGITS[-1]}, got "
                f"{len(pixels)} bytes and the label {label}.",
                "Draw the digit and give it again.",
            )
        with self._database.writing() as connection:
            entry, device = lookup.find_pupil(connection, code, key, self._now(), is_locked=True)
            own = (GIVEN.c.class_id == entry.id) & (GIVEN.c.device == device)
            again = sa.select(GIVEN.c.number).where(own, GIVEN.c.give == give)
            if connection.execute(again).first():
                return status_of(connection, entry, device, self._now()), False
            in_class = count(connection, GIVEN.c.class_id == entry.id)
            _expect_room(entry, count(connection, own), in_class)
            connection.execute(
                GIVEN.insert().values(
                    class_id=entry.id,
                    number=entry.last + 1,
                    device=device,
                    give=give,
                    label=label,
                    pixels=pixels,
                    given_at=self._now(),
                )
            )
            connection.execute(
                CLASSES.update().where(CLASSES.c.id == entry.id).values(last=entry.last + 1)
            )
            asked = asking.next_asked(connection, entry.id, self._now(), but=device)
            _update(connection, entry.id, device, seen_at=self._now(), asked=asked)
            return status_of(connection, entry, device, self._now()), True

    def view(self, code: str, key: str, after: int = 0) -> View:
        """Return what the teacher sees, with the digits whose numbers are above `after`.

        Raises:
            KeyRefusedError: The key is not the teacher's.
        """
        with self._database.reading() as connection:
            entry = lookup.find_taught(connection, code, key, self._now())
            return view_of(connection, entry, after, self._now())

    def set_paused(self, code: str, key: str, is_paused: bool) -> View:
        """Let a class take digits or not, and return what the teacher sees but for the digits.

        Raises:
            KeyRefusedError: The key is not the teacher's.
        """
        with self._database.writing() as connection:
            entry = lookup.find_taught(connection, code, key, self._now(), is_locked=True)
            connection.execute(
                CLASSES.update().where(CLASSES.c.id == entry.id).values(is_paused=is_paused)
            )
            changed = lookup.find_class(connection, code, self._now())
            return view_of(connection, changed, changed.last, self._now())

    def remove_digit(self, code: str, key: str, number: int) -> None:
        """Remove a digit; one that is not there changes nothing.

        Raises:
            KeyRefusedError: The key is not the teacher's.
        """
        with self._database.writing() as connection:
            entry = lookup.find_taught(connection, code, key, self._now(), is_locked=True)
            connection.execute(
                GIVEN.delete().where(GIVEN.c.class_id == entry.id, GIVEN.c.number == number)
            )

    def remove_device(self, code: str, key: str, device: int) -> None:
        """Remove a device and all that it gave; one that is not there changes nothing.

        Raises:
            KeyRefusedError: The key is not the teacher's.
        """
        with self._database.writing() as connection:
            entry = lookup.find_taught(connection, code, key, self._now(), is_locked=True)
            connection.execute(
                GIVEN.delete().where(GIVEN.c.class_id == entry.id, GIVEN.c.device == device)
            )
            connection.execute(
                DEVICES.delete().where(DEVICES.c.class_id == entry.id, DEVICES.c.device == device)
            )

    def end(self, code: str, key: str) -> None:
        """Erase a class, so that no byte of it is left in the database's files.

        Raises:
            KeyRefusedError: The key is not the teacher's.
        """
        with self._database.writing() as connection:
            entry = lookup.find_taught(connection, code, key, self._now(), is_locked=True)
            _erase(connection, [entry.id])
        self._forget_erased()

    def erase_expired(self) -> int:
        """Erase the classes whose time is over, and return how many there were.

        It is to be called once a minute, and at the start.
        """
        with self._database.reading() as connection:
            is_expired = lookup.is_expired(self._now())
            expired = connection.scalars(sa.select(CLASSES.c.id).where(is_expired)).all()
        if expired:
            with self._database.writing() as connection:
                _erase(connection, expired)
        if expired or self._is_forgetting_due:
            self._forget_erased()
        return len(expired)

    def close(self) -> None:
        """Give the connections to the database back."""
        self._database.close()

    def _forget_erased(self) -> None:
        """Leave no byte of what was erased; where that has to wait, `erase_expired` does it."""
        self._is_forgetting_due = True
        with suppress(ClassesOffError):
            self._database.forget_erased()
            self._is_forgetting_due = False

    def _now(self) -> int:
        return int(self._clock())


def _expect_room(entry: Row, by_device: int, in_class: int) -> None:
    """Raise a ClassClosedError where a class takes no further digit of a device."""
    if entry.is_paused:
        raise ClassClosedError(
            "Your teacher has paused giving.", "Your drawing stays here; give it when it goes on."
        )
    if by_device >= limits.DIGITS_A_DEVICE_MAX:
        raise ClassClosedError(
            f"This device has given {by_device} digits, which is the limit.",
            "Thank you: let others write, too.",
        )
    if in_class >= limits.DIGITS_A_CLASS_MAX:
        raise ClassClosedError(
            f"The class has {in_class} digits, which is the limit.", "Look at them together now."
        )


def _update(connection: sa.Connection, class_id: int, device: int, **values: int) -> None:
    own = (DEVICES.c.class_id == class_id) & (DEVICES.c.device == device)
    connection.execute(DEVICES.update().where(own).values(**values))


def _erase(connection: sa.Connection, class_ids: Sequence[int]) -> None:
    """Delete classes with all that belongs to them."""
    connection.execute(GIVEN.delete().where(GIVEN.c.class_id.in_(class_ids)))
    connection.execute(DEVICES.delete().where(DEVICES.c.class_id.in_(class_ids)))
    connection.execute(CLASSES.delete().where(CLASSES.c.id.in_(class_ids)))
