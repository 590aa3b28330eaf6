"""Mistakes of lists: items that begin with another sign than a dash and a space."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs.source.yaml.lines import Spot
from lrtdocs.source.yaml.mistakes import Mistake

if TYPE_CHECKING:
    from lrtdocs.source.yaml.lines import Lines

_BULLET = r"[\u2022\u2023\u25aa\u25cf\u25cb\u25e6\u00b7*](?=\s)"
_NUMBER = r"\d{1,2}[.)](?=\s)"
_LONG_DASH = r"[\u2010-\u2015\u2212]"
_GLUED_DASH = r"-(?=[^\W\d]|[\"'\u2018\u201c(])"
_SIGN = re.compile(rf"{_BULLET}|{_NUMBER}|{_LONG_DASH}|{_GLUED_DASH}")
_ITEM_IN_TEXT = re.compile(rf"-(?=\s|$)|{_BULLET}|{_NUMBER}")


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
    return Mistake(key, spot, lambda: _use_dashes(lines, line), {"sign": sign})


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


def _kind(sign: str) -> str:
    """Return what the signs of one list have in common: numbers differ from item to item."""
    return "1" if sign[:1].isdigit() else sign


def forgotten_dash(lines: Lines, line: int) -> Mistake | None:
    """Return the mistake of a line without a dash between items that have one, or None."""
    begin = lines.indent(line)
    above = next(
        (
            row
            for row in reversed(range(line))
            if lines.is_content(row) and lines.indent(row) <= begin
        ),
        None,
    )
    if above is None or lines.indent(above) < begin or not lines.is_item(above):
        return None
    return Mistake("LRT133.vergeten", Spot(line, begin), lambda: lines.insert(line, begin, "- "))
