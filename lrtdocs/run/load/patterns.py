"""Words in braces in a mailing: where they are filled in, and where they would be sent as they are.

Only the name of a file and a reference are patterns. A `{naam}` in a text would stand in every
letter as it was typed, which nobody means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Severity, suggest
from lrtdocs.source.build.reading import place_of
from lrtdocs.source.yaml.nodes import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.mailing import Mailing
    from lrtdocs.model.patroon import Patroon
    from lrtdocs.source.yaml.nodes import Node

PATTERNS = ("bestandsnaam", "onze_referentie")
_BRACED = re.compile(r"(?<!\{)\{([a-z][a-z0-9_]*)(?::[^{}]*)?\}(?!\})")


def check_patterns(mailing: Mailing, node: Node, known: Set[str]) -> Iterator[Problem]:
    """Yield a problem for a word in a pattern that is not `known`, and for one in a text.

    `known` are the words that every recipient has; `node` is what the mailing was read from.
    """
    for name in PATTERNS:
        pattern: Patroon | None = getattr(mailing, name)
        for word in sorted(pattern.words - known) if pattern else ():
            yield _unknown(place_of(node, (name,)), word, known)
    if isinstance(node, MappingNode):
        for key, below in node.entries:
            if key.text not in PATTERNS:
                yield from _find_braced(below, known)


def _unknown(place: Place, word: str, known: Set[str]) -> Problem:
    guess = suggest(word, known)
    return messages.problem(
        "LRT705",
        place,
        word=word,
        guess=f"; {guess}" if guess else ".",
        known=", ".join(sorted(known)),
    )


def _find_braced(node: Node, known: Set[str]) -> Iterator[Problem]:
    """Yield a problem for every word in braces in the texts of `node`."""
    if isinstance(node, ScalarNode):
        for number, line in enumerate(node.text.split("\n")):
            for found in _BRACED.finditer(line):
                yield _braced(node, number, found, known=found[1] in known)
        return
    for child in _children(node):
        yield from _find_braced(child, known)


def _children(node: MappingNode | SequenceNode) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        return (child for _, child in node.entries)
    return iter(node.items)


def _braced(node: ScalarNode, line: int, found: re.Match[str], *, known: bool) -> Problem:
    """Return the problem of a word in braces: an error if it is surely meant to be filled in."""
    return messages.problem(
        "LRT714",
        node.place_at(line, found.start()),
        Severity.ERROR if known else Severity.WARNING,
        found=found[0],
        word=found[1],
        patterns=" en ".join(PATTERNS),
    )
