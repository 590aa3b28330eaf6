"""What the house style allows, read from the templates that are made with it.

Nothing is written down a second time: a size or a colour is right when a shipped template has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lrtdocs.shipped import templates_folder
from lrtdocs.word.check.formatting import Looks, Sheet, read_sheet
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import STORY_TYPES, parse_xml, to_int, w
from lrtdocs.word.tags.paragraphs import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.word.package.package import Package

PAGE_KEYS = {
    "pgSz": ("w", "h"),
    "pgMar": ("top", "right", "bottom", "left"),
}
_PLAIN_COLOURS = ("auto", "000000")


@dataclass(frozen=True)
class HouseRules:
    """Fonts, sizes (half points), colours and pages that are right, and the styles by name.

    A style may look one way in a letter and another in minutes. `spacers` are the styles whose
    paragraphs are empty on purpose; `direct` is what may stand in a paragraph beside its style.
    """

    fonts: frozenset[str]
    sizes: frozenset[str]
    colours: frozenset[str]
    pages: tuple[dict[str, int], ...]
    styles: dict[str, tuple[Looks, ...]]
    spacers: frozenset[str]
    direct: frozenset[str]


@cache
def house_rules() -> HouseRules:
    """Return the rules, made once."""
    files = sorted(templates_folder().glob("*.docx"))
    packages = [read_package(file.read_bytes(), file.name) for file in files]
    sheets = [read_sheet(package.members, package.types) for package in packages]
    styles: dict[str, list[Looks]] = {}
    for sheet in sheets:
        for style_id, name in sheet.names.items():
            looks = looks_of(sheet, style_id)
            if looks not in styles.setdefault(name.casefold(), []):
                styles[name.casefold()].append(looks)
    every = [looks for variants in styles.values() for looks in variants]
    return HouseRules(
        fonts=frozenset(looks["font"] for looks in every if "font" in looks),
        sizes=frozenset(looks["size"] for looks in every if "size" in looks),
        colours=frozenset(looks["colour"] for looks in every if "colour" in looks)
        | frozenset(_PLAIN_COLOURS),
        pages=tuple(page for package in packages for page in _pages(package)),
        styles={name: tuple(variants) for name, variants in styles.items()},
        spacers=frozenset(name for package in packages for name in _spacers(package)),
        direct=frozenset(name for package in packages for name in _direct(package)),
    )


def looks_of(sheet: Sheet, style_id: str) -> Looks:
    """Return what a style looks like, with the defaults of its document for a paragraph."""
    if sheet.kinds.get(style_id) == "paragraph":
        return sheet.paragraph(style_id)
    return sheet.style(style_id)


def page_of(section: etree._Element) -> dict[str, int]:
    """Return the paper and margins of a w:sectPr, in twips."""
    found = {}
    for name, keys in PAGE_KEYS.items():
        element = section.find(w(name))
        for key in keys if element is not None else ():
            found[key] = to_int(element.get(w(key)), 0)  # type: ignore[union-attr]
    return found


def style_of(paragraph: etree._Element) -> str:
    """Return the id of the style of `paragraph`, "" for the standard one."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else style.get(w("val"), "")


def _stories(package: Package) -> Iterator[etree._Element]:
    for member, data in package.members.items():
        if package.types.of(member) in STORY_TYPES:
            yield parse_xml(data)


def _pages(package: Package) -> Iterator[dict[str, int]]:
    for root in _stories(package):
        yield from (page_of(section) for section in root.iter(w("sectPr")))


def _spacers(package: Package) -> Iterator[str]:
    names = read_sheet(package.members, package.types).names
    for root in _stories(package):
        for paragraph in root.iter(w("p")):
            if not "".join(piece.text for piece in pieces_of(paragraph)).strip():
                yield names.get(style_of(paragraph), "").casefold()


def _direct(package: Package) -> Iterator[str]:
    for root in _stories(package):
        for properties in root.iter(w("pPr"), w("rPr")):
            yield from (str(child.tag) for child in properties)
