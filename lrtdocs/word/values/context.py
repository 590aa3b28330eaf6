"""What one document is allowed, and what it hands out while it is being filled.

`Budget` counts passes, seconds and characters; `Registry` gives ids and links. Both are new for
each document, and its `Writer` has them: the compiled template itself never changes.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs.messages import FaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2.runtime import Context

    from lrtdocs.word.package.pictures import Picture

WRITER = "_lrtdocs"
"""The word under which the writer of a document, with its context, is handed to its templates."""
SIGN = "\U000ffffd"
"""Stands around the number of something deferred, in the text of a part."""


class Limits(NamedTuple):
    """How much one document may ask: passes through loops, seconds, characters."""

    passes: int = 300_000
    seconds: float = 20.0
    characters: int = 64 << 20


_SHORT = 64
"""A loop with fewer passes looks at the clock once, before it begins."""


class _Passes(list[Any]):
    """The passes of one long loop; going through them watches the clock."""

    def __init__(self, items: list[Any], budget: Budget) -> None:
        super().__init__(items)
        self._budget = budget

    def __iter__(self) -> Iterator[Any]:
        return self._budget.timed(super().__iter__())


class Budget:
    """How much one document has used of what it may."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._passes = self._characters = 0
        self._deadline = time.monotonic() + limits.seconds

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
            raise FaultError("LRT312.lussen", most=str(self.limits.passes))

    def check_time(self) -> None:
        """Refuse to go on when the document takes too long."""
        if time.monotonic() > self._deadline:
            raise FaultError("LRT312.tijd", seconds=f"{self.limits.seconds:g}")

    def timed(self, items: Iterable[Any]) -> Iterator[Any]:
        """Yield `items`, and refuse to go on when the document takes too long."""
        for index, item in enumerate(items):
            if not index & 63:
                self.check_time()
            yield item

    def count_output(self, characters: int) -> None:
        """Book `characters` of output."""
        self._characters += characters
        if self._characters > self.limits.characters:
            raise FaultError("LRT312.groot")


class Deferred(NamedTuple):
    """What stands behind a sign: `runs` of XML, the end of a paragraph, or that of a page."""

    runs: str = ""
    ends_page: bool = False


class Registry:
    """The ids and relationships that one document gives out.

    `raw` tells that ready-made XML came in from outside. `notes` are the footnotes that it adds to
    the part `notes_part`; the first of them gets the id `first_note`.
    """

    def __init__(
        self, first_id: int, link_prefix: str, notes_part: str = "", first_note: int = 1
    ) -> None:
        self.part = ""
        self.notes: list[str] = []
        self.notes_part, self._first_note = notes_part, first_note
        self.raw = False
        self.links: dict[str, dict[str, str]] = {}
        self.pictures: dict[str, dict[Picture, str]] = {}
        self.deferred: list[Deferred] = []
        self._next_id, self._link_prefix = first_id, link_prefix
        self._latest: dict[str, str] = {}
        self._names: dict[str, int] = {}

    @property
    def used(self) -> bool:
        """Tell whether anything was handed out that other parts of the document must know of."""
        return bool(self._latest or self.links or self.pictures or self.notes or self.raw)

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

    def link_id(self, url: str) -> str:
        """Return the id of the relationship to `url` in the part being filled."""
        known = self.links.setdefault(self.part, {})
        return known.setdefault(url, f"{self._link_prefix}{len(known) + 1}")

    def picture_id(self, picture: Picture) -> str:
        """Return the id of the relationship to `picture` in the part being filled."""
        known = self.pictures.setdefault(self.part, {})
        return known.setdefault(picture, f"{self._link_prefix}P{len(known) + 1}")

    def add_note(self, write: Callable[[], str]) -> str:
        """Add the footnote whose content `write` returns, and return its id.

        Its links are those of the part with the notes.
        """
        number, here = str(self._first_note + len(self.notes)), self.part
        self.notes.append("")
        self.part = self.notes_part
        content = write()
        self.part = here
        self.notes[int(number) - self._first_note] = (
            f'<w:footnote w:id="{number}">{content}</w:footnote>'
        )
        return number

    def defer(self, deferred: Deferred) -> str:
        """Return the sign that stands for `deferred` until the part is filled."""
        self.deferred.append(deferred)
        return f"{SIGN}{len(self.deferred) - 1}{SIGN}"

    def pop_deferred(self) -> list[Deferred]:
        """Return what was deferred in the part that was filled, and begin anew."""
        deferred, self.deferred = self.deferred, []
        return deferred


def budget_of(context: Context) -> Budget:
    """Return the budget of the document that is being filled."""
    budget: Budget = context.parent[WRITER].budget
    return budget


def registry_of(context: Context) -> Registry:
    """Return what the document that is being filled gives out."""
    registry: Registry = context.parent[WRITER].registry
    return registry
