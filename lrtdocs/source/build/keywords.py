"""Keys that do not belong where they stand: what was meant by them, or where they do belong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.messages import Fault
from lrtdocs.model.characters import squeeze
from lrtdocs.source.build.reading import first_key
from lrtdocs.source.yaml.nodes import MappingNode, SequenceNode

if TYPE_CHECKING:
    from pydantic import BaseModel

    from lrtdocs.source.build.reading import Loc, Reading

_OTHER_WORDS = {
    "aanhef": "salutation",
    "actielijst": "acties actiepunten openacties openstaandeacties",
    "aanwezig": "aanwezigen attendees deelnemers gasten leden participants present",
    "afronding": "rounding",
    "afwezig": "absent afgemeld afmeldingen afwezigen berichtvanverhindering verhinderd",
    "bestandsnaam": "filename",
    "bijlagen": "annexes attachments documenten documents stukken",
    "contactpersoon": "contact",
    "email": "mail",
    "halfjaar": "periode",
    "kopie_aan": "afschrift cc kopie",
    "nummer": "id no nr",
    "ondertekening": "handtekening ondertekenaar signature",
    "ontvangers": "adressen recipients",
    "onze_referentie": "kenmerk onskenmerk referentie reference",
    "plaats": "locatie location lokatie ruimte vergaderplaats waar zaal",
    "rol": "functie role",
    "rubricering": "classificatie merking status vertrouwelijkheid",
    "sjabloon": "template",
    "tabel": "bestand",
    "tekst": "body brief inhoud",
    "telefoon": "phone tel telefoonnummer",
    "tijd": "aanvang aanvangstijd begin begintijd start starttijd time tijden tijdstip",
    "totaal": "aantal total",
    "wie": "actiehouder door eigenaar owner trekker verantwoordelijke who",
    "wat": "actie action omschrijving taak what",
    "actiepunten": "actie actielijst acties actions taken todo",
    "genodigden": "invited invitees uitgenodigd uitgenodigden verwacht",
    "gereed": "datum deadline due einddatum klaar termijn uiterlijk voor when",
    "vorige": "previous vorigevergadering vorigoverleg",
    "volgende_vergadering": "next volgend volgende volgendoverleg",
    "datum": "dag date datumvergadering vergaderdatum wanneer",
    "dagtekening": "date datum",
    "toelichting": "description omschrijving",
    "organisatie": "afdeling namens org organisation organization",
    "naam": "achternaam name",
    "notulist": "notulant secretaris verslaglegger",
    "inbrenger": "indiener inleider portefeuillehouder presenter spreker",
    "besluiten": "besluit conclusie conclusies decision decisions",
    "verslag": "besproken bespreking minutes notes notities notulen samenvatting tekst",
    "titel": "naam name omschrijving onderwerp tekst title",
    "overleg": "meeting naam title titel vergadering",
    "omschrijving": "description onderwerp subject",
    "betreft": "onderwerp subject",
    "agendapunten": "agenda agendaitems items onderwerpen punten",
    "subpunten": "punt punten",
    "link": "adres url",
    "website": "url",
    "stemming": "stemmen vote votes voting",
    "onthouding": "blanco onthouden onthoudingen",
    "uitslag": "resultaat result",
    "sinds": "afgesproken since",
}
"""The words that people use for a key, in Dutch or English, without signs and capitals; of two keys
the first is meant."""


class Meaning(NamedTuple):
    """What an unknown key probably means.

    `key` is the right key for the same place, or ""; `belongs` the way to where the key ought to
    stand, or ().
    """

    fault: Fault
    key: str = ""
    belongs: Loc = ()


def find_meaning(reading: Reading, loc: Loc) -> Meaning:
    """Return what the unknown key at `loc` means, by what is known there and around it."""
    name, known = str(loc[-1]), reading.fields.names(loc[:-1])
    if name in loc[:-1]:
        return Meaning(Fault("LRT201.niveau", {"name": name}))
    key = _same(name, known)
    if not key and (deeper := _find_deeper(reading, loc)):
        return deeper
    key = key or _synonym(name, known)
    if not key and not _near(name, known, 0.9):
        other = _find_outer(reading, loc) or _find_elsewhere(reading, loc)
        if other := other or _find_inside(reading, loc):
            return other
    if key := key or _near(name, known):
        return Meaning(Fault("LRT201.bedoeld", {"name": name, "key": key}), key)
    return Meaning(Fault("LRT201.onbekend", {"name": name, "known": ", ".join(known)}))


def knows(name: str, known: list[str]) -> bool:
    """Tell whether `name` may be one of the `known` keys, or a word for one."""
    return bool(_same(name, known) or _synonym(name, known) or _near(name, known))


def _same(name: str, known: list[str]) -> str:
    """Return the key that `name` is but for capitals and signs: Kopie-aan, or ""."""
    return next((key for key in known if squeeze(key) == squeeze(name)), "")


def _synonym(name: str, known: list[str]) -> str:
    words = ((key, _OTHER_WORDS[key].split()) for key in _OTHER_WORDS if key in known)
    return next((key for key, others in words if squeeze(name) in others), "")


def _near(name: str, known: list[str], cutoff: float = 0.72) -> str:
    return next(iter(get_close_matches(name.lower(), known, 1, cutoff)), "")


def _find_inside(reading: Reading, loc: Loc) -> Meaning | None:
    """Return the meaning of a key of something below this, or None."""
    name, fields = str(loc[-1]), reading.fields
    ways = [(*loc[:-1], owner) for owner in fields.names(loc[:-1])]
    while ways:
        for way in ways:
            known = fields.names(way)
            if key := _same(name, known) or (_synonym(name, known) if len(loc) == 1 else ""):
                return Meaning(Fault("LRT201.bij", {"name": name, "key": key, "owner": way[-1]}))
        ways = [(*way, one) for way in ways for one in fields.names(way) if len(way) < len(loc) + 2]
    return None


def _find_elsewhere(reading: Reading, loc: Loc) -> Meaning | None:
    """Return the meaning of a key at the top that a file of another kind has there, or None."""
    from lrtdocs.model.mailing import Mailing
    from lrtdocs.model.vergadering import Vergadering

    kinds: dict[type[BaseModel], str] = {Mailing: "mailing", Vergadering: "vergadering"}
    own = kinds.pop(reading.fields.model_class, None)
    for model, kind in kinds.items() if own and len(loc) == 1 else ():
        if loc[0] in model.model_fields:
            fault = Fault("LRT201.elders", {"name": str(loc[0]), "kind": kind, "own": own})
            return Meaning(fault)
    return None


def _find_deeper(reading: Reading, loc: Loc) -> Meaning | None:
    """Return the meaning of a key that belongs to the nearest key above it that knows it."""
    places = {
        way: place
        for owner in reading.fields.names(loc[:-1])
        if (way := (*loc[:-1], owner)) in reading.keys
        and (place := reading.key(way).sort_key()) < reading.key(loc).sort_key()
        and loc[-1] in reading.fields.names(way)
    }
    if not places:
        return None
    way = max(places, key=places.__getitem__)
    node = reading.node(way)
    last = (len(node.items) - 1,) if isinstance(node, SequenceNode) else ()
    fault = Fault("LRT201.dieper", {"name": str(loc[-1]), "owner": str(way[-1])})
    return Meaning(fault, belongs=(*way, *last, loc[-1]))


def _find_outer(reading: Reading, loc: Loc) -> Meaning | None:
    """Return the meaning of a key that belongs to something around this, or None."""
    for length in reversed(range(len(loc) - 1)):
        around = reading.node(loc[:length])
        free = (*loc[:length], loc[-1]) not in reading.keys
        if (
            free
            and isinstance(around, MappingNode)
            and loc[-1] in reading.fields.names(loc[:length])
        ):
            owner, begin, first = str(loc[length]), first_key(around), around.entries[0][0].text
            fault = Fault(
                "LRT201.ver",
                {"name": str(loc[-1]), "owner": owner, "column": begin.column, "first": first},
            )
            return Meaning(fault, belongs=(*loc[:length], loc[-1]))
    return None
