"""How a template of the user's own fits all letters of its mailing, seen while they are planned."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.model.ontvanger import KOLOMMEN
from lrtdocs.word.check.coverage import Coverage, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lrtdocs.errors import Place, Problem
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.word.compile.template import Template

_PERSONAL = {
    *("ontvanger", "gemeente", "taakstelling", "aanhef"),
    *("volgnummer", "onze_referentie", "uw_referentie"),
}
"""Words that are another one in each letter, beside the columns of the list."""


_WORD = re.compile(r"[^\W\d]\w*")


def check_columns(loaded: LoadedMailing, template: Template) -> list[Problem]:
    """Return what is odd in the columns that the letters use, and in those that they do not."""
    patterns = (loaded.mailing.bestandsnaam, loaded.mailing.onze_referentie)
    used = {word for pattern in patterns if pattern for word in pattern.words}
    for part in template.parts:
        used.update(*(_WORD.findall(tag.body) for tag in part.lines.values()))
    return loaded.recipients.check_use(used)


class Survey:
    """Sees each letter of a mailing, whose `shared` words all of them have, on its way."""

    def __init__(
        self, loaded: LoadedMailing, template: Template, shared: Mapping[str, object]
    ) -> None:
        self._loaded, self._template, self._shared = loaded, template, shared
        columns = {*loaded.recipients.columns, *(kolom.name for kolom in KOLOMMEN)}
        self._personal = columns | _PERSONAL
        self._coverage = Coverage(template, columns | loaded.mailing.velden.keys())

    def __call__(self, letter: Letter) -> None:
        """Look at one letter."""
        words = {**self._shared, **letter.words}
        self._coverage.see(words, partial(self._place_of, letter))

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
        if self._personal.isdisjoint(self._template.names):
            yield messages.problem("LRT719", self._loaded.place("sjabloon"))
        yield from self._coverage.problems()
