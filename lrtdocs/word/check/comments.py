"""The problems of a template as Word comments in a copy of it.

The comments hang at the tag or the words that a problem names; what they cannot hang in (headers,
footers, notes) is named in a comment at the first paragraph. Comments of people stay, those that
lrtdocs made before go first, so that a mended template loses its marks when it is marked again.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs import messages
from lrtdocs.clock import fixed_moment
from lrtdocs.errors import Place, Problem, TemplateProblemsError
from lrtdocs.model.characters import ILLEGAL
from lrtdocs.word.check.cutting import Words, run_from, run_until
from lrtdocs.word.package.elements import add, ancestor, drop, make, put_behind
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
from lrtdocs.word.provenance import write_signed
from lrtdocs.word.story.cleanup import AUTHOR
from lrtdocs.word.tags.paragraphs import set_text
from lrtdocs.word.values.numbering import parse_numbering, parse_styles

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_FILE = "dit bestand"
_BODY = "hoofdtekst"
_EMPTY = f'{XML_HEAD}<w:comments xmlns:w="{W}"/>'.encode()
_HUNG = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))
_P, _RPR, _PPR = w("p"), w("rPr"), w("pPr")
_MARKS = _HUNG[:2]
_LONG_AGO = "1980-01-01T00:00:00Z"


def mark_problems(data: bytes, problems: Sequence[Problem]) -> bytes:
    """Return the .docx `data`, signed, with a Word comment by lrtdocs at each of `problems`.

    Tags and words stay as they are. Raise TemplateProblemsError for what is no Word document, or is
    built as nobody thought of.
    """
    package = Package(_FILE, unpack(data, _FILE))
    try:
        _remove_marks(package)
        if problems:
            _mark(package, problems)
        return write_signed(package)
    except Exception as error:
        raise TemplateProblemsError(messages.problem("LRT504.opmerkingen", Place(_FILE))) from error


def _mark(package: Package, problems: Sequence[Problem]) -> None:
    """Add a comment for each of `problems` to `package`."""
    root = _parse_story(package)
    story, styles = _Story(root), parse_styles(package, parse_numbering(package))
    style = styles.character_id("annotation reference")
    part = _comments_part(package) or _add_comments(package)
    comments = package.parse(part)
    used = [to_int(one.get(w("id"))) for one in (*comments, *root.iter(*_HUNG))]
    moment, first = _moment(package), max(used, default=-1) + 1
    for number, problem in enumerate(problems, first):
        comments.append(_comment(number, problem, moment))
    for number, problem in reversed(list(enumerate(problems, first))):
        story.hang(problem, _Remark(number, style))
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
    attributes = (pair for c in ours for p in c.iter(_P) for pair in p.attrib.items())
    paragraphs = {value for name, value in attributes if _is_named(name, "paraId")}
    _unhang(package, {comment.get(w("id"), "") for comment in ours})
    for comment in ours:
        comments.remove(comment)
    package.write(part, comments)
    about = [name for name in package if "comments" in package.types.of(name)]
    others = [name for name in about if package.types.of(name) != COMMENTS_TYPE]  # who answered
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


def _is_named(attribute: object, name: str) -> bool:
    return str(attribute).rpartition("}")[2] == name


def _forget(package: Package, part: str, paragraphs: Collection[object]) -> None:
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
    names = (f"{folder}/comments{number or ''}.xml".lstrip("/") for number in count())
    part = next(name for name in names if name not in package)
    package.add_part(part, _EMPTY, COMMENTS_TYPE, "comments", "rIdLrtComments", package.main)
    return part


def _moment(package: Package) -> str:
    """Return the date of the comments: never the clock's, so that equal input gives equal bytes."""
    moment = fixed_moment()
    if moment is not None:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = package.get(package.part_of_type(CORE_TYPE), b"")
    found = re.search(rb"<dcterms:modified[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)<", core)
    return found[1].decode() if found else _LONG_AGO


# --- where a comment hangs


class _Story:
    """A story to hang remarks in; `root` is changed."""

    def __init__(self, root: etree._Element) -> None:
        self._words = Words(root)
        self._first = _first_paragraph(root)

    def hang(self, problem: Problem, remark: _Remark) -> None:
        """Hang `remark` at the words that `problem` found in its paragraph.

        When the words are not there it hangs at the whole paragraph, and when that is not there
        either at the first one of the story.
        """
        paragraph = self._words.paragraph(problem) if problem.place.part == _BODY else None
        if paragraph is None:
            remark.around(self._first)
            return
        texts = self._words.find(problem)
        if texts and ancestor(paragraph, "txbxContent") is None:
            remark.between(run_from(texts[0]), run_until(texts[-1]))
        else:  # remarks cannot hang in a text box
            remark.around([paragraph, *paragraph.iterancestors(_P)][-1])


class _Remark:
    """The marks of one remark: where it begins, where it ends, and the run that refers to it."""

    def __init__(self, number: int, style: str) -> None:
        self._start = make("commentRangeStart", id=number)
        self._end = make("commentRangeEnd", id=number)
        self._run = make("r")
        if style:
            add(add(self._run, "rPr"), "rStyle", val=style)
        add(self._run, "commentReference", id=number)

    def between(self, first: etree._Element, last: etree._Element) -> None:
        """Hang it around the runs from `first` to `last`, its reference outside links and such."""
        first.addprevious(self._start)
        put_behind(last, self._end)
        top = self._end
        parent = top.getparent()
        while parent is not None and parent.tag != _P:
            top, parent = parent, parent.getparent()
        put_behind(top, self._run)
        self._leave_frame()

    def around(self, paragraph: etree._Element) -> None:
        """Hang it around all of `paragraph`."""
        properties = paragraph.find(_PPR)
        at = 0 if properties is None else paragraph.index(properties) + 1
        paragraph.insert(at, self._start)
        paragraph.extend([self._end, self._run])
        self._leave_frame()

    def _leave_frame(self) -> None:
        """Let a remark at the end of the first paragraph of a frame end in the next one.

        LibreOffice loses what refers to a remark in the first paragraph of a frame.
        """
        paragraph = self._run.getparent()
        following = None if paragraph is None else paragraph.getnext()
        if paragraph is None or following is None or following.tag != _P:
            return
        last = not any(_has_content(later) for later in self._end.itersiblings())
        inside = self._end.getparent() is paragraph and last
        if inside and _begins_frame(paragraph) and not _begins_frame(following):
            at = 0 if following.find(_PPR) is None else 1
            following.insert(at, self._run)
            following.insert(at, self._end)


def _has_content(element: etree._Element) -> bool:
    """Tell whether `element` holds more than marks of remarks."""
    known = {_RPR, w("commentReference")}
    return element.tag not in _MARKS and any(child.tag not in known for child in element)


def _begins_frame(paragraph: etree._Element) -> bool:
    """Tell whether `paragraph` is the first of a frame."""
    frames = [
        None if one is None else one.find(f"{_PPR}/{w('framePr')}")
        for one in (paragraph, paragraph.getprevious())
    ]
    here, before = (None if frame is None else dict(frame.attrib) for frame in frames)
    return here is not None and here != before


def _first_paragraph(root: etree._Element) -> etree._Element:
    """Return the first paragraph of the body `root`, made when there is none."""
    first = next(root.iter(_P), None)
    if first is None:
        first = etree.Element(_P)
        body = root.find(w("body"))
        (root if body is None else body).insert(0, first)
    return first
