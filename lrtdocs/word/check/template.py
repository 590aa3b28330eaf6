"""Everything that is wrong with a Word template, at once and without data.

What compiling a template finds, what its words are compared with those its kind of document knows,
and the house style. Never an exception: a file that is no Word document is one problem.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, TemplateProblemsError, sort_problems
from lrtdocs.word.check.grouping import group_repeats
from lrtdocs.word.check.parts import PartsCheck
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.package import Package, part_names
from lrtdocs.word.package.unzip import unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lrtdocs.model.veld import Field


_ABOUT_FILE = "LRT510.programma"
"""What names a part, but says what the whole file is."""
_REFUSED = {"LRT510", "LRT511", "LRT512", "LRT513"}
"""Refusals of a file that can still be read: macros, links to outside, fields that fetch."""


def check_template(
    data: bytes,
    name: str,
    *,
    fields: Sequence[Field] | None = None,
    needed: Sequence[str] = (),
    trusted: bool = False,
) -> list[Problem]:
    """Return every problem of the Word template `data`, in the order of the document.

    `name` is what the user calls the file. `fields` are the words that this kind of document knows;
    without them every word is let through. `needed` are those it cannot do without
    ("agendapunten[].titel"). `trusted` admits the rest of Jinja's language.
    """
    package, refused = _read(data, name)
    if package is None:
        return sort_problems(refused)
    try:
        problems = _look(package, refused, tuple(fields or ()), needed, trusted=trusted)
    except TemplateProblemsError as error:
        problems = error.problems
    return group_repeats(problems)


def _read(data: bytes, name: str) -> tuple[Package | None, list[Problem]]:
    """Return the package and why it is refused; None when there is nothing to look at.

    What a template may not carry or fetch is no reason to keep its other mistakes back.
    """
    try:
        return read_package(data, name), []
    except TemplateProblemsError as error:
        if any(problem.code not in _REFUSED for problem in error.problems):
            return None, error.problems
        return Package(name, unpack(data, name)), error.problems


def _look(
    package: Package,
    refused: Sequence[Problem],
    fields: tuple[Field, ...],
    needed: Sequence[str],
    *,
    trusted: bool,
) -> list[Problem]:
    """Return the problems of `package`; raise them when it is built as nobody thought of."""
    found = list(refused)
    try:
        check = PartsCheck(package, fields, needed, found, trusted=trusted)
        check.run()
        names = part_names(package)
        return [_placed(problem, names, check.outside) for problem in found]
    except Exception as error:
        raise TemplateProblemsError(*found, *_odd(package, error, found)) from error


def _odd(package: Package, error: Exception, found: Iterable[Problem]) -> list[Problem]:
    """Return the problem of a file that could not be looked at further, unless that was told."""
    if any(problem.code in {"LRT320", "LRT504"} for problem in found):
        return []
    kind = type(error).__name__
    return [messages.problem("LRT504.opbouw", Place(package.name), kind=kind)]


def _placed(problem: Problem, names: Mapping[str, str], outside: Mapping[str, Place]) -> Problem:
    """Return a problem of the file at the part or paragraph that it is about, where that is known.

    `names` are those that people know the parts by.
    """
    member, target = str(problem.fields.get("member")), str(problem.fields.get("target"))
    if target in outside:
        return replace(problem, place=outside[target])
    if member not in names or problem.key == _ABOUT_FILE:
        return problem
    row = messages.find_row(problem.key)
    message = messages.fill(row["hier"], problem.fields) if "hier" in row else problem.message
    return replace(problem, message=message, place=replace(problem.place, part=names[member]))
