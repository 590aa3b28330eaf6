"""What left the house style: fonts, sizes, colours, paper, loose formatting and styles.

Never an error: a document that is not in the house style is still a document. The rules come from
the shipped templates (`house_rules`), what text looks like from its styles (`looks`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, shorten
from lrtdocs.word.check.formatting import Looks, Sheet, read_looks
from lrtdocs.word.check.house_rules import HouseRules, house_rules, looks_of, page_of, style_of
from lrtdocs.word.check.loose import loose_formatting
from lrtdocs.word.house.pages.styles import TAG_ROW_STYLE, TAG_STYLE
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.tags.paragraphs import pieces_of, pieces_of_run, runs_of
from lrtdocs.word.tags.tags import OBJECT, find_tags, narrow_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from lrtdocs.errors import Problem
_FOUND_WIDTH = 60
_TAG_STYLES = {TAG_STYLE.casefold(), TAG_ROW_STYLE.casefold()}
_TOLERANCE = 30  # twips: half a millimetre, what programs lose when they round
_TWIPS_PER_MM = 56.69
_MARGINS = {"top": "boven", "right": "rechts", "bottom": "onder", "left": "links"}
_LABELS = {
    "font": "lettertype", "size": "lettergrootte", "colour": "kleur", "bold": "vet",
    "italic": "cursief", "caps": "hoofdletters", "underline": "onderstreept", "before":
    "witruimte erboven", "after": "witruimte eronder", "line": "regelafstand", "left":
    "inspringing", "hanging": "hangende eerste regel", "first": "eerste regel",
}  # fmt: skip
_ZERO = {"before": "0", "after": "0", "left": "0", "hanging": "0", "first": "0"}


def check_looks(
    root: etree._Element, places: Mapping[etree._Element, Place], sheet: Sheet
) -> Iterator[Problem]:
    """Yield what text and paragraphs of a story look like that the house style does not have."""
    rules = house_rules()
    for paragraph, place in places.items():
        text = "".join(piece.text for piece in pieces_of(paragraph))
        if text.strip() and not _vanishes(text):
            yield from _check_paragraph(paragraph, _whole(place, text), sheet, rules)
    for shade in root.iter(w("shd")):
        yield from _check_shade(shade, places, rules)


def _vanishes(text: str) -> bool:
    """Tell whether a paragraph holds only control tags, and is gone in the filled document."""
    tags = find_tags(text, Place(""))[0]
    rest = text
    for tag in reversed(tags):
        rest = rest[: tag.start] + rest[tag.end :]
    return not rest.replace(OBJECT, "").strip() and all(tag.kind != "value" for tag in tags)


def _check_paragraph(
    paragraph: etree._Element, place: Place, sheet: Sheet, rules: HouseRules
) -> Iterator[Problem]:
    style_id, text = style_of(paragraph), place.text or ""
    properties, style = paragraph.find(w("pPr")), sheet.paragraph(style_id)
    for what in loose_formatting(properties, style, sheet.theme):
        yield messages.problem("LRT344", place, what=what, found=_found(place))
    yield from _check_style(style_id, place, sheet, rules)
    offset = 0
    for run in runs_of(paragraph):
        length = sum(len(piece.text) for piece in pieces_of_run(run))
        if text[offset : offset + length].strip():
            where = narrow_place(place, text, offset, offset + length)
            yield from _check_run(run, style_id, where, sheet, rules)
        offset += length


def _whole(place: Place, text: str) -> Place:
    return narrow_place(place, text, 0, len(text))


def _found(place: Place) -> str:
    start = (place.column or 1) - 1
    text = (place.text or "")[start : start + (place.length or 0)]
    return shorten(text[:_FOUND_WIDTH].strip(), _FOUND_WIDTH)


def _check_run(
    run: etree._Element, style_id: str, place: Place, sheet: Sheet, rules: HouseRules
) -> Iterator[Problem]:
    looks = sheet.text(style_id, run)
    properties = run.find(w("rPr"))
    own = read_looks(properties, sheet.theme)
    style = sheet.names.get(style_id, "Standaard")
    off, found = _off(looks, rules), _found(place)
    for look, shown in off.items():
        loose, from_style = _OFF[look]
        key = loose if look in own else from_style
        yield messages.problem(key, place, None, value=shown, style=style, found=found)
    style_looks = _style_looks(run, style_id, sheet)
    for what in loose_formatting(properties, style_looks, sheet.theme, frozenset(off)):
        yield messages.problem("LRT344", place, what=what, found=found)
    if "highlight" in own and own["highlight"] != "none":
        yield messages.problem("LRT342.markering", place, found=found)


_OFF = {
    "font": ("LRT340.los", "LRT340.stijl"),
    "size": ("LRT341.los", "LRT341.stijl"),
    "colour": ("LRT342.los", "LRT342.stijl"),
}
"""What is told of a look that the house style does not have: loose in the text, or of a style."""


def _style_looks(run: etree._Element, style_id: str, sheet: Sheet) -> Looks:
    """Return what `run` would look like without formatting of its own."""
    style = run.find(f"{w('rPr')}/{w('rStyle')}")
    looks = sheet.paragraph(style_id)
    return looks if style is None else looks | sheet.style(style.get(w("val"), ""))


def _off(looks: Looks, rules: HouseRules) -> dict[str, str]:
    """Return the font, size and colour in `looks` that the house style does not have."""
    font, size, colour = (looks.get(key, "") for key in _OFF)
    off = {}
    if font and font not in rules.fonts:
        off["font"] = font
    if size and size not in rules.sizes:
        off["size"] = _points(size)
    if colour and colour.upper() not in _upper(rules.colours):
        off["colour"] = f"#{colour}"
    return off


def _upper(colours: frozenset[str]) -> set[str]:
    return {colour.upper() for colour in colours}


def _points(half: str) -> str:
    return f"{int(half) / 2:g}".replace(".", ",") if half.isdigit() else half


def _check_style(style_id: str, place: Place, sheet: Sheet, rules: HouseRules) -> Iterator[Problem]:
    if not style_id:
        return
    name, found = sheet.names.get(style_id), _found(place)
    if name is None:
        yield messages.problem("LRT345.onbekend", place, style=style_id, found=found)
    elif name.casefold() not in rules.styles:
        yield messages.problem("LRT345.vreemd", place, style=name, found=found)
    elif name.casefold() in _TAG_STYLES:
        yield messages.problem("LRT355", place, style=name, found=found)


def _check_shade(
    shade: etree._Element, places: Mapping[etree._Element, Place], rules: HouseRules
) -> Iterator[Problem]:
    fill = shade.get(w("fill"), "auto")
    if fill.upper() in {*_upper(rules.colours), "AUTO", "FFFFFF"} or not fill:
        return
    holder = next(shade.iterancestors(w("tc"), w("p")), None)
    paragraph = next(holder.iter(w("p")), None) if holder is not None else None
    place = places.get(paragraph) if paragraph is not None else None
    if place is not None:
        yield messages.problem("LRT342.achtergrond", place, fill=fill, found=_found(place))


def check_styles(sheet: Sheet, place: Place) -> Iterator[Problem]:
    """Yield a warning for each style of the house style that was changed in this template."""
    for style_id, name in sheet.names.items():
        own = sheet.own[style_id]
        above = _changes(sheet, sheet.bases.get(style_id, ""))
        changes = {
            key: text
            for key, text in _changes(sheet, style_id).items()
            if key in own or key not in above
        }
        if changes:
            listed = ", ".join(changes.values())
            yield messages.problem("LRT346", place, name=name, changes=listed)


def _changes(sheet: Sheet, style_id: str) -> dict[str, str]:
    """Return how a style differs from what the house style calls so, by property."""
    variants = house_rules().styles.get(sheet.names.get(style_id, "").casefold(), ())
    if sheet.kinds.get(style_id) not in {"paragraph", "character"} or not variants:
        return {}
    looks = looks_of(sheet, style_id)
    return min((_differing(looks, house) for house in variants), key=len)


def _differing(looks: Looks, house: Looks) -> dict[str, str]:
    """Return how `looks` differ from `house`; what is told of the text itself is left out."""
    told = _off(looks, house_rules())
    changes = {}
    for key, label in _LABELS.items():
        here, there = (one.get(key, _ZERO.get(key, "")) for one in (looks, house))
        if key in told or here == there or {here, there} <= {"", "nee", "auto", "none"}:
            continue
        changes[key] = f"{label} {_reads(key, here)} in plaats van {_reads(key, there)}"
    return changes


def _reads(key: str, value: str) -> str:
    if key == "size":
        return _points(value)
    if key in {"before", "after", "line", "left", "hanging", "first"} and value.isdigit():
        return f"{int(value) / 20:g} pt".replace(".", ",")
    return value or "geen"


def check_pages(
    root: etree._Element, places: Mapping[etree._Element, Place], place: Place
) -> Iterator[Problem]:
    """Yield a warning for each section whose paper or margins are not those of the house style."""
    for section in root.iter(w("sectPr")):
        page = page_of(section)
        house = min(house_rules().pages, key=lambda one: len(_differences(page, one)))
        changes = _differences(page, house)
        owner = next(section.iterancestors(w("p")), None)
        if changes:
            where = places.get(owner, place) if owner is not None else place
            listed = ", ".join(changes)
            yield messages.problem("LRT343", where, changes=listed, found=_found(where))


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
