"""The check of a package part by part: the tags of each story, and how it looks in Word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem, TemplateProblemsError, has_errors
from lrtdocs.word.check.access import check_access, check_document
from lrtdocs.word.check.empty import check_empty, check_needed
from lrtdocs.word.check.flow import Knowledge, check_flow
from lrtdocs.word.check.foreign import (
    check_attributes,
    check_changes,
    check_comments,
    check_fields,
    check_links,
    places_of_outside,
)
from lrtdocs.word.check.formatting import read_sheet
from lrtdocs.word.check.headings import check_headings
from lrtdocs.word.check.house import check_looks, check_pages, check_styles
from lrtdocs.word.check.story import Checked, check_tags_of_story
from lrtdocs.word.compile.environment import make_environment
from lrtdocs.word.compile.template import compile_package
from lrtdocs.word.compile.unfilled import check_texts, check_unfilled
from lrtdocs.word.package.ooxml import STORY_TYPES, parse_xml, with_prefixes
from lrtdocs.word.package.package import part_names
from lrtdocs.word.story.lint import check_parts, check_story
from lrtdocs.word.story.load import Story, load_properties, load_story, load_twin
from lrtdocs.word.story.outline import outline_levels, places_of
from lrtdocs.word.values.numbering import parse_numbering, parse_styles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from lrtdocs.model.veld import Field
    from lrtdocs.word.package.package import Package


class PartsCheck:
    """The check of one package, part by part.

    `found` gathers the problems, so that they are not lost when a part cannot be read any further.
    `outside` tells where each thing that is fetched from outside stands, by its address.
    """

    def __init__(
        self,
        package: Package,
        fields: tuple[Field, ...],
        needed: Sequence[str],
        found: list[Problem],
        *,
        trusted: bool,
    ) -> None:
        self.package, self.needed, self.trusted = package, needed, trusted
        members = package.members
        self.place = Place(package.name)
        self.numbering = parse_numbering(package)
        self.outline = outline_levels(package)
        self.sheet = read_sheet(members, package.types)
        self.knowledge = Knowledge(
            make_environment(trusted),
            trusted,
            fields,
            frozenset(_all_names(fields)),
            parse_styles(package, self.numbering),
        )
        self.found = found
        self.found += package.warnings
        self.used: set[str] = set()
        self.outside: dict[str, Place] = {}

    def run(self) -> None:
        """Gather all problems."""
        members, types = self.package.members, self.package.types
        broken = check_parts(self.package)
        self.found += broken
        if broken:
            return
        names = part_names(self.package)
        self.found += [
            problem
            for problem in check_unfilled(members, types, names, self.package.name)
            if problem.key != "LRT306.adres"  # told at its paragraph
        ]
        for member, name in names.items():
            place = replace(self.place, part=name)
            if types.of(member) in STORY_TYPES:
                self._check_story(member, place)
            else:
                self._check_properties(member, place)
        self.found += check_needed(self.needed, self.used, self.place, self.knowledge.fields)
        self.found += check_styles(self.sheet, self.place)
        self.found += check_document(self.package, self.sheet, self.place)
        if not has_errors(self.found):
            self.found += self._compile()

    def _compile(self) -> list[Problem]:
        """Return what compiling tells of a template that seems right; what was told is the same."""
        try:
            told = list(compile_package(self.package, trusted=self.trusted).warnings)
        except TemplateProblemsError as error:
            told = error.problems
        by_place = any(problem.code == "LRT339" for problem in self.found)
        return [one for one in told if not (by_place and one.code == "LRT323")]

    def _check_story(self, member: str, place: Place) -> None:
        data = self.package.members[member]

        def read() -> Story:
            return load_story(data, place, self.outline, set(self.numbering.abstract_of))

        root = read().root
        self.found += check_story(root, member, self.package, place)
        self.found += check_texts(root, place)
        self._take(check_tags_of_story(read, place, self.knowledge))
        self._check_word(member, place)

    def _check_word(self, member: str, place: Place) -> None:
        """Gather what is told of the story as Word shows it, tracked changes and all.

        Paragraphs are numbered as when they are filled: with the changes accepted.
        """
        root = with_prefixes(parse_xml(self.package.members[member]))
        twin = load_twin(root, place)
        self.found += twin.accepted
        numbered = places_of(twin.root, place, self.outline)
        places = {twin.original[p]: where for p, where in numbered.items() if p in twin.original}
        self.found += check_fields(places, self.knowledge.names)
        self.found += check_links(root, member, self.package, places)
        self._check_outside(root, member, places)
        self.found += check_attributes(root, places, place)
        self.found += check_changes(places)
        self.found += check_comments(self.package, places)
        self.found += check_looks(root, places, self.sheet)
        self.found += check_pages(root, places, place)
        self.found += check_access(root, places, self.sheet)
        if member == self.package.main:
            self.found += check_headings(places, self.outline)

    def _check_outside(
        self, root: etree._Element, member: str, places: dict[etree._Element, Place]
    ) -> None:
        """Tell what comes from outside at the paragraph where it stands."""
        for target, where in places_of_outside(root, member, self.package, places):
            self.outside[target] = where

    def _check_properties(self, member: str, place: Place) -> None:
        kind = self.package.types.of(member)
        story, problems = load_properties(self.package.members[member], kind, place)
        flow = check_flow(story.marks.tags, self.knowledge)
        self._take(Checked(problems + flow.problems, flow.findings))

    def _take(self, checked: Checked) -> None:
        self.found += checked.problems
        self.used |= checked.findings.used
        if self.knowledge.fields:
            told = {problem.place for problem in checked.problems}
            empty = check_empty(checked.findings.printed, checked.labels)
            self.found += [problem for problem in empty if problem.place not in told]


def _all_names(fields: Sequence[Field]) -> list[str]:
    names = [field.name for field in fields]
    for one in fields:
        names += _all_names(one.parts)
    return names
