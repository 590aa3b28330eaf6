"""Where tags stand: what lies between two of them must be a whole piece of XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtdocs.word.ooxml import w

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


def describe_place(where: Where) -> str:
    """Return in Dutch on what sort of place a mark stands."""
    names = {
        "tc": "in een tabelcel",
        "tr": "tussen cellen",
        "tbl": "tussen tabelrijen",
        "hyperlink": "in een link",
        "txbxContent": "in een tekstvak",
        "sdtContent": "in een inhoudsbesturingselement",
        "p": "in een alinea",
    }
    if where[1]:
        return "in een eigenschap"
    for element in reversed(_path(where[0])):
        name = str(element.tag).rpartition("}")[2]
        if name in names:
            return names[name]
    return "tussen alinea's"
