"""What text looks like in the end: the styles of a document followed down to their roots.

Only what a house style speaks of is kept: `PROPERTIES`. A font of the theme is looked up there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import is_on, path, val
from lrtdocs.word.package.ooxml import STYLES_TYPE, w
from lrtdocs.word.package.package import style_chain

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
    path: str
    attributes: tuple[str, ...] = ("val",)
    label: str = ""
    switch: bool = False
    unset: str = ""

    @property
    def element(self) -> str:
        """Return the element in w:rPr or w:pPr that says it."""
        return self.path.partition("/")[0]


PROPERTIES = (
    Property("font", "rFonts", ("ascii", "hAnsi"), "lettertype"),
    Property("size", "sz", label="lettergrootte"),
    Property("colour", "color", label="kleur"),
    Property("highlight", "highlight"),
    Property("hidden", "vanish", switch=True),
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
    Property("list", "numPr/numId"),
)


def parse_formatting(properties: etree._Element | None, theme: Mapping[str, str]) -> Formatting:
    """Return what w:rPr or w:pPr `properties` say themselves."""
    if properties is None:
        return {}
    said = {one.name: _value_of(one, properties, theme) for one in PROPERTIES}
    return {name: value for name, value in said.items() if value is not None}


def _value_of(one: Property, properties: etree._Element, theme: Mapping[str, str]) -> str | None:
    """Return what `properties` say of one of them, or None when that is nothing."""
    element = properties.find(path(one.path))
    if element is None:
        return None
    if one.switch:
        return "ja" if is_on(element) else "nee"
    themed = element.get(w("asciiTheme")) or element.get(w("hAnsiTheme"))
    if themed:
        return theme.get(themed[:5])
    said = (element.get(w(name)) for name in one.attributes)
    return next((value for value in said if value is not None), None)


class Style(NamedTuple):
    """A style: the name that people know it by, what it is for, and what it says itself."""

    name: str
    kind: str
    own: Formatting
    base: str


@dataclass
class StyleSheet:
    """The styles of one document by id; `standard` are those of what has no style, by kind."""

    elements: Mapping[str, etree._Element]
    theme: Mapping[str, str]
    styles: dict[str, Style] = field(default_factory=dict)
    standard: dict[str, str] = field(default_factory=dict)
    defaults: Formatting = field(default_factory=dict)
    language: str = ""

    def name_of(self, style_id: str) -> str:
        """Return the name of a style in lower case, as styles are compared; "" for one unknown."""
        return self.styles[style_id].name.casefold() if style_id in self.styles else ""

    def of_style(self, style_id: str) -> Formatting:
        """Return what the style `style_id` says, with all it is based on."""
        formatting: Formatting = {}
        for style in style_chain(style_id, self.elements):
            formatting = self.styles[style.get(w("styleId"), "")].own | formatting
        return formatting

    def of_paragraph(self, style_id: str) -> Formatting:
        """Return what a paragraph in `style_id` ("" for the standard one) looks like."""
        known = style_id if style_id in self.styles else self.standard.get("paragraph", "")
        return self.defaults | self.of_style(known)

    def of_run(self, paragraph_style: str, run: etree._Element) -> Formatting:
        """Return what `run` looks like in a paragraph of `paragraph_style` by styles alone."""
        return self.of_paragraph(paragraph_style) | self.of_style(val(run, "rPr/rStyle"))

    def whole(self, style_id: str) -> Formatting:
        """Return what a style looks like, with the defaults of its document for a paragraph."""
        of_paragraph = self.styles[style_id].kind == "paragraph"
        return self.of_paragraph(style_id) if of_paragraph else self.of_style(style_id)


def parse_style_sheet(package: Package) -> StyleSheet:
    """Return the styles of `package`; an empty sheet when it has none."""
    sheet = StyleSheet(package.styles(), package.theme_fonts())
    part = package.part_of_type(STYLES_TYPE)
    for defaults in package.tree(part).iter(w("docDefaults")) if part else ():
        for properties in defaults.iter(w("rPr"), w("pPr")):
            sheet.defaults |= parse_formatting(properties, sheet.theme)
            sheet.language = val(properties, "lang") or sheet.language
    for style_id, style in sheet.elements.items():
        kind = style.get(w("type"), "paragraph")
        of_paragraph, of_text = (
            parse_formatting(style.find(w(name)), sheet.theme) for name in ("pPr", "rPr")
        )
        name = val(style, "name") or style_id
        sheet.styles[style_id] = Style(name, kind, of_paragraph | of_text, val(style, "basedOn"))
        if style.get(w("default"), "0") not in {"0", "false", "off"}:
            sheet.standard[kind] = style_id
            sheet.language = val(style, "rPr/lang") or sheet.language
    return sheet
