"""What one document hands out while it is being filled: ids, list numbers, links, and its budget.

A fresh ledger for each document; the compiled template itself never changes.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lrtdocs.word.docxtpl.unfold import SIGN, Held
from lrtdocs.word.package.problems import WordValueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtdocs.word.package.pictures import Picture
    from lrtdocs.word.values.markdown import Writer
    from lrtdocs.word.values.numbering import Lists


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may ask: passes through loops, seconds, characters."""

    passes: int = 300_000
    seconds: float = 20.0
    characters: int = 64 << 20


_SHORT = 64
"""A loop with fewer passes looks at the clock once, before it begins."""
_LOOK_AT = "Kijk of een lus in een lus staat die er niet hoort, of maak meer documenten."


class _Passes(list[Any]):
    """The passes of one long loop; going through them watches the clock."""

    def __init__(self, items: list[Any], ledger: Ledger) -> None:
        super().__init__(items)
        self._ledger = ledger

    def __iter__(self) -> Iterator[Any]:
        for index, item in enumerate(super().__iter__()):
            if not index & 63:
                self._ledger.check_time()
            yield item


class Ledger:
    """The accounts of one document."""

    writer: Writer

    def __init__(self, limits: Limits, lists: Lists, first_id: int, link_prefix: str) -> None:
        self.limits = limits
        self.lists = lists
        self.part = ""
        self.links: dict[str, dict[str, str]] = {}
        self.pictures: dict[str, dict[Picture, str]] = {}
        self.held: list[Held] = []
        self._passes = self._characters = 0
        self._deadline = time.monotonic() + limits.seconds
        self._next_id, self._link_prefix = first_id, link_prefix
        self._latest: dict[str, str] = {}
        self._names: dict[str, int] = {}

    @property
    def used(self) -> bool:
        """Tell whether anything was handed out that other parts of the document must know of."""
        handed_out = self._latest or self.links or self.pictures or self.lists.used
        return bool(handed_out or self.writer.raw)

    def count_loop(self, value: Iterable[Any]) -> list[Any] | tuple[Any, ...]:
        """Return the items of `value`, or refuse when the document asks too much."""
        self.check_time()
        if isinstance(value, list | tuple) and len(value) < _SHORT:
            self._passes += len(value)
            self._check_passes()
            return value
        items: list[Any] = []
        for item in value:
            items.append(item)
            self._passes += 1
            self._check_passes()
        return _Passes(items, self)

    def _check_passes(self) -> None:
        if self._passes > self.limits.passes:
            message = f"Het sjabloon gaat meer dan {self.limits.passes} keer door zijn lussen."
            raise WordValueError(message, _LOOK_AT, "LRT312")

    def check_time(self) -> None:
        """Refuse to go on when the document takes too long."""
        if time.monotonic() > self._deadline:
            message = f"Het vullen duurt langer dan {self.limits.seconds:g} seconden."
            raise WordValueError(message, _LOOK_AT, "LRT312")

    def count_output(self, characters: int) -> None:
        """Book `characters` of output."""
        self._characters += characters
        if self._characters > self.limits.characters:
            message = "Het document wordt te groot."
            raise WordValueError(message, _LOOK_AT, "LRT312")

    def fresh(self, key: str) -> str:
        """Return a new identifier: a number for "#…", a name with a number behind it for others."""
        if key.startswith("#"):
            self._next_id += 1
            value = str(self._next_id)
        else:
            count = self._names[key] = self._names.get(key, 0) + 1
            value = key if count == 1 else f"{key}_{count}"
        self._latest[key] = value
        return value

    def latest(self, key: str) -> str:
        """Return the identifier given last for `key`."""
        return self._latest.get(key) or self.fresh(key)

    def list_number(self, number: str) -> str:
        """Return the w:num to use for the list `number` of the template."""
        return self.lists.current(number)

    def restart_list(self, number: str) -> None:
        """Let the list `number` restart at its next paragraph."""
        self.lists.restart(number)

    def link_id(self, url: str) -> str:
        """Return the id of the relationship to `url` in the part being filled."""
        known = self.links.setdefault(self.part, {})
        return known.setdefault(url, f"{self._link_prefix}{len(known) + 1}")

    def picture_id(self, picture: Picture) -> str:
        """Return the id of the relationship to `picture` in the part being filled."""
        known = self.pictures.setdefault(self.part, {})
        return known.setdefault(picture, f"{self._link_prefix}P{len(known) + 1}")

    def hold(self, held: Held) -> str:
        """Return the sign that stands for `held` until the part is filled."""
        self.held.append(held)
        return f"{SIGN}{len(self.held) - 1}{SIGN}"

    def take_held(self) -> list[Held]:
        """Return what is held in the part that was filled, and begin anew."""
        held, self.held = self.held, []
        return held
