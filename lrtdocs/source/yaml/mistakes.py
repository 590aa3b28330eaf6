"""Mistakes within a line of YAML: the signs with which items, texts and brackets begin and end."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.model.typed import GLYPHS
from lrtdocs.source.yaml.lines import KEY, Spot
from lrtdocs.source.yaml.nodes import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lrtdocs.errors import Problem
    from lrtdocs.source.yaml.lines import Lines

WORD_KEY = re.compile(r"\s*+(?:-\s++)*+(?P<key>[A-Za-z_][\w-]*)\s*:(?=\s|$)")
_BULLET = rf"[{GLYPHS}*](?=\s)"
_NUMBER = r"\d{1,2}[.)](?=\s)"
_LONG_DASH = r"[\u00ad\u2010-\u2015\u2212]"
_GLUED_DASH = r"-(?=[^\W\d]|[\"'\u2018\u201c(])"
_SIGN = re.compile(rf"{_BULLET}|{_NUMBER}|{_LONG_DASH}|{_GLUED_DASH}")
_ITEM_IN_TEXT = re.compile(rf"-(?=\s|$)|{_BULLET}|{_NUMBER}")
CLOSING = {"[": "]", "{": "}"}
_APOSTROPHE = re.compile(r"'(?:[a-z]{1,2}(?=[\s-])|\d\d\b|[a-z]$)")
"""The apostrophe of 's middags, 't Loo, 's-Gravenhage and '25."""
CURLY = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00ab\u00bb"
_END = {
    "": re.compile(r"\s#(?![^\s#!])|\s*$"),
    "[": re.compile(r"\s*[,\]]"),
    "{": re.compile(r"\s*(?:[}\]]|,(?=\s*[A-Za-z_]\w*:(?:\s|$)))"),
}
"""Where a text ends, by the bracket around it."""
_NO_COLON = re.compile(r" *+(?:- ++)*+(?P<key>[a-z_]+)\s*(?P<sign>[=;：]?)(?:\s+(?P<value>.*)|)$")
ITEM_KEYS = {
    **dict.fromkeys(("agendapunten", "subpunten", "bijlagen"), "titel"),
    **dict.fromkeys(("genodigden", "aanwezig", "afwezig"), "naam"),
    "actiepunten": "wat",
}
"""The key for the text of an item, by the list in which it stands."""
_LONGEST_SHOWN = 160
_FIRST_KEY = re.compile(r"\{\s*[A-Za-z_]\w*:\s")
_AFTER = {
    "'": "LRT123.quote",
    '"': "LRT123.quote",
    "]": "LRT123.haakje",
    "}": "LRT123.haakje",
}
"""The message of text after a value, by the sign with which the value ends."""


class Mistake(NamedTuple):
    """What the writer did wrong, by its message.

    `mend` changes the lines to read on; without it the value in which `spot` stands is spoilt.
    """

    key: str
    spot: Spot
    mend: Callable[[], object] | None = None
    fields: Mapping[str, object] = MappingProxyType({})


def mend(lines: Lines, mistake: Mistake) -> None:
    """Change `lines` so that they can be read on, past `mistake`."""
    if mistake.mend is not None:
        mistake.mend()
    else:
        lines.spoil(*lines.value_spot(mistake.spot))


def problem_at(lines: Lines, key: str, spot: Spot, /, **fields: object) -> Problem:
    """Return the problem `key` of what stands at `spot`, with its place in the file as typed."""
    problem = messages.problem(key, lines.place(*spot), None, **fields)
    return replace(problem, found=shorten(lines.lines[spot.line][spot.column :]))


# --- items


def find_sign(lines: Lines, line: int) -> str:
    """Return the sign with which `line` begins as if it were an item, or ""."""
    match = _SIGN.match(lines.lines[line], lines.indent(line))
    return match.group() if match else ""


def looks_like_item(lines: Lines, line: int) -> bool:
    """Tell whether `line`, in the middle of a text, looks like an item of a list."""
    return _ITEM_IN_TEXT.match(lines.lines[line], lines.indent(line)) is not None


def wrong_sign(lines: Lines, line: int) -> Mistake:
    """Return the mistake of an item on `line` that does not begin with a dash and a space."""
    sign = find_sign(lines, line)
    key = "LRT133.spatie" if sign == "-" else "LRT133.teken"
    spot = Spot(line, lines.indent(line))
    below = lines.next_content(line)
    along = sign == "-" and below is not None and lines.indent(below) == spot.column + 1
    also = messages.text("deel.schuif_mee") if along else ""
    return Mistake(key, spot, lambda: _use_dashes(lines, line), {"sign": sign, "also": also})


def _use_dashes(lines: Lines, line: int) -> None:
    """Give `line`, and all after it in the same list with the same sign, a dash and a space."""
    begin, kind = lines.indent(line), _kind(find_sign(lines, line))
    for row in range(line, len(lines.lines)):
        if not lines.is_content(row):
            continue
        indent = lines.indent(row)
        sign = find_sign(lines, row) if indent == begin else ""
        if indent < begin or (indent == begin and not sign and not lines.is_item(row)):
            break
        if _kind(sign) != kind:
            continue
        text = lines.lines[row]
        end = begin + len(sign)
        lines.lines[row] = f"{text[:begin]}-{' ' * (len(sign) - 1)}{text[end:]}"
        if not text[end : end + 1].isspace():
            lines.insert(row, end, " ")
            below = lines.next_content(row)
            if below is not None and lines.indent(below) == end:
                lines.indent_block(below, end + 1)


def _kind(sign: str) -> str:
    """Return what the signs of one list have in common: numbers differ from item to item."""
    return "1" if sign[:1].isdigit() else sign


def forgotten_dash(lines: Lines, line: int) -> Mistake | None:
    """Return the mistake of a line without a dash between items that have one, or None."""
    begin = lines.indent(line)
    before = filter(lines.is_content, reversed(range(line)))
    above = next((row for row in before if lines.indent(row) <= begin), None)
    if above is None or lines.indent(above) < begin or not lines.is_item(above):
        return None
    return Mistake("LRT133.vergeten", Spot(line, begin), lambda: lines.insert(line, begin, "- "))


def known_keys() -> frozenset[str]:
    """Return the keys of all files that people write, as far as their models are in use."""
    from lrtdocs.model.schema import Record

    models = Record.__subclasses__()
    models += [one for model in models for one in model.__subclasses__()]
    return frozenset(name for model in models for name in model.model_fields)


def forgotten_colon(lines: Lines, line: int) -> Mistake | None:
    """Return the mistake of a known key on `line` without its colon, or another sign, or None."""
    match = _NO_COLON.match(lines.lines[line])
    if match is None or match["key"] not in known_keys():
        return None
    mend = partial(lines.replace, line, match.start("sign"), ":", len(match["sign"]))
    value = match["value"] or ""
    spot = Spot(line, match.end("key"))
    return Mistake("LRT121.dubbele-punt", spot, mend, {"key": match["key"], "value": value})


def bare_item(lines: Lines, line: int) -> Mistake | None:
    """Return the mistake of keys, from `line` on, under an item that has none itself, or None."""
    word = WORD_KEY.match(lines.lines[line])
    rows = reversed(range(line))
    above = next((row for row in rows if lines.is_item(row) or KEY.match(lines.lines[row])), None)
    if above is None or word is None or not word["key"].islower() or lines.is_item(line):
        return None
    text, column, name = lines.lines[above], lines.key_column(above), lines.owner(above)
    key = ITEM_KEYS.get(name, "")
    if not key or KEY.match(text) or not lines.is_item(above):
        return None

    def mend() -> None:
        lines.insert(above, column, f"{key}: ")
        lines.indent_block(line, column)

    typed = text[column:].strip()
    if typed[:1] in tuple("[{\"'&*!|>"):
        return None
    if typed.startswith(f"{key} "):
        spot, value = Spot(above, column + len(key)), typed[len(key) + 1 :]
        return Mistake("LRT121.dubbele-punt", spot, mend, {"key": key, "value": value})
    write = f"- {key}: {as_value(typed)}"
    return Mistake("LRT121.punt", Spot(above, column), mend, {"write": write, "column": column + 1})


# --- quotes, brackets and other signs


def runs_on(lines: Lines, start: Spot, last: int) -> bool:
    """Tell whether lines after `start`, up to `last`, look like keys or items on their own."""
    margin = lines.indent(start.line)
    return any(
        lines.indent(line) <= margin and (WORD_KEY.match(lines.lines[line]) or lines.is_item(line))
        for line in range(start.line + 1, min(last + 1, len(lines.lines)))
    )


def unclosed_quote(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of a quoted text, begun at `spot`, without its closing quote."""
    if _is_after(lines, spot):
        return text_after(lines, spot)
    text = lines.lines[spot.line].rstrip()
    sign = text[spot.column]
    if sign == '"' and text.endswith('\\"') and len(text) - 2 > spot.column:
        return escape(lines, Spot(spot.line, len(text) - 2))
    if _APOSTROPHE.match(text, spot.column):
        return Mistake("LRT122.apostrof", spot, None, {"write": quote(typed_at(lines, spot))})
    return Mistake("LRT122", spot, None, {"quote": sign})


def escape(lines: Lines, backslash: Spot) -> Mistake:
    """Return the mistake of a backslash between double quotes that stands for itself."""
    text = lines.lines[backslash.line]
    inside = text[text.rfind('"', 0, backslash.column) + 1 :].rstrip()
    inside = inside[: inside.find('"')] if '"' in inside else inside
    write = "'" + inside.replace("'", "''") + "'"
    mend = partial(lines.replace, *backslash, "/")
    return Mistake("LRT124.streep", backslash, mend, {"write": write})


def unclosed_bracket(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of a bracket, opened at `spot`, that is never closed."""
    bracket = lines.lines[spot.line][spot.column]
    is_block = bracket == "{" and _FIRST_KEY.match(lines.lines[spot.line], spot.column)
    fields = {
        "bracket": bracket,
        "closing": CLOSING[bracket],
        "write": quote(typed_at(lines, spot)),
    }
    return Mistake("LRT128.blok" if is_block else "LRT128", spot, None, fields)


def special_sign(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of a value that begins with a sign YAML keeps for itself."""
    if _is_after(lines, spot):
        return text_after(lines, spot)
    sign = lines.lines[spot.line][spot.column : spot.column + 1]
    key = "LRT125.teken" if sign.strip(",") else "LRT125.niets"
    fields = {"sign": sign, "write": quote(typed_at(lines, spot))}
    return Mistake(key, spot, lambda: _spoil_sign(lines, spot), fields)


def _is_after(lines: Lines, spot: Spot) -> bool:
    """Tell whether a whole value, in quotes or brackets, stands before `spot` as a part of one."""
    before = lines.lines[spot.line][lines.value_spot(spot).column : spot.column].rstrip()
    first, last = before[:1], before[-1:]
    if first in CLOSING:
        return before.count(first) <= before.count(CLOSING[first])
    return first in tuple("*&!") or (first in tuple("'\"") and first == last and len(before) > 1)


def _spoil_sign(lines: Lines, spot: Spot) -> None:
    """Take the rest of the line away, or inside brackets only the sign itself."""
    value = lines.value_spot(spot)
    if lines.lines[spot.line][value.column : value.column + 1] in CLOSING and value != spot:
        lines.replace(spot.line, spot.column, "x")
        lines.spoiled.add(spot.line)
    else:
        lines.spoil(*value)


def text_after(lines: Lines, spot: Spot) -> Mistake:
    """Return the mistake of text after a closing quote or bracket, or after a special sign."""
    text, value = lines.lines[spot.line], lines.value_spot(spot)
    if text[value.column] in "*&!":
        return special_sign(lines, value)
    end = text[: spot.column].rstrip()[-1:]
    whole = typed_at(lines, value)
    if whole[:1] == whole[-1:] and whole[:1] in _AFTER and whole.count(whole[0]) % 2:
        whole = whole[1:-1]  # the quotes were meant to be those of the whole text
    return Mistake(_AFTER.get(end, "LRT123.anders"), spot, None, {"write": quote(whole)})


# --- what to write instead

_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`]|~$|null$)(?:(?!:(?:\s|$)|\s#).)+", re.IGNORECASE)
"""A text that needs no quotes."""


def as_value(text: str) -> str:
    """Return how `text` is written behind a key or a dash: with quotes where it needs them."""
    return text if _PLAIN.fullmatch(text) else quote(text)


def typed_at(lines: Lines, spot: Spot) -> str:
    """Return the text at `spot` up to the end of its line, or of its part between brackets."""
    text, begin = lines.lines[spot.line], lines.value_spot(spot).column
    around = [""]
    for sign in text[begin : spot.column] if text[begin : begin + 1] in CLOSING else "":
        if sign in CLOSING:
            around.append(sign)
        elif sign in CLOSING.values() and len(around) > 1:
            around.pop()
    end = _END[around[-1]].search(text, spot.column)
    return text[spot.column : end.start() if end else None].strip()


def quote(text: str) -> str:
    """Return how `text` is written between straight quotes, in short if it is long."""
    if text[:1] in CURLY and text[-1:] in CURLY:
        text = text[1:-1]
    if len(text) > _LONGEST_SHOWN:
        text = f"{text[: _LONGEST_SHOWN // 2].rstrip()} … {text[-_LONGEST_SHOWN // 2 :].lstrip()}"
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
