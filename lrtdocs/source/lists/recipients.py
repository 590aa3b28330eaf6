"""From a table to recipients: columns to fields, addresses made even, problems at their cells.

What is sure is mended in silence (`1234ab`, a post box by its number alone, a code without GM);
what is not is told. Whether every gemeente is there is for `model.ontvanger` to say.

When a list is opened it is gone through to learn which of its columns say yes or no: that shows
only when the last cell was seen, or the first that says something else.
"""

from __future__ import annotations

import re
import textwrap
from collections import deque
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.dutch import parse_yes_no
from lrtdocs.errors import Place, Problem
from lrtdocs.messages import FaultError
from lrtdocs.model.findings import Findings
from lrtdocs.model.gemeente import fold_name
from lrtdocs.model.ontvanger import KOLOMMEN, NEDERLAND, Ontvanger, parse_code, parse_postcode
from lrtdocs.model.taakstelling import STAND
from lrtdocs.model.value import Soort, Value
from lrtdocs.source.lists.columns import COUNTED_WORDS, FIELDS, WORDS
from lrtdocs.source.lists.counts import check_counted, count_of
from lrtdocs.source.sheet import note, open_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from lrtdocs.model.gemeente import Register
    from lrtdocs.model.mailing import Kolomsoort
    from lrtdocs.source.sheet import Cell, Heading, Row, Table

KEPT = 400
"""Rows of a list that are kept, so that the file is read once; a longer one is read again."""
_ADDRESS = ("adres", "postcode", "plaats")
_PARTS = {"adres": "het adres", "postcode": "de postcode", "plaats": "de plaats"}
_COLUMNS = tuple(kolom.name for kolom in KOLOMMEN)
_EXAMPLE = re.compile(r"\bVOORBEELD\b|\bverzonnen\b")
_PHONES = frozenset({"telefoon", "telefoonnummer", "tel", "tel_nr", "mobiel", "telnr", "fax"})
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_TOTAL = re.compile(r"(totaal|bron|let op|noot|nb|stand|peildatum)\b|[*#]", re.IGNORECASE)
_ALL_SPACE = re.compile(r"\s+")


class RecipientList:
    """The recipients in a table, to be gone through as often as needed.

    `problems` are all those of the file, `table` gives its headings. Incomplete recipients are
    there too.
    """

    def __init__(self, table: Table, maker: _Maker, opening: list[Problem]) -> None:
        self.table, self._maker, self._opening = table, maker, opening
        findings = Findings(opening)
        rows: list[Row] = []
        with closing(table.rows(findings)) as reading:
            for row in reading:
                maker.learn(row)
                if len(rows) <= KEPT:
                    maker.make(row, findings.add)
                    rows.append(row)
                elif maker.knows_all:
                    break
        short = len(rows) <= KEPT
        self._rows = rows if short else None
        self._problems = findings.as_list() if short else None

    @property
    def columns(self) -> tuple[str, ...]:
        """The words of the headings."""
        return tuple(heading.key for heading in self.table.headings)

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong in the file."""
        if self._problems is None:
            deque(self, maxlen=0)
        return self._problems or []

    def __iter__(self) -> Iterator[Ontvanger]:
        """Yield the recipients, with a value for every column, also where it is empty.

        Of a long list all is known to be wrong that is, once it was gone through to the end.
        """
        findings = Findings(self._opening)
        for row in self.table.rows(findings) if self._rows is None else self._rows:
            ontvanger = self._maker.make(row, findings.add)
            if ontvanger is not None:
                yield ontvanger
        if self._problems is None:
            self._problems = findings.as_list()


def open_recipients(
    path: Path,
    register: Register | None = None,
    *,
    gemeenten: bool = False,
    kolommen: Mapping[str, Kolomsoort] | None = None,
) -> RecipientList:
    """Open the list of addresses `path`; raise FileProblemError if it cannot be read.

    With a `register` a gemeente may be given by its code or its name alone, and gets the other and
    its name as it is written there: with `gemeenten` always, and else where a column of codes, or
    the word gemeente, says that it is one. With `gemeenten` the columns `STAND` go into the
    letters: they hold numbers, and a heading that may have been meant for one is told. `kolommen`
    says of other columns what they mean.
    """
    table = open_table(path, COUNTED_WORDS if gemeenten else WORDS)
    opening = [*table.opening, *_check_columns(table)]
    opening += check_counted(table) if gemeenten else ()
    return RecipientList(table, _Maker(table, register, gemeenten, kolommen or {}), opening)


def _check_columns(table: Table) -> Iterator[Problem]:
    """Yield what is wrong with the columns, and whether this is an example."""
    note = next((cell for cell in table.notes if _EXAMPLE.search(cell.text)), None)
    if note is not None:
        shown = textwrap.shorten(note.text, 60, placeholder=" …")
        yield messages.problem("LRT634", note.place, text=shown)
    place = table.headings[0].place if table.headings else Place(str(table.path))
    if not any(map(table.has, ("naam", "code", "organisatie"))):
        yield messages.problem("LRT604.naam", place)
    missing = [name for name in _ADDRESS if not table.has(name)]
    if len(missing) == len(_ADDRESS):
        yield messages.problem("LRT604.adressen", place)
        return
    if table.has("land") and "postcode" in missing:
        missing.remove("postcode")
    for name in missing:
        yield messages.problem("LRT604.adres", place, name=name)


@dataclass(slots=True)
class _Extra:
    """A column of the list's own: what the mailing says of it, and whether it says yes or no."""

    heading: Heading
    kind: Kolomsoort | None
    yes_no: bool = True

    @property
    def counted(self) -> bool:
        """Whether it is one of the numbers of the letters."""
        return self.heading.key in STAND


class _Maker:
    """Makes recipients from the rows of one table."""

    def __init__(
        self,
        table: Table,
        register: Register | None,
        counted: bool,
        kolommen: Mapping[str, Kolomsoort],
    ) -> None:
        self.table, self.register, self.counted, self.kolommen = table, register, counted, kolommen
        self.headings = {heading.key: heading for heading in table.headings}
        self.extras = [
            _Extra(heading, kolommen.get(heading.key))
            for heading in table.headings
            if heading.key not in _COLUMNS
        ]
        self.of_gemeenten = self._heading("naam").startswith("gemeente")
        self.gemeenten = counted or self.of_gemeenten or table.has("code")

    def learn(self, row: Row) -> None:
        """See which columns have an answer that is not yes and not no."""
        for extra in self.extras:
            if extra.yes_no and (cell := row.cells.get(extra.heading.key)) is not None:
                extra.yes_no = parse_yes_no(cell.text) is not None

    @property
    def knows_all(self) -> bool:
        """Whether no column can still turn out to say yes or no in every row."""
        return not any(extra.yes_no for extra in self.extras)

    def make(self, row: Row, tell: Callable[[Problem], object]) -> Ontvanger | None:
        """Return the recipient in `row`, or None if it holds only a note."""
        cells = row.cells
        if self._is_note(row):
            tell(note(next(iter(cells.values()))))
            return None
        texts = {
            key: _ALL_SPACE.sub(" ", cell.text)
            for key, cell in cells.items()
            if key in FIELDS and key != "adres"
        }
        place = self._name_place(row)
        code, naam = self._identify(row, texts, tell)
        land = texts.get("land")
        if land and land.casefold() in NEDERLAND:
            land = None
        values: dict[str, str | None] = {name: texts.get(name) for name in _COLUMNS}
        values |= {
            "code": code,
            "naam": naam,
            "land": land,
            "adres": _join_address(cells.get("adres"), texts, self._heading("adres")),
            "postcode": _postcode(cells.get("postcode"), texts.get("postcode"), land, tell),
            "email": _email(cells.get("email"), tell),
        }
        named = {extra.heading.key: self._extra(extra, row, place, tell) for extra in self.extras}
        ontvanger = Ontvanger(place, **values, extra=named)
        self._check_complete(row, ontvanger, tell)
        return ontvanger

    def _heading(self, key: str) -> str:
        """Return the heading of the column `key` as typed, in lower case; "" without one."""
        heading = self.headings.get(key)
        return heading.text.lower() if heading else ""

    def _is_note(self, row: Row) -> bool:
        """Tell whether `row` has one cell only, and that is no recipient."""
        if len(row.cells) != 1 or row.refused or len(self.table.headings) < 3:
            return False
        key, cell = next(iter(row.cells.items()))
        named = key in {"code", "naam", "organisatie"}
        return not named or len(cell.text) > 60 or _TOTAL.match(cell.text) is not None

    def _name_place(self, row: Row) -> Place:
        """Return the place of the cell that names the recipient, or else of the first."""
        for key in ("code", "naam", "organisatie"):
            if key in row.cells:
                return row.cells[key].place
        first = next(iter(row.cells.values()), None)
        if first is not None:
            return first.place
        return Place(str(self.table.path), cell=f"A{row.number}")

    def _identify(
        self, row: Row, texts: dict[str, str], tell: Callable[[Problem], object]
    ) -> tuple[str | None, str | None]:
        """Return the code and name of the recipient, each completed from the other if it can be."""
        text, naam = texts.get("code"), texts.get("naam")
        if not text:
            return self._find_name(row, naam, texts, tell)
        code = parse_code(text)
        if code is None:
            meant = self.register.find_name(naam) if naam and self.register else None
            place = row.cells["code"].place
            if meant is None:
                tell(messages.problem("LRT624.geen", place, text=text))
                return None, naam
            tell(
                messages.problem(
                    "LRT624.andere", place, text=text, right=meant.code, name=meant.naam
                )
            )
            return meant.code, naam
        gemeente = self.register.find(code) if self.register else None
        if gemeente is not None:
            named = self.register.find_name(naam) if naam and self.register else gemeente
            if not naam or (named == gemeente and fold_name(naam) == fold_name(gemeente.naam)):
                naam = gemeente.naam
        return code, naam

    def _find_name(
        self,
        row: Row,
        naam: str | None,
        texts: dict[str, str],
        tell: Callable[[Problem], object],
    ) -> tuple[str | None, str | None]:
        """Return code and name of a recipient that came without a code."""
        if not naam or self.register is None or "code" in row.refused:
            return None, naam
        if not (self.gemeenten or naam.lower().startswith("gemeente ")):
            return None, naam
        gemeente = self.register.find_name(naam)
        if gemeente is None:
            if self.of_gemeenten and not (self.counted or "organisatie" in texts):
                tell(messages.problem("LRT627.brief", row.cells["naam"].place, name=naam))
            return None, naam
        same = fold_name(naam) == fold_name(gemeente.naam)
        return gemeente.code, gemeente.naam if same else naam

    def _extra(
        self, extra: _Extra, row: Row, place: Place, tell: Callable[[Problem], object]
    ) -> Value:
        """Return the value of another column, typed here and nowhere else."""
        key = extra.heading.key
        cell = row.cells.get(key)
        if cell is None:
            at = self.table.place_in(place, key)
            if extra.kind is not None and extra.kind.verplicht and key not in row.refused:
                tell(messages.problem("LRT656", at, column=extra.heading.text))
            return Value("", None, (at.file, at.line, at.column, at.cell))
        if self.counted and extra.counted:
            return _count(key, cell, tell)
        value = cell.as_value(yes_no=extra.yes_no)
        if extra.kind is not None and extra.kind.soort is not None:
            return _of_kind(value, extra.heading, extra.kind.soort, tell)
        if key in _PHONES and isinstance(cell.value, int) and len(value) == 9 and value.isdigit():
            tell(messages.problem("LRT622", cell.place, text=cell.text))
            return Value(f"0{value}", at=cell.at)
        return value

    def _check_complete(
        self, row: Row, ontvanger: Ontvanger, tell: Callable[[Problem], object]
    ) -> None:
        """Report every part that is missing and was not told of already."""
        place = ontvanger.plaats_in_bestand
        if not (ontvanger.naam or ontvanger.organisatie or ontvanger.code or "code" in row.refused):
            tell(messages.problem("LRT621", place, what="de naam"))
        expected = [name for name in _ADDRESS if self.table.has(name) and name not in row.refused]
        if ontvanger.land and "postcode" in expected:
            expected.remove("postcode")
        missing = [name for name in expected if not getattr(ontvanger, name)]
        if missing == list(_ADDRESS):
            tell(messages.problem("LRT621", place, what="het hele adres"))
            return
        for name in missing:
            tell(messages.problem("LRT621", place, what=_PARTS[name]))


def _count(key: str, cell: Cell, tell: Callable[[Problem], object]) -> Value:
    """Return a number of people as a value; an empty one, with a problem, if it is none."""
    try:
        return Value(cell.text, count_of(cell), cell.at)
    except FaultError as error:
        tell(
            messages.problem(
                "LRT652",
                cell.place,
                column=key,
                reason=error.message,
                text=cell.text,
                remedy=error.remedy,
            )
        )
        return Value("", None, cell.at)


def _of_kind(
    value: Value, heading: Heading, soort: Soort, tell: Callable[[Problem], object]
) -> Value:
    """Return `value` as what its column is said to be; a problem if it cannot be that."""
    try:
        return value.as_soort(soort)
    except FaultError as error:
        tell(
            messages.problem(
                "LRT655",
                value.place or heading.place,
                column=heading.text,
                kind=str(soort),
                reason=error.message,
                text=str(value),
                remedy=error.remedy,
            )
        )
        return value


def _postcode(
    cell: Cell | None, text: str | None, land: str | None, tell: Callable[[Problem], object]
) -> str | None:
    if cell is None or text is None or land:
        return text
    postcode = parse_postcode(text)
    if postcode is None:
        bare = text.isdigit() and len(text) == 4
        tell(messages.problem("LRT620.letters" if bare else "LRT620.geen", cell.place, text=text))
    return postcode or text


def _email(cell: Cell | None, tell: Callable[[Problem], object]) -> str | None:
    if cell is not None and _EMAIL.fullmatch(cell.text) is None:
        tell(messages.problem("LRT623", cell.place, text=cell.text))
    return cell.text if cell is not None else None


def _join_address(cell: Cell | None, texts: dict[str, str], heading: str) -> str | None:
    """Return street and number, or post box, on as many lines as were typed."""
    lines = [" ".join(line.split()) for line in cell.text.splitlines()] if cell else []
    number = " ".join(texts[name] for name in ("huisnummer", "toevoeging") if name in texts)
    if lines and number:
        lines[0] = f"{lines[0]} {number}"
    elif lines and "postbus" in heading and lines[0].isdigit():
        lines[0] = f"Postbus {lines[0]}"
    lines.append(texts.get("adres_2", ""))
    return "\n".join(line for line in lines if line) or None
