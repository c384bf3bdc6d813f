"""The rules of import: which package may know which, in no file otherwise and never in a circle."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

FACTS = {"arrays", "errors"}
STEPS = FACTS | {"pipeline"}
FAMILIES = {"model", "data", "worksheet", "photo", "formats", "classroom"}

MAY_IMPORT = {
    "errors": set(),
    "arrays": {"errors"},
    "pipeline": FACTS,
    "model": STEPS,
    "data": STEPS,
    "worksheet": STEPS,
    "classroom": STEPS,
    "photo": STEPS | {"worksheet"},
    "formats": STEPS | {"worksheet"},
    "server": STEPS | FAMILIES,
    "page": STEPS | FAMILIES | {"server"},
    "training": STEPS | {"model", "data"},
    "app": {"server", "page"},
}
"""By package, which other packages its modules may import. The steps at the top are "pipeline"."""

STREAMLIT = {"streamlit", "streamlit_drawable_canvas"}
KNOW_STREAMLIT = {"server", "page", "app"}

DOTTED = re.compile(r"pixelviz(\.\w+)+\.?")
"""A module's name in a string, or its beginning: an import by name is an import too."""


def modules(root: Path) -> dict[str, Path]:
    """Return every module of the project by its dotted name."""
    found = {"app": root / "app.py"}
    for path in sorted((root / "pixelviz").rglob("*.py")):
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


def package_of(module: str) -> str:
    """Return the package that a module of the project belongs to."""
    _, *below = module.split(".")
    if len(below) > 1:
        return below[0]
    if below and below[0] not in FACTS:
        return below[0] if below[0] in MAY_IMPORT else "pipeline"
    return below[0] if below else module


def imports_of(path: Path) -> set[str]:
    """Return what a file imports anywhere in it, also what it names in a string to import later."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and DOTTED.fullmatch(node.value)
        ):
            found.add(node.value.rstrip("."))
    return found


def own_imports(path: Path, known: dict[str, Path]) -> set[str]:
    """Return which of the project's own modules a file imports."""
    found = set()
    for name in imports_of(path):
        parts = name.split(".")
        prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        found |= {next((prefix for prefix in prefixes if prefix in known), "")} - {"", "pixelviz"}
    return found


def test_every_package_has_its_rule(root: Path) -> None:
    packages = {package_of(name) for name in modules(root) if name != "pixelviz"}
    assert packages == set(MAY_IMPORT)


def test_packages_import_only_what_lies_below_them(root: Path) -> None:
    known = modules(root)
    for name, path in known.items():
        package = package_of(name)
        imported = {package_of(other) for other in own_imports(path, known)} - {package}
        assert imported <= MAY_IMPORT.get(package, set()), (name, imported)


def test_there_are_no_circular_imports(root: Path) -> None:
    known = modules(root)
    graph = {name: own_imports(path, known) - {name} for name, path in known.items()}
    TopologicalSorter(graph).prepare()  # raises a CycleError that names the circle


def test_only_page_and_server_know_streamlit(root: Path) -> None:
    for name, path in modules(root).items():
        imported = {other.split(".")[0] for other in imports_of(path)}
        if package_of(name) not in KNOW_STREAMLIT:
            assert not imported & STREAMLIT, name


@pytest.mark.parametrize(
    ("code", "imported"),
    [
        ("def late():\n    from pixelviz.page import canvas", "pixelviz.page.canvas"),
        ("import_module('pixelviz.page.canvas')", "pixelviz.page.canvas"),
        ("import_module(f'pixelviz.page.{part}')", "pixelviz.page"),
        ("import pixelviz.training.fit", "pixelviz.training.fit"),
    ],
)
def test_an_import_is_found_wherever_it_is(tmp_path: Path, code: str, imported: str) -> None:
    (tmp_path / "code.py").write_text(code, "utf-8")
    assert imported in imports_of(tmp_path / "code.py")


def session_keys_written_out(path: Path) -> set[str]:
    """Return the session keys that a file writes out as strings instead of naming them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        key: ast.expr | None = None
        if isinstance(node, ast.Subscript) and is_session(node.value):
            key = node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            key = node.args[0] if is_session(node.func.value) else None
        if isinstance(key, ast.Constant):
            found.add(str(key.value))
    return found


def is_session(node: ast.expr) -> bool:
    """Return whether an expression is `st.session_state`."""
    return isinstance(node, ast.Attribute) and node.attr == "session_state"


def test_every_session_key_stands_in_the_one_table(root: Path) -> None:
    for path in (root / "pixelviz").rglob("*.py"):
        assert not session_keys_written_out(path), path


def test_session_keys_are_found_where_they_are_written_out(tmp_path: Path) -> None:
    code = "st.session_state['a'] = st.session_state.get('b') or st.session_state.pop(state.C)"
    (tmp_path / "code.py").write_text(code, "utf-8")
    assert session_keys_written_out(tmp_path / "code.py") == {"a", "b"}


def test_no_two_session_keys_are_the_same(root: Path) -> None:
    tree = ast.parse((root / "pixelviz/page/state.py").read_text("utf-8"))
    keys = [
        node.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for node in ast.walk(statement.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert len(keys) > 20
    assert len(set(keys)) == len(keys)
