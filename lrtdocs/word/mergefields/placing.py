"""The fields of one flow, each in its place changed for what it becomes.

As in Word, a paragraph in which only columns stand that are empty is no empty line: it is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.mergefields.making import ELSEWHERE, Maker
from lrtdocs.word.mergefields.pieces import (
    Choice,
    Line,
    Node,
    Piece,
    Remark,
    Words,
    breaks,
    control,
    is_blank,
    lines_of,
    runs_for,
    write_lines,
)
from lrtdocs.word.mergefields.reading import Break, CannotSayError, WordField, read_flow
from lrtdocs.word.package.elements import ancestor, drop, path
from lrtdocs.word.package.ooxml import w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from lrtdocs.word.mergefields.reading import Item

_P, _R = w("p"), w("r")
_SECTION = "LRT365.sectie"
_INVISIBLE = {
    w(name)
    for name in (
        *("pPr", "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart"),
        *("commentRangeEnd", "permStart", "permEnd"),
    )
}


class _Job(NamedTuple):
    """A field to change, with what it becomes and the paragraphs that it stands in."""

    field: WordField
    pieces: list[Piece]
    paragraphs: list[etree._Element]

    @property
    def tall(self) -> bool:
        return len(self.paragraphs) > 1 or breaks(self.pieces)


def convert_flow(flow: etree._Element, maker: Maker, *, suppress: bool) -> list[Remark]:
    """Change the fields of `flow`; return what is told of it.

    With `suppress` a paragraph of nothing but empty columns is left out.
    """
    remarks: list[Remark] = []
    jobs = _jobs(read_flow(flow), maker, remarks)
    short = [job for job in jobs if not job.tall]
    for paragraph in dict.fromkeys(job.paragraphs[0] for job in short):
        _place_short(
            paragraph, [j for j in short if j.paragraphs[0] is paragraph], suppress=suppress
        )
    for group in _groups([job for job in jobs if job.tall]):
        try:
            _place_tall(group)
        except CannotSayError as error:
            remarks += [_refused(job.field, error) for job in group]
            continue
        short += group
    for job in short:
        remarks += _remarks_of(job.pieces)
    return remarks


def _remarks_of(pieces: Iterable[Piece]) -> list[Remark]:
    found: list[Remark] = []
    for piece in pieces:
        if isinstance(piece, Words | Choice):
            found += piece.remarks
        if isinstance(piece, Choice):
            found += _remarks_of([*piece.then, *piece.other])
    return found


def _refused(field: WordField, error: CannotSayError) -> Remark:
    return Remark(error.key, {"name": field.name, "found": str(field)}, field.begin)


def outermost(items: Iterable[Item], maker: Maker) -> Iterator[WordField]:
    """Yield the fields to change among `items`, those in the results of others too."""
    for item in items:
        if isinstance(item, WordField):
            if maker.wants(item):
                yield item
            else:
                yield from outermost(item.result, maker)


def _jobs(items: Iterable[Item], maker: Maker, remarks: list[Remark]) -> list[_Job]:
    """Return the fields to change among `items`; what cannot be changed goes to `remarks`."""
    jobs: list[_Job] = []
    for field in outermost(items, maker):
        try:
            jobs.append(_Job(field, maker.pieces(field), _paragraphs(field)))
        except CannotSayError as error:
            remarks.append(_refused(field, error))
    return jobs


def _paragraphs(field: WordField) -> list[etree._Element]:
    """Return the paragraphs of the flow that `field` stands in."""
    found: dict[etree._Element, None] = {}
    for item in field.items():
        if isinstance(item, Break):
            found[item.paragraph] = None
        elif item.tag == _R and (paragraph := ancestor(item, "p")) is not None:
            found[paragraph] = None
    return list(found)


# --- in one paragraph


def _place_short(paragraph: etree._Element, jobs: Sequence[_Job], *, suppress: bool) -> None:
    pieces: dict[etree._Element, list[Piece]] = {}
    gone: set[etree._Element] = set()
    for job in jobs:
        pieces[job.field.begin] = job.pieces
        gone.update(run for run in job.field.items() if not isinstance(run, Break))
    alone = _alone(paragraph, pieces, gone)
    if alone is not None and _placed_whole(paragraph, alone, jobs, gone, suppress=suppress):
        return
    for job in jobs:
        for run in runs_for(job.pieces):
            job.field.begin.addprevious(run)
        _anchor(job.pieces, paragraph)
        _remove(job.field)


def _anchor(pieces: Iterable[Piece], paragraph: etree._Element) -> None:
    for remark in _remarks_of(pieces):
        if remark.anchor is None:
            remark.anchor = paragraph


def _remove(field: WordField) -> None:
    for item in list(field.items()):
        if not isinstance(item, Break):
            holder = item.getparent()
            drop(item)
            if holder is not None and holder.tag == w("hyperlink") and len(holder) == 0:
                drop(holder)


def _alone(
    paragraph: etree._Element,
    pieces: dict[etree._Element, list[Piece]],
    gone: set[etree._Element],
) -> list[Piece] | None:
    """Return what becomes of the fields of `paragraph` when a reader sees nothing else in it."""
    if _must_stay(paragraph):
        return None
    found: list[Piece] = []
    for child in paragraph:
        if child.tag in _INVISIBLE:
            continue
        if child.tag != _R:
            return None
        if child in pieces:
            found += pieces[child]
        elif child not in gone and (len(child) > 0 and not _is_space(child)):
            return None
    return [piece for piece in found if not is_blank(piece)]


def _is_space(run: etree._Element) -> bool:
    known = {w("rPr"), w("t"), w("lastRenderedPageBreak")}
    texts = "".join(child.text or "" for child in run if child.tag == w("t"))
    return not texts.strip() and all(child.tag in known for child in run)


def _must_stay(paragraph: etree._Element) -> bool:
    """Tell whether there must be a paragraph here: it ends a section, a frame or a cell."""
    if paragraph.find(path("pPr/sectPr")) is not None:
        return True
    parent = paragraph.getparent()
    others = [] if parent is None else [one for one in parent if one.tag in {_P, w("tbl")}]
    last = bool(others) and others[-1] is paragraph
    return parent is None or (parent.tag == w("tc") and last) or len(others) < 2


def _placed_whole(
    paragraph: etree._Element,
    alone: list[Piece],
    jobs: Sequence[_Job],
    gone: set[etree._Element],
    *,
    suppress: bool,
) -> bool:
    """Put tags for the whole of `paragraph` around it, if what stands in it can be left out."""
    first = alone[0] if alone else None
    if len(alone) == 1 and isinstance(first, Words) and first.loop:
        lines = _loop_lines(first, paragraph)
    elif len(alone) == 1 and isinstance(first, Choice) and not first.other:
        lines = [control(f"if {first.condition}", first.remarks)]
        lines += [Line([*_spaces(paragraph, jobs, gone, first.then)], paragraph), control("endif")]
    elif suppress and alone and all(isinstance(one, Words) and one.there for one in alone):
        there = " or ".join(dict.fromkeys(one.there for one in alone if isinstance(one, Words)))
        whole = [p for job in jobs for p in job.pieces]
        lines = [control(f"if {there}")]
        lines += [Line([*_spaces(paragraph, jobs, gone, whole)], paragraph), control("endif")]
    else:
        return False
    for element in write_lines(lines):
        paragraph.addprevious(element)
    for job in jobs:
        _anchor(job.pieces, paragraph)
    drop(paragraph)
    return True


def _loop_lines(piece: Words, paragraph: etree._Element) -> list[Line]:
    line = Words("{{ regel }}", piece.look, piece.remarks)
    begin = control(f"for regel in {piece.loop}")
    return [begin, Line([line], paragraph), control("endfor")]


def _spaces(
    paragraph: etree._Element,
    jobs: Sequence[_Job],
    gone: set[etree._Element],
    whole: list[Piece],
) -> list[Piece]:
    """Return `whole`, or all of `paragraph` where more than one field stands in it."""
    if len(jobs) == 1:
        return whole
    pieces = {job.field.begin: job.pieces for job in jobs}
    found: list[Piece] = []
    for child in paragraph:
        if child in pieces:
            found += pieces[child]
        elif child not in gone and child.tag != w("pPr"):
            found.append(Node(child))
    return found


# --- over paragraphs


def _groups(jobs: Sequence[_Job]) -> list[list[_Job]]:
    """Return the fields over more than one paragraph, those together that share one."""
    groups: list[list[_Job]] = []
    for job in jobs:
        shared = groups and {*groups[-1][-1].paragraphs} & {*job.paragraphs}
        if shared:
            groups[-1].append(job)
        else:
            groups.append([job])
    return groups


def _place_tall(group: Sequence[_Job]) -> None:
    """Make new paragraphs of those in which the fields of `group` stand."""
    paragraphs = list(dict.fromkeys(one for job in group for one in job.paragraphs))
    parent = paragraphs[0].getparent()
    if parent is None or any(one.getparent() is not parent for one in paragraphs):
        raise CannotSayError(ELSEWHERE)
    if any(one.find(path("pPr/sectPr")) is not None for one in paragraphs):
        raise CannotSayError(_SECTION)
    pieces: list[Piece] = []
    begins = {job.field.begin: job.pieces for job in group}
    gone = {item for job in group for item in job.field.items() if not isinstance(item, Break)}
    for paragraph in paragraphs:
        pieces += _pieces_of(paragraph, begins, gone)
        if not any(_is_inside(paragraph, job) for job in group) and paragraph is not paragraphs[-1]:
            pieces.append(Break(paragraph))
    lines = lines_of(pieces, paragraphs[-1])
    for element in write_lines(lines):
        paragraphs[0].addprevious(element)
    for job in group:
        _anchor(job.pieces, paragraphs[0])
    for element in (*paragraphs, *(one for one in gone if one.tag == w("tbl"))):
        if element.getparent() is parent:
            parent.remove(element)


def _is_inside(paragraph: etree._Element, job: _Job) -> bool:
    """Tell whether the end of `paragraph` stands in the field of `job`."""
    return any(isinstance(i, Break) and i.paragraph is paragraph for i in job.field.items())


def _pieces_of(
    paragraph: etree._Element,
    begins: dict[etree._Element, list[Piece]],
    gone: set[etree._Element],
) -> list[Piece]:
    found: list[Piece] = []
    for child in paragraph:
        if child.tag == w("pPr"):
            continue
        if child.tag != _R and any(run in gone for run in child.iter(_R)):
            raise CannotSayError(ELSEWHERE)
        if child in begins:
            found += begins[child]
        elif child not in gone:
            found.append(Node(child))
    return found
