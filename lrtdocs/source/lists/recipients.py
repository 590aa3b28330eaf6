"""From a table to recipients: columns to fields, addresses made even, problems at their cells.

What is sure is mended in silence (`1234ab`, a post box by its number alone, a code without GM);
what is not is told. Whether every gemeente is there is for `model.ontvanger` to say.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.messages import FaultError
from lrtdocs.model.gemeente import fold_name
from lrtdocs.model.ontvanger import NEDERLAND, Ontvanger, parse_code, parse_postcode
from lrtdocs.model.taakstelling import STAND, parse_aantal
from lrtdocs.source.lists.number_headings import COUNTED_WORDS, check_counted
from lrtdocs.source.sheet import open_table, problems
from lrtdocs.source.sheet.fields import FIELDS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.model.gemeente import Gemeente, Register
    from lrtdocs.source.sheet import Cell, Row, Table

_ADDRESS = ("adres", "postcode", "plaats")
_PARTS = {"adres": "het adres", "postcode": "de postcode", "plaats": "de plaats"}
_KNOWN = frozenset(FIELDS)
_EXAMPLE = re.compile(r"\bVOORBEELD\b|\bverzonnen\b")
_PHONES = frozenset({"telefoon", "telefoonnummer", "tel", "tel_nr", "mobiel", "telnr", "fax"})
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_TOTAL = re.compile(r"(totaal|bron|let op|noot|nb|stand|peildatum)\b|[*#]", re.IGNORECASE)
_ALL_SPACE = re.compile(r"\s+")


def open_recipients(path: Path, *, counted: bool = False) -> Table:
    """Open the list of addresses `path`, its headings matched with the fields of a recipient.

    With `counted` the columns `STAND` go into the letters, and a heading that may have been meant
    for one is told. Raises FileProblemError if it cannot be read. Problems of the headings are on
    the table at once.
    """
    table = open_table(path, COUNTED_WORDS if counted else WORDS)
    for problem in [*_check_columns(table), *(check_counted(table) if counted else ())]:
        table.tell(problem)
    return table


def read_ontvangers(
    table: Table, register: Register | None = None, *, gemeenten: bool = False
) -> Iterator[Ontvanger]:
    """Yield the recipients in `table`; problems are added to `table.problems` on the way.

    With a `register` a gemeente may be given by its code or its name alone, and gets the other and
    its name as it is written there: with `gemeenten` always, and else where a column of codes, or
    the word gemeente, says that it is one. With `gemeenten` the columns `STAND` hold numbers, and
    what is none is left out. Incomplete recipients are yielded too.
    """
    named = _is_of_gemeenten(table)
    columns = _Columns(table, register, gemeenten or named or table.has("code"), counted=gemeenten)
    for row in table:
        ontvanger = columns.make_ontvanger(row)
        if ontvanger is not None:
            yield ontvanger


def _check_columns(table: Table) -> Iterator[Problem]:
    """Yield what is wrong with the columns, and whether this is an example."""
    note = next((cell for cell in table.notes if _EXAMPLE.search(cell.text)), None)
    if note is not None:
        yield _is_example(note)
    place = table.headings[0].place if table.headings else Place(str(table.path))
    if not any(map(table.has, ("naam", "code", "organisatie"))):
        yield _no_column(place, "naam", "Zonder naam weet lrtdocs niet wie de brief krijgt.")
    missing = [name for name in _ADDRESS if not table.has(name)]
    if len(missing) == len(_ADDRESS):
        yield _no_addresses(place)
        return
    if table.has("land") and "postcode" in missing:
        missing.remove("postcode")
    for name in missing:
        yield _no_column(place, name, "Het adres is niet compleet.")


@dataclass(slots=True)
class _Columns:
    """Makes recipients from the rows of one table."""

    table: Table
    register: Register | None
    gemeenten: bool
    counted: bool

    def make_ontvanger(self, row: Row) -> Ontvanger | None:
        """Return the recipient in `row`, or None if it holds only a note."""
        cells = row.cells
        if self._is_note(row):
            self.table.findings.add(problems.note(next(iter(cells.values()))))
            return None
        texts = {
            key: _ALL_SPACE.sub(" ", cell.text)
            for key, cell in cells.items()
            if key in _KNOWN and key != "adres"
        }
        place = self._name_place(row)
        code, naam = self._identify(row, texts)
        land = texts.get("land")
        if land and land.casefold() in NEDERLAND:
            land = None
        ontvanger = Ontvanger(
            plaats_in_bestand=place,
            code=code,
            naam=naam,
            organisatie=texts.get("organisatie"),
            afdeling=texts.get("afdeling"),
            ter_attentie_van=texts.get("ter_attentie_van"),
            adres=_join_address(cells.get("adres"), texts, _heading(self.table, "adres")),
            postcode=self._postcode(cells.get("postcode"), texts.get("postcode"), land),
            plaats=texts.get("plaats"),
            land=land,
            aanhef=texts.get("aanhef"),
            uw_referentie=texts.get("uw_referentie"),
            email=self._email(cells.get("email")),
            extra={key: self._extra(key, cell) for key, cell in cells.items() if key not in _KNOWN},
        )
        self._check_complete(row, ontvanger)
        return ontvanger

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

    def _identify(self, row: Row, texts: dict[str, str]) -> tuple[str | None, str | None]:
        """Return the code and name of the recipient, each completed from the other if it can be."""
        text, naam = texts.get("code"), texts.get("naam")
        if not text:
            return self._find_name(row, naam, texts)
        code = parse_code(text)
        if code is None:
            meant = self.register.find_name(naam) if naam and self.register else None
            self.table.findings.add(_bad_code(row.cells["code"].place, text, meant))
            return meant.code if meant else None, naam
        gemeente = self.register.find(code) if self.register else None
        if gemeente is not None:
            named = self.register.find_name(naam) if naam and self.register else gemeente
            if not naam or (named == gemeente and fold_name(naam) == fold_name(gemeente.naam)):
                naam = gemeente.naam
        return code, naam

    def _find_name(
        self, row: Row, naam: str | None, texts: dict[str, str]
    ) -> tuple[str | None, str | None]:
        """Return code and name of a recipient that came without a code."""
        if not naam or self.register is None or "code" in row.refused:
            return None, naam
        if not (self.gemeenten or naam.lower().startswith("gemeente ")):
            return None, naam
        gemeente = self.register.find_name(naam)
        if gemeente is None:
            if _is_of_gemeenten(self.table) and not (self.counted or "organisatie" in texts):
                self.table.findings.add(_unclear_gemeente(row.cells["naam"].place, naam))
            return None, naam
        same = fold_name(naam) == fold_name(gemeente.naam)
        return gemeente.code, gemeente.naam if same else naam

    def _postcode(self, cell: Cell | None, text: str | None, land: str | None) -> str | None:
        if cell is None or text is None or land:
            return text
        postcode = parse_postcode(text)
        if postcode is None:
            self.table.findings.add(_bad_postcode(cell.place, text))
        return postcode or text

    def _email(self, cell: Cell | None) -> str | None:
        if cell is not None and _EMAIL.fullmatch(cell.text) is None:
            self.table.findings.add(_bad_email(cell))
        return cell.text if cell is not None else None

    def _extra(self, key: str, cell: Cell) -> str:
        """Return the text of another column; a phone number gets back the 0 that Excel dropped."""
        digits = cell.text
        if self.counted and key in STAND:
            return self._number(key, cell)
        if key in _PHONES and isinstance(cell.value, int) and len(digits) == 9 and digits.isdigit():
            self.table.findings.add(_lost_zero(cell))
            return f"0{digits}"
        return digits

    def _number(self, key: str, cell: Cell) -> str:
        """Return the text of a whole number, or "" with a problem if it is none."""
        try:
            parse_aantal(cell.text)
        except FaultError as error:
            self.table.findings.add(_bad_number(key, cell, error))
            return ""
        return cell.text

    def _check_complete(self, row: Row, ontvanger: Ontvanger) -> None:
        """Report every part that is missing and was not told of already."""
        place, tell = ontvanger.plaats_in_bestand, self.table.findings.add
        if not (ontvanger.naam or ontvanger.organisatie or ontvanger.code or "code" in row.refused):
            tell(_missing(place, "de naam"))
        expected = [name for name in _ADDRESS if self.table.has(name) and name not in row.refused]
        if ontvanger.land and "postcode" in expected:
            expected.remove("postcode")
        missing = [name for name in expected if not getattr(ontvanger, name)]
        if missing == list(_ADDRESS):
            tell(_missing(place, "het hele adres"))
        else:
            for name in missing:
                tell(_missing(place, _PARTS[name]))


def _is_of_gemeenten(table: Table) -> bool:
    """Tell whether the column of names says that they are those of gemeenten."""
    return _heading(table, "naam").startswith("gemeente")


def _heading(table: Table, key: str) -> str:
    """Return the heading of the column `key` as typed, in lower case; "" without one."""
    return next((heading.text for heading in table.headings if heading.key == key), "").lower()


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


# --- problems


def _is_example(cell: Cell) -> Problem:
    return Problem(
        "LRT634",
        cell.place,
        "Dit is een voorbeeld: de adressen zijn verzonnen. Verstuur deze brieven niet.",
        found=textwrap.shorten(cell.text, 60, placeholder=" …"),
        remedy="Gebruik uw eigen adressen, en haal deze regel dan weg.",
        severity=Severity.WARNING,
    )


def _no_column(place: Place, name: str, reason: str) -> Problem:
    return Problem(
        "LRT604",
        place,
        f"De kolom '{name}' ontbreekt. {reason}",
        expected=f"een kolom '{name}'",
        remedy=f"Voeg de kolom toe, of geef de kolom waar het in staat de kop '{name}'.",
    )


def _no_addresses(place: Place) -> Problem:
    return Problem(
        "LRT604",
        place,
        "Deze lijst heeft geen adressen: boven de brieven komt alleen een naam.",
        expected="de kolommen adres, postcode en plaats",
        remedy="Voeg de kolommen toe als de brieven met de post gaan.",
        severity=Severity.WARNING,
    )


def _missing(place: Place, what: str) -> Problem:
    return Problem(
        "LRT621",
        place,
        f"Bij deze ontvanger ontbreekt {what}.",
        remedy=f"Vul {what} in. Hoort de rij er niet bij, haal haar dan weg.",
    )


def _bad_number(key: str, cell: Cell, error: FaultError) -> Problem:
    return Problem(
        "LRT652",
        cell.place,
        f"In de kolom '{key}' staat geen aantal. {error.message}",
        found=cell.text,
        remedy=error.remedy,
    )


def _bad_code(place: Place, text: str, meant: Gemeente | None) -> Problem:
    remedy = "Neem de code over uit 'lrtdocs gemeenten', of laat de cel leeg."
    if meant:
        remedy = f"Vul {meant.code} in: dat is de code van {meant.naam}."
    return Problem(
        "LRT624",
        place,
        f"'{text}' is geen code van een gemeente.",
        expected="GM en vier cijfers, zoals GM0518",
        found=text,
        remedy=remedy,
    )


def _unclear_gemeente(place: Place, naam: str) -> Problem:
    return Problem(
        "LRT627",
        place,
        f"Welke gemeente is '{naam}'? De brief gaat nu niet aan het college van een gemeente.",
        found=naam,
        remedy="Verbeter de naam, of zet er een kolom 'code' bij. Is het geen gemeente, zet de "
        "naam dan in een kolom 'organisatie'.",
        severity=Severity.WARNING,
    )


def _bad_postcode(place: Place, text: str) -> Problem:
    remedy = "Kijk de postcode na. Is het een adres in het buitenland, vul dan de kolom 'land' in."
    if text.isdigit() and len(text) == 4:
        remedy = "De twee letters ontbreken: vul ze aan."
    return Problem(
        "LRT620",
        place,
        f"'{text}' is geen postcode.",
        expected="vier cijfers en twee letters, zoals 2511 DP",
        found=text,
        remedy=remedy,
    )


def _bad_email(cell: Cell) -> Problem:
    return Problem(
        "LRT623",
        cell.place,
        f"'{cell.text}' is geen e-mailadres.",
        expected="een e-mailadres, zoals naam@minjenv.nl",
        found=cell.text,
        remedy="Kijk of er precies één @ in staat, en geen spatie.",
        severity=Severity.WARNING,
    )


def _lost_zero(cell: Cell) -> Problem:
    return Problem(
        "LRT622",
        cell.place,
        f"Excel heeft de 0 van dit nummer weggelaten: lrtdocs leest 0{cell.text}.",
        found=cell.text,
        remedy="Maak de kolom in Excel op als tekst, en typ het nummer opnieuw.",
        severity=Severity.WARNING,
    )
