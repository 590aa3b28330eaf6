"""The shape of the house, where no linter looks: rooms, imports, names, and who speaks."""

from __future__ import annotations

import ast
import re
from collections import Counter
from configparser import ConfigParser
from typing import TYPE_CHECKING

import pytest
from import_graph import PACKAGE, find_cycle, imports, longest_chain, modules, trees

if TYPE_CHECKING:
    from pathlib import Path

PATHS = sorted(modules().values())
LONGEST_FUNCTION = 50  # lines
MOST_IN_A_FOLDER = 20  # modules
LONGEST_CHAIN = 30  # modules; eight of them are the floor of the page, between cli and api
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "base", "common", "misc"}
TEXTS = r"(?:message|remedy|expected|melding|remedie)"
DECISIONS = re.compile(
    rf"""["'] (?:not )?in \w+(?:\.\w+)*\.{TEXTS}\b"""
    rf"|\.{TEXTS}\.(?:startswith|endswith|partition|rpartition|split|find|index|removeprefix)\("
    rf"|\.{TEXTS} (?:==|!=) |re\.\w+\([^)]*\.{TEXTS}\b"
    r"|str\((?:error|problem)\)\.(?:startswith|endswith|r?partition|split)\("
)
"""What it looks like when something is decided by the text of a message."""


def relative(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def test_no_function_is_longer_than_a_screen() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{relative(path)}: {node.name}"
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, kinds) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_a_folder_can_be_read_as_a_list_of_contents() -> None:
    counts = Counter(path.parent for path in PATHS if path.name != "__init__.py")

    assert {relative(f): n for f, n in counts.items() if n > MOST_IN_A_FOLDER} == {}


def test_no_modules_import_each_other_not_for_types_either() -> None:
    assert find_cycle() == []


def test_a_change_reaches_no_further_than_the_longest_chain_of_imports() -> None:
    chain = longest_chain()

    assert len(chain) <= LONGEST_CHAIN, " -> ".join(chain)


@pytest.mark.parametrize(
    ("room", "users"),
    [
        ("word.check", {"lrtdocs.api", "lrtdocs.run.templates", "lrtdocs.run.letters.survey"}),
        ("word.fill", {"lrtdocs.api", "lrtdocs.run"}),
        ("pdf.bulk", {"lrtdocs.run.letters", "lrtdocs.pdf"}),
    ],
)
def test_a_room_is_entered_only_by_who_needs_it(room: str, users: set[str]) -> None:
    inside = f"lrtdocs.{room}"
    entered = {
        name
        for name, others in imports().items()
        if not name.startswith(inside) and any(other.startswith(inside) for other in others)
    }

    assert {name for name in entered if not name.startswith(tuple(users))} == set()


def test_no_module_is_called_after_nothing() -> None:
    assert [path for path in PATHS if path.stem in FORBIDDEN_NAMES] == []


def test_problems_are_made_by_the_catalogue_alone() -> None:
    makers = [
        f"{relative(path)}:{node.lineno}"
        for path, tree in trees().items()
        if path.name not in {"messages.py", "errors.py"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Problem"
    ]

    assert makers == []


def test_nothing_is_decided_by_the_text_of_a_message() -> None:
    decided = [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in PATHS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if DECISIONS.search(line)
    ]

    assert decided == []


def test_every_module_is_packaged() -> None:
    config = ConfigParser()
    config.read(PACKAGE.parent / "setup.cfg", encoding="utf-8")
    listed = set(config["options"]["packages"].split())
    folders = {".".join(path.relative_to(PACKAGE.parent).parent.parts) for path in PATHS}

    assert folders <= listed
