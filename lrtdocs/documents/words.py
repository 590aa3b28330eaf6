"""From models to words: the plain data that a template sees.

Words are dicts, lists, text, dates and parsed `Tekst`, never models: a template sees the keys of
the YAML file and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel

from lrtdocs.clock import start_of
from lrtdocs.model.vergadering import Deelnemer

if TYPE_CHECKING:
    from datetime import date, datetime

Words = dict[str, object]


def to_words(value: object) -> object:
    """Return `value` with each model in it as a dict of its fields, and each enum as its text.

    A deelnemer also gets `tekst`: the person as printed in a list.
    """
    if isinstance(value, BaseModel):
        words = {name: to_words(getattr(value, name)) for name in type(value).model_fields}
        return {**words, "tekst": str(value)} if isinstance(value, Deelnemer) else words
    if isinstance(value, Mapping):
        return {key: to_words(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_words(item) for item in value]
    return str(value.value) if isinstance(value, Enum) else value


def moment_of(words: Mapping[str, object]) -> datetime:
    """Return the moment that a PDF of a document with these `words` carries: that of its date."""
    return start_of(cast("date", words["dagtekening"]))
