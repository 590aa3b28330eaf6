"""Tags that replace more than themselves: paragraphs, rows, cells and runs, worked out on the tree.

After this every mark stands where its Jinja source has to stand. Plain tags are lifted when that is
what the writer meant: alone in a paragraph they act as {%p %}, alone in a row, or around all cells
of one, as {%tr %}. Tags for a cell (colspan, cellbg, vm to merge it down a loop, hm along one)
become its properties. Whatever a tag would throw away is a problem, never a silent loss; what
stands beside one and is no text, a drawing that floats or a break of pages, is kept or told.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs import messages
from lrtdocs.word.package.elements import add, ancestor, content_of, drop, is_on, path, val
from lrtdocs.word.package.ooxml import MC, WP, V, W, w
from lrtdocs.word.story.tables import set_property
from lrtdocs.word.tags.blocks import CELL_WORDS, Block, match_blocks
from lrtdocs.word.tags.paragraphs import (
    Marks,
    Piece,
    add_after,
    add_before,
    drop_if_empty,
    pieces_of,
    put_text,
    set_text,
    split_behind,
    tags_in,
    visible_text,
)
from lrtdocs.word.tags.tags import LINK_FILTER, OBJECT, Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeGuard

    from lrtdocs.errors import Problem
    from lrtdocs.word.values.formatting import Formattings

_NAMES = {
    "p": "deel.houder_alinea",
    "tr": "deel.houder_tabelrij",
    "tc": "deel.houder_tabelcel",
    "r": "deel.houder_stuk_tekst",
}
_BREAKS = {"page": "deel.een_pagina_einde", "column": "deel.een_kolomeinde"}

_DRAWINGS = {w("drawing"), w("pict"), f"{{{MC}}}AlternateContent"}
_LOW = (
    f'<w:p xmlns:w="{W}"><w:pPr><w:widowControl w:val="0"/>'
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)


def apply_structure(root: etree._Element, marks: Marks, formattings: Formattings) -> list[Problem]:
    """Put the marks of a story where their source has to stand; return what is in the way."""
    _merge_paragraphs(root, marks)
    blocks, problems = match_blocks(tags_in(root, marks))
    if problems:
        return problems
    problems = _apply_cell_tags(root, marks)
    _wrap_rows(root, blocks, marks)
    for level in ("tr", "tc", "p"):
        lifted = _liftable(root, blocks, marks, level)
        for container in list(root.iter(w(level))):
            problems += _lift(container, level, marks, formattings, lifted)
    for text in list(root.iter(w("t"))):
        _place_marks(text, marks, formattings)
    return problems or [
        messages.problem(
            "LRT306.houder",
            tag.place,
            tag=tag.text,
            container=messages.text(_NAMES[tag.level]),
            level=tag.level,
        )
        for tag in tags_in(root, marks)  # these found nothing to replace
        if tag.level in {"tr", "tc"} or (tag.level == "p" and tag.context != "blocks")
    ]


def _merge_paragraphs(root: etree._Element, marks: Marks) -> None:
    """Let `{%-` join its paragraph to the one before, and `-%}` the one after to its own."""
    for found in list(root.iter(w("p"))):
        paragraph, tags = found, tags_in(found, marks)
        if any(t.level == "p" for t in tags):  # it goes, so its dash joins nothing
            continue
        if not any(t.kind is TagKind.CONTROL and (t.trim_before or t.trim_after) for t in tags):
            continue
        texts = [t for t in paragraph.iter(w("t")) if t.text]
        first, last = texts[0].text or "", texts[-1].text or ""
        previous, following = paragraph.getprevious(), paragraph.getnext()
        if tags[0].trim_before and marks.pattern.match(first) and _stays(previous, marks):
            previous.extend(content_of(paragraph))
            put_text(paragraph, "")
            paragraph = previous
        if tags[-1].trim_after and last.endswith(marks.sign) and _stays(following, marks):
            for old in following.findall(w("pPr")):  # the properties of the first stay
                following.remove(old)
            following[:0] = list(paragraph)
            put_text(paragraph, "")


def _stays(element: etree._Element | None, marks: Marks) -> TypeGuard[etree._Element]:
    """Tell whether `element` is a paragraph, and no tag in it asks for its place."""
    if element is None or element.tag != w("p"):
        return False
    return not any(tag.level == "p" for tag in tags_in(element, marks))


# --- cells


def _apply_cell_tags(root: etree._Element, marks: Marks) -> list[Problem]:
    """Turn the tags for cells into properties; return a problem for each that is in no cell."""
    problems: list[Problem] = []
    for text in list(root.iter(w("t"))):
        for tag in [tag for tag in marks.inside(text.text) if tag.word in CELL_WORDS]:
            cell = ancestor(text, "tc")
            if cell is None:
                problems.append(messages.problem("LRT306.cel", tag.place, tag=tag.text))
            else:
                _take_mark(tag, text, marks)
                _CELL_TAGS[tag.word](cell, tag, marks)
    return problems


def _take_mark(tag: Tag, text: etree._Element, marks: Marks) -> str:
    """Remove the mark of `tag` from `text` and return it."""
    mark = marks.of(tag)
    set_text(text, (text.text or "").replace(mark, ""))
    drop_if_empty(text)
    return mark


def _span(cell: etree._Element, tag: Tag, marks: Marks) -> None:
    number = marks.make(tag.body.removeprefix(tag.word), TagKind.VALUE, tag, "count")
    set_property(cell, "gridSpan").set(w("val"), number)


def _shade(cell: etree._Element, tag: Tag, marks: Marks) -> None:
    colour = marks.make(tag.body.removeprefix(tag.word), TagKind.VALUE, tag, "colour")
    shade = set_property(cell, "shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(w(name), value)


def _merge_down(cell: etree._Element, tag: Tag, marks: Marks) -> None:
    state = marks.make("'restart' if loop.first else 'continue'", like=tag)
    set_property(cell, "vMerge").set(w("val"), state)
    for content in filter(None, map(content_of, cell.findall(w("p")))):
        _only_first(content[0], content[-1], tag, marks)


def _merge_along(cell: etree._Element, tag: Tag, marks: Marks) -> None:
    span = val(cell, "tcPr/gridSpan", "1")
    factor = f"{span} * " if span.isdigit() and span != "1" else ""
    number = marks.make(f"{factor}loop.length", TagKind.VALUE, tag, "count")
    set_property(cell, "gridSpan").set(w("val"), number)
    _only_first(cell, cell, tag, marks)


def _only_first(first: etree._Element, last: etree._Element, tag: Tag, marks: Marks) -> None:
    """Keep what stands from `first` to `last` in the first pass of the loop around it only."""
    add_before(first, marks.make("if loop.first", TagKind.CONTROL, tag))
    add_after(last, marks.make("endif", TagKind.CONTROL, tag))


_CELL_TAGS = {"colspan": _span, "cellbg": _shade, "vm": _merge_down, "hm": _merge_along}


# --- rows, cells and paragraphs that make room for their tags


def _wrap_rows(root: etree._Element, blocks: list[Block], marks: Marks) -> None:
    """Move a block that opens first and closes last in one row around that row."""
    texts = {tag: text for text in root.iter(w("t")) for tag in marks.inside(text.text)}
    for block in blocks:
        row = _row_inside(block, texts, marks)
        if row is not None:
            add_before(row, _take_mark(block.first, texts[block.first], marks))
            add_after(row, _take_mark(block.last, texts[block.last], marks))


def _row_inside(
    block: Block, texts: Mapping[Tag, etree._Element], marks: Marks
) -> etree._Element | None:
    """Return the row of which the two tags of `block`, in different cells, are begin and end."""
    one, other = texts.get(block.first), texts.get(block.last)
    if one is None or other is None or len(block.tags) != 2 or block.first.level:
        return None
    cell, row = ancestor(one, "tc"), ancestor(one, "tr")
    if row is None or row is not ancestor(other, "tr") or cell is ancestor(other, "tc"):
        return None
    filled = [text for text in row.iter(w("t")) if text.text]
    opens = one is filled[0] and (one.text or "").startswith(marks.of(block.first))
    closes = other is filled[-1] and (other.text or "").endswith(marks.of(block.last))
    return row if opens and closes else None


def _liftable(
    root: etree._Element, blocks: list[Block], marks: Marks, level: str
) -> set[etree._Element]:
    """Return the containers that hold only plain tags whose partners can be lifted with them.

    The partners of a tag are the other tags of its block. They lift together or not at all: where
    one cannot, the containers of the others stay too, and then those of their partners. Each round
    drops what has a partner that stays, until nothing is dropped.
    """
    if level == "tc":  # a cell makes room only for tags that ask for it
        return set()
    lifted = {c: tags for c in root.iter(w(level)) if (tags := _quiet_tags(c, level, marks))}
    home = {tag: container for container, tags in lifted.items() for tag in tags}
    partners = {tag: block.tags for block in blocks for tag in block.tags}

    def stays(container: etree._Element) -> bool:
        mates = (mate for tag in lifted[container] for mate in partners.get(tag, []))
        homes = {home.get(mate) for mate in mates}
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
    if tag.level:
        return tag.level == level
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
    problems = _lost(container, asking[0], tags, level, marks) if asking else []
    if not problems:
        for text in container.iter(w("t")):
            for tag in marks.inside(text.text):
                if tag.kind is TagKind.VALUE:
                    tag.context = "blocks"
                    tag.formatting_id = formattings.add(container, text.getparent())
        put_text(container, "".join(marks.of(tag) for tag in tags))
    return problems


def _holder(tag: Tag, level: str) -> etree._Element | None:
    """Return the innermost paragraph, cell or row that `tag` stands in."""
    owner = tag.owner
    return owner if owner is None or level == "p" else ancestor(owner, level)


def _lost(
    container: etree._Element, tag: Tag, tags: list[Tag], level: str, marks: Marks
) -> list[Problem]:
    """Return a problem when replacing `container` by `tag` would lose something."""
    loud = [other.text for other in tags if not _is_quiet(other, level)]
    lost = visible_text(container, marks) or "".join(loud[:1])
    if not lost and container.find(f".//{w('sectPr')}") is None:
        return []
    name = messages.text(_NAMES[level])
    if lost:
        lost = _name_objects(lost, container)
        key = "LRT304.ernaast"
        return [messages.problem(key, tag.place, tag=tag.text, container=name, lost=lost)]
    return [messages.problem("LRT306.sectie", tag.place, tag=tag.text, container=name)]


def _name_objects(shown: str, container: etree._Element) -> str:
    """Return the text `shown` of `container` with its objects named: a page break, a picture."""
    for piece in (p for one in container.iter(w("p")) for p in pieces_of(one)):
        if piece.text == OBJECT:
            kind = _BREAKS.get(piece.element.get(w("type"), ""), "deel.een_afbeelding")
            shown = shown.replace(OBJECT, f"({messages.text(kind)})", 1)
    return shown


# --- tags in a line of text


def _place_marks(text: etree._Element, marks: Marks, formattings: Formattings) -> None:
    """Say how the tags in one w:t print: in runs of their own, as links, as Markdown in a line."""
    for tag in marks.inside(text.text):
        context = "run" if tag.level == "r" else tag.context
        if context == "text" and tag.is_tekst:
            context = "inline"
        elif context == "text" and LINK_FILTER.search(tag.body):
            context = "link"
        if context != tag.context and tag.kind is TagKind.VALUE:
            tag.context, tag.formatting_id = context, formattings.add(tag.owner, text.getparent())
        if tag.level == "r":
            text = _split_run(text, tag, marks)


def _split_run(text: etree._Element, tag: Tag, marks: Marks) -> etree._Element:
    """Put the mark of `tag` between two runs; return the w:t with what stood behind it."""
    run = text.getparent()
    if run is None:
        return text
    before, mark, after = (text.text or "").partition(marks.of(tag))
    rest = split_behind(text, after)
    run.tail = mark
    set_text(text, before)
    drop_if_empty(text)
    drop_if_empty(rest)
    return rest


# --- what stands beside a tag and is no text
#     A floating drawing hangs on some paragraph, and which one that is Word and LibreOffice choose.
#     When it is one that holds only a tag, which goes when the tag is worked out, the drawing would
#     go too; so it gets a paragraph of its own, as a page break beside `{%p`. A page break by the
#     settings of a paragraph goes with that, or keeps it where it is; that is told.


def low_paragraph() -> etree._Element:
    """Return a paragraph of a point high: where Word needs one and a reader must not see it."""
    return etree.fromstring(_LOW)


def free_floating(root: etree._Element, marks: Marks) -> list[Problem]:
    """Give what floats beside a lone tag a paragraph before it; return a warning for each.

    A break of pages beside a tag for its paragraph gets one too, on its own side.
    """
    warnings = []
    for paragraph in list(root.iter(w("p"))):
        tags, pieces = tags_in(paragraph, marks), pieces_of(paragraph)
        if len(tags) != 1 or not (tags[0].level == "p" or _prints_nothing(tags[0])):
            continue
        if tags[0].level == "p":
            pieces = _free_breaks(paragraph, pieces, marks)
        floating = [p.element for p in pieces if p.element.tag in _DRAWINGS and _floats(p.element)]
        others = (piece.text for piece in pieces if piece.element not in floating)
        if not floating or marks.strip("".join(others)).strip():
            continue
        paragraph.addprevious(_moved(floating))
        warnings.append(messages.problem("LRT322.tekstvak", tags[0].place, tag=tags[0].text))
    return warnings


def _floats(drawing: etree._Element) -> bool:
    """Tell whether `drawing` has a place on the page, rather than in its line."""
    if next(drawing.iter(f"{{{WP}}}anchor"), None) is not None:
        return True
    shapes = drawing.iter(f"{{{V}}}*")
    return any("position:absolute" in shape.get("style", "") for shape in shapes)


def _free_breaks(paragraph: etree._Element, pieces: list[Piece], marks: Marks) -> list[Piece]:
    """Move the breaks beside the tag of `paragraph`, if it holds no words; return what is left."""
    breaks = [p for p in pieces if p.element.get(w("type"), "") in _BREAKS]
    rest = [p for p in pieces if p not in breaks]
    if breaks and not marks.strip("".join(p.text for p in rest)).strip(f"{OBJECT} "):
        at = next(number for number, p in enumerate(pieces) if marks.inside(p.text))
        before, behind = (
            [p.element for p in side if p in breaks] for side in (pieces[:at], pieces[at:])
        )
        if behind:
            paragraph.addnext(_moved(behind))
        if before:
            paragraph.addprevious(_moved(before))
        return rest
    return pieces


def _moved(items: list[etree._Element]) -> etree._Element:
    """Return a new paragraph with the drawings and breaks `items`, taken from where they were."""
    fresh = low_paragraph()
    for drawing in items:
        run = drawing.getparent()
        holder = add(fresh, "r")
        properties = None if run is None else run.find(w("rPr"))
        if properties is not None:
            holder.append(copy.deepcopy(properties))
        holder.append(drawing)
        if run is not None and not content_of(run):
            drop(run)
    return fresh


def check_breaks(root: etree._Element, marks: Marks) -> Iterator[Problem]:
    """Yield a warning for each lone tag whose page break goes, or keeps a blank line."""
    for paragraph in root.iter(w("p")):
        before = is_on(paragraph.find(path("pPr/pageBreakBefore")))
        if before and (tags := _lone_tags(paragraph, marks)):
            yield messages.problem("LRT322.pagina_einde", tags[0].place, tag=tags[0].text)
    for block in match_blocks(tags_in(root, marks))[0]:
        first, last = block.first, block.last
        one, other = first.owner, last.owner
        if first is last or first.level or last.level or one is None or other is None:
            continue
        if one is not other and _lone_tags(one, marks) and _holds_break(other, marks):
            yield messages.problem(
                "LRT322.lege_regel", last.place, last=last.text, first=first.text
            )


def _lone_tags(paragraph: etree._Element, marks: Marks) -> list[Tag]:
    """Return the tags of `paragraph`, when it holds no more and goes when they are worked out."""
    tags = _quiet_tags(paragraph, "p", marks)
    return tags if all(map(_prints_nothing, tags)) else []


def _prints_nothing(tag: Tag) -> bool:
    return tag.kind is not TagKind.VALUE and tag.level in {"", "p"}


def _holds_break(paragraph: etree._Element, marks: Marks) -> bool:
    """Tell whether `paragraph` holds breaks of page, column or section beside tags, no more."""
    pieces = pieces_of(paragraph)
    breaks = [p for p in pieces if p.element.get(w("type"), "") in _BREAKS]
    text = marks.strip("".join(piece.text for piece in pieces)).strip()
    section = paragraph.find(f".//{w('sectPr')}") is not None
    return text == OBJECT * len(breaks) and (bool(breaks) or section)
