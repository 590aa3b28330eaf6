"""Footnotes and endnotes of a filled document: as many as its text refers to, in that order.

LibreOffice looks notes up by their order and not by their number. A note whose reference is left
out by a condition, or repeated by a loop, would put the text of all later notes under the wrong
reference. So the notes are laid out again after such a document is filled, and so are those that
stand in a text.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.elements import add, make
from lrtdocs.word.package.ooxml import (
    ENDNOTES_TYPE,
    FOOTNOTES_TYPE,
    XML_HEAD,
    M,
    R,
    W,
    parse_xml,
    serialize_xml,
    to_int,
    w,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.word.package.package import Package

NOTES_MEMBER = "word/footnotes.xml"
_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}
"""The ids of the lines above the notes, and what they are."""
_EMPTY = (
    f'{XML_HEAD}<w:footnotes xmlns:w="{W}" xmlns:r="{R}">'
    + "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" '
        f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in _SEPARATORS.items()
    )
    + "</w:footnotes>"
)
_BEHIND = {
    *(w(name) for name in ("endnotePr", "compat", "docVars", "rsids", "attachedSchema")),
    *(w(name) for name in ("themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats")),
    *(w(name) for name in ("shapeDefaults", "decimalSymbol", "listSeparator")),
    f"{{{M}}}mathPr",
}
"""What stands behind w:footnotePr in the settings."""
REFERENCES = {w("footnoteReference"), w("endnoteReference")}
_KINDS = {FOOTNOTES_TYPE: "footnote", ENDNOTES_TYPE: "endnote"}


def note_parts(package: Package) -> dict[str, str]:
    """Return the parts of `package` that hold notes: "footnote" or "endnote"."""
    return {part: _KINDS[package.types.of(part)] for part in package.parts_of_type(*_KINDS)}


def notes_member(package: Package) -> tuple[str, int]:
    """Return the part for the footnotes of `package`, which may not be there, and a free id."""
    member = package.related(package.main, "footnotes")
    if member not in package:
        return NOTES_MEMBER, 1
    ids = [to_int(note.get(w("id"))) for note in package.tree(member)]
    return member, max(ids, default=0) + 1


def add_notes(package: Package, member: str, notes: Sequence[str]) -> None:
    """Add `notes`, each a w:footnote, to the part `member` of `package`, which is made if need be.

    They stand in the order in which they were written: see `order_notes`.
    """
    if member not in package:
        package.add_part(
            member, _EMPTY.encode(), FOOTNOTES_TYPE, "footnotes", "rIdLrtNotes", package.main
        )
        _declare_separators(package)
    root = package.parse(member)
    made = f'<w:footnotes xmlns:w="{W}" xmlns:r="{R}">{"".join(notes)}</w:footnotes>'
    root.extend(list(parse_xml(made.encode())))
    package.write(member, root)


def _declare_separators(package: Package) -> None:
    """Let the settings of `package` name the lines above the notes, as Word does."""
    part = package.related(package.main, "settings")
    if part not in package:
        return
    root = package.parse(part)
    if root.find(w("footnotePr")) is not None:
        return
    properties = make("footnotePr")
    for number in _SEPARATORS:
        add(properties, "footnote", id=number)
    behind = next((child for child in root if child.tag in _BEHIND), None)
    if behind is None:
        root.append(properties)
    else:
        behind.addprevious(properties)
    package.write(part, root)


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
