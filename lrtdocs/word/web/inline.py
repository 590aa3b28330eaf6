"""What stands in a paragraph, as HTML: text with what is bold, links, notes, pictures and tabs.

Each stretch of one format is closed before the next begins, so the text can be cut at its tabs.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import is_fallback, is_on, val
from lrtdocs.word.package.ooxml import M, escape, w
from lrtdocs.word.reading.runs import NO_LINK, RunReader, is_hidden, look_of_run
from lrtdocs.word.tags.tags import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from lrtdocs.word.reading.runs import Link, Stretch
    from lrtdocs.word.web.shared import Part, Shared
    from lrtdocs.word.web.styles import Look

TAB = "\t"
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "ftp://", "sftp://")
_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_BOX, _FORMULA = w("txbxContent"), f"{{{M}}}oMath"
_SYMBOLS = {"F0B7": "•", "F02D": "–", "F0A7": "▪", "F0FC": "✓", "F0A8": "☐", "F0FE": "☒"}


class Form(NamedTuple):
    """How a stretch of text looks, and the language it is in, "" for that of its paragraph."""

    language: str = ""
    bold: bool = False
    italic: bool = False
    height: str = ""
    struck: bool = False
    underlined: bool = False

    def wrap(self, html: str) -> str:
        """Return `html` in this form."""
        if self.height:
            html = f"<{self.height}>{html}</{self.height}>"
        if self.struck:
            html = f"<s>{html}</s>"
        if self.underlined:
            html = f"<u>{html}</u>"
        if self.italic:
            html = f"<em>{html}</em>"
        if self.bold:
            html = f"<strong>{html}</strong>"
        return f'<span lang="{escape(self.language)}">{html}</span>' if self.language else html


_PLAIN = Form()


class _Token(NamedTuple):
    """A piece of HTML, the text that it shows, in which form and in which link it stands."""

    html: str
    text: str
    form: Form
    link: Link


def _plain(html: str, text: str) -> _Token:
    return _Token(html, text, _PLAIN, NO_LINK)


class Inline(NamedTuple):
    """What stands in one paragraph: its HTML and text; `boxes` are text boxes that hang on it.

    `paged` tells that the number of a page is printed in it.
    """

    html: str
    text: str
    boxes: list[etree._Element]
    paged: bool


class InlineReader:
    """Reads what stands in the paragraphs of one `part`."""

    def __init__(self, part: Part) -> None:
        self._part, self._shared = part, part.shared
        self._reader = RunReader(part.targets)

    def read(self, paragraph: etree._Element, look: Look, language: str) -> Inline:
        """Return what stands in `paragraph`, which has that `look` and is in that `language`."""
        boxes: list[etree._Element] = []
        tokens: list[_Token] = []
        paged = False
        for stretch in self._reader.read(paragraph):
            names = [code.split(None, 1)[0].upper() for code in stretch.fields if code.strip()]
            paged = paged or any(name in _PAGES for name in names)
            if "PAGEREF" in names:
                continue  # there are no pages here
            if stretch.run.tag != w("r"):
                name = stretch.run.get(w("name"), "")
                if name in self._shared.anchors:
                    tokens.append(_plain(f'<span id="{anchor_id(name)}"></span>', ""))
            elif stretch.pieces and not self._is_hidden(stretch.run):
                tokens += self._tokens(stretch, look, language, boxes)
        for formula in paragraph.iter(_FORMULA) if self._part.formulas else ():
            text = "".join(map(str, formula.itertext()))
            tokens.append(_plain(f'<span class="formule">{escape(text)}</span>', text))
        text = "".join(token.text for token in tokens)
        return Inline(_join(tokens, self._shared), text, boxes, paged)

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(w("rPr"))
        if properties is None:
            return False
        shown = properties.find(w("vanish"))
        if shown is not None:
            return is_hidden(run)
        style = val(properties, "rStyle")
        return is_on(properties.find(w("webHidden"))) or self._shared.sheet.hides(style)

    def _tokens(
        self, stretch: Stretch, look: Look, language: str, boxes: list[etree._Element]
    ) -> Iterator[_Token]:
        form = self._form(stretch.run, look, language, linked=stretch.link != NO_LINK)
        for piece in stretch.pieces:
            if piece.text != OBJECT or piece.element.tag == w("t"):
                for at, part in enumerate(piece.text.split(TAB)):
                    if at:
                        yield _plain(TAB, TAB)
                    if part:
                        html = escape(part).replace("\n", "<br>")
                        yield _Token(html, part, form, stretch.link)
            else:
                html, text = self._object(piece.element, boxes)
                if html:
                    yield _Token(html, text, _PLAIN, stretch.link if not text else NO_LINK)

    def _form(self, run: etree._Element, look: Look, language: str, *, linked: bool) -> Form:
        """Return the form of `run` in a paragraph of that `look` and `language`."""
        own = run.find(w("rPr"))
        if own is None:
            return _PLAIN
        bold, italic = look_of_run(run, (look.bold, look.italic), self._shared.sheet.elements)
        height = {"superscript": "sup", "subscript": "sub"}.get(val(own, "vertAlign"), "")
        lines = val(own, "u")
        said = val(own, "lang")
        return Form(
            said if said and not same_language(said, language) else "",
            bold,
            italic,
            height,
            is_on(own.find(w("strike"))) or is_on(own.find(w("dstrike"))),
            bool(lines) and lines != "none" and not linked,
        )

    def _object(self, element: etree._Element, boxes: list[etree._Element]) -> tuple[str, str]:
        """Return the HTML of what is no text, and the text in it."""
        if element.tag in _NOTES:
            number = self._shared.notes.refer(_NOTES[element.tag], element.get(w("id"), ""))
            return number.reference, number.label
        if element.tag == w("sym"):
            sign = symbol_of(element)
            return escape(sign), sign
        found = element.iter(_BOX)
        boxes += [box for box in found if not is_fallback(box)]
        return self._shared.pictures.draw(element, self._part.name), ""


def symbol_of(element: etree._Element) -> str:
    """Return the character of a w:sym, "" where only its own font has it."""
    code = element.get(w("char"), "").upper()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= sign <= "\uf8ff" else sign


def same_language(one: str, other: str) -> bool:
    """Tell whether two tags are of the same language, be it of other countries."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()


def anchor_id(name: str) -> str:
    """Return by what the bookmark `name` is known on the page."""
    return "b-" + "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in name)


def _join(tokens: Iterable[_Token], shared: Shared) -> str:
    """Return the HTML of `tokens`, neighbours in one link or one form together."""
    html = []
    for link, linked in groupby(tokens, key=lambda token: token.link):
        group = list(linked)
        inside = "".join(
            form.wrap("".join(token.html for token in same))
            for form, same in groupby(group, key=lambda token: token.form)
        )
        text = "".join(token.text for token in group)
        html.append(_linked(inside, text, link, shared) if link != NO_LINK else inside)
    return "".join(html)


def _linked(html: str, text: str, link: Link, shared: Shared) -> str:
    """Return `html`, which shows `text`, as a link, unless it leads nowhere."""
    address = link.address + (f"#{link.anchor}" if link.address and link.anchor else "")
    if not address:
        if link.anchor not in shared.anchors:
            return html
        address = f"#{anchor_id(link.anchor)}"
    elif not address.lower().startswith(_SCHEMES):
        return html
    shown = text.strip()
    if not shown and "<img" not in html:
        return html
    tip = "" if link.tip in {"", link.address, shown} else link.tip
    named = f' aria-label="{escape(f"{shown}, {tip}" if shown else tip)}"' if tip else ""
    named += f' title="{escape(tip)}"' if tip else ""
    bare = shown in address or address.startswith("#")
    kind = "" if bare else ' class="uit"'
    return f'<a href="{escape(address)}"{kind}{named}>{html}</a>'
