"""The use cases, one function each: what the commands, the local page and Python callers share.

A call gathers problems and goes on with the next file; it raises only for what no single file is
to blame for.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.documents import KINDS, known_words
from lrtdocs.errors import (
    ExitCode,
    FileProblemError,
    LrtdocsError,
    Problem,
    ProblemsFoundError,
    has_errors,
    sort_problems,
)
from lrtdocs.model import Huisstijl, Vergadering, json_schema
from lrtdocs.run.loading import load_model, load_vergadering, parse_file
from lrtdocs.run.making import (
    MAX_TEMPLATE,
    Draft,
    convert_drafts,
    drop_clashes,
    fill_draft,
    make_draft,
    write_draft,
)
from lrtdocs.run.report import Options, Outcome, Progress, silent
from lrtdocs.source.data import parse_data
from lrtdocs.source.files import examples_folder, read_bytes, read_text, write_atomic
from lrtdocs.source.nodes import Mapping as MappingNode
from lrtdocs.word.render import render
from lrtdocs.word.template import check_names, compile_template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SCHEMAS: dict[str, type[Vergadering | Huisstijl]] = {
    "vergadering": Vergadering,
    "huisstijl": Huisstijl,
}
START_DATE = date(2025, 3, 19)  # the meeting in the start file
STARTS = {"agenda": ("nieuw.yaml", "vergadering")}  # kind: start file and schema
WORD_SUFFIXES = {".docx", ".docm", ".dotx", ".dotm", ".doc"}


def today() -> date:
    """Return the date of today, or that of `SOURCE_DATE_EPOCH` where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    return datetime.now().astimezone().date()


__all__ = [
    "Options",
    "Outcome",
    "check",
    "check_files",
    "convert",
    "fill",
    "fill_file",
    "make_documents",
    "render_one",
    "schema_text",
    "start_file",
    "today",
    "write_schema",
]

# --- making documents


def make_documents(
    paths: Sequence[Path], kind: str, options: Options | None = None, progress: Progress = silent
) -> Outcome:
    """Make the `kind` ("agenda", "verslag") of every meeting in `paths`, and tell what came of it.

    A file with errors is told and passed over; the others are made.
    """
    options = options or Options()

    def make_one(path: Path, outcome: Outcome) -> Draft | None:
        loaded, problems = load_vergadering(path, kind)
        outcome.add_problems(problems)
        if loaded is None:
            return None
        return make_draft(loaded, kind, options, today(), many=len(paths) > 1)

    return _make(paths, make_one, options, progress)


def fill_file(template: Path, data: Path, options: Options | None = None) -> Outcome:
    """Fill the Word template at `template` with the words in `data`, a YAML or JSON file."""
    options = options or Options()

    def make_one(path: Path, outcome: Outcome) -> Draft | None:
        text, problems = read_text(path)
        words, found = parse_data(text, str(path))
        outcome.add_problems(problems + found)
        return None if words is None else fill_draft(template, path, words, options)

    return _make([data], make_one, options, silent)


def _make(
    paths: Sequence[Path],
    make_one: Callable[[Path, Outcome], Draft | None],
    options: Options,
    progress: Progress,
) -> Outcome:
    """Make a draft of every file of `paths`, convert what was drafted, and write it."""
    outcome = Outcome()
    sources = list(dict.fromkeys(paths))
    steps = len(sources) + options.wants_pdf
    drafts = []
    for step, path in enumerate(sources, start=1):
        progress(f"{path.name} invullen", step, steps)
        try:
            draft = make_one(path, outcome)
        except LrtdocsError as error:
            outcome.add_failure(error)
            continue
        if draft is not None:
            outcome.add_problems(draft.warnings)
            drafts.append(draft)
    drafts = drop_clashes(drafts, outcome)
    if options.wants_pdf and drafts:
        progress("PDF maken met LibreOffice", steps, steps)
        drafts = convert_drafts(drafts, outcome)
    for draft in drafts:
        write_draft(draft, outcome, overwrite=options.overwrite)
    return outcome


# --- checking


def check(path: str | Path) -> list[Problem]:
    """Return every problem of a YAML file or a Word template; nothing is written.

    Raises FileProblemError if the file cannot be read.
    """
    return sort_problems(_check_one(Path(path), trusted=False))


def check_files(paths: Sequence[Path], *, trusted: bool = False) -> Outcome:
    """Check every file of `paths`; a Word template with errors gives exit code 3."""
    outcome = Outcome()
    for path in paths:
        code = ExitCode.TEMPLATE if _is_template(path) else ExitCode.PROBLEMS
        try:
            outcome.add_problems(_check_one(path, trusted=trusted), code)
        except LrtdocsError as error:
            outcome.add_failure(error)
    return outcome


def _is_template(path: Path) -> bool:
    return path.suffix.lower() in WORD_SUFFIXES


def _check_one(path: Path, *, trusted: bool) -> list[Problem]:
    if _is_template(path):
        return _check_template(path, trusted=trusted)
    if _is_huisstijl(path):
        return load_model(path, Huisstijl)[2]
    return load_vergadering(path, None)[1]


def _check_template(path: Path, *, trusted: bool) -> list[Problem]:
    try:
        template = compile_template(read_bytes(path, MAX_TEMPLATE), str(path), trusted=trusted)
    except ProblemsFoundError as error:
        return error.problems
    return check_names(template, known_words()) if path.stem in KINDS else []


def _is_huisstijl(path: Path) -> bool:
    """Tell whether the YAML of `path` is a house style: by its keys, not by its name."""
    node, _ = parse_file(path)
    keys = {key.text.lower() for key, _ in node.entries} if isinstance(node, MappingNode) else set()
    fields = Huisstijl.model_fields.keys() & keys
    return len(fields) > len(Vergadering.model_fields.keys() & keys)


# --- helping an author


def schema_text(kind: str) -> str:
    """Return the JSON Schema of a "vergadering" or "huisstijl" file, as text."""
    return json.dumps(json_schema(SCHEMAS[kind]), ensure_ascii=False, indent=2) + "\n"


def write_schema(kind: str, path: Path) -> Outcome:
    """Write the JSON Schema of `kind` to `path`."""
    write_atomic(path, schema_text(kind).encode())
    return Outcome(written=[path])


def start_file(kind: str, target: Path | None) -> Outcome:
    """Write a commented start for a file of `kind` to `target`, and the schema beside it.

    Raises FileProblemError if there is a file already: it may hold somebody's work.
    """
    example, schema_kind = STARTS[kind]
    target = target or Path(f"{today().isoformat()}-{schema_kind}.yaml")
    if target.exists():
        raise FileProblemError(
            str(target),
            "Dit bestand bestaat al. Het blijft zoals het is.",
            "Kies met -o een andere naam.",
        )
    write_atomic(target, _move_dates(read_bytes(examples_folder() / example).decode()).encode())
    schema = target.with_name(f"{schema_kind}.schema.json")
    written = [target]
    if not schema.exists():
        write_atomic(schema, schema_text(schema_kind).encode())
        written.append(schema)
    return Outcome(written=written)


def _move_dates(text: str) -> str:
    """Return the start file `text` with all its dates moved, so that the meeting is today."""
    moved = today() - START_DATE
    return re.sub(
        r"\b\d{4}-\d\d-\d\d\b",
        lambda match: (date.fromisoformat(match[0]) + moved).isoformat(),
        text,
    )


# --- the Python way in


def render_one(path: str | Path, kind: str) -> bytes:
    """Return the `kind` ("agenda", "verslag") of the meeting at `path`, as a .docx.

    Raises ProblemsFoundError with all problems if the file or its template has errors, and
    ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
    loaded, problems = load_vergadering(Path(path), kind)
    if loaded is None or has_errors(problems):
        raise ProblemsFoundError(sort_problems(problems))
    return make_draft(loaded, kind, Options(), today(), many=False).docx


def fill(template: bytes, words: Mapping[str, object], *, trusted: bool = False) -> bytes:
    """Return `template` (a .docx) filled with `words`, as strict as everything else."""
    return render(compile_template(template, "sjabloon", trusted=trusted), words)


def convert(docx: bytes) -> bytes:
    """Return `docx` as an accessible PDF, made by LibreOffice."""
    from lrtdocs import pdf  # loads pikepdf

    return pdf.convert_one(docx)
