"""The spelling of one tag by itself: what Jinja has against it, in Dutch."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from lrtdocs import messages
from lrtdocs.messages import Fault
from lrtdocs.word.tags.blocks import CELL_WORDS, CONTROL_WORDS, opens_block
from lrtdocs.word.tags.tags import TAG_LIMIT, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.tags.tags import Tag

COMPILE_ERRORS = (SyntaxError, RecursionError, ValueError, TypeError, OverflowError, MemoryError)
"""What Jinja and Python raise for source that is too large or too deep."""
_WITH_VALUE = frozenset(["colspan", "cellbg"])
_NAME = r"(?!(?:and|elif|else|false|for|if|in|is|none|not|or|true)\b)[a-z][a-z_]*"
_WORDS = rf"{_NAME}(?:\.{_NAME})*(?: (?:and|or) {_NAME}(?:\.{_NAME})*)*"
_PLAIN = {
    "value": re.compile(rf"{_WORDS}(?: \| {_NAME})?"),
    "control": re.compile(rf"(?:if |elif |for {_NAME} in ){_WORDS}"),
}
"""What can only be good Jinja, by kind of tag: words, as nearly all tags."""
_REASONS = (
    (r"unknown tag '(?P<found>.+?)'\. Jinja", "LRT302.blok"),
    (r"unexpected '?end of (?:print|statement)", "LRT302.onaf"),
    (r"unexpected '(?P<found>[^']+)', expected '(?P<wanted>[^']+)'", "LRT302.haakje"),
    (r"unexpected end of template|end of print statement', got 'end", "LRT302.ontbreekt"),
    (r"unexpected '(?P<found>.+)'", "LRT302.vreemd"),
    (r"expected token '(?:end of .*?)', got '(?P<found>.+)'", "LRT302.rest"),
    (r"expected token '(?P<wanted>.+?)', got '(?P<found>.+)'", "LRT302.verwacht"),
    (r"Expected an expression, got '(?P<found>.+)'", "LRT302.waarde"),
    (r"unexpected char (?P<found>.+) at", "LRT302.teken"),
    (r"expected name or number", "LRT302.punt"),
)
"""What Jinja says, and our message for it: Jinja's errors have no codes of their own."""
_TOO_COMPLEX = "LRT302.ingewikkeld"
_TOKENS = {
    "end of print statement": "deel.woord_einde",
    "end of statement block": "deel.woord_einde",
    "name": "deel.woord_woord",
    "string": "deel.woord_tekst",
    "integer": "deel.woord_getal",
}


def check_tags(tags: Iterable[Tag], environment: Environment) -> list[Problem]:
    """Return a problem for each of `tags` that is not good Jinja, each on its own."""
    faults = ((tag, fault_of(tag, environment)) for tag in tags)
    return [syntax_problem(fault, tag.place, tag.text) for tag, fault in faults if fault]


def syntax_problem(fault: Fault, place: Place, tag: str) -> Problem:
    """Return `fault` as the problem of the text `tag` at `place`."""
    return messages.problem(fault.key, place, None, **fault.fields, tag=tag)


def fault_of(tag: Tag, environment: Environment) -> Fault | None:
    """Return what is wrong with the spelling of one tag, or None."""
    word, body = tag.word, tag.body
    if tag.kind is TagKind.CONTROL and (word not in CONTROL_WORDS or not body):
        return None  # told where blocks are matched
    if len(body) > TAG_LIMIT:
        return Fault("LRT302.lang", {"most": str(TAG_LIMIT)})
    if word in CELL_WORDS and (body != word) != (word in _WITH_VALUE):
        return Fault("LRT302.iets" if body == word else "LRT302.niets", {"word": word})
    if word == "else" or word.startswith("end"):
        return None if body == word else Fault("LRT302.achter", {"word": word})
    if tag.kind in _PLAIN and _PLAIN[tag.kind].fullmatch(body):
        return None
    source = _completed(tag)
    return _parse(source, environment) if source else None


def _completed(tag: Tag) -> str:
    """Return `tag` as a whole that Jinja can parse: a block with its end, an elif with its if."""
    word, body = tag.word, tag.body
    if word in CELL_WORDS:
        body = body.removeprefix(word).strip()
    if tag.kind is TagKind.VALUE or (word in CELL_WORDS and body):
        return f"{{{{\n{body}\n}}}}"
    if tag.kind is not TagKind.CONTROL or word in CELL_WORDS:
        return ""
    before = "{% if 1 %}" if word == "elif" else ""
    end = "if" if word == "elif" else word if opens_block(tag) else ""
    return before + f"{{%\n{body}\n%}}" + (f"{{% end{end} %}}" if end else "")


@lru_cache(maxsize=1024)
def _parse(source: str, environment: Environment) -> Fault | None:
    """Return why `source` is no Jinja, or None; a template has many of its tags more than once."""
    try:
        environment.parse(source)
    except TemplateSyntaxError as error:
        return translate_syntax(error)
    except COMPILE_ERRORS:
        return Fault(_TOO_COMPLEX)
    return None


def translate_syntax(error: TemplateSyntaxError) -> Fault:
    """Return what Jinja's `error` says, in Dutch, or in its own words when we do not know it."""
    message = error.message or ""
    for pattern, key in _REASONS:
        found = re.search(pattern, message)
        if found:
            return Fault(key, {name: _show(token) for name, token in found.groupdict().items()})
    return Fault("LRT302.anders", {"reason": message.rstrip(".?")})


def _show(token: str) -> str:
    return messages.text(_TOKENS[token]) if token in _TOKENS else token
