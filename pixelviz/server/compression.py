"""What a request says about compressed answers."""

from starlette.requests import Request


def accepts_gzip(request: Request) -> bool:
    """Return whether a request's Accept-Encoding names gzip, and not with a quality of 0."""
    for coding in request.headers.get("Accept-Encoding", "").split(","):
        name, _, quality = coding.partition(";")
        if name.strip().lower() == "gzip":
            return quality.replace(" ", "").rstrip("0") not in ("q=", "q=0.")
    return False
