"""The templates that go for a folder: which there are, which is in force and why, and copies.

A copy in `sjablonen/` goes before the shipped template of the same name. It is the user's from then
on, so what a newer lrtdocs changes in the shipped one does not reach it; that is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.errors import (
    FileProblemError,
    Place,
    Problem,
    TemplateProblemsError,
    UsageError,
    sort_problems,
)
from lrtdocs.kinds import KINDS
from lrtdocs.messages import problem
from lrtdocs.run.documents.finish import MAX_TEMPLATE
from lrtdocs.run.documents.make import missing_template
from lrtdocs.run.documents.report import Outcome
from lrtdocs.shipped import is_shipped, templates_folder
from lrtdocs.source.files import (
    TEMPLATES,
    exists,
    find_template,
    is_file,
    list_templates,
    read_bytes,
    show_path,
)
from lrtdocs.word.check.template import find_uses
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.provenance import Origin, copy_template, digest_template, read_origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lrtdocs.word.check.words import Use

HERE = "sjabloon"  # a file in the current folder, from which is looked up what goes for that folder
_BY_WORDS = "dat volgt uit de woorden die erin staan"
_WORDS = re.compile(r"[a-z]+")


class State(StrEnum):
    """What a template of the user's own is to the shipped one of the same name."""

    SHIPPED = "meegeleverd"
    OWN = "eigen"
    SAME = "gelijk"
    EDITED = "bewerkt"
    OLD = "verouderd"
    UNKNOWN = "onbekend"
    UNREADABLE = "onleesbaar"


_ABOUT = {
    State.SHIPPED: "hoort bij lrtdocs",
    State.OWN: "eigen sjabloon",
    State.SAME: "eigen kopie, nog gelijk aan het sjabloon dat bij lrtdocs hoort",
    State.EDITED: "eigen kopie, bewerkt",
    State.OLD: "eigen kopie van een oudere versie: het sjabloon dat bij lrtdocs hoort, is "
    "sindsdien veranderd",
    State.UNKNOWN: "eigen sjabloon; niet bekend van welke versie het een kopie is",
    State.UNREADABLE: "eigen bestand, maar geen bruikbaar Word-document",
}
_REMEDIES = {
    State.OLD: "Maak met 'lrtdocs sjabloon kopieer {name} -o nieuw-{name}.docx' een nieuwe kopie, "
    "en zet uw wijzigingen daarin over.",
    State.UNREADABLE: "Kijk met 'lrtdocs sjabloon controleer {name}' wat eraan mankeert.",
}


@dataclass(frozen=True, slots=True)
class InForce:
    """The template that is used under a name: where it is, what it is, and which others wait.

    `behind` are the templates of that name that are not used, because this one is nearer.
    """

    name: str
    path: Path
    state: State
    behind: tuple[Path, ...] = ()

    @property
    def shown(self) -> str:
        """The path as a user calls it."""
        return show_path(self.path)

    @property
    def reason(self) -> str:
        """Why this one is in force, as half a sentence."""
        about = _ABOUT[self.state]
        if self.behind:
            others = ("dat bij lrtdocs hoort" if is_shipped(path) else f"in {path.parent}"
                      for path in self.behind)  # fmt: skip
            about += f"; gaat voor op het sjabloon {' en '.join(others)}"
        return about

    @property
    def remedy(self) -> str:
        """What to do about it, or ""."""
        return _REMEDIES.get(self.state, "").format(name=self.name)


def templates_in_force(start: Path) -> list[InForce]:
    """Return the template in force for the file `start` under each name, shipped names first."""
    found = [
        InForce(name, paths[0], _state_of(name, paths[0]), tuple(paths[1:]))
        for name, paths in list_templates(start).items()
    ]
    order = {kind: number for number, kind in enumerate(KINDS)}
    return sorted(found, key=lambda one: (order.get(one.name, len(order)), one.name))


def _state_of(name: str, path: Path) -> State:
    if is_shipped(path):
        return State.SHIPPED
    try:
        data = read_bytes(path, MAX_TEMPLATE)
        origin = read_origin(read_package(data, str(path)))
    except (FileProblemError, TemplateProblemsError):
        return State.UNREADABLE
    kind = origin.kind if origin else name
    if kind not in KINDS:
        return State.OWN
    shipped = (templates_folder() / f"{kind}.docx").read_bytes()
    if data in (shipped, copy_template(shipped, kind)):
        return State.SAME
    if origin is None:
        return State.UNKNOWN
    return State.EDITED if origin.digest == digest_template(shipped) else State.OLD


# --- copies


def copy_shipped(name: str, output: str | None, *, overwrite: bool) -> Outcome:
    """Write a copy of the shipped template `name`, by default into `sjablonen/` here.

    With `overwrite` another template that is there already stays, under another name.

    Raises TemplateMissingError, or FileProblemError if it cannot be written or is there already.
    """
    name = name.removesuffix(".docx")
    if name not in KINDS:
        raise missing_template(name, sorted(KINDS))
    target = Path(output) if output else Path(TEMPLATES)
    if target.suffix.lower() != ".docx":
        target /= f"{name}.docx"
    if exists(target) and not overwrite:
        raise FileProblemError(problem("LRT001.sjabloon-bestaat", Place(str(target))))
    data = read_bytes(templates_folder() / f"{name}.docx", MAX_TEMPLATE)
    outcome, copied = Outcome(), copy_template(data, name)
    other = is_file(target) and target.read_bytes() != copied
    outcome.write(target, copied, keep=other)
    return outcome


def describe_copy(target: Path, name: str) -> str:
    """Return for which files the copy at `target` is in force now."""
    if target.absolute().parent.name != TEMPLATES:
        return (
            f"Dit sjabloon wordt pas gebruikt als u het noemt: --sjabloon {target}. "
            f"In een map '{TEMPLATES}' wordt het vanzelf gevonden."
        )
    folder = target.absolute().parent.parent
    if target.stem == name:
        return (
            f"Dit sjabloon geldt vanaf nu voor alle bestanden in {folder} en de mappen daarin. "
            "Haal het weg om weer het sjabloon te gebruiken dat bij lrtdocs hoort."
        )
    return (
        f"Dit sjabloon is er nu voor alle bestanden in {folder} en de mappen daarin. "
        f"Gebruik het met: --sjabloon {target.stem}"
    )


# --- one template


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template that was found, and the kind of document it is for, with what told so.

    `uses` are its words, or None if it cannot be read as a package: then `refusals` say why. `kind`
    is None if nothing told, and not `kind_is_certain` if only the words did: those may be of data
    of the user's own. One that was only offered is called by the name it came with, and nobody
    trusts it.
    """

    path: Path
    data: bytes
    kind: str | None
    reason: str
    uses: tuple[Use, ...] | None
    refusals: Sequence[Problem]
    offered_as: str = ""

    @property
    def name(self) -> str:
        """What the user calls the file."""
        return self.offered_as or show_path(self.path)

    @property
    def kind_is_certain(self) -> bool:
        """Whether more than its words tell what it is for."""
        return self.reason != _BY_WORDS

    @property
    def about(self) -> str:
        """What it was taken for, as a sentence."""
        return f"{self.name}: soort {self.kind} ({self.reason})."


def open_template(asked: str, kind: str | None) -> TemplateFile:
    """Find the template `asked`, a name or a .docx, for the current folder; `kind` if it is told.

    Raises TemplateMissingError, or FileProblemError if it cannot be read.
    """
    named = Path(asked)
    path = named if named.suffix and is_file(named) else find_template(asked, Path(HERE))
    if path is None:
        raise missing_template(asked, [one.name for one in templates_in_force(Path(HERE))])
    return read_template(path, kind)


def open_known(asked: str, kind: str | None) -> tuple[TemplateFile, str]:
    """Find the template `asked` as well, and return it with the kind of document it is for.

    Raises UsageError if nothing tells that, TemplateProblemsError if it cannot tell.
    """
    file = open_template(asked, kind)
    if file.kind is not None:
        return file, file.kind
    if file.uses is None:
        raise TemplateProblemsError(*file.refusals)
    raise UsageError(problem("LRT004", Place(show_path(file.path)), kinds=", ".join(KINDS)))


def read_template(path: Path, kind: str | None = None, offered_as: str = "") -> TemplateFile:
    """Read the template at `path`; `kind` if it is told what it is for.

    One that lies there for now, and was `offered_as` a file of another name, is called by that.
    """
    data = read_bytes(path, MAX_TEMPLATE)
    uses, origin, refusals = None, None, list[Problem]()
    stem = Path(offered_as).stem if offered_as else path.stem
    try:
        package = read_package(data, offered_as or show_path(path))
        uses, origin = tuple(find_uses(package)), read_origin(package)
    except TemplateProblemsError as error:
        refusals = sort_problems(error.problems)
    found, reason = (kind, "dat is gevraagd") if kind else guess_kind(stem, origin, uses or ())
    return TemplateFile(path, data, found, reason, uses, refusals, offered_as)


def guess_kind(stem: str, origin: Origin | None, uses: Iterable[Use]) -> tuple[str | None, str]:
    """Return the kind of document a template is for, or None, and what tells so.

    The name of the file tells, or else what it was copied from, or else the words it uses.
    """
    named = [kind for kind in KINDS if kind in _WORDS.findall(stem.lower())]
    if len(named) == 1:
        return named[0], "zo heet het bestand"
    if origin is not None and origin.kind in KINDS:
        return origin.kind, f"het is een kopie van {origin.kind}"
    kind = _kind_of_words({use.path for use in uses})
    return kind, _BY_WORDS if kind else ""


def _kind_of_words(paths: set[str]) -> str | None:
    """Return the lowest kind in the table that has a use for one of the words at `paths`."""
    used = paths | {path.partition(".")[0].removesuffix("[]") for path in paths}
    return next(
        (name for name, row in reversed(KINDS.items()) if used.intersection(row.telling)), None
    )
