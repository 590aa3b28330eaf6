"""Finding the Jinja tags in the text of one paragraph, and undoing what Word did to them.

The text is that of all runs together, so it does not matter how Word cut a tag. Quotes are
respected: `}}` inside a string does not end a tag. What autocorrect changes (curly quotes, no-break
spaces, dashes, soft hyphens) is put back inside tags only, and inside strings not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

    from lrtdocs.errors import Problem

TAG_LIMIT = 4000
"""The longest tag, in characters; where it ends is not looked for any further."""
OBJECT = "\ufffc"
"""Stands in the text for a picture, field or other thing that is not text."""


class TagKind(StrEnum):
    """What a tag does: print, control what is printed, or nothing.

    An escape stands for braces that are text; an internal tag is made by lrtdocs itself.
    """

    VALUE = "value"
    CONTROL = "control"
    COMMENT = "comment"
    ESCAPE = "escape"
    INTERNAL = "internal"


_OPENING = re.compile(r"\{[{%#]|\{_\{|\}_\}|\{_%|%_\}")
_ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_KINDS = {"{{": TagKind.VALUE, "{%": TagKind.CONTROL, "{#": TagKind.COMMENT}
_DOUBLE = '"“”„‟«»'
_SINGLE = "'‘’‚‛"
_SPACES = "\u00a0\u202f\u2007\u2009\t\n\r"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\ufeff\u2060"
_DASHES = "‐‑‒–—−"
_OUTSIDE = str.maketrans(
    dict.fromkeys(_SPACES, " ") | dict.fromkeys(_INVISIBLE, "") | dict.fromkeys(_DASHES, "-")
)
_PLAIN = re.compile(rf"[^{{}}()\[\]{_DOUBLE}{_SINGLE}]*")
"""What holds neither a string nor a bracket, as nearly all tags."""
_ODD = re.compile(f"[{_DOUBLE}{_SINGLE}{_SPACES}{_INVISIBLE}{_DASHES}{OBJECT}]")
_LEVEL = re.compile(r"(p|tr|tc|r)\s+(?=\S)(.*)", re.DOTALL)
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}")
_ENDRAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_WORD = re.compile(r"[A-Za-z_]\w*")
TEKST_FILTER = re.compile(r"\|\s*tekst\s*(\(\s*\))?\s*$")
LINK_FILTER = re.compile(r"\|\s*link\b")


@dataclass(eq=False, slots=True)
class Tag:
    """One tag: what was typed, what Jinja gets, and where it stands.

    `level` is what the tag replaces: "p", "tr", "tc", "r" or "" (only itself). `owner` is the
    paragraph, `number` that of its mark in the part.
    """

    kind: TagKind
    text: str
    place: Place
    body: str = ""
    level: str = ""
    start: int = 0
    end: int = 0
    trim_before: bool = False
    trim_after: bool = False
    context: str = "text"
    formatting_id: int = -1
    number: int = -1
    owner: etree._Element | None = field(default=None, repr=False)
    followers: list[Tag] = field(default_factory=list, repr=False)

    @property
    def word(self) -> str:
        """Return the first word of a control tag, such as if, for or endif."""
        found = _WORD.match(self.body)
        return found[0] if found and self.kind is TagKind.CONTROL else ""

    @property
    def is_tekst(self) -> bool:
        """Tell whether this prints Markdown."""
        return self.kind is TagKind.VALUE and bool(TEKST_FILTER.search(self.body))

    @property
    def source(self) -> str:
        """Return the tag for Jinja, on a line of its own, so that errors name it."""
        if self.kind is TagKind.COMMENT:
            return ""
        left, right = ("{{", "}}") if self.kind is not TagKind.CONTROL else ("{%", "%}")
        before = "-" if self.trim_before else ""
        after = "-" if self.trim_after else ""
        return f"{left}{before}\n{self.body} {after}{right}"


NOWHERE = Tag(TagKind.INTERNAL, "", Place(""))
"""The tag of what no tag says."""


def find_tags(text: str, place: Place) -> tuple[list[Tag], list[Problem]]:
    """Return the tags in `text` in order, and a problem for every tag without an end."""
    tags: list[Tag] = []
    problems: list[Problem] = []
    position = 0
    while found := _OPENING.search(text, position):
        start, opening = found.start(), found[0]
        if opening in _ESCAPES:
            tags.append(Tag(TagKind.ESCAPE, _ESCAPES[opening], place, start=start, end=found.end()))
            position = found.end()
            continue
        end = _find_end(text, start)
        if end < 0:
            problems.append(_unclosed(text, start, place))
            position = found.end()
            continue
        position = end
        if _RAW.fullmatch(text, start, end):
            position = _add_raw(text, start, end, place, tags, problems)
            continue
        tags.append(_make_tag(text, start, end, place))
    return tags, problems


def _add_raw(
    text: str, start: int, end: int, place: Place, tags: list[Tag], problems: list[Problem]
) -> int:
    """Take `{% raw %}` and its end out of the text; what stands between is no tag."""
    close = _ENDRAW.search(text, end)
    if close is None:
        problems.append(_unclosed(text, start, place))
        return end
    for first, last in ((start, end), close.span()):
        tags.append(Tag(TagKind.COMMENT, text[first:last], place, start=first, end=last))
    return close.end()


def has_tag(text: str) -> bool:
    """Tell whether a tag begins in `text`."""
    return "{{" in text or "{%" in text


def spans_of(tags: Iterable[Tag]) -> list[tuple[int, int]]:
    """Return where `tags` stand; `{% raw %}` up to its end, with what it keeps, is one span."""
    spans: list[tuple[int, int]] = []
    raw: Tag | None = None
    for tag in tags:
        if raw is not None:
            spans.append((raw.start, tag.end))
            raw = None
        elif tag.kind is TagKind.COMMENT and _RAW.fullmatch(tag.text):
            raw = tag
        else:
            spans.append((tag.start, tag.end))
    return spans


def blank_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with a NUL for each character in one of `spans`."""
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def shown_text(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return what a reader sees of `text` without its `spans`."""
    return blank_spans(text, spans).replace("\0", "").replace(OBJECT, "")


def prints_nothing(text: str) -> bool:
    """Tell whether `text` holds only tags that print nothing: what it stands in can go."""
    tags = find_tags(text, Place(""))[0]
    rest = shown_text(text, ((tag.start, tag.end) for tag in tags))
    return not rest.strip() and all(tag.kind is not TagKind.VALUE for tag in tags)


def _unclosed(text: str, start: int, place: Place) -> Problem:
    closing = _CLOSING.get(text[start : start + 2], "}}")
    where = narrow_place(place, text, start, len(text))
    begin = text[start : start + 30].strip()
    return messages.problem("LRT301.open", where, begin=begin, closing=closing)


def narrow_place(place: Place, text: str, start: int, end: int) -> Place:
    """Return the `place` of a paragraph narrowed to the characters `start` to `end` of `text`."""
    return replace(place, column=start + 1, length=end - start, text=text)


def _find_end(text: str, start: int) -> int:
    """Return the offset after the tag that begins at `start`, or -1 when it does not end."""
    opening = text[start : start + 2]
    closing = _CLOSING[opening]
    plain = text.find(closing, start + 2)
    if plain < 0:
        return -1
    if opening == "{#" or _PLAIN.fullmatch(text, start + 2, plain):
        return plain + 2
    window, position, depth = text[start : start + TAG_LIMIT], 2, 0
    while position < len(window):
        char = window[position]
        if depth == 0 and window.startswith(closing, position):
            return start + position + 2
        if window.startswith(("{{", "{%"), position) and window[2:position].strip():
            # no expression holds a tag, so this one has no end of its own
            return plain + 2 if plain < start + position else -1
        if char in _DOUBLE or char in _SINGLE:
            after = _string_end(window, position)
            if after < 0:
                break
            position = after
            continue
        depth += (char in "{[(") - (char in "}])" and depth > 0)
        position += 1
    return plain + 2


def _string_end(text: str, start: int) -> int:
    """Return the offset after the string that begins at `start`, or -1.

    A string opened with a straight quote ends at that quote; one opened with a curly quote ends at
    any quote of the same sort, since Word makes them in pairs that differ.
    """
    opening = text[start]
    closers = opening if opening in "\"'" else (_DOUBLE if opening in _DOUBLE else _SINGLE)
    position = start + 1
    while position < len(text):
        if text[position] == "\\":
            position += 2
            continue
        if text[position] in closers:
            return position + 1
        position += 1
    return -1


def _make_tag(text: str, start: int, end: int, place: Place) -> Tag:
    opening = text[start : start + 2]
    inner = text[start + 2 : end - 2]
    if len(inner) <= TAG_LIMIT:
        inner = normalize(inner)
    shown, where = text[start:end].replace(OBJECT, ""), narrow_place(place, text, start, end)
    tag = Tag(_KINDS[opening], shown, where, start=start, end=end)
    if inner[:1] in {"-", "+"} and tag.kind is not TagKind.COMMENT:
        tag.trim_before, inner = inner[0] == "-", inner[1:]
    if inner[-1:] in {"-", "+"} and tag.kind is not TagKind.COMMENT:
        tag.trim_after, inner = inner[-1] == "-", inner[:-1]
    level = _LEVEL.match(inner)
    if level and not (tag.kind is TagKind.VALUE and level[1] in {"tr", "tc"}):
        tag.level, inner = level[1], level[2]
    tag.body = inner.strip()
    return tag


def normalize(inner: str) -> str:
    """Return the inside of a tag as it was meant: straight quotes, plain spaces and hyphens."""
    if not _ODD.search(inner):
        return inner
    pieces, position = [], 0
    while position < len(inner):
        char = inner[position]
        after = _string_end(inner, position) if char in _DOUBLE or char in _SINGLE else -1
        if after < 0:
            pieces.append(_straight(char) or char.translate(_OUTSIDE))
            position += 1
            continue
        quote = '"' if char in _DOUBLE else "'"
        string = inner[position + 1 : after - 1].replace("\n", " ").replace(OBJECT, "")
        pieces.append(quote + string + quote)
        position = after
    return "".join(pieces).replace(OBJECT, "")


def _straight(char: str) -> str:
    return '"' if char in _DOUBLE else "'" if char in _SINGLE else ""
