"""The text of a tagged PDF, element by element: what a screen reader would say.

Each page's content is cut into numbered pieces; a structure element refers to its pieces by
page and number. Glyphs become text through the ToUnicode table of their font, or through the
ActualText that LibreOffice puts around ligatures and complex scripts.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Object, Page, Pdf

from lrtdocs.pdf.tree import Content, Element, is_element, kids

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPERATORS = "BDC BMC EMC Tf Tj TJ ' \""
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])", re.DOTALL
)


def has_private_signs(text: str) -> bool:
    """Tell whether `text` has characters that only mean something in their own font."""
    return any(unicodedata.category(character) == "Co" for character in text)


class PageTexts:
    """The pieces of text on the pages of `pdf`, read a page at a time and remembered."""

    def __init__(self, pdf: Pdf) -> None:
        self._pages = {page.obj.objgen: page for page in pdf.pages}
        self._read: dict[tuple[int, int], dict[int, str]] = {}
        self._fonts: dict[tuple[int, int], _Font] = {}

    def text(self, element: Element) -> str:
        """Return all text below `element`, in reading order."""
        if "/ActualText" in element:
            return str(element["/ActualText"])
        return "".join(
            self.text(kid) if is_element(kid) else self._piece(element, kid)
            for kid in kids(element)
        )

    def own_text(self, element: Element) -> str:
        """Return the text that stands directly in `element`, not in elements below it."""
        return "".join(self._piece(element, kid) for kid in kids(element) if not is_element(kid))

    def pieces_of(self, page: Page) -> dict[int, str]:
        """Return the text of `page` by the number of its piece of marked content."""
        key = page.obj.objgen
        if key not in self._read:
            self._read[key] = _read_page(page, self._fonts_of(page))
        return self._read[key]

    def _fonts_of(self, page: Page) -> dict[str, _Font]:
        """Return the fonts of `page` by name; each font is read once, whatever its pages."""
        named = page.resources.get("/Font")
        fonts = {}
        for name, font in [] if named is None else named.items():
            key = font.objgen if font.is_indirect else (-len(self._fonts) - 1, 0)
            if key not in self._fonts:
                self._fonts[key] = _Font(font)
            fonts[name] = self._fonts[key]
        return fonts

    def _piece(self, element: Element, content: Content) -> str:
        page = element.get("/Pg")
        if isinstance(content, Dictionary):
            page = content.get("/Pg", page)
        number = content.get("/MCID") if isinstance(content, Dictionary) else content
        if page is None or number is None or page.objgen not in self._pages:
            return ""
        return self.pieces_of(self._pages[page.objgen]).get(int(number), "")


def _read_page(page: Page, fonts: dict[str, _Font]) -> dict[int, str]:
    unknown = font = _Font(None)
    open_marks: list[tuple[int | None, bool]] = []  # (piece, text already given by ActualText)
    found: dict[int, str] = {}

    def add(text: str) -> None:
        number = next((mark for mark, _ in reversed(open_marks) if mark is not None), None)
        if number is not None:
            found[number] = found.get(number, "") + text

    for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
        operands, name = instruction.operands, str(instruction.operator)
        if name in {"BDC", "BMC"}:
            number, actual = _mark(operands[-1])
            open_marks.append((number, actual is not None))
            if actual:
                add(actual)
        elif name == "EMC":
            if open_marks:
                open_marks.pop()
        elif name == "Tf":
            font = fonts.get(str(operands[0]), unknown)
        elif not any(given for _, given in open_marks):
            add(font.decode(operands[-1]))
    return found


def _mark(properties: object) -> tuple[int | None, str | None]:
    if not isinstance(properties, Dictionary):
        return None, None
    number = properties.get("/MCID")
    actual = properties.get("/ActualText")
    return (None if number is None else int(number)), (None if actual is None else str(actual))


class _Font:
    """How the bytes that show text become characters."""

    def __init__(self, font: Object | None) -> None:
        self._width = 2 if font is not None and font.get("/Subtype") == "/Type0" else 1
        table = None if font is None else font.get("/ToUnicode")
        self._table = {} if table is None else _read_table(table.read_bytes())

    def decode(self, shown: Object) -> str:
        """Return the characters of an operand of Tj or TJ; numbers in it only move the pen."""
        if isinstance(shown, Array):
            return "".join(self.decode(part) for part in shown if isinstance(part, pikepdf.String))
        data = bytes(shown)
        codes = (data[at : at + self._width] for at in range(0, len(data), self._width))
        return "".join(self._table.get(int.from_bytes(code, "big"), "") for code in codes)


def _read_table(cmap: bytes) -> dict[int, str]:
    table: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in _PAIR.findall(block):
            table[int(code, 16)] = _utf16(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, start, listed in _RANGE.findall(block):
            table.update(_read_range(int(first, 16), int(last, 16), start, listed))
    return table


def _read_range(first: int, last: int, start: bytes, listed: bytes) -> Iterator[tuple[int, str]]:
    if start:
        text = _utf16(start)
        for step in range(last - first + 1):
            yield first + step, text[:-1] + chr(ord(text[-1]) + step)
        return
    for step, text_hex in enumerate(re.findall(rb"<([0-9A-Fa-f]+)>", listed)):
        yield first + step, _utf16(text_hex)


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", errors="replace")
