"""What all letters of a mailing tell: of its patterns, and of a template of the user's own."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lrtdocs import dutch, messages
from lrtdocs.documents.letter_texts import IN_TEXTS, WITH_WORDS, value_at
from lrtdocs.language import Taal
from lrtdocs.model.ontvanger import KOLOMMEN, OF_MAILING
from lrtdocs.model.value import Value
from lrtdocs.run.letters.plan import PATTERNS
from lrtdocs.shipped import is_shipped
from lrtdocs.word.check.coverage import Coverage, Found, is_empty, root_of
from lrtdocs.word.package.ooxml import STORY_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtdocs.documents.words import Words
    from lrtdocs.errors import Place, Problem
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
        self._gaps = {pair: Found() for pair in words}
        self._number = 0
        self._others, self._english = Found(), Found()
        self._bare = {word: Found() for word in self._bare_words()}

    def __call__(self, letter: Letter) -> None:
        """Look at one letter."""
        place, self._number = partial(self._place_of, letter), self._number + 1
        columns = cast("Words", letter.words["ontvanger"])
        taal = self._job.taal_of(letter.words)
        known: Words = {**self._job.words_in(taal), **letter.words}
        in_texts = {**known, **columns, **{name: known.get(name) for name in IN_TEXTS}}
        for (key, word), found in self._gaps.items():
            if key in WITH_WORDS and (key, word) not in self._asked[taal]:
                continue
            asked = {_MAILING: letter.words}.get(key, in_texts if key in WITH_WORDS else columns)
            if is_empty(value_at(asked, word)):
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
            self._coverage.see(known, place)

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
        (other,) = set(Taal) - {mailing.taal}
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
