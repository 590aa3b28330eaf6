"""Footnotes and endnotes on a page: each number leads to its note, and the note leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import path
from lrtdocs.word.package.ooxml import ENDNOTES_TYPE, FOOTNOTES_TYPE, escape, to_int, w
from lrtdocs.word.reading.lists import format_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from lrtdocs.word.package.package import Package

KINDS = {"footnote": FOOTNOTES_TYPE, "endnote": ENDNOTES_TYPE}


class Reference(NamedTuple):
    """A number in the text: its HTML, and the number as it is printed."""

    reference: str
    label: str


class Note(NamedTuple):
    """A note that the text refers to: in which part it stands, its element, and its number."""

    part: str
    element: etree._Element
    label: str
    name: str
    called: str


class Notes:
    """The notes of one document, in the order in which its text refers to them."""

    def __init__(self, package: Package, called: Mapping[str, str]) -> None:
        self._package, self._called = package, called
        self._known: dict[str, dict[str, etree._Element]] = {}
        self._parts: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self.found: list[Note] = []

    def refer(self, kind: str, note_id: str) -> Reference:
        """Return the number of the next note, the one of that `kind` and id; nothing if none is."""
        element = self._notes_of(kind).get(note_id)
        if element is None:
            return Reference("", "")
        form, start = self._numbering(kind)
        self._counts[kind] = self._counts.get(kind, start - 1) + 1
        label = format_label(self._counts[kind], form)
        name = f"{'voetnoot' if kind == 'footnote' else 'eindnoot'}-{self._counts[kind]}"
        called = f"{self._called[kind]} {label}"
        self.found.append(Note(self._parts[kind], element, label, name, called))
        link = (
            f'<a id="bij-{name}" href="#{name}" role="doc-noteref" '
            f'aria-label="{escape(called)}">{escape(label)}</a>'
        )
        return Reference(f"<sup>{link}</sup>", label)

    def number_of(self, note: Note) -> str:
        """Return the number before a `note`, that leads back to the text."""
        back = escape(f"{note.label}, {self._called['back']}")
        return (
            f'<a class="terug" href="#bij-{note.name}" role="doc-backlink" '
            f'aria-label="{back}">{escape(note.label)}</a>'
        )

    def _notes_of(self, kind: str) -> dict[str, etree._Element]:
        if kind not in self._known:
            part = self._package.part_of_type(KINDS[kind])
            notes = self._package.parse(part).iterchildren(w(kind)) if part else ()
            self._known[kind] = {
                one.get(w("id"), ""): one
                for one in notes
                if one.get(w("type"), "normal") == "normal"
            }
            self._parts[kind] = part
        return self._known[kind]

    def _numbering(self, kind: str) -> tuple[str, int]:
        """Return how notes of that `kind` are counted, and from which number on."""
        settings = self._package.related(self._package.main, "settings")
        holders = [self._package.tree(self._package.main).find(path(f"body/sectPr/{kind}Pr"))]
        if settings in self._package:
            holders.append(self._package.tree(settings).find(w(f"{kind}Pr")))
        form, start = "decimal" if kind == "footnote" else "lowerRoman", 1
        for holder in reversed(holders):
            if holder is None:
                continue
            for said in holder.iterchildren(w("numFmt")):
                form = said.get(w("val"), form)
            for said in holder.iterchildren(w("numStart")):
                start = to_int(said.get(w("val")), start)
        return form, start
