"""Tables after filling: no table without rows, no row without cells, as many columns as cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.package.elements import add_property, drop, make, properties_of, val
from lrtdocs.word.package.ooxml import to_int, w

if TYPE_CHECKING:
    from lxml import etree


def drop_empty_tables(root: etree._Element) -> None:
    """Drop rows without cells and tables without rows from `root`, inner ones first."""
    for table in reversed(list(root.iter(w("tbl")))):
        for row in _rows(table):
            if not _cells(row):
                drop(row)
        if not _rows(table):
            drop(table)


def mend_columns(root: etree._Element) -> None:
    """Give the tables in `root` as many columns as their rows have."""
    for table in list(root.iter(w("tbl"))):
        _mend_columns(table)


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl"))) is table]


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row]


def _mend_columns(table: etree._Element) -> None:
    """Give the grid as many columns as the rows have, over the same total width."""
    grid = table.find(w("tblGrid"))
    if grid is None:
        return
    rows, columns = _rows(table), grid.findall(w("gridCol"))
    wanted = _wanted_columns(rows, len(columns))
    if all(_width_in_columns(row) == wanted for row in rows) and wanted == len(columns):
        return
    total = sum(to_int(column.get(w("w"))) for column in columns)
    widest = max(rows, key=lambda row: (_width_in_columns(row) == wanted, len(_cells(row))))
    for column in columns:
        grid.remove(column)
    widths = _shares(widest, wanted, total)
    for index, width in enumerate(widths):
        grid.insert(index, make("gridCol", w=width))
    plain = any(_width_in_columns(row) == len(_cells(row)) == wanted for row in rows)
    for row in rows:
        if plain or _is_merged(row) or _width_in_columns(row) < len(columns):
            _fit_row(row, wanted)
        _set_cell_widths(row, widths)


def _wanted_columns(rows: list[etree._Element], before: int) -> int:
    """Return how many columns the rows ask for.

    A row with merged cells over the whole width, a heading above a loop, follows the others.
    """
    fixed, least = [], [1]
    for row in rows:
        width = _width_in_columns(row)
        if _is_merged(row) and width == before:
            least.append(len(_cells(row)) + width - sum(map(_span, _cells(row))))
        else:
            fixed.append(width)
    return max(*least, *(fixed or [before]))


def _is_merged(row: etree._Element) -> bool:
    return any(_span(cell) > 1 for cell in _cells(row))


def _fit_row(row: etree._Element, wanted: int) -> None:
    """Let the merged cells of a row, or its last one, make it as wide as its table."""
    missing = wanted - _width_in_columns(row)
    numbered = sorted(enumerate(_cells(row)), key=lambda one: (-_span(one[1]), -one[0]))
    for _, cell in numbered:
        span = _span(cell)
        change = max(missing, 1 - span)
        if change:
            set_property(cell, "gridSpan").set(w("val"), str(span + change))
            missing -= change


def _span(cell: etree._Element) -> int:
    return max(1, to_int(val(cell, "tcPr/gridSpan")))


def _around(row: etree._Element, name: str) -> int:
    return to_int(val(row, f"trPr/{name}"))


def _width_in_columns(row: etree._Element) -> int:
    cells = sum(_span(cell) for cell in _cells(row))
    return cells + _around(row, "gridBefore") + _around(row, "gridAfter")


def _shares(row: etree._Element, wanted: int, total: int) -> list[int]:
    """Return `wanted` widths that add up to `total`, in the proportions of the cells of `row`."""
    parts: list[int] = []
    for cell in _cells(row):
        width = cell.find(f"{w('tcPr')}/{w('tcW')}")
        own = to_int(width.get(w("w"))) if width is not None else 0
        parts += [own // _span(cell)] * _span(cell)
    if len(parts) != wanted or min(parts, default=0) <= 0:
        parts = [1] * wanted
    total = total or wanted * 1000
    widths = [part * total // sum(parts) for part in parts]
    widths[-1] += total - sum(widths)
    return widths


def _set_cell_widths(row: etree._Element, widths: list[int]) -> None:
    column = _around(row, "gridBefore")
    for cell in _cells(row):
        span = _span(cell)
        width = cell.find(f"{w('tcPr')}/{w('tcW')}")
        if width is not None and width.get(w("type"), "dxa") == "dxa":
            width.set(w("w"), str(sum(widths[column : column + span])))
        column += span


def set_property(cell: etree._Element, name: str) -> etree._Element:
    """Return a fresh w:`name` in the properties of `cell`, where the schema wants it."""
    properties = properties_of(cell, "tcPr")
    for old in properties.findall(w(name)):
        properties.remove(old)
    return add_property(properties, name)
