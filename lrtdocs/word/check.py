"""Everything that is wrong with a Word template, at once and without data.

What compiling a template finds, what its words are compared with those its kind of document knows,
and the house style. Never an exception: a file that is no Word document is one problem.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.errors import Place, Problem, TemplateProblemsError, has_errors, sort_problems
from lrtdocs.word.check_access import check_access, check_document, check_headings
from lrtdocs.word.check_empty import check_empty, check_needed
from lrtdocs.word.check_flow import Knowledge, check_flow
from lrtdocs.word.check_foreign import (
    check_attributes,
    check_changes,
    check_comments,
    check_fields,
    check_links,
    places_of_outside,
)
from lrtdocs.word.check_grouping import group_repeats
from lrtdocs.word.check_house import check_looks, check_pages, check_styles
from lrtdocs.word.check_story import Checked, check_tags_of_story
from lrtdocs.word.environment import make_environment
from lrtdocs.word.lint import check_package, check_story, mend_story
from lrtdocs.word.looks import read_sheet
from lrtdocs.word.numbering import read_numbering, read_styles
from lrtdocs.word.ooxml import STORY_TYPES, main_part, parse_xml, part_names, with_prefixes
from lrtdocs.word.outline import outline_levels, places_of
from lrtdocs.word.package import Package, read_package, unpack
from lrtdocs.word.paragraphs import Marks
from lrtdocs.word.problems import template_problem
from lrtdocs.word.revisions import accept_revisions
from lrtdocs.word.template import compile_package, mark_properties
from lrtdocs.word.unfilled import check_texts, check_unfilled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lrtdocs.word.check_values import Field

_REFUSED = {"LRT510", "LRT511", "LRT512", "LRT513"}
"""Refusals of a file that can still be read: macros, links to outside, fields that fetch."""
_ODD = (AssertionError, AttributeError, LookupError, TypeError, ValueError, etree.LxmlError)


def check_template(
    data: bytes,
    name: str,
    *,
    fields: Sequence[Field] | None = None,
    needed: Sequence[str] = (),
    trusted: bool = False,
) -> list[Problem]:
    """Return every problem of the Word template `data`, in the order of the document.

    `name` is what the user calls the file. `fields` are the words that this kind of document knows;
    without them every word is let through. `needed` are those it cannot do without
    ("agendapunten[].titel"). `trusted` admits the rest of Jinja's language.
    """
    package, refused = _read(data, name)
    if package is None:
        return sort_problems(refused)
    check = _Check(package, tuple(fields or ()), needed, trusted=trusted)
    check.found += refused
    try:
        problems = check.problems()
    except (*_ODD, RecursionError) as error:
        problems = [*refused, _odd(package, error)]
    return group_repeats(problems)


def _read(data: bytes, name: str) -> tuple[Package | None, list[Problem]]:
    """Return the package and why it is refused; None when there is nothing to look at.

    What a template may not carry or fetch is no reason to keep its other mistakes back.
    """
    try:
        return read_package(data, name), []
    except TemplateProblemsError as error:
        if any(problem.code not in _REFUSED for problem in error.problems):
            return None, error.problems
        return Package(name, unpack(data, name)), error.problems


def _odd(package: Package, error: BaseException) -> Problem:
    message = f"Dit bestand is anders opgebouwd dan Word het doet ({type(error).__name__})."
    remedy = "Open het in Word en sla het opnieuw op als Word-document (.docx)."
    return template_problem("LRT504", Place(package.name), message, remedy=remedy)


class _Check:
    """The check of one package, part by part."""

    def __init__(
        self, package: Package, fields: tuple[Field, ...], needed: Sequence[str], *, trusted: bool
    ) -> None:
        self.package, self.needed, self.trusted = package, needed, trusted
        members = package.members
        self.place = Place(package.name)
        self.numbering = read_numbering(members, package.types)
        self.outline = outline_levels(members, package.types)
        self.sheet = read_sheet(members, package.types)
        self.knowledge = Knowledge(
            make_environment(trusted),
            fields,
            frozenset(_all_names(fields)),
            read_styles(members, package.types, self.numbering),
        )
        self.found: list[Problem] = list(package.warnings)
        self.used: set[str] = set()

    def problems(self) -> list[Problem]:
        """Return all problems."""
        members, types = self.package.members, self.package.types
        broken = check_package(members, self.place)
        if broken:
            return broken
        names = part_names(members, types)
        self.found = [_named(problem, names) for problem in self.found]
        self.found += [
            problem
            for problem in check_unfilled(members, types, names, self.package.name)
            if "adres van een link" not in problem.message  # told at its paragraph
        ]
        for member, name in names.items():
            place = replace(self.place, part=name)
            if types.of(member) in STORY_TYPES:
                self._check_story(member, place)
            else:
                self._check_properties(member, place)
        self.found += check_needed(self.needed, self.used, self.place)
        self.found += check_styles(self.sheet, self.place)
        self.found += check_document(self.package, self.sheet, self.place)
        return self.found + self._compile()

    def _compile(self) -> list[Problem]:
        """Return what compiling finds, when nothing of it was found here: both must agree."""
        if has_errors(self.found):
            return []
        try:
            template = compile_package(self.package, trusted=self.trusted)
        except TemplateProblemsError as error:
            return error.problems
        placed = any(problem.code == "LRT339" for problem in self.found)
        return [one for one in template.warnings if not (placed and one.code == "LRT323")]

    def _check_story(self, member: str, place: Place) -> None:
        data = self.package.members[member]

        def read() -> tuple[etree._Element, dict[etree._Element, Place]]:
            root = with_prefixes(parse_xml(data))
            accept_revisions(root, place)
            mend_story(root, set(self.numbering.abstract_of))
            return root, places_of(root, place, self.outline)

        root, _ = read()
        self.found += check_story(root, member, self.package.members, place)
        self.found += check_texts(root, place)
        self._take(check_tags_of_story(read, place, self.knowledge))
        self._check_word(member, place)

    def _check_word(self, member: str, place: Place) -> None:
        """Gather what is told of the story as Word shows it, tracked changes and all.

        Paragraphs are numbered as when they are filled: with the changes accepted.
        """
        root = with_prefixes(parse_xml(self.package.members[member]))
        twin = copy.deepcopy(root)
        original = dict(zip(twin.iter(), root.iter(), strict=True))
        self.found += accept_revisions(twin, place)
        mend_story(twin)
        numbered = places_of(twin, place, self.outline)
        places = {original[p]: where for p, where in numbered.items() if p in original}
        self.found += check_fields(places)
        self.found += check_links(root, member, self.package, places)
        self._check_outside(root, member, places)
        self.found += check_attributes(root, places, place)
        self.found += check_changes(places)
        self.found += check_comments(self.package, places)
        self.found += check_looks(root, places, self.sheet)
        self.found += check_pages(root, places, place)
        self.found += check_access(root, places, self.sheet)
        if member == main_part(self.package.members):
            self.found += check_headings(places, self.outline)

    def _check_outside(
        self, root: etree._Element, member: str, places: dict[etree._Element, Place]
    ) -> None:
        """Tell what comes from outside at the paragraph where it stands."""
        for target, where in places_of_outside(root, member, self.package, places):
            self.found = [
                replace(problem, place=where)
                if problem.code == "LRT511" and problem.found == target
                else problem
                for problem in self.found
            ]

    def _check_properties(self, member: str, place: Place) -> None:
        root = parse_xml(self.package.members[member])
        marks = Marks(root)
        kind = self.package.types.of(member)
        problems = mark_properties(root, kind, place, marks)
        flow = check_flow(marks.tags, self.knowledge)
        self._take(Checked(problems + flow.problems, flow.findings))

    def _take(self, checked: Checked) -> None:
        self.found += checked.problems
        self.used |= checked.findings.used
        if self.knowledge.fields:
            told = {problem.place for problem in checked.problems}
            empty = check_empty(checked.findings.printed, checked.labels)
            self.found += [problem for problem in empty if problem.place not in told]


def _named(problem: Problem, names: Mapping[str, str]) -> Problem:
    """Return a problem of a member with the name that people know its part by."""
    for member, name in names.items():
        if f"onderdeel {member} " in problem.message:
            message = problem.message.replace(f"Het onderdeel {member} van dit bestand", "Dit deel")
            return replace(problem, message=message, place=replace(problem.place, part=name))
    return problem


def _all_names(fields: Sequence[Field]) -> list[str]:
    names = [field.name for field in fields]
    for one in fields:
        names += _all_names(one.parts)
    return names
