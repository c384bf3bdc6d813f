"""Pixelviz as it is served: `streamlit run app.py`. The page itself is pixelviz/page/whole.py."""

import streamlit as st

from pixelviz.page import serving

app = st.App("pixelviz/page/whole.py", lifespan=serving.get_ready)
