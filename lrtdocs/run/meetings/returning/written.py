"""A text back to the way it is typed: paragraphs and lists as small Markdown, and lines kept.

Paragraphs stand in a row here, as on paper: a `Line` each, with the list it stands in. What was not
changed keeps its own lines. Whatever is written is read again before it counts; so a text never
comes to mean something else by a sign that somebody typed.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from lrtdocs.messages import FaultError
from lrtdocs.model.tekst import (
    Alinea,
    Citaat,
    Lijst,
    Regeleinde,
    Tabel,
    Tekst,
    Tekstdeel,
    TekstError,
    paragraph_lines,
    parse_address,
    parse_tekst,
)
from lrtdocs.word.reading.blocks import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lrtdocs.model.tekst import Block, Inline

OBJECT = "\ufffc"
"""Stands for what is no text in a paragraph: a footnote. It cannot be typed anew."""
_PREFIX = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)]|[A-Za-z][.)])[ \t]+")
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")


class Sort(StrEnum):
    """What a paragraph is among others."""

    PLAIN = "alinea"
    HEADING = "kop"
    BULLET = "opsomming"
    NUMBER = "nummer"
    LETTER = "letter"
    CONTINUE = "vervolg"
    QUOTE = "citaat"
    TABLE = "tabel"
    PICTURE = "afbeelding"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a text; in a list it lies `depth` deep, from 1, and may have a `number`.

    A table is one line with its `rows` of cells; of a picture `parts` are the caption.
    """

    sort: Sort
    parts: tuple[Run, ...]
    depth: int = 0
    number: int = 0
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()

    @property
    def text(self) -> str:
        """Its text without format."""
        return "".join(part.text for part in self.parts)


def lines_of(blocks: Sequence[Block], depth: int = 0) -> Iterator[Line]:
    """Yield the paragraphs of parsed `blocks`, those of lists `depth` deep, in their order."""
    for block in blocks:
        if isinstance(block, Alinea):
            sort = Sort.HEADING if block.kop else Sort.CONTINUE if depth else Sort.PLAIN
            yield Line(sort, _parts(block.inhoud, heading=block.kop), depth)
        elif isinstance(block, Lijst):
            yield from _lines_of_list(block, depth + 1)
        elif isinstance(block, Citaat):
            for alinea in block.alineas:
                yield Line(Sort.QUOTE, _parts(alinea.inhoud))
        elif isinstance(block, Tabel):
            head, rows = (_cells(block.kop, heading=True), map(_cells, block.rijen))
            yield Line(Sort.TABLE, (), rows=(head, *rows))
        else:
            yield Line(Sort.PICTURE, _parts(block.onderschrift))


def _lines_of_list(block: Lijst, depth: int) -> Iterator[Line]:
    sort = (Sort.LETTER if block.letters else Sort.NUMBER) if block.genummerd else Sort.BULLET
    for number, item in enumerate(block.items, start=block.start):
        first = item[0] if item and isinstance(item[0], Alinea) else None
        parts = _parts(first.inhoud) if first else ()
        yield Line(sort, parts, depth, number if block.genummerd else 0)
        yield from lines_of(item[1 if first else 0 :], depth)


def _cells(
    row: Sequence[Sequence[Inline]], *, heading: bool = False
) -> tuple[tuple[Run, ...], ...]:
    return tuple(_parts(cell, heading=heading) for cell in row)


def _parts(inlines: Sequence[Inline], *, heading: bool = False) -> tuple[Run, ...]:
    """Return `inlines`, what is no text as one sign; what is bold in a heading is not."""
    return plain_parts(
        Run(
            piece.tekst,
            piece.vet and not heading,
            piece.cursief,
            piece.link or "",
            piece.taal or "",
        )
        if isinstance(piece, Tekstdeel)
        else Run("\n" if isinstance(piece, Regeleinde) else OBJECT)
        for piece in inlines
    )


def plain_parts(parts: Iterable[Run]) -> tuple[Run, ...]:
    """Return `parts` with neighbours of one format together; blanks have the format before them.

    Spaces around the whole, and those around a break, are no part of a text.
    """
    found: list[Run] = []
    for part in parts:
        text = part.text.replace("\u00a0", " ")
        blank = not text.strip() and not part.link
        form = (*part[1:3], part.link.rstrip("/"), part.language)
        if found and (blank or found[-1][1:] == form):
            found[-1] = found[-1]._replace(text=found[-1].text + text)
        elif found and not found[-1].text.strip() and not found[-1].link:
            found[-1] = Run(found[-1].text + text, *form)
        elif text:
            found.append(Run(text, *form))
    found = [part._replace(text=re.sub(r" *\n *", "\n", part.text)) for part in found]
    moved = _blanks_outside(found)
    if moved:
        moved[0] = moved[0]._replace(text=moved[0].text.lstrip())
        moved[-1] = moved[-1]._replace(text=moved[-1].text.rstrip())
    return tuple(part for part in moved if part.text)


def _blanks_outside(parts: list[Run]) -> list[Run]:
    """Return `parts` in which a space between two formats stands in the one that has least."""
    for at in range(len(parts) - 1):
        one, other = parts[at], parts[at + 1]
        if not other.text.strip():
            continue
        spaces = one.text[len(one.text.rstrip()) :]
        spaces += other.text[: len(other.text) - len(other.text.lstrip())]
        first = sum(map(bool, one[1:])) <= sum(map(bool, other[1:]))
        parts[at] = one._replace(text=one.text.rstrip() + (spaces if first else ""))
        parts[at + 1] = other._replace(text=("" if first else spaces) + other.text.lstrip())
    return parts


# --- written


def write_tekst(
    lines: Sequence[Line], old: str = "", parse: Callable[[str], Tekst] = parse_tekst
) -> str | None:
    """Return `lines` as small Markdown, or None when that cannot say it.

    Lines of the `old` text that say the same stay as they were typed.
    """
    wanted = list(lines)
    if not wanted:
        return ""
    for write in (_kept, _fresh):
        text = write(wanted, old)
        if text is not None and _reads_as(text, wanted, parse):
            return text
    return None


def _reads_as(text: str, wanted: list[Line], parse: Callable[[str], Tekst]) -> bool:
    try:
        read = parse(text)
    except TekstError:
        return False
    return [_even(line) for line in lines_of(read.blocks)] == [_even(line) for line in wanted]


def _even(line: Line) -> Line:
    rows = tuple(tuple(plain_parts(iter(cell)) for cell in row) for row in line.rows)
    return replace(line, parts=plain_parts(iter(line.parts)), rows=rows)


def _fresh(lines: list[Line], _old: str) -> str | None:
    page = _Page()
    return page.text() if all(page.add(line) for line in lines) else None


def _kept(lines: list[Line], old: str) -> str | None:
    """Return `lines` with those that `old` has too just as they stand there."""
    try:
        before = [_even(line) for line in lines_of(parse_tekst(old).blocks)]
    except TekstError:
        return None
    spans = paragraph_lines(old)
    if not before or len(spans) != len(before):
        return None
    page, typed = _Page(), old.split("\n")
    partners = _partners(before, [_even(line) for line in lines])
    for at, line in enumerate(lines):
        partner, same = partners[at]
        if partner < 0:
            done = page.add(line)
        else:
            begin, end = spans[partner]
            gap = at and partners[at - 1][0] == partner - 1
            above = typed[spans[partner - 1][1] : begin] if gap else None
            done = page.keep(line, typed[begin:end], above, same=same)
        if not done:
            return None
    return page.text()


def _partners(old: list[Line], new: list[Line]) -> list[tuple[int, bool]]:
    """Return of each of `new` which of `old` it was, -1 for none, and if it is the same."""
    found = [(-1, False)] * len(new)
    keys: dict[Line, int] = {}
    first, second = ([keys.setdefault(line, len(keys)) for line in row] for row in (old, new))
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            found[c:d] = [(a + offset, True) for offset in range(d - c)]
        elif kind == "replace":
            for offset in range(min(b - a, d - c)):
                one, other = old[a + offset], new[c + offset]
                same = (one.sort, one.depth, one.number) == (other.sort, other.depth, other.number)
                if same and one.sort is not Sort.PICTURE:
                    found[c + offset] = (a + offset, False)
    return found


class _Page:
    """The rows of a text while it is written; knows at which column each list around it stands."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.columns: list[int] = []
        self.last: Line | None = None

    def text(self) -> str:
        return "\n".join(self.rows)

    def add(self, line: Line) -> bool:
        """Write `line` anew; tell whether that could be done."""
        if line.sort is Sort.TABLE:
            return self._add_table(line, "")
        prefix = self._prefix(line)
        written = write_parts(line)
        if prefix is None or written is None:
            return False
        self._space(line)
        self._put(line, prefix, written.split("\n"))
        return True

    def _add_table(self, line: Line, borders: str) -> bool:
        """Write a table; `borders` is the row below its heading, if it has one already."""
        cells = [[write_parts(Line(Sort.PLAIN, cell)) for cell in row] for row in line.rows]
        widths = {len(row) for row in cells}
        if len(widths) != 1 or any(one is None or "\n" in one for row in cells for one in row):
            return False
        rows = [f"| {' | '.join(map(_in_cell, row))} |" for row in cells]
        count = next(iter(widths))
        same = borders.strip().strip("|").count("|") + 1 == count if borders else False
        self._space(line)
        self._enter(line, "")
        self.rows += [rows[0], borders if same else f"|{' --- |' * count}", *rows[1:]]
        return True

    def keep(self, line: Line, typed: list[str], above: list[str] | None, *, same: bool) -> bool:
        """Write `line` in the rows in which it is `typed`, or in the way of those."""
        prefix = self._typed_prefix(line, typed[0])
        if above is None:
            self._space(line)
        else:
            self.rows += above
        if same:
            self._enter(line, prefix)
            self.rows += typed
            return True
        if line.sort is Sort.TABLE:
            return self._add_table(line, typed[1] if len(typed) > 1 else "")
        written = write_parts(line)
        if written is None:
            return False
        width = max(map(len, typed)) if len(typed) > 1 else 0
        rows = written.split("\n")
        if width > len(prefix) + 20 and len(rows) == 1:
            rows = textwrap.wrap(
                written, width - len(prefix), break_long_words=False, break_on_hyphens=False
            )
        self._put(line, prefix, rows)
        return True

    def _put(self, line: Line, prefix: str, rows: list[str]) -> None:
        self._enter(line, prefix)
        hang = " " * len(prefix) if line.depth else prefix if line.sort is Sort.QUOTE else ""
        self.rows += [prefix + rows[0], *(f"{hang}{row}" for row in rows[1:])]

    def _enter(self, line: Line, prefix: str) -> None:
        if line.sort in {Sort.BULLET, Sort.NUMBER, Sort.LETTER}:
            self.columns = [*self.columns[: line.depth - 1], len(prefix)]
        elif line.sort is Sort.CONTINUE:
            self.columns = self.columns[: line.depth]
        else:
            self.columns = []
        self.last = line

    def _prefix(self, line: Line) -> str | None:
        """Return what stands before `line`, None where no list is open that it can stand in."""
        if line.sort is Sort.HEADING:
            return "### "
        if line.sort in {Sort.PLAIN, Sort.QUOTE}:
            return "> " if line.sort is Sort.QUOTE else ""
        if line.sort is Sort.PICTURE or line.depth > len(self.columns) + 1:
            return None
        if line.sort is Sort.CONTINUE:
            return " " * self.columns[line.depth - 1] if line.depth <= len(self.columns) else None
        before = " " * (self.columns[line.depth - 2] if line.depth > 1 else 0)
        if line.sort is Sort.BULLET:
            return f"{before}- "
        if line.sort is Sort.LETTER and not 1 <= line.number <= 26:
            return None
        return f"{before}{line.number if line.sort is Sort.NUMBER else chr(96 + line.number)}. "

    def _typed_prefix(self, line: Line, row: str) -> str:
        if line.sort in {Sort.BULLET, Sort.NUMBER, Sort.LETTER}:
            found = _PREFIX.match(row)
            return found[0] if found else ""
        if line.sort is Sort.HEADING:
            return "### "
        if line.sort is Sort.QUOTE:
            found = re.match(r"\s*> ?", row)
            return found[0] if found else "> "
        return row[: len(row) - len(row.lstrip())]

    def _space(self, line: Line) -> None:
        """Leave a row open before `line`, unless it goes on with a list."""
        lists = {Sort.BULLET, Sort.NUMBER, Sort.LETTER}
        goes_on = self.last is not None and self.last.sort in lists and line.sort in lists
        quoted = self.last is not None and self.last.sort is line.sort is Sort.QUOTE
        if self.rows and not goes_on and self.rows[-1].strip():
            self.rows.append(">" if quoted else "")


def write_parts(line: Line) -> str | None:
    """Return the text of `line` as Markdown on its rows, None when none of the ways says it."""
    plain = [replace(line, sort=Sort.PLAIN, depth=0, number=0, parts=plain_parts(iter(line.parts)))]
    if not plain[0].parts:
        return ""
    if OBJECT in plain[0].text:
        return None
    for strict in (False, True):
        text = "".join(_part(part, strict=strict) for part in plain[0].parts)
        text = "  \n".join(_guarded(row, strict=strict) for row in text.split("\n"))
        if _reads_as(text, plain, parse_tekst):
            return text
    return None


def _in_cell(text: str | None) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text or "")


def _guarded(row: str, *, strict: bool) -> str:
    if not strict:
        return row
    row = re.sub(r"^(\d{1,9}|[A-Za-z])(?=[.)](?:\s|$))", r"\1\\", row)
    return re.sub(r"^([-+#=])", r"\\\1", row)


def _part(part: Run, *, strict: bool) -> str:
    core = part.text.strip(" ")
    if not core:
        return part.text
    lead, trail = part.text[: part.text.index(core)], part.text[part.text.index(core) + len(core) :]
    inside = _SPECIAL.sub(r"\\\1", core) if strict else core
    if part.link:
        inside = _link(core, inside, part.link)
    if part.language:
        inside = f"[{inside}]{{taal={part.language.partition('-')[0]}}}"
    marks = "*" * (2 * part.bold + part.italic)
    rows = [f"{marks}{row}{marks}" if marks and row else row for row in inside.split("\n")]
    return lead + "\n".join(rows) + trail


def _link(core: str, inside: str, link: str) -> str:
    try:
        if parse_address(core).rstrip("/") == link and " " not in core:
            return core
    except FaultError:
        pass
    return f"[{inside}]({link})"
