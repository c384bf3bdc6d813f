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
