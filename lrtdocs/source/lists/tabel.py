"""A supplied Bijlage A: the numbers of each gemeente, read from a spreadsheet or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Problem, has_errors
from lrtdocs.findings import Findings
from lrtdocs.messages import FaultError
from lrtdocs.model.gemeente import count_gemeenten, name_some
from lrtdocs.model.namen import find_provincie
from lrtdocs.model.ontvanger import check_naming, explain_name, guess_gemeente, parse_code
from lrtdocs.model.taakstelling import COMPUTED, STAND, Tabelrij
from lrtdocs.source.lists.columns import FIELDS, count_of, heading_words, refused, says_nothing
from lrtdocs.source.lists.totals import ASIDE, TOTAL, check_totals, find_reckoned
from lrtdocs.source.sheet import note, open_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.model.gemeente import Gemeente, Register
    from lrtdocs.source.sheet import Cell, Row, Table

NUMBERS = (*COMPUTED, *STAND)
_TABEL_WORDS = heading_words(
    {
        "code": FIELDS["code"],
        "naam": FIELDS["naam"],
        "taakstelling": "aantal, aantal_te_huisvesten, nieuwe_taakstelling",
        "bijstelling_was": "was, oude_taakstelling, taakstelling_was, oud",
        "bijstelling_wordt": "wordt, bijgestelde_taakstelling, taakstelling_wordt, nieuw",
        "gerealiseerd": "realisatie, gehuisvest",
        "achterstand": "stand_achterstand",
        "voorsprong": "stand_voorsprong",
    }
)


def read_tabel(
    path: Path, register: Register, *, required: bool = True
) -> tuple[dict[str, Tabelrij], list[Problem]]:
    """Read the numbers a gemeente from `path`, by code, with all problems of the file.

    A row names its gemeente by code or by name; a row with the total is left out. With `required` a
    file without any column of numbers is a problem. Raises FileProblemError if it cannot be read.
    """
    table = open_table(path, _TABEL_WORDS, "")
    names = [name for name in NUMBERS if table.has(name)]
    if not names:
        return {}, [_no_numbers(table)] if required else []
    if not (table.has("code") or table.has("naam")):
        place = table.headings[0].place
        return {}, [messages.problem("LRT604.gemeente", place, headings=_headings(table))]
    findings = Findings(table.opening)
    rijen: dict[str, Tabelrij] = {}
    totals = False
    for row in table.rows(findings):
        totals = totals or _reckoned(row) == TOTAL
        rij = _make_rij(table, row, names, register, findings)
        if rij is None:
            continue
        first = rijen.setdefault(rij.code, rij)
        if first is not rij:
            findings.add(_double(rij, first, register))
    if totals:
        findings.extend(check_totals(table, _reckoned))
    found = findings.as_list()
    if not has_errors(found):
        found += _check_complete(table, rijen, names, register)
    return rijen, found


def _make_rij(
    table: Table, row: Row, names: list[str], register: Register, findings: Findings
) -> Tabelrij | None:
    """Return the row as numbers, or None if it is a total, or of no gemeente."""
    naming = row.cells.get("code") or row.cells.get("naam")
    if naming is None:
        if row.first is not None:
            nameless = messages.problem("LRT632.zonder", row.first.place)
            findings.add(note(row.first) if len(row.cells) == 1 else nameless)
        return None
    gemeente = _find(row, register)
    if gemeente is None:
        if reckoned := find_reckoned(naming):
            findings.extend([] if reckoned == TOTAL else [note(naming, "LRT611.som")])
        elif not _reckoned(row) and any(name in row.cells for name in names):
            findings.add(_unknown(naming, row.text("naam"), register))
        return None
    findings.extend(check_naming(naming.place, row.text("naam"), gemeente, register))
    read = {name: _number(row.cells[name], findings) for name in names if name in row.cells}
    findings.extend(_check_filled(table, row, naming, gemeente, names))
    numbers = {name: number for name, number in read.items() if number is not None}
    places = {name: row.cells[name].place for name in numbers}
    return Tabelrij(gemeente.code, numbers, naming.place, places)


def _reckoned(row: Row) -> str | None:
    """Return what was reckoned in `row`; so is one of a province, or of nobody; None if nothing."""
    naming = row.cells.get("code") or row.cells.get("naam")
    other = naming is None or find_provincie(naming.text)
    return find_reckoned(naming) or (ASIDE if other else None)


def _find(row: Row, register: Register) -> Gemeente | None:
    code, naam = row.text("code"), row.text("naam")
    return register.find(parse_code(code) or "") or register.find_name(code or naam)


def _unknown(naming: Cell, naam: str, register: Register) -> Problem:
    known = explain_name(naming.place, naming.text, register)
    expected = guess_gemeente(naam, register) or messages.text("deel.naam_of_code")
    told = {"text": naming.text, "expected": expected}
    return known or messages.problem("LRT632.onbekend", naming.place, None, **told)


def _number(cell: Cell, findings: Findings) -> int | None:
    """Return the whole number in `cell`; None, and a problem, if it is something else."""
    try:
        return count_of(cell)
    except FaultError as error:
        findings.add(refused(error, "LRT635", cell.place, text=cell.text))
        return None


def _check_filled(
    table: Table, row: Row, naming: Cell, gemeente: Gemeente, names: list[str]
) -> Iterator[Problem]:
    """Yield every cell without a number where lrtdocs would then put one of its own."""
    for name in (name for name in COMPUTED if name in names and name not in row.refused):
        if says_nothing(row.cells.get(name)):
            place = table.place_in(naming.place, name)
            yield messages.problem("LRT636", place, gemeente=gemeente.naam, column=name)


def _check_complete(
    table: Table, rijen: dict[str, Tabelrij], names: list[str], register: Register
) -> Iterator[Problem]:
    """Yield what a table without errors leaves out: all numbers, or the rows of some gemeenten."""
    if not any(rij.numbers for rij in rijen.values()):
        yield _no_numbers(table)
        return
    missing = [gemeente for gemeente in register.gemeenten if gemeente.code not in rijen]
    if missing and "taakstelling" in names:
        yield messages.problem(
            "LRT633",
            Place(str(table.path)),
            number=len(missing),
            missing=count_gemeenten(len(missing)),
            names=name_some(missing),
            total=len(register.gemeenten),
            present=count_gemeenten(len(rijen)),
        )


def _headings(table: Table) -> str:
    return ", ".join(heading.text for heading in table.headings)[:80]


def _no_numbers(table: Table) -> Problem:
    place = table.headings[0].place if table.headings else Place(str(table.path))
    columns = dutch.join_words(NUMBERS)
    return messages.problem("LRT631", place, columns=columns, headings=_headings(table))


def _double(rij: Tabelrij, first: Tabelrij, register: Register) -> Problem:
    gemeente = register.find(rij.code)
    place = rij.plaats or Place("")
    return messages.problem(
        "LRT628.tabel",
        place,
        name=gemeente.naam if gemeente else rij.code,
        first=(first.plaats or place).within,
        code=rij.code,
    )
