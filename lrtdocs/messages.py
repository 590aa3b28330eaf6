"""The catalogue of messages: every text that a person reads about a problem, by its code.

The texts stand in `data/messages/*.toml`, one file a hundred of codes, read when the first problem
of that hundred is made. A code is a table with a title; it has one message, or several of one kind
under a name of their own:

    [LRT607]
    titel = "Samengevoegde cellen"

    [LRT607.koppen]
    soort = "waarschuwing"
    melding = "De koppen {area} zijn samengevoegd."
    gevonden = "{area}"
    remedie = "Hef het samenvoegen op in Excel, en geef elke kolom een eigen kop."
    voorbeeld = { area = "B3:C3" }

A message is made by its key and its fields: `problem("LRT607.koppen", place, area="B3:C3")`. A
whole number is written in Dutch, and chooses between two words: `{n} {n:cel|cellen}`. Pieces that
messages share have keys that begin with "deel." and no code. `docs/meldingen.md` is made from this.
"""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lrtdocs.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent / "data" / "messages"
TEXTS = ("melding", "verwacht", "gevonden", "remedie")
"""The parts of a message that are templates with named fields."""
_FOUND_LIMIT = 200
_NOTHING: Mapping[str, object] = MappingProxyType({})


class _Texts(string.Formatter):
    """Fills fields: numbers in Dutch, and `{n:one|more}` chooses by the number `n`."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            one, _, more = format_spec.partition("|")
            return one if value == 1 else more
        if type(value) is int and not format_spec:
            return f"{value:,}".replace(",", ".") if abs(value) >= 10_000 else str(value)
        return format(value, format_spec)


_FORMATTER = _Texts()


def problem(
    key: str, place: Place, /, severity: Severity | None = None, **fields: object
) -> Problem:
    """Return the problem `key` at `place`, its texts filled with `fields`.

    `severity` is that of the catalogue unless it is given. Raises KeyError for a key that is not in
    the catalogue, or a text that asks for a field that is not given.
    """
    row = find_row(key)
    message, expected, found, remedy = (fill(row.get(part, ""), fields) for part in TEXTS)
    return Problem(
        key.partition(".")[0],
        place,
        message,
        expected,
        found if len(found) <= _FOUND_LIMIT else found[:_FOUND_LIMIT] + " …",
        remedy,
        severity or Severity(row.get("soort", Severity.ERROR)),
        key,
        fields,
    )


def text(key: str, /, **fields: object) -> str:
    """Return the text of the piece `key`, such as "deel.woord", that other messages take in."""
    return fill(find_row(key)["melding"], fields)


def fill(template: str, fields: Mapping[str, object]) -> str:
    """Return `template` with its fields filled."""
    return _FORMATTER.vformat(template, (), fields) if "{" in template else template


def find_row(key: str) -> Mapping[str, Any]:
    """Return what the catalogue says under `key`; KeyError where that is nothing."""
    code, _, name = key.partition(".")
    row: Mapping[str, Any] = load_codes(code[:4])[code]
    return row[name] if name else row


@cache
def load_codes(start: str) -> Mapping[str, Any]:
    """Return the codes that begin with `start` ("LRT6", or "deel"), as they stand in the file."""
    return tomllib.loads((FOLDER / f"{start}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem that does not know its place yet: the key of a message, and its fields."""

    key: str
    fields: Mapping[str, object] = field(default_factory=dict, compare=False)

    def at(self, place: Place) -> Problem:
        """Return the fault as a problem at `place`."""
        return problem(self.key, place, None, **self.fields)

    @property
    def text(self) -> str:
        """The message of the fault by itself, to stand inside another one."""
        return text(self.key, **self.fields)


class FaultError(ValueError):
    """A value that is not what it should be: raised where no place is known.

    Takes the key of a message and its fields; whoever knows the place calls `at`. `place` is that
    of the value, where the value knows it.
    """

    place: Place | None = None

    def __init__(
        self, key: str, fields: Mapping[str, object] = _NOTHING, /, **more: object
    ) -> None:
        self.fault = Fault(key, {**fields, **more})
        super().__init__(key, dict(self.fault.fields))

    def at(self, place: Place) -> Problem:
        """Return the fault as a problem at `place`."""
        return self.fault.at(place)

    @property
    def message(self) -> str:
        """The message of the fault by itself, to stand inside another one."""
        return fill(find_row(self.fault.key)["melding"], self.fault.fields)

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return fill(find_row(self.fault.key).get("remedie", ""), self.fault.fields)

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()
