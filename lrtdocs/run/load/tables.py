"""Tables for people and machines: the division over gemeenten, the register, what a list changes.

A table is headings and rows of plain values; how a value is written (Dutch, or as a real number in
a spreadsheet) is up to whoever shows it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.errors import LrtdocsError, Problem
from lrtdocs.findings import Findings
from lrtdocs.model.gemeente import count_gemeenten
from lrtdocs.model.mailing import GEMEENTEN
from lrtdocs.model.taakstelling import LISTED, STAND, Afronding, Toedeling, Verdeling, stand_of
from lrtdocs.run.load.mailing import open_listed
from lrtdocs.run.load.number_conflicts import find_differences
from lrtdocs.source.files import is_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lrtdocs.model.gemeente import Register, Verschil
    from lrtdocs.model.mailing import Mailing
    from lrtdocs.model.taakstelling import Bijstelling
    from lrtdocs.run.load.model import ModelFile

Shown = str | int | Decimal | dt.date | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: `headings`, `rows` as long as those, and lines of `summary` in Dutch."""

    headings: tuple[str, ...]
    rows: Sequence[Sequence[Shown]]
    summary: tuple[str, ...] = ()


# --- the division


def add_stand(
    verdeling: Verdeling, file: ModelFile[Mailing], register: Register, problems: list[Problem]
) -> Verdeling:
    """Return `verdeling` with the stand that the recipients' sheet gives, where it gives one.

    With it comes what the sheet says otherwise than the division. A sheet that is not there is no
    problem here: only the letters need it.
    """
    ontvangers = file.model.ontvangers
    if ontvangers == GEMEENTEN or not is_file(file.beside(ontvangers)):
        return verdeling
    rijen, findings = dict(verdeling.rijen), Findings()
    try:
        listed = open_listed(file, register)
        if any(listed.table.has(name) for name in (*STAND, *LISTED)):
            for ontvanger in listed:
                rij = verdeling.rijen.get(ontvanger.code or "")
                if rij is not None:
                    rijen[rij.code] = rijen[rij.code].add_stand(stand_of(ontvanger.extra))
                    findings.extend(find_differences(ontvanger, rij, listed.table))
    except LrtdocsError as error:
        problems += error.problems
        return verdeling
    told = [problem for problem in listed.problems if problem.code in {"LRT637", "LRT652"}]
    problems += [*told, *findings.as_list()]
    return replace(verdeling, rijen=rijen)


_COLUMNS = ("bijstelling_was", "bijstelling_wordt", *STAND, "opgave")


def list_verdeling(verdeling: Verdeling) -> Listing:
    """Return the division as a table; columns that no row has a value for are left out."""
    rijen = list(verdeling.rijen.values())
    extra = [name for name in _COLUMNS if any(getattr(rij, name) is not None for rij in rijen)]
    fixed = ("code", "gemeente", "provincie", "inwoners", "quotum", "taakstelling")
    return Listing((*fixed, *extra), [_row(rij, extra) for rij in rijen], _summary(verdeling))


def _row(rij: Toedeling, extra: Iterable[str]) -> list[Shown]:
    fixed = [rij.code, rij.naam, rij.provincie, rij.inwoners, rij.quotum, rij.taakstelling]
    return [*fixed, *(getattr(rij, name) for name in extra)]


_ROUNDED = {
    Afronding.NAAR_BOVEN: "omdat elk aantal naar boven is afgerond "
    "(artikel 29 Huisvestingswet 2014)",
    Afronding.REKENKUNDIG: "omdat elk aantal rekenkundig is afgerond",
    Afronding.GROOTSTE_REST: "hoewel de grootste rest precies uitkomt",
}


def _summary(verdeling: Verdeling) -> tuple[str, ...]:
    block = verdeling.taakstelling
    number, date = dutch.format_number(verdeling.nationaal), dutch.format_date(verdeling.peildatum)
    lines = [
        f"Inwoners op {date}: {number} in {len(verdeling.rijen)} gemeenten.",
        f"Taakstelling {block.halfjaar}: {_sum(verdeling)}",
    ]
    if block.bijstelling is not None:
        lines.append(_adjustment(block.bijstelling, verdeling))
    below = sum((rij.opgave or 0) < 0 for rij in verdeling.rijen.values())
    if below:
        lines.append(
            f"Bij {count_gemeenten(below)} is de opgave kleiner dan 0: in de brief staat dan 0."
        )
    return tuple(lines)


def _sum(verdeling: Verdeling) -> str:
    block, number = verdeling.taakstelling, dutch.format_number
    text = f"samen {number(verdeling.som)}"
    if not verdeling.verschil:
        return f"{text}, precies het landelijke aantal."
    more = "meer" if verdeling.verschil > 0 else "minder"
    reason = _ROUNDED[block.afronding]
    if verdeling.afwijkingen:
        reason = f"door het afronden en doordat {_differ(len(verdeling.afwijkingen))} dan berekend"
    return f"{text}, {number(abs(verdeling.verschil))} {more} dan {number(block.totaal)}, {reason}."


def _differ(number: int) -> str:
    return f"{number} aantallen in de tabel anders zijn" if number > 1 else "1 aantal anders is"


def _adjustment(bijstelling: Bijstelling, verdeling: Verdeling) -> str:
    number = dutch.format_number
    was, wordt = (
        sum(getattr(rij, name) or 0 for rij in verdeling.rijen.values())
        for name in ("bijstelling_was", "bijstelling_wordt")
    )
    return (
        f"Bijstelling {bijstelling.halfjaar}: landelijk van {number(bijstelling.was)} naar "
        f"{number(bijstelling.wordt)}, samen van {number(was)} naar {number(wordt)}."
    )


# --- the register


def list_register(register: Register) -> Listing:
    """Return the register as a table, with a column for each reference date, newest last."""
    headings = [f"inwoners {date.isoformat()}" for date in register.peildata]
    rows: list[list[Shown]] = [
        [g.code, g.naam, g.provincie, *(g.inwoners.get(date) for date in register.peildata)]
        for g in register.gemeenten
    ]
    summary = (
        f"{dutch.format_date(date)}: {len(register.on(date))} gemeenten, "
        f"{dutch.format_number(register.nationaal[date])} inwoners."
        for date in register.peildata
    )
    return Listing(("code", "gemeente", "provincie", *headings), rows, tuple(summary))


def list_verschillen(verschillen: Sequence[Verschil]) -> Listing:
    """Return what a newer list changes as a table, and how much of each kind."""
    rows: list[list[Shown]] = [
        [str(verschil.soort), verschil.code, verschil.naam, verschil.oud, verschil.nieuw]
        for verschil in verschillen
    ]
    kinds = list(dict.fromkeys(verschil.soort for verschil in verschillen))
    counts = (f"{sum(v.soort is kind for v in verschillen)} × {kind}" for kind in kinds)
    summary = f"Verschillen: {', '.join(counts)}." if kinds else "Er is geen verschil."
    return Listing(("soort", "code", "gemeente", "oud", "nieuw"), rows, (summary,))
