"""What Streamlit does anew in each run and need not: done once, and kept.

Each of these is done once in a process. What they change in Streamlit is none of its public names:
where a name is missing, all works as before, only slower.
"""

from functools import cache, wraps
from typing import Any


@cache
def begin() -> None:
    """Do all of it."""
    keep_theme()
    send_no_tables()


def keep_theme() -> None:
    """Keep the message of the page's colours, which Streamlit sends in each run.

    It looks up each of them among all its settings, an eighth of all that a stroke costs.
    """
    from streamlit.proto.NewSession_pb2 import CustomThemeConfig
    from streamlit.runtime import app_session

    populate = getattr(app_session, "_populate_theme_msg", None)
    if populate is None or hasattr(populate, "__wrapped__"):  # it is kept already
        return
    made: dict[str, Any] = {}

    @wraps(populate)
    def populate_once(message: Any, section: str = "theme") -> None:  # noqa: ANN401, untyped
        if section not in made:
            made[section] = CustomThemeConfig()
            populate(made[section], section)
        message.MergeFrom(made[section])

    app_session._populate_theme_msg = populate_once  # type: ignore[assignment]


def send_no_tables() -> None:
    """Let Streamlit look for no tables in what our components are sent, since none ever is.

    To look it loads pandas, which takes a third of a second just when the first person waits for
    the canvas.
    """
    from streamlit.components.v2.bidi_component import serialization

    if hasattr(serialization, "is_dataframe_like"):
        serialization.is_dataframe_like = lambda _: False
