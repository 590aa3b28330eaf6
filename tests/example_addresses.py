"""Makes examples/adressen.xlsx: all gemeenten, each with a post box and postcode that are invented.

Run as `python -m example_addresses examples/adressen.xlsx`. The places are real: a
gemeente has its seat (2025) where its name says, unless it stands in `SEATS`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.source.lists.register import load_register
from lrtdocs.source.sheet.write import format_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.model.gemeente import Gemeente

TITLE = "VOORBEELD verzonnen adressen"
NOTE = "VOORBEELD – verzonnen postbussen en postcodes. Verstuur hier niets naartoe."
HEADINGS = ("code", "gemeente", "postbus", "postcode", "plaats")
_LETTERS = "ABCDEGHJKLMNPRTVWXZ"
SEATS = {
    "Aa en Hunze": "Gieten",
    "Achtkarspelen": "Buitenpost",
    "Albrandswaard": "Rhoon",
    "Alphen-Chaam": "Alphen",
    "Altena": "Almkerk",
    "Ameland": "Ballum",
    "Beekdaelen": "Nuth",
    "Beesel": "Reuver",
    "Berg en Dal": "Groesbeek",
    "Bergen (L.)": "Nieuw Bergen",
    "Bergen (NH.)": "Alkmaar",
    "Berkelland": "Borculo",
    "Bernheze": "Heesch",
    "Bloemendaal": "Overveen",
    "Bodegraven-Reeuwijk": "Bodegraven",
    "Borger-Odoorn": "Exloo",
    "Borsele": "Heinkenszand",
    "Bronckhorst": "Hengelo",
    "Bunnik": "Odijk",
    "Buren": "Maurik",
    "Cranendonck": "Budel",
    "Dantumadiel": "Damwâld",
    "De Bilt": "Bilthoven",
    "De Fryske Marren": "Joure",
    "De Ronde Venen": "Mijdrecht",
    "De Wolden": "Zuidwolde",
    "Dijk en Waard": "Heerhugowaard",
    "Dinkelland": "Denekamp",
    "Drechterland": "Hoogkarspel",
    "Drimmelen": "Made",
    "Echt-Susteren": "Echt",
    "Edam-Volendam": "Volendam",
    "Eemsdelta": "Delfzijl",
    "Eijsden-Margraten": "Margraten",
    "Geldrop-Mierlo": "Geldrop",
    "Gemert-Bakel": "Gemert",
    "Gilze en Rijen": "Rijen",
    "Goeree-Overflakkee": "Middelharnis",
    "Gooise Meren": "Bussum",
    "Gulpen-Wittem": "Gulpen",
    "Haarlemmermeer": "Hoofddorp",
    "Halderberge": "Oudenbosch",
    "Heeze-Leende": "Heeze",
    "Hellendoorn": "Nijverdal",
    "Het Hogeland": "Winsum",
    "Heumen": "Malden",
    "Heusden": "Vlijmen",
    "Hoeksche Waard": "Oud-Beijerland",
    "Hof van Twente": "Goor",
    "Hollands Kroon": "Anna Paulowna",
    "Horst aan de Maas": "Horst",
    "Kaag en Braassem": "Roelofarendsveen",
    "Koggenland": "De Goorn",
    "Krimpenerwaard": "Lekkerkerk",
    "Laarbeek": "Beek en Donk",
    "Land van Cuijk": "Boxmeer",
    "Lansingerland": "Bergschenhoek",
    "Leidschendam-Voorburg": "Leidschendam",
    "Leudal": "Heythuysen",
    "Lingewaard": "Bemmel",
    "Loon op Zand": "Kaatsheuvel",
    "Maasdriel": "Kerkdriel",
    "Maasgouw": "Maasbracht",
    "Maashorst": "Uden",
    "Medemblik": "Wognum",
    "Meierijstad": "Sint-Oedenrode",
    "Midden-Delfland": "Schipluiden",
    "Midden-Drenthe": "Beilen",
    "Midden-Groningen": "Hoogezand",
    "Moerdijk": "Zevenbergen",
    "Molenlanden": "Hoornaar",
    "Montferland": "Didam",
    "Mook en Middelaar": "Mook",
    "Neder-Betuwe": "Opheusden",
    "Nieuwkoop": "Nieuwveen",
    "Nissewaard": "Spijkenisse",
    "Noardeast-Fryslân": "Dokkum",
    "Noord-Beveland": "Wissenkerke",
    "Noordenveld": "Roden",
    "Noordoostpolder": "Emmeloord",
    "Nuenen, Gerwen en Nederwetten": "Nuenen",
    "Oldambt": "Winschoten",
    "Olst-Wijhe": "Wijhe",
    "Oost Gelre": "Lichtenvoorde",
    "Ooststellingwerf": "Oosterwolde",
    "Opmeer": "Spanbroek",
    "Opsterland": "Beetsterzwaag",
    "Oude IJsselstreek": "Gendringen",
    "Ouder-Amstel": "Ouderkerk aan de Amstel",
    "Overbetuwe": "Elst",
    "Peel en Maas": "Panningen",
    "Pekela": "Oude Pekela",
    "Pijnacker-Nootdorp": "Pijnacker",
    "Reimerswaal": "Kruiningen",
    "Renkum": "Oosterbeek",
    "Reusel-De Mierden": "Reusel",
    "Rheden": "De Steeg",
    "Rijssen-Holten": "Rijssen",
    "Roerdalen": "Sint Odiliënberg",
    "'s-Gravenhage": "Den Haag",
    "Schouwen-Duiveland": "Zierikzee",
    "Sittard-Geleen": "Geleen",
    "Sluis": "Oostburg",
    "Smallingerland": "Drachten",
    "Stede Broec": "Bovenkarspel",
    "Steenwijkerland": "Steenwijk",
    "Stichtse Vecht": "Maarssen",
    "Súdwest-Fryslân": "Sneek",
    "Terschelling": "West-Terschelling",
    "Texel": "Den Burg",
    "Teylingen": "Sassenheim",
    "Twenterand": "Vriezenveen",
    "Tynaarlo": "Vries",
    "Tytsjerksteradiel": "Burgum",
    "Utrechtse Heuvelrug": "Doorn",
    "Valkenburg aan de Geul": "Valkenburg",
    "Veere": "Domburg",
    "Velsen": "IJmuiden",
    "Vijfheerenlanden": "Leerdam",
    "Vlieland": "Oost-Vlieland",
    "Voorne aan Zee": "Hellevoetsluis",
    "Voorst": "Twello",
    "Waadhoeke": "Franeker",
    "Waterland": "Monnickendam",
    "West Betuwe": "Geldermalsen",
    "West Maas en Waal": "Beneden-Leeuwen",
    "Westerkwartier": "Leek",
    "Westerveld": "Diever",
    "Westerwolde": "Sellingen",
    "Westland": "Naaldwijk",
    "Weststellingwerf": "Wolvega",
    "Wijdemeren": "Loosdrecht",
    "Woensdrecht": "Hoogerheide",
    "Wormerland": "Wormer",
    "Zaanstad": "Zaandam",
    "Zuidplas": "Nieuwerkerk aan den IJssel",
    "Zwartewaterland": "Hasselt",
}
"""The seat of each gemeente that is not called after it, as far as the makers know."""


def example_rows() -> Iterator[tuple[str, ...]]:
    """Yield the rows of the example: the packaged gemeenten, in the order of their codes."""
    for index, gemeente in enumerate(load_register().gemeenten):
        yield (
            gemeente.code,
            gemeente.naam,
            f"Postbus {10_001 + index * 7}",
            f"{1011 + index * 26} {_letters(index)}",
            _seat(gemeente),
        )


def _letters(index: int) -> str:
    """Return two letters of a postcode; those left out are not in use, or look like others."""
    first, second = divmod(index * 11, len(_LETTERS))
    return _LETTERS[first % len(_LETTERS)] + _LETTERS[second]


def _seat(gemeente: Gemeente) -> str:
    return SEATS.get(gemeente.naam, gemeente.naam.partition(" (")[0])


def make_example(path: Path) -> bytes:
    """Return the bytes of the example, as a .xlsx or .csv by the suffix of `path`."""
    return format_table(path, HEADINGS, example_rows(), title=TITLE, notes=(NOTE,))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_bytes(make_example(target))
