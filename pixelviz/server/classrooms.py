"""The classes of this server: their database, opened when it is first needed, and kept tidy."""

import asyncio
import logging
import time
from threading import Lock

from pixelviz.classroom import database
from pixelviz.classroom.database import Database
from pixelviz.classroom.store import ClassStore, Clock
from pixelviz.errors import ClassesOffError

TIDY_EVERY_S = 60.0
"""So often the classes whose time is over are erased."""

AGAIN_AFTER_S = 5.0
"""So long after it could not be opened the database is tried again."""


class Classrooms:
    """Opens the database once for all threads."""

    def __init__(self, clock: Clock = time.time) -> None:
        """Open nothing yet.

        Args:
            clock: Returns seconds since 1970.
        """
        self._clock = clock
        self._lock = Lock()
        self._store: ClassStore | None = None
        self._problem: ClassesOffError | None = None
        self._tried_at = float("-inf")

    def store(self) -> ClassStore:
        """Return the classes.

        Raises:
            ClassesOffError: There are none here, or their database cannot be used now.
        """
        with self._lock:
            if self._store is not None:
                return self._store
            if self._problem is not None and time.monotonic() < self._tried_at + AGAIN_AFTER_S:
                raise self._problem
            try:
                opened = Database(database.url_wanted())
            except ClassesOffError as error:
                self._problem = error
                self._tried_at = time.monotonic()
                raise
            self._store = ClassStore(opened, self._clock)
            return self._store

    def whether_on(self) -> str:
        """Return an empty text, or why there are no classes here."""
        try:
            self.store()
        except ClassesOffError as error:
            return str(error)
        return ""

    def close(self) -> None:
        """Give the connections to the database back; the next question opens it again."""
        with self._lock:
            if self._store is not None:
                self._store.close()
            self._store = None

    async def tidy(self) -> None:
        """Erase, as long as the server runs, the classes whose time is over."""
        while True:
            try:
                await asyncio.to_thread(lambda: self.store().erase_expired())
            except ClassesOffError as error:
                logging.getLogger(__name__).info("%s", error)
            except Exception:  # whatever else it is, classes must not outlive their time for it
                logging.getLogger(__name__).exception("Classes could not be erased; trying again.")
            await asyncio.sleep(TIDY_EVERY_S)


CLASSROOMS = Classrooms()
"""Those of this server."""
