"""As much as a document can hold: every optional filled, long names, many items, deep lists.

What breaks a template breaks it here: names over three lines, an address of eight, lists of three
levels, tables over several pages.
"""

from __future__ import annotations

_LONG = (
    "de Interdepartementale Stuurgroep voor de Samenhangende Inzet op Opvang, Huisvesting en "
    "Inburgering van Vergunninghouders"
)
_TEKST = """\
Dit is een alinea met **vette** en *cursieve* woorden, met een [link](https://www.rijksoverheid.nl)
en met een lang woord: huisvestingsvergunningaanvraagprocedure.

- een punt in een lijst, dat zo lang is dat het over meer dan één regel van de pagina loopt;
  - een punt daaronder;
    - en nog een niveau dieper;
- het laatste punt.

1. het eerste genummerde punt;
   1. een punt daaronder;
      1. en nog een niveau dieper;
2. het tweede genummerde punt.

Dit is de tweede alinea\\
met een harde regelovergang. Daarna komt er nog een lijst, die weer bij 1 begint.

1. opnieuw het eerste;
2. opnieuw het tweede.

Dit is de laatste alinea.
"""
_SHORT = "- Het eerste punt van het gesprek.\n- Het tweede punt van het gesprek.\n"
_CONTACT = {
    "naam": "Mw. mr. drs. A.B.C. van Voorbeeld-Voorbeeldstra",
    "telefoon": "06 12 34 56 78",
    "email": "a.b.c.van.voorbeeld-voorbeeldstra@minjenv.nl",
}
_MARK = "Staatsgeheim ZEER GEHEIM"
_ITEMS, _SUBITEMS, _PEOPLE = 12, 4, 40

HUISSTIJL: dict[str, object] = {
    "afzenders": {
        "voorbeeld": {
            "directoraat_generaal": "Directoraat-Generaal Migratie",
            "directie": "Directie Regie Migratieketen en Internationale Zaken",
            "team": "Team Spreidingswet en Huisvesting Vergunninghouders",
            "bezoekadres": ["Turfmarkt 147", "2511 DP  Den Haag"],
            "postadres": ["Postbus 20011", "2500 EH  Den Haag"],
            "website": "www.rijksoverheid.nl/ministeries/ministerie-van-justitie-en-veiligheid",
            "retouradres": "Postbus 20011 2500 EH  Den Haag",
            "land": "Nederland",
        }
    },
    "woordmerk": ["Ministerie van Volkshuisvesting", "en Ruimtelijke Ordening", "en Migratie"],
}
STAND = {"gerealiseerd": 1_234, "achterstand": 1_200, "voorsprong": 3}
RECIPIENT: dict[str, str] = {
    "organisatie": "Gemeenschappelijke Regeling Opvang en Huisvesting Vergunninghouders",
    "afdeling": "Afdeling Wonen, Werken, Inburgering en Maatschappelijke Ondersteuning",
    "ter_attentie_van": _CONTACT["naam"],
    "adres": "Burgemeester van Voorbeeldstra-Voorbeeldlaan 1234 bis\nGebouw De Stuurgroep",
    "postcode": "1234 AB",
    "plaats": "Westerhaar-Vriezenveensewijk",
    "land": "België",
    "aanhef": "Geachte leden van het college van burgemeester en wethouders,",
    "uw_referentie": "2025/HV/118-0000123456",
    "email": _CONTACT["email"],
}


def meeting() -> dict[str, object]:
    """Return a meeting in which everything is filled in."""
    return {
        "overleg": f"Landelijke Regietafel van {_LONG}",
        "omschrijving": f"Overleg van {_LONG}",
        "datum": "2025-09-30",
        "tijd": "10:00-11:30",
        "plaats": "Turfmarkt 147, Den Haag (zaal 12.04, op de twaalfde verdieping)",
        "dagtekening": "2025-09-24",
        "dagtekening_verslag": "2025-10-24",
        "onze_referentie": "LRT-2025-0000123456",
        "contactpersoon": _CONTACT,
        "rubricering": _MARK,
        "aanwezig": _people(_PEOPLE),
        "afwezig": _people(_PEOPLE // 4),
        "kopie_aan": [f"Secretariaat van {_LONG}", "Provinciale regietafels"] * 3,
        "bijlagen": _papers("1"),
        "notulist": "Dhr. Jansma (AenM)",
        "agendapunten": [_item(number, sub=number < 3) for number in range(1, _ITEMS + 1)],
        "vorige": "2025-06-18",
        "volgende_vergadering": "2025-12-17",
        "vastgesteld": "2025-12-17",
    }


def _people(count: int) -> list[object]:
    whole = {
        "aanhef": "Mw.",
        "naam": "Van Voorbeeld-Voorbeeldstra",
        "organisatie": "Vereniging van Voorbeeldgemeenten",
        "rol": "voorzitter",
        "opmerking": "ambtelijke vervanging, tot 11.00 uur",
        "publiek": "ja",
    }
    return [whole, *(f"Dhr. Voorbeeld {number} (AenM)" for number in range(2, count + 1))]


def _papers(number: str) -> list[object]:
    link = "https://www.rijksoverheid.nl/onderwerpen/asielbeleid"
    return [
        {"nummer": f"{number}.1", "titel": f"Brief van {_LONG}", "link": link},
        {"nummer": f"{number}.2", "titel": "Landelijk dashboard", "nazending": "ja"},
        "Een stuk zonder nummer",
    ]


def _item(number: int, *, sub: bool) -> dict[str, object]:
    """Return an item; only the first ones have long texts, or minutes would be of fifty pages."""
    text = _TEKST if number < 3 else _SHORT
    item: dict[str, object] = {
        "titel": f"Punt {number} over de inzet van {_LONG}",
        "tijd": "10:05-10:15",
        "inbrenger": "Ministerie van Volkshuisvesting en Ruimtelijke Ordening",
        "doel": "ter besluitvorming",
        "bijlagen": _papers(str(number)),
        "toelichting": text,
        "verslag": text,
        "besluiten": ["Het verslag is vastgesteld.", text],
        "actiepunten": [
            {"wat": f"Een notitie schrijven voor {_LONG}", "wie": "Directie Regie Migratieketen",
             "gereed": "vóór de zomer van het volgende jaar", "status": "afgerond"},
            {"wat": "Notitie rondsturen", "wie": "DGM", "gereed": "2025-10-01"},
        ],
        "vertrouwelijk": "ja",
    }  # fmt: skip
    if sub:
        item["subpunten"] = [_item(one, sub=False) for one in range(1, _SUBITEMS + 1)]
    return item


def letter(kind: str, divided: dict[str, str]) -> dict[str, object]:
    """Return a mailing of `kind` in which everything is filled in, with Bijlage A if it divides."""
    adjusted = {"halfjaar": "2025-I", "was": "17700", "wordt": "15000"}
    counted = {**divided, "bijstelling": adjusted, "bijlage_a": "ja"}
    return {
        "sjabloon": kind,
        "ontvangers": "adressen.xlsx",
        "dagtekening": "2025-09-24",
        "betreft": f"Uitnodiging en verzoek om informatie over de inzet van {_LONG}",
        "aanhef": RECIPIENT["aanhef"],
        "tekst": _TEKST,
        "taakstelling": counted,
        "ondertekening": {
            "ambt": "De minister van Asiel en Migratie",
            "mede_namens": "de minister van Volkshuisvesting en Ruimtelijke Ordening",
            "namens": "deze",
            "functie": "de plaatsvervangend directeur-generaal Migratie en Internationale Zaken",
            "naam": _CONTACT["naam"],
        },
        "bijlagen": _papers("1"),
        "kopie_aan": ["het Interprovinciaal Overleg", f"het secretariaat van {_LONG}"],
        "rubricering": _MARK,
        "contactpersoon": _CONTACT,
        "onze_referentie": "AenM-2025-II-{volgnummer:08}",
        "uw_referentie": RECIPIENT["uw_referentie"],
        "velden": {"eigen_woord": "een eigen woord"},
    }
