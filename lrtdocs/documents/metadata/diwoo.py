"""DiWoo: what a platform must know of a file that is published, by DiWoo-metadata 0.9.8.

One XML file for each published file, since it says which kind of file it is; the files of one paper
share their `aggregatiekenmerk`. There is nobody's name in it: `naamOpsteller` is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.clock import start_of
from lrtdocs.documents.annexes import gather_annexes
from lrtdocs.documents.metadata.xml import Element, element, write_xml
from lrtdocs.language import Taal
from lrtdocs.model.metadata.waardelijsten import DEFAULT_CATEGORIE, Begrip, begrip
from lrtdocs.model.openbaar.gronden import MARK
from lrtdocs.model.patroon import parse_line
from lrtdocs.model.tekst import parse_address

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from lrtdocs.kinds import Kind
    from lrtdocs.model.mailing import Mailing
    from lrtdocs.model.stuk import Bijlage
    from lrtdocs.model.vergadering import Vergadering

VASTSTELLING, ONDERTEKENING = "vaststelling", "ondertekening"
NAMESPACE = "https://standaarden.overheid.nl/diwoo/metadata/"
_FORMATS = {".docx": "Word DOCX", ".pdf": "PDF", ".html": "HTML"}
"""Kinds of file by how their names end, as the list names them; no other kind is harvested."""


_UNKNOWN = "…"
"""What stands in a title for a word of each recipient."""


class Handeling(NamedTuple):
    """That a paper was adopted or signed, and on what day."""

    soort: str
    dag: dt.date


class Relatie(NamedTuple):
    """A paper that another one refers to, and where that is, "" if nobody knows."""

    titel: str
    adres: str = ""


class Publicatie(NamedTuple):
    """What there is to tell of a paper that is published, or announced.

    `kenmerken` are what it is known by, the first one that of the paper itself. `documentsoort` is
    a name of the list of TOOI, and so is the kind of each of its `handelingen`.
    """

    kenmerken: Sequence[str]
    titel: str
    uitgever: Begrip
    categorie: Begrip
    documentsoort: str
    dag: dt.date
    handelingen: Sequence[Handeling]
    taal: Taal = Taal.NL
    omschrijving: str = ""
    bijlagen: Sequence[Relatie] = ()


def describe_meeting(
    kind: Kind, vergadering: Vergadering, naam: str, titel: str, dag: dt.date, uitgever: Begrip
) -> Publicatie:
    """Return what there is to tell of the paper `naam` of a meeting, which bears the day `dag`.

    The meeting is what is public of it; it is published under article 3.1. Minutes were adopted on
    the day that it says, or else on that of the paper: DiWoo has no paper to which nothing was
    done.
    """
    adopted = vergadering.vastgesteld if kind.is_minutes else None
    return Publicatie(
        _known_by(naam, vergadering.onze_referentie),
        titel,
        uitgever,
        begrip("informatiecategorie", DEFAULT_CATEGORIE),
        kind.published_as,
        dag,
        [Handeling(VASTSTELLING, adopted or dag)],
        bijlagen=_refer(annex.bijlage for annex in gather_annexes(vergadering)),
    )


def describe_letter(
    kind: Kind,
    mailing: Mailing,
    naam: str,
    titel: str,
    dag: dt.date,
    uitgever: Begrip,
    kenmerk: str = "",
) -> Publicatie:
    """Return what there is to tell of the letter `naam`, which bears `dag` and its own `kenmerk`.

    The mailing is what is public of it; it is published under article 3.1. An annex that is
    called otherwise for each recipient is none to refer to.
    """
    return Publicatie(
        _known_by(naam, kenmerk),
        titel,
        uitgever,
        begrip("informatiecategorie", DEFAULT_CATEGORIE),
        kind.published_as,
        dag,
        [Handeling(ONDERTEKENING, dag)],
        bijlagen=_refer(one for one in mailing.bijlagen if _UNKNOWN not in title_of(one.titel)),
    )


def title_of(line: str) -> str:
    """Return a line of a mailing as the title of all its letters, without the words of each."""
    return "".join(d if isinstance(d, str) else _UNKNOWN for d in parse_line(line).delen)


def _known_by(naam: str, own: str | None) -> list[str]:
    return [naam, own] if own else [naam]


def _refer(bijlagen: Iterable[Bijlage]) -> list[Relatie]:
    """Return the annexes as papers to refer to; one of which the title is left out is none."""
    return [
        Relatie(each.titel, parse_address(each.link) if each.link else "")
        for each in bijlagen
        if not MARK.fullmatch(each.titel.strip())
    ]


def is_published_as(suffix: str) -> bool:
    """Tell whether platforms take a file whose name ends in `suffix`."""
    return suffix in _FORMATS


def write_diwoo(publicatie: Publicatie, suffix: str) -> bytes:
    """Return the metadata of the file of `publicatie` that ends in `suffix`, "" for no file."""
    taal = begrip("taal", publicatie.taal.naam)
    told = element(
        "DiWoo",
        element("identifiers", *(Element("identifier", each) for each in publicatie.kenmerken)),
        _listed("publisher", publicatie.uitgever),
        _listed("verantwoordelijke", publicatie.uitgever),
        element("titelcollectie", Element("officieleTitel", publicatie.titel)),
        _describe(publicatie.omschrijving),
        element(
            "classificatiecollectie",
            element("informatiecategorieen", _listed("informatiecategorie", publicatie.categorie)),
            element(
                "documentsoorten",
                _listed("documentsoort", begrip("documentsoort", publicatie.documentsoort)),
            ),
        ),
        Element("creatiedatum", publicatie.dag.isoformat()),
        _listed("language", taal),
        _listed("format", begrip("bestandsformaat", _FORMATS[suffix])) if suffix else None,
        Element("aggregatiekenmerk", publicatie.kenmerken[0]),
        element(
            "documenthandelingen", *(_act(each, publicatie) for each in publicatie.handelingen)
        ),
        _relate(publicatie.bijlagen),
    )
    return write_xml(element("Document", told), "diwoo:", xmlns__diwoo=NAMESPACE)


def _listed(name: str, entry: Begrip) -> Element:
    return Element(name, entry.naam, entry.uri)


def _describe(text: str) -> Element | None:
    return element("omschrijvingen", Element("omschrijving", text)) if text else None


def _act(handeling: Handeling, publicatie: Publicatie) -> Element:
    return element(
        "documenthandeling",
        _listed("soortHandeling", begrip("soort_handeling", handeling.soort)),
        Element("atTime", start_of(handeling.dag).strftime("%Y-%m-%dT%H:%M:%S")),
        _listed("wasAssociatedWith", publicatie.uitgever),
    )


def _relate(bijlagen: Sequence[Relatie]) -> Element | None:
    role = _listed("role", begrip("documentrelatie", "heeft bijlage"))
    relations = (
        element("documentrelatie", role, Element("relation", each.titel, each.adres))
        for each in bijlagen
    )
    return element("documentrelaties", *relations) if bijlagen else None
