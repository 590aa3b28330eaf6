"""Words of its own in each field of a file, so that a page tells by itself where the field is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs.source.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from lrtdocs.source.yaml.text import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.source.yaml.nodes import Node

    Loc = tuple[str | int, ...]

_WORD = re.compile(r"(?<![\w{.@/'-])[A-Za-z][a-z]{3,}(?![\w}.@/:'-])")
_NO_TEXT = {
    *("datum", "tijd", "dagtekening", "dagtekening_verslag", "afzender", "doel"),
    *("email", "telefoon", "link", "vast", "gereed", "sinds", "bestand", "vorige"),
    *("volgende_vergadering", "vastgesteld", "versie", "ontvangers", "halfjaar"),
    *("tabel", "bijstelling", "afronding", "openbaar", "rubricering", "sjabloon"),
    *("taal", "handtekening", "kolommen", "bestandsnaam", "stemming", "status"),
}
"""Keys of what cannot be any word."""


def put_words(text: str) -> tuple[str, dict[str, Loc]]:
    """Return the YAML `text` with a word of its own in each line of text, and where each leads."""
    node, _ = parse_yaml(text, "bestand")
    assert node is not None
    lines = text.split("\n")
    known: dict[str, Loc] = {}
    for loc, scalar in reversed(list(_texts(node, ()))):
        assert scalar.layout is not None
        block = scalar.layout.style in {"|", ">"}
        first, last = scalar.layout.start[0] + block, scalar.layout.end[0]
        for row in range(first, min(last + (not block), len(lines))):
            start = 0 if block else scalar.layout.start[1]
            stop = len(lines[row]) if block else scalar.layout.end[1]
            found = _WORD.search(lines[row], start, stop)
            if found:
                word = f"{'Z' if found[0][0].isupper() else 'z'}q{_letters(len(known))}x"
                known[word] = loc
                lines[row] = lines[row][: found.start()] + word + lines[row][found.end() :]
    return "\n".join(lines), known


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + (number // 26**place) % 26) for place in range(3))


def _texts(node: Node, loc: Loc) -> Iterator[tuple[Loc, ScalarNode]]:
    if loc and loc[-1] in _NO_TEXT:
        return
    if isinstance(node, MappingNode):
        for key, value in node.entries:
            yield from _texts(value, (*loc, key.text))
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _texts(item, (*loc, index))
    elif node.layout is not None and " " in node.text:  # one word may be a choice
        yield loc, node
