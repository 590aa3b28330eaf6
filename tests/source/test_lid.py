from __future__ import annotations

import pytest

from lrtdocs.errors import Place
from lrtdocs.model.deelnemer import Deelnemer
from lrtdocs.source.lists.lid import Lid, find_lid

ROWS = (
    ("Mw. drs. A. Faber", "AenM"),
    ("Jan Jansen", "VNG"),
    ("Petra Jansen", "IPO"),
    ("Vries, P. de", "COA"),
    ("M. Uitermark-van den Berg", "BZK"),
    ("Frank Voorbeeld", "Kennisbureau"),
    ("Secretariaat", "Aedes"),
    ("Ö. Yılmaz", "VWS"),
)
LEDEN = [Lid(Place("leden.xlsx"), naam, organisatie) for naam, organisatie in ROWS]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("Mw. Faber (AenM, voorzitter)", ["Mw. drs. A. Faber"]),
        ("Anna Faber", ["Mw. drs. A. Faber"]),
        ("mevrouw A.B. Faber", ["Mw. drs. A. Faber"]),
        ("Dhr. Faber", []),
        ("B. Faber", []),
        ("Jansen", ["Jan Jansen", "Petra Jansen"]),
        ("Jansen (VNG)", ["Jan Jansen"]),
        ("P. Jansen", ["Petra Jansen"]),
        ("Pieter Jansen", []),
        ("Jansen (COA)", []),
        ("J. Jansen (Vereniging van Nederlandse Gemeenten)", ["Jan Jansen"]),
        ("Pieter de Vries", ["Vries, P. de"]),
        ("Dhr. P. de Vries, Centraal Orgaan opvang asielzoekers", ["Vries, P. de"]),
        ("Mw. Uitermark (BZK) (ambtelijke vervanging)", ["M. Uitermark-van den Berg"]),
        ("Frank Voorbeeld, Kennisbureau (vz)", ["Frank Voorbeeld"]),
        ("Jan-Willem Jansen", []),
        ("Mw. van den Berg (BZK)", ["M. Uitermark-van den Berg"]),
        ("Aedes", ["Secretariaat"]),
        ("Oguz Yilmaz", ["Ö. Yılmaz"]),
        ("Secretarissen van de tafels", []),
        ("", []),
    ],
)
def test_a_person_is_found_by_name_and_never_taken_for_another(
    asked: str, names: list[str]
) -> None:
    wie = Deelnemer.model_validate(asked or {"naam": "-"})
    assert [lid.naam for lid in find_lid(wie, LEDEN)] == names
