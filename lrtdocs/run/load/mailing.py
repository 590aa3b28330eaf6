"""Reading a mailing with all that goes for it: house style, sender, numbers, recipients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place, Problem, ProblemsFoundError
from lrtdocs.kinds import KINDS, Source, kinds_of
from lrtdocs.model import Afzender, Huisstijl, Mailing, Register, Verdeling
from lrtdocs.model.mailing import GEMEENTEN
from lrtdocs.model.ontvanger import Ontvanger, check_ontvangers
from lrtdocs.run.load.meeting import choose_afzender, load_model
from lrtdocs.run.load.tables import load_verdeling, register_for
from lrtdocs.source.build.build import model_warnings, place_of
from lrtdocs.source.files import find_huisstijl
from lrtdocs.source.lists.recipients import RecipientList, open_recipients
from lrtdocs.source.lists.register import find_register, load_register
from lrtdocs.source.sheet import normalize_heading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.source.sheet import Table
    from lrtdocs.source.yaml.nodes import Node


@dataclass(frozen=True, slots=True)
class Recipients:
    """The recipients of a mailing, to be gone through as often as needed; never all in memory.

    `listed` are those of the file at `path`; without it they are the gemeenten of the register
    there.
    """

    path: Path
    register: Register
    listed: RecipientList | None = None

    def __iter__(self) -> Iterator[Ontvanger]:
        if self.listed is not None:
            return iter(self.listed)
        place = Place(str(self.path))
        return (
            Ontvanger(place, code=gemeente.code, naam=gemeente.naam)
            for gemeente in self.register.gemeenten
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """The words of the headings."""
        return self.listed.columns if self.listed is not None else ()

    @property
    def table(self) -> Table | None:
        """The file itself, for the places of its columns."""
        return self.listed.table if self.listed is not None else None

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong in the file."""
        return self.listed.problems if self.listed is not None else []


@dataclass(frozen=True, slots=True)
class LoadedMailing:
    """A mailing read from the file `path`, with all that its letters are made of."""

    path: Path
    node: Node
    mailing: Mailing
    huisstijl: Huisstijl
    huisstijl_path: Path
    afzender: Afzender
    recipients: Recipients
    verdeling: Verdeling | None

    @property
    def kind(self) -> str:
        """The kind of letter: that of the template, or for one of the user's own what fits it."""
        named = KINDS.get(self.mailing.sjabloon)
        if named is not None and named.source is Source.MAILING:
            return named.name
        counted = self.mailing.taakstelling is not None
        return next(kind.name for kind in kinds_of(Source.MAILING) if kind.counted is counted)


def load_mailing(path: Path) -> tuple[LoadedMailing | None, list[Problem]]:
    """Read the mailing at `path`; None, with the problems of all files, if it cannot be used.

    The recipients are opened here, and judged when the letters are planned.
    """
    node, mailing, problems = load_model(path, Mailing)
    huisstijl_path = find_huisstijl(path)
    _, huisstijl, found = load_model(huisstijl_path, Huisstijl)
    problems += found
    if mailing is None or node is None:
        return None, problems
    problems += model_warnings(mailing, node)
    register, found = _load_register(path)
    problems += found
    if register is None:
        return None, problems
    current = register_for(mailing, register)
    recipients, found = _open_recipients(mailing, node, path, current)
    problems += found
    verdeling = None
    if mailing.taakstelling is not None:
        verdeling, found = load_verdeling(mailing, node, path, register)
        problems += found
    afzender = None
    if huisstijl is not None:
        afzender, found = choose_afzender(mailing.afzender, huisstijl, huisstijl_path, node)
        problems += found
    complete = verdeling is not None or mailing.taakstelling is None
    if huisstijl is None or afzender is None or recipients is None or not complete:
        return None, problems
    loaded = LoadedMailing(
        path, node, mailing, huisstijl, huisstijl_path, afzender, recipients, verdeling
    )
    return loaded, problems


def check_recipients(path: Path) -> list[Problem]:
    """Return every problem of the list of recipients at `path`, as far as it goes by itself.

    Whether all gemeenten have to be there is for a mailing to say. Raises FileProblemError if the
    list cannot be read.
    """
    register, problems = _load_register(path)
    if register is None:
        return problems
    register = register.at(register.peildata[-1])
    listed = open_recipients(path, register)
    problems += check_ontvangers(listed, register, str(path), complete=False)
    return problems + listed.problems


def _load_register(path: Path) -> tuple[Register | None, list[Problem]]:
    try:
        return load_register(path), []
    except ProblemsFoundError as error:
        return None, error.problems
    except FileProblemError as error:
        return None, error.problems


def _open_recipients(
    mailing: Mailing, node: Node, path: Path, register: Register
) -> tuple[Recipients | None, list[Problem]]:
    if mailing.ontvangers.strip().lower() == GEMEENTEN:
        return Recipients(find_register(path), register), []
    source = path.parent / mailing.ontvangers
    try:
        listed = open_recipients(
            source,
            register,
            gemeenten=mailing.taakstelling is not None,
            kolommen={normalize_heading(name): kind for name, kind in mailing.kolommen.items()},
        )
    except ProblemsFoundError as error:
        return None, error.problems
    except FileProblemError as error:
        if source.exists():
            return None, error.problems
        place = place_of(node, ("ontvangers",))
        return None, [messages.problem("LRT001.ontvangers", place, name=mailing.ontvangers)]
    return Recipients(source, register, listed), _unknown_columns(mailing, node, listed)


def _unknown_columns(mailing: Mailing, node: Node, listed: RecipientList) -> list[Problem]:
    """Return a problem for each column that the mailing says something of, and is not there."""
    known = [heading.text for heading in listed.table.headings]
    return [
        messages.problem(
            "LRT242",
            place_of(node, ("kolommen", name)),
            name=name,
            known=", ".join(known),
        )
        for name in mailing.kolommen
        if normalize_heading(name) not in listed.columns
    ]
