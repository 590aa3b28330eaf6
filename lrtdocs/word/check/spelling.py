"""Tags that are not well written: what is wrong, and the tag as it was probably meant.

Every way in which people and Word spoil a tag is a small function from the wrong body to a better
one. What is proposed was tried first: a remedy that is itself a mistake is never told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.word.compile.syntax import check_tags
from lrtdocs.word.package.problems import template_problem
from lrtdocs.word.tags.blocks import (
    BLOCK_WORDS,
    CELL_WORDS,
    MIDDLE_WORDS,
    SINGLE_WORDS,
    opens_block,
    unknown_word,
)
from lrtdocs.word.tags.braces import brace_problem
from lrtdocs.word.tags.tags import Tag, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Environment

    from lrtdocs.errors import Problem

_ENDS = tuple(f"end{word}" for word in BLOCK_WORDS)
_KNOWN = (*BLOCK_WORDS, *CELL_WORDS, *MIDDLE_WORDS, *SINGLE_WORDS, *_ENDS)
_GLUED = re.compile(
    rf"(tr|tc|p|r)({'|'.join(sorted(_KNOWN, key=len, reverse=True))})\b(.*)", re.DOTALL
)
_TYPOGRAPHY = {"≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "…": "...", "⇒": "=>",
               "→": "->", "½": "1/2"}  # fmt: skip
_DUTCH_WORDS = {
    "als": "if", "anders": "else", "voor": "for", "einde": "endif", "eindals": "endif",
    "eindvoor": "endfor", "zet": "set", "elseif": "elif", "elsif": "elif", "foreach": "for",
    "end": "endif", "fi": "endif", "endloop": "endfor",
}  # fmt: skip
_JOINERS = {"en": "and", "of": "or", "niet": "not", "&&": "and", "||": "or", "AND": "and",
            "OR": "or", "NOT": "not"}  # fmt: skip
_HALF_OPEN = re.compile(r"\{\{(?P<inside>[^{}]+?)\}(?!\})")
_ALPHABET = re.compile(r"\b(?P<name>[A-Za-z_]\w*)\b")
LOST = "_lrt_lost"
"""Stands in a mended tag for what cannot be known; nothing is told of it."""


def check_spelling(tag: Tag, environment: Environment) -> list[Problem]:
    """Return the problem of `tag` when it is not well written, with the tag as it was meant."""
    if tag.kind == "control" and tag.body and tag.word not in _KNOWN:
        return [_sharpen(tag, unknown_word(tag), environment)]
    if tag.kind == "control" and not tag.body:
        return [unknown_word(tag)]
    order = _as_order(tag)
    if order is not None and _is_good(order, environment):
        message = f"'{order.word}' is een opdracht; die staat tussen {{% en %}}."
        return [_to_write(tag, "LRT302", order, message)]
    return [_sharpen(tag, problem, environment) for problem in check_tags([tag], environment)]


def _sharpen(tag: Tag, problem: Problem, environment: Environment) -> Problem:
    """Return `problem` with a code of its own and the right tag, where both can be told."""
    half = _HALF_OPEN.match(tag.text)
    if half is not None and tag.kind == "value":
        return _half_open(tag, half)
    better = next((one for one in _candidates(tag) if _is_good(one[1], environment)), None)
    if better is None:
        return problem
    code, meant, message = better
    return _to_write(tag, code or problem.code, meant, message or problem.message)


def _to_write(tag: Tag, code: str, meant: Tag, message: str) -> Problem:
    remedy = f"Schrijf {shown(meant)}."
    return template_problem(code, tag.place, message, found=tag.text, remedy=remedy)


def _as_order(tag: Tag) -> Tag | None:
    """Return the order that was put between {{ and }} (`{{ if plaats }}`), or None."""
    order = replace(tag, kind="control")
    bare = tag.body == order.word
    orders = (*_ENDS, "else") if bare else ("if", "for", "elif", "set")
    return order if tag.kind == "value" and order.word in orders else None


def _half_open(tag: Tag, half: re.Match[str]) -> Problem:
    """Return the problem of a tag that swallowed the next one, since a brace is missing."""
    place = tag.place
    if place.text is not None and place.column is not None:
        start = place.column - 1
        place = within(place, place.text, start, start + half.end())
    return brace_problem(place, half[0], f"{{{{ {half['inside'].strip()} }}}}")


def _is_good(tag: Tag, environment: Environment) -> bool:
    known = tag.kind != "control" or tag.word in _KNOWN
    return known and not check_tags([tag], environment)


def _candidates(tag: Tag) -> Iterator[tuple[str, Tag, str]]:
    """Yield what `tag` may have been meant as, with a code and message of their own or ""."""
    order = _as_order(tag)
    if order is not None:
        yield "", order, ""
    glued = _GLUED.fullmatch(tag.body)
    if glued and not tag.level:
        message = f"De opdracht zit vast aan de letter {glued[1]}: er hoort een spatie tussen."
        yield "LRT331", replace(tag, level=glued[1], body=glued[2] + glued[3]), message
    spaced = re.fullmatch(r"(p|tr|tc|r)\s+(.+)", tag.body, re.DOTALL)
    if spaced and tag.kind == "control":
        message = f"Tussen {{% en {spaced[1]} hoort geen spatie."
        yield "LRT331", replace(tag, level=spaced[1], body=spaced[2]), message
    typed = _replace_outside_strings(tag.body, _plain_signs)
    if typed != tag.body:
        signs = " en ".join(f"'{sign}'" for sign in _TYPOGRAPHY if sign in tag.body)
        message = f"In deze tag staat {signs}; Word maakte dat van gewone tekens."
        yield "LRT332", replace(tag, body=typed), message
    for mend in _MENDS:
        body = _replace_outside_strings(tag.body, mend)
        if body != tag.body:
            yield "", replace(tag, body=body), ""
    joined = re.sub(r"end\s+(?=\w)", "end", tag.word.lower() + tag.body[len(tag.word) :].lower())
    lowered = tag.word.lower() + tag.body[len(tag.word) :]
    if tag.kind == "control" and tag.word not in _KNOWN:
        known = next((body for body in (lowered, joined) if body in _ENDS), lowered)
        yield "", replace(tag, body=known), ""
    if tag.word in _DUTCH_WORDS:
        rest = tag.body[len(tag.word) :]
        message = f"'{tag.word}' is geen opdracht die een sjabloon kent."
        yield "", replace(tag, body=_DUTCH_WORDS[tag.word] + rest), message
    elif tag.kind == "control" and tag.word not in _KNOWN:
        yield from _near_words(tag)
    if tag.kind == "control":
        yield from _shapes(tag)


def _near_words(tag: Tag) -> Iterator[tuple[str, Tag, str]]:
    from difflib import get_close_matches

    for word in get_close_matches(tag.word, _KNOWN, n=2, cutoff=0.6):
        yield "", replace(tag, body=word + tag.body[len(tag.word) :]), ""


def _shapes(tag: Tag) -> Iterator[tuple[str, Tag, str]]:
    """Yield control tags of the right shape: else if, endif with something behind it, for."""
    word, rest = tag.word, tag.body[len(tag.word) :].strip()
    if word == "else" and rest.startswith("if"):
        yield "", replace(tag, body=f"elif {rest[2:].strip()}"), ""
    elif word == "else" and rest:
        yield "", replace(tag, body=f"elif {rest}"), ""
    elif word in _ENDS and rest:
        yield "", replace(tag, body=word), ""
    elif word == "for":
        middle = re.fullmatch(r"(\w+)\s+(?:on|of|van|uit|=|:|:=)\s*(.+)", rest)
        if middle:
            yield "", replace(tag, body=f"for {middle[1]} in {middle[2]}"), ""
        elif re.fullmatch(r"[\w.]+", rest):
            yield "", replace(tag, body=f"for regel in {rest}"), ""


def _plain_signs(text: str) -> str:
    return "".join(_TYPOGRAPHY.get(char, char) for char in text)


def _join_words(text: str) -> str:
    pieces = re.split(r"(\s+)", text)
    return "".join(_JOINERS.get(piece, piece) for piece in pieces)


def _compare(text: str) -> str:
    return re.sub(r"(?<![=!<>])=(?!=)", "==", text)


def _drop_end(text: str) -> str:
    return text.rstrip(" .,;|")


def _underscore(text: str) -> str:
    """Join two bare words: `onze referentie` is the word onze_referentie."""
    return "_".join(text.split()) if re.fullmatch(r"\w+(?: \w+)+", text.strip()) else text


def _hyphen(text: str) -> str:
    return re.sub(r"(?<=[a-z])-(?=[a-z])", "_", text)


_MENDS: tuple[Callable[[str], str], ...] = (_compare, _join_words, _drop_end, _underscore, _hyphen)
_STRING = re.compile(r"('[^']*'|\"[^\"]*\")")


def _replace_outside_strings(body: str, mend: Callable[[str], str]) -> str:
    pieces = _STRING.split(body)
    return "".join(p if index % 2 else mend(p) for index, p in enumerate(pieces))


def shown(tag: Tag) -> str:
    """Return `tag` as it should be typed."""
    if tag.kind == "value":
        return f"{{{{{tag.level + ' ' if tag.level else ' '}{tag.body} }}}}"
    return f"{{%{tag.level} {tag.body} %}}"


def mended(tag: Tag, environment: Environment) -> tuple[Tag, set[str]]:
    """Return a tag in the place of a wrong `tag` that does its work, and the words it may make.

    So one mistake is one problem: the block that a wrong tag opens is still a block, and the
    variable of a wrong loop is still known.
    """
    better = next((one for _, one, _ in _candidates(tag) if _is_good(one, environment)), None)
    if better is not None:
        return better, set()
    if tag.kind != "control" or tag.word not in _KNOWN:
        return replace(tag, kind="comment", level=tag.level, body=""), set()
    names = {found["name"] for found in _ALPHABET.finditer(tag.body)} - {"in", "if", "for", "set"}
    if tag.word == "for":
        return replace(tag, body=f"for {LOST} in {LOST}"), names
    if tag.word == "set":
        return replace(tag, kind="comment", body=""), names
    if tag.word in MIDDLE_WORDS or tag.word == "if":
        return replace(tag, body=tag.word if tag.word == "else" else f"{tag.word} {LOST}"), set()
    if tag.word in _ENDS or opens_block(tag):
        return replace(tag, body=tag.word), names
    return replace(tag, kind="comment", body=""), names
