"""Keys that do not belong where they stand: what was meant by them, or where they do belong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.messages import Fault
from lrtdocs.source.build.places import first_key
from lrtdocs.source.yaml.nodes import MappingNode, SequenceNode

if TYPE_CHECKING:
    from lrtdocs.source.build.fields import Fields, Loc
    from lrtdocs.source.build.places import Places

_OTHER_WORDS: dict[str, tuple[str, ...]] = {
    "aantal": ("totaal",),
    "aanwezigen": ("aanwezig",),
    "absent": ("afwezig",),
    "actie": ("wat", "actiepunten"),
    "actiehouder": ("wie",),
    "acties": ("actiepunten",),
    "action": ("wat",),
    "actions": ("actiepunten",),
    "adressen": ("ontvangers",),
    "afwezigen": ("afwezig",),
    "agenda": ("agendapunten",),
    "attachments": ("bijlagen",),
    "attendees": ("aanwezig",),
    "bestand": ("tabel",),
    "body": ("tekst",),
    "brief": ("tekst",),
    "cc": ("kopie_aan",),
    "classificatie": ("rubricering",),
    "contact": ("contactpersoon",),
    "date": ("datum", "dagtekening"),
    "datum": ("gereed", "dagtekening"),
    "deadline": ("gereed",),
    "deelnemers": ("aanwezig",),
    "description": ("toelichting", "omschrijving"),
    "e-mail": ("email",),
    "filename": ("bestandsnaam",),
    "functie": ("rol",),
    "handtekening": ("ondertekening",),
    "inhoud": ("tekst",),
    "items": ("agendapunten",),
    "kenmerk": ("onze_referentie",),
    "kopie": ("kopie_aan",),
    "locatie": ("plaats",),
    "location": ("plaats",),
    "mail": ("email",),
    "meeting": ("overleg",),
    "naam": ("titel", "overleg"),
    "name": ("naam", "titel"),
    "nr": ("nummer",),
    "ondertekenaar": ("ondertekening",),
    "onderwerp": ("titel", "omschrijving", "betreft"),
    "onderwerpen": ("agendapunten",),
    "periode": ("halfjaar",),
    "phone": ("telefoon",),
    "punten": ("agendapunten", "subpunten"),
    "recipients": ("ontvangers",),
    "referentie": ("onze_referentie",),
    "role": ("rol",),
    "rounding": ("afronding",),
    "salutation": ("aanhef",),
    "signature": ("ondertekening",),
    "subject": ("betreft",),
    "tekst": ("verslag", "titel"),
    "tel": ("telefoon",),
    "template": ("sjabloon",),
    "time": ("tijd",),
    "title": ("titel",),
    "total": ("totaal",),
    "url": ("link", "website"),
    "vergadering": ("overleg",),
}
"""Words that people use, in Dutch or English, and the keys that they may stand for."""


class Meaning(NamedTuple):
    """What an unknown key probably means.

    `key` is the right key for the same place, or ""; `belongs` the way to where the key ought to
    stand, or ().
    """

    fault: Fault
    key: str = ""
    belongs: Loc = ()


def find_meaning(places: Places, fields: Fields, loc: Loc) -> Meaning:
    """Return what the unknown key at `loc` means, by what is known there and around it."""
    name, known = str(loc[-1]), fields.names(loc[:-1])
    if name in loc[:-1]:
        return Meaning(Fault("LRT201.niveau", {"name": name}))
    if name.lower() in known:
        return _other_word(name, name.lower())
    deeper = _find_deeper(places, fields, loc)
    other = next((key for key in _OTHER_WORDS.get(name.lower(), ()) if key in known), "")
    outer = _find_outer(places, fields, loc)
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if deeper is not None:
        return deeper
    if other or (near and outer is None):
        return _other_word(name, other or near[0])
    return outer or Meaning(Fault("LRT201.onbekend", {"name": name, "known": ", ".join(known)}))


def _other_word(name: str, key: str) -> Meaning:
    return Meaning(Fault("LRT201.bedoeld", {"name": name, "key": key}), key)


def _find_deeper(places: Places, fields: Fields, loc: Loc) -> Meaning | None:
    """Return the meaning of a key that belongs to the nearest key above it that knows it."""
    own = places.key(loc).sort_key()
    ways = [(*loc[:-1], owner) for owner in fields.names(loc[:-1])]
    above = [
        way
        for way in ways
        if way in places.keys and places.key(way).sort_key() < own and loc[-1] in fields.names(way)
    ]
    if not above:
        return None
    way = max(above, key=lambda way: places.key(way).sort_key())
    node = places.node(way)
    last = (len(node.items) - 1,) if isinstance(node, SequenceNode) else ()
    return Meaning(
        Fault("LRT201.dieper", {"name": str(loc[-1]), "owner": str(way[-1])}),
        belongs=(*way, *last, loc[-1]),
    )


def _find_outer(places: Places, fields: Fields, loc: Loc) -> Meaning | None:
    """Return the meaning of a key that belongs to something around this, or None."""
    for length in reversed(range(len(loc) - 1)):
        around = places.node(loc[:length])
        if isinstance(around, MappingNode) and loc[-1] in fields.names(loc[:length]):
            begin = first_key(around)
            fault = Fault(
                "LRT201.ver",
                {
                    "name": str(loc[-1]),
                    "owner": str(loc[length]),
                    "column": begin.column,
                    "first": around.entries[0][0].text,
                },
            )
            return Meaning(fault, belongs=(*loc[:length], loc[-1]))
    return None
