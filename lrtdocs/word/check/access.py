"""What a screen reader needs of a template: headings, table headers, alternative text, language.

The filled document is made accessible by the template or not at all, so it is told here, where it
can be mended, and not when the PDF is made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.check.house import house_rules
from lrtdocs.word.check.shown import style_of, text_at
from lrtdocs.word.package.elements import ancestor, is_decorative, is_fallback, is_on, path, val
from lrtdocs.word.package.ooxml import CORE_TYPE, WP, V, local_name, w
from lrtdocs.word.story.load import level_of
from lrtdocs.word.tags.blocks import chain_behind, match_blocks
from lrtdocs.word.tags.paragraphs import printed_runs, text_of
from lrtdocs.word.tags.tags import OBJECT, find_tags, narrow_place, prints_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.check.shown import ShownStory
    from lrtdocs.word.package.package import Package
    from lrtdocs.word.reading.formatting import StyleSheet
    from lrtdocs.word.tags.blocks import Chain

_FOUND_WIDTH = 60
_DUTCH = "nl"
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_EMPTY_WORDS = {
    "klik hier", "hier", "link", "deze link", "lees meer", "meer", "meer informatie", "website",
    "deze website", "klik",
}  # fmt: skip


def check_document(package: Package, sheet: StyleSheet, place: Place) -> Iterator[Problem]:
    """Yield what is wrong with the document as a whole: its language and its title."""
    if not sheet.language:
        yield messages.problem("LRT350.geen", place)
    elif sheet.language != "nl-NL":
        yield messages.problem("LRT350.anders", place, language=sheet.language)
    part = package.part_of_type(CORE_TYPE)
    titles = [e.text or "" for e in package.tree(part) if local_name(e) == "title"] if part else []
    if not "".join(titles).strip():
        yield messages.problem("LRT351", place)


def check_pictures(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning for each picture without a text, and each text box, also of before 2007."""
    for drawing in story.root.iter(f"{{{WP}}}docPr"):
        holder, place = drawing.getparent(), story.place_of(drawing)
        if holder is not None and _is_text_box(holder):
            yield messages.problem("LRT354", place)
        elif not drawing.get("descr", "").strip() and not is_decorative(drawing):
            yield messages.problem("LRT347", place, name=drawing.get("name", ""))
    for shape in story.root.iter(f"{{{V}}}shape", f"{{{V}}}rect"):
        if is_fallback(shape):
            continue
        if _is_text_box(shape):
            yield messages.problem("LRT354", story.place_of(shape))
        elif shape.find(f"{{{V}}}imagedata") is not None and not shape.get("alt", "").strip():
            yield messages.problem("LRT347", story.place_of(shape), name="")


def _is_text_box(shape: etree._Element) -> bool:
    return shape.find(f".//{w('txbxContent')}") is not None


def check_tables(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning for a table of more than one row, or with a loop, without a header row."""
    for table in story.root.iter(w("tbl")):
        texts = {row: _own_text(row) for row in table.findall(w("tr"))}
        real = [row for row, text in texts.items() if text and not prints_nothing(text)]
        loops = any("{%" in text and "for " in text for text in texts.values())
        if not real or (len(real) < 2 and not loops):
            continue
        if not is_on(real[0].find(path("trPr/tblHeader"))):
            inside = next(real[0].iter(w("p")), real[0])
            yield messages.problem("LRT349", story.place_of(inside))


def _own_text(row: etree._Element) -> str:
    return "".join(text.text or "" for text in row.iter(w("t"))).strip()


def check_links(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning for each link whose text does not say where it goes, or is an address."""
    for link in story.root.iter(w("hyperlink")):
        text = text_of(link).replace(OBJECT, "").strip()
        if text.casefold().strip(" .>»") in _EMPTY_WORDS:
            yield messages.problem("LRT353.woorden", _within_text(link, text, story), text=text)
        elif _ADDRESS.fullmatch(text):
            yield messages.problem("LRT353.adres", _within_text(link, text, story), text=text)


def _within_text(link: etree._Element, text: str, story: ShownStory) -> Place:
    """Return the place of the `text` of `link` in its paragraph."""
    place, paragraph = story.place_of(link), ancestor(link, "p")
    whole = "" if paragraph is None else text_of(paragraph)
    start = whole.find(text)
    return narrow_place(place, whole, start, start + len(text)) if start >= 0 else place


def check_languages(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning for each paragraph with text in another language."""
    for paragraph, place in story.places.items():
        for run, _, _ in printed_runs(paragraph):
            language = val(run, "rPr/lang")
            text = "".join(t.text or "" for t in run.findall(w("t"))).strip()
            foreign = language and not language.lower().startswith(_DUTCH)
            if foreign and any(c.isalpha() for c in text):
                found = text[:_FOUND_WIDTH]
                yield messages.problem("LRT350.tekst", place, language=language, found=found)
                break


def check_blanks(story: ShownStory) -> Iterator[Problem]:
    """Yield a tip for each paragraph without text that stands between others."""
    for paragraph, place in story.places.items():
        parent = paragraph.getparent()
        if parent is None or parent.tag in {w("tc"), w("txbxContent")}:
            continue
        if len(parent.findall(w("p"))) < 2 or text_of(paragraph).strip():
            continue
        name = story.sheet.name_of(style_of(paragraph))
        spacer = name in house_rules().spacers or paragraph.find(path("pPr/sectPr")) is not None
        if not spacer and not _ends_table(paragraph):
            yield messages.problem("LRT352", place)


def _ends_table(paragraph: etree._Element) -> bool:
    """Tell whether Word itself wants this paragraph: behind a table, at the end of a part."""
    before, after = paragraph.getprevious(), paragraph.getnext()
    ends = after is None or after.tag in {w("sectPr"), w("tbl")}
    return before is not None and before.tag == w("tbl") and ends


# --- headings


def check_headings(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning where the headings of the body skip a level, or begin twice with level 1.

    A template is not yet a document: headings in two branches of one if are never both there.
    """
    first: list[Chain] = []
    previous = -1
    for paragraph, level, chain in _headings(story):
        place = story.whole(paragraph)
        if level > previous + 1:
            told = {"level": level + 1, "wanted": previous + 2, "found": text_at(place)}
            yield messages.problem("LRT348.overgeslagen", place, None, **told)
        if level == 0 and any(_together(one, chain) for one in first):
            yield messages.problem("LRT348.tweede", place, found=text_at(place))
        first += [chain] if level == 0 else []
        previous = level


def _headings(story: ShownStory) -> Iterator[tuple[etree._Element, int, Chain]]:
    """Yield the headings with their levels, and the blocks that each stands in."""
    if story.member != story.package.main:
        return
    tags = {p: find_tags(text_of(p), place)[0] for p, place in story.places.items()}
    blocks, _ = match_blocks(tag for found in tags.values() for tag in found)
    whole = {id(tag) for block in blocks if block.is_whole for tag in block.tags}
    chain: Chain = ()
    for paragraph, found in tags.items():
        level = level_of(paragraph, story.levels)
        if level is not None and text_of(paragraph).replace(OBJECT, "").strip():
            yield paragraph, level, chain
        for tag in found:
            chain = chain_behind(tag, chain) if id(tag) in whole else chain


def _together(one: Chain, other: Chain) -> bool:
    """Tell whether two places can be in one document: not in two branches of one block."""
    mine = dict(one)
    return all(mine.get(block, branch) == branch for block, branch in other)
