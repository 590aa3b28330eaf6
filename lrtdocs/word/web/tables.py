"""A table of a document as one of a page, with its headers as such."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs.word.package.elements import is_on, path, val
from lrtdocs.word.package.ooxml import escape, to_int, w

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml import etree

    from lrtdocs.word.web.shared import Shared


_WIDE = 5
"""From so many columns on a table is wider than a narrow screen: then keys have to scroll it."""
_FIGURES = re.compile(r"[-–+€%]?[ \u00a0]?[0-9][0-9.,]{0,14}[ \u00a0]?[€%]?")
"""A number or an amount, which is not broken over lines."""
_AROUND = {w("sdt"), w("sdtContent"), w("customXml"), w("smartTag")}


@dataclass(slots=True)
class _Cell:
    """A cell: what is in it, in which column, over how many columns and rows it goes."""

    element: etree._Element
    column: int
    width: int
    height: int = 1
    html: str = ""
    look: str = ""
    text: str = ""


class _Headers:
    """Which cells of a table are headers, of what."""

    def __init__(self, rows: Sequence[Sequence[_Cell]], count: int, table: str) -> None:
        self._table, self._rows, self._heads = table, rows, rows[:count]
        records = [row for row in rows[count:] if row]
        first = [cell.text for cell in rows[0]] if count == 1 else []
        columns = len(first) if first else 2
        width = _record_width(first) if first else 2
        even = all(len(row) == columns for row in records)
        whole = all(cell.width == cell.height == 1 for row in rows for cell in row)
        labelled = width >= 2 and even and whole and count < 2 and not (first and columns == 2)
        self._width = width if labelled else 0
        self._many = labelled and bool(first) and width < columns

    def tag(self, at: int, number: int, cell: _Cell) -> tuple[str, str]:
        """Return which element the cell `number` of row `at` is, and its attributes."""
        if at < len(self._heads):
            name = f' id="{self._table}k{number}"' if self._many else ""
            return ("th", f' scope="col"{name}') if cell.text.strip() else ("td", "")
        if not self._width:
            return "td", ""
        column = number % self._width
        record = f"{self._table}r{at}-{number - column}"
        if column == 0:
            own = f' id="{record}"' if self._many else ""
            return ("th", f' scope="row"{own}') if cell.text.strip() else ("td", "")
        if not self._many:
            return "td", ""
        about = [f"{self._table}k{number}"] if self._heads[0][number].text.strip() else []
        about += [record] if self._rows[at][number - column].text.strip() else []
        return "td", f' headers="{" ".join(about)}"' if about else ""


def _record_width(heads: Sequence[str]) -> int:
    """Return how many columns a record has: all, unless the header row says the same again."""
    for width in range(1, len(heads) // 2 + 1):
        if len(heads) % width == 0 and list(heads[:width]) * (len(heads) // width) == list(heads):
            return width
    return len(heads)


def write_table(
    table: etree._Element,
    write_cell: Callable[[etree._Element], tuple[str, str, str]],
    shared: Shared,
) -> Iterator[str]:
    """Yield the HTML of `table`, piece by piece.

    `write_cell` returns what is in a cell, the class of the cell itself, and its plain text.
    """
    elements = list(_children(table, "tr"))
    rows = _rows(elements, write_cell)
    heads = 0
    while heads < len(elements) and is_on(elements[heads].find(path("trPr/tblHeader"))):
        heads += 1
    headers = _Headers(rows, heads, shared.name_table()) if rows and rows[0] else None
    caption = " ".join(val(table, "tblPr/tblCaption").split())
    columns = max((cell.column + cell.width for row in rows for cell in row), default=0)
    named = f' aria-label="{escape(caption)}"' if caption else ""
    scrolled = ""
    if columns >= _WIDE:
        label = escape(caption or shared.words["table"])
        scrolled = f' role="group" tabindex="0" aria-label="{label}"'
    yield f'<div class="tabel"{scrolled}><table{named}>'
    for at, row in enumerate(rows):
        yield "<thead>" if at == 0 < heads else "<tbody>" if at in {0, heads} else ""
        yield "<tr>"
        for number, cell in enumerate(row):
            tag, more = headers.tag(at, number, cell) if headers else ("td", "")
            more += f' colspan="{cell.width}"' if cell.width > 1 else ""
            more += f' rowspan="{cell.height}"' if cell.height > 1 else ""
            yield f"<{tag}{more}{cell.look}>{cell.html}</{tag}>\n"
        yield "</tr>\n"
        yield "</thead>" if at == heads - 1 else ""
    yield "</tbody>" if len(rows) > heads else ""
    yield "</table></div>\n"


def _rows(
    elements: Sequence[etree._Element], write_cell: Callable[[etree._Element], tuple[str, str, str]]
) -> list[list[_Cell]]:
    """Return the cells of the rows `elements`; one that goes on from above is with that one."""
    rows: list[list[_Cell]] = []
    above: dict[int, _Cell] = {}
    for element in elements:
        column, row = to_int(val(element, "trPr/gridBefore")), list[_Cell]()
        here: dict[int, _Cell] = {}
        for one in _children(element, "tc"):
            width = to_int(val(one, "tcPr/gridSpan"), 1) or 1
            merged = one.find(path("tcPr/vMerge"))
            goes_on = merged is not None and merged.get(w("val"), "continue") == "continue"
            if goes_on and column in above:
                above[column].height += 1
                here[column] = above[column]
            else:
                cell = _Cell(one, column, width)
                cell.html, cell.look, cell.text = write_cell(one)
                if cell.look and _FIGURES.fullmatch(cell.text):
                    cell.look = f'{cell.look[:-1]} getal"'
                row.append(cell)
                if merged is not None:
                    here[column] = cell
            column += width
        above = here
        rows.append(row)
    return rows


def _children(holder: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield each w:`name` in `holder`, also those in content controls."""
    for child in holder:
        if child.tag == w(name):
            yield child
        elif child.tag in _AROUND:
            yield from _children(child, name)
