"""The problems of a template as Word comments in a copy of it: `mark_problems`, `remove_marks`.

The comments hang at the tag or the words that a problem names; what they cannot hang in (headers,
footers, notes) is named in a comment at the first paragraph. Comments of people stay, those that
lrtdocs made before go first, so that a mended template loses its marks when it is marked again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.clock import fixed_moment
from lrtdocs.errors import Place, Problem, TemplateProblemsError
from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    CORE_TYPE,
    WML_TYPE,
    XML_HEAD,
    XML_SPACE,
    Types,
    W,
    main_part,
    parse_xml,
    read_rels,
    rels_name,
    serialize_xml,
    target_member,
    to_int,
    w,
)
from lrtdocs.word.package.package import unpack
from lrtdocs.word.package.problems import template_problem
from lrtdocs.word.package.relations import add_override, add_row, drop_override, drop_row, free_id
from lrtdocs.word.remarks.anchors import Remark, Story
from lrtdocs.word.story.leftovers import AUTHOR
from lrtdocs.word.values.numbering import read_numbering, read_styles
from lrtdocs.word.values.values import ILLEGAL

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMENTS_TYPE = WML_TYPE + "comments+xml"

_BODY = "hoofdtekst"
_EMPTY = f'{XML_HEAD}<w:comments xmlns:w="{W}"/>'
_HUNG = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))
_LONG_AGO = "1980-01-01T00:00:00Z"


def mark_problems(data: bytes, problems: Sequence[Problem]) -> bytes:
    """Return the .docx `data` with a Word comment by lrtdocs at each of `problems`.

    Tags and words stay as they are. Raise TemplateProblemsError for what is no Word document.
    """
    members = unpack(data, "dit bestand")
    try:
        members = _without_marks(members)
        if problems:
            _mark(members, problems)
    except Exception as error:
        raise _refusal() from error
    return write_package(members)


def remove_marks(data: bytes) -> bytes:
    """Return the .docx `data` without the comments of lrtdocs; the same bytes when it has none."""
    members = unpack(data, "dit bestand")
    try:
        cleaned = _without_marks(members)
    except Exception as error:
        raise _refusal() from error
    return data if cleaned == members else write_package(cleaned)


def _refusal() -> TemplateProblemsError:
    message = "In dit bestand kunnen geen opmerkingen worden gezet: het is beschadigd."
    remedy = "Open het in Word en sla het opnieuw op als Word-document (.docx)."
    problem = template_problem("LRT504", Place("dit bestand"), message, remedy=remedy)
    return TemplateProblemsError([problem])


def _mark(members: dict[str, bytes], problems: Sequence[Problem]) -> None:
    """Add a comment for each of `problems` to `members`."""
    main = main_part(members)
    root = _parse_story(members[main])
    story, style = Story(root), _reference_style(members)
    member = _comments_member(members) or _new_comments(members)
    comments = parse_xml(members[member])
    moment, first = _moment(members), _free_number(comments, root)
    for number, problem in enumerate(problems, first):
        comments.append(_comment(number, problem, moment))
    for number, problem in reversed(list(enumerate(problems, first))):
        place = problem.place
        paragraph = place.paragraph if place.part == _BODY else None
        story.hang(paragraph, place.column, problem.found, Remark(number, style))
    members[main], members[member] = serialize_xml(root), serialize_xml(comments)


def _comment(number: int, problem: Problem, moment: str) -> etree._Element:
    """Return the comment that tells `problem`."""
    comment = etree.Element(w("comment"), nsmap={"w": W})
    comment.set(w("id"), str(number))
    comment.set(w("author"), AUTHOR)
    comment.set(w("date"), moment)
    comment.set(w("initials"), AUTHOR)
    for index, line in enumerate(_lines(problem)):
        paragraph = etree.SubElement(comment, w("p"))
        if index == 0:
            etree.SubElement(etree.SubElement(paragraph, w("r")), w("annotationRef"))
        text = etree.SubElement(etree.SubElement(paragraph, w("r")), w("t"))
        text.text = ILLEGAL.sub("\ufffd", " ".join(line.split()))
        text.set(XML_SPACE, "preserve")
    return comment


def _lines(problem: Problem) -> list[str]:
    """Return what a comment says: level, code and message, where and what, and the remedy."""
    lines = [f"{problem.severity} {problem.code}: {problem.message}"]
    place = problem.place
    if place.part not in {None, _BODY}:
        where = f", alinea {place.paragraph}" if place.paragraph else ""
        lines.append(f"Dit staat in: {place.part}{where}.")
    lines += [f"Gevonden: {problem.found}"] if problem.found else []
    return lines + ([f"Doe dit: {problem.remedy}"] if problem.remedy else [])


def _without_marks(members: dict[str, bytes]) -> dict[str, bytes]:
    """Return `members` without the comments of lrtdocs."""
    member = _comments_member(members)
    comments = parse_xml(members[member]) if member else None
    ours = [] if comments is None else [c for c in comments if c.get(w("author")) == AUTHOR]
    if comments is None or not ours:
        return dict(members)
    cleaned = dict(members)
    numbers = {comment.get(w("id"), "") for comment in ours}
    paragraphs = {p.attrib[n] for c in ours for p in c.iter(w("p")) for n in _ids_of(p)}
    for comment in ours:
        comments.remove(comment)
    cleaned[member] = serialize_xml(comments)
    main = main_part(members)
    cleaned[main] = _unhang(members[main], numbers)
    for other in [name for name in members if _is_about_comments(name, members)]:
        cleaned[other] = _forget(members[other], {str(number) for number in paragraphs})
    if len(comments) == 0:
        _drop_comments(cleaned, member)
    return cleaned


def _unhang(data: bytes, numbers: set[str]) -> bytes:
    """Return the story `data` without the marks of the comments `numbers`."""
    root = _parse_story(data)
    for element in [e for e in root.iter(*_HUNG) if e.get(w("id")) in numbers]:
        run = element.getparent()
        _remove(element)
        if element.tag == _HUNG[2] and run is not None and all(c.tag == w("rPr") for c in run):
            _remove(run)
    return serialize_xml(root)


def _parse_story(data: bytes) -> etree._Element:
    """Parse `data`; what a DOCTYPE defines would be lost when it is written again."""
    root = parse_xml(data)
    if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]  # not in the stubs
        raise ValueError("DOCTYPE")
    return root


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _ids_of(element: etree._Element) -> list[str]:
    return [str(name) for name in element.attrib if str(name).endswith("}paraId")]


def _is_about_comments(member: str, members: dict[str, bytes]) -> bool:
    """Tell whether `member` says more about comments: who answered whom, what is resolved."""
    kind = Types(members[CONTENT_TYPES]).of(member)
    return "comments" in kind and kind != COMMENTS_TYPE


def _forget(data: bytes, paragraphs: set[str]) -> bytes:
    """Return `data` without the rows about `paragraphs`; answers to them stand on their own."""
    root = parse_xml(data)
    for row in list(root):
        for name, value in list(row.attrib.items()):
            local = str(name).rpartition("}")[2]
            if local == "paraId" and value in paragraphs:
                root.remove(row)
            elif local == "paraIdParent" and value in paragraphs:
                del row.attrib[name]
    return serialize_xml(root)


def _drop_comments(members: dict[str, bytes], member: str) -> None:
    """Drop the part without comments, unless others say more about it."""
    if any(_is_about_comments(name, members) for name in members):
        return
    rels = rels_name(main_part(members))
    row = next(r for r in read_rels(members, main_part(members)).values() if r.kind == "comments")
    members[rels] = drop_row(members[rels], row.id)
    members[CONTENT_TYPES] = drop_override(members[CONTENT_TYPES], member)
    members.pop(member)
    members.pop(rels_name(member), None)


def _comments_member(members: dict[str, bytes]) -> str:
    """Return the member with the comments of the body, or ""."""
    main = main_part(members)
    for row in read_rels(members, main).values():
        if row.kind == "comments" and target_member(main, row.target) in members:
            return target_member(main, row.target)
    return ""


def _new_comments(members: dict[str, bytes]) -> str:
    """Add an empty part for comments to `members`; return its name."""
    main = main_part(members)
    folder = main.rpartition("/")[0]
    base, number = f"{folder}/comments" if folder else "comments", 0
    member = f"{base}.xml"
    while member in members:
        number += 1
        member = f"{base}{number}.xml"
    rels = rels_name(main)
    rel_id = free_id(members.get(rels), "rIdLrtComments")
    members[member] = _EMPTY.encode()
    members[rels] = add_row(members.get(rels), rel_id, "comments", f"/{member}")
    members[CONTENT_TYPES] = add_override(members[CONTENT_TYPES], member, COMMENTS_TYPE)
    return member


def _free_number(comments: etree._Element, root: etree._Element) -> int:
    """Return a number from which on no comment has one yet."""
    used = [to_int(c.get(w("id"))) for c in (*comments, *root.iter(*_HUNG))]
    return max(used, default=-1) + 1


def _reference_style(members: dict[str, bytes]) -> str:
    """Return the id of the style Word gives to references to comments, or ""."""
    types = Types(members[CONTENT_TYPES])
    styles = read_styles(members, types, read_numbering(members, types))
    return styles.character_id("annotation reference")


def _moment(members: dict[str, bytes]) -> str:
    """Return the date of the comments: never the clock's, so that equal input gives equal bytes."""
    moment = fixed_moment()
    if moment is not None:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    types = Types(members[CONTENT_TYPES])
    core = next((data for name, data in members.items() if types.of(name) == CORE_TYPE), b"")
    found = re.search(rb"<dcterms:modified[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)<", core)
    return found[1].decode() if found else _LONG_AGO
