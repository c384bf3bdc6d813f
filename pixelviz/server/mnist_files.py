"""Serves MNIST to browsers, in parts, under addresses with a hash.

So a browser may keep a part for good. Nothing is served before MNIST is on this machine; the
chapter on data sets asks for it.
"""

import asyncio
import gzip
import hashlib
from contextlib import suppress
from threading import Lock
from typing import TypedDict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pixelviz.data import mnist, mnist_parts
from pixelviz.data.mnist import Mnist
from pixelviz.data.mnist_parts import Part
from pixelviz.errors import DataError
from pixelviz.server import mnist_loader
from pixelviz.server.compression import accepts_gzip
from pixelviz.server.script_modules import HASH_LENGTH, KEEP, KEEP_NOTHING, PREFIX

PATH = f"{PREFIX}/mnist/{{hash}}/{{number}}"
GZIP_LEVEL = 6


class PartAddress(TypedDict):
    """What a browser is told of a part.

    Attributes:
        address: Relative to the page's.
        training: The first picture of the training set in it, and the one after its last.
        test: The same of the test set.
    """

    address: str
    training: tuple[int, int]
    test: tuple[int, int]


class MnistFiles:
    """The parts of MNIST as files; each is compressed when it is first asked for, and kept.

    Several threads can use it at once.
    """

    def __init__(self) -> None:
        """Begin without any: `offer` says when MNIST is there."""
        self._data: Mnist | None = None
        self._parts: tuple[Part, ...] = ()
        self._hash = ""
        self._zipped: dict[int, bytes] = {}
        self._lock = Lock()

    def offer(self, data: Mnist) -> list[PartAddress]:
        """Serve MNIST from now on, and return the addresses of its parts, the first one first."""
        if data is not self._data:
            with self._lock:
                self._parts = mnist_parts.parts_of(len(data.x_train), len(data.x_test))
                self._hash = _hash_of(data)
                self._zipped.clear()
                self._data = data
        return [
            PartAddress(
                address=PATH.format(hash=self._hash, number=number),
                training=part.training,
                test=part.test,
            )
            for number, part in enumerate(self._parts)
        ]

    def routes(self) -> list[Route]:
        """Return the routes that serve the parts, with and without a `server.baseUrlPath`.

        They come before those of the script modules, which take all addresses that begin alike.
        """
        return [Route(base + PATH, self._serve) for base in ("/", "/{base:path}/")]

    async def _serve(self, request: Request) -> Response:
        if self._data is None and mnist.download_progress() >= 1:
            with suppress(DataError):  # the visitor's page came from another replica
                self.offer(await asyncio.to_thread(lambda: mnist_loader.load_async().result()))
        asked = request.path_params
        number = int(asked["number"]) if asked["number"].isdecimal() else len(self._parts)
        if self._data is None or asked["hash"] != self._hash or number >= len(self._parts):
            return Response(status_code=404, headers={"Cache-Control": KEEP_NOTHING})
        zipped = await asyncio.to_thread(self._zip, number)
        headers = {"Cache-Control": KEEP, "Vary": "Accept-Encoding"}
        if not accepts_gzip(request):
            zipped = await asyncio.to_thread(gzip.decompress, zipped)
        else:
            headers["Content-Encoding"] = "gzip"
        return Response(zipped, media_type="application/octet-stream", headers=headers)

    def _zip(self, number: int) -> bytes:
        """Return a part, compressed once for all visitors."""
        with self._lock:
            if number not in self._zipped and self._data is not None:
                plain = mnist_parts.encode(self._data, self._parts[number])
                # Without the time, so that all replicas send the same bytes.
                self._zipped[number] = gzip.compress(plain, GZIP_LEVEL, mtime=0)
            return self._zipped[number]


MNIST_FILES = MnistFiles()
"""MNIST for the page's visitors; app.py serves it."""


def _hash_of(data: Mnist) -> str:
    """Return what changes when the arrays do, or what a part consists of."""
    known = "".join(mnist.SHA256.values())
    counts = [len(data.x_train), len(data.x_test)]
    text = f"{mnist_parts.VERSION} {counts} {mnist_parts.parts_of(*counts)} {known}"
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]
