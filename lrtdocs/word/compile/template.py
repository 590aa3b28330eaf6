"""Compile a Word template once: from a foreign .docx to programs that fill it many times.

The tags are those of docxtpl, but they are found on the tree, paragraph by paragraph, and not with
regular expressions over a part; see `paragraphs`, `structure` and `resolve`. Everything that does
not depend on the data is done and checked here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs import messages
from lrtdocs.errors import (
    Place,
    Problem,
    Severity,
    TemplateProblemsError,
    sort_problems,
    suggest,
)
from lrtdocs.word.compile.environment import WordEnvironment, make_environment
from lrtdocs.word.compile.language import list_known
from lrtdocs.word.compile.merge_runs import drop_namespaces, join_runs
from lrtdocs.word.compile.program import Program, compile_program
from lrtdocs.word.compile.resolve import Ids, resolve_story
from lrtdocs.word.compile.spelling import check_numbers, check_tags
from lrtdocs.word.compile.unfilled import check_outside, check_unfilled, check_unshown
from lrtdocs.word.hidden import drop_hidden
from lrtdocs.word.package.archive import Static, pack_member
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import (
    STORY_TYPES,
    XML_HEAD,
    owner_of_rels,
)
from lrtdocs.word.package.package import Package, part_names
from lrtdocs.word.provenance import AUTHOR_TAGS, name_author, sign
from lrtdocs.word.story.cleanup import drop_comments, make_room_for_pictures, mend_bullets
from lrtdocs.word.story.lint import check_parts, check_story
from lrtdocs.word.story.load import Story, load_properties, load_story, outline_levels
from lrtdocs.word.story.notes import note_parts, notes_member
from lrtdocs.word.tags.braces import check_literals, sharpen_unclosed
from lrtdocs.word.tags.fields import check_references
from lrtdocs.word.tags.paragraphs import check_number_of_tags
from lrtdocs.word.values.formatting import Formattings, TagFormatting
from lrtdocs.word.values.numbering import Numbering, Styles, parse_numbering, parse_styles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

DEBUG = "LRTDOCS_DEBUG"
"""The environment variable with which what nobody thought of is raised as it is."""


@dataclass(eq=False)
class Template:
    """A compiled template.

    Documents do not change it, except that the first one is checked in full (`proven`).

    `names` are the top-level words it needs, with the places where they are used; `guarded` are
    those it asks for first (`is defined`, `default`). `warnings` tell what was changed in it, and
    is no reason to refuse it; `literals` what is printed as it stands and may be meant as a tag.
    `notes` are the members with notes that data can move, `footnotes` that for footnotes of texts,
    and the first id that is free in it.
    """

    package: Package
    trusted: bool
    parts: list[Program]
    static: Static
    styles: Styles
    numbering: Numbering
    formattings: Sequence[TagFormatting]
    first_id: int
    link_prefix: str
    warnings: tuple[Problem, ...] = ()
    literals: tuple[Problem, ...] = ()
    names: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    guarded: frozenset[str] = frozenset()
    variants: dict[object, Template] = field(default_factory=dict, repr=False)
    proven: bool = False
    notes: dict[str, str] = field(default_factory=dict)
    footnotes: tuple[str, int] = ("", 1)

    @property
    def name(self) -> str:
        """Return what the user calls the file."""
        return self.package.name


def compile_template(data: bytes, name: str, *, trusted: bool = False) -> Template:
    """Compile the Word template `data`; raise TemplateProblemsError with all its problems.

    `name` is what the user calls the file. `trusted` admits the rest of Jinja's language, still in
    the sandbox.
    """
    return compile_package(read_package(data, name), trusted=trusted)


def compile_package(package: Package, *, trusted: bool) -> Template:
    """Compile a template from a package that passed the guards.

    A foreign file can be wrong in ways nobody thought of; that too ends in a problem. A mistake of
    our own would look the same, so with the environment variable LRTDOCS_DEBUG it is raised.
    """
    try:
        own = package.copy()
        own.warnings += tuple(drop_comments(own))
        drop_hidden(own)
        name_author(own)
        sign(own)
        mend_bullets(own)
        return _Compiler(own, trusted).compile()
    except TemplateProblemsError:
        raise
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        kind = type(error).__name__
        problem = messages.problem("LRT504.opbouw", Place(package.name), kind=kind)
        raise TemplateProblemsError(problem) from error


def check_names(template: Template, known: Iterable[str]) -> list[Problem]:
    """Return a problem for every place where `template` uses a top-level word not in `known`."""
    words = [word for word in known if isinstance(word, str)]
    problems = []
    for word, places in template.names.items():
        if word in words or word in template.guarded:
            continue
        remedy = suggest(word, words) or list_known(words)
        problems += [
            messages.problem("LRT309.woord", place, word=word, found=word, remedy=remedy)
            for place in places
        ]
    return sort_problems(problems)


def judge_literals(template: Template, known: Collection[str]) -> list[Problem]:
    """Return what `template` prints as it stands and was meant as a tag, as bad as it is.

    `known` are the words of the document: beside those a placeholder is an error, and `[naam]` is
    one if there is a word of that name. Without them the data may have words of any name.
    """
    words = {*known, *template.names}
    judged = []
    for problem in template.literals:
        named = problem.fields.get("word") in words
        surely = problem.key != "LRT333.tekst" or named or " " not in problem.found
        if problem.code == "LRT334" and named:
            judged.append(replace(problem, severity=Severity.WARNING))
        elif problem.code != "LRT334":
            judged.append(
                replace(problem, severity=Severity.ERROR) if known and surely else problem
            )
    return sort_problems(judged)


class _Compiler:
    """Compiles the parts of one package and gathers all problems."""

    def __init__(self, package: Package, trusted: bool) -> None:
        self.package, self.trusted = package, trusted
        self.environment: WordEnvironment = make_environment(trusted)
        self.problems: list[Problem] = []
        self.outline, self.by_id = outline_levels(package), package.styles()
        self.formattings, self.ids = Formattings(self.by_id), Ids()
        self.numbering = parse_numbering(package)
        self.styles = parse_styles(package, self.numbering)
        self.parts: list[Program] = []
        self.warnings: list[Problem] = list(package.warnings)
        self.literals: list[Problem] = []
        self.moves_notes = False

    def compile(self) -> Template:
        """Return the template, or raise with all problems."""
        self.problems += check_parts(self.package)
        if not self.problems:
            names = part_names(self.package)
            self.problems += check_unfilled(self.package, names)
            self.warnings += check_unshown(self.package, names)
            for member, name in names.items():
                self._compile_part(member, name)
        if not self.problems:
            self.problems += check_references(self.ids.references, self.ids.bookmarks)
        if self.problems:
            raise TemplateProblemsError(*sort_problems(self.problems))
        return self._template()

    def _compile_part(self, member: str, name: str) -> None:
        kind = self.package.types.of(member)
        place = Place(self.package.name, part=name)
        data, mend = self.package.members[member], False
        if kind in STORY_TYPES:
            story = load_story(data, place, self.outline, set(self.numbering.abstract_of))
            self.warnings += story.accepted
            self.problems += self._errors(story.fields)
            self.moves_notes = self.moves_notes or bool(story.accepted)
            found, mend = self._resolve_story(story, member)
        else:
            story, found = load_properties(data, kind, place)
            found += check_tags(story.marks.tags, self.environment)
        self.problems += found
        if found:
            return
        text = XML_HEAD + etree.tostring(story.root, encoding="unicode")
        if kind in STORY_TYPES:
            own = (xml for form in self.formattings.all for xml in (form.paragraph, form.run))
            text = drop_namespaces(text, own)
        if not story.marks.tags:
            self.package[member] = text.encode()
            return
        try:
            program = compile_program(
                text, story, self.environment, member, mend=mend, trusted=self.trusted
            )
        except TemplateProblemsError as error:
            self.problems += error.problems
        else:
            self.parts.append(program)
            self.warnings += program.warnings

    def _errors(self, problems: Sequence[Problem]) -> list[Problem]:
        """Return the errors among `problems`, and keep the rest as warnings."""
        self.warnings += [one for one in problems if one.severity is not Severity.ERROR]
        return [one for one in problems if one.severity is Severity.ERROR]

    def _resolve_story(self, story: Story, member: str) -> tuple[list[Problem], bool]:
        """Put marks into a story and resolve them; return problems, and if data can break it."""
        root, marks, place = story.root, story.marks, story.place
        make_room_for_pictures(root, self.by_id)
        found = check_story(root, member, self.package, place) + self._errors(check_outside(story))
        for paragraph, where in story.places.items():
            for problem in check_literals(paragraph, where):
                errors = problem.severity is Severity.ERROR
                (found if errors else self.literals).append(problem)
        found += [sharpen_unclosed(problem)[0] for problem in story.mark()]
        too_many = check_number_of_tags(marks, place)
        if too_many:
            return too_many, False
        found += check_tags(marks.tags, self.environment)
        self.warnings += check_numbers(marks.tags)
        in_the_way, resolved = resolve_story(story, self.formattings, self.ids, self.styles)
        found += in_the_way
        if found or resolved is None:
            return found, False
        self.warnings += resolved.warnings
        self.moves_notes = self.moves_notes or resolved.moves_notes
        join_runs(root, marks)
        return resolved.problems, resolved.mend

    def _template(self) -> Template:
        members, dynamic = self.package.members, {part.member for part in self.parts}
        names: dict[str, tuple[Place, ...]] = {}
        guarded: set[str] = set()
        for part in self.parts:
            guarded |= part.guarded
            for word, tags in part.words.items():
                asked = (tag.place for tag in tags if tag.text not in AUTHOR_TAGS)
                if places := tuple(dict.fromkeys(asked)):
                    names[word] = names.get(word, ()) + places
        return Template(
            package=self.package.copy(),  # without trees, which only compiling needs
            trusted=self.trusted,
            parts=self.parts,
            static=Static({n: pack_member(n, members[n]) for n in members if n not in dynamic}),
            styles=self.styles,
            numbering=self.numbering,
            formattings=self.formattings.all,
            first_id=self.ids.first_free(),
            link_prefix=_free_prefix(self.package),
            warnings=tuple(self.warnings),
            literals=tuple(self.literals),
            names=names,
            guarded=frozenset(guarded),
            notes=note_parts(self.package) if self.moves_notes else {},
            footnotes=notes_member(self.package),
        )


def _free_prefix(package: Package) -> str:
    """Return how ids of new relationships can begin in every part of `package`."""
    prefix = "rIdLrt"
    for member in sorted(package):
        if member.endswith(".rels"):
            prefix = package.free_id(owner_of_rels(member), prefix)
    return prefix
