"""What a value prints in the middle of a sentence and cannot stand in one: put in its place.

A picture wants a run of its own, the end of a paragraph ends more than its run. Such a value is
deferred: it prints a sign with a number, and when the part is filled the runs and paragraphs around
the signs are cut.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.elements import put_behind
from lrtdocs.word.package.ooxml import XML_HEAD, R, W, parse_xml, w
from lrtdocs.word.tags.paragraphs import drop_if_empty, set_text, split_behind
from lrtdocs.word.values.context import SIGN, Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

_PATTERN = re.compile(f"{SIGN}(\\d+){SIGN}")
_PAGE = f'<w:r xmlns:w="{W}"><w:br w:type="page"/></w:r>'


def place_deferred(xml: str, deferred: Sequence[Deferred]) -> str:
    """Return the part `xml` with what is `deferred` in the place of the signs."""
    root = parse_xml(xml.encode())
    for text in [text for text in root.iter(w("t")) if SIGN in (text.text or "")]:
        _place_in(text, deferred)
    return XML_HEAD + etree.tostring(root, encoding="unicode")


def _place_in(text: etree._Element, deferred: Sequence[Deferred]) -> None:
    pieces = _PATTERN.split(text.text or "")
    touched = [text]
    set_text(text, pieces[0])
    for number, following in zip(pieces[1::2], pieces[2::2], strict=True):
        run = text.getparent()
        if run is None or int(number) >= len(deferred):
            set_text(text, f"{text.text}{SIGN}{number}{SIGN}{following}")
            continue
        text = split_behind(text, following)
        _put(deferred[int(number)], run, text)
        touched.append(text)
    for one in touched:
        drop_if_empty(one)


def _put(piece: Deferred, run: etree._Element, text: etree._Element) -> None:
    """Put a deferred `piece` between `run` and the one behind it, which begins with `text`."""
    paragraph = run.getparent()
    if piece.runs:
        holder = etree.fromstring(f'<x xmlns:w="{W}" xmlns:r="{R}">{piece.runs}</x>')
        for made in reversed(holder):
            run.addnext(made)
    elif paragraph is None or paragraph.tag != w("p"):
        text.addprevious(etree.Element(w("br")))
    else:
        last = _end_paragraph(paragraph, run)
        if piece.ends_page:
            page = etree.Element(w("p"))
            page.append(etree.fromstring(_PAGE))
            last.addprevious(page)


def _end_paragraph(paragraph: etree._Element, run: etree._Element) -> etree._Element:
    """Move what follows `run` to a new paragraph behind `paragraph`; return that one."""
    fresh = etree.Element(w("p"))
    properties = paragraph.find(w("pPr"))
    if properties is not None:
        fresh.append(copy.deepcopy(properties))
        section = properties.find(w("sectPr"))
        if section is not None:
            properties.remove(section)
    fresh.extend(list(paragraph)[paragraph.index(run) + 1 :])
    put_behind(paragraph, fresh)
    return fresh
