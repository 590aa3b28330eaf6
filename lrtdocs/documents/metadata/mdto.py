"""MDTO: what an archive must know of papers and their files, by MDTO-XML 1.0.1.

An `Informatieobject` is what something is, whatever file it is in; each `Bestand` is one of its
files. The lists of terms are those that come with MDTO; a selection list is the organisation's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.clock import start_of
from lrtdocs.documents.metadata.xml import Element, element, write_xml

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from lrtdocs.documents.metadata.formats import Formaat

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
VERSION = "1.0.1"
SCHEMA = f"{NAMESPACE} {NAMESPACE}/MDTO-XML{VERSION}.xsd"
_NIVEAUS = "Begrippenlijst Aggregatieniveaus MDTO"
_EVENTS = "Begrippenlijst EventTypeLijst MDTO"
_WAARDERINGEN = "Begrippenlijst Waarderingen MDTO"
_BEPERKINGEN = "Begrippenlijst BeperkingGebruikTypeLijst MDTO"
_ALGORITMES = "Begrippenlijst ChecksumAlgoritme MDTO"
_FORMATEN = "PRONOM-register"
DOSSIER, ARCHIEFSTUK = "Dossier", "Archiefstuk"
CREATIE, ACCORDERING, VERZENDING = "Creatie", "Accordering", "Verzending"


class Kenmerk(NamedTuple):
    """What something is known by, and with whom."""

    kenmerk: str
    bron: str


class Term(NamedTuple):
    """A term of a list, with its code if that has one."""

    label: str
    lijst: str
    code: str = ""


class Verwijzing(NamedTuple):
    """Something else, by its name and what it is known by."""

    naam: str
    kenmerk: Kenmerk | None = None


class Beperking(NamedTuple):
    """What keeps people from seeing or using something: a term, and in words what it is."""

    soort: str
    omschrijving: str = ""


class Event(NamedTuple):
    """Something that happened to a paper, and when."""

    soort: str
    dag: dt.date
    resultaat: str = ""


class Bewaring(NamedTuple):
    """How long all of it is kept, and why; the same for all that is in one bundle.

    `waardering` is a label and a code of MDTO; `termijn` an ISO duration, "" for one that is kept
    for ever, and `categorie` the entry of the selection list that says so.
    """

    waardering: tuple[str, str]
    archiefvormer: Verwijzing
    beperkingen: Sequence[Beperking]
    termijn: str = ""
    categorie: Term | None = None


class Informatieobject(NamedTuple):
    """Something that is kept, whatever file it is in: a dossier, or a paper in it."""

    kenmerken: Sequence[Kenmerk]
    naam: str
    niveau: str
    taal: str = ""
    events: Sequence[Event] = ()
    deel_van: Verwijzing | None = None
    delen: Sequence[Verwijzing] = ()
    bestanden: Sequence[Verwijzing] = ()
    omschrijving: str = ""


class Bestand(NamedTuple):
    """One file: how large, of which kind, its SHA-256 and the day on which that was taken."""

    kenmerk: Kenmerk
    naam: str
    omvang: int
    formaat: Formaat
    sha256: str
    dag: dt.date
    van: Verwijzing


def write_informatieobject(thing: Informatieobject, bewaring: Bewaring) -> bytes:
    """Return the metadata of `thing`, which is kept as `bewaring` says."""
    return _write(
        element(
            "informatieobject",
            *(_known_by(each) for each in thing.kenmerken),
            Element("naam", thing.naam),
            _term("aggregatieniveau", Term(thing.niveau, _NIVEAUS)),
            Element("omschrijving", thing.omschrijving) if thing.omschrijving else None,
            Element("taal", thing.taal) if thing.taal else None,
            *(_happened(each, bewaring.archiefvormer) for each in thing.events),
            _term(
                "waardering", Term(bewaring.waardering[0], _WAARDERINGEN, bewaring.waardering[1])
            ),
            element("bewaartermijn", Element("termijnLooptijd", bewaring.termijn))
            if bewaring.termijn
            else None,
            _term("informatiecategorie", bewaring.categorie) if bewaring.categorie else None,
            _refer("isOnderdeelVan", thing.deel_van) if thing.deel_van else None,
            *_refer_all("bevatOnderdeel", thing.delen),
            *_refer_all("heeftRepresentatie", thing.bestanden),
            _refer("archiefvormer", bewaring.archiefvormer),
            *(_limit(each) for each in bewaring.beperkingen),
        )
    )


def write_bestand(bestand: Bestand) -> bytes:
    """Return the metadata of the file `bestand`."""
    formaat = Term(bestand.formaat.naam, _FORMATEN, bestand.formaat.puid)
    return _write(
        element(
            "bestand",
            _known_by(bestand.kenmerk),
            Element("naam", bestand.naam),
            Element("omvang", str(bestand.omvang)),
            _term("bestandsformaat", formaat),
            element(
                "checksum",
                _term("checksumAlgoritme", Term("SHA-256", _ALGORITMES)),
                Element("checksumWaarde", bestand.sha256),
                Element("checksumDatum", start_of(bestand.dag).strftime("%Y-%m-%dT%H:%M:%SZ")),
            ),
            _refer("isRepresentatieVan", bestand.van),
        )
    )


def _write(content: Element) -> bytes:
    return write_xml(
        element("MDTO", content),
        xmlns=NAMESPACE,
        xmlns__xsi="http://www.w3.org/2001/XMLSchema-instance",
        xsi__schemaLocation=SCHEMA,
    )


def _known_by(kenmerk: Kenmerk, name: str = "identificatie") -> Element:
    return element(
        name,
        Element("identificatieKenmerk", kenmerk.kenmerk),
        Element("identificatieBron", kenmerk.bron),
    )


def _term(name: str, begrip: Term) -> Element:
    return element(
        name,
        Element("begripLabel", begrip.label),
        Element("begripCode", begrip.code) if begrip.code else None,
        _refer("begripBegrippenlijst", Verwijzing(begrip.lijst)),
    )


def _refer(name: str, other: Verwijzing) -> Element:
    known = _known_by(other.kenmerk, "verwijzingIdentificatie") if other.kenmerk else None
    return element(name, Element("verwijzingNaam", other.naam), known)


def _refer_all(name: str, others: Iterable[Verwijzing]) -> list[Element]:
    return [_refer(name, each) for each in others]


def _happened(event: Event, actor: Verwijzing) -> Element:
    return element(
        "event",
        _term("eventType", Term(event.soort, _EVENTS)),
        Element("eventTijd", event.dag.isoformat()),
        _refer("eventVerantwoordelijkeActor", actor),
        Element("eventResultaat", event.resultaat) if event.resultaat else None,
    )


def _limit(beperking: Beperking) -> Element:
    told = beperking.omschrijving
    return element(
        "beperkingGebruik",
        _term("beperkingGebruikType", Term(beperking.soort, _BEPERKINGEN)),
        Element("beperkingGebruikNadereBeschrijving", told) if told else None,
    )
