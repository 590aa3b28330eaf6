"""The file of the next meeting: what goes along, what does not, and the comments that stay."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from lrtdocs import api
from lrtdocs.errors import FileProblemError, ProblemsFoundError, UsageError
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.meetings.following import LEFT, write_like

MEETING = """\
# Regietafel; elke drie maanden
overleg: Regietafel Opvang   # naam
datum: 2025-03-19
tijd: 10:00-11:30
plaats: Den Haag
dagtekening: 2025-03-12   # verzendweek
onze_referentie: RO-2025-03
versie: "1.1"

# wie er zijn
aanwezig:
  Leden:
    - Mw. Faber (AenM, voorzitter)   # zit voor
    - Dhr. Jansen (BZK)
    - Mw. De Wit (VNG) (ambtelijke vervanging)
  Gasten: [Mw. Smit (COA)]
afwezig:
  Leden:
    - {aanhef: Mw., naam: Uitermark, organisatie: BZK, vervangen_door: Dhr. Jansen (BZK)}
    - Dhr. Okkema (IPO) (zonder bericht)
kopie_aan: Secretarissen
notulist: Dhr. Jansma (AenM)
bijlagen: [Stukkenlijst]

actielijst:
  # uit 2024
  - wat: Nota over wonen
    wie: VRO
    nummer: A2
    sinds: 2024-12-18   # loopt lang
    status: loopt
  - wat: Zaal huren
    wie: Secretariaat
    nummer: A3
    status: afgerond
laatste_actie: A4

agendapunten:
  - titel: Opening   # altijd
    vast: ja
    tijd: 10:00
    verslag: De voorzitter opent.

  # komt elke keer
  - titel: Verslag en actielijst
    vast: ja
    bijlagen: [{nummer: 1, titel: Verslag van 18 december 2024}]
    besluiten: [Het verslag is vastgesteld.]

  - titel: Plan van aanpak
    aangehouden: ja
    tijd: 10:20
    toelichting: |
      Het plan ligt voor.
    verslag: |
      VNG wil eerst cijfers.

      - COA levert die.
    bijlagen:
      - {titel: Plan, nazending: 2025-03-17}
      - {titel: Cijfers, nazending: ja}
    actiepunten:
      - {wat: Cijfers leveren, wie: [COA, VNG], gereed: 2025-05-01}

  - titel: Eenmalig
    besluiten:
      - Het tarief blijft gelijk.
    subpunten:
      - titel: Klaar
        verslag: Klaar.
      - titel: Nog open
        aangehouden: ja
        actiepunten:
          - wat: "Brief sturen: aan alle gemeenten"
            status: vervallen
          - wat: Rondje bellen

  - titel: Sluiting
    vast: ja
    tijd: 11:25
volgende_vergadering: 2025-06-18
# einde
"""


def follow(folder: Path, text: str, name: str = "2025-03-19-ro.yaml", **asked: object) -> str:
    """Return the file of the next meeting."""
    path = folder / name
    path.write_bytes(text.encode())
    (made,) = api.follow(path, **asked).written  # type: ignore[arg-type]
    return made.read_bytes().decode()


@pytest.fixture
def made(tmp_path: Path) -> str:
    return follow(tmp_path, MEETING.replace("vastgesteld_door: x\n", ""))


def test_the_whole_file_is_as_a_secretary_would_make_it(made: str) -> None:
    assert made == (Path(__file__).parent / "data" / "2025-06-18-ro.yaml").read_text("utf-8")


def test_of_each_key_of_a_meeting_it_is_decided_whether_it_stays() -> None:
    """A new key of a meeting goes along, unless `LEFT` says no or it gets another value."""
    kept = (
        "overleg omschrijving tijd plaats afzender contactpersoon rubricering genodigden aanwezig "
        "kopie_aan notulist ondertekenen agendapunten actielijst"
    )
    renewed = (
        "datum dagtekening onze_referentie vorige volgende_vergadering laatste_actie "
        "laatste_besluit openbaar"
    )
    assert set(Vergadering.model_fields) == LEFT | set(kept.split()) | set(renewed.split())


def test_the_file_that_is_made_has_nothing_to_mend(tmp_path: Path) -> None:
    follow(tmp_path, MEETING)
    told = api.check_files([tmp_path / "2025-06-18-ro.yaml"]).problems
    assert {problem.code for problem in told} == {"LRT246", "LRT202"}  # no house style, nobody


def test_what_goes_along_is_told(tmp_path: Path) -> None:
    (tmp_path / "2025-03-19-ro.yaml").write_text(MEETING, "utf-8")
    told = api.follow(tmp_path / "2025-03-19-ro.yaml").remarks
    assert told[0] == (
        "2025-06-18-ro.yaml: 3 acties meegenomen, 2 afgerond weggelaten, 3 vaste punten, "
        "2 punten aangehouden."
    )
    assert told[1] == "De tijd en de plaats zijn die van deze vergadering. Kijk of dat klopt."
    assert "De dagtekening is 11 juni 2025" in told[2]
    assert told[3:] == ["Bij 'onze_referentie' stond RO-2025-03. Vul daar de nieuwe in."]


def test_a_proof_tells_what_would_go_along_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "2025-03-19-ro.yaml"
    path.write_text(MEETING, "utf-8")
    (tmp_path / "2025-06-18-ro.yaml").write_text("is er al")
    outcome = api.follow(path, proof=True)
    assert outcome.opening == ["Zo wordt 2025-06-18-ro.yaml. Er is niets geschreven."]
    assert "  A2 Nota over wonen (VRO), sinds 18 december 2024" in outcome.remarks
    assert "  Eenmalig" not in outcome.remarks
    assert (tmp_path / "2025-06-18-ro.yaml").read_text() == "is er al"


def test_line_ends_and_an_old_encoding_are_read_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "2025-03-19-ro.yaml"
    text = MEETING.replace("Mw. Smit", "Mw. Süß").replace("\n", "\r\n")
    path.write_bytes(text.encode("cp1252"))
    (target,) = api.follow(path).written
    made = target.read_bytes().decode()
    assert "Gasten: [Mw. Süß (COA)]\r\n" in made
    assert made.count("\n") == made.count("\r\n")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("2025-03-19-ro.yaml", "2025-06-18-ro.yaml"),
        ("RO 20250319.yml", "RO 20250618.yml"),
        ("ro-19-03-2025.yaml", "ro-18-06-2025.yaml"),
        ("Agenda 19 maart 2025.yaml", "Agenda 18 juni 2025.yaml"),
        ("2025-03-20-ro.yaml", "2025-06-18-ro.yaml"),
        ("regietafel.yaml", "2025-06-18-regietafel.yaml"),
    ],
)
def test_the_name_has_the_other_date(tmp_path: Path, name: str, wanted: str) -> None:
    follow(tmp_path, MEETING, name)
    assert (tmp_path / wanted).exists()


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "2025-06-18-ro.yaml").write_text("werk van een ander")
    with pytest.raises(FileProblemError):
        follow(tmp_path, MEETING)
    assert (tmp_path / "2025-06-18-ro.yaml").read_text() == "werk van een ander"


@pytest.mark.parametrize(
    ("line", "code"), [("", "LRT021.geen-datum"), ("2025-03-18", "LRT021.eerder")]
)
def test_without_a_later_date_nothing_is_made(tmp_path: Path, line: str, code: str) -> None:
    with pytest.raises(UsageError) as told:
        follow(tmp_path, MEETING.replace("2025-06-18", line))
    assert told.value.problems[0].key == code


def test_the_date_that_is_asked_wins(tmp_path: Path) -> None:
    made = follow(tmp_path, MEETING, day=dt.date(2025, 9, 10))
    assert "datum: 2025-09-10\n" in made
    assert (tmp_path / "2025-09-10-ro.yaml").exists()


def test_a_file_with_errors_is_refused_with_its_errors(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFoundError) as told:
        follow(tmp_path, MEETING.replace("datum: 2025-03-19", "datum: 2025-02-30"))
    assert [(p.code, p.place.line) for p in told.value.problems] == [("LRT205", 3)]


def test_when_and_where_the_next_one_is_comes_from_this_one(tmp_path: Path) -> None:
    text = MEETING.replace(
        "volgende_vergadering: 2025-06-18",
        "volgende_vergadering: {datum: 18-06-2025, tijd: 13:00-15:00, plaats: Ede}",
    )
    made = follow(tmp_path, text)
    assert "datum: 2025-06-18\ntijd: 13:00-15:00\nplaats: Ede\n" in made
    assert "    tijd:" not in made  # those of the items were for the other time
    assert made.endswith("volgende_vergadering:\n# einde\n")


def test_who_is_invited_stays_and_who_came_falls_away(tmp_path: Path) -> None:
    made = follow(tmp_path, MEETING.replace("aanwezig:\n", "genodigden: [A, B]\naanwezig:\n", 1))
    assert "genodigden: [A, B]\nkopie_aan" in made


GROUPS = """\
overleg: Raad
datum: 2025-03-19
omschrijving: Vergadering van woensdag 19 maart 2025
aanwezig:
  Voorzitter: [Mw. Roelofs]
  Groen Waterveen (4):
    - Mw. Pronk (Groen)   # blijft
afwezig: %s
agendapunten: [{titel: Opening, vast: ja}]
volgende_vergadering: 2025-06-18
"""


@pytest.mark.parametrize(
    ("absent", "made"),
    [
        (
            "{Gasten: [Dhr. El Idrissi, Mw. Xu]}",
            "\n  Gasten:\n    - Dhr. El Idrissi\n    - Mw. Xu\n",
        ),
        ("[Mw. Tuinstra (Groen Waterveen)]", "# blijft\n    - Mw. Tuinstra (Groen Waterveen)\n"),
        ("[Mw. Tuinstra (Groen)]", "# blijft\n    - Mw. Tuinstra (Groen)\n"),
        ("[Mw. Süverkrübbe (VVD)]", "\n  Overigen:\n    - Mw. Süverkrübbe (VVD)\n"),
    ],
)
def test_who_was_absent_comes_back_in_a_group_of_his_own(
    tmp_path: Path, absent: str, made: str
) -> None:
    text = follow(tmp_path, GROUPS % absent)

    assert made in text
    assert "  Voorzitter: [Mw. Roelofs]\n" in text


def test_a_group_that_was_guessed_and_a_date_in_a_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "2025-03-19-ro.yaml"
    path.write_text(GROUPS % "[Mw. Süverkrübbe (VVD) (met bericht)]", "utf-8")

    told = api.follow(path).remarks

    assert "Bij 'omschrijving' staat nog 19 maart 2025. Pas dat aan." in told
    assert told[-1].startswith("Mw. Süverkrübbe (VVD) stond bij 'afwezig' in geen groep")


def test_files_are_found_from_another_folder_too(tmp_path: Path) -> None:
    (tmp_path / "nieuw").mkdir()
    text = (
        "overleg: LRT\ndatum: 2025-03-19\nvolgende_vergadering: 2025-06-18\nagendapunten:\n"
        "  - titel: Plan\n    aangehouden: ja\n"
        "    bijlagen: [{titel: A, bestand: b ë/a.pdf}, Los]\n"
        '    verslag: "![Plaat](b ë/p 1.png \\"Figuur 1\\")"\n'
    )

    made = follow(tmp_path, text, output=tmp_path / "nieuw")

    assert '![Plaat](../b ë/p 1.png "Figuur 1")' in made
    assert "bestand: ../b ë/a.pdf" in made


def test_a_meeting_that_is_counted_in_its_name_is_told(tmp_path: Path) -> None:
    path = tmp_path / "2025-03-19-ro.yaml"
    path.write_text((GROUPS % "[]").replace("Raad", "Raad, 214e vergadering"), "utf-8")

    assert "Bij 'overleg' staat nog 214e vergadering. Pas dat aan." in api.follow(path).remarks


def test_a_meeting_of_which_nothing_comes_back_begins_with_an_opening(tmp_path: Path) -> None:
    text = follow(
        tmp_path,
        "overleg: LRT\ndatum: 2025-03-19\nvastgesteld: 2025-06-18\nagendapunten: [Begroting]\n"
        "volgende_vergadering: 2025-06-18\n",
    )

    assert "titel: Opening" in text
    assert "Begroting" not in text


def test_notes_of_what_was_said_keep_apart_from_those_of_the_agenda(tmp_path: Path) -> None:
    text = follow(
        tmp_path,
        "overleg: LRT\ndatum: 2025-03-19\nvolgende_vergadering: 2025-06-18\nagendapunten:\n"
        "  - titel: Plan\n    aangehouden: ja\n"
        '    toelichting: "Zie[^1].\\n\\n[^1]: Een."\n'
        '    verslag: "Ook[^1] en[^2].\\n\\n[^1]: Twee.\\n\\n[^2]: Drie."\n',
    )

    assert [note in text for note in ("Zie[^1]", "Ook[^3] en[^2]", "[^3]: Twee.")] == [True] * 3


def test_who_stood_in_for_a_member_of_another_organisation_stays(tmp_path: Path) -> None:
    made = follow(
        tmp_path,
        "overleg: a\ndatum: 2025-03-19\naanwezig: [Jan (VNG), Els]\n"
        "afwezig: ['Piet (IPO), vervangen door Jan', 'Kim (zonder bericht)']\n"
        "agendapunten: [{titel: b, vast: ja}]\nvolgende_vergadering: 2025-06-18\n",
    )
    assert "aanwezig: [Jan (VNG), Els, Piet (IPO), Kim]\n" in made


def test_minutes_that_are_adopted_need_no_item(tmp_path: Path) -> None:
    text = MEETING.replace("Verslag en actielijst", "Acties").replace("versie:", "versie: ")
    adopted = follow(tmp_path, text + "vastgesteld: 2025-04-02\n")
    assert "Vaststellen verslag" not in adopted
    assert "vastgesteld:" not in adopted


def test_without_an_item_for_it_the_minutes_get_one_behind_the_opening(tmp_path: Path) -> None:
    (tmp_path / "2025-03-19-ro-verslag.docx").touch()
    made = follow(tmp_path, MEETING.replace("Verslag en actielijst", "Acties"))
    assert (
        "    tijd: 10:00\n\n  - titel: Vaststellen verslag\n    doel: ter vaststelling\n"
        "    bijlagen:\n      - titel: Conceptverslag van 19 maart 2025\n"
        "        bestand: 2025-03-19-ro-verslag.docx\n\n  # komt elke keer\n"
    ) in made


def test_a_mark_of_a_concept_stays_with_the_papers_of_this_meeting(tmp_path: Path) -> None:
    assert "CONCEPT" not in follow(tmp_path, "rubricering: CONCEPT\n" + MEETING)


def test_a_next_meeting_that_has_a_file_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "juni.yaml").touch()
    with pytest.raises(FileProblemError) as told:
        follow(tmp_path, MEETING.replace(": 2025-06-18", ": juni.yaml"))
    assert Path(told.value.problems[0].place.file).name == "juni.yaml"


def test_an_old_action_that_is_named_again_goes_along_once_as_it_now_is(tmp_path: Path) -> None:
    again = "{wat: Nota over wonen, nummer: A2, status: aangehouden, wie: COA}"
    made = follow(
        tmp_path, MEETING.replace("{wat: Cijfers leveren", f"{again}\n      - {{wat: Cijfers")
    )
    assert made.count("nummer: A2") == 1
    assert (
        "  - nummer: A2\n    wat: Nota over wonen\n    wie: COA\n    status: aangehouden\n"
        "    sinds: 2024-12-18\n"
    ) in made


def test_the_day_in_the_title_of_a_standing_item_is_not_that_of_last_time(tmp_path: Path) -> None:
    text = MEETING.replace("Verslag en actielijst", "Verslag van 18 december 2024")
    assert "- titel: Verslag van 19 maart 2025\n" in follow(tmp_path, text)
    path = tmp_path / "x.yaml"
    path.write_text(MEETING.replace("titel: Sluiting", "titel: Stand op 1-3-2025"), "utf-8")
    assert any("'Stand op 1-3-2025' staat een datum" in each for each in api.follow(path).remarks)


def test_when_nothing_comes_back_there_is_an_opening(tmp_path: Path) -> None:
    made = follow(
        tmp_path,
        "overleg: a\ndatum: 2025-03-19\nvastgesteld: 2025-04-02\nagendapunten:\n  - Eenmalig\n",
        day=dt.date(2025, 6, 18),
    )
    assert made.endswith("agendapunten:\n  - titel: Opening\n    vast: ja\n")


@pytest.mark.parametrize(
    ("like", "written"),
    [
        ("2025-03-19", "2025-06-08"),
        ("19-03-2025", "08-06-2025"),
        ("19-3-2025", "8-6-2025"),
        ("19 maart 2025", "8 juni 2025"),
    ],
)
def test_a_date_is_written_as_the_others_are(like: str, written: str) -> None:
    assert write_like(like, dt.date(2025, 6, 8)) == written


def test_the_last_version_of_the_minutes_goes_along_its_pdf_before_the_document(
    tmp_path: Path,
) -> None:
    for end in ("-concept.docx", "-concept.pdf", "-concept-v2.docx", "-concept-oud.pdf", ".pdf"):
        (tmp_path / f"2025-03-19-ro-verslag{end}").touch()
    text = (
        "overleg: LRT\ndatum: 2025-03-19\nvolgende_vergadering: 2025-06-18\n"
        "agendapunten: [Opening]\n"
    )

    made = follow(tmp_path, text)

    assert "bestand: 2025-03-19-ro-verslag-concept-v2.docx" in made
