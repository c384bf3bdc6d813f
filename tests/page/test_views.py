"""What runs for each stroke: values are sent, and what stays as it is, is not sent again."""

import pytest
from streamlit.testing.v1 import AppTest


@pytest.fixture
def views() -> AppTest:
    """Return the part of the page that runs for each stroke, by itself."""

    def views_only() -> None:
        from pixelviz.page import main

        main.views()

    return AppTest.from_function(views_only, default_timeout=60).run()


def test_a_stroke_sends_the_panel_values_and_not_the_panel(views: AppTest) -> None:
    assert not views.exception
    components = [each.proto.component_name for each in views.get("bidi_component")]
    assert "pixelviz_messenger" in components
    assert not {"pixelviz_prediction", "pixelviz_pixel_view"} & set(components)
    assert not views.selectbox
    assert not views.toggle


@pytest.mark.parametrize(("chapter", "count"), [(None, 1), ("pixels", 2)])
def test_only_an_open_chapter_is_a_part_that_runs_by_itself(
    chapter: str | None, count: int
) -> None:
    """Each such part costs the server a copy of all that it is in, in each run."""

    def views_only() -> None:
        import streamlit as st
        from streamlit.runtime.scriptrunner import get_script_run_ctx

        from pixelviz.page import main

        main.views()
        st.write(len(vars(get_script_run_ctx())["fragment_storage"]._fragments))

    views = AppTest.from_function(views_only, default_timeout=60)
    views.session_state["chapter"] = chapter
    views.run()
    assert not views.exception
    assert views.markdown[-1].value == f"`{count}`"
