"""Elements of WordprocessingML, read and made by the short names of the standard."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from lrtdocs.word.package.ooxml import MC, local_name, w

_IDS = re.compile(r"\{[^}]*/word/2010/\w+\}(paraId|textId|anchorId|editId)|\{[^}]*\}rsid\w*")
_ORDER: dict[object, list[str]] = {
    w(holder): list(map(w, names))
    for holder, names in {
        "pPr": (
            *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
            *("numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens"),
            *("kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN"),
            *("bidi", "adjustRightInd", "snapToGrid", "spacing"),
        ),
        "tcPr": (
            *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap"),
            *("tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"),
        ),
        "sectPr": (
            *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz"),
            *("pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType"),
        ),
    }.items()
}
"""What may stand in properties, in the order of the schema, as far as anything is added there."""
_OFF = {"0", "false", "off", "none"}
_FALLBACK = f"{{{MC}}}Fallback"


@lru_cache(maxsize=256)
def path(names: str) -> str:
    """Return the path `names` ("pPr/numPr/numId") as `find` wants it."""
    return "/".join(map(w, names.split("/")))


def val(element: etree._Element, names: str, default: str = "") -> str:
    """Return the w:val of what stands at `names` in `element`, or `default` when nothing does."""
    found = element.find(path(names))
    return default if found is None else found.get(w("val"), default)


def is_on(mark: etree._Element | None) -> bool:
    """Tell whether `mark`, of something that is on or off, is there and says that it is on."""
    return mark is not None and mark.get(w("val"), "1") not in _OFF


def ancestor(element: etree._Element, name: str) -> etree._Element | None:
    """Return the nearest w:`name` around `element`, or None."""
    return next(element.iterancestors(w(name)), None)


def is_fallback(element: etree._Element) -> bool:
    """Tell whether `element` is only there for old programs, as the copy of a text box is."""
    return next(element.iterancestors(_FALLBACK), None) is not None


def is_decorative(drawing: etree._Element) -> bool:
    """Tell whether the wp:docPr `drawing` says that its picture tells nothing."""
    marks = (child for child in drawing.iter() if local_name(child) == "decorative")
    return any(mark.get("val", "1") not in {"0", "false"} for mark in marks)


def make(name: str, /, **attributes: object) -> etree._Element:
    """Return a new w:`name` with `attributes` of the same namespace."""
    return etree.Element(w(name), {w(key): str(value) for key, value in attributes.items()})


def add(parent: etree._Element, name: str, /, **attributes: object) -> etree._Element:
    """Add a new w:`name` at the end of `parent`, and return it."""
    child = make(name, **attributes)
    parent.append(child)
    return child


def add_property(parent: etree._Element, name: str) -> etree._Element:
    """Add a new w:`name` to `parent` where the schema wants it; if `_ORDER` has it not, first."""
    order, child = _ORDER.get(parent.tag, []), make(name)
    before = order[: order.index(w(name))] if w(name) in order else []
    at = max((i for i, other in enumerate(parent, 1) if other.tag in before), default=0)
    parent.insert(at, child)
    return child


def properties_of(element: etree._Element, name: str) -> etree._Element:
    """Return the properties w:`name` of `element`, made when it has none."""
    found = element.find(w(name))
    return add_property(element, name) if found is None else found


def content_of(element: etree._Element) -> list[etree._Element]:
    """Return what stands in a paragraph or a run, without its properties."""
    return [child for child in element if child.tag not in {w("pPr"), w("rPr")}]


def put_behind(element: etree._Element, new: etree._Element) -> None:
    """Put `new` straight behind `element`, before the text that stands there."""
    new.tail, element.tail = element.tail, None
    element.addnext(new)


def drop_ids(root: etree._Element) -> None:
    """Take out of `root` by what Word knows paragraphs and who typed when: none is there twice."""
    for element in root.iter():
        for name in [name for name in element.attrib if _IDS.fullmatch(str(name))]:
            del element.attrib[name]


def drop(element: etree._Element) -> None:
    """Remove `element`, with the text behind it, from what it stands in."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
