from pathlib import Path

import pytest

from pixelviz.model import card
from pixelviz.model.card import Card
from pixelviz.model.classifier import MODELS
from pixelviz.training import report


@pytest.fixture
def measured() -> Card:
    return card.read(MODELS)


def cells(tables: str, start: str) -> list[str]:
    """Return the cells of the first row that starts with some text."""
    row = next(line for line in tables.splitlines() if line.startswith(f"| {start} |"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_the_tables_show_the_numbers_of_the_card(measured: Card) -> None:
    tables = report.tables(measured, MODELS)
    model = measured.models[-1]
    title, parameters, _ = cells(tables, model.title)
    assert (title, parameters) == (model.title, f"{model.parameters:,}")
    own = tables.split(f"**{model.title}: how it reads digits**")[1]
    read = cells(own, report.TEST_SET)[1]
    assert float(read.removesuffix(" %")) == pytest.approx(100 * model.test.accuracy, abs=0.005)
    for name, held_out in model.held_out.items():
        shares = [100 * score.accuracy for score in held_out.parts.values()]
        overall = held_out.overall
        _, read, right, wrong, _, error = cells(own, name)
        assert read == f"{100 * overall.accuracy:.2f} % ({min(shares):.2f} to {max(shares):.2f})"
        assert (right, wrong, error) == (
            report.percent(overall.sure_and_right),
            report.percent(overall.sure_and_wrong),
            report.percent(overall.calibration_error),
        )
    for kind, abstention in model.out_of_distribution.items():
        final_model, held_out_rate = cells(tables, kind)[-2:]
        assert final_model == report.percent(abstention.final_model)
        assert held_out_rate == report.percent(abstention.held_out)
    for name, sha256 in measured.data.items():
        assert cells(tables, name)[1] == sha256
    for contributor, accuracies in measured.contributors.items():
        assert cells(tables, contributor)[1:] == [
            report.percent(accuracies[digit]) for digit in sorted(accuracies)
        ]


def test_writing_the_tables_replaces_only_what_is_between_the_markers(
    measured: Card, tmp_path: Path
) -> None:
    for model in measured.models + measured.shuffled:
        (tmp_path / model.file).write_bytes((MODELS / model.file).read_bytes())
    readme = tmp_path / "README.md"
    readme.write_text(f"Before\n{report.START}\noutdated\n{report.END}\nAfter\n", "utf-8")
    for _ in range(2):  # writing again changes nothing
        report.write(measured, tmp_path)
        text = readme.read_text("utf-8")
        assert text.startswith("Before\n") and text.endswith("\nAfter\n")  # noqa: PT018
        assert "outdated" not in text
        assert text.count(report.tables(measured, tmp_path)) == 1


def test_a_readme_without_markers_is_left_unchanged(
    measured: Card, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("My own words", "utf-8")
    report.write(measured, tmp_path)
    assert readme.read_text("utf-8") == "My own words"
    assert "The tables were not written" in capsys.readouterr().out
