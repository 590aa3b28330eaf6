"""What the parts of a document have in common on their way to a page, and what one part adds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.word.package.package import Package
    from lrtdocs.word.reading.lists import Lists
    from lrtdocs.word.web.notes import Notes
    from lrtdocs.word.web.pictures import Pictures
    from lrtdocs.word.web.styles import Look, Sheet


@dataclass
class Shared:
    """What all parts of a document have in common; it grows while they are written.

    `said` are the texts that were written, also in pieces between tabs.
    """

    package: Package
    sheet: Sheet
    lists: Lists
    notes: Notes
    pictures: Pictures
    words: Mapping[str, str]
    language: str
    anchors: frozenset[str]
    classes: dict[tuple[str, str], str] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    levels: list[int] = field(default_factory=list)
    first_heading: str = ""
    first_text: str = ""
    tables: int = 0

    def class_of(self, look: Look) -> str:
        """Return the class of a paragraph of that `look`; equal ones share it."""
        key = look.css, look.beside
        return self.classes.setdefault(key, f"s{len(self.classes) + 1}")

    def level_for(self, level: int) -> int:
        """Return the level of a heading on the page, where none is left out."""
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        return min(len(self.levels), 6)

    def name_table(self) -> str:
        """Return a name for the next table, of which those of its cells are made."""
        self.tables += 1
        return f"t{self.tables}"


class Part(NamedTuple):
    """One part of a document: its name, and where its links lead to by their ids.

    `formulas` tells that there are any.
    """

    shared: Shared
    name: str
    targets: Mapping[str, str]
    formulas: bool
