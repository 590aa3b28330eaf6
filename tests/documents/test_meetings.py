"""The numbers of items and actions: those that are given, and those that go on after them."""

from __future__ import annotations

from typing import Any

import pytest
from docx_making import docx_of, filled
from meeting_papers import paper_text, read_meeting

from lrtdocs.documents.fields import fields_of
from lrtdocs.documents.meetings import meeting_words
from lrtdocs.errors import Severity
from lrtdocs.kinds import KINDS
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.vergadering import Vergadering, number_items, plain_number, walk_punten
from lrtdocs.word.check.template import check_template
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.fill.trace import render_traced


def test_actions_are_numbered_through_items_and_sub_items():
    action = {"wat": "a", "wie": "b"}
    below = {"titel": "c", "actiepunten": [action]}
    punten = [{"titel": "a", "actiepunten": [action], "subpunten": [below]}, below]
    data = {"overleg": "x", "datum": "2025-03-19", "agendapunten": punten}
    read = Vergadering.model_validate(data)
    style = Huisstijl.model_validate({"afzenders": {"a": {}}})
    words = meeting_words(KINDS["verslag"], read, style, Afzender(), read.datum)
    acties = words["actiepunten"]
    assert [(a["nummer"], a["agendapunt"]) for a in acties] == [
        ("A1", "1"),
        ("A2", "1a"),
        ("A3", "2"),
    ]
    assert words["agendapunten"][0]["subpunten"][0]["actiepunten"][0]["nummer"] == "A2"


def numbered(*items: tuple[str | None, list[str | None]]) -> Vergadering:
    punten = [
        {
            "titel": "a",
            **({"nummer": own} if own else {}),
            "besluiten": ["b"],
            "subpunten": [{"titel": "c", **({"nummer": one} if one else {})} for one in below],
        }
        for own, below in items
    ]
    data = {"overleg": "x", "datum": "2025-03-19", "agendapunten": punten}
    return Vergadering.model_validate(data)


@pytest.mark.parametrize(
    ("items", "numbers"),
    [
        ([(None, [None] * 2), (None, [])], "1 1a 1b 2"),
        ([("0", []), (None, []), (None, [])], "0 1 2"),
        ([("01A", []), (None, [])], "01A 02"),
        ([(None, []), ("2A.", []), (None, [])], "1 2A 3"),
        ([("4.1", [None, None]), (None, [])], "4.1 4.1a 4.1b 5"),
        ([("4", ["4.1", None, None])], "4 4.1 4.2 4.3"),
        ([("4", ["4c", None])], "4 4c 4d"),
        ([("A", []), (None, []), (None, [])], "A B C"),
        ([(None, []), ("geen", [None]), (None, [None])], "1 - - 2 2a"),
        ([("geen", ["a", None]), (None, [])], "- a - 1"),
        ([("9", [None, "geen", None]), (None, [])], "9 9a - 9b 10"),
        ([("Rondvraag", []), (None, [])], "Rondvraag 1"),
    ],
)
def test_items_go_on_after_those_with_a_number_of_their_own(
    items: list[tuple[str | None, list[str | None]]], numbers: str
) -> None:
    assert [number or "-" for number in number_items(numbered(*items))] == numbers.split()


def test_own_numbers_are_told_apart_from_those_that_word_counts():
    style = Huisstijl.model_validate({"afzenders": {"a": {}}})
    for own, typed, of_decision in [("1", False, "1"), ("0", True, "0"), ("geen", True, "–")]:
        read = numbered((own, [None, None]))
        words = meeting_words(KINDS["verslag"], read, style, Afzender(), read.datum)
        assert words["eigen_nummers"] is typed
        assert words["besluiten"][0].parts["agendapunt"] == of_decision


DECISIONS = (
    "{%p for punt in agendapunten %}",
    "{%p for besluit in punt.besluiten %}",
    "{{ besluit | tekst }}",
    "{{ besluit.nummer }}: {{ besluit.tekst | hoofdletters }}",
    "{% if besluit.stemming %}{{ besluit.stemming.tekst }}{% endif %}",
    "{%p endfor %}",
    "{%p endfor %}",
    "{{ besluiten | opsomming }} {{ besluiten | map(attribute='agendapunt') | join(', ') }}",
)
"""A decision as its text, as it stood in templates of before it had parts, and by its parts."""


def decisions() -> dict[str, Any]:
    style = Huisstijl.model_validate({"afzenders": {"a": {}}})
    made = {"tekst": "Het plan is **goed**.", "stemming": {"voor": ["12"]}}
    data = {"overleg": "x", "datum": "2025-03-19"}
    read = Vergadering.model_validate(
        {**data, "agendapunten": [{"titel": "a", "besluiten": [made]}]}
    )
    return meeting_words(KINDS["verslag"], read, style, Afzender(), read.datum)


def test_a_decision_prints_as_its_text_and_has_parts():
    assert filled(*DECISIONS, words=decisions()) == [
        "Het plan is goed.",
        "B1: HET PLAN IS GOED.",
        "Voor: 12.",
        "Het plan is goed. 1",
    ]


def test_the_check_knows_a_decision_as_a_text_with_parts():
    def told(*lines: str) -> list[str]:
        fields = fields_of("verslag")
        found = check_template(docx_of(*lines), "x.docx", fields=fields)
        return [p.message for p in found if p.severity is Severity.ERROR and p.code < "LRT340"]

    loop = "{%p for besluit in besluiten %}", "{{ besluit.numer }}", "{%p endfor %}"
    assert told(*DECISIONS) == []
    assert "besluiten[].numer" in " ".join(told(*loop))


def test_a_traced_decision_is_known_by_its_place():
    template = compile_template(docx_of(*DECISIONS), "x.docx")
    document, pieces = render_traced(template, decisions())
    words = [piece.word for piece in pieces]
    assert document == render(template, decisions())
    assert words[0] == "agendapunten[0].besluiten[0]"
    assert "agendapunten[0].besluiten[0].nummer" in words


def test_without_own_numbers_items_are_counted_as_word_does():
    read = numbered(*[(None, [None] * 3)] * 12)
    assert number_items(read) == [plain_number(loc) for loc, _ in walk_punten(read)]


@pytest.mark.parametrize(
    ("kind", "keys", "printed"),
    [
        ("agenda", {"versie": "0.9", "versie_verslag": "2"}, "0.9"),
        ("verslag", {"versie": "0.9", "versie_verslag": "2"}, "2"),
        ("verslag", {"versie": "0.9"}, "0.9"),
        ("agenda", {"versie_verslag": "2"}, None),
    ],
)
def test_minutes_may_have_a_version_of_their_own(
    kind: str, keys: dict[str, str], printed: str | None
) -> None:
    style = Huisstijl.model_validate({"afzenders": {"a": {}}})
    read = numbered((None, [])).model_copy(update=keys)
    assert meeting_words(KINDS[kind], read, style, Afzender(), read.datum)["versie"] == printed


@pytest.mark.parametrize(
    ("who", "printed"), [("VNG", "VNG"), (["VNG", "COA", "IPO"], "VNG, COA en IPO"), ((), "n.t.b.")]
)
def test_an_action_may_have_several_owners_or_none(who: object, printed: str) -> None:
    punten = [{"titel": "a", "actiepunten": [{"wat": "b", "wie": who, "status": "vervallen"}]}]
    data = {"overleg": "x", "datum": "2025-03-19", "agendapunten": punten}
    read, style = (
        Vergadering.model_validate(data),
        Huisstijl.model_validate({"afzenders": {"a": {}}}),
    )
    words = meeting_words(KINDS["verslag"], read, style, Afzender(), read.datum)
    assert words["actiepunten"][0]["wie"] == printed
    assert words["actiepunten"][0]["status"] == "vervallen"


def test_a_late_annex_is_to_come_until_it_has_a_date() -> None:
    late = "bijlagen: [{titel: Nota, nazending: ja}, {titel: Cijfers, nazending: 16 juni 2025}]\n"
    model, _ = read_meeting(f"overleg: LRT\ndatum: 2025-06-18\n{late}agendapunten: [Opening]\n")
    assert model is not None
    text = paper_text(model, "agenda")

    assert "Nota (nazending)" in text
    assert "Cijfers (nagezonden 16 juni 2025)" in text


def words_of(kind: str, **fields: object) -> dict[str, Any]:
    data = {"overleg": "x", "datum": "2025-03-19", "agendapunten": ["a"], **fields}
    read = Vergadering.model_validate(data)
    style = Huisstijl.model_validate({"afzenders": {"a": {}}})
    return meeting_words(KINDS[kind], read, style, Afzender(), read.datum)


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("volgende_vergadering", "18 juni 2025, 10.00-11.30 uur, Den Haag"),
        ("volgende_vergadering | datum", "18 juni 2025"),
        ("volgende_vergadering.tijd | tijd", "10.00-11.30 uur"),
        ("volgende_vergadering.plaats", "Den Haag"),
        ("aanwezig | map(attribute='tekst') | join(', ')", "Jan, Mw. Smit (COA)"),
        ("aanwezig[1].groep", "Gasten"),
    ],
)
def test_a_template_of_ones_own_has_the_whole_and_its_parts(tag: str, printed: str):
    following = {"datum": "2025-06-18", "tijd": "10:00-11:30", "plaats": "Den Haag"}
    people = {"Leden": ["Jan"], "Gasten": ["Mw. Smit (COA)"]}
    words = words_of("verslag", volgende_vergadering=following, aanwezig=people)
    assert filled("{{ " + tag + " }}", words=words) == [printed]
