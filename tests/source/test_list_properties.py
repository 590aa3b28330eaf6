"""Lists as people make them, by the hundred: nobody who was put in is lost without a word."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtdocs.errors import FileProblemError, Problem
from lrtdocs.model.characters import ILLEGAL
from lrtdocs.source.lists.recipients import open_recipients

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lrtdocs.model.ontvanger import Ontvanger

HEADINGS = ("organisatie", "adres", "postcode", "plaats", "Bedrag", "Akkoord", "Datum", "Opmerking")
PLAIN = st.sampled_from(
    ["", "BV", "’t Loo", "(SÚD)", "A & B <C>", 'de "Brug"', "x;y,z|", "= 1", "#1", "\x07"]
)
ODD = PLAIN | PLAIN | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
MONEY = st.decimals(-10_000, 10_000, places=2)
DATES = st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))
ABOVE = st.lists(
    st.sampled_from(
        [
            *(["Adreslijst 2025"], ["Peildatum", "1 januari 2025"], ["Naam:", "J. Jansen"], []),
            *(["Wie", "", "Waar", "", "Wat"], ["organisatie", "adres"], ["Versie 3", "", "", ""]),
        ]
    ),
    max_size=3,
)
BELOW = st.lists(
    st.sampled_from([["Totaal", "", "", "", "99"], [], ["* stand van maart"], [*HEADINGS]]),
    max_size=2,
)


class Drawn(NamedTuple):
    """A list to write: its rows, which of them are recipients, and how it is written."""

    rows: Sequence[Sequence[Any]]
    separator: str
    encoding: str
    broken: bool


@st.composite
def lists(draw: st.DrawFn) -> Drawn:
    """Draw a list: recipients in the order of their numbers, the headings somewhere among them."""
    optional = st.one_of(ODD, st.just(""))
    recipients = [
        [
            f"R{number} {draw(ODD)}".rstrip(),
            draw(st.sampled_from(["Straat 1", "Postbus 90001", "Plein 1\nHuis"] * 4 + [""])),
            draw(st.sampled_from(["1234 AB", "1234ab", "1234AB"] * 4 + ["1234", ""])),
            draw(st.sampled_from(["Ede", "Súdwest", "’s-Gravenhage"] * 4 + [""])),
            draw(st.one_of(MONEY, st.just(""), st.just("n.v.t."), ODD)),
            draw(st.sampled_from(["ja", "nee", "JA", "", "misschien"])),
            draw(st.one_of(DATES, st.just(""), ODD)),
            draw(optional),
        ]
        for number in range(draw(st.integers(1, 6)))
    ]
    at = draw(st.just(0) | st.integers(0, len(recipients)))
    blank = draw(st.sampled_from([[], [[]]]))
    again = draw(st.sampled_from([[], [[*HEADINGS]], [["naam", "adres", "e-mail"]]]))
    middle = draw(st.integers(at, len(recipients)))
    rows = [*draw(ABOVE), *recipients[:at], [*HEADINGS], *recipients[at:middle]]
    rows += [*blank, *again, *recipients[middle:], *draw(BELOW)]
    return Drawn(
        rows,
        draw(st.sampled_from([";", ",", "\t", "|"])),
        draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
        draw(st.booleans()) and draw(st.booleans()),
    )


def typed(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{value.day}-{value.month}-{value.year}" if isinstance(value, dt.date) else str(value)


def write_csv(path: Path, drawn: Drawn) -> list[range]:
    """Write the list; return the lines of each of its rows."""
    lines, out = [], io.StringIO()
    writer = csv.writer(out, delimiter=drawn.separator, lineterminator="\r\n")
    for row in drawn.rows:
        before = count_lines(out.getvalue())
        filled = [typed(value).replace("\r", "") for value in row]
        writer.writerow(filled + [""] * (len(HEADINGS) - len(filled)) if filled else [])
        lines.append(range(before + 1, count_lines(out.getvalue()) + 1))
    data = out.getvalue().encode(drawn.encoding, "replace")
    if drawn.broken and drawn.encoding.startswith("utf-8"):
        data = data.replace(b"R0", b"R0\xe9", 1)
    path.write_bytes(data)
    return lines


def count_lines(text: str) -> int:
    return text.replace("\r\n", "\n").count("\n")


def write_xlsx(path: Path, drawn: Drawn) -> list[range]:
    """Write the list; return the row of each of its rows."""
    book = openpyxl.Workbook()
    for number, row in enumerate(drawn.rows, 1):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(number, column)
            cell.value = ILLEGAL.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str) and value[:1] == "=":
                cell.data_type = "s"
            if isinstance(value, Decimal):
                cell.number_format = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
    book.save(path)
    return [range(number, number + 1) for number in range(1, len(drawn.rows) + 1)]


def rows_told(problems: Sequence[Problem]) -> set[int]:
    """Return the numbers of all rows that a message is about."""
    told = set()
    for problem in problems:
        cell = re.search(r"\d+", problem.place.cell or "")
        told |= {problem.place.line or int(cell[0] if cell else 0)}
        for first, last in re.findall(
            r"(\d+)(?: tot en met (\d+))?", str(problem.fields.get("rows"))
        ):
            told |= {*range(int(first), int(last or first) + 1)}
        if problem.key == "LRT602.opnieuw":
            told |= {*range(int(str(problem.fields["number"])), 1000)}
    return told


def judge(path: Path, drawn: Drawn, lines: list[range]) -> None:
    """Hold what is read against what was put in."""
    try:
        found = open_recipients(path)
        recipients = {(one.organisatie or "").split()[0]: one for one in found if one.organisatie}
    except FileProblemError as error:
        refused = error.problems[0].remedy
    else:
        refused = ""
    if refused:
        return
    told = rows_told(found.problems)
    for row, at in zip(drawn.rows, lines, strict=True):
        name = re.match(r"R\d+", str(row[0]) if row else "")
        if name is None or told & {*at}:
            continue
        assert name[0] in recipients, (row, found.problems)
        check_row(row, recipients[name[0]])


def check_row(row: Sequence[Any], ontvanger: Ontvanger) -> None:
    assert (ontvanger.plaats or "", (ontvanger.adres or "")) == (row[3], row[1])
    assert (ontvanger.postcode or "") in {"", "1234 AB"}
    if str(row[0]).isascii() and str(row[0]).isprintable():
        assert ontvanger.organisatie == " ".join(str(row[0]).split())
    amount, agreed = ontvanger.extra["bedrag"], ontvanger.extra["akkoord"]
    if isinstance(row[4], Decimal):
        assert amount.number == row[4]
    if row[5] in {"ja", "nee", ""}:
        assert str(agreed) == row[5]
    if isinstance(row[6], dt.date):
        assert ontvanger.extra["datum"].date == row[6]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
@settings(max_examples=25, deadline=None)
@given(drawn=lists())
def test_every_recipient_who_was_put_in_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, write: Any, drawn: Drawn
):
    path = tmp_path_factory.mktemp("x") / f"a.{write.__name__[6:]}"
    judge(path, drawn, write(path, drawn))
