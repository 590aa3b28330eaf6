"""Many rows, one letter: which rows go together, what the letter says of them, what is told."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx_making import new_document
from mailing_making import ERROR, WARNING, run

from lrtdocs.api.checking import check
from lrtdocs.api.templates import check_template
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.run.documents.report import LettersOutcome

HEAD = "code;gemeente;adres;postcode;plaats;locatie;bedrag"
GRONINGEN = "Groningen;Postbus 30026;9700 RM;Groningen"
ASSEN = "Assen;Noordersingel 33;9401 JW;Assen"
EDE = "Ede;Postbus 9022;6710 HK;Ede"
LIST = (
    f"GM0014;{GRONINGEN};Kanaalweg;€ 1.200,50",
    f"106;{ASSEN};Stationsplein;10",
    "14;Groningen;;;;Havenkade;2,25",
    f"GM0228;{EDE};;",
)
TEXT = "{{ naam }}: {{ aantal_rijen }}, {{ totaal_bedrag }}."


def make(
    folder: Path, rows: tuple[str, ...] = LIST, extra: str = "", text: str = TEXT, head: str = HEAD
) -> Path:
    """Write a mailing by groups into `folder`, with a table of its rows; return its file."""
    (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    (folder / "lijst.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    document = new_document()
    document.add_paragraph(text)
    document.add_paragraph("{% for rij in rijen %}{{ rij.locatie }} {{ rij.bedrag }}; {% endfor %}")
    document.save(str(folder / "eigen.docx"))
    path = folder / "m.yaml"
    path.write_text(
        "sjabloon: eigen.docx\nontvangers: lijst.csv\ndagtekening: 2026-11-20\nbetreft: Proef\n"
        f"ondertekening: {{naam: A}}\n{extra or 'groepeer: code'}\n",
        encoding="utf-8",
    )
    return path


def letters(path: Path) -> dict[str, list[str]]:
    """Return the paragraphs of each letter that was made, by its name."""
    found = {}
    for each in sorted(path.glob("*.docx")):
        texts = [paragraph.text for paragraph in Document(str(each)).paragraphs]
        found[each.stem] = [text.strip() for text in texts if text.strip()]
    return found


def told(outcome: LettersOutcome) -> list[tuple[str, str, str]]:
    """Return which problems were told, where and how bad."""
    return [
        (one.key, one.place.within, str(one.severity))
        for one in outcome.problems
        if one.key.startswith(("LRT68", "LRT728", "LRT729", "LRT276"))
    ]


def test_rows_that_stand_apart_are_one_letter_in_their_order(tmp_path: Path) -> None:
    outcome = run(make(tmp_path), tmp_path / "uit")
    assert letters(tmp_path / "uit") == {
        "GM0014-Groningen": [
            "Groningen: 2, €\u00a01.202,75.",
            "Kanaalweg € 1.200,50; Havenkade 2,25;",
        ],
        "GM0106-Assen": ["Assen: 1, €\u00a010,00.", "Stationsplein 10;"],
        "GM0228-Ede": ["Ede: 0, €\u00a00,00."],
    }
    assert told(outcome) == [("LRT683", "regel 5", WARNING)]


def test_an_unknown_column_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    (problem,) = check(make(tmp_path, extra="groepeer: locatei"))
    assert (problem.key, problem.place.line) == ("LRT276", 6)
    assert "bedoelde u 'locatie'?" in problem.message


def test_a_row_without_its_group_is_an_error_at_its_cell(tmp_path: Path) -> None:
    rows = ("GM0014;Groningen;Postbus 1;9700 RM;Groningen;a;1", ";;;;;Havenkade;2")
    outcome = run(make(tmp_path, rows, "groepeer: code"), tmp_path / "uit")
    assert ("LRT680", "regel 3", ERROR) in told(outcome)
    assert not letters(tmp_path / "uit")


def test_names_are_one_group_however_they_are_written(tmp_path: Path) -> None:
    rows = (f";{GRONINGEN};a;1", ";gemeente groningen;;;;b;2", ";GRONINGEN;;;;c;3")
    run(make(tmp_path, rows, "groepeer: gemeente"), tmp_path / "uit")
    assert letters(tmp_path / "uit")["GM0014-Groningen"][1] == "a 1; b 2; c 3;"


def test_a_column_that_differs_may_not_be_printed_outside_the_rows(tmp_path: Path) -> None:
    path = make(tmp_path, text="Voor {{ locatie }}")
    outcome = run(path, tmp_path / "uit")
    (problem,) = (one for one in outcome.problems if one.key == "LRT681")
    assert (problem.place.line, problem.found) == (2, "regel 2 en regel 4")
    assert not letters(tmp_path / "uit")


def test_a_no_beside_a_yes_is_told_as_it_stands(tmp_path: Path) -> None:
    rows = (f"GM0014;{GRONINGEN};a;1;ja", "GM0014;Groningen;;;;b;2;nee")
    path = make(tmp_path, rows, text="Voor {{ akkoord }}", head=f"{HEAD};akkoord")
    (problem,) = (one for one in check(path) if one.key == "LRT681")
    assert "'ja' en 'nee'" in problem.message


def test_a_total_in_the_text_is_not_told_as_empty(tmp_path: Path) -> None:
    path = make(tmp_path)
    text = path.read_text(encoding="utf-8").replace("eigen.docx", "brief")
    words = "tekst: '{aantal_rijen} samen {totaal_bedrag:bedrag}.'\n"
    path.write_text(text + words, encoding="utf-8")
    assert "LRT716" not in {one.code for one in check(path)}


def test_an_address_that_differs_is_told_and_the_first_counts(tmp_path: Path) -> None:
    rows = (LIST[0], "GM0014;Groningen;Postbus 1;9700 RM;Groningen;b;2")
    outcome = run(make(tmp_path, rows, text="{{ ontvanger.adres }}"), tmp_path / "uit")
    assert ("LRT682", "regel 2", WARNING) in told(outcome)
    assert letters(tmp_path / "uit")["GM0014-Groningen"][0] == "Postbus 30026"


def test_a_cell_that_does_not_add_up_is_an_error_and_not_nought(tmp_path: Path) -> None:
    rows = (*LIST, f"GM0228;{EDE};x;volgt")
    outcome = run(make(tmp_path, rows), tmp_path / "uit")
    assert ("LRT684", "regel 6", ERROR) in told(outcome)
    assert not letters(tmp_path / "uit")
    run(make(tmp_path, rows, text="zonder som"), tmp_path / "uit")
    assert letters(tmp_path / "uit")["GM0228-Ede"][1] == "x volgt;"


def test_rows_in_the_template_ask_for_a_mailing_that_groups(tmp_path: Path) -> None:
    outcome = run(make(tmp_path, LIST[:2], "velden: {}", "x"), tmp_path / "uit")
    assert ("LRT728", ERROR) in {(key, how) for key, _, how in told(outcome)}


@pytest.mark.parametrize("ontvangers", ["lijst.csv", "gemeenten"])
def test_rows_may_come_from_a_list_of_their_own(tmp_path: Path, ontvangers: str) -> None:
    who = ("GM0014;" + GRONINGEN, "GM0106;" + ASSEN)
    path = make(tmp_path, who, "groepeer: code\nrijen: r.csv", head=HEAD.partition(";loc")[0])
    (tmp_path / "r.csv").write_text(
        "locatie;code;bedrag\nHavenkade;14;2\nPlein;GM0106;3\nDok;14;4\nTotaal;;9\n"
    )
    path.write_text(path.read_text().replace("lijst.csv", ontvangers))
    outcome = run(path, tmp_path / "uit", only=["GM0014", "GM0106"])
    assert letters(tmp_path / "uit") == {
        "GM0014-Groningen": ["Groningen: 2, €\u00a06,00.", "Havenkade 2; Dok 4;"],
        "GM0106-Assen": ["Assen: 1, €\u00a03,00.", "Plein 3;"],
    }
    assert [key for key, *_ in told(outcome)] == ["LRT683"] * (ontvangers == "gemeenten")


def test_rows_of_nobody_are_an_error_at_their_cell(tmp_path: Path) -> None:
    who = ("GM0014;" + GRONINGEN,)
    path = make(tmp_path, who, "groepeer: code\nrijen: r.csv", head=HEAD.partition(";loc")[0])
    (tmp_path / "r.csv").write_text("locatie;code;bedrag\na;14;2\nb;GM0106;3\nc;GM0106;1\n")
    outcome = run(path, tmp_path / "uit")
    (problem,) = (one for one in outcome.problems if one.severity == ERROR)
    assert (problem.key, problem.place.file[-5:], problem.place.line) == ("LRT685", "r.csv", 3)
    assert "deze 2 rijen komen" in problem.message


def test_what_twice_in_a_list_is_told_with_is_right_to_the_letter(tmp_path: Path) -> None:
    path = make(tmp_path, (LIST[0], LIST[0]), "velden: {}", "{{ naam }}")
    document = new_document()
    document.add_paragraph("{{ naam }} {{ bedrag }}")
    document.save(str(tmp_path / "eigen.docx"))
    problems = run(path, tmp_path / "uit").problems
    (double,) = (one for one in problems if one.key == "LRT628.lijst")
    assert "'groepeer: code'" in double.remedy
    path.write_text(path.read_text().replace("velden: {}", "groepeer: code"))
    outcome = run(path, tmp_path / "uit")
    assert not [one for one in outcome.problems if one.severity == ERROR]
    assert list(letters(tmp_path / "uit")) == ["GM0014-Groningen"]


def test_a_number_is_of_the_letter_and_not_of_a_row(tmp_path: Path) -> None:
    text = "{{ volgnummer }} {{ naam }}"
    run(make(tmp_path, text=text), tmp_path / "uit")
    before = {name: texts[0] for name, texts in letters(tmp_path / "uit").items()}
    rows = (f"14;{GRONINGEN};Nieuw;5", LIST[1], *LIST)
    outcome = run(make(tmp_path, rows, text=text), tmp_path / "uit")
    now = letters(tmp_path / "uit")
    assert {name: texts[0] for name, texts in now.items()} == before
    assert now["GM0014-Groningen"][1] == "Nieuw 5; Kanaalweg € 1.200,50; Havenkade 2,25;"
    assert outcome.same == 1  # Ede is as it was


def test_a_proof_shows_the_letter_with_most_rows_and_one_without(tmp_path: Path) -> None:
    outcome = run(make(tmp_path), tmp_path / "uit", proof=3)
    assert outcome.chosen[:2] == [
        ("GM0014-Groningen.docx", "meeste rijen"),
        ("GM0228-Ede.docx", "geen rijen"),
    ]


@pytest.mark.parametrize("together", [False, True])
def test_every_letter_has_its_rows_and_their_exact_sum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: bool
) -> None:
    """All gemeenten with 0 to 40 rows each, from a list that is too long to be kept."""
    monkeypatch.setattr("lrtdocs.source.lists.groups._IN_MEMORY", 10_000)
    chance = random.Random(11)
    gemeenten = load_register(None).gemeenten
    rows = []
    for gemeente in gemeenten:
        number = chance.randrange(41)
        for at in range(number):
            cents = chance.randrange(1, 10_000_000)
            amount = f"€ {cents // 100:,}".replace(",", ".") + f",{cents % 100:02}"
            rows.append((gemeente.code, f"{gemeente.code}-{at}", amount, Decimal(cents) / 100))
        if not number:
            rows.append((gemeente.code, "", "", Decimal(0)))
    if not together:
        chance.shuffle(rows)
    texts = (f"{code};;Straat 1;1234 AB;Ede;{what};{amount}" for code, what, amount, _ in rows)
    path = make(tmp_path, tuple(texts), text="{{ totaal_bedrag | getal }}", head=HEAD)
    run(path, tmp_path / "uit")
    made = {name[:6]: texts for name, texts in letters(tmp_path / "uit").items()}
    whole = Decimal(0)
    for gemeente in gemeenten:
        mine = [row for row in rows if row[0] == gemeente.code and row[1]]
        total, *listed = made[gemeente.code]
        own = Decimal(total.replace(".", "").replace(",", "."))
        assert own == sum(row[3] for row in mine)
        assert listed == (
            [" ".join(f"{what} {amount};" for _, what, amount, _ in mine)] * bool(mine)
        )
        whole += own
    assert whole == sum(row[3] for row in rows)


def test_a_template_may_print_any_column_of_the_rows(tmp_path: Path) -> None:
    """The check of a template alone does not know the list."""
    path = make(tmp_path).with_name("eigen.docx")
    outcome = check_template(str(path), kind="brief")
    assert not [one for one in outcome.problems if one.severity == ERROR]


COA = "Het bestuur van het Centraal Orgaan opvang asielzoekers"
BONAIRE = "Het bestuurscollege van het openbaar lichaam Bonaire Kaya Grandi 2"
RIVIERENLAND = "Het dagelijks bestuur van Waterschap Rivierenland"
BODIES = (
    "WS09;Waterschap Rivierenland;Postbus 599;4000 AN;Tiel;Dijk;1",
    ";COA;Postbus 30203;2500 GE;Den Haag;Kade;2",
    "ws09;;;;;Sluis;3",
    ";Openbaar lichaam Bonaire;Kaya Grandi 2;;Kralendijk;Kaya;4",
)


@pytest.mark.parametrize("column", ["code", "gemeente"])
def test_a_body_with_rows_is_addressed_as_one_without(tmp_path: Path, column: str) -> None:
    rows = tuple(row.replace("ws09;;", "WS09;Waterschap  rivierenland;") for row in BODIES)
    text = "{{ ontvanger.adresregels | join(' ') }}: {{ aanhef }} {{ totaal_bedrag }}"
    outcome = run(make(tmp_path, rows, f"groepeer: {column}", text), tmp_path / "uit")
    assert told(outcome) == []
    assert [one.key for one in outcome.problems if one.severity == ERROR] == []
    said = [line for one in letters(tmp_path / "uit").values() for line in one if "\u00a0" in line]
    assert {tuple(line.replace("\u00a0", " ").split(": ")) for line in said} == {
        (f"{COA} Postbus 30203 2500 GE  DEN HAAG", "Geacht bestuur, € 2,00"),
        (f"{BONAIRE} KRALENDIJK BONAIRE, CARIBISCH NEDERLAND", "Geacht college, € 4,00"),
        (f"{RIVIERENLAND} Postbus 599 4000 AN  TIEL", "Geacht bestuur, € 4,00"),
    }


def test_rows_of_another_list_find_a_body_by_its_code(tmp_path: Path) -> None:
    path = make(tmp_path, BODIES[:1], "groepeer: code\nrijen: r.csv", "{{ totaal_bedrag }}")
    (tmp_path / "r.csv").write_text(
        "code;locatie;bedrag\nws09;a;1,50\nWS09;b;2\n", encoding="utf-8"
    )
    assert told(run(path, tmp_path / "uit")) == []
    assert [*letters(tmp_path / "uit").values()] == [["€\u00a03,50", "a 1,50; b 2;"]]
