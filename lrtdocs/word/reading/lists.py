"""Which list a paragraph stands in, how deep, and which number Word counts there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import val
from lrtdocs.word.package.ooxml import NUMBERING_TYPE, to_int, w
from lrtdocs.word.package.package import style_chain
from lrtdocs.word.values.numbering import abstracts_of, numbers_of

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.word.package.package import Package


class Item(NamedTuple):
    """A paragraph of a list: `level` from 0, the `form` of its number, and the number itself."""

    list: str
    level: int
    form: str
    number: int


class _Level(NamedTuple):
    form: str
    start: int


class Lists:
    """The lists of a document; counts while its paragraphs are read in their order."""

    def __init__(self, package: Package) -> None:
        part = package.part_of_type(NUMBERING_TYPE)
        root = package.tree(part) if part else None
        self._styles = package.styles()
        self._abstracts = abstracts_of(root) if root is not None else {}
        self._numbers = numbers_of(root) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._of_style = {
            (abstract_id, style): to_int(level.get(w("ilvl")))
            for abstract_id, abstract in self._abstracts.items()
            for level in abstract.iterchildren(w("lvl"))
            if (style := val(level, "pStyle"))
        }

    def next_of(self, paragraph: etree._Element, style: str) -> Item | None:
        """Return where `paragraph`, with the style of that id, stands in a list; None if in none.

        Headings and others with a number of Word's own are in no list.
        """
        number, level = self._numbered(paragraph, style)
        abstract = val(self._numbers[number], "abstractNumId") if number in self._numbers else ""
        if abstract not in self._abstracts:
            return None
        form = self._level(number, abstract, level).form
        if form in {"", "none"} or self._is_heading(style):
            return None
        return Item(number, level, form, self._count(number, abstract, level))

    def _numbered(self, paragraph: etree._Element, style: str) -> tuple[str, int]:
        own = val(paragraph, "pPr/numPr/numId")
        if own:
            return own, to_int(val(paragraph, "pPr/numPr/ilvl"))
        for one in style_chain(style, self._styles):
            if number := val(one, "pPr/numPr/numId"):
                style_id = one.get(w("styleId"), "")
                abstract = val(self._numbers.get(number, one), "abstractNumId")
                level = self._of_style.get((abstract, style_id))
                return number, to_int(val(one, "pPr/numPr/ilvl")) if level is None else level
        return "", 0

    def _is_heading(self, style: str) -> bool:
        return any(
            val(one, "pPr/outlineLvl") in {*map(str, range(9))}
            for one in style_chain(style, self._styles)
        )

    def _level(self, number: str, abstract: str, level: int) -> _Level:
        """Return what level `level` of a list looks like, with what its own number changes."""
        found = _Level("", 1)
        for holder in (self._abstracts[abstract], *self._numbers[number].iter(w("lvlOverride"))):
            for one in holder.iterchildren(w("lvl")):
                if to_int(one.get(w("ilvl"))) == level:
                    found = _Level(val(one, "numFmt", "decimal"), to_int(val(one, "start"), 1))
        for override in self._numbers[number].iterchildren(w("lvlOverride")):
            if to_int(override.get(w("ilvl"))) == level and val(override, "startOverride"):
                found = found._replace(start=to_int(val(override, "startOverride"), 1))
        return found

    def _count(self, number: str, abstract: str, level: int) -> int:
        """Return the number of the next paragraph at `level`; deeper ones begin again after it."""
        counts = self._counts.setdefault(abstract, {})
        fresh = (number, level) not in self._started and any(
            to_int(one.get(w("ilvl"))) == level and val(one, "startOverride")
            for one in self._numbers[number].iterchildren(w("lvlOverride"))
        )
        self._started.add((number, level))
        start = self._level(number, abstract, level).start
        counts[level] = start if fresh or level not in counts else counts[level] + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return counts[level]
