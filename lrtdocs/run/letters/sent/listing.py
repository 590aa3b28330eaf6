"""Who got what: a row for each letter that is in a folder, and for each that went out of it.

All of it is what the manifest tells: whom a letter was for when it was made or sent, not what the
list says today. What became of the files since is seen in the folder.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.errors import Place
from lrtdocs.messages import problem, text
from lrtdocs.model.gemeente import CODE
from lrtdocs.run.folder.folder import Folder
from lrtdocs.run.folder.manifest import FAILED, MADE, NOBODY, by_number, read_made, still_sent
from lrtdocs.run.folder.names import is_old_pdf, pdf_name, split_version
from lrtdocs.run.load.tables import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.folder.manifest import Addressee, Entry, Made, Sent
    from lrtdocs.run.load.tables import Shown

HEADINGS = (
    *("volgnummer", "kenmerk", "code", "naam", "adresregels", "e-mail", "betreft", "bestand"),
    *("bladzijden", "dagtekening", "verzonden", "hoe", "versie", "vervangt", "opmerking"),
    *("sha256 docx", "sha256 pdf"),
)

_FILE = HEADINGS.index("bestand")


def list_letters(folder: Path) -> tuple[Listing, list[Problem]]:
    """Return the letters in `folder` as a table, and what is to be told of it.

    Raises FileProblemError for a folder that no run was made in.
    """
    made = read_made(folder)
    lister = _Lister(folder, made)
    rows = [row for number in lister.numbers for row in lister.rows(number)]
    files, out = {row[_FILE] for row in rows}, {each.bestand for each in lister.all_sent}
    summary = text("deel.verzendlijst", n=len(files), sent=len(out))
    both: list[Entry | Sent] = [*made.current.values(), *lister.all_sent]
    unknown = len({each.bestand for each in both if each.aan == NOBODY})
    told = [problem("LRT754", Place(str(folder)), None, n=unknown)] if unknown else []
    return Listing(HEADINGS, rows, (summary,)), told


class _Lister:
    def __init__(self, folder: Path, made: Made) -> None:
        self._folder, self._made = Folder(folder), made
        self.all_sent = still_sent(made.sent)
        self.sent = by_number(made.sent)
        self._back = {(one.nummer, one.bestand): one for one in made.sent if one.terug}
        self.numbers = sorted({*made.current, *self.sent})

    def rows(self, number: int) -> Iterator[Sequence[Shown]]:
        """Yield a row for each time that a letter with that `number` went out, and the one of now.

        Of a letter that went out as it is now there is no row more.
        """
        sent = self.sent.get(number, [])
        for each in sent:
            yield self._row_of_sent(each)
        entry = self._made.current.get(number)
        if entry is not None and entry.bestand not in {each.bestand for each in sent}:
            yield self._row_of_entry(entry)

    def _row_of_sent(self, sent: Sent) -> Sequence[Shown]:
        notes = []
        there = self._folder.digest(sent.bestand)
        if there != sent.docx:
            notes.append(text("deel.lijst_anders" if there else "deel.lijst_weg"))
        notes += self._notes(sent.nummer, edited=sent.bewerkt)
        told = (_day(sent.verzonden), sent.hoe)
        return self._row(sent, sent.bladzijden, told, notes, (sent.docx, sent.pdf))

    def _row_of_entry(self, entry: Entry) -> Sequence[Shown]:
        notes, name = [], pdf_name(entry.bestand)
        docx, pdf = self._folder.digest(entry.bestand), self._folder.digest(name)
        if entry.status == FAILED:
            notes.append(text("deel.lijst_mislukt", reason="; ".join(entry.problemen)))
        elif entry.status != MADE:
            notes.append(text("deel.lijst_niet_af"))
        elif not docx:
            notes.append(text("deel.lijst_weg"))
        if entry.pdf and not pdf:
            notes.append(text("deel.lijst_pdf_weg"))
        elif is_old_pdf(self._folder.path / entry.bestand):
            notes.append(text("deel.lijst_pdf_oud"))
        back = self._back.get((entry.nummer, entry.bestand))
        if back is not None:
            days = [dutch.format_date(date.fromisoformat(each))
                    for each in (back.verzonden, back.terug)]  # fmt: skip
            notes.append(text("deel.lijst_terug", day=days[0], back=days[1]))
        edited = entry.status == MADE and docx not in ("", *entry.ours)
        notes += self._notes(entry.nummer, edited=edited)
        pages = entry.bladzijden if pdf == entry.pdf else 0
        return self._row(entry, pages, (None, ""), notes, (docx, pdf))

    def _notes(self, number: int, *, edited: bool) -> list[str]:
        gone = number in self._made.gone
        return [
            *([text("deel.lijst_bewerkt")] if edited else []),
            *([text("deel.lijst_niet_meer")] if gone else []),
        ]

    def _row(
        self,
        one: Entry | Sent,
        pages: int,
        sent: tuple[date | None, str],
        notes: Sequence[str],
        digests: tuple[str, str],
    ) -> Sequence[Shown]:
        aan: Addressee = one.aan
        return (
            one.nummer,
            aan.kenmerk,
            one.sleutel if CODE.fullmatch(one.sleutel) else "",
            aan.naam or one.sleutel,
            ", ".join(aan.adres),
            aan.email,
            aan.betreft,
            one.bestand,
            pages or None,
            _day(aan.dagtekening),
            *sent,
            split_version(one.bestand.removesuffix(".docx"))[1] if one.vervangt else 1,
            one.vervangt,
            "; ".join(notes),
            *digests,
        )


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
