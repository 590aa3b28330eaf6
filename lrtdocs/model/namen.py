"""Names as people type them: what is the name of a gemeente or a province, what stands around it.

The CBS writes "Utrecht (gemeente)", a list of addresses "Gemeente Utrecht" or "gem. Utrecht", a
letter before "Het college van B en W van Utrecht". "Provincie Utrecht" and "Gedeputeerde staten van
Utrecht" are never the gemeente of that name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PROVINCES = (
    ("PV20", "Groningen", "gr"),
    ("PV21", "Fryslân", "fr frl fri"),
    ("PV22", "Drenthe", "dr"),
    ("PV23", "Overijssel", "o ov"),
    ("PV24", "Flevoland", "fl"),
    ("PV25", "Gelderland", "gld gl"),
    ("PV26", "Utrecht", "u ut utr"),
    ("PV27", "Noord-Holland", "nh"),
    ("PV28", "Zuid-Holland", "zh"),
    ("PV29", "Zeeland", "z zl zld"),
    ("PV30", "Noord-Brabant", "nb"),
    ("PV31", "Limburg", "l lb"),
)
PROVINCIES = {code: name for code, name, _ in _PROVINCES}
"""The provinces by their code at the CBS."""
SHORT = {name: short for _, name, short in _PROVINCES}
"""How a province is written behind the name of a gemeente: "Hengelo (O.)"."""
CARIBBEAN = frozenset({"bonaire", "sinteustatius", "steustatius", "saba"})
"""The public bodies in the Caribbean, which are no gemeenten."""
WITHOUT_POSTCODE = CARIBBEAN | {"kralendijk", "oranjestad", "thebottom"}
"""The same, and their places."""
_SALUTATION = re.compile(
    r"(?:zeer |hoog|wel|hooggeleerde )*ge(?:ach|eer)te?\b|(?:wel|hoog)edel|hooggeleerde|weleerw"
    r"|excellentie|majesteit|koninklijke|beste\b|lieve\b|mijne? |dames\b|heren\b|dag\b|hallo|goede"
    r"|l\. ?s\.|dear\b|to whom|sirs?\b|madam|monsieur|sehr ge|achte\b|leave\b|bêste\b|aan ",
    re.IGNORECASE,
)
_BODY = re.compile(r"geachte? (?:college|bestuur|raad|staten|directie)\b", re.IGNORECASE)
_HE, _SHE = "heer|dhr|meneer|mijnheer", "mevrouw|mevr|mw|mej"
_GENDERS = {
    "m": re.compile(rf"\b(?:{_HE}|sir)\b|^(?:man|m|mannelijk)$", re.IGNORECASE),
    "v": re.compile(rf"\b(?:{_SHE}|madam)\b|^(?:vrouw|v|vrouwelijk)$", re.IGNORECASE),
}
_SIR = re.compile(rf"\b(?:{_HE}|{_SHE})\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"voorzitter|burgemeester|wethouder|minister|directeur|secretaris|griffier|commissaris"
    r"|president|professor|doctor|ambassadeur|gedeputeerde|notaris|rector|dijkgraaf",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"(?:de )?(?:(?i:{_HE}|{_SHE})\b|(?i:(?:mr|dr|ir|drs|ing|prof)\. ?)*[A-Z]\.)")
_NAME = re.compile(r"[^\W\d_]{2,}")
_NO_SURNAME = re.compile(
    r"geachte|of|de|den|der|van|het|te[rn]?|in|op|aan|l[ae]|[ea]l|von|d[ia]|dos|b[ie]n|en"
    rf"|{_HE}|{_SHE}|mr|[di]r|drs|ing|prof|bc|[bm]a|[bm]sc|mba|llm|phd",
    re.IGNORECASE,
)
BETWEEN = frozenset(
    (
        *(
            "van",
            "de",
            "der",
            "den",
            "het",
            "t",
            "ten",
            "ter",
            "te",
            "in",
            "op",
            "aan",
            "el",
            "al",
            "la",
        ),
        *(
            "le",
            "les",
            "von",
            "zu",
            "zur",
            "di",
            "da",
            "do",
            "dos",
            "das",
            "du",
            "des",
            "ben",
            "bin",
        ),
        *("ibn", "ait", "d", "l", "s", "v", "vd", "bij", "onder", "over", "uit", "voor"),
    )
)
"""What stands between given name and surname, folded, and is written in many ways."""
_COLLEGE = (
    r"(?:(?:het )?college(?: van)? )?(?:burgemeester (?:en|&) wethouders|b\.? ?(?:en|&) ?w\.?)"
    r"(?: van)? |(?:het )?college van "
)
_BEFORE = re.compile(
    rf"(?:{_COLLEGE})?(?:de )?(?:(?:gemeente:?|stad|gem) +|gem\. *)|(?:{_COLLEGE})", re.IGNORECASE
)
_BEHIND = re.compile(
    r"[ ,]*(?:\( *(?:gem(?:eente|\.)?|stad) *\)|[ ,]gem(?:eente|\.))$", re.IGNORECASE
)
_PROVINCE = re.compile(
    r"(?:(?:het )?college(?: van)? )?(?:gedeputeerde staten|g\.?s\.?)(?: van)?(?: de)?"
    r"(?: provincie)? +|(?:de )?(?:provincie|prov\.) *|(?=.* ?\((?:provincie|prov\.|pv)\)$)",
    re.IGNORECASE,
)
_PROVINCE_CODE = re.compile(r"\bPV ?(2[0-9]|3[01])\b", re.IGNORECASE)
_CODE = re.compile(
    r"[(\[]?\bGM ?([0-9]{1,4})\b[)\]]?|^([0-9]{4})\b|[(\[]?\b([0-9]{4})[)\]]?$", re.IGNORECASE
)


def bare_name(text: str) -> str:
    """Return the name in `text` without what says that it is of a gemeente."""
    text = " ".join(text.split())
    before = _BEFORE.match(text)
    if before is not None and before.end() < len(text):
        text = text[before.end() :]
    return _BEHIND.sub("", text) or text


def says_gemeente(text: str) -> bool:
    """Tell whether `text` says itself that it is of a gemeente: "Gemeente Ede"."""
    return bare_name(text) != " ".join(text.split())


def split_code(text: str) -> tuple[str, str]:
    """Return the code of a gemeente in `text` ("GM0228 Ede", "Ede (0228)"), and what is left."""
    match = _CODE.search(text)
    if match is None:
        return "", text
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip(" -–:;,\t\n")
    return f"GM{int(next(filter(None, match.groups()))):04}", rest


def judge_aanhef(text: str) -> str | None:
    """Return the message about a salutation that is none, or has no comma; None if it is good."""
    if _SALUTATION.match(text) is None:
        return "LRT663.geen"
    return None if text.endswith((",", "!", ".", ":")) else "LRT663.komma"


def contradicts(aanhef: str, who: str, title: str = "", *, of_body: bool = False) -> bool:
    """Tell whether the salutation `aanhef` is of somebody else than `who`, with the `title` given.

    What is not surely the name of a person is not compared. A person is no college, but may be
    `of_body`, which is.
    """
    person = _PERSON.match(who) is not None
    if _BODY.match(aanhef):
        return person and not of_body
    meant, told = _gender(aanhef), _gender(who) or _gender(title)
    if meant and told and meant != told:
        return True
    names = _surnames(aanhef)
    return person and bool(names) and names.isdisjoint(_folded_words(who))


def is_personal(aanhef: str) -> bool:
    """Tell whether the salutation names somebody: "Geachte heer De Vries,"."""
    return bool(_surnames(aanhef))


def says_sex(text: str) -> bool:
    """Tell whether `text` says heer, or mevrouw, and not both."""
    return bool(_gender(text))


def _gender(text: str) -> str:
    """Return "m" or "v" as `text` says it, or "" if it says neither or both."""
    said = {name for name, form in _GENDERS.items() if form.search(text)}
    return said.pop() if len(said) == 1 else ""


def _surnames(text: str) -> set[str]:
    """Return the names behind heer or mevrouw in `text`, folded; none where that is an office."""
    match = _SIR.search(text)
    if match is None or _OFFICE.search(text):
        return set()
    return _folded_words(text[match.end() :])


def _folded_words(text: str) -> set[str]:
    return {fold_letters(one) for one in _NAME.findall(text) if not _NO_SURNAME.fullmatch(one)}


@lru_cache(maxsize=2048)
def fold_letters(text: str) -> str:
    """Return only the letters and digits of `text`, without accents and capitals."""
    if text.isascii() and text.isalnum():
        return text.lower()
    text = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def fold_name(text: str) -> str:
    """Return `text` as names are compared: what is around it, accents and capitals left out."""
    return fold_letters(bare_name(text))


def find_provincie(text: str) -> str | None:
    """Return the code of the province that `text` says to be one: "PV26", "Provincie Utrecht"."""
    code = _PROVINCE_CODE.search(text)
    if code is not None:
        return f"PV{code[1]}"
    marked = _PROVINCE.match(text.strip())
    return name_provincie(text.strip()[marked.end() :].partition(" (")[0]) if marked else None


def name_provincie(text: str) -> str | None:
    """Return the code of the province called `text`, which may be the name of a gemeente too."""
    return _BY_NAME.get(fold_letters(text))


_BY_NAME = {fold_letters(name): code for code, name in PROVINCIES.items()} | {"friesland": "PV21"}
