"""Elements of an XML file, and their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from lrtdocs.model.characters import ILLEGAL

if TYPE_CHECKING:
    from collections.abc import Iterator

_INDENT = "  "


class Element(NamedTuple):
    """An element with its text or the elements in it, and the `resource` that it points to."""

    name: str
    content: str | tuple[Element, ...]
    resource: str = ""


def element(name: str, *content: Element | None) -> Element:
    """Return an element with what there is of `content` in it."""
    return Element(name, tuple(each for each in content if each is not None))


def write_xml(root: Element, prefix: str = "", **attributes: str) -> bytes:
    """Return the file of `root` with its `attributes`; its elements have the `prefix`."""
    told = "".join(
        f" {name.replace('__', ':')}={quoteattr(text)}" for name, text in attributes.items()
    )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_lines(root, prefix, told, "")]
    return "\n".join([*lines, ""]).encode()


def _lines(node: Element, prefix: str, told: str, indent: str) -> Iterator[str]:
    name = prefix + node.name
    if node.resource:
        told += f" resource={quoteattr(_clean(node.resource))}"
    if isinstance(node.content, str):
        yield f"{indent}<{name}{told}>{escape(_clean(node.content))}</{name}>"
        return
    yield f"{indent}<{name}{told}>"
    for child in node.content:
        yield from _lines(child, prefix, "", indent + _INDENT)
    yield f"{indent}</{name}>"


def _clean(text: str) -> str:
    """Return `text` on one line, without signs that XML does not know."""
    return " ".join(ILLEGAL.sub(" ", text).split())
