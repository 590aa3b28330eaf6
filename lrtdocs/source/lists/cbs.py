"""A newer list of inhabitants: as StatLine of the CBS gives it, or with a column for each date.

From StatLine comes a row for each region and period ("GM0014  ", "2025JJ00"), gemeenten among
provinces and parts of the country. A list of one's own has codes, and headings such as
inwoners_2025-01-01. A region is known by its code alone: names change, and some are of a province
too. Rows without a number are passed over, such as those of what did not exist yet.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Problem, has_errors
from lrtdocs.findings import Findings
from lrtdocs.messages import FaultError
from lrtdocs.model.gemeente import NATIONAL, Gemeente, Register
from lrtdocs.model.namen import bare_name
from lrtdocs.model.ontvanger import parse_code
from lrtdocs.source.lists.columns import heading_words, says_nothing
from lrtdocs.source.lists.register import check_sums, read_inwoners
from lrtdocs.source.sheet import open_table

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.source.sheet import Cell, Row, Table

_WORDS = heading_words(
    {
        "code": "codes, regiocode, gemeentecode, gm_code, statcode, cbs_code, gemeentecodegm, "
        "codes_en_namen_van_gemeenten_code_code",
        "regio": "regio_s, regions, gebieden, gemeenten",
        "naam": "gemeente, gemeentenaam, naam_cbs, statnaam, naam_naam",
        "provincie": "provincienaam, naam_provincie, provincies_naam",
        "periode": "perioden, peildatum, jaar",
    }
)
_OF_PEOPLE = re.compile("bevolking|inwoner")
_OTHER_REGION = re.compile(r"[A-Z]{2}\d{2,}", re.IGNORECASE)
_YEAR = re.compile(r"((?:19|20|21)\d{2})(?:JJ00|MM01|\s+januari)?\*{0,2}", re.ASCII | re.IGNORECASE)
_OTHER_MONTH = re.compile(r"\d{4}(?:MM\d{2}|KW\d{2}|\s+[a-z]+)\*{0,2}", re.ASCII | re.IGNORECASE)
_SECRET = {".", "x"}
"""What the CBS has where it gives no number."""


def read_newer(
    path: Path, old: Register, peildatum: dt.date | None = None
) -> tuple[Register | None, list[Problem]]:
    """Read the inhabitants in `path`; what it does not say of a gemeente is taken from `old`.

    `peildatum` is their date if the file does not say. Returns None, with the problems, if the list
    cannot be used; a list without a national row gets one, with a warning. Raises FileProblemError
    if there is no table to read.
    """
    table = open_table(path, _WORDS)
    reader = _Reader(table, old, peildatum)
    reader.check_columns(table)
    if not reader.problems:
        findings = Findings(table.opening)
        for row in table.rows(findings):
            reader.add(row)
        reader.check_codes()
        reader.problems[:0] = [one for one in findings.as_list() if has_errors([one])]
    if has_errors(reader.problems):
        return None, reader.problems
    register = reader.register()
    problems = [*reader.problems, *check_sums(register, reader.place)]
    return (None if has_errors(problems) else register), problems


def _date_in(text: str) -> dt.date | None:
    """Return the date in "inwoners_2025-01-01", "1 januari 2025" or "2025JJ00", or None."""
    if match := _YEAR.fullmatch(text):
        return dt.date(int(match[1]), 1, 1)
    with suppress(FaultError):
        return dutch.parse_date(dutch.find_date(text.replace("_", " ")))
    return None


def _dated_columns(table: Table, peildatum: dt.date | None) -> dict[str, dt.date | None]:
    """Return the columns of numbers with their date; None for one that every row tells itself."""
    headings = [heading for heading in table.headings if heading.key not in _WORDS.values()]
    dated = {heading.key: date for heading in headings if (date := _date_in(heading.text))}
    of_people = (heading.key for heading in headings if _OF_PEOPLE.search(heading.key))
    return {**dated} or dict.fromkeys([*of_people][:1], peildatum)


class _Reader:
    """Gathers the gemeenten of a list, and what is wrong with it."""

    def __init__(self, table: Table, old: Register, peildatum: dt.date | None) -> None:
        self.old, self.place = old, Place(str(table.path))
        self.dated = _dated_columns(table, peildatum)
        self.numbers: dict[str, dict[dt.date, int]] = {}
        self.texts: dict[str, tuple[str, str]] = {}
        self.nameless: list[Cell] = []
        self.problems: list[Problem] = []

    def _tell(self, key: str, place: Place, **fields: object) -> None:
        self.problems.append(messages.problem(key, place, None, **fields))

    def check_columns(self, table: Table) -> None:
        """Report a column that the list cannot do without."""
        if not (table.has("code") or table.has("regio")):
            self._tell("LRT640.codes", self.place)
        if not self.dated:
            self._tell("LRT640.bevolking", self.place)
        elif None in self.dated.values() and not table.has("periode"):
            self._tell("LRT646.nergens", self.place)

    def check_codes(self) -> None:
        """Report once that there are regions without a code."""
        if self.nameless:
            first, number = self.nameless[0], len(self.nameless)
            self._tell("LRT647", first.place, name=first.text, number=number)

    def add(self, row: Row) -> None:
        """Take in one row, if it has a number for a gemeente or for the Netherlands."""
        numbers = self._read_numbers(row)
        code = self._find_code(row) if numbers else ""
        if not code:
            return
        self.texts.setdefault(code, (row.text("naam"), row.text("provincie")))
        known = self.numbers.setdefault(code, {})
        for date, (cell, number) in numbers.items():
            if known.setdefault(date, number) != number:
                told = dutch.format_date(date)
                self._tell("LRT642.aantal", cell.place, code=code, date=told)

    def _find_code(self, row: Row) -> str:
        """Return the code of the region in `row`, or "" if it is no gemeente."""
        cells = [row.cells[key] for key in ("code", "regio") if key in row.cells]
        for text in (cell.text for cell in cells):
            if _OTHER_REGION.fullmatch(text) or parse_code(text):
                return NATIONAL if text.upper() == NATIONAL else parse_code(text) or ""
        self.nameless += cells[:1]
        return ""

    def _read_numbers(self, row: Row) -> dict[dt.date, tuple[Cell, int]]:
        """Return the numbers in `row` by date; those of another month than January are left out."""
        numbers = {}
        for key, told in self.dated.items():
            cell = row.cells.get(key)
            if cell is None or says_nothing(cell) or cell.text in _SECRET:
                continue
            date = told or self._read_period(row)
            number = read_inwoners(cell, self.problems) if date else None
            if date is not None and number is not None:
                numbers[date] = cell, number
        return numbers

    def _read_period(self, row: Row) -> dt.date | None:
        cell = row.cells.get("periode")
        date = _date_in(cell.text) if cell else None
        if cell is not None and date is None and not _OTHER_MONTH.fullmatch(cell.text):
            self._tell("LRT646.cel", cell.place, text=cell.text)
        return date

    def register(self) -> Register:
        """Return the register of the rows that were added."""
        national = self.numbers.pop(NATIONAL, {})
        gemeenten = tuple(self._gemeente(code) for code in sorted(self.numbers))
        for date in sorted({date for g in gemeenten for date in g.inwoners} - national.keys()):
            national[date] = sum(g.inwoners.get(date, 0) for g in gemeenten)
            self._tell("LRT645.samen", self.place, total=national[date])
        return Register(gemeenten, national, self.old.opgeheven)

    def _gemeente(self, code: str) -> Gemeente:
        known = self.old.find(code)
        name, province = self.texts[code]
        if known is None and not (name and province):
            missing = "de naam" if not name else "de provincie"
            self._tell("LRT650.nieuw", self.place, name=name or code, missing=missing)
        name = bare_name(name) or (known.naam_cbs if known else code)
        return Gemeente(code, name, name, province, self.numbers[code])
