"""Characters that have no place in a YAML file: found, told, and replaced to read on."""

from __future__ import annotations

import re
from functools import partial
from itertools import count, takewhile
from typing import TYPE_CHECKING

import yaml

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.findings import cut_short
from lrtdocs.model.characters import (
    CONTROL,
    DIRECTION,
    HIDDEN,
    LOST,
    ODD_SPACE,
    SURROGATES,
    SUSPECT,
    describe_character,
    mended,
    word_at,
)
from lrtdocs.source.yaml.lines import Lines, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtdocs.errors import Problem

MAX_LENGTH = 20_000
"""So many characters a line or a value may have."""
_ROWS_SHOWN = 40
"""So many rows of a pasted table are written out as they should be."""
_CONTROL = re.compile(f"[{CONTROL}\r]")
_SURROGATE = re.compile(f"[{SURROGATES}]")
_TAB = re.compile("\t")
_KINDS = {
    "LRT104": _CONTROL,
    "LRT105": _SURROGATE,
    "LRT106.richting": DIRECTION,
    "LRT106.verborgen": HIDDEN,
    "LRT103": _TAB,
}
"""The message of each kind of character, wherever it stands in a line."""
_SIGN_AND_TAB = re.compile(r"\s*(?:[^\w\s]{1,2}|o|\w{1,2}[.)])\t[^\t]*$|\s*[a-z_]+:\t")
"""A line with a bullet or a number, or a key, and a tab behind it: no row of a table."""
_MARGIN_TAB = re.compile(r" *\t[ \t]*(?=\S)")
_ODD = ODD_SPACE.pattern
_UNSEEN = re.compile(
    rf"{HIDDEN.pattern}|(?:(?<=[a-z_])\u00ad|\u00ad(?=[a-z_]))(?=[^:\s]*:(?:\s|$))"
    r"|[\u200e\u200f](?=\d)|(?<=\d)[\u200e\u200f]"
)
"""What nobody sees and nobody meant: anywhere, or in a key or beside a figure."""
_MARGIN = re.compile(
    rf"(?:[ \t]|{_ODD}|-(?= |{_ODD}))*(?:[a-z_]+(?:{_ODD})*:(?=\s|{_ODD}|$)(?: |{_ODD})*)?"
)
"""What makes up the layout of a line: its indent, the dash of an item, the space behind a key."""


def read_lines(text: str, file: str) -> tuple[Lines, list[Problem]]:
    """Split `text` into lines that YAML can read, with all that may not be in them."""
    text = text.removeprefix("\ufeff")
    lines = Lines(file, re.split(r"\r\n|\r|\n", text))
    problems: list[Problem] = []
    rows = _table_rows(lines)
    for key, pattern in _KINDS.items():
        problems += cut_short(
            _problem(key, lines.place(number, match.start()), character=match.group())
            for number, line in enumerate(lines.lines)
            if (match := pattern.search(line))
            and not (key == "LRT103" and (number in rows or _MARGIN_TAB.match(line)))
        )
    for number in sorted(rows - {row + 1 for row in rows}):
        write = "- " + ", ".join(filter(None, map(str.strip, lines.lines[number].split("\t"))))
        place = lines.place(number, lines.lines[number].index("\t"))
        table = _as_table(lines.lines[row] for row in takewhile(rows.__contains__, count(number)))
        problems.append(messages.problem("LRT103.tabel", place, write=write, table=table))
    for number, line in enumerate(lines.lines):
        for match in reversed(list(_UNSEEN.finditer(line))):
            if HIDDEN.match(match[0]) is None:
                place = lines.place(number, match.start())
                problems.append(_problem("LRT106.verborgen", place, character=match[0]))
            lines.replace(number, match.start(), "")
    problems += cut_short(mend_spoiled(lines))
    problems += cut_short(_even_margins(lines))
    problems += _cut_long_lines(lines)
    for number, line in enumerate(lines.lines):
        lines.lines[number] = _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", line))
    problems += _expand_tabs(lines)
    return lines, problems


def _table_rows(lines: Lines) -> set[int]:
    """Return the lines that are rows of a pasted table: two or more, with tabs between words."""
    tabs = {
        number: line.strip().count("\t")
        for number, line in enumerate(lines.lines)
        if "\t" in line and not _SIGN_AND_TAB.match(line)
    }
    return {
        number
        for number, count in tabs.items()
        if count > 1 or (count and (tabs.get(number - 1) or tabs.get(number + 1)))
    }


def _as_table(rows: Iterable[str]) -> str:
    """Return `rows` with tabs as a table of a text, each row on a line; of very many the first."""
    cells = [[each.strip().replace("|", r"\|") for each in row.strip().split("\t")] for row in rows]
    width = max(map(len, cells))
    shown = [row + [""] * (width - len(row)) for row in cells[:_ROWS_SHOWN]]
    shown.insert(1, ["---"] * width)
    more = ["\u2026"] * (len(cells) > _ROWS_SHOWN)
    return "\n".join([*(f"| {' | '.join(row)} |" for row in shown), *more])


def check_value(text: str, place: Place) -> Problem | None:
    """Return the problem of a value that is too long, or has a wrong character by an escape."""
    if len(text) > MAX_LENGTH:
        return messages.problem("LRT107", place, limit=MAX_LENGTH, length=len(text))
    for key in ("LRT105", "LRT104", "LRT103"):
        if match := _KINDS[key].search(text):
            return _problem(key, place, character=match.group())
    return None


def _problem(key: str, place: Place, *, character: str) -> Problem:
    return messages.problem(key, place, None, character=describe_character(character))


def mend_spoiled(lines: Lines) -> Iterator[Problem]:
    """Give every line its letters as they were, and yield the problems of those that were not."""
    for number, line in enumerate(lines.lines):
        if match := LOST.search(line):
            word = word_at(line, match.start())
            yield messages.problem("LRT142.weg", lines.place(number, match.start()), word=word)
        spots: dict[str, int] = {}
        for match in SUSPECT.finditer(line):
            spots.setdefault(word_at(line, match.start()), match.start())
        for word, at in spots.items():
            if (right := mended(word)) != word:
                place = lines.place(number, at)
                yield messages.problem("LRT142.tekst", place, word=word, right=right)
        lines.lines[number] = mended(line) if spots else line


def _even_margins(lines: Lines) -> Iterator[Problem]:
    """Make every odd space in the layout of a line a plain one, and yield the problems of them."""
    for number, line in enumerate(lines.lines):
        match = _MARGIN.match(line)
        margin = match.group() if match else ""
        odd = ODD_SPACE.search(margin)
        if odd:
            yield _problem("LRT109", lines.place(number, odd.start()), character=odd.group())
            lines.told.add(number)
            lines.lines[number] = ODD_SPACE.sub(" ", margin) + line[len(margin) :]


def _cut_long_lines(lines: Lines) -> Iterator[Problem]:
    """Put a harmless value in the place of each that is too long, and yield their problems."""
    for number, line in enumerate(lines.lines):
        if len(line) > MAX_LENGTH:
            lines.lines[number] = line[:MAX_LENGTH]
            spot = lines.value_spot(Spot(number, MAX_LENGTH))
            length = len(line) - spot.column
            yield messages.problem("LRT107", lines.place(*spot), limit=MAX_LENGTH, length=length)
            lines.spoil(*spot)


def _expand_tabs(lines: Lines) -> Iterator[Problem]:
    """Make every tab a space, and those that indent as many as fit; yield the problem of these."""
    rows = {row: line for row, line in enumerate(lines.lines) if "\t" in line}
    indented = [row for row, line in rows.items() if _MARGIN_TAB.match(line)]
    step = (
        max(dict.fromkeys((_indent_step(lines), 2, 4, 3, 8)), key=partial(_reach, lines))
        if indented
        else 0
    )
    for number, line in rows.items():
        margin = len(line) - len(line.lstrip(" \t"))
        lines.lines[number] = line.replace("\t", " ")
        for column in reversed([at for at in range(margin) if line[at] == "\t"]):
            lines.insert(number, column, " " * (step - 1))
    if indented:
        lines.told.update(indented)
        place = Place(lines.file, indented[0] + 1, rows[indented[0]].index("\t") + 1)
        spaces = messages.text("deel.spaties", n=step)
        yield messages.problem(
            "LRT103.inspringen", place, None, number=len(indented), spaces=spaces
        )


def _reach(lines: Lines, step: int) -> int:
    """Return how many lines can be read when a tab that indents is `step` spaces wide."""
    rows = [
        match[0].replace("\t", " " * step) + line[match.end() :] if match else line
        for line in lines.lines
        for match in [_MARGIN_TAB.match(line)]
    ]
    try:
        for _ in yaml.parse("\n".join(rows).replace("\t", " "), Loader=yaml.SafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        return error.problem_mark.line if error.problem_mark else 0
    except (ValueError, OverflowError):
        return 0
    return len(rows)


def _indent_step(lines: Lines) -> int:
    steps = {lines.indent(number) for number, line in enumerate(lines.lines) if line[:1] == " "}
    return min((step for step in steps if 2 <= step <= 8), default=2)
