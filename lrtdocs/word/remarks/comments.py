"""The problems of a template as Word comments in a copy of it: `mark_problems`, `remove_marks`.

The comments hang at the tag or the words that a problem names; what they cannot hang in (headers,
footers, notes) is named in a comment at the first paragraph. Comments of people stay, those that
lrtdocs made before go first, so that a mended template loses its marks when it is marked again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs import messages
from lrtdocs.clock import fixed_moment
from lrtdocs.errors import Place, Problem, TemplateProblemsError
from lrtdocs.model.characters import ILLEGAL
from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.elements import add, drop
from lrtdocs.word.package.ooxml import (
    COMMENTS_TYPE,
    CORE_TYPE,
    XML_HEAD,
    W,
    to_int,
    w,
)
from lrtdocs.word.package.package import Package
from lrtdocs.word.package.unzip import unpack
from lrtdocs.word.remarks.anchors import Remark, Story
from lrtdocs.word.story.cleanup import AUTHOR
from lrtdocs.word.tags.paragraphs import set_text
from lrtdocs.word.values.numbering import parse_numbering, parse_styles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FILE = "dit bestand"
_BODY = "hoofdtekst"
_EMPTY = f'{XML_HEAD}<w:comments xmlns:w="{W}"/>'.encode()
_HUNG = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))
_LONG_AGO = "1980-01-01T00:00:00Z"


def mark_problems(data: bytes, problems: Sequence[Problem]) -> bytes:
    """Return the .docx `data` with a Word comment by lrtdocs at each of `problems`.

    Tags and words stay as they are. Raise TemplateProblemsError for what is no Word document.
    """

    def mark(package: Package) -> None:
        _remove_marks(package)
        if problems:
            _mark(package, problems)

    return write_package(_changed(data, mark))


def remove_marks(data: bytes) -> bytes:
    """Return the .docx `data` without the comments of lrtdocs; the same bytes when it has none."""
    package = _changed(data, _remove_marks)
    return data if package == unpack(data, _FILE) else write_package(package)


def _changed(data: bytes, change: Callable[[Package], None]) -> Package:
    """Return the .docx `data` after `change`, or refuse what is built as nobody thought of."""
    package = Package(_FILE, unpack(data, _FILE))
    try:
        change(package)
    except Exception as error:
        raise TemplateProblemsError(messages.problem("LRT504.opmerkingen", Place(_FILE))) from error
    return package


def _mark(package: Package, problems: Sequence[Problem]) -> None:
    """Add a comment for each of `problems` to `package`."""
    root = _parse_story(package)
    story, style = Story(root), _reference_style(package)
    part = _comments_part(package) or _add_comments(package)
    comments = package.parse(part)
    moment, first = _moment(package), _free_number(comments, root)
    for number, problem in enumerate(problems, first):
        comments.append(_comment(number, problem, moment))
    for number, problem in reversed(list(enumerate(problems, first))):
        place = problem.place
        paragraph = place.paragraph if place.part == _BODY else None
        story.hang(paragraph, place.column, problem.found, Remark(number, style))
    package.write(package.main, root)
    package.write(part, comments)


def _comment(number: int, problem: Problem, moment: str) -> etree._Element:
    """Return the comment that tells `problem`."""
    facts = {"id": str(number), "author": AUTHOR, "date": moment, "initials": AUTHOR}
    comment = etree.Element(w("comment"), {w(k): v for k, v in facts.items()}, {"w": W})
    for index, line in enumerate(_lines(problem)):
        paragraph = add(comment, "p")
        if index == 0:
            add(add(paragraph, "r"), "annotationRef")
        text = ILLEGAL.sub("\ufffd", " ".join(line.split()))
        set_text(add(add(paragraph, "r"), "t"), text)
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


def _remove_marks(package: Package) -> None:
    """Take the comments of lrtdocs out of `package`."""
    part = _comments_part(package)
    if not part:
        return
    comments = package.parse(part)
    ours = [comment for comment in comments if comment.get(w("author")) == AUTHOR]
    if not ours:
        return
    paragraphs = {value for c in ours for p in c.iter(w("p")) for value in _ids_of(p)}
    _unhang(package, {comment.get(w("id"), "") for comment in ours})
    for comment in ours:
        comments.remove(comment)
    package.write(part, comments)
    others = [name for name in package if _is_about_comments(name, package)]
    for other in others:
        _forget(package, other, paragraphs)
    if len(comments) == 0 and not others:
        package.drop_part(part)


def _unhang(package: Package, numbers: set[str]) -> None:
    """Take the marks of the comments `numbers` out of the text of `package`."""
    root = _parse_story(package)
    for element in [e for e in root.iter(*_HUNG) if e.get(w("id")) in numbers]:
        run = element.getparent()
        drop(element)
        if element.tag == _HUNG[2] and run is not None and all(c.tag == w("rPr") for c in run):
            drop(run)
    package.write(package.main, root)


def _parse_story(package: Package) -> etree._Element:
    """Parse the text of `package`; what a DOCTYPE defines would be lost when written again."""
    root = package.parse(package.main)
    if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]  # not in the stubs
        raise ValueError("DOCTYPE")
    return root


def _ids_of(paragraph: etree._Element) -> list[str]:
    """Return by what other parts know the `paragraph` of a comment."""
    return [str(value) for name, value in paragraph.attrib.items() if _is_named(name, "paraId")]


def _is_named(attribute: object, name: str) -> bool:
    return str(attribute).rpartition("}")[2] == name


def _is_about_comments(part: str, package: Package) -> bool:
    """Tell whether `part` says more about comments: who answered whom, what is resolved."""
    kind = package.types.of(part)
    return "comments" in kind and kind != COMMENTS_TYPE


def _forget(package: Package, part: str, paragraphs: set[str]) -> None:
    """Take the rows about `paragraphs` out of `part`; answers to them stand on their own."""
    root = package.parse(part)
    for row in list(root):
        for name, value in list(row.attrib.items()):
            if value in paragraphs and _is_named(name, "paraId"):
                root.remove(row)
            elif value in paragraphs and _is_named(name, "paraIdParent"):
                del row.attrib[name]
    package.write(part, root)


def _comments_part(package: Package) -> str:
    """Return the part with the comments of the text, or ""."""
    part = package.related(package.main, "comments")
    return part if part in package else ""


def _add_comments(package: Package) -> str:
    """Add an empty part for comments to `package`; return its name."""
    folder = package.main.rpartition("/")[0]
    base, number = f"{folder}/comments" if folder else "comments", 0
    part = f"{base}.xml"
    while part in package:
        number += 1
        part = f"{base}{number}.xml"
    package.add_part(part, _EMPTY, COMMENTS_TYPE, "comments", "rIdLrtComments", package.main)
    return part


def _free_number(comments: etree._Element, root: etree._Element) -> int:
    """Return a number from which on no comment has one yet."""
    used = [to_int(c.get(w("id"))) for c in (*comments, *root.iter(*_HUNG))]
    return max(used, default=-1) + 1


def _reference_style(package: Package) -> str:
    """Return the id of the style Word gives to references to comments, or ""."""
    styles = parse_styles(package, parse_numbering(package))
    return styles.character_id("annotation reference")


def _moment(package: Package) -> str:
    """Return the date of the comments: never the clock's, so that equal input gives equal bytes."""
    moment = fixed_moment()
    if moment is not None:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = package.get(package.part_of_type(CORE_TYPE), b"")
    found = re.search(rb"<dcterms:modified[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)<", core)
    return found[1].decode() if found else _LONG_AGO
