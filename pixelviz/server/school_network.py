"""Under which address other devices in the same network reach this server."""

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path

from streamlit import config

DOCUMENTED = ("192.0.2.1", 9)
"""An address that is nobody's (RFC 5737). Nothing is sent to it: choosing a way there is enough."""

IN_CONTAINER = Path("/.dockerenv")


@dataclass(frozen=True)
class Reach:
    """Whether a class can reach this server, where its own browser calls it localhost.

    Attributes:
        address: That of the page in the network, such as http://192.168.1.5:8501/; or None.
        problem: Why there is none, and what to do about it; or empty.
    """

    address: str | None
    problem: str


def reach() -> Reach:
    """Return under which address other devices in the same network reach this page."""
    bound = config.get_option("server.address")
    if bound and _is_loopback(bound):
        return Reach(
            None,
            "Pupils cannot reach this page: it is served to this computer only. Start it without "
            f"server.address={bound}.",
        )
    if IN_CONTAINER.exists():
        return Reach(
            None,
            "Pupils cannot reach localhost. Open this page under the address of this computer in "
            "the school's network; from inside of a container it cannot be told here.",
        )
    own = _own_address()
    if own is None:
        return Reach(
            None,
            "Pupils cannot reach this page: this computer is in no network. Connect it to the "
            "school's network and reload the page.",
        )
    port = config.get_option("server.port")
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    scheme = "https" if config.get_option("server.sslCertFile") else "http"
    host = bound if bound and not _is_any(bound) else own
    return Reach(f"{scheme}://{host}:{port}/{base + '/' if base else ''}", "")


def _own_address() -> str | None:
    """Return this computer's address in the network that leads outside, or None."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(DOCUMENTED)
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if _is_loopback(address) or _is_any(address) else address


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
