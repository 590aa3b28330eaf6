r"""Pages as text: the paragraphs of a template as they stand in Word, read from `parts/*.txt`.

    Body Text: {{ tekst }}        a paragraph in this style; further lines of it are indented
    heading 2!: Opening           a heading that need not stay with what follows
    {%p if plaats %}              a control paragraph, which vanishes when the template is filled
    @COLUMN                       what follows stands in this frame of the house style; @ ends it
    table ACTION_COLUMNS: Acties  a table of these widths: ||= is the header row, || a row
    # why                         for who reads the file
    > sender                      the lines of another file here
    > item | punt: subpunt        and with `subpunt` for ${punt} in them

«Betreft|Subject» is a label in Dutch and in English, by the word `taal`, on a page in both
languages; on others it is the Dutch one. In a text <Strong>...</Strong> is a run in that style,
<r>...</r> a run of its own, <PAGE/> a field, <STYLEREF LRT Kenmerk>...</STYLEREF LRT Kenmerk> one
that repeats the text in that style, \t a tab and ~ a space where no line ends; in a cell " ¶ "
ends a paragraph.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.pages.parts import TAG_STYLE, read_lines
from lrtdocs.word.house.pages.wordml import field, paragraph, row, run, table, tag_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtdocs.word.house.housestyle import Frame, Mm

_RUN = re.compile(r"<(PAGE|NUMPAGES)/>|<([A-Za-z][\w ]*)>(.*?)</\2>")


_LABEL = re.compile(r"«([^»|]*)\|([^»]*)»")
_IN_BOTH = r'{% if taal == "en" %}\2{% else %}\1{% endif %}'


def read_page(name: str, *, english: bool = False, **words: str) -> str:
    """Return the paragraphs and tables of the file `name`, with `words` in it.

    Its labels are in Dutch, or with `english` in that too.
    """
    labels = _IN_BOTH if english else r"\1"
    return "".join(_compose(_LABEL.sub(labels, line) for line in _lines(name, words)))


def _lines(name: str, words: dict[str, str]) -> Iterator[str]:
    """Yield the lines of the file `name` and of those that it takes in."""
    for line in read_lines(f"{name}.txt", words):
        if line.startswith(">"):
            other, *given = line[1:].strip().split(" | ")
            pairs = (word.partition(":") for word in given)
            inner = words | {key: value.strip() for key, _, value in pairs}
            yield from _lines(other, inner) if other else ()
        else:
            yield line


def _compose(lines: Iterable[str]) -> Iterator[str]:
    waiting, frame = deque(lines), None
    while waiting:
        line = waiting.popleft()
        if line.startswith("@"):
            frame = getattr(style, line[1:]) if line[1:] else None
        elif line.startswith("table "):
            yield _table(line.removeprefix("table "), waiting)
        elif line.startswith("{%p"):
            yield paragraph(run(line), TAG_STYLE, frame=frame)
        else:
            yield _paragraph(line, frame)


def _paragraph(line: str, frame: Frame | None = None) -> str:
    name, _, text = line.partition(":")
    last = name.endswith("!")
    return paragraph(_runs(text[1:]), name.rstrip("!"), frame=frame, last=last)


def _runs(text: str) -> str:
    """Return `text` as runs: what is marked is one, and so is what stands between two of those."""
    text = text.replace("~", "\u00a0").replace("\\t", "\t")
    runs, position = [], 0
    for found in _RUN.finditer(text):
        between = text[position : found.start()]
        runs += [run(between)] if between else []
        name = None if found[2] == "r" else found[2]
        kind, _, style_name = (name or "").partition(" ")
        if found[1]:
            runs.append(field(found[1]))
        elif kind == "STYLEREF":
            runs.append(field(f'STYLEREF "{style_name}"', found[3]))
        else:
            runs.append(run(found[3], name))
        position = found.end()
    rest = text[position:]
    return "".join([*runs, run(rest)] if rest else runs)


def _table(head: str, lines: deque[str]) -> str:
    """Return the table that begins with `head`, and take its rows from `lines`."""
    name, _, caption = head.partition(": ")
    widths, rows = getattr(style, name), []
    while lines and lines[0].startswith(("||", "{%tr")):
        rows.append(_row(lines.popleft(), widths))
    return table(widths, rows, caption)


def _row(line: str, widths: tuple[Mm, ...]) -> str:
    if line.startswith("{%tr"):
        return tag_row(line.removeprefix("{%tr ").removesuffix(" %}"), widths)
    mark, _, cells = line.partition(" ")
    paragraphs = ["".join(_compose(cell.split(" ¶ "))) for cell in cells.split(" || ")]
    return row(paragraphs, widths, header=mark == "||=")
