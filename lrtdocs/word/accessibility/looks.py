"""How text looks: whether it can be seen against what is behind it, and whether it is text at all.

A contrast of 4.5 to 1 is asked, of large text 3 to 1 (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.errors import shorten
from lrtdocs.messages import Fault
from lrtdocs.word.accessibility.paper import in_box
from lrtdocs.word.package.elements import ancestor, path, val
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.package.package import style_chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.accessibility.paper import Line, Paper, Run

_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_LEAST, _LEAST_LARGE = 4.5, 3.0
_LARGE, _LARGE_BOLD = 18, 14  # points
_SMALLEST = 6  # points; the reference column of the house style has 6.5
_WHITE = "FFFFFF"
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "00008B",
    "darkCyan": "008B8B", "darkGray": "A9A9A9", "darkGreen": "006400", "darkMagenta": "800080",
    "darkRed": "8B0000", "darkYellow": "808000", "green": "00FF00", "lightGray": "D3D3D3",
    "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF", "yellow": "FFFF00",
}  # fmt: skip
_SYMBOLS = re.compile(r"[\ue000-\uf8ff]")


def check_looks(paper: Paper) -> Iterator[Problem]:
    """Yield text that is hard to see, each way of it at its first place."""
    seen: set[tuple[str, ...]] = set()
    page = next(paper.body.iterchildren(w("background")), None)
    for line in paper.lines:
        for run in paper.runs(line):
            for fault, kind in _of_run(paper, line, run, plain=page is None):
                if kind not in seen:
                    seen.add(kind)
                    yield paper.at(fault, line)
        yield from _symbols(paper, line)


def _of_run(
    paper: Paper, line: Line, run: Run, *, plain: bool
) -> Iterator[tuple[Fault, tuple[str, ...]]]:
    found = shorten(run.text.strip(), 60)
    if run.size < _SMALLEST:
        size = dutch.format_number(run.size)
        yield Fault("LRT876.klein", {"size": size, "found": found}), ("klein", size)
    colour = run.look.get("colour", "auto")
    if not plain or in_box(line) or not _HEX.fullmatch(colour):
        return
    behind = _behind(paper, line, run)
    if behind is None:
        return
    ratio = contrast(colour, behind)
    large = run.size >= (_LARGE_BOLD if run.bold else _LARGE)
    if ratio < (_LEAST_LARGE if large else _LEAST):
        fields = {
            "ratio": dutch.format_number(int(ratio * 10) / 10),
            "least": dutch.format_number(_LEAST_LARGE if large else _LEAST),
            "colour": colour.upper(),
            "behind": behind.upper(),
            "found": found,
        }
        own = run.element.find(path("rPr/color")) is not None
        name = _style_of(paper, line, run)
        key = "LRT876.contrast" if own or not name else "LRT876.contrast-stijl"
        kind = ("contrast", colour, behind, "" if own else name)
        yield Fault(key, fields if own or not name else {**fields, "style": name}), kind


def _style_of(paper: Paper, line: Line, run: Run) -> str:
    """Return the name of the style that gives `run` its colour, "" for none."""
    style = val(run.element, "rPr/rStyle")
    if "colour" not in paper.sheet.of_style(style):
        style = line.style
    return paper.sheet.styles[style].name if style in paper.sheet.styles else ""


def _behind(paper: Paper, line: Line, run: Run) -> str | None:
    """Return the colour behind `run`, or None where a style of a table may give another one."""
    highlight = run.look.get("highlight", "none")
    if highlight != "none":
        return _HIGHLIGHTS.get(highlight)
    styles = paper.sheet.elements
    chain = [run.element.find(w("rPr"))]
    chain += [one.find(w("rPr")) for one in style_chain(val(run.element, "rPr/rStyle"), styles)]
    chain += [line.element.find(w("pPr"))]
    for one in style_chain(line.style, styles):
        chain += [one.find(w("rPr")), one.find(w("pPr"))]
    for properties in chain:
        fill = _fill(properties)
        if fill:
            return fill
    return _behind_cell(paper, line)


def _behind_cell(paper: Paper, line: Line) -> str | None:
    cell = ancestor(line.element, "tc")
    while cell is not None:
        fill = _fill(cell.find(w("tcPr")))
        if fill:
            return fill
        table = ancestor(cell, "tbl")
        if table is None:
            break
        if fill := _fill(table.find(w("tblPr"))):
            return fill
        chain = style_chain(val(table, "tblPr/tblStyle"), paper.sheet.elements)
        if any(next(one.iter(w("shd")), None) is not None for one in chain):
            return None
        cell = ancestor(table, "tc")
    return _WHITE


def _fill(properties: etree._Element | None) -> str:
    """Return the plain colour that `properties` fill with, or ""."""
    shade = None if properties is None else properties.find(w("shd"))
    fill = "" if shade is None else shade.get(w("fill"), "")
    return fill if _HEX.fullmatch(fill) else ""


def contrast(one: str, other: str) -> float:
    """Return the contrast between two colours ("1F3864"), from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _symbols(paper: Paper, line: Line) -> Iterator[Problem]:
    """Yield the first sign of `line` that only means something in its own font."""
    symbol = next(
        (s for s in line.element.iter(w("sym")) if ancestor(s, "p") is line.element), None
    )
    font = "" if symbol is None else symbol.get(w("font"), "")
    if symbol is not None:
        yield paper.at(Fault("LRT876.symbool", {"font": font, "found": line.found}), line)
    elif _SYMBOLS.search(line.text):
        yield paper.at(Fault("LRT876.symbool", {"font": "Symbol", "found": line.found}), line)
