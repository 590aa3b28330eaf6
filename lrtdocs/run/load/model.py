"""Reading a YAML file as the model that it is of, and the house style that goes for it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from lrtdocs.errors import FileProblemError, Place, Problem, has_errors, suggest
from lrtdocs.messages import problem
from lrtdocs.model.afzender import DIN_5008, Huisstijl
from lrtdocs.source.build.build import build_model
from lrtdocs.source.build.reading import place_of
from lrtdocs.source.files import (
    HUISSTIJL,
    find_huisstijl,
    find_upwards,
    is_dir,
    is_file,
    read_bytes,
    read_text,
    similar_name,
)
from lrtdocs.source.yaml.nodes import MappingNode
from lrtdocs.source.yaml.text import parse_yaml
from lrtdocs.word.house.measure import (
    View,
    break_address,
    find_wide,
    fits_return_address,
    fits_word_mark,
    view_through,
)
from lrtdocs.word.package.pictures import read_picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtdocs.model.afzender import Afzender, Venster
    from lrtdocs.model.mailing import Mailing
    from lrtdocs.model.stuk import Bijlage
    from lrtdocs.model.vergadering import Vergadering
    from lrtdocs.source.yaml.nodes import Node

MAX_PICTURE = 20_000_000  # bytes
Model = TypeVar("Model", bound=BaseModel)
SHEET_SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers", ".csv", ".tsv"}
FILES = {
    "vergadering": "LRT215.vergadering",
    "mailing": "LRT215.mailing",
    "huisstijl": "LRT215.huisstijl",
    "akkoord": "LRT215.akkoord",
}
"""The kinds of files that people write, each with what is told of one where another belongs."""


def model_of(kind: str) -> type[BaseModel]:
    """Return the model of a `kind` of file, which is loaded when it is first asked for."""
    if kind == "mailing":
        from lrtdocs.model.mailing import Mailing

        return Mailing
    if kind == "vergadering":
        from lrtdocs.model.vergadering import Vergadering

        return Vergadering
    if kind == "akkoord":
        from lrtdocs.model.mailing import Akkoord

        return Akkoord
    return Huisstijl


@dataclass(frozen=True, slots=True)
class ModelFile(Generic[Model]):
    """A file read as a model: what it says, and by its `node` where it says so."""

    path: Path
    node: Node = field(repr=False)
    model: Model

    def place(self, *loc: str | int) -> Place:
        """Return where the value at `loc` stands, or the nearest thing around it."""
        return place_of(self.node, loc)

    def beside(self, name: str) -> Path:
        """Return the path of a file that this one calls `name`."""
        return self.path.parent / name


@lru_cache(maxsize=1)  # who asked what kind of file it is, reads it next
def _parse(text: str, name: str) -> tuple[Node | None, tuple[Problem, ...]]:
    node, problems = parse_yaml(text, name)
    return node, tuple(problems)


def parse_file(path: Path) -> tuple[Node | None, list[Problem]]:
    """Read the YAML of `path` into nodes, with all its problems.

    Raises FileProblemError if it cannot be read, or is a table.
    """
    if path.suffix.lower() in SHEET_SUFFIXES and is_file(path):
        raise FileProblemError(problem("LRT001.tabel", Place(str(path)), name=path.name))
    text, problems = read_text(path)
    node, found = _parse(text, str(path))
    return node, [*problems, *found]


def kind_of_file(path: Path) -> str:
    """Return the kind of file that `path` is meant to be: by its keys, not by its name.

    Where the keys leave it open it is a meeting.
    """
    keys = _keys(parse_file(path)[0])
    return max(FILES, key=lambda kind: len(model_of(kind).model_fields.keys() & keys))


def load_model(
    path: Path, model_class: type[Model], problems: list[Problem]
) -> ModelFile[Model] | None:
    """Read `path` as a `model_class` and add what is wrong to `problems`; None if it has errors.

    A file of another kind has that as its only error.
    """
    node, found = parse_file(path)
    built, other = None, _other_kind(node, model_class)
    if node is not None and other is None:
        built, wrong = build_model(node, model_class)
        found += wrong
    elif node is not None and other is not None:
        found.append(problem(FILES[other], node.place, asked=model_class.__name__.lower()))
    problems += found
    if node is None or built is None or has_errors(found):
        return None
    return ModelFile(path, node, built)


def _keys(node: Node | None) -> set[str]:
    return {key.text.lower() for key, _ in node.entries} if isinstance(node, MappingNode) else set()


def _other_kind(node: Node | None, model_class: type[BaseModel]) -> str | None:
    """Return the kind of file that `node` is instead of a `model_class`, by the keys it needs.

    It is another one if none of its own are there, and most of those of the other.
    """
    keys = _keys(node)
    if not keys or model_class.__name__.lower() not in FILES or _needed(model_class) & keys:
        return None
    needed = {kind: _needed(model_of(kind)) for kind in FILES}
    return next((kind for kind in FILES if 2 * len(needed[kind] & keys) > len(needed[kind])), None)


def _needed(model_class: type[BaseModel]) -> set[str]:
    return {name for name, info in model_class.model_fields.items() if info.is_required()}


def check_annex_files(
    file: ModelFile[Model], annexes: Iterable[tuple[tuple[str | int, ...], Bijlage]]
) -> Iterator[Problem]:
    """Yield a warning for each file of `annexes` that is not there, unless it is to come later."""
    for loc, bijlage in annexes:
        path = file.beside(bijlage.bestand) if bijlage.bestand else None
        if path is None or bijlage.nazending is True or is_file(path):
            continue
        key = "LRT229.map" if is_dir(path) else "LRT229.weg"
        place = file.place(*loc, "bestand")
        yield problem(key, place, None, name=bijlage.bestand, guess=similar_name(path))


# --- the house style


class House(NamedTuple):
    """The house style that goes for a file, where it stands, and the sender of the file."""

    path: Path
    huisstijl: Huisstijl
    afzender: Afzender


def load_house(
    start: Path,
    problems: list[Problem],
    asked: ModelFile[Vergadering] | ModelFile[Mailing] | None = None,
) -> House | None:
    """Read the house style for the file `start`, with the sender that is `asked`, or the first.

    None, and why in `problems`, if it has errors or no such sender.
    """
    house = load_model(find_huisstijl(start), Huisstijl, problems)
    if house is None:
        return None
    own = find_upwards(start, HUISSTIJL) is not None
    if asked is not None and not own:
        problems.append(problem("LRT246", Place(str(asked.path))))
    wrong = [*check_house(house)]
    problems += wrong
    if has_errors(wrong):
        return None
    afzenders = house.model.afzenders
    name = asked.model.afzender if asked is not None else next(iter(afzenders))
    afzender = afzenders.get(name or "")
    if name is None and len(afzenders) == 1:
        (afzender,) = afzenders.values()
    if afzender is not None:
        return House(house.path, house.model, afzender)
    if asked is not None:
        path = house.path if own else Path(HUISSTIJL)
        problems.append(_unknown_afzender(name or "", house, path, asked.place("afzender")))
    return None


def check_house(house: ModelFile[Huisstijl]) -> Iterator[Problem]:
    """Yield what is wrong with what the house style names: its logo, its word mark, its trust."""
    yield from _check_word_mark(house)
    yield from _check_windows(house)
    if house.model.vertrouwd:
        yield problem("LRT268", house.place("vertrouwd"))
    logo = house.model.logo
    if logo is None:
        return
    try:
        usable = read_picture(read_bytes(house.beside(logo), MAX_PICTURE)) is not None
    except FileProblemError as error:
        told = {"reason": error.message, "remedy": error.remedy}
        yield problem("LRT263.bestand", house.place("logo"), None, name=logo, **told)
        return
    if not usable:
        yield problem("LRT263.beeld", house.place("logo"), name=logo)


def _check_word_mark(house: ModelFile[Huisstijl]) -> Iterator[Problem]:
    """Yield a warning for each line of the word mark that does not fit on one on the page."""
    for number, line in enumerate(house.model.woordmerk):
        if not fits_word_mark(line):
            yield problem("LRT245", house.place("woordmerk", number), line=line)


def view_of(huisstijl: Huisstijl) -> View:
    """Return what every window of the envelopes of `huisstijl` shows of a letter."""
    return _view_through(huisstijl.venster or (DIN_5008,))


def check_in_view(
    address: Iterable[str], view: View, place: Place, *, kix: bool
) -> Iterator[Problem]:
    """Yield a warning for what `view` does not show of `address`, which stands above its `kix`."""
    printed, limit = break_address(address), view.count_lines(kix=kix)
    if len(printed) > limit:
        yield problem("LRT745", place, lines=len(printed), limit=limit)
    wide = find_wide(printed, view)
    if wide is not None:
        line, width, room = wide
        told = {"line": line, "width": math.ceil(width), "room": math.floor(room)}
        yield problem("LRT745.breed", place, None, **told)


def _view_through(windows: Iterable[Venster]) -> View:
    return view_through([(each.links, each.boven, each.breedte, each.hoogte) for each in windows])


def _check_windows(house: ModelFile[Huisstijl]) -> Iterator[Problem]:
    """Yield a warning for each window that does not show where letters have an address.

    And for each return address that is wider than all of them show.
    """
    for number, window in enumerate(house.model.venster):
        place, view = house.place("venster", number), _view_through([window])
        if not view.shows_address:
            yield problem("LRT247.adres", place)
        elif not view.shows_return_address:
            yield problem("LRT247.retouradres", place)
    view = view_of(house.model)
    for name, afzender in house.model.afzenders.items():
        if not fits_return_address(afzender.retour, view):
            key = "retouradres" if afzender.retouradres else "postadres"
            place = house.place("afzenders", name, key)
            yield problem("LRT247.lang", place, text=afzender.retour)


def _unknown_afzender(name: str, house: ModelFile[Huisstijl], path: Path, place: Place) -> Problem:
    known = list(house.model.afzenders)
    names = {"known": ", ".join(known), "huisstijl": str(path), "first": known[0]}
    if not name:
        return problem("LRT220.meer", place, None, **names)
    guess = suggest(name, known)
    guess = f"; {guess}" if guess else "."
    return problem("LRT220.onbekend", place, None, name=name, guess=guess, **names)
