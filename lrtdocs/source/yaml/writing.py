"""A value as YAML, in the way a secretary would type it.

Text stands bare where our own reader reads it back as it is, else between quotes; text of several
lines stands under a `|`. What is not sure to be safe is read back before it is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, Union

from lrtdocs.source.yaml.nodes import MappingNode, ScalarNode
from lrtdocs.source.yaml.text import parse_yaml

Data = Union[str, None, list["Data"], dict[str, "Data"]]  # noqa: UP007 - it names itself
"""A node as plain data: text, nothing, a list, or keys with what stands there."""

_SAFE = re.compile(r"(?!(?:null|NULL)$)\w(?:[\w .;()/+–€%…'-]*[\w.;()/+–€%…'-])?")
"""What is text wherever it stands, so that it need not be read back."""
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_FLOWS = ("x: [{0}, b]\n", "x: {{a: {0}, b: c}}\n")
_BLOCKS = ("x: {0}\n", "x:\n  - {0}\n")


class Style(NamedTuple):
    """How far what hangs under a key is indented: the dash of a list, a text, more keys.

    A text that cannot hang there at all, having no columns, is written on one line.
    """

    dash: int = 2
    text: int = 2
    keys: int = 2


class Written(NamedTuple):
    """A value as YAML: what stands behind its key or dash, and the lines below that."""

    head: str
    rows: list[str]


def write_value(value: Data, column: int, style: Style, *, item: bool = False) -> Written:
    """Return `value` as it stands behind a key at `column`, or, of an `item`, behind a dash."""
    if not value and isinstance(value, (list, dict)):
        return Written("[]" if isinstance(value, list) else "{}", [])
    if isinstance(value, list):
        return _write_list(value, column, style, item=item)
    if isinstance(value, dict):
        return _write_mapping(value, column, style, item=item)
    if value is None:
        return Written("", [])
    return write_text(value, column, 2 if item and style.text else style.text)


def _write_list(value: list[Data], column: int, style: Style, *, item: bool) -> Written:
    at = column + (2 if item else style.dash)
    rows = [row for each in value for row in write_item(each, at, style)]
    return Written(rows[0].lstrip(" "), rows[1:]) if item else Written("", rows)


def _write_mapping(value: dict[str, Data], column: int, style: Style, *, item: bool) -> Written:
    at = column + (2 if item else style.keys)
    rows = [row for key, each in value.items() for row in write_entry(key, each, at, style)]
    return Written(rows[0].lstrip(" "), rows[1:]) if item else Written("", rows)


def write_item(value: Data, column: int, style: Style) -> list[str]:
    """Return the lines of an item of a list, with its dash at `column`."""
    head, rows = write_value(value, column, style, item=True)
    return [" " * column + f"- {head}".rstrip(), *rows]


def write_entry(key: str, value: Data, column: int, style: Style) -> list[str]:
    """Return the lines of `key` at `column`, with its value."""
    head, rows = write_value(value, column, style)
    return [" " * column + f"{write_line(key)}: {head}".rstrip(), *rows]


def write_text(text: str, column: int, by: int) -> Written:
    """Return a text: on one line, or else under a `|`, `by` columns beyond `column`."""
    if "\n" not in text.rstrip("\n"):
        return Written(write_line(text.rstrip("\n") if text.strip("\n") else text), [])
    return write_block(text, column, by) or Written(write_line(text), [])


def write_block(text: str, column: int, by: int, chomp: str = "") -> Written | None:
    """Return a text under a `|`, `by` columns beyond `column`; None where that cannot hold it."""
    if any(row.isspace() for row in text.split("\n")) or not 0 < by < 10:
        return None
    indented = text.lstrip("\n").startswith(" ")
    head = f"|{by if indented else ''}{chomp}"
    trial = "\n".join([f"x: {head}", *block_rows(text, by), ""])
    return Written(head, block_rows(text, column + by)) if _reads_as(text, trial) else None


def block_rows(text: str, column: int) -> list[str]:
    """Return the lines of `text`, those with words beginning at `column`."""
    return [" " * column + row if row else "" for row in text.rstrip("\n").split("\n")]


def write_flow(value: Data) -> str:
    """Return `value` on one line, as it stands between brackets or braces."""
    if isinstance(value, list):
        return f"[{', '.join(write_flow(each) or '~' for each in value)}]"
    if isinstance(value, Mapping):
        parts = (f"{write_line(key, flow=True)}: {write_flow(each)}" for key, each in value.items())
        return "{" + ", ".join(part.rstrip() for part in parts) + "}"
    return "" if value is None else write_line(value, flow=True)


def write_line(text: str, *, flow: bool = False) -> str:
    """Return `text` on one line: bare, or in quotes where it must be."""
    if _SAFE.fullmatch(text):
        return text
    frames = _FLOWS if flow else _BLOCKS
    quoted = "".join(_ESCAPED.get(sign, sign) for sign in text)
    ways = [text] if text.strip() == text and "\n" not in text else []
    ways += [f'"{text}"'] if text == quoted else []
    ways += ["'" + text.replace("'", "''") + "'"] if "\\" in quoted and "\n" not in text else []
    for way in ways:
        if all(_reads_as(text, frame.format(way)) for frame in frames):
            return way
    return f'"{quoted}"'


def _reads_as(text: str, yaml: str) -> bool:
    """Tell whether our reader finds `text` first in `yaml`, and nothing to tell about it."""
    node, problems = parse_yaml(yaml, "")
    while node is not None and not isinstance(node, ScalarNode):
        inside = [each for _, each in node.entries] if isinstance(node, MappingNode) else node.items
        node = inside[0] if inside else None  # "{%" begins a mapping that never has anything
    return node is not None and not problems and not node.empty and same(node.text, text)


def same(one: str, other: str) -> bool:
    """Tell whether two texts are the same, but for line ends behind them."""
    return one.rstrip("\n") == other.rstrip("\n")
