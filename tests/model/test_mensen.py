"""What kind of person somebody is, for the table of who is left out of a publication copy."""

from __future__ import annotations

import pytest

from lrtdocs.model.openbaar.blok import Mens
from lrtdocs.model.openbaar.mensen import kind_of_person, person_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mw. Faber (minister van AenM)", Mens.BEWINDSPERSOON),
        ("Mw. Faber (AenM, minister)", Mens.BEWINDSPERSOON),
        ("Minister Faber", Mens.BEWINDSPERSOON),
        ("Staatssecretaris Coenradie (JenV)", Mens.BEWINDSPERSOON),
        ("Mw. Roelofs (burgemeester, voorzitter)", Mens.BESTUURDER),
        ("Dhr. Bruls (burgemeester van Nijmegen)", Mens.BESTUURDER),
        ("Jan Klaassen, wethouder Utrecht", Mens.BESTUURDER),
        ("Mw. Spies (commissaris van de Koning)", Mens.BESTUURDER),
        ("Mw. Spies (CdK)", Mens.AMBTENAAR),  # those who meet there, or who work for them
        ("Dhr. Jansma (CDK, secretaris)", Mens.AMBTENAAR),
        ("Dhr. Jansen (ministerie van AenM)", Mens.AMBTENAAR),
        ("Dhr. Jansen (adviseur van de minister)", Mens.AMBTENAAR),
        ("Dhr. Jansen (VNG)", Mens.AMBTENAAR),
        ("Mw. Smit (bewoner)", Mens.BURGER),
        ("Dhr. Vos (Bouwbedrijf Vos B.V.)", Mens.BEDRIJF),
    ],
)
def test_the_kind_of_a_person_goes_by_the_office_wherever_it_was_typed(
    text: str, kind: Mens
) -> None:
    naam, rol, organisatie, aanhef = person_in(text)
    assert kind_of_person(naam, rol, organisatie, aanhef) is kind
