"""Fingerprints of data, settings and code: a cached result is used only for what it was made from.

Each is a SHA-256 hash in hex. What is different has another one.
"""

import ast
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[2]

KEY_LENGTH = 12
"""How many characters of a fingerprint are part of a file's name."""


def of_arrays(arrays: Iterable[NDArray[Any]]) -> str:
    """Return the fingerprint of arrays: their types, shapes and values, in their order."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(f"{array.dtype.str} {array.shape}\n".encode())
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def of_settings(settings: Mapping[str, object]) -> str:
    """Return the fingerprint of settings: what JSON can hold, and the text of what it cannot."""
    text = json.dumps(settings, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def of_code(module: str, *, root: Path = ROOT) -> str:
    """Return the fingerprint of a module and of all that it imports from its own package.

    Comments and the layout of the code do not count.

    Args:
        module: The module's dotted name.
        root: The folder of the package.

    Raises:
        FileNotFoundError: There is no such module.
    """
    sources = {module: _tree(root, module)}
    for name in (unread := [module]):  # which grows meanwhile
        for imported in _imports(sources[name]):
            if imported not in sources and imported.partition(".")[0] == module.partition(".")[0]:
                try:
                    sources[imported] = _tree(root, imported)
                except FileNotFoundError:  # it is no module, but a name in one
                    continue
                unread.append(imported)
    digest = hashlib.sha256()
    for name in sorted(sources):
        digest.update(f"{name}\n{ast.dump(sources[name])}\n".encode())
    return digest.hexdigest()


def of_file(path: Path) -> str:
    """Return the fingerprint of a Python file alone, without comments and layout."""
    return hashlib.sha256(ast.dump(ast.parse(path.read_bytes())).encode()).hexdigest()


def _tree(root: Path, module: str) -> ast.Module:
    path = root.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    tree = ast.parse(path.read_bytes())
    tree.body = [node for node in tree.body if not _is_for_types_only(node)]
    return tree


def _is_for_types_only(node: ast.stmt) -> bool:
    """Return whether a statement is for type checkers, and is not run."""
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


def _imports(tree: ast.Module) -> Iterable[str]:
    """Return what a module imports anywhere in it, by dotted names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
