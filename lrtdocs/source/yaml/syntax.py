"""What is wrong when the YAML parser stops: the cause in plain Dutch, and a way to read on.

The parser tells where it gave up; people want to know where they made the mistake, which may be
lines earlier. Each cause below looks at the lines around that spot, reports one problem, and
mends the line so that the next attempt gets further. A mended line is never complained about again.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import yaml

from lrtdocs import messages
from lrtdocs.source.yaml.lines import KEY, Lines, Spot
from lrtdocs.source.yaml.mistakes import (
    CLOSING,
    CURLY,
    WORD_KEY,
    Mistake,
    as_value,
    bare_item,
    escape,
    find_sign,
    forgotten_colon,
    forgotten_dash,
    quote,
    runs_on,
    special_sign,
    text_after,
    typed_at,
    unclosed_bracket,
    unclosed_quote,
    wrong_sign,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_GLUED_KEY = re.compile(r"\s*+(?:-\s++)*+(?P<key>[A-Za-z_][\w-]*) *(?P<colon>:)(?=\S)")
_PART = re.compile(r"[\[{,]\s*(?:[A-Za-z_]\w*:\s+)?")
"""What stands before the text of a part between brackets."""
_BLOCK_HEADER = re.compile(r"(?:^|\s)(?P<sign>[|>])[0-9+-]*\s*(?:#.*)?$")

_SUBLISTS = {"besluiten": "LRT132.besluit", "agendapunten": "LRT132.subpunten"}
"""The message of a list under an item, by the key of the list around it, where there can be one."""


class Stop(NamedTuple):
    """Where the parser stopped, why, and where it says that the trouble began."""

    problem: str
    context: str
    spot: Spot
    begin: Spot


def find_mistake(lines: Lines, error: yaml.MarkedYAMLError, parser: yaml.SafeLoader) -> Mistake:
    """Return what the writer did wrong, given where and how the `parser` stopped."""
    spot = _spot(lines, error.problem_mark or error.context_mark)
    begin = _spot(lines, error.context_mark) if error.context_mark else spot
    stop = Stop(error.problem or "", error.context or "", spot, begin)
    if swallowed := _find_swallowed(lines, stop, parser):
        return swallowed
    for context, problem, cause in _CAUSES:
        if stop.context.startswith(context) and stop.problem.startswith(problem):
            return cause(lines, stop)
    return Mistake("LRT139", stop.spot)


def _spot(lines: Lines, mark: yaml.Mark | None) -> Spot:
    """Return the mark as a spot; the end of the file becomes the end of the last line with text."""
    if mark is None:
        return Spot(0, 0)
    line = min(mark.line, len(lines.lines) - 1)
    return Spot(line, min(mark.column, len(lines.lines[line])))


def _find_swallowed(lines: Lines, stop: Stop, parser: yaml.SafeLoader) -> Mistake | None:
    """Return the mistake of a quote or bracket that ran on over keys, or None.

    The parser knows where what is still open began, and which tokens it had read ahead.
    """
    begins = [Spot(mark.line, mark.column) for mark in parser.marks]
    flows = [spot for spot in begins if lines.lines[spot.line][spot.column] in CLOSING]
    for token in parser.tokens:
        start = Spot(token.start_mark.line, token.start_mark.column)
        if start > stop.spot:
            break
        if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
            flows.append(start)
        elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)):
            flows = flows[:-1]
        elif isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}:
            last = token.end_mark.line
            if stop.spot.line - 1 <= last and runs_on(lines, start, last):
                return unclosed_quote(lines, start)
    in_quotes = stop.context == "while scanning a quoted scalar"
    if flows and not in_quotes and runs_on(lines, flows[0], stop.spot.line):
        return unclosed_bracket(lines, flows[0])
    return None


# --- a colon too many or too few, and lines that begin at the wrong column


def _colon(lines: Lines, stop: Stop) -> Mistake:
    """Explain a colon where none may be: in a text, or after a wrong indent or a line without."""
    line, column = stop.spot
    before = lines.lines[line][:column]
    earlier = KEY.match(before)
    if earlier and earlier.end() < column:
        return _colon_in_text(lines, lines.value_spot(stop.spot), stop.spot)
    above = lines.previous_content(line)
    word = WORD_KEY.match(lines.lines[line])
    if bare := bare_item(lines, line):
        return bare
    if above is None or word is None or word.end() != column + 1:
        return _colon_in_text(lines, stop.spot, stop.spot)
    target, before_it = lines.key_column(above), lines.previous_content(above)
    if before_it is not None and lines.key_column(before_it) == word.start("key") > target:
        return wrong_indent(lines, above, word.start("key"))
    if word.start("key") > target and KEY.match(lines.lines[above]):
        return wrong_indent(lines, line, target)
    return _no_colon(lines, Spot(above, lines.indent(above)))


def _colon_in_text(lines: Lines, value: Spot, colon: Spot) -> Mistake:
    def mend() -> None:
        text = lines.lines[colon.line]
        if text[value.column] in "\"'[{":
            lines.spoil(*value)
            return
        lines.lines[colon.line] = text[: colon.column] + text[colon.column :].replace(":", ";")
        lines.spoiled.add(colon.line)

    whole = value != colon or lines.value_spot(colon) == colon
    typed = typed_at(lines, value) if whole else ""
    fields = {"write": quote(typed) if typed else '"…"'}
    return Mistake(
        "LRT120.gekruld" if typed and typed[0] in CURLY else "LRT120", value, mend, fields
    )


def _no_colon(lines: Lines, spot: Spot) -> Mistake:
    """Explain a line without `key: `: a space is missing, or it belongs to a text above."""
    text = lines.lines[spot.line]
    if find_sign(lines, spot.line):
        return wrong_sign(lines, spot.line)
    glued = _GLUED_KEY.match(text)
    if glued:
        end = glued.end("colon")
        return Mistake(
            "LRT121.spatie",
            Spot(spot.line, end),
            lambda: lines.insert(spot.line, end, " "),
            {"key": glued["key"], "value": text[end : end + 30].strip()},
        )
    above = lines.previous_content(spot.line)
    if above is not None and _BLOCK_HEADER.search(lines.lines[above]):
        return text_not_indented(lines, spot, above)
    dash, header = forgotten_dash(lines, spot.line), _text_header(lines, spot.line)
    beside = header is None or lines.key_column(header) == spot.column
    if beside and (colon := forgotten_colon(lines, spot.line)):
        return colon
    if header is not None and not dash:
        return text_not_indented(lines, spot, header)
    blank = partial(_blank_text, lines, spot.line)
    return dash or Mistake("LRT121.sleutelwoord", spot, blank)


def text_not_indented(lines: Lines, spot: Spot, header: int) -> Mistake:
    """Return the mistake of a text that does not hang under its `|`, on the line `header`."""
    above = [row for row in range(header + 1, spot.line) if lines.lines[row].strip()]
    column = lines.indent(above[0]) if above else lines.key_column(header) + 2
    sign = _BLOCK_HEADER.search(lines.lines[header])
    return Mistake(
        "LRT129.tekst" if above else "LRT129.leeg",
        spot,
        lambda: _indent_text(lines, spot.line, column),
        {"sign": sign["sign"] if sign else "", "spaces": _count_spaces(column)},
    )


def _text_header(lines: Lines, line: int) -> int | None:
    """Return the line with the `|` of the text above `line`, which is too far left, or None."""
    lowest = len(lines.lines[line])
    for above in reversed(range(line)):
        if lines.is_content(above):
            indent = lines.indent(above)
            if _BLOCK_HEADER.search(lines.lines[above]) and indent < lowest:
                return above
            lowest = min(lowest, indent)
    return None


def _indent_text(lines: Lines, line: int, column: int) -> None:
    """Move `line` and the lines after it that are no keys to `column`, and say no more of them."""
    for row in _text_rows(lines, line):
        if lines.indent(row) < column:
            lines.indent_block(row, column, row + 1)


def _blank_text(lines: Lines, line: int) -> None:
    for row in _text_rows(lines, line):
        lines.blank(row)


def _text_rows(lines: Lines, line: int) -> list[int]:
    """Return `line` and those after it that hold text: no key, no item of a list around it."""
    rows = [line]
    for row in range(line + 1, len(lines.lines)):
        text = lines.lines[row]
        outer_item = lines.is_item(row) and lines.indent(row) < lines.indent(line)
        if KEY.match(text) or _GLUED_KEY.match(text) or outer_item or text.startswith("#"):
            break
        rows += [row] if text.strip() else []
    return rows


def _block(lines: Lines, stop: Stop) -> Mistake:
    """Explain what does not belong to the block or the file: text after a value, or an indent."""
    line, column = stop.spot
    if lines.lines[line][:column].strip(" -"):
        return text_after(lines, stop.spot)
    start = Spot(line, lines.indent(line))
    first = next(filter(lines.is_content, range(line)), line)
    if lines.indent(first) > start.column:
        mend = partial(lines.indent_block, first, start.column, line)
        return Mistake("LRT129.eerste", Spot(first, lines.indent(first)), mend)
    misfit = Mistake("LRT130", start, partial(lines.blank, line))
    if stop.problem.startswith("expected '<document"):
        return misfit
    if bare := bare_item(lines, line):
        return bare
    if find_sign(lines, line):
        return wrong_sign(lines, line)
    header = _text_header(lines, line)
    if header is not None and not KEY.match(lines.lines[line]):
        return text_not_indented(lines, start, header)
    dashed = lines.is_item(line)
    if dashed and start.column and _follows_value(lines, start):
        return Mistake("LRT132.waarde", start, partial(_blank_text, lines, line))
    if dashed and (dropped := _find_dropped_key(lines, start)):
        return wrong_indent(lines, *dropped)
    target = _nearest_level(lines, start, dashed=dashed)
    return misfit if target is None else wrong_indent(lines, line, target)


def _follows_value(lines: Lines, spot: Spot) -> bool:
    """Tell whether a plain item follows a key at its own column, with text behind that key."""
    above = None if KEY.match(lines.lines[spot.line]) else lines.previous_content(spot.line)
    key = KEY.match(lines.lines[above]) if above is not None else None
    return (
        above is not None
        and key is not None
        and lines.key_column(above) == spot.column
        and bool(lines.lines[above][key.end() :].strip())
    )


def _find_dropped_key(lines: Lines, item: Spot) -> tuple[int, int] | None:
    """Return the line of a key that fell out of the list in which `item` stands, and its column.

    That is a key between two items, at the column of their dashes; None if there is none.
    """
    dropped: int | None = None
    for above in reversed(range(item.line)):
        if not lines.is_content(above) or lines.indent(above) > item.column:
            continue
        if lines.indent(above) < item.column:
            return None
        if lines.is_item(above):
            return (dropped, lines.key_column(above)) if dropped is not None else None
        dropped = above
    return None


def swallowed_item(lines: Lines, line: int, start: Spot) -> Mistake:
    """Return the mistake of an item that begins so far right that it became text of `start`.

    If that text is an item of a list itself, this one should follow it.
    """
    begin = lines.indent(line)
    before = lines.lines[start.line][: start.column]
    in_item = lines.is_item(line) and not before.strip(" -") and "-" in before
    target = _nearest_level(lines, Spot(line, begin), dashed=True) if in_item else None
    key = _SUBLISTS.get(lines.owner(start.line), "") if begin >= start.column else ""
    if target is not None and not key:
        return wrong_indent(lines, line, target)

    def mend() -> None:
        for row in range(line, len(lines.lines)):
            if lines.is_content(row) and lines.indent(row) < begin:
                break
            if lines.is_item(row):
                lines.replace(row, lines.indent(row), "x")
        lines.spoiled.add(start.line)

    text = as_value(lines.lines[start.line][start.column :].strip())
    fields = {"text": text, "column": (target or 0) + 1}
    return Mistake(key if target is not None else "LRT132.tekst", Spot(line, begin), mend, fields)


_WITH_PARTS = {"volgende_vergadering": "datum", "contactpersoon": "naam", "stemming": "uitslag"}
"""Keys that may have a text or keys below them, with the key of theirs that the text is of."""
_VALUE = re.compile(r" *(?:- )*(?P<key>[a-z_]+): +(?P<value>[^\s#|>{\[].*?)(?:\s+#.*)?\s*$")


def _value_and_keys(lines: Lines, line: int) -> Mistake | None:
    """Return the mistake of a key at `line` below one that has a text already, or None."""
    above = next(filter(lines.is_content, reversed(range(line))), None)
    found = _VALUE.match(lines.lines[above]) if above is not None else None
    if above is None or found is None or found["key"] not in _WITH_PARTS:
        return None
    if lines.indent(line) <= lines.key_column(above) or not KEY.match(lines.lines[line]):
        return None
    write = f"{_WITH_PARTS[found['key']]}: {found['value']}"
    end = next((row for row in range(line, len(lines.lines)) if lines.is_content(row)
                and lines.indent(row) < lines.indent(line)), len(lines.lines))  # fmt: skip

    def mend() -> None:
        for row in range(line, end):
            lines.replace(row, 0, "#")

    return Mistake("LRT129.onder", Spot(line, lines.indent(line)), mend,
                   {"key": found["key"], "write": write})  # fmt: skip


def wrong_indent(lines: Lines, line: int, target: int) -> Mistake:
    """Return the mistake of `line`, which should begin in the column `target`."""
    begin = lines.indent(line)
    if below_value := _value_and_keys(lines, line):
        return below_value
    fields = {"column": target + 1, "spaces": _count_spaces(target)}
    below = lines.next_content(line)
    level = (
        target
        if below is not None and lines.is_item(below)
        else lines.key_column(line) + target - begin
    )
    alone = lines.is_item(line) and below is not None and lines.indent(below) == level
    alone = alone and level >= min(begin, target)
    end = line + 1 if alone else None
    rows = [row + 1 for row in lines.block(line, target, end) if lines.indent(row) == begin][1:]
    along = "" if alone else messages.text("deel.schuif_eronder")
    also = messages.text("deel.ook_regel", number=rows[0]) if rows else ""
    if len(rows) > 1:
        also = messages.text("deel.ook_regels", first=rows[0], last=rows[-1])
    return Mistake(
        "LRT129.rechts" if begin > target else "LRT129.links",
        Spot(line, begin),
        lambda: lines.indent_block(line, target, end),
        {**fields, "also": f"{along}{also}"},
    )


def _count_spaces(number: int) -> str:
    return messages.text("deel.spaties", n=number) if number else messages.text("deel.geen_spaties")


def _nearest_level(lines: Lines, spot: Spot, *, dashed: bool) -> int | None:
    """Return the column at which lines like this one begin above it, the nearest to its own."""
    levels: list[int] = []
    lowest = spot.column + 4
    for above in reversed(range(spot.line)):
        if not lines.is_content(above) or lines.indent(above) > lowest:
            continue
        lowest = min(lowest, lines.indent(above) + 3)
        if dashed and lines.is_item(above):
            levels.append(lines.indent(above))
        elif not dashed and KEY.match(lines.lines[above]):
            levels.append(lines.key_column(above))
    others = [level for level in levels if level != spot.column]
    return min(others, key=lambda level: abs(level - spot.column), default=None)


# --- signs and brackets


def _special(lines: Lines, stop: Stop) -> Mistake:
    scanned = stop.context.startswith(("while scanning a", "while parsing a tag"))
    spot = stop.begin if scanned else stop.spot
    if spot.column == lines.indent(spot.line) and find_sign(lines, spot.line):
        return wrong_sign(lines, spot.line)
    above = lines.previous_content(spot.line)
    if (
        above is not None
        and lines.lines[above].strip() == "-"
        and KEY.match(lines.lines[spot.line])
    ):
        return wrong_indent(lines, spot.line, lines.indent(above) + 2)
    return special_sign(lines, spot)


def _list_on_line(lines: Lines, stop: Stop) -> Mistake:
    if lines.value_spot(stop.spot) != stop.spot:
        return text_after(lines, stop.spot)
    write = quote(typed_at(lines, stop.spot))
    return Mistake("LRT126", stop.spot, partial(lines.spoil, *stop.spot), {"write": write})


def _escape(lines: Lines, stop: Stop) -> Mistake:
    line, column = stop.spot
    return escape(lines, Spot(line, max(lines.lines[line].rfind("\\", 0, column), 0)))


def _block_header(lines: Lines, stop: Stop) -> Mistake:
    start = stop.begin
    sign = lines.lines[start.line][start.column]
    if lines.value_spot(start) != start:
        return text_after(lines, start)

    def mend() -> None:
        below = start.line + 1
        if below < len(lines.lines) and lines.indent(below) > lines.indent(start.line):
            lines.lines[start.line] = lines.lines[start.line][: start.column + 1]
            lines.spoiled.add(start.line)
        else:
            lines.spoil(*start)

    write = quote(typed_at(lines, start))
    return Mistake("LRT127", stop.spot, mend, {"sign": sign, "write": write})


def _flow(lines: Lines, stop: Stop) -> Mistake:
    """Something wrong between brackets, on the lines where they belong."""
    start = stop.begin
    at_end = "<stream end>" in stop.problem or stop.spot.line > start.line
    if at_end and not _closes(lines, start, stop.spot.line):
        return unclosed_bracket(lines, start)
    mend = partial(lines.spoil, *lines.value_spot(start))
    begin = _part_of(lines, stop.spot)
    if begin is None:
        return Mistake("LRT131.anders", stop.spot, mend)
    sign = lines.lines[stop.spot.line][stop.spot.column]
    key = "LRT131.dubbele-punt" if sign == ":" else "LRT131.teken"
    return Mistake(key, begin, mend, {"sign": sign, "write": quote(typed_at(lines, begin))})


def _part_of(lines: Lines, spot: Spot) -> Spot | None:
    """Return where the text, without quotes, begins in which a wrong sign stands at `spot`."""
    text = lines.lines[spot.line]
    begins = [match.end() for match in _PART.finditer(text, 0, spot.column)]
    if not begins or begins[-1] >= spot.column or text[begins[-1]] in "\"'[{":
        return None
    return Spot(spot.line, begins[-1])


def _closes(lines: Lines, start: Spot, last: int) -> bool:
    bracket = lines.lines[start.line][start.column]
    rest = "\n".join(lines.lines[start.line : last + 1])[start.column :]
    return rest.count(CLOSING[bracket]) >= rest.count(bracket)


_CAUSES: tuple[tuple[str, str, Callable[[Lines, Stop], Mistake]], ...] = (
    ("", "mapping values are not allowed", _colon),
    ("", "could not find expected ':'", lambda lines, stop: _no_colon(lines, stop.begin)),
    ("", "sequence entries are not allowed", _list_on_line),
    ("", "mapping keys are not allowed", _special),
    ("", "found character", _special),
    ("while scanning a quoted scalar", "", lambda lines, stop: unclosed_quote(lines, stop.begin)),
    ("while scanning a double-quoted scalar", "", _escape),
    ("while scanning a block scalar", "", _block_header),
    ("while scanning an", "", _special),
    ("while scanning a tag", "", _special),
    ("while parsing a tag", "", _special),
    ("", "found undefined tag handle", _special),
    ("while parsing a flow sequence", "", _flow),
    ("while parsing a flow mapping", "", _flow),
    ("while parsing a block", "expected <block end>", _block),
    ("", "expected the node content", _special),
    ("", "expected '<document start>'", _block),
)
"""How a message of the parser begins (context, problem), and the cause to look for; first wins."""
