"""What identifies somebody by its form: mail, telephone, BSN, IBAN, address, licence plate.

A form alone says too much: nine figures are a kenmerk as well, 14 070 is a number, and DG-25-03 a
note. So each is tested (eleven-test, checksum, numbering plan), and where the test leaves it open
the words around it decide. Every pattern begins at the edge of a word and is bounded, so that a
text of megabytes takes as long as its length.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lrtdocs.model.openbaar.vermoeden import Soort, Vermoeden

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE, _BEHIND = 60, 24
"""So many characters around a number say what it is."""
_SENTENCE = re.compile(r"[.;!?](?=\s)|\n")


def find_numbers(text: str) -> Iterator[Vermoeden]:
    """Yield what in `text` has the form of one of these, each kind in its order."""
    if "@" in text or "at" in text:
        yield from _find_mail(text)
    if not _FIGURE.search(text):
        return
    yield from _find_iban(text)
    yield from _find_bsn(text)
    yield from _find_phones(text)
    yield from _find_addresses(text)
    yield from _find_plates(text)


_FIGURE = re.compile(r"[0-9]")


def _before(text: str, start: int, width: int = _BEFORE) -> str:
    """Return what stands before `start` in the same sentence."""
    piece = text[max(start - width, 0) : start]
    ends = [match.end() for match in _SENTENCE.finditer(piece)]
    return piece[ends[-1] :] if ends else piece


# --- mail


_LOCAL = r"(?<![\w.+%-])[\w.+%-]{1,64}"
_DOMAIN = r"(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}(?![\w-])"
_MAIL = re.compile(rf"{_LOCAL}@{_DOMAIN}")
_MAIL_AT = re.compile(rf"{_LOCAL}\s?[(\[]\s?(?:at|apenstaartje)\s?[)\]]\s?{_DOMAIN}", re.IGNORECASE)


def _find_mail(text: str) -> Iterator[Vermoeden]:
    for rule, pattern in (("mail", _MAIL), ("mail.at", _MAIL_AT)):
        for match in pattern.finditer(text):
            yield Vermoeden(Soort.MAIL, match.start(), match.end(), rule)


# --- telephone


_SEPARATOR = r"(?: ?[-–/.] ?| {1,2}|(?<=\)) ?)?"
_PHONE = re.compile(
    rf"(?<![\w€])(?<![\d][.,/:-])(?:\(\+\d{{1,3}}\)|\+\d{{1,3}}|00(?=[1-9])|\(?0|14)"
    rf"(?:{_SEPARATOR}(?:\(0\)|\(?\d+\)?)){{1,8}}(?![\w])(?!-\d)"
)
_DATE = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d\b|\d\d[.:]\d\d ?[-–] ?\d\d[.:]\d\d\b")
_CALLING = re.compile(
    r"\b(?:bel(?:t|len|de|den)?|opbellen|tel|telefoon\w*|mobiel|gsm|app(?:en)?|sms\w*|nummer"
    r"|bereikbaar|bereiken|toestel|doorkies\w*|contact|via|kies|draai|balie|\w+nummer)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:kenmerk|referentie|ref|\w*zaak(?:nummer|nr)?|dossier(?:nummer|nr)|factu(?:ur|re)\w*"
    r"|polis\w*|kvk\w*|k\.v\.k|koophandel|rsin|oin|btw\w*|inkoop\w*|bestel\w*|debiteur\w*"
    r"|crediteur\w*|document(?:nummer|nr)|meldings?nummer|project\w*|volgnummer|isbn|verplichting\w*"
    r"|order\w*|contract\w*|kamerstuk\w*|regeling|parketnummer|registratie\w*)\b[^,;]*$",
    re.IGNORECASE,
)
"""Words after which a number is that of something else."""


def _find_phones(text: str) -> Iterator[Vermoeden]:
    for match in _PHONE.finditer(text):
        start, end = match.span()
        if _DATE.match(text, start) or _OTHER.search(_before(text, start)):
            continue
        called = None
        while end > start:
            found = text[start:end]
            if found[-1] == ")" and "(" not in found:
                end -= 1
                continue
            figures = sum(map(str.isdecimal, found))
            if figures < 4:
                break
            if figures <= 15 and (rule := _rule_of_phone(found)):
                if rule == "telefoon.14":
                    called = called or _CALLING.search(_before(text, start, 30))
                    if not called and text[start - 1 : end + 1] != f"({found})":
                        break
                yield Vermoeden(Soort.TELEFOON, start, end, rule)
                break
            end = start + max(map(found.rfind, " -–/."), default=-1)


@cache
def _rule_of_phone(found: str) -> str:
    """Return by which rule `found` is a telephone number, or ""."""
    import phonenumbers  # takes a while

    figures = re.sub(r"\(0\)|\D", "", found)
    if figures.startswith("14"):
        return "telefoon.14" if re.fullmatch(r"140\d{2,3}", figures) else ""
    try:
        number = phonenumbers.parse(re.sub(r"^\(\+(\d+)\)", r"+\1", found), "NL")
    except phonenumbers.NumberParseException:
        return ""
    if re.match(r"0(?:800|88|900)", figures):
        return "telefoon.organisatie" if phonenumbers.is_valid_number(number) else ""
    if phonenumbers.is_valid_number(number):
        return "telefoon"
    return "telefoon.vorm" if re.fullmatch(r"(?:0|(?:00)?31)[1-9]\d{8}", figures) else ""


# --- BSN and bank


_BSN = re.compile(
    r"(?<![\w€$])(?<![\d.,/+-][.,/-])(?<!\d )(?<!€ )"
    r"(?:\d{8,9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3}|\d{2}[. ]\d{3}[. ]\d{3})"
    r"(?![\w%])(?![.,-]\d)(?! \d)"
)
_NAMED = re.compile(
    r"\b(?:bsn\w*|burger ?service ?(?:nummer|nr)\w*|sofi\w*|persoonsnummer)\b", re.IGNORECASE
)
_PERSON = re.compile(
    r"\b(?:cli[eë]nte?|personen|persoon|persoons\w+|burger|inwoner|bewoner|bewoonster|betrokkene"
    r"|aanvrager|vreemdeling|geboren|identiteit\w*|legitimatie|paspoort|mevrouw|mw|dhr|heer)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\s*(?:euro|eur\b|mln|miljoen|miljard|inwoners|plekken|personen|kWh|m2|m3|km|,-)",
    re.IGNORECASE,
)


def _find_bsn(text: str) -> Iterator[Vermoeden]:
    for match in _BSN.finditer(text):
        figures = re.sub(r"\D", "", match[0])
        if not _is_bsn(figures):
            continue
        before = _before(text, match.start())
        other = _OTHER.search(before) or _AMOUNT.match(text, match.end())
        somebody = len(figures) == 9 or _PERSON.search(before)
        if _NAMED.search(before) or (somebody and not other):
            rule = f"bsn.{len(figures)}"
            yield Vermoeden(Soort.BSN, match.start(), match.end(), rule)


@cache
def _is_bsn(figures: str) -> bool:
    from stdnum.nl import bsn

    return bool(bsn.is_valid(figures))


_IBAN = re.compile(
    r"(?<!\w)[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?:[ -][A-Z0-9]{4}){2,7}(?:[ -][A-Z0-9]{1,3})?)(?!\w)",
    re.IGNORECASE,
)


def _find_iban(text: str) -> Iterator[Vermoeden]:
    from stdnum import iban

    for match in _IBAN.finditer(text):
        start, end = match.span()
        while end - start >= 15:
            found = text[start:end]
            if iban.is_valid(found, check_country=False):
                yield Vermoeden(Soort.IBAN, start, end, "iban")
                break
            end = start + max(found.rfind(" "), found.rfind("-"))


# --- addresses


_NUMBER = r"\d{1,5}(?:[ -]?[a-zA-Z]{1,2}|[ -](?:bis|[IVX]{1,4}|\d{1,4}))?"
_POSTCODE = r"[1-9]\d{3}(?: ?(?!S[ADS])[A-Z]{2}|[a-z]{2})(?![\w-]*[a-z])"
_ADDRESS = re.compile(
    rf"(?<![\w.,-])(?<!\d ){_NUMBER}(?:, ?| ?- | ?\(| te | in | )"
    rf"(?:NL-)?{_POSTCODE}(?!\w)(?!-[A-Z])"
    rf"|(?<![\w-]){_POSTCODE}(?:,? (?:nr\.?|no\.?|huisnummer|huisnr\.?) ?|, ?| ?- ?| )"
    r"\d{1,5}(?:[ -]?[a-zA-Z](?!\w)|-(?:[IVX]{1,4}|\d{1,4})(?!\w))?(?![\w%])(?![.,:]\d)"
)
_NO_HOUSE = re.compile(r"(?<!\w)(?:postbus|antwoordnummer|sinds|anno|in)\s*$", re.IGNORECASE)


def _find_addresses(text: str) -> Iterator[Vermoeden]:
    for match in _ADDRESS.finditer(text):
        if not _NO_HOUSE.search(text[max(match.start() - 20, 0) : match.start()]):
            yield Vermoeden(Soort.ADRES, match.start(), match.end(), "adres")


# --- licence plates


_SIDECODES = (
    *("XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9"),
    *("9-XXX-99", "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9"),
)
_OLD = 3
"""So many of the first sidecodes look like many a reference, and ask for a car nearby."""
_CONSONANT = "[BDFGHJKLMNPRSTVWXYZ]"


def _plate(codes: tuple[str, ...], letter: str, between: str) -> re.Pattern[str]:
    forms = "|".join(code.replace("-", between).replace("9", r"\d") for code in codes)
    return re.compile(rf"(?<![\w-])(?:{forms.replace('X', letter)})(?![\w-])")


_PLATE = _plate(_SIDECODES[_OLD:], _CONSONANT, "-")
_PLATE_NAMED = _plate(_SIDECODES, "[A-Z]", "[- ]?")
_CAR = re.compile(
    r"\b(?:kenteken\w*|\w*auto(?!\w{4})\w*|\w*wagen|\w*bus(?:je)?|voertuig\w*|park\w+|taxi"
    r"|slagboom|oldtimer|aanhanger|caravan|scooter|brommer|bromfiets|motor(?:fiets)?|rijdt)\b",
    re.IGNORECASE,
)


def _find_plates(text: str) -> Iterator[Vermoeden]:
    for match in _PLATE_NAMED.finditer(text):
        around = _before(text, match.start()) + text[match.end() : match.end() + _BEHIND]
        if "-" in match[0] and _PLATE.fullmatch(match[0]):
            yield Vermoeden(Soort.KENTEKEN, match.start(), match.end(), "kenteken")
        elif _CAR.search(around) and ("-" in match[0] or "kenteken" in around.lower()):
            yield Vermoeden(Soort.KENTEKEN, match.start(), match.end(), "kenteken.bij")
