"""The models are served to the browser: derived once, kept for good, and only if they are right."""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from pixelviz.errors import ModelError
from pixelviz.model import card, network_file
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import MODELS
from pixelviz.page.component import SCRIPTS
from pixelviz.server.network_files import NetworkFiles
from tests.asgi import messages_of

NAMES = ("softmax", "dense", "convolutional")
KEEP = "public, max-age=31536000, immutable"


class Answer(NamedTuple):
    """What a server answers to a request."""

    status: int
    headers: dict[str, str]
    content: bytes


def ask(files: NetworkFiles, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Return what a server with one page, the models and the scripts answers."""
    application = Starlette(
        routes=[*files.routes(), *SCRIPTS.routes(), Route("/page", lambda _: HTMLResponse("<p>"))],
        middleware=[files.preload()],
    )
    start, *bodies = messages_of(application, path, headers=headers)
    answered = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], answered, b"".join(body["body"] for body in bodies))


@pytest.fixture
def files() -> NetworkFiles:
    return NetworkFiles(MODELS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODELS, tmp_path / "models"))


def expect_nothing(answer: Answer) -> None:
    assert answer.status == 404
    assert answer.content == b""
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("base", ["", "/pixels", "/a/b"])
def test_each_model_is_served_and_may_be_kept_for_good(
    files: NetworkFiles, name: str, base: str
) -> None:
    answer = ask(files, f"{base}/{files.addresses()[name]}")
    assert answer.status == 200
    model = next(each for each in card.read(MODELS).models if each.name == name)
    assert answer.content == network_file.derive(model, MODELS)
    assert answer.headers["cache-control"] == KEEP
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "is_zipped"),
    [
        ("gzip", True), ("gzip, deflate, br, zstd", True), ("br, GZIP;q=0.5", True),
        ("gzip;q=1.0", True), ("", False), ("identity", False), ("br", False), ("xgzip", False),
        ("gzip;q=0", False), ("br, gzip; q=0.00", False),
    ],
)  # fmt: skip
def test_it_is_compressed_for_those_who_accept_that(
    files: NetworkFiles, accepted: str, is_zipped: bool
) -> None:
    address = f"/{files.addresses()['softmax']}"
    plain = ask(files, address).content
    answer = ask(files, address, {"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == ("gzip" if is_zipped else None)
    assert answer.headers["content-length"] == str(len(answer.content))
    assert (gzip.decompress(answer.content) if is_zipped else answer.content) == plain


def test_the_addresses_are_known_without_deriving_anything(
    files: NetworkFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_file, "derive", lambda *_: pytest.fail("was derived"))
    assert tuple(files.addresses()) == NAMES
    assert files.preload()


def test_each_model_is_derived_once_however_many_ask(
    files: NetworkFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived = []
    derive = network_file.derive

    def count(model: ModelCard, folder: Path) -> bytes:
        derived.append(model.name)
        return derive(model, folder)

    monkeypatch.setattr(network_file, "derive", count)
    address = f"/{files.addresses()['dense']}"
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: ask(files, address), range(8)))
    assert {each.status for each in answers} == {200}
    assert derived == ["dense"]
    files.derive_default()
    assert ask(files, f"/{files.addresses()['convolutional']}").status == 200
    assert derived == ["dense", "convolutional"]


@pytest.mark.parametrize(
    "name", ["softmax.keras", "softmax-shuffled", "", "softmax/", "../card.json", "x", "Softmax"]
)
def test_nothing_else_is_served(files: NetworkFiles, name: str) -> None:
    start = files.addresses()["softmax"].removesuffix("softmax")
    expect_nothing(ask(files, f"/{start}{name}"))


def test_another_models_hash_is_not_an_address(files: NetworkFiles) -> None:
    start = files.addresses()["softmax"].removesuffix("softmax")
    expect_nothing(ask(files, f"/{start}dense"))
    expect_nothing(ask(files, "/pixelviz/network/0123456789abcdef/dense"))


def test_an_altered_or_missing_model_is_not_served_and_the_others_are(folder: Path) -> None:
    files = NetworkFiles(folder)
    with (folder / "dense.keras").open("ab") as file:
        file.write(b"!")
    (folder / "convolutional.keras").unlink()
    for name in ("dense", "convolutional"):
        expect_nothing(ask(files, f"/{files.addresses()[name]}"))
    assert ask(files, f"/{files.addresses()['softmax']}").status == 200
    with pytest.raises(ModelError, match="is missing"):
        files.derive_default()
    shutil.copy(MODELS / "dense.keras", folder)
    assert ask(files, f"/{files.addresses()['dense']}").status == 200  # once it is right again


def test_another_model_has_another_address(folder: Path) -> None:
    before = NetworkFiles(folder).addresses()
    stored = json.loads((folder / "card.json").read_text("utf-8"))
    stored["models"][0]["sha256"] = "0" * 64
    (folder / "card.json").write_text(json.dumps(stored), "utf-8")
    after = NetworkFiles(folder).addresses()
    assert [before[name] == after[name] for name in NAMES] == [False, True, True]


def test_without_a_card_nothing_is_served_and_the_page_is(tmp_path: Path) -> None:
    files = NetworkFiles(tmp_path)
    with pytest.raises(ModelError, match="card"):
        files.addresses()
    expect_nothing(ask(files, "/pixelviz/network/0123456789abcdef/dense"))
    answer = ask(files, "/page")
    assert answer.status == 200
    assert "link" not in answer.headers


def test_a_page_names_the_default_model_to_fetch_at_once_and_nothing_else_does(
    files: NetworkFiles,
) -> None:
    address = files.addresses()["convolutional"]
    assert ask(files, "/page").headers["link"] == (
        f"<{address}>; rel=preload; as=fetch; crossorigin=anonymous; fetchpriority=low"
    )
    assert "link" not in ask(files, f"/{address}").headers


def test_h5py_is_imported_only_when_a_model_is_derived(root: Path) -> None:
    code = (
        "import sys; from pixelviz.server.network_files import NETWORKS\n"
        "NETWORKS.addresses(), NETWORKS.preload()\n"
        "assert 'h5py' not in sys.modules\n"
        "NETWORKS.derive_default()\n"
        "assert 'h5py' in sys.modules and not {'keras', 'tensorflow'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
