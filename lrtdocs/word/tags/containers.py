"""Where tags stand: what lies between two of them must be a whole piece of XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtdocs.word.package.ooxml import w

if TYPE_CHECKING:
    from lxml import etree

Where = tuple[Any, str]
"""The element that holds a mark, and the name of the attribute it stands in, or ""."""


def fits(first: Where, second: Where) -> bool:
    """Tell whether leaving out what stands between two marks leaves well-formed XML."""
    if first[1] or second[1]:
        return first[0] is second[0] and first[1] == second[1]
    one, other = _path(first[0]), _path(second[0])
    while one and other and one[0] is other[0]:
        del one[0], other[0]
    names = [element.tag for element in one]
    return names == [element.tag for element in other] and (not names or names[0] in _CROSSABLE)


_CROSSABLE = {w("p"), w("r"), w("t")}


def _path(element: etree._Element) -> list[etree._Element]:
    return [*reversed(list(element.iterancestors())), element]


_NAMES = {
    "tc": "in een tabelcel",
    "tr": "tussen cellen",
    "tbl": "tussen tabelrijen",
    "hyperlink": "in een link",
    "txbxContent": "in een tekstvak",
    "sdtContent": "in een inhoudsbesturingselement",
    "p": "in een alinea",
}


def describe_places(first: Where, second: Where) -> str:
    """Return in Dutch on what sorts of places two marks stand."""
    one, other = _describe(first), _describe(second)
    if one == other:
        other = other.replace("in een ", "in een andere ", 1)
        other = other.replace("andere tekstvak", "ander tekstvak")
        other = other.replace("andere inhouds", "ander inhouds")
    return f"{one} en {other}"


def _describe(where: Where) -> str:
    """Return on what sort of place a mark stands; a paragraph only when it is in nothing else."""
    if where[1]:
        return "in een eigenschap"
    names = [str(element.tag).rpartition("}")[2] for element in reversed(_path(where[0]))]
    found = [name for name in names if name in _NAMES]
    if found[:1] == ["p"] and len(found) > 1:
        found = found[1:]
    return _NAMES[found[0]] if found else "tussen alinea's"
