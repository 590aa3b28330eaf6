"""What must be known of a Word document when it becomes a PDF, for who does not know Word.

Whatever the document is, reading it never fails: what cannot be read is not known.
"""

from __future__ import annotations

import hashlib
import re
import string
import zipfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.language import Taal, parse_taal
from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.elements import drop, is_on
from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    CORE_TYPE,
    ENDNOTES_TYPE,
    FOOTER_TYPE,
    FOOTNOTES_TYPE,
    HEADER_TYPE,
    NUMBERING_TYPE,
    STORY_TYPES,
    STYLES_TYPE,
    THEME_TYPE,
    WML_TYPE,
    R,
    local_name,
    parse_xml,
    w,
)
from lrtdocs.word.package.package import Package, read_own, read_types
from lrtdocs.word.printed import hidden_styles, printed, styles_called
from lrtdocs.word.tags.fields import CONTENTS, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_RUNNING = (w("headerReference"), w("footerReference"))
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_BESIDE = (HEADER_TYPE, FOOTER_TYPE, NUMBERING_TYPE)
_NOTES = (FOOTNOTES_TYPE, ENDNOTES_TYPE)
_TELLING = (WML_TYPE, CORE_TYPE, THEME_TYPE)
_PROPERTIES = ("title", "creator", "subject", "keywords", "identifier")
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[\s>/]")
_ALWAYS = frozenset(string.ascii_letters + string.digits + " -.")  # labels, numbers of pages
_PARAGRAPHS_PER_PAGE = 40
_UNREADABLE = (OSError, ValueError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the PDF of a document has to hold.

    `properties` are those of _PROPERTIES as far as they are there. `body` is the text that is
    printed, in order; `beside` that of notes and text boxes; `first` that of the header and footer
    of the first page, `later` that of those of the others: see `printed.py`. `characters` are those
    that may be in the PDF, in list labels too, `pages` about how many there are. `contents` tells
    of a table of contents, to be made anew; `formulas` are to be drawn. `digest` is the SHA-256 of
    the document; one that is `tracked` has changes that Word keeps track of. Its `language` is
    Dutch, unless its properties name English, as those of a letter in English do.
    """

    properties: Mapping[str, str] = field(default_factory=dict)
    modified: datetime | None = None
    body: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    characters: frozenset[str] = _ALWAYS
    pages: int = 1
    contents: bool = False
    formulas: tuple[str, ...] = ()
    digest: str = ""
    tracked: bool = False
    language: str = Taal.NL.tag


def read_facts(
    docx: bytes, *, whole: bytes = b"", without: frozenset[str] = frozenset()
) -> DocumentFacts:
    """Return what is known of `docx`, which is what may be seen of `whole`, if that is given.

    What stands in styles with the names `without` is left out.
    """
    return replace(_read_facts(docx, without), digest=hashlib.sha256(whole or docx).hexdigest())


def _read_facts(docx: bytes, without: frozenset[str]) -> DocumentFacts:
    try:
        parts = _read_parts(docx)
        core = {local_name(each): (each.text or "").strip() for each in _root(parts, CORE_TYPE)}
        styles = parts.get(parts.part_of_type(STYLES_TYPE), b"")
        hidden = hidden_styles(styles) | styles_called(styles, without)
        main = parts.main
        root = parts.parse(main)
        contents = any(field.name in CONTENTS for field in fields_of(root))
        first, later = _running(parts, root, hidden)
        body, boxes = printed(root, hidden)
        notes = [_printed(parts[name], hidden) for name in parts.parts_of_type(*_NOTES)]
        beside = [_characters(parts[name]) for name in parts.parts_of_type(*_BESIDE)]
        stories = parts.parts_of_type(*STORY_TYPES)
        tracked = any(_TRACKED.search(parts[name]) for name in stories)
    except _UNREADABLE:
        return DocumentFacts()
    texts = (tuple(body), (*boxes, *chain(*notes)))
    characters = _ALWAYS.union(*beside, *chain(*texts))
    return DocumentFacts(
        {name: core[name] for name in _PROPERTIES if core.get(name)},
        _read_moment(core.get("modified", "")),
        *texts,
        first,
        later,
        characters.union("".join(characters).upper()) - {"\n", "\v"},
        1 + len(body) // _PARAGRAPHS_PER_PAGE,
        contents,
        tuple("".join(map(str, formula.itertext())) for formula in root.iter(_FORMULA)),
        tracked=tracked,
        language=_read_language(core.get("language", "")),
    )


def _running(
    parts: Package, root: etree._Element, hidden: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the texts of headers and footers: of the first page, and of those behind it.

    Of more sections, or of odd and even pages, only the first page can be known.
    """
    sections = list(root.iter(w("sectPr")))
    references = sections[0].iter(*_RUNNING) if sections else ()
    kinds = {(str(each.get(w("type"))), str(each.get(f"{{{R}}}id"))) for each in references}
    other_first = bool(sections) and is_on(sections[0].find(w("titlePg")))
    sure = len(sections) == 1 and "even" not in dict(kinds)
    targets = {row.id: row.part for row in parts.relations(parts.main).values()} if kinds else {}
    for kind in ("first" if other_first else "default", "default" if sure else ""):
        names = [targets.get(target, "") for each, target in sorted(kinds) if each == kind]
        yield tuple(chain(*(_printed(parts[name], hidden) for name in names if name in parts)))


@lru_cache(maxsize=500)  # letters of a run have most of these parts in common
def _printed(part: bytes, hidden: frozenset[str]) -> tuple[str, ...]:
    """Return the pieces of text of a header, a footer or the notes."""
    return tuple(chain(*printed(parse_xml(part), hidden)))


def _read_parts(docx: bytes) -> Package:
    """Return the parts of `docx` that tell of it, whatever their names are."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        types, names = read_types(archive.read(CONTENT_TYPES)), archive.namelist()
        telling = [n for n in names if types.of(n).startswith(_TELLING) or n.endswith(".rels")]
        return Package("", {name: archive.read(name) for name in (CONTENT_TYPES, *telling)})


def _root(parts: Package, kind: str) -> etree._Element:
    """Return the part of the content type `kind`, or something empty if it is not there."""
    part = parts.part_of_type(kind)
    return parts.parse(part) if part else etree.Element("nothing")


@lru_cache(maxsize=500)  # letters of a run have most of these parts in common
def _characters(part: bytes) -> frozenset[str]:
    """Return the characters in a header or a footer, and in the labels of lists."""
    root = parse_xml(part)
    labels = (str(level.get(w("val"), "")) for level in root.iter(w("lvlText")))
    return frozenset().union(*map(str, root.itertext()), *labels)


def _read_language(text: str) -> str:
    return (parse_taal(text.partition("-")[0]) or Taal.NL).tag


def _read_moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def let_rows_split(docx: bytes) -> bytes | None:
    """Return `docx` with rows that may split over two pages, or None if they all may already."""
    changed = False
    try:
        package = read_own(docx)
        for part in {package.main, package.part_of_type(STYLES_TYPE)} - {""}:
            root = package.parse(part)
            marks = list(root.iter(w("cantSplit")))
            for mark in marks:
                drop(mark)
            if marks:
                package.write(part, root)
            changed = changed or bool(marks)
    except _UNREADABLE:
        return None
    return write_package(package) if changed else None


def wanted_fonts(docx: bytes) -> set[str]:
    """Return the fonts that the text of `docx` asks for: not those of all its unused styles."""
    try:
        parts = _read_parts(docx)
        stories = [parts.parse(name) for name in parts.parts_of_type(*STORY_TYPES)]
        styles, themed = _root(parts, STYLES_TYPE), parts.theme_fonts()
    except _UNREADABLE:
        return set()
    return {
        font
        for part in [*stories, *_used_styles(styles, stories)]
        for fonts in part.iter(w("rFonts"))
        for font in _fonts_of(fonts, themed)
    }


def _fonts_of(fonts: etree._Element, themed: Mapping[str, str]) -> set[str]:
    """Return the fonts that `fonts` names; those of the theme come before others."""
    by_theme = {str(fonts.get(w(f"{kind}Theme"), ""))[:5] for kind in ("ascii", "hAnsi")}
    names = {str(fonts.get(w(kind), "")) for kind in ("ascii", "hAnsi")} - {""}
    return {themed[kind] for kind in by_theme if kind in themed} or names


def _used_styles(
    styles: etree._Element, stories: Iterable[etree._Element]
) -> Iterator[etree._Element]:
    """Yield the defaults of `styles` and the styles that `stories` use, with what they rest on."""
    by_id = {str(style.get(w("styleId"))): style for style in styles.iter(w("style"))}
    used = {
        str(mark.get(w("val")))
        for story in stories
        for mark in story.iter(w("pStyle"), w("rStyle"), w("tblStyle"))
    }
    ordinary = {
        name
        for name, style in by_id.items()
        if style.get(w("default")) == "1" and style.get(w("type")) == "paragraph"
    }
    if not any(next(by_id[name].iter(w("rFonts")), None) is not None for name in ordinary):
        yield from styles.iter(w("rPrDefault"))
    waiting, seen = sorted(used | ordinary), set[str]()
    while waiting:
        name = waiting.pop()
        if name in by_id and name not in seen:
            seen.add(name)
            yield by_id[name]
            waiting += [
                str(mark.get(w("val"))) for mark in by_id[name].iter(w("basedOn"), w("link"))
            ]
