"""Everything that is wrong with a Word template, at once and without data; and the words it uses.

What compiling a template finds, what its words are compared with those its kind of document knows,
and the house style. Never an exception: a file that is no Word document is one problem.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, TemplateProblemsError, has_errors, sort_problems
from lrtdocs.word.check import access, foreign, house
from lrtdocs.word.check.grouping import group_repeats
from lrtdocs.word.check.merging import check_merge
from lrtdocs.word.check.shown import load_shown
from lrtdocs.word.check.tags import Knowledge, TagCheck
from lrtdocs.word.check.words import Use, check_needed
from lrtdocs.word.compile.environment import make_environment
from lrtdocs.word.compile.template import DEBUG, compile_package
from lrtdocs.word.compile.unfilled import check_outside, check_unfilled, check_unshown
from lrtdocs.word.mergefields.link import link_problems
from lrtdocs.word.package.guards import REFUSED, read_package
from lrtdocs.word.package.ooxml import STORY_TYPES
from lrtdocs.word.package.package import Package, part_names
from lrtdocs.word.package.unzip import unpack
from lrtdocs.word.reading.formatting import parse_style_sheet
from lrtdocs.word.story.lint import check_parts, check_story
from lrtdocs.word.story.load import Story, load_properties, load_story, outline_levels
from lrtdocs.word.values.numbering import Styles, parse_numbering, parse_styles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.model.veld import Field

_ABOUT_FILE = "LRT510.programma"
"""What names a part, but says what the whole file is."""
_UNREADABLE = {"LRT320", "LRT504"}
"""What says already that the file is built otherwise than Word does it."""
_OF_SHOWN = (
    *(foreign.check_changes, foreign.check_comments),
    *(house.check_looks, house.check_pages),
    *(access.check_pictures, access.check_tables, access.check_links),
    *(access.check_languages, access.check_blanks, access.check_headings),
)
"""What is told of a story as Word shows it."""


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
    ("agendapunten[].titel"). `trusted` admits the rest of Jinja's language. A mistake of our own
    would look like a file that nobody thought of, so with LRTDOCS_DEBUG it is raised.
    """
    try:
        package, found = read_package(data, name), list[Problem]()
    except TemplateProblemsError as error:
        if any(problem.code not in REFUSED for problem in error.problems):
            return sort_problems(error.problems)
        # what a template may not carry or fetch is no reason to keep its other mistakes back
        package, found = Package(name, unpack(data, name)), error.problems
    try:
        check = _PackageCheck(package, tuple(fields or ()), needed, found, trusted=trusted)
        check.run()
        found = [each for problem in found for each in check.placed(problem)]
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        if all(problem.code not in _UNREADABLE for problem in found):
            kind = type(error).__name__
            found.append(messages.problem("LRT504.opbouw", Place(name), kind=kind))
    return group_repeats(found)


class _PackageCheck:
    """The check of one package, part by part.

    `found` gathers the problems, so that they are not lost when a part cannot be read any further.
    `outside` tells where each thing that stands outside is referred to, by its address.
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
        self.place, self.names = Place(package.name), part_names(package)
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
        self.outside: dict[object, list[Place]] = defaultdict(list)

    def run(self) -> None:
        """Gather all problems."""
        package, place = self.package, self.place
        broken = check_parts(package)
        self.found += broken
        if broken:
            return
        self.found += check_unfilled(package, self.names)
        self.found += check_unshown(package, self.names)
        self.found += link_problems(package, place)[0]
        for member, name in self.names.items():
            self._check_part(member, replace(place, part=name))
        self.found += check_needed(self.needed, self.used, place, self.knowledge.fields)
        self.found += house.check_styles(self.sheet, place)
        self.found += access.check_document(package, self.sheet, place)
        if not any(problem.code in REFUSED for problem in self.found):
            self.found += foreign.check_hidden(package)
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

    def _check_part(self, member: str, place: Place) -> None:
        data, kind = self.package.members[member], self.package.types.of(member)
        check = TagCheck(self.knowledge)
        if kind in STORY_TYPES:
            lists = set(self.numbering.abstract_of)

            def read() -> Story:
                return load_story(data, place, self.outline, lists)

            story = read()
            root = story.root
            self.found += story.fields
            self.found += check_story(root, member, self.package, place)
            self.found += check_outside(story)
            check.check_story(read)
        else:
            story, check.problems = load_properties(data, kind, place)
            check.tags = story.marks.tags
            check.check_tags()
        self.found += check.problems
        self.used |= check.words.used
        if kind in STORY_TYPES:
            self._check_shown(member, place)

    def _check_shown(self, member: str, place: Place) -> None:
        """Gather what is told of the story as Word shows it."""
        story = load_shown(self.package, member, place, self.outline, self.sheet)
        self.found += story.accepted
        self.found += check_merge(story, self.knowledge.names)
        for check in _OF_SHOWN:
            self.found += check(story)
        for target, where in foreign.places_of_outside(story):
            self.outside[target].append(where)

    def placed(self, problem: Problem) -> list[Problem]:
        """Return a problem of the file at each part or paragraph that it is about, if known."""
        fields = problem.fields
        places = self.outside.get(fields.get("target"))
        if places:
            return [replace(problem, place=place) for place in places]
        part = self.names.get(str(fields.get("member")))
        if part is None or problem.key == _ABOUT_FILE:
            return [problem]
        row = messages.find_row(problem.key)
        message = messages.fill(row["hier"], fields) if "hier" in row else problem.message
        return [replace(problem, message=message, place=replace(problem.place, part=part))]


def find_uses(package: Package) -> list[Use]:
    """Return every word that the template in `package` uses, in the order in which it stands.

    A template with faults is gone through as well: its tags are mended as for the check.
    """
    knowledge = Knowledge(make_environment(True), True, (), frozenset(), Styles({}, {}, {}))
    outline, uses = outline_levels(package), list[Use]()
    for member, name in part_names(package).items():
        data, kind, place = (
            package[member],
            package.types.of(member),
            Place(package.name, part=name),
        )
        if kind in STORY_TYPES:
            story = load_story(data, place, outline)
            story.mark()
        else:
            story, _ = load_properties(data, kind, place)
        check = TagCheck(knowledge, story.marks.tags)
        check.check_tags()
        uses += check.words.uses.values()
    return list(dict.fromkeys(uses))


def _all_names(fields: Sequence[Field]) -> list[str]:
    return [name for one in fields for name in (one.name, *_all_names(one.parts))]
