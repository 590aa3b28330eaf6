"""The text of a Word document that its PDF has to show: what is hidden or made up is not there.

Text stands in pieces, as it was cut by what is no text: a note, a picture, a field. A piece that a
paragraph ends with ends with a line end; a line broken by hand, and a tab, are a vertical tab.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lrtdocs.word.package.elements import drop, is_on
from lrtdocs.word.package.ooxml import parse_xml, w
from lrtdocs.word.tags.fields import FIELD_MARK, fields_of

if TYPE_CHECKING:
    from lxml import etree

_P, _T, _BR, _CR, _TAB = (w(name) for name in ("p", "t", "br", "cr", "tab"))
_SIGNS = {**dict.fromkeys((_BR, _CR, _TAB, w("ptab")), "\v"), w("noBreakHyphen"): "-"}
_SAME_LINE = "textWrapping"  # what a break is that ends no page or column
_FRAME, _INITIAL = w("framePr"), w("dropCap")  # a large first letter is a paragraph of its own
_BOX = w("txbxContent")
_CUTS = [
    w(n) for n in ("footnoteReference", "endnoteReference", "drawing", "pict", "object", "sym")
]
_FIXED = {"HYPERLINK"}  # fields that show what Word saw last
_UNSHOWN = (  # also what LibreOffice makes anew, and cells that are part of the one above
    "{*}Fallback",
    *(w(name) for name in ("fldSimple", "moveFrom", "rt", "dataBinding", "vanish", "vMerge")),
)
_OFF = {"0", "false", "off", "none", "restart"}
_STYLED = {w("pStyle"): w("p"), w("rStyle"): w("r")}
_HIDES = {w("dataBinding"): w("sdt"), w("vanish"): w("r"), w("vMerge"): w("tc")} | _STYLED


def printed(root: etree._Element, hidden: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return the pieces of text of the story `root`, in order, and those in its text boxes.

    `hidden` are the styles that do not show what is in them. What is not printed is dropped.
    """
    edges = _drop_unshown(root, hidden)
    boxes = list(root.iter(_BOX))
    inside = [piece for box in boxes for piece in _pieces(box, edges)]
    for box in boxes:
        drop(box)
    return _pieces(root, edges), inside


def _drop_unshown(root: etree._Element, hidden: frozenset[str]) -> dict[etree._Element, int]:
    """Drop from `root` what is not shown; return the edges of fields that are made up."""
    made_up = [field for field in fields_of(root) if field.name not in _FIXED]
    marks = ((mark, edge) for each in made_up for mark, edge in ((each.begin, 1), (each.end, -1)))
    edges = {mark: edge for mark, edge in marks if mark is not None}
    for mark in list(root.iter(*_UNSHOWN, *_STYLED)):
        value = str(mark.get(w("val"), ""))
        shows = value not in hidden if mark.tag in _STYLED else value in _OFF
        if shows or (mark.tag == w("fldSimple") and mark not in edges):
            continue
        whole = next(mark.iterancestors(_HIDES[mark.tag]), None) if mark.tag in _HIDES else mark
        for text in [] if whole is None else list(whole.iter(_T)):
            drop(text)
    return edges


def _pieces(root: etree._Element, edges: dict[etree._Element, int]) -> list[str]:
    pieces, text, depth, initial = list[str](), "", 0, False
    for element in root.iter(_P, _T, *_SIGNS, _FRAME, FIELD_MARK, *_CUTS):
        tag = element.tag
        if tag == _T:
            text += "" if depth else element.text or ""
        elif tag == _P:
            pieces += [] if initial else [text + "\n"]
            text, initial = text if initial else "", False
        elif tag == _FRAME:
            initial = element.get(_INITIAL, "none") != "none"
        elif tag in _SIGNS and element.get(w("type"), _SAME_LINE) == _SAME_LINE:
            text += _SIGNS[tag]
        elif tag != FIELD_MARK or element in edges:
            depth += edges.get(element, 0)
            pieces.append(text)
            text = ""
    return [piece for piece in [*pieces, text + "\n"] if piece.strip()]


@lru_cache(maxsize=8)
def styles_called(styles: bytes, names: frozenset[str]) -> frozenset[str]:
    """Return what the styles with these `names` are called in the part `styles` and elsewhere."""
    if not any(name.encode() in styles for name in names):
        return frozenset()
    named = (mark for mark in parse_xml(styles).iter(w("name")) if mark.get(w("val")) in names)
    owners = (mark.getparent() for mark in named)
    return frozenset(str(style.get(w("styleId"))) for style in owners if style is not None)


@lru_cache(maxsize=8)  # letters of a run have these in common
def hidden_styles(styles: bytes) -> frozenset[str]:
    """Return the names of the styles in the part `styles` that do not show what is in them."""
    if b"vanish" not in styles:
        return frozenset()
    marks = [m for m in parse_xml(styles).iter(w("vanish")) if is_on(m)]
    owners = [next(mark.iterancestors(w("style")), None) for mark in marks]
    return frozenset(str(style.get(w("styleId"))) for style in owners if style is not None)
