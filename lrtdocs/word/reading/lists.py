"""Which list a paragraph stands in, how deep, and which number Word counts there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import is_on, val
from lrtdocs.word.package.ooxml import NUMBERING_TYPE, to_int, w
from lrtdocs.word.package.package import style_chain
from lrtdocs.word.values.numbering import abstracts_of, numbers_of

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.word.package.package import Package


class Item(NamedTuple):
    """A paragraph of a list: `level` from 0, the `form` of its number, and the number itself.

    `label` is what is printed before it, such as "3a " or "1.2.", as the `pattern` of its level
    ("%1%2 ") makes it.
    """

    list: str
    level: int
    form: str
    number: int
    label: str = ""
    pattern: str = ""


class _Level(NamedTuple):
    form: str
    start: int
    pattern: str = ""


_NUMBER_IN = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def format_label(number: int, form: str) -> str:
    """Return `number` in one of Word's forms ("lowerLetter": a, b … z, aa, bb), else in figures."""
    if form in {"none", "bullet"}:
        return ""
    if form.endswith("Letter") and number > 0:
        more, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) * (more + 1)
    elif form.endswith("Roman") and 0 < number < 4000:
        text, left = "", number
        for value, sign in _ROMAN:
            text += sign * (left // value)
            left %= value
    else:
        return f"{number:02}" if form == "decimalZero" else str(number)
    return text.upper() if form.startswith("upper") else text


class Lists:
    """The lists of a document; counts while its paragraphs are read in their order."""

    def __init__(self, package: Package) -> None:
        part = package.part_of_type(NUMBERING_TYPE)
        root = package.tree(part) if part else None
        self._styles = package.styles()
        self._abstracts = abstracts_of(root) if root is not None else {}
        self._numbers = numbers_of(root) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
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
        return None if self._is_heading(style) else self._next(paragraph, style, listed=True)

    def next_label(self, paragraph: etree._Element, style: str) -> Item | None:
        """Return what Word prints before `paragraph`, a heading or in a list; None if nothing."""
        return self._next(paragraph, style, listed=False)

    def _next(self, paragraph: etree._Element, style: str, *, listed: bool) -> Item | None:
        number, level = self._numbered(paragraph, style)
        abstract = val(self._numbers[number], "abstractNumId") if number in self._numbers else ""
        if abstract not in self._abstracts:
            return None
        form, _, pattern = self._level(number, abstract, level)
        if form in {"", "none"} and (listed or not pattern):
            return None
        count = self._count(number, abstract, level)
        label = "" if listed else self._label(number, abstract, level, pattern)
        return Item(number, level, form, count, label, pattern)

    def _label(self, number: str, abstract: str, level: int, pattern: str) -> str:
        """Return the `pattern` of a level with the numbers of it and of those above it."""

        def said(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form, start, _ = self._level(number, abstract, at)
            counted = self._counts[abstract].get(at, start)
            legal = at < level and self._is_legal(abstract, level)
            return format_label(counted, "decimal" if legal else form)

        return _NUMBER_IN.sub(said, pattern)

    def _is_legal(self, abstract: str, level: int) -> bool:
        """Tell whether the numbers in a label of `level` are all in figures."""
        return any(
            to_int(one.get(w("ilvl"))) == level and is_on(one.find(w("isLgl")))
            for one in self._abstracts[abstract].iterchildren(w("lvl"))
        )

    def _numbered(self, paragraph: etree._Element, style: str) -> tuple[str, int]:
        own = val(paragraph, "pPr/numPr/numId")
        if own:
            return own, to_int(val(paragraph, "pPr/numPr/ilvl"))
        if style not in self._by_style:
            self._by_style[style] = self._numbered_by(style)
        return self._by_style[style]

    def _numbered_by(self, style: str) -> tuple[str, int]:
        """Return the list and the level that the style with that id gives, ("", 0) for none."""
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
                    found = _Level(
                        val(one, "numFmt", "decimal"),
                        to_int(val(one, "start"), 1),
                        val(one, "lvlText"),
                    )
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
