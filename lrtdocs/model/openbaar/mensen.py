"""Who somebody is for the table of who is left out, and where people are named in a line.

A name says little of whom it is of. What is not known is taken for an official, who is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.deelnemer import split_deelnemer
from lrtdocs.model.openbaar.blok import Mens

if TYPE_CHECKING:
    from collections.abc import Iterator

_MINISTERS = (
    r"(?:vice-?)?minister(?:-president)?|staatssecretaris|bewindspersoon|premier"
    r"|prime minister|state secretary|secretary of state"
)
_GOVERNORS = (
    r"(?:loco-?)?burgemeester|wethouder|gedeputeerde|commissaris(?: van de koning)?|cdk|cvdk"
    r"|dijkgraaf|heemraad|mayor|alderman|king's commissioner|gezaghebber|eilandgedeputeerde"
    r"|bestuurder"
)
_CITIZENS = r"inwoner|inwoonster|burger|bewoner|bewoonster|omwonende|ouder|particulier"
_WAITING = r"(?:de |the |demissionair |waarnemend |wnd\.? |plv\.? |plaatsvervangend )*"
_KINDS = {
    mens: re.compile(rf"{_WAITING}(?:{words})(?!\w)", re.IGNORECASE)
    for mens, words in (
        (Mens.BEWINDSPERSOON, _MINISTERS),
        (Mens.BESTUURDER, _GOVERNORS),
        (Mens.BURGER, _CITIZENS),
    )
}
_COMPANY = re.compile(
    r"\b(?:B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?|holding|maatschap)(?!\w)", re.IGNORECASE
)
_TITLE = r"(?:de heer|mevrouw|mevr\.?|mw\.?|dhr\.?|hr\.)"
_FORE = r"(?:drs|ir|ing|mr|dr|prof)\.?\s+"
_PREFIX = r"(?:van|der|den|de|het|ter|ten|te|in|op|la|el|al|le|von|aan|bij|uit|'t|'s)"
_UPPER = "A-ZÀ-ÖØ-ÞŁŚŞŻČĆŠŽĐİ"
_SURNAME = rf"(?:{_PREFIX}\s+)*(?:d')?[{_UPPER}][\w'’-]*"
_CAPITAL_PREFIX = r"(?:(?:Van|De|Den|Der|Ter|Ten|Te|El|Al|Le|La|In|Op|'T)\s+)?"
_NAME = rf"(?:[{_UPPER}]\.\s?)*{_CAPITAL_PREFIX}{_SURNAME}"
_NAMED = re.compile(
    rf"(?:(?i:{_TITLE})\s+(?:{_FORE})*(?:{_NAME}\s+)?{_NAME}"
    rf"|(?<!\w)(?:{_FORE})*(?:[{_UPPER}]\.\s?){{1,4}}{_CAPITAL_PREFIX}{_SURNAME})"
)
"""Somebody with a form of address or with initials before the surname."""
_SOME = (
    r"(?:(?:en|ook|nog|de|het|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\d+"
    r"|enkele|enige|andere|alle|diverse|overige|meer|verschillende) )*"
)
_BODY = re.compile(
    rf"{_SOME}(?:gemeenten?|provincies?|ministeries?|vereniging|stichting|secretariaat|team"
    r"|directie|afdeling|bureau|college|raad|commissie|waterschap(?:pen)?|dienst|koepels?|leden"
    r"|anderen|medewerkers|collega's|inwoners|insprekers|raadsleden"
    r"|ambtenaren|allen|iedereen|programma|projectgroep|werkgroep|centraal orgaan|inspectie"
    r"|autoriteit|universiteit|hogeschool|agentschap|instituut|federatie|openbaar (?:lichaam"
    r"|ministerie)|rijks(?:dienst|waterstaat|universiteit|overheid)|veiligheidsregio|omgevingsdienst"
    r"|ggd|hoogheemraadschap|griffie|provinciale staten|gedeputeerde staten|ministry|agency"
    r"|department|municipality|association|university|organisation|embassy|board)(?!\w)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:de|het|the) (?=\S)")
_OFFICE = re.compile(
    r"(?:(?:plv|plaatsvervangend|technisch|ambtelijk)\.? )?(?:de |het )?[Vv]oorzitter|[Ss]ecretaris"
    r"|[Nn]otulist|(?:[Dd]irecteur|[Pp]rogrammamanager|DG)"
    r"(?:[ -](?:[A-Z]{2,}|[a-z]+|[A-Z]\w*[A-Z]))*"
)
_SHORT_BODY = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z]|[A-Z]{2,5}")
_SURNAME_ONLY = re.compile(rf"(?<!\w)(?:[A-Z]\.\s?)*({_CAPITAL_PREFIX}{_SURNAME})$")


class Named(NamedTuple):
    """Where somebody is named in a line, and how."""

    begin: int
    end: int
    text: str


def kind_of_person(
    naam: str, rol: str | None = None, organisatie: str | None = None, aanhef: str | None = None
) -> Mens:
    """Return what kind of person somebody is; unknown is an official.

    It goes by what the role, or the name with its form of address, begins with: an adviser of the
    minister is none. Of who was typed in short, the office may stand where an organisation does:
    "(burgemeester, voorzitter)".
    """
    said = [part.strip() for part in (rol or "").split(",")]
    if organisatie and not _SHORT_BODY.fullmatch(organisatie):  # CdK is where somebody is from
        said.append(organisatie)
    said += [f"{aanhef or ''} {naam}".strip(), naam]
    for mens, begins in _KINDS.items():
        if any(begins.match(each) for each in said if each):
            return mens
    if organisatie and _COMPANY.search(organisatie):
        return Mens.BEDRIJF
    return Mens.AMBTENAAR


def is_body(naam: str) -> bool:
    """Tell whether `naam` is the name of an organisation, a team or an office, and of nobody."""
    naam = naam.strip()
    bare = _ARTICLE.sub("", naam)
    if bare != naam and not naam.startswith("de "):
        return True  # nobody's name begins with these
    return bool(_BODY.match(naam) or any(f.fullmatch(bare) for f in (_OFFICE, _SHORT_BODY)))


def is_company(naam: str) -> bool:
    """Tell whether `naam` is that of a company, by the form of it in law."""
    return _COMPANY.search(naam) is not None


def find_named(text: str) -> Iterator[Named]:
    """Yield where somebody is named in `text`, with a form of address or with initials."""
    for match in _NAMED.finditer(text):
        yield Named(match.start(), match.end(), match[0])


def names_worth_seeking(naam: str, aanhef: str | None = None) -> tuple[str, ...]:
    """Return the ways in which somebody called `naam` may stand in a text, the longest first."""
    bare = re.sub(rf"(?i)^(?:{_TITLE}\s+)?(?:{_FORE})*", "", naam.strip())
    surname = _SURNAME_ONLY.search(bare)
    ways = [f"{aanhef} {naam}" if aanhef else naam, naam, bare]
    if surname and len(bare.split()) > 1:
        ways.append(surname[1])
    return tuple(dict.fromkeys(way for way in ways if len(way) > 1))


def person_in(text: str) -> tuple[str, str | None, str | None, str | None]:
    """Return the name, role, organisation and form of address in the short form `text`."""
    parts = split_deelnemer(text)
    return parts["naam"], parts.get("rol"), parts.get("organisatie"), parts.get("aanhef")
