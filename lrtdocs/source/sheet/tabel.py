"""A supplied Bijlage A: the numbers of each gemeente, read from a spreadsheet or CSV."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.errors import Place, Problem, Severity, has_errors
from lrtdocs.model.gemeente import name_some
from lrtdocs.model.ontvanger import parse_code
from lrtdocs.model.taakstelling import Tabelrij
from lrtdocs.source.sheet import open_table
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
    rijen: dict[str, Tabelrij] = {}
    for row in table:
        rij = _make_rij(table, row, names, register)
        if rij is None:
            continue
        first = rijen.setdefault(rij.code, rij)
        if first is not rij:
            table.findings.add(_double(rij, first, register))
    problems = table.problems
    if not has_errors(problems):
        problems += _check_complete(table, rijen, names, register)
    return rijen, problems


def _make_rij(table: Table, row: Row, names: list[str], register: Register) -> Tabelrij | None:
    """Return the row as numbers, or None if it is a total, or of no gemeente."""
    naming = row.cells.get("code") or row.cells.get("naam")
    if naming is None:
        first = next(iter(row.cells.values()), None)
        if first is not None and len(row.cells) > 1:
            table.findings.add(_nameless(first))
        return None
    if naming.text.casefold().startswith(_TOTALS):
        return None
    gemeente = _find(row, register)
    if gemeente is None:
        if any(name in row.cells for name in names):
            table.findings.add(_unknown(naming))
        return None
    numbers = {name: _number(table, row.cells[name]) for name in names if name in row.cells}
    return Tabelrij(gemeente.code, **numbers, plaats=naming.place)


def _find(row: Row, register: Register) -> Gemeente | None:
    code, naam = row.cells.get("code"), row.cells.get("naam")
    if code is not None:
        return register.find(parse_code(code.text) or "")
    return register.find_name(naam.text) if naam is not None else None


def _number(table: Table, cell: Cell) -> int | None:
    """Return the whole number in `cell`; None, and a problem, if it is something else."""
    number = cell.value
    if isinstance(number, int) and number >= 0:
        return number
    if number is None or isinstance(number, Decimal):
        try:
            if number is None and cell.text.strip() in {"-", "–", "nvt", "n.v.t."}:
                return None
            found = dutch.parse_number(cell.text)
        except dutch.FormatError as error:
            table.findings.add(_bad_number(cell, error.remedy))
            return None
        else:
            if found >= 0:
                return found
    table.findings.add(_bad_number(cell, "Schrijf een heel getal, zoals 38 of 1.204."))
    return None


def _check_complete(
    table: Table, rijen: dict[str, Tabelrij], names: list[str], register: Register
) -> Iterator[Problem]:
    """Yield a warning for gemeenten without a row: their number is then computed."""
    missing = [gemeente for gemeente in register.gemeenten if gemeente.code not in rijen]
    if missing and "taakstelling" in names:
        yield Problem(
            "LRT633",
            Place(str(table.path)),
            f"In deze tabel {_lack(len(missing))}; daar rekent lrtdocs zelf: {name_some(missing)}.",
            expected=f"alle {len(register.gemeenten)} gemeenten",
            found=f"{len(rijen)} gemeenten",
            remedy="Zet ook voor deze gemeenten een rij in de tabel.",
            severity=Severity.WARNING,
        )


def _lack(number: int) -> str:
    return "ontbreekt 1 gemeente" if number == 1 else f"ontbreken {number} gemeenten"


# --- problems


def _no_numbers(table: Table) -> Problem:
    return Problem(
        "LRT631",
        table.headings[0].place if table.headings else Place(str(table.path)),
        "Deze tabel heeft geen kolom met aantallen.",
        expected=f"een of meer van de kolommen {dutch.join_words(NUMBERS)}",
        found=", ".join(heading.text for heading in table.headings)[:80],
        remedy="Zet boven de kolom met de aantallen de kop 'taakstelling'.",
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


def _bad_number(cell: Cell, remedy: str) -> Problem:
    return Problem(
        "LRT635",
        cell.place,
        f"'{cell.text}' is geen aantal.",
        expected="een heel getal",
        found=cell.text,
        remedy=remedy,
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
