"""How what a paper prints is typed in the file: a date, a time, a list of names."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Any, cast, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from lrtdocs import dutch
from lrtdocs.documents.words import NOBODY
from lrtdocs.messages import FaultError
from lrtdocs.model.deelnemer import Deelnemer
from lrtdocs.model.openbaar.keuze import Keuze
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.velden import Tijdvak
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.source.build.reading import loc_of

if TYPE_CHECKING:
    from collections.abc import Iterator


_INDEX = re.compile(r"\[(\d+)\]")


@cache
def field_of(path: str) -> object:
    """Return the annotation of the field at the generic `path` of a meeting, None if there is none.

    The whole text of somebody is the field of that person.
    """
    found: object = Vergadering
    for key in loc_of(path):
        if not isinstance(key, str) or not key:
            found = _item_of(found)
            continue
        model = _model_of(found)
        if model is Deelnemer and key == "tekst":
            return Deelnemer
        info = model.model_fields.get(key) if model else None
        if info is None:
            return None
        found = info.rebuild_annotation()
    return found


def is_of_meeting(path: str) -> bool:
    """Tell whether the generic `path` is one of the file of a meeting."""
    return field_of(path) is not None


def kinds_in(path: str) -> set[object]:
    """Return the types that a value at the generic `path` may have."""
    return set(_parts(field_of(path)))


def _model_of(annotation: object) -> type[BaseModel] | None:
    found = (one for one in _parts(annotation) if isinstance(one, type))
    return next((one for one in found if issubclass(one, BaseModel)), None)


def _item_of(annotation: object) -> object:
    for one in _parts(annotation):
        if get_origin(one) in {tuple, list}:
            return get_args(one)[0]
    return annotation


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


@cache
def _adapter(path: str) -> TypeAdapter[object] | None:
    annotation = field_of(path)
    return None if annotation is None else TypeAdapter(cast("Any", annotation))


_YES_NO = {bool, Keuze}
_JUDGED = (dt.date, Tijdvak)


def can_be(path: str, text: str) -> bool:
    """Tell whether `text` can be the value at the generic `path`, as far as that is of one kind."""
    adapter = _adapter(path) if path else None
    kinds = kinds_in(path) if path else set()
    chosen = any(isinstance(one, type) and issubclass(one, str) and one is not str for one in kinds)
    if adapter is None or not (chosen or kinds & set(_JUDGED)) or kinds & _YES_NO:
        return True
    try:
        adapter.validate_python(text)
    except (ValidationError, FaultError, ValueError):
        return False
    return True


def typed(path: str, text: str) -> str:
    """Return how the printed `text` of the value at the generic `path` is typed in the file."""
    kinds = kinds_in(path)
    if kinds & _YES_NO:
        return "ja" if text else "nee"
    if dt.date in kinds and dutch.looks_like_date(text):
        try:
            return dutch.parse_date(text).isoformat()
        except (FaultError, ValueError):
            return text
    if Tijdvak in kinds:
        try:
            begin, end = dutch.parse_timespan(text)
        except (FaultError, ValueError):
            return text
        return f"{begin:%H:%M}" + (f"-{end:%H:%M}" if end else "")
    return "" if text == NOBODY and path.endswith(".wie") else text


def is_rich(path: str) -> bool:
    """Tell whether at the generic `path` a text with paragraphs belongs."""
    return Tekst in kinds_in(path)


def generic(path: str) -> str:
    """Return `path` for every item of its lists: "agendapunten[].titel"."""
    return _INDEX.sub("[]", path)
