"""What browsers ask about classes: JSON over HTTP, below `classes`.

A teacher and a device prove who they are by a key in the header Authorization, not by a cookie: so
no other site can ask in their name, and any replica can answer.
"""

import io
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import segno
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pixelviz.classroom import codes
from pixelviz.classroom.limits import RateLimit
from pixelviz.classroom.store import ClassStore
from pixelviz.errors import ClassError, GivenDigitError, TooOftenError, UnknownClassError
from pixelviz.server import class_files
from pixelviz.server.class_answers import digit_of, refusal, refused, status_of, view_of
from pixelviz.server.class_requests import Asked, body_of, given_in, number_in
from pixelviz.server.classrooms import Classrooms
from pixelviz.server.script_modules import KEEP_NOTHING

ADDRESS_MAX = 300
"""The longest address that becomes a QR code: a longer one is hard to read from a projector."""

THREADS = 32
"""So many requests wait for the database at once, in threads of their own: while it is locked,
those that answer everything else stay free."""

WRONG_CODES_A_MINUTE = 10
"""So many wrong codes can be typed under one address; a school may share it."""

WRONG_CODES_A_MINUTE_IN_ALL = 60
"""So many wrong codes this server answers, whoever asks."""

STARTS_AN_HOUR = 20
"""So many classes can be started under one address; a school may share it."""

STARTS_AN_HOUR_IN_ALL = 100
"""So many classes can be started on this server, whoever starts them."""

Handler = Callable[[Asked], Response]


class ClassRoutes:
    """Answers what browsers ask about the classes of a server."""

    def __init__(self, classrooms: Classrooms) -> None:
        self._classrooms = classrooms
        self._starts = RateLimit(STARTS_AN_HOUR, 3600)
        self._starts_in_all = RateLimit(STARTS_AN_HOUR_IN_ALL, 3600)
        self._joins = RateLimit(150, 60)
        self._gives = RateLimit(30, 30)
        self._wrong = RateLimit(WRONG_CODES_A_MINUTE, 60)
        self._wrong_in_all = RateLimit(WRONG_CODES_A_MINUTE_IN_ALL, 60)
        self._threads = CapacityLimiter(THREADS)

    def routes(self) -> list[Route]:
        """Return the routes, with and without a `server.baseUrlPath`."""
        handlers: list[tuple[str, str, Handler]] = [
            ("POST", "", self._start),
            ("GET", "/qr.svg", _qr_code),
            ("PATCH", "/{code}", self._pause),
            ("DELETE", "/{code}", self._end),
            ("POST", "/{code}/devices", self._join),
            ("DELETE", "/{code}/devices/{number}", self._remove_device),
            ("GET", "/{code}/device", self._status),
            ("POST", "/{code}/digits", self._give),
            ("GET", "/{code}/digits", self._view),
            ("DELETE", "/{code}/digits/{number}", self._remove_digit),
            ("GET", "/{code}/{file}", self._file),
        ]
        return [
            Route(f"{base}/classes{path}", _endpoint(handler, self._threads), methods=[method])
            for base in ("", "/{base:path}")
            for method, path, handler in handlers
        ]

    @property
    def _store(self) -> ClassStore:
        return self._classrooms.store()

    def _start(self, asked: Asked) -> Response:
        too_many = "Too many classes were started here."
        _expect_time(self._starts, asked.source, too_many)
        _expect_time(self._starts_in_all, "", too_many)
        started = self._store.start()
        self._starts.note(asked.source)
        self._starts_in_all.note("")
        body = {"code": started.code, "key": started.key, "secondsLeft": started.seconds_left}
        return JSONResponse(body, 201)

    def _join(self, asked: Asked) -> Response:
        """Let a device in, or count a wrong code: nothing else tells whether a code is right."""
        too_many = "Too many wrong codes were typed."
        _expect_time(self._wrong, asked.source, too_many)
        _expect_time(self._wrong_in_all, "", too_many)
        _expect_time(self._joins, asked.source, "Too many devices have joined at once.")
        try:
            key, status = self._store.join(asked.code)
        except UnknownClassError:
            self._wrong.note(asked.source)
            self._wrong_in_all.note("")
            raise
        self._joins.note(asked.source)
        return JSONResponse({"key": key, **status_of(status)}, 201)

    def _status(self, asked: Asked) -> Response:
        return JSONResponse(status_of(self._store.status(asked.code, asked.key)))

    def _give(self, asked: Asked) -> Response:
        label, pixels, give = given_in(asked.body)
        _expect_time(self._gives, asked.key, "That was fast.")
        status, is_new = self._store.give(asked.code, asked.key, label, pixels, give)
        if is_new:
            self._gives.note(asked.key)
        return JSONResponse(status_of(status), 201 if is_new else 200)

    def _view(self, asked: Asked) -> Response:
        view = self._store.view(asked.code, asked.key, number_in(asked.query.get("after", "0")))
        return JSONResponse(view_of(view) | {"digits": [digit_of(each) for each in view.digits]})

    def _pause(self, asked: Asked) -> Response:
        is_paused = asked.body.get("isPaused")
        if not isinstance(is_paused, bool):
            raise GivenDigitError("Expected isPaused to be true or false.", "Reload the page.")
        return JSONResponse(view_of(self._store.set_paused(asked.code, asked.key, is_paused)))

    def _remove_digit(self, asked: Asked) -> Response:
        self._store.remove_digit(asked.code, asked.key, number_in(asked.path["number"]))
        return Response(status_code=204)

    def _remove_device(self, asked: Asked) -> Response:
        self._store.remove_device(asked.code, asked.key, number_in(asked.path["number"]))
        return Response(status_code=204)

    def _end(self, asked: Asked) -> Response:
        self._store.end(asked.code, asked.key)
        return Response(status_code=204)

    def _file(self, asked: Asked) -> Response:
        file = class_files.FILES.get(asked.path["file"])
        if file is None:
            return refusal("There is no such file of a class.", 404)
        view = self._store.view(asked.code, asked.key)
        if not view.digits:
            return refusal("The class has no digits yet, so there is nothing to take away.", 409)
        return Response(file.encode(view), media_type=file.media_type)


def _endpoint(
    handler: Handler, threads: CapacityLimiter
) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a request by a handler, which runs in a thread as the database waits."""

    async def answer(request: Request) -> Response:
        body = await body_of(request)
        if isinstance(body, Response):
            return body
        try:
            response = await to_thread.run_sync(handler, Asked(request, body), limiter=threads)
        except ClassError as error:
            response = refused(error)
        response.headers["Cache-Control"] = KEEP_NOTHING
        return response

    return answer


def _expect_time(limit: RateLimit, source: str, problem: str) -> None:
    if wait_s := limit.wait(source):
        raise TooOftenError(problem, wait_s)


def _qr_code(asked: Asked) -> Response:
    """Answer with the QR code of the address under which pupils join a class."""
    address = asked.query.get("address", "")
    if not _leads_to_class(address):
        return refusal("Expected the address of a class, such as http://host/class/CODE.", 400)
    svg = io.BytesIO()
    segno.make_qr(address, error="m").save(svg, kind="svg", scale=8, border=2, light="white")
    return Response(svg.getvalue(), media_type="image/svg+xml")


def _leads_to_class(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    before, _, code = parts.path.rpartition("/")
    return (
        len(address) <= ADDRESS_MAX
        and address.isprintable()
        and parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and before.endswith("/class")
        and codes.read(code) == code
        and not (parts.query or parts.fragment or parts.username or parts.password)
    )
