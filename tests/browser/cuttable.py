"""A connection to a server that a test can cut and mend, as when a school's network fails."""

import contextlib
import socket
from collections.abc import Iterator
from threading import Event, Lock, Thread
from urllib.parse import urlsplit

from tests.browser.server import free_port

CHUNK = 1 << 16


class Cuttable:
    """A port of this machine that passes everything on to a server, until it is cut.

    Attributes:
        address: The server's address by way of this port.
    """

    def __init__(self, address: str) -> None:
        """Open the port.

        Args:
            address: The server's.
        """
        there = urlsplit(address)
        self._server = (there.hostname or "127.0.0.1", there.port or 80)
        port = free_port()
        self.address = f"http://127.0.0.1:{port}{there.path}"
        self._lock, self._open = Lock(), set[socket.socket]()
        self._mended = Event()
        self._mended.set()
        self._port = socket.create_server(("127.0.0.1", port), backlog=128)
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Close all connections, and every new one at once, until it is mended."""
        self._mended.clear()
        self._close_all()

    def mend(self) -> None:
        """Pass everything on again."""
        self._mended.set()

    def close(self) -> None:
        """Close the port and all connections."""
        self._port.close()
        self._close_all()

    def _close_all(self) -> None:
        with self._lock:
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._port.accept()
            except OSError:  # closed
                return
            if not self._mended.is_set():
                browser.close()
                continue
            try:
                server = socket.create_connection(self._server)
            except OSError:  # the server is down
                browser.close()
                continue
            for one, other in ((browser, server), (server, browser)):
                with self._lock:
                    self._open.add(one)
                Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while received := one.recv(CHUNK):
                other.sendall(received)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._open.discard(one)
        one.close()


@contextlib.contextmanager
def cuttable(address: str) -> Iterator[Cuttable]:
    """Return a connection to a server that can be cut, and close it in the end."""
    connection = Cuttable(address)
    try:
        yield connection
    finally:
        connection.close()
