"""Pixelviz as it is served: `streamlit run app.py`. The page itself is pixelviz/page/main.py."""

import streamlit as st
from starlette.middleware import Middleware

from pixelviz.page import layout
from pixelviz.page.component import PRELOADED, SCRIPTS
from pixelviz.page.pupil import pupil_page
from pixelviz.server import file_handles, lifespan, readiness, security_headers
from pixelviz.server.class_routes import ClassRoutes
from pixelviz.server.classrooms import CLASSROOMS
from pixelviz.server.mnist_files import MNIST_FILES
from pixelviz.server.network_files import NETWORKS

app = st.App(
    "pixelviz/page/main.py",
    lifespan=lifespan.preloading("pixelviz.page.main"),
    routes=[
        *NETWORKS.routes(),
        *MNIST_FILES.routes(),
        *SCRIPTS.routes(),
        *ClassRoutes(CLASSROOMS).routes(),
        *pupil_page.routes(),
        readiness.route(),
    ],
    middleware=[
        security_headers.middleware(),
        NETWORKS.preload(),
        SCRIPTS.preload(*PRELOADED),
        Middleware(file_handles.Guard),
    ],
    on_script_error=layout.show_bug,  # for what goes wrong outside of the page's own functions
)
