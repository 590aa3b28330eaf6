"""What DiWoo 0.9.8 and MDTO 1.0.1 ask of a file, said again in a few lines, and held against it.

Each element has the elements in it: in this order, or in any order where it begins with "any:".
`?` may be left out, `*` may come any number of times, `+` once or more. What has none in it is of a
type; `@list` must point to an entry of that list, of which only those are known that lrtdocs uses.
"""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree as ET

DIWOO = {
    "Document": "DiWoo? extraMetadata*",
    "DiWoo": "any: identifiers? publisher verantwoordelijke? medeverantwoordelijken? opsteller? "
    "naamOpsteller? titelcollectie omschrijvingen? classificatiecollectie creatiedatum? "
    "geldigheid? language? format? aggregatiekenmerk? isPartOf? hasParts? documenthandelingen "
    "documentrelaties? redenVerwijderingVervanging?",
    "identifiers": "identifier+",
    "identifier": "string",
    "publisher": "@organisatie",
    "verantwoordelijke": "@organisatie",
    "titelcollectie": "any: officieleTitel verkorteTitels? alternatieveTitels?",
    "officieleTitel": "string",
    "omschrijvingen": "omschrijving+",
    "omschrijving": "string",
    "classificatiecollectie": "any: informatiecategorieen documentsoorten? themas? trefwoorden?",
    "informatiecategorieen": "informatiecategorie+",
    "informatiecategorie": "@categorie",
    "documentsoorten": "documentsoort+",
    "documentsoort": "@soort",
    "creatiedatum": "date",
    "language": "@taal",
    "format": "@formaat",
    "aggregatiekenmerk": "string",
    "documenthandelingen": "documenthandeling+",
    "documenthandeling": "any: soortHandeling atTime wasAssociatedWith?",
    "soortHandeling": "@handeling",
    "atTime": "dateTime",
    "wasAssociatedWith": "@organisatie",
    "documentrelaties": "documentrelatie+",
    "documentrelatie": "any: role relation",
    "role": "@relatie",
    "relation": "string",
}
_KERN = "https://identifier.overheid.nl/tooi/def/thes/kern/c_"
_MINISTERIE = "https://identifier.overheid.nl/tooi/id/ministerie/mnre"
_EU = "http://publications.europa.eu/resource/authority/"
LISTS = {
    "organisatie": {f"{_MINISTERIE}{code}" for code in (1162, 1058, 1034, 1090)},
    "categorie": {f"{_KERN}{code}" for code in ("816e508d", "3baef532", "8fc2335c", "c6cd1213")},
    "soort": {f"{_KERN}{code}" for code in ("f90465b3", "42e406dd", "7f9dffa7", "7652d853")},
    "handeling": {f"{_KERN}{code}" for code in ("e1ec050e", "641ecd76")},
    "relatie": {f"{_KERN}05f4a5f3"},
    "taal": {f"{_EU}language/{code}" for code in ("NLD", "ENG")},
    "formaat": {f"{_EU}file-type/{code}" for code in ("DOCX", "PDF", "HTML")},
}
_VERWIJZING = "verwijzingNaam verwijzingIdentificatie?"
_BEGRIP = "begripLabel begripCode? begripBegrippenlijst"
_KENMERK = "identificatieKenmerk identificatieBron"
MDTO = {
    "MDTO": "informatieobject? bestand?",
    "informatieobject": "identificatie+ naam aggregatieniveau? classificatie* trefwoord* "
    "omschrijving* raadpleeglocatie* dekkingInTijd* dekkingInRuimte* taal* event* waardering "
    "bewaartermijn? informatiecategorie? isOnderdeelVan* bevatOnderdeel* heeftRepresentatie* "
    "aanvullendeMetagegevens* gerelateerdInformatieobject* archiefvormer+ betrokkene* activiteit? "
    "beperkingGebruik+",
    "bestand": "identificatie+ naam omvang bestandsformaat checksum+ URLBestand? "
    "isRepresentatieVan",
    **dict.fromkeys(("identificatie", "verwijzingIdentificatie"), _KENMERK),
    **dict.fromkeys(
        (
            *("isOnderdeelVan", "bevatOnderdeel", "heeftRepresentatie", "archiefvormer"),
            *("isRepresentatieVan", "begripBegrippenlijst", "eventVerantwoordelijkeActor"),
        ),
        _VERWIJZING,
    ),
    **dict.fromkeys(
        (
            *("aggregatieniveau", "waardering", "informatiecategorie", "eventType"),
            *("bestandsformaat", "checksumAlgoritme", "beperkingGebruikType"),
        ),
        _BEGRIP,
    ),
    "event": "eventType eventTijd? eventVerantwoordelijkeActor? eventResultaat?",
    "bewaartermijn": "termijnTriggerStartLooptijd? termijnStartdatumLooptijd? termijnLooptijd? "
    "termijnEinddatum?",
    "beperkingGebruik": "beperkingGebruikType beperkingGebruikNadereBeschrijving? "
    "beperkingGebruikDocumentatie* beperkingGebruikTermijn?",
    "checksum": "checksumAlgoritme checksumWaarde checksumDatum",
    **dict.fromkeys(
        (
            *("naam", "omschrijving", "identificatieKenmerk", "identificatieBron"),
            *("verwijzingNaam", "begripLabel", "begripCode", "checksumWaarde", "eventResultaat"),
            "beperkingGebruikNadereBeschrijving",
        ),
        "string",
    ),
    "taal": "language",
    "eventTijd": "date",
    "termijnLooptijd": "duration",
    "omvang": "integer",
    "checksumDatum": "dateTime",
}
_TYPES = {
    "language": re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"),
    "duration": re.compile(r"P(\d+Y)?(\d+M)?(\d+D)?"),
    "integer": re.compile(r"\d+"),
    "dateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
}
_STATED = {
    "{https://standaarden.overheid.nl/diwoo/metadata/}": DIWOO,
    "{https://www.nationaalarchief.nl/mdto}": MDTO,
}


def faults_in(data: bytes) -> list[str]:
    """Return in what a metadata file differs from what is stated here of its standard."""
    root = ET.fromstring(data)
    namespace = root.tag.partition("}")[0] + "}"
    return [*_check(root, namespace, _STATED[namespace], "")]


def _check(node: ET.Element, namespace: str, stated: dict[str, str], way: str) -> list[str]:
    name = node.tag.removeprefix(namespace)
    way = f"{way}/{name}"
    if name not in stated:
        return [f"{way}: not stated"]
    rule = stated[name]
    if rule in _TYPES or rule == "string" or rule.startswith("@"):
        return _check_text(node, rule, way)
    names = [child.tag.removeprefix(namespace) for child in node]
    found = [] if _fits(names, rule) else [f"{way}: {names}, where it should be {rule}"]
    for child in node:
        found += _check(child, namespace, stated, way)
    return found


def _fits(names: list[str], rule: str) -> bool:
    if rule.startswith("any:"):
        words = rule.removeprefix("any:").split()
        needed = {word for word in words if word[-1] not in "?*"}
        return len(set(names)) == len(names) and needed <= set(names) <= {
            w.rstrip("?") for w in words
        }
    pattern = "".join(f"(?:{word.rstrip('?*+')} ){word[-1:] if word[-1] in '?*+' else ''}"
                      for word in rule.split())  # fmt: skip
    return re.fullmatch(pattern, "".join(f"{name} " for name in names)) is not None


def _check_text(node: ET.Element, rule: str, way: str) -> list[str]:
    said = node.text or ""
    if len(node) or not said.strip():
        return [f"{way}: {said!r} is no text"]
    if rule.startswith("@"):
        resource = node.get("resource")
        return [] if resource in LISTS[rule[1:]] else [f"{way}: {resource} is not in {rule}"]
    if rule in _TYPES and not _TYPES[rule].fullmatch(said):
        return [f"{way}: {said!r} is no {rule}"]
    if rule in {"date", "dateTime"}:
        dt.datetime.fromisoformat(said)
    return []
