"""Names of a package that are looked up on first use, so that importing it costs nothing.

The package says them once, as the imports for type checkers under `if TYPE_CHECKING:`. Those are
read from its own source when the first name is asked for.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module


def find_name(package: str, name: str) -> object:
    """Return `name` of `package`, which has it from elsewhere; "__all__" is the list of names.

    Raises AttributeError for a name that it does not have.
    """
    homes = _homes(package)
    if name == "__all__":
        return sorted(homes)
    if name not in homes:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    module, attribute = homes[name]
    return getattr(import_module(module), attribute)


@cache
def _homes(package: str) -> dict[str, tuple[str, str]]:
    """Return the module that each name of `package` comes from, and what it is called there."""
    import ast  # most commands need it not

    loader = getattr(sys.modules[package].__spec__, "loader", None)
    source = loader.get_source(package) if loader is not None else ""
    blocks = [
        block
        for block in ast.parse(source).body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
    ]
    return {
        alias.asname or alias.name: (line.module, alias.name)
        for block in blocks
        for line in block.body
        if isinstance(line, ast.ImportFrom) and line.module
        for alias in line.names
    }
