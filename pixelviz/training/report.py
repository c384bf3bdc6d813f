"""The measured part of `models/README.md`: the card's numbers as Markdown tables."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pixelviz.model.card import Card, HeldOut, ModelCard, Score

START, END = "<!-- measured: written by the training -->", "<!-- end of what was measured -->"
"""`tables` belongs between these two lines of the README."""

TEST_SETS = ("MNIST test", "page's pen, held-out writers", "any pen, held-out writers")


def write(card: Card, folder: Path) -> None:
    """Write the card's numbers into the README of a folder of models, if it has both markers."""
    path = folder / "README.md"
    text = path.read_text("utf-8") if path.exists() else ""
    if START not in text or END not in text:
        print(f"The tables were not written: {path} lacks the markers {START} and {END}.")
        return
    before, rest = text.split(START, 1)
    _, after = rest.split(END, 1)
    path.write_text(f"{before}{START}\n\n{tables(card, folder)}\n\n{END}{after}", "utf-8")


def tables(card: Card, folder: Path) -> str:
    """Return everything in the card as Markdown tables.

    Args:
        card: What was measured.
        folder: The folder of the models, whose file sizes one table gives.
    """
    parts = [
        ("Accuracy: share of digits read correctly", _accuracy(card, folder)),
        ("Expected calibration error", _scores(card, lambda score: score.calibration_error)),
        (
            "Abstention rate on real digits (confidence below the threshold)",
            _scores(card, lambda score: score.abstention_rate),
        ),
        (
            "Abstention rate on non-digits (confidence below the threshold)",
            _out_of_distribution(card),
        ),
        ("Accuracy on MNIST test, trained and tested on shuffled pixels", _shuffled(card)),
        ("Accuracy of the default model by width of the page's pen", _pen_widths(card)),
        ("Model files", _files(card)),
        ("Data", _table(["data", "sha256"], card.data.items())),
    ]
    return "\n\n".join(f"**{title}**\n\n{table}" for title, table in parts)


def percent(share: float) -> str:
    """Return a share as a percentage with two decimals.

    Example:
        >>> percent(0.98765)
        '98.77 %'
    """
    return f"{100 * share:.2f} %"


def _accuracy(card: Card, folder: Path) -> str:
    rows = [
        [
            model.title,
            percent(model.test.accuracy),
            *(_with_range(each, lambda score: score.accuracy) for each in _held_out(model)),
            f"{model.parameters:,}",
            f"{(folder / model.file).stat().st_size / 1000:,.0f} kB",
        ]
        for model in card.models
    ]
    return _table(["model", *TEST_SETS, "parameters", "file"], rows)


def _scores(card: Card, metric: Callable[[Score], float]) -> str:
    rows = [
        [
            model.title,
            percent(metric(model.test)),
            *(_with_range(each, metric) for each in _held_out(model)),
        ]
        for model in card.models
    ]
    return _table(["model", *TEST_SETS], rows)


def _out_of_distribution(card: Card) -> str:
    kinds = list(card.models[0].out_of_distribution)
    rows = [
        [
            kind,
            *(
                percent(rate)
                for model in card.models
                for rate in (
                    model.out_of_distribution[kind].final_model,
                    model.out_of_distribution[kind].held_out,
                )
            ),
        ]
        for kind in kinds
    ]
    heads = [
        head for model in card.models for head in (f"{model.title}, final model", "kind held out")
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
    return _table(["pen", "accuracy"], rows)


def _files(card: Card) -> str:
    rows = [
        [model.file, f"{model.temperature:.2f}", f"{model.threshold:.3f}", model.sha256]
        for model in card.models + card.shuffled
    ]
    return _table(["file", "temperature (already applied)", "threshold", "sha256"], rows)


def _held_out(model: ModelCard) -> tuple[HeldOut | None, HeldOut | None]:
    return model.page_pen, model.any_pen


def _with_range(held_out: HeldOut | None, metric: Callable[[Score], float]) -> str:
    """Return a metric over all writers, with the lowest and the highest fold in brackets."""
    if held_out is None:
        return "not measured"
    folds = sorted(map(metric, held_out.folds))
    return f"{percent(metric(held_out.overall))} ({100 * folds[0]:.2f} to {100 * folds[-1]:.2f})"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
