"""What a `tekst` consists of once it is parsed: paragraphs, lists, and pieces in one format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.messages import Fault  # noqa: TC001 - pydantic looks it up

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Tekstdeel:
    """A piece of text in one format; `link` is the address it leads to, or None."""

    tekst: str
    vet: bool = False
    cursief: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Regeleinde:
    """A hard line break inside a paragraph."""


Inline = Tekstdeel | Regeleinde


@dataclass(frozen=True, slots=True)
class Alinea:
    """One paragraph."""

    inhoud: tuple[Inline, ...]

    def __str__(self) -> str:
        return "".join(part.tekst if isinstance(part, Tekstdeel) else "\n" for part in self.inhoud)


@dataclass(frozen=True, slots=True)
class Lijst:
    """A list; each item is a row of blocks, the first of which is usually a paragraph."""

    genummerd: bool
    items: tuple[tuple[Block, ...], ...]

    def __str__(self) -> str:
        return "\n".join(
            _hang(f"{number}. " if self.genummerd else "- ", item)
            for number, item in enumerate(self.items, start=1)
        )


Block = Alinea | Lijst


def _hang(marker: str, item: Sequence[Block]) -> str:
    """Return `item` as plain text behind `marker`, further lines indented as far."""
    return marker + "\n".join(map(str, item)).replace("\n", "\n" + " " * len(marker))


class TekstFault(NamedTuple):
    """Something wrong in a text: where, counted from 0 within the text, and what."""

    line: int
    column: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Tekst:
    """A parsed text: `source` as typed, `blocks` to print; `remarks` are warnings, not faults."""

    source: str
    blocks: tuple[Block, ...]
    remarks: tuple[TekstFault, ...] = field(default=(), repr=False, compare=False)

    def __str__(self) -> str:
        return "\n".join(map(str, self.blocks))

    def __bool__(self) -> bool:
        return bool(self.blocks)


class TekstError(ValueError):
    """A text with faults; `faults` holds all of them, in reading order."""

    def __init__(self, faults: Sequence[TekstFault]) -> None:
        super().__init__(faults)
        self.faults = list(faults)

    def __str__(self) -> str:
        return " ".join(each.fault.text for each in self.faults)
