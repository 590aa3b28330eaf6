"""A Word mail merge made into a template: which word stands for which column of its list.

Word's name for a column is its heading with a _ for what is no letter or figure, and M_ before a
figure; it may be cut at forty signs. A word that a letter has itself does not stand for a column of
that name: that one is reached through `ontvanger`.
"""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.documents.letters import taken_words
from lrtdocs.errors import Place, Severity, TemplateProblemsError
from lrtdocs.findings import Findings
from lrtdocs.model.ontvanger import ADDRESS_PARTS, KOLOMMEN
from lrtdocs.run.folder.names import quote_path
from lrtdocs.source.files import show_path
from lrtdocs.source.lists.columns import WORDS
from lrtdocs.source.sheet import normalize_heading, open_table
from lrtdocs.word.check.comments import mark_problems
from lrtdocs.word.check.template import check_template
from lrtdocs.word.mergefields.convert import convert_merge
from lrtdocs.word.mergefields.expressions import IN_ADDRESS, NAMELESS, Named

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.source.sheet import Table

_CUT = 40  # signs that Word keeps of the name of a column
_COLUMNS = frozenset(kolom.name for kolom in KOLOMMEN)
_IN_ADDRESS = frozenset(kolom.name for kolom in ADDRESS_PARTS)
_NAMES = {word.replace("_", ""): name for word, name in WORDS.items()}
_THEIRS = re.compile(r"\$!?\{?([A-Za-z]\w*(?:\.[A-Za-z]\w*)*)\}?")
_DIRECTIVE = re.compile(r"[$#@:\[\]{}()]")
_GREETING = {"aanhef", "naam"}
"""Words of a letter that are never empty."""


class Merged(NamedTuple):
    """A template made of a mail merge: its bytes, and what is told, comments in the margin too."""

    data: bytes
    fields: int
    told: list[Problem]
    wrong: list[Problem]


class Columns:
    """The words for Word's names of columns: those of the list `table`, or by their names alone."""

    def __init__(self, table: Table | None = None) -> None:
        self._headings: dict[str, str] | None = None
        self._filled: frozenset[str] = frozenset()
        if table is not None:
            self._headings = {_squeeze(one.text): one.key for one in table.headings}
            self._filled = _filled_columns(table)

    def __call__(self, name: str) -> Named:
        """Return the word for the column that Word calls `name`.

        Other programs fill fields of Word as well, and write more in them than a name.
        """
        if theirs := _THEIRS.fullmatch(name.strip()):
            return Named(".".join(map(normalize_heading, theirs[1].split("."))))
        if _DIRECTIVE.search(name):
            return Named("", key="LRT365.opdracht")
        key = self._key(name)
        unknown = key is None
        key = key or _NAMES.get(_squeeze(name)) or normalize_heading(_bare(name))
        if not key:
            return Named("", key=NAMELESS)
        if key in _IN_ADDRESS:
            return Named("", key=IN_ADDRESS)
        told = "LRT365.niet_in_lijst" if unknown and self._headings is not None else ""
        word = f"kolom_{key}" if key[0].isdigit() else key
        filled = key in self._filled or key in _GREETING
        if word in taken_words():
            word = f"ontvanger.{word}"
        elif keyword.iskeyword(word):
            word = f'ontvanger["{word}"]'
        return Named(word, key in _COLUMNS, told, filled)

    def _key(self, name: str) -> str | None:
        """Return the column of the list that is meant by `name`, or None if there is no such."""
        found = self._headings or {}
        for asked in (_squeeze(name), _squeeze(_bare(name))):
            if asked in found:
                return found[asked]
        if len(name) >= _CUT:
            cut = [key for squeezed, key in found.items() if squeezed.startswith(_squeeze(name))]
            return cut[0] if len(cut) == 1 else None
        meant = _NAMES.get(_squeeze(name))
        return meant if meant in found.values() else None


def _bare(name: str) -> str:
    """Return `name` without what Word puts before a figure."""
    return name[2:] if name[:2] == "M_" and name[2:3].isdigit() else name


def _squeeze(name: str) -> str:
    return normalize_heading(name).replace("_", "")


def _filled_columns(table: Table) -> frozenset[str]:
    """Return the columns of `table` in which each row has something."""
    filled = {heading.key for heading in table.headings}
    for row in table.rows(Findings()):
        filled &= row.cells.keys()
    return frozenset(filled)


def merge_template(data: bytes, source: Path, target: Path, listed: Path | None) -> Merged:
    """Return the template that the mail merge `data` at `source` becomes at `target`.

    The words are by the headings of the list `listed`, if there is one. Raises
    TemplateProblemsError for what is no mail merge, FileProblemError for a list that cannot be
    read.
    """
    name, where = show_path(source), show_path(target)
    columns = Columns(open_table(listed, WORDS) if listed is not None else None)
    made = convert_merge(data, name, where, columns)
    told = [problem for problem in made.problems if problem.code == "LRT365"]
    if not made.fields and not made.left:
        raise TemplateProblemsError(messages.problem("LRT367", Place(name), None, file=name))
    wrong = [one for one in check_template(made.data, where) if _is_wrong(one)]
    marked = mark_problems(made.data, [*told, *wrong])
    return Merged(marked, made.fields, made.problems, wrong)


def _is_wrong(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


def describe_merge(target: Path, made: Merged) -> list[str]:
    """Return what was made, and how to go on, as sentences for people."""
    left = sum(problem.code == "LRT365" for problem in made.told)
    noun = "samenvoegveld is" if made.fields == 1 else "samenvoegvelden zijn"
    lines = [f"{dutch.format_number(made.fields)} {noun} omgezet."]
    if left:
        lines.append(
            f"Kijk na wat hierboven staat. In {target.name} staat bij elke plaats een opmerking."
        )
    command = f"lrtdocs sjabloon controleer {quote_path(target)} --soort brief"
    return [*lines, f"Kijk daarna het hele sjabloon na: {command}"]
