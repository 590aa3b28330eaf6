"""A person as a list has him in parts, and how the state writes to him by them.

The rules are those of the national register of persons (BRP): the salutation, the name above the
address and the name within a text follow from sex, initials, prefix, surname, noble title and
whose surname is used. Sex is never guessed: without it nothing says heer or mevrouw. A prefix is
printed as it is recorded, and begins with a capital only where it begins the name.

The register knows no academic titles. Before and behind the name above the address they stand as
usual, and a predicate before them; a salutation and a text leave them out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from lrtdocs.language import Taal
from lrtdocs.model.namen import fold_letters

UNKNOWN = "."
"""What the register has for a name that is not known."""


class Geslacht(StrEnum):
    """The sex of a person, as far as it is known."""

    MAN = "m"
    VROUW = "v"
    ONBEKEND = ""


class Naamgebruik(StrEnum):
    """Whose surname somebody uses, by the letters of the BRP."""

    EIGEN = "E"
    PARTNER = "P"
    PARTNER_EIGEN = "V"
    EIGEN_PARTNER = "N"


class Adel(NamedTuple):
    """A noble title or predicate as it was typed, which may be that of the other sex.

    `man` and `vrouw` are its forms, `geboren` begins the salutation. `courtesy` is the title that a
    woman who uses the name of her partner has by his.
    """

    man: str
    vrouw: str
    geboren: str
    predicate: bool = False
    courtesy: str = ""

    def form(self, geslacht: Geslacht) -> str:
        """Return the form that goes with `geslacht`, or "" if there is none."""
        return {Geslacht.MAN: self.man, Geslacht.VROUW: self.vrouw}.get(geslacht, "")

    def aanhef(self, geslacht: Geslacht) -> str:
        """Return how a letter to its bearer begins, or "" if that cannot be said."""
        if self.geboren == _HOOGHEID:
            return _HOOGHEID
        who = {Geslacht.MAN: "heer", Geslacht.VROUW: "vrouwe"}.get(geslacht)
        return f"{self.geboren} {who}" if who else ""


_HOOGHEID = "Hoogheid"
_HOOGWEL, _HOOG = "Hoogwelgeboren", "Hooggeboren"
_TITLES = (
    # code, other code, man, vrouw, salutation
    ("B", "BS", "baron", "barones", _HOOGWEL),
    ("G", "GI", "graaf", "gravin", _HOOG),
    ("H", "HI", "hertog", "hertogin", _HOOGWEL),
    ("M", "MI", "markies", "markiezin", _HOOGWEL),
    ("P", "PS", "prins", "prinses", _HOOGHEID),
)
RIDDER = Adel("ridder", "", _HOOGWEL)
JONKHEER = Adel("jonkheer", "jonkvrouw", _HOOGWEL, predicate=True)
_ADEL = {"r": RIDDER, "ridder": RIDDER}
_ADEL |= dict.fromkeys(("jh", "jhr", "jonkheer", "jv", "jkvr", "jonkvrouw"), JONKHEER)
for _of_him, _of_her, _man, _vrouw, _geboren in _TITLES:
    _ADEL |= dict.fromkeys(
        (_of_him.lower(), _man), Adel(_man, _vrouw, _geboren, courtesy=_vrouw)
    ) | dict.fromkeys((_of_her.lower(), _vrouw), Adel(_man, _vrouw, _geboren))
_ADEL["bi"] = _ADEL["bs"]


def find_adel(text: str) -> Adel | None:
    """Return the noble title or predicate that `text` says, as a word or by its code in the BRP."""
    return _ADEL.get(fold_letters(text))


_IN_ENGLISH = {Geslacht.MAN: "Mr", Geslacht.VROUW: "Ms"}


@dataclass(frozen=True, slots=True)
class Persoon:
    """A person in parts. `adel` is the own title, `adel_partner` that of the partner.

    `aanspreekvorm` is a line above the name that the list has itself.
    """

    achternaam: str
    geslacht: Geslacht = Geslacht.ONBEKEND
    voorletters: str = ""
    voorvoegsel: str = ""
    titel_voor: str = ""
    titel_achter: str = ""
    adel: Adel | None = None
    achternaam_partner: str = ""
    voorvoegsel_partner: str = ""
    adel_partner: Adel | None = None
    naamgebruik: Naamgebruik = Naamgebruik.EIGEN
    aanspreekvorm: str = ""

    @property
    def aanhef(self) -> str:
        """How a letter begins: "Geachte heer De Vries,"; "" if the name that is used is unknown."""
        noble = self._courtesy or self._own
        said = noble.aanhef(self.geslacht) if noble else ""
        if said:
            return f"{said},"
        if not self._first_known:
            return ""
        before = {Geslacht.MAN: "heer", Geslacht.VROUW: "mevrouw"}.get(self.geslacht)
        names = self._names(titled=False)
        if before:
            return f"Geachte {before} {_capital(names)},"
        return f"Geachte {self._unsexed(names)},"

    @property
    def aanschrijfnaam(self) -> str:
        """The name above an address: "drs. J. de Vries", "Jonkheer J. van den Hove"."""
        if not self._first_known:
            return ""
        predicate = self._predicate_first
        names = self._names(titled=True, but_predicate=bool(predicate))
        before = _join(predicate, self.titel_voor, self.voorletters)
        name = _join(before, names, self.titel_achter)
        return name if self.titel_voor and not predicate else _capital(name)

    @property
    def naam_in_tekst(self) -> str:
        """The name within a sentence: "de heer De Vries", "barones van den Hove"."""
        if not self._first_known:
            return ""
        names = self._names(titled=True)
        if self._title_first:
            return names
        before = {Geslacht.MAN: "de heer", Geslacht.VROUW: "mevrouw"}.get(self.geslacht)
        if before:
            return f"{before} {_capital(names)}"
        return self._unsexed(names)

    @property
    def hoffelijk(self) -> str:
        """The line above the name of a noble person: "De hoogwelgeboren vrouwe"; else ""."""
        courtesy = self._courtesy if self._usage is not Naamgebruik.EIGEN else None
        noble = courtesy or self._own
        if noble is None or (noble is RIDDER and self.geslacht is Geslacht.VROUW):
            return ""
        said = noble.aanhef(self.geslacht)
        return f"De {said[0].lower()}{said[1:]}" if said else ""

    @property
    def adresregels(self) -> tuple[str, ...]:
        """The lines of the person above an address: "De heer J. de Vries"."""
        above, name = self.aanspreekvorm or self.hoffelijk, self.aanschrijfnaam
        if above:
            return (above, _capital(name))
        before = {Geslacht.MAN: "De heer", Geslacht.VROUW: "Mevrouw"}.get(self.geslacht)
        if before:
            return (f"{before} {name}",)
        return (_capital(name),)

    @property
    def ter_attentie_van(self) -> str:
        """The person on one line behind "t.a.v.": "de heer J. de Vries"."""
        *above, name = self.adresregels
        line = _join(*above, name)
        return line if line == self.aanschrijfnaam else line[:1].lower() + line[1:]

    def _unsexed(self, names: str) -> str:
        """Return `names` of somebody of whom neither heer nor mevrouw is said."""
        return _join(self.voorletters, names) if self.voorletters else _capital(names)

    def aanhef_in(self, taal: Taal) -> str:
        """Return how a letter in `taal` begins: in English "Dear Mr De Vries,"."""
        if taal is Taal.NL or not self._first_known:
            return self.aanhef
        before, names = _IN_ENGLISH.get(self.geslacht), self._names(titled=False)
        if before:
            return f"Dear {before} {_capital(names)},"
        return f"Dear {self._unsexed(names)},"

    def name_in(self, taal: Taal) -> str:
        """Return the name within a sentence in `taal`: in English "Ms De Vries"."""
        before = _IN_ENGLISH.get(self.geslacht)
        if taal is Taal.NL or not before or not self._first_known:
            return self.naam_in_tekst
        return f"{before} {_capital(self._names(titled=False))}"

    def lines_in(self, taal: Taal) -> tuple[str, ...]:
        """Return the lines of the person above a letter in `taal`: "Mr J. de Vries"."""
        before = _IN_ENGLISH.get(self.geslacht)
        if taal is Taal.NL or self.aanspreekvorm or not before:
            return self.adresregels
        return (f"{before} {self.aanschrijfnaam}",)

    def attention_in(self, taal: Taal) -> str:
        """Return the person on one line behind "t.a.v.", or "Attn" in English."""
        return self.ter_attentie_van if taal is Taal.NL else _join(*self.lines_in(taal))

    @property
    def _usage(self) -> Naamgebruik:
        """Whose surname is used; the own one where that of the partner is not known."""
        known = _is_known(self.achternaam_partner)
        return self.naamgebruik if known else Naamgebruik.EIGEN

    @property
    def _first_known(self) -> bool:
        return self._usage is Naamgebruik.PARTNER or _is_known(self.achternaam)

    @property
    def _courtesy(self) -> Adel | None:
        """The title of the partner, for a woman who uses that name and may have its female form."""
        theirs = self.adel_partner
        uses = self.geslacht is Geslacht.VROUW and self.naamgebruik is not Naamgebruik.EIGEN
        return theirs if uses and theirs and theirs.courtesy else None

    @property
    def _own(self) -> Adel | None:
        """The own title or predicate, where it may be used.

        Not with the name of the partner alone; a woman has no predicate beside a partner.
        """
        if self.adel is None or self._usage is Naamgebruik.PARTNER:
            return None
        beside = self.achternaam_partner or self.naamgebruik is not Naamgebruik.EIGEN
        hers = self.adel.predicate and self.geslacht is Geslacht.VROUW
        return None if hers and beside else self.adel

    @property
    def _own_form(self) -> str:
        return self._own.form(self.geslacht) if self._own else ""

    @property
    def _own_first(self) -> bool:
        return self._usage in {Naamgebruik.EIGEN, Naamgebruik.EIGEN_PARTNER}

    @property
    def _predicate_first(self) -> str:
        """The predicate, where it begins the whole name."""
        first = self._own_first and self._own is not None and self._own.predicate
        return self._own_form if first else ""

    @property
    def _title_first(self) -> str:
        """The title or predicate in front of the names, if there is one."""
        if self._own_first:
            return self._own_form
        return self._courtesy.courtesy if self._courtesy else ""

    def _names(self, *, titled: bool, but_predicate: bool = False) -> str:
        """Return the surnames as they are used, each with its prefix, and its title if `titled`."""
        title = self._own_form if titled and not but_predicate else ""
        own = _join(title, _surname(self.voorvoegsel, self.achternaam))
        courtesy = self._courtesy.courtesy if titled and self._courtesy else ""
        theirs = _surname(self.voorvoegsel_partner, self.achternaam_partner)
        partner = _join(courtesy, theirs)
        return {
            Naamgebruik.EIGEN: own,
            Naamgebruik.PARTNER: partner,
            Naamgebruik.PARTNER_EIGEN: f"{partner}-{own}",
            Naamgebruik.EIGEN_PARTNER: f"{own}-{partner}",
        }[self._usage]


def _is_known(name: str) -> bool:
    return name not in {"", UNKNOWN}


def _surname(prefix: str, name: str) -> str:
    """Return a surname with its prefix, which stands against it in "d'Ancona"."""
    return f"{prefix}{name}" if prefix.endswith(("'", "\u2019")) else _join(prefix, name)


def _join(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _capital(text: str) -> str:
    """Return `text` with a capital in front; "'t Hart" stays as it is."""
    first = 2 if text.startswith("ij") else 1
    return text[:first].upper() + text[first:]


# --- the parts, as they are typed


_DIGRAPHS = frozenset({"th", "chr", "ph", "ch", "ij", "sj", "tj", "joh", "fr", "st", "wm"})
"""First names are cut short to more than one letter here: "Th.", "Chr."."""
_PARTS = re.compile(r"[^\W\d_]+|[-‐]")
_ONLY_INITIALS = re.compile(r"[^\W\d_]{1,5}|(?:[^\W\d_]{1,3}[. -]+)+[^\W\d_]{0,3}\.?")


def initials_of(voornamen: str) -> str:
    """Return the initials of first names: "Anne-Fleur Belle" → "A.B.".

    A name of one letter has no more than that, and gets no full stop: "Elise Q" → "E.Q".
    """
    names = voornamen.split()
    if names == [UNKNOWN]:
        return UNKNOWN
    return "".join(name if len(name) == 1 else f"{name[0]}." for name in names)


def mend_initials(text: str) -> str | None:
    """Return initials as they are printed ("JP" → "J.P.", "th" → "Th."); None if `text` is none.

    What was typed with capitals keeps its small letters: "A.b.M." stays.
    """
    text = " ".join(text.split())
    if _ONLY_INITIALS.fullmatch(text) is None:
        return None
    small = text == text.lower()
    mended = []
    for part in _PARTS.findall(text):
        if part in "-‐":
            mended.append("-")
            continue
        told = part.lower() in _DIGRAPHS and (part != part.upper() or part == "IJ")
        if not told and len(part) > 1 and part != part.upper() and not (small and len(part) == 2):
            return None
        if told:
            mended.append(
                "IJ." if part.lower() == "ij" else f"{part[0].upper()}{part[1:].lower()}."
            )
            continue
        rest = part.upper() if small else part
        if rest.startswith("IJ"):
            mended.append("IJ.")
            rest = rest[2:]
        mended += [f"{letter}." for letter in rest]
    return "".join(mended)


_SEXES = {
    Geslacht.MAN: "m man mannelijk male dhr deheer heer hr meneer mijnheer",
    Geslacht.VROUW: "v vrouw vrouwelijk f female mw mevr mevrouw mej mejuffrouw",
    Geslacht.ONBEKEND: "x o u onbekend unknown onb anders neutraal genderneutraal nonbinair "
    "nietbinair divers geen nvt onzijdig ongespecificeerd",
}
_BY_WORD = {word: sex for sex, words in _SEXES.items() for word in words.split()}


def find_geslacht(text: str) -> Geslacht | None:
    """Return the sex that `text` says, as a letter, a word or "dhr."; None if it says none."""
    return _BY_WORD.get(fold_letters(text))


_USAGES = {
    Naamgebruik.EIGEN: "e eigen eigennaam eigenachternaam eigengeslachtsnaam",
    Naamgebruik.PARTNER: "p partner partnernaam naampartner achternaampartner geslachtsnaampartner",
    Naamgebruik.PARTNER_EIGEN: "v partnereigen partnervooreigen partnernaamvooreigennaam "
    "partnernaameigennaam geslachtsnaampartnervooreigengeslachtsnaam pe",
    Naamgebruik.EIGEN_PARTNER: "n eigenpartner partnernaeigen partnernaamnaeigennaam "
    "eigennaampartnernaam geslachtsnaampartnernaeigengeslachtsnaam ep",
}
_BY_USAGE = {word: usage for usage, words in _USAGES.items() for word in words.split()}


def find_naamgebruik(text: str) -> Naamgebruik | None:
    """Return whose surname `text` says to use ("partner-eigen", "V"), or None if it says none."""
    return _BY_USAGE.get(fold_letters(text))


_BEFORE = (
    "drs. mr. ir. ing. dr. prof. bc. ds. em. h.c. mag. lic. kand. "
    "gen. kol. lkol. maj. kap. past. rabbi imam pater kardinaal mgr. pr. z.em."
)
_BEHIND = (
    "BA BSc BBA BEd BEng BASc BFA BMus BN MA MSc MBA MEd MEng MPhil MPA MPM MPS MSW MMus MFA MRE "
    "MD MTh MLE MCM MUAD EMBA LLB LLM PhD DSc DBA EngD PDEng Ad RA RE RC RO RV RT RB AA AAG CPC "
    "CFA CIA CISA CISSP PMP"
)


def _key(title: str) -> str:
    return title.replace(".", "").casefold()


_KNOWN_BEFORE = {_key(title): title for title in reversed(_BEFORE.split())}
_KNOWN_BEHIND = {_key(title): title for title in _BEHIND.split()}
_APART = re.compile(r"[,;/\s]+")


def mend_titles(text: str, *, behind: bool = False) -> tuple[str, str]:
    """Return titles before or `behind` a name as they are written, and the first not known.

    "Prof dr" → "prof. dr.", "msc, llm" → "MSc LLM". An unknown one stays as it was typed.
    """
    known = _KNOWN_BEHIND if behind else _KNOWN_BEFORE
    parts = text if behind else re.sub(r"(?<=[a-z])\.(?=[A-Za-z]{2})", ". ", text)
    mended, unknown = [], ""
    for title in filter(None, _APART.split(parts)):
        right = known.get(_key(title))
        unknown = unknown or ("" if right else title)
        mended.append(right or title)
    return " ".join(mended), unknown
