"""What a screen reader needs of a template: headings, table headers, alternative text, language.

The filled document is made accessible by the template or not at all, so it is told here, where it
can be mended, and not when the PDF is made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.check.house_rules import house_rules, style_of
from lrtdocs.word.package.ooxml import CORE_TYPE, MC, WP, V, local_name, w
from lrtdocs.word.tags.paragraphs import pieces_of, text_of
from lrtdocs.word.tags.tags import narrow_place, prints_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.check.formatting import StyleSheet
    from lrtdocs.word.check.shown import ShownStory
    from lrtdocs.word.package.package import Package

_FOUND_WIDTH = 60
_DUTCH = "nl"
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_EMPTY_WORDS = {
    "klik hier", "hier", "link", "deze link", "lees meer", "meer", "meer informatie", "website",
    "deze website", "klik",
}  # fmt: skip


def check_document(package: Package, sheet: StyleSheet, place: Place) -> Iterator[Problem]:
    """Yield what is wrong with the document as a whole: its language and its title."""
    if sheet.language and sheet.language != "nl-NL":
        yield messages.problem("LRT350.anders", place, language=sheet.language)
    elif not sheet.language:
        yield messages.problem("LRT350.geen", place)
    if not _title(package):
        yield messages.problem("LRT351", place)


def _title(package: Package) -> str:
    part = package.part_of_type(CORE_TYPE)
    titles = [e.text or "" for e in package.tree(part) if local_name(e) == "title"] if part else []
    return "".join(titles).strip()


def check_access(story: ShownStory, sheet: StyleSheet) -> Iterator[Problem]:
    """Yield what a screen reader would miss in one story."""
    yield from _check_pictures(story)
    yield from _check_shapes(story)
    yield from _check_tables(story)
    yield from _check_links(story)
    for paragraph, place in story.places.items():
        yield from _check_language(paragraph, place)
        yield from _check_blank(paragraph, place, sheet)


def _check_pictures(story: ShownStory) -> Iterator[Problem]:
    for drawing in story.root.iter(f"{{{WP}}}docPr"):
        holder, place = drawing.getparent(), story.place_of(drawing)
        if holder is not None and holder.find(f".//{w('txbxContent')}") is not None:
            yield messages.problem("LRT354", place)
        elif not drawing.get("descr", "").strip() and not _is_decorative(drawing):
            yield messages.problem("LRT347", place, name=drawing.get("name", ""))


def _check_shapes(story: ShownStory) -> Iterator[Problem]:
    """Yield what is wrong with pictures and text boxes of before 2007."""
    for shape in story.root.iter(f"{{{V}}}shape", f"{{{V}}}rect"):
        if next(shape.iterancestors(f"{{{MC}}}Fallback"), None) is not None:
            continue
        place = story.place_of(shape)
        if shape.find(f".//{w('txbxContent')}") is not None:
            yield messages.problem("LRT354", place)
        elif shape.find(f"{{{V}}}imagedata") is not None and not shape.get("alt", "").strip():
            yield messages.problem("LRT347", place, name="")


def _is_decorative(drawing: etree._Element) -> bool:
    marks = (child for child in drawing.iter() if local_name(child) == "decorative")
    return any(mark.get("val", "1") not in {"0", "false"} for mark in marks)


def _check_tables(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning for a table of more than one row, or with a loop, without a header row."""
    for table in story.root.iter(w("tbl")):
        rows = [row for row in table.findall(w("tr")) if _own_text(row)]
        real = [row for row in rows if not prints_nothing(_own_text(row))]
        loops = any("for " in _own_text(row) for row in rows if "{%" in _own_text(row))
        if not real or (len(real) < 2 and not loops):
            continue
        header = real[0].find(f"{w('trPr')}/{w('tblHeader')}")
        if header is None or header.get(w("val"), "1") in {"0", "false"}:
            inside = next(real[0].iter(w("p")), real[0])
            yield messages.problem("LRT349", story.place_of(inside))


def _own_text(row: etree._Element) -> str:
    return "".join(text.text or "" for text in row.iter(w("t"))).strip()


def _check_links(story: ShownStory) -> Iterator[Problem]:
    for link in story.root.iter(w("hyperlink")):
        text = "".join(piece.element.text or "" for piece in pieces_of(link)).strip()
        plain = text.casefold().strip(" .>»")
        place = _within_text(link, text, story)
        if plain in _EMPTY_WORDS:
            yield messages.problem("LRT353.woorden", place, text=text)
        elif _ADDRESS.fullmatch(text):
            yield messages.problem("LRT353.adres", place, text=text)


def _within_text(link: etree._Element, text: str, story: ShownStory) -> Place:
    """Return the place of the `text` of `link` in its paragraph."""
    place, paragraph = story.place_of(link), next(link.iterancestors(w("p")), None)
    whole = "" if paragraph is None else text_of(paragraph)
    start = whole.find(text)
    return narrow_place(place, whole, start, start + len(text)) if start >= 0 else place


def _check_language(paragraph: etree._Element, place: Place) -> Iterator[Problem]:
    for run in paragraph.iter(w("r")):
        language = run.find(f"{w('rPr')}/{w('lang')}")
        value = "" if language is None else language.get(w("val"), "")
        text = "".join(t.text or "" for t in run.findall(w("t"))).strip()
        if value and not value.lower().startswith(_DUTCH) and any(c.isalpha() for c in text):
            found = text[:_FOUND_WIDTH]
            yield messages.problem("LRT350.tekst", place, language=value, found=found)
            return


def _check_blank(paragraph: etree._Element, place: Place, sheet: StyleSheet) -> Iterator[Problem]:
    """Yield a tip for a paragraph without text that stands between others."""
    parent = paragraph.getparent()
    if (
        parent is None
        or parent.tag in {w("tc"), w("txbxContent")}
        or len(parent.findall(w("p"))) < 2
    ):
        return
    if text_of(paragraph).strip():
        return
    properties = paragraph.find(w("pPr"))
    if properties is not None and properties.find(w("sectPr")) is not None:
        return
    name = sheet.names.get(style_of(paragraph), "").casefold()
    if name not in house_rules().spacers and not _ends_table(paragraph):
        yield messages.problem("LRT352", place)


def _ends_table(paragraph: etree._Element) -> bool:
    """Tell whether Word itself wants this paragraph: behind a table, at the end of a part."""
    before, after = paragraph.getprevious(), paragraph.getnext()
    ends = after is None or after.tag in {w("sectPr"), w("tbl")}
    return before is not None and before.tag == w("tbl") and ends
