"""Text that stands only in a header or a footer, of which nobody hears anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs.messages import Fault
from lrtdocs.model.characters import squeeze
from lrtdocs.word.package.ooxml import FOOTER_TYPE, HEADER_TYPE, V, w
from lrtdocs.word.tags.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.word.accessibility.paper import Line, Paper

_OF_PAGES = {"PAGE", "NUMPAGES", "SECTIONPAGES", "DATE", "TIME", "FILENAME", "STYLEREF", "TITLE"}
_WORD = re.compile(r"[^\W\d_]{3,}")


def check_headers(paper: Paper) -> Iterator[Problem]:
    """Yield the text of headers and footers that stands nowhere in the body, part by part."""
    shown = squeeze(f"{paper.title} {paper.text}")
    told: set[str] = set()
    for part in paper.names:
        if (
            paper.package.types.of(part) not in {HEADER_TYPE, FOOTER_TYPE}
            or part not in paper.package
        ):
            continue
        root = paper.package.tree(part)
        for art in root.iter(f"{{{V}}}textpath"):
            yield paper.at(Fault("LRT874.watermerk", {"found": art.get("string", "")[:60]}))
        alone = [line for line in paper.lines_of(part) if _is_alone(line, shown)]
        text = " ".join(line.text.strip() for line in alone)
        if text and text not in told:
            told.add(text)
            yield paper.at(Fault("LRT874.koptekst", {"found": text[:80]}), alone[0])


def _is_alone(line: Line, shown: str) -> bool:
    if any(field.name in _OF_PAGES for field in fields_of(line.element)):
        return False
    numbered = any(
        name in simple.get(w("instr"), "").upper().split()
        for simple in line.element.iter(w("fldSimple"))
        for name in _OF_PAGES
    )
    return not numbered and bool(_WORD.search(line.text)) and squeeze(line.text) not in shown
