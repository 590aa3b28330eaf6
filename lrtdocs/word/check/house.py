"""What left the house style: fonts, sizes, colours, paper, direct formatting and styles.

Never an error: a document that is not in the house style is still a document. The rules are read
from the templates that are made with it, so nothing is written down a second time: a size or a
colour is right when a shipped template has it. What text looks like comes from its styles; see
`formatting`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.shipped import templates_folder
from lrtdocs.word.check.shown import style_of, text_at
from lrtdocs.word.house.pages.parts import TAG_ROW_STYLE, TAG_STYLE
from lrtdocs.word.package.elements import val
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import STORY_TYPES, WP, local_name, to_int, w
from lrtdocs.word.package.package import style_chain
from lrtdocs.word.reading.formatting import (
    PROPERTIES,
    Formatting,
    StyleSheet,
    parse_formatting,
    parse_style_sheet,
)
from lrtdocs.word.tags.paragraphs import printed_runs, text_of
from lrtdocs.word.tags.tags import narrow_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.check.shown import ShownStory

_TAG_STYLES = {TAG_STYLE.casefold(), TAG_ROW_STYLE.casefold()}
_SMALLEST, _WHITE = 4, "FFFFFF"  # two points: nobody can read that
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
_UNSET = {"", "nee", "auto", "none"}
_LENGTHS = {"before", "after", "line", "left", "hanging", "first"}  # in twips
_PAGE = {"pgSz": ("w", "h"), "pgMar": ("top", "right", "bottom", "left")}
_MARGINS = {"top": "boven", "right": "rechts", "bottom": "onder", "left": "links"}
_TOLERANCE = 30  # twips: half a millimetre, what programs lose when they round
_TWIPS_PER_MM = 56.69


# --- the rules


@dataclass(frozen=True)
class HouseRules:
    """What is right: pages, styles by name, and the values of the `free` properties.

    Those are fonts, sizes (half points) and colours: right wherever they stand. A style may look
    one way in a letter and another in minutes. `spacers` are the styles whose paragraphs are empty
    on purpose; `direct` is what may stand in a paragraph beside its style.
    """

    free: dict[str, set[str]]
    pages: list[dict[str, int]]
    styles: dict[str, list[Formatting]]
    spacers: set[str]
    direct: set[str]

    def allows(self, name: str, value: str) -> bool:
        """Tell whether the free property `name` may have `value`; "" says nothing of it."""
        return not value or value in self.free[name] or value.upper() in self.free[name]


_OF_TEXTS = ("lrt tabelruimte",)
"""The style of the white beside a table of a text, which no template has itself."""


@cache
def house_rules() -> HouseRules:
    """Return the rules, made once."""
    rules = HouseRules({name: set() for name in _FREE}, [], {}, set(_OF_TEXTS), set())
    rules.free["colour"] |= {"auto", "000000"}
    for file in sorted(templates_folder().glob("*.docx")):
        package = read_package(file.read_bytes(), file.name)
        sheet = parse_style_sheet(package)
        for style_id in sheet.styles:
            _add_style(rules, sheet.name_of(style_id), sheet.whole(style_id))
        for part in package.parts_of_type(*STORY_TYPES):
            _add_story(rules, package.tree(part), sheet)
    return rules


def _add_style(rules: HouseRules, name: str, formatting: Formatting) -> None:
    variants = rules.styles.setdefault(name, [])
    variants += [formatting] if formatting not in variants else []
    for free in _FREE.keys() & formatting:
        rules.free[free].add(formatting[free])


def _add_story(rules: HouseRules, root: etree._Element, sheet: StyleSheet) -> None:
    rules.pages.extend(map(_page_of, root.iter(w("sectPr"))))
    rules.direct.update(str(one.tag) for holder in root.iter(w("pPr"), w("rPr")) for one in holder)
    blank = (p for p in root.iter(w("p")) if not text_of(p).strip())
    rules.spacers.update(sheet.name_of(style_of(paragraph)) for paragraph in blank)


def _page_of(section: etree._Element) -> dict[str, int]:
    """Return the paper and margins of a w:sectPr, in twips."""
    elements = {name: section.find(w(name)) for name in _PAGE}
    return {
        key: to_int(element.get(w(key)))
        for name, element in elements.items()
        if element is not None
        for key in _PAGE[name]
    }


# --- text


def check_looks(story: ShownStory) -> Iterator[Problem]:
    """Yield what text and paragraphs of a story look like that the house style does not have."""
    for paragraph in story.places:
        place, runs = story.whole(paragraph), [*printed_runs(paragraph)]
        if runs:
            yield from _check_paragraph(paragraph, place, story.sheet)
        for run, start, end in runs:
            where = narrow_place(place, place.text or "", start, end)
            yield from _check_run(run, style_of(paragraph), where, story.sheet)
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
    if style_id not in sheet.styles:
        yield messages.problem("LRT345.onbekend", place, style=style_id, found=found)
        return
    name, folded = sheet.styles[style_id].name, sheet.name_of(style_id)
    if folded.startswith("toc "):
        return  # Word's own, of a table of contents
    if folded not in house_rules().styles:
        yield messages.problem("LRT345.vreemd", place, style=name, found=found)
    elif folded in _TAG_STYLES:
        yield messages.problem("LRT355", place, style=name, found=found)


def _check_run(
    run: etree._Element, style_id: str, place: Place, sheet: StyleSheet
) -> Iterator[Problem]:
    properties, style = run.find(w("rPr")), sheet.of_run(style_id, run)
    own, found = parse_formatting(properties, sheet.theme), text_at(place)
    unseen = _unseen(run, style_id, style | own, sheet)
    if unseen:
        key = "LRT362.tag" if "{" in found else "LRT362.tekst"
        yield messages.problem(key, place, None, how=messages.text(unseen), found=found)
        return
    off = _off(own if sheet.name_of(style_id) in house_rules().styles else style | own)
    for name, value in off.items():
        key = _FREE[name][name not in own]
        known = sheet.styles.get(style_id)
        told = {"value": value, "style": known.name if known else "Standaard"}
        yield messages.problem(key, place, None, **told, found=found)
    for what in _direct_formatting(properties, style, sheet, told=off):
        yield messages.problem("LRT344", place, what=what, found=found)
    if own.get("highlight", "none") != "none":
        yield messages.problem("LRT342.markering", place, found=found)


def _unseen(run: etree._Element, style_id: str, looks: Formatting, sheet: StyleSheet) -> str:
    """Return the piece of a message that says why nobody sees `run` on paper, or ""."""
    drawings = (
        each for box in run.iterancestors(w("drawing")) for each in box.iter(f"{{{WP}}}docPr")
    )
    if looks.get("hidden") == "ja" or any(each.get("hidden") in {"1", "true"} for each in drawings):
        return "deel.onzichtbaar_verborgen"
    if to_int(looks.get("size"), _SMALLEST + 1) <= _SMALLEST:
        return "deel.onzichtbaar_klein"
    if looks.get("colour", "").upper() != _WHITE or looks.get("highlight", "none") != "none":
        return ""
    holders = (run, *run.iterancestors(w("p"), w("tc")), *style_chain(style_id, sheet.elements))
    shades = [
        shade.get(w("fill"), "") for each in holders for shade in each.iterfind(f"*/{w('shd')}")
    ]
    styled = any(val(table, "tblPr/tblStyle") for table in run.iterancestors(w("tbl")))
    boxed = next(run.iterancestors(w("txbxContent")), None) is not None  # either may have a colour
    return "" if shades or styled or boxed else "deel.onzichtbaar_wit"


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
    told: Collection[str] = (),
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
        if "list" in style and name in {"ind", "numPr"}:
            continue
        names = [one.name for one in PROPERTIES if one.element == name]
        changes = (key in own and _differ(own[key], style.get(key, ""), _NOTHING)
                   for key in names if key not in told)  # fmt: skip
        if any(changes) if names else _says_something(child):
            yield _DIRECT[name]


def _differ(here: str, there: str, nothing: Collection[str]) -> bool:
    return here != there and not {here, there} <= set(nothing)


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
    for style_id, style in sheet.styles.items():
        above = _changes(sheet, style.base)
        changes = {
            key: text
            for key, text in _changes(sheet, style_id).items()
            if key in style.own or key not in above
        }
        if changes:
            listed = ", ".join(changes.values())
            yield messages.problem("LRT346", place, name=style.name, changes=listed)


def _changes(sheet: StyleSheet, style_id: str) -> dict[str, str]:
    """Return how a style differs from what the house style calls so, by property."""
    variants = house_rules().styles.get(sheet.name_of(style_id))
    if not variants or sheet.styles[style_id].kind not in {"paragraph", "character"}:
        return {}
    formatting = sheet.whole(style_id)
    return min((_differing(formatting, house) for house in variants), key=len)


def _differing(formatting: Formatting, house: Formatting) -> dict[str, str]:
    """Return how `formatting` differs from `house`."""
    changes = {}
    for one in (one for one in PROPERTIES if one.label):
        here, there = (both.get(one.name, one.unset) for both in (formatting, house))
        if _differ(here, there, _UNSET):
            shown = (_reads(one.name, value) for value in (here, there))
            changes[one.name] = f"{one.label} {' in plaats van '.join(shown)}"
    return changes


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
        page = _page_of(section)
        changes = min((_differences(page, house) for house in house_rules().pages), key=len)
        if changes:
            place, listed = story.place_of(section), ", ".join(changes)
            yield messages.problem("LRT343", place, changes=listed, found=text_at(place))


def _differences(page: Mapping[str, int], house: Mapping[str, int]) -> list[str]:
    off = {key for key, there in house.items() if abs(page.get(key, 0) - there) > _TOLERANCE}
    changes = []
    if off & {"w", "h"}:
        shown = " bij ".join(_mm(page.get(key, 0)) for key in ("w", "h"))
        changes.append(f"het papier is {shown} mm in plaats van A4 staand")
    return changes + [
        f"marge {label} {_mm(page.get(key, 0))} mm in plaats van {_mm(house[key])}"
        for key, label in _MARGINS.items()
        if key in off
    ]


def _mm(twips: int) -> str:
    return f"{twips / _TWIPS_PER_MM:.1f}".replace(".", ",").removesuffix(",0")
