from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.deelnemer import Deelnemer, locate, without_absence
from lrtdocs.model.velden import Tijdvak
from lrtdocs.model.vergadering import (
    Status,
    Vergadering,
    walk_punten,
)

WORD = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


def meeting(**fields: object) -> Vergadering:
    return Vergadering.model_validate(
        {"overleg": "x", "datum": "2025-03-19", "agendapunten": ["Opening"], **fields}
    )


def refusal(**fields: object) -> str:
    with pytest.raises(ValidationError) as caught:
        meeting(**fields)
    (error,) = caught.value.errors()
    return str(error["ctx"]["error"].fault.key).partition(".")[0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Mw. Faber (AenM, voorzitter)", ("Mw.", "Faber", "AenM", "voorzitter", None)),
        (
            "Mw. Uitermark (BZK) (ambtelijke vervanging)",
            ("Mw.", "Uitermark", "BZK", None, "ambtelijke vervanging"),
        ),
        ("Frank Terpstra (Geonovum)", (None, "Frank Terpstra", "Geonovum", None, None)),
        ("Frank Terpstra, Geonovum (vz)", (None, "Frank Terpstra", "Geonovum", "vz", None)),
        ("Dhr. De Rooij (VNG)", ("Dhr.", "De Rooij", "VNG", None, None)),
        ("de heer Gebben (VNG)", ("de heer", "Gebben", "VNG", None, None)),
        ("Jan (voorzitter)", (None, "Jan", None, "voorzitter", None)),
        ("Mw. Spies (Aedes) (voorzitter)", ("Mw.", "Spies", "Aedes", "voorzitter", None)),
        ("Jan", (None, "Jan", None, None, None)),
        ("Jan (A) (b) (c)", (None, "Jan", "A", None, "b, c")),
        ("(onbekend)", (None, "(onbekend)", None, None, None)),
    ],
)
def test_the_short_form_is_taken_apart_and_printed_the_same(
    text: str, parts: tuple[str | None, ...]
):
    person = Deelnemer.model_validate(text)
    assert (person.aanhef, person.naam, person.organisatie, person.rol, person.opmerking) == parts
    assert str(person) == text


@given(st.text(min_size=1).filter(str.strip))
def test_any_short_form_prints_the_same_again(text: str):
    assume(text.count("(") == text.count(")") and ";" not in text)
    clean = " ".join(text.split())
    clean = clean.rstrip(" ,") or clean
    person = Deelnemer.model_validate(text)
    assert str(person) == clean
    assert Deelnemer.model_validate(str(person)) == person


@given(WORD, WORD, st.none() | WORD)
def test_a_mapping_prints_as_the_short_form_that_reads_back(
    name: str, organisation: str, remark: str | None
):
    person = Deelnemer.model_validate(
        {"aanhef": "Mw.", "naam": name, "organisatie": organisation, "rol": "voorzitter"}
        | ({"opmerking": remark} if remark else {})
    )
    again = Deelnemer.model_validate(str(person))
    assert again.model_dump() == person.model_dump()
    assert str(again) == str(person)


def test_a_name_cut_in_two_by_a_comma_between_brackets_is_refused():
    assert refusal(aanwezig=["Mw. Faber (AenM"]) == "LRT213"


def test_a_person_keeps_its_short_form_through_pickle():
    person = Deelnemer.model_validate("Frank Terpstra, Geonovum (vz)")
    assert str(pickle.loads(pickle.dumps(person))) == "Frank Terpstra, Geonovum (vz)"


@pytest.mark.parametrize(
    "text",
    [
        "Mw. Jansen, Dhr. De Vries",
        "Mw. Jansen (AenM) Dhr. De Vries (VNG)",
        "de heer Smit en mevrouw Bos",
        "Mw. Jansen (AenM); mw. Bos",
    ],
)
def test_two_people_on_one_line_are_refused(text: str):
    assert refusal(aanwezig=[text]) == "LRT213"


@pytest.mark.parametrize(
    "text",
    [
        "Mw. Jansen (vervangt Dhr. De Vries)",
        "Dhr. Smit namens mw. Bos",
        "Jansen, mw. (VNG)",
        "Mw. Van der Heer en zoon",
    ],
)
def test_one_person_is_not_taken_for_two(text: str):
    assert str(meeting(aanwezig=[text]).aanwezig[0]) == text


def test_models_are_frozen():
    with pytest.raises(ValidationError):
        meeting().overleg = "y"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("dep.v.", "Departementaal VERTROUWELIJK"),
        ("DEPARTEMENTAAL VERTROUWELIJK", "Departementaal VERTROUWELIJK"),
        ("stg. confidentieel", "Staatsgeheim CONFIDENTIEEL"),
        ("Stg. GEHEIM", "Staatsgeheim GEHEIM"),
        ("staatsgeheim zeer geheim", "Staatsgeheim ZEER GEHEIM"),
        ("CONCEPT", "CONCEPT"),
        ("Personeelsvertrouwelijk", "Personeelsvertrouwelijk"),
    ],
)
def test_a_classification_is_a_level_or_a_free_mark(text: str, level: str):
    assert meeting(rubricering=text).rubricering == level


@pytest.mark.parametrize(
    "text", ["geheim", "vertrouwelijk", "stg. gehiem", "departementaal vertrouwlijk", "x" * 41]
)
def test_what_is_almost_a_level_is_refused(text: str):
    assert refusal(rubricering=text) == "LRT207"


@pytest.mark.parametrize("text", ["[Redacted]@minjenv.nl", "j.jansen@minjenv.nl"])
def test_an_address_is_checked_forgivingly(text: str):
    (person,) = meeting(contactpersoon={"email": text}).contactpersoon
    assert person.email == text


def test_there_may_be_several_people_to_ask():
    read = meeting(contactpersoon=["J. Jansen", {"naam": "A. Smit", "telefoon": "070"}])
    assert [one.naam for one in read.contactpersoon] == ["J. Jansen", "A. Smit"]


@pytest.mark.parametrize("text", ["jan", "jan@", "a@b", "a b@c.nl", "a@@b.nl"])
def test_what_is_no_address_is_refused(text: str):
    assert refusal(contactpersoon={"email": text}) == "LRT209"


@pytest.mark.parametrize(
    ("text", "value"),
    [("2025-04-01", dt.date(2025, 4, 1)), ("voor de zomer", "voor de zomer"), ("z.s.m.", "z.s.m.")],
)
def test_ready_is_a_date_or_words(text: str, value: object):
    item = {"titel": "a", "actiepunten": [{"wat": "b", "wie": "c", "gereed": text}]}
    assert meeting(agendapunten=[item]).agendapunten[0].actiepunten[0].gereed == value


def test_ready_on_a_day_that_does_not_exist_is_refused():
    item = {"titel": "a", "actiepunten": [{"wat": "b", "wie": "c", "gereed": "2025-02-30"}]}
    assert refusal(agendapunten=[item]) == "LRT205"


def test_choices_are_read_in_any_capitals():
    item = {
        "titel": "a",
        "doel": "Ter  Informatie",
        "actiepunten": [{"wat": "b", "wie": "c", "status": "OPEN"}],
    }
    punt = meeting(agendapunten=[item]).agendapunten[0]
    assert punt.doel == "ter informatie"
    assert punt.actiepunten[0].status is Status.OPEN


def test_a_time_span_prints_in_the_house_style():
    assert str(meeting(tijd="10:00-11:30").tijd) == "10.00-11.30 uur"
    assert meeting(tijd="10:00").tijd == Tijdvak(dt.time(10))


def test_the_next_meeting_is_a_date_or_a_file():
    read = meeting(vorige="2025-01.yaml", volgende_vergadering="18 juni 2025")
    assert read.vorige == "2025-01.yaml"
    assert str(read.volgende_vergadering) == "18 juni 2025"


def test_the_next_meeting_may_have_its_time_and_place():
    following = {"datum": "18-06-2025", "tijd": "10:00-11:30", "plaats": "Den Haag"}
    read = meeting(volgende_vergadering=following)
    assert str(read.volgende_vergadering) == "18 juni 2025, 10.00-11.30 uur, Den Haag"


def test_people_in_groups_are_one_list_in_which_each_knows_its_group():
    read = meeting(aanwezig={"Leden": ["Mw. Faber (AenM)", "Jan"], "Gasten": [{"naam": "Piet"}]})
    people = [(one.groep, str(one)) for one in read.aanwezig]
    assert people == [("Leden", "Mw. Faber (AenM)"), ("Leden", "Jan"), ("Gasten", "Piet")]


def test_people_in_groups_are_told_at_the_way_that_leads_to_them():
    read = meeting(aanwezig={"Leden": ["Jan"], "Gasten": ["Piet", "Els"]}, afwezig="Joop")
    assert [loc for loc, _ in locate(read.aanwezig, "aanwezig")] == [
        ("aanwezig", "Leden", 0),
        ("aanwezig", "Gasten", 0),
        ("aanwezig", "Gasten", 1),
    ]
    assert [loc for loc, _ in locate(read.afwezig, "afwezig")] == [("afwezig", 0)]


@pytest.mark.parametrize("groups", [{"Mw. Faber": "AenM"}, {"naam": "Faber"}, {"naam": ["Jan"]}])
def test_what_is_one_person_is_no_group_of_people(groups: object):
    with pytest.raises(ValidationError, match="tuple_type"):
        meeting(aanwezig=groups)


@pytest.mark.parametrize(
    ("text", "bericht", "by"),
    [
        ("Mw. Uitermark (BZK) (zonder bericht)", "zonder", None),
        ("Mw. Uitermark (BZK, met bericht van verhindering)", "met", None),
        ("Mw. Uitermark (BZK) (vervangen door Dhr. Jansen)", None, "Dhr. Jansen"),
        ("Mw. Uitermark (BZK), vervangen door Jan (VNG)", None, "Jan (VNG)"),
        ("Mw. Uitermark (BZK) (met bericht) (vervangen door Jan (VNG))", "met", "Jan (VNG)"),
        ("Mw. Uitermark (BZK) (zonder bericht, vervangen door Jan)", "zonder", "Jan"),
        ("Mw. Uitermark (BZK) (met bericht, vervangen door Jan, VNG)", "met", "Jan, VNG"),
        ("Mw. Uitermark (BZK, vervangen door Jan (VNG))", None, "Jan (VNG)"),
    ],
)
def test_the_short_form_says_how_somebody_is_absent(text: str, bericht: str | None, by: str | None):
    person = Deelnemer.model_validate(text)
    assert (person.naam, person.organisatie, person.rol) == ("Uitermark", "BZK", None)
    assert (person.bericht, person.vervangen_door, person.opmerking) == (bericht, by, None)
    assert str(person) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"bericht": "zonder"}, "Faber (zonder bericht)"),
        ({"vervangen_door": "Dhr. Jansen (BZK)"}, "Faber (vervangen door Dhr. Jansen, BZK)"),
        ({"bericht": "Met bericht", "vervangen_door": "Jan"},
         "Faber (met bericht, vervangen door Jan)"),
    ],
)  # fmt: skip
def test_a_mapping_tells_how_somebody_is_absent(fields: dict[str, str], text: str):
    assert str(Deelnemer.model_validate({"naam": "Faber", **fields})) == text


def test_how_somebody_is_absent_goes_from_what_was_typed_within_one_pair_of_brackets():
    typed = "Mw. 't Hooft (BZK) (zonder bericht, vervangen door Dhr. Süverkrübbe, VNG)"
    assert without_absence(typed) == "Mw. 't Hooft (BZK)"


@pytest.mark.parametrize(
    "said",
    [
        *("tot 15.00 uur", "vanaf agendapunt 3", "bij punt 4", "m.k.", "z.b.", "mk", "afgemeld"),
        *("met volmacht", "ambtelijke vervanging", "alleen punt 2"),
    ],
)
def test_what_is_said_for_one_meeting_goes(said: str):
    assert without_absence(f"dr. Süverkrübbe (FMG) ({said})") == "dr. Süverkrübbe (FMG)"


@pytest.mark.parametrize("said", ["namens lijst PvdUvA", "tot de gemeenschap", "MKB", "BZK", "vz"])
def test_what_somebody_is_stays(said: str):
    assert without_absence(f"dr. Süverkrübbe ({said})") == f"dr. Süverkrübbe ({said})"


def test_a_line_break_in_a_line_of_text_is_a_space():
    assert meeting(overleg=" een\n  twee \n").overleg == "een twee"


def test_items_are_walked_with_the_way_that_leads_to_them():
    read = meeting(agendapunten=["a", {"titel": "b", "subpunten": ["c"]}])
    assert [(loc, punt.titel) for loc, punt in walk_punten(read)] == [
        (("agendapunten", 0), "a"),
        (("agendapunten", 1), "b"),
        (("agendapunten", 1, "subpunten", 0), "c"),
    ]


def test_the_house_style_knows_its_senders():
    style = Huisstijl.model_validate(
        {"afzenders": {"dgm": {"bezoekadres": "Turfmarkt 147"}}, "vertrouwd": "ja"}
    )
    assert style.afzenders == {"dgm": Afzender(bezoekadres=("Turfmarkt 147",))}
    assert style.vertrouwd


def test_a_word_mark_of_four_lines_is_refused():
    with pytest.raises(ValidationError, match="woordmerk heeft 4 regels"):
        Huisstijl.model_validate({"afzenders": {"a": {}}, "woordmerk": ["a", "b", "c", "d"]})


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Ter besluitvorming", "ter besluitvorming"),
        ("bespreking", "ter bespreking"),
        ("ter kennisname", "ter kennisname"),
        ("ter kennisneming", "ter kennisneming"),
        ("Ter advisering en instemming", "Ter advisering en instemming"),
    ],
)
def test_any_purpose_is_printed_as_typed_and_what_is_known_as_it_is_written(text, printed):
    assert meeting(agendapunten=[{"titel": "a", "doel": text}]).agendapunten[0].doel == printed


def test_what_is_almost_a_known_purpose_is_asked_back():
    assert refusal(agendapunten=[{"titel": "a", "doel": "ter bespeking"}]) == "LRT207"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("- Jan\n- Piet", ["Jan", "Piet"]),
        ("\u2022 Jan\n\u2022 Piet", ["Jan", "Piet"]),
        ("Jan,\nPiet", ["Jan", "Piet"]),
        ("Dhr. A (VNG), i.p.v. mw. B (VNG)", ["Dhr. A (VNG), i.p.v. mw. B (VNG)"]),
    ],
)
def test_the_names_in_a_text_are_read_without_their_bullets(text: str, names: list[str]):
    assert list(map(str, meeting(aanwezig=text).aanwezig)) == names


@pytest.mark.parametrize(
    ("text", "decisions"),
    [
        ("- een\n  en meer\n- twee", ["een en meer", "twee"]),
        ("Er is besloten:\n- een\n- twee", ["Er is besloten:\n- een\n- twee"]),
        ("Akkoord.", ["Akkoord."]),
    ],
)
def test_a_list_of_decisions_in_one_text_is_as_many_decisions(text: str, decisions: list[str]):
    punt = {"titel": "a", "besluiten": text}
    assert list(map(str, meeting(agendapunten=[punt]).agendapunten[0].besluiten)) == decisions


@pytest.mark.parametrize("text", ["De Vries (VNG), Jansen (IPO)", "J. Jansen; P. Pietersen"])
def test_two_people_on_a_line_are_told(text: str):
    assert refusal(aanwezig=[text]) == "LRT213"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("15", "15 minuten"),
        ("15 minuten", "15 minuten"),
        ("15 min.", "15 minuten"),
        ("1", "1 minuut"),
        ("1,5 uur", "1,5 uur"),
        ("een kwartier", "een kwartier"),
    ],
)
def test_a_bare_duration_is_minutes(text: str, printed: str):
    assert meeting(agendapunten=[{"titel": "a", "duur": text}]).agendapunten[0].duur == printed
