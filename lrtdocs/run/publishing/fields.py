"""What happens in a publication copy with each field of each model, and of each recipient.

Every field is named here, those that stay as well. One that is forgotten stops the copy, and a test
before that: it would be published without anybody having thought of it.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from lrtdocs.model.deelnemer import Deelnemer
from lrtdocs.model.geadresseerde.kopie import Kopie
from lrtdocs.model.mailing import (
    Kolomsoort,
    Mailing,
    Ondertekening,
    Rijen,
    Tabelkolom,
    Vertaling,
)
from lrtdocs.model.stuk import Bijlage, Contactpersoon
from lrtdocs.model.taakstelling import Bijstelling, Taakstelling
from lrtdocs.model.vergadering import (
    Actiepunt,
    Agendapunt,
    Besluit,
    Stemming,
    Subpunt,
    Vergadering,
    VolgendeVergadering,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.model.schema import Record


class Way(Enum):
    """What becomes of the value of a field."""

    KEEP = auto()
    """It stays as it is: a date, a time, yes or no, a choice."""
    LINE = auto()
    """Its words stay, but for those that are marked or named to be left out."""
    TEXT = auto()
    """The same, of a text with paragraphs."""
    NAMES = auto()
    """The same, and who is named in it is left out as the table says."""
    PERSON = auto()
    """Somebody, or an organisation: left out as the table says."""
    PEOPLE = auto()
    """Those who were there or not: their organisation and role stay."""
    RECORDS = auto()
    """One or more parts with fields of their own."""
    ITEMS = auto()
    """Items of the agenda: of one that is confidential only its number and time stay."""
    DECISIONS = auto()
    """Decisions: of one that is not public only its number stays."""
    ANNEXES = auto()
    """Annexes: a file goes along only if that is said to be public."""
    CONTACTS = auto()
    """Whom to ask: name, telephone and mail, each left out as the table says of the person."""
    NAMED_FILE = auto()
    """A date stays; the name of a file on somebody's disk does not."""
    SIGNATURE = auto()
    """Who signs: the offices stay, the name by the table, a picture of the hand never."""
    SALUTATION = auto()
    """How a letter begins: without the name in it of who is left out."""
    ADDRESSEE = auto()
    """The name of a recipient: that of a body stays, that of a person by the table."""
    HOME = auto()
    """Part of an address: that of a person is left out, that of a body or an office stays."""
    OWN = auto()
    """What a list says of a recipient: of persons it is left out, unless said to be public."""
    COLUMNS = auto()
    """All columns of a list's own, each as `OWN`, and the parts of a name."""
    PARTS = auto()
    """A person in parts: gone with the name."""
    ROWS = auto()
    """The rows of a letter: each cell as the same column of a recipient."""
    DROP = auto()
    """It is for lrtdocs, or for nobody outside, and goes."""


_ITEM = {
    "titel": Way.LINE,
    "nummer": Way.LINE,
    "tijd": Way.KEEP,
    "duur": Way.LINE,
    "inbrenger": Way.NAMES,
    "gasten": Way.PERSON,
    "doel": Way.LINE,
    "bijlagen": Way.ANNEXES,
    "toelichting": Way.TEXT,
    "verslag": Way.TEXT,
    "besluiten": Way.DECISIONS,
    "stemming": Way.RECORDS,
    "actiepunten": Way.RECORDS,
    "vast": Way.KEEP,
    "aangehouden": Way.KEEP,
    "vertrouwelijk": Way.KEEP,
}
_LETTER = {
    "betreft": Way.LINE,
    "aanhef": Way.SALUTATION,
    "tekst": Way.TEXT,
    "ondertekening": Way.SIGNATURE,
    "bijlagen": Way.ANNEXES,
    "kopie_aan": Way.RECORDS,
    "velden": Way.LINE,
}
"""Of a mailing, and of what it says in the other language."""
FIELDS: dict[type[Record], Mapping[str, Way]] = {
    Vergadering: {
        "overleg": Way.LINE,
        "omschrijving": Way.LINE,
        "datum": Way.KEEP,
        "tijd": Way.KEEP,
        "plaats": Way.LINE,
        "dagtekening": Way.KEEP,
        "dagtekening_verslag": Way.KEEP,
        "versie": Way.LINE,
        "versie_verslag": Way.LINE,
        "onze_referentie": Way.LINE,
        "afzender": Way.KEEP,
        "contactpersoon": Way.CONTACTS,
        "rubricering": Way.LINE,
        "genodigden": Way.PEOPLE,
        "aanwezig": Way.PEOPLE,
        "afwezig": Way.PEOPLE,
        "kopie_aan": Way.NAMES,
        "bijlagen": Way.ANNEXES,
        "notulist": Way.PERSON,
        "ondertekenen": Way.KEEP,
        "agendapunten": Way.ITEMS,
        "actielijst": Way.RECORDS,
        "laatste_actie": Way.LINE,
        "laatste_besluit": Way.LINE,
        "vorige": Way.NAMED_FILE,
        "volgende_vergadering": Way.RECORDS,
        "vastgesteld": Way.KEEP,
        "openbaar": Way.DROP,
    },
    Subpunt: _ITEM,
    Agendapunt: {**_ITEM, "subpunten": Way.ITEMS},
    Besluit: {
        "tekst": Way.TEXT,
        "nummer": Way.LINE,
        "stemming": Way.RECORDS,
        "publiek": Way.KEEP,
    },
    Stemming: {
        "voor": Way.NAMES,
        "tegen": Way.NAMES,
        "onthouding": Way.NAMES,
        "uitslag": Way.LINE,
    },
    Actiepunt: {
        "wat": Way.LINE,
        "wie": Way.NAMES,
        "gereed": Way.LINE,
        "nummer": Way.LINE,
        "status": Way.KEEP,
        "toelichting": Way.LINE,
        "sinds": Way.KEEP,
    },
    VolgendeVergadering: {"datum": Way.KEEP, "tijd": Way.KEEP, "plaats": Way.LINE},
    Deelnemer: {
        "aanhef": Way.LINE,
        "naam": Way.LINE,
        "organisatie": Way.LINE,
        "rol": Way.NAMES,
        "opmerking": Way.NAMES,
        "bericht": Way.KEEP,
        "vervangen_door": Way.PERSON,
        "publiek": Way.KEEP,
    },
    Contactpersoon: {
        "naam": Way.LINE,
        "telefoon": Way.LINE,
        "email": Way.LINE,
        "publiek": Way.KEEP,
    },
    Mailing: {
        "sjabloon": Way.KEEP,
        "ontvangers": Way.KEEP,
        "afzender": Way.KEEP,
        "dagtekening": Way.KEEP,
        **_LETTER,
        "taakstelling": Way.RECORDS,
        "taal": Way.KEEP,
        "vertaling": Way.RECORDS,
        "rubricering": Way.LINE,
        "contactpersoon": Way.CONTACTS,
        "onze_referentie": Way.KEEP,
        "uw_referentie": Way.LINE,
        "bestandsnaam": Way.KEEP,
        "dubbelzijdig": Way.KEEP,
        "kolommen": Way.KEEP,
        "blad": Way.KEEP,
        "alleen_zichtbare_rijen": Way.KEEP,
        "groepeer": Way.KEEP,
        "rijen": Way.KEEP,
        "tabel": Way.RECORDS,
        "openbaar": Way.DROP,
    },
    Vertaling: _LETTER,
    Ondertekening: {
        "ambt": Way.LINE,
        "mede_namens": Way.LINE,
        "namens": Way.LINE,
        "functie": Way.LINE,
        "naam": Way.LINE,
        "publiek": Way.KEEP,
        "handtekening": Way.KEEP,
    },
    Kopie: {
        "naam": Way.PERSON,
        "organisatie": Way.DROP,
        "afdeling": Way.DROP,
        "ter_attentie_van": Way.DROP,
        "adres": Way.DROP,
        "postcode": Way.DROP,
        "plaats": Way.DROP,
        "land": Way.DROP,
        "email": Way.DROP,
    },
    Taakstelling: {
        "halfjaar": Way.KEEP,
        "totaal": Way.KEEP,
        "peildatum": Way.KEEP,
        "afronding": Way.KEEP,
        "bijstelling": Way.KEEP,
        "tabel": Way.KEEP,
        "bijlage_a": Way.KEEP,
    },
    Bijstelling: {"halfjaar": Way.KEEP, "was": Way.KEEP, "wordt": Way.KEEP},
    Kolomsoort: {"soort": Way.KEEP, "verplicht": Way.KEEP, "publiek": Way.KEEP},
    Rijen: {"bestand": Way.KEEP, "blad": Way.KEEP},
    Tabelkolom: {"kolom": Way.KEEP, "kop": Way.LINE, "soort": Way.KEEP},
    Bijlage: {
        "titel": Way.LINE,
        "nummer": Way.LINE,
        "link": Way.LINE,
        "bestand": Way.KEEP,
        "nazending": Way.KEEP,
        "publiek": Way.KEEP,
    },
}
"""What happens with each field. What is left out as a whole is so before its fields are asked."""
RECIPIENT: Mapping[str, Way] = {
    "plaats_in_bestand": Way.KEEP,
    "code": Way.KEEP,
    "naam": Way.ADDRESSEE,
    "organisatie": Way.LINE,
    "afdeling": Way.LINE,
    "ter_attentie_van": Way.PERSON,
    "adres": Way.HOME,
    "postcode": Way.HOME,
    "plaats": Way.HOME,
    "land": Way.HOME,
    "aanhef": Way.SALUTATION,
    "uw_referentie": Way.OWN,
    "email": Way.OWN,
    "taal": Way.KEEP,
    "extra": Way.COLUMNS,
    "persoon": Way.PARTS,
    "lichaam": Way.KEEP,
    "rijen": Way.ROWS,
    "groep": Way.ADDRESSEE,
}
"""The same of each field of an `Ontvanger`; one that is a column also where it is of a row."""
