"""Serves the models as files that the browser computes them from, under addresses with a hash.

So a browser may keep a file for good: a model that has changed has another address. The files are
derived from those in `models/` when the first of them is needed, once for all visitors.
"""

import asyncio
import gzip
import logging
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pixelviz.errors import ModelError
from pixelviz.model import card, network_file
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import MODELS
from pixelviz.server.compression import accepts_gzip
from pixelviz.server.script_modules import HASH_LENGTH, KEEP, KEEP_NOTHING, PREFIX, LinkHeader

PATH = f"{PREFIX}/network/{{hash}}/{{name}}"
GZIP_LEVEL = 6


class NetworkFile(NamedTuple):
    """The bytes of a file, as they are and compressed."""

    plain: bytes
    zipped: bytes


class NetworkFiles:
    """The files that a browser computes the models of a folder from.

    Several threads can use it at once.
    """

    def __init__(self, folder: Path) -> None:
        """Remember the folder of the models and their card; nothing is read yet."""
        self._folder = folder
        self._derived: dict[str, NetworkFile] = {}  # by address
        self._lock = Lock()

    def addresses(self) -> Mapping[str, str]:
        """Return the address of each model's file by the model's name.

        They are relative to the page's own address, so they hold below any `server.baseUrlPath`.
        Nothing is derived for them: a model that is missing or altered has an address, too.

        Raises:
            ModelError: The card is missing or invalid.
        """
        return {each.name: _address(each) for each in card.read(self._folder).models}

    def routes(self) -> list[Route]:
        """Return the routes that serve the files, with and without a `server.baseUrlPath`.

        They come before those of the script modules, which take all addresses that begin alike.
        """
        return [Route(base + PATH, self._serve) for base in ("/", "/{base:path}/")]

    def preload(self) -> Middleware:
        """Return what tells a browser, with the page itself, to fetch the default model at once.

        It comes after Streamlit's own scripts, which are needed first.
        """
        return Middleware(LinkHeader, link=self._link)

    def _link(self) -> str:
        try:
            address = self.addresses()[card.read(self._folder).default]
        except ModelError:  # the page itself says what is wrong
            return ""
        return f"<{address}>; rel=preload; as=fetch; crossorigin=anonymous; fetchpriority=low"

    def derive_default(self) -> None:
        """Derive the default model's file, so that nobody waits for it.

        Raises:
            ModelError: The card or the model is missing or altered, or the model not supported.
        """
        self._file_at(self.addresses()[card.read(self._folder).default])

    async def _serve(self, request: Request) -> Response:
        """Answer with the file of a model as it is now, and with nothing else."""
        address = PATH.format_map(request.path_params)
        file = self._derived.get(address)
        if file is None:
            try:
                file = await asyncio.to_thread(self._file_at, address)
            except ModelError as error:
                logging.getLogger(__name__).warning("%s", error)
        if file is None:
            return Response(status_code=404, headers={"Cache-Control": KEEP_NOTHING})
        headers = {"Cache-Control": KEEP, "Vary": "Accept-Encoding"}
        if not accepts_gzip(request):
            return Response(file.plain, media_type="application/octet-stream", headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(file.zipped, media_type="application/octet-stream", headers=headers)

    def _file_at(self, address: str) -> NetworkFile | None:
        """Return the file of the model that has an address now; None if none has.

        Raises:
            ModelError: That model is missing, altered or not supported.
        """
        with self._lock:
            for model in card.read(self._folder).models:
                if _address(model) == address and address not in self._derived:
                    plain = network_file.derive(model, self._folder)
                    # Without the time, so that all replicas send the same bytes.
                    zipped = gzip.compress(plain, GZIP_LEVEL, mtime=0)
                    self._derived[address] = NetworkFile(plain, zipped)
            return self._derived.get(address)


NETWORKS = NetworkFiles(MODELS)
"""The models of the page; app.py serves them."""


def _address(model: ModelCard) -> str:
    return PATH.format(hash=network_file.fingerprint(model)[:HASH_LENGTH], name=model.name)
