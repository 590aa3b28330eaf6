"""What left the house style: fonts, sizes, colours, paper, direct formatting and styles.

Never an error: a document that is not in the house style is still a document. The rules come from
the shipped templates (`house_rules`), what text looks like from its styles (`formatting`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.check.formatting import PROPERTIES, Formatting, StyleSheet, parse_formatting
from lrtdocs.word.check.house_rules import house_rules, page_of, style_of
from lrtdocs.word.check.shown import text_at
from lrtdocs.word.house.pages.styles import TAG_ROW_STYLE, TAG_STYLE
from lrtdocs.word.package.ooxml import local_name, w
from lrtdocs.word.tags.paragraphs import pieces_of_run, runs_of
from lrtdocs.word.tags.tags import narrow_place, prints_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.check.shown import ShownStory

_TAG_STYLES = {TAG_STYLE.casefold(), TAG_ROW_STYLE.casefold()}
_FREE = {
    "font": ("LRT340.los", "LRT340.stijl"),
    "size": ("LRT341.los", "LRT341.stijl"),
    "colour": ("LRT342.los", "LRT342.stijl"),
}
"""What is told of a property that is right wherever it stands: loose in the text, or of a style."""
_DIRECT = {
    "b": "vet",
    "i": "cursief",
    "u": "onderstreept",
    "strike": "doorgehaald",
    "caps": "hoofdletters",
    "smallCaps": "kleine hoofdletters",
    "sz": "een andere lettergrootte",
    "rFonts": "een ander lettertype",
    "color": "een kleur",
    "jc": "een andere uitlijning",
    "ind": "een inspringing",
    "spacing": "witruimte of regelafstand",
    "pBdr": "een rand",
    "shd": "een achtergrond",
    "tabs": "tabstops",
    "numPr": "een opsomming",
    "pageBreakBefore": "een nieuwe pagina",
}
"""Direct formatting by its element, as it is told."""
_NOTHING = {"", "0", "nee", "none", "auto", "nil", "clear", "start", "left"}
_MARGINS = {"top": "boven", "right": "rechts", "bottom": "onder", "left": "links"}
_TOLERANCE = 30  # twips: half a millimetre, what programs lose when they round
_TWIPS_PER_MM = 56.69


# --- text


def check_formatting(story: ShownStory, sheet: StyleSheet) -> Iterator[Problem]:
    """Yield what text and paragraphs of a story look like that the house style does not have."""
    for paragraph in story.places:
        place = story.whole(paragraph)
        text = place.text or ""
        if text.strip() and not prints_nothing(text):
            yield from _check_paragraph(paragraph, place, sheet)
            yield from _check_runs(paragraph, place, sheet)
    for shade in story.root.iter(w("shd")):
        yield from _check_shade(shade, story)


def _check_paragraph(
    paragraph: etree._Element, place: Place, sheet: StyleSheet
) -> Iterator[Problem]:
    style_id, found = style_of(paragraph), text_at(place)
    properties, style = paragraph.find(w("pPr")), sheet.of_paragraph(style_id)
    for what in _direct_formatting(properties, style, sheet):
        yield messages.problem("LRT344", place, what=what, found=found)
    if not style_id:
        return
    name = sheet.names.get(style_id, "")
    if style_id not in sheet.names:
        yield messages.problem("LRT345.onbekend", place, style=style_id, found=found)
    elif name.casefold() not in house_rules().styles:
        yield messages.problem("LRT345.vreemd", place, style=name, found=found)
    elif name.casefold() in _TAG_STYLES:
        yield messages.problem("LRT355", place, style=name, found=found)


def _check_runs(paragraph: etree._Element, place: Place, sheet: StyleSheet) -> Iterator[Problem]:
    style_id, text, offset = style_of(paragraph), place.text or "", 0
    for run in runs_of(paragraph):
        end = offset + sum(len(piece.text) for piece in pieces_of_run(run))
        if text[offset:end].strip():
            where = narrow_place(place, text, offset, end)
            yield from _check_run(run, style_id, where, sheet)
        offset = end


def _check_run(
    run: etree._Element, style_id: str, place: Place, sheet: StyleSheet
) -> Iterator[Problem]:
    properties, style = run.find(w("rPr")), sheet.of_run(style_id, run)
    own = parse_formatting(properties, sheet.theme)
    off, found = _off(style | own), text_at(place)
    for name, value in off.items():
        loose, from_style = _FREE[name]
        key = loose if name in own else from_style
        told = {"value": value, "style": sheet.names.get(style_id, "Standaard")}
        yield messages.problem(key, place, None, **told, found=found)
    for what in _direct_formatting(properties, style, sheet, told=off):
        yield messages.problem("LRT344", place, what=what, found=found)
    if own.get("highlight", "none") != "none":
        yield messages.problem("LRT342.markering", place, found=found)


def _off(formatting: Formatting) -> dict[str, str]:
    """Return what in `formatting` the house style has nowhere, as it is told."""
    values = {name: formatting.get(name, "") for name in _FREE}
    return {
        name: f"#{value}" if name == "colour" else _reads(name, value)
        for name, value in values.items()
        if not house_rules().allows(name, value)
    }


def _direct_formatting(
    properties: etree._Element | None,
    style: Formatting,
    sheet: StyleSheet,
    told: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Yield in Dutch each sort of formatting in `properties` that the `style` does not have.

    Word and LibreOffice write down a good deal that the style says too; that is no one's mistake.
    What was `told` on its own is left out.
    """
    own = parse_formatting(properties, sheet.theme)
    for child in properties if properties is not None else ():
        name = local_name(child)
        if name not in _DIRECT or str(child.tag) in house_rules().direct:
            continue
        names = [one.name for one in PROPERTIES if one.element == name]
        changes = any(_differs(key, own, style) for key in names if key not in (told or ()))
        if (changes if names else _says_something(child)) and not (
            name == "ind" and "list" in style
        ):
            yield _DIRECT[name]


def _differs(name: str, own: Formatting, style: Formatting) -> bool:
    here, there = own.get(name), style.get(name, "")
    if here is None or (name == "list" and "list" in style):
        return False
    return here != there and not {here, there} <= _NOTHING


def _says_something(element: etree._Element) -> bool:
    """Tell whether `element` says that there is something: a border, a shade, another side."""
    values = [child.get(w("val"), "") for child in element]
    if local_name(element) not in {"pBdr", "tabs"}:
        values = [element.get(w("val"), "ja")]
    fill = element.get(w("fill"), "auto")
    return not (set(values) <= _NOTHING and fill in {*_NOTHING, "FFFFFF"})


def _check_shade(shade: etree._Element, story: ShownStory) -> Iterator[Problem]:
    fill = shade.get(w("fill"), "auto")
    if fill.upper() in {"AUTO", "FFFFFF"} or house_rules().allows("colour", fill):
        return
    holder = next(shade.iterancestors(w("tc"), w("p")), None)
    paragraph = next(holder.iter(w("p")), None) if holder is not None else None
    place = story.places.get(paragraph) if paragraph is not None else None
    if place is not None:
        yield messages.problem("LRT342.achtergrond", place, fill=fill, found=text_at(place))


# --- styles


def check_styles(sheet: StyleSheet, place: Place) -> Iterator[Problem]:
    """Yield a warning for each style of the house style that was changed in this template."""
    for style_id, name in sheet.names.items():
        own, above = sheet.own[style_id], _changes(sheet, sheet.base(style_id))
        changes = {
            key: text
            for key, text in _changes(sheet, style_id).items()
            if key in own or key not in above
        }
        if changes:
            listed = ", ".join(changes.values())
            yield messages.problem("LRT346", place, name=name, changes=listed)


def _changes(sheet: StyleSheet, style_id: str) -> dict[str, str]:
    """Return how a style differs from what the house style calls so, by property."""
    variants = house_rules().styles.get(sheet.names.get(style_id, "").casefold(), ())
    if sheet.kinds.get(style_id) not in {"paragraph", "character"} or not variants:
        return {}
    formatting = sheet.whole(style_id)
    return min((_differing(formatting, house) for house in variants), key=len)


def _differing(formatting: Formatting, house: Formatting) -> dict[str, str]:
    """Return how `formatting` differs from `house`; what is told of the text itself is left out."""
    told, changes = _off(formatting), {}
    for one in (one for one in PROPERTIES if one.label and one.name not in told):
        here, there = (both.get(one.name, one.unset) for both in (formatting, house))
        if here != there and not {here, there} <= _UNSET:
            shown = (_reads(one.name, value) for value in (here, there))
            changes[one.name] = f"{one.label} {' in plaats van '.join(shown)}"
    return changes


_UNSET = {"", "nee", "auto", "none"}
_LENGTHS = {"before", "after", "line", "left", "hanging", "first"}  # in twips


def _reads(name: str, value: str) -> str:
    """Return the `value` of the property `name` as it is told."""
    if name == "size":
        return f"{int(value) / 2:g}".replace(".", ",") if value.isdigit() else value
    if name in _LENGTHS and value.isdigit():
        return f"{int(value) / 20:g} pt".replace(".", ",")
    return value or "geen"


# --- pages


def check_pages(story: ShownStory) -> Iterator[Problem]:
    """Yield a warning for each section whose paper or margins are not those of the house style."""
    for section in story.root.iter(w("sectPr")):
        page = page_of(section)
        changes = min((_differences(page, house) for house in house_rules().pages), key=len)
        if changes:
            place, listed = story.place_of(section), ", ".join(changes)
            yield messages.problem("LRT343", place, changes=listed, found=text_at(place))


def _differences(page: Mapping[str, int], house: Mapping[str, int]) -> list[str]:
    changes = []
    sizes = [(page.get(key, 0), house[key]) for key in ("w", "h")]
    if any(abs(here - there) > _TOLERANCE for here, there in sizes):
        shown = " bij ".join(_mm(here) for here, _ in sizes)
        changes.append(f"het papier is {shown} mm in plaats van A4 staand")
    for key, label in _MARGINS.items():
        here, there = page.get(key, 0), house[key]
        if abs(here - there) > _TOLERANCE:
            changes.append(f"marge {label} {_mm(here)} mm in plaats van {_mm(there)}")
    return changes


def _mm(twips: int) -> str:
    return f"{twips / _TWIPS_PER_MM:.1f}".replace(".", ",").removesuffix(",0")
