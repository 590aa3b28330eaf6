"""Keeping what goes out of a meeting: the papers beside its file, and the file itself.

A paper and the file that are kept belong together, or nothing is: what lrtdocs would make of the
file now must be the paper that is there. Who sends the papers of a file that was changed since,
would keep a text that nobody got, and later papers would call the wrong things changed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs import dutch
from lrtdocs.clock import today
from lrtdocs.documents.words import to_words
from lrtdocs.errors import FileProblemError, Place, Problem, ProblemsFoundError
from lrtdocs.kinds import KINDS, Source, kinds_of
from lrtdocs.messages import problem, text
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.vergadering import walk_numbered
from lrtdocs.run.documents.make import make_draft
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.names import is_edited, is_old_pdf, quote_path, split_version
from lrtdocs.run.folder.write import explain, is_kept, write_atomic
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.load.pictures import digest_pictures
from lrtdocs.run.meetings.sending import (
    FORMAT,
    RECORD,
    Paper,
    Sending,
    find_sendings,
    sent_folder,
    soort_of,
)
from lrtdocs.source.files import is_file, read_bytes
from lrtdocs.word.provenance import read_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from lrtdocs.model.vergadering import Vergadering
    from lrtdocs.run.documents.report import Options, Outcome
    from lrtdocs.run.load.meeting import Meeting

MAX_PAPER = 200_000_000
"""So many bytes a paper may have: one with all annexes in it is large."""
_SUFFIXES = (".docx", ".pdf", ".ics", ".eml", ".txt")
_OTHER_PAPERS = ("uitnodiging", "afzegging", "bundel")
_TEMPORARY = ".lrtdocs-verzonden"


class Found(NamedTuple):
    """A file of a paper of a meeting: where it is, what paper that is, and its bytes."""

    path: Path
    soort: str
    data: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self.data).hexdigest()


def keep_sent(
    path: Path, day: date, options: Options, outcome: Outcome, papers: Sequence[Path] = ()
) -> None:
    """Keep the meeting at `path` and the papers beside it, or these `papers`, as sent on `day`.

    Those that went out before are passed over. Raises ProblemsFoundError, with nothing kept, for
    papers that do not belong to the file as it is.
    """
    loaded, problems = load_vergadering(path, None)
    if loaded is None:
        raise ProblemsFoundError(*problems)
    sendings = find_sendings(path)
    known = {digest for sending in sendings for digest in sending.digests()}
    found = [read_paper(loaded, each) for each in papers or find_papers(path)]
    if loaded.model.vastgesteld and not papers:  # a concept from before is another paper
        found = [paper for paper in found if not paper.soort.endswith("-concept")]
    fresh = [paper for paper in found if paper.digest not in known]
    if not found:
        raise ProblemsFoundError(problem("LRT083", Place(str(path)), file=quote_path(path)))
    if not fresh:
        last = sendings[-1]
        told = {"date": dutch.format_date(last.datum), "folder": last.folder}
        outcome.remarks.append(text("deel.niets_nieuws", **told))
        return
    outcome.add_problems(_check_papers(loaded, fresh, options))
    if outcome.exit_code:
        return
    _write_sending(loaded, fresh, sendings, day, outcome)


# --- which papers


def find_papers(path: Path) -> list[Path]:
    """Return the files of papers that stand beside the meeting at `path`, by name."""
    with disk_problems(path.parent):
        names = sorted(disk.names(path.parent))
    return [
        path.with_name(name)
        for name in names
        if (each := path.with_name(name)).suffix.lower() in _SUFFIXES
        and soort_of(each.stem, path.stem, _paper_kinds())
        and not is_kept(each.stem)
    ]


def _paper_kinds() -> list[str]:
    return [*(kind.name for kind in kinds_of(Source.MEETING)), *_OTHER_PAPERS]


def read_paper(loaded: Meeting, path: Path) -> Found:
    """Return the paper at `path`; one with a name of its own is known by its last word."""
    kinds, stem = _paper_kinds(), split_version(path.stem)[0]
    soort = soort_of(path.stem, loaded.path.stem, kinds)
    own = next((kind for kind in kinds if stem.lower().endswith(kind)), stem)
    return Found(path, soort or own, read_bytes(path, MAX_PAPER))


def _check_papers(loaded: Meeting, papers: Sequence[Found], options: Options) -> Iterator[Problem]:
    """Yield what keeps `papers` from being those of the file as it is now."""
    for paper in papers:
        place = Place(str(paper.path))
        suffix, kind = paper.path.suffix.lower(), paper.soort.partition("-")[0]
        if suffix == ".pdf" and is_old_pdf(paper.path.with_suffix(".docx")):
            docx = quote_path(paper.path.with_suffix(".docx"))
            yield problem("LRT082", place, file=docx)
        elif suffix == ".docx" and kind in KINDS:
            yield from _check_paper(loaded, paper, kind, options)


def _check_paper(loaded: Meeting, paper: Found, kind: str, options: Options) -> Iterator[Problem]:
    place, file = Place(str(paper.path)), quote_path(loaded.path)
    if is_edited(paper.path):
        yield problem("LRT081", place, file=file, paper=quote_path(paper.path))
        return
    own = replace(options, output=str(paper.path))
    if make_draft(loaded, kind, own, today(), many=False).docx != paper.data:
        yield problem("LRT080", place, None, kind=kind, file=file, name=loaded.path.name)


# --- keeping them


def _write_sending(
    loaded: Meeting, papers: Sequence[Found], sendings: Sequence[Sending], day: date,
    outcome: Outcome,
) -> None:  # fmt: skip
    """Write a sending whole: under another name first, which then becomes that of the next one."""
    folder = sent_folder(loaded.path)
    number = sendings[-1].nummer + 1 if sendings else 1
    target, beside = folder / f"v{number}", folder / _TEMPORARY
    source = read_bytes(loaded.path)
    kept = _papers_of(papers, sendings)
    record = _record(loaded, source, kept, number, day)
    with disk_problems(target):
        shutil.rmtree(beside, ignore_errors=True)  # of a call that was broken off
        write_atomic(beside / loaded.path.name, source)
        for paper in papers:
            write_atomic(beside / paper.path.name, paper.data)
        shown = json.dumps(record, ensure_ascii=False, indent=2)
        write_atomic(beside / RECORD, f"{shown}\n".encode())
        disk.replace(beside, target)
        disk.sync_folder(folder)
    outcome.written += [target / paper.path.name for paper in papers]
    outcome.written += [target / loaded.path.name, target / RECORD]
    said = dutch.join_words([text("deel.versie_van", name=p.soort, version=p.versie) for p in kept])
    outcome.remarks.append(
        text("deel.bewaard", papers=said, folder=target, date=dutch.format_date(day))
    )


def _papers_of(papers: Iterable[Found], sendings: Sequence[Sending]) -> list[Paper]:
    """Return `papers` by their kind, each with the version that it is."""
    kinds: dict[str, list[Found]] = {}
    for paper in papers:
        kinds.setdefault(paper.soort, []).append(paper)
    return [_paper_of(soort, found, sendings) for soort, found in kinds.items()]


def _paper_of(soort: str, found: Sequence[Found], sendings: Sequence[Sending]) -> Paper:
    """Return the paper of these files: the last one that went out, if they are others of that.

    So the PDF of an agenda of which the Word document went out before is not a next version.
    """
    day = next((day for one in found if (day := read_day(one.path))), None)
    files = {one.path.name: one.digest for one in found}
    old = next((paper for one in reversed(sendings) if (paper := one.find(soort))), None)
    stems = {PurePath(name).stem for name in old.bestanden} if old else set()
    if (
        old
        and stems >= {one.path.stem for one in found}
        and not files.keys() & old.bestanden.keys()
    ):
        return Paper(soort, old.versie, day or old.van, files)
    return Paper(soort, old.versie + 1 if old else 1, day, files)


def _record(
    loaded: Meeting, source: bytes, papers: Sequence[Paper], number: int, day: date
) -> dict[str, Any]:
    """Return what a sending tells of itself, as plain data."""
    vergadering = loaded.model
    return {
        "formaat": FORMAT,
        "nummer": number,
        "datum": day.isoformat(),
        "bestand": loaded.path.name,
        "sha256": hashlib.sha256(source).hexdigest(),
        "stukken": [
            {
                "soort": paper.soort,
                "versie": paper.versie,
                **({"van": paper.van.isoformat()} if paper.van else {}),
                "bestanden": dict(paper.bestanden),
            }
            for paper in papers
        ],
        "punten": [
            {"nummer": number, "titel": punt.titel, "inhoud": digest_of(punt)}
            for number, _, punt in walk_numbered(vergadering)
        ],
        "bijlagen": list(_annexes(loaded, vergadering)),
        **({"beelden": pictures} if (pictures := digest_pictures(loaded)) else {}),
    }


def _annexes(loaded: Meeting, vergadering: Vergadering) -> Iterator[dict[str, str]]:
    """Yield every annex with a digest of what the meeting says of it, and one of its file."""
    owners = [("", vergadering.bijlagen)]
    owners += [(number, punt.bijlagen) for number, _, punt in walk_numbered(vergadering)]
    for owner, annexes in owners:
        for annex in annexes:
            path = loaded.beside(annex.bestand) if annex.bestand else None
            told = {"punt": owner, "nummer": annex.nummer or "", "titel": annex.titel}
            told = {key: value for key, value in told.items() if value}
            told["inhoud"] = digest_of(annex)
            if annex.bestand:
                told["bestand"] = annex.bestand
            if path is not None and is_file(path):
                told["sha256"] = disk.digest(path)
            yield told


def digest_of(model: object) -> str:
    """Return a digest of what a part of a meeting says; sub-items have one of their own."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            said = {key: plain(one) for key, one in value.items() if key != "subpunten"}
            return {key: one for key, one in said.items() if one}
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value.source if isinstance(value, Tekst) else str(value or "")

    data = json.dumps(plain(to_words(model)), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data.encode("utf-8", "replace")).hexdigest()[:16]


@contextmanager
def disk_problems(path: Path) -> Iterator[None]:
    """Raise FileProblemError, in Dutch and at `path`, for what the system refuses in a context."""
    try:
        yield
    except OSError as error:
        raise FileProblemError(explain(path, error)) from error
