"""Links and fields to fill in: whether their names say what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.messages import Fault
from lrtdocs.word.package.elements import ancestor, is_fallback, val
from lrtdocs.word.package.ooxml import W14, w
from lrtdocs.word.tags.fields import FIELD_MARK
from lrtdocs.word.tags.paragraphs import text_of
from lrtdocs.wording import is_empty_link, is_long_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.accessibility.paper import Paper

_TO_FILL_IN = (
    *(w(name) for name in ("dropDownList", "comboBox", "date", "text")),
    f"{{{W14}}}checkbox",
)
_LINK = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)


class _Link(NamedTuple):
    """A link: where it begins, what is read of it, and whether a picture stands in it."""

    element: etree._Element
    text: str
    pictured: bool


def check_links(paper: Paper) -> Iterator[Problem]:
    """Yield the links whose words do not say where they go."""
    for link in _links(paper.body):
        text = " ".join(link.text.split())
        line = paper.line_at(link.element)
        if not text and not link.pictured:
            yield paper.at(Fault("LRT875.leeg"), line)
        elif is_empty_link(text):
            yield paper.at(Fault("LRT875.woorden", {"text": text}), line)
        elif is_long_address(text):
            yield paper.at(Fault("LRT875.adres", {"text": text[:80]}), line)


def _links(root: etree._Element) -> Iterator[_Link]:
    for link in root.iter(w("hyperlink"), w("fldSimple")):
        is_link = link.tag == w("hyperlink") or _LINK.match(link.get(w("instr"), ""))
        if is_link and not is_fallback(link):
            pictured = next(link.iter(w("drawing"), w("pict")), None) is not None
            yield _Link(link, text_of(link).replace("\ufffc", ""), pictured)
    yield from _of_fields(root)


def _of_fields(root: etree._Element) -> Iterator[_Link]:
    """Yield the links that Word wrote as fields: a begin, its code, what is shown, an end."""
    fields: list[tuple[etree._Element, list[str], list[str], list[bool]]] = []
    for mark in root.iter(FIELD_MARK, w("instrText"), w("t"), w("drawing")):
        kind = mark.get(w("fldCharType"), "")
        if kind == "begin":
            fields.append((mark, [], [], []))
        elif kind == "end" and fields:
            begin, code, shown, pictured = fields.pop()
            if _LINK.match("".join(code)):
                yield _Link(begin, "".join(shown), bool(pictured))
        elif mark.tag == w("instrText") and fields:
            fields[-1][1].append(mark.text or "")
        elif mark.tag == w("t"):
            for each in fields:
                each[2].append(mark.text or "")
        elif mark.tag == w("drawing"):
            for each in fields:
                each[3].append(True)


def check_forms(paper: Paper) -> Iterator[Problem]:
    """Yield the fields to fill in that have no name."""
    for control in paper.body.iter(w("sdt")):
        kinds = control.find(w("sdtPr"))
        if kinds is None or not any(kinds.find(kind) is not None for kind in _TO_FILL_IN):
            continue
        if not val(control, "sdtPr/alias").strip() and kinds.find(w("dataBinding")) is None:
            found = "".join(t.text or "" for t in control.iter(w("t")))[:60]
            yield paper.at(
                Fault("LRT875.besturingselement", {"found": found}), paper.line_at(control)
            )
    for data in paper.body.iter(w("ffData")):
        if not any(val(data, name).strip() for name in ("helpText", "statusText")):
            line = paper.line_at(data) if ancestor(data, "p") is not None else None
            yield paper.at(Fault("LRT875.veld", {"found": val(data, "name")}), line)
