"""A chapter as it stands on the page, read back: its pictures, tables, charts and texts."""

import base64
import html
import io
import json
import re
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from pixelviz.arrays import Grid
from pixelviz.errors import ModelError
from pixelviz.features import rescale
from pixelviz.model import card
from pixelviz.model.classifier import MODELS, Classifier, Prediction
from pixelviz.page.wording import percent, reason
from pixelviz.server import worker_supervisor
from pixelviz.vector import unroll

CELL = r"<t[hd][^>]*>(.*?)</t[hd]>"


class Picture(NamedTuple):
    """A picture of a chapter, as its PNG has it, and the caption under it."""

    pixels: NDArray[np.uint8]
    caption: str


class Chapter:
    """The chapter that is open on a page."""

    def __init__(self, page: AppTest) -> None:
        self.page = page

    @property
    def html(self) -> str:
        return "".join(block.value for block in self.page.html)

    @property
    def text(self) -> str:
        """All that a person reads in it, without the pictures and the tags."""
        blocks = [*self.page.markdown, *self.page.caption]
        return re.sub("<[^>]*>", " ", "\n".join([self.html, *(block.value for block in blocks)]))

    @property
    def pictures(self) -> dict[str, Picture]:
        """The pictures by their titles."""
        return dict(self.titled)

    @property
    def titled(self) -> list[tuple[str, Picture]]:
        """The pictures with their titles, in the page's order; titles may come more than once."""
        found = re.findall(
            r"<img src='data:image/png;base64,([^']*)'.*?<b>(.*?)</b>(?:<span>(.*?)</span>)?",
            self.html,
        )
        return [
            (html.unescape(title), Picture(image_of(png), html.unescape(caption)))
            for png, title, caption in found
        ]

    @property
    def said(self) -> list[list[str]]:
        """The one table of the models' answers: a heading and its cells, row by row."""
        (table,) = self.tables
        return table

    @property
    def tables(self) -> list[list[list[str]]]:
        """All tables of the models' answers."""
        return [
            [
                [re.sub("<[^>]*>", "", cell) for cell in re.findall(CELL, row)]
                for row in re.findall(r"<tr>(.*?)</tr>", table)
            ]
            for table in re.findall(r"<table class='said predictions'>(.*?)</table>", self.html)
        ]

    @property
    def charts(self) -> list[dict[str, Any]]:
        """What Vega-Lite is told to draw, with the data, which Streamlit sends beside it."""
        return [_chart(each.proto) for each in self.page.get("vega_lite_chart")]


def image_of(png: str) -> NDArray[np.uint8]:
    """Return the pixels of a PNG in base64."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))))


def component_data(page: AppTest, name: str) -> dict[str, Any]:
    """Return what the page sends to one of its own components."""
    (component,) = [
        each.proto
        for each in page.get("bidi_component")
        if each.proto.component_name == f"pixelviz_{name}"
    ]
    data: dict[str, Any] = json.loads(component.json)
    return data


def words(page: AppTest) -> str:
    """Return what the server says in the place of the prediction; nothing where that is missing."""
    sent = [each.proto for each in page.get("bidi_component")]
    messages = [each for each in sent if each.component_name == "pixelviz_messenger"]
    return "".join(str(json.loads(each.json)["answer"]["inWords"]) for each in messages)


def model(name: str) -> Classifier:
    """Return one of the models that the page itself asks."""
    found = worker_supervisor.load_async(card.read(MODELS).models).result().by_name[name]
    assert not isinstance(found, ModelError)
    return found


def asked(name: str, grid: Grid) -> Prediction:
    """Return what a model says to one grid, asked by itself."""
    return model(name).predict(rescale(unroll(grid)))


def expected_said(grids: list[Grid]) -> list[list[str]]:
    """Return the rows of the table of answers to some grids, but for its head."""
    return [
        [model(name).card.title, *(in_words(asked(name, grid)) for grid in grids)]
        for name in ("softmax", "dense", "convolutional")
    ]


def _chart(sent: Any) -> dict[str, Any]:
    chart: dict[str, Any] = json.loads(sent.spec)
    if sent.HasField("data"):
        table = convert_arrow_bytes_to_pandas_df(sent.data.data)
        chart["data"] = {"values": table.to_dict("records")}
    return chart


def in_words(answer: Prediction) -> str:
    """Return an answer as a table has it."""
    if not answer.is_sure:
        why = reason(answer)
        return "not sure" if why.startswith("cannot tell") else f"not sure: {why}"
    return f"{answer.digit} {percent(answer.confidence)}"
