"""A supplied Bijlage A: the numbers of each gemeente, read from a spreadsheet or CSV."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.errors import Place, Problem, Severity, has_errors
from lrtdocs.messages import FaultError
from lrtdocs.model.gemeente import count_gemeenten, name_some
from lrtdocs.model.ontvanger import check_naming, parse_code
from lrtdocs.model.taakstelling import COMPUTED, Tabelrij, parse_aantal
from lrtdocs.source.sheet import open_table, problems
from lrtdocs.source.sheet.fields import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.model.gemeente import Gemeente, Register
    from lrtdocs.source.sheet import Cell, Row, Table

NUMBERS = (
    "taakstelling",
    "bijstelling_was",
    "bijstelling_wordt",
    "gerealiseerd",
    "achterstand",
    "voorsprong",
)
_OTHER_WORDS = {
    "taakstelling": "aantal, aantal_te_huisvesten, nieuwe_taakstelling",
    "bijstelling_was": "was, oude_taakstelling, taakstelling_was, oud",
    "bijstelling_wordt": "wordt, bijgestelde_taakstelling, taakstelling_wordt, nieuw",
    "gerealiseerd": "realisatie, gehuisvest",
    "achterstand": "stand_achterstand",
    "voorsprong": "stand_voorsprong",
}
_TABEL_WORDS = {
    **{word: field for word, field in WORDS.items() if field in {"code", "naam"}},
    **{name: name for name in NUMBERS},
    **{word: name for name, words in _OTHER_WORDS.items() for word in words.split(", ")},
}
_NOTHING = frozenset({"-", "–", "nvt", "n.v.t."})
_TOTALS = ("totaal", "nederland", "nl01", "nl", "som", "landelijk")


def read_tabel(
    path: Path, register: Register, *, required: bool = True
) -> tuple[dict[str, Tabelrij], list[Problem]]:
    """Read the numbers a gemeente from `path`, by code, with all problems of the file.

    A row names its gemeente by code or by name; a row with the total is left out. With `required` a
    file without any column of numbers is a problem. Raises FileProblemError if it cannot be read.
    """
    table = open_table(path, _TABEL_WORDS)
    names = [name for name in NUMBERS if table.has(name)]
    if not names:
        return {}, [_no_numbers(table)] if required else []
    if not (table.has("code") or table.has("naam")):
        return {}, [_no_names(table)]
    rijen: dict[str, Tabelrij] = {}
    for row in table:
        rij = _make_rij(table, row, names, register)
        if rij is None:
            continue
        first = rijen.setdefault(rij.code, rij)
        if first is not rij:
            table.findings.add(_double(rij, first, register))
    found = table.problems
    if not has_errors(found):
        found += _check_complete(table, rijen, names, register)
    return rijen, found


def _make_rij(table: Table, row: Row, names: list[str], register: Register) -> Tabelrij | None:
    """Return the row as numbers, or None if it is a total, or of no gemeente."""
    naming = row.cells.get("code") or row.cells.get("naam")
    if naming is None:
        first = next(iter(row.cells.values()), None)
        if first is not None:
            alone = len(row.cells) == 1
            table.findings.add(problems.note(first) if alone else _nameless(first))
        return None
    gemeente = _find(row, register)
    if gemeente is None:
        total = naming.text.casefold().startswith(_TOTALS)
        if not total and any(name in row.cells for name in names):
            table.findings.add(_unknown(naming))
        return None
    naam = row.cells.get("naam")
    for problem in check_naming(naming.place, naam.text if naam else None, gemeente, register):
        table.findings.add(problem)
    numbers = {name: _number(table, row.cells[name]) for name in names if name in row.cells}
    _check_filled(table, row, naming, gemeente, names)
    return Tabelrij(gemeente.code, **numbers, plaats=naming.place)


def _find(row: Row, register: Register) -> Gemeente | None:
    code, naam = row.cells.get("code"), row.cells.get("naam")
    if code is not None:
        return register.find(parse_code(code.text) or "")
    return register.find_name(naam.text) if naam is not None else None


def _number(table: Table, cell: Cell) -> int | None:
    """Return the whole number in `cell`; None, and a problem, if it is something else."""
    number = cell.value
    if _says_nothing(cell):
        return None
    if isinstance(number, dt.date | dt.time):
        table.findings.add(_bad_number(cell, FaultError("deel.aantal_is_datum")))
        return None
    try:
        return parse_aantal(str(number) if isinstance(number, int) else cell.text)
    except FaultError as error:
        table.findings.add(_bad_number(cell, error))
        return None


def _says_nothing(cell: Cell) -> bool:
    return cell.value is None and cell.text.strip() in _NOTHING


def _check_filled(
    table: Table, row: Row, naming: Cell, gemeente: Gemeente, names: list[str]
) -> None:
    """Report every cell without a number where lrtdocs would then put one of its own."""
    for name in (name for name in COMPUTED if name in names and name not in row.refused):
        cell = row.cells.get(name)
        if cell is None or _says_nothing(cell):
            place = table.place_in(naming.place, name)
            table.findings.add(_not_filled(place, name, gemeente))


def _check_complete(
    table: Table, rijen: dict[str, Tabelrij], names: list[str], register: Register
) -> Iterator[Problem]:
    """Yield what a table without errors leaves out: all numbers, or the rows of some gemeenten."""
    if not any(getattr(rij, name) is not None for rij in rijen.values() for name in names):
        yield _no_numbers(table)
        return
    missing = [gemeente for gemeente in register.gemeenten if gemeente.code not in rijen]
    if missing and "taakstelling" in names:
        yield Problem(
            "LRT633",
            Place(str(table.path)),
            f"In deze tabel {_lack(len(missing))}; daar rekent lrtdocs zelf: {name_some(missing)}.",
            expected=f"alle {len(register.gemeenten)} gemeenten",
            found=count_gemeenten(len(rijen)),
            remedy="Zet ook voor deze gemeenten een rij in de tabel.",
            severity=Severity.WARNING,
        )


def _lack(number: int) -> str:
    return f"{'ontbreekt' if number == 1 else 'ontbreken'} {count_gemeenten(number)}"


# --- problems


def _no_numbers(table: Table) -> Problem:
    return Problem(
        "LRT631",
        table.headings[0].place if table.headings else Place(str(table.path)),
        "Deze tabel heeft geen aantallen.",
        expected=f"een getal in een of meer van de kolommen {dutch.join_words(NUMBERS)}",
        found=", ".join(heading.text for heading in table.headings)[:80],
        remedy="Zet boven de kolom met de aantallen de kop 'taakstelling', en vul de kolom in.",
    )


def _no_names(table: Table) -> Problem:
    return Problem(
        "LRT604",
        table.headings[0].place,
        "De kolom 'gemeente' ontbreekt. Zonder die weet lrtdocs niet bij welke gemeente een "
        "aantal hoort.",
        expected="een kolom 'code' of een kolom 'gemeente'",
        found=", ".join(heading.text for heading in table.headings)[:80],
        remedy="Zet er een kolom 'code' of 'gemeente' bij, en vul die in elke rij in.",
    )


def _not_filled(place: Place, name: str, gemeente: Gemeente) -> Problem:
    return Problem(
        "LRT636",
        place,
        f"Bij {gemeente.naam} is de kolom '{name}' leeg; daar rekent lrtdocs zelf.",
        remedy="Vul het aantal in, of laat de cel leeg als lrtdocs mag rekenen.",
        severity=Severity.WARNING,
    )


def _nameless(cell: Cell) -> Problem:
    return Problem(
        "LRT632",
        cell.place,
        "Deze rij zegt niet bij welke gemeente ze hoort.",
        remedy="Vul de code of de naam van de gemeente in.",
    )


def _unknown(cell: Cell) -> Problem:
    return Problem(
        "LRT632",
        cell.place,
        f"'{cell.text}' is geen gemeente in het register.",
        expected="de code of de naam van een gemeente",
        found=cell.text,
        remedy="Vul de code in de kolom 'code' in: die staat in 'lrtdocs gemeenten'.",
    )


def _bad_number(cell: Cell, error: FaultError) -> Problem:
    return Problem(
        "LRT635",
        cell.place,
        f"In deze cel staat geen aantal. {error.message}",
        expected="een heel getal",
        found=cell.text,
        remedy=error.remedy,
    )


def _double(rij: Tabelrij, first: Tabelrij, register: Register) -> Problem:
    gemeente = register.find(rij.code)
    place = rij.plaats or Place("")
    at = first.plaats or place
    return Problem(
        "LRT628",
        place,
        f"{gemeente.naam if gemeente else rij.code} staat twee keer in de tabel: ook in "
        f"{f'cel {at.cell}' if at.cell else f'regel {at.line}'}.",
        found=rij.code,
        remedy="Haal een van de twee rijen weg.",
    )
