"""Tables: the division over gemeenten, the register, and what a newer list changes in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.errors import Problem, has_errors
from lrtdocs.model.gemeente import Register, compare_registers, merge_registers
from lrtdocs.model.mailing import Mailing
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.load.mailing import load_verdeling
from lrtdocs.run.load.model import load_model
from lrtdocs.run.load.tables import (
    Listing,
    add_stand,
    list_register,
    list_verdeling,
    list_verschillen,
)
from lrtdocs.source.build.build import model_warnings
from lrtdocs.source.files import exists
from lrtdocs.source.lists.cbs import read_newer
from lrtdocs.source.lists.register import GEMEENTEN, find_register, load_register, register_rows
from lrtdocs.source.sheet.write import format_table, plan_table

if TYPE_CHECKING:
    import datetime as dt


@dataclass(slots=True)
class TableOutcome(Outcome):
    """What came of a call that makes a table; the table is None if it could not be made."""

    table: Listing | None = None


def divide_total(path: Path, output: Path | None = None) -> TableOutcome:
    """Divide the taakstelling in the mailing at `path`; write it to `output` too.

    That is a file (.xlsx, .csv) or a folder. Nothing is written if the mailing, its table or the
    register has errors.
    """
    outcome, problems = TableOutcome(), list[Problem]()
    with outcome.gathering():
        target = output and plan_table(output, f"{path.stem}-taakstelling.xlsx")
        file = load_model(path, Mailing, problems)
        outcome.add_problems(problems)
        if file is None:
            return outcome
        register = load_register(path)
        problems.extend(model_warnings(file.model, file.node, below="taakstelling"))
        verdeling = load_verdeling(file, register, problems)
        outcome.add_problems(problems)
        if verdeling is None:
            return outcome
        verdeling = add_stand(verdeling, file, register, problems)
        outcome.add_problems(problems)
        outcome.table = list_verdeling(verdeling)
        if target is not None and not has_errors(problems):
            title = f"Taakstelling {verdeling.taakstelling.halfjaar}"
            write_table(outcome, outcome.table, target, title=title)
    return outcome


def list_gemeenten(output: Path | None = None) -> TableOutcome:
    """List the register that goes for the current folder; write it to `output` too."""
    outcome = TableOutcome()
    with outcome.gathering():
        register = load_register(Path(GEMEENTEN))
        outcome.table = list_register(register)
        if output is not None:
            _write_register(outcome, register, output)
    return outcome


def compare_gemeenten(
    path: Path, output: Path | None = None, peildatum: dt.date | None = None
) -> TableOutcome:
    """List what the newer list at `path` changes in the register; write the new one to `output`.

    `peildatum` is the date of the inhabitants if the file does not tell. The register is that of
    the current folder, or the packaged one if `path` is itself the register of this folder.
    """
    outcome = TableOutcome()
    with outcome.gathering():
        own = find_register(Path(GEMEENTEN))
        same = exists(path) and own.samefile(path)
        old = load_register(None if same else Path(GEMEENTEN))
        newer, problems = read_newer(path, old, peildatum)
        outcome.add_problems(problems)
        if newer is None:
            return outcome
        outcome.table = list_verschillen(compare_registers(old, newer))
        if output is not None:
            _write_register(outcome, merge_registers(old, newer), output)
    return outcome


def _write_register(outcome: TableOutcome, register: Register, output: Path) -> None:
    headings, *rows = register_rows(register)
    table = Listing(tuple(map(str, headings)), rows)
    write_table(outcome, table, plan_table(output, GEMEENTEN), title="Gemeenten")


def write_table(outcome: TableOutcome, table: Listing, output: Path, *, title: str) -> None:
    """Write `table`, its summary above it, to `output`."""
    data = format_table(output, table.headings, table.rows, title=title, notes=table.summary)
    outcome.write(output, data)
