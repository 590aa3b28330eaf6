"""How it stands with the go-ahead for a mailing: which bytes it is for, and whether it counts.

It binds every file that goes into the letters, by what that file is for them: a folder may be moved
or get another name, but no byte may change. What is bound is what the letters are made of: who has
a go-ahead looks at the files before and after they are read.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.errors import FileProblemError, Place, Problem, Severity
from lrtdocs.kinds import KINDS
from lrtdocs.messages import text
from lrtdocs.model.mailing import Akkoord, GebondenBestand
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.names import quote_path
from lrtdocs.run.load.mailing import AllGemeenten
from lrtdocs.run.load.model import load_model
from lrtdocs.run.load.pictures import find_picture
from lrtdocs.shipped import DATA, is_shipped
from lrtdocs.source.files import exists, find_upwards, is_file
from lrtdocs.source.lists.register import find_register
from lrtdocs.source.lists.rows import WithRows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.run.folder.manifest import Entry, Made
    from lrtdocs.run.load.mailing import LoadedMailing

_PICTURE = "deel.bestand_afbeelding"
Key = tuple[str, str]
"""By what a bound file is known: what it is for the letters, and its name where there are more."""


class Bound(NamedTuple):
    """A file that goes into letters: `what` it is for them, how it is called, and where it is."""

    what: str
    name: str
    path: Path

    @property
    def key(self) -> Key:
        """By what it is known."""
        return _key(self.what, self.name)


def _key(what: str, name: str) -> Key:
    return what, name if what == text(_PICTURE) else ""  # of those there may be more


def template_name(loaded: LoadedMailing) -> str:
    """Return the name by which the template of a mailing is looked up, or its path."""
    asked = loaded.mailing.sjabloon
    beside = loaded.path.parent / asked
    return str(beside) if asked not in KINDS and is_file(beside) else asked


def list_files(loaded: LoadedMailing, template: Path) -> list[Bound]:
    """Return every file that goes into the letters of a mailing, which are made with `template`.

    What comes with lrtdocs is bound by its version, except the template.
    """
    folder, house = loaded.path.parent, loaded.house
    found = [("deel.bestand_mailing", loaded.path)]
    recipients = loaded.recipients
    if isinstance(recipients, WithRows):
        found.append(("deel.bestand_rijen", recipients.rows.path))
        recipients = recipients.recipients
    if not isinstance(recipients, AllGemeenten):
        found.append(("deel.bestand_lijst", recipients.path))
    block = loaded.mailing.taakstelling
    if block is not None and block.tabel:
        found.append(("deel.bestand_tabel", loaded.beside(block.tabel)))
    register = find_register(loaded.path)
    if register.parent != DATA:
        found.append(("deel.bestand_register", register))
    found.append(("deel.bestand_sjabloon", template))
    own = find_upwards(loaded.path, house.path.name) is not None
    if own:
        found.append(("deel.bestand_huisstijl", house.path))
        if house.huisstijl.logo:
            found.append(("deel.bestand_logo", house.path.parent / house.huisstijl.logo))
    files = [Bound(text(key), _name(path, folder), path) for key, path in found]
    pictures = sorted(loaded.pictures)
    return files + [Bound(text(_PICTURE), one, find_picture(folder, one)) for one in pictures]


def _name(path: Path, folder: Path) -> str:
    if is_shipped(path):
        return text("deel.bestand_van_lrtdocs", name=path.stem)
    with suppress(ValueError):  # on another drive
        return os.path.relpath(path.resolve(), folder.resolve()).replace(os.sep, "/")
    return path.name


def digest_files(files: Sequence[Bound]) -> dict[Key, str]:
    """Return the SHA-256 of each of `files` as it is now, "" of one that cannot be read."""
    return {file.key: _digest(file.path) for file in files}


def _digest(path: Path) -> str:
    with suppress(OSError):
        return disk.digest(path)
    return ""


def version() -> str:
    """Return the version of lrtdocs, by which all that comes with it is bound."""
    return str(import_module("lrtdocs").__version__)  # an import would be a cycle


IN_BASIS = "akkoord"
"""What of the basis of a letter tells that it was made as a concept."""


def is_concept(made: Made, entry: Entry) -> bool:
    """Tell whether the letter of `entry` says that it is a concept, for want of a go-ahead."""
    return IN_BASIS in made.bases.get(entry.sjabloon, {})


# --- the file


def approval_path(mailing: Path) -> Path:
    """Return where the go-ahead for the `mailing` stands."""
    return mailing.with_name(f"{mailing.stem}-akkoord{mailing.suffix}")


def read_approval(path: Path) -> tuple[Akkoord | None, list[Problem]]:
    """Read the go-ahead at `path`; None, and why, if it cannot be used. None alone: there is none.

    One that was edited since lrtdocs wrote it counts for nothing.
    """
    if not exists(path):
        return None, []
    problems: list[Problem] = []
    place, told = Place(str(path)), {"name": path.name, "mailing": quote_path(mailing_of(path))}
    try:
        file = load_model(path, Akkoord, problems)
    except FileProblemError as error:
        file, problems = None, error.problems
    if file is None:
        reason = problems[0].message if problems else ""
        return None, [messages.problem("LRT725.kapot", place, None, reason=reason, **told)]
    if file.model.controlegetal != file.model.checksum():
        return None, [messages.problem("LRT725.bewerkt", place, None, **told)]
    return file.model, []


def mailing_of(path: Path) -> Path:
    """Return the mailing that the go-ahead at `path` is of, by its name."""
    return path.with_name(f"{path.stem.removesuffix('-akkoord')}{path.suffix}")


# --- whether it counts


@dataclass(frozen=True, slots=True)
class Approval:
    """How it stands: the `files` of the letters as they were `found`, and the go-ahead for them.

    So many names are `asked`; `record` is the go-ahead that was read, `changes` what is other since
    then, in phrases, and `problems` why it does not count.
    """

    files: Sequence[Bound]
    found: Mapping[Key, str]
    asked: int = 0
    record: Akkoord | None = None
    changes: Sequence[str] = ()
    problems: Sequence[Problem] = field(default_factory=list)

    @property
    def given(self) -> int:
        """How many people gave their go-ahead for the files as they are."""
        return len(self.record.akkoord) if self.record and not self.changes else 0

    @property
    def concept(self) -> bool:
        """Whether letters have to say that they are a concept."""
        return self.given < self.asked

    @property
    def counts(self) -> bool:
        """Whether letters are made without that word because of the go-ahead."""
        return 0 < self.asked <= self.given

    def check_same(self) -> None:
        """Raise FileProblemError if a file is not as it was found, before it was read."""
        for file in self.files:
            if _digest(file.path) != self.found[file.key]:
                raise FileProblemError(messages.problem("LRT001.veranderd", Place(str(file.path))))


def names_asked(loaded: LoadedMailing) -> int:
    """Return how many people have to give their go-ahead for the letters of a mailing."""
    asks = loaded.house.huisstijl.akkoord
    return asks.namen if asks else 0


def judge_approval(loaded: LoadedMailing, template: Path, asked: int | None = None) -> Approval:
    """Look how it stands with the go-ahead for a mailing whose letters `template` makes.

    So many names are `asked`, or else what the house style asks; for none nothing is looked at.
    """
    asked = names_asked(loaded) if asked is None else asked
    if not asked:
        return Approval((), {})
    files = list_files(loaded, template)
    found = digest_files(files)
    path = approval_path(loaded.path)
    record, problems = read_approval(path)
    problems = [replace(one, severity=Severity.WARNING) for one in problems]
    told: dict[str, object] = {"mailing": quote_path(loaded.path)}
    changes = list(find_changes(record, files, found)) if record else []
    given = len(record.akkoord) if record and not changes else 0
    if record and changes:
        told |= {"changes": dutch.join_words(changes), "people": record.names()}
        problems = [messages.problem("LRT725.veranderd", Place(str(path)), None, **told)]
    elif record and given < asked:
        told["people"] = record.names()
        problems = [messages.problem("LRT725.een", Place(str(path)), None, **told)]
    elif not record and not problems:
        told["number"] = asked
        problems = [messages.problem("LRT725.geen", loaded.place(), None, **told)]
    return Approval(files, found, asked, record, changes, problems)


def find_changes(
    record: Akkoord, files: Sequence[Bound], found: Mapping[Key, str]
) -> Iterator[str]:
    """Yield in phrases what is other than when the go-ahead in `record` was given."""
    was = {_key(one.wat, one.bestand): one for one in record.bestanden}
    for file in files:
        before = was.get(file.key)
        if before is None:
            yield text("deel.akkoord_erbij", what=file.what, name=file.name)
        elif before.sha256 != found[file.key]:
            same = before.bestand == file.name
            key = "deel.akkoord_veranderd" if same else "deel.akkoord_ander"
            yield text(key, what=file.what, name=file.name)
    keys = {file.key for file in files}
    for gone in (one for key, one in was.items() if key not in keys):
        yield text("deel.akkoord_weg", what=gone.wat, name=gone.bestand)
    if record.lrtdocs != version():
        yield text("deel.akkoord_versie", was=record.lrtdocs, now=version())


def bind(approval: Approval) -> tuple[GebondenBestand, ...]:
    """Return the files of `approval` as they stand in the record of it."""
    return tuple(
        GebondenBestand(wat=file.what, bestand=file.name, sha256=approval.found[file.key])
        for file in approval.files
    )
