"""What must be known of a Word document when it becomes a PDF, for who does not know Word.

Whatever the document is, reading it never fails: what cannot be read is not known.
"""

from __future__ import annotations

import re
import string
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.elements import drop
from lrtdocs.word.package.ooxml import local_name, parse_xml, serialize_xml, w
from lrtdocs.word.tags.fields import CONTENTS, fields_of
from lrtdocs.word.tags.paragraphs import runs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MAIN, _CORE, _STYLES = "word/document.xml", "docProps/core.xml", "word/styles.xml"
_THEME = "word/theme/theme1.xml"
_BESIDE = re.compile(r"word/(?:(?:header|footer)[^/]*|numbering)\.xml")
_STORIES = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PROPERTIES = ("title", "creator", "subject", "keywords")
_ALWAYS = frozenset(string.ascii_letters + string.digits + " -.")  # labels, numbers of pages
_PARAGRAPHS_PER_PAGE = 40
_UNREADABLE = (OSError, ValueError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the PDF of a document has to hold.

    `properties` are "title", "creator", "subject" and "keywords" as far as they are there,
    `paragraphs` the texts of the body, `characters` those that may be in the PDF, in headers and
    list labels too, `pages` about how many there are. What a field makes up is in no paragraph:
    that parts its text in two. `contents` tells of a table of contents, to be made anew.
    """

    properties: Mapping[str, str] = field(default_factory=dict)
    modified: datetime | None = None
    paragraphs: frozenset[str] = frozenset()
    characters: frozenset[str] = _ALWAYS
    pages: int = 1
    contents: bool = False


def read_facts(docx: bytes) -> DocumentFacts:
    """Return what is known of `docx`."""
    try:
        with zipfile.ZipFile(BytesIO(docx)) as package:
            core = {local_name(each): (each.text or "").strip() for each in _root(package, _CORE)}
            texts, names = _read_texts(_root(package, _MAIN))
            beside = [
                _characters(package.read(name))
                for name in package.namelist()
                if _BESIDE.fullmatch(name)
            ]
    except _UNREADABLE:
        return DocumentFacts()
    paragraphs = frozenset(texts)
    characters = _ALWAYS.union(*beside, *paragraphs)
    return DocumentFacts(
        {name: core[name] for name in _PROPERTIES if core.get(name)},
        _read_moment(core.get("modified", "")),
        paragraphs,
        characters.union("".join(characters).upper()),
        1 + len(texts) // _PARAGRAPHS_PER_PAGE,
        not CONTENTS.isdisjoint(names),
    )


def _read_texts(root: etree._Element) -> tuple[list[str], set[str]]:
    """Return the texts of the paragraphs of `root`, without those of fields, and their names."""
    fields = [field for field in fields_of(root) if field.name != "HYPERLINK"]
    edges = {mark: edge for field in fields for mark, edge in ((field.begin, 1), (field.end, -1))}
    texts, depth = list[str](), 0
    for paragraph in root.iter(w("p")):
        texts.append("")
        for run in runs_of(paragraph):
            for item in run:
                edge = edges.get(item, 0)
                made_up = depth or run.getparent() in edges
                depth += edge
                if edge:
                    texts.append("")
                elif item.tag == w("t") and not made_up:
                    texts[-1] += item.text or ""
    return texts, {field.name for field in fields}


def _root(package: zipfile.ZipFile, name: str) -> etree._Element:
    """Return the part `name`, or something empty if it is not there."""
    try:
        return parse_xml(package.read(name))
    except KeyError:
        return etree.Element("nothing")


@lru_cache(maxsize=500)  # letters of a run have most of these parts in common
def _characters(part: bytes) -> frozenset[str]:
    """Return the characters in a header or a footer, and in the labels of lists."""
    root = parse_xml(part)
    labels = (str(level.get(w("val"), "")) for level in root.iter(w("lvlText")))
    return frozenset().union(*map(str, root.itertext()), *labels)


def _read_moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def let_rows_split(docx: bytes) -> bytes | None:
    """Return `docx` with rows that may split over two pages, or None if they all may already."""
    target, changed = BytesIO(), False
    try:
        with zipfile.ZipFile(BytesIO(docx)) as package, zipfile.ZipFile(target, "w") as made:
            for member in package.infolist():
                data = package.read(member)
                if member.filename in {_MAIN, _STYLES}:
                    root = parse_xml(data)
                    marks = list(root.iter(w("cantSplit")))
                    for mark in marks:
                        drop(mark)
                    changed = changed or bool(marks)
                    data = serialize_xml(root) if marks else data
                made.writestr(member, data)
    except _UNREADABLE:
        return None
    return target.getvalue() if changed else None


def wanted_fonts(docx: bytes) -> set[str]:
    """Return the fonts that the text of `docx` asks for: not those of all its unused styles."""
    try:
        with zipfile.ZipFile(BytesIO(docx)) as package:
            stories = [
                _root(package, name) for name in package.namelist() if _STORIES.fullmatch(name)
            ]
            styles, theme = _root(package, _STYLES), _root(package, _THEME)
    except _UNREADABLE:
        return set()
    themed = {
        local_name(kind)[:5]: str(latin.get("typeface"))
        for kind in theme.iter("{*}majorFont", "{*}minorFont")
        for latin in kind.iter("{*}latin")
    }
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
