"""What a model knows at each place of a file: its keys, their meaning, and where lists belong."""

from __future__ import annotations

import typing
from dataclasses import dataclass

from pydantic import BaseModel

from lrtdocs.model.tekst import Tekst

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

Loc = tuple[int | str, ...]
"""The keys and indexes that lead to a value."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of `model_class` and of the models inside it, by the way that leads to them."""

    model_class: type[BaseModel]

    def names(self, loc: Loc) -> list[str]:
        """Return the keys that may stand at `loc`, or in each item of the list there."""
        model = self._model(loc)
        return list(model.model_fields) if model else []

    def description(self, loc: Loc) -> str:
        """Return what the key at `loc` means, in Dutch and without a full stop, or ""."""
        info = self._field(loc)
        return (info.description or "").rstrip(".") if info else ""

    def is_list(self, loc: Loc) -> bool:
        """Tell whether a list belongs at `loc`."""
        return self._origin(loc) is tuple

    def is_free(self, loc: Loc) -> bool:
        """Tell whether keys of the writer's own choice belong at `loc`."""
        return self._origin(loc) is dict

    def holds_words(self, loc: Loc) -> bool:
        """Tell whether what stands under `loc` are words of the writer's own, of any sort."""
        around = (loc[:length] for length in range(1, len(loc) + 1))
        return any(self.is_free(one) and not self.names(one) for one in around)

    def is_required(self, loc: Loc) -> bool:
        """Tell whether the key at `loc` may not be left out."""
        info = self._field(loc)
        return info is not None and info.is_required()

    def is_tekst(self, loc: Loc) -> bool:
        """Tell whether a text with paragraphs and lists belongs at `loc`."""
        info = self._field(loc)
        return info is not None and Tekst in _parts(info.annotation)

    def _origin(self, loc: Loc) -> object:
        info = self._field(loc)
        return typing.get_origin(info.annotation) if info else None

    def _field(self, loc: Loc) -> FieldInfo | None:
        model = self._model(loc[:-1]) if loc else None
        return model.model_fields.get(str(loc[-1])) if model else None

    def _model(self, loc: Loc) -> type[BaseModel] | None:
        """Return the model that `loc` leads to, or None."""
        found: type[BaseModel] | None = self.model_class
        skip = False
        for part in loc:
            if isinstance(part, int) or skip:
                skip = False
                continue
            info = found.model_fields.get(part) if found else None
            if info is None:
                return None
            skip = typing.get_origin(info.annotation) is dict
            models = (one for one in _parts(info.annotation) if isinstance(one, type))
            found = next((one for one in models if issubclass(one, BaseModel)), None)
        return found


def _parts(annotation: object) -> Iterator[object]:
    """Yield `annotation` and all the types it is made of."""
    yield annotation
    for argument in typing.get_args(annotation):
        yield from _parts(argument)
