"""DiWoo and MDTO: what machines are told of papers, against what the standards ask."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from meeting_generating import meeting_text
from meeting_papers import read_meeting
from metadata_stating import LISTS, faults_in
from pydantic import ValidationError

from lrtdocs.documents.metadata.diwoo import (
    Publicatie,
    Relatie,
    describe_letter,
    describe_meeting,
    title_of,
    write_diwoo,
)
from lrtdocs.documents.metadata.formats import identify
from lrtdocs.documents.metadata.mdto import (
    Beperking,
    Bestand,
    Bewaring,
    Event,
    Informatieobject,
    Kenmerk,
    Term,
    Verwijzing,
    write_bestand,
    write_informatieobject,
)
from lrtdocs.kinds import KINDS
from lrtdocs.language import Taal
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.metadata.waardelijsten import begrip, lists_made, read_waardelijst
from lrtdocs.model.openbaar.blok import Openbaar, OpenbaarTabel
from lrtdocs.model.stuk import Bijlage

DIWOO = "{https://standaarden.overheid.nl/diwoo/metadata/}"
AENM = begrip("ministerie", "ministerie van Asiel en Migratie")
DAY = dt.date(2025, 6, 18)


def publicatie(number: int, kind: str = "verslag") -> Publicatie:
    model, problems = read_meeting(meeting_text(number), kind)
    assert model is not None, problems
    return describe_meeting(KINDS[kind], model, f"stuk-{number}", f"Stuk {number}", DAY, AENM)


def letters_of(kind: str) -> Mailing:
    needed = (
        {"tekst": "Tekst"}
        if KINDS[kind].requires == "tekst"
        else {"taakstelling": {"halfjaar": "2025-II", "totaal": "13000", "peildatum": "2025-01-01"}}
    )
    given = {"sjabloon": kind, "ontvangers": "lijst.csv", "bijlagen": ["A & <B>"], **needed}
    return Mailing.model_validate(given)


def texts(data: bytes, name: str) -> list[str | None]:
    return [node.text for node in ET.fromstring(data).iter(f"{DIWOO}{name}")]


def test_five_hundred_meetings_and_letters_have_metadata_as_diwoo_asks():
    kinds = list(KINDS.values())
    for number in range(500):
        kind = kinds[number % len(kinds)]
        if kind.source == "vergadering":
            told = publicatie(number, kind.name)
        else:
            mailing = letters_of(kind.name)
            taal = list(Taal)[number % 2]
            told = describe_letter(kind, mailing, f"brief-{number}", "Brief <1> & 2", DAY, AENM,
                                   f"k-{number}")._replace(taal=taal)  # fmt: skip
        for suffix in (".pdf", ".docx", ".html", ""):
            assert faults_in(write_diwoo(told, suffix)) == [], number


def test_the_statement_that_files_are_held_against_sees_what_is_wrong():
    good = write_diwoo(publicatie(1), ".pdf").decode()
    for old, new in (
        ("diwoo:atTime>", "diwoo:time>"),
        ("c_641ecd76", "c_00000000"),
        (">2025-06-18<", ">18 juni 2025<"),
        ('<diwoo:publisher resource="', '<diwoo:publisher resource="x'),
        ("<diwoo:titelcollectie>", "<diwoo:titelcollectie><diwoo:officieleTitel/>"),
    ):
        assert old in good
        assert faults_in(good.replace(old, new).encode()), new


def test_minutes_are_adopted_on_the_day_that_they_say_and_letters_signed_on_theirs():
    model, _ = read_meeting(
        "overleg: LRT\ndatum: 2025-03-19\nvastgesteld: 2025-06-18\nagendapunten: [A]\n"
    )
    assert model is not None
    told = describe_meeting(KINDS["verslag"], model, "n", "t", dt.date(2025, 4, 1), AENM)
    assert texts(write_diwoo(told, ".pdf"), "soortHandeling") == ["vaststelling"]
    assert texts(write_diwoo(told, ".pdf"), "atTime") == ["2025-06-18T00:00:00"]
    agenda = describe_meeting(KINDS["agenda"], model, "n", "t", dt.date(2025, 3, 12), AENM)
    assert texts(write_diwoo(agenda, ".pdf"), "atTime") == ["2025-03-12T00:00:00"]
    letter = describe_letter(KINDS["brief"], letters_of("brief"), "n", "t", DAY, AENM)
    assert texts(write_diwoo(letter, ".pdf"), "soortHandeling") == ["ondertekening"]
    assert texts(write_diwoo(letter, ".pdf"), "documentsoort") == ["brief"]


def test_a_paper_is_published_under_article_31_unless_another_category_is_told():
    told = publicatie(1)
    other = told._replace(categorie=begrip("informatiecategorie", "convenanten"))
    found = [texts(write_diwoo(each, ""), "informatiecategorie") for each in (told, other)]
    assert found == [["inspanningsverplichting art 3.1 Woo"], ["convenanten"]]


def test_an_annex_is_referred_to_by_its_title_and_its_address_but_not_one_that_is_left_out():
    text = (
        "overleg: LRT\ndatum: 2025-03-19\nagendapunten: [A]\n"
        "bijlagen: [{titel: Dashboard, link: www.coa.nl/d}, {titel: '[5.1.2i]'}]\n"
    )
    model, _ = read_meeting(text)
    assert model is not None
    told = describe_meeting(KINDS["agenda"], model, "n", "t", DAY, AENM)
    assert told.bijlagen == [Relatie("Dashboard", "https://www.coa.nl/d")]


def test_what_letters_have_in_common_is_told_without_the_words_of_each():
    assert title_of("Besluit voor {naam}, 2025 \\{concept}") == "Besluit voor …, 2025 {concept}"
    annexes = ("Besluit", "Kaart van {naam}")
    mailing = letters_of("brief").model_copy(
        update={"bijlagen": [Bijlage(titel=each) for each in annexes]}
    )
    told = describe_letter(KINDS["brief"], mailing, "n", "t", DAY, AENM)
    assert told.bijlagen == [Relatie("Besluit")]


def test_nobody_is_named_as_the_writer_of_a_paper():
    for number in range(20):
        assert b"naamOpsteller" not in write_diwoo(publicatie(number), ".pdf")


def test_the_same_paper_gives_the_same_bytes():
    assert write_diwoo(publicatie(7), ".pdf") == write_diwoo(publicatie(7), ".pdf")


# --- the lists


@pytest.mark.parametrize(
    "written",
    [
        "Asiel en Migratie",
        "het ministerie van asiel en migratie",
        "Ministerie van Asiel en Migratie",
        "mnre1162",
        "https://identifier.overheid.nl/tooi/id/ministerie/mnre1162",
    ],
)
def test_a_ministry_is_found_by_its_name_or_its_identifier(written):
    assert OpenbaarTabel(organisatie=written).organisatie == AENM


@pytest.mark.parametrize("written", ["3.1", "artikel 3.1", "Inspanningsverplichting art 3.1 Woo"])
def test_article_31_may_be_written_shorter(written):
    found = Openbaar(categorie=written).categorie
    assert found is not None
    assert found.uri.endswith("c_816e508d")


def test_a_name_that_is_not_in_a_list_is_refused_with_the_nearest_that_is():
    with pytest.raises(ValidationError) as told:
        OpenbaarTabel(organisatie="Asiel en Migratei")
    assert "bedoelde u 'ministerie van Asiel en Migratie'?" in str(told.value)


def test_the_lists_tell_their_age_and_every_entry_has_an_identifier_of_its_own():
    assert lists_made() == dt.date(2025, 8, 12)
    for name in ("ministerie", "informatiecategorie", "documentsoort", "soort_handeling", "taal"):
        lijst = read_waardelijst(name)
        assert lijst.datum <= lists_made()
        uris = [each.uri for each in lijst.begrippen.values()]
        assert len(set(uris)) == len(uris) > 1
    assert {kind.published_as for kind in KINDS.values()} <= set(
        read_waardelijst("documentsoort").begrippen
    )
    for stated, name in (("organisatie", "ministerie"), ("categorie", "informatiecategorie")):
        known = {each.uri for each in read_waardelijst(name).begrippen.values()}
        assert LISTS[stated] <= known


# --- MDTO

BEWARING = Bewaring(
    ("Tijdelijk te bewaren", "V"),
    Verwijzing("Ministerie & co", Kenmerk("mnre1162", "TOOI")),
    [Beperking("Geen beperking"), Beperking("Overig", "Rubricering <x>")],
    "P10Y",
    Term("Overleggen", "Selectielijst 2020", "5.1"),
)


def test_things_and_files_have_metadata_as_mdto_asks():
    paper = Informatieobject(
        [Kenmerk("a/b", "lrtdocs"), Kenmerk("DRM-1", "Ministerie")], "Verslag <1>", "Archiefstuk",
        "nl", [Event("Creatie", DAY), Event("Verzending", DAY, "post")], Verwijzing("Dossier"),
        bestanden=[Verwijzing("v.pdf", Kenmerk("a/b/v.pdf", "lrtdocs"))], omschrijving="Wat",
    )  # fmt: skip
    dossier = Informatieobject([Kenmerk("a", "b")], "D", "Dossier", delen=[Verwijzing("Verslag")])
    forever = BEWARING._replace(waardering=("Blijvend te bewaren", "B"), termijn="", categorie=None)
    made = [
        write_informatieobject(one, how) for one in (paper, dossier) for how in (BEWARING, forever)
    ]
    kind, known = identify("v.yaml", b""), Kenmerk("a/b/v.yaml", "lrtdocs")
    file = Bestand(known, "v.yaml", 3, kind, "00", DAY, Verwijzing("Verslag"))
    for data in (*made, write_bestand(file)):
        assert faults_in(data) == []
    assert faults_in(made[0].replace(b"<naam>", b"<title>").replace(b"</naam>", b"</title>"))


@pytest.mark.parametrize(
    ("name", "data", "puid"),
    [
        ("a.docx", b"PK", "fmt/412"),
        ("a.YAML", b"", "fmt/818"),
        ("a.pdf", b"%PDF-1.7 <pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<", "fmt/476"),
        ("a.pdf", b"%PDF-1.7 pdfaid:part='1' pdfaid:conformance='B'", "fmt/354"),
        ("a.pdf", b"%PDF-1.4\n", "fmt/18"),
        ("a.pdf", b"no pdf", ""),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01", "fmt/43"),
        ("a.dwg", b"", ""),
    ],
)
def test_a_file_is_known_by_its_number_in_pronom_or_by_none(name, data, puid):
    assert identify(name, data).puid == puid


def test_names_of_formats_are_those_of_the_register_pronom():
    """The package opf-fido carries the register."""
    import fido

    from lrtdocs.documents.metadata import formats

    register = next((Path(fido.__file__).parent / "conf").glob("formats-v*.xml"))
    known = {}
    for row in ET.parse(register).getroot().iter("format"):
        version = row.findtext("version") or ""
        known[row.findtext("puid")] = f"{row.findtext('name')} {version}".strip()
    ours = [*formats._BY_SUFFIX.values(), *(identify("a.pdf", b"%PDF-" + version.encode())
            for version in formats._PDF_VERSIONS)]  # fmt: skip
    ours += [
        identify("a.pdf", f"pdfaid:part='{level[0]}' pdfaid:conformance='{level[1]}'".encode())
        for level in formats._PDF_A_LEVELS
    ]
    ours += [identify("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + bytes([n])) for n in range(3)]
    assert {one.puid: one.naam for one in ours} == {one.puid: known[one.puid] for one in ours}
