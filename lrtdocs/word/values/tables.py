"""A table of a text as a table of Word, as wide as the text around it.

It looks as the tables of the house style do, where the template has their styles. A column gets
what its widest word needs, so that no word is broken, and of the rest what its longest cell asks
for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.language import Taal, grammar, written
from lrtdocs.messages import FaultError
from lrtdocs.model.tekst import Tekstdeel
from lrtdocs.word.house.measure import measure_text
from lrtdocs.word.package.ooxml import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lrtdocs.model.tekst import Cel, Inline, Tabel
    from lrtdocs.word.values.formatting import TagFormatting
    from lrtdocs.word.values.numbering import Styles

    WriteInlines = Callable[[Sequence[Inline], TagFormatting], str]

_CAPTION = {Taal.NL: "Tabel met", Taal.EN: "Table with"}
_MM = 1440 / 25.4
_HOUSE_GAP, _OWN_GAP = 113, 216
"""The white in a cell beside its text, in twips: in the house style, and in other tables."""
_SHORT = 5
"""A table of fewer rows stays on one page."""
_AIR = 340
"""The white before a column of figures where there is room, in twips: 6 mm."""
_LONGEST = 40
"""So much of a word is shown in a message."""
_KEPT = "<w:keepNext/>"
_SIZE = re.compile(r'<w:sz w:val="(\d+)"/>')
_ALIGNED = {"right": " getal", "center": " midden"}
"""What the styles of cells that are not aligned left are called, behind the name of the others."""
_OWN_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'
    for side, size in (("top", 6), ("bottom", 6), ("insideH", 2))
)
_OWN_MARGINS = "".join(
    f'<w:{side} w:w="{_OWN_GAP // 2}" w:type="dxa"/>' for side in ("left", "right")
)
_LOOK = (
    '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
    ' w:noHBand="1" w:noVBand="1"/>'
)


class _Kind(NamedTuple):
    """How the cells of the header row, or those of the other rows, look in one column.

    They have the `properties` of a paragraph, `kept` those of one that stays with the next, and the
    `size` of their type in half points.
    """

    properties: str
    kept: str
    size: int


@dataclass(frozen=True)
class _Looks:
    """How a table looks: by the styles of the house, or else by the table `style` and directly."""

    house: bool
    style: str
    heads: tuple[_Kind, ...]
    cells: tuple[_Kind, ...]

    @property
    def gap(self) -> int:
        return _HOUSE_GAP if self.house else _OWN_GAP


def table_xml(
    table: Tabel, form: TagFormatting, styles: Styles, inlines: WriteInlines, caption: str = ""
) -> str:
    """Return `table` in the place of a tag with `form`; `inlines` writes the text of a cell.

    `caption` is its alternative text, which else names its columns. Raise FaultError when no table
    can stand there, or not in full.
    """
    if not form.room.table:
        raise FaultError("LRT314.tabel")
    looks, widths = _fit(table, form, styles)
    names = [text for text in map(_text, table.kop) if text]
    caption = caption or f"{_CAPTION[written()]} {grammar().join_words(names)}"
    head = table.kop
    if looks.house:  # what is bold in a style that is bold is not
        head = tuple(tuple(map(_not_bold, cell)) for cell in head)
    first, *others = looks.cells
    together = _open_cells([first.kept, *(kind.properties for kind in others)], widths)
    alone = _open_cells([kind.properties for kind in looks.cells], widths)
    opened = _open_cells([kind.properties for kind in looks.heads], widths)
    rows = [_row(head, opened, form, inlines, "<w:tblHeader/>")]
    last = len(table.rijen) - 1
    for index, cells in enumerate(table.rijen):  # a row goes by its first cell
        sum_follows = table.totaal and index == last - 1
        kept = index < last and (index == 0 or last + 1 < _SHORT or sum_follows)
        rows.append(_row(cells, together if kept else alone, form, inlines))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = _table_properties(looks, form.room.indent, sum(widths), caption)
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _fit(table: Tabel, form: TagFormatting, styles: Styles) -> tuple[_Looks, list[int]]:
    """Return how `table` looks, and its widths: in small type where the other is too wide."""
    looks = _looks_of(table.uitlijning, form.run, styles, "LRT Cel")
    asked = [_ask(table, looks, column) for column in range(len(table.kop))]
    if looks.house and sum(width + looks.gap for width, _, _ in asked) > form.room.width:
        looks = _looks_of(table.uitlijning, form.run, styles, "LRT Cel klein")
        asked = [_ask(table, looks, column) for column in range(len(table.kop))]
    return looks, _widths(table, asked, looks.gap, form.room.width)


@lru_cache(maxsize=32)  # the tables of a mailing look alike
def _looks_of(aligned: tuple[str, ...], run: str, styles: Styles, cells: str) -> _Looks:
    """Return how a table looks, of columns that are `aligned` so, in the place of a `run`.

    The style of the cells below its header row is `cells`.
    """
    house = styles.table.get("lrt tabel", "")
    found = _SIZE.search(run)
    own = int(found[1]) if found else 0
    kinds = []
    for name, kept in (("LRT Celkop", _KEPT), (cells, "")):
        column = []
        for align in aligned:
            style = styles.paragraph.get(f"{name}{_ALIGNED.get(align, '')}".casefold(), "")
            direct = "" if style else f'{kept}<w:spacing w:before="60" w:after="60"/>'
            direct += f'<w:jc w:val="{align}"/>' if align in _ALIGNED and not style else ""
            shown = f'<w:pStyle w:val="{escape(style)}"/>' if style else ""
            properties, together = (f"<w:pPr>{shown}{m}{direct}</w:pPr>" for m in ("", _KEPT))
            column.append(_Kind(properties, together, own or styles.size_of(style)))
        kinds.append(tuple(column))
    return _Looks(bool(house), house or styles.table.get("table grid", ""), *kinds)


def _table_properties(looks: _Looks, indent: int, width: int, caption: str) -> str:
    """Return a w:tblPr, with all in the order of the schema."""
    style = f'<w:tblStyle w:val="{escape(looks.style)}"/>' if looks.style else ""
    borders = "" if looks.style else f"<w:tblBorders>{_OWN_BORDERS}</w:tblBorders>"
    margins = "" if looks.house else f"<w:tblCellMar>{_OWN_MARGINS}</w:tblCellMar>"
    return (
        f'<w:tblPr>{style}<w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblInd w:w="{indent}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>{margins}'
        f'{_LOOK}<w:tblCaption w:val="{escape(caption)}"/></w:tblPr>'
    )


def _open_cells(properties: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Return what the cells of a row begin with."""
    return [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{each}'
        for each, width in zip(properties, widths, strict=True)
    ]


def _row(
    cells: Sequence[Cel],
    opened: Sequence[str],
    form: TagFormatting,
    inlines: WriteInlines,
    mark: str = "",
) -> str:
    """Return a row that stays on one page, with the `mark` of a header row or without."""
    columns = "".join([
        f"{opening}{inlines(cell, form)}</w:p></w:tc>"
        for cell, opening in zip(cells, opened, strict=True)
    ])  # fmt: skip
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{columns}</w:tr>"


def _not_bold(part: Inline) -> Inline:
    return replace(part, vet=False) if isinstance(part, Tekstdeel) and part.vet else part


def _text(cell: Cel) -> str:
    return "".join([part.tekst for part in cell if isinstance(part, Tekstdeel)]).strip()


# --- how wide the columns are


def _widths(table: Tabel, asked: Sequence[tuple[int, int, str]], gap: int, room: int) -> list[int]:
    """Return the widths of the columns in twips, with a `gap` in each; they fill the `room`.

    What is left goes to the columns with text, since figures stand at the right, by their heading.
    """
    columns = range(len(table.kop))
    least = [width + gap for width, _, _ in asked]
    if sum(least) > room:
        word = max(asked)[2]
        shown = word if len(word) <= _LONGEST else f"{word[:_LONGEST]}\u2026"
        needed, there = round(sum(least) / _MM), int(room / _MM)
        raise FaultError("LRT314.tabel-breed", word=shown, needed=needed, room=there)
    most = [width + gap for _, width, _ in asked]
    widths = _share(least, most, room)
    figures = [at for at in columns if table.uitlijning[at] == "right"]
    for at in figures:
        widths[at] += min(_AIR, (room - sum(widths)) // len(columns))
    growing = [at for at in columns if at not in figures] or list(columns)
    over, whole = room - sum(widths), sum(most[at] for at in growing)
    for at in growing:
        widths[at] += over * most[at] // whole
    widths[growing[0]] += room - sum(widths)
    return widths


def _ask(table: Tabel, looks: _Looks, column: int) -> tuple[int, int, str]:
    """Return how wide `column` must be, how wide it would be, and its widest word."""
    head, cell = looks.heads[column], looks.cells[column]
    asked = [measure_text(_text(table.kop[column]), head.size, bold=True)]
    for row in table.rijen:
        bold = any(isinstance(part, Tekstdeel) and part.vet for part in row[column])
        asked.append(measure_text(_text(row[column]), cell.size, bold=bold))
    least, _, word = max(asked)
    return int(least) + 1, int(max(whole for _, whole, _ in asked)) + 1, word


def _share(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Return widths between `least` and `most`: those that ask little get it, the others share."""
    widths, reserved, left = list(least), sum(least), len(least)
    for at in sorted(range(len(least)), key=lambda at: most[at]):
        reserved -= least[at]
        widths[at] = min(most[at], max(least[at], room // left), room - reserved)
        room, left = room - widths[at], left - 1
    return widths
