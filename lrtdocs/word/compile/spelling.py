"""Tags that are not well written: what is wrong, and the tag as it was probably meant.

Every way in which people and Word spoil a tag is a small function from the wrong body to a better
one. What is proposed was tried first: a remedy that is itself a mistake is never told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.messages import Fault
from lrtdocs.word.compile.language import fault_of, syntax_problem
from lrtdocs.word.tags.blocks import (
    BLOCK_WORDS,
    CONTROL_WORDS,
    END_WORDS,
    MIDDLE_WORDS,
    opens_block,
    unknown_word,
)
from lrtdocs.word.tags.braces import brace_problem
from lrtdocs.word.tags.tags import Tag, TagKind, narrow_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2 import Environment

    from lrtdocs.errors import Problem

_GLUED = re.compile(
    rf"(tr|tc|p|r)({'|'.join(sorted(CONTROL_WORDS, key=len, reverse=True))})\b(.*)", re.DOTALL
)
_TYPOGRAPHY = {"≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "…": "...", "⇒": "=>",
               "→": "->", "½": "1/2"}  # fmt: skip
_PLAIN = str.maketrans(_TYPOGRAPHY)
_DUTCH_WORDS = {
    "als": "if", "anders": "else", "voor": "for", "einde": "endif", "eindals": "endif",
    "eindvoor": "endfor", "zet": "set", "elseif": "elif", "elsif": "elif", "foreach": "for",
    "end": "endif", "fi": "endif", "endloop": "endfor",
}  # fmt: skip
_JOINERS = {"en": "and", "of": "or", "niet": "not", "&&": "and", "||": "or", "AND": "and",
            "OR": "or", "NOT": "not"}  # fmt: skip
_SIGNS = {"=<": "<=", "=>": ">=", "<>": "!=", "===": "==", "!==": "!="}
_ELSEWHERE = {"each": "for regel in {}", "unless": "if not {}", "if": "if {}", "for": "for {}"}
"""What a block begins with in Handlebars, and here."""
_SPACED = re.compile(rf"(?!.*\b(?:{'|'.join(CONTROL_WORDS)}|and|or|not|in|is)\b)\w+(?: \w+)+")
_HALF_OPEN = re.compile(r"\{\{(?P<inside>[^{}]+?)\}(?!\})")
_THOUSANDS = re.compile(r"(?<![\w.])[1-9]\d{0,2}\.\d{3}(?![\w.])")
_STRING = re.compile(r"('[^']*'|\"[^\"]*\")")
_NAME = re.compile(r"\b[A-Za-z_]\w*\b")
LOST = "lrt_lost_word"
"""Stands in a mended tag for what cannot be known; nothing is told of it."""


class Meant(NamedTuple):
    """A tag as it was meant, with what is told of it if that has a message of its own."""

    tag: Tag
    fault: Fault | None = None


class Mended(NamedTuple):
    """A tag that is told: the problem, a tag that does its work, and what names are lost by it.

    So one mistake is one problem: the block that a wrong tag opens is still a block, and the
    variable of a wrong loop is still known.
    """

    problem: Problem
    tag: Tag
    lost: frozenset[str] = frozenset()


def check_tags(tags: Iterable[Tag], environment: Environment) -> list[Problem]:
    """Return a problem for each of `tags` that is not well written, and read it as it was meant."""
    told = [(tag, mended) for tag in tags if (mended := mend(tag, environment))]
    for tag, mended in told:
        tag.kind, tag.body, tag.level = mended.tag.kind, mended.tag.body, mended.tag.level
    return [mended.problem for _, mended in told]


def check_numbers(tags: Iterable[Tag]) -> Iterator[Problem]:
    """Yield a warning for each number with a point where Dutch has one for thousands."""
    for tag in tags:
        for found in _THOUSANDS.findall(_STRING.sub("", tag.body) if "." in tag.body else ""):
            told = {"number": found, "whole": found.replace(".", ""), "found": tag.text}
            yield messages.problem("LRT356.duizend", tag.place, None, **told)


def mend(tag: Tag, environment: Environment) -> Mended | None:
    """Return what is wrong with how `tag` is written, and what was meant; None when it is well."""
    better = _first_good(_orders(tag), environment)
    if better is None and _is_good(tag, environment):
        return None
    if better is None:
        tries = (one for strategy in _STRATEGIES for one in strategy(tag))
        better = _first_good(tries, environment)
    problem = _problem(tag, better, environment)
    return Mended(problem, better.tag) if better else Mended(problem, *_stand_in(tag))


def _first_good(tries: Iterator[Meant], environment: Environment) -> Meant | None:
    return next((one for one in tries if _is_good(one.tag, environment)), None)


def _is_good(tag: Tag, environment: Environment) -> bool:
    return not _is_unknown(tag) and fault_of(tag, environment) is None


def _is_unknown(tag: Tag) -> bool:
    return tag.kind is TagKind.CONTROL and tag.word not in CONTROL_WORDS


def _problem(tag: Tag, better: Meant | None, environment: Environment) -> Problem:
    """Return the problem of `tag`: braces that swallow the next tag, what was meant, or Jinja's."""
    half = _HALF_OPEN.match(tag.text) if tag.kind is TagKind.VALUE else None
    if half is not None:
        place = tag.place
        if place.text is not None and place.column is not None:
            start = place.column - 1
            place = narrow_place(place, place.text, start, start + half.end())
        return brace_problem(place, half[0], f"{{{{ {half['inside'].strip()} }}}}")
    meant = shown(better.tag) if better else ""
    if better and better.fault:
        fields = {"found": tag.text, "meant": meant, **better.fault.fields}
        return messages.problem(better.fault.key, tag.place, None, **fields)
    fault = fault_of(tag, environment)
    problem = syntax_problem(fault, tag.place, tag.text) if fault else unknown_word(tag)
    if not meant:
        return problem
    return replace(problem, remedy=messages.text("deel.schrijf", meant=meant))


# --- what a tag may have been meant as


def _orders(tag: Tag) -> Iterator[Meant]:
    """Yield the order that was put between {{ and }}: `{{ if plaats }}`."""
    word = tag.body.partition(" ")[0]
    orders = (*END_WORDS, "else") if tag.body == word else ("if", "for", "elif", "set")
    if tag.kind is TagKind.VALUE and word in orders:
        order = replace(tag, kind=TagKind.CONTROL)
        yield Meant(order, Fault("LRT302.geen_waarde", {"word": word}))


def _levels(tag: Tag) -> Iterator[Meant]:
    """Yield the tag with the letter for its level (p, tr, tc, r) where it belongs."""
    glued = _GLUED.fullmatch(tag.body)
    if glued and not tag.level:
        better = replace(tag, level=glued[1], body=glued[2] + glued[3])
        yield Meant(better, Fault("LRT331.vast", {"level": glued[1]}))
    spaced = re.fullmatch(r"(p|tr|tc|r)[\s+-]+(.+)", tag.body, re.DOTALL)
    if spaced and tag.kind is TagKind.CONTROL:
        better = replace(tag, level=spaced[1], body=spaced[2])
        dash = not tag.body[len(spaced[1])].isspace()
        yield Meant(
            better, Fault("LRT331.streepje" if dash else "LRT331.spatie", {"level": spaced[1]})
        )


def _elsewhere(tag: Tag) -> Iterator[Meant]:
    """Yield what other languages say as Jinja does: `{{#if naam}}`, `{{/if}}`, `a ? b : c`."""
    choice = re.fullmatch(r"(.+?)\s*\?\s*(.+?)\s*:\s*(.+)", tag.body)
    if choice:
        yield Meant(replace(tag, body=f"{choice[2]} if {choice[1]} else {choice[3]}"))
    found = re.fullmatch(r"([#^/])\s*(\w+)\s*(.*)", tag.body)
    if found is None or tag.kind is not TagKind.VALUE:
        return
    sign, word, rest = found.groups()
    body = _ELSEWHERE[word].format(rest) if word in _ELSEWHERE else f"if {word}"
    if sign == "/":
        body = "endfor" if word in {"each", "for"} else "endif"
    elif sign == "^":
        body = f"if not {word}"
    yield Meant(replace(tag, kind=TagKind.CONTROL, body=body))


def _typed(tag: Tag) -> Iterator[Meant]:
    """Yield the tag with plain signs in the place of those that Word made of them."""
    body = _replace_outside_strings(tag.body, lambda text: text.translate(_PLAIN))
    if body != tag.body:
        signs = " en ".join(f"'{sign}'" for sign in _TYPOGRAPHY if sign in tag.body)
        yield Meant(replace(tag, body=body), Fault("LRT332", {"signs": signs}))


_MENDS: tuple[Callable[[str], str], ...] = (
    lambda text: re.sub(r"(?<![=!<>])=(?!=)", "==", text),
    lambda text: "".join(_JOINERS.get(piece, piece) for piece in re.split(r"(\s+)", text)),
    lambda text: re.sub(r"=<|=>|<>|={3}|!==", lambda sign: _SIGNS[sign[0]], text),
    lambda text: re.sub(r"\s+(?:then|dan)$", "", text),
    lambda text: text.strip(" .,:;|{}=@$#!?/&%*^…"),
    lambda text: f"{text.rstrip()}'" if text.count("'") % 2 else text,
    lambda text: f'{text.rstrip()}"' if text.count('"') % 2 else text,
    lambda text: re.sub(r"(?<=\d),(?=\d)", ".", text),
    lambda text: "_".join(text.split()) if _SPACED.fullmatch(text.strip()) else text,
    lambda text: re.sub(r"(?<=[a-z])-(?=[a-z])", "_", text),
)
"""One = for two, a Dutch en or of, signs of other languages, a space or hyphen for _."""


def _mends(tag: Tag) -> Iterator[Meant]:
    for mend in _MENDS:
        body = _replace_outside_strings(tag.body, mend)
        if body != tag.body:
            yield Meant(replace(tag, body=body))


def _words(tag: Tag) -> Iterator[Meant]:
    """Yield the tag with a word that templates know: in lower case, joined, in English or near."""
    word, rest = tag.word, tag.body[len(tag.word) :]
    if _is_unknown(tag):
        lowered = word.lower() + rest
        joined = re.sub(r"end\s+(?=\w)", "end", lowered.lower())
        yield Meant(replace(tag, body=joined if joined in END_WORDS else lowered))
    if word in _DUTCH_WORDS:
        dutch = Fault("LRT302.nederlands", {"word": word})
        yield Meant(replace(tag, body=_DUTCH_WORDS[word] + rest), dutch)
    elif _is_unknown(tag):
        end = "end" if word.startswith("end") else ""
        known = BLOCK_WORDS if end else CONTROL_WORDS
        for near in get_close_matches(
            word.removeprefix(end), known, n=2, cutoff=0.5 if end else 0.6
        ):
            yield Meant(replace(tag, body=end + near + rest))


def _shapes(tag: Tag) -> Iterator[Meant]:
    """Yield control tags of the right shape: else if, endif with something behind it, for."""
    word, rest = tag.word, tag.body[len(tag.word) :].strip()
    if word == "else" and rest:
        yield Meant(replace(tag, body=f"elif {rest.removeprefix('if').strip()}"))
    elif word in END_WORDS and rest:
        yield Meant(replace(tag, body=word))
    elif word == "for":
        middle = re.fullmatch(r"(\w+)\s+(?:on|of|van|uit|=|:|:=)\s*(.+)", rest)
        if middle:
            yield Meant(replace(tag, body=f"for {middle[1]} in {middle[2]}"))
        elif re.fullmatch(r"[\w.]+", rest):
            yield Meant(replace(tag, body=f"for regel in {rest}"))


_STRATEGIES = (_levels, _elsewhere, _typed, _mends, _words, _shapes)


def _replace_outside_strings(body: str, mend: Callable[[str], str]) -> str:
    pieces = _STRING.split(body)
    return "".join(p if index % 2 else mend(p) for index, p in enumerate(pieces))


def shown(tag: Tag) -> str:
    """Return `tag` as it should be typed."""
    if tag.kind is TagKind.VALUE:
        return f"{{{{{tag.level + ' ' if tag.level else ' '}{tag.body} }}}}"
    return f"{{%{tag.level} {tag.body} %}}"


def _stand_in(tag: Tag) -> tuple[Tag, frozenset[str]]:
    """Return what comes in the place of a `tag` that cannot be mended, and the names it may make.

    An opening tag still opens its block, and an end still ends one.
    """
    word = tag.word
    names = {*_NAME.findall(tag.body)} - {"in", "if", "for", "set"}
    body = ""
    if word == "for":
        body = f"for {LOST} in {LOST}"
    elif word == "if" or word in MIDDLE_WORDS:
        body, names = (word if word == "else" else f"{word} {LOST}"), set()
    elif word != "set" and (word in END_WORDS or opens_block(tag)):
        body = word
    elif word not in CONTROL_WORDS:
        names = set()
    kind = TagKind.CONTROL if body else TagKind.COMMENT
    return replace(tag, kind=kind, body=body), frozenset(names)
