"""Names of people nobody announced: by what they are called, their initials, or a label.

A name has no form of its own: `Bakker` is a trade, `A. Opening` an item, `Dr. Kuyperstraat` a
street. So one is only suspected behind mevrouw, heer or a title, behind initials, before them, or
behind what says that a person follows ("contactpersoon:"), and must begin with a capital.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs.model.namen import BETWEEN, fold_letters
from lrtdocs.model.openbaar.naamwoorden import AFKORTING, AMBT, ZINSBEGIN, words_of
from lrtdocs.model.openbaar.vermoeden import Soort, Vermoeden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_UPPER = f"[{''.join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())}]"
_GAP = r"(?:[ \t\xa0]+|[ \t]*\n[ \t]*(?=\S))"
"""What stands between the words of a name: a line may end there, a paragraph not."""
PREFIX = (
    r"(?<!\w)(?i:v\.? ?d\.?|v\.|['’‘`]t"
    rf"|{'|'.join(sorted(BETWEEN, key=len, reverse=True))})(?!\w)"
)
"""What stands between given name and surname: van der, v.d., 't."""
_PREFIXES = rf"(?:{PREFIX}{_GAP}?){{0,4}}"
_INITIAL = rf"(?:{_UPPER}|Th|Chr|Ph|Ch|IJ|Joh|Jac|Fr|Sj|Tj)\."
INITIALS = rf"(?<![\w.])(?:{_INITIAL}(?:-(?={_UPPER})|[ \xa0]?)){{1,6}}"
_WORD = rf"(?:[dl]['’])?{_UPPER}[^\W\d_]*(?:['’][^\W\d_]+){{0,2}}"
_MORE = rf"{_UPPER}[^\W\d_A-Z][^\W\d_]*(?:['’][^\W\d_]+){{0,2}}"
_FURTHER = r"(?:(?i:da|dos|das|el|al|bin|ben|ait|la|de la|van de[rn]?|de[rn]?|te[rn])[ ])?"
_NAME = (
    rf"{_PREFIXES}{_WORD}(?:[ ]?[-–][ ]?{_PREFIXES}{_WORD}){{0,3}}"
    rf"(?:{_GAP}{_FURTHER}{_MORE}(?:-{_PREFIXES}{_WORD}){{0,2}}){{0,2}}"
)
_TITLES = r"(?i:prof|drs?|mr|ir|ing|ds|mgr)"
_CALLED = (
    r"(?i:mevrouw|mevr\.?|mw\.?|mej\.?|mejuffrouw|heer|dhr\.?|hr\.|meneer|mijnheer|familie|fam\.)"
)
_BY_CALL = re.compile(
    rf"(?<![\w-]){_CALLED}{_GAP}(?P<name>(?:{_TITLES}\.?{_GAP}){{0,4}}(?:{INITIALS}{_GAP}?)?{_NAME})"
)
_SEVERAL = re.compile(
    rf"(?<![\w-])(?i:heren|dames|mesdames){_GAP}"
    rf"(?P<names>{_NAME}(?:, {_NAME}){{0,9}}(?:{_GAP}en{_GAP}{_NAME})?)"
)
_EACH = re.compile(_NAME)
_BY_TITLE = re.compile(
    rf"(?<![\w.-]){_TITLES}\.{_GAP}(?:{_TITLES}\.?{_GAP}){{0,4}}(?:{INITIALS}{_GAP}?)?{_NAME}"
)
_BY_INITIALS = re.compile(rf"(?P<initials>{INITIALS}){_GAP}?(?P<name>{_NAME})")
_BEFORE_INITIALS = re.compile(
    rf"(?<![\w.])(?P<name>{_WORD}(?:-{_WORD}){{0,3}}), (?P<initials>{INITIALS}){_PREFIXES}"
    rf"(?!\w|[ \xa0](?:{PREFIX} ?){{0,3}}{_UPPER})"
)
_BY_LABEL = re.compile(
    r"(?<![\w-])(?i:contactpersoon|behandelaar|behandeld door|opgesteld door|opsteller|auteur"
    r"|inspreker|notulist|gemachtigde|ondergetekende,?|getekend|was getekend|naam)[ ]*:?[ ]*"
    rf"(?P<name>{_UPPER}[^\W\d_]+(?:-{_WORD})?[ ]{_PREFIXES}{_MORE}(?:-{_WORD})?)"
)
_STREET = re.compile(
    r"(?<=\w)(?:straat(?:weg)?|laan|plein|gracht|singel|kade|dreef|steeg|school|college|lyceum)$"
    r"|(?<=\w)(?:weg|kerk|huis|hof|park|brug|poort|tunnel|prijs|fonds|stichting|wet)$(?P<soft>)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?<!\w)(?:de|het|een|deze|dit|die|dat|aan|in|onze|ons)\s$", re.IGNORECASE)
_ENUMERATES = re.compile(
    r"(?<!\w)(?:punt|bijlage|onderdeel|optie|variant|deel|scenario|groep|categorie|fase|stap|blok"
    r"|zaal|kamer|gebouw|niveau|type|klasse|figuur|tabel|hoofdstuk|afdeling|lid|sub|onder|plan|lijn"
    r"|perron|ingang|poort|hal|vleugel|toets|vitamine|locatie|kavel|perceel)\s$",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:ing(?:en)?|aties?|heid|heden|ment(?:en)?|iek|iën|ties?|lijst|punt(?:en)?|zaken|plan(?:nen)?"
    r"|stuk(?:ken)?|vragen?|conclusies?|verslag|bijlagen?|algemeen|overige?|stand|bouwen|verbouwen"
    r"|begroting|aanpak|doel(?:en)?|risico|achtergrond|besluit(?:en)?|akkoord|afspraken|acties?"
    r"|bureau|directie|team|gemeenten?|provincies?|ministerie|stichting|commissie|rijksdienst|dienst"
    r"|raad|wet|bedrijf|volgt|advies|beleid|onderwijs|zorg|wonen|werk|inkomen|asiel|opvang"
    r"|vaststellen|bespreken|sluiten|ingekomen|uitgaande|rondvraag|terugblik|actueel|actualiteiten"
    r"|voortgang|presentatie|vorige|nieuwe?|lopende|diversen|wvttk)$",
    re.IGNORECASE,
)
"""How what stands behind a letter of an enumeration, or of a short form, ends."""


def find_people(text: str) -> Iterator[Vermoeden]:
    """Yield what in `text` is the name of somebody, by how it is written."""
    for rule, find in _RULES.items():
        for start, end in find(text):
            yield Vermoeden(Soort.NAAM, start, end, rule)


def _by_call(text: str) -> Iterator[tuple[int, int]]:
    for match in _BY_CALL.finditer(text):
        words = name_words(match["name"])
        if words and words_of(AMBT).isdisjoint(words):  # "de heer A." is nobody any more
            yield match.span("name")
    for match in _SEVERAL.finditer(text):
        yield from (each.span() for each in _EACH.finditer(text, *match.span("names")))


def _by_title(text: str) -> Iterator[tuple[int, int]]:
    for match in _BY_TITLE.finditer(text):
        if not _is_street(text, match.end(), match[0]):
            yield match.span()


def _by_initials(text: str) -> Iterator[tuple[int, int]]:
    for match in _BY_INITIALS.finditer(text):
        if _is_after_initials(text, match):
            yield match.span()
    for match in _BEFORE_INITIALS.finditer(text):
        if fold_letters(match["initials"]) not in words_of(AFKORTING):
            yield match.span()


def _by_label(text: str) -> Iterator[tuple[int, int]]:
    for match in _BY_LABEL.finditer(text):
        if not _HEADING.search(match["name"].split()[0]):
            yield match.span("name")


_RULES: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    "naam.aanspreekvorm": _by_call,
    "naam.titel": _by_title,
    "naam.voorletters": _by_initials,
    "naam.label": _by_label,
}


_ONE_INITIAL = re.compile(rf"(?<!\w){_INITIAL}")
_NO_WORDS = frozenset(
    (
        *("mw", "mevr", "mevrouw", "mej", "mejuffrouw", "dhr", "hr", "heer", "heren", "meneer"),
        *("mijnheer", "prof", "dr", "drs", "mr", "ir", "ing", "ds", "mgr", "familie", "fam"),
    )
)
_WORDS = re.compile(r"[^\W\d_]{2,}")


def name_words(name: str) -> frozenset[str]:
    """Return the words in `name`, folded, without titles, initials and what stands between."""
    found = (fold_letters(word) for word in _WORDS.findall(re.sub(r"(?<=\w)['’]s\b", "", name)))
    return frozenset(found) - BETWEEN - _NO_WORDS


def initials_of(name: str) -> str:
    """Return the initials in `name`, folded; "" if there are none."""
    found = (fold_letters(one) for one in _ONE_INITIAL.findall(name))
    return "".join(one for one in found if one not in _NO_WORDS)


def _is_street(text: str, end: int, name: str, *, called: bool = False) -> bool:
    """Tell whether `name`, which ends at `end`, is what a street or a school is called after.

    Surnames end in -huis and -weg too: those are a street with a number, or `called` so.
    """
    match = _STREET.search(name)
    if match is None:
        return False
    return match["soft"] is None or called or re.match(r"\s\d", text[end : end + 2]) is not None


def _is_after_initials(text: str, match: re.Match[str]) -> bool:
    """Tell whether `match`, a name behind initials, is one, and no item, sentence or short form."""
    name, letters = match["name"], fold_letters(match["initials"])
    before = text[max(match.start() - 16, 0) : match.start()]
    article = _ARTICLE.search(before) is not None
    if letters in words_of(AFKORTING) or _is_street(text, match.end(), name, called=article):
        return False
    last = name.split()[-1]
    if len(last) < 2 or _HEADING.search(last):
        return False
    if len(letters) > 1:
        return True
    begins = name[0].isupper() and fold_letters(name.split()[0]) in words_of(ZINSBEGIN)
    return not (article or begins or _ENUMERATES.search(before))
