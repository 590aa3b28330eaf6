"""What becomes of the paragraph styles of a document on a web page.

The page has a look of its own, which is the same for all our documents. Of a style that is kept
which tells something: bold, italic, capitals, smaller type, which side a text stands at, and the
room around it. So templates of one's own look as they should too, and equal styles share a class.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import path, val
from lrtdocs.word.package.ooxml import CONTENT_TYPES, STYLES_TYPE, to_int
from lrtdocs.word.package.package import Package, style_chain
from lrtdocs.word.printed import hidden_styles
from lrtdocs.word.reading.formatting import parse_style_sheet
from lrtdocs.word.reading.runs import look_of_style

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.word.reading.formatting import Formatting

_LINE = 240
"""Twentieths of a point in a line of the house style: one em on the page."""
_MOST = 480
_WIDE = 1500
"""An indent from here on is a place in the layout of paper, not one of a quotation."""
_NO_LEVEL = 9
SIDES = {"right": "right", "end": "right", "center": "center"}


class Look(NamedTuple):
    """What a page needs of a paragraph style.

    `name` is in small letters; `level` that of a heading, from 1, or 0. `css` are the declarations
    for a paragraph, and `beside` those for one behind another in the same style. `hangs` tells that
    what comes before the first tab hangs out.
    """

    name: str = "normal"
    level: int = 0
    css: str = ""
    beside: str = ""
    bold: bool = False
    italic: bool = False
    hangs: bool = False
    hidden: bool = False
    language: str = ""


class Sheet:
    """The styles of one document, each looked at once."""

    def __init__(self, styles: bytes) -> None:
        package = Package("", {CONTENT_TYPES: _TYPES, "styles.xml": styles} if styles else {})
        self._sheet = parse_style_sheet(package) if styles else None
        self.elements = {} if self._sheet is None else self._sheet.elements
        self._hidden = hidden_styles(styles) if styles else frozenset[str]()
        self._size = to_int(self._of("").get("size"), 20)
        self._looks: dict[str, Look] = {}

    @property
    def language(self) -> str:
        """The language of the text, where nothing else is said."""
        return "" if self._sheet is None else self._sheet.language

    def look(self, style: str) -> Look:
        """Return the look of the paragraph style with the id `style`, "" for the standard one."""
        if style not in self._looks:
            self._looks[style] = self._look(style)
        return self._looks[style]

    def hides(self, style: str) -> bool:
        """Tell whether the style with the id `style` does not show its text."""
        return style in self._hidden

    def _of(self, style: str) -> Formatting:
        return {} if self._sheet is None else self._sheet.of_paragraph(style)

    def _look(self, style: str) -> Look:
        if self._sheet is None:
            return Look()
        if style not in self.elements:
            style = self._sheet.standard.get("paragraph", "")
        said, chain = self._of(style), list(style_chain(style, self.elements))
        levels = [val(one, "pPr/outlineLvl") for one in chain]
        level = to_int(next(filter(None, levels), ""), _NO_LEVEL)
        bold, italic = look_of_style(style, self.elements)
        return Look(
            self._sheet.name_of(style) or "normal",
            0 if level >= _NO_LEVEL else level + 1,
            ";".join(self._declare(said, chain, bold=bold, italic=italic)),
            "margin-top:0" if _is_close(chain) else "",
            bold,
            italic,
            hangs=to_int(said.get("hanging")) > 0,
            hidden=style in self._hidden,
            language=next(filter(None, (val(one, "rPr/lang") for one in chain)), ""),
        )

    def _declare(
        self, said: Formatting, chain: list[etree._Element], *, bold: bool, italic: bool
    ) -> list[str]:
        """Return what to declare of a style that says this, of its own or by its `chain`."""
        size = to_int(said.get("size"), self._size) / self._size
        before, after = (min(to_int(said.get(name)), _MOST) for name in ("before", "after"))
        after = 0 if _is_close(chain) else after
        declared = [f"margin:{_em(before)} 0 {_em(after)}"]
        declared += ["font-weight:700"] if bold else []
        declared += ["font-style:italic"] if italic else []
        declared += ["text-transform:uppercase"] if said.get("caps") == "ja" else []
        if size < 0.85:
            declared.append("font-size:.8125rem")
        elif size > 1.15:
            declared.append(f"font-size:{min(size, 2):.3g}rem")
        side = SIDES.get(next(filter(None, (val(one, "pPr/jc") for one in chain)), ""))
        declared += [f"text-align:{side}"] if side else []
        left, hanging = to_int(said.get("left")), to_int(said.get("hanging"))
        if 0 < left < _WIDE:
            declared.append(f"padding-left:{_em(left)}")
            declared += [f"text-indent:-{_em(min(left, hanging))}"] if hanging else []
        if any(one.find(path("pPr/pBdr/top")) is not None for one in chain):
            declared.append("border-top:1px solid var(--line);padding-top:.5em")
        return declared


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/styles.xml" ContentType="{STYLES_TYPE}"/></Types>'
).encode()


def _em(twips: int) -> str:
    return f"{twips / _LINE:.3g}em".replace("0.", ".", 1) if twips else "0"


def _is_close(chain: list[etree._Element]) -> bool:
    """Tell whether there is no room between paragraphs in this style."""
    return any(one.find(path("pPr/contextualSpacing")) is not None for one in chain)


def sheet_of(package: Package) -> Sheet:
    """Return the styles of `package`; letters of a run have them in common."""
    part = package.part_of_type(STYLES_TYPE)
    return _sheet(package[part] if part else b"")


@lru_cache(maxsize=8)
def _sheet(styles: bytes) -> Sheet:
    return Sheet(styles)
