"""A Word mail merge as a template: its fields become tags, its link with a list goes.

What is told of a field stands at the paragraph where it is in the template that is made.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, Severity, TemplateProblemsError
from lrtdocs.word.compile.template import DEBUG
from lrtdocs.word.mergefields.expressions import Named, Speaker
from lrtdocs.word.mergefields.link import drop_link, link_problems, suppresses_blank
from lrtdocs.word.mergefields.making import Maker, find_bookmarks
from lrtdocs.word.mergefields.placing import convert_flow
from lrtdocs.word.mergefields.reading import WordField, all_fields, flows_of, read_flow
from lrtdocs.word.package.elements import ancestor
from lrtdocs.word.package.guards import check_content
from lrtdocs.word.package.ooxml import MAIN_TYPE, STORY_TYPES, TEMPLATE_TYPE, w
from lrtdocs.word.package.package import Package, part_names
from lrtdocs.word.package.unzip import unpack
from lrtdocs.word.provenance import write_signed
from lrtdocs.word.story.cleanup import accept_changes
from lrtdocs.word.story.load import load_twin, outline_levels, places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from lrtdocs.word.mergefields.pieces import Remark

_LEFT = frozenset(["LRT512", "LRT511"])
"""What keeps a template from being used, but not from being converted."""


class Converted(NamedTuple):
    """What became of a mail merge: the template, how many fields were changed, what is told.

    A document that is no mail merge has no `fields`, and nothing `left` that was not changed.
    """

    data: bytes
    fields: int
    left: int
    problems: list[Problem]


def convert_merge(
    data: bytes, name: str, target: str, word_of: Callable[[str], Named]
) -> Converted:
    """Return the mail merge `data`, which the user calls `name`, with tags for its fields.

    `target` is what the template will be called; `word_of` gives the word for a column. Raises
    TemplateProblemsError for what is no Word document that can be read. A file that nobody thought
    of is one problem; with LRTDOCS_DEBUG what it gives is raised as it is.
    """
    package, linked = _read(data, name)
    try:
        return _convert(package, linked, target, word_of) or Converted(data, 0, 0, [])
    except TemplateProblemsError:
        raise
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        kind = type(error).__name__
        raise TemplateProblemsError(
            messages.problem("LRT504.opbouw", Place(name), kind=kind)
        ) from error


def _convert(
    package: Package, linked: list[str], target: str, word_of: Callable[[str], Named]
) -> Converted | None:
    """Return what becomes of `package`, which was `linked` with these lists; None of no merge."""
    problems, mapped = link_problems(package, Place(target))
    problems += [messages.problem("LRT366.koppeling", Place(target), found=one) for one in linked]
    roots = {part: package.parse(part) for part in package.parts_of_type(*STORY_TYPES)}
    changed = {part: accept_changes(root) for part, root in roots.items()}
    flows = [(part, flow) for part, root in roots.items() for flow in flows_of(root)]
    fields = [field for _, flow in flows for field in all_fields(read_flow(flow))]
    if not any(field.merges for field in fields):
        return None
    speaker = Speaker(lambda column: word_of(mapped.get(column.casefold(), column)), {})
    maker = Maker(Speaker(speaker.name, find_bookmarks(fields, speaker)))
    remarks: dict[str, list[Remark]] = {}
    blank = suppresses_blank(package)
    for part, flow in flows:
        remarks.setdefault(part, []).extend(convert_flow(flow, maker, suppress=blank))
    drop_link(package)
    names = part_names(package)
    levels = outline_levels(package)
    for part, root in roots.items():
        place = Place(target, part=names.get(part))
        if changed[part]:
            problems.append(messages.problem("LRT317", place))
        problems += _told(root, remarks.get(part, []), place, levels)
        if maker.made or changed[part]:
            package.write(part, root)
    left = sum(field.merges for root in roots.values() for field in _outer(root))
    return Converted(write_signed(package), maker.made, left, problems)


def _outer(root: etree._Element) -> Iterator[WordField]:
    """Yield the fields in `root` that are in no other one."""
    for flow in flows_of(root):
        yield from (item for item in read_flow(flow) if isinstance(item, WordField))


def _read(data: bytes, name: str) -> tuple[Package, list[str]]:
    """Return the package, and where the lists were that it was linked with."""
    package = Package(name, unpack(data, name))
    problems = check_content(package, Place(name))
    refused = [p for p in problems if p.severity is Severity.ERROR and p.code not in _LEFT]
    if refused:
        raise TemplateProblemsError(*refused)
    if package.types.of(package.main) == TEMPLATE_TYPE:
        package.set_type(package.main, MAIN_TYPE)
    return package, [str(p.fields["target"]) for p in problems if p.key == "LRT516.lijst"]


def _told(
    root: etree._Element, remarks: list[Remark], place: Place, levels: dict[str, int]
) -> Iterator[Problem]:
    """Yield `remarks` at the paragraphs of `root`, which are counted as the compiler does."""
    if not remarks:
        return
    twin = load_twin(root, place)
    places = places_of(twin.root, place, levels)
    at = {twin.original[one]: where for one, where in places.items() if one in twin.original}
    for remark in remarks:
        anchor = remark.anchor
        paragraph = None
        if anchor is not None:
            paragraph = anchor if anchor.tag == w("p") else ancestor(anchor, "p")
        where = place if paragraph is None else at.get(paragraph, place)
        yield messages.problem(remark.key, where, None, **remark.fields)
