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
    from collections.abc import Mapping, Sequence

    from lrtdocs.model.veld import Field

_ABOUT_FILE = "LRT510.programma"
"""What names a part, but says what the whole file is."""
_REFUSED = {"LRT510", "LRT511", "LRT512", "LRT513"}
"""Refusals of a file that can still be read: macros, links to outside, fields that fetch."""
_UNREADABLE = {"LRT320", "LRT504"}
"""What says already that the file is built otherwise than Word does it."""


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
    package, found = _read(data, name)
    if package is None:
        return sort_problems(found)
    try:
        check = PartsCheck(package, tuple(fields or ()), needed, found, trusted=trusted)
        check.run()
        names = part_names(package)
        found = [_placed(problem, names, check.outside) for problem in found]
    except Exception as error:  # noqa: BLE001 - a foreign file is wrong in ways nobody thought of
        if all(problem.code not in _UNREADABLE for problem in found):
            kind = type(error).__name__
            found.append(messages.problem("LRT504.opbouw", Place(name), kind=kind))
    return group_repeats(found)


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
