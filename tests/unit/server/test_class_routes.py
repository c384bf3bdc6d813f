"""What browsers ask about classes, over the wire: who may do what, and what is refused."""

import asyncio
import base64
import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from pixelviz.arrays import LENGTH, SIDE
from pixelviz.classroom import codes, limits
from pixelviz.classroom.store import ClassStore
from pixelviz.errors import ClassesOffError
from pixelviz.server import class_requests, class_routes, classrooms
from pixelviz.server.class_routes import ClassRoutes
from pixelviz.server.classrooms import Classrooms
from tests.asgi import messages_of

NOW = 1_800_000_000.0

PIXELS = np.random.default_rng(7).integers(0, 256, LENGTH, np.uint8).tobytes()


class Server:
    """The routes of classes over a database of their own, asked without a network.

    Its clock stands still, so that two answers to one question are the same.
    """

    def __init__(self) -> None:
        self.classrooms = Classrooms(lambda: NOW)
        self._application = Starlette(routes=ClassRoutes(self.classrooms).routes())

    def answer(
        self, method: str, path: str, key: str = "", body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return an answer's status, headers and content."""
        if key:
            headers["Authorization"] = f"Bearer {key}"
        content = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        start, *rest = messages_of(
            self._application, path, method=method, headers=headers, body=content
        )
        sent = {name.decode(): value.decode() for name, value in start["headers"]}
        return start["status"], sent, b"".join(each["body"] for each in rest)

    def ask(self, method: str, path: str, key: str = "", body: Any = None) -> tuple[int, Any]:
        """Return an answer's status, and what its JSON says."""
        status, headers, content = self.answer(method, path, key, body)
        assert headers["cache-control"] == "no-store"
        return status, json.loads(content) if content else None

    def start(self) -> tuple[str, str]:
        """Start a class, and return its address and the teacher's key."""
        status, started = self.ask("POST", "/classes")
        assert (status, started["secondsLeft"]) == (201, 3600)
        return f"/classes/{started['code']}", started["key"]

    def join(self, path: str) -> str:
        """Return the key of a new device."""
        status, joined = self.ask("POST", f"{path}/devices")
        assert status == 201
        key: str = joined["key"]
        return key


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("PIXELVIZ_DATABASE_URL", f"sqlite:///{tmp_path / 'classes.db'}")
    server = Server()
    yield server
    server.classrooms.close()


def digit(label: object = 3, pixels: bytes = PIXELS, give: object = None) -> dict[str, object]:
    """Return what a device sends to give a digit."""
    encoded = base64.b64encode(pixels).decode()
    return {"label": label, "pixels": encoded, "give": give or str(uuid4())}


def test_a_class_from_start_to_end(server: Server) -> None:
    path, teacher = server.start()
    spoken = f"/classes/{path[-8:-4].lower()}-{path[-4:].lower()}"
    device = server.join(spoken)
    given = digit(3)
    status, told = server.ask("POST", f"{path}/digits", device, given)
    assert status == 201
    assert server.ask("POST", f"{path}/digits", device, given) == (200, told)
    assert server.ask("GET", f"{path}/device", device) == (200, told)
    assert (told["given"], told["count"], told["isPaused"]) == (1, 1, False)
    assert 0 <= told["ask"] <= 9
    status, seen = server.ask("GET", f"{path}/digits?after=0", teacher)
    (first,) = seen["digits"]
    assert (first["number"], first["label"], first["age"]) == (1, 3, 0)
    assert base64.b64decode(first["pixels"]) == PIXELS
    assert first["device"] == told["mark"]["device"]
    assert seen["devices"] == [{**told["mark"], "count": 1}]
    assert (seen["count"], seen["last"]) == (1, 1)
    assert server.ask("GET", f"{path}/digits?after=1", teacher)[1]["digits"] == []
    assert server.ask("PATCH", path, teacher, {"isPaused": True})[1]["isPaused"] is True
    status, refused = server.ask("POST", f"{path}/digits", device, digit())
    assert (status, refused["error"].startswith("Your teacher has paused giving.")) == (409, True)
    assert server.ask("DELETE", f"{path}/digits/1", teacher) == (204, None)
    assert server.ask("GET", f"{path}/digits", teacher)[1]["count"] == 0
    assert server.ask("DELETE", path, teacher) == (204, None)
    assert server.ask("GET", f"{path}/digits", teacher)[0] == 401
    assert server.ask("GET", f"{path}/device", device)[0] == 401
    assert server.ask("POST", f"{path}/devices")[0] == 404


TEACHERS = {
    "look": ("GET", "/digits", None),
    "pause": ("PATCH", "", {"isPaused": True}),
    "remove a digit": ("DELETE", "/digits/1", None),
    "remove a device": ("DELETE", "/devices/{device}", None),
    "end": ("DELETE", "", None),
    "take the CSV": ("GET", "/digits.csv", None),
    "take the NPZ": ("GET", "/digits.npz", None),
    "take the PNG": ("GET", "/contact_sheet.png", None),
    "take the PDF": ("GET", "/contact_sheet.pdf", None),
}


@pytest.mark.parametrize("what", TEACHERS)
def test_a_pupil_can_do_nothing_that_is_the_teachers(server: Server, what: str) -> None:
    path, teacher = server.start()
    other, others = server.start()
    device = server.join(path)
    mark = server.ask("POST", f"{path}/digits", device, digit())[1]["mark"]["device"]
    method, below, body = TEACHERS[what]
    address = path + below.format(device=mark)
    before = server.ask("GET", f"{path}/digits", teacher)
    for key in ("", device, device.partition(".")[2], others, teacher[:-1], "null", "ü"):
        status, refused = server.ask(method, address, key, body)
        assert (status, set(refused)) == (401, {"error"})
    assert server.ask("GET", f"{path}/digits", teacher) == before
    assert server.answer(method, address, teacher, body)[0] in (200, 204)
    assert server.ask("GET", f"{other}/digits", teacher)[0] == 401


def test_cookies_and_addresses_are_no_keys(server: Server) -> None:
    path, teacher = server.start()
    for headers in ({"Cookie": f"key={teacher}"}, {"Authorization": f"Basic {teacher}"}):
        assert server.answer("GET", f"{path}/digits", **headers)[0] == 401
    assert server.ask("GET", f"{path}/digits?key={teacher}")[0] == 401


@pytest.mark.parametrize(
    "body",
    [
        digit(10),
        digit(-1),
        digit(True),
        digit("3"),
        digit(3.0),
        digit(None),
        digit(pixels=PIXELS[:-1]),
        digit(pixels=PIXELS + b"0"),
        digit(give="no UUID"),
        digit(give=7),
        {**digit(), "pixels": "no base64!"},
        {**digit(), "pixels": None},
        {"label": 3},
        b"[]",
        b"not JSON",
        b'"text"',
        b"\xff\xfe",
        b"[" * 4000,
    ],
)
def test_what_is_no_digit_is_refused_with_a_sentence(server: Server, body: Any) -> None:
    path, teacher = server.start()
    device = server.join(path)
    status, refused = server.ask("POST", f"{path}/digits", device, body)
    assert status == 400
    assert refused["error"].startswith("Expected ")
    assert server.ask("GET", f"{path}/digits", teacher)[1]["count"] == 0


def test_a_body_that_is_too_long_is_not_read(server: Server) -> None:
    path, _ = server.start()
    device = server.join(path)
    long = {**digit(), "more": "x" * class_requests.BODY_MAX}
    assert server.ask("POST", f"{path}/digits", device, long)[0] == 413


def test_wrong_codes_are_counted_and_right_ones_are_not(server: Server) -> None:
    path, _ = server.start()
    for _ in range(2 * class_routes.WRONG_CODES_A_MINUTE):
        server.join(path)
    for _ in range(class_routes.WRONG_CODES_A_MINUTE):
        assert server.ask("POST", "/classes/BBBBBBBB/devices")[0] == 404
    for code in ("BBBBBBBB", path.rpartition("/")[2]):  # nor does it tell which one is right
        status, headers, content = server.answer("POST", f"/classes/{code}/devices")
        assert (status, 0 < int(headers["retry-after"]) <= 60) == (429, True)
        assert json.loads(content)["error"].startswith("Too many wrong codes were typed. Try again")
    elsewhere = {"X-Forwarded-For": "203.0.113.5"}
    assert server.answer("POST", f"{path}/devices", **elsewhere)[0] == 201


def test_all_wrong_codes_together_are_counted_whoever_types_them(server: Server) -> None:
    path, _ = server.start()
    for number in range(class_routes.WRONG_CODES_A_MINUTE_IN_ALL):
        source = {"X-Forwarded-For": f"203.0.113.{number}"}
        assert server.answer("POST", "/classes/BBBBBBBB/devices", **source)[0] == 404
    assert server.answer("POST", f"{path}/devices", **{"X-Forwarded-For": "198.51.100.1"})[0] == 429


def test_no_question_with_a_key_tells_whether_a_code_is_right(server: Server) -> None:
    path, _ = server.start()
    answers = [
        [
            (status, refused["error"].replace(codes.in_groups(code), "CODE"))
            for method, below, body in (*TEACHERS.values(), ("GET", "/device", None))
            for status, refused in [server.ask(method, f"/classes/{code}{below}", "1.x", body)]
        ]
        for code in (path.rpartition("/")[2], "BBBBBBBB")
    ]
    assert answers[0] == answers[1]


def test_a_device_cannot_give_faster_than_anybody_writes(server: Server) -> None:
    path, teacher = server.start()
    device = server.join(path)
    answers = [server.ask("POST", f"{path}/digits", device, digit())[0] for _ in range(31)]
    assert answers == [201] * 30 + [429]
    assert server.ask("GET", f"{path}/digits", teacher)[1]["count"] == 30
    assert server.ask("POST", f"{path}/digits", server.join(path), digit())[0] == 201


def test_classes_cannot_be_started_without_end(server: Server) -> None:
    answers = [server.ask("POST", "/classes")[0] for _ in range(21)]
    assert answers == [201] * 20 + [429]


def test_all_classes_together_cannot_be_started_without_end(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CLASSES_MAX", 1000)
    answers = [
        server.answer("POST", "/classes", **{"X-Forwarded-For": f"203.0.113.{number}"})[0]
        for number in range(class_routes.STARTS_AN_HOUR_IN_ALL + 1)
    ]
    assert answers == [201] * class_routes.STARTS_AN_HOUR_IN_ALL + [429]


def test_whatever_happens_classes_are_erased_again_later(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def erase_expired(_: ClassStore) -> int:
        tried.append(True)
        if len(tried) == 1:
            raise ZeroDivisionError
        raise asyncio.CancelledError  # as when the server stops

    monkeypatch.setattr(classrooms, "TIDY_EVERY_S", 0)
    monkeypatch.setattr(ClassStore, "erase_expired", erase_expired)
    with ThreadPoolExecutor(1) as thread, pytest.raises(asyncio.CancelledError):
        thread.submit(lambda: asyncio.run(server.classrooms.tidy())).result(timeout=20)
    assert len(tried) == 2


def test_without_a_database_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIXELVIZ_DATABASE_URL")
    monkeypatch.setenv("PIXELVIZ_REPLICAS", "3")
    server = Server()
    status, refused = server.ask("POST", "/classes")
    assert (status, "several replicas" in refused["error"]) == (503, True)
    assert server.classrooms.whether_on() == refused["error"]


def test_odd_numbers_remove_nothing_and_break_nothing(server: Server) -> None:
    path, teacher = server.start()
    server.ask("POST", f"{path}/digits", server.join(path), digit())
    for number in ("x", "-1", "9" * 5000, "٣", "1e3", "%00"):
        for kind in ("digits", "devices"):
            assert server.ask("DELETE", f"{path}/{kind}/{quote(number)}", teacher)[0] == 204
        assert server.ask("GET", f"{path}/digits?after={quote(number)}", teacher)[0] == 200
    assert server.ask("GET", f"{path}/digits", teacher)[1]["count"] == 1
    for code in ("%00", "x" * 3000, "..", "ßßßßßßßß"):
        assert server.ask("POST", f"/classes/{code}/devices")[0] in (404, 429)


def test_it_answers_below_a_base_path(server: Server) -> None:
    path, _ = server.start()
    assert server.ask("POST", f"/school/a{path}/devices")[0] == 201


def test_qr_codes_are_of_addresses_of_classes_only(server: Server) -> None:
    address = "https://school.example:8443/pixelviz/class/KRTWMXBD"
    status, headers, content = server.answer("GET", f"/classes/qr.svg?address={quote(address)}")
    assert (status, headers["content-type"]) == (200, "image/svg+xml")
    assert content.startswith(b"<?xml")
    for wrong in (
        "",
        "javascript:alert(1)//class/KRTWMXBD",
        "http:///class/KRTWMXBD",
        "http://host/class/krtwmxbd",
        "http://host/other/KRTWMXBD",
        "http://user@host/class/KRTWMXBD",
        "http://host/class/KRTWMXBD?next=x",
        "http://host/class/KRTWMXBD#x",
        "http://[/class/KRTWMXBD",
        f"http://host/{'x' * 300}/class/KRTWMXBD",
    ):
        assert server.answer("GET", f"/classes/qr.svg?address={quote(wrong)}")[0] == 400


def test_what_is_taken_away_is_what_was_given(server: Server) -> None:
    path, teacher = server.start()
    assert server.ask("GET", f"{path}/digits.csv", teacher)[0] == 409
    device = server.join(path)
    pictures = np.random.default_rng(1).integers(0, 256, (23, LENGTH), np.uint8)
    labels = [number % 3 for number in range(23)]
    for label, picture in zip(labels, pictures, strict=True):
        told = server.ask("POST", f"{path}/digits", device, digit(label, picture.tobytes()))[1]
    name = f"{told['mark']['colour']} {told['mark']['animal']}"

    csv = server.answer("GET", f"{path}/digits.csv", teacher)[2].decode()
    rows = np.loadtxt(io.StringIO(csv), delimiter=",", skiprows=1, dtype=int)
    assert csv.startswith("label,pixel0,pixel1,")
    np.testing.assert_array_equal(rows, np.column_stack([labels, pictures]))

    with np.load(io.BytesIO(server.answer("GET", f"{path}/digits.npz", teacher)[2])) as arrays:
        np.testing.assert_array_equal(arrays["x"], pictures.reshape(-1, SIDE, SIDE))
        np.testing.assert_array_equal(arrays["y"], labels)
        assert set(arrays["writer"]) == {name}

    png = server.answer("GET", f"{path}/contact_sheet.png", teacher)[2]
    sheet = np.array(Image.open(io.BytesIO(png)))
    first = 255 - sheet[8 : 8 + 2 * SIDE : 2, 8 : 8 + 2 * SIDE : 2]
    np.testing.assert_array_equal(first, pictures[0].reshape(SIDE, SIDE))

    document = server.answer("GET", f"{path}/contact_sheet.pdf", teacher)[2]
    assert document.startswith(b"%PDF-")
    assert all((255 - each).tobytes().hex().encode() in document for each in pictures)
    assert b"(0: 8 pictures)" in document
    assert server.ask("GET", f"{path}/other.zip", teacher)[0] == 404


def test_a_long_forged_source_is_not_kept(server: Server) -> None:
    path, _ = server.start()
    for number in range(class_routes.WRONG_CODES_A_MINUTE):
        forged = {"X-Forwarded-For": f"{number}{'x' * 60_000}"}
        assert server.answer("POST", "/classes/BBBBBBBB/devices", **forged)[0] == 404
    assert server.answer("POST", f"{path}/devices")[0] == 429  # all of them came from here


class LockedClassrooms(Classrooms):
    """Classes whose database is locked until it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = 0
        self.released = Event()
        self._counting = Lock()

    def store(self) -> ClassStore:
        with self._counting:
            self.waiting += 1
        self.released.wait()
        raise ClassesOffError("It was locked.", "Try again.")


async def status_of(application: Starlette, method: str, path: str) -> int:
    """Return the status of an answer, while others are waited for."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
    await application(scope, receive, send)
    status: int = sent[0]["status"]
    return status


def test_other_pages_are_answered_while_the_database_is_locked() -> None:
    locked = LockedClassrooms()
    page = Route("/page", lambda _: Response("there"))  # in a thread of those for all else
    application = Starlette(routes=[*ClassRoutes(locked).routes(), page])

    async def flood() -> tuple[int, list[int]]:
        waiting = [
            asyncio.create_task(status_of(application, "POST", "/classes")) for _ in range(60)
        ]
        while locked.waiting < class_routes.THREADS:
            await asyncio.sleep(0.001)
        try:
            answered = await asyncio.wait_for(status_of(application, "GET", "/page"), 10)
        finally:
            locked.released.set()
        return answered, await asyncio.gather(*waiting)

    with ThreadPoolExecutor(1) as thread:  # browser tests leave their event loop in this one
        answered, waited = thread.submit(lambda: asyncio.run(flood())).result()
    assert (answered, waited) == (200, [503] * 60)
