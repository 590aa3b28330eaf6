"""What a Word document has of what is easily lost on its way: title, language, headings, text."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.model.openbaar.condition import Condition
from lrtdocs.word.facts import read_facts
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.package.package import Package, read_own, style_chain

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_condition(data: bytes) -> Condition:
    """Return what the Word document `data` has; raises ValueError when it cannot be opened."""
    facts = read_facts(data)
    try:
        package = read_own(data)
        headings = sum(1 for _ in _headings(package))
        marks = package.tree(package.main).iter(w("bookmarkStart"))
    except (OSError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise ValueError(error) from error
    texts = (*facts.body, *facts.beside)
    return Condition(
        title=facts.properties.get("title", ""),
        language=facts.language,
        paragraphs=tuple(text.replace("\v", " ") for text in texts if text.strip()),
        tags=headings,
        bookmarks=sum(1 for mark in marks if not mark.get(w("name"), "").startswith("_GoBack")),
        told=bool(facts.properties),
    )


def _headings(package: Package) -> Iterator[etree._Element]:
    """Yield the paragraphs that are headings by their style, or the style that it rests on."""
    styles = package.styles()
    level = f"{w('pPr')}/{w('outlineLvl')}"
    levels = {
        name
        for name in styles
        if any(style.find(level) is not None for style in style_chain(name, styles))
    }
    for mark in package.tree(package.main).iter(w("pStyle")):
        if mark.get(w("val")) in levels:
            yield mark
