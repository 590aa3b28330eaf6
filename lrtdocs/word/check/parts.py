"""The check of a package part by part: the tags of each story, and how it looks in Word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem, TemplateProblemsError, has_errors
from lrtdocs.word.check.access import check_access, check_document
from lrtdocs.word.check.empty import check_empty, check_needed
from lrtdocs.word.check.flow import Knowledge, TagCheck
from lrtdocs.word.check.foreign import (
    check_attributes,
    check_changes,
    check_comments,
    check_fields,
    check_links,
    places_of_outside,
)
from lrtdocs.word.check.formatting import parse_style_sheet
from lrtdocs.word.check.headings import check_headings
from lrtdocs.word.check.house import check_formatting, check_pages, check_styles
from lrtdocs.word.check.shown import load_shown
from lrtdocs.word.check.story import check_tags_of_story
from lrtdocs.word.compile.environment import make_environment
from lrtdocs.word.compile.template import compile_package
from lrtdocs.word.compile.unfilled import check_texts, check_unfilled
from lrtdocs.word.package.ooxml import STORY_TYPES
from lrtdocs.word.package.package import part_names
from lrtdocs.word.story.lint import check_parts, check_story
from lrtdocs.word.story.load import Story, load_properties, load_story
from lrtdocs.word.story.outline import outline_levels
from lrtdocs.word.values.numbering import parse_numbering, parse_styles

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        self.place = Place(package.name)
        self.numbering = parse_numbering(package)
        self.outline = outline_levels(package)
        self.sheet = parse_style_sheet(package)
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
        def read() -> Story:
            lists = set(self.numbering.abstract_of)
            return load_story(self.package.members[member], place, self.outline, lists)

        root = read().root
        self.found += check_story(root, member, self.package, place)
        self.found += check_texts(root, place)
        self._take(check_tags_of_story(read, self.knowledge))
        self._check_shown(member, place)

    def _check_shown(self, member: str, place: Place) -> None:
        """Gather what is told of the story as Word shows it."""
        story = load_shown(self.package, member, place, self.outline)
        self.found += story.accepted
        self.found += check_fields(story, self.knowledge.names)
        self.found += check_links(story)
        self.outside |= dict(places_of_outside(story))
        self.found += check_attributes(story)
        self.found += check_changes(story)
        self.found += check_comments(story)
        self.found += check_formatting(story, self.sheet)
        self.found += check_pages(story)
        self.found += check_access(story, self.sheet)
        if member == self.package.main:
            self.found += check_headings(story)

    def _check_properties(self, member: str, place: Place) -> None:
        kind = self.package.types.of(member)
        story, problems = load_properties(self.package.members[member], kind, place)
        check = TagCheck(self.knowledge, story.marks.tags, problems)
        check.check_tags()
        self._take(check)

    def _take(self, check: TagCheck) -> None:
        self.found += check.problems
        self.used |= check.findings.used
        if self.knowledge.fields:
            told = {problem.place for problem in check.problems}
            empty = check_empty(check.findings.printed, check.labels)
            self.found += [problem for problem in empty if problem.place not in told]


def _all_names(fields: Sequence[Field]) -> list[str]:
    names = [field.name for field in fields]
    for one in fields:
        names += _all_names(one.parts)
    return names
