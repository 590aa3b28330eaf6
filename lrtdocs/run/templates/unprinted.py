"""What is in the file of a meeting, and a template of somebody's own does not print.

A copy of a template does not learn the words that came later. Its agenda would be without those
invited, and nobody would know. So what the template of lrtdocs prints of the file, and this one
does not, is told; whoever left it out on purpose reads a tip.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lrtdocs.documents.fields import fields_of
from lrtdocs.messages import problem
from lrtdocs.run.meetings.comparing import is_used
from lrtdocs.run.templates.vocabulary import printed_words
from lrtdocs.shipped import templates_folder
from lrtdocs.source.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from lrtdocs.word.check.remedies import remedy_for_needed
from lrtdocs.word.compile.template import compile_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Place, Problem
    from lrtdocs.source.yaml.nodes import Node
    from lrtdocs.word.compile.template import Template

_NO = {"", "nee"}
_MORE = {"contactpersoon": "contactpersonen"}
"""Keys that may have a list, and the word that a template prints it by."""


def find_unprinted(node: Node, kind: str, template: Template) -> Iterator[Problem]:
    """Yield a tip for each word of the file `node` that only the shipped template prints."""
    ours, theirs, told = _shipped_words(kind), printed_words(template), set[str]()
    for word, place in _typed_words(node):
        above = word.rpartition(".")[0].removesuffix("[]")
        if word in told or not is_used(word, ours) or is_used(word, theirs):
            continue
        told.add(word)
        if above not in told:
            remedy = remedy_for_needed(word, fields_of(kind))
            yield problem("LRT363", place, None, name=template.name, word=word, remedy=remedy)


@lru_cache
def _shipped_words(kind: str) -> set[str]:
    path = templates_folder() / f"{kind}.docx"
    return printed_words(compile_template(path.read_bytes(), path.name))


def _typed_words(node: Node, path: str = "") -> Iterator[tuple[str, Place]]:
    """Yield the path of each key that has a value, as a word, and where it stands."""
    if isinstance(node, SequenceNode):
        for item in node.items:
            yield from _typed_words(item, f"{path}[]")
    for key, value in node.entries if isinstance(node, MappingNode) else ():
        word = f"{path}.{key.text}" if path else key.text
        if word in _MORE and isinstance(value, SequenceNode) and len(value.items) > 1:
            word = _MORE[word]
        if not (isinstance(value, ScalarNode) and value.text.strip().lower() in _NO):
            yield word, key.place
            yield from _typed_words(value, word)
