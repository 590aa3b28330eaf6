"""What was meant as a tag but is none: single braces, Word's merge fields, [naam] and <naam>.

The engine would print such text as it stands, so nobody is warned before the letter is read. What
can be nothing else than a tag is refused when a template is compiled too (`check_literals`); of
other text, who knows the words of the document says how bad it is. `[sic]` and `{1, 2}` are text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.word.tags.blocks import BLOCK_WORDS, MIDDLE_WORDS
from lrtdocs.word.tags.fields import OF_MERGES, codes_of
from lrtdocs.word.tags.paragraphs import text_of
from lrtdocs.word.tags.tags import Tag, TagKind, blank_spans, find_tags, narrow_place, spans_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lxml import etree

_INSIDE = r"\s*(?P<inside>[A-Za-z_][^{}\n]{0,120}?)\s*"
_BRACES = re.compile(
    rf"(?P<left>\$?\{{(?:\s?\{{)?)(?P<sign>%?)(?:(?:p|tr|tc|r)\s)?{_INSIDE}(?P<end>%?)"
    r"(?P<right>\}(?:\s?\})?)"
)
_LOOSE = re.compile(r"\}\}|%\}")
_BESIDE = re.compile(r"(?<=\0)\}|\{(?=\0)")
_GUILLEMETS = re.compile(
    r"(?:[«‹]|\[\[|<<)\s*(?P<inside>[A-Za-z_][\w .]{0,60}?)\s*(?:[»›]|\]\]|>>)"
)
_NAME = r"(?P<inside>[A-Za-z_][\w .-]{0,60}?)"
_BRACKETS = re.compile(
    rf"(?:\{{[!(\[]|[$(]\(|\[|<[#%?]?=?)\s*{_NAME}\s*(?:[!)\]]\}}|\)\)?|\]|[#%?]?>)"
)
_BETWEEN = re.compile(rf"(?<!\w)(?P<sign>%%?|##?|\$\$?|@@?|~|\||&|__){_NAME}(?P=sign)(?!\w)")
"""What other programs put around a word: [naam], <%= naam %>, %naam%, #naam#."""
_SIGNS = re.compile(r"[{}«‹<\[%#$@~|&]|__")
_MERGE = re.compile(
    # a longer name before the one that it begins with: NEXTIF, NEXT
    rf"^\s*({'|'.join(sorted(OF_MERGES, reverse=True))})" r'\s*"?([^\s"\\]*)',
    re.IGNORECASE,
)
_WORDS = r"[A-Za-z_]\w*(\.\w+)*(\s*\|\s*\w+(\(.*\))?)*"
_CONTROL = rf"(?:{'|'.join((*BLOCK_WORDS, *MIDDLE_WORDS))}|end\w+)\b"
_HALF = rf"\{{\{{{_INSIDE}(?P<right>\}}(?!\}})|$)"
_UNCLOSED_CONTROL = (
    r"\{{1,2}%[-+]?\s*(?P<level>p|tr|tc|r)?\s*(?P<body>[A-Za-z]\w*\b[^{}%]*)%?\}{0,2}"
)
"""Compiled where a mistake is told: most templates have none."""


def brace_problem(place: Place, found: str, meant: str) -> Problem:
    """Return the problem of braces that are not two by two."""
    text = re.fullmatch(r"\{[^{}%'\\]*\}", found)
    told = {"found": found, "meant": meant, "plain": f"{{{{ '{found}' }}}}"}
    return messages.problem("LRT330.enkel" if text else "LRT330.tag", place, None, **told)


def sharpen_unclosed(problem: Problem) -> tuple[Problem, Tag | None]:
    """Return the problem of a tag without an end with the tag as meant, and the block it opens.

    The block counts as there, so that its end is not told as one too many. Any other problem stays
    as it is.
    """
    if problem.key != "LRT301.open":
        return problem, None
    place, begin = problem.place, problem.fields["begin"]
    text = (place.text or "")[(place.column or 1) - 1 :]
    half = re.match(_HALF, text)
    inside = half["inside"].rstrip(" %") if half is not None else ""
    if half is not None and (half["right"] or re.fullmatch(_WORDS, inside)):
        meant, where = f"{{{{ {inside} }}}}", _at(place, half)
        if half["right"]:
            return brace_problem(where, half[0], meant), None
        return messages.problem(
            "LRT301.bedoeld", where, begin=begin, found=half[0], meant=meant
        ), None
    control = re.match(_UNCLOSED_CONTROL, text)
    if control is None:
        short = {**problem.fields, "found": text[:40]}
        return messages.problem("LRT301.kort", place, None, **short), None
    body, level, where = control["body"].strip(), control["level"] or "", _at(place, control)
    told = messages.problem(
        "LRT301.bedoeld", where, begin=begin, found=control[0], meant=f"{{%{level} {body} %}}"
    )
    return told, Tag(TagKind.CONTROL, control[0], where, body, level)


def _at(place: Place, found: re.Match[str]) -> Place:
    return replace(place, length=len(found[0].rstrip()))


def check_literals(paragraph: etree._Element, place: Place) -> list[Problem]:
    """Return what in `paragraph` was meant as a tag and would be printed as it stands.

    What can be nothing else than a tag is an error. Every [placeholder] is in it: whoever knows the
    words knows which of them is one.
    """
    text = text_of(paragraph)
    if not _SIGNS.search(text):
        return [*check_merge_fields(paragraph, place)]
    tags, unclosed = find_tags(text, place)
    if unclosed:  # told where the tags are marked
        return []
    told = check_text(paragraph, text, spans_of(tags), place)[0]
    return [*told, *check_merge_fields(paragraph, place)]


def check_text(
    paragraph: etree._Element,
    text: str,
    spans: Iterable[tuple[int, int]],
    place: Place,
    known: Collection[str] | None = None,
) -> tuple[list[Problem], list[Tag]]:
    """Return what in `text`, that of `paragraph`, was meant as a tag; and the blocks it would open.

    `spans` are the tags in it, and what was told of it already. `known` are all words of the
    document, parts included; without them any word may be one.
    """
    whole = text
    text = blank_spans(text, spans)
    problems: list[Problem] = []
    blocks: list[Tag] = []
    for found in _BRACES.finditer(text):
        problem, block = _brace(found, whole, place)
        problems += [problem] if problem else []
        blocks += [block] if block else []
    blank = _BRACES.sub(lambda found: "\0" * len(found[0]), text)
    problems += _loose(blank, whole, place)
    problems += _placeholders(blank, whole, place, known)
    fields = {word for _, word, _ in _merges(paragraph)}  # which show themselves as «Naam»
    return [one for one in problems if one.found.strip("«»‹› ") not in fields], blocks


def _brace(found: re.Match[str], text: str, place: Place) -> tuple[Problem | None, Tag | None]:
    where = narrow_place(place, text, *found.span())
    inside = found["inside"].strip()
    if found["sign"] or found["end"] or re.match(_CONTROL, inside):
        problem = brace_problem(where, found[0], f"{{% {inside} %}}")
        return problem, Tag(TagKind.CONTROL, found[0], where, inside)
    if not re.fullmatch(_WORDS, inside):
        return None, None
    problem = brace_problem(where, found[0], f"{{{{ {inside} }}}}")
    left, right = found["left"].lstrip("$"), found["right"]
    sure = left == "{{" or right == "}}" or len(left + right) > len("{}") + 1
    return problem if sure else replace(problem, severity=Severity.WARNING), None


def _loose(blank: str, text: str, place: Place) -> Iterator[Problem]:
    for found in _LOOSE.finditer(blank):
        opening, plain = ("{{", "}_}") if found[0] == "}}" else ("{%", "%_}")
        where = _place(found, text, place)
        yield messages.problem("LRT330.los", where, found=found[0], opening=opening, plain=plain)
    for found in _BESIDE.finditer(blank):
        where, plain = _place(found, text, place), f"{{{{ '{found[0]}' }}}}"
        yield messages.problem("LRT330.naast", where, found=found[0], plain=plain)


def _placeholders(
    blank: str, text: str, place: Place, known: Collection[str] | None
) -> Iterator[Problem]:
    for found in _GUILLEMETS.finditer(blank):
        word, where = merge_word(found["inside"], known or ()), _place(found, text, place)
        yield messages.problem("LRT333.tekst", where, found=found[0], word=word)
    blank = _GUILLEMETS.sub(lambda found: "\0" * len(found[0]), blank)
    bare = _BRACKETS.sub(lambda found: "\0" * len(found[0]), blank)
    for found in (*_BRACKETS.finditer(blank), *_BETWEEN.finditer(bare)):
        word, where = _plain(found["inside"]), _place(found, text, place)
        if known is None or word in known:
            yield messages.problem("LRT334", where, found=found[0], word=word)


def _place(found: re.Match[str], text: str, place: Place) -> Place:
    return narrow_place(place, text, *found.span())


def merge_word(name: str, known: Collection[str]) -> str:
    """Return the word for a merge field called `name`: one of `known`, or `name` as a word."""
    plain = _plain(name)
    same = (word for word in known if word.replace("_", "") == plain.replace("_", ""))
    return plain if plain in known else min(same, default=plain)


def _plain(name: str) -> str:
    """Return `name` ("Onze referentie") as a word."""
    return "_".join(re.split(r"[\s.-]+", name.strip().lower()))


# --- fields


def check_merge_fields(paragraph: etree._Element, place: Place) -> Iterator[Problem]:
    """Yield a warning for each merge field of Word in `paragraph`: nothing fills it."""
    for name, word, code in _merges(paragraph):
        told = {"name": name.upper(), "found": code.strip()}
        if word:
            yield messages.problem("LRT333.veld", place, None, **told, word=_plain(word))
        else:
            yield messages.problem("LRT333.leeg_veld", place, None, **told)


def _merges(paragraph: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Yield of each merge field in `paragraph` what it does, with which word, and its code."""
    for code in codes_of(paragraph):
        if found := _MERGE.match(code):
            yield found[1], found[2], code
