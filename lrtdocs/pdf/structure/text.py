"""The text of a tagged PDF, element by element: what a screen reader would say.

Each page's content is cut into numbered pieces; a structure element refers to its pieces by
page and number. Of the content only what is shown, in which font, and marked as what is looked at;
lines, colours and places, which is most of a page, are passed over (PDF 1.7, 7.2 and 7.8.2).
Glyphs become text through the ToUnicode table of their font, or through the ActualText that
LibreOffice puts around ligatures and complex scripts.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Object, Page, Pdf, Stream

from lrtdocs.pdf.structure.tree import Content, Element, Tree, elements, is_element, kids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Operand = re.Match[bytes]
"""A string, an array of them, a name or a dictionary: its bytes, and where it stands."""

_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_TOKEN = re.compile(
    rb"\[(?P<array>[<>0-9A-Fa-f\s.-]*)\]"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|/(?P<name>[^\s/<>\[\]()]+)"
    rb"|<<(?P<dictionary>(?:[^<>()]|<[^<>]*>|<<[^<>]*>>|\((?:[^()\\]|\\.)*\))*)>>"
    rb"|(?P<operator>BT|B[DM]C|EMC|T[fjJ]|Do|gs|sh|scn|SCN|cs|CS|BI.*?\sEI|['\"])(?![A-Za-z*])"
    rb"|\((?P<literal>(?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*)\)",
    re.DOTALL,
)
_Mark = tuple[int | None, bool]
"""The number of the piece that content belongs to, and whether ActualText stands for it."""

_INLINE = frozenset({"Span", "Link", "Reference", "Annot", "Quote", "Code", "Em", "Strong"})
_INLINE |= {"Ruby", "RB", "RT", "RP"}
_FIRST_PRIVATE = "\ue000"
_SHOWING = frozenset((b"Tj", b"TJ", b"'", b'"'))
MCID = re.compile(rb"/MCID\s+(\d+)")
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])", re.DOTALL
)


def has_private_signs(text: str) -> bool:
    """Tell whether `text` has characters that only mean something in their own font."""
    return any(
        character >= _FIRST_PRIVATE and unicodedata.category(character) == "Co"
        for character in set(text)
    )


class PageTexts:
    """The pieces of text on the pages of `pdf`, read a page at a time and remembered."""

    def __init__(self, pdf: Pdf) -> None:
        self._pages = {page.obj.objgen: page for page in pdf.pages}
        self._read: dict[tuple[int, int], dict[int | None, str]] = {}
        self._order: dict[tuple[int, int], list[int]] = {}
        self._fonts: dict[tuple[int, int], _Font] = {}

    def text(self, element: Element) -> str:
        """Return all text below `element`, in reading order."""
        if "/ActualText" in element:
            return str(element["/ActualText"])
        return "".join(
            self.text(kid) if is_element(kid) else self.piece(element, kid) for kid in kids(element)
        )

    def lines(self, tree: Tree) -> str:
        """Return all text of `tree`, in reading order, a line for each block."""
        self._order.clear()
        tops = [] if tree.root is None else elements(tree.root)
        return "".join(line for top in tops for line in self._lines(tree, top))

    def reading(self, page: Page) -> list[int]:
        """Return the numbers of the pieces of `page`, in the order of the tree that was read."""
        return self._order.get(page.obj.objgen, [])

    def _lines(self, tree: Tree, element: Element) -> Iterator[str]:
        within = (
            self._lines(tree, kid) if is_element(kid) else (self.piece(element, kid),)
            for kid in kids(element)
        )
        text = "".join(line for lines in within for line in lines)
        if tree.role(element) == "Figure":
            yield "\n"  # what is said in a picture comes behind its paragraph
        yield str(element["/ActualText"]) if "/ActualText" in element else text
        if tree.role(element) not in _INLINE and not _labels_list(tree, element):
            yield "\n"

    def own_text(self, element: Element) -> str:
        """Return the text that stands directly in `element`, not in elements below it."""
        return "".join(self.piece(element, kid) for kid in kids(element) if not is_element(kid))

    def beside(self, page: Page) -> str:
        """Return the text of `page` that is no content: of headers, footers, repeated rows."""
        return self.pieces_of(page).get(None, "")

    def pieces_of(self, page: Page) -> dict[int | None, str]:
        """Return the text of `page` by the number of its piece of marked content, or by None."""
        key = page.obj.objgen
        if key not in self._read:
            self._read[key] = _read_page(page, self._fonts_of(page))
        return self._read[key]

    def all_text(self) -> str:
        """Return all text on the pages, page by page: what there is to read without tags."""
        return "".join("".join(self.pieces_of(page).values()) for page in self._pages.values())

    def signs(self) -> set[str]:
        """Return every character that the fonts of the pages can show."""
        fonts = [font for page in self._pages.values() for font in self._fonts_of(page).values()]
        return {sign for font in fonts for sign in font.signs()}

    def _fonts_of(self, page: Page) -> dict[str, _Font]:
        """Return the fonts of `page` by name; each font is read once, whatever its pages."""
        named = page.resources.get("/Font")
        fonts = {}
        for name, font in named.items() if isinstance(named, Dictionary) else ():
            if not isinstance(font, Dictionary):
                continue
            key = font.objgen if font.is_indirect else (-len(self._fonts) - 1, 0)
            if key not in self._fonts:
                self._fonts[key] = _Font(font)
            fonts[name] = self._fonts[key]
        return fonts

    def piece(self, element: Element, content: Content) -> str:
        """Return the text of `content`, which stands directly in `element`."""
        page = element.get("/Pg")
        if isinstance(content, Dictionary):
            page = content.get("/Pg", page)
        number = content.get("/MCID") if isinstance(content, Dictionary) else content
        if not isinstance(page, Dictionary) or not isinstance(number, int):
            return ""
        if page.objgen not in self._pages:
            return ""
        self._order.setdefault(page.objgen, []).append(number)
        return self.pieces_of(self._pages[page.objgen]).get(number, "")


def _labels_list(tree: Tree, element: Element) -> bool:
    """Tell whether `element` stood before the first line of a list, in the same paragraph."""
    return tree.role(element) == "Caption" and tree.role(element["/P"]) == "L"


def read_content(page: Object) -> bytes:
    """Return the content of `page`, which may stand in several streams."""
    found = page.get("/Contents")
    streams = [found] if isinstance(found, Stream) else list(found or ())
    return b"\n".join(stream.read_bytes() for stream in streams)


def read_instructions(content: bytes) -> Iterator[tuple[bytes, list[Operand]]]:
    """Yield the operators in `content` that show or mark something, with what stands before each.

    An inline picture is an operator that begins with "BI".
    """
    operands: list[Operand] = []
    for token in _TOKEN.finditer(content):
        if token.lastgroup == "operator":
            yield token["operator"], operands
            operands = []
        else:
            operands.append(token)


def shown(operands: list[Operand]) -> bytes:
    """Return the codes in the strings of `operands`; numbers between them only move the pen."""
    return b"".join(map(_codes, operands))


def _codes(operand: Operand) -> bytes:
    if operand.lastgroup == "literal":
        return bytes(Object.parse(operand[0]))
    digits = _HEX.findall(operand[0])
    return read_hex(b"".join([one + b"0" if len(one) % 2 else one for one in digits]))


def read_hex(digits: bytes) -> bytes:
    """Return the bytes that `digits` stand for; a last half one counts as whole."""
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def replace_strings(operand: Operand, change: Callable[[bytes], bytes]) -> bytes:
    """Return the array or string `operand`, with each string of digits as `change` returns it."""
    parts = _HEX.split(operand[0])
    parts[1::2] = map(change, parts[1::2])
    return b"".join(parts)


def _read_page(page: Page, fonts: dict[str, _Font]) -> dict[int | None, str]:
    font = unknown = _Font(None)
    found: dict[int | None, str] = {}
    marks: list[_Mark] = [(None, False)]
    for operator, operands in read_instructions(read_content(page.obj)):
        number, given = marks[-1]
        text = ""
        if operator in _SHOWING and not given:
            text = font.decode(shown(operands))
        elif operator == b"Tf" and operands:
            font = fonts.get(operands[-1][0].decode("ascii", "replace"), unknown)
        elif operator in {b"BDC", b"BMC"}:
            inner, actual = (
                _read_mark(operands[-1]) if operator == b"BDC" and operands else (None, None)
            )
            text = "" if actual is None else actual
            number = number if inner is None else inner
            marks.append((number, given or actual is not None))
        elif operator == b"EMC" and len(marks) > 1:
            marks.pop()
        if text:
            found[number] = found.get(number, "") + text
    return found


def _read_mark(properties: Operand) -> tuple[int | None, str | None]:
    """Return the number of the piece that begins, and the text that stands for it, if any."""
    if b"/ActualText" not in properties[0]:
        number = MCID.search(properties[0])
        return (int(number[1]) if number else None), None
    whole = Object.parse(properties[0])
    return (int(whole["/MCID"]) if "/MCID" in whole else None), str(whole["/ActualText"])


class _Font:
    """How the bytes that show text become characters."""

    def __init__(self, font: Object | None) -> None:
        self._width = 2 if font is not None and font.get("/Subtype") == "/Type0" else 1
        table = None if font is None else font.get("/ToUnicode")
        self._table = {} if table is None else read_table(table.read_bytes())
        if self._width == 1:
            self._table = dict.fromkeys(range(256), "") | self._table

    def signs(self) -> Iterator[str]:
        """Yield the characters that the font can show."""
        for text in self._table.values():
            yield from text

    def decode(self, codes: bytes) -> str:
        """Return the characters that `codes` show."""
        if self._width == 1:
            return codes.decode("latin-1").translate(self._table)
        wide = (codes[at : at + self._width] for at in range(0, len(codes), self._width))
        return "".join(self._table.get(int.from_bytes(code, "big"), "") for code in wide)


def read_table(cmap: bytes) -> dict[int, str]:
    """Return which characters each code stands for in a ToUnicode table."""
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
