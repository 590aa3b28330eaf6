"""Word's fields: a begin, sometimes a separate, and an end, which only count together.

A field that does not end takes all text behind it: Word and LibreOffice see that as part of it.
So its marks stand in the same branch of the same block; that is proven when a template is compiled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.messages import Fault
from lrtdocs.word.package.elements import ancestor
from lrtdocs.word.package.ooxml import w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.tags.blocks import Chain
    from lrtdocs.word.tags.tags import Tag

FIELD_MARK = w("fldChar")
CONTENTS = {"TOC", "INDEX"}
REFERENCES = {"REF", "PAGEREF", "NOTEREF"}
OF_MERGES = frozenset(
    {
        *("MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "NEXTIF", "SKIPIF", "ASK", "FILLIN"),
        *("ADDRESSBLOCK", "GREETINGLINE"),
    }
)
"""Fields of a mail merge: `braces` tells of them, and of those in others."""
_SIMPLE, _CODE = w("fldSimple"), w("instrText")
_NAME = re.compile(r"[\s\\]*([A-Za-z]+|=)")
_STORIES = tuple(w(n) for n in ("txbxContent", "footnote", "endnote", "comment"))


@dataclass(eq=False)
class Field:
    """A field of Word: its marks, its `code`, and the names of the fields inside that code.

    One in a single element (w:fldSimple) begins with that, and has no other marks.
    """

    begin: etree._Element
    code: str = ""
    separate: etree._Element | None = None
    end: etree._Element | None = None
    inside: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Return what sort of field it is, in capitals."""
        found = _NAME.match(self.code)
        return found[1].upper() if found else ""

    @property
    def target(self) -> str:
        """Return the first word behind the name: of a reference the bookmark."""
        words = self.code.replace('"', " ").split()
        return words[1] if len(words) > 1 else ""


class Reference(NamedTuple):
    """A field that refers to a bookmark, in the blocks `chain`."""

    field: Field
    chain: Chain
    place: Place


def check_references(
    references: Iterable[Reference], bookmarks: Mapping[str, Chain]
) -> Iterator[Problem]:
    """Yield a problem for each reference to a bookmark that is not there, or not in each document.

    A bookmark in a loop gets another name at each pass.
    """
    for one, chain, place in references:
        there = bookmarks.get(one.target.casefold())
        told = {"name": one.name, "target": one.target, "code": one.code.strip()}
        if there is None:
            yield messages.problem("LRT361.geen", place, None, **told)
        elif there != chain[: len(there)] or any(tag.word == "for" for tag, _ in there):
            yield messages.problem("LRT361.blok", place, None, **told, tag=there[-1][0].text)


class Reading(NamedTuple):
    """What marks of fields make: `whole` ones, inner first, those still `open`, `loose` marks."""

    whole: list[Field]
    open: list[Field]
    loose: list[etree._Element]


def read_fields(marks: Iterable[etree._Element]) -> Reading:
    """Return the fields that `marks`, codes and simple fields, in the order of the text, make."""
    whole: list[Field] = []
    loose: list[etree._Element] = []
    stacks: dict[etree._Element | None, list[Field]] = {}
    for element in marks:
        if element.tag == _SIMPLE:
            whole.append(Field(element, element.get(w("instr"), "")))
            continue
        stack = stacks.setdefault(next(element.iterancestors(*_STORIES), None), [])
        kind = element.get(w("fldCharType"), "")
        if kind == "begin":
            stack.append(Field(element))
        elif not stack:
            loose += [element] if element.tag == FIELD_MARK else []
        elif element.tag == _CODE:
            stack[-1].code += element.text or ""
        elif kind == "separate":
            stack[-1].separate = element
        elif kind == "end":
            ended = stack.pop()
            ended.end = element
            if stack and stack[-1].separate is None:
                stack[-1].inside |= {ended.name, *ended.inside}
            whole.append(ended)
    return Reading(whole, [each for stack in stacks.values() for each in stack], loose)


def fields_of(root: etree._Element) -> list[Field]:
    """Return the fields of `root` that are whole, inner ones first."""
    return _read(root).whole


def codes_of(root: etree._Element) -> list[str]:
    """Return the codes of all fields that begin in `root`."""
    found = _read(root)
    return [each.code for each in (*found.whole, *found.open)]


def _read(root: etree._Element) -> Reading:
    return read_fields(root.iter(FIELD_MARK, _CODE, _SIMPLE))


def check_fields_in_blocks(
    found: Mapping[etree._Element, Chain], places: Mapping[etree._Element, Place]
) -> list[Problem]:
    """Return a problem for each field that a block cuts, and for each that is not whole."""
    problems: dict[object, Problem] = {}
    whole, still_open, loose = read_fields(found)
    for each in whole:
        for mark in (each.separate, each.end):
            if mark is not None and found[mark] != found[each.begin]:
                tag = _cutting(found[each.begin], found[mark])
                problems.setdefault(tag, _cut(tag))
    for mark in (*loose, *(each.begin for each in still_open)):
        problems.setdefault(mark, _not_whole(mark, found[mark], places))
    return list(problems.values())


def field_faults(root: etree._Element) -> Iterator[Fault]:
    """Yield what is wrong with the fields of a filled story."""
    _, still_open, loose = _read(root)
    yield from [Fault("LRT320.veldbegin")] * len(loose)
    if still_open:
        yield Fault("LRT320.veldeinde")


def _cutting(one: Chain, other: Chain) -> Tag:
    """Return the opening tag of the outermost block that only one of two points stands in."""
    here, there = next(pair for pair in zip_longest(one, other) if pair[0] != pair[1])
    tag: Tag = (here or there)[0]
    return tag


def _cut(tag: Tag) -> Problem:
    return messages.problem("LRT305.veld", tag.place, tag=tag.text)


def _not_whole(
    mark: etree._Element, chain: Chain, places: Mapping[etree._Element, Place]
) -> Problem:
    if chain:
        return _cut(chain[-1][0])
    story = next(iter(places.values()), Place(""))
    paragraph = ancestor(mark, "p")
    place = None if paragraph is None else places.get(paragraph)
    place = place or Place(story.file, part=story.part)
    missing = "LRT305.veldeinde" if mark.get(w("fldCharType")) == "begin" else "LRT305.veldbegin"
    return messages.problem(missing, place)
