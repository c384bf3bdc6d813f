"""Whether the server can answer a visitor fully: for a load balancer, while the server starts.

Once the models have been loaded the server stays ready, also while their worker is restarted: its
pages go on meanwhile, and taking all replicas away would help nobody.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.server import worker_supervisor

PATH = "/ready"


def route() -> Route:
    """Return the route that answers 200 once the models were loaded, and 503 before."""
    return Route(PATH, _answer)


def _answer(_: Request) -> PlainTextResponse:
    """Return whether the models were loaded, and try again where they could not be."""
    if worker_supervisor.has_loaded():
        return PlainTextResponse("ready", headers={"Cache-Control": "no-store"})
    try:
        loading = worker_supervisor.load_async(card.read(MODELS).models)
        problem = loading.exception() if loading.done() else None
    except ModelError as error:
        problem = error
    reason = "The models are loading." if problem is None else str(problem)
    return PlainTextResponse(reason, 503, headers={"Cache-Control": "no-store"})
