"""A finished Word document as one HTML page with the same text.

The page is one file: no script, nothing that is fetched, pictures in it. What stands in a header or
a footer stands once, above or below; what counts pages is left out, as is what later pages only say
again. What stands beside the text at the top, such as who sends it, is a part of its own, so that
people can pass it by. The order is that of the document, since that is how it is read aloud.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.language import Taal
from lrtdocs.word.package.elements import is_on, path
from lrtdocs.word.package.ooxml import (
    CORE_TYPE,
    STORY_TYPES,
    R,
    escape,
    local_name,
    parse_xml,
    to_int,
    w,
)
from lrtdocs.word.package.package import read_own
from lrtdocs.word.reading.lists import Lists
from lrtdocs.word.tags.paragraphs import text_of
from lrtdocs.word.web.inline import same_language
from lrtdocs.word.web.notes import Notes
from lrtdocs.word.web.pictures import Pictures
from lrtdocs.word.web.seal import seal_page
from lrtdocs.word.web.shared import Shared
from lrtdocs.word.web.story import Story, frame_of
from lrtdocs.word.web.styles import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.package.package import Package

_WORDS = {
    Taal.NL: {
        "beside": "Afzender en kenmerk",
        "notes": "Voetnoten",
        "table": "Tabel",
        "footnote": "voetnoot",
        "endnote": "eindnoot",
        "back": "terug naar de tekst",
    },
    Taal.EN: {
        "beside": "Sender and reference",
        "notes": "Notes",
        "table": "Table",
        "footnote": "footnote",
        "endnote": "endnote",
        "back": "back to the text",
    },
}
"""What a screen reader says of parts of the page that have no text of their own."""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_META = {"creator": "author", "subject": "description"}


class WebPage(NamedTuple):
    """A page, and what of its document it does not show."""

    data: bytes
    problems: tuple[Problem, ...]


def make_page(docx: bytes, name: str = "", *, of: bytes = b"") -> WebPage:
    """Return the page with the text of the document `docx`, which people call `name`.

    That is what is shown of the document `of`, if that is given.
    """
    package = read_own(docx)
    package.name = name
    html, problems = _Page(package).write()
    return WebPage(seal_page(html.encode(), of or docx), problems)


class _Page:
    """One document on its way to a page."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._core = _properties(package)
        sheet = sheet_of(package)
        self._language = self._core.get("language") or sheet.language or Taal.NL.tag
        taal = Taal.EN if same_language(self._language, Taal.EN.tag) else Taal.NL
        self._words = _WORDS[taal]
        self._shared = Shared(
            package,
            sheet,
            Lists(package),
            Notes(package, self._words),
            Pictures(package),
            self._words,
            self._language,
            _anchors(package),
        )
        self._text: frozenset[str] = frozenset()

    def write(self) -> tuple[str, tuple[Problem, ...]]:
        """Return the page, and what of the document it does not show."""
        story = Story(self._shared, self._package.main)
        body = story.root.find(w("body"))
        blocks = [] if body is None else list(story.blocks(body))
        sections = list(story.root.iter(w("sectPr")))
        top, beside, text = _zones(blocks, sections)
        above, aside, main = story.write_framed(top), story.write(beside), story.write_framed(text)
        notes = self._write_notes()
        self._text = frozenset(self._shared.said)
        parts = list(self._running(sections))
        above = self._write_running(parts, "header") + above
        below = self._write_running(parts, "footer")
        html = "".join((
            f"<header>\n{above}</header>\n" if above else "",
            f'<aside aria-label="{escape(self._words["beside"])}">\n{aside}</aside>\n'
            if aside
            else "",
            f"<main>\n{self._title()}{main}{notes}</main>\n",
            f"<footer>\n{below}</footer>\n" if below else "",
        ))  # fmt: skip
        kind = ' class="naast"' if aside else ""
        page = f"{self._head()}<body{kind}>\n{html}</body>\n</html>\n"
        return page, tuple(self._shared.pictures.problems)

    def _title(self) -> str:
        """Return a title for a page without any heading, for who has headings read."""
        if self._shared.first_heading:
            return ""
        return f'<h1 class="verborgen">{escape(self._name())}</h1>\n'

    def _write_notes(self) -> str:
        found, html = self._shared.notes.found, ""
        at = 0
        stories: dict[str, Story] = {}
        while at < len(found):  # a note may refer to another
            note = found[at]
            at += 1
            if note.part not in stories:
                stories[note.part] = Story(self._shared, note.part, root=note.element)
            story = stories[note.part]
            inside = story.write(story.blocks(note.element))
            number = self._shared.notes.number_of(note)
            start, end, rest = inside.partition(">")
            number += "" if rest[:1].isspace() else " "
            inside = f"{start}{end}{number}{rest}" if end else f"<p>{number}</p>"
            html += f'<div class="noot" id="{note.name}">{inside}</div>\n'
        if not html:
            return ""
        named = f'role="doc-endnotes" aria-label="{escape(self._words["notes"])}"'
        return f'<section class="noten" {named}>\n{html}</section>\n'

    # --- headers and footers

    def _running(self, sections: Iterable[etree._Element]) -> Iterator[tuple[str, str]]:
        """Yield the headers and footers that are shown, each once: its kind and its part."""
        rows = self._package.relations(self._package.main)
        settings = self._package.related(self._package.main, "settings")
        odd_and_even = settings in self._package and is_on(
            self._package.tree(settings).find(w("evenAndOddHeaders"))
        )
        given: dict[tuple[str, str], None] = {}
        for section in sections:
            kinds = ["first"] if is_on(section.find(w("titlePg"))) else []
            kinds += ["default", *(["even"] if odd_and_even else [])]
            for kind in kinds:
                for name in ("header", "footer"):
                    for one in section.iterchildren(w(f"{name}Reference")):
                        row = rows.get(one.get(f"{{{R}}}id", ""))
                        if one.get(w("type"), "default") == kind and row is not None:
                            given[name, row.part] = None
        yield from ((name, part) for name, part in given if part in self._package)

    def _write_running(self, parts: Iterable[tuple[str, str]], kind: str) -> str:
        """Return what headers or footers say, each thing once, without numbers of pages.

        What those of later pages say, the text may say itself.
        """
        html = list[str]()
        said: set[str] = set()
        for part in (part for each, part in parts if each == kind):
            story = Story(self._shared, part, said=said)
            html.append(story.write_framed(story.blocks(story.root)))
            said |= self._text
        return "".join(html)

    # --- the head

    def _name(self) -> str:
        """Return the title of the page, which no file name gives: that may tell of the machine."""
        said = self._shared.first_heading or self._shared.first_text
        return self._core.get("title") or " ".join(said.split()) or "document"

    def _head(self) -> str:
        meta = "".join(
            f'<meta name="{name}" content="{escape(self._core[key])}">\n'
            for key, name in _META.items()
            if self._core.get(key)
        )
        rules = "".join(
            f".{name}{{{css}}}" + (f".{name}+.{name}{{{beside}}}" if beside else "")
            for (css, beside), name in self._shared.classes.items()
        )
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(self._language)}">\n<head>\n'
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(self._name())}</title>\n{meta}"
            f"<style>\n{_style()}{rules}\n</style>\n</head>\n"
        )


@lru_cache(maxsize=1)
def _style() -> str:
    """Return the style of all pages."""
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8")


def _properties(package: Package) -> dict[str, str]:
    part = package.part_of_type(CORE_TYPE)
    root = parse_xml(package[part]) if part else ()
    return {local_name(one): " ".join((one.text or "").split()) for one in root}


def _anchors(package: Package) -> frozenset[str]:
    """Return the bookmarks that links in the document lead to."""
    stories = package.parts_of_type(*STORY_TYPES)
    asked: set[str] = set()
    for part in stories:
        if b"w:anchor=" in package[part] or b"HYPERLINK" in package[part]:
            root = package.tree(part)
            asked |= {one.get(w("anchor"), "") for one in root.iter(w("hyperlink"))}
            codes = "".join(one.text or "" for one in root.iter(w("instrText")))
            asked |= set(re.findall(r'\\l\s+"([^"]*)"', codes))
    if not asked - {""}:
        return frozenset()
    marks = (mark for part in stories for mark in package.tree(part).iter(w("bookmarkStart")))
    return frozenset(asked & {mark.get(w("name"), "") for mark in marks} - {""})


# --- what stands where


def _zones(
    blocks: list[etree._Element], sections: list[etree._Element]
) -> tuple[list[etree._Element], list[etree._Element], list[etree._Element]]:
    """Return of `blocks` those above the first page, those beside the text, and the text itself.

    Only what comes first is above or beside; of the rest the order is that of the document.
    """
    top: list[etree._Element] = []
    beside: list[etree._Element] = []
    edges = _edges_of(sections[0]) if sections else None
    for at, block in enumerate(blocks):
        zone = _zone_of(block, *edges) if edges else ""
        if zone == "top" and not beside:
            top.append(block)
        elif zone == "beside":
            beside.append(block)
        elif frame_of(block) is not None or text_of(block).strip() or block.tag != w("p"):
            return top, beside, blocks[at:]
    return top, beside, []


def _edges_of(section: etree._Element) -> tuple[int, int] | None:
    """Return how deep the text of a page begins, and how far it goes to the right."""
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return None
    right = to_int(size.get(w("w"))) - to_int(margins.get(w("right")))
    return to_int(margins.get(w("top"))), right


def _zone_of(block: etree._Element, top: int, right: int) -> str:
    """Return where the frame of `block` stands on the page: "top", "beside", or ""."""
    frame = block.find(path("pPr/framePr")) if block.tag == w("p") else None
    if frame is None or {frame.get(w("vAnchor")), frame.get(w("hAnchor"))} != {"page"}:
        return ""
    if to_int(frame.get(w("x"))) >= right:
        return "beside"
    return "top" if to_int(frame.get(w("y"))) < top else ""
