"""Tags that change a table cell: colspan, cellbg, vm (merge down a loop), hm (merge along one)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.package.elements import ancestor, content_of, val
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.story.tables import set_property
from lrtdocs.word.tags.blocks import CELL_WORDS
from lrtdocs.word.tags.paragraphs import Marks, add_after, add_before, drop_if_empty, set_text
from lrtdocs.word.tags.tags import Tag, TagKind

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.errors import Problem


def apply_cell_tags(root: etree._Element, marks: Marks) -> list[Problem]:
    """Turn the cell tags of a part into properties of their cells."""
    problems: list[Problem] = []
    for text in list(root.iter(w("t"))):
        for tag in marks.inside(text.text):
            if tag.word in CELL_WORDS:
                problems += _apply(tag, text, marks)
    return problems


def _apply(tag: Tag, text: etree._Element, marks: Marks) -> list[Problem]:
    cell = ancestor(text, "tc")
    if cell is None:
        return [messages.problem("LRT306.cel", tag.place, tag=tag.text)]
    take_mark(tag, text, marks)
    argument = tag.body[len(tag.word) :].strip()
    if tag.word == "colspan":
        set_property(cell, "gridSpan").set(w("val"), _value(tag, argument, "count", marks))
    elif tag.word == "cellbg":
        shade = set_property(cell, "shd")
        shade.set(w("val"), "clear")
        shade.set(w("color"), "auto")
        shade.set(w("fill"), _value(tag, argument, "colour", marks))
    elif tag.word == "vm":
        _merge_down(tag, cell, marks)
    else:
        _merge_along(tag, cell, marks)
    return []


def take_mark(tag: Tag, text: etree._Element, marks: Marks) -> str:
    """Remove the mark of `tag` from `text` and return it."""
    mark = marks.of(tag)
    set_text(text, (text.text or "").replace(mark, ""))
    drop_if_empty(text)
    return mark


def _value(tag: Tag, body: str, context: str, marks: Marks) -> str:
    return marks.add(Tag(TagKind.VALUE, tag.text, tag.place, body=body, context=context))


def _control(tag: Tag, body: str, marks: Marks) -> str:
    return marks.add(Tag(TagKind.CONTROL, tag.text, tag.place, body=body))


def _merge_down(tag: Tag, cell: etree._Element, marks: Marks) -> None:
    merge = (
        _control(tag, "if loop.first", marks)
        + "restart"
        + _control(tag, "else", marks)
        + "continue"
        + _control(tag, "endif", marks)
    )
    set_property(cell, "vMerge").set(w("val"), merge)
    for paragraph in cell.findall(w("p")):
        if content := content_of(paragraph):
            add_before(content[0], _control(tag, "if loop.first", marks))
            add_after(content[-1], _control(tag, "endif", marks))


def _merge_along(tag: Tag, cell: etree._Element, marks: Marks) -> None:
    span = val(cell, "tcPr/gridSpan", "1")
    factor = f"{span} * " if span.isdigit() and span != "1" else ""
    set_property(cell, "gridSpan").set(
        w("val"), _value(tag, f"{factor}loop.length", "count", marks)
    )
    add_before(cell, _control(tag, "if loop.first", marks))
    add_after(cell, _control(tag, "endif", marks))
