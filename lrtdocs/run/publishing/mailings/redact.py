"""A mailing as its letters may be published: left out in the data, before any letter is filled.

What all letters share is redacted once; each recipient when its letter is made. A piece of a text
that is left out with words of the recipient in it, is sought as it would have stood in each letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs.documents.letter_texts import WordsError, value_at
from lrtdocs.documents.letters import pattern_words
from lrtdocs.messages import FaultError, problem
from lrtdocs.model.mailing import Mailing, Ondertekening
from lrtdocs.model.openbaar.blok import Openbaar, OpenbaarTabel
from lrtdocs.model.openbaar.marks import pieces_of
from lrtdocs.model.openbaar.mensen import names_worth_seeking
from lrtdocs.model.patroon import Woord, parse_line
from lrtdocs.model.tekst import FilledTekst, Tekstdeel, Woorddeel, parts_of
from lrtdocs.run.letters.plan import make_letter, with_taal, words_of
from lrtdocs.run.publishing.fields import Way
from lrtdocs.run.publishing.leaving import Known, Leaving
from lrtdocs.run.publishing.mailings.addressees import Addressees
from lrtdocs.run.publishing.redact import (
    Redacted,
    Redactor,
    marked_in,
    place_of_typed,
    redact_house,
)
from lrtdocs.source.build.reading import Fields, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.model.openbaar.omission import Omission
    from lrtdocs.model.tekst import Block, Inline
    from lrtdocs.model.vergadering import Loc
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.load.mailing import LoadedMailing

_HAND = "5.1.2e"
"""The ground for the picture of a signature, which is never published."""
_TITLED = re.compile(
    r"(?:(?:de )?heer|mevrouw|mevr\.?|mw\.?|dhr\.?|Mr\.?|Ms\.?|Mrs\.?)\s+"
    r"(?!en\b|of\b|or\b)[^,;:!]+",
    re.IGNORECASE,
)
"""Who is named in a salutation with a form of address."""
_WHAT = {
    "contactpersoon": "contactpersoon",
    "ondertekening": "naam van wie ondertekent",
    "kopie_aan": "naam bij wie een kopie krijgt",
    "bijlagen": "titel van een bijlage",
    "aanhef": "naam in een aanhef",
    "tekst": "tekst van een brief",
}
_TEXTS = ("tekst", "tekst_tot_slot", "slotalinea")


class _Marked(NamedTuple):
    """A piece with words of the recipient that is left out of the text at `loc`."""

    loc: Loc
    delen: tuple[str | Woord, ...]
    grond: str


@dataclass(slots=True)
class RedactedMailing:
    """A mailing of which what all letters share is redacted; the letters are made one by one.

    `loaded` is that mailing with the recipients as they are, for `walk`. What was left out of the
    letters that were walked is in `omissions`, once.
    """

    loaded: LoadedMailing
    _source: LoadedMailing
    _leaving: Leaving
    _addressees: Addressees
    _marked: tuple[_Marked, ...]
    withheld: tuple[str, ...] = ()
    _walked: bool = False

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """What was left out, of what letters share and of each."""
        return tuple(self._leaving.omissions)

    @property
    def unseen(self) -> tuple[str, ...]:
        """The words that were to be left out anywhere and that stand nowhere."""
        return tuple(each for each in self.block.weglaten if each not in self._leaving.words.seen)

    @property
    def block(self) -> Openbaar:
        """What the mailing says of its publication."""
        return self._source.model.openbaar or Openbaar()

    @property
    def shown(self) -> tuple[str, ...]:
        """What stands in the cells that are shown of the letters that were walked."""
        return tuple(self._addressees.shown)

    def as_redacted(self) -> Redacted:
        """Return what may be published, and what was left out, as of any file."""
        shown = self._addressees.shown  # the same may be left out of one and be told of another
        others = (text for one in self.omissions for text in one.texts if text in shown)
        marked = (*marked_in(self._source.model), *others)
        return Redacted(self.loaded, self.omissions, self.unseen, self.withheld, marked)

    def walk(
        self,
        chosen: Container[int] | None = None,
        tell: Callable[[Problem], object] = lambda _problem: None,
    ) -> Iterator[Letter]:
        """Yield the letters as they may be published, those that were `chosen`.

        What is left out of them is remembered the first time. `tell` hears of one that cannot be
        made without what is left out; that is passed over.
        """
        source, omissions = self._source, self._leaving.omissions
        for number, ontvanger in zip(source.walk_numbers(), source.recipients, strict=False):
            if chosen is None or number in chosen:
                before = len(omissions)
                try:
                    letter = self._make(ontvanger, number)
                except FaultError as error:
                    tell(_tell_needed(error, ontvanger.plaats_in_bestand))
                    continue
                except WordsError as error:
                    for each in error.faults:
                        tell(_tell_needed(each.error, ontvanger.plaats_in_bestand))
                    continue
                if self._walked:
                    del omissions[before:]
                yield letter
        self._walked = True

    def _make(self, ontvanger: Ontvanger, number: int) -> Letter:
        ontvanger = with_taal(self._source, ontvanger)
        letter = make_letter(self.loaded, self._addressees.redact(ontvanger), number)
        if self._marked:
            values = words_of(self._source, ontvanger, number)
            self._seek_filled({**pattern_words(ontvanger, number), **values}, letter)
        words = dict(letter.words)
        for name in ("betreft", "aanhef", "onze_referentie"):
            if isinstance(words.get(name), str):
                words[name] = self._leaving.line(str(words[name]), (name,), at=letter.place)
        for name in _TEXTS if self._leaving.words else ():
            text, before = words.get(name), len(self._leaving.omissions)
            if isinstance(text, FilledTekst):
                words[name] = self._leaving.tekst(text, ("tekst",))
            if name != "tekst":  # these are the same text once more
                del self._leaving.omissions[before:]
        return replace(letter, words=words)

    def _seek_filled(self, values: dict[str, object], letter: Letter) -> None:
        """Remember what would have stood in a letter where its words were left out."""
        values = {**self._source.mailing.velden, **values}
        for one in self._marked:
            try:
                text = "".join(
                    d if isinstance(d, str) else d.write(value_at(values, d.naam))
                    for d in one.delen
                )
            except FaultError:
                continue  # which is told where the letter itself is planned
            self._leaving.omit(one.loc, one.grond, text, at=letter.place)


def redact_mailing(loaded: LoadedMailing) -> RedactedMailing:
    """Return the mailing `loaded` without what may not be published of what its letters share."""
    table = loaded.house.huisstijl.openbaar or OpenbaarTabel()
    block = loaded.model.openbaar or Openbaar()
    reading = Reading(loaded.node, Fields(Mailing))
    leaving = Leaving(table, block, partial(place_of_typed, reading), call_part)
    redactor = MailingRedactor(leaving, table)
    redactor.learn(loaded.model)
    model = redactor.record(loaded.model, ())
    public = replace(
        loaded,
        model=model,
        house=redact_house(loaded.house, leaving),
        tabel=[one._replace(kop=leaving.line(one.kop, ("tabel",))) for one in loaded.tabel],
    )
    marked = tuple(_find_marked(loaded.model))
    addressees = Addressees(loaded, leaving)
    return RedactedMailing(public, loaded, leaving, addressees, marked, tuple(redactor.withheld))


class MailingRedactor(Redactor):
    """Walks over a mailing by its fields."""

    def __init__(self, leaving: Leaving, table: OpenbaarTabel) -> None:
        super().__init__(leaving, table)
        self._ways |= {Way.SIGNATURE: self._signature, Way.SALUTATION: self._salutation}

    def learn(self, model: Any) -> None:
        """Take in of whom it is decided already whether they are shown, and what is literal."""
        known, literal = self._learn_contacts(model.contactpersoon)
        translated = model.vertaling.ondertekening if model.vertaling else None
        for one in filter(None, (model.ondertekening, translated)):
            if one.naam:
                known.append(Known(names_worth_seeking(one.naam), self._ground_of_signer(one)))
        self.leaving.learn(sorted(known, key=lambda one: bool(one.grond)), literal)

    def _ground_of_signer(self, one: Ondertekening) -> str:
        """Return the ground for the name of who signs: by the function, or the office itself."""
        office = one.functie or one.ambt or ""
        return self.leaving.ground_of_person(one.naam or "", one.publiek, office)

    def _signature(self, one: Ondertekening, loc: Loc) -> Ondertekening:
        shown = self.record(one, loc)
        update: dict[str, str] = {}
        if one.naam and (ground := self._ground_of_signer(one)):
            names = names_worth_seeking(one.naam)
            update["naam"] = self.leaving.omit((*loc, "naam"), ground, one.naam, *names)
        if one.handtekening:
            at, what = (*loc, "handtekening"), "afbeelding van een handtekening"
            update["handtekening"] = self.leaving.omit(at, _HAND, one.handtekening, what=what)
        return shown.model_copy(update=update)

    def _salutation(self, text: str, loc: Loc) -> str:
        """Return how letters begin without who is named there; words of each come later."""
        shown = self.leaving.line(text, loc)
        named = None if "{" in shown else _TITLED.search(shown)
        if named is None or self.leaving.allows(named[0]):
            return shown
        ground = self.leaving.ground_of_person(named[0])
        if not ground:
            return shown
        mark = self.leaving.omit(loc, ground, named[0], *names_worth_seeking(named[0]))
        return shown[: named.start()] + mark + shown[named.end() :]


def _tell_needed(error: FaultError, place: Place) -> Problem:
    """Return the problem of a letter that is not the same without what is left out of it."""
    return problem("LRT812", error.place or place, None, reason=str(error))


# --- pieces that are left out with words of each recipient in them


def _find_marked(model: Mailing) -> Iterator[_Marked]:
    for loc, one in ((), model), (("vertaling",), model.vertaling):
        if one is None:
            continue
        lines: list[tuple[Loc, str | None]] = [
            (("betreft",), one.betreft),
            (("aanhef",), one.aanhef),
        ]
        lines += [(("bijlagen", at), each.titel) for at, each in enumerate(one.bijlagen)]
        lines += [(("kopie_aan", at), each.naam) for at, each in enumerate(one.kopie_aan)]
        for within, line in lines:
            for stuk in pieces_of(line or ""):
                delen = parse_line(stuk.tekst).delen if stuk.grond else ()
                yield from _with_words((*loc, *within), delen, stuk.grond)
        for block in one.tekst.blocks if one.tekst else ():
            yield from _marked_in([block], (*loc, "tekst"))


def _with_words(loc: Loc, delen: tuple[str | Woord, ...], grond: str) -> Iterator[_Marked]:
    if any(isinstance(deel, Woord) for deel in delen):
        yield _Marked(loc, delen, grond)


def _marked_in(nodes: Iterable[Block | Inline], loc: Loc) -> Iterator[_Marked]:
    """Yield the marked pieces among `nodes` and in them; neighbours on one ground are one."""
    delen: tuple[str | Woord, ...] = ()
    grond = ""
    for node in nodes:
        mark = getattr(node, "weglaten", None)
        if delen and (mark is None or mark.grond != grond):
            yield from _with_words(loc, delen, grond)
            delen = ()
        if mark is not None and isinstance(node, Tekstdeel):
            grond = mark.grond
            delen = (*delen, node.woord if isinstance(node, Woorddeel) else node.tekst)
        elif not isinstance(node, Tekstdeel):
            yield from _marked_in(parts_of(node), loc)
    yield from _with_words(loc, delen, grond)


def call_part(loc: Loc) -> str:
    """Return in Dutch what stands at `loc` in a mailing."""
    within = loc[1:] if loc[:1] == ("vertaling",) else loc
    first = str(within[0]) if within else ""
    return _WHAT.get(first, f"tekst bij '{first}'" if first else "gegevens van een ontvanger")
