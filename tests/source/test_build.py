from __future__ import annotations

import datetime as dt
import re
import textwrap
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

import lrtdocs
from lrtdocs.errors import Problem, Severity, has_errors
from lrtdocs.model.afzender import Huisstijl
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.source.build.build import PLACEHOLDERS, build_model, model_warnings
from lrtdocs.source.build.reading import place_of
from lrtdocs.source.yaml.nodes import MappingNode, Node
from lrtdocs.source.yaml.text import parse_yaml

GOOD = """\
overleg: Overleg
datum: 2025-03-19
agendapunten:
  - titel: Opening
"""
ENGLISH = re.compile(
    r"\b(input|should|field|required|valid|error|must|unable|extra)\b", re.IGNORECASE
)


def node_of(text: str) -> Node:
    node, problems = parse_yaml(textwrap.dedent(text), "v.yaml")
    assert not has_errors(problems)
    assert node is not None
    return node


def problems_of(text: str, model: type[BaseModel] = Vergadering) -> list[Problem]:
    return build_model(node_of(text), model)[1]


def warnings_of(text: str, kind: str) -> list[Problem]:
    node = node_of(text)
    model, problems = build_model(node, Vergadering)
    assert model is not None, problems
    return model_warnings(model, node, kind)


def test_the_smallest_meeting_is_read():
    model, problems = build_model(node_of(GOOD), Vergadering)
    assert not problems
    assert model is not None
    assert model.datum == dt.date(2025, 3, 19)
    assert model.agendapunten[0].titel == "Opening"


def test_a_file_that_is_no_mapping_is_refused():
    assert [p.code for p in problems_of("- een\n- twee")] == ["LRT204"]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("omschrijvng: x", "LRT201", 1),
        ("tijd: 25:00", "LRT206", 7),
        ("plaats: 19 maart 2025", "LRT211", 9),
        ("dagtekening: 2025-02-30", "LRT205", 14),
        ("rubricering: geheim", "LRT207", 14),
        ("contactpersoon: {email: jan}", "LRT209", 25),
        ("aanwezig: [{naam: A, publiek: misschien}]", "LRT208", 31),
        ("notulist: [Jan]", "LRT204", 11),
        ("kopie_aan: {a: b}", "LRT204", 12),
        ("bijlagen: [{nummer: 2.1}]", "LRT202", 13),
        ("bijlagen: [a, ]", "", 0),
        ("bijlagen: ['']", "LRT203", 12),
        ("vorige: gisteren", "LRT205", 9),
    ],
)
def test_a_wrong_field_is_one_problem_at_its_place(line: str, code: str, column: int):
    found = [(p.code, p.place.line, p.place.column) for p in problems_of(f"{line}\n{GOOD}")]
    assert found == ([(code, 1, column)] if code else [])


def test_an_unknown_key_is_answered_with_the_nearest_one():
    problem = problems_of(f"{GOOD}plats: Den Haag\n")[0]
    assert "bedoelde u 'plaats'?" in problem.message
    assert problem.place.line == 5


def test_a_misspelt_required_key_is_one_problem_not_two():
    assert [p.code for p in problems_of(GOOD.replace("overleg", "overlg"))] == ["LRT201"]


@pytest.mark.parametrize(
    ("key", "meant"), [("Datum", "datum"), ("date", "datum"), ("dautm", "datum")]
)
def test_the_value_of_a_misspelt_key_is_judged_as_well(key: str, meant: str):
    problems = problems_of(GOOD.replace("datum: 2025-03-19", f"{key}: 30-2-2025"))
    assert [p.code for p in problems] == ["LRT201", "LRT205"]
    assert f"bedoelde u '{meant}'?" in problems[0].message


def test_misspelt_keys_inside_misspelt_keys_are_told_in_one_run():
    text = (
        "Overleg: a\nDATUM: 2025-03-19\nAgenda:\n  - Titel: b\n    Actiepunten:\n      - Wie: c\n"
    )
    found = sorted((p.place.line, p.code) for p in problems_of(text))
    lines = [(line, "LRT201") for line in range(1, 7)]
    assert found == sorted([*lines, (6, "LRT202")])


def test_two_spellings_of_one_key_are_two_problems():
    problems = problems_of(f"{GOOD}Plaats: Den Haag\nPLAATS: Utrecht\n")
    assert {(p.code, p.place.line) for p in problems} == {("LRT201", 5), ("LRT201", 6)}


def test_a_key_that_does_not_hang_deep_enough_is_told_where_it_belongs():
    problems = problems_of(GOOD.replace("  - titel: Opening", "- doel: ter info\ntitel: Opening"))
    assert [p.code for p in problems] == ["LRT201"]
    assert "hoort bij 'agendapunten'" in problems[0].message


def test_a_key_that_hangs_too_deep_is_told_where_it_belongs():
    (problem,) = problems_of(f"{GOOD}    notulist: Jan\n")
    assert "springt te ver in" in problem.message
    assert "kolom 1, gelijk met 'overleg'" in problem.remedy


def test_items_under_an_item_under_an_item_are_refused_in_so_many_words():
    below = "    subpunten:\n      - titel: a\n        subpunten: [b]\n"
    (problem,) = problems_of(GOOD + below)
    assert problem.place.line == 7
    assert "er is maar één niveau" in problem.message


@pytest.mark.parametrize("key", ["aanwezig", "kopie_aan", "bijlagen"])
def test_lines_without_dashes_are_not_put_together_into_one(key: str):
    (problem,) = problems_of(f"{GOOD}{key}:\n  een\n  twee\n")
    assert (problem.code, problem.place.line) == ("LRT214", 6)


@pytest.mark.parametrize(
    ("item", "column"), [("titel:Rondvraag", 11), ("titel Rondvraag", 10), ("doel:ter info", 10)]
)
def test_an_item_with_a_key_typed_wrongly_is_no_title(item: str, column: int):
    (problem,) = problems_of(f"{GOOD}  - {item}\n")
    assert (problem.code, problem.place.line, problem.place.column) == ("LRT121", 5, column)


@pytest.mark.parametrize("item", ["verslag vorige keer", "'titel: x'", "https://rijksoverheid.nl"])
def test_an_item_that_is_only_a_title_is_read(item: str):
    assert not problems_of(f"{GOOD}  - {item}\n")


def test_quotes_from_word_round_a_value_are_named():
    (problem,) = problems_of(GOOD.replace("2025-03-19", "\u201c2025-03-19\u201d"))
    assert "rechte aanhalingstekens" in problem.remedy


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("toelichting:\n      - a", "Zet een | achter 'toelichting:'"),
        ("inbrenger:\n      - a", "zonder streepjes"),
        ("inbrenger: [a]", "zonder haakjes: a"),
        ("inbrenger: {a}", "Horen de haakjes bij de tekst"),
        ("actiepunten: a", "'- wat: …'"),
        ("actiepunten:\n      wat: a\n      wie: b", "voor 'wat:'"),
        ("actiepunten:\n      - a", "Schrijf 'wat: a'."),
    ],
)
def test_what_to_do_about_a_wrong_shape_depends_on_what_stands_there(value: str, remedy: str):
    (problem,) = problems_of(f"{GOOD}    {value}\n")
    assert remedy in problem.remedy


def test_a_missing_key_is_told_at_the_first_key():
    problem = problems_of(GOOD.replace("datum: 2025-03-19\n", ""))[0]
    assert (problem.code, problem.place.line, problem.place.column) == ("LRT202", 1, 1)
    assert problem.expected == "De dag van de vergadering"


def test_a_required_key_without_value_is_told_at_that_key():
    problem = problems_of(GOOD.replace("2025-03-19", ""))[0]
    assert (problem.code, problem.place.line) == ("LRT203", 2)


def test_no_items_at_all_is_told():
    assert [p.code for p in problems_of("overleg: a\ndatum: 2025-03-19\nagendapunten: []")] == [
        "LRT203"
    ]


def test_a_single_text_will_do_for_a_list_of_texts():
    model, problems = build_model(
        node_of(f"{GOOD}kopie_aan: VNG\naanwezig: Mw. Faber (AenM)\nbijlagen: Nota\n"), Vergadering
    )
    assert not problems
    assert model is not None
    assert model.kopie_aan == ("VNG",)
    assert model.aanwezig[0].naam == "Faber"
    assert model.bijlagen[0].titel == "Nota"


def test_what_was_told_while_reading_is_not_told_again():
    node, problems = parse_yaml("overleg: a: b\nlosse regel\ndatum: @gisteren\n", "v.yaml")
    assert len(problems) == 3
    assert isinstance(node, MappingNode)
    assert build_model(node, Vergadering) == (None, [])


def test_a_heading_in_a_text_is_told_at_its_own_line_and_column():
    text = GOOD + "    verslag: |\n      - een\n\n        # Kop\n"
    assert [(p.code, p.place.line, p.place.column) for p in problems_of(text)] == [("LRT210", 8, 9)]


class _Everything(BaseModel):
    """Fields of all the kinds whose refusals pydantic words itself."""

    model_config = ConfigDict(extra="forbid")

    tekst: str = ""
    kort: str = ""
    getal: int = 0
    breuk: float = 0
    vlag: bool = False
    dag: dt.date | None = None
    uur: dt.time | None = None
    keuze: Literal["a", "b"] = "a"
    lijst: list[int] = []
    vast: tuple[int, int] = (0, 0)
    woorden: dict[str, int] = {}
    verzameling: set[int] = set()
    bytes_: bytes = b""
    unie: int | dt.date = 0
    diep: Huisstijl | None = None


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*_Everything.model_fields, "onbekend"]),
        st.sampled_from(
            ["x", "", "99", "[a, b]", "{a: b}", "[[1], {a: 2}]", "1e999", "25:00", "'\\'"]
        ),
        min_size=1,
    )
)
def test_nothing_pydantic_says_itself_reaches_the_reader(fields: dict[str, str]):
    node, _ = parse_yaml("\n".join(f"{key}: {value}" for key, value in fields.items()), "v.yaml")
    if node is None:
        return
    for problem in build_model(node, _Everything)[1]:
        assert problem.remedy
        assert not ENGLISH.search(f"{problem.message} {problem.expected} {problem.remedy}")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_shape_of_any_field_is_read_or_refused(data: st.DataObject):
    value = st.sampled_from(
        ["x", "", "[]", "{}", "[a, [b]]", "{a: {b: c}}", "[{titel: [x]}]", "[{}]"]
    )
    names = st.sampled_from(list(Vergadering.model_fields))
    text = "".join(
        f"{name}: {given_value}\n"
        for name, given_value in data.draw(st.dictionaries(names, value, min_size=1)).items()
    )
    node, _ = parse_yaml(text, "v.yaml")
    assert node is not None
    model, problems = build_model(node, Vergadering)
    assert (model is None) == bool(problems)
    for problem in problems:
        assert problem.remedy
        assert not ENGLISH.search(f"{problem.message} {problem.expected} {problem.remedy}")


def test_a_place_is_found_by_the_way_that_leads_to_it():
    node = node_of(GOOD)
    assert str(place_of(node, ("agendapunten", 0, "titel"))) == "v.yaml:4:12"
    assert str(place_of(node, ("afzender",))) == "v.yaml:1:1"


# --- warnings


def test_someone_present_and_absent_is_told_at_the_absence():
    text = f"{GOOD}aanwezig: ['Mw. Faber (AenM, voorzitter)']\nafwezig: [Mw. Faber (AenM)]\n"
    (warning,) = warnings_of(text, "agenda")
    assert (warning.code, warning.place.line, warning.severity) == ("LRT221", 6, Severity.WARNING)


def test_two_people_of_one_name_but_another_organisation_are_two_people():
    text = f"{GOOD}aanwezig: [Mw. De Vries (VNG)]\nafwezig: [Dhr. De Vries (IPO)]\n"
    assert not warnings_of(text, "agenda")


def test_minutes_dated_before_the_meeting_are_told_but_an_agenda_is_not():
    text = f"{GOOD}    verslag: x\ndagtekening: 2025-03-14\n"
    assert [w.code for w in warnings_of(text, "verslag")] == ["LRT222"]
    assert not warnings_of(text, "agenda")


def test_an_item_without_text_is_told_in_minutes_only():
    assert [w.code for w in warnings_of(GOOD, "verslag")] == ["LRT223"]
    assert not warnings_of(GOOD, "agenda")


def test_a_pause_needs_no_text_in_the_minutes():
    pause = f"{GOOD}    verslag: x\n  - {{titel: Pauze, nummer: geen}}\n"
    assert not warnings_of(pause, "verslag")


def test_a_decision_word_without_decisions_is_told_at_the_word():
    text = f"{GOOD}    verslag: |\n      - Er wordt\n        ingestemd.\n"
    (warning,) = warnings_of(text, "verslag")
    assert (warning.code, str(warning.place)) == ("LRT224", "v.yaml:7:9")
    assert not warnings_of(f"{text}    besluiten: [Akkoord]\n", "verslag")


@pytest.mark.parametrize(
    "text",
    [
        "Het besloten deel is niet openbaar.",
        "In besloten kring is erover gesproken.",
        "Er is nog niet besloten.",
        "De vraag is of de raad heeft besloten.",
        "Het besluit om af te wijzen is van 3 oktober.",
        "Het voorgenomen besluit om af te wijzen ligt voor.",
        "Een besluit tot vervanging volgt in mei.",
        "|\n      De raad heeft hierover niet\n      besloten.",
    ],
)
def test_what_is_not_decided_is_no_decision(text: str):
    assert not warnings_of(f"{GOOD}    verslag: {text}\n", "verslag")


@pytest.mark.parametrize("who", ["Het college", "De gemeente", "Het dagelijks bestuur"])
def test_who_decides_has_decided(who: str):
    (warning,) = warnings_of(f"{GOOD}    verslag: {who} besluit om mee te doen.\n", "verslag")
    assert warning.code == "LRT224"


def test_a_number_that_stands_twice_in_a_list_is_told():
    text = f"{GOOD}    toelichting: |\n      1. een\n      1. twee\n"
    assert [(w.code, w.place.line) for w in warnings_of(text, "agenda")] == [("LRT225", 7)]


def test_a_number_used_twice_is_told_at_the_second():
    text = GOOD + "    actiepunten:\n" + "      - {wat: a, wie: b, nummer: A1}\n" * 2
    assert [(w.code, w.place.line) for w in warnings_of(text, "agenda")] == [("LRT226", 7)]


MEETING = """\
overleg: LRT
datum: 2025-06-18
{more}agendapunten:
  - titel: Opening
{opening}  - titel: Twee
{twee}"""


@pytest.mark.parametrize(
    ("kind", "parts", "key", "where"),
    [
        ("", {"more": "aanwezig: [A (voorzitter), 'B (VNG, vz)']\n"}, "LRT253", "3:29"),
        (
            "",
            {"more": "tijd: 10:00-11:30\n", "opening": "    tijd: 09:30\n"},
            "LRT254.buiten",
            "6:11",
        ),
        (
            "",
            {"more": "tijd: 10:00-11:30\n", "twee": "    tijd: 11:00-11:45\n"},
            "LRT254.buiten",
            "7:11",
        ),
        (
            "",
            {"opening": "    tijd: 11:00\n", "twee": "    tijd: 10:00\n"},
            "LRT254.terug",
            "7:11",
        ),
        (
            "",
            {"opening": "    tijd: 10:00-10:40\n", "twee": "    tijd: 10:30-11:00\n"},
            "LRT254.overlap",
            "7:11",
        ),
        ("", {"more": "vorige: 19-06-2025\n"}, "LRT255.vorige", "3:9"),
        ("", {"more": "volgende_vergadering: 2025-05-01\n"}, "LRT255.volgende", "3:23"),
        ("", {"more": "vastgesteld: 2025-06-01\n"}, "LRT255.vastgesteld", "3:14"),
        (
            "",
            {"twee": "    actiepunten: [{wat: a, wie: b, gereed: 2024-07-01}]\n"},
            "LRT255.gereed",
            "6:44",
        ),
        ("agenda", {"more": "dagtekening: 2025-06-25\n"}, "LRT255.agenda", "3:14"),
        (
            "",
            {"twee": "    bijlagen: [{nummer: 1, titel: memo}, {nummer: 1, titel: nota}]\n"},
            "LRT256",
            "6:51",
        ),
        ("", {"twee": "    toelichting: Dit hoort bij agendapunt 9.\n"}, "LRT257", "6:32"),
        ("", {"twee": "    nummer: 1\n"}, "LRT226.punt", "6:13"),
        (
            "",
            {"twee": "    nummer: 4.1\n    doel: ter info\n    toelichting: Zie agendapunt 4.2.\n"},
            "LRT257",
            "8:22",
        ),
        (
            "",
            {
                "more": "bijlagen: [{nummer: 1, titel: a}]\n",
                "twee": "    verslag: |\n      Zo is het.\n\n      Zie bijlage 7.\n",
            },
            "LRT257",
            "10:11",
        ),
        ("", {"more": "rubricering: Concept\nvastgesteld: 2025-09-01\n"}, "LRT258", "3:14"),
        (
            "",
            {"opening": "    toelichting: |\n      Tekst.\n  - De heer Jansen meldt dit.\n"},
            "LRT250",
            "7:5",
        ),
        ("", {"twee": "    stemming: aangehouden\n"}, "LRT295", "5:12"),
        (
            "",
            {"twee": "    verslag: Het voorstel van COA wordt nu aangehouden.\n"},
            "LRT295",
            "5:12",
        ),
        ("", {"twee": "    inbrenger: '**VNG**'\n"}, "LRT260", "6:17"),
        ("", {"twee": "    bijlagen: ['zie [nota](https://x.nl)']\n"}, "LRT260", "6:26"),
        ("", {"twee": "  - titel: Onderwerp\n"}, "LRT259", "6:12"),
        ("", {"opening": "    toelichting: |\n      Punten:\n  - noord\n"}, "LRT250", "7:5"),
        ("", {"more": "volgende_vergadering: 2052-09-01\n"}, "LRT255.ver", "3:23"),
        ("", {"more": "aanwezig:\n  - \u2022 Jan\n"}, "LRT260", "4:5"),
        ("", {"more": "plaats: \uf0fc Ede\n"}, "LRT260", "3:9"),
        ("", {"more": "plaats: Ede <br> zaal 1\n"}, "LRT260", "3:13"),
        ("", {"more": "bijlagen: [Brief van 31 juni 2025]\n"}, "LRT255.tekst", "3:22"),
        ("", {"twee": "    toelichting: 'VNG\n      IPO'\n"}, "LRT251.streep", "6:5"),
        ("", {"twee": "    toelichting: Op maandag 18 juni 2025.\n"}, "LRT255.tekst", "6:21"),
        ("", {"more": "plaats: |\n  Turfmarkt 147\n  Den Haag\n"}, "LRT251.een-regel", "4:3"),
        ("", {"twee": "    toelichting: Jan Jansen\n      Piet\n"}, "LRT251.streep", "6:5"),
        ("", {"twee": "    toelichting: >\n      VNG\n      IPO\n"}, "LRT251.streep", "7:7"),
        (
            "",
            {
                "more": "tijd: 19:30-00:30\n",
                "opening": "    tijd: 00:15\n",
                "twee": "    tijd: 23:00\n",
            },
            "LRT254.terug",
            "8:11",
        ),
    ],
)
def test_what_cannot_be_so_is_told_at_its_place(
    kind: str, parts: dict[str, str], key: str, where: str
):
    text = MEETING.format(**{"more": "", "opening": "", "twee": "", **parts})
    assert [(w.key, f"{w.place.line}:{w.place.column}") for w in warnings_of(text, kind)] == [
        (key, where)
    ]


@pytest.mark.parametrize(
    "parts",
    [
        {"more": "aanwezig: [A (voorzitter), 'B (VNG, plv. voorzitter)', C (secretaris)]\n"},
        {
            "more": "tijd: 10:00-11:30\n",
            "opening": "    tijd: 10:00-11:00\n    subpunten:\n      - titel: a\n"
            "        tijd: 10:15\n      - titel: b\n        tijd: 10:30-11:00\n",
            "twee": "    tijd: 11:00-11:30\n",
        },
        {"more": "vorige: 2025-03-01\nvolgende_vergadering: 2025-09-01\nvastgesteld: 2025-09-01\n"},
        {
            "more": "bijlagen: [{nummer: 1, titel: Verslag van de vorige vergadering}]\n",
            "opening": "    bijlagen: [{nummer: 1, titel: verslag vorige LRT}]\n",
        },
        {"twee": "    verslag: Bijlage 7 bij de regeling, agendapunt 2, punt 9 en bijlage 8.\n"},
        {"twee": "    verslag: In agendapunt 12 van het vorige verslag staat A33.\n"},
        {"opening": "    toelichting: Tekst.\n  - W.v.t.t.k.\n  - Rondvraag en sluiting\n"},
        {"twee": "    besluiten: ['**vet** en [nota](https://x.nl)']\n    toelichting: '*a*'\n"},
        {"twee": "    inbrenger: 'VNG*, 2*5 en **'\n"},
        {"twee": "    actiepunten: [{wat: a, wie: b, nummer: A4, gereed: 2025-04-01}]\n"},
        {
            "more": "tijd: 19:30-00:30\n",
            "opening": "    tijd: 19:30-20:00\n",
            "twee": "    tijd: 23:30-00:15\n",
        },
        {
            "more": "bijlagen: [{nummer: 1, titel: a}]\n",
            "twee": "    verslag: Bijlage 3 (brief).\n",
        },
        {"twee": "    verslag: Het punt wordt niet aangehouden.\n"},
        {"twee": "    verslag: Het punt wordt aangehouden.\n    aangehouden: ja\n"},
        {"twee": "    stemming: aangehouden\n    vast: ja\n"},
        {"twee": "    toelichting: >\n"},
        {"twee": "    toelichting: |\n"},
        {"twee": "    toelichting: De leden lezen het verslag, en ook\n      de acties.\n"},
    ],
)
def test_an_honest_meeting_is_not_complained_of(parts: dict[str, str]):
    assert not warnings_of(MEETING.format(**{"more": "", "opening": "", "twee": "", **parts}), "")


def test_the_texts_that_are_told_as_those_of_a_start_file_stand_in_one():
    folder = Path(lrtdocs.__file__).parents[1] / "examples"
    starts = "".join(path.read_text("utf-8") for path in folder.glob("nieuw*.yaml"))
    assert [text for text in PLACEHOLDERS if text not in starts] == []
