from __future__ import annotations

import datetime as dt
import textwrap

import pytest

from lrtdocs.errors import Problem, Severity, has_errors
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.taakstelling import Afronding
from lrtdocs.source.build.build import build_model, model_warnings
from lrtdocs.source.yaml.text import parse_yaml

LETTER = """\
sjabloon: brief
ontvangers: adressen.xlsx
betreft: Uitnodiging
tekst: Hierbij.
ondertekening: J. Jansen
"""
TAAKSTELLING = """\
sjabloon: taakstelling
ontvangers: gemeenten
betreft: Taakstelling
ondertekening: {ambt: De minister van Asiel en Migratie}
taakstelling: {halfjaar: 2025-II, totaal: 13.000}
"""


def read(text: str) -> tuple[Mailing | None, list[Problem]]:
    node, problems = parse_yaml(textwrap.dedent(text), "m.yaml")
    assert node is not None
    mailing, found = build_model(node, Mailing)
    problems += found
    if mailing is not None:
        problems += model_warnings(mailing, node, "")
    return mailing, problems


def told(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(p.code, p.place.line, p.place.column) for p in read(text)[1]]


@pytest.mark.parametrize("text", [LETTER, TAAKSTELLING])
def test_the_smallest_mailing_is_read_without_a_word(text):
    mailing, problems = read(text)
    assert mailing is not None
    assert problems == []


def test_a_whole_mailing_is_read_into_values():
    mailing, problems = read(
        """\
        sjabloon: taakstelling
        ontvangers: adressen.xlsx
        afzender: dgm
        dagtekening: 28 maart 2025
        betreft: Taakstelling tweede helft van 2025
        aanhef: Geacht college,
        onze_referentie: 6214375-{volgnummer:04}
        uw_referentie: 12
        bestandsnaam: "{code}-{naam}"
        bijlagen: [Bijlage A]
        kopie_aan:
          - de commissaris van de Koning
        rubricering: CONCEPT
        contactpersoon: {naam: J. Jansen, email: j.jansen@minjenv.nl}
        ondertekening:
          ambt: De minister van Asiel en Migratie
          namens: de minister
          functie: de directeur-generaal
          naam: J. Jansen
        taakstelling:
          halfjaar: 2025-II
          totaal: 13.000
          afronding: Grootste rest
          bijstelling: {halfjaar: 2025-I, was: 17.700, wordt: 15.000}
          tabel: bijlage-a.xlsx
          bijlage_a: ja
        velden:
          loket: het regionale loket
          data: [maandag, dinsdag]
          blok: {a: b}
        """
    )
    assert problems == []
    assert mailing is not None
    assert mailing.dagtekening == dt.date(2025, 3, 28)
    assert mailing.onze_referentie is not None
    assert mailing.onze_referentie.fill({"volgnummer": 12}) == "6214375-0012"
    assert mailing.taakstelling is not None
    assert mailing.taakstelling.afronding is Afronding.GROOTSTE_REST
    assert mailing.taakstelling.bijstelling is not None
    assert mailing.taakstelling.bijstelling.wordt == 15_000
    assert mailing.taakstelling.bijlage_a
    assert mailing.velden["data"] == ["maandag", "dinsdag"]
    assert mailing.velden["blok"] == {"a": "b"}


@pytest.mark.parametrize("sjabloon", ["taakstelling", "brief"])
def test_a_packaged_template_needs_its_own_block_and_says_so_with_all_else(sjabloon):
    text = f"sjabloon: {sjabloon}\nontvangers: gemeenten\ndagtekening: 1-1-25\n"
    mailing, problems = read(text)
    needed = {"taakstelling": "taakstelling", "brief": "tekst"}[sjabloon]
    assert mailing is None
    assert {problem.code for problem in problems} == {"LRT202", "LRT205"}
    assert any(f"'{needed}' ontbreekt" in problem.message for problem in problems)


def test_a_template_of_ones_own_needs_neither():
    mailing, problems = read("sjabloon: eigen.docx\nontvangers: gemeenten\n")
    assert mailing is not None
    assert problems == []


def test_everything_wrong_is_told_at_once_and_at_its_place():
    problems = told(
        """\
        sjabloon: taakstelling
        ontvangers: adressen.xlsx
        onze_referentie: '{Volgnummer}'
        taakstelling:
          halfjaar: 2025-3
          totaal: 13,000
          bijsteling:
            halfjaar: 2025-I
            was: x
            wrdt: 10
        velden:
          eigen-woord: x
          betreft: [1, 2]
        """
    )
    assert sorted(problems, key=lambda p: (p[1], p[2])) == [
        ("LRT230", 3, 18),
        ("LRT232", 5, 13),
        ("LRT233", 6, 11),
        ("LRT201", 7, 3),
        ("LRT233", 9, 10),
        ("LRT201", 10, 5),
        ("LRT231", 12, 3),
        ("LRT231", 13, 3),
    ]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("onderwerp", "betreft"),
        ("template", "sjabloon"),
        ("kenmerk", "onze_referentie"),
        ("datum", "dagtekening"),
        ("cc", "kopie_aan"),
        ("adressen", "ontvangers"),
        ("ondertekenaar", "ondertekening"),
    ],
)
def test_the_words_that_people_use_lead_to_the_key(word, meant):
    _, problems = read(f"{word}: x\n")
    assert any(f"bedoelde u '{meant}'?" in problem.message for problem in problems)


def test_a_pattern_without_quotes_is_told_to_take_them():
    _, problems = read(LETTER + "bestandsnaam: {code}\n")
    assert "aanhalingstekens" in problems[0].remedy


def test_a_taakstelling_may_have_a_text_of_its_own():
    assert told(TAAKSTELLING + "tekst: Nog iets.\n") == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (LETTER.replace("betreft: Uitnodiging\n", ""), "LRT235", 1),
        (LETTER + "taakstelling: {halfjaar: 2025-I, totaal: 1}\n", "LRT236", 6),
        (TAAKSTELLING.replace("13.000", "13.000, peildatum: 2022-01-01"), "LRT237", 5),
        (
            TAAKSTELLING.replace(
                "13.000", "13.000, bijstelling: {halfjaar: 2025-I, was: 5, wordt: 5}"
            ),
            "LRT238",
            5,
        ),
        (TAAKSTELLING.replace("13.000", "0"), "LRT240", 5),
        (LETTER.replace("ondertekening: J. Jansen\n", ""), "LRT239", 1),
        (LETTER.replace("J. Jansen", "{functie: directeur}"), "LRT239", 5),
        (LETTER.replace("Hierbij.", "|\n  4. drie\n  4. vier"), "LRT225", 6),
    ],
)
def test_what_deserves_a_second_look_is_told_and_not_refused(text, code, line):
    mailing, problems = read(text)
    assert mailing is not None
    assert not has_errors(problems)
    assert [(p.code, p.place.line, p.severity) for p in problems] == [
        (code, line, Severity.WARNING)
    ]
    assert problems[0].remedy


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("13.000", "99999999999999999999"),
        ("13.000", "13.000, bijstelling: {halfjaar: 2025-I, was: 18000001, wordt: 1}"),
        ("13.000", "13.000, bijstelling: {halfjaar: 2025-I, was: 1, wordt: 18.000.001}"),
    ],
)
def test_more_than_live_in_the_netherlands_cannot_be_divided(old, new):
    _, problems = read(TAAKSTELLING.replace(old, new))
    assert [(p.code, p.place.line) for p in problems] == [("LRT233", 5)]
    assert "mensen in Nederland" in problems[0].message


@pytest.mark.parametrize("velden", ["velden: x", "velden:\n  - x"])
def test_own_words_in_another_shape_are_told_the_right_one_at_once(velden):
    _, (problem,) = read(f"{LETTER}{velden}\n")
    assert problem.code == "LRT204"
    assert "'naam: waarde'" in problem.remedy
