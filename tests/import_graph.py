"""Which module of lrtdocs imports which: those for types only and late ones are counted too."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "lrtdocs"


@cache
def modules() -> dict[str, Path]:
    """Return the modules by name; a package by its own."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


@cache
def trees() -> dict[Path, ast.Module]:
    """Return the syntax tree of every module by its path."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules().values()}


@cache
def imports() -> dict[str, frozenset[str]]:
    """Return what every module imports of lrtdocs, however it does so."""
    return {name: frozenset(_imports_of(name, path)) for name, path in modules().items()}


def _imports_of(name: str, path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(trees()[path]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                found.add(below if below in modules() else node.module)
    return {each for each in found if each in modules() and each != name}


def find_cycle() -> list[str]:
    """Return modules that import each other in a ring, or []."""
    done: set[str] = set()

    def walk(name: str, above: list[str]) -> list[str]:
        if name in above:
            return [*above[above.index(name) :], name]
        if name in done:
            return []
        for other in sorted(imports()[name]):
            if ring := walk(other, [*above, name]):
                return ring
        done.add(name)
        return []

    return next((ring for name in modules() if (ring := walk(name, []))), [])


def longest_chain() -> list[str]:
    """Return the longest row of modules of which each imports the next; there is no cycle."""

    @cache
    def chain(name: str) -> tuple[str, ...]:
        return (name, *max((chain(other) for other in imports()[name]), key=len, default=()))

    return list(max(map(chain, modules()), key=len))
