"""Tracked changes in a template: accepted, and told.

A letter must not carry the history of its template, deleted text would still be printed by
LibreOffice, and a link may not stand inside an insertion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.package.elements import ancestor, drop
from lrtdocs.word.package.ooxml import w

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.errors import Place, Problem

_DELETED = [w(name) for name in ("del", "moveFrom")]
_INSERTED = [w(name) for name in ("ins", "moveTo")]
_OLD_FORMATTING = [
    *(w(f"{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")),
    *(w(name) for name in ("tblPrExChange", "numberingChange", "cellIns", "cellMerge")),
]
_RANGES = [w(f"{kind}Range{end}") for kind in ("moveFrom", "moveTo") for end in ("Start", "End")]
_MARKED = {w("rPr"): w("p"), w("trPr"): w("tr")}


def accept_revisions(root: etree._Element, place: Place) -> list[Problem]:
    """Accept the tracked changes in the story `root`; return a warning when there were any."""
    changes = list(root.iter(*_DELETED, *_INSERTED, *_OLD_FORMATTING, *_RANGES, w("cellDel")))
    for change in changes:
        _accept(change)
    return [messages.problem("LRT317", place)] if changes else []


def _accept(change: etree._Element) -> None:
    parent = change.getparent()
    if parent is None:
        return
    if change.tag in _INSERTED:
        for child in list(change):
            change.addprevious(child)
    elif change.tag in _DELETED and parent.tag in _MARKED and len(change) == 0:
        _remove_marked(parent)
    elif change.tag == w("cellDel"):
        _remove_around(change, "tc")
    drop(change)


def _remove_marked(properties: etree._Element) -> None:
    """Remove the row whose deletion its properties tell, or join a paragraph to the next."""
    if properties.tag == w("trPr"):
        _remove_around(properties, "tr")
        return
    paragraph = ancestor(properties, "p")
    following = None if paragraph is None else paragraph.getnext()
    if paragraph is None or following is None or following.tag != w("p"):
        return
    index = 1 if following.find(w("pPr")) is not None else 0
    for child in reversed([child for child in paragraph if child.tag != w("pPr")]):
        following.insert(index, child)
    if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is None:
        _remove_around(properties, "p")


def _remove_around(element: etree._Element, name: str) -> None:
    holder = ancestor(element, name)
    if holder is not None:
        drop(holder)
