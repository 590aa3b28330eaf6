"""One part of a template as a program: Jinja source, its syntax tree, and the way back to the tag.

Every tag stands on a line of its own in the source, so the line of any error, while compiling or
while filling, is the tag it comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import SecurityError

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, suggest
from lrtdocs.messages import FaultError
from lrtdocs.word.compile.environment import UndefinedWordError, WordEnvironment
from lrtdocs.word.compile.language import NeededWords, check_language
from lrtdocs.word.compile.printing import prepare_printing
from lrtdocs.word.package.problems import WordValueError, template_problem
from lrtdocs.word.tags.blocks import (
    BLOCK_WORDS,
    CELL_WORDS,
    MIDDLE_WORDS,
    SINGLE_WORDS,
    opens_block,
)
from lrtdocs.word.tags.tags import TAG_LIMIT, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from lrtdocs.word.tags.paragraphs import Marks

_BRACE = re.compile(r"\{(?=[{%#]|\Z)")
_SYNTAX = (
    (r"unknown tag '(.+?)'\. Jinja", "{0} hoort niet in het blok waar het staat"),
    (r"unexpected '?end of (?:print|statement)", "achter het laatste woord ontbreekt iets"),
    (r"unexpected '([^']+)', expected '([^']+)'", "het haakje {1} ontbreekt"),
    (r"unexpected end of template|end of print statement', got 'end", "er ontbreekt iets"),
    (r"unexpected '(.+)'", "het teken {0} staat op een vreemde plaats"),
    (r"expected token '(?:end of .*?)', got '(.+)'", "na een volledige uitdrukking staat nog: {0}"),
    (r"expected token '(.+?)', got '(.+)'", "verwacht werd {0}, gevonden {1}"),
    (r"Expected an expression, got '(.+)'", "er ontbreekt een woord of waarde"),
    (r"unexpected char (.+) at", "het teken {0} kan hier niet staan"),
    (r"expected name or number", "achter de punt ontbreekt een woord"),
)
_REMEDIES = {
    "ingewikkeld": "Verdeel de tag over kleinere tags.",
    "haakje": "Zet bij elk haakje dat opent ook het haakje dat sluit.",
    "ontbreekt iets": "Schrijf wat er nog hoort te staan, of haal het laatste woord weg.",
    "hoort niet in het blok": "Haal deze tag weg, of zet hem in het blok waar hij bij hoort.",
}
_AS_EXAMPLE = "Vergelijk de tag met een voorbeeld in de handleiding."
_TOKENS = {
    "end of print statement": "het einde",
    "end of statement block": "het einde",
    "name": "een woord",
    "string": "een tekst",
    "integer": "een getal",
}
_KNOWN_WORDS = {*BLOCK_WORDS, *CELL_WORDS, *MIDDLE_WORDS, *SINGLE_WORDS} | {
    f"end{word}" for word in BLOCK_WORDS
}
_COMPILE_ERRORS = (SyntaxError, RecursionError, ValueError, TypeError, OverflowError, MemoryError)


class ProgramError(Exception):
    """A part could not be compiled or filled; `problems` says why and where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


@dataclass(eq=False)
class Program:
    """One part, ready to be filled."""

    template: JinjaTemplate
    source: str
    lines: dict[int, Tag]
    place: Place
    words: dict[str, list[Tag]]
    guarded: set[str]

    def pieces(self, words: dict[str, Any]) -> Iterator[str]:
        """Yield the XML of the part filled with `words`; errors are Python's, see `explain`."""
        return self.template.root_render_func(self.template.new_context(words, shared=True))

    @cached_property
    def traced(self) -> Program:
        """The same program, that prints the same and notes what it does: see `values.tracing`."""
        environment = self.template.environment
        tree = environment.parse(self.source)
        prepare_printing(tree, lambda node: self.lines[node.lineno], traced=True)
        template = _compile(tree, environment, self.place)
        return Program(template, "", self.lines, self.place, self.words, self.guarded)

    def explain(self, error: Exception, words: dict[str, Any]) -> Problem:
        """Return the problem that `error`, raised while filling with `words`, stands for."""
        tag = self._tag_of_error(error.__traceback__)
        place = tag.place if tag else self.place
        found = tag.text if tag else ""
        if isinstance(error, WordValueError):
            remedy = error.remedy
            if tag and tag.kind == "value":
                remedy = remedy.replace(" …}}", f" {tag.body} }}}}")
            return template_problem(error.code, place, error.message, found=found, remedy=remedy)
        if isinstance(error, FaultError):
            return _explain_fault(error, place, found)
        if isinstance(error, UndefinedWordError):
            return _explain_undefined(error, place, found, words)
        if isinstance(error, SecurityError):
            message = "Deze tag doet iets wat niet is toegestaan."
            return template_problem("LRT308", place, message, found=found)
        message = f"Deze tag kan niet worden uitgerekend: {_explain_python(error)}."
        remedy = "Kijk of de gegevens zijn wat de tag verwacht."
        return template_problem("LRT311", place, message, found=found, remedy=remedy)

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


def _explain_fault(error: FaultError, place: Place, found: str) -> Problem:
    """Return the problem of a value that is not what its tag needs, at its cell or line."""
    return messages.problem(
        "LRT311.waarde",
        error.place or place,
        reason=error.message,
        remedy=error.remedy,
        tag=found,
    )


def _explain_undefined(
    error: UndefinedWordError, place: Place, found: str, words: dict[str, Any]
) -> Problem:
    known = error.known
    if known == ["\0"]:
        message = f"'{error.word}' kan niet worden opgezocht: de waarde ervoor is leeg."
        remedy = "Zet {% if … %} en {% endif %} om deze tag heen."
        return template_problem("LRT310", place, message, found=found, remedy=remedy)
    if known == [] and error.word.lstrip("-").isdigit():
        message = f"De lijst in deze tag is te kort: onderdeel [{error.word}] is er niet."
        remedy = "Zet {% if … %} en {% endif %} om deze tag heen, met op de puntjes de lijst."
        return template_problem("LRT310", place, message, found=found, remedy=remedy)
    if known is None:
        known = [word for word in map(str, words) if not word.startswith("_")]
    message = f"Het woord '{error.word}' is niet bekend."
    remedy = suggest(error.word, known)
    if not remedy and known:
        remedy = f"Bekend zijn: {', '.join(sorted(known)[:12])}."
    return template_problem("LRT310", place, message, found=found, remedy=remedy)


def _explain_python(error: Exception) -> str:
    if isinstance(error, ZeroDivisionError | ArithmeticError):
        return "er wordt door nul gedeeld of met een onmogelijk getal gerekend"
    if isinstance(error, RecursionError):
        return "het blijft zichzelf herhalen"
    if isinstance(error, TypeError):
        compared = "not supported between" in str(error)
        return (
            "een tekst, een getal en een datum zijn niet met elkaar te vergelijken"
            if compared
            else "de waarden passen niet bij elkaar"
        )
    return str(error) or type(error).__name__


def check_tags(tags: list[Tag], environment: WordEnvironment) -> list[Problem]:
    """Return a problem for each of `tags` that is not good Jinja, each on its own."""
    problems = []
    for tag in tags:
        reason = _check_tag(tag, environment)
        if reason:
            message = f"Deze tag is niet goed geschreven: {reason.removesuffix('?')}."
            remedy = _remedy_for(reason)
            problems.append(
                template_problem("LRT302", tag.place, message, found=tag.text, remedy=remedy)
            )
    return problems


def _check_tag(tag: Tag, environment: WordEnvironment) -> str:
    """Return what is wrong with the spelling of one tag, or ""."""
    word, body = tag.word, tag.body
    if tag.kind == "control" and word not in _KNOWN_WORDS:
        return ""  # told where blocks are matched
    if len(body) > TAG_LIMIT:
        return f"hij is langer dan {TAG_LIMIT} tekens"
    if tag.kind == "value":
        source = f"{{{{\n{body}\n}}}}"
    elif tag.kind != "control" or not body:
        return ""
    elif word in CELL_WORDS:
        argument = body[len(word) :].strip()
        if bool(argument) != (word in {"colspan", "cellbg"}):
            return f"{word} verwacht {'niets' if argument else 'een waarde'} achter zich"
        source = f"{{{{\n{argument or 1}\n}}}}"
    elif word == "else" or (word.startswith("end") and word[3:] in BLOCK_WORDS):
        return "" if body == word else f"achter {word} hoort niets"
    elif word == "elif":
        source = f"{{% if 1 %}}{{%\n{body}\n%}}{{% endif %}}"
    elif opens_block(tag):
        source = f"{{%\n{body}\n%}}{{% end{word} %}}"
    else:
        source = f"{{%\n{body}\n%}}"
    return _syntax_reason(source, environment)


@lru_cache(maxsize=1024)
def _syntax_reason(source: str, environment: WordEnvironment) -> str:
    """Return why `source` is no Jinja, or ""; a template has many of its tags more than once."""
    try:
        environment.parse(source)
    except TemplateSyntaxError as error:
        return translate_syntax(error.message or "")
    except _COMPILE_ERRORS:
        return "hij is te ingewikkeld"
    return ""


def _remedy_for(reason: str) -> str:
    return next((text for part, text in _REMEDIES.items() if part in reason), _AS_EXAMPLE)


def translate_syntax(message: str) -> str:
    """Return Jinja's `message` in Dutch, or as it is when we do not know it."""
    for pattern, dutch in _SYNTAX:
        found = re.search(pattern, message)
        if found:
            return dutch.format(*(_TOKENS.get(token, token) for token in found.groups()))
    return message.rstrip(".")


def make_source(text: str, marks: Marks) -> tuple[str, dict[int, Tag]]:
    """Return Jinja source for the XML `text` with marks, and which tag stands on which line."""
    pieces: list[str] = []
    lines: dict[int, Tag] = {}
    line = 1
    brace = Tag("internal", "", Place(""), body="'{'", context="plain")

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


def compile_program(text: str, marks: Marks, place: Place, environment: WordEnvironment) -> Program:
    """Compile the XML `text` with marks; raise ProgramError with all problems."""
    source, lines = make_source(text, marks)

    def tag_of(node: nodes.Node) -> Tag:
        return lines.get(node.lineno) or Tag("internal", "", place)

    try:
        tree = environment.parse(source)
        problems = check_language(tree, tag_of, environment, trusted=environment.trusted)
        problems = [p for p in problems if p.found]
        if problems:
            raise ProgramError(problems)
        words = NeededWords(tag_of)
        words.walk(tree.body)
        prepare_printing(tree, tag_of)
        template = _compile(tree, environment, place)
    except TemplateSyntaxError as error:
        tag = lines.get(error.lineno)
        reason = translate_syntax(error.message or "")
        message = f"Deze tag is niet goed geschreven: {reason}."
        where, found = (tag.place, tag.text) if tag else (place, "")
        remedy = _remedy_for(reason)
        problem = template_problem("LRT302", where, message, found=found, remedy=remedy)
        raise ProgramError([problem]) from error
    except _COMPILE_ERRORS as error:
        message = "Dit deel van het sjabloon is te ingewikkeld."
        remedy = "Nest minder lussen en voorwaarden in elkaar."
        raise ProgramError([template_problem("LRT312", place, message, remedy=remedy)]) from error
    return Program(template, source, lines, place, words.used, words.guarded)


def _compile(tree: nodes.Template, environment: Environment, place: Place) -> JinjaTemplate:
    name = f"<{place.file}, {place.part}>"
    code = environment.compile(tree, name, name)
    return JinjaTemplate.from_code(environment, code, {})
