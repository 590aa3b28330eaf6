"""What text looks like in the end: the styles of a document followed down to their roots.

Only what a house style speaks of is kept: `PROPERTIES`. A font of the theme is looked up there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.ooxml import STYLES_TYPE, A, w
from lrtdocs.word.package.styles import style_chain, styles_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from lrtdocs.word.package.package import Package

Formatting = dict[str, str]
"""Properties by name: font, size (half points), bold, colour, before, line, left …."""


class Property(NamedTuple):
    """One property: where w:rPr or w:pPr says it, and what it is called when a style changes it.

    A `switch` is on or off. Where nothing is said of a property, it is `unset`.
    """

    name: str
    element: str
    attributes: tuple[str, ...] = ()
    label: str = ""
    switch: bool = False
    unset: str = ""


PROPERTIES = (
    Property("font", "rFonts", label="lettertype"),
    Property("size", "sz", label="lettergrootte"),
    Property("colour", "color", label="kleur"),
    Property("highlight", "highlight"),
    Property("bold", "b", label="vet", switch=True),
    Property("italic", "i", label="cursief", switch=True),
    Property("caps", "caps", label="hoofdletters", switch=True),
    Property("underline", "u", label="onderstreept", switch=True),
    Property("strike", "strike", switch=True),
    Property("before", "spacing", ("before",), "witruimte erboven", unset="0"),
    Property("after", "spacing", ("after",), "witruimte eronder", unset="0"),
    Property("line", "spacing", ("line",), "regelafstand"),
    Property("left", "ind", ("start", "left"), "inspringing", unset="0"),
    Property("hanging", "ind", ("hanging",), "hangende eerste regel", unset="0"),
    Property("first", "ind", ("firstLine",), "eerste regel", unset="0"),
    Property("list", "numPr"),
)
_OFF = {"0", "false", "none", "off"}


def parse_formatting(properties: etree._Element | None, theme: Mapping[str, str]) -> Formatting:
    """Return what w:rPr or w:pPr `properties` say themselves."""
    if properties is None:
        return {}
    said = {one.name: _value_of(one, properties, theme) for one in PROPERTIES}
    return {name: value for name, value in said.items() if value is not None}


def _value_of(one: Property, properties: etree._Element, theme: Mapping[str, str]) -> str | None:
    """Return what `properties` say of one of them, or None when that is nothing."""
    element = properties.find(w(one.element))
    if element is None:
        return None
    if one.switch:
        return "nee" if element.get(w("val"), "1") in _OFF else "ja"
    if one.name == "font":
        return _font(element, theme) or None
    if one.name == "list":
        number = element.find(w("numId"))
        return None if number is None else number.get(w("val"), "")
    if not one.attributes:
        return element.get(w("val"), "")
    said = (element.get(w(name)) for name in one.attributes)
    return next((value for value in said if value is not None), None)


def _font(fonts: etree._Element, theme: Mapping[str, str]) -> str:
    named = fonts.get(w("asciiTheme")) or fonts.get(w("hAnsiTheme"))
    if named:
        return theme.get(named[:5], "")
    return fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or ""


@dataclass
class StyleSheet:
    """The styles of one document: names and kinds by id, and what each of them looks like.

    `own` is what a style says itself, `first` the standard style of each kind.
    """

    styles: Mapping[str, etree._Element]
    theme: Mapping[str, str]
    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    own: dict[str, Formatting] = field(default_factory=dict)
    defaults: Formatting = field(default_factory=dict)
    language: str = ""
    first: dict[str, str] = field(default_factory=dict)

    def base(self, style_id: str) -> str:
        """Return the style that `style_id` is based on, or ""."""
        return _value(self.styles[style_id].find(w("basedOn")))

    def of_style(self, style_id: str) -> Formatting:
        """Return what the style `style_id` says, with all it is based on."""
        formatting: Formatting = {}
        for style in style_chain(style_id, self.styles):
            formatting = self.own[style.get(w("styleId"), "")] | formatting
        return formatting

    def of_paragraph(self, style_id: str) -> Formatting:
        """Return what a paragraph in `style_id` ("" for the standard one) looks like."""
        known = style_id if style_id in self.own else self.first.get("paragraph", "")
        return self.defaults | self.of_style(known)

    def of_run(self, paragraph_style: str, run: etree._Element) -> Formatting:
        """Return what `run` looks like in a paragraph of `paragraph_style` by styles alone."""
        style = _value(run.find(f"{w('rPr')}/{w('rStyle')}"))
        return self.of_paragraph(paragraph_style) | self.of_style(style)

    def whole(self, style_id: str) -> Formatting:
        """Return what a style looks like, with the defaults of its document for a paragraph."""
        of_paragraph = self.kinds.get(style_id) == "paragraph"
        return self.of_paragraph(style_id) if of_paragraph else self.of_style(style_id)


def parse_style_sheet(package: Package) -> StyleSheet:
    """Return the styles of `package`; an empty sheet when it has none."""
    sheet = StyleSheet(styles_by_id(package), _theme_fonts(package))
    part = package.part_of_type(STYLES_TYPE)
    for defaults in package.tree(part).iter(w("docDefaults")) if part else ():
        for properties in defaults.iter(w("rPr"), w("pPr")):
            sheet.defaults |= parse_formatting(properties, sheet.theme)
            sheet.language = _value(properties.find(w("lang"))) or sheet.language
    for style_id, style in sheet.styles.items():
        _add_style(sheet, style_id, style)
    return sheet


def _add_style(sheet: StyleSheet, style_id: str, style: etree._Element) -> None:
    kind = style.get(w("type"), "paragraph")
    sheet.names[style_id] = _value(style.find(w("name"))) or style_id
    sheet.kinds[style_id] = kind
    own = (parse_formatting(style.find(w(name)), sheet.theme) for name in ("pPr", "rPr"))
    sheet.own[style_id] = next(own) | next(own)
    if style.get(w("default"), "0") not in _OFF:
        sheet.first[kind] = style_id
        sheet.language = _value(style.find(f"{w('rPr')}/{w('lang')}")) or sheet.language


def _theme_fonts(package: Package) -> dict[str, str]:
    """Return the two fonts of the theme, under the first letters of what refers to them."""
    part = next((name for name in package if package.types.of(name).endswith(".theme+xml")), "")
    found = {}
    for name in ("minorFont", "majorFont") if part else ():
        latin = package.tree(part).find(f".//{{{A}}}{name}/{{{A}}}latin")
        found[name[:5]] = "" if latin is None else latin.get("typeface", "")
    return found


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(w("val"), "")
