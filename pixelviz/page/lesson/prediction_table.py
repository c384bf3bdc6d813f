"""The predictions of the three models for several pictures, as a small table."""

import html
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TypeAlias

import numpy as np
import streamlit as st

from pixelviz.arrays import Grid
from pixelviz.errors import ModelError
from pixelviz.features import rescale
from pixelviz.model import card
from pixelviz.model.card import Card
from pixelviz.model.classifier import MODELS, Classifier, Prediction
from pixelviz.page import background
from pixelviz.page.wording import CANNOT_TELL, NOT_SURE, percent, reason
from pixelviz.vector import unroll

Ready: TypeAlias = tuple[Card, Mapping[str, Classifier]]
"""The card, and the models that could be loaded, by name."""


def models() -> Ready | None:
    """Return the card and the models that could be loaded, by name, or None while they load.

    Raises:
        ModelError: There is no card, or the models cannot be loaded.
    """
    models_card = card.read(MODELS)
    loaded = background.loaded_models(models_card.models)
    if loaded is None:
        st.caption("The models are still loading. Results will appear automatically.")
        return None
    return models_card, {
        name: model for name, model in loaded.by_name.items() if not isinstance(model, ModelError)
    }


def concealable(name: str) -> AbstractContextManager[object]:
    """Return a container for what tells the models' answers: it is not seen while a class guesses.

    Args:
        name: Its name, another one for each on the page.
    """
    return st.container(key=f"says_{name}", gap="small")


def to_each(model: Classifier, grids: Sequence[Grid]) -> list[Prediction]:
    """Return the predictions of a model for several grids, each (28, 28) uint8, asked at once."""
    return model.predict_many(rescale(np.stack([unroll(grid) for grid in grids])))


def show_for_grids(
    pictures: Mapping[str, Grid],
    ready: Ready | None,
    *,
    more: tuple[str, Mapping[str, str]] | None = None,
) -> None:
    """Show a table of what each model reads in several grids.

    Args:
        pictures: The grids, each (28, 28) uint8, by their titles.
        ready: What `models` returned; while the models load, nothing is shown.
        more: One more column: its title, and its text by the model's name.
    """
    if ready is None:
        return
    models_card, loaded = ready
    titles = {model.name: model.title for model in models_card.models}
    grids = list(pictures.values())
    title, texts = more or ("", {})
    show(
        [*pictures, title] if more else list(pictures),
        {
            titles[name]: [*to_each(model, grids), *([texts[name]] if more else [])]
            for name, model in loaded.items()
        },
        "What each model reads",
    )


def show(
    columns: Sequence[str], rows: Mapping[str, Sequence[Prediction | str]], caption: str
) -> None:
    """Show a table of predictions: the digit and how sure, or "not sure" and why.

    Args:
        columns: What each column's picture is.
        rows: By the model's title, its predictions, one a column; or text in their place.
        caption: What the table is.
    """
    head = "".join(f"<th scope='col'>{html.escape(column)}</th>" for column in columns)
    body = "".join(
        f"<tr><th scope='row'>{html.escape(title)}</th>{''.join(map(_cell, answers))}</tr>"
        for title, answers in rows.items()
    )
    st.html(
        "<div class='scroll'><table class='said predictions'>"
        f"<caption>{html.escape(caption)}</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(answer: Prediction | str) -> str:
    if isinstance(answer, str):
        return f"<td>{html.escape(answer)}</td>"
    if not answer.is_sure:
        why = reason(answer)
        return f"<td>{NOT_SURE}{'' if why == CANNOT_TELL else f': <small>{why}</small>'}</td>"
    return f"<td><b>{answer.digit}</b> {percent(answer.confidence)}</td>"
