"""What two versions of a meeting differ in, in sentences: each difference once, and no other."""

from __future__ import annotations

from functools import reduce

import pytest
from meeting_papers import read_meeting

from lrtdocs.run.meetings.comparing import compare_meetings, list_items, pair_items

MEETING = """\
overleg: LRT
datum: 2025-06-18
tijd: 10:00-12:00
aanwezig: [Mw. Faber (AenM), Dhr. Jansen (VNG)]
contactpersoon: {naam: J. Jansen, telefoon: "070 1"}
agendapunten:
  - titel: Opening
    tijd: 10:00
  - titel: Verslag vorige keer
    tijd: 10:15
    toelichting: De leden stellen het verslag vast. Er zijn geen opmerkingen.
  - titel: Opvang
    bijlagen: [{nummer: "3.1", titel: Dashboard, nazending: ja}]
    subpunten: [Planning, Communicatie]
  - titel: Huisvesting
    vertrouwelijk: ja
    actiepunten: [{wat: Brief sturen, wie: COA, gereed: 2025-07-01}]
    besluiten: [Het plan gaat door.]
  - titel: Sluiting
"""


def differences(*edits: tuple[str, str], text: str = MEETING) -> list[str]:
    """Return the sentences about `text` after `edits`, each of which must be there."""
    assert all(old in text for old, _ in edits)
    old, _ = read_meeting(text)
    new, problems = read_meeting(reduce(lambda so_far, edit: so_far.replace(*edit, 1), edits, text))
    assert old is not None, problems
    assert new is not None, problems
    return [each.sentence for each in compare_meetings(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ("tijd: 10:15", "tijd: 10:30",
         ["De tijd van punt 2 is 10.30 uur; dat was 10.15 uur."]),
        ("    tijd: 10:15\n", "",
         ["De tijd van punt 2 staat er niet meer; dat was 10.15 uur."]),
        ("titel: Sluiting", "titel: Sluiting\n    tijd: 11:50",
         ["De tijd van punt 5 is nu 11.50 uur; eerst stond daar niets."]),
        ("datum: 2025-06-18", "datum: 2025-06-25",
         ["De datum van de vergadering is 25 juni 2025; dat was 18 juni 2025."]),
        ('"070 1"', '"070 2"',
         ["Het telefoonnummer van contactpersoon 'J. Jansen' is '070 2'; dat was '070 1'."]),
        ("Dhr. Jansen (VNG)", "Mw. Smit (COA), Dhr. Wit (IPO)",
         ["Bij aanwezig zijn bijgekomen: Mw. Smit (COA) en Dhr. Wit (IPO).",
          "Bij aanwezig staat niet meer: Dhr. Jansen (VNG)."]),
        ("aanwezig: [Mw. Faber (AenM), Dhr. Jansen (VNG)]",
         "aanwezig: {Leden: [Mw. Faber (AenM), Dhr. Jansen (VNG)]}",
         ["Bij aanwezig zijn bijgekomen: Leden: Mw. Faber (AenM) en Leden: Dhr. Jansen (VNG).",
          "Bij aanwezig staan niet meer: Mw. Faber (AenM) en Dhr. Jansen (VNG)."]),
        ("[Mw. Faber (AenM), Dhr. Jansen (VNG)]", "[Dhr. Jansen (VNG), Mw. Faber (AenM)]",
         ["De volgorde van aanwezig is anders."]),
        ("Verslag vorige keer", "Verslag vorige vergadering",
         ["De titel van punt 2 is 'Verslag vorige vergadering'; dat was 'Verslag vorige keer'."]),
        ("vertrouwelijk: ja", "vertrouwelijk: nee",
         ["'vertrouwelijk' van punt 4 is nee; dat was ja."]),
        ("nazending: ja", "nazending: 2025-06-16",
         ["Bijlage 3.1 bij punt 3 is nagezonden op 16 juni 2025."]),
        ("nazending: ja}", "nazending: ja}, Kaart",
         ["Bijlage 'Kaart' bij punt 3 is nieuw."]),
        ("    bijlagen: [{nummer: \"3.1\", titel: Dashboard, nazending: ja}]\n", "",
         ["Bijlage 3.1 bij punt 3 staat er niet meer."]),
        ("titel: Dashboard", "titel: Landelijk beeld",
         ["De titel van bijlage 3.1 bij punt 3 is 'Landelijk beeld'; dat was 'Dashboard'."]),
        (" Er zijn geen opmerkingen.", " Er zijn geen opmerkingen meer. Graag lezen.",
         [("In de toelichting van punt 2 staat nu 'Er zijn geen opmerkingen meer.'; dat was "
          "'Er zijn geen opmerkingen.'."),
          "In de toelichting van punt 2 staat nu ook 'Graag lezen.'."]),
        (" Er zijn geen opmerkingen.", "",
         ["In de toelichting van punt 2 staat niet meer 'Er zijn geen opmerkingen.'."]),
        ("De leden stellen", "De *leden* stellen",
         ["In de toelichting van punt 2 is de opmaak anders."]),
        ("gereed: 2025-07-01", "gereed: 2025-07-08",
         [("De datum van gereed van actie 'Brief sturen' bij punt 4 is 8 juli 2025; dat was "
          "1 juli 2025.")]),
        ("  - titel: Huisvesting", "  - titel: Spoedwet\n  - titel: Huisvesting",
         ["De punten 4 tot en met 5 heten nu 5 tot en met 6.", "Punt 4 'Spoedwet' is nieuw."]),
        ("  - titel: Sluiting\n", "", ["Punt 5 'Sluiting' staat er niet meer."]),
        ("[Planning, Communicatie]", "[Communicatie, Planning]",
         ["Punt 3a 'Planning' is nu punt 3b."]),
    ],
)  # fmt: skip
def test_a_difference_is_a_sentence(old: str, new: str, sentences: list[str]) -> None:
    assert differences((old, new)) == sentences


def test_an_item_that_changed_places_is_told_once() -> None:
    opvang = MEETING[MEETING.index("  - titel: Opvang") : MEETING.index("  - titel: Huisvesting")]

    found = differences((opvang, ""), ("  - titel: Sluiting", f"{opvang}  - titel: Sluiting"))

    assert found == ["Punt 4 heet nu 3.", "Punt 3 'Opvang' staat nu op plaats 4."]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("overleg: LRT\ndatum: 2025-06-18\n", "datum: 18 juni 2025\noverleg: LRT  # naam\n"),
        ("vast. Er zijn", "vast.\n      Er zijn"),
        ("tijd: 10:15", "tijd: 10.15 uur"),
    ],
)
def test_another_way_of_writing_is_no_difference(old: str, new: str) -> None:
    assert differences((old, new)) == []


def test_a_point_of_a_list_is_quoted_without_its_dash() -> None:
    text = MEETING.replace(
        "De leden stellen het verslag vast. Er zijn geen opmerkingen.",
        "|\n      - een\n      - twee",
    )

    assert differences(("- twee", "- drie"), text=text) == [
        "In de toelichting van punt 2 staat niet meer 'twee'.",
        "In de toelichting van punt 2 staat nu ook 'drie'.",
    ]


def test_two_items_of_one_title_are_each_themselves() -> None:
    text = MEETING.replace("titel: Opvang", "titel: Pauze").replace(
        "titel: Sluiting", "titel: Pauze"
    )
    found = differences(("  - titel: Huisvesting", "  - titel: Huisvesting nu"), text=text)

    assert found == ["De titel van punt 4 is 'Huisvesting nu'; dat was 'Huisvesting'."]


def test_many_items_that_are_all_others_are_compared_in_time() -> None:
    head = "overleg: LRT\ndatum: 2025-06-18\nagendapunten:\n"
    old, new = (
        read_meeting(head + "".join(f"  - titel: {word} {n}\n" for n in range(300)))[0]
        for word in ("Onderwerp nummer", "Xyz")
    )
    assert old is not None
    assert new is not None
    pairing = pair_items(list_items(old), list_items(new))

    assert (len(pairing.new), len(pairing.gone)) == (300, 300)
