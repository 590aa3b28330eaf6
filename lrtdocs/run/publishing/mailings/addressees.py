"""A recipient as the letter to it may be published: a body stays, a person is left out whole.

The table `RECIPIENT` says what becomes of each field. Who has a code, is a body of government, or
stands in the column of organisations is a body, and so is a name that says so itself. Anybody else
is a person: name, address, salutation, and whatever else the list knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs.language import Taal
from lrtdocs.model.ontvanger import KOLOMMEN, NAAMDELEN, Ontvanger, Rij
from lrtdocs.model.openbaar.blok import Mens
from lrtdocs.model.openbaar.gronden import mark_of
from lrtdocs.model.openbaar.mensen import is_body, is_company, kind_of_person, names_worth_seeking
from lrtdocs.model.openbaar.woorden import Seeker, fold
from lrtdocs.model.value import Value, Withheld
from lrtdocs.run.publishing.fields import RECIPIENT, Way
from lrtdocs.source.sheet import normalize_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lrtdocs.errors import Place
    from lrtdocs.model.geadresseerde.persoon import Persoon
    from lrtdocs.model.openbaar.keuze import Keuze
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.run.publishing.leaving import Leaving

_PRIVACY = "5.1.2e"
_COLUMNS = frozenset(kolom.name for kolom in KOLOMMEN)
_NAME_PARTS = frozenset(kolom.name for kolom in NAAMDELEN) - {"aanspreekvorm"}
_HOME = tuple(name for name, way in RECIPIENT.items() if way is Way.HOME)
_SHARED = frozenset({"plaats", "land"})
"""What of an address is left out, and is no secret by itself: it is that of many."""
_IN_TEXT = ("aanschrijfnaam", "naam_in_tekst")
"""The words that a person in parts is in a text."""
_OF_LETTER = frozenset({"dagtekening", "onze_referentie"})
"""What a list says of a letter itself, by which it is known."""
_OPENING = re.compile(r"\s*(?P<word>[^\W\d_]+)\s+(?P<rest>.*?)(?P<end>[\s,:;.!]*)", re.DOTALL)
_NOBODY = frozenset(
    """
    aan ambassadeur ambassador and bestuur bestuursleden bewoner bewoners board burgemeester
    college collega collegae collegas colleges colleague colleagues commissaris commissie
    council dames de dijkgraaf directeur directie directors en gedeputeerde gedeputeerden
    geachte general griffier heer heren het huisgenoten ladies gentlemen leden lezer madam mayor
    medebewoner mensen member members mevrouw minister ministers of omwonende omwonenden
    ontvanger or organisatie organisation ouder ouders partner partners raad raadsleden relatie
    secretaris sir sirs staatssecretaris staten statenleden the to van voorzitter wethouder
    wethouders
    """.split()  # noqa: SIM905 - a list of this length is read better so
)
"""The words of a salutation that names nobody."""
_WORDS = re.compile(r"\w+")
_SURE = 4
"""So many letters or figures a cell has at least that is worth seeking by itself."""
_OF = {
    Way.ADDRESSEE: "naam van een ontvanger",
    Way.PERSON: "naam van voor wie een brief is",
    Way.HOME: "adres van een ontvanger",
    Way.SALUTATION: "naam in een aanhef",
    Way.OWN: "gegevens van een ontvanger",
}


@dataclass(frozen=True, slots=True)
class PublicOntvanger(Ontvanger):
    """A recipient of whom the address is left out: one mark stands for all of it."""

    @property
    def adresregels(self) -> tuple[str, ...]:
        """The lines under "Aan": who, as far as that may be told, and a mark."""
        home = (getattr(self, name) for name in _HOME)
        marks = [str(each) for each in home if isinstance(each, Withheld)]
        return tuple(line for line in (*self._who(), *marks[:1]) if line)


class _Who(NamedTuple):
    """Who a recipient is: `name` and `rest` are the grounds for leaving those out, or "".

    `private` says that it is a person and no body. `names` are the words by which the person is
    sought in what else is told, `known` those of a body, which may stand in a salutation.
    """

    private: bool
    name: str
    rest: str
    names: Seeker
    known: frozenset[str]
    place: Place
    taal: Taal
    in_parts: bool = False

    @property
    def ground(self) -> str:
        """The ground for what is left out of somebody."""
        return self.name or self.rest or _PRIVACY


class Addressees:
    """Redacts the recipients of the mailing `loaded`, as `leaving` says."""

    def __init__(self, loaded: LoadedMailing, leaving: Leaving) -> None:
        self._loaded, self.leaving = loaded, leaving
        self._said = {
            normalize_heading(name): kind.publiek
            for name, kind in loaded.mailing.kolommen.items()
            if kind.publiek.gezegd
        }
        tables = (loaded.recipients.table, loaded.recipients.row_table)
        headings = [heading for table in tables if table for heading in table.headings]
        self._keys = {heading.word: heading.key for heading in headings}
        self._company = self.leaving.table.weglaten.get(Mens.BEDRIJF, "")
        self.shown: set[str] = set()
        self._gone: dict[Way, list[str]] = {}
        self._grounds: dict[Way, str] = {}
        self._handlers: dict[Way, Callable[[str, Any, _Who], Any]] = {
            Way.LINE: lambda _, value, who: self._line(value, who),
            Way.ADDRESSEE: self._name,
            Way.PERSON: self._attention,
            Way.HOME: self._home,
            Way.SALUTATION: self._salutation,
            Way.OWN: self._own,
        }

    def redact(self, ontvanger: Ontvanger) -> Ontvanger:
        """Return what may be published of `ontvanger`, and remember what was left out."""
        who, self._gone, self._grounds = self._find_who(ontvanger), {}, {}
        values: dict[str, Any] = {}
        for each in fields(Ontvanger):
            value = getattr(ontvanger, each.name)
            way = RECIPIENT[each.name]
            if value in (None, "", ()) and way is not Way.SALUTATION:
                values[each.name] = value
            elif each.name in _COLUMNS or each.name == "groep":
                values[each.name] = self._cell(each.name, value, who, way)
            elif way is Way.COLUMNS:
                values[each.name] = self._columns(value, who)
            elif way is Way.ROWS:
                values[each.name] = tuple(self._row(rij, who) for rij in value)
            else:
                values[each.name] = value
        if who.name and ontvanger.persoon:
            self._leave_person(ontvanger, ontvanger.persoon, who, values)
        self._remember(who)
        hidden = any(isinstance(values[name], Withheld) for name in _HOME)
        return PublicOntvanger(**values) if hidden else Ontvanger(**values)

    # --- who it is

    def _find_who(self, ontvanger: Ontvanger) -> _Who:
        persoon, naam = ontvanger.persoon, ontvanger.naam or ""
        organisation = ontvanger.organisatie or ""
        private = not (ontvanger.is_body or organisation) and self._is_person(ontvanger)
        name = rest = ""
        if private:
            kind = kind_of_person(naam)
            kind = Mens.BURGER if kind is Mens.AMBTENAAR else kind
            name = "" if self.leaving.allows(naam) else self.leaving.table.ground_of(kind)
            rest = name or _PRIVACY
        elif organisation and self._company and is_company(organisation):
            private, name, rest = (
                not self.leaving.allows(organisation),
                self._company,
                self._company,
            )
        elif persoon is not None and not self.leaving.allows(persoon.aanschrijfnaam):
            name = self.leaving.ground_of_person(persoon.aanschrijfnaam or naam)
        elif organisation and naam and fold(naam) != fold(organisation):
            name = self.leaving.ground_of_person(naam)
        names = dict.fromkeys(_names_of(ontvanger, persoon), name) if name else {}
        attention = ontvanger.ter_attentie_van
        if attention and (ground := self.leaving.ground_of_person(attention)):
            names |= dict.fromkeys(names_worth_seeking(attention), ground)
            rest = rest or ground
        worth = {each: ground for each, ground in names.items() if len(fold(each)) >= _SURE - 1}
        taal = Taal(ontvanger.taal or self._loaded.mailing.taal)
        words = () if private else _WORDS.findall(f"{naam} {organisation}")
        known = frozenset(map(fold, words))
        place, parted = ontvanger.plaats_in_bestand, persoon is not None
        return _Who(private, name, rest, Seeker(worth), known, place, taal, parted)

    def _is_person(self, ontvanger: Ontvanger) -> bool:
        naam = ontvanger.naam or ""
        if ontvanger.persoon is not None:
            return True
        company = is_company(naam) and not self._company
        return bool(naam) and not (is_body(naam) or company)

    # --- one cell

    def _cell(self, word: str, value: Any, who: _Who, way: Way) -> Any:
        """Return what may be published of a column or of a cell in it, in the type that it has."""
        handler = self._handlers.get(way)
        return handler(word, value, who) if handler else value

    def _leave(self, way: Way, word: str, value: Any, ground: str, *more: str) -> Withheld:
        """Return the mark in the place of `value`, and remember it for later."""
        self._gone.setdefault(way, []).extend([str(value), *more])
        self._grounds.setdefault(way, ground)
        return Withheld.of(mark_of(ground), value or mark_of(ground), word)

    def _line(self, value: Any, who: _Who) -> Any:
        """Return `value` without what is left out anywhere, and without who it is for."""
        shown = self.leaving.line(value, (), at=who.place)
        for spot in reversed(who.names.find(shown)):
            self._leave(Way.ADDRESSEE, "", shown[spot.begin : spot.end], spot.grond)
            shown = shown[: spot.begin] + mark_of(spot.grond) + shown[spot.end :]
        if str(shown) != str(value):
            return shown
        self.shown.add(str(value))
        return value

    def _name(self, word: str, value: Any, who: _Who) -> Any:
        if not who.name or (word == "groep" and not who.private):
            return self._line(value, who)
        parts = () if who.in_parts else names_worth_seeking(value)
        return self._leave(Way.ADDRESSEE, word, value, who.name, *parts)

    def _attention(self, word: str, value: Any, who: _Who) -> Any:
        ground = self.leaving.ground_of_person(value)
        if not ground:
            return self._line(value, who)
        return self._leave(Way.PERSON, word, value, ground, *names_worth_seeking(value))

    def _home(self, word: str, value: Any, who: _Who) -> Any:
        if not who.private or self.leaving.allows(value):
            return self._line(value, who)
        if word in _SHARED:
            return self._leave(Way.HOME, word, "", who.ground)
        return self._leave(Way.HOME, word, value, who.ground, *value.split("\n"))

    def _salutation(self, _word: str, value: Any, who: _Who) -> Any:
        """Return how the letter begins: of who is left out by a mark, where the list says it."""
        if not value:
            return value
        return self._open_letter(value, who.ground if who.name or who.rest else "", who)

    def _open_letter(self, text: str, ground: str, who: _Who) -> str:
        """Return the salutation `text` without a name in it, unless that may be told."""
        match = _OPENING.fullmatch(text)
        words = set(map(fold, _WORDS.findall(match["rest"]))) if match else set()
        if match is None or words <= _NOBODY | who.known:
            return str(self._line(text, who))
        ground = ground or self.leaving.ground_of_person(match["rest"])
        if not ground or self.leaving.allows(text):
            return str(self._line(text, who))
        gone = match["rest"]
        self._leave(Way.SALUTATION, "aanhef", gone, ground, *names_worth_seeking(gone))
        return f"{match['word']} {mark_of(ground)}{match['end']}"

    def _own(self, word: str, value: Any, who: _Who) -> Any:
        """Return a cell of which the mailing may say itself whether it is public."""
        said: Keuze | None = self._said.get(self._keys.get(word, word))
        somebody = who.private or bool(who.name or who.rest)
        if word in _OF_LETTER or (said is not None and said.ja):
            return self._line(value, who)
        if said is not None or who.private or (word == "email" and somebody):
            default = who.ground if somebody else self.leaving.table.grond
            ground = said.grond if said is not None else ""  # one that says no is not true
            return self._leave(Way.OWN, word, value, ground or default)
        if word == "kopie_aan":
            return self.leaving.names(value, (), at=who.place)
        return self._line(value, who)

    # --- all cells of a recipient

    def _columns(self, extra: Mapping[str, Value], who: _Who) -> dict[str, Value]:
        return {word: self._of_list(word, value, who) for word, value in extra.items()}

    def _of_list(self, word: str, value: Value, who: _Who) -> Any:
        """Return a cell of the list as a value: one that is empty is not left out."""
        if not str(value).strip():
            return value
        if word in _NAME_PARTS:
            # of the parts only surnames are worth seeking, and those are told with the person
            shown: Any = self._line(value, who)
            if who.name:
                self._leave(Way.ADDRESSEE, word, "", who.name)
                shown = Withheld.of(mark_of(who.name), value, word)
        else:
            shown = self._cell(word, value, who, RECIPIENT.get(word, Way.OWN))
        if isinstance(shown, Value):
            return shown
        return Value(str(shown), at=value.pack()[2])

    def _row(self, rij: Rij, who: _Who) -> Rij:
        words = {word: self._of_list(word, value, who) for word, value in rij.woorden.items()}
        return Rij(rij.plaats, words)

    def _leave_person(
        self, ontvanger: Ontvanger, persoon: Persoon, who: _Who, values: dict[str, Any]
    ) -> None:
        """Take a person in parts out of `values`, with all that is made of the parts."""
        mark = mark_of(who.name)
        made = [*_names_of(ontvanger, persoon)]
        values["persoon"] = None
        for word in _IN_TEXT:
            values["extra"] = {
                **values["extra"],
                word: self._leave(Way.ADDRESSEE, word, mark, who.name, *made),
            }
        if not who.private and not ontvanger.ter_attentie_van:
            values["ter_attentie_van"] = self._leave(
                Way.PERSON, "ter_attentie_van", mark, who.name, persoon.attention_in(who.taal)
            )
        mailing = self._loaded.mailing.in_taal(who.taal)
        if who.private and not ontvanger.aanhef and mailing.aanhef is None:
            said = persoon.aanhef_in(who.taal)
            values["aanhef"] = self._open_letter(said, who.name, who) if said else None

    def _remember(self, who: _Who) -> None:
        """Tell `leaving` what was left out of a recipient, the same of one kind together."""
        for way, texts in self._gone.items():
            worth = [text for text in texts if _is_worth_seeking(text, way)]
            self.leaving.omit(
                (), self._grounds[way], *worth, what=_OF[way], at=self._place(way, who.place)
            )

    def _place(self, way: Way, place: Place) -> Place:
        """Return the cell of a recipient that is left out, or that which names it."""
        table = self._loaded.recipients.table
        names = (name for name, other in RECIPIENT.items() if other is way and name in _COLUMNS)
        found = next((name for name in names if table is not None and table.has(name)), None)
        return table.place_in(place, found) if table is not None and found else place


def _names_of(ontvanger: Ontvanger, persoon: Persoon | None) -> Iterator[str]:
    """Yield the ways in which a recipient who is left out may be named, the longest first."""
    if persoon is None:
        yield from names_worth_seeking(ontvanger.naam or "")
        return
    yield persoon.aanschrijfnaam
    for taal in Taal:
        yield from (persoon.name_in(taal), *persoon.lines_in(taal), persoon.attention_in(taal))
    own = " ".join(filter(None, (persoon.voorvoegsel, persoon.achternaam)))
    theirs = " ".join(filter(None, (persoon.voorvoegsel_partner, persoon.achternaam_partner)))
    yield from filter(None, (own, theirs, persoon.achternaam, persoon.achternaam_partner))


def _is_worth_seeking(text: str, way: Way) -> bool:
    """Tell whether `text` is no word or figure that stands anywhere."""
    if text.startswith("[5."):
        return False
    size = sum(map(str.isalnum, text))
    return size >= (_SURE if way in {Way.OWN, Way.HOME} else 2)
