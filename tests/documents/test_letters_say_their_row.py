"""What a letter says of whom it goes to, by the hundred: that of its row, or its row is told."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrtdocs.documents.letters import letter_words
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.namen import PROVINCIES
from lrtdocs.model.ontvanger import check_ontvangers
from lrtdocs.source.lists.recipients import open_recipients
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = load_register()
MAILING = Mailing.model_validate({"sjabloon": "eigen.docx", "ontvangers": "a.csv"})
ELSE = {"LRT628", "LRT664"}
"""What is told of a row beside another."""
HEADINGS = ["code", "gemeente", "organisatie", "t.a.v.", "adres", "postcode", "plaats", "aanhef"]
GONE = ["Uden", "Haren", "Haaren", "De Friese Meren", "Weesp"]
NAMED = ["{}", "gemeente {}", "Gem. {}", "{} (gemeente)", "B&W van {}", "{} ({code})", "{code} {}"]
COLLEGE = "Het college van burgemeester en wethouders"


@dataclass(frozen=True)
class Row:
    """A row to write, what its letter must say, and whether it must be told instead."""

    cells: dict[str, str]
    code: str | None
    lines: tuple[str, ...]
    aanhef: str
    wrong: bool = False


@st.composite
def named(draw: st.DrawFn) -> Row:
    """Draw who a letter goes to: a gemeente, a province, somebody, or what is none of these."""
    kind = draw(st.sampled_from(["gemeente", "code", "provincie", "iemand", "weg", "raar"]))
    if kind in {"gemeente", "code"}:
        g = draw(st.sampled_from(REGISTER.gemeenten))
        naam = draw(st.sampled_from(NAMED)).format(g.naam, code=g.code)
        code = draw(st.sampled_from([g.code, g.code[2:], g.code.lower()]))
        cells = {"gemeente": naam} if kind == "gemeente" else {"code": code}
        return Row(cells, g.code, (COLLEGE, f"van de gemeente {g.naam}"), "Geacht college,")
    if kind == "provincie":
        code, naam = draw(st.sampled_from([*PROVINCIES.items()]))
        forms = [
            {"code": code},
            {"gemeente": f"Provincie {naam}"},
            {"code": code, "gemeente": naam},
        ]
        cells = draw(st.sampled_from([*forms, {"gemeente": f"Gedeputeerde staten van {naam}"}]))
        return Row(cells, code, (f"Gedeputeerde staten van {naam}",), "Geacht college,")
    if kind == "iemand":
        who = draw(st.sampled_from(["VNG", "Stichting 't Huis", "Utrecht", "COA & Co"]))
        return Row({"organisatie": who}, None, (who,), "Geachte heer, mevrouw,")
    text = draw(
        st.sampled_from(GONE if kind == "weg" else ["Bergen", "Drenthe", "Asen", "Holland"])
    )
    return Row({"gemeente": text}, None, (text,), "Geachte heer, mevrouw,", wrong=True)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """Draw a row: somebody, with an address and perhaps a salutation of its own."""
    row = draw(named())
    tav = draw(st.sampled_from(["", "", "mw. De Vries"]))
    box = draw(st.integers(1, 99_999))
    typed = draw(st.sampled_from(["{} {}", "{}{}", " {}  {} "])).format("1234", "ab")
    bad = draw(st.sampled_from([False] * 5 + [True]))
    plaats = draw(st.sampled_from(["Ede", "Sint Odiliënberg", "'s-Gravenhage"]))
    aanhef = draw(st.sampled_from(["", "", "Geachte mevrouw De Vries,", "de heer"]))
    cells = {
        **row.cells,
        "t.a.v.": tav,
        "adres": f"Postbus {box}",
        "postcode": "1234" if bad else typed,
        "plaats": plaats,
        "aanhef": aanhef,
    }
    lines = [*row.lines, f"t.a.v. {tav}" if tav else "", f"Postbus {box}"]
    lines.append(f"1234 AB  {plaats.upper()}")
    wrong = row.wrong or bad or aanhef == "de heer"
    return Row(cells, row.code, tuple(filter(None, lines)), aanhef or row.aanhef, wrong)


@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.lists(rows(), min_size=1, max_size=8))
def test_a_letter_says_what_its_row_says_or_the_row_is_told(tmp_path: Path, drawn: list[Row]):
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, delimiter=";")
        writer.writeheader()
        writer.writerows(row.cells for row in drawn)
    listed = open_recipients(tmp_path / "a.csv", REGISTER)
    checked = check_ontvangers(listed, REGISTER, "a.csv", complete=False)
    problems = checked.problems + listed.problems
    told = {problem.place.line for problem in problems if problem.code not in ELSE}
    assert len(list(listed)) == len(drawn)
    for number, (ontvanger, row) in enumerate(zip(listed, drawn, strict=True), start=1):
        if row.wrong:
            assert number + 1 in told, row
            continue
        gemeente = REGISTER.find(ontvanger.code) if ontvanger.code else None
        words = letter_words(ontvanger, number, gemeente, None, MAILING)
        assert words["ontvanger"]["adresregels"] == [*row.lines]
        assert (words["ontvanger"]["code"], words["aanhef"]) == (row.code, row.aanhef)
        assert (words["gemeente"] is None) is (gemeente is None)
        sure = "Utrecht" not in str(row) and "Groningen" not in str(row)
        of_nobody = "mevrouw De" in row.aanhef and not row.cells["t.a.v."]
        assert number + 1 not in told or not sure or of_nobody
