"""Tags that replace more than themselves: paragraphs, rows, cells and runs, worked out on the tree.

After this every mark stands where its Jinja source has to stand. Plain tags are lifted when that is
what the writer meant: alone in a paragraph they act as {%p %}, alone in a row, or around all cells
of one, as {%tr %}. Whatever a tag would throw away is a problem, never a silent loss.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.compile.beside import name_objects
from lrtdocs.word.compile.cells import apply_cell_tags, take_mark
from lrtdocs.word.package.elements import ancestor, content_of
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.story.runs import split_behind
from lrtdocs.word.story.spacing import part_tables
from lrtdocs.word.tags.blocks import Block, match_blocks
from lrtdocs.word.tags.paragraphs import (
    Marks,
    add_after,
    add_before,
    drop_if_empty,
    put_text,
    set_text,
    tags_in,
    visible_text,
)
from lrtdocs.word.tags.tags import LINK_FILTER, Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.values.formatting import Formattings

_NAMES = {
    "p": "deel.houder_alinea",
    "tr": "deel.houder_tabelrij",
    "tc": "deel.houder_tabelcel",
    "r": "deel.houder_stuk_tekst",
}


def apply_structure(root: etree._Element, marks: Marks, formattings: Formattings) -> list[Problem]:
    """Put the marks of a story where their source has to stand; return what is in the way."""
    _merge_paragraphs(root, marks)
    blocks, problems = match_blocks(tags_in(root, marks))
    if problems:
        return problems
    problems = apply_cell_tags(root, marks)
    _wrap_rows(root, blocks, marks)
    for level in ("tr", "tc"):
        lifted = _liftable(root, blocks, marks, "tr") if level == "tr" else set()
        for container in list(root.iter(w(level))):
            problems += _lift(container, level, marks, formattings, lifted)
    lifted = _liftable(root, blocks, marks, "p")
    for paragraph in list(root.iter(w("p"))):
        problems += _lift(paragraph, "p", marks, formattings, lifted)
    for text in list(root.iter(w("t"))):
        _place_marks(text, marks, formattings)
    part_tables(root, marks)
    return problems or _misplaced(root, marks)


def _merge_paragraphs(root: etree._Element, marks: Marks) -> None:
    """Let `{%-` join its paragraph to the one before, and `-%}` the one after to its own."""
    for found in list(root.iter(w("p"))):
        paragraph = found
        tags = tags_in(paragraph, marks)
        if not any(t.kind is TagKind.CONTROL and (t.trim_before or t.trim_after) for t in tags):
            continue
        texts = [t for t in paragraph.iter(w("t")) if t.text]
        first, last = texts[0].text or "", texts[-1].text or ""
        if tags[0].trim_before and marks.pattern.match(first):
            previous = paragraph.getprevious()
            if previous is not None and previous.tag == w("p"):
                _append(previous, paragraph)
                paragraph = previous
        if tags[-1].trim_after and last.endswith(marks.sign):
            following = paragraph.getnext()
            if following is not None and following.tag == w("p"):
                _prepend(paragraph, following)


def _append(target: etree._Element, source: etree._Element) -> None:
    for child in content_of(source):
        target.append(child)
    put_text(source, "")


def _prepend(source: etree._Element, target: etree._Element) -> None:
    """Move the content of `source` to the front of `target`, which keeps `source`'s properties."""
    old = target.find(w("pPr"))
    if old is not None:
        target.remove(old)
    for index, child in enumerate(list(source)):
        target.insert(index, child)
    put_text(source, "")


def _wrap_rows(root: etree._Element, blocks: list[Block], marks: Marks) -> None:
    """Move a block that opens first and closes last in one row around that row."""
    texts = {id(tag): text for text in root.iter(w("t")) for tag in marks.inside(text.text)}
    for block in blocks:
        first, last = block.tags[0], block.tags[-1]
        row = _row_inside(block, texts, marks)
        if row is not None:
            add_before(row, take_mark(first, texts[id(first)], marks))
            add_after(row, take_mark(last, texts[id(last)], marks))


def _row_inside(
    block: Block, texts: Mapping[int, etree._Element], marks: Marks
) -> etree._Element | None:
    """Return the row of which the two tags of `block`, in different cells, are begin and end."""
    first, last = block.tags[0], block.tags[-1]
    one, other = texts.get(id(first)), texts.get(id(last))
    if one is None or other is None or len(block.tags) != 2 or first.level:
        return None
    cells = [ancestor(text, "tc") for text in (one, other)]
    rows = [None if cell is None else ancestor(cell, "tr") for cell in cells]
    row = rows[0]
    if row is None or row is not rows[1] or cells[0] is cells[1]:
        return None
    filled = [text for text in row.iter(w("t")) if text.text]
    opens = one is filled[0] and (one.text or "").startswith(marks.of(first))
    closes = other is filled[-1] and (other.text or "").endswith(marks.of(last))
    return row if opens and closes else None


def _liftable(
    root: etree._Element, blocks: list[Block], marks: Marks, level: str
) -> set[etree._Element]:
    """Return the containers that hold only plain tags whose partners can be lifted with them.

    The partners of a tag are the other tags of its block. They lift together or not at all: where
    one cannot, the containers of the others stay too, and then those of their partners. Each round
    drops what has a partner that stays, until nothing is dropped.
    """
    lifted = {c: tags for c in root.iter(w(level)) if (tags := _quiet_tags(c, level, marks))}
    home = {id(tag): container for container, tags in lifted.items() for tag in tags}
    partners = {id(tag): block.tags for block in blocks for tag in block.tags}

    def stays(container: etree._Element) -> bool:
        mates = (mate for tag in lifted[container] for mate in partners.get(id(tag), []))
        homes = {home.get(id(mate)) for mate in mates}
        if level == "tr" and homes <= {container}:  # within one row: lifted as a paragraph
            return True
        parent = container.getparent()
        return any(h is None or h not in lifted or h.getparent() is not parent for h in homes)

    while dropped := [container for container in lifted if stays(container)]:
        for container in dropped:
            del lifted[container]
    return set(lifted)


def _quiet_tags(container: etree._Element, level: str, marks: Marks) -> list[Tag]:
    """Return the tags of `container`, when nothing else is in it that a reader would miss."""
    tags = tags_in(container, marks)
    if not all(_is_quiet(tag, level) for tag in tags) or visible_text(container, marks):
        return []
    return tags if container.find(f".//{w('sectPr')}") is None else []


def _is_quiet(tag: Tag, level: str) -> bool:
    """Tell whether `tag` prints nothing of its own, or paragraphs where paragraphs may stand."""
    if tag.level == level:
        return True
    if tag.level:
        return False
    return tag.kind in {TagKind.CONTROL, TagKind.COMMENT} or (level == "p" and tag.is_tekst)


def _lift(
    container: etree._Element,
    level: str,
    marks: Marks,
    formattings: Formattings,
    lifted: set[etree._Element],
) -> list[Problem]:
    """Replace `container` by its tags when one of them asks for it, or when it can be lifted."""
    tags = tags_in(container, marks)
    asking = [tag for tag in tags if tag.level == level and _holder(tag, level) is container]
    if not asking and container not in lifted:
        return []
    problems = _beside(container, asking[0], tags, level, marks) if asking else []
    if not problems:
        for tag in tags:
            if tag.kind is TagKind.VALUE:
                tag.context = "blocks"
                tag.formatting_id = formattings.add(container, _run_of(tag, container, marks))
        put_text(container, "".join(marks.of(tag) for tag in tags))
    return problems


def _holder(tag: Tag, level: str) -> etree._Element | None:
    """Return the innermost paragraph, cell or row that `tag` stands in."""
    owner = tag.owner
    return owner if owner is None or level == "p" else ancestor(owner, level)


def _run_of(tag: Tag, container: etree._Element, marks: Marks) -> etree._Element | None:
    texts = (text for text in container.iter(w("t")) if tag in marks.inside(text.text))
    text = next(texts, None)
    return text.getparent() if text is not None else None


def _beside(
    container: etree._Element, tag: Tag, tags: list[Tag], level: str, marks: Marks
) -> list[Problem]:
    """Return a problem when replacing `container` by `tag` would lose something."""
    loud = [other for other in tags if not _is_quiet(other, level)]
    lost = visible_text(container, marks) or (loud[0].text if loud else "")
    if not lost and container.find(f".//{w('sectPr')}") is None:
        return []
    name = messages.text(_NAMES[level])
    if lost:
        lost = name_objects(lost, container)
        key = "LRT304.ernaast"
        return [messages.problem(key, tag.place, tag=tag.text, container=name, lost=lost)]
    return [messages.problem("LRT306.sectie", tag.place, tag=tag.text, container=name)]


def _place_marks(text: etree._Element, marks: Marks, formattings: Formattings) -> None:
    """Say how the tags in one w:t print: in runs of their own, as links, as Markdown in a line."""
    for tag in marks.inside(text.text):
        if tag.level == "r":
            text = _split_run(text, tag, marks, formattings)
        elif tag.kind is TagKind.VALUE and tag.context == "text":
            if tag.is_tekst:
                tag.context = "inline"
                tag.formatting_id = formattings.add(tag.owner, text.getparent())
            elif LINK_FILTER.search(tag.body):
                tag.context = "link"
                tag.formatting_id = formattings.add(tag.owner, text.getparent())


def _split_run(
    text: etree._Element, tag: Tag, marks: Marks, formattings: Formattings
) -> etree._Element:
    """Put the mark of `tag` between two runs; return the w:t with what stood behind it."""
    run = text.getparent()
    if run is None:
        return text
    if tag.kind is TagKind.VALUE:
        tag.context, tag.formatting_id = "run", formattings.add(tag.owner, run)
    before, _, after = (text.text or "").partition(marks.of(tag))
    rest = split_behind(text, after)
    run.tail = marks.of(tag)
    set_text(text, before)
    drop_if_empty(text)
    drop_if_empty(rest)
    return rest


def _misplaced(root: etree._Element, marks: Marks) -> list[Problem]:
    """Return a problem for each structural tag that found nothing to replace."""
    return [
        messages.problem(
            "LRT306.houder",
            tag.place,
            tag=tag.text,
            container=messages.text(_NAMES[tag.level]),
            level=tag.level,
        )
        for tag in tags_in(root, marks)
        if tag.level in {"tr", "tc"} or (tag.level == "p" and tag.context != "blocks")
    ]
