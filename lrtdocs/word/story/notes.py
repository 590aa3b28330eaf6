"""Footnotes and endnotes of a filled document: as many as its text refers to, in that order.

LibreOffice looks notes up by their order and not by their number. A note whose reference is left
out by a condition, or repeated by a loop, would put the text of all later notes under the wrong
reference. So the notes are laid out again after such a document is filled.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lrtdocs.word.package.elements import drop
from lrtdocs.word.package.ooxml import (
    ENDNOTES_TYPE,
    FOOTNOTES_TYPE,
    local_name,
    parse_xml,
    serialize_xml,
    to_int,
    w,
)

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.word.package.package import Package

REFERENCES = {w("footnoteReference"), w("endnoteReference")}
_KINDS = {FOOTNOTES_TYPE: "footnote", ENDNOTES_TYPE: "endnote"}
_ONCE = [w("bookmarkStart"), w("bookmarkEnd")]


def note_parts(package: Package) -> dict[str, str]:
    """Return the parts of `package` that hold notes: "footnote" or "endnote"."""
    return {part: _KINDS[package.types.of(part)] for part in package.parts_of_type(*_KINDS)}


def order_notes(main: bytes, notes: bytes, kind: str) -> tuple[bytes, bytes]:
    """Return the text `main` and its `notes` of one `kind`, those in the order of the text."""
    root, part = parse_xml(main), parse_xml(notes)
    known = {note.get(w("id"), ""): note for note in part if _is_note(note, kind)}
    number = max((to_int(note.get(w("id"))) for note in part if note.get(w("type"))), default=0)
    ordered: list[etree._Element] = []
    used: set[str] = set()
    for reference in root.iter(w(f"{kind}Reference")):
        old = reference.get(w("id"), "")
        if old not in known:
            continue
        number += 1
        note = _copy_note(known[old], again=old in used)
        used.add(old)
        for element in (note, reference):
            element.set(w("id"), str(number))
        ordered.append(note)
    for note in known.values():
        part.remove(note)
    part.extend(ordered)
    return serialize_xml(root), serialize_xml(part)


def _is_note(note: etree._Element, kind: str) -> bool:
    """Tell whether `note` is one, and not the line above them."""
    return local_name(note) == kind and note.get(w("type"), "normal") == "normal"


def _copy_note(note: etree._Element, *, again: bool) -> etree._Element:
    """Return a copy of `note`; of one that was there already without what must be unique."""
    fresh = copy.deepcopy(note)
    for element in list(fresh.iter(*_ONCE)) if again else ():
        drop(element)
    return fresh
