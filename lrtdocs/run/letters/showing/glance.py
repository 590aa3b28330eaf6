"""A mailing as a person looks at it: what it is, to whom it goes, and how far it has come."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lrtdocs.errors import LrtdocsError
from lrtdocs.model.mailing import GEMEENTEN
from lrtdocs.run.documents.make import template_path
from lrtdocs.run.folder.manifest import MADE, find_folder, name_mailing, read_made, still_sent
from lrtdocs.run.letters.reviewing.approval import (
    approval_path,
    judge_approval,
    names_asked,
    read_approval,
    template_name,
)
from lrtdocs.run.load.mailing import load_mailing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.letters.reviewing.approval import Approval
    from lrtdocs.run.load.mailing import LoadedMailing


@dataclass(frozen=True, slots=True)
class Glance:
    """A mailing at a glance.

    `problems` are those of the file and of what goes with it; with errors among them nothing else
    may be known, and `usable` is false. `listed` is the list of recipients as the file names it,
    and goes to so many `recipients`. `folder` is where its letters are, or will be: `made` of them
    are there, `sent` went out. `columns` are the headings of the list, by which a print file may be
    divided.
    """

    path: Path
    folder: Path
    problems: Sequence[Problem] = ()
    usable: bool = False
    subject: str = ""
    day: dt.date | None = None
    listed: str = ""
    of_gemeenten: bool = False
    template: str = ""
    kind: str = ""
    sender: str = ""
    two_sided: bool = False
    recipients: int = 0
    columns: tuple[str, ...] = ()
    made: int = 0
    sent: int = 0
    approval: Approval | None = None


def find_letters_folder(mailing: Path) -> Path:
    """Return the folder with the letters of `mailing`, or where they are to come: beside it."""
    folder = find_folder(mailing)
    with suppress(LrtdocsError):
        if read_made(folder).head.get("mailing") == name_mailing(mailing, folder):
            return folder
    return mailing.with_name(f"{mailing.stem}-brieven")


def glance_at(path: Path) -> Glance:
    """Return the mailing at `path` at a glance; its letters are not made or checked for it."""
    folder = find_letters_folder(path)
    loaded, problems = load_mailing(path)
    made, sent = _count(folder)
    if loaded is None:
        return Glance(path, folder, problems, made=made, sent=sent)
    mailing = loaded.mailing
    own = mailing.ontvangers.strip().lower() == GEMEENTEN
    return Glance(
        path,
        folder,
        problems,
        usable=True,
        subject=mailing.betreft or "",
        day=mailing.dagtekening,
        listed=mailing.ontvangers,
        of_gemeenten=own,
        template=mailing.sjabloon,
        kind=loaded.kind,
        sender=mailing.afzender or "",
        two_sided=bool(mailing.dubbelzijdig),
        recipients=sum(1 for _ in loaded.recipients),
        columns=_columns(loaded),
        made=made,
        sent=sent,
        approval=_approval(loaded),
    )


def refresh(glance: Glance) -> Glance:
    """Return `glance` with what became of the letters since."""
    folder = find_letters_folder(glance.path)
    made, sent = _count(folder)
    return replace(glance, folder=folder, made=made, sent=sent)


def _columns(loaded: LoadedMailing) -> tuple[str, ...]:
    """Return the headings by which letters can be put together; a gemeente has its province."""
    table = loaded.recipients.table
    told = tuple(heading.text for heading in table.headings) if table else ()
    found = {text.lower() for text in told}
    return told if "provincie" in found else ("provincie", *told)


def _count(folder: Path) -> tuple[int, int]:
    """Return how many letters in `folder` are made, and how many of them went out."""
    with suppress(LrtdocsError):
        made = read_made(folder)
        there = [one for one in made.current.values() if one.nummer not in made.gone]
        out = {one.nummer for one in still_sent(made.sent)}
        return sum(one.status == MADE for one in there), len(out)
    return 0, 0


def _approval(loaded: LoadedMailing) -> Approval | None:
    """Return how it stands with the go-ahead; of one that nobody asked for only if it was given."""
    with suppress(LrtdocsError, OSError):
        template = template_path(template_name(loaded), loaded.path)
        asked = names_asked(loaded)
        if asked:
            return judge_approval(loaded, template)
        found = judge_approval(loaded, template, asked=1)
        return found if found.record or read_approval(approval_path(loaded.path))[1] else None
    return None
