"""Grounds, marks and answers: what a writer says of what is left out."""

from __future__ import annotations

import pickle

import pytest

from lrtdocs.messages import FaultError
from lrtdocs.model.afzender import Huisstijl
from lrtdocs.model.deelnemer import Deelnemer, locate
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.openbaar.blok import Mens, Openbaar, OpenbaarTabel
from lrtdocs.model.openbaar.gronden import GRONDEN, MARK, parse_grond
from lrtdocs.model.openbaar.marks import Gemerkt, Stuk, parse_marks
from lrtdocs.model.tekst import Tekst, Tekstdeel, parse_tekst
from lrtdocs.model.vergadering import Agendapunt, Besluit, Vergadering


def test_the_list_of_grounds_is_that_of_the_rijk() -> None:
    assert " ".join(GRONDEN) == (
        "5.1.1a 5.1.1b 5.1.1c 5.1.1d 5.1.1e 5.1.2a 5.1.2b 5.1.2c 5.1.2d 5.1.2e 5.1.2f 5.1.2g "
        "5.1.2h 5.1.2i 5.1.5 5.2 5.4"
    )
    assert all(MARK.fullmatch(grond.mark) for grond in GRONDEN.values())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("5.1.2e", "5.1.2e"),
        ("5.1.2.e", "5.1.2e"),
        ("5.1, 2, e", "5.1.2e"),
        ("5.1.2E", "5.1.2e"),
        ("[5.1.2e]", "5.1.2e"),
        ("artikel 5.1, tweede lid, onder e", "5.1.2e"),
        ("Artikel 5.1, tweede lid, aanhef en onder e, Woo", "5.1.2e"),
        ("art. 5.1 lid 1 sub d", "5.1.1d"),
        ("5.1 lid 5", "5.1.5"),
        ("5.1, vijfde lid", "5.1.5"),
        ("5.2", "5.2"),
        ("artikel 5.4", "5.4"),
    ],
)
def test_a_ground_is_read_in_the_ways_people_write_it(typed: str, code: str) -> None:
    assert parse_grond(typed) == code


@pytest.mark.parametrize("typed", ["5.1.2j", "5.1.2", "5.1.1f", "5.1", "5.3", "10.2.e", "privacy"])
def test_a_ground_that_is_not_in_the_list_is_refused_with_the_list(typed: str) -> None:
    with pytest.raises(FaultError, match=r"geen grond") as caught:
        parse_grond(typed)
    assert "5.1.2a tot en met i" in str(caught.value.fault.fields["codes"])


def test_a_ground_is_said_in_words() -> None:
    assert GRONDEN["5.1.2e"].aloud == "weggelaten, artikel 5.1, tweede lid, onder e"
    assert GRONDEN["5.1.5"].artikel == "artikel 5.1, vijfde lid"
    assert GRONDEN["5.2"].artikel == "artikel 5.2"


def test_a_line_with_marks_is_its_own_words_and_knows_its_pieces() -> None:
    line = parse_marks("Brief van [De Vries]{weglaten=5.1, 2, e} en [x [1]]{ weglaten: 5.2 }")

    assert line == "Brief van De Vries en x [1]"
    assert isinstance(line, Gemerkt)
    assert line.stukken == (
        Stuk("Brief van "), Stuk("De Vries", "5.1.2e"), Stuk(" en "), Stuk("x [1]", "5.2"),
    )  # fmt: skip
    again = pickle.loads(pickle.dumps(line))
    assert (again, again.stukken, again.getypt) == (line, line.stukken, line.getypt)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("van [De Vries] {weglaten=5.1.2e}", "LRT801.los"),
        ("van De Vries {weglaten=5.1.2e}", "LRT801.los"),
        ("van [De Vries]{weglaten=5.1.2e", "LRT801.los"),
        ("van []{weglaten=5.1.2e}", "LRT801.leeg"),
        ("van [a [b]{weglaten=5.2}]{weglaten=5.2}", "LRT801.los"),
        ("van [De Vries]{weglaten}", "LRT800.leeg"),
        ("van [De Vries]{weglaten=5.1.2z}", "LRT800"),
    ],
)
def test_a_mark_that_says_not_what_or_why_is_refused(typed: str, key: str) -> None:
    with pytest.raises(FaultError) as caught:
        parse_marks(typed)
    assert caught.value.fault.key == key


def left_out(tekst: Tekst) -> list[tuple[str, str]]:
    return [
        (part.tekst, part.weglaten.grond)
        for block in tekst.blocks
        for part in getattr(block, "inhoud", ())
        if isinstance(part, Tekstdeel) and part.weglaten
    ]


def test_a_text_prints_marked_words_and_knows_them() -> None:
    tekst = parse_tekst("Aan [**De** Vries]{weglaten=5.1.2.e} en [The [X]{weglaten=5.2}]{taal=en}.")

    assert str(tekst) == "Aan De Vries en The X."
    assert left_out(tekst) == [("De", "5.1.2e"), (" Vries", "5.1.2e"), ("X", "5.2")]


def test_a_picture_may_be_left_out_and_so_may_words_of_its_description() -> None:
    whole = parse_tekst("![De zaal](zaal.png){weglaten=5.1.1d}").pictures[0]
    part = parse_tekst('![Foto van [Jan]{weglaten=5.2}](a.png "van [Jan]{weglaten=5.2}")')

    assert whole.weglaten is not None
    assert whole.weglaten.grond == "5.1.1d"
    assert str(part) == "[Afbeelding: Foto van Jan]\nvan Jan"
    assert isinstance(part.pictures[0].beschrijving, Gemerkt)


def test_a_mark_that_was_escaped_is_text() -> None:
    assert str(parse_tekst(r"[a]\{weglaten=5.2}")) == "[a]{weglaten=5.2}"


def test_a_person_is_printed_without_marks() -> None:
    person = Deelnemer.model_validate("Mw. [Faber]{weglaten=5.1, 2, e} (AenM, voorzitter)")

    assert str(person) == "Mw. Faber (AenM, voorzitter)"
    assert (person.naam, person.organisatie, person.rol) == ("Faber", "AenM", "voorzitter")


def test_marks_are_read_in_words_of_ones_own_in_groups_and_in_a_mark_of_ones_own() -> None:
    mailing = Mailing.model_validate(
        {
            "sjabloon": "x.docx",
            "ontvangers": "x.csv",
            "velden": {"a": ["[Jan]{weglaten=5.1.2e} komt"], "b": {"c": "[x]{weglaten=5.2}"}},
        }
    )
    meeting = Vergadering.model_validate(
        {
            "overleg": "x",
            "datum": "2025-03-19",
            "agendapunten": ["x"],
            "rubricering": "CONCEPT [x]{weglaten=5.2}",
            "aanwezig": {"Leden van [Zes]{weglaten=5.1.1c}": ["Mw. A (B)"]},
        }
    )

    assert mailing.velden == {"a": ["Jan komt"], "b": {"c": "x"}}
    assert meeting.rubricering == "CONCEPT x"
    assert meeting.aanwezig[0].groep == "Leden van Zes"
    assert [loc for loc, _ in locate(meeting.aanwezig, "aanwezig")] == [
        ("aanwezig", "Leden van [Zes]{weglaten=5.1.1c}", 0)
    ]


def test_a_ground_is_a_no_to_publish_and_a_yes_to_confidential() -> None:
    besluit = Besluit.model_validate({"tekst": "x", "publiek": "5.1.2.i"})
    punt = Agendapunt.model_validate({"titel": "x", "vertrouwelijk": "5.1.2i"})

    assert not besluit.publiek
    assert besluit.publiek.grond == "5.1.2i"
    assert punt.vertrouwelijk
    assert str(punt.vertrouwelijk) == "5.1.2i"


def test_what_is_not_said_is_known_not_to_be_said() -> None:
    assert Besluit.model_validate("x").publiek
    assert not Deelnemer.model_validate("x").publiek.gezegd
    assert Deelnemer.model_validate({"naam": "x", "publiek": "nee"}).publiek.gezegd


def test_the_table_leaves_out_officials_and_citizens_unless_it_says_otherwise() -> None:
    table = OpenbaarTabel()
    own = OpenbaarTabel.model_validate(
        {"weglaten": {"burgers": "5.1.2.e", "Bedrijf": "5.1.1c"}, "tonen": "ambtenaar, bestuurder"}
    )

    assert [table.ground_of(mens) for mens in Mens] == ["", "", "5.1.2e", "5.1.2e", "5.1.2e"]
    assert [own.ground_of(mens) for mens in Mens] == ["5.1.2e", "", "", "5.1.2e", "5.1.1c"]
    assert Huisstijl.model_validate({"afzenders": {"a": {}}}).openbaar is None


def test_words_of_one_letter_are_not_sought_everywhere() -> None:
    assert Openbaar.model_validate({"weglaten": {"De Vries": "5.1.2e"}}).weglaten
    with pytest.raises(ValueError, match="te kort"):
        Openbaar.model_validate({"weglaten": {"a": "5.1.2e"}})
