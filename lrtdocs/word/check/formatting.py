"""What text looks like in the end: the styles of a document followed down to their roots.

Only what a house style speaks of is kept. A font of the theme is looked up in the theme.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtdocs.word.package.ooxml import STYLES_TYPE, A, parse_xml, w

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from lrtdocs.word.package.package import Types

Looks = dict[str, str]
"""Properties by name: font, size (half points), bold, colour, before, line, left …."""

_SWITCHES = {"b": "bold", "i": "italic", "caps": "caps", "u": "underline", "strike": "strike"}
_VALUES = {"sz": "size", "color": "colour", "highlight": "highlight"}
_SPACING = {"before": "before", "after": "after", "line": "line", "lineRule": "rule"}
_INDENTS = {"left": "left", "start": "left", "hanging": "hanging", "firstLine": "first"}
_OFF = {"0", "false", "none", "off"}


@dataclass
class Sheet:
    """The styles of one document: names and kinds by id, and what each of them looks like."""

    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    own: dict[str, Looks] = field(default_factory=dict)
    defaults: Looks = field(default_factory=dict)
    language: str = ""
    first: dict[str, str] = field(default_factory=dict)
    theme: dict[str, str] = field(default_factory=dict)

    def style(self, style_id: str) -> Looks:
        """Return what the style `style_id` says, with all it is based on."""
        chain: list[Looks] = []
        seen: set[str] = set()
        while style_id in self.own and style_id not in seen:
            seen.add(style_id)
            chain.append(self.own[style_id])
            style_id = self.bases.get(style_id, "")
        looks: Looks = {}
        for one in reversed(chain):
            looks |= one
        return looks

    def paragraph(self, style_id: str) -> Looks:
        """Return what a paragraph in `style_id` ("" for the standard one) looks like."""
        known = style_id if style_id in self.own else self.first.get("paragraph", "")
        return self.defaults | self.style(known)

    def text(self, paragraph_style: str, run: etree._Element) -> Looks:
        """Return what the text of `run` looks like in a paragraph of `paragraph_style`."""
        properties = run.find(w("rPr"))
        style = "" if properties is None else _value(properties.find(w("rStyle")))
        return (
            self.paragraph(paragraph_style)
            | (self.style(style) if style else {})
            | read_looks(properties, self.theme)
        )


def read_sheet(members: Mapping[str, bytes], types: Types) -> Sheet:
    """Return the styles of the package `members`; an empty sheet when it has none."""
    sheet = Sheet(theme=_theme_fonts(members, types))
    member = next((name for name in members if types.of(name) == STYLES_TYPE), "")
    if not member:
        return sheet
    root = parse_xml(members[member])
    for defaults in root.iter(w("docDefaults")):
        for properties in defaults.iter(w("rPr"), w("pPr")):
            sheet.defaults |= read_looks(properties, sheet.theme)
            sheet.language = _language(properties) or sheet.language
    for style in root.findall(w("style")):
        _add_style(sheet, style)
    return sheet


def _add_style(sheet: Sheet, style: etree._Element) -> None:
    style_id, kind = style.get(w("styleId"), ""), style.get(w("type"), "paragraph")
    sheet.names[style_id] = _value(style.find(w("name"))) or style_id
    sheet.kinds[style_id] = kind
    sheet.bases[style_id] = _value(style.find(w("basedOn")))
    sheet.own[style_id] = read_looks(style.find(w("pPr")), sheet.theme) | read_looks(
        style.find(w("rPr")), sheet.theme
    )
    if style.get(w("default"), "0") not in _OFF:
        sheet.first[kind] = style_id
        sheet.language = _language(style.find(w("rPr"))) or sheet.language


def _language(properties: etree._Element | None) -> str:
    return "" if properties is None else _value(properties.find(w("lang")))


def read_looks(properties: etree._Element | None, theme: Mapping[str, str]) -> Looks:
    """Return what w:rPr or w:pPr `properties` say themselves."""
    looks: Looks = {}
    if properties is None:
        return looks
    for name, key in _SWITCHES.items():
        found = properties.find(w(name))
        if found is not None:
            looks[key] = "nee" if found.get(w("val"), "1") in _OFF else "ja"
    for name, key in _VALUES.items():
        found = properties.find(w(name))
        if found is not None:
            looks[key] = found.get(w("val"), "")
    for name, keys in (("spacing", _SPACING), ("ind", _INDENTS)):
        found = properties.find(w(name))
        if found is not None:
            looks |= {
                key: str(found.get(w(a), "")) for a, key in keys.items() if w(a) in found.attrib
            }
    number = properties.find(f"{w('numPr')}/{w('numId')}")
    if number is not None:
        looks["list"] = number.get(w("val"), "")
    font = _font(properties.find(w("rFonts")), theme)
    return looks | ({"font": font} if font else {})


def _font(fonts: etree._Element | None, theme: Mapping[str, str]) -> str:
    if fonts is None:
        return ""
    named = fonts.get(w("asciiTheme")) or fonts.get(w("hAnsiTheme"))
    if named:
        return theme.get(named[:5], "")
    return fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or ""


def _theme_fonts(members: Mapping[str, bytes], types: Types) -> dict[str, str]:
    """Return the two fonts of the theme, under the first letters of what refers to them."""
    member = next((name for name in members if types.of(name).endswith(".theme+xml")), "")
    if not member:
        return {}
    root = parse_xml(members[member])
    found = {}
    for key, name in (("minor", "minorFont"), ("major", "majorFont")):
        latin = root.find(f".//{{{A}}}{name}/{{{A}}}latin")
        found[key] = "" if latin is None else latin.get("typeface", "")
    return found


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(w("val"), "")
