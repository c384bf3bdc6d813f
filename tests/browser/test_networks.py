"""The models run in the browser: fetched once, in a Worker, below any path, under its policy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Route

from pixelviz import raster
from pixelviz.page.component import SCRIPTS
from pixelviz.server.network_files import NETWORKS
from pixelviz.vector import unroll
from tests import oracle
from tests.browser.conftest import OpenPage
from tests.browser.pages import PixelvizPage
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn

BROWSER = Path(__file__).parents[2] / "pixelviz" / "page" / "browser"
[CLIENT_ADDRESS, *_] = SCRIPTS.addresses(BROWSER / "network" / "network_client.js")
WITHIN = 1e-4

START = """async ([client, models]) => {
    const { createNetworkClient } = await import(new URL(client, document.baseURI).href);
    const told = (window.told = { answers: [], failures: [], refused: [] });
    window.client = createNetworkClient({
        onLogits: ({ vector, name, logits }) =>
            told.answers.push({ vector: [...vector], name, logits: [...logits] }),
        onFailure: (error) => told.failures.push(error.message),
    });
    for (const [name, address] of models)
        window.client.load(name, address).catch((error) => told.refused.push(error.message));
}"""
IS_READY = "names => names.every(name => window.client.isReady(name))"
ASK = """([vectors, names]) =>
    vectors.forEach((vector) => window.client.ask(Uint8Array.from(vector), names))"""
FETCHED = """() => performance.getEntriesByType('resource')
    .filter(({name}) => name.includes('/pixelviz/network/'))
    .map(({name, transferSize, encodedBodySize, decodedBodySize}) =>
        [new URL(name).pathname, transferSize, encodedBodySize < decodedBodySize])"""


def vector_of(strokes: Any) -> list[int]:
    values: list[int] = unroll(raster.to_grid(drawn(strokes))).tolist()
    return values


SEVEN, OTHER = vector_of(CROSSED_SEVEN), vector_of(SCRIBBLE)


def start(page: PixelvizPage, *names: str) -> None:
    models = [(name, NETWORKS.addresses()[name]) for name in names]
    page.page.evaluate(START, [CLIENT_ADDRESS, models])


def told(page: PixelvizPage) -> Any:
    return page.page.evaluate("window.told")


def wait_until_told(page: PixelvizPage, when: Callable[[Any], bool]) -> Any:
    page.wait_until(lambda: when(told(page)))
    return told(page)


def is_ready(page: PixelvizPage, *names: str) -> bool:
    return bool(page.page.evaluate(IS_READY, list(names)))


def expect_kerass(answer: Any) -> None:
    """Expect the logits that Keras gives for the grid that an answer names."""
    picture = np.array(answer["vector"], np.uint8).reshape(1, 28, 28)
    [expected] = oracle.ask(answer["name"], picture)
    assert np.abs(np.array(answer["logits"]) - expected.logits).max() < WITHIN


def test_all_models_answer_in_the_page_as_keras_does(page: PixelvizPage) -> None:
    start(page, *oracle.MODELS)
    page.wait_until(lambda: is_ready(page, *oracle.MODELS))
    page.page.evaluate(ASK, [[SEVEN], ["dense", "convolutional", "softmax"]])
    answers = wait_until_told(page, lambda all_told: len(all_told["answers"]) == 3)["answers"]
    assert [each["name"] for each in answers] == ["dense", "convolutional", "softmax"]
    for answer in answers:
        assert answer["vector"] == SEVEN
        expect_kerass(answer)
    assert told(page)["failures"] == []
    assert page.problems == []


def test_of_many_drawings_the_newest_is_answered_and_most_others_are_not(
    page: PixelvizPage,
) -> None:
    start(page, *oracle.MODELS)
    page.wait_until(lambda: is_ready(page, *oracle.MODELS))
    vectors = [OTHER] * 200 + [SEVEN]
    page.page.evaluate(ASK, [vectors, ["convolutional", "dense", "softmax"]])

    def is_answered(all_told: Any) -> bool:
        last = all_told["answers"][-1:]
        return [(each["name"], each["vector"]) for each in last] == [("softmax", SEVEN)]

    answers = wait_until_told(page, is_answered)["answers"]
    assert [each["name"] for each in answers[-3:]] == ["convolutional", "dense", "softmax"]
    assert all(each["vector"] == SEVEN for each in answers[-3:])
    assert len(answers) < 100
    page.page.evaluate("window.client.end()")


def test_the_preloaded_model_is_the_one_that_is_used_and_kept(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(own_browser=True)
    for is_first in (True, False):
        start(page, "convolutional")
        page.wait_until(lambda: is_ready(page, "convolutional"))
        address_of_model = f"/{NETWORKS.addresses()['convolutional']}"
        fetched = [each for each in page.page.evaluate(FETCHED) if each[0] == address_of_model]
        assert fetched  # by the preload, by the panel, and here
        assert sum(size > 0 for _, size, _ in fetched) == is_first
        assert all(is_compressed for _, _, is_compressed in fetched)
        page.page.goto(address)
    assert page.problems == []


@pytest.mark.parametrize(
    ("script", "how"), [("network_worker.js", "missing"), ("layers.js", "broken off")]
)
def test_without_its_worker_the_page_is_told_so_once(
    open_page: OpenPage, script: str, how: str
) -> None:
    page = open_page(own_browser=True)
    fail(page, f"**/network/{script}", how)
    start(page, "softmax", "dense")
    all_told = wait_until_told(page, lambda all_told: len(all_told["refused"]) == 2)
    assert len(all_told["failures"]) == 1
    assert not is_ready(page, "softmax")
    page.page.evaluate(ASK, [[SEVEN], ["softmax"]])
    assert told(page)["answers"] == []


def test_where_one_model_cannot_be_loaded_the_others_answer(open_page: OpenPage) -> None:
    page = open_page(own_browser=True)
    fail(page, f"**/{NETWORKS.addresses()['dense']}", "missing")
    start(page, "dense", "softmax")
    page.wait_until(lambda: is_ready(page, "softmax"))
    wait_until_told(page, lambda all_told: len(all_told["refused"]) == 1)
    page.page.evaluate(ASK, [[SEVEN], ["dense", "softmax"]])
    [answer] = wait_until_told(page, lambda all_told: all_told["answers"])["answers"]
    assert answer["name"] == "softmax"
    assert told(page)["failures"] == []


def test_a_file_that_is_cut_off_is_refused(open_page: OpenPage) -> None:
    page = open_page(own_browser=True)

    def cut(route: Route) -> None:
        whole = route.fetch()
        headers = {"content-type": "application/octet-stream"}
        route.fulfill(status=200, headers=headers, body=whole.body()[:-4])

    page.page.route(f"**/{NETWORKS.addresses()['softmax']}", cut)
    start(page, "softmax")
    [problem] = wait_until_told(page, lambda all_told: all_told["refused"])["refused"]
    assert "which do not fit its 7850 weights" in problem
    assert told(page)["failures"] == []


def fail(page: PixelvizPage, pattern: str, how: str) -> None:
    """Let requests be answered with 404, or not at all."""

    def answer(route: Route) -> None:
        if how == "missing":
            route.fulfill(status=404)
        else:
            route.abort()

    page.page.context.route(pattern, answer)
