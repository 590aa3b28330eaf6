"""Where tags stand: what lies between two of them must be a whole piece of XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtdocs import messages
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
    "tc": ("deel.in_een_cel", "deel.in_andere_cel"),
    "tr": ("deel.tussen_cellen", "deel.tussen_cellen"),
    "tbl": ("deel.tussen_tabelrijen", "deel.tussen_tabelrijen"),
    "hyperlink": ("deel.in_een_link", "deel.in_andere_link"),
    "txbxContent": ("deel.in_een_tekstvak", "deel.in_andere_tekstvak"),
    "sdtContent": ("deel.in_een_besturing", "deel.in_andere_besturing"),
    "p": ("deel.in_een_alinea", "deel.in_andere_alinea"),
    "@": ("deel.in_een_eigenschap", "deel.in_andere_eigenschap"),
    "": ("deel.tussen_alineas", "deel.tussen_alineas"),
}
"""What a mark stands in (@ is an attribute), and how one and another such place are called."""


def describe_places(first: Where, second: Where) -> str:
    """Return in Dutch on what sorts of places two marks stand."""
    one, other = _kind(first), _kind(second)
    key = _NAMES[other][1 if one == other else 0]
    return messages.text(
        "deel.twee_plaatsen", one=messages.text(_NAMES[one][0]), other=messages.text(key)
    )


def _kind(where: Where) -> str:
    """Return on what sort of place a mark stands; a paragraph only when it is in nothing else."""
    if where[1]:
        return "@"
    names = [str(element.tag).rpartition("}")[2] for element in reversed(_path(where[0]))]
    found = [name for name in names if name in _NAMES]
    return next((name for name in found if name != "p"), found[0] if found else "")
