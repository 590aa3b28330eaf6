"""Mistakes of layout: a colon too many or too few, and lines that begin at the wrong column."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.source.yaml.bullets import find_sign, forgotten_dash, wrong_sign
from lrtdocs.source.yaml.lines import Spot
from lrtdocs.source.yaml.mistakes import (
    BLOCK_HEADER,
    DASHES,
    GLUED_KEY,
    KEY,
    WORD_KEY,
    Mistake,
    text_after,
)

if TYPE_CHECKING:
    from lrtdocs.source.yaml.lines import Lines


def colon(lines: Lines, spot: Spot) -> Mistake:
    """Explain a colon where none may be: in a text, or after a wrong indent or a line without."""
    line, column = spot
    before = lines.lines[line][:column]
    earlier = KEY.match(before)
    if earlier and earlier.end() < column:
        return _colon_in_text(lines, Spot(line, _skip_spaces(before, earlier.end())), spot)
    above = lines.previous_content(line)
    word = WORD_KEY.match(lines.lines[line])
    if above is None or word is None or word.end() != column + 1:
        return _colon_in_text(lines, spot, spot)
    target = key_column(lines, above)
    if word.start("key") > target and KEY.match(lines.lines[above]):
        return _wrong_indent(lines, line, target)
    return no_colon(lines, Spot(above, lines.indent(above)))


def _colon_in_text(lines: Lines, value: Spot, colon: Spot) -> Mistake:
    def mend() -> None:
        text = lines.lines[colon.line]
        lines.lines[colon.line] = text[: colon.column] + text[colon.column :].replace(":", ";")
        lines.spoiled.add(colon.line)

    return Mistake("LRT120", value, mend)


def no_colon(lines: Lines, spot: Spot) -> Mistake:
    """Explain a line without `key: `: a space is missing, or it belongs to a text above."""
    text = lines.lines[spot.line]
    if find_sign(lines, spot.line):
        return wrong_sign(lines, spot.line)
    glued = GLUED_KEY.match(text)
    if glued:
        end = glued.end("colon")
        return Mistake(
            "LRT121.spatie",
            Spot(spot.line, end),
            lambda: lines.insert(spot.line, end, " "),
            {"key": glued["key"], "value": text[end : end + 30].strip()},
        )
    above = lines.previous_content(spot.line)
    if above is not None and BLOCK_HEADER.search(lines.lines[above]):
        return _text_not_indented(lines, spot, above)
    forgotten = forgotten_dash(lines, spot.line)
    if forgotten is not None:
        return forgotten
    return Mistake("LRT121.sleutelwoord", spot, lambda: _blank_text(lines, spot.line))


def _text_not_indented(lines: Lines, spot: Spot, header: int) -> Mistake:
    """Return the mistake of a text that does not hang under its `|`, on the line `header`."""
    below = range(header + 1, spot.line)
    column = max((lines.indent(row) for row in below if lines.lines[row].strip()), default=0)
    wanted = column or lines.indent(header) + 2
    return Mistake(
        "LRT129.tekst",
        spot,
        lambda: _indent_text(lines, spot.line, wanted),
        {"spaces": _count_spaces(wanted)},
    )


def _text_header(lines: Lines, line: int) -> int | None:
    """Return the line with the `|` of the text in which `line` stands, too far left, or None."""
    for above in reversed(range(line)):
        if lines.lines[above].strip() and lines.indent(above) < lines.indent(line):
            return above if BLOCK_HEADER.search(lines.lines[above]) else None
    return None


def _indent_text(lines: Lines, line: int, column: int) -> None:
    """Move `line` and the lines after it that are no keys to `column`, and say no more of them."""
    for row in _text_rows(lines, line):
        if lines.lines[row].strip() and lines.indent(row) < column:
            lines.indent_block(row, column, row + 1)


def _blank_text(lines: Lines, line: int) -> None:
    for row in _text_rows(lines, line):
        if lines.lines[row].strip():
            lines.blank(row)


def _text_rows(lines: Lines, line: int) -> list[int]:
    """Return `line` and those after it that hold text: no key, no item of a list around it."""
    rows = [line]
    for row in range(line + 1, len(lines.lines)):
        text = lines.lines[row]
        outer_item = lines.is_item(row) and lines.indent(row) < lines.indent(line)
        if KEY.match(text) or GLUED_KEY.match(text) or outer_item or text.startswith("#"):
            break
        rows.append(row)
    return rows


def block(lines: Lines, spot: Spot) -> Mistake:
    """Explain what does not belong to the block: text after a value, or a wrong indent."""
    line, column = spot
    before = lines.lines[line][:column]
    if before.strip(" -"):
        return text_after(lines, spot)
    start = Spot(line, lines.indent(line))
    if find_sign(lines, line):
        return wrong_sign(lines, line)
    header = _text_header(lines, line)
    if header is not None and not KEY.match(lines.lines[line]):
        return _text_not_indented(lines, start, header)
    dashed = lines.is_item(line)
    if dashed and start.column and _follows_value(lines, start):
        return _list_under_value(lines, start)
    dropped = _find_dropped_key(lines, start) if dashed else None
    if dropped is not None:
        return _wrong_indent(lines, *dropped)
    target = _nearest_level(lines, start, dashed=dashed)
    if target is not None:
        return _wrong_indent(lines, line, target)
    return _stray_line(lines, start)


def _follows_value(lines: Lines, spot: Spot) -> bool:
    """Tell whether a plain item follows a key at its own column, with text behind that key."""
    above = None if KEY.match(lines.lines[spot.line]) else lines.previous_content(spot.line)
    key = KEY.match(lines.lines[above]) if above is not None else None
    return (
        above is not None
        and key is not None
        and key_column(lines, above) == spot.column
        and bool(lines.lines[above][key.end() :].strip())
    )


def _list_under_value(lines: Lines, spot: Spot) -> Mistake:
    return Mistake("LRT132.waarde", spot, lambda: _blank_text(lines, spot.line))


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
            return (dropped, key_column(lines, above)) if dropped is not None else None
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
    if target is not None:
        return _wrong_indent(lines, line, target)

    def mend() -> None:
        lines.replace(line, begin, "x")
        lines.spoiled.add(start.line)

    return Mistake("LRT132.tekst", Spot(line, begin), mend)


def _stray_line(lines: Lines, spot: Spot) -> Mistake:
    return Mistake("LRT130", spot, lambda: lines.blank(spot.line))


def _wrong_indent(lines: Lines, line: int, target: int) -> Mistake:
    begin = lines.indent(line)
    return Mistake(
        "LRT129.rechts" if begin > target else "LRT129.links",
        Spot(line, begin),
        lambda: lines.indent_block(line, target),
        {"column": target + 1, "spaces": _count_spaces(target)},
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
            levels.append(key_column(lines, above))
    others = [level for level in levels if level != spot.column]
    return min(others, key=lambda level: abs(level - spot.column), default=None)


def key_column(lines: Lines, line: int) -> int:
    """Return the column at which the key on `line` begins, after its dashes."""
    match = DASHES.match(lines.lines[line])
    return match.end() if match else 0


def outdent(lines: Lines, spot: Spot) -> Mistake:
    """Explain a document that began further to the right than this line, or ended before it."""
    first = next((row for row in range(len(lines.lines)) if lines.is_content(row)), 0)
    line = spot.line
    margin = lines.indent(first)
    if lines.lines[line][: spot.column].strip(" -"):
        return text_after(lines, spot)
    if margin <= lines.indent(line):
        return _stray_line(lines, Spot(line, lines.indent(line)))
    mend = partial(lines.indent_block, first, lines.indent(line), line)
    return Mistake("LRT129.eerste", Spot(first, margin), mend)


def _skip_spaces(text: str, column: int) -> int:
    return column + len(text[column:]) - len(text[column:].lstrip())
