"""Runs of text, cut in two where something has to stand between their halves."""

from __future__ import annotations

import copy

from lxml import etree

from lrtdocs.word.package.ooxml import w
from lrtdocs.word.tags.paragraphs import set_text


def split_run(run: etree._Element, at: int) -> etree._Element:
    """Move the children of `run` from index `at` on to a new run behind it, and return that one.

    Both have the same formatting; text behind `run` stands behind the new one.
    """
    rest = etree.Element(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    properties = run.find(w("rPr"))
    if properties is not None:
        rest.append(copy.deepcopy(properties))
        rest[0].tail = None
    rest.extend(list(run)[at:])
    tail, run.tail = run.tail, None
    run.addnext(rest)
    rest.tail = tail
    return rest


def split_behind(text: etree._Element, following: str) -> etree._Element:
    """Cut the run of the w:t `text` behind it; return a w:t with `following` that begins the rest.

    Raise ValueError when `text` stands in no run.
    """
    run = text.getparent()
    if run is None:
        raise ValueError(text.tag)
    rest, first = split_run(run, run.index(text) + 1), etree.Element(text.tag)
    rest.insert(0 if rest.find(w("rPr")) is None else 1, first)
    set_text(first, following)
    return first
