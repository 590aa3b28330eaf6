"""Tables after filling: no table without rows, no row without cells, as many columns as cells."""

from __future__ import annotations

from lxml import etree

from lrtdocs.word.ooxml import to_int, w


def mend_tables(root: etree._Element, *, columns: bool) -> None:
    """Mend the tables in `root`, inner ones first; their `columns` too when data changed those."""
    for table in reversed(list(root.iter(w("tbl")))):
        for row in _rows(table):
            if not _cells(row):
                _remove(row)
        if not _rows(table):
            _remove(table)
        elif columns:
            _mend_columns(table)


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl"))) is table]


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row]


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _mend_columns(table: etree._Element) -> None:
    """Give the grid as many columns as the widest row has, over the same total width."""
    grid = table.find(w("tblGrid"))
    rows = _rows(table)
    widest = max(rows, key=_width_in_columns)
    wanted = _width_in_columns(widest)
    if grid is None or wanted == len(grid.findall(w("gridCol"))):
        return
    columns = grid.findall(w("gridCol"))
    total = sum(to_int(column.get(w("w"))) for column in columns)
    for column in columns:
        grid.remove(column)
    for index, width in enumerate(_shares(widest, wanted, total)):
        column = etree.Element(w("gridCol"))
        column.set(w("w"), str(width))
        grid.insert(index, column)
    widths = [to_int(column.get(w("w"))) for column in grid.findall(w("gridCol"))]
    for row in rows:
        _set_cell_widths(row, widths)


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return max(1, to_int(span.get(w("val")))) if span is not None else 1


def _around(row: etree._Element, name: str) -> int:
    found = row.find(f"{w('trPr')}/{w(name)}")
    return to_int(found.get(w("val"))) if found is not None else 0


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
