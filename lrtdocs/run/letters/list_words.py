"""The words that the texts and the template of one mailing may use, each with an example."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from lrtdocs.documents.letter_texts import MADE, WordsError, value_at
from lrtdocs.documents.letters import letter_fields, pattern_words
from lrtdocs.documents.rows import TOTAL, filled_rows
from lrtdocs.messages import FaultError
from lrtdocs.model.ontvanger import KOLOMMEN
from lrtdocs.model.patroon import parse_woord
from lrtdocs.model.value import Soort, Value, text_of
from lrtdocs.run.letters.plan import known_words, words_of
from lrtdocs.word.house.vocabulary import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lrtdocs.documents.words import Words
    from lrtdocs.model.ontvanger import Rij
    from lrtdocs.model.veld import Field
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.source.sheet.table import Table

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
    rows = _Rows()
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
        rows.see(filled_rows(ontvanger.rijen or (), loaded.row_columns))
    table = loaded.recipients.table
    entries = [
        _describe(name, each, loaded, letters - (unmade if name in _OF_LETTER else 0), table)
        for name, each in seen.items()
        if each.filled or name in columns
    ]
    return [*entries, *_describe_rows(rows, loaded)]


@dataclass(slots=True)
class _Rows:
    """What the columns of the rows were in all letters: how many rows, and the words of each."""

    count: int = 0
    seen: dict[str, _Seen] = field(default_factory=dict)

    def see(self, rijen: Iterable[Rij]) -> None:
        """Take in the rows of the next letter."""
        for rij in rijen:
            self.count += 1
            for name, value in rij.woorden.items():
                self.seen.setdefault(name, _Seen()).see(value)


def _describe_rows(rows: _Rows, loaded: LoadedMailing) -> Iterator[Entry]:
    """Yield the entry of the rows that go together in a letter, with one for each column."""
    grouping = loaded.recipients.grouping
    passed = {kolom.name for kolom in KOLOMMEN} | {grouping.word if grouping else ""}
    shown = {name: each for name, each in rows.seen.items() if name not in passed}
    if not shown:
        return
    table = loaded.recipients.row_table
    columns = tuple(
        _describe(name, each, loaded, rows.count, table, "rij.") for name, each in shown.items()
    )
    yield Entry(
        name="rijen",
        facts=f"lijst, samen {rows.count} rijen",
        meaning="De rijen van deze brief: in een tabel van een eigen sjabloon elk een rij.",
        tags=("{%tr for rij in rijen %}", *(one.tags[0] for one in columns), "{%tr endfor %}"),
        contains=columns,
    )


def _describe(
    name: str,
    seen: _Seen,
    loaded: LoadedMailing,
    among: int,
    table: Table | None,
    inside: str = "",
) -> Entry:
    kind = _kind_of_column(name, seen, loaded, table)
    asks = _ASKS.get(kind)
    woord = f"{name}:{asks}" if asks and name != "volgnummer" else name
    missing = among - seen.filled
    gaps = f"leeg bij {missing} van de {among}" if missing else "altijd ingevuld"
    tag = woord.replace(":", " | ")
    tags = (f"{{{{ {inside}{tag} }}}}",)
    return Entry(
        name=inside + name,
        facts=f"{kind}, {gaps}",
        meaning=_meaning(name, loaded, table),
        example=_example(woord, seen.first),
        tags=tags if inside else (f"{{{woord}}}", *tags),
    )


def _kind_of_column(name: str, seen: _Seen, loaded: LoadedMailing, table: Table | None) -> str:
    """Return the kind of a word: as the mailing says, or else as its cells all are."""
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


def _meaning(name: str, loaded: LoadedMailing, table: Table | None) -> str:
    heading = next((one for one in (table.headings if table else ()) if one.word == name), None)
    if heading is not None and name not in MADE:
        return f"Kolom '{heading.text}' van de lijst."
    if name in loaded.mailing.velden:
        return "Uit 'velden' van de mailing."
    if name.removeprefix(TOTAL) in loaded.sums:
        return f"De cellen van '{name.removeprefix(TOTAL)}' in de rijen van deze brief, opgeteld."
    root, _, part = name.partition(".")
    fields: Sequence[Field] = letter_fields(counted=loaded.verdeling is not None)
    found = next((one for one in fields if one.name == root), None)
    if part and found is not None:
        found = next((one for one in found.parts if one.name == part), None)
    return found.meaning if found else ""


def _example(woord: str, value: object) -> str:
    """Return the first value as it stands in the list, and as it would be printed."""
    if value is None:
        return ""
    text = str(text_of(value))
    try:
        printed = parse_woord(woord).write(value)
    except FaultError:
        return text
    return text if printed.replace("\u00a0", " ") == text else f"{text} → {printed}"


def tell_words(loaded: LoadedMailing) -> Iterator[str]:
    """Yield what to say before the words of a mailing."""
    yield (
        "Dit zijn de woorden van deze verzending. Zet ze zoals {naam} in tekst, betreft, aanhef, "
        "bijlagen en kopie_aan, of zoals {{ naam }} in een eigen sjabloon."
    )
    yield f"Wat een eigen sjabloon nog meer kent, noemt: lrtdocs sjabloon velden {loaded.kind}"
