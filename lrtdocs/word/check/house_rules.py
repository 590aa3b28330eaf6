"""What the house style allows, read from the templates that are made with it.

Nothing is written down a second time: a size or a colour is right when a shipped template has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lrtdocs.shipped import templates_folder
from lrtdocs.word.check.formatting import Formatting, parse_style_sheet
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import STORY_TYPES, to_int, w
from lrtdocs.word.tags.paragraphs import text_of

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.word.package.package import Package

_PAGE = {"pgSz": ("w", "h"), "pgMar": ("top", "right", "bottom", "left")}
_PLAIN_COLOURS = frozenset(["auto", "000000"])


@dataclass(frozen=True)
class HouseRules:
    """What is right: pages, styles by name, and the values of the `free` properties.

    Those are fonts, sizes (half points) and colours: right wherever they stand. A style may look
    one way in a letter and another in minutes. `spacers` are the styles whose paragraphs are empty
    on purpose; `direct` is what may stand in a paragraph beside its style.
    """

    free: dict[str, frozenset[str]]
    pages: tuple[dict[str, int], ...]
    styles: dict[str, tuple[Formatting, ...]]
    spacers: frozenset[str]
    direct: frozenset[str]

    def allows(self, name: str, value: str) -> bool:
        """Tell whether the free property `name` may have `value`; "" says nothing of it."""
        return not value or value in self.free[name] or value.upper() in self.free[name]


@cache
def house_rules() -> HouseRules:
    """Return the rules, made once."""
    files = sorted(templates_folder().glob("*.docx"))
    packages = [read_package(file.read_bytes(), file.name) for file in files]
    styles: dict[str, list[Formatting]] = {}
    for sheet in map(parse_style_sheet, packages):
        for style_id, name in sheet.names.items():
            variants = styles.setdefault(name.casefold(), [])
            formatting = sheet.whole(style_id)
            variants += [formatting] if formatting not in variants else []
    every = [formatting for variants in styles.values() for formatting in variants]
    fonts, sizes, colours = (
        frozenset(one[name] for one in every if name in one) for name in ("font", "size", "colour")
    )
    roots = [root for package in packages for root in _stories(package)]
    properties = (child for root in roots for child in root.iter(w("pPr"), w("rPr")))
    return HouseRules(
        free={"font": fonts, "size": sizes, "colour": colours | _PLAIN_COLOURS},
        pages=tuple(page_of(section) for root in roots for section in root.iter(w("sectPr"))),
        styles={name: tuple(variants) for name, variants in styles.items()},
        spacers=frozenset(name for package in packages for name in _spacers(package)),
        direct=frozenset(str(child.tag) for one in properties for child in one),
    )


def page_of(section: etree._Element) -> dict[str, int]:
    """Return the paper and margins of a w:sectPr, in twips."""
    elements = {name: section.find(w(name)) for name in _PAGE}
    return {
        key: to_int(element.get(w(key)))
        for name, element in elements.items()
        if element is not None
        for key in _PAGE[name]
    }


def style_of(paragraph: etree._Element) -> str:
    """Return the id of the style of `paragraph`, "" for the standard one."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else style.get(w("val"), "")


def _stories(package: Package) -> list[etree._Element]:
    return [package.tree(part) for part in package.parts_of_type(*STORY_TYPES)]


def _spacers(package: Package) -> set[str]:
    names = parse_style_sheet(package).names
    paragraphs = (p for root in _stories(package) for p in root.iter(w("p")))
    return {names.get(style_of(p), "").casefold() for p in paragraphs if not text_of(p).strip()}
