"""Tracked changes: who changed what in a paragraph, kept when the changes are taken as made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import ancestor, make
from lrtdocs.word.package.ooxml import w

if TYPE_CHECKING:
    from lxml import etree

_WHO = "lrtdocs-change"  # an attribute of our own, which no file has
_GONE = tuple(map(w, ("del", "moveFrom")))
_NEW = tuple(map(w, ("ins", "moveTo")))
_OTHER = tuple(map(w, ("rPrChange", "pPrChange")))


class Change(NamedTuple):
    """One tracked change: who made it, when ("" if that is not told), and what went away."""

    author: str
    date: str
    gone: str = ""


def note_changes(root: etree._Element) -> None:
    """Keep the tracked changes of the story `root` as attributes, that stay when they are made.

    What was deleted leaves an empty run behind, which goes to the next paragraph with the rest when
    the end of its own was deleted too.
    """
    for mark in list(root.iter(*_GONE, *_NEW, *_OTHER)):
        change = _read(mark)
        holder = mark.getparent()
        if holder is None:
            continue
        if mark.tag in _GONE and len(mark):
            run = make("r")
            _note(run, change)
            mark.addprevious(run)
        elif mark.tag in _NEW and len(mark):
            for run in mark.iter(w("r")):
                _note(run, change)
        elif mark.tag not in _GONE:  # of a paragraph, or of how something looks
            paragraph = ancestor(mark, "p")
            if paragraph is not None:
                _note(paragraph, change)


def changes_in(paragraph: etree._Element) -> tuple[Change, ...]:
    """Return the changes that were noted in `paragraph`, each once; takes their signs away."""
    found: dict[Change, None] = {}
    for element in (paragraph, *paragraph.iter(w("r"))):
        for row in json.loads(element.attrib.pop(_WHO, "[]")):
            found[Change(*row)] = None
    return tuple(found)


def _read(mark: etree._Element) -> Change:
    texts = (one.text or "" for one in mark.iter(w("delText"), w("t")))
    gone = "".join(texts) if mark.tag in _GONE else ""
    return Change(mark.get(w("author"), ""), mark.get(w("date"), ""), gone)


def _note(element: etree._Element, change: Change) -> None:
    before = json.loads(element.get(_WHO, "[]"))
    element.set(_WHO, json.dumps([*before, change]))
