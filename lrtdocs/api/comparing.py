"""What differs between two versions of a meeting, a document, a run of letters or a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtdocs import messages
from lrtdocs.errors import Place, ProblemsFoundError, UsageError
from lrtdocs.run.documents.compare import compare_documents
from lrtdocs.run.documents.report import ComparisonOutcome, Told
from lrtdocs.run.folder.manifest import NAME
from lrtdocs.run.letters.reviewing.compare import compare_runs
from lrtdocs.run.load.model import kind_of_file, load_model, model_of
from lrtdocs.run.meetings.comparing import compare_meetings, compare_models
from lrtdocs.run.meetings.sending import RECORD, last_sent, read_sending
from lrtdocs.run.meetings.versions import find_other_pictures
from lrtdocs.run.templates.templates import open_template
from lrtdocs.shipped import templates_folder
from lrtdocs.source.files import is_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


_DOCUMENT, _RUN = "document", "brieven"
_CALLED = {
    "vergadering": "deel.soort_vergadering",
    "mailing": "deel.soort_mailing",
    "huisstijl": "deel.soort_huisstijl",
    "akkoord": "deel.soort_akkoord",
    _DOCUMENT: "deel.soort_document",
    _RUN: "deel.soort_brieven",
}
_WORD = {".docx", ".docm", ".dotx", ".dotm"}


def compare(old: Path, new: Path | None = None) -> ComparisonOutcome:
    """Tell what `new` has otherwise than `old`: YAML files, sent versions, documents or runs.

    Without `new`, what the meeting `old` has otherwise than when it went out last.
    """
    return _compare(lambda: _compare_paths(old, new))


def compare_templates(old: str, new: str) -> ComparisonOutcome:
    """Tell what the template `new` has otherwise than `old`: names of templates or files.

    Where both are one file, a copy of one's own, `old` is the shipped one of that name.
    """

    def find() -> list[Told]:
        first, second = (open_template(asked, None).path for asked in (old, new))
        shipped = templates_folder() / first.name
        one_file = first.resolve() == second.resolve()
        first = shipped if one_file and is_file(shipped) else first
        return _sentences(compare_documents(first, second))

    return _compare(find)


def _compare(find: Callable[[], list[Told]]) -> ComparisonOutcome:
    outcome = ComparisonOutcome()
    with outcome.gathering():
        outcome.differences = find()
        if not outcome.differences:
            outcome.remarks.append(messages.text("deel.geen_verschil"))
    return outcome


def _compare_paths(old: Path, new: Path | None) -> list[Told]:
    if new is None:
        sending = last_sent(old)
        if sending is None:
            raise UsageError(messages.problem("LRT087.geen", Place(str(old)), file=old.name))
        old, new = sending.source, old
    old, new = _source_of(old), _source_of(new)
    kind, other = _kind_of(old), _kind_of(new)
    if kind != other:
        told = {"first": old.name, "second": new.name, "kind": _called(kind)}
        problem = messages.problem(
            "LRT087.soort", Place(str(new)), None, **told, other=_called(other)
        )
        raise UsageError(problem)
    if kind == _RUN:
        groups = compare_runs(old, new)
        return [Told(one.sentence, {**one.data, "bestanden": list(one.files)}) for one in groups]
    if kind == _DOCUMENT:
        return _sentences(compare_documents(old, new))
    return _compare_files(old, new, kind)


def _source_of(path: Path) -> Path:
    """Return the file of the meeting that a folder with what was sent is about, else `path`."""
    return read_sending(path).source if is_file(path / RECORD) else path


def _kind_of(path: Path) -> str:
    if is_file(path / NAME):
        return _RUN
    return _DOCUMENT if path.suffix.lower() in _WORD else kind_of_file(path)


def _called(kind: str) -> str:
    return messages.text(_CALLED[kind])


def _compare_files(old: Path, new: Path, kind: str) -> list[Told]:
    problems: list[Any] = []
    before, now = (load_model(path, model_of(kind), problems) for path in (old, new))
    if before is None or now is None:
        raise ProblemsFoundError(*problems)
    if kind == "vergadering":
        found = compare_meetings(before.model, now.model)  # type: ignore[arg-type]
        if is_file(old.parent / RECORD):
            found += find_other_pictures(read_sending(old.parent), now)  # type: ignore[arg-type]
    else:
        found = compare_models(before.model, now.model, _called(kind))
    return [
        Told(
            one.sentence,
            {
                "woord": one.word.rstrip("."),
                "wat": str(one.change),
                "was": one.before,
                "nu": one.now,
                "regel": now.place(*one.item).line if one.item else None,
            },
        )
        for one in found
    ]


def _sentences(sentences: list[str]) -> list[Told]:
    return [Told(sentence, {}) for sentence in sentences]
