"""Patterns for names and references: "{volgnummer:04}-{naam}".

A pattern is text with words between braces. A word may carry a width, with a zero in front to fill
up with zeros; nothing else of Python's format language is there, so that a pattern can name values
but never reach into them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from lrtdocs.messages import FaultError
from lrtdocs.model.schema import TEXT_SCHEMA
from lrtdocs.model.velden import Reads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PIECE = re.compile(r"(?P<text>[^{}]+)|(?P<double>\{\{|\}\})|\{(?P<inside>[^{}]*)\}|(?P<loose>.)")
_WORD = re.compile(r"\s*(?P<name>[a-z_][a-z0-9_]*)\s*(?::(?P<zero>0?)(?P<width>[1-9]\d?))?\s*")
_NAME = re.compile(r"\s*[a-z_][a-z0-9_]*\s*(:.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Woord:
    """A word in a pattern: its name, the width it is filled up to (0: none), and with what."""

    naam: str
    breedte: int = 0
    vulling: str = " "

    def write(self, value: object) -> str:
        """Return `value` in the width asked for; nothing for None."""
        return ("" if value is None else str(value)).rjust(self.breedte, self.vulling)


@dataclass(frozen=True, slots=True)
class Patroon:
    """A parsed pattern: `source` as typed, `delen` as literal text and words in turn."""

    source: str
    delen: tuple[str | Woord, ...]

    @property
    def words(self) -> frozenset[str]:
        """The names of the words that the pattern asks for."""
        return frozenset(deel.naam for deel in self.delen if isinstance(deel, Woord))

    def fill(self, values: Mapping[str, object]) -> str:
        """Return the pattern with `values` in it; KeyError for a word that is not among them."""
        return "".join(
            deel if isinstance(deel, str) else deel.write(values[deel.naam]) for deel in self.delen
        )

    def __str__(self) -> str:
        return self.source


def parse_patroon(text: str) -> Patroon:
    """Read a pattern; raise `FaultError` for what is not one."""
    return Patroon(text, tuple(_parse_delen(text)))


def _parse_delen(text: str) -> Iterator[str | Woord]:
    for match in _PIECE.finditer(text):
        if match["loose"]:
            raise FaultError("LRT230.sluit" if match["loose"] == "{" else "LRT230.opent")
        if match["inside"] is None:
            yield match["text"] or match["double"][0]
            continue
        word = _WORD.fullmatch(match["inside"])
        if word is None:
            raise _not_a_word(match["inside"])
        yield Woord(word["name"], int(word["width"] or 0), "0" if word["zero"] else " ")


def _not_a_word(inside: str) -> FaultError:
    lower = inside.strip().lower()
    if not lower:
        return FaultError("LRT230.leeg")
    if _WORD.fullmatch(lower):
        return FaultError("LRT230.hoofdletters", inside=inside, lower=lower)
    if _NAME.fullmatch(inside):
        name = inside.partition(":")[0].strip()
        return FaultError("LRT230.breedte", inside=inside, name=name)
    return FaultError("LRT230.woord", inside=inside)


PatroonField = Annotated[
    Patroon,
    Reads(
        lambda text: parse_patroon(" ".join(text.split())),
        "tekst met woorden tussen accolades, zoals {volgnummer:04}-{naam}",
        Patroon,
        schema={**TEXT_SCHEMA, "examples": ["{volgnummer:04}-{naam}", "{code}"]},
    ),
]
"""A pattern field of a model: text in, `Patroon` out."""
