"""The shape of the code, where no linter looks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "lrtdocs"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FUNCTION = 50  # lines
LONGEST_FILE = 400
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "base", "common", "misc"}


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_functions_and_files_stay_short(path: Path) -> None:
    long = [
        function.name
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert long == []
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_no_module_is_called_after_nothing() -> None:
    assert [path for path in MODULES if path.stem in FORBIDDEN_NAMES] == []


def test_every_module_is_packaged() -> None:
    from configparser import ConfigParser

    config = ConfigParser()
    config.read(PACKAGE.parent / "setup.cfg", encoding="utf-8")
    listed = set(config["options"]["packages"].split())
    folders = {".".join(path.relative_to(PACKAGE.parent).parent.parts) for path in MODULES}
    assert folders <= listed
