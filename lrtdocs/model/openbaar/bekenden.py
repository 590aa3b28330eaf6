"""The names of known people in a text, however they are written there.

A list of those present says "Mw. Van den Heuvel-Bos", the minutes "V.d. Heuvel", "Heuvel-Bos's" or
"van den heuvel". Each word of a name is sought by itself, folded: without accents, with umlauts
written out, ij as y, a genitive, one letter wrong in a long name. Many a Dutch surname is a word as
well: those are only a name with a capital.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.namen import BETWEEN, fold_letters
from lrtdocs.model.openbaar.naamwoorden import AMBT, GEEN_NAAM, OOK_WOORD, words_of
from lrtdocs.model.openbaar.personen import INITIALS, PREFIX
from lrtdocs.model.openbaar.vermoeden import Soort, Vermoeden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_CALLED = re.compile(
    r"(?<!\w)(?:de heer|heer|dhr|hr|meneer|mijnheer|mevrouw|mevr|mw|mej|mejuffrouw|mr|drs?|ir|ing"
    r"|prof|ds)\b\.?|\([^()]*\)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_GENITIVE = re.compile(r"['’]s?$")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"})
_BARE = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d"})
_SPELT = (
    (re.compile(r"uij|uy"), "ui"),
    (re.compile(r"eij|ey"), "ei"),
    (re.compile(r"aij|ay"), "ai"),
    (re.compile(r"ij|y"), "ei"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""What is one sound, and is spelt in several ways."""
_LONG, _RATHER_LONG = 7, 5
"""A word of at least so many letters is still known with one of them wrong, or two swapped."""
_LONGEST = 40
_PHRASES = re.compile(r"(?:groen\s+licht(?!\s+toe)|post\s+nl)\b", re.IGNORECASE)
_INITIALS_BEFORE = re.compile(rf"{INITIALS}\Z")
_PREFIX = re.compile(rf"{PREFIX}[\s-]*")
_BEHIND = re.compile(rf",\s(?P<initials>{INITIALS})?(?:{PREFIX} ?)*(?<! )(?!\w)")
_PREFIXED = re.compile(rf"(?:{PREFIX}[\s-]*)+\Z")
_BODY_BEFORE = re.compile(
    r"(?<!\w)(?:gemeenten?|provincie|waterschap|regio|rechtbank|locatie|azc|station|plaats|dorp)"
    r" (?:van |de )?\Z",
    re.IGNORECASE,
)
_STARTS = re.compile(r"(?:\A|[.!?:\n*|(\"“‘']|(?<!\S)[-–•]) *\Z")
_CALLED_BEFORE = re.compile(rf"(?i:heer|dhr\.?|mevrouw|mevr\.?|mw\.?|{PREFIX}|{INITIALS})\s*\Z")
_WITH_VAN = frozenset(("van", "vande", "vanden", "vander", "vant", "vd", "v"))
_SOMEBODY_BEFORE = re.compile(
    r"(?<!\w)(?:heer|dhr\.?|hr\.|mevrouw|mevr\.?|mw\.?|collega|volgens|namens|aldus)\s\Z",
    re.IGNORECASE,
)
_BETWEEN_WORDS = " -–\xa0"


class _Word(NamedTuple):
    """A word of the name of somebody, folded, and the `prefix` that stands before it.

    It is `also_word` if it is a word without a capital.
    """

    folded: str
    person: int
    also_word: bool = False
    prefix: str = ""


class Bekenden:
    """People by name, made ready to be found in any number of texts."""

    def __init__(self, names: Iterable[str]) -> None:
        self._words: dict[str, list[_Word]] = {}
        self._spelt: dict[str, list[_Word]] = {}
        self._near: dict[str, list[_Word]] = {}
        self._short: set[str] = set()
        self._initials: dict[int, str] = {}
        self._known: dict[str, list[_Word]] = {}
        for person, name in enumerate(dict.fromkeys(names)):
            self._add(person, name)

    def _add(self, person: int, name: str) -> None:
        bare = _CALLED.sub(" ", name).strip()
        given = re.match(INITIALS, bare)
        words = _WORD.findall(bare[given.end() :] if given else bare)
        surnames = [word for word in words if fold_letters(word) not in BETWEEN]
        own = [word for word in surnames if not _is_no_name(word)]
        if not own and _CALLED.match(name):  # "Mw. Dijkgraaf" is no office
            own = surnames
        if not own:
            return
        prefix = ""
        for word in words:
            if fold_letters(word) in BETWEEN:
                prefix += fold_letters(word)
                continue
            if word in own:
                self._add_word(_fold(word), word, person, prefix)
            prefix = ""
        for form in {_fold("".join(words))} | ({_fold("".join(own[:2]))} if own[2:] else set()):
            if len(words) > 1:  # written as one: DeVries, Annemarie
                self._words.setdefault(form, []).append(_Word(form, person))
        letters = "".join(filter(str.isalpha, given[0] if given else ""))
        if not letters and len(own) > 1 and words[0] == own[0]:
            letters = own[0][0]
        self._initials[person] = letters
        between = "".join(word[0].lower() for word in words if fold_letters(word) in BETWEEN)
        if letters and (between or len(letters) > 2):  # JdV, and PJMK, but no AB
            first = letters[0] if between else letters
            self._short.add(f"{first}{between}{own[-1][0].upper()}")

    def _add_word(self, folded: str, word: str, person: int, prefix: str) -> None:
        if len(folded) < 2:
            return
        also_word = folded in words_of(OOK_WOORD) | words_of(AMBT) or len(folded) < 4
        found = _Word(folded, person, also_word, prefix)
        for one in {folded, _fold(word.lower().translate(_UMLAUTS))}:
            self._words.setdefault(one, []).append(found)
            if len(one) > 3:
                self._spelt.setdefault(_spell(one), []).append(found)
        if len(folded) >= _RATHER_LONG and not also_word:
            for one in (folded, *_shorter(folded)):
                self._near.setdefault(one, []).append(found)

    # --- one word

    def _find(self, word: str) -> list[_Word]:
        """Return whose name `word` is, in any spelling."""
        if len(word) > _LONGEST:
            return []
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> list[_Word]:
        folded = _fold(_GENITIVE.sub("", word))
        if not word[0].isupper():
            return self._words.get(folded, [])
        genitive = len(folded) > 3 and folded.endswith("s")
        for one in (folded, folded[:-1]) if genitive else (folded,):
            spelt = self._spelt.get(_spell(one)) if len(one) > 3 else None
            if found := self._words.get(one) or spelt:
                return found
        if len(folded) < _RATHER_LONG or word.isupper():
            return []
        tries = (each for one in (folded, *_shorter(folded)) for each in self._near.get(one, ()))
        return [each for each in tries if _is_near(folded, each.folded)][:1]

    # --- a text

    def find(self, text: str) -> Iterator[Vermoeden]:
        """Yield each place in `text` where one of these people is named."""
        begin = end = -1
        words = {one for one in set(_WORD.findall(text)) if one in self._short or self._find(one)}
        for match in _WORD.finditer(text) if words else ():
            if match[0] not in words:
                continue
            found = self._find(match[0])
            if not found:
                yield Vermoeden(Soort.WEGGELATEN, *match.span(), "weggelaten.afkorting")
                continue
            goes_on = begin >= 0 and not text[end : match.start()].strip(_BETWEEN_WORDS)
            if not (goes_on or _counts(text, match, found, self._find)):
                continue
            start, stop = self._widen(text, match, found)
            if begin >= 0 and (goes_on or not text[end:start].strip(_BETWEEN_WORDS)):
                end = max(end, stop)
                continue
            if begin >= 0:
                yield Vermoeden(Soort.WEGGELATEN, begin, end, "weggelaten")
            begin, end = start, stop
        if begin >= 0:
            yield Vermoeden(Soort.WEGGELATEN, begin, end, "weggelaten")

    def _widen(self, text: str, match: re.Match[str], found: list[_Word]) -> tuple[int, int]:
        """Return from where to where the name stands of which `match` is a word."""
        start, end = match.span()
        around = _PREFIXED.search(text[max(start - 40, 0) : start])
        before = (
            max((_own_prefix(around[0], one.prefix) for one in found), key=len) if around else ""
        )
        start -= len(before)
        initials = _INITIALS_BEFORE.search(text[max(start - 24, 0) : start])
        start -= len(initials[0]) if initials else 0
        letters = {f"{self._initials.get(one.person, '')} " for one in found} - {" "}
        start -= next((len(one) for one in letters if text.endswith(one, 0, start)), 0)
        behind = None if before else _BEHIND.match(text, end)
        if behind and (behind["initials"] or any(one.prefix for one in found)):
            end = behind.end()
        return start, end


def _counts(
    text: str,
    match: re.Match[str],
    found: list[_Word],
    find: Callable[[str], list[_Word]],
) -> bool:
    """Tell whether a word of a name is one here: not "groen licht", "Wit-Rusland", "Jong en"."""
    start, end = match.span()
    before, behind = text[max(start - 24, 0) : start], text[end : end + 24]
    folded = _fold(_GENITIVE.sub("", match[0]))
    if all(one.folded != folded for one in found):  # "Janssen Vaccines" is not Jansen
        other = re.match(r" ([^\W\d_]+)", behind)
        if other and other[1].istitle() and not find(other[1]):
            return _CALLED_BEFORE.search(before) is not None
    if _BODY_BEFORE.search(before):
        return False
    if not all(one.also_word for one in found):
        return True
    if not match[0][0].isupper():  # "van der linde", "volgens bakker", but not "de graaf"
        if _SOMEBODY_BEFORE.search(before):
            return True
        around = _PREFIXED.search(before)
        prefix = fold_letters(around[0]) if around else ""
        return any(one.prefix == prefix != "" and prefix not in BETWEEN for one in found)
    joined = re.match(r"-([^\W\d_]+)", behind)
    if _PHRASES.match(text, start) or (joined and not find(joined[1])):
        return False
    if not all(one.prefix for one in found) or not _STARTS.search(before):
        return True
    return _PREFIXED.search(before) is not None or _BEHIND.match(text, end) is not None


def _own_prefix(typed: str, prefix: str) -> str:
    """Return the end of `typed`, words that may be a prefix, that is the `prefix` of somebody.

    One with van may be any other with van, and v.d. is each of them.
    """
    starts = [match.start() for match in _PREFIX.finditer(typed)] if prefix else []
    for start in starts:
        folded = fold_letters(typed[start:])
        if prefix.endswith(folded) or (prefix.startswith("van") and folded in _WITH_VAN):
            return typed[start:]
    return ""


def _is_no_name(word: str) -> bool:
    """Tell whether `word`, in a list of people, is an organisation or an office."""
    return (word.isupper() and len(word) > 1) or fold_letters(word) in words_of(GEEN_NAAM)


def _fold(text: str) -> str:
    return fold_letters(text.lower().translate(_BARE))


def _spell(folded: str) -> str:
    """Return `folded` as it sounds."""
    for pattern, written in _SPELT:
        folded = pattern.sub(written, folded)
    return folded


def _shorter(word: str) -> Iterator[str]:
    """Yield `word` without each of its letters in turn."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _is_near(one: str, other: str) -> bool:
    """Tell whether two words differ in one letter, or in two that changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    longest = max(len(one), len(other))
    begin = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    one, other = one[begin:], other[begin:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    if swapped or longest < _LONG:
        return swapped
    return other[1:] in {one[1:], one} or one[1:] == other
