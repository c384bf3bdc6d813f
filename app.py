"""Pixelviz as it is served: `streamlit run app.py`. The page itself is pixelviz/page/main.py."""

import streamlit as st
from starlette.middleware import Middleware

from pixelviz.page.component import SCRIPTS, VIEWS
from pixelviz.server import file_handles, lifespan, readiness

app = st.App(
    "pixelviz/page/main.py",
    lifespan=lifespan.preloading("pixelviz.page.main"),
    routes=[*SCRIPTS.routes(), readiness.route()],
    middleware=[SCRIPTS.preload(*VIEWS), Middleware(file_handles.Explained)],
)
