"""Paragraphs of a point high, where Word needs one and a reader must not see it.

Tables that follow each other without a paragraph between them are one table in Word. Where the
paragraphs with tags between tables go, or a loop repeats a table, a low one takes their place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.errors import Place
from lrtdocs.word.package.ooxml import W, w
from lrtdocs.word.tags.blocks import match_blocks
from lrtdocs.word.tags.tags import Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.word.tags.paragraphs import Marks

_LOW = (
    f'<w:p xmlns:w="{W}"><w:pPr><w:widowControl w:val="0"/>'
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)


def low_paragraph() -> etree._Element:
    """Return a paragraph that takes no room to speak of."""
    return etree.fromstring(_LOW)


def part_tables(root: etree._Element, marks: Marks) -> None:
    """Put a low paragraph where filling could make two tables of `root` one."""
    tables = [table for table in root.iter(w("tbl")) if marks.inside(table.tail)]
    if not tables:
        return
    order = list(_marks_in_order(root, marks))
    followed = {id(tag): following for tag, following in order}
    openings = {id(b.tags[-1]): b.tags[0] for b in match_blocks(tag for tag, _ in order)[0]}
    for table in tables:
        following = table.getnext()
        ends = [tag for tag in marks.inside(table.tail) if tag.word == "endfor"]
        begins = [followed[id(openings[id(tag)])] for tag in ends if id(tag) in openings]
        if following is not None and following.tag == w("tbl"):
            _put_behind(table)
        elif any(begin is not None and begin.tag == w("tbl") for begin in begins):
            alone = len(marks.inside(table.tail)) == 1
            _put_behind(table, marks if alone else None)


def _put_behind(table: etree._Element, marks: Marks | None = None) -> None:
    """Put a low paragraph behind `table`; with `marks` not in the last pass of its loop."""
    low, tail = low_paragraph(), table.tail or ""
    table.tail = "" if marks is None else _control("if not loop.last", marks)
    low.tail = ("" if marks is None else _control("endif", marks)) + tail
    parent = table.getparent()
    if parent is not None:
        parent.insert(parent.index(table) + 1, low)


def _control(body: str, marks: Marks) -> str:
    return marks.add(Tag(TagKind.CONTROL, "", Place(""), body=body))


def _marks_in_order(
    root: etree._Element, marks: Marks
) -> Iterator[tuple[Tag, etree._Element | None]]:
    """Yield the tags of `root` as they are met, each with the element that follows it."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        text = element.text if event == "start" else element.tail
        following = next(iter(element), None) if event == "start" else element.getnext()
        for tag in marks.inside(text):
            yield tag, following
