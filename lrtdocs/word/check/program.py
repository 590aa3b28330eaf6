"""The tags of a part, in their order, as one Jinja program without any XML between them.

Its syntax tree tells what each word means, also inside a loop, where the tags cannot be compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import Place
from lrtdocs.word.tags.tags import Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import nodes

_CELL_VALUES, _CELL_PLAIN = ("colspan", "cellbg"), ("vm", "hm")


def as_program(tags: Iterable[Tag]) -> tuple[str, Callable[[nodes.Node], Tag]]:
    """Return the source of `tags` together, and which of them a node of its tree comes from."""
    pieces: list[str] = []
    lines: dict[int, Tag] = {}
    line = 1
    for tag in tags:
        source = _source(tag)
        lines[line + 1] = tag  # its body begins on the line behind its opening
        line += source.count("\n")
        pieces.append(source)
    nowhere = Tag(TagKind.INTERNAL, "", Place(""))
    return "".join(pieces), lambda node: lines.get(node.lineno, nowhere)


def _source(tag: Tag) -> str:
    """Return what `tag` says to Jinja; a tag for a cell prints what stands behind its word."""
    if tag.kind in {TagKind.COMMENT, TagKind.ESCAPE} or tag.word in _CELL_PLAIN:
        return ""
    if tag.word in _CELL_VALUES:
        return f"{{{{\n{tag.body.removeprefix(tag.word)} }}}}\n"
    return f"{tag.source}\n"
