"""What all letters of a mailing tell: of its patterns, and of a template of the user's own."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lrtdocs import dutch, messages
from lrtdocs.documents.letter_texts import IN_TEXTS, WITH_WORDS, value_at
from lrtdocs.documents.rows import TOTAL, add_up, differing, filled_rows
from lrtdocs.findings import Findings
from lrtdocs.language import Taal
from lrtdocs.messages import FaultError
from lrtdocs.model.ontvanger import KOLOMMEN, OF_MAILING
from lrtdocs.model.value import Value
from lrtdocs.run.letters.plan import PATTERNS
from lrtdocs.shipped import is_shipped
from lrtdocs.source.lists.recipients import RecipientList
from lrtdocs.word.check.coverage import Coverage, Found, is_empty, root_of
from lrtdocs.word.package.ooxml import STORY_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtdocs.documents.words import Words
    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.ontvanger import Rij
    from lrtdocs.model.patroon import Woord
    from lrtdocs.run.letters.fill import Job
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.word.compile.template import Template

_PERSONAL = {
    *("ontvanger", "gemeente", "taakstelling", "aanhef"),
    *("volgnummer", "onze_referentie", "uw_referentie"),
}
"""Words that are another one in each letter, beside the columns of the list."""


_NEEDED = ("betreft", "dagtekening", "onze_referentie")
"""What a letter has, where the list has a column for it: an empty cell may be a mistake."""
_MAILING = "mailing"
_TRANSLATED = {
    "betreft": {"betreft"},
    "aanhef": {"aanhef"},
    "tekst": {"tekst", "tekst_tot_slot"},
    "ondertekening": {"ondertekening"},
}
"""What a mailing says in words of a language, and the words that print it."""
_DUTCH_LABEL = re.compile(
    r"Betreft|Onderwerp|Datum|Kenmerk|Bijlagen?\b|Geachte|Hoogachtend|[Vv]riendelijke groet|Pagina"
)
"""What templates of letters say in Dutch."""
_DUTCH_VALUE = re.compile(
    r"(?P<bedrag>€\s?[\d.]*\d(?:,\d+)?)|(?P<tijd>\d{1,2}[.:]\d\d(?:-\d{1,2}[.:]\d\d)? uur)"
    rf"|(?P<datum>\d{{1,2}} (?:{dutch.MONTH})\.? \d{{4}})|\d[\d.]*,\d+|\d{{1,3}}(?:\.\d{{3}})+"
)
"""What is written otherwise in English: a number, an amount, a date or a time."""
_WORD = re.compile(r"[^\W\d]\w*")
_ASKED = re.compile(r"\b[^\W\d]\w*\b(?!\s*(?:[=!]=|in\b))")
"""A word in a condition that does not compare it with a text."""


def check_columns(loaded: LoadedMailing, template: Template) -> list[Problem]:
    """Return what is odd in the columns that the letters use, and in those that they do not."""
    patterns = (loaded.mailing.bestandsnaam, loaded.mailing.onze_referentie)
    named: set[str] = {word for pattern in patterns if pattern for word in pattern.words}
    used, meant = (_words_of(template, _WORD, having) for having in ("", r"\w[^\w.]+\w"))
    named |= {*OF_MAILING, *(each.naam for each in _words_in_texts(loaded))}
    meant |= {each.naam for each in _words_in_texts(loaded) if each.filter}
    return loaded.recipients.check_use(named | used, meant)


def find_unminded(
    problems: Iterable[Problem], loaded: LoadedMailing, template: Template
) -> list[Problem]:
    """Return those of `problems`, in the list, that do nothing to the letters.

    A heading that is almost another is a word of the template; a cell that is not yes and not no is
    printed as it is, and no condition asks its column.
    """
    used = _words_of(template, _WORD) | {each.naam for each in _words_in_texts(loaded)}
    asked = _words_of(template, _ASKED, r"if\b")
    table = loaded.recipients.table
    words = {heading.text: heading.word for heading in table.headings} if table else {}
    return [
        one
        for one in problems
        if (one.code == "LRT603" and words.get(str(one.fields["heading"])) in used)
        or (one.code == "LRT665" and words.get(str(one.fields["column"])) not in asked)
    ]


def _words_in_texts(loaded: LoadedMailing) -> list[Woord]:
    return [word for taal in Taal for word in loaded.texts_in(taal).words()]


def _words_of(template: Template, pattern: re.Pattern[str], having: str = "") -> set[str]:
    """Return what `pattern` finds in the tags in which `having` is found as well."""
    tags = {tag.body for part in template.parts for tag in part.lines.values()}
    return {word for body in tags if re.search(having, body) for word in pattern.findall(body)}


class Survey:
    """Sees each letter of a mailing, which the `job` makes, on its way."""

    def __init__(self, loaded: LoadedMailing, template: Template, job: Job) -> None:
        self._loaded, self._template, self._job = loaded, template, job
        here = {*loaded.recipients.columns, *loaded.mailing.velden}
        columns = {*loaded.recipients.columns, *(kolom.name for kolom in KOLOMMEN)}
        self._personal = columns | _PERSONAL
        self._personal |= {one for taal in Taal for one in loaded.texts_in(taal).personal}
        self._coverage: Coverage | None = None
        if not is_shipped(Path(template.name)):  # that fits any mailing
            self._coverage = Coverage(template, here, columns - here)
        patterns = [(name, getattr(loaded.mailing, name)) for name in PATTERNS]
        words = [(name, word) for name, each in patterns if each for word in each.words]
        self._asked = {taal: loaded.texts_in(taal).asked() for taal in Taal}
        words += [pair for asked in self._asked.values() for pair in asked]
        bare = (name for name in _NEEDED if getattr(loaded.mailing, name) is None)
        words += [(_MAILING, name) for name in bare if name in loaded.texts.columns]
        summed = {TOTAL + word for word in loaded.sums}  # made of rows: never empty
        self._gaps = {pair: Found() for pair in words if pair[1] not in summed}
        self._number = 0
        self._others, self._english = Found(), Found()
        self._bare = {word: Found() for word in self._bare_words()}

    def __call__(self, letter: Letter) -> None:
        """Look at one letter."""
        place, self._number = partial(self._place_of, letter), self._number + 1
        columns = cast("Words", letter.words["ontvanger"])
        taal = self._job.taal_of(letter.words)
        shared, in_texts = self._job.words_in(taal), self._asked[taal]
        for (key, word), found in self._gaps.items():
            if key in WITH_WORDS and (key, word) not in in_texts:
                continue
            made = root_of(word) in IN_TEXTS or root_of(word) not in columns
            of_letter = key in WITH_WORDS and made
            asked = letter.words if of_letter or key == _MAILING else columns
            here = key == _MAILING or root_of(word) in asked
            if is_empty(value_at(asked if here else shared, word)):
                found.add(self._number, partial(place, word))
        if taal != self._loaded.mailing.taal:
            self._others.add(self._number, partial(place, "taal"))
        if taal is not Taal.NL:
            self._english.add(self._number, partial(place, "taal"))
            for word, found in self._bare.items():
                value = columns.get(word)
                if isinstance(value, Value) and _DUTCH_VALUE.fullmatch(value):
                    found.add(self._number, partial(place, word), f"({value})")
        if self._coverage is not None:
            self._coverage.see({**shared, **letter.words}, place)

    def _place_of(self, letter: Letter, path: str) -> Place:
        """Return the cell of the word at `path`, or the line that says where it comes from."""
        name, table = root_of(path), self._loaded.recipients.table
        if name in self._loaded.mailing.velden:
            return self._loaded.place("velden", name)
        if table is not None and table.has(name):
            return table.place_in(letter.place, name)
        return self._loaded.place("ontvangers")

    def problems(self) -> Iterator[Problem]:
        """Yield what all letters together tell."""
        for (name, word), found in self._gaps.items():
            if found.count:
                key = "LRT716.in-tekst" if name == "tekst" else "LRT716.patroon"
                key = "LRT716.mailing" if name == _MAILING else key
                yield found.tell(key, path=word, pattern=name)
        yield from self._of_languages()
        if self._coverage is None:
            return
        if self._personal.isdisjoint(self._template.names):
            yield messages.problem("LRT719", self._loaded.place("sjabloon"))
        yield from self._coverage.problems()

    def _of_languages(self) -> Iterator[Problem]:
        """Yield what the letters that are not in the language of the mailing lack."""
        mailing = self._loaded.mailing
        other = mailing.taal.other
        if mailing.vertaling and not self._others.count:
            told = {"taal": other.naam, "code": other.value}
            yield messages.problem(
                "LRT791.ongebruikt", self._loaded.place("vertaling"), None, **told
            )
        columns = self._loaded.recipients.columns
        keys = [
            key
            for key, words in _TRANSLATED.items()
            if getattr(mailing, key)
            and not getattr(mailing.vertaling, key, None)
            and key not in columns
            and not words.isdisjoint(self._template.names)
        ]
        if self._others.count and keys:
            told = {"taal": other.naam, "other": mailing.taal.naam, "code": mailing.taal.value}
            yield self._others.tell("LRT791.ontbreekt", keys=dutch.join_words(keys), **told)
        yield from (_tell_bare(*pair) for pair in self._bare.items() if pair[1].count)
        label = None if "taal" in self._template.names else _DUTCH_LABEL.search(self._static)
        if self._english.count and label:
            number, place = self._english.count, self._loaded.place("sjabloon")
            yield messages.problem("LRT792", place, number=number, label=label[0])

    def _bare_words(self) -> set[str]:
        """Return the own columns that letters print as they are, in a text or by the template."""
        in_texts = {each.naam for each in _words_in_texts(self._loaded) if not each.filter}
        tags = {tag.body.strip() for part in self._template.parts for tag in part.lines.values()}
        return {*self._loaded.recipients.columns} & {*in_texts, *tags}

    @property
    def _static(self) -> str:
        """The text of the template."""
        package = self._template.package
        parts = package.parts_of_type(*STORY_TYPES)
        return "\n".join("".join(map(str, package.tree(part).itertext())) for part in parts)


def _tell_bare(word: str, found: Found) -> Problem:
    """Return the problem of a `word` that English letters print as it was typed in Dutch."""
    said = next(iter(found.cells)).partition("(")[2].rstrip(")")
    match = _DUTCH_VALUE.fullmatch(said)
    kind = (match and match.lastgroup) or "getal"
    told = {
        "path": word,
        "meant": f"{{{word}:{kind}}}, of in een sjabloon {{{{ {word} | {kind} }}}}",
    }
    return found.tell("LRT794", **told)


# --- letters with rows

_OF_RECIPIENT = re.compile(r"\bontvanger\s*(?:\.\s*(\w+)|\[\s*['\"](\w+)['\"])")
_ADDRESS = tuple(kolom.name for kolom in KOLOMMEN if kolom.name != "uw_referentie")
_MOST = 8
"""So many names and cells are told."""
_ASIDE = "provincie"
"""A column that says something of the recipient, whatever the rows are about."""


def printed_words(loaded: LoadedMailing, template: Template | None) -> set[str]:
    """Return the words that the letters need outside their rows."""
    patterns = (getattr(loaded.mailing, name) for name in PATTERNS)
    words = {word for pattern in patterns if pattern for word in pattern.words}
    words |= {*OF_MAILING, *(each.naam for each in _words_in_texts(loaded))}
    if template is not None:
        tags = (tag.body for part in template.parts for tag in part.lines.values())
        words |= {a or b for body in tags for a, b in _OF_RECIPIENT.findall(body)}
        words |= template.names.keys()
    return words


def find_row_columns(loaded: LoadedMailing, template: Template | None) -> frozenset[str]:
    """Return the columns of which a row has something in one, or is none.

    A row of another list always is one. In a list of recipients one may have nothing but its
    address.
    """
    recipients = loaded.recipients
    if not isinstance(recipients, RecipientList) or recipients.grouping is None:
        return frozenset()
    own = {column.heading.word for column in recipients.own}
    if shown := own & {column.word for column in loaded.tabel}:
        return frozenset(shown)
    return frozenset(own - printed_words(loaded, template) - {recipients.grouping.word, _ASIDE})


def _check_needs(loaded: LoadedMailing, template: Template) -> Iterator[Problem]:
    """Yield that `template` shows rows which no letter has, or that rows are shown nowhere."""
    named = {"rijen", "aantal_rijen"} & template.names.keys()
    if named and loaded.recipients.grouping is None:
        place = template.names[min(named)][0]
        yield messages.problem("LRT728", place, word=min(named))
        return
    shown = {"rijen", *(("tekst", "tekst_tot_slot") if loaded.tabel else ())}
    if loaded.recipients.grouping is not None and shown.isdisjoint(template.names):
        yield messages.problem("LRT729", loaded.place("groepeer"))


class RowSurvey:
    """Sees each letter with rows on its way."""

    def __init__(self, loaded: LoadedMailing, template: Template | None) -> None:
        self._loaded, self._template, recipients = loaded, template, loaded.recipients
        printed = printed_words(loaded, template)
        added = {column.word for column in loaded.tabel if column.kind}
        self._own = {*recipients.columns}
        self._sums = [*added, *(w for w in loaded.sums if TOTAL + w in printed and w not in added)]
        self._empty = {column.word: Found() for column in loaded.tabel}
        self._findings = Findings()
        self._without: list[Letter] = []
        self._count = 0
        self._once: list[tuple[str, str]] = []
        grouping = recipients.grouping
        if isinstance(recipients, RecipientList) and grouping is not None:
            words = [heading.word for heading in recipients.table.headings]
            self._once = [
                (word, "LRT682" if word in _ADDRESS else "LRT681")
                for word in words
                if (word in _ADDRESS or word in printed) and word != grouping.word
            ]

    def __call__(self, letter: Letter) -> None:
        """Look at one letter."""
        if letter.rijen is None:
            return
        for word, key in self._once if len(letter.rijen) > 1 else ():
            if others := differing(letter.rijen, word):
                self._findings.add(self._tell(key, word, [letter.rijen[0], *others]))
        rows = filled_rows(letter.rijen, self._loaded.row_columns)
        if not rows:
            self._count += 1
            self._without += [letter] if self._count <= _MOST else []
        for word, found in self._empty.items():
            for rij in rows:
                if not rij.woorden[word].strip():
                    found.add(letter.number, partial(self._cell, rij, word))
        for word in self._sums:
            if TOTAL + word in letter.words and TOTAL + word not in self._own:
                continue  # it could be added up
            fault = add_up(rij.woorden.get(word) for rij in rows)
            if isinstance(fault, FaultError):
                self._findings.add(self._tell_sum(word, fault, letter))

    def _cell(self, rij: Rij, word: str) -> Place:
        table = self._loaded.recipients.row_table
        return table.place_in(rij.plaats, word.removeprefix("kolom_")) if table else rij.plaats

    def _heading(self, word: str) -> str:
        table = self._loaded.recipients.row_table
        texts = {one.word: one.text for one in table.headings} if table else {}
        return texts.get(word, word)

    def _tell(self, key: str, word: str, rijen: list[Rij]) -> Problem:
        """Return the problem that the first of `rijen` says something else than the others."""
        places = [self._cell(rij, word) for rij in rijen]
        shown = [rij.woorden[word].strip() or "leeg" for rij in (rijen[0], rijen[1])]
        cells = dutch.join_some([each.cell or each.within for each in places], _MOST)
        told = {"column": self._heading(word), "text": shown[0], "other": shown[1], "cells": cells}
        return messages.problem(key, places[0], None, **told)

    def _tell_sum(self, word: str, fault: FaultError, letter: Letter) -> Problem:
        told = {"column": self._heading(word), "reason": fault.message, "remedy": fault.remedy}
        return messages.problem("LRT684", fault.place or letter.place, None, **told)

    def problems(self) -> Iterator[Problem]:
        """Yield what all letters together tell."""
        if self._template is not None:
            yield from _check_needs(self._loaded, self._template)
        yield from self._findings.as_list()
        for word, found in self._empty.items():
            if found.count:
                told = {"column": self._heading(word)}
                yield found.tell("LRT686", **told)
        if self._without:
            first = self._without[0]
            names = dutch.join_some([each.key for each in self._without], _MOST, self._count)
            yield messages.problem("LRT683", first.place, None, names=names, number=self._count)
