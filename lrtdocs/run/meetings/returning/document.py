"""The edited document in, its differences told, and the file of the meeting out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.documents.fields import known_words
from lrtdocs.errors import Place, ProblemsFoundError, TemplateProblemsError
from lrtdocs.findings import cut_short
from lrtdocs.kinds import Source, kinds_of
from lrtdocs.messages import problem
from lrtdocs.run.documents.finish import MAX_TEMPLATE
from lrtdocs.run.documents.make import load_template
from lrtdocs.run.folder.write import changing
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.meetings.returning.bringing import bring_back, choose_paper
from lrtdocs.run.meetings.returning.looking import find_dressed
from lrtdocs.run.meetings.returning.paper import read_forms
from lrtdocs.run.meetings.returning.telling import LEFT_KEYS, tell_changes, tell_dressed, tell_rest
from lrtdocs.run.meetings.sending import find_sendings
from lrtdocs.source.files import encode_as, read_bytes, read_text, show_path
from lrtdocs.word.hidden import has_tags
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import CORE_TYPE
from lrtdocs.word.reading.blocks import read_blocks
from lrtdocs.word.reading.remarks import read_remarks

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.documents.report import Options, Outcome, ReturnOutcome
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.meetings.returning.brought import Brought
    from lrtdocs.run.meetings.returning.known import Forms, Paper
    from lrtdocs.word.package.package import Package
    from lrtdocs.word.reading.blocks import Block

LEAST_ALIKE = 0.15
"""A document that has less than this of what the papers of a meeting say is of another one."""
_LEAST_UNNAMED = 0.75
"""So is one with less than this that does not name it: numbers and addresses stand in each."""
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]+)<")


def compare_document(
    document: Path,
    path: Path,
    options: Options,
    today: date,
    outcome: ReturnOutcome,
    *,
    take_over: bool,
    only: Collection[str] | None = None,
) -> None:
    """Tell `outcome` what the edited `document` says otherwise than the meeting at `path` does.

    To `take_over` what was changed, or `only` the changes with these keys, the file of the meeting
    is written with that.
    """
    package = _read_document(document)
    loaded, problems = load_vergadering(path, None)
    if loaded is None:
        outcome.add_problems(problems)
        return
    source = read_text(path)[0]
    edited = read_blocks(package)
    forms = _read_forms(loaded, options)
    paper, like = choose_paper(loaded, forms, edited, today)
    named = any(loaded.model.overleg in block.text for block in edited)
    if like < (LEAST_ALIKE if named else _LEAST_UNNAMED):
        found = _first_words(edited)
        told = problem("LRT064.ander", Place(str(document)), None, name=path.name, found=found)
        raise ProblemsFoundError(told)
    before = _find_before(path, paper, edited)
    brought = bring_back(loaded, source, paper, edited, before, only)
    outcome.changes = list(tell_changes(brought))
    if only and not set(only) <= {key for key, _ in outcome.changes}:
        raise ProblemsFoundError(problem("LRT930", Place(str(path)), None, name=path.name))
    if before or _is_newer(path, document, package):
        key = "LRT065.verzonden" if before else "LRT065"
        outcome.add_problems([problem(key, Place(str(document)), None, name=path.name)])
    remarks = read_remarks(package)
    told_all = [one for _, one in outcome.changes]
    told_all += tell_rest(brought, loaded, remarks, str(document))
    dressed = find_dressed(brought.paper, brought.edited, package)
    told_all += tell_dressed(dressed, str(document))
    if take_over:
        outcome.add_problems(
            replace(one, remedy="") if one.code == "LRT060" else one for one in told_all
        )
        _write(path, source, brought, outcome)
    else:
        outcome.add_problems(cut_short(told_all))
    outcome.remarks.append(_sum_line(brought, told_all, path, take_over=take_over))


def _write(path: Path, source: str, brought: Brought, outcome: Outcome) -> None:
    """Write what was taken over, unless somebody changed the file in the meantime."""
    if brought.applied.text == source:
        return
    with changing(path):
        if read_text(path)[0] != source:
            raise ProblemsFoundError(problem("LRT930", Place(str(path)), None, name=path.name))
        outcome.write(path, encode_as(brought.applied.text, read_bytes(path)))


def _read_forms(loaded: Meeting, options: Options) -> dict[str, Forms]:
    """Return the forms of each kind of paper that says what the file says as it is."""
    trusted = options.trusted or loaded.house.huisstijl.vertrouwd
    return {
        kind.name: read_forms(
            load_template(
                options.template or kind.name,
                loaded.path,
                trusted=trusted,
                known=known_words(kind.name),
            )
        )
        for kind in kinds_of(Source.MEETING)
        if not kind.since_sent  # that says nothing of the file as it is
    }


def _read_document(document: Path) -> Package:
    data = read_bytes(document, MAX_TEMPLATE)
    try:
        package = read_package(data, show_path(document))
    except TemplateProblemsError as error:
        raise ProblemsFoundError(*error.problems) from error
    if has_tags(package):
        raise ProblemsFoundError(problem("LRT064.sjabloon", Place(str(document))))
    return package


def _find_before(path: Path, paper: Paper, edited: Sequence[Block]) -> Sequence[Block]:
    """Return the paper that went out and was edited; () when it is more like that of today."""
    there = {(block.style, block.text) for block in edited}

    def likeness(blocks: Sequence[Block]) -> float:
        return len({(b.style, b.text) for b in blocks} & there)

    sent = [
        paper.forms.unify(read_blocks(read_package(read_bytes(each, MAX_TEMPLATE), each.name)))
        for sending in find_sendings(path)
        for each in sorted(sending.folder.glob("*.docx"))
    ]
    best = max(sent, key=likeness, default=())
    return best if likeness(best) > likeness(paper.blocks) else ()


def _is_newer(path: Path, document: Path, package: Package) -> bool:
    """Tell whether the file was changed after the document was last saved."""
    core = package.get(package.part_of_type(CORE_TYPE), b"")
    saved = _MODIFIED.search(core)
    try:
        moment = datetime.fromisoformat(saved[1].decode()).timestamp() if saved else None
        return path.stat().st_mtime > (moment or document.stat().st_mtime)
    except (OSError, ValueError):
        return False


def _first_words(edited: Sequence[Block]) -> str:
    titles = [block.text for block in edited if block.style in {"heading 1", "subtitle", "title"}]
    return ", ".join(titles or [block.text for block in edited if block.text][:3])


def _sum_line(brought: Brought, told: Sequence[Problem], path: Path, *, take_over: bool) -> str:
    number = len(brought.differences)
    undone = sum(all(brought.reasons(at)) for at in range(number))
    left = sum(one.key in LEFT_KEYS for one in told)
    if not number:
        return messages.text("deel.terug_rest" if left else "deel.terug_niets", name=path.name)
    key = "deel.terug_gedaan" if take_over else "deel.terug_kan"
    return messages.text(key, number=number - undone, undone=undone + left, name=path.name)
