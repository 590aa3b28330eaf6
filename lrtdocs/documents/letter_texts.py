"""The texts of a mailing in which words of each recipient stand, and what becomes of them.

They are read once for all letters. Of one letter they are filled with its words; what a column of
the list says for one recipient goes before what the mailing says for all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

from lrtdocs.documents.words import Words, to_words
from lrtdocs.messages import FaultError
from lrtdocs.model.ontvanger import OF_MAILING
from lrtdocs.model.patroon import Patroon, Woord, parse_line
from lrtdocs.model.stuk import Bijlage
from lrtdocs.model.tekst import (
    TABEL,
    Alinea,
    Filled,
    FilledTekst,
    Tekst,
    WordTekst,
    add_table,
    has_table,
)
from lrtdocs.model.value import Value

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import date

    from lrtdocs.errors import Place
    from lrtdocs.model.mailing import Mailing
    from lrtdocs.model.tekst import MakeTabel

LINES = ("betreft", "aanhef", "bijlagen", "kopie_aan")
"""The texts of one line in which words may stand."""
WITH_WORDS = (*LINES, "tekst")
"""The keys of a mailing in which words may stand."""
MADE = ("betreft", "aanhef")
"""What is made first, and is then a word in the other texts."""
IN_TEXTS = (*MADE, "dagtekening", "onze_referentie", "uw_referentie", "gemeente", "taakstelling")
"""The words in texts that are what the letter says, whatever the list has."""
_SPLIT = re.compile(r"[;\n\r]+")
_NO_ANNEX = cast("Words", to_words(Bijlage(titel="")))


class WordFault(NamedTuple):
    """A word that cannot be printed: of which key of the mailing, its value, and why not."""

    key: str
    woord: Woord
    value: object
    error: FaultError


class WordsError(Exception):
    """A letter of which words cannot be printed; `faults` are all of them."""

    def __init__(self, faults: list[WordFault]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return " ".join(f"{each.woord}: {each.error}" for each in self.faults)


@dataclass(frozen=True)
class LetterTexts:
    """The texts of one mailing, parsed.

    `columns` are those of `OF_MAILING` that the list has. `teksten` are the texts of paragraphs by
    their word, those with words of the recipient only; `woorden` are these words as typed, and of
    the `optional` ones nothing is left in a letter where they are empty.
    """

    columns: frozenset[str]
    dagtekening: date | None
    betreft: Patroon | None
    aanhef: Patroon | None
    bijlagen: tuple[tuple[Words, Patroon], ...]
    kopie_aan: tuple[Patroon, ...]
    teksten: Mapping[str, WordTekst]
    woorden: Mapping[str, Woord]
    optional: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        mailing: Mailing,
        subject: str | None,
        columns: Container[str],
        place: Place | None = None,
    ) -> LetterTexts:
        """Return the texts of `mailing`, whose list has these `columns`.

        Without a subject of its own it has that `subject`. Its text stands at `place`.
        """
        given = mailing.betreft or subject
        teksten = {
            name: WordTekst.of(tekst, place)
            for name, tekst in split_tekst(text_of(mailing)).items()
            if isinstance(tekst, Tekst) and tekst.woorden
        }
        whole = teksten.get("tekst")
        every = whole.woorden if whole else ()
        parts = [part for part in every if part.woord != Woord(TABEL)]
        alone = whole.alone if whole else frozenset()
        often = Counter(part.tekst for part in parts)
        return cls(
            frozenset(name for name in OF_MAILING if name in columns),
            mailing.dagtekening,
            _parse(given) if given else None,
            _parse(mailing.aanhef) if mailing.aanhef else None,
            tuple((cast("Words", to_words(one)), _parse(one.titel)) for one in mailing.bijlagen),
            tuple(_parse(one.naam) for one in mailing.kopie_aan),
            teksten,
            {part.tekst: part.woord for part in parts},
            frozenset(part.tekst for part in alone if often[part.tekst] == 1),
        )

    @cached_property
    def personal(self) -> frozenset[str]:
        """The words that each letter has of itself: they may be other ones than in the next."""
        read = {key for key, one in self.lines() if one.delen not in {(), (one.source,)}}
        return frozenset({*self.columns, *read, *self.teksten})

    def words(self) -> Iterator[Woord]:
        """Yield the words in all texts."""
        yield from (each for _, each in self._placed())

    def asked(self) -> list[tuple[str, str]]:
        """Return each word that must be there, once for each key of the mailing it stands under."""
        placed = ((key, woord.naam) for key, woord in self._placed() if key != "tekst")
        sure = (woord.naam for typed, woord in self.woorden.items() if typed not in self.optional)
        return list(dict.fromkeys([*placed, *(("tekst", name) for name in sure)]))

    def _placed(self) -> Iterator[tuple[str, Woord]]:
        for key, patroon in self.lines():
            yield from ((key, part) for part in patroon.delen if isinstance(part, Woord))
        yield from (("tekst", woord) for woord in self.woorden.values())

    def lines(self) -> Iterator[tuple[str, Patroon]]:
        """Yield the lines of the mailing, each with its key."""
        yield from ((key, one) for key in MADE if (one := getattr(self, key)) is not None)
        yield from (("bijlagen", one) for _, one in self.bijlagen)
        yield from (("kopie_aan", one) for one in self.kopie_aan)


def _parse(text: str) -> Patroon:
    """Read a line; one with a wrong word, of which is told elsewhere, is text."""
    try:
        return parse_line(text)
    except FaultError:
        return Patroon(text, (text,))


def text_of(mailing: Mailing) -> Tekst | None:
    """Return the text of `mailing`, with a place for the table of rows if it asks for one."""
    return add_table(mailing.tekst) if mailing.tabel else mailing.tekst


def split_tekst(tekst: Tekst | None) -> Words:
    """Return the text, and in two: its last paragraph, which stays with the signature, and before.

    A text that ends in a list or a table has no such paragraph.
    """
    blocks = tekst.blocks if tekst else ()
    last = blocks[-1] if blocks else None
    if not isinstance(last, Alinea) or last.kop or has_table(last):
        return {"tekst": tekst, "tekst_tot_slot": tekst, "slotalinea": None}
    before, closing = Tekst("", blocks[:-1]), Tekst("", blocks[-1:])
    return {"tekst": tekst, "tekst_tot_slot": before or None, "slotalinea": closing}


@dataclass(slots=True)
class Filling:
    """The texts of one letter on their way: its `values`, and what could not be printed.

    `tabel` makes the table of its rows, if it has any.
    """

    texts: LetterTexts
    values: Words
    tabel: MakeTabel | None = None
    faults: list[WordFault] = field(default_factory=list)

    def words(self, given: str | None, salutation: str) -> Words:
        """Return the words of the letter that are texts.

        It begins as `given` for this recipient, or as the mailing says, or with `salutation`.
        """
        texts, personal = self.texts, self.texts.personal
        day = self._day()
        self.values |= {"dagtekening": day or texts.dagtekening}
        betreft = self.own("betreft") or self.line("betreft", texts.betreft)
        aanhef = given or self.line("aanhef", texts.aanhef) or salutation
        self.values |= {"betreft": betreft, "aanhef": aanhef}
        made: Words = {"aanhef": aanhef}
        if "betreft" in personal:
            made["betreft"] = betreft
        if "bijlagen" in personal:
            made["bijlagen"] = self._annexes()
        if "kopie_aan" in personal:
            own = self.own("kopie_aan")
            lines = (self.line("kopie_aan", one) for one in texts.kopie_aan)
            made["kopie_aan"] = split_cell(own) if own else list(lines)
        if day:
            made["dagtekening"] = day
        if texts.teksten:
            woorden = {typed: self.write("tekst", one) for typed, one in texts.woorden.items()}
            filled = Filled(woorden, self.tabel)
            made |= {name: FilledTekst(one, filled) for name, one in texts.teksten.items()}
        return made

    def own(self, name: str) -> str | None:
        """Return what a column of the list says for this recipient only, on one line, or None."""
        value = self.values.get(name) if name in self.texts.columns else None
        return value if isinstance(value, Value) and value.strip() else None

    def line(self, key: str, patroon: Patroon | None) -> str | None:
        """Return a pattern or a line of the mailing, that under `key`; None for none."""
        if patroon is None:
            return None
        return "".join(d if isinstance(d, str) else self.write(key, d) for d in patroon.delen)

    def write(self, key: str, woord: Woord) -> str:
        """Return what is printed of a word in the text under `key`."""
        value = value_at(self.values, woord.naam)
        try:
            return woord.write(value)
        except FaultError as error:
            self.faults.append(WordFault(key, woord, value, error))
            return ""

    def _annexes(self) -> list[Words]:
        own = self.own("bijlagen")
        if own:
            return [{**_NO_ANNEX, "titel": titel} for titel in split_cell(own)]
        return [
            {**words, "titel": self.line("bijlagen", one)} for words, one in self.texts.bijlagen
        ]

    def _day(self) -> date | None:
        own = self.own("dagtekening")
        try:
            return cast("Value", own).date if own else None
        except FaultError as error:
            self.faults.append(WordFault("dagtekening", Woord("dagtekening"), own, error))
            return None


def split_cell(text: str) -> list[str]:
    """Return what a cell names: a line, or what stands between two signs ;, is one."""
    return [one for part in _SPLIT.split(text) if (one := " ".join(part.split()))]


def value_at(values: Mapping[str, object], name: str) -> object:
    """Return the value of a word, of a part of one ("taakstelling.aantal"), or None."""
    root, _, part = name.partition(".")
    value = values.get(root)
    if not part:
        return value
    return value.get(part) if isinstance(value, Mapping) else None
