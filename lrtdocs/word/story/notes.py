"""Footnotes and endnotes of a filled document: as many as its text refers to, in that order.

LibreOffice looks notes up by their order and not by their number. A note whose reference is left
out by a condition, or repeated by a loop, would put the text of all later notes under the wrong
reference. So the notes are laid out again after such a document is filled.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.ooxml import (
    ENDNOTES_TYPE,
    FOOTNOTES_TYPE,
    parse_xml,
    serialize_xml,
    to_int,
    w,
)

if TYPE_CHECKING:
    from lrtdocs.word.package.package import Package

REFERENCES = {w("footnoteReference"), w("endnoteReference")}
_KINDS = {FOOTNOTES_TYPE: "footnote", ENDNOTES_TYPE: "endnote"}


def note_parts(package: Package) -> dict[str, str]:
    """Return the parts of `package` that hold notes: "footnote" or "endnote"."""
    return {part: _KINDS[package.types.of(part)] for part in package.parts_of_type(*_KINDS)}


def order_notes(main: bytes, notes: bytes, kind: str) -> tuple[bytes, bytes]:
    """Return the text `main` and its `notes` of one `kind`, those in the order of the text.

    A note that is referred to again is copied, without what must be unique.
    """
    root, part = parse_xml(main), parse_xml(notes)
    known = {
        note.get(w("id"), ""): note
        for note in part.iterchildren(w(kind))
        if note.get(w("type"), "normal") == "normal"  # and not the line above them
    }
    number = max((to_int(note.get(w("id"))) for note in part if note.get(w("type"))), default=0)
    for note in known.values():
        part.remove(note)
    used: set[str] = set()
    for reference in root.iter(w(f"{kind}Reference")):
        old = reference.get(w("id"), "")
        if old in known:
            number += 1
            note = copy.deepcopy(known[old])
            if old in used:
                etree.strip_elements(note, w("bookmarkStart"), w("bookmarkEnd"))
            used.add(old)
            for element in (note, reference):
                element.set(w("id"), str(number))
            part.append(note)
    return serialize_xml(root), serialize_xml(part)
