"""Reading a meeting together with the house style that goes for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from lrtdocs.errors import FileProblemError, Place, Problem, has_errors, suggest
from lrtdocs.kinds import Source, kinds_of
from lrtdocs.messages import problem
from lrtdocs.model import Afzender, Huisstijl, Vergadering, walk_punten
from lrtdocs.source.build.build import build_model, model_warnings, place_of
from lrtdocs.source.files import find_huisstijl, read_text
from lrtdocs.source.yaml.nodes import MappingNode
from lrtdocs.source.yaml.text import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.source.yaml.nodes import Node

Model = TypeVar("Model", bound=BaseModel)
SHEET_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods", ".csv"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A meeting read from the file `path`, with the house style and the sender that go for it.

    `node` is what stands in the file, and where.
    """

    path: Path
    node: Node = field(repr=False)
    vergadering: Vergadering
    huisstijl: Huisstijl
    huisstijl_path: Path
    afzender: Afzender


Parsed = tuple["Node | None", list[Problem]]
"""What stands in a YAML file, or None where nothing can be read, and what is wrong with it."""


def parse_file(path: Path) -> Parsed:
    """Read the YAML of `path` into nodes, with all its problems.

    Raises FileProblemError if it cannot be read, or is a table.
    """
    if path.suffix.lower() in SHEET_SUFFIXES and path.is_file():
        place = Place(str(path))
        raise FileProblemError(problem("LRT001.tabel", place, name=path.name))
    text, problems = read_text(path)
    node, found = parse_yaml(text, str(path))
    return node, problems + found


def load_model(
    path: Path, model_class: type[Model], parsed: Parsed | None = None
) -> tuple[Node | None, Model | None, list[Problem]]:
    """Read `path`, or what is `parsed` of it, as a `model_class`; None if there are errors.

    A file of another kind has that as its only error.
    """
    node, problems = parsed or parse_file(path)
    if node is None:
        return None, None, problems
    other = _other_kind(node, model_class)
    if other is not None:
        asked = model_class.__name__.lower()
        return node, None, [*problems, problem(other, node.place, asked=asked)]
    model, found = build_model(node, model_class)
    problems += found
    return node, None if has_errors(problems) else model, problems


def _other_kind(node: Node, model_class: type[BaseModel]) -> str | None:
    """Return the message on the kind of file that `node` is instead of a `model_class`.

    It is another one if none of the keys it needs are there, and most of those of the other.
    """
    keys = {key.text.lower() for key, _ in node.entries} if isinstance(node, MappingNode) else set()
    if not keys or _needed(model_class) & keys:
        return None
    from lrtdocs.model import Mailing  # a meeting that is one does without

    kinds: dict[type[BaseModel], str] = {
        Vergadering: "LRT215.vergadering",
        Mailing: "LRT215.mailing",
        Huisstijl: "LRT215.huisstijl",
    }
    if model_class not in kinds:
        return None
    others = (kind for kind in kinds if 2 * len(_needed(kind) & keys) > len(_needed(kind)))
    return next((kinds[kind] for kind in others), None)


def _needed(model_class: type[BaseModel]) -> set[str]:
    return {name for name, field in model_class.model_fields.items() if field.is_required()}


def load_vergadering(
    path: Path, kind: str | None, parsed: Parsed | None = None
) -> tuple[Loaded | None, list[Problem]]:
    """Read the meeting at `path` with its house style; `kind` decides which warnings are told.

    Without a kind they are those of minutes, as soon as anything was written down for them.

    Returns None, with all problems of both files, if a document cannot be made of them.
    """
    node, vergadering, problems = load_model(path, Vergadering, parsed)
    huisstijl_path = find_huisstijl(path)
    _, huisstijl, found = load_model(huisstijl_path, Huisstijl)
    problems += found
    if vergadering is not None and node is not None:
        problems += model_warnings(vergadering, node, kind or _stage(vergadering))
    if vergadering is None or node is None or huisstijl is None:
        return None, problems
    problems += _check_previous(vergadering, path, node)
    vergadering, found = _date_next(vergadering, path, node)
    problems += found
    afzender, found = choose_afzender(vergadering.afzender, huisstijl, huisstijl_path, node)
    problems += found
    if afzender is None:
        return None, problems
    return Loaded(path, node, vergadering, huisstijl, huisstijl_path, afzender), problems


def _stage(vergadering: Vergadering) -> str:
    """Return the kind of document that a meeting has come to."""
    punten = (punt for _, punt in walk_punten(vergadering))
    said = any(punt.verslag or punt.besluiten or punt.actiepunten for punt in punten)
    return next(kind.name for kind in kinds_of(Source.MEETING) if kind.is_minutes is said)


def _check_previous(vergadering: Vergadering, path: Path, node: Node) -> list[Problem]:
    """Return a warning for a file of the meeting before that is not there."""
    name = vergadering.vorige
    if not isinstance(name, str) or (path.parent / name).is_file():
        return []
    return [problem("LRT227.vorige", place_of(node, ("vorige",)), name=name)]


def _date_next(
    vergadering: Vergadering, path: Path, node: Node
) -> tuple[Vergadering, list[Problem]]:
    """Replace the file of the next meeting, if one is named, by the date in it."""
    name = vergadering.volgende_vergadering
    if not isinstance(name, str):
        return vergadering, []
    place = place_of(node, ("volgende_vergadering",))
    try:
        _, following, _ = load_model(path.parent / name, Vergadering)
        date = following.datum if following is not None else None
        unread = problem("LRT227", place, name=name)
    except FileProblemError as error:
        date, unread = None, problem("LRT227.onleesbaar", place, name=name, remedy=error.remedy)
    update = {"volgende_vergadering": date}
    return vergadering.model_copy(update=update), [] if date else [unread]


def choose_afzender(
    name: str | None, huisstijl: Huisstijl, huisstijl_path: Path, node: Node
) -> tuple[Afzender | None, list[Problem]]:
    """Return the sender called `name`, or the only one there is; None, and why, if there is none.

    `node` is what the name was read from, for the place of the problem.
    """
    if name is None and len(huisstijl.afzenders) == 1:
        return next(iter(huisstijl.afzenders.values())), []
    afzender = huisstijl.afzenders.get(name or "")
    if afzender is not None:
        return afzender, []
    return None, [_unknown_afzender(name or "", huisstijl, huisstijl_path, node)]


def _unknown_afzender(name: str, huisstijl: Huisstijl, huisstijl_path: Path, node: Node) -> Problem:
    known = list(huisstijl.afzenders)
    place = place_of(node, ("afzender",))
    names = {"known": ", ".join(known), "huisstijl": str(huisstijl_path), "first": known[0]}
    if not name:
        return problem("LRT220.meer", place, None, **names)
    guess = suggest(name, known)
    guess = f"; {guess}" if guess else "."
    return problem("LRT220.onbekend", place, None, name=name, guess=guess, **names)
