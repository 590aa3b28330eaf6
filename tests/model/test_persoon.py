"""How the state writes to a person, by the facts of the national register of persons.

The tables are those facts: of each case the parts of the name, and what is printed. They were taken
from the examples that the BRP-API publishes (BRP-API/Haal-Centraal-BRP-bevragen); the names are
others. Where a list cannot say what a fact rests on, such as the day a marriage ended, it is left
out; what a former partner is for the register is somebody without a partner here.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtdocs.model.geadresseerde.persoon import (
    Geslacht,
    Naamgebruik,
    Persoon,
    find_adel,
    find_geslacht,
    find_naamgebruik,
    initials_of,
    mend_initials,
    mend_titles,
)

_SEX = {"M": Geslacht.MAN, "V": Geslacht.VROUW, "O": Geslacht.ONBEKEND}


def person(own: str, usage: str = "E", partner: str = "", first: str = "Noa Isa") -> Persoon:
    """Return a person by "sex title/prefix/surname", and a partner by "title/prefix/surname"."""
    sex, name = own[0], own[2:]
    title, prefix, surname = name.split("/")
    of_partner = partner.split("/") if partner else ["", "", ""]
    return Persoon(
        achternaam=surname,
        geslacht=_SEX[sex],
        voorletters=initials_of(first),
        voorvoegsel=prefix,
        adel=find_adel(title),
        achternaam_partner=of_partner[2],
        voorvoegsel_partner=of_partner[1],
        adel_partner=find_adel(of_partner[0]),
        naamgebruik=Naamgebruik(usage),
    )


def rows(table: str) -> list[tuple[str, ...]]:
    lines = (line.split("|") for line in table.strip().splitlines())
    return [tuple(cell.strip() for cell in line) for line in lines]


SALUTATIONS = """
M //Wilgen            | E |               | Geachte heer Wilgen
V //Wilgen            | E |               | Geachte mevrouw Wilgen
O //Wilgen            | E |               | Geachte N.I. Wilgen
M /van/Lunteren       | E |               | Geachte heer Van Lunteren
V /van/Lunteren       | E |               | Geachte mevrouw Van Lunteren
O /van/Lunteren       | E |               | Geachte N.I. van Lunteren
V /in het/Bos         | E |               | Geachte mevrouw In het Bos
V /in het/Bos         | P |               | Geachte mevrouw In het Bos
V /in het/Bos         | V |               | Geachte mevrouw In het Bos
V /in het/Bos         | N |               | Geachte mevrouw In het Bos
V /in het/Bos         | E | /van/Dalen    | Geachte mevrouw In het Bos
V //Wilgen            | E | //Wilgink     | Geachte mevrouw Wilgen
V /in het/Bos         | P | /van/Dalen    | Geachte mevrouw Van Dalen
V //Wilgen            | P | //Wilgink     | Geachte mevrouw Wilgink
V /in het/Bos         | V | /van/Dalen    | Geachte mevrouw Van Dalen-in het Bos
V //Wilgen            | V | //Wilgink     | Geachte mevrouw Wilgink-Wilgen
V /in het/Bos         | N | /van/Dalen    | Geachte mevrouw In het Bos-van Dalen
V //Wilgen            | N | //Wilgink     | Geachte mevrouw Wilgen-Wilgink
V /in het/Weer        | E | /'t/Wad       | Geachte mevrouw In het Weer
O /in het/Weer        | E | /'t/Wad       | Geachte N.I. in het Weer
V /Aan Den/Brug       | E | /Van Der/Laak | Geachte mevrouw Aan Den Brug
O /Aan Den/Brug       | E | /Van Der/Laak | Geachte N.I. Aan Den Brug
V /in het/Weer        | P | /'t/Wad       | Geachte mevrouw 't Wad
V /Aan Den/Brug       | P | /Van Der/Laak | Geachte mevrouw Van Der Laak
O /Aan Den/Brug       | P | /Van Der/Laak | Geachte N.I. Van Der Laak
V /in het/Weer        | V | /'t/Wad       | Geachte mevrouw 't Wad-in het Weer
V /Aan Den/Brug       | V | /Van Der/Laak | Geachte mevrouw Van Der Laak-Aan Den Brug
O /Aan Den/Brug       | V | /Van Der/Laak | Geachte N.I. Van Der Laak-Aan Den Brug
V /in het/Weer        | N | /'t/Wad       | Geachte mevrouw In het Weer-'t Wad
V /Aan Den/Brug       | N | /Van Der/Laak | Geachte mevrouw Aan Den Brug-Van Der Laak
O /Aan Den/Brug       | N | /Van Der/Laak | Geachte N.I. Aan Den Brug-Van Der Laak
M R/van den/Hove      | E | /de/Wit       | Hoogwelgeboren heer
V R/van den/Hove      | E | /de/Wit       | Hoogwelgeboren vrouwe
O R/van den/Hove      | E | /de/Wit       | Geachte N.I. van den Hove
M B/van den/Hove      | E | /de/Wit       | Hoogwelgeboren heer
V B/van den/Hove      | E | /de/Wit       | Hoogwelgeboren vrouwe
O B/van den/Hove      | E | /de/Wit       | Geachte N.I. van den Hove
M BS/van den/Hove     | E | /de/Wit       | Hoogwelgeboren heer
V BS/van den/Hove     | E | /de/Wit       | Hoogwelgeboren vrouwe
O BS/van den/Hove     | E | /de/Wit       | Geachte N.I. van den Hove
M G/van den/Hove      | E | /de/Wit       | Hooggeboren heer
V G/van den/Hove      | E | /de/Wit       | Hooggeboren vrouwe
O G/van den/Hove      | E | /de/Wit       | Geachte N.I. van den Hove
M GI/van den/Hove     | E | /de/Wit       | Hooggeboren heer
V GI/van den/Hove     | E | /de/Wit       | Hooggeboren vrouwe
O GI/van den/Hove     | E | /de/Wit       | Geachte N.I. van den Hove
M H/van den/Hove      | E |               | Hoogwelgeboren heer
V HI/van den/Hove     | E |               | Hoogwelgeboren vrouwe
M M/van den/Hove      | E |               | Hoogwelgeboren heer
V MI/van den/Hove     | E |               | Hoogwelgeboren vrouwe
M P/van den/Hove      | E | /de/Wit       | Hoogheid
V P/van den/Hove      | E | /de/Wit       | Hoogheid
O P/van den/Hove      | E | /de/Wit       | Hoogheid
M PS/van den/Hove     | E | /de/Wit       | Hoogheid
V PS/van den/Hove     | E | /de/Wit       | Hoogheid
O PS/van den/Hove     | E | /de/Wit       | Hoogheid
M G/van den/Hove      | V | /de/Wit       | Hooggeboren heer
M G/van den/Hove      | N | /de/Wit       | Hooggeboren heer
M G/van den/Hove      | P | /de/Wit       | Geachte heer De Wit
M JV/van den/Hove     | E | /de/Wit       | Hoogwelgeboren heer
V JV/van den/Hove     | E | /de/Wit       | Geachte mevrouw Van den Hove
O JV/van den/Hove     | E | /de/Wit       | Geachte N.I. van den Hove
M JH/van den/Hove     | E | /de/Wit       | Hoogwelgeboren heer
M JH/van den/Hove     | P | /de/Wit       | Geachte heer De Wit
M JH/van den/Hove     | V | /de/Wit       | Hoogwelgeboren heer
M JH/van den/Hove     | N | /de/Wit       | Hoogwelgeboren heer
V JH/van den/Hove     | E |               | Hoogwelgeboren vrouwe
V JH/van den/Hove     | P | /de/Wit       | Geachte mevrouw De Wit
V JH/van den/Hove     | V | /de/Wit       | Geachte mevrouw De Wit-van den Hove
V JH/van den/Hove     | N | /de/Wit       | Geachte mevrouw Van den Hove-de Wit
O JH/van den/Hove     | E | /de/Wit       | Geachte N.I. van den Hove
O JH/van den/Hove     | P | /de/Wit       | Geachte N.I. de Wit
O JH/van den/Hove     | V | /de/Wit       | Geachte N.I. de Wit-van den Hove
O JH/van den/Hove     | N | /de/Wit       | Geachte N.I. van den Hove-de Wit
V /de/Wit             | P | B/van den/Hove  | Hoogwelgeboren vrouwe
V /de/Wit             | P | G/van den/Hove  | Hooggeboren vrouwe
V /de/Wit             | P | H/van den/Hove  | Hoogwelgeboren vrouwe
V /de/Wit             | P | M/van den/Hove  | Hoogwelgeboren vrouwe
V /de/Wit             | P | P/van den/Hove  | Hoogheid
V /de/Wit             | P | R/van den/Hove  | Geachte mevrouw Van den Hove
V /de/Wit             | P | JH/van den/Hove | Geachte mevrouw Van den Hove
V /de/Wit             | P | BS/van den/Hove | Geachte mevrouw Van den Hove
V /de/Wit             | P | GI/van den/Hove | Geachte mevrouw Van den Hove
M /de/Wit             | P | B/van den/Hove  | Geachte heer Van den Hove
M /de/Wit             | P | BS/van den/Hove | Geachte heer Van den Hove
O /de/Wit             | P | B/van den/Hove  | Geachte N.I. van den Hove
O /de/Wit             | P | BS/van den/Hove | Geachte N.I. van den Hove
V /de/Wit             | E | B/van den/Hove  | Geachte mevrouw De Wit
V /de/Wit             | V | B/van den/Hove  | Hoogwelgeboren vrouwe
V /de/Wit             | N | B/van den/Hove  | Hoogwelgeboren vrouwe
V GI/van den/Hove     | E | B/de/Wit        | Hooggeboren vrouwe
V GI/van den/Hove     | P | B/de/Wit        | Hoogwelgeboren vrouwe
V GI/van den/Hove     | V | B/de/Wit        | Hoogwelgeboren vrouwe
V GI/van den/Hove     | N | B/de/Wit        | Hoogwelgeboren vrouwe
V BS/van den/Hove     | E | P/de/Wit        | Hoogwelgeboren vrouwe
V BS/van den/Hove     | P | P/de/Wit        | Hoogheid
V BS/van den/Hove     | V | P/de/Wit        | Hoogheid
V BS/van den/Hove     | N | P/de/Wit        | Hoogheid
V GI/van den/Hove     | E | R/de/Wit        | Hooggeboren vrouwe
V GI/van den/Hove     | P | R/de/Wit        | Geachte mevrouw De Wit
V GI/van den/Hove     | V | R/de/Wit        | Hooggeboren vrouwe
V GI/van den/Hove     | N | R/de/Wit        | Hooggeboren vrouwe
V PS/van den/Hove     | E | B/de/Wit        | Hoogheid
V PS/van den/Hove     | P | B/de/Wit        | Hoogwelgeboren vrouwe
V PS/van den/Hove     | V | B/de/Wit        | Hoogwelgeboren vrouwe
V PS/van den/Hove     | N | B/de/Wit        | Hoogwelgeboren vrouwe
M G/van den/Hove      | E | BS/de/Wit       | Hooggeboren heer
M G/van den/Hove      | P | BS/de/Wit       | Geachte heer De Wit
M G/van den/Hove      | V | BS/de/Wit       | Hooggeboren heer
M G/van den/Hove      | N | BS/de/Wit       | Hooggeboren heer
M B/van den/Hove      | E | PS/de/Wit       | Hoogwelgeboren heer
M B/van den/Hove      | P | PS/de/Wit       | Geachte heer De Wit
M B/van den/Hove      | V | PS/de/Wit       | Hoogwelgeboren heer
M B/van den/Hove      | N | PS/de/Wit       | Hoogwelgeboren heer
V //Blaauw            | V | //Roodt         | Geachte mevrouw Roodt-Blaauw
V //.                 | P | /de/Wit         | Geachte mevrouw De Wit
M G//                 | E | /de/Wit         | Hooggeboren heer
M G//                 | V | /de/Wit         | Hooggeboren heer
M G//                 | N | /de/Wit         | Hooggeboren heer
M G//                 | P | /de/Wit         | Geachte heer De Wit
V G//                 | E | /de/Wit         | Hooggeboren vrouwe
V JV//                | P | /de/Wit         | Geachte mevrouw De Wit
V /de/Wit             | E | //.             | Geachte mevrouw De Wit
V /de/Wit             | P | //.             | Geachte mevrouw De Wit
V /de/Wit             | V | //.             | Geachte mevrouw De Wit
V /de/Wit             | N | //.             | Geachte mevrouw De Wit
V /de/Wit             | E | G//.            | Geachte mevrouw De Wit
V /de/Wit             | V | G//.            | Hooggeboren vrouwe
V /de/Wit             | N | G//.            | Hooggeboren vrouwe
V /de/Wit             | P | G//.            | Hooggeboren vrouwe
M /de/Wit             | V | G//.            | Geachte heer De Wit
O /de/Wit             | V | G//.            | Geachte N.I. de Wit
V /de/Wit             | V | GI//.           | Geachte mevrouw De Wit
V /de/Wit             | V | JH//.           | Geachte mevrouw De Wit
"""


@pytest.mark.parametrize(("own", "usage", "partner", "aanhef"), rows(SALUTATIONS))
def test_a_letter_begins_by_sex_title_and_the_name_that_is_used(
    own: str, usage: str, partner: str, aanhef: str
):
    assert person(own, usage, partner).aanhef == f"{aanhef},"


def test_without_initials_a_salutation_of_unknown_sex_begins_the_name_with_a_capital():
    assert person("O /in het/Weer", first="").aanhef == "Geachte In het Weer,"


@pytest.mark.parametrize(
    ("own", "usage"),
    [("V //.", "E"), ("V //.", "V"), ("V //.", "N"), ("O G//", "E"), ("V JV//", "E"),
     ("V JV//", "V"), ("V JV//", "N")],
)  # fmt: skip
def test_an_unknown_name_that_is_used_gives_no_salutation(own: str, usage: str):
    assert person(own, usage, "/de/Wit").aanhef == ""


ADDRESSED = """
O //Wilgen        | E | | Anna Özil            | A.Ö. Wilgen
O /van/Wilgen     | E | | Bram Pieter          | B.P. van Wilgen
O /Van/Wilgen     | E | | Carla Tine           | C.T. Van Wilgen
O /in het/Wilgen  | E | | Dirk-Jan             | D. in het Wilgen
O /In Den/Wilgen  | E | | Elise Q              | E.Q In Den Wilgen
O //Wilgen        | E | //Veen | Anna Özil     | A.Ö. Wilgen
O //Wilgen        | P | //Veen | Bram Pieter   | B.P. Veen
O //Wilgen        | V | //Veen | Carla Tine    | C.T. Veen-Wilgen
O //Wilgen        | N | //Veen | Dirk-Jan      | D. Wilgen-Veen
O /van/Dalen      | E | //Veen | Elise Q       | E.Q van Dalen
O /van/Dalen      | P | //Veen | Fleur         | F. Veen
O /van/Dalen      | V | //Veen | Gerda         | G. Veen-van Dalen
O /van/Dalen      | N | //Veen | Hugo          | H. van Dalen-Veen
O //Wilgen        | E | /Van Den/Mast | Ingrid | I. Wilgen
O //Wilgen        | P | /Van Den/Mast | Jaap   | J. Van Den Mast
O //Wilgen        | V | /Van Den/Mast | Kim    | K. Van Den Mast-Wilgen
O //Wilgen        | N | /Van Den/Mast | Lot    | L. Wilgen-Van Den Mast
O /van/Dalen      | E | /Van Den/Mast | Mies   | M. van Dalen
O /van/Dalen      | P | /Van Den/Mast | Niek   | N. Van Den Mast
O /van/Dalen      | V | /Van Den/Mast | Olga   | O. Van Den Mast-van Dalen
O /van/Dalen      | N | /Van Den/Mast | Paul   | P. van Dalen-Van Den Mast
O //Omar bin Said | E | /van/Dalen | | Omar bin Said
O //Omar bin Said | P | /van/Dalen | | Van Dalen
O //Omar bin Said | V | /van/Dalen | | Van Dalen-Omar bin Said
O //Omar bin Said | N | /van/Dalen | | Omar bin Said-van Dalen
O //.             | P | /de/Wit | Omar bin Said | O.b.S. de Wit
O //Wilgen        | P | //. | Fleur            | F. Wilgen
O //Wilgen        | V | //. | Fleur            | F. Wilgen
O //Wilgen        | N | //. | Fleur            | F. Wilgen
O //Wilgen        | P | | Fleur                | F. Wilgen
V /de/Wit         | P | B//. | Noa Isa         | N.I. de Wit
V BS/van den/Hove | P | /de/Wit | Noa Isa      | N.I. de Wit
M JH/van den/Hove | P | /de/Wit | Noa Isa      | N.I. de Wit
V JV/van den/Hove | E | /de/Wit | Noa Isa      | N.I. van den Hove
V JV/van den/Hove | P | /de/Wit | Noa Isa      | N.I. de Wit
V JV/van den/Hove | V | /de/Wit | Noa Isa      | N.I. de Wit-van den Hove
V JV/van den/Hove | N | /de/Wit | Noa Isa      | N.I. van den Hove-de Wit
V /de/Wit         | E | B/van den/Hove | Anne-Fleur | A. de Wit
M /de/Wit         | P | B/van den/Hove | Jan    | J. van den Hove
O /de/Wit         | P | B/van den/Hove | Jan    | J. van den Hove
V /de/Wit         | P | BS/van den/Hove | Noa   | N. van den Hove
V /de/Wit         | P | GI/van den/Hove | Noa   | N. van den Hove
V /de/Wit         | P | HI/van den/Hove | Noa   | N. van den Hove
V /de/Wit         | P | JH/van den/Hove | Noa   | N. van den Hove
V /de/Wit         | P | JV/van den/Hove | Noa   | N. van den Hove
V /de/Wit         | P | MI/van den/Hove | Noa   | N. van den Hove
V /de/Wit         | P | PS/van den/Hove | Noa   | N. van den Hove
V /de/Wit         | P | R/van den/Hove | Noa    | N. van den Hove
O JH/van den/Hove | E | | Anne                 | A. van den Hove
O JV/van den/Hove | E | | Anne                 | A. van den Hove
V R/van den/Hove  | E | | Anne                 | A. van den Hove
O R/van den/Hove  | E | | Anne                 | A. van den Hove
O B/van den/Hove  | E | | Anne                 | A. van den Hove
O G/van den/Hove  | E | | Anne                 | A. van den Hove
"""


@pytest.mark.parametrize(("own", "usage", "partner", "first", "name"), rows(ADDRESSED))
def test_the_name_above_an_address(own: str, usage: str, partner: str, first: str, name: str):
    somebody = person(own, usage, partner, first)
    assert somebody.aanschrijfnaam == name
    assert somebody.hoffelijk == ""


NOBLE = """
V BS//Hove         | E | | Aleida Petra   | A.P. barones Hove        | WV
M G//Hove          | E | | Bølle Ólafur   | B.Ó. graaf Hove          | GH
M B/van/Hove       | E | | Arie Bas       | A.B. baron van Hove      | WH
V GI/In Den/Hove   | E | | Christa        | C. gravin In Den Hove    | GV
M H/'S/Hove        | E | | Dries          | D. hertog 'S Hove        | WH
V BS/van den/Hove  | E | /de/Wit | Jo Anna | J.A. barones van den Hove | WV
V BS/van den/Hove  | V | /de/Wit | Jo Anna | J.A. de Wit-barones van den Hove | WV
V BS/van den/Hove  | N | /de/Wit | Jo Anna | J.A. barones van den Hove-de Wit | WV
M JH/van den/Hove  | E | /de/Wit | Jan Anton | Jonkheer J.A. van den Hove | WH
M JH/van den/Hove  | V | /de/Wit | Jan Anton | J.A. de Wit-jonkheer van den Hove | WH
M JH/van den/Hove  | N | /de/Wit | Jan Anton | Jonkheer J.A. van den Hove-de Wit | WH
V JV/van den/Hove  | E | | Jo Anna        | Jonkvrouw J.A. van den Hove | WV
V /de/Wit          | P | B/van den/Hove | Anne-Fleur | A. barones van den Hove | WV
V /de/Wit          | V | B/van den/Hove | Anne-Fleur | A. barones van den Hove-de Wit | WV
V /de/Wit          | N | B/van den/Hove | Anne-Fleur | A. de Wit-barones van den Hove | WV
V /de/Wit          | P | G/van den/Hove | Anne-Fleur | A. gravin van den Hove | GV
V /de/Wit          | P | H/van den/Hove | Anne-Fleur | A. hertogin van den Hove | WV
V /de/Wit          | P | M/van den/Hove | Anne-Fleur | A. markiezin van den Hove | WV
V /de/Wit          | P | P/van den/Hove | Anne-Fleur | A. prinses van den Hove | H
V BS/de/Vos        | N | B/van den/Hove  | Anne-Fleur | A. barones de Vos-barones van den Hove | WV
V BS/de/Vos        | N | BS/van den/Hove | Anne-Fleur | A. barones de Vos-van den Hove | WV
V BS/de/Vos        | N | G/van den/Hove  | Anne-Fleur | A. barones de Vos-gravin van den Hove | GV
V BS/de/Vos        | N | GI/van den/Hove | Anne-Fleur | A. barones de Vos-van den Hove | WV
V BS/de/Vos        | N | H/van den/Hove  | Anne-Fleur | A. barones de Vos-hertogin van den Hove | WV
V BS/de/Vos        | N | HI/van den/Hove | Anne-Fleur | A. barones de Vos-van den Hove | WV
V BS/de/Vos        | N | JH/van den/Hove | Anne-Fleur | A. barones de Vos-van den Hove | WV
V BS/de/Vos        | N | JV/van den/Hove | Anne-Fleur | A. barones de Vos-van den Hove | WV
V BS/de/Vos        | N | M/van den/Hove  | Anne | A. barones de Vos-markiezin van den Hove | WV
V BS/de/Vos        | N | MI/van den/Hove | Anne-Fleur | A. barones de Vos-van den Hove | WV
V BS/de/Vos        | N | P/van den/Hove  | Anne-Fleur | A. barones de Vos-prinses van den Hove | H
V BS/de/Vos        | N | PS/van den/Hove | Anne-Fleur | A. barones de Vos-van den Hove | WV
V BS/de/Vos        | N | R/van den/Hove  | Anne-Fleur | A. barones de Vos-van den Hove | WV
V BS/de/Vos        | E | P/van den/Hove  | Anne-Fleur | A. barones de Vos | WV
V BS/de/Vos        | P | P/van den/Hove  | Anne-Fleur | A. prinses van den Hove | H
V BS/de/Vos        | V | P/van den/Hove  | Anne-Fleur | A. prinses van den Hove-barones de Vos | H
M JV/van den/Hove  | E | | Anne           | Jonkheer A. van den Hove | WH
V JH/van den/Hove  | E | | Anne           | Jonkvrouw A. van den Hove | WV
M R/van den/Hove   | E | | Anne           | A. ridder van den Hove   | WH
V G/van den/Hove   | E | | Anne           | A. gravin van den Hove   | GV
M GI/van den/Hove  | E | | Anne           | A. graaf van den Hove    | GH
V P/van den/Hove   | E | | Anne           | A. prinses van den Hove  | H
M PS/van den/Hove  | E | | Anne           | A. prins van den Hove    | H
O P/van den/Hove   | E | | Anne           | A. van den Hove          | H
O PS/van den/Hove  | E | | Anne           | A. van den Hove          | H
"""
_ABOVE = {
    "WV": "De hoogwelgeboren vrouwe",
    "WH": "De hoogwelgeboren heer",
    "GV": "De hooggeboren vrouwe",
    "GH": "De hooggeboren heer",
    "H": "De hoogheid",
}


@pytest.mark.parametrize(("own", "usage", "partner", "first", "name", "above"), rows(NOBLE))
def test_nobility_has_its_title_in_the_name_and_a_line_above_it(
    own: str, usage: str, partner: str, first: str, name: str, above: str
):
    assert person(own, usage, partner, first).adresregels == (_ABOVE[above], name)


IN_TEXT = """
M //Wilgen        | E |               | de heer Wilgen
V //Wilgen        | E |               | mevrouw Wilgen
O //Wilgen        | E |               | N.I. Wilgen
V /in het/Bos     | E |               | mevrouw In het Bos
V /in het/Bos     | P |               | mevrouw In het Bos
V /in het/Bos     | V |               | mevrouw In het Bos
V /in het/Bos     | N |               | mevrouw In het Bos
V /in het/Bos     | E | /van/Dalen    | mevrouw In het Bos
V //Wilgen        | E | //Wilgink     | mevrouw Wilgen
V /in het/Bos     | P | /van/Dalen    | mevrouw Van Dalen
V //Wilgen        | P | //Wilgink     | mevrouw Wilgink
V /in het/Bos     | V | /van/Dalen    | mevrouw Van Dalen-in het Bos
V //Wilgen        | V | //Wilgink     | mevrouw Wilgink-Wilgen
V //Wilgen        | N | //Wilgink     | mevrouw Wilgen-Wilgink
V /in het/Bos     | N | /van/Dalen    | mevrouw In het Bos-van Dalen
O /in het/Weer    | E | /'t/Wad       | N.I. in het Weer
V /Aan Den/Brug   | E | /Van Der/Laak | mevrouw Aan Den Brug
O /Aan Den/Brug   | E | /Van Der/Laak | N.I. Aan Den Brug
V /in het/Weer    | P | /'t/Wad       | mevrouw 't Wad
V /Aan Den/Brug   | P | /Van Der/Laak | mevrouw Van Der Laak
O /Aan Den/Brug   | P | /Van Der/Laak | N.I. Van Der Laak
V /in het/Weer    | V | /'t/Wad       | mevrouw 't Wad-in het Weer
V /Aan Den/Brug   | V | /Van Der/Laak | mevrouw Van Der Laak-Aan Den Brug
O /Aan Den/Brug   | V | /Van Der/Laak | N.I. Van Der Laak-Aan Den Brug
V /in het/Weer    | N | /'t/Wad       | mevrouw In het Weer-'t Wad
M /Aan Den/Brug   | N | /Van Der/Laak | de heer Aan Den Brug-Van Der Laak
O /Aan Den/Brug   | N | /Van Der/Laak | N.I. Aan Den Brug-Van Der Laak
V BS/van den/Hove | E | /de/Wit       | barones van den Hove
V BS/van den/Hove | P | /de/Wit       | mevrouw De Wit
V BS/van den/Hove | V | /de/Wit       | mevrouw De Wit-barones van den Hove
V BS/van den/Hove | N | /de/Wit       | barones van den Hove-de Wit
M JV/van den/Hove | E | /de/Wit       | jonkheer van den Hove
M JV/van den/Hove | P | /de/Wit       | de heer De Wit
M JV/van den/Hove | V | /de/Wit       | de heer De Wit-jonkheer van den Hove
M JV/van den/Hove | N | /de/Wit       | jonkheer van den Hove-de Wit
V JV/van den/Hove | E | /de/Wit       | mevrouw Van den Hove
V JV/van den/Hove | P | /de/Wit       | mevrouw De Wit
V JV/van den/Hove | V | /de/Wit       | mevrouw De Wit-van den Hove
V JV/van den/Hove | N | /de/Wit       | mevrouw Van den Hove-de Wit
V JV/van den/Hove | E |               | jonkvrouw van den Hove
M G/van den/Hove  | E |               | graaf van den Hove
V G/van den/Hove  | E |               | gravin van den Hove
O G/van den/Hove  | E |               | N.I. van den Hove
M JV/van den/Hove | E |               | jonkheer van den Hove
O JV/van den/Hove | E |               | N.I. van den Hove
M R/van den/Hove  | E |               | ridder van den Hove
V R/van den/Hove  | E |               | mevrouw Van den Hove
O R/van den/Hove  | E |               | N.I. van den Hove
V /de/Wit         | V | B/van den/Hove | barones van den Hove-de Wit
V /de/Wit         | V | G/van den/Hove | gravin van den Hove-de Wit
V /de/Wit         | V | H/van den/Hove | hertogin van den Hove-de Wit
V /de/Wit         | V | M/van den/Hove | markiezin van den Hove-de Wit
V /de/Wit         | V | P/van den/Hove | prinses van den Hove-de Wit
V /de/Wit         | V | R/van den/Hove | mevrouw Van den Hove-de Wit
V /de/Wit         | V | JH/van den/Hove | mevrouw Van den Hove-de Wit
V /de/Wit         | V | BS/van den/Hove | mevrouw Van den Hove-de Wit
V /de/Wit         | P | B/van den/Hove | barones van den Hove
V /de/Wit         | P | BS/van den/Hove | mevrouw Van den Hove
M /de/Wit         | P | B/van den/Hove | de heer Van den Hove
M /de/Wit         | P | BS/van den/Hove | de heer Van den Hove
O /de/Wit         | P | B/van den/Hove | N.I. van den Hove
O /de/Wit         | P | BS/van den/Hove | N.I. van den Hove
V /de/Wit         | E | B/van den/Hove | mevrouw De Wit
V /de/Wit         | N | B/van den/Hove | mevrouw De Wit-barones van den Hove
V BS/de/Wit       | E | G/van den/Hove | barones de Wit
V BS/de/Wit       | P | G/van den/Hove | gravin van den Hove
V BS/de/Wit       | V | G/van den/Hove | gravin van den Hove-barones de Wit
V BS/de/Wit       | N | G/van den/Hove | barones de Wit-gravin van den Hove
V /de/Wit         | P | //.            | mevrouw De Wit
V /de/Wit         | V |                | mevrouw De Wit
V /de/Wit         | P | //Smit         | mevrouw Smit
V /de/Wit         | V | //Smit         | mevrouw Smit-de Wit
V /de/Wit         | N | //Smit         | mevrouw De Wit-Smit
V //.             | P | /de/Wit        | mevrouw De Wit
"""


@pytest.mark.parametrize(("own", "usage", "partner", "name"), rows(IN_TEXT))
def test_the_name_within_a_sentence(own: str, usage: str, partner: str, name: str):
    assert person(own, usage, partner).naam_in_tekst == name


def test_without_initials_a_name_of_unknown_sex_begins_a_name_with_a_capital():
    assert person("O /in het/Weer", first="").naam_in_tekst == "In het Weer"


@pytest.mark.parametrize("usage", ["E", "V", "N"])
def test_an_unknown_name_that_is_used_gives_no_name_at_all(usage: str):
    somebody = person("V //.", usage, "/de/Wit")
    assert (somebody.naam_in_tekst, somebody.aanschrijfnaam) == ("", "")


@pytest.mark.parametrize(
    ("somebody", "lines", "attention"),
    [
        ("M /de/Vries", ("De heer N.I. de Vries",), "de heer N.I. de Vries"),
        ("V /van den/Berg", ("Mevrouw N.I. van den Berg",), "mevrouw N.I. van den Berg"),
        ("O /de/Vries", ("N.I. de Vries",), "N.I. de Vries"),
        (
            "M B/van/Hove",
            ("De hoogwelgeboren heer", "N.I. baron van Hove"),
            "de hoogwelgeboren heer N.I. baron van Hove",
        ),
    ],
)
def test_who_a_letter_is_to(somebody: str, lines: tuple[str, ...], attention: str):
    assert person(somebody).adresregels == lines
    assert person(somebody).ter_attentie_van == attention


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ({"geslacht": Geslacht.MAN}, ("De heer prof. dr. J. de Vries MSc",)),
        ({"geslacht": Geslacht.VROUW}, ("Mevrouw prof. dr. J. de Vries MSc",)),
        ({}, ("Prof. dr. J. de Vries MSc",)),
        (
            {"geslacht": Geslacht.MAN, "adel": find_adel("jhr.")},
            ("De hoogwelgeboren heer", "Jonkheer prof. dr. J. de Vries MSc"),
        ),
        (
            {"geslacht": Geslacht.VROUW, "adel": find_adel("barones")},
            ("De hoogwelgeboren vrouwe", "Prof. dr. J. barones de Vries MSc"),
        ),
    ],
)
def test_academic_titles_stand_around_the_name_above_an_address_only(
    more: dict[str, object], lines: tuple[str, ...]
):
    titled = {"titel_voor": "prof. dr.", "titel_achter": "MSc"}
    vries = Persoon("Vries", voorvoegsel="de", voorletters="J.", **titled, **more)  # type: ignore[arg-type]
    assert vries.adresregels == lines
    assert "dr." not in vries.aanhef + vries.naam_in_tekst


_TITLES = st.sampled_from(["", "baron", "gravin", "jonkheer", "ridder", "prinses", "hertog"])


@given(
    st.builds(
        Persoon,
        achternaam=st.sampled_from(["Vries", "Berg", ".", ""]),
        voorletters=st.sampled_from(["", "J.", "Th.A."]),
        voorvoegsel=st.sampled_from(["", "van den", "'t"]),
        titel_voor=st.sampled_from(["", "drs."]),
        titel_achter=st.sampled_from(["", "MSc"]),
        adel=_TITLES.map(find_adel),
        achternaam_partner=st.sampled_from(["", "Jansen", "."]),
        voorvoegsel_partner=st.sampled_from(["", "de"]),
        adel_partner=_TITLES.map(find_adel),
        naamgebruik=st.sampled_from(Naamgebruik),
    )
)
def test_who_is_of_unknown_sex_is_never_called_heer_or_mevrouw(somebody: Persoon):
    said = (
        *(somebody.aanhef, somebody.aanschrijfnaam, somebody.naam_in_tekst, somebody.hoffelijk),
        *(somebody.ter_attentie_van, *somebody.adresregels),
    )
    for text in said:
        assert not {"heer", "mevrouw", "vrouwe", "meneer"} & set(text.lower().split())
        assert "  " not in text
        assert text == text.strip()


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("Henk", "H."),
        ("Anna Cornelia", "A.C."),
        ("Jan Frank Rob", "J.F.R."),
        ("Theo Philip IJsbrand", "T.P.I."),
        ("Anne-Fleur Belle", "A.B."),
        (".", "."),
        ("", ""),
    ],
)
def test_first_names_become_initials(text: str, initials: str):
    assert initials_of(text) == initials


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("JP", "J.P."),
        ("j.p.", "J.P."),
        ("jp", "J.P."),
        ("J P", "J.P."),
        ("J. P.", "J.P."),
        ("J.P", "J.P."),
        ("JPM", "J.P.M."),
        ("IJ", "IJ."),
        ("IJ.", "IJ."),
        ("A.IJ.", "A.IJ."),
        ("Chr.", "Chr."),
        ("Chr", "Chr."),
        ("Th.", "Th."),
        ("th.j.", "Th.J."),
        ("A.Th.", "A.Th."),
        ("J.-P.", "J.-P."),
        ("Ö.Ç.", "Ö.Ç."),
        ("A.b.M.", "A.b.M."),
        ("J.", "J."),
        ("Jan", None),
        ("J. de", None),
        ("J.P. (Jan)", None),
        ("3", None),
    ],
)
def test_initials_get_the_full_stops_they_lack(text: str, initials: str | None):
    assert mend_initials(text) == initials


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        *(("m", "m"), ("M", "m"), ("man", "m"), ("dhr.", "m"), ("De heer", "m"), ("v", "v")),
        *(("Vrouw", "v"), ("mw.", "v"), ("Mevr.", "v"), ("x", ""), ("O", ""), ("onbekend", "")),
        *(("non-binair", ""), ("j", None), ("m/v", None), ("de heer Jansen", None)),
    ],
)
def test_a_sex_is_a_letter_or_a_word(text: str, sex: str | None):
    assert find_geslacht(text) == sex


@pytest.mark.parametrize(
    ("text", "usage"),
    [("E", "E"), ("eigen", "E"), ("partner", "P"), ("Partner-eigen", "V"), ("eigen-partner", "N"),
     ("V", "V"), ("n", "N"), ("partner voor eigen", "V"), ("gehuwd", None)],
)  # fmt: skip
def test_whose_name_is_used_is_a_letter_or_a_word(text: str, usage: str | None):
    assert find_naamgebruik(text) == usage


@pytest.mark.parametrize(
    ("text", "behind", "titles"),
    [
        ("drs", False, ("drs.", "")),
        ("Prof dr", False, ("prof. dr.", "")),
        ("mr.dr.", False, ("mr. dr.", "")),
        ("Ir.", False, ("ir.", "")),
        ("gravin", False, ("gravin", "gravin")),
        ("msc", True, ("MSc", "")),
        ("M.Sc., llm", True, ("MSc LLM", "")),
        ("PHD", True, ("PhD", "")),
        ("Ridder", True, ("Ridder", "Ridder")),
    ],
)
def test_titles_are_written_as_usual_and_an_unknown_one_is_told(
    text: str, behind: bool, titles: tuple[str, str]
):
    assert mend_titles(text, behind=behind) == titles
