"""The marks in a publication copy: each a link to what it means, at the end of the document.

A mark is text, `[5.1.2e]`, which came in with the words of the document. What it stands for is told
by the link (its ScreenTip, and in a PDF its description) and in words at the end.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lrtdocs.language import Taal, parse_taal
from lrtdocs.model.openbaar.aloud import aloud_in, article_in, words_in
from lrtdocs.model.openbaar.gronden import GRONDEN, MARK
from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.elements import add, ancestor, make, val
from lrtdocs.word.package.ooxml import (
    CORE_TYPE,
    ENDNOTES_TYPE,
    FOOTNOTES_TYPE,
    STORY_TYPES,
    XML_SPACE,
    to_int,
    w,
)
from lrtdocs.word.package.package import read_own
from lrtdocs.word.provenance import write_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.model.openbaar.gronden import Grond
    from lrtdocs.word.package.package import Package

HEADING = {Taal.NL: "Weggelaten in deze versie", Taal.EN: "Left out in this version"}
INTRODUCTION = {
    Taal.NL: "Waar een grond tussen vierkante haken staat, is iets weggelaten. Dit zijn die "
    "gronden, met de woorden van de Wet open overheid (Woo).",
    Taal.EN: "Where a ground stands between square brackets, something was left out. These are "
    "those grounds of the Dutch Open Government Act (Wet open overheid, Woo), in English.",
}
_ACT = {Taal.NL: "van de Wet open overheid", Taal.EN: "of the Dutch Open Government Act (Woo)"}
_HEADINGS = ("lrt slotkop", "lrt tussenkop")
_TEXTS = ("body text", "lrt alinea")
_LAST_LEVEL = 9


def meaning_of(grond: Grond, taal: Taal = Taal.NL) -> str:
    """Return what stands behind a mark at the end of a document in `taal`."""
    article = article_in(grond, taal)
    article += "," if "," in article else ""
    return f" {article} {_ACT[taal]}: {words_in(grond, taal)}."


def link_marks(docx: bytes) -> bytes:
    """Return `docx` with its marks as links to their meaning, which is told at its end.

    That is in the language of the document. One without marks is returned as it is.
    """
    package = read_own(docx)
    taal = _taal_of(package)
    used = list(_find_grounds(package))
    if not used:
        return docx
    main = package.main
    for part in [main, *package.parts_of_type(FOOTNOTES_TYPE, ENDNOTES_TYPE)]:
        root = package.parse(part)
        for run in list(_plain_runs(root)):
            _link_run(run, taal)
        if part == main:
            _add_meanings(package, root, [GRONDEN[code] for code in GRONDEN if code in used], taal)
        package.write(part, root)
    return write_sealed(package)


def _taal_of(package: Package) -> Taal:
    """Return the language that the properties of a document name; without one that is Dutch."""
    part = package.part_of_type(CORE_TYPE)
    named = package.parse(part).findtext("{*}language") if part else None
    return parse_taal((named or "").partition("-")[0]) or Taal.NL


def drop_tips(root: etree._Element) -> bool:
    """Take the ScreenTips of links to a place in the story `root` itself; tell if there were any.

    LibreOffice 25.2 drops such a link with its tip, so that its PDF would have none.
    """
    links = [link for link in root.iter(w("hyperlink")) if link.get(w("anchor"))]
    return bool([link.attrib.pop(w("tooltip")) for link in links if link.get(w("tooltip"))])


def for_pdf(docx: bytes) -> bytes:
    """Return `docx` as its PDF is to be made of it."""
    package = read_own(docx)
    for part in package.parts_of_type(*STORY_TYPES):
        root = package.parse(part)
        if drop_tips(root):
            package.write(part, root)
    return write_package(package)


def _find_grounds(package: Package) -> Iterator[str]:
    for part in package.parts_of_type(*STORY_TYPES):
        for paragraph in package.parse(part).iter(w("p")):
            yield from MARK.findall("".join(text.text or "" for text in paragraph.iter(w("t"))))


def _plain_runs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs that have a mark in them and are not in a link or a field already."""
    depth = 0
    for run in root.iter(w("r")):
        marks = [str(mark.get(w("fldCharType"))) for mark in run.iter(w("fldChar"))]
        depth += marks.count("begin") - marks.count("end")
        inside = depth or any(
            ancestor(run, name) is not None for name in ("hyperlink", "fldSimple")
        )
        if not inside and any(MARK.search(text.text or "") for text in run.iterchildren(w("t"))):
            yield run


def _link_run(run: etree._Element, taal: Taal) -> None:
    """Put in the place of `run` what it holds, with a link around each mark."""
    fresh: list[etree._Element] = []
    for child in list(run):
        if child.tag == w("rPr"):
            continue
        for piece, code in _pieces(child):
            part = _run_like(run, piece)
            if code:
                link = make("hyperlink", anchor=_bookmark(code), history=1)
                link.set(w("tooltip"), aloud_in(GRONDEN[code], taal))
                link.append(part)
                part = link
            fresh.append(part)
    for element in fresh:
        run.addprevious(element)
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)


def _pieces(child: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield `child` of a run, cut where marks are, each with the code of its mark or ""."""
    if child.tag != w("t"):
        yield child, ""
        return
    text, done = child.text or "", 0
    for match in [*MARK.finditer(text), None]:
        before = text[done : match.start() if match else None]
        if before:
            yield _text(before), ""
        if match:
            yield _text(match[0]), match[1]
            done = match.end()


def _text(text: str) -> etree._Element:
    element = make("t")
    element.text = text
    element.set(XML_SPACE, "preserve")
    return element


def _run_like(run: etree._Element, child: etree._Element) -> etree._Element:
    fresh = make("r")
    properties = run.find(w("rPr"))
    if properties is not None:
        fresh.append(copy.deepcopy(properties))
    fresh.append(child)
    return fresh


def _bookmark(code: str) -> str:
    return f"weggelaten_{code.replace('.', '_')}"


# --- what the marks mean


def _add_meanings(package: Package, root: etree._Element, grounds: list[Grond], taal: Taal) -> None:
    """Add the words of `grounds` at the end of the body in `root`."""
    body = root.find(w("body"))
    if body is None:
        return
    styles = {val(style, "name").lower(): name for name, style in package.styles().items()}
    known = [to_int(mark.get(w("id"))) for mark in root.iter(w("bookmarkStart"))]
    first = max(known, default=0) + 1
    fresh = [_heading(root, styles, taal), _paragraph(styles, [(INTRODUCTION[taal], False)])]
    for number, grond in enumerate(grounds, start=first):
        paragraph = _paragraph(styles, [(grond.mark, True), (meaning_of(grond, taal), False)])
        at = 1 if paragraph.find(w("pPr")) is not None else 0
        name = {"id": number, "name": _bookmark(grond.code)}
        paragraph.insert(at, make("bookmarkStart", **name))
        add(paragraph, "bookmarkEnd", id=number)
        fresh.append(paragraph)
    last = body.find(w("sectPr"))
    for element in fresh:
        if last is None:
            body.append(element)
        else:
            last.addprevious(element)


def _heading(root: etree._Element, styles: dict[str, str], taal: Taal) -> etree._Element:
    """Return the heading: of a style for one, or of no style as bold text that is a heading."""
    style = next((styles[name] for name in _HEADINGS if name in styles), "")
    paragraph = make("p")
    properties = add(paragraph, "pPr")
    if style:
        add(properties, "pStyle", val=style)
    else:
        add(properties, "keepNext")
        add(properties, "spacing", before=240, after=60)
        add(properties, "outlineLvl", val=_level(root))
    run = add(paragraph, "r")
    if not style:
        add(add(run, "rPr"), "b")
    run.append(_text(HEADING[taal]))
    return paragraph


def _level(root: etree._Element) -> int:
    """Return the level of a heading of no style: the highest one there is, or the first."""
    levels = [to_int(mark.get(w("val")), _LAST_LEVEL) for mark in root.iter(w("outlineLvl"))]
    return min(levels, default=0) % _LAST_LEVEL


def _paragraph(styles: dict[str, str], texts: list[tuple[str, bool]]) -> etree._Element:
    style = next((styles[name] for name in _TEXTS if name in styles), "")
    paragraph = make("p")
    if style:
        add(add(paragraph, "pPr"), "pStyle", val=style)
    for text, bold in texts:
        run = add(paragraph, "r")
        if bold and "strong" in styles:
            add(add(run, "rPr"), "rStyle", val=styles["strong"])
        elif bold:
            add(add(run, "rPr"), "b")
        run.append(_text(text))
    return paragraph
