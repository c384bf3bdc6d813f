"""What most pages of this kind do with a drawing, to compare ours with. Served by speed.py.

The same canvas and the same model; the drawing shrunk to 28×28, `model.predict`, and the stock
elements for a picture, a table and a chart.
"""

from pathlib import Path

import keras
import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import st_canvas

MODEL = Path(__file__).parents[2] / "models" / "convolutional.keras"


@st.cache_resource
def load_model() -> keras.Model:
    """Return the model, loaded once."""
    return keras.saving.load_model(MODEL)


st.set_page_config(layout="wide")
st.title("Draw a digit")
model = load_model()
left, middle, right = st.columns(3)
with left:
    canvas = st_canvas(
        stroke_width=24,
        stroke_color="#ffffff",
        background_color="#000000",
        width=280,
        height=280,
        return_image_data=True,
        key="canvas",
    )
if canvas.image_data is not None:
    picture = np.asarray(Image.fromarray(canvas.image_data).convert("L").resize((28, 28)))
    probabilities = keras.ops.softmax(model.predict(picture.reshape(1, -1) / 255))[0]
    middle.image(picture, width=280)
    middle.dataframe(picture)
    right.subheader(f"Prediction: {int(np.argmax(probabilities))}")
    right.bar_chart(np.asarray(probabilities))
