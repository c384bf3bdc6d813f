"""The measured part of `models/README.md`: the card's numbers as tables for people."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pixelviz.model.card import Card, LeftOut, ModelCard, Score

START, END = "<!-- measured: written by the training -->", "<!-- end of what was measured -->"
"""Between these two lines of the README stands what `tables` returns."""


def write(card: Card, folder: Path) -> None:
    """Put the card's numbers into the README of a folder of models, if it has a place for them."""
    path = folder / "README.md"
    text = path.read_text("utf-8") if path.exists() else ""
    if START not in text or END not in text:
        print(f"There is no place for the tables in {path}: expected {START} and {END}.")
        return
    before, rest = text.split(START, 1)
    _, after = rest.split(END, 1)
    path.write_text(f"{before}{START}\n\n{tables(card, folder)}\n\n{END}{after}", "utf-8")


def tables(card: Card, folder: Path) -> str:
    """Return everything that the card holds as Markdown tables.

    Args:
        card: What was measured.
        folder: Where the models lie, for the size of their files.
    """
    parts = [
        ("Share of digits read correctly", _read(card, folder)),
        ("Expected calibration error", _scores(card, lambda score: score.calibration_error)),
        ('Real digits called "not sure"', _scores(card, lambda score: score.turned_away)),
        ('What is no digit, called "not sure"', _noticed(card)),
        ("Trained and tested on shuffled pixels", _shuffled(card)),
        ("The default model by the width of the pen", _pen_widths(card)),
        ("Files of the models", _files(card)),
        ("Data", _table(["data", "sha256"], card.data.items())),
    ]
    return "\n\n".join(f"**{title}**\n\n{table}" for title, table in parts)


def _read(card: Card, folder: Path) -> str:
    rows = [
        [
            model.title,
            percent(model.test.accuracy),
            *(_spread(each, lambda score: score.accuracy) for each in _left_out(model)),
            f"{model.parameters:,}",
            f"{(folder / model.file).stat().st_size / 1000:,.0f} kB",
        ]
        for model in card.models
    ]
    return _table(["model", *_SETS, "parameters", "file"], rows)


def _scores(card: Card, number: Callable[[Score], float]) -> str:
    rows = [
        [
            model.title,
            percent(number(model.test)),
            *(_spread(each, number) for each in _left_out(model)),
        ]
        for model in card.models
    ]
    return _table(["model", *_SETS], rows)


def _noticed(card: Card) -> str:
    kinds = list(card.models[0].noticed)
    rows = [
        [
            kind,
            *(
                percent(share)
                for model in card.models
                for share in (model.noticed[kind].learned, model.noticed[kind].left_out)
            ),
        ]
        for kind in kinds
    ]
    heads = [
        head for model in card.models for head in (f"{model.title}, kind learned", "kind left out")
    ]
    return _table(["kind", *heads], rows)


def _shuffled(card: Card) -> str:
    rows = [
        [plain.title, percent(plain.test.accuracy), percent(shuffled.test.accuracy)]
        for plain, shuffled in zip(card.models, card.shuffled, strict=True)
    ]
    return _table(["model", "in order", "shuffled"], rows)


def _pen_widths(card: Card) -> str:
    rows = [[f"{width} px", percent(share)] for width, share in card.pen_widths.items()]
    return _table(["pen", "read"], rows)


def _files(card: Card) -> str:
    rows = [
        [model.file, f"{model.temperature:.2f}", f"{model.sure_from:.3f}", model.sha256]
        for model in card.models + card.shuffled
    ]
    return _table(["file", "temperature inside", "sure from", "sha256"], rows)


_SETS = ("MNIST test", "page's pen, writers left out", "any pen, writers left out")


def percent(share: float) -> str:
    """Return a share for a table: two decimals.

    Example:
        >>> percent(0.98765)
        '98.77 %'
    """
    return f"{100 * share:.2f} %"


def _left_out(model: ModelCard) -> tuple[LeftOut | None, LeftOut | None]:
    return model.page_pen, model.any_pen


def _spread(left_out: LeftOut | None, number: Callable[[Score], float]) -> str:
    """Return one number of all writers together, and of the lowest and the highest fold."""
    if left_out is None:
        return "not measured"
    folds = sorted(map(number, left_out.folds))
    return f"{percent(number(left_out.together))} ({100 * folds[0]:.2f} to {100 * folds[-1]:.2f})"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
