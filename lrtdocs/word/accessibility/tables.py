"""Tables: whether a reader can hear under which heading a cell stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import shorten
from lrtdocs.messages import Fault
from lrtdocs.word.package.elements import ancestor, is_fallback, is_on, path, val
from lrtdocs.word.package.ooxml import local_name, w
from lrtdocs.word.tags.paragraphs import text_of
from lrtdocs.word.tags.tags import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.accessibility.paper import Paper


def check_tables(paper: Paper) -> Iterator[Problem]:
    """Yield what is wrong with each table of the body that has text in it."""
    tables = [one for one in paper.body.iter(w("tbl")) if not is_fallback(one)]
    for number, table in enumerate(tables, start=1):
        rows = [_cells(row) for row in table.iterchildren(w("tr"))]
        if not any(_text(cell) for row in rows for cell in row):
            continue
        found = shorten(" ".join(filter(None, (_text(cell) for cell in rows[0]))), 60)
        fields = {"number": number, "found": found}
        for key in _faults(table, rows):
            yield paper.at(Fault(key, fields), paper.line_at(table))


def _faults(table: etree._Element, rows: Sequence[list[etree._Element]]) -> Iterator[str]:
    if ancestor(table, "tbl") is not None:
        yield "LRT873.genest"
    if next(table.iterdescendants(w("tbl")), None) is not None:
        return  # what is wrong is that there is one in it; what it is itself shows after that
    if len(rows) < 2 or max(map(len, rows)) < 2:
        if ancestor(table, "tbl") is None:
            yield "LRT873.opmaak"
        return
    heads = [is_on(row.find(path("trPr/tblHeader"))) for row in table.iterchildren(w("tr"))]
    if not heads[0]:
        yield "LRT873.kopregel"
    elif any(not _text(cell) for cell in rows[0][1:]):
        yield "LRT873.lege-kop"
    count = heads.index(False) if False in heads else len(heads)
    if any(map(_is_merged, (cell for row in rows[count if heads[0] else 0 :] for cell in row))):
        yield "LRT873.samengevoegd"
    if any(not any(map(_text, row)) for row in rows[1:]) and not _is_form(rows):
        yield "LRT873.lege-rij"


def _is_form(rows: Sequence[list[etree._Element]]) -> bool:
    """Tell whether nothing but the first row or column has text: it is to be filled in by hand."""
    return not any(_text(cell) for row in rows[1:] for cell in row[1:])


def _cells(row: etree._Element) -> list[etree._Element]:
    """Return the cells of `row`, those in content controls too."""
    found: list[etree._Element] = []
    for child in row:
        if child.tag == w("tc"):
            found.append(child)
        elif local_name(child) in {"sdt", "sdtContent", "ins", "customXml"}:
            found += _cells(child)
    return found


def _is_merged(cell: etree._Element) -> bool:
    wide = val(cell, "tcPr/gridSpan", "1") not in {"", "0", "1"}
    return wide or any(cell.find(path(f"tcPr/{name}")) is not None for name in ("vMerge", "hMerge"))


def _text(cell: etree._Element) -> str:
    """Return what can be read or seen in `cell`."""
    text = " ".join(text_of(p).strip() for p in cell.iter(w("p")))
    return text.replace(OBJECT, "x").strip()
