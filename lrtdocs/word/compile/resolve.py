"""The last walk over a story before it becomes Jinja source: blocks, ids and lists are resolved.

Each block must begin and end on the same sort of place, or the XML would not close. What must be
unique in a document (drawings, bookmarks, shapes) gets its number while filling when it stands in a
loop, and now when it does not. Where data can leave a table or cell empty, the part is noted for
mending after it is filled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, Problem
from lrtdocs.word.compile.unfilled import check_paragraph
from lrtdocs.word.package.elements import ancestor, val
from lrtdocs.word.package.ooxml import MC, WP, O, V, W, local_name, to_int, w
from lrtdocs.word.story.notes import REFERENCES
from lrtdocs.word.tags.blocks import Block, chain_behind, match_blocks
from lrtdocs.word.tags.containers import Where, describe_places, fits
from lrtdocs.word.tags.fields import FIELD_MARK, check_fields_in_blocks
from lrtdocs.word.tags.paragraphs import Marks, add_after, remove_element
from lrtdocs.word.tags.tags import Tag, TagKind
from lrtdocs.word.values.numbering import own_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from lrtdocs.word.tags.blocks import Chain
    from lrtdocs.word.values.numbering import Styles

_NEEDS_BLOCK = {
    w(n)
    for n in (
        *("tbl", "tr", "tc", "hdr", "ftr", "footnote", "endnote", "txbxContent"),
        "sdtContent",
    )
}
_PERMISSIONS = {w("permStart"), w("permEnd")}
_BOOKMARKS = (w("bookmarkStart"), w("bookmarkEnd"))
_DROPPED = re.compile(
    r"\{http://schemas\.microsoft\.com/office/word/2010/\w+\}(paraId|textId|anchorId|editId)"
    rf"|\{{{re.escape(W)}\}}rsid\w*"
)
_LINK_CONTEXTS = {"link", "inline", "run"}


@dataclass
class Ids:
    """The numbers given out for a whole template, so that parts do not repeat each other."""

    used: set[tuple[str, int]] = field(default_factory=set)

    def claim(self, kind: str, wanted: str) -> str:
        """Return `wanted` when it is a number nobody has yet, else a free one."""
        number = to_int(wanted, 1)
        while (kind, number) in self.used:
            number += 1
        self.used.add((kind, number))
        return str(number)

    def first_free(self) -> int:
        """Return a number above all that were given out."""
        return max((number for _, number in self.used), default=0) + 1000


@dataclass(eq=False)
class Resolved:
    """What is known of one story when its blocks, ids and lists are resolved.

    `mend` tells that data can leave a table, cell or holder empty, `moves_notes` that data can move
    or leave out a note. `warnings` are no reason to refuse it.
    """

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    mend: bool = False
    moves_notes: bool = False


@dataclass(eq=False)
class _Found:
    """What the walk meets and what can be judged only when the whole story was seen."""

    tags: list[Tag] = field(default_factory=list)
    where: dict[int, Where] = field(default_factory=dict)
    bookmarks: dict[str, list[tuple[etree._Element, Chain]]] = field(default_factory=dict)
    permissions: list[etree._Element] = field(default_factory=list)
    fields: list[tuple[etree._Element, Chain]] = field(default_factory=list)
    lists: dict[str, list[tuple[etree._Element, tuple[Tag, ...]]]] = field(default_factory=dict)


def resolve_story(
    root: etree._Element,
    marks: Marks,
    ids: Ids,
    styles: Styles,
    places: Mapping[etree._Element, Place],
) -> Resolved:
    """Check the blocks of the story `root`, and give its drawings, bookmarks and lists their ids.

    What stands in a loop gets a tag that gives it an id at each pass.
    """
    walk = _Walk(marks, ids, styles, places)
    for fallback in root.iter(f"{{{MC}}}Fallback"):
        for bookmark in list(fallback.iter(*_BOOKMARKS)):
            remove_element(bookmark)
    for element in root.iter():
        for name in [n for n in element.attrib if _DROPPED.fullmatch(str(n))]:
            del element.attrib[name]
    walk.visit(root)
    walk.finish()
    return walk.resolved


class _Walk:
    """Visits elements and marks in the order of the text."""

    def __init__(
        self,
        marks: Marks,
        ids: Ids,
        styles: Styles,
        places: Mapping[etree._Element, Place],
    ) -> None:
        self.marks, self.ids, self.styles, self.places = marks, ids, styles, places
        self.resolved, self.found = Resolved(), _Found()
        self.chain: Chain = ()

    @property
    def loops(self) -> tuple[Tag, ...]:
        """Return the opening tags of the loops around this point."""
        return tuple(tag for tag, _ in self.chain if tag.word in {"for", "macro", "call"})

    def visit(self, element: etree._Element) -> None:
        """Visit `element`, what is in it, and the marks between."""
        depth = len(self.chain)
        for name, value in element.attrib.items():
            for tag in self.marks.inside(str(value)):
                self._meet(tag, (element, str(name)))
                self.resolved.mend = self.resolved.mend or element.tag == w("gridSpan")
        self._identify(element)
        direct = self._text(element, element.text)
        sure = False
        last_sure = False
        for child in list(element):
            at_depth = len(self.chain) == depth
            self.visit(child)
            last_sure = at_depth and child.tag == w("p")
            sure = sure or (at_depth and child.tag in {w("p"), w("tr")})
            direct = self._text(element, child.tail) or direct
        if direct and element.tag in _NEEDS_BLOCK:
            safe = last_sure if element.tag == w("tc") else sure and element.tag != w("tr")
            self.resolved.mend = self.resolved.mend or not safe

    def _text(self, element: etree._Element, text: str | None) -> bool:
        tags = self.marks.inside(text)
        for tag in tags:
            self._meet(tag, (element, ""))
        return bool(tags)

    def _meet(self, tag: Tag, where: Where) -> None:
        self.found.tags.append(tag)
        self.found.where[id(tag)] = where
        if tag.kind is TagKind.CONTROL:
            self.chain = chain_behind(tag, self.chain)
        elif tag.context in _LINK_CONTEXTS:
            self._check_link(tag, where[0])
        if tag.context == "inline":
            self._follow_inline(tag, where[0])

    def _check_link(self, tag: Tag, element: etree._Element) -> None:
        if tag.context == "run" or ancestor(element, "hyperlink") is None:
            return
        problem = messages.problem("LRT306.link", tag.place, tag=tag.text)
        self.resolved.problems.append(problem)

    def _follow_inline(self, tag: Tag, text: etree._Element) -> None:
        """Let further paragraphs of a text follow, when the tag stands at the end of its own."""
        run = text.getparent()
        paragraph = run.getparent() if run is not None else None
        tag.context = "inline whole"
        if run is None or paragraph is None or paragraph.tag != w("p"):
            return
        inside = any(opening.owner is tag.owner for opening, _ in self.chain)
        last = run[-1] is text and paragraph[-1] is run and not run.tail
        if last and not inside and (text.text or "").endswith(self.marks.sign):
            tag.context = "inline"
            follow = Tag(TagKind.VALUE, tag.text, tag.place, tag.body, context="rest")
            follow.formatting_id = tag.formatting_id
            add_after(paragraph, self.marks.add(follow))

    def _identify(self, element: etree._Element) -> None:
        """Give what must be unique a number, or a tag that gives it one."""
        tag = element.tag
        if tag == f"{{{WP}}}docPr":
            old = element.get("id", "1")
            element.set(
                "id", self._tag("#docPr", "_fresh") if self.loops else self.ids.claim("docPr", old)
            )
        elif tag == FIELD_MARK:
            self.found.fields.append((element, self.chain))
        elif tag in REFERENCES:
            self.resolved.moves_notes = self.resolved.moves_notes or bool(self.chain)
        elif tag in _PERMISSIONS and self.loops:
            self.found.permissions.append(element)
        elif tag in _BOOKMARKS:
            found = self.found.bookmarks.setdefault(element.get(w("id"), ""), [])
            found.append((element, self.chain))
        elif tag.startswith(f"{{{V}}}") and self.loops:
            self._identify_shape(element)
        elif tag == w("p"):
            self._note_list(element)
            self.resolved.problems += check_paragraph(element, self.places.get(element, Place("")))
        elif tag == w("sdtPr"):
            self._free_control(element)

    def _free_control(self, properties: etree._Element) -> None:
        """Let a content control with tags show what is filled in, not what it is bound to."""
        control = properties.getparent()
        texts = [] if control is None else [t.text for t in control.iter(w("t"))]
        if self.loops or any(self.marks.inside(text) for text in texts):
            names = ("id", "dataBinding", "showingPlcHdr", "placeholder")
            for child in [c for c in properties if local_name(c) in names]:
                properties.remove(child)

    def _identify_shape(self, element: etree._Element) -> None:
        name, kind = element.get("id", ""), element.get("type", "")
        if re.fullmatch(r"[\w.]+", name):
            element.set("id", self._tag(name, "_fresh"))
        if re.fullmatch(r"#[\w.]+", kind):
            element.set("type", "#" + self._tag(kind[1:], "_latest"))
        element.attrib.pop(f"{{{O}}}spid", "")

    def _tag(self, key: str, name: str) -> str:
        place = Place("")
        tag = Tag(TagKind.INTERNAL, "", place, body=f"'{key}'|{name}", context="plain")
        return self.marks.add(tag)

    def _note_list(self, paragraph: etree._Element) -> None:
        style = self.styles.numbers.get(val(paragraph, "pPr/pStyle"), ("", 0))
        value = val(paragraph, "pPr/numPr/numId") or style[0]
        if value not in {"", "0"}:
            self.found.lists.setdefault(value, []).append((paragraph, self.loops))

    def finish(self) -> None:
        """Do what can be done only when the whole story was seen."""
        blocks, problems = match_blocks(self.found.tags)
        self.resolved.problems += problems
        for block in blocks:
            self._check_block(block)
        if not self.resolved.problems:
            self.resolved.problems += check_fields_in_blocks(self.found.fields, self.places)
        self._pair_bookmarks()
        for permission in self.found.permissions:
            remove_element(permission)
        for number, paragraphs in self.found.lists.items():
            self._restart_list(number, paragraphs)

    def _check_block(self, block: Block) -> None:
        """Refuse a block whose tags stand on different sorts of places."""
        for first, second in zip(block.tags, block.tags[1:], strict=False):
            if not fits(self.found.where[id(first)], self.found.where[id(second)]):
                problem = messages.problem(
                    "LRT305.plaatsen",
                    block.tags[0].place,
                    tag=block.tags[0].text,
                    other=second.text,
                    places=describe_places(
                        self.found.where[id(first)], self.found.where[id(second)]
                    ),
                )
                self.resolved.problems.append(problem)
                return

    def _pair_bookmarks(self) -> None:
        """Give bookmarks numbers in pairs; drop halves that data could separate."""
        for old, found in self.found.bookmarks.items():
            pair = [element.tag for element, _ in found] == [w("bookmarkStart"), w("bookmarkEnd")]
            name = found[0][0].get(w("name"), "")
            if not pair or found[0][1] != found[1][1] or not re.fullmatch(r"[\w.-]+", name):
                for element, _ in found:
                    remove_element(element)
                continue
            start, end = (element for element, _ in found)
            if any(tag.word == "for" for tag, _ in found[0][1]):
                start.set(w("id"), self._tag(f"#b{old}", "_fresh"))
                end.set(w("id"), self._tag(f"#b{old}", "_latest"))
                start.set(w("name"), self._tag(name, "_fresh"))
            else:
                number = self.ids.claim("bookmark", old)
                start.set(w("id"), number)
                end.set(w("id"), number)

    def _restart_list(
        self, number: str, paragraphs: list[tuple[etree._Element, tuple[Tag, ...]]]
    ) -> None:
        """Let a list that stands in an inner loop only restart at each pass of the loop outside."""
        common = list(paragraphs[0][1])
        for _, loops in paragraphs[1:]:
            same = [a is b for a, b in zip(common, loops, strict=False)]
            common = common[: same.index(False) if False in same else len(same)]
        if len(common) < 2 or not re.fullmatch(r"\d+", number):
            return
        restart = Tag(TagKind.INTERNAL, "", Place(""), body=f"'{number}'|_restart", context="plain")
        common[-2].followers.append(restart)
        for paragraph, _ in paragraphs:
            own_number(paragraph, number, self.styles).set(w("val"), self._tag(number, "_number"))
