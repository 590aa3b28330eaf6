"""What is no text: pictures, shapes, charts, formulas and objects; and text in a floating box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.messages import Fault
from lrtdocs.word.package.elements import ancestor, is_decorative, is_fallback
from lrtdocs.word.package.ooxml import WP, M, O, V, local_name, w
from lrtdocs.wording import is_file_name, is_made_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.accessibility.paper import Paper

_KINDS = {
    "picture": "afbeelding",
    "chart": "grafiek",
    "chartex": "grafiek",
    "diagram": "SmartArt-afbeelding",
    "wordprocessingShape": "vorm",
    "wordprocessingGroup": "groep van vormen",
    "wordprocessingCanvas": "tekenpapier",
}
"""What a drawing is, by the last word of its kind."""
_OF_VML = ("shape", "rect", "oval", "line", "roundrect", "polyline", "curve", "arc", "group")


def check_pictures(paper: Paper) -> Iterator[Problem]:
    """Yield what is wrong with what is shown in the body and is no text."""
    for drawing in paper.body.iter(w("drawing")):
        if not is_fallback(drawing):
            yield from _drawing(paper, drawing)
    for pict in paper.body.iter(w("pict")):
        if not is_fallback(pict):
            yield from _old_shapes(paper, pict)
    for formula in paper.body.iter(f"{{{M}}}oMath"):
        found = "".join(map(str, formula.itertext())).strip()
        yield _at(paper, Fault("LRT872.formule", {"found": found[:60]}), formula)
    for thing in paper.body.iter(w("object")):
        control = next(thing.iter(w("control")), None) is not None
        ole = next(thing.iter(f"{{{O}}}OLEObject"), None)
        what = "" if ole is None else ole.get("ProgID", "")
        if control:
            yield _at(paper, Fault("LRT872.besturing"), thing)
        else:
            yield _at(paper, Fault("LRT872.object", {"found": what}), thing)


def _at(paper: Paper, fault: Fault, element: etree._Element) -> Problem:
    return paper.at(fault, paper.line_at(element))


def _drawing(paper: Paper, drawing: etree._Element) -> Iterator[Problem]:
    for holder in drawing.iterchildren(f"{{{WP}}}inline", f"{{{WP}}}anchor"):
        shown = holder.find(f"{{{WP}}}docPr")
        if shown is None or shown.get("hidden") in {"1", "true"}:
            continue
        if _has_text(holder):
            if local_name(holder) == "anchor":
                yield _at(paper, Fault("LRT874.tekstvak", {"found": _box_text(holder)}), drawing)
            continue
        data = next(holder.iter("{*}graphicData"), None)
        uri = "" if data is None else data.get("uri", "")
        kind = _KINDS.get(uri.rpartition("/")[2], "afbeelding")
        if not is_decorative(shown):
            yield from _words(paper, drawing, kind, shown.get("descr", ""))


def _words(paper: Paper, element: etree._Element, kind: str, words: str) -> Iterator[Problem]:
    """Yield what is wrong with the alternative text `words` of `element`."""
    words = words.strip()
    if not words:
        yield _at(paper, Fault("LRT872.geen", {"kind": kind}), element)
    elif is_file_name(words):
        yield _at(paper, Fault("LRT872.naam", {"kind": kind, "found": words}), element)
    elif is_made_up(words):
        yield _at(paper, Fault("LRT872.automatisch", {"kind": kind, "found": words}), element)


def _has_text(holder: etree._Element) -> bool:
    return bool(_box_text(holder))


def _box_text(holder: etree._Element) -> str:
    boxes = (box for box in holder.iter(w("txbxContent")) if not is_fallback(box))
    texts = (text.text or "" for box in boxes for text in box.iter(w("t")))
    return " ".join("".join(texts).split())[:60]


def _old_shapes(paper: Paper, pict: etree._Element) -> Iterator[Problem]:
    """Yield what is wrong with the shapes of before 2007 in `pict`, a group counting as one."""
    for shape in pict.iter(*(f"{{{V}}}{name}" for name in _OF_VML)):
        inside = next(shape.iterancestors(f"{{{V}}}group"), None) is not None
        line = shape.get(f"{{{O}}}hr") in {"t", "true"}
        if inside or line or ancestor(shape, "object") is not None:
            continue
        art = next(shape.iter(f"{{{V}}}textpath"), None)
        if art is not None:
            found = art.get("string", "")[:60]
            yield _at(paper, Fault("LRT874.wordart", {"found": found}), pict)
        elif _has_text(shape):
            if "position:absolute" in shape.get("style", "").replace(" ", ""):
                yield _at(paper, Fault("LRT874.tekstvak", {"found": _box_text(shape)}), pict)
        else:
            picture = next(shape.iter(f"{{{V}}}imagedata"), None) is not None
            words = shape.get("alt", "")
            yield from _words(paper, pict, "afbeelding" if picture else "vorm", words)
