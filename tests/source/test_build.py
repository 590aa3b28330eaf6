from __future__ import annotations

import datetime as dt
import re
import textwrap
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from lrtdocs.errors import Problem, Severity, has_errors
from lrtdocs.model import Huisstijl, Vergadering
from lrtdocs.source.build import build_model, model_warnings, place_of
from lrtdocs.source.nodes import Mapping, Node
from lrtdocs.source.text import parse_yaml

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
    assert isinstance(node, Mapping)
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


def test_a_decision_word_without_decisions_is_told_at_the_word():
    text = f"{GOOD}    verslag: |\n      - Er wordt\n        ingestemd.\n"
    (warning,) = warnings_of(text, "verslag")
    assert (warning.code, str(warning.place)) == ("LRT224", "v.yaml:7:9")
    assert not warnings_of(f"{text}    besluiten: [Akkoord]\n", "verslag")


def test_a_list_that_does_not_begin_at_1_is_told():
    text = f"{GOOD}    toelichting: |\n      3. drie\n"
    assert [(w.code, w.place.line) for w in warnings_of(text, "agenda")] == [("LRT225", 6)]


def test_a_number_used_twice_is_told_at_the_second():
    text = GOOD + "    actiepunten:\n" + "      - {wat: a, wie: b, nummer: A1}\n" * 2
    assert [(w.code, w.place.line) for w in warnings_of(text, "agenda")] == [("LRT226", 7)]
