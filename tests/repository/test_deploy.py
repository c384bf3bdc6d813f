"""What serves the page to many: a complete image, and files that agree."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib.metadata import distributions
from pathlib import Path, PurePath

import pytest

from pixelviz.classroom import codes, limits
from pixelviz.classroom.database import CONNECTIONS, REPLICAS_VARIABLE, URL_VARIABLE, WAIT_S
from pixelviz.server import class_requests, class_routes
from pixelviz.server.admission import CAPACITY_VARIABLE
from pixelviz.server.readiness import PATH as READY
from tests.nginx import PORTS
from tests.repository.test_architecture import modules, own_imports

HEALTH = "/_stcore/health"


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
    assert not [
        name for name in names if name.startswith("pixelviz/training/") or "__pycache__" in name
    ]
    documents = {name for name in names if name.endswith((".md", ".png"))}
    assert documents == {"pixelviz/page/teacher/teacher.md"}  # which the page shows


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


def test_a_replica_is_used_once_it_is_ready_and_restarted_once_it_is_not_healthy(
    root: Path,
) -> None:
    assert f"{READY}'" in read(root, "Dockerfile")
    probes = dict(
        re.findall(r"(\w+)Probe:.*\n\s+httpGet: {path: (\S+),", read(root, "kubernetes.yaml"))
    )
    assert probes == {"startup": READY, "readiness": READY, "liveness": HEALTH}
    assert f"http://127.0.0.1:8080{HEALTH}" in read(root, "compose.yaml")


def test_a_file_of_the_largest_size_fits_through_with_the_form_around_it(root: Path) -> None:
    config = tomllib.loads((root / ".streamlit" / "config.toml").read_text("utf-8"))
    size = config["server"]["maxUploadSize"] + 1
    assert f"client_max_body_size {size}m;" in read(root, "nginx.conf")
    assert f"proxy-body-size: {size}m " in read(root, "kubernetes.yaml")


@pytest.mark.parametrize("service", ["replica-1", "replica-2", "replica-3", "nginx", "postgres"])
def test_no_container_may_write_to_its_image_or_gain_privileges(root: Path, service: str) -> None:
    compose = read(root, "compose.yaml")
    hardened = compose.split("x-hardened: &hardened\n")[1].split("\n\n")[0]
    for setting in ("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true"):
        assert setting in hardened
    assert "x-replica: &replica\n  <<: *hardened\n" in compose
    anchor = "replica" if service.startswith("replica") else "hardened"
    assert f"\n  {service}:\n    <<: *{anchor}\n" in compose


def test_only_replicas_can_reach_the_database(root: Path) -> None:
    compose = read(root, "compose.yaml")
    services = dict(re.findall(r"^  (\S+):\n((?:    .+\n)+)", compose, re.M))
    assert "    networks: [database]\n" in services["postgres"]
    assert "    profiles: [classes]\n" in services["postgres"]
    assert "ports:" not in services["postgres"]
    assert "database" not in services["nginx"]
    assert compose.count("[default, database]") == 1  # of x-replica
    assert "\n  database: {internal: true}" in compose


def test_replicas_without_a_database_know_that_they_are_several(root: Path) -> None:
    compose, cluster = read(root, "compose.yaml"), read(root, "kubernetes.yaml")
    assert f'\n  {REPLICAS_VARIABLE}: "{len(PORTS)}"\n' in compose
    assert f'- {{name: {REPLICAS_VARIABLE}, value: "{len(PORTS)}"}}\n' in cluster
    assert f"\n  replicas: {len(PORTS)}\n" in cluster
    assert f"\n  {URL_VARIABLE}:\n" in compose
    assert re.search(rf"name: {URL_VARIABLE}\n\s+valueFrom:\n\s+secretKeyRef: .+optional: true}}",
                     cluster)  # fmt: skip


def test_nginx_writes_only_where_its_container_may(root: Path) -> None:
    (mounted,) = re.findall(r"\n  nginx:\n(?:    .+\n)*?    tmpfs: (\[.+?\])",
                            read(root, "compose.yaml"))  # fmt: skip
    folders = [each.split(":")[0] for each in json.loads(mounted)]
    assert folders == ["/run", "/var/cache/nginx"]
    (cached,) = re.findall(r"proxy_cache_path (\S+)", read(root, "nginx.conf"))
    assert PurePath(cached).is_relative_to(folders[1])


def test_a_base_image_can_be_named_by_its_digest(root: Path) -> None:
    dockerfile = read(root, "Dockerfile")
    (default,) = re.findall(r"^ARG PYTHON_IMAGE=(\S+)\nFROM \${PYTHON_IMAGE}$", dockerfile, re.M)
    assert f"PYTHON_IMAGE: ${{PYTHON_IMAGE:-{default}}}" in read(root, "compose.yaml")
    assert f"docker buildx imagetools inspect {default} " in read(root, "README.md")


def test_the_image_has_a_notice_of_every_package_with_its_licence(root: Path) -> None:
    assert "RUN python third_party_notices.py > THIRD_PARTY_NOTICES.txt" in read(root, "Dockerfile")
    notice = subprocess.run(
        [sys.executable, root / "deploy" / "third_party_notices.py"],
        capture_output=True, check=True, env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    ).stdout.decode("utf-8")  # fmt: skip
    words = " ".join(notice.split())
    for package in distributions():
        assert f"\n{package.name} {package.version}\nLicence: " in notice
        for file in package.files or []:
            if ".dist-info/licenses/" in str(file):
                text = Path(str(file.locate())).read_text("utf-8", "replace")
                assert " ".join(text.split()) in words, file
    assert "\nstreamlit-drawable-canvas 0.13.0\nLicence: MIT\n" in notice
    assert "\nstreamlit 1.67.0\nLicence: Apache-2.0\n" in notice


# The ceilings


SCHOOL = 300
"""How many visitors behind one address meet no ceiling."""

REQUESTS_PER_PAGE_LOAD = 175
CONNECTIONS_PER_BROWSER = 6 + 1  # and the websocket


def figure(root: Path, pattern: str) -> int:
    """Return the one figure that a directive of nginx.conf has wherever it stands."""
    (found,) = set(re.findall(pattern, read(root, "nginx.conf")))
    return int(found)


def test_a_school_behind_one_address_meets_no_ceiling(root: Path) -> None:
    connections = figure(root, r"limit_conn connections (\d+);")
    assert connections >= SCHOOL * CONNECTIONS_PER_BROWSER
    assert figure(root, r"worker_connections (\d+);") > 2 * connections
    assert figure(root, r"limit_conn websockets (\d+);") >= 2 * SCHOOL
    assert figure(root, r"burst=(\d+) nodelay;") >= SCHOOL * REQUESTS_PER_PAGE_LOAD


def test_a_digit_fits_through_and_is_written_to_no_file(root: Path) -> None:
    (location,) = re.findall(
        r"location ~ \^/class\(es\).+?\n    }\n", read(root, "nginx.conf"), re.S
    )
    (size,) = re.findall(r"client_max_body_size (\d+)k;", location)
    assert int(size) * 1024 >= class_requests.BODY_MAX
    assert f"client_body_buffer_size {size}k;" in location
    assert "proxy_max_temp_file_size 0;" in location


def test_a_replica_answers_before_nginx_and_nginx_before_browsers_give_it_up(root: Path) -> None:
    wire = root / "pixelviz" / "page" / "browser" / "our_class" / "wire.js"
    (patience,) = re.findall(r"const PATIENCE_MS = (\d+)_000;", wire.read_text("utf-8"))
    wait = figure(root, r"proxy_next_upstream .+\n\s+proxy_read_timeout (\d+)s;")
    assert 2 * WAIT_S < wait < int(patience)  # it waits for a connection, and then for a lock


def test_the_ingress_has_the_ceilings_of_nginx(root: Path) -> None:
    ingress = read(root, "kubernetes.yaml")
    (rate,) = re.findall(r'limit-rps: "(\d+)"', ingress)
    (multiplier,) = re.findall(r'limit-burst-multiplier: "(\d+)"', ingress)
    assert int(rate) == figure(root, r"rate=(\d+)r/s;")
    assert int(rate) * int(multiplier) == figure(root, r"burst=(\d+) nodelay;")


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


def test_the_limits_of_classes_are_as_the_readme_says(root: Path) -> None:
    readme = " ".join(read(root, "README.md").split())
    for replicas in (1, len(PORTS)):
        tried = replicas * class_routes.WRONG_CODES_A_MINUTE_IN_ALL
        found = codes.expected_finds(limits.CLASSES_MAX, tried, 24)
        assert f"{found:.4f}" in readme
    assert f"{class_routes.WRONG_CODES_A_MINUTE_IN_ALL} wrong codes a minute" in readme
    assert f"and {class_routes.WRONG_CODES_A_MINUTE} of them to one address" in readme
    assert f"| classes in a database | {limits.CLASSES_MAX} |" in readme
    assert f"| devices in a class | {limits.DEVICES_MAX} |" in readme
    both = f"{limits.DIGITS_A_DEVICE_MAX}, {limits.DIGITS_A_CLASS_MAX}"
    assert f"| digits of a device, and of a class | {both} |" in readme
    assert f"at the latest {limits.HOURS} hours after it began" in readme
    assert f"nobody gives anything to, {limits.IDLE_MINUTES} minutes" in readme
    assert f"at most {CONNECTIONS} connections" in readme


def test_the_same_user_runs_the_page_everywhere(root: Path) -> None:
    (user,) = re.findall(r"^USER (\d+)$", read(root, "Dockerfile"), re.M)
    assert f"useradd --uid {user} " in read(root, "Dockerfile")
    assert f"runAsUser: {user}\n" in read(root, "kubernetes.yaml")


def test_the_cookie_has_one_name(root: Path) -> None:
    assert "session-cookie-name: pixelviz_replica" in read(root, "kubernetes.yaml")
    assert "$cookie_pixelviz_replica" in read(root, "nginx.conf")
