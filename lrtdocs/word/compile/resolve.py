"""The walks over a story before it becomes Jinja source: places, blocks, ids and lists.

Each block must begin and end on the same sort of place, or the XML would not close. What must be
unique in a document (drawings, bookmarks, shapes) gets its number while filling when it stands in a
loop, and now when it does not. Tables that follow each other are one table in Word: where filling
could bring two together, a low paragraph parts them. Where data can leave a table or cell empty,
the part is noted for mending after it is filled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from lxml import etree

from lrtdocs import messages
from lrtdocs.errors import Place, Problem
from lrtdocs.word.compile.structure import (
    apply_structure,
    check_breaks,
    free_floating,
    low_paragraph,
)
from lrtdocs.word.compile.unfilled import check_paragraph
from lrtdocs.word.package.elements import ancestor, drop_ids, put_behind, val
from lrtdocs.word.package.ooxml import MC, WP, O, V, local_name, to_int, w
from lrtdocs.word.story.notes import REFERENCES as NOTE_REFERENCES
from lrtdocs.word.tags.blocks import Block, chain_behind, match_blocks
from lrtdocs.word.tags.fields import (
    FIELD_MARK,
    REFERENCES,
    Reference,
    check_fields_in_blocks,
    fields_of,
)
from lrtdocs.word.tags.paragraphs import add_after, add_before, remove_element
from lrtdocs.word.tags.tags import Tag, TagKind
from lrtdocs.word.values.numbering import own_number

if TYPE_CHECKING:
    from lrtdocs.word.story.load import Story
    from lrtdocs.word.tags.blocks import Chain
    from lrtdocs.word.values.formatting import Formattings
    from lrtdocs.word.values.numbering import Styles

    Where = tuple[Any, str]
    """The element that holds a mark, and the name of the attribute it stands in, or ""."""

_NEEDS_BLOCK = {
    w(n)
    for n in (
        *("tbl", "tr", "tc", "hdr", "ftr", "footnote", "endnote", "txbxContent"),
        "sdtContent",
    )
}
_PERMISSIONS = {w("permStart"), w("permEnd")}
_BOOKMARKS = (w("bookmarkStart"), w("bookmarkEnd"))
_BOUND = {"id", "dataBinding", "showingPlcHdr", "placeholder"}


@dataclass
class Ids:
    """The numbers given out for a whole template, so that parts do not repeat each other.

    `bookmarks` are in the same blocks in each document; `references` may be in other parts.
    """

    used: set[tuple[str, int]] = field(default_factory=set)
    bookmarks: dict[str, Chain] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)

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


def resolve_story(
    story: Story, formattings: Formattings, ids: Ids, styles: Styles
) -> tuple[list[Problem], StoryWalk | None]:
    """Put the marks of `story` where their source has to stand, and resolve its blocks and ids.

    The compiler and the check both go through here, so that what one of them refuses the other
    tells. Returns what is in the way, or nothing and the walk with all that is told of the story.
    """
    root, marks = story.root, story.marks
    warnings = [*free_floating(root, marks), *check_breaks(root, marks)]
    in_the_way = apply_structure(root, marks, formattings)
    if in_the_way:
        return in_the_way, None
    walk = StoryWalk(story, ids, styles, warnings)
    for fallback in root.iter(f"{{{MC}}}Fallback"):
        etree.strip_elements(fallback, *_BOOKMARKS, with_tail=False)
    drop_ids(root)
    walk.visit(root)
    walk.finish()
    return [], walk


class StoryWalk:
    """Visits elements and marks in the order of the text, and knows what came of it.

    `mend` tells that data can leave a table, cell or holder empty, `moves_notes` that data can move
    or leave out a note. `warnings` are no reason to refuse the story. What stands in a loop gets a
    tag that gives it an id at each pass.
    """

    def __init__(self, story: Story, ids: Ids, styles: Styles, warnings: list[Problem]) -> None:
        self.marks, self.places, self.ids, self.styles = story.marks, story.places, ids, styles
        self.story = story
        self.problems: list[Problem] = []
        self.warnings, self.mend, self.moves_notes = warnings, False, False
        self.chain: Chain = ()
        self.where: dict[Tag, Where] = {}
        self.before: dict[Tag, etree._Element | None] = {}
        self.bookmarks: dict[str, list[tuple[etree._Element, Chain]]] = {}
        self.permissions: list[etree._Element] = []
        self.fields: dict[etree._Element, Chain] = {}
        self.lists: dict[str, list[tuple[etree._Element, tuple[Tag, ...]]]] = {}
        self.tables: list[etree._Element] = []

    @property
    def loops(self) -> tuple[Tag, ...]:
        """Return the opening tags of the loops around this point."""
        return tuple(tag for tag, _ in self.chain if tag.word in {"for", "macro", "call"})

    def visit(self, element: etree._Element) -> None:
        """Visit `element`, what is in it, and the marks between."""
        depth = len(self.chain)
        for name, value in element.attrib.items():
            for tag in self.marks.inside(str(value)):
                self._meet(tag, element, str(name))
                self.mend = self.mend or element.tag == w("gridSpan")
        self._identify(element)
        children = list(element)
        direct = self._text(element, element.text, next(iter(children), None))
        sure = last_sure = False
        for child in children:
            at_depth = len(self.chain) == depth
            self.visit(child)
            last_sure = at_depth and child.tag == w("p")
            sure = sure or (at_depth and child.tag in {w("p"), w("tr")})
            if child.tail:
                direct = self._text(element, child.tail, child.getnext()) or direct
        if direct and element.tag in _NEEDS_BLOCK:
            safe = last_sure if element.tag == w("tc") else sure and element.tag != w("tr")
            self.mend = self.mend or not safe

    def _text(
        self, element: etree._Element, text: str | None, following: etree._Element | None
    ) -> bool:
        tags = self.marks.inside(text)
        for tag in tags:
            self.before[tag] = following
            self._meet(tag, element)
        return bool(tags)

    def _meet(self, tag: Tag, element: etree._Element, attribute: str = "") -> None:
        self.where[tag] = element, attribute
        if tag.kind is TagKind.CONTROL:
            self.chain = chain_behind(tag, self.chain)
        elif tag.context in {"link", "inline"} and ancestor(element, "hyperlink") is not None:
            self.problems.append(messages.problem("LRT306.link", tag.place, tag=tag.text))
        if tag.context == "inline":
            self._follow_inline(tag, element)

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
            add_after(paragraph, self.marks.make(tag.body, TagKind.VALUE, tag, "rest"))

    def _identify(self, element: etree._Element) -> None:
        """Give what must be unique a number, or a tag that gives it one."""
        tag = element.tag
        if tag == f"{{{WP}}}docPr":
            old = element.get("id", "1")
            fresh = self._id("#docPr", "_fresh") if self.loops else self.ids.claim("docPr", old)
            element.set("id", fresh)
        elif tag in {FIELD_MARK, w("fldSimple")}:
            self.fields[element] = self.chain
        elif tag in NOTE_REFERENCES:
            self.moves_notes = self.moves_notes or bool(self.chain)
        elif tag in _PERMISSIONS and self.loops:
            self.permissions.append(element)
        elif tag in _BOOKMARKS:
            found = self.bookmarks.setdefault(element.get(w("id"), ""), [])
            found.append((element, self.chain))
        elif tag.startswith(f"{{{V}}}") and self.loops:
            self._identify_shape(element)
        elif tag == w("tbl"):
            self.tables.append(element)
        elif tag == w("p"):
            self._note_list(element)
            self.problems += check_paragraph(element, self.places.get(element, Place("")))
        elif tag == w("sdtPr"):
            self._free_control(element)

    def _id(self, key: str, name: str) -> str:
        return self.marks.make(f"'{key}'|{name}")

    def _free_control(self, properties: etree._Element) -> None:
        """Let a content control with tags show what is filled in, not what it is bound to."""
        control = properties.getparent()
        texts = [] if control is None else [t.text for t in control.iter(w("t"))]
        if self.loops or any(self.marks.inside(text) for text in texts):
            for child in [c for c in properties if local_name(c) in _BOUND]:
                properties.remove(child)

    def _identify_shape(self, element: etree._Element) -> None:
        name, kind = element.get("id", ""), element.get("type", "")
        if re.fullmatch(r"[\w.]+", name):
            element.set("id", self._id(name, "_fresh"))
        if re.fullmatch(r"#[\w.]+", kind):
            element.set("type", "#" + self._id(kind[1:], "_latest"))
        element.attrib.pop(f"{{{O}}}spid", "")

    def _note_list(self, paragraph: etree._Element) -> None:
        style = self.styles.numbers.get(val(paragraph, "pPr/pStyle"), ("", 0))
        value = val(paragraph, "pPr/numPr/numId") or style[0]
        if value not in {"", "0"}:
            self.lists.setdefault(value, []).append((paragraph, self.loops))

    # --- what can be done only when the whole story was seen

    def finish(self) -> None:
        """Judge the blocks, and do what waits for them."""
        blocks, problems = match_blocks(self.where)
        self.problems += problems
        self.problems += filter(None, map(self._misfit, blocks))
        if not self.problems:
            self.problems += check_fields_in_blocks(self.fields, self.places)
        openings = {block.last: block.first for block in blocks}
        for table in self.tables:
            self._part(table, openings)
        for found in self.bookmarks.items():
            self._pair_bookmarks(*found)
        for one in fields_of(self.story.root):
            if one.name in REFERENCES:
                paragraph = ancestor(one.begin, "p")
                place = self.story.place if paragraph is None else self.places[paragraph]
                self.ids.references.append(Reference(one, self.fields[one.begin], place))
        for permission in self.permissions:
            remove_element(permission)
        for number, paragraphs in self.lists.items():
            self._restart_list(number, paragraphs)

    def _misfit(self, block: Block) -> Problem | None:
        """Refuse a block whose tags stand on different sorts of places."""
        for first, second in zip(block.tags, block.tags[1:], strict=False):
            one, other = self.where[first], self.where[second]
            if not _fits(one, other):
                places, tag = _describe_places(one, other), block.first
                return messages.problem(
                    "LRT305.plaatsen", tag.place, tag=tag.text, other=second.text, places=places
                )
        return None

    def _part(self, table: etree._Element, openings: dict[Tag, Tag]) -> None:
        """Put a low paragraph behind `table` where filling could bring another table there."""
        tags, following = self.marks.inside(table.tail), table.getnext()
        ends = [tag for tag in tags if tag.word == "endfor" and tag in openings]
        begins = [self.before[openings[tag]] for tag in ends]
        again = any(begin is not None and begin.tag == w("tbl") for begin in begins)
        together = following is not None and following.tag == w("tbl")
        if not tags or not (again or together):
            return
        low = low_paragraph()
        put_behind(table, low)
        if not together and len(tags) == 1:  # the last pass of the loop leaves nothing to part
            add_before(low, self.marks.make("if not loop.last", TagKind.CONTROL))
            add_after(low, self.marks.make("endif", TagKind.CONTROL))

    def _pair_bookmarks(self, old: str, found: list[tuple[etree._Element, Chain]]) -> None:
        """Give two bookmarks a number as a pair; drop halves that data could separate."""
        (start, chain), (end, other) = found[0], found[-1]
        pair = [element.tag for element, _ in found] == list(_BOOKMARKS)
        name = start.get(w("name"), "")
        double = name.casefold() in self.ids.bookmarks  # Word keeps one of them too
        self.ids.bookmarks.setdefault(name.casefold(), max(chain, other, key=len))
        if double or not pair or chain != other or not re.fullmatch(r"[\w.-]+", name):
            for element, _ in found:
                remove_element(element)
        elif any(tag.word == "for" for tag, _ in chain):
            start.set(w("id"), self._id(f"#b{old}", "_fresh"))
            end.set(w("id"), self._id(f"#b{old}", "_latest"))
            start.set(w("name"), self._id(name, "_fresh"))
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
            same = takewhile(lambda pair: pair[0] is pair[1], zip(common, loops, strict=False))
            common = [tag for tag, _ in same]
        if len(common) < 2 or not re.fullmatch(r"\d+", number):
            return
        body = f"'{number}'|_restart"
        common[-2].followers.append(Tag(TagKind.INTERNAL, "", Place(""), body, context="plain"))
        for paragraph, _ in paragraphs:
            own_number(paragraph, number, self.styles).set(w("val"), self._id(number, "_number"))


# --- where tags stand: what lies between two of them must be a whole piece of XML

_CROSSABLE = {w("p"), w("r"), w("t")}
_PLACES = {
    "tc": ("deel.in_een_cel", "deel.in_andere_cel"),
    "tr": ("deel.tussen_cellen", "deel.tussen_cellen"),
    "tbl": ("deel.tussen_tabelrijen", "deel.tussen_tabelrijen"),
    "hyperlink": ("deel.in_een_link", "deel.in_andere_link"),
    "txbxContent": ("deel.in_een_tekstvak", "deel.in_andere_tekstvak"),
    "sdtContent": ("deel.in_een_besturing", "deel.in_andere_besturing"),
    "p": ("deel.in_een_alinea", "deel.in_andere_alinea"),
    "@": ("deel.in_een_eigenschap", "deel.in_andere_eigenschap"),
    "": ("deel.tussen_alineas", "deel.tussen_alineas"),
}
"""What a mark stands in (@ is an attribute), and how one and another such place are called."""


def _fits(first: Where, second: Where) -> bool:
    """Tell whether leaving out what stands between two marks leaves well-formed XML."""
    if first[1] or second[1]:
        return first == second
    one, other = _path(first[0]), _path(second[0])
    while one and other and one[0] is other[0]:
        del one[0], other[0]
    names = [element.tag for element in one]
    return names == [element.tag for element in other] and (not names or names[0] in _CROSSABLE)


def _path(element: etree._Element) -> list[etree._Element]:
    return [*reversed(list(element.iterancestors())), element]


def _describe_places(first: Where, second: Where) -> str:
    """Return in Dutch on what sorts of places two marks stand."""
    one, other = _kind(first), _kind(second)
    names = _PLACES[one][0], _PLACES[other][1 if one == other else 0]
    here, there = map(messages.text, names)
    return messages.text("deel.twee_plaatsen", one=here, other=there)


def _kind(where: Where) -> str:
    """Return on what sort of place a mark stands; a paragraph only when it is in nothing else."""
    if where[1]:
        return "@"
    around = (local_name(element) for element in (where[0], *where[0].iterancestors()))
    found = [name for name in around if name in _PLACES]
    return next((name for name in found if name != "p"), found[0] if found else "")
