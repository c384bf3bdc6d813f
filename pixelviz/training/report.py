"""The measured part of `models/README.md`: the card's numbers as Markdown tables."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pixelviz.arrays import DIGITS
from pixelviz.model.card import Card, ModelCard, Score

START, END = "<!-- measured: written by the training -->", "<!-- end of what was measured -->"
"""`tables` belongs between these two lines of the README."""

TEST_SET = "MNIST test"
"""The name of the set that all models are measured on, whatever they were trained on."""


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
        ("The models", _models(card, folder)),
        *((f"{model.title}: how it reads digits", _scores(model)) for model in card.models),
        (
            "Abstention rate on non-digits (confidence below the threshold)",
            _out_of_distribution(card),
        ),
        ("Accuracy on MNIST test, trained and tested on shuffled pixels", _shuffled(card)),
        ("Accuracy of the default model by width of the page's pen", _pen_widths(card)),
        ("Accuracy of the default model on held-out contributors' digits", _contributors(card)),
        ("The held-out writers whom the default model reads worst", _hardest_writers(card)),
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


def _models(card: Card, folder: Path) -> str:
    rows = [
        [
            model.title,
            f"{model.parameters:,}",
            f"{(folder / model.file).stat().st_size / 1000:,.0f} kB",
        ]
        for model in card.models
    ]
    return _table(["model", "parameters", "file"], rows)


def _scores(model: ModelCard) -> str:
    """Return a row for each set of digits: the share read, and how sure the model is of them."""
    rows = [_score_row(TEST_SET, model.test, percent(model.test.accuracy))]
    for name, held_out in model.held_out.items():
        parts = [score.accuracy for score in held_out.parts.values()]
        share = percent(held_out.overall.accuracy)
        between = f" ({100 * min(parts):.2f} to {100 * max(parts):.2f})"
        rows.append(_score_row(name, held_out.overall, share + between))
    heads = ["digits", "read", "sure and right", "sure and wrong", "not sure", "calibration error"]
    return _table(heads, rows)


def _score_row(name: str, score: Score, read: str) -> list[str]:
    shares = (
        score.sure_and_right,
        score.sure_and_wrong,
        score.abstention_rate,
        score.calibration_error,
    )
    return [name, read, *map(percent, shares)]


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


def _contributors(card: Card) -> str:
    digits = [str(digit) for digit in DIGITS]
    rows = [
        [name, *(percent(shares[digit]) if digit in shares else "-" for digit in digits)]
        for name, shares in card.contributors.items()
    ]
    return _table(["contributor", *digits], rows)


def _hardest_writers(card: Card) -> str:
    rows = [[name, percent(share)] for name, share in card.hardest_writers.items()]
    return _table(["writer", "accuracy"], rows)


def _files(card: Card) -> str:
    rows = [
        [model.file, f"{model.temperature:.2f}", f"{model.threshold:.3f}", model.sha256]
        for model in card.models + card.shuffled
    ]
    return _table(["file", "temperature (already applied)", "threshold", "sha256"], rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
