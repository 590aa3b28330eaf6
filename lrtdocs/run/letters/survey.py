"""What all letters of a mailing tell: of its patterns, and of a template of the user's own."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lrtdocs import messages
from lrtdocs.documents.letter_texts import IN_TEXTS, WITH_WORDS, value_at
from lrtdocs.model.ontvanger import KOLOMMEN, OF_MAILING
from lrtdocs.run.letters.plan import PATTERNS
from lrtdocs.shipped import is_shipped
from lrtdocs.word.check.coverage import Coverage, Found, is_empty, root_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lrtdocs.documents.words import Words
    from lrtdocs.errors import Place, Problem
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
_WORD = re.compile(r"[^\W\d]\w*")
_ASKED = re.compile(r"\b[^\W\d]\w*\b(?!\s*(?:[=!]=|in\b))")
"""A word in a condition that does not compare it with a text."""


def check_columns(loaded: LoadedMailing, template: Template) -> list[Problem]:
    """Return what is odd in the columns that the letters use, and in those that they do not."""
    patterns = (loaded.mailing.bestandsnaam, loaded.mailing.onze_referentie)
    named: set[str] = {word for pattern in patterns if pattern for word in pattern.words}
    used, meant = (_words_of(template, _WORD, having) for having in ("", r"\w[^\w.]+\w"))
    named |= {*OF_MAILING, *(word for _, word in loaded.texts.asked())}
    meant |= {each.naam for each in loaded.texts.words() if each.filter}
    return loaded.recipients.check_use(named | used, meant)


def find_unminded(
    problems: Iterable[Problem], loaded: LoadedMailing, template: Template
) -> list[Problem]:
    """Return those of `problems`, in the list, that do nothing to the letters.

    A heading that is almost another is a word of the template; a cell that is not yes and not no is
    printed as it is, and no condition asks its column.
    """
    used = _words_of(template, _WORD) | {word for _, word in loaded.texts.asked()}
    asked = _words_of(template, _ASKED, r"if\b")
    table = loaded.recipients.table
    words = {heading.text: heading.word for heading in table.headings} if table else {}
    return [
        one
        for one in problems
        if (one.code == "LRT603" and words.get(str(one.fields["heading"])) in used)
        or (one.code == "LRT665" and words.get(str(one.fields["column"])) not in asked)
    ]


def _words_of(template: Template, pattern: re.Pattern[str], having: str = "") -> set[str]:
    """Return what `pattern` finds in the tags in which `having` is found as well."""
    tags = {tag.body for part in template.parts for tag in part.lines.values()}
    return {word for body in tags if re.search(having, body) for word in pattern.findall(body)}


class Survey:
    """Sees each letter of a mailing, whose `shared` words all of them have, on its way."""

    def __init__(
        self, loaded: LoadedMailing, template: Template, shared: Mapping[str, object]
    ) -> None:
        self._loaded, self._template, self._shared = loaded, template, shared
        here = {*loaded.recipients.columns, *loaded.mailing.velden}
        columns = {*loaded.recipients.columns, *(kolom.name for kolom in KOLOMMEN)}
        self._personal = columns | _PERSONAL | loaded.texts.personal
        self._coverage: Coverage | None = None
        if not is_shipped(Path(template.name)):  # that fits any mailing
            self._coverage = Coverage(template, here, columns - here)
        patterns = [(name, getattr(loaded.mailing, name)) for name in PATTERNS]
        words = [(name, word) for name, each in patterns if each for word in each.words]
        words += loaded.texts.asked()
        bare = (name for name in _NEEDED if getattr(loaded.mailing, name) is None)
        words += [(_MAILING, name) for name in bare if name in loaded.texts.columns]
        self._gaps = {pair: Found() for pair in words}
        self._number = 0

    def __call__(self, letter: Letter) -> None:
        """Look at one letter."""
        place, self._number = partial(self._place_of, letter), self._number + 1
        columns = cast("Words", letter.words["ontvanger"])
        known: Words = {**self._shared, **letter.words}
        in_texts = {**known, **columns, **{name: known.get(name) for name in IN_TEXTS}}
        for (key, word), found in self._gaps.items():
            asked = {_MAILING: letter.words}.get(key, in_texts if key in WITH_WORDS else columns)
            if is_empty(value_at(asked, word)):
                found.add(self._number, partial(place, word))
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
        if self._coverage is None:
            return
        if self._personal.isdisjoint(self._template.names):
            yield messages.problem("LRT719", self._loaded.place("sjabloon"))
        yield from self._coverage.problems()
