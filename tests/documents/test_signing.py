"""In whose name a letter is signed: the forms of a mandate, line by line."""

import pytest

from lrtdocs.documents.letters import signature_words
from lrtdocs.model.mailing import Ondertekening

MINISTER = "De minister van Asiel en Migratie"


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"naam": "J. Jansen"}, []),
        ({"ambt": MINISTER, "naam": "J. Jansen"}, [f"{MINISTER},"]),
        (
            {"ambt": f"{MINISTER},", "functie": "de directeur-generaal Migratie"},
            [f"{MINISTER},", "namens deze,", "de directeur-generaal Migratie,"],
        ),
        (
            {"ambt": MINISTER, "mede_namens": "de minister van VRO", "functie": "de directeur"},
            [f"{MINISTER},", "mede namens de minister van VRO,", "namens dezen,", "de directeur,"],
        ),
        (
            {"ambt": "Burgemeester en wethouders van X", "functie": "het hoofd Wonen"},
            ["Burgemeester en wethouders van X,", "namens dezen,", "het hoofd Wonen,"],
        ),
        (
            {"ambt": MINISTER, "namens": "voor deze", "functie": "het hoofd"},
            [f"{MINISTER},", "voor deze,", "het hoofd,"],
        ),
        (
            {"namens": "de minister van Asiel en Migratie", "functie": "de directeur"},
            ["Namens de minister van Asiel en Migratie,", "de directeur,"],
        ),
        ({"functie": "directeur", "naam": "J. Jansen"}, ["Directeur,"]),
    ],
)
def test_the_lines_above_the_hand_say_in_whose_name_is_signed(given, lines):
    words = signature_words(Ondertekening(**given))

    assert words["regels"] == lines
    assert words["naam"] == given.get("naam")


def test_without_a_signature_there_is_nothing():
    assert signature_words(None) is None
