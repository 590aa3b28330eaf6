"""A newer list of inhabitants, as the CBS lets people download it, or as somebody keeps it.

StatLine gives one row a region and period, or one column a period; regions by code ("GM0014  "), by
number, or by name ("Groningen (gemeente)"), among provinces and parts of the country; notes above
and a source below. All of those are read; what is not a gemeente, or did not exist, is passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Problem, has_errors
from lrtdocs.messages import FaultError
from lrtdocs.model.gemeente import CODE, NATIONAL, Gemeente, Register, fold_name
from lrtdocs.source.lists.counts import whole_of
from lrtdocs.source.lists.register import bad_number, check_sums
from lrtdocs.source.sheet import Row, open_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lrtdocs.source.sheet import Cell, Table

_CODE = (
    "code",
    "codes",
    "regiocode",
    "regio_code",
    "gemeentecode",
    "gemeente_code",
    "gm_code",
    "statcode",
    "cbs_code",
    "gemeentecodegm",
    "codes_en_namen_van_gemeenten_code_code",
)
_REGION = ("regio_s", "regios", "regio", "regions", "gebieden", "gemeenten")
_NAME = ("naam", "gemeente", "gemeentenaam", "gemeente_naam", "naam_cbs", "statnaam", "naam_naam")
_PROVINCE = ("provincie", "provincienaam", "provincie_naam", "naam_provincie", "provincies_naam")
_PERIOD = ("perioden", "periode", "peildatum", "jaar")
_NUMBER = (
    "bevolking_op_1_januari_aantal",
    "bevolking_op_1_januari",
    "bevolkingaanhetbeginvandeperiode_1",
    "bevolking_aan_het_begin_van_de_periode_aantal",
    "totale_bevolking_aantal",
    "totale_bevolking",
    "totalebevolking_1",
    "bevolking",
    "inwoners",
    "aantal_inwoners",
    "inwonertal",
    "inwoneraantal",
)
_UNIT = "aantal"
"""What StatLine heads a column of numbers with, when its subject stands in a row above."""
WORDS = {name: name for name in (*_CODE, *_REGION, *_NAME, *_PROVINCE, *_PERIOD, *_NUMBER, _UNIT)}

_KNOWN_CODE = re.compile(r"[A-Z]{2}\d{2,}")
_YEAR = re.compile(r"((?:19|20|21)\d{2})(?:JJ00|MM01|\s+januari)?\*{0,2}", re.ASCII | re.IGNORECASE)
_OTHER_MONTH = re.compile(r"\d{4}(?:MM\d{2}|KW\d{2}|\s+[a-z]+)\*{0,2}", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)((?:19|20|21)\d{2})[-_]01[-_]01(?!\d)", re.ASCII)
_IN_TEXT = re.compile(
    r"\b(?:1[ _]januari|1-1-)[ _]?((?:19|20|21)\d{2})\b", re.ASCII | re.IGNORECASE
)
_SORT_OF_REGION = re.compile(r"\s*\((gemeente|PV|LD|CR|CP|NL)\)\s*$", re.IGNORECASE)
_NOTHING = {"", ".", "-", "x", "–"}


def read_newer(
    path: Path, old: Register, peildatum: dt.date | None = None
) -> tuple[Register | None, list[Problem]]:
    """Read the inhabitants in `path`; regions without a code are looked up by name in `old`.

    `peildatum` is their date if the file does not say. Returns None, with the problems, if the list
    cannot be used; a list without a national row gets one, with a warning. Raises FileProblemError
    if there is no table to read.
    """
    table = open_table(path, WORDS)
    columns = _Columns.find(table, peildatum)
    reader = _Reader(columns, old, Place(str(path)))
    reader.check_columns()
    if not reader.problems:
        for row in table:
            reader.add(row)
        reader.problems = [*(p for p in table.problems if has_errors([p])), *reader.problems]
    if has_errors(reader.problems):
        return None, reader.problems
    register = reader.register()
    problems = [*reader.problems, *check_sums(register, reader.place)]
    return (None if has_errors(problems) else register), problems


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what; "" for what there is not. `dated` has the date of each number."""

    code: str
    region: str
    name: str
    province: str
    period: str
    dated: dict[str, dt.date | None]

    @classmethod
    def find(cls, table: Table, peildatum: dt.date | None) -> _Columns:
        keys = [heading.key for heading in table.headings]

        def first(names: Sequence[str]) -> str:
            return next((name for name in names if name in keys), "")

        period = first(_PERIOD)
        dated: dict[str, dt.date | None] = {
            heading.key: date
            for heading in table.headings
            if (date := _date_in(heading.text)) and heading.key != period
        }
        number = first(_NUMBER) or next(filter(_is_of_people, keys), "")
        notes = [note.text for note in table.notes]
        if not number and _UNIT in keys and any(map(_is_of_people, notes)):
            number = _UNIT
        if number and not dated:
            told = next(filter(None, map(_date_in_notes, notes)), None)
            dated = {number: peildatum or (None if period else told)}
        return cls(first(_CODE), first(_REGION), first(_NAME), first(_PROVINCE), period, dated)


def _date_in(heading: str) -> dt.date | None:
    """Return the first of January in a heading: "inwoners_2025-01-01", "1 januari 2025", "2025"."""
    text = heading.strip()
    match = _DATE.search(text) or _IN_TEXT.search(text) or re.fullmatch(r"(20\d{2})\*{0,2}", text)
    return dt.date(int(match[1]), 1, 1) if match else None


def _is_of_people(text: str) -> bool:
    return "bevolking" in text.casefold() or "inwoner" in text.casefold()


def _date_in_notes(text: str) -> dt.date | None:
    match = _DATE.search(text) or _IN_TEXT.search(text) or _YEAR.fullmatch(text.strip())
    return dt.date(int(match[1]), 1, 1) if match else None


@dataclass(slots=True)
class _Reader:
    """Gathers the gemeenten of a list, and what is wrong with it."""

    columns: _Columns
    old: Register
    place: Place
    numbers: dict[str, dict[dt.date, int]] = field(default_factory=dict)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def check_columns(self) -> None:
        """Report a column that the list cannot do without."""
        columns = self.columns
        if not (columns.code or columns.region or columns.name):
            self._tell("LRT640.codes", self.place)
        if not columns.dated:
            self._tell("LRT640.bevolking", self.place)
        elif not columns.period and None in columns.dated.values():
            self._tell("LRT646.nergens", self.place)

    def add(self, row: Row) -> None:
        """Take in one row, if it has a number for a gemeente or for the Netherlands."""
        numbers = self._read_numbers(row)
        code = self._find_code(row) if numbers else ""
        if code == NATIONAL or CODE.fullmatch(code):
            known = self.numbers.setdefault(code, {})
            self.texts.setdefault(code, (self._text(row, "name"), self._text(row, "province")))
            self._add_numbers(row, code, known, numbers)

    def _add_numbers(
        self, row: Row, code: str, known: dict[dt.date, int], numbers: dict[dt.date, int]
    ) -> None:
        for date, number in numbers.items():
            if known.setdefault(date, number) != number:
                place = next(iter(row.cells.values())).place
                self._tell("LRT642.aantal", place, code=code, date=dutch.format_date(date))

    def _find_code(self, row: Row) -> str:
        """Return the code of the region in `row`, or "" if it is no gemeente."""
        for key in (self.columns.code, self.columns.region):
            text = self._cell_text(row, key).upper()
            if _KNOWN_CODE.fullmatch(text):
                return text
            if text.isdecimal() and len(text) <= 4:
                return f"GM{text:0>4}"
        return self._find_by_name(row)

    def _find_by_name(self, row: Row) -> str:
        key = self.columns.region if self.columns.region in row.cells else self.columns.name
        text = self._cell_text(row, key)
        sort = _SORT_OF_REGION.search(text)
        name = _SORT_OF_REGION.sub("", text)
        if fold_name(name) == "nederland":
            return NATIONAL
        if not name or (sort and sort[1].lower() != "gemeente"):
            return ""
        found = self.old.find_name(text) or self.old.find_name(name)
        if found is None and fold_name(name) not in self._provinces():
            self._tell("LRT647", row.cells[key].place, name=name)
        return found.code if found else ""

    def _provinces(self) -> set[str]:
        return {fold_name(g.provincie) for g in self.old.gemeenten} | {"friesland"}

    def _read_numbers(self, row: Row) -> dict[dt.date, int]:
        """Return the numbers in `row` by date; those of another day than 1 January are left out."""
        numbers = {}
        for key, told in self.columns.dated.items():
            cell = row.cells.get(key)
            if cell is None or cell.text.strip() in _NOTHING:
                continue
            date = told or self._read_period(row)
            if date is not None and (number := self._read_number(cell)) is not None:
                numbers[date] = number
        return numbers

    def _read_number(self, cell: Cell) -> int | None:
        try:
            return whole_of(cell)
        except FaultError as error:
            self.problems.append(bad_number(cell, error))
            return None

    def _read_period(self, row: Row) -> dt.date | None:
        cell = row.cells.get(self.columns.period)
        if cell is None:
            return None
        text = cell.text.strip()
        if match := _YEAR.fullmatch(text):
            return dt.date(int(match[1]), 1, 1)
        if _OTHER_MONTH.fullmatch(text):
            return None
        try:
            return dutch.parse_date(text)
        except FaultError:
            self._tell("LRT646.cel", cell.place, text=text)
            return None

    def _text(self, row: Row, column: str) -> str:
        key = getattr(self.columns, column)
        if column == "name" and not key:
            key = self.columns.region
        text = _SORT_OF_REGION.sub("", self._cell_text(row, key))
        return "" if _KNOWN_CODE.fullmatch(text.upper()) or text.isdecimal() else text

    def _cell_text(self, row: Row, key: str) -> str:
        cell = row.cells.get(key)
        return cell.text.strip() if cell else ""

    def register(self) -> Register:
        """Return the register of the rows that were added."""
        national = self.numbers.pop(NATIONAL, {})
        gemeenten = tuple(self._gemeente(code) for code in sorted(self.numbers))
        for date in sorted({date for g in gemeenten for date in g.inwoners} - national.keys()):
            national[date] = sum(g.inwoners.get(date, 0) for g in gemeenten)
            self._tell("LRT645.samen", self.place, total=national[date])
        return Register(gemeenten, national)

    def _gemeente(self, code: str) -> Gemeente:
        known = self.old.find(code)
        name, province = self.texts[code]
        if known is None and not (name and province):
            missing = "de naam" if not name else "de provincie"
            self._tell("LRT650.nieuw", self.place, name=name or code, missing=missing)
        name = name or (known.naam_cbs if known else code)
        return Gemeente(code, name, name, province, self.numbers[code])

    def _tell(self, key: str, place: Place, **fields: object) -> None:
        self.problems.append(messages.problem(key, place, None, **fields))
