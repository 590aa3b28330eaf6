"""The rows of letters from a list of their own, and the recipients that they belong to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.findings import Findings
from lrtdocs.model.ontvanger import Rij
from lrtdocs.model.value import Value, at_of, place_of
from lrtdocs.source.lists.groups import Groups
from lrtdocs.source.lists.own_columns import OwnColumn, odd_cells
from lrtdocs.source.lists.totals import find_reckoned
from lrtdocs.source.sheet import note, open_table

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.model.mailing import Kolomsoort
    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.source.lists.groups import Grouping
    from lrtdocs.source.lists.recipients import RecipientList
    from lrtdocs.source.sheet import Row, Table


class RowList:
    """The rows in a table by what they belong to; `own` are its columns, all of them."""

    def __init__(
        self, table: Table, grouping: Grouping, kolommen: Mapping[str, Kolomsoort]
    ) -> None:
        self.table, self.path, self.grouping = table, table.path, grouping
        self.own = [OwnColumn(each, kolommen.get(each.key)) for each in table.headings]
        self._groups = Groups()
        findings = Findings(table.opening)
        for row in table.rows(findings):
            self._add(row, findings)
        self._groups.close(named=True)
        for column in self.own:
            findings.extend(column.answers())
        self.problems = findings.as_list()

    def _add(self, row: Row, findings: Findings) -> None:
        cell = row.cells.get(self.grouping.key)
        if cell is None or cell is row.first:
            reckoned = find_reckoned(cell or row.first)
            if reckoned and row.first is not None:
                findings.add(note(row.first, "LRT611.som"))
                return
        first = row.first
        place = first.place if first else Place(str(self.path), cell=f"A{row.number}")
        if cell is None:
            if self.grouping.key not in row.refused:
                empty = self.table.place_in(place, self.grouping.key)
                findings.add(messages.problem("LRT680", empty, column=self.grouping.heading))
            return
        values = [column.read(row, place, self.table, findings).pack() for column in self.own]
        self._groups.add(self.grouping.key_in(cell.text), (at_of(place), values))

    def of(self, ontvanger: Ontvanger) -> tuple[int, tuple[Rij, ...]]:
        """Return which group is that of `ontvanger`, and its rows; -1 and none if there is none."""
        for key in self.grouping.keys_for(ontvanger):
            ordinal, packed = self._groups.of(key)
            if packed:
                return ordinal, tuple(map(self._unpack, packed))
        return -1, ()

    def _unpack(self, packed: Any) -> Rij:
        at, values = packed
        words = {
            own.heading.word: Value(text, meaning, where, own)
            for own, (text, meaning, where) in zip(self.own, values, strict=True)
        }
        return Rij(place_of(at), words)

    def lost(self, ordinals: set[int]) -> Iterator[Problem]:
        """Yield a problem for each group but `ordinals`: its rows are of no recipient."""
        for packed in self._groups.others(ordinals):
            first = self._unpack(packed[0])
            value = first.woorden[self.grouping.word]
            told = {"column": self.grouping.heading, "text": str(value), "number": len(packed)}
            yield messages.problem("LRT685", value.place or first.plaats, None, **told)


class WithRows:
    """Recipients, each with its rows from another list; they are gone through as they were."""

    def __init__(self, recipients: RecipientList | Any, rows: RowList) -> None:
        self.recipients, self.rows = recipients, rows
        self.path, self.table, self.columns = recipients.path, recipients.table, recipients.columns
        self.own: Sequence[OwnColumn] = rows.own
        self.row_table, self.grouping = rows.table, rows.grouping
        self._lost: list[Problem] | None = None

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong in both files, and the rows that are nobody's."""
        if self._lost is None:
            for _ in self:
                pass
        return [*self.recipients.problems, *self.rows.problems, *(self._lost or ())]

    def check_use(self, used: Container[str], meant: Container[str]) -> list[Problem]:
        """Return what only who uses a column as a word minds, or only who does not."""
        found = Findings(self.recipients.check_use(used, meant))
        found.extend(odd_cells(self.own, used, meant))
        return found.as_list()

    def heads(self) -> Iterator[Ontvanger]:
        """Yield who the recipients are, without their rows."""
        return iter(self.recipients.heads())

    def __iter__(self) -> Iterator[Ontvanger]:
        ordinals: set[int] = set()
        for ontvanger in self.recipients:
            ordinal, rijen = self.rows.of(ontvanger)
            ordinals.add(ordinal)
            yield replace(ontvanger, rijen=rijen)
        if self._lost is None:
            lost = Findings(self.rows.lost(ordinals))
            self._lost = lost.as_list()


def open_rows(
    path: Path,
    grouping: Callable[[Table], Grouping],
    words: Mapping[str, str],
    kolommen: Mapping[str, Kolomsoort],
    blad: str | None,
    *,
    visible: bool = False,
) -> RowList:
    """Open the list of rows `path`; raise FileProblemError if it cannot be read.

    `words` gives the name of the column that `grouping` goes by, by its headings. With `visible`
    the hidden rows are left out.
    """
    table = open_table(path, words, blad, visible=visible)
    return RowList(table, grouping(table), kolommen)
