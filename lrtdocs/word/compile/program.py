"""One part of a template as a program: Jinja source, its syntax tree, and the way back to the tag.

Every tag stands on a line of its own in the source, so the line of any error, while compiling or
while filling, is the tag it comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import FilterArgumentError, SecurityError

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, TemplateProblemsError, suggest
from lrtdocs.messages import FaultError
from lrtdocs.word.compile.language import (
    COMPILE_ERRORS,
    TagOf,
    UndefinedWordError,
    check_language,
    syntax_problem,
    translate_syntax,
)
from lrtdocs.word.compile.printing import prepare_printing
from lrtdocs.word.compile.scopes import ScopeWalker
from lrtdocs.word.tags.tags import Tag, TagKind
from lrtdocs.word.values.tracing import move_to_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from lrtdocs.word.compile.value_types import Scope, ValueType
    from lrtdocs.word.story.load import Story
    from lrtdocs.word.tags.paragraphs import Marks

_BRACE = re.compile(r"\{(?=[{%#]|\Z)")


@dataclass(eq=False)
class Program:
    """The part `member`, ready to be filled; `mend` when data can leave a table or cell empty.

    `lines` tell the tag on each line of its source, `words` the tags that use each top-level word;
    the `guarded` ones may be absent, since the template asks whether they are there. Tags that may
    not do what was meant are in `warnings`.
    """

    member: str
    place: Place
    mend: bool
    template: JinjaTemplate
    source: str
    lines: dict[int, Tag]
    words: dict[str, list[Tag]]
    guarded: set[str]
    warnings: list[Problem]

    def pieces(self, words: dict[str, Any]) -> Iterator[str]:
        """Yield the XML of the part filled with `words`; errors are Python's, see `explain`."""
        return self.template.root_render_func(self.template.new_context(words, shared=True))

    @cached_property
    def traced(self) -> Program:
        """The same program, that prints the same and notes what it does: see `values.tracing`."""
        environment = self.template.environment
        tree = environment.parse(self.source)
        prepare_printing(tree, lambda node: self.lines[node.lineno], traced=True)
        return replace(self, template=compile_tree(tree, environment, self.place), source="")

    def explain(self, error: Exception, words: dict[str, Any]) -> Problem:
        """Return the problem that `error`, raised while filling with `words`, stands for."""
        tag = self._tag_of_error(error.__traceback__)
        place = tag.place if tag else self.place
        found = tag.text if tag else ""
        if isinstance(error, FaultError):
            return _explain_fault(error, tag, place)
        if isinstance(error, UndefinedWordError):
            return _explain_undefined(error, place, found, words)
        if isinstance(error, SecurityError):
            return messages.problem("LRT308.tag", place, tag=found)
        kind = type(error).__name__
        return messages.problem(_explain_python(error), place, None, tag=found, kind=kind)

    def _tag_of_error(self, trace: TracebackType | None) -> Tag | None:
        """Return the tag on the line of the template where an error arose."""
        tag = None
        while trace is not None:
            owner = trace.tb_frame.f_globals.get("__jinja_template__")
            if (
                owner is self.template
                or trace.tb_frame.f_code.co_filename == self.template.filename
            ):
                tag = self.lines.get(self.template.get_corresponding_lineno(trace.tb_lineno), tag)
            trace = trace.tb_next
        return tag


def _explain_fault(error: FaultError, tag: Tag | None, place: Place) -> Problem:
    """Return the problem of a value that is not what its tag needs, at its cell or line."""
    key, fields = error.fault.key, dict(error.fault.fields)
    if key.startswith("deel."):
        remedy = error.remedy or messages.text("deel.verbeter_waarde")
        key, fields = "LRT311.waarde", {"reason": error.message, "remedy": remedy}
    if "inside" in fields and tag is not None and tag.kind is TagKind.VALUE:
        fields["inside"] = f"{tag.body} "  # the remedy shows the tag as it should be
    problem = messages.problem(key, place, None, **fields)
    problem = replace(problem, found=tag.text if tag else "")
    return problem if error.place is None else move_to_source(problem, error.place)


def _explain_undefined(
    error: UndefinedWordError, place: Place, found: str, words: dict[str, Any]
) -> Problem:
    word, known = error.word, error.known
    if not word:
        return messages.problem("LRT310.geen", place, tag=found)
    if error.in_nothing:
        return messages.problem("LRT310.leeg", place, word=word, tag=found)
    if known == [] and word.lstrip("-").isdigit():
        return messages.problem("LRT310.kort", place, word=word, tag=found)
    if known is None:
        known = [name for name in map(str, words) if not name.startswith("_")]
    remedy = suggest(word, known)
    if not remedy and known:
        remedy = messages.text("deel.bekende_woorden", names=", ".join(sorted(known)[:12]))
    remedy = remedy or messages.text("deel.haal_onderdeel_weg", name=word)
    return messages.problem("LRT310.woord", place, word=word, remedy=remedy, tag=found)


def _explain_python(error: Exception) -> str:
    """Return the message for an error of Python's own, whose text is English."""
    if isinstance(error, ZeroDivisionError | ArithmeticError):
        return "LRT311.nul"
    if isinstance(error, RecursionError):
        return "LRT311.herhaling"
    if isinstance(error, TypeError):
        # Python has one error for all types that do not go together
        compared = "not supported between" in str(error)
        return "LRT311.vergelijken" if compared else "LRT311.passen"
    if isinstance(error, FilterArgumentError | AssertionError):
        return "LRT311.haakjes"
    fitting = isinstance(error, AttributeError | ValueError | LookupError)
    return "LRT311.passen" if fitting else "LRT311.anders"


class NeededWords(ScopeWalker):
    """The top-level words a part needs, each with the tags that use it; see `Program`."""

    follows_guards = False

    def __init__(self, tag_of: TagOf) -> None:
        super().__init__()
        self.tag_of = tag_of
        self.tags: dict[str, list[Tag]] = {}
        self.guarded: set[str] = set()
        self.warnings: list[Problem] = []

    def met_print(self, node: nodes.Expr, value: ValueType) -> None:  # noqa: ARG002 - a hook
        """Note a tag that says a number and no word: a column with a year above it, perhaps."""
        number = node.value if isinstance(node, nodes.Const) else None
        tag = self.tag_of(node)
        printed = tag.kind is TagKind.VALUE and tag.context not in {"count", "colour"}
        if type(number) is int and printed:
            told = {"number": str(number), "found": tag.text}
            self.warnings.append(messages.problem("LRT356.alleen", tag.place, None, **told))

    def met_word(self, node: nodes.Name, scope: Scope, *, with_parts: bool) -> None:  # noqa: ARG002 - a hook
        """Note the tag of a word."""
        self.tags.setdefault(node.name, []).append(self.tag_of(node))

    def met_asked(self, node: nodes.Node) -> None:
        """Note a word that may be absent."""
        if isinstance(node, nodes.Name):
            self.guarded.add(node.name)


def make_source(text: str, marks: Marks) -> tuple[str, dict[int, Tag]]:
    """Return Jinja source for the XML `text` with marks, and which tag stands on which line."""
    pieces: list[str] = []
    lines: dict[int, Tag] = {}
    line = 1
    brace = Tag(TagKind.INTERNAL, "", Place(""), body="'{'", context="plain")

    def put_tag(tag: Tag) -> None:
        nonlocal line
        source = tag.source
        if source:
            lines[line + 1] = tag
            line += source.count("\n")
            pieces.append(source)
        for follower in tag.followers:
            put_tag(follower)

    for index, piece in enumerate(marks.pattern.split(text)):
        if index % 2:
            put_tag(marks.tags[int(piece)])
            continue
        position = 0
        for found in _BRACE.finditer(piece):
            literal = piece[position : found.start()]
            pieces.append(literal)
            line += literal.count("\n")
            put_tag(brace)
            position = found.end()
        pieces.append(piece[position:])
        line += piece.count("\n", position)
    return "".join(pieces), lines


def compile_program(
    text: str, story: Story, environment: Environment, member: str, *, mend: bool, trusted: bool
) -> Program:
    """Compile `story`, written out as the XML `text` with marks.

    Raise TemplateProblemsError with all problems.
    """
    place = story.place
    source, lines = make_source(text, story.marks)

    def tag_of(node: nodes.Node) -> Tag:
        return lines.get(node.lineno) or Tag(TagKind.INTERNAL, "", place)

    try:
        tree = environment.parse(source)
        problems = check_language(tree, tag_of, environment, trusted=trusted)
        problems = [p for p in problems if p.found]
        if problems:
            raise TemplateProblemsError(*problems)
        words = NeededWords(tag_of)
        words.walk(tree.body)
        prepare_printing(tree, tag_of)
        template = compile_tree(tree, environment, place)
    except TemplateSyntaxError as error:
        tag = lines.get(error.lineno)
        where, found = (tag.place, tag.text) if tag else (place, "")
        problem = syntax_problem(translate_syntax(error), where, found)
        raise TemplateProblemsError(problem) from error
    except COMPILE_ERRORS as error:
        raise TemplateProblemsError(messages.problem("LRT312.deel", place)) from error
    return Program(
        member, place, mend, template, source, lines, words.tags, words.guarded, words.warnings
    )


def compile_tree(tree: nodes.Template, environment: Environment, place: Place) -> JinjaTemplate:
    """Return `tree`, that of the part at `place`, as a program."""
    name = f"<{place.file}, {place.part}>"
    code = environment.compile(tree, name, name)
    return JinjaTemplate.from_code(environment, code, {})
