"""Who a letter goes to: one row of the list of addresses.

A recipient is plain data, cheap to make and to send to another process; what is wrong with a list
of them is found in `check_ontvangers`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.findings import Findings
from lrtdocs.hashed import Hashed
from lrtdocs.language import Taal
from lrtdocs.model.geadresseerde.lichaam import Lichaam  # noqa: TC001 - of a field
from lrtdocs.model.geadresseerde.persoon import Persoon  # noqa: TC001 - of a field
from lrtdocs.model.gemeente import count_gemeenten, name_some
from lrtdocs.model.namen import CARIBBEAN, PROVINCIES, find_provincie, fold_name, name_provincie
from lrtdocs.model.veld import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from lrtdocs.model.gemeente import Gemeente, Opgeheven, Register
    from lrtdocs.model.value import Value

DOUBLE = "LRT628.lijst"
"""The problem of a recipient who is in the list twice."""
MORE = "LRT628.brieven"
"""The problem of a gemeente that is in the list twice, with other words."""
_NEARLY = 30
"""A list without one in so many gemeenten, or fewer, was meant to have them all."""
_GEMEENTE = ("Het college van burgemeester en wethouders", "van de gemeente {}")
_PROVINCIE = ("Gedeputeerde staten van {}",)
NEDERLAND = frozenset(
    {"", "nederland", "nl", "nld", "the netherlands", "netherlands", "holland", "niederlande"}
)
"""What people write in a column `land` for an address that needs no country."""
_ATTENTION = {Taal.NL: "t.a.v.", Taal.EN: "Attn"}
"""What stands before whom a letter is for, by its language."""
_POSTCODE = re.compile(r"(?:NL[- ]?)?([1-9][0-9]{3})\s?-?\s?([A-Z]{2})", re.IGNORECASE)
_NEVER_ISSUED = frozenset({"SA", "SD", "SS"})
_CODE = re.compile(r"(?:GM)?\s?([0-9]{1,4})", re.IGNORECASE)


def parse_postcode(text: str) -> str | None:
    """Return a Dutch postcode as it is printed ("1234ab" → "1234 AB"), or None if it is none."""
    match = _POSTCODE.fullmatch(text.strip())
    if match is None or match[2].upper() in _NEVER_ISSUED:
        return None
    return f"{match[1]} {match[2].upper()}"


def parse_code(text: str) -> str | None:
    """Return the code of a gemeente ("GM0373", "gm373", "0373" → "GM0373"), or None."""
    match = _CODE.fullmatch(text.strip())
    return f"GM{int(match[1]):04}" if match else None


_NUMBERED = re.compile(
    r"(?P<street>(?:(?!\d+\b)\S+ +)*(?!\d)\S*[^\d\s,])"
    r",? +(?P<number>[1-9][0-9]{0,4})"
    r"(?:[ -]?(?P<letter>[a-z]{1,4}))?(?:[-/](?P<more>[a-z0-9]{1,4}))?",
    re.IGNORECASE,
)
"""A street or post box and its number, with what comes behind: "Kerkstraat 12 A-2"."""


def make_kix(adres: str, postcode: str) -> str | None:
    """Return the KIX of an address ("Havendijk 156-2", "1231 GF" → "1231GF156X2"), or None.

    That is the postcode, the number and, behind an X, what is added to it, as PostNL has it. Where
    the number of the house is not sure there is none.
    """
    code = parse_postcode(postcode)
    match = _NUMBERED.fullmatch(" ".join(adres.split()))
    if code is None or match is None:
        return None
    added = f"{match['letter'] or ''}{match['more'] or ''}".upper()
    return f"{code.replace(' ', '')}{match['number']}{f'X{added}' if added else ''}"


@dataclass(frozen=True, slots=True)
class Kolom(Field):
    """A column of a list of recipients, which is a word too, and the other headings it goes by."""

    headings: str = ""


def _kolom(meaning: str, example: str, headings: str = "", *, required: bool = False) -> Any:
    """Return a field of `Ontvanger` that is a column; its name is that of the field."""
    told = {"meaning": meaning, "example": example, "headings": headings, "required": required}
    return field(default=None, metadata=told)


@dataclass(frozen=True, slots=True)
class Rij:
    """One of the rows of a letter: its columns by the word they are, and a cell in it."""

    plaats: Place
    woorden: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """One recipient. `code` is that of a gemeente ("GM0373"), or None for anybody else.

    `adres` may be several lines. `extra` holds the other columns of the list, by the word they are
    for a template. `plaats_in_bestand` is the cell that names the recipient. `persoon` is who a
    list has in parts: its `naam` is then made of them, unless the list has one itself. `lichaam` is
    a body of government without a `code`. In a mailing that groups, `rijen` are those of the
    letter, and `groep` is what the rows of one list have in common: then all else is that of the
    first of them.
    """

    plaats_in_bestand: Place
    code: str | None = _kolom(
        "De code van de gemeente, of van de provincie.",
        "GM0373",
        "provinciecode, provincie_code, code_provincie, gemeentecode, gemeente_code, "
        "cbs_code, cbscode, code_cbs, gm_code, gmcode, code_gemeente, regiocode",
    )
    naam: str | None = _kolom(
        "De naam; zonder naam die van de organisatie.",
        "Bergen (NH.)",
        "gemeente, gemeentenaam, gemeente_naam, naam_gemeente, naam_van_de_gemeente, "
        "geadresseerde, ontvanger, volledige_naam, naam_ontvanger",
        required=True,
    )
    organisatie: str | None = _kolom(
        "De organisatie.",
        "Vereniging van Voorbeeldgemeenten",
        "organisatienaam, naam_organisatie, bedrijf, bedrijfsnaam, instelling",
    )
    afdeling: str | None = _kolom(
        "De afdeling.", "Afdeling Wonen", "directie, onderdeel, afdelingsnaam"
    )
    ter_attentie_van: str | None = _kolom(
        "Voor wie de brief is.",
        "mw. F. Voorbeeld",
        "t_a_v, tav, ter_attentie, t_a_v_naam, attentie, contactpersoon",
    )
    adres: str | None = _kolom(
        "Straat en huisnummer, of postbus.",
        "Postbus 90001",
        "postbus, postadres, adresregel, adresregel_1, adresregel1, adres_1, adres1, straat, "
        "straatnaam, straat_en_huisnummer, straat_huisnummer, correspondentieadres, postbusnummer",
    )
    postcode: str | None = _kolom(
        "De postcode.",
        "1860 AA",
        "post_code, postcode_postbus, postcode_postadres, pc, postcode_en_letters",
    )
    plaats: str | None = _kolom(
        "De plaats.",
        "Bergen",
        "woonplaats, plaatsnaam, stad, vestigingsplaats, plaats_postbus, plaats_postadres",
    )
    land: str | None = _kolom("Het land, als dat niet Nederland is.", "België", "landnaam")
    aanhef: str | None = _kolom("De aanhef uit de lijst.", "Geacht college,", "briefaanhef")
    uw_referentie: str | None = _kolom(
        "Het kenmerk uit de lijst.", "2025/HV/118", "uw_kenmerk, uw_ref"
    )
    email: str | None = _kolom(
        "Het e-mailadres.",
        "info@voorbeeld.nl",
        "e_mail, mail, e_mailadres, emailadres, mailadres, e_mail_adres, email_adres",
    )
    taal: str | None = _kolom(
        "De taal van deze brief: nl of en.",
        "en",
        "brieftaal, taal_brief, taal_van_de_brief, correspondentietaal, voorkeurstaal, language",
    )
    extra: Mapping[str, Value] = field(default_factory=dict)
    persoon: Persoon | None = None
    lichaam: Lichaam | None = None
    rijen: tuple[Rij, ...] | None = None
    groep: str = ""

    @property
    def adresregels(self) -> tuple[str, ...]:
        """The lines under "Aan", in the order of NEN 5825: who, street or post box, place, country.

        Two spaces stand between postcode and place, and the place is in capitals.
        """
        lines = [*self._who(), *(self.adres or "").split("\n"), self._town()]
        if self.is_abroad:
            lines.append((self.land or "").upper())
        return tuple(line for line in lines if line)

    @property
    def kix(self) -> str | None:
        """The code below the address by which the post sorts; None abroad, and where in doubt."""
        lines = (self.adres or "").split("\n")
        found = [code for line in lines if (code := make_kix(line, self.postcode or ""))]
        return found[0] if len(found) == 1 and not self.is_abroad else None

    @property
    def is_abroad(self) -> bool:
        """Whether the address is in another country than the Netherlands."""
        return (self.land or "").casefold() not in NEDERLAND

    def _who(self) -> list[str]:
        attention, persoon = self.ter_attentie_van or "", self.persoon
        taal = Taal(self.taal or Taal.NL)
        if self.is_body:
            first = [*self._college(), self.afdeling or ""]
            attention = attention or (persoon.attention_in(taal) if persoon else "")
        else:
            name = self.naam or ""
            made = persoon is not None and name == persoon.aanschrijfnaam
            organisation = self.organisatie or ""
            # who the letter is for stands in one line: below the organisation, behind "t.a.v."
            told = {organisation.casefold(), attention.casefold() if organisation else ""}
            same = made or name.casefold() in told
            first = [organisation, self.afdeling or "", "" if same else name]
            if persoon is not None and made:
                attention = attention or (persoon.attention_in(taal) if any(first) else "")
                first += [] if attention else persoon.lines_in(taal)
        return [*first, f"{_ATTENTION[taal]} {attention}" if attention else ""]

    @property
    def is_body(self) -> bool:
        """Whether the letter is to who governs a gemeente, a province or another body."""
        return bool(self.code or self.lichaam) and not self.organisatie

    def _college(self) -> Iterable[str]:
        if self.lichaam is not None:
            return self.lichaam.regels
        college = _PROVINCIE if self.code in PROVINCIES else _GEMEENTE
        return (line.format(self.naam) for line in college)

    def _town(self) -> str:
        return "  ".join(part for part in (self.postcode, (self.plaats or "").upper()) if part)


KOLOMMEN = tuple(Kolom(each.name, **each.metadata) for each in fields(Ontvanger) if each.metadata)
"""The columns that a recipient has; every other column of a list is a word of its own."""
OF_MAILING = ("betreft", "bijlagen", "kopie_aan", "dagtekening", "onze_referentie")
"""Columns that say for one recipient what the mailing says for all; each is a word of its own."""
ADDRESS_PARTS = (
    Kolom("adres_2", "Nog een regel.", headings="adresregel_2, adresregel2, adres2"),
    Kolom("huisnummer", "Het huisnummer.", headings="huisnr, huis_nr, huisnummer_1"),
    Kolom(
        "toevoeging",
        "Wat er achter het huisnummer komt.",
        headings="huisnummertoevoeging, huisnummer_toevoeging, toev",
    ),
)
"""The columns that go into `adres`."""
NAAMDELEN = (
    Kolom(
        "geslacht",
        "Man, vrouw, of onbekend: m, v of x.",
        headings="sekse, geslachtsaanduiding, m_v, m_v_x, geslacht_m_v, man_vrouw, dhr_mw, "
        "dhr_mevr, heer_mevrouw, de_heer_mevrouw, aanspreektitel, aanspreking",
    ),
    Kolom("voorletters", "De voorletters.", headings="voorletter, initialen"),
    Kolom("voornamen", "De voornamen: lrtdocs maakt er voorletters van.", headings="voornaam"),
    Kolom(
        "voorvoegsel",
        "Wat er voor de achternaam staat.",
        headings="voorvoegsels, tussenvoegsel, tussenvoegsels, voorvoegsel_geslachtsnaam",
    ),
    Kolom(
        "achternaam",
        "De eigen achternaam.",
        headings="geslachtsnaam, familienaam, eigen_achternaam, eigen_geslachtsnaam",
    ),
    Kolom(
        "titel_voor",
        "De titels voor de naam.",
        headings="titel, titels, titulatuur, titulatuur_voor, titel_voor_naam, titels_voor, "
        "academische_titel",
    ),
    Kolom(
        "titel_achter",
        "De titels achter de naam.",
        headings="titels_achter, titel_achter_naam, titulatuur_achter",
    ),
    Kolom(
        "adellijke_titel",
        "De adellijke titel of het predicaat.",
        headings="predicaat, predikaat, adellijk_predicaat, adellijke_titel_predicaat, "
        "adellijke_titel_of_predicaat",
    ),
    Kolom(
        "achternaam_partner",
        "De achternaam van de partner.",
        headings="geslachtsnaam_partner, partnernaam, naam_partner, partner_achternaam, "
        "partner_geslachtsnaam",
    ),
    Kolom(
        "voorvoegsel_partner",
        "Wat er voor de achternaam van de partner staat.",
        headings="voorvoegsels_partner, tussenvoegsel_partner, partner_voorvoegsel, "
        "partner_tussenvoegsel",
    ),
    Kolom(
        "adellijke_titel_partner",
        "De adellijke titel of het predicaat van de partner.",
        headings="predicaat_partner, predikaat_partner, adellijke_titel_predicaat_partner, "
        "adellijke_titel_of_predicaat_partner",
    ),
    Kolom("naamgebruik", "Welke naam iemand gebruikt.", headings="aanduiding_naamgebruik"),
    Kolom("aanspreekvorm", "De heer, mevrouw, of een regel boven de naam."),
)
"""The columns that a person is made of, in a list that has the surname in a column of its own."""


# --- checks


def check_ontvangers(
    ontvangers: Iterable[Ontvanger],
    register: Register,
    file: str,
    *,
    complete: bool,
    watch: Callable[[Ontvanger], object] = lambda _ontvanger: None,
) -> Checked:
    """Return the problems of `ontvangers` against `register`, those of one kind cut short.

    With `complete` they must be all gemeenten, each exactly once; without it others are welcome,
    and the same recipient twice is only warned of. `watch` sees each of them once. They are gone
    through a second time where some may be the same: of each only a hash is kept.
    """
    doubles = _Doubles(register, complete=complete)
    findings = Findings()
    codes: set[str | None] = set()
    for ontvanger in ontvangers:
        codes.add(doubles.add(ontvanger))
        findings.extend(_check_code(ontvanger, register, complete=complete))
        watch(ontvanger)
    column = offer_group("naam" if None in codes else "code")
    again = doubles.find(ontvangers, findings, column)
    missing = [g for g in register.gemeenten if g.code not in codes]
    nearly = len(missing) * _NEARLY <= len(register.gemeenten)
    found = findings.as_list()
    if not doubles:
        found.append(messages.problem("LRT625", Place(file)))
    elif missing and (complete or nearly):
        key = "LRT629.alle" if complete else "LRT629.bijna"
        found.append(_missing_gemeenten(key, Place(file), missing, len(register.gemeenten)))
    return Checked(found, again)


class Checked(NamedTuple):
    """What is wrong with recipients, and by place in the list whether they were there before."""

    problems: list[Problem]
    again: bytearray


class _Doubles:
    """Who is in a list twice, and to which address more than one letter goes."""

    def __init__(self, register: Register, *, complete: bool) -> None:
        self._register, self._complete = register, complete
        self._recipients, self._addressees = Hashed(), Hashed()

    def __len__(self) -> int:
        return len(self._recipients)

    def add(self, ontvanger: Ontvanger) -> str | None:
        """Take in the next of the list; return the code of the gemeente that it stands for."""
        self._recipients.add(self._who(ontvanger))
        self._addressees.add(_addressee(ontvanger))
        return _meant(ontvanger, self._register) if self._complete else ontvanger.code

    def _who(self, ontvanger: Ontvanger) -> Hashable:
        return (self._complete and _meant(ontvanger, self._register)) or _identity(ontvanger)

    def find(self, ontvangers: Iterable[Ontvanger], findings: Findings, group: str) -> bytearray:
        """Return by place in the list whether `ontvangers` has the one there before it.

        What there is to tell of them goes to `findings`; `group` says how they are one letter.
        """
        recipients, addressees = self._recipients.shared(), self._addressees.shared()
        again = bytearray(len(self))
        if not (recipients or addressees):
            return again
        severity = Severity.ERROR if self._complete else Severity.WARNING
        seen: dict[Hashable, str] = {}
        letters: dict[Hashable, str] = {}
        for at, ontvanger in enumerate(ontvangers):
            place = ontvanger.plaats_in_bestand
            here, who = place.within, ontvanger.naam or ontvanger.organisatie or "Deze ontvanger"
            first = of_code = here
            if recipients and recipients[at]:
                first = seen.setdefault(self._who(ontvanger), here)
            if addressees and addressees[at]:
                of_code = letters.setdefault(_addressee(ontvanger), here)
            samen = group if ontvanger.rijen is None else ""
            if first is not here:
                again[at] = 1
                told = {"who": who, "first": first, "here": here, "samen": samen}
                findings.add(messages.problem(DOUBLE, place, severity, **told))
            elif of_code is not here:
                told = {"who": who, "first": of_code, "here": here, "samen": samen}
                findings.add(messages.problem(MORE, place, None, **told))
        return again


def offer_group(column: str) -> str:
    """Return how all rows with the same in `column` become one letter."""
    return messages.text("deel.samen_een_brief", column=column)


def _check_code(ontvanger: Ontvanger, register: Register, *, complete: bool) -> list[Problem]:
    place, code, naam = ontvanger.plaats_in_bestand, ontvanger.code, ontvanger.naam
    if code is None:
        return [_no_gemeente(place, naam, register)] if complete else []
    if code in PROVINCIES:
        return list(_check_provincie(place, code, naam, complete=complete))
    gemeente = register.find(code)
    if gemeente is None:
        return [_unknown_code(place, code, naam, register)]
    return check_naming(place, naam, gemeente, register)


def _check_provincie(
    place: Place, code: str, naam: str | None, *, complete: bool
) -> Iterator[Problem]:
    told = {"name": PROVINCIES[code], "code": code}
    if complete:
        yield messages.problem("LRT661.taakstelling", place, None, **told)
    elif naam and name_provincie(naam) != code:
        yield messages.problem("LRT661.code", place, None, **told, text=naam)


def _meant(ontvanger: Ontvanger, register: Register) -> str:
    """Return the code of the gemeente that was meant: by its name, if the code is unknown.

    It is not told twice: a gemeente with a wrong code is not missing as well.
    """
    code, naam = ontvanger.code or "", ontvanger.naam
    if not naam or register.find(code) is not None:
        return code
    gemeente = register.find_name(naam)
    return gemeente.code if gemeente else code


def check_naming(
    place: Place, naam: str | None, gemeente: Gemeente, register: Register
) -> list[Problem]:
    """Return the problem of a row at `place` with the code of `gemeente` and another `naam`."""
    if not naam or register.is_name_of(naam, gemeente):
        return []
    other = register.find_name(naam)
    names = {"code": gemeente.code, "gemeente": gemeente.naam, "name": naam}
    if other is None:
        return [messages.problem("LRT630.onbekend", place, None, **names)]
    return [messages.problem("LRT630.andere", place, None, other=other.code, **names)]


def _identity(ontvanger: Ontvanger) -> Hashable:
    """Return what is the same for recipients who are the same."""
    extra = tuple(sorted(ontvanger.extra.items()))
    return (ontvanger.code, ontvanger.naam, ontvanger.email, *ontvanger.adresregels, *extra)


def _addressee(ontvanger: Ontvanger) -> Hashable:
    """Return what is the same for letters to one addressee: its code, or all of its address."""
    if ontvanger.code and not ontvanger.organisatie:
        return ontvanger.code
    return ontvanger.adresregels if ontvanger.adres else ontvanger.plaats_in_bestand


def _missing_gemeenten(key: str, place: Place, missing: list[Gemeente], total: int) -> Problem:
    return messages.problem(
        key,
        place,
        None,
        number=len(missing),
        missing=count_gemeenten(len(missing)),
        names=name_some(missing),
        total=total,
        present=count_gemeenten(total - len(missing)),
    )


def _no_gemeente(place: Place, naam: str | None, register: Register) -> Problem:
    """Return the problem of a recipient of which it is not clear which gemeente it is."""
    if not naam:
        return messages.problem("LRT627.ontbreekt", place)
    known = explain_name(place, naam, register)
    expected = guess_gemeente(naam, register) or messages.text("deel.naam_of_code")
    return known or messages.problem("LRT627.onbekend", place, name=naam, expected=expected)


def explain_name(place: Place, text: str, register: Register) -> Problem | None:
    """Return the problem of a name or a code that is of no gemeente, if it is known what it is."""
    gone = register.find_opgeheven(text)
    if gone is not None:
        return _tell_opgeheven(place, gone, register)
    provincie = find_provincie(text) or name_provincie(text)
    if provincie is not None:
        name = PROVINCIES[provincie]
        both = f" of 'Gemeente {name}'" if register.find_name(name) else ""
        return messages.problem("LRT661.naam", place, text=text, name=name, both=both)
    folded = fold_name(text)
    if folded.removeprefix("openbaarlichaam") in CARIBBEAN:
        return messages.problem("LRT662.naam", place, name=text)
    several = (g for g in register.gemeenten if " (" in g.naam)
    shared = [g for g in several if fold_name(g.naam.partition(" (")[0]) == folded]
    if len(shared) < 2:
        return None
    expected = " of ".join(f"{gemeente.naam} ({gemeente.code})" for gemeente in shared)
    return messages.problem("LRT627.meer", place, name=text, expected=expected)


def _tell_opgeheven(place: Place, gone: Opgeheven, register: Register) -> Problem:
    key = {"opgegaan": "LRT660.opgegaan", "verdeeld": "LRT660.verdeeld"}.get(
        gone.wat, "LRT660.naam"
    )
    told = {"name": gone.naam, "code": gone.code, "date": dutch.format_date(gone.datum)}
    return messages.problem(key, place, None, **told, now=register.name_now(gone))


def guess_gemeente(naam: str, register: Register) -> str:
    """Return the gemeenten whose name is almost `naam`: "misschien Assen (GM0106)", or ""."""
    named = " of ".join(f"{gemeente} ({gemeente.code})" for gemeente in register.guess(naam))
    return f"misschien {named}" if named else ""


def _unknown_code(place: Place, code: str, naam: str | None, register: Register) -> Problem:
    gone = register.find_opgeheven(code)
    gemeente = register.find_name(naam) if naam else None
    found = f"{code} ({naam})" if naam else code
    if gone is not None and gemeente is None:
        return _tell_opgeheven(place, gone, register)
    if gemeente is None:
        return messages.problem("LRT626.onbekend", place, code=code, found=found)
    return messages.problem(
        "LRT626.andere", place, code=code, found=found, right=gemeente.code, name=gemeente.naam
    )
