"""The pictures in the texts of a file: sought beside it, read once, and told of at their line."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from pydantic import BaseModel

from lrtdocs.errors import FileProblemError
from lrtdocs.messages import FaultError
from lrtdocs.model.tekst import Tekst
from lrtdocs.run.folder.disk import digest
from lrtdocs.run.load.model import MAX_PICTURE
from lrtdocs.source.build.reading import Fields, Reading
from lrtdocs.source.files import is_file, read_bytes
from lrtdocs.word.package.pictures import read_upright
from lrtdocs.word.values.writer import find_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.model.tekst import Afbeelding
    from lrtdocs.run.load.model import ModelFile
    from lrtdocs.source.build.reading import Loc
    from lrtdocs.word.package.pictures import Picture

Model = TypeVar("Model", bound=BaseModel)
_ON_THE_WEB = re.compile(r"(?i)https?://|www\.|data:")


def load_pictures(file: ModelFile[Model]) -> tuple[dict[str, Picture], list[Problem]]:
    """Return the pictures in the texts of `file` by their names, and what is wrong with them."""
    reading: Reading | None = None
    found: dict[str, Picture] = {}
    problems: list[Problem] = []
    for loc, tekst in _walk_texts(file.model, ()):
        for picture in tekst.pictures:
            try:
                found[picture.bestand] = found.get(picture.bestand) or read_beside(
                    file.path.parent, picture
                )
            except FaultError as error:
                reading = reading or Reading(file.node, Fields(type(file.model)))
                problems.append(error.fault.at(reading.at(loc, picture.line, picture.column)))
    return found, problems


def digest_pictures(file: ModelFile[Model]) -> dict[str, str]:
    """Return the SHA-256 of each picture in the texts of `file` that is there, by its name."""
    found: dict[str, str] = {}
    for _, tekst in _walk_texts(file.model, ()):
        for picture in tekst.pictures:
            with contextlib.suppress(OSError, FaultError):
                found[picture.bestand] = digest(find_picture(file.path.parent, picture.bestand))
    return found


def pictures_in(value: object) -> set[str]:
    """Return the names of the pictures in the texts of `value`, a model or a part of one."""
    return {one.bestand for _, tekst in _walk_texts(value, ()) for one in tekst.pictures}


def finder_in(pictures: Mapping[str, Picture]) -> Callable[[Afbeelding], Picture]:
    """Return what finds the picture of a text among `pictures`, which were loaded for it."""
    return lambda picture: pictures.get(picture.bestand) or find_nothing(picture)


def read_beside(folder: Path, picture: Afbeelding) -> Picture:
    """Return `picture`, its file sought in `folder`; raise FaultError if it cannot be shown."""
    name = picture.bestand
    if _ON_THE_WEB.match(name):
        raise FaultError("LRT298.web", name=name)
    path = find_picture(folder, name)
    try:
        data = read_bytes(path, MAX_PICTURE)
    except FileProblemError as error:
        if error.problems[0].key == "LRT001.groot":
            size = MAX_PICTURE // 1_000_000
            raise FaultError("LRT298.groot", name=name, size=size) from error
        told = {"reason": error.message, "remedy": error.remedy}
        raise FaultError("LRT298.bestand", name=name, **told) from error
    found = read_upright(data)
    if found is None:
        raise FaultError("LRT298.beeld", name=name)
    return found


def find_picture(folder: Path, name: str) -> Path:
    """Return the file that is called `name`, from `folder`; raise FaultError for other capitals.

    A path of Windows counts on other systems as well, an é as one sign or as two, and %20 as a
    space.
    """
    asked = folder / name.replace("\\", "/")
    if is_file(asked):
        return asked
    with contextlib.suppress(OSError):
        beside = {_plain(entry.name): entry for entry in asked.parent.iterdir()}
        for wanted in (asked.name, unquote(asked.name)):
            entry = beside.get(_plain(wanted))
            if entry is not None and _same(entry.name) == _same(wanted):
                return entry
            if entry is not None:
                right = name[: len(name) - len(asked.name)] + entry.name
                raise FaultError("LRT298.letters", name=name, right=right)
    return asked


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _plain(name: str) -> str:
    return _same(name).casefold()


def _walk_texts(value: object, loc: Loc) -> Iterator[tuple[Loc, Tekst]]:
    """Yield each text in `value`, a model or a part of one, with the way that leads to it."""
    if isinstance(value, Tekst):
        yield loc, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _walk_texts(getattr(value, name), (*loc, name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk_texts(item, (*loc, str(key)))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk_texts(item, (*loc, index))
