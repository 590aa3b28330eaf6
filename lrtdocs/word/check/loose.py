"""Formatting that stands loose in the text, beside the style: told when it changes anything.

Word and LibreOffice write down a good deal that the style says too; that is no one's mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.check.formatting import Looks, read_looks
from lrtdocs.word.check.house_rules import house_rules
from lrtdocs.word.package.ooxml import local_name, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

_LOOSE = {
    "b": "vet",
    "i": "cursief",
    "u": "onderstreept",
    "strike": "doorgehaald",
    "caps": "hoofdletters",
    "smallCaps": "kleine hoofdletters",
    "sz": "een andere lettergrootte",
    "rFonts": "een ander lettertype",
    "color": "een kleur",
    "jc": "een andere uitlijning",
    "ind": "een inspringing",
    "spacing": "witruimte of regelafstand",
    "pBdr": "een rand",
    "shd": "een achtergrond",
    "tabs": "tabstops",
    "numPr": "een opsomming",
    "pageBreakBefore": "een nieuwe pagina",
}
_KEYS = {
    "b": ("bold",),
    "i": ("italic",),
    "u": ("underline",),
    "strike": ("strike",),
    "caps": ("caps",),
    "sz": ("size",),
    "rFonts": ("font",),
    "color": ("colour",),
    "ind": ("left", "hanging", "first"),
    "spacing": ("before", "after", "line"),
    "numPr": ("list",),
}
_NOTHING = {"", "0", "nee", "none", "auto", "nil", "clear", "start", "left"}


def loose_formatting(
    properties: etree._Element | None,
    style: Looks,
    theme: Mapping[str, str],
    told: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """Yield in Dutch each sort of formatting in `properties` that the `style` does not have.

    `told` are the looks that were told on their own.
    """
    own = read_looks(properties, theme)
    for child in properties if properties is not None else ():
        name = local_name(child)
        if name not in _LOOSE or str(child.tag) in house_rules().direct:
            continue
        keys = _KEYS.get(name)
        if keys is None:
            changes = not _is_nothing(child)
        else:
            changes = any(_differs(key, own, style) for key in keys if key not in told)
        if changes and not (name == "ind" and "list" in style):
            yield _LOOSE[name]


def _differs(key: str, own: Looks, style: Looks) -> bool:
    if key not in own:
        return False
    if key == "list":
        return "list" not in style and own[key] not in _NOTHING
    here, there = own[key], style.get(key, "")
    return here != there and not {here, there} <= _NOTHING


def _is_nothing(element: etree._Element) -> bool:
    """Tell whether `element` says that there is nothing: no border, no shade, the usual side."""
    values = [child.get(w("val"), "") for child in element]
    if local_name(element) not in {"pBdr", "tabs"}:
        values = [element.get(w("val"), "ja")]
    fill = element.get(w("fill"), "auto")
    return all(value in _NOTHING for value in values) and fill in {*_NOTHING, "FFFFFF"}
