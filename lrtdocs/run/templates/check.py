"""What is wrong with a template of a known kind of document, and a copy with that as comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.documents.fields import fields_of
from lrtdocs.errors import FileProblemError, Place, Problem, Severity
from lrtdocs.kinds import KINDS
from lrtdocs.run.folder.names import check_replaceable
from lrtdocs.run.load.model import load_house
from lrtdocs.source.files import exists
from lrtdocs.word.check.comments import mark_problems
from lrtdocs.word.check.template import check_template

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.templates.templates import TemplateFile

UNKNOWN_WORD, UNKNOWN_KIND = "LRT309", "LRT722"
OF_TEMPLATES = {UNKNOWN_KIND, "LRT336", "LRT517"}
"""What says nothing about a document that is finished."""
OF_READERS = {f"LRT{number}" for number in range(347, 355)}
"""What a screen reader needs; of a document that is finished `word.accessibility` tells it."""
OWN_KIND = "eigen"
"""The kind of a template for `vul`: its data may have words of any name."""
OF_HOUSE = {f"LRT{number}" for number in (*range(340, 347), 352, 355)}
"""What says only that the house style is another one."""
_DOUBTFUL = {
    "LRT309.woord": "LRT309.woord_twijfel",
    "LRT309.kolom": "LRT309.kolom_twijfel",
}


def check_known(file: TemplateFile, *, trusted: bool) -> list[Problem]:
    """Return every problem of the template `file`; its words only if its kind is.

    It is `trusted` as well if the house style that goes for it says so, unless it was only offered.
    A template whose kind only its words tell may be one for data of the user's own, so there no
    word is an error. Of one that surely is, nothing is told of the house style, and errors come
    first.
    """
    trusted = trusted or (not file.offered_as and _is_trusted(file.path))
    name = file.name
    if file.kind == OWN_KIND:
        problems = check_template(file.data, name, trusted=trusted)
        told = [problem for problem in problems if problem.code not in OF_HOUSE]
        return sorted(told, key=lambda problem: problem.severity is not Severity.ERROR)
    if file.kind is None:
        problems = check_template(file.data, name, trusted=trusted)
        if file.uses is not None:
            problems.append(messages.problem(UNKNOWN_KIND, Place(name)))
        return problems
    problems = check_template(
        file.data,
        name,
        fields=fields_of(file.kind),
        needed=KINDS[file.kind].needed if file.kind_is_certain else (),
        trusted=trusted,
    )
    if file.kind_is_certain:
        return problems
    return [_doubt(problem, file.kind) for problem in problems]


def _is_trusted(path: Path) -> bool:
    """Tell whether the house style for `path` trusts templates; one with errors does not."""
    try:
        house = load_house(path, [])
    except FileProblemError:
        return False
    return house is not None and house.huisstijl.vertrouwd


def _doubt(problem: Problem, kind: str) -> Problem:
    """Return an unknown word as what may be right, since the template may be no `kind`."""
    if problem.code != UNKNOWN_WORD:
        return problem
    return messages.problem(
        _DOUBTFUL[problem.key], problem.place, None, **problem.fields, kind=kind
    )


def write_marked(
    file: TemplateFile,
    problems: Sequence[Problem],
    target: Path,
    outcome: Outcome,
    *,
    overwrite: bool,
) -> None:
    """Write the template `file` to `target`, with a comment at each of `problems`.

    What Word would not open by its name gets .docx behind it.
    The template itself may be the target; another document that was edited since lrtdocs wrote it
    is only replaced to `overwrite` it. Raises FileProblemError if it is not, and
    TemplateProblemsError for what is no Word document.
    """
    if target.suffix.lower() != ".docx":
        target = target.with_name(f"{target.name}.docx")
    same = exists(target) and target.samefile(file.path)
    keep = not same and check_replaceable(target, overwrite=overwrite)
    told = [problem for problem in problems if problem.code != UNKNOWN_KIND]
    outcome.write(target, mark_problems(file.data, told), keep=keep)
