"""Tags that are not well written: what is wrong, and the tag as it was probably meant.

Every way in which people and Word spoil a tag is a small function from the wrong body to a better
one. What is proposed was tried first: a remedy that is itself a mistake is never told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.word.compile.syntax import check_tags
from lrtdocs.word.tags.blocks import (
    BLOCK_WORDS,
    CELL_WORDS,
    MIDDLE_WORDS,
    SINGLE_WORDS,
    opens_block,
    unknown_word,
)
from lrtdocs.word.tags.braces import brace_problem
from lrtdocs.word.tags.tags import Tag, narrow_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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
LOST = "lrt_lost_word"
"""Stands in a mended tag for what cannot be known; nothing is told of it."""


def check_spelling(tag: Tag, environment: Environment) -> list[Problem]:
    """Return the problem of `tag` when it is not well written, with the tag as it was meant."""
    if tag.kind == "control" and tag.body and tag.word not in _KNOWN:
        return [_sharpen(tag, unknown_word(tag), environment)]
    if tag.kind == "control" and not tag.body:
        return [unknown_word(tag)]
    order = _as_order(tag)
    if order is not None and _is_good(order, environment):
        return [_to_write(tag, Meant(order, "LRT302.geen_waarde", {"word": order.word}))]
    return [_sharpen(tag, problem, environment) for problem in check_tags([tag], environment)]


class Meant(NamedTuple):
    """A tag as it was meant, with the key and fields of a message of its own or "" for none."""

    tag: Tag
    key: str = ""
    fields: Mapping[str, object] = MappingProxyType({})


def _sharpen(tag: Tag, problem: Problem, environment: Environment) -> Problem:
    """Return `problem` with a message of its own and the right tag, where both can be told."""
    half = _HALF_OPEN.match(tag.text)
    if half is not None and tag.kind == "value":
        return _half_open(tag, half)
    better = _best(tag, environment)
    if better is None:
        return problem
    if better.key:
        return _to_write(tag, better)
    return replace(problem, remedy=messages.text("deel.schrijf", meant=shown(better.tag)))


def _to_write(tag: Tag, meant: Meant) -> Problem:
    fields = {"found": tag.text, "meant": shown(meant.tag), **meant.fields}
    return messages.problem(meant.key, tag.place, None, **fields)


def _best(tag: Tag, environment: Environment) -> Meant | None:
    """Return the first that `tag` may have been meant as and that is good, or None."""
    meant = (one for strategy in _STRATEGIES for one in strategy(tag))
    return next((one for one in meant if _is_good(one.tag, environment)), None)


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
        place = narrow_place(place, place.text, start, start + half.end())
    return brace_problem(place, half[0], f"{{{{ {half['inside'].strip()} }}}}")


def _is_good(tag: Tag, environment: Environment) -> bool:
    known = tag.kind != "control" or tag.word in _KNOWN
    return known and not check_tags([tag], environment)


# --- what a tag may have been meant as


def _orders(tag: Tag) -> Iterator[Meant]:
    order = _as_order(tag)
    if order is not None:
        yield Meant(order)


def _levels(tag: Tag) -> Iterator[Meant]:
    """Yield the tag with the letter for its level (p, tr, tc, r) where it belongs."""
    glued = _GLUED.fullmatch(tag.body)
    if glued and not tag.level:
        better = replace(tag, level=glued[1], body=glued[2] + glued[3])
        yield Meant(better, "LRT331.vast", {"level": glued[1]})
    spaced = re.fullmatch(r"(p|tr|tc|r)\s+(.+)", tag.body, re.DOTALL)
    if spaced and tag.kind == "control":
        better = replace(tag, level=spaced[1], body=spaced[2])
        yield Meant(better, "LRT331.spatie", {"level": spaced[1]})


def _typed(tag: Tag) -> Iterator[Meant]:
    """Yield the tag with plain signs in the place of those that Word made of them."""
    body = _replace_outside_strings(tag.body, _plain_signs)
    if body != tag.body:
        signs = " en ".join(f"'{sign}'" for sign in _TYPOGRAPHY if sign in tag.body)
        yield Meant(replace(tag, body=body), "LRT332", {"signs": signs})


def _mends(tag: Tag) -> Iterator[Meant]:
    for mend in _MENDS:
        body = _replace_outside_strings(tag.body, mend)
        if body != tag.body:
            yield Meant(replace(tag, body=body))


def _words(tag: Tag) -> Iterator[Meant]:
    """Yield the tag with a word that templates know: in lower case, joined, in English or near."""
    word, rest = tag.word, tag.body[len(tag.word) :]
    unknown = tag.kind == "control" and word not in _KNOWN
    if unknown:
        lowered = word.lower() + rest
        joined = re.sub(r"end\s+(?=\w)", "end", lowered.lower())
        yield Meant(replace(tag, body=joined if joined in _ENDS else lowered))
    if word in _DUTCH_WORDS:
        yield Meant(
            replace(tag, body=_DUTCH_WORDS[word] + rest), "LRT302.nederlands", {"word": word}
        )
    elif unknown:
        for near in get_close_matches(word, _KNOWN, n=2, cutoff=0.6):
            yield Meant(replace(tag, body=near + rest))


def _shapes(tag: Tag) -> Iterator[Meant]:
    """Yield control tags of the right shape: else if, endif with something behind it, for."""
    word, rest = tag.word, tag.body[len(tag.word) :].strip()
    if word == "else" and rest:
        yield Meant(replace(tag, body=f"elif {rest.removeprefix('if').strip()}"))
    elif word in _ENDS and rest:
        yield Meant(replace(tag, body=word))
    elif word == "for":
        middle = re.fullmatch(r"(\w+)\s+(?:on|of|van|uit|=|:|:=)\s*(.+)", rest)
        if middle:
            yield Meant(replace(tag, body=f"for {middle[1]} in {middle[2]}"))
        elif re.fullmatch(r"[\w.]+", rest):
            yield Meant(replace(tag, body=f"for regel in {rest}"))


_STRATEGIES = (_orders, _levels, _typed, _mends, _words, _shapes)


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
    better = _best(tag, environment)
    if better is not None:
        return better.tag, set()
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
