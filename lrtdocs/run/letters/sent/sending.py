"""Marking the letters of a run as sent: from then on none of them is written over.

The manifest tells of each who got it, when and by what; who gets it twice has two lines. A line is
never changed: one that was a mistake is taken back by another.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from lrtdocs import dutch
from lrtdocs.clock import today
from lrtdocs.errors import FileProblemError, Place, ProblemsFoundError, Severity, UsageError
from lrtdocs.findings import cut_short
from lrtdocs.messages import problem, text
from lrtdocs.model.gemeente import CODE
from lrtdocs.run.folder.folder import Folder
from lrtdocs.run.folder.lock import lock_folder
from lrtdocs.run.folder.manifest import MADE, NAME, Sent, add_sent, by_number, read_made, still_sent
from lrtdocs.run.folder.names import is_old_pdf, pdf_name, quote_path
from lrtdocs.run.folder.write import explain
from lrtdocs.run.letters.copies import FOLDER as COPIES
from lrtdocs.run.letters.letter import Letter
from lrtdocs.run.letters.reviewing.approval import is_concept
from lrtdocs.run.letters.selection import choose
from lrtdocs.run.letters.versions import digest_text, find_pictures
from lrtdocs.source.files import exists
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.folder.manifest import Entry, Made

_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Posting:
    """What is told of letters that go out: on which `day`, and by what.

    That goes for those named in `only`, or for all that did not go out yet. With `back` it is taken
    back.
    """

    day: date
    how: str = ""
    only: Sequence[str] | None = None
    back: bool = False


def mark_letters(folder: Path, posting: Posting, outcome: Outcome) -> None:
    """Mark letters in `folder` as sent, or take that back.

    Raises ProblemsFoundError, with nothing marked, where that cannot be done for one of them, and
    UsageError for a name that is none, or if a run is at work there.
    """
    if posting.back and posting.only is None:
        raise UsageError(problem("LRT089.terug", Place(str(folder))))
    try:
        with lock_folder(folder):
            made = read_made(folder)
            marker = _Marker(folder, made, posting)
            records = marker.take_back() if posting.back else marker.mark()
            if marker.refused:
                raise ProblemsFoundError(*cut_short(marker.refused))
            if records:
                add_sent(folder, records)
                outcome.written.append(folder / NAME)
    except OSError as error:
        read_made(folder)  # that tells of a folder without letters
        raise FileProblemError(explain(folder / NAME, error)) from error
    outcome.add_problems(marker.told)
    outcome.remarks.append(_tell(folder, made, records, posting))
    outcome.remarks += marker.remarks
    outcome.remarks += [] if posting.back else _tell_copies(folder / COPIES)


def _tell_copies(folder: Path) -> list[str]:
    """Return a sentence about copies in `folder` of which is not known that they went out."""
    if not exists(folder / NAME):
        return []
    made = read_made(folder)
    out = {one.bestand for one in still_sent(made.sent)}
    there = [entry for entry in made.current.values() if entry.nummer not in made.gone]
    n = sum(entry.status == MADE and entry.bestand not in out for entry in there)
    command = f"lrtdocs verzonden {quote_path(folder)}"
    return [text("deel.afschriften_open", n=n, folder=folder, command=command)] if n else []


def choose_letters(folder: Path, made: Made, only: Sequence[str] | None) -> Container[int] | None:
    """Return the numbers of the letters that `only` names, None for all.

    Raises UsageError for a name that is none.
    """
    if only is None:
        return None
    mailing = str(made.head.get("mailing") or NAME)
    chooser = choose(only, None, load_register(folder / mailing))
    for entry in made.current.values():
        code = entry.sleutel if CODE.fullmatch(entry.sleutel) else ""
        words: dict[str, Any] = {"ontvanger": {"code": code, "naam": entry.aan.naam}}
        if chooser is not None:
            place = Place(str(folder / NAME))
            chooser(Letter(entry.nummer, entry.sleutel, entry.bestand, words, place))
    return chooser.choose() if chooser is not None else None


@dataclass
class _Marker:
    """Finds the lines for the letters of a `posting`; `refused` is why there are to be none."""

    folder: Path
    made: Made
    posting: Posting
    refused: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._files = Folder(self.folder)
        self._chosen = choose_letters(self.folder, self.made, self.posting.only)
        self._sent = by_number(self.made.sent)

    def mark(self) -> list[Sent]:
        """Return the lines of the letters that go out."""
        records: list[Sent] = []
        missing: list[Entry] = []
        gone: list[Entry] = []
        concepts: list[Entry] = []
        for entry in sorted(self.made.current.values(), key=lambda entry: entry.nummer):
            if self._chosen is None and entry.nummer in self.made.gone:
                gone += [entry] if self._is_open(entry) else []
            elif self._chosen is None or entry.nummer in self._chosen:
                digest = self._files.digest(entry.bestand)
                if entry.status != MADE or not digest:
                    missing.append(entry)
                elif is_concept(self.made, entry):
                    concepts.append(entry)
                elif not self._is_told(entry, digest):
                    records.append(self._record(entry, digest))
        level = Severity.WARNING if self._chosen is None else Severity.ERROR
        told = self.told if self._chosen is None else self.refused
        where = Place(str(self.folder))
        if missing:
            told.append(problem("LRT089.niet-gemaakt", where, level, **_name(missing)))
        if concepts:
            mailing = quote_path(self.made.find_mailing(self.folder))
            told_of = {**_name(concepts), "mailing": mailing, "folder": quote_path(self.folder)}
            self.refused.append(problem("LRT727", where, None, **told_of))
        if gone:
            self.told.append(problem("LRT089.weg", where, None, **_name(gone)))
        with_pdf = any(entry.pdf for entry in self.made.current.values())
        if bare := [record for record in records if with_pdf and not record.pdf]:
            self.told.append(problem("LRT089.zonder-pdf", where, None, **_name(bare)))
        if records and self.posting.day > today():
            day = dutch.format_date(self.posting.day)
            self.told.append(problem("LRT089.later", where, None, day=day))
        self._tell_again(records)
        return records

    def _is_open(self, entry: Entry) -> bool:
        """Tell whether the letter is there and did not go out."""
        digest = self._files.digest(entry.bestand)
        return bool(digest) and not self._out(entry, digest)

    def _out(self, entry: Entry, digest: str) -> list[Sent]:
        """Return how the letter of `entry` went out, as the file is now."""
        same = (entry.bestand, digest)
        return [one for one in self._sent.get(entry.nummer, ()) if one.going[:2] == same]

    def _is_told(self, entry: Entry, digest: str) -> bool:
        """Tell whether it was said already; who is not named gets no letter a second time."""
        out = self._out(entry, digest)
        return any(self._chosen is None or each.hoe == self.posting.how for each in out)

    def _record(self, entry: Entry, digest: str) -> Sent:
        path, name = self.folder / entry.bestand, pdf_name(entry.bestand)
        if is_old_pdf(path):
            place = Place(str(self.folder / name))
            self.refused.append(problem("LRT082", place, file=quote_path(path)))
        pdf = self._files.digest(name)
        return Sent(
            self.posting.day.isoformat(),
            entry.nummer,
            entry.bestand,
            digest,
            pdf,
            entry.bladzijden if pdf == entry.pdf else 0,
            self.posting.how,
            entry.sleutel,
            entry.aan,
            entry.vervangt,
            entry.docx not in ("", digest),
            digest_text(path.read_bytes()),
            find_pictures(self.made.bases.get(entry.sjabloon, {}), entry.aan.taal),
        )

    def _tell_again(self, records: Iterable[Sent]) -> None:
        """Tell of letters that went out already, and not as is said now."""
        how, fresh = self.posting.how, {record.nummer for record in records}
        others = [
            number
            for number, sent in self._sent.items()
            if self._chosen is None
            and number not in fresh
            and how not in {one.hoe for one in sent if one.bestand == sent[-1].bestand}
        ]
        if how and others:
            self.remarks.append(text("deel.brieven_eerder", n=len(others), how=how))

    def take_back(self) -> list[Sent]:
        """Return the lines that undo the last one of each letter that is named."""
        how, day, records = self.posting.how, self.posting.day.isoformat(), list[Sent]()
        for number, entry in sorted(self.made.current.items()):
            if self._chosen is None or number not in self._chosen:
                continue
            sent = self._sent.get(number, [])
            last = [one for one in sent if one.bestand == sent[-1].bestand]
            wrong = [one for one in last if not how or one.hoe == how]
            if not wrong:
                place = Place(str(self.folder / entry.bestand))
                self.refused.append(problem("LRT089.nooit", place))
            records += [replace(one, terug=day) for one in wrong]
        return records


def _name(letters: Sequence[Entry | Sent]) -> dict[str, object]:
    """Return how many `letters` there are, and which."""
    names = dutch.join_some([each.bestand for each in letters], _MOST_NAMED)
    return {"n": len(letters), "names": names}


def _tell(folder: Path, made: Made, records: list[Sent], posting: Posting) -> str:
    how = text("deel.per", how=posting.how) if posting.how else ""
    letters = len({record.nummer for record in records})
    if posting.back:
        return text("deel.brieven_terug", n=letters, folder=folder, how=how)
    if records:
        date = dutch.format_date(posting.day)
        return text("deel.brieven_verzonden", n=letters, folder=folder, date=date, how=how)
    if not made.sent:
        return text("deel.brieven_geen", folder=folder)
    if posting.only is not None:
        return text("deel.brieven_deze_al", folder=folder)
    return text("deel.brieven_al", folder=folder)
