"""The words that the texts and the template of one mailing may use, each with an example."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lrtdocs.documents.letter_texts import MADE, WordsError, value_at
from lrtdocs.documents.letters import letter_fields, pattern_words
from lrtdocs.messages import FaultError
from lrtdocs.model.patroon import parse_woord
from lrtdocs.model.value import Soort, Value, text_of
from lrtdocs.run.letters.plan import known_words, words_of
from lrtdocs.word.house.vocabulary import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.documents.words import Words
    from lrtdocs.model.veld import Field
    from lrtdocs.run.load.mailing import LoadedMailing

_PERCENT = "percentage"
_ASKS: dict[str, str] = {Soort.DATUM: "datum", Soort.GETAL: "getal", Soort.BEDRAG: "bedrag"}
"""The filter that prints a value of each kind well."""
_AMOUNT = re.compile(r"(?:^|_)(?:\w*bedrag|euro|eur|subsidie|kosten|vergoeding)(?:_|$)")


@dataclass(slots=True)
class _Seen:
    """What one word was for all recipients: its first value, its kinds, how many have it."""

    first: object = None
    kinds: frozenset[str] = frozenset()
    filled: int = 0

    def see(self, value: object) -> None:
        """Take in the value of the next recipient."""
        if value is None or not text_of(value).strip():
            return
        self.filled += 1
        self.first = value if self.first is None else self.first
        self.kinds |= {_kind(value)}


def _kind(value: object) -> str:
    """Return what kind of value this is, as people call it."""
    meaning = value.meaning if isinstance(value, Value) else value
    if isinstance(meaning, bool):
        return Soort.JA_NEE
    if isinstance(meaning, dt.date):
        return Soort.DATUM
    if isinstance(meaning, int | Decimal):
        text = text_of(value)
        if text.endswith("%"):
            return _PERCENT
        return Soort.BEDRAG if "€" in text else Soort.GETAL
    return Soort.TEKST


_OF_LETTER = (*MADE, "onze_referentie")
"""Words of which nothing is known where a letter cannot be made."""


def describe_words(loaded: LoadedMailing) -> list[Entry]:
    """Return an entry for each word that the texts of a mailing may use, and its template too."""
    columns, letters = loaded.recipients.columns, 0
    known = known_words(loaded, {*columns, "naam", "code", "volgnummer"})
    unmade = 0
    seen = {name: _Seen() for name in [*columns, *sorted(known - {*columns})] if name in known}
    for number, ontvanger in zip(loaded.walk_numbers(), loaded.recipients, strict=False):
        letters += 1
        made: Words = {}
        with suppress(WordsError):  # of that the check tells
            made = words_of(loaded, ontvanger, number)
        unmade += not made
        day = {"dagtekening": loaded.mailing.dagtekening}
        values = {**loaded.mailing.velden, **pattern_words(ontvanger, number), **day, **made}
        for name, each in seen.items():
            if made or name not in _OF_LETTER:
                each.see(value_at(values, name))
    return [
        _describe(name, each, loaded, letters - (unmade if name in _OF_LETTER else 0))
        for name, each in seen.items()
        if each.filled or name in columns
    ]


def _describe(name: str, seen: _Seen, loaded: LoadedMailing, letters: int) -> Entry:
    kind = _kind_of_column(name, seen, loaded)
    asks = _ASKS.get(kind)
    woord = f"{name}:{asks}" if asks and name != "volgnummer" else name
    missing = letters - seen.filled
    gaps = f"leeg bij {missing} van de {letters}" if missing else "altijd ingevuld"
    tag = woord.replace(":", " | ")
    return Entry(
        name=name,
        facts=f"{kind}, {gaps}",
        meaning=_meaning(name, loaded),
        example=_example(woord, seen.first),
        tags=(f"{{{woord}}}", f"{{{{ {tag} }}}}"),
    )


def _kind_of_column(name: str, seen: _Seen, loaded: LoadedMailing) -> str:
    """Return the kind of a word: as the mailing says, or else as its cells all are."""
    table = loaded.recipients.table
    said = {
        heading.key: loaded.mailing.kolommen[text]
        for heading in (table.headings if table else ())
        for text in loaded.mailing.kolommen
        if text.casefold() == heading.text.casefold()
    }
    soort = said[name].soort if name in said else None
    kinds = seen.kinds - ({Soort.GETAL} if Soort.BEDRAG in seen.kinds else frozenset())
    kind = soort or (next(iter(kinds)) if len(kinds) == 1 else Soort.TEKST)
    return Soort.BEDRAG if kind == Soort.GETAL and _AMOUNT.search(name) else kind


def _meaning(name: str, loaded: LoadedMailing) -> str:
    table = loaded.recipients.table
    heading = next((one for one in (table.headings if table else ()) if one.word == name), None)
    if heading is not None and name not in MADE:
        return f"Kolom '{heading.text}' van de lijst."
    if name in loaded.mailing.velden:
        return "Uit 'velden' van de mailing."
    root, _, part = name.partition(".")
    fields: Sequence[Field] = letter_fields(counted=loaded.verdeling is not None)
    field = next((one for one in fields if one.name == root), None)
    if part and field is not None:
        field = next((one for one in field.parts if one.name == part), None)
    return field.meaning if field else ""


def _example(woord: str, value: object) -> str:
    """Return the first value as it stands in the list, and as it would be printed."""
    if value is None:
        return ""
    text = str(text_of(value))
    try:
        printed = parse_woord(woord).write(value)
    except FaultError:
        return text
    return text if printed == text else f"{text} → {printed}"


def tell_words(loaded: LoadedMailing) -> Iterator[str]:
    """Yield what to say before the words of a mailing."""
    yield (
        "Dit zijn de woorden van deze verzending. Zet ze zoals {naam} in tekst, betreft, aanhef, "
        "bijlagen en kopie_aan, of zoals {{ naam }} in een eigen sjabloon."
    )
    yield f"Wat een eigen sjabloon nog meer kent, noemt: lrtdocs sjabloon velden {loaded.kind}"
