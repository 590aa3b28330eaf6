"""Keys that do not belong where they stand: what was meant by them, or where they do belong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.messages import Fault
from lrtdocs.source.build.reading import first_key
from lrtdocs.source.yaml.nodes import MappingNode, SequenceNode

if TYPE_CHECKING:
    from lrtdocs.source.build.reading import Loc, Reading

_OTHER_WORDS = {
    "aanhef": "salutation",
    "aanwezig": "aanwezigen, attendees, deelnemers",
    "afronding": "rounding",
    "afwezig": "absent, afwezigen",
    "bestandsnaam": "filename",
    "bijlagen": "attachments",
    "contactpersoon": "contact",
    "email": "e-mail, mail",
    "halfjaar": "periode",
    "kopie_aan": "cc, kopie",
    "nummer": "nr",
    "ondertekening": "handtekening, ondertekenaar, signature",
    "ontvangers": "adressen, recipients",
    "onze_referentie": "kenmerk, referentie",
    "plaats": "locatie, location",
    "rol": "functie, role",
    "rubricering": "classificatie",
    "sjabloon": "template",
    "tabel": "bestand",
    "tekst": "body, brief, inhoud",
    "telefoon": "phone, tel",
    "tijd": "time",
    "totaal": "aantal, total",
    "wie": "actiehouder",
    "wat": "actie, action",
    "actiepunten": "actie, acties, actions",
    "gereed": "datum, deadline",
    "datum": "date",
    "dagtekening": "date, datum",
    "toelichting": "description",
    "naam": "name",
    "verslag": "tekst",
    "titel": "naam, name, onderwerp, tekst, title",
    "overleg": "meeting, naam, vergadering",
    "omschrijving": "description, onderwerp",
    "betreft": "onderwerp, subject",
    "agendapunten": "agenda, items, onderwerpen, punten",
    "subpunten": "punten",
    "link": "url",
    "website": "url",
}
"""The words that people use for a key, in Dutch or English; of two keys the first is meant."""


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
    if name.lower() in known:
        return _other_word(name, name.lower())
    deeper = _find_deeper(reading, loc)
    if deeper is not None:
        return deeper
    words = ((key, words.split(", ")) for key, words in _OTHER_WORDS.items() if key in known)
    other = next((key for key, others in words if name.lower() in others), "")
    outer = None if other else _find_outer(reading, loc)
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if other or (near and outer is None):
        return _other_word(name, other or near[0])
    return outer or Meaning(Fault("LRT201.onbekend", {"name": name, "known": ", ".join(known)}))


def _other_word(name: str, key: str) -> Meaning:
    return Meaning(Fault("LRT201.bedoeld", {"name": name, "key": key}), key)


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
        if isinstance(around, MappingNode) and loc[-1] in reading.fields.names(loc[:length]):
            owner, begin, first = str(loc[length]), first_key(around), around.entries[0][0].text
            fault = Fault(
                "LRT201.ver",
                {"name": str(loc[-1]), "owner": owner, "column": begin.column, "first": first},
            )
            return Meaning(fault, belongs=(*loc[:length], loc[-1]))
    return None
