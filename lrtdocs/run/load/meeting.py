"""Reading a meeting together with the house style that goes for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import BaseModel

from lrtdocs.errors import FileProblemError, Problem, Severity, has_errors, suggest
from lrtdocs.kinds import Source, kinds_of
from lrtdocs.model import Afzender, Huisstijl, Mailing, Vergadering, walk_punten
from lrtdocs.source.build.build import build_model, model_warnings, place_of
from lrtdocs.source.files import find_huisstijl, read_text
from lrtdocs.source.yaml.nodes import Mapping as MappingNode
from lrtdocs.source.yaml.text import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.source.yaml.nodes import Node

Model = TypeVar("Model", bound=BaseModel)
SHEET_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods", ".csv"}


class _Kind(NamedTuple):
    """A kind of file as people call it, and what they do with one."""

    name: str
    remedy: str


_KINDS: dict[type[BaseModel], _Kind] = {
    Vergadering: _Kind(
        "een vergadering", "Gebruik dit bestand met 'lrtdocs agenda' of 'lrtdocs verslag'."
    ),
    Mailing: _Kind(
        "een mailing",
        "Gebruik dit bestand met 'lrtdocs brieven', of met 'lrtdocs taakstelling' als het over "
        "een taakstelling gaat.",
    ),
    Huisstijl: _Kind(
        "een huisstijl",
        "Noem het bestand van de vergadering of de mailing: lrtdocs vindt de huisstijl zelf.",
    ),
}


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


def parse_file(path: Path) -> tuple[Node | None, list[Problem]]:
    """Read the YAML of `path` into nodes, with all its problems.

    Raises FileProblemError if it cannot be read, or is a table.
    """
    if path.suffix.lower() in SHEET_SUFFIXES and path.is_file():
        raise _is_sheet(path)
    text, problems = read_text(path)
    node, found = parse_yaml(text, str(path))
    return node, problems + found


def load_model(
    path: Path, model_class: type[Model]
) -> tuple[Node | None, Model | None, list[Problem]]:
    """Read `path` as a `model_class`; the model is None if there are errors.

    A file of another kind has that as its only error.
    """
    node, problems = parse_file(path)
    if node is None:
        return None, None, problems
    other = _other_kind(node, model_class)
    if other is not None:
        return node, None, [*problems, _is_other(node, _KINDS[other], _KINDS[model_class])]
    model, found = build_model(node, model_class)
    problems += found
    return node, None if has_errors(problems) else model, problems


def _is_sheet(path: Path) -> FileProblemError:
    return FileProblemError(
        str(path),
        "Dit is een tabel; hier hoort een bestand in YAML.",
        "Noem het YAML-bestand van de vergadering of de mailing. In dat van een mailing staat de "
        f"tabel bij 'ontvangers' of bij 'tabel': {path.name}.",
    )


def _other_kind(node: Node, model_class: type[BaseModel]) -> type[BaseModel] | None:
    """Return the kind of file that `node` is instead of a `model_class`, by the keys it needs.

    It is another one if none of its own are there, and most of those of the other.
    """
    if not isinstance(node, MappingNode) or model_class not in _KINDS:
        return None
    keys = {key.text.lower() for key, _ in node.entries}
    if _needed(model_class) & keys:
        return None
    others = (kind for kind in _KINDS if 2 * len(_needed(kind) & keys) > len(_needed(kind)))
    return next(others, None)


def _needed(model_class: type[BaseModel]) -> set[str]:
    return {name for name, field in model_class.model_fields.items() if field.is_required()}


def _is_other(node: Node, other: _Kind, asked: _Kind) -> Problem:
    return Problem(
        "LRT215",
        node.place,
        f"Dit is {other.name}, geen {asked.name.partition(' ')[2]}.",
        expected=asked.name,
        found=other.name,
        remedy=other.remedy,
    )


def load_vergadering(path: Path, kind: str | None) -> tuple[Loaded | None, list[Problem]]:
    """Read the meeting at `path` with its house style; `kind` decides which warnings are told.

    Without a kind they are those of minutes, as soon as anything was written down for them.

    Returns None, with all problems of both files, if a document cannot be made of them.
    """
    node, vergadering, problems = load_model(path, Vergadering)
    huisstijl_path = find_huisstijl(path)
    _, huisstijl, found = load_model(huisstijl_path, Huisstijl)
    problems += found
    if vergadering is not None and node is not None:
        problems += model_warnings(vergadering, node, kind or _stage(vergadering))
    if vergadering is None or node is None or huisstijl is None:
        return None, problems
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


def _date_next(
    vergadering: Vergadering, path: Path, node: Node
) -> tuple[Vergadering, list[Problem]]:
    """Replace the file of the next meeting, if one is named, by the date in it."""
    name = vergadering.volgende_vergadering
    if not isinstance(name, str):
        return vergadering, []
    try:
        _, following, _ = load_model(path.parent / name, Vergadering)
        remedy = "Verbeter dat bestand, of zet hier de datum van de volgende vergadering."
    except FileProblemError as error:
        following, remedy = None, error.remedy
    date = following.datum if following is not None else None
    update = {"volgende_vergadering": date}
    problem = Problem(
        "LRT227",
        place_of(node, ("volgende_vergadering",)),
        "Uit dit bestand is de datum van de volgende vergadering niet te lezen.",
        found=name,
        remedy=remedy,
        severity=Severity.WARNING,
    )
    return vergadering.model_copy(update=update), [] if date else [problem]


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
    guess = suggest(name, known)
    unknown = f"'{name}' is geen afzender" + (f"; {guess}" if guess else ".")
    return Problem(
        "LRT220",
        place_of(node, ("afzender",)),
        unknown if name else "Er zijn meer afzenders; kies er een.",
        expected=f"een van: {', '.join(known)}",
        found=name,
        remedy=f"Noem een afzender uit {huisstijl_path}, zoals 'afzender: {known[0]}'.",
    )
