"""What serves the page to many: the image is complete, the files agree, nginx keeps people home."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from fnmatch import fnmatch
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePath

import pytest

from pixelviz.server.admission import CAPACITY_VARIABLE
from pixelviz.server.script_modules import KEEP, KEEP_NOTHING
from tests.installed import require
from tests.repository.test_architecture import modules, own_imports

HEALTH = "/_stcore/health"
STREAM = "/_stcore/stream"
PORTS = ("8501", "8502", "8503")
CURRENT = "0123456789abcdef"
COOKIE = re.compile(r"pixelviz_replica=(\d+); Path=/; HttpOnly; SameSite=Lax")


def read(root: Path, name: str) -> str:
    return (root / "deploy" / name).read_text("utf-8")


# The image


def copied(root: Path) -> list[str]:
    """Return what the Dockerfile copies into the image."""
    lines = re.findall(r"^COPY (.+) \S+$", read(root, "Dockerfile"), re.M)
    return [source for line in lines for source in line.split()]


def is_sent(root: Path, path: PurePath) -> bool:
    """Return whether the ignore file lets the build see a file: the last pattern counts."""
    sent = True
    for line in read(root, "Dockerfile.dockerignore").splitlines():
        pattern = line.removeprefix("!")
        if line and not line.startswith("#"):
            names = [str(part) for part in (path, *path.parents)]
            if any(fnmatch(name, pattern) for name in names):
                sent = line.startswith("!")
    return sent


@pytest.fixture(scope="module")
def image(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with exactly the files that the image has."""
    folder = tmp_path_factory.mktemp("image")
    for source in copied(root):
        for path in [root / source, *(root / source).rglob("*")]:
            name = path.relative_to(root)
            if path.is_file() and is_sent(root, PurePath(name.as_posix())):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / name)
    return folder


def test_everything_that_is_copied_exists(root: Path) -> None:
    assert set(copied(root)) >= {"app.py", "pixelviz", "models", ".streamlit"}
    for source in copied(root):
        assert (root / source).exists(), source


def test_the_image_has_the_page_and_nothing_else(image: Path) -> None:
    names = {path.relative_to(image).as_posix() for path in image.rglob("*") if path.is_file()}
    assert {"app.py", ".streamlit/config.toml", "models/card.json"} <= names
    assert not [name for name in names if "training" in name or "__pycache__" in name]
    assert not [name for name in names if name.endswith((".md", ".png"))]


def test_the_image_has_every_module_that_one_of_its_modules_imports(
    root: Path, image: Path
) -> None:
    known, copied_modules = modules(root), modules(image)
    assert len(copied_modules) > 30
    for path in copied_modules.values():
        missing = own_imports(path, known) - copied_modules.keys()
        assert not missing, (path, missing)


def test_the_image_has_every_model(root: Path, image: Path) -> None:
    models = {path.name for path in (root / "models").glob("*.keras")}
    assert models == {path.name for path in (image / "models").glob("*.keras")}


def test_the_page_runs_with_what_is_in_the_image(image: Path) -> None:
    script = """
import json, os, sys
import pixelviz
from streamlit.testing.v1 import AppTest
page = AppTest.from_file(os.path.abspath("pixelviz/page/main.py"), default_timeout=60).run()
told = [error.message for error in page.exception] + [error.value for error in page.error]
print(json.dumps([pixelviz.__file__, told, [button.key for button in page.button]]), flush=True)
os._exit(0)  # the models need not be waited for
"""
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=image, capture_output=True, text=True, check=False
    )
    assert result.stdout, result.stderr
    file, told, buttons = json.loads(result.stdout)
    assert Path(file).is_relative_to(image.resolve())
    assert told == []
    assert buttons


def test_the_image_watches_no_files(root: Path) -> None:
    assert "STREAMLIT_SERVER_FILE_WATCHER_TYPE=none" in read(root, "Dockerfile")


# The files agree


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "kubernetes.yaml", "nginx.conf"])
def test_every_file_uses_the_same_health_check(root: Path, name: str) -> None:
    assert HEALTH in read(root, name)


def test_the_upload_limit_is_the_same_everywhere(root: Path) -> None:
    config = tomllib.loads((root / ".streamlit" / "config.toml").read_text("utf-8"))
    size = config["server"]["maxUploadSize"]
    assert f"client_max_body_size {size}m;" in read(root, "nginx.conf")
    assert f"proxy-body-size: {size}m " in read(root, "kubernetes.yaml")


def test_nginx_knows_each_replica_by_its_name_and_port(root: Path) -> None:
    compose, nginx = read(root, "compose.yaml"), read(root, "nginx.conf")
    ports = re.findall(r"^  (replica-\d+):\n.+\n.+STREAMLIT_SERVER_PORT: \"(\d+)\"", compose, re.M)
    assert [port for _, port in ports] == list(PORTS)
    for name, port in ports:
        assert f"    server {name}:{port} max_fails" in nginx
        assert f"    {port}    replica_{port};" in nginx
        assert f"upstream replica_{port} {{ server {name}:{port}; }}" in nginx
        assert f"{name}: {{condition: service_healthy}}" in compose


def test_no_replica_starts_without_the_secret_that_all_share(root: Path) -> None:
    secret = "STREAMLIT_SERVER_COOKIE_SECRET"
    assert f"{secret}: ${{{secret}:?" in read(root, "compose.yaml")
    assert re.search(rf"name: {secret}.+\n\s+valueFrom:\n\s+secretKeyRef:",
                     read(root, "kubernetes.yaml"))  # fmt: skip


def test_the_limit_on_visitors_is_set_by_the_variable_that_the_server_reads(root: Path) -> None:
    assert f"\n  {CAPACITY_VARIABLE}:\n" in read(root, "compose.yaml")
    assert f"deployment/pixelviz {CAPACITY_VARIABLE}=" in read(root, "README.md")


def test_the_same_user_runs_the_page_everywhere(root: Path) -> None:
    (user,) = re.findall(r"^USER (\d+)$", read(root, "Dockerfile"), re.M)
    assert f"useradd --uid {user} " in read(root, "Dockerfile")
    assert f"runAsUser: {user}\n" in read(root, "kubernetes.yaml")


def test_the_cookie_has_one_name(root: Path) -> None:
    assert "session-cookie-name: pixelviz_replica" in read(root, "kubernetes.yaml")
    assert "$cookie_pixelviz_replica" in read(root, "nginx.conf")


# nginx, in front of three that only say who they are


class Replica:
    """Something that answers every request with its own port."""

    def __init__(self, port: int = 0) -> None:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
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
        self._server = ThreadingHTTPServer(("127.0.0.1", port), Answer)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def die(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Person:
    """A browser, as far as its cookie goes."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.home = ""
        self.times_set = 0

    def ask(self, path: str, *, origin: str = "", size: int = 0) -> tuple[int, str]:
        """Return the status and the text of an answer, and keep the cookie."""
        headers = {"Cookie": f"pixelviz_replica={self.home}"} if self.home else {}
        if origin:
            headers["Origin"] = origin
        if size:
            headers["Content-Length"] = str(size)
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        if cookie := answer.headers["Set-Cookie"]:
            match = COOKIE.fullmatch(cookie)
            assert match, cookie
            self.home, self.times_set = match[1], self.times_set + 1
        return answer.status, text

    def served_by(self, path: str) -> str:
        status, text = self.ask(path)
        assert status == 200
        return text


class Front:
    """The nginx of deploy/nginx.conf, and its replicas."""

    def __init__(self, program: str, folder: Path, root: Path) -> None:
        self.replicas = [Replica() for _ in PORTS]
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.conf = folder / "nginx.conf"
        text = read(root, "nginx.conf").replace("listen 8080;", f"listen 127.0.0.1:{self.port};")
        text = re.sub(r"\breplica-\d+:", "127.0.0.1:", text)
        for replica, port in zip(self.replicas, PORTS, strict=True):
            text = text.replace(port, str(replica.port))
        text = text.replace("/var/log/nginx", str(folder)).replace("/var/cache", str(folder))
        self.conf.write_text(text, "utf-8")
        user = "user root; " if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        self.command = [
            program, "-p", str(folder), "-c", str(self.conf),
            "-e", str(folder / "error.log"),
            "-g", f"{user}pid {folder / 'pid'}; daemon off;",
        ]  # fmt: skip

    def __enter__(self) -> "Front":
        checked = subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        self._nginx = subprocess.Popen(self.command)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                break
            except OSError:
                time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._nginx.terminate()
        self._nginx.wait(10)
        for replica in self.replicas:
            replica.die()

    def person(self) -> Person:
        return Person(self.port)

    def replica(self, port: str) -> int:
        return next(i for i, replica in enumerate(self.replicas) if str(replica.port) == port)


@pytest.fixture
def front(root: Path, tmp_path: Path) -> Iterator[Front]:
    with Front(require("nginx", package="nginx"), tmp_path, root) as front:
        yield front


def test_the_websocket_sets_the_cookie_once_and_all_else_follows_it(front: Front) -> None:
    person = front.person()
    person.served_by("/")
    assert person.home == ""
    home = person.served_by(STREAM)
    assert person.home == home
    assert {person.served_by(path) for path in ("/", HEALTH, STREAM, "/media/a") * 3} == {home}
    assert person.times_set == 1


def test_people_spread_over_all_replicas(front: Front) -> None:
    homes = [front.person().served_by(STREAM) for _ in range(30)]
    assert sorted(set(homes)) == sorted(str(replica.port) for replica in front.replicas)


def test_only_a_dead_replicas_visitors_move_and_they_stay(front: Front) -> None:
    people = [front.person() for _ in range(12)]
    homes = [person.served_by(STREAM) for person in people]
    dead = front.replica(homes[0])
    front.replicas[dead].die()
    for person, home in zip(people, homes, strict=True):
        now = person.served_by(HEALTH)
        assert (now != home) == (home == homes[0])
        assert person.home == now
    moved = [person.home for person in people]
    front.replicas[dead] = Replica(int(homes[0]))
    time.sleep(0.1)
    assert [person.served_by(STREAM) for person in people] == moved
    assert [person.served_by("/media/a") for person in people] == moved


def test_nobody_sees_an_error_while_one_replica_lives(front: Front) -> None:
    homes = {replica.port: front.person() for replica in front.replicas}
    for replica in front.replicas[:2]:
        replica.die()
    for port, person in homes.items():
        person.home = str(port)
        assert person.served_by(STREAM) == str(front.replicas[2].port)
    assert front.person().served_by("/") == str(front.replicas[2].port)


@pytest.mark.parametrize("home", ["9999", "replica_1", "127.0.0.1:22", "x>1 /_stcore/stream", ".*"])
def test_a_cookie_that_names_no_replica_is_replaced(front: Front, home: str) -> None:
    person = front.person()
    person.home = home
    assert person.served_by(STREAM) == person.home
    assert person.home in {str(replica.port) for replica in front.replicas}


@pytest.mark.parametrize("folder", ["static", "pixelviz"])
def test_scripts_are_kept_for_everyone_but_not_those_of_another_version(
    front: Front, folder: str
) -> None:
    homes = [replica.port for replica in front.replicas]
    people = [front.person() for _ in homes]
    for person, home in zip(people, homes, strict=True):
        person.home = str(home)
    kept = {person.served_by(f"/{folder}/{CURRENT}/a.js") for person in people}
    assert kept == {str(homes[0])}
    for _ in range(2):
        others = [person.served_by(f"/{folder}/fedcba9876543210/a.js") for person in people]
        assert others == [str(home) for home in homes]


def test_other_sites_cannot_open_a_websocket(front: Front) -> None:
    own = f"http://127.0.0.1:{front.port}"
    assert front.person().ask(STREAM, origin=own)[0] == 200
    for origin in ("http://elsewhere.example", f"{own}0", "null", f"http://x {own}"):
        assert front.person().ask(STREAM, origin=origin)[0] == 403


def test_too_large_requests_and_internal_paths_are_refused(front: Front) -> None:
    assert front.person().ask("/", size=5 * 1024 * 1024 + 1)[0] == 413
    for path in ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/mcp"):
        assert front.person().ask(path)[0] == 404


def test_no_address_and_no_drawing_is_in_the_access_log(front: Front, tmp_path: Path) -> None:
    front.person().ask("/?drawing=secret")
    for _ in range(100):
        if log := (tmp_path / "access.log").read_text("utf-8"):
            break
        time.sleep(0.02)
    assert "GET / " in log
    assert "secret" not in log
    assert log.count("127.0.0.1") == 1  # the replica's
