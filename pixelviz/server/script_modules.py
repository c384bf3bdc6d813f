"""Serves JavaScript as ES modules, under addresses that change with their content.

So a browser may keep a module for good: a module that has changed has another address.
"""

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIX = "pixelviz"
"""The first part of each address. Streamlit keeps `static`, `media` and others for itself."""

KEEP = "public, max-age=31536000, immutable"
KEEP_NOTHING = "no-store"
HASH_LENGTH = 8
"""Short, since the header of the page names a hash for each module that is preloaded."""

LIGHT_PAGE = re.compile(r"/class/[^/]*$")
"""The path of the pupils' page, which names its few modules itself and needs no other."""

IMPORT = re.compile(r"""^(?:import|export|})[^"';]*\bfrom "(\.[^"]+)";$""", re.M)
"""An import of a module by its relative path, or an export from it, as all of ours are written."""


class ScriptModules:
    """The JavaScript files below a folder, read once, with one hash for all of them.

    Modules that import each other by relative paths find each other, as all addresses share the
    hash.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scripts = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*.js"))
        }
        digest = hashlib.sha256()
        for name, script in self._scripts.items():
            digest.update(f"{name}\n{len(script)}\n".encode() + script)
        self._hash = digest.hexdigest()[:HASH_LENGTH]

    def addresses(self, module: Path) -> list[str]:
        """Return the address of a module, then those of all modules that it needs.

        They are relative to the page's own address, so they hold below any `server.baseUrlPath`.

        Args:
            module: A JavaScript file in the folder.

        Raises:
            KeyError: The file, or a file that it imports, was not in the folder.
        """
        needed = [module.relative_to(self._folder).as_posix()]
        for name in needed:  # which grows meanwhile
            needed += [other for other in self._imports_of(name) if other not in needed]
        return [f"{PREFIX}/{self._hash}/{name}" for name in needed]

    def routes(self) -> list[Route]:
        """Return the routes that serve the modules, with and without a `server.baseUrlPath`."""
        path = f"/{PREFIX}/{{hash}}/{{name:path}}"
        return [Route(base + path, self._serve) for base in ("", "/{base:path}")]

    def preload(self, *modules: Path) -> Middleware:
        """Return what tells a browser, with the page itself, to fetch modules at once.

        Without it, a browser learns of them only after Streamlit has connected and run the page.
        They come after Streamlit's own scripts, which are needed first.

        Args:
            modules: JavaScript files in the folder; those that they need are fetched too.
        """
        addresses = dict.fromkeys(each for path in modules for each in self.addresses(path))
        link = ", ".join(f"<{each}>; rel=modulepreload; fetchpriority=low" for each in addresses)
        return Middleware(LinkHeader, link=lambda: link)

    def _imports_of(self, name: str) -> Iterator[str]:
        folder = PurePosixPath(name).parent.as_posix()
        for path in IMPORT.findall(self._scripts[name].decode("utf-8")):
            yield posixpath.normpath(posixpath.join(folder, path))

    async def _serve(self, request: Request) -> Response:
        """Answer with one of the files that were read, and with nothing else.

        While a new version is being rolled out, a browser may ask a server of one version for a
        module of the other. It gets the module that there is, and keeps it for this time only.
        """
        script = self._scripts.get(request.path_params["name"])
        if script is None:
            return Response(status_code=404, headers={"Cache-Control": KEEP_NOTHING})
        is_current = request.path_params["hash"] == self._hash
        return Response(
            script,
            media_type="text/javascript",
            headers={"Cache-Control": KEEP if is_current else KEEP_NOTHING},
        )


class LinkHeader:
    """Adds a Link header to every HTML page but the pupils'."""

    def __init__(self, app: ASGIApp, link: Callable[[], str]) -> None:
        """Keep the header.

        Args:
            app: What answers.
            link: Returns the header's value, in ASCII; if it is empty, there is no header.
        """
        self._app = app
        self._link = link

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the header."""

        async def send_with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                is_html = headers.get(b"content-type", b"").startswith(b"text/html")
                is_page = is_html and not LIGHT_PAGE.search(scope["path"])
                if is_page and (link := self._link()):
                    message["headers"] = [*message["headers"], (b"link", link.encode("ascii"))]
            await send(message)

        await self._app(scope, receive, send_with_link if scope["type"] == "http" else send)
