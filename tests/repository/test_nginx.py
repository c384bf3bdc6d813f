"""nginx with deploy/nginx.conf, in front of three replicas that only say who they are."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pixelviz.server.readiness import PATH as READY
from pixelviz.server.script_modules import KEEP, KEEP_NOTHING
from tests.nginx import PORTS, balance
from tests.repository.test_deploy import HEALTH, REQUESTS_PER_PAGE_LOAD, SCHOOL

STREAM = "/_stcore/stream"
CURRENT = "0123456789abcdef"
CACHED = f"/static/{CURRENT}/a.js"
COOKIE = re.compile(r"pixelviz_replica=(\d+); Path=/; HttpOnly; SameSite=Lax")
MB = 1024 * 1024

FEW_CONNECTIONS = {
    "limit_conn connections 2500;": "limit_conn connections 5;",
    "limit_conn websockets 600;": "limit_conn websockets 3;",
}
FEW_REQUESTS = {"rate=1000r/s;": "rate=1r/m;", "burst=55000 nodelay;": "burst=19 nodelay;"}
"""Ceilings that a test meets soon."""


class Replica:
    """Something that answers every request with its own port."""

    def __init__(self, port: int = 0) -> None:
        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                replica.got.append(self.rfile.read(int(self.headers["Content-Length"])))
                if not replica.is_dying:
                    self.do_GET()

            def do_GET(self) -> None:
                replica.told.append((self.path, self.headers["X-Forwarded-For"]))
                if self.path.endswith("?hold"):
                    replica.held.release()
                    replica.released.wait(60)
                text = str(replica.port).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(text)))
                if version := re.match(r"/(?:static|pixelviz)/(\w+)/", self.path):
                    kept = version[1] == CURRENT
                    self.send_header("Cache-Control", KEEP if kept else KEEP_NOTHING)
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: object) -> None:
                pass

        replica = self
        self.held = threading.Semaphore(0)
        """Counts the requests with the query "hold"."""
        self.released = threading.Event()
        """Until it is set, those requests get no answer."""
        self.is_dying = False
        """Whether it closes the connection instead of answering a POST."""
        self.got: list[bytes] = []
        """What was posted to it."""
        self.told: list[tuple[str, str | None]] = []
        """What it answered, and where it was told that the request came from."""
        self._server = ThreadingHTTPServer(("127.0.0.1", port), Answer)
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def die(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()


class Person:
    """A browser, as far as its cookie goes."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.replica = ""
        """The port of the replica that the cookie names."""
        self.times_set = 0

    def ask(
        self, path: str, *, origin: str = "", size: int = 0, post: bytes | None = None
    ) -> tuple[int, str]:
        """Return the status and the text of an answer, and keep the cookie."""
        headers = {"X-Forwarded-For": "192.0.2.1"}  # as somebody would who hides
        if self.replica:
            headers["Cookie"] = f"pixelviz_replica={self.replica}"
        if origin:
            headers["Origin"] = origin
        if size:
            headers["Content-Length"] = str(size)
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET" if post is None else "POST", path, post, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        if cookie := answer.headers["Set-Cookie"]:
            match = COOKIE.fullmatch(cookie)
            assert match, cookie
            self.replica, self.times_set = match[1], self.times_set + 1
        return answer.status, text

    def served_by(self, path: str) -> str:
        status, text = self.ask(path)
        assert status == 200
        return text


class Balanced:
    """nginx and its replicas. Whatever happens, it must not write an error: they name addresses."""

    def __init__(self, folder: Path, changes: Mapping[str, str] | None = None) -> None:
        self.replicas = [Replica() for _ in PORTS]
        self.folder = folder
        self._changes = changes

    def __enter__(self) -> "Balanced":
        self._stack = ExitStack()
        ports = [replica.port for replica in self.replicas]
        self.port = self._stack.enter_context(balance(ports, self.folder, changes=self._changes))
        return self

    def __exit__(self, *_: object) -> None:
        for replica in self.replicas:
            replica.die()
        self._stack.close()
        assert (self.folder / "error.log").read_text("utf-8") == ""

    def person(self) -> Person:
        return Person(self.port)

    def index_of(self, port: str) -> int:
        return next(i for i, replica in enumerate(self.replicas) if str(replica.port) == port)

    def access_log(self, *, lines: int) -> str:
        """Return nginx's log, once it has that many lines."""
        for _ in range(500):
            log = (self.folder / "access.log").read_text("utf-8")
            if log.count("\n") >= lines:
                return log
            time.sleep(0.02)
        raise AssertionError(log)


@pytest.fixture
def balanced(tmp_path: Path) -> Iterator[Balanced]:
    with Balanced(tmp_path) as balanced:
        yield balanced


# Sticky sessions


def test_the_websocket_sets_the_cookie_once_and_all_else_follows_it(balanced: Balanced) -> None:
    person = balanced.person()
    person.served_by("/")
    assert person.replica == ""
    replica = person.served_by(STREAM)
    assert person.replica == replica
    assert {person.served_by(path) for path in ("/", HEALTH, STREAM, "/media/a") * 3} == {replica}
    assert person.times_set == 1


def test_people_spread_over_all_replicas(balanced: Balanced) -> None:
    ports = [balanced.person().served_by(STREAM) for _ in range(30)]
    assert sorted(set(ports)) == sorted(str(replica.port) for replica in balanced.replicas)


def test_only_a_dead_replicas_visitors_move_and_they_stay(balanced: Balanced) -> None:
    people = [balanced.person() for _ in range(12)]
    before = [person.served_by(STREAM) for person in people]
    dead = balanced.index_of(before[0])
    balanced.replicas[dead].die()
    for person, port in zip(people, before, strict=True):
        now = person.served_by(HEALTH)
        assert (now != port) == (port == before[0])
        assert person.replica == now
    moved = [person.replica for person in people]
    balanced.replicas[dead] = Replica(int(before[0]))
    assert [person.served_by(STREAM) for person in people] == moved
    assert [person.served_by("/media/a") for person in people] == moved


def test_nobody_sees_an_error_while_one_replica_lives(balanced: Balanced) -> None:
    people = {replica.port: balanced.person() for replica in balanced.replicas}
    for replica in balanced.replicas[:2]:
        replica.die()
    for port, person in people.items():
        person.replica = str(port)
        assert person.served_by(STREAM) == str(balanced.replicas[2].port)
    assert balanced.person().served_by("/") == str(balanced.replicas[2].port)


@pytest.mark.parametrize(
    "cookie", ["9999", "replica_1", "127.0.0.1:22", "x>1 /_stcore/stream", ".*"]
)
def test_a_cookie_that_names_no_replica_is_replaced(balanced: Balanced, cookie: str) -> None:
    person = balanced.person()
    person.replica = cookie
    assert person.served_by(STREAM) == person.replica
    assert person.replica in {str(replica.port) for replica in balanced.replicas}


# What is kept, and what is refused


@pytest.mark.parametrize("folder", ["static", "pixelviz"])
def test_scripts_are_kept_for_all_but_not_those_of_another_version(
    balanced: Balanced, folder: str
) -> None:
    ports = [str(replica.port) for replica in balanced.replicas]
    people = [balanced.person() for _ in ports]
    for person, port in zip(people, ports, strict=True):
        person.replica = port
    kept = {person.served_by(f"/{folder}/{CURRENT}/a.js") for person in people}
    assert kept == {ports[0]}
    for _ in range(2):
        assert [person.served_by(f"/{folder}/fedcba9876543210/a.js") for person in people] == ports


def test_other_sites_cannot_open_a_websocket(balanced: Balanced) -> None:
    own = f"http://127.0.0.1:{balanced.port}"
    assert balanced.person().ask(STREAM, origin=own)[0] == 200
    for origin in ("http://elsewhere.example", f"{own}0", "null", f"http://x {own}"):
        assert balanced.person().ask(STREAM, origin=origin)[0] == 403


def test_too_large_requests_and_internal_paths_are_refused(balanced: Balanced) -> None:
    assert balanced.person().ask("/", size=6 * MB + 1)[0] == 413
    for path in (READY, "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/mcp"):
        assert balanced.person().ask(path)[0] == 404


# Classes

CODE = "KRTWMXBD"
DIGITS = f"/classes/{CODE}/digits"


def test_any_replica_answers_for_a_class_and_nobody_moves(balanced: Balanced) -> None:
    ports = sorted(str(replica.port) for replica in balanced.replicas)
    teacher, pupil = balanced.person(), balanced.person()
    replica = teacher.served_by(STREAM)
    paths = ("/classes", DIGITS, f"/class/{CODE}", "/class/") * 3
    for person in (teacher, pupil):
        assert sorted({person.served_by(path) for path in paths}) == ports
    assert teacher.served_by("/") == replica
    assert (teacher.times_set, pupil.times_set) == (1, 0)


def test_a_digit_that_a_dying_replica_got_is_given_to_another(balanced: Balanced) -> None:
    *dying, living = balanced.replicas
    for replica in dying:
        replica.is_dying = True
    given = [b"digit %d" % number for number in range(6)]
    for post in given:
        assert balanced.person().ask(DIGITS, post=post) == (200, str(living.port))
    assert living.got == given
    assert {each.got[0] for each in dying} <= set(given)  # both had one, and died of it


def test_without_any_replica_a_class_is_told_so(balanced: Balanced) -> None:
    for replica in balanced.replicas:
        replica.die()
    status, text = balanced.person().ask(DIGITS, post=b"digit")
    assert status == 503
    assert json.loads(text)["error"].startswith("No server answers")


def test_replicas_are_told_an_address_only_to_limit_the_codes_tried(balanced: Balanced) -> None:
    for path in ("/", STREAM, f"/class/{CODE}", "/classesX", DIGITS, "/classes"):
        balanced.person().served_by(path)
    told = {path: source for replica in balanced.replicas for path, source in replica.told}
    assert told == {
        "/": None, STREAM: None, f"/class/{CODE}": None, "/classesX": None,
        DIGITS: "127.0.0.1", "/classes": "127.0.0.1",
    }  # fmt: skip


# The ceilings


def statuses(port: int, path: str, count: int) -> list[bytes]:
    """Return the statuses of many requests on one connection, sent without waiting."""
    request = f"GET {path} HTTP/1.1\r\nHost: school\r\n\r\n".encode()
    last = f"GET {path} HTTP/1.1\r\nHost: school\r\nConnection: close\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        sender = threading.Thread(
            target=connection.sendall, args=(request * (count - 1) + last,), daemon=True
        )
        sender.start()
        answers = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        sender.join()
    return re.findall(rb"HTTP/1\.1 (\d+)", answers)


def test_a_whole_school_loads_the_page_in_the_same_second(balanced: Balanced) -> None:
    balanced.person().served_by(CACHED)
    with ThreadPoolExecutor(6) as pool:
        loads = [
            pool.submit(statuses, balanced.port, CACHED, REQUESTS_PER_PAGE_LOAD)
            for _ in range(SCHOOL)
        ]
        found = [status for load in loads for status in load.result()]
    assert len(found) == SCHOOL * REQUESTS_PER_PAGE_LOAD
    assert set(found) == {b"200"}


def test_requests_above_the_ceiling_are_refused(tmp_path: Path) -> None:
    with Balanced(tmp_path, FEW_REQUESTS) as balanced:
        assert statuses(balanced.port, "/", 30) == [b"200"] * 20 + [b"429"] * 10


def test_connections_above_the_ceilings_are_refused(tmp_path: Path) -> None:
    with Balanced(tmp_path, FEW_CONNECTIONS) as balanced, ThreadPoolExecutor(5) as pool:
        replica = balanced.replicas[0]

        def hold(path: str, count: int) -> None:
            for _ in range(count):
                person = balanced.person()
                person.replica = str(replica.port)
                answers.append(pool.submit(person.ask, f"{path}?hold"))
            for _ in range(count):
                assert replica.held.acquire(timeout=60)

        answers: list[Future[tuple[int, str]]] = []
        try:
            hold(STREAM, 3)
            assert balanced.person().ask(STREAM)[0] == 429
            assert balanced.person().ask(HEALTH)[0] == 200
            hold("/", 2)
            assert balanced.person().ask(HEALTH)[0] == 429
        finally:
            replica.released.set()
        assert {answer.result()[0] for answer in answers} == {200}
        assert balanced.person().ask(STREAM)[0] == 200


# What is written down


def test_no_address_and_no_drawing_is_in_the_access_log(tmp_path: Path) -> None:
    with Balanced(tmp_path, FEW_REQUESTS) as balanced:
        assert balanced.person().ask("/?drawing=secret", size=6 * MB + 1)[0] == 413
        assert b"429" in statuses(balanced.port, "/?drawing=secret", 30)
        balanced.replicas[0].die()
        log = balanced.access_log(lines=31)
    assert "GET / " in log
    assert "secret" not in log
    addresses = [line for line in log.splitlines() if "127.0.0.1" in line.split("replica=")[0]]
    assert addresses == []


def test_no_code_of_a_class_is_in_the_access_log(balanced: Balanced) -> None:
    paths = {
        f"/classes/{CODE}": "/classes/-",
        f"/classes/{CODE}/digits/7": "/classes/-/digits/7",
        f"/class/{CODE}": "/class/-",
        "/class/krtw%20mxbd/": "/class/-/",
        f"/class/{CODE[:-1]}": "/class/-",  # which is nearly all of it
        f"/class/{CODE}%0A/x": "/class/-/x",
        f"/Class/{CODE}": "/Class/-",
        "/krtw-mxbd": "/-",
        f"/pixels/x/{CODE}/": "/pixels/x/-/",
        "/media/0123456789abcdef": "/media/0123456789abcdef",
    }
    for path in paths:
        balanced.person().served_by(path)
    log = balanced.access_log(lines=len(paths))
    assert re.findall(r" GET (\S+) cookie=", log) == list(paths.values())
