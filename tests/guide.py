"""Plays a guide, such as docs/sjablonen.md: what its reader does, step by step, in an empty folder.

`python tests/guide.py FOLDER` leaves what comes of that guide in FOLDER, for its pictures.

* A fenced block without a name holds commands; a `text` block after it is what they print. There a
  line "…" stands for any lines, and … in a line for anything.
* A comment such as `<!-- sjablonen/brief.docx: achter "Kop" -->` is what is done in Word; the
  `sjabloon` block or table after it is what is typed. In a .yaml or .csv file the text of a line is
  named (of lines under each other with / between them), and the `yaml` or `csv` block after it is
  typed behind that line, in its place, or as the whole file.
* `<!-- vandaag: 2025-03-10 -->` is the day on which what follows is done.
"""

from __future__ import annotations

import contextlib
import copy
import io
import os
import re
import shlex
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from lrtdocs import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GUIDE = Path(__file__).parent.parent / "docs" / "sjablonen.md"
MOMENT = "1742342400"  # 19 March 2025
_BLOCK = re.compile(
    r"^ *```(?P<name>\w*)\n(?P<lines>.*?)^ *```$"
    r"|^ *<!-- (?P<file>\S+\.(?:docx|yaml|csv)): (?P<edit>.+?) -->$"
    r"|^ *<!-- vandaag: (?P<day>\S+) -->$"
    r"|(?P<table>(?:^ *\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)
_TYPED = {"yaml", "csv"}
_EDIT = re.compile(
    r'(?P<verb>[\w-]+)(?: (?P<what>[^"]+?))? "(?P<text>[^"]*)"(?: in "(?P<style>[^"]+)")?'
)


@dataclass
class Step:
    """Commands with what they must print, or an edit in Word with what is typed."""

    line: int
    commands: list[str] = field(default_factory=list)
    output: str | None = None
    file: str = ""
    edit: str = ""
    day: str = ""
    typed: list[str] = field(default_factory=list)


def read_steps(text: str) -> list[Step]:
    """Return what a reader of the guide `text` does, in order."""
    steps: list[Step] = []
    for match in _BLOCK.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match["day"]:
            steps.append(Step(line, day=match["day"]))
        elif match["edit"]:
            steps.append(Step(line, file=match["file"], edit=match["edit"]))
        elif match["table"]:
            if steps and steps[-1].edit.startswith("tabel") and not steps[-1].typed:
                steps[-1].typed = match["table"].strip().splitlines()
        elif match["name"] == "sjabloon" and steps[-1].edit and not steps[-1].typed:
            steps[-1].typed = _plain(match["lines"])
        elif match["name"] in _TYPED and steps and steps[-1].file.endswith(f".{match['name']}"):
            steps[-1].typed = match["lines"].splitlines()
        elif match["name"] == "text":
            steps[-1].output = "\n".join(_plain(match["lines"]))
        elif match["name"] == "":
            steps.append(Step(line, commands=_plain(match["lines"])))
    return steps


def _plain(block: str) -> list[str]:
    lines = block.rstrip("\n").split("\n")
    indent = min((len(one) - len(one.lstrip()) for one in lines if one.strip()), default=0)
    return [one[indent:] for one in lines]


def play(steps: list[Step], folder: Path) -> Iterator[tuple[Step, str, int]]:
    """Do `steps` in `folder`; yield each with what it printed and the last exit code."""
    before = Path.cwd()
    os.environ["SOURCE_DATE_EPOCH"] = MOMENT
    os.chdir(folder)
    try:
        for step in steps:
            if step.day:
                os.environ["SOURCE_DATE_EPOCH"] = str(_moment(step.day))
            elif step.edit:
                edit(Path(step.file), step)
                yield step, "", 0
            else:
                done = [run(command) for command in step.commands]
                yield step, "".join(printed for printed, _ in done), done[-1][1]
    finally:
        os.chdir(before)


def _moment(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T09:00+00:00").timestamp())


def run(command: str) -> tuple[str, int]:
    """Give a `command`; return what a terminal shows of it, and the exit code."""
    program, *arguments = shlex.split(command)
    assert program == "lrtdocs", command
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        try:
            cli.main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
    return shown.getvalue(), code


def same(shown: str, printed: str) -> bool:
    """Tell whether the guide shows what was `printed`."""
    pattern = "".join(map(_line_pattern, shown.strip("\n").split("\n")))
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None


def _line_pattern(line: str) -> str:
    if line.strip() == "…":
        return r"(?:.*\n)*?"
    return ".*".join(map(re.escape, line.split("…"))) + r"\n"


# --- what is done in Word


def edit(path: Path, step: Step) -> None:
    """Change the file at `path` as someone in Word, or in an editor, does."""
    if path.suffix.removeprefix(".") in _TYPED:
        _edit_lines(path, step)
        return
    if step.edit == "nieuw":
        docx.Document().save(str(path))
        return
    match = _EDIT.fullmatch(step.edit)
    assert match, f"line {step.line}: {step.edit}"
    document = docx.Document(str(path))
    found = [p for p in paragraphs(document) if text_of(p) == match["text"]]
    assert found, f"line {step.line}: no paragraph {match['text']!r}"
    _EDITS[match["verb"]](document, found[0], step.typed, match["what"], match["style"])
    document.save(str(path))


def _edit_lines(path: Path, step: Step) -> None:
    """Put what is typed in a text file: behind a line, in its place, or as all there is."""
    if step.edit == "geheel":
        path.write_text("\n".join(step.typed) + "\n", encoding="utf-8")
        return
    verb, _, text = step.edit.partition(" ")
    assert verb in ("achter", "vervang"), f"line {step.line}: {step.edit}"
    lines = path.read_text(encoding="utf-8").split("\n")
    named = text[1:-1].split(" / ")
    spans = ([row.strip() for row in lines[n : n + len(named)]] for n in range(len(lines)))
    first = next((number for number, span in enumerate(spans) if span == named), None)
    assert first is not None, f"line {step.line}: no line {text} in\n{path.read_text('utf-8')}"
    last = first + len(named)
    lines[last if verb == "achter" else first : last] = step.typed
    path.write_text("\n".join(lines), encoding="utf-8")


def text_of(paragraph: Any) -> str:
    """Return the text of `paragraph`, with what was inserted and without what was deleted."""
    return "".join(text.text or "" for text in paragraph._p.iter(qn("w:t"))).strip()


def paragraphs(document: Any) -> list[Any]:
    """Return the paragraphs of the main text, tables included."""
    from docx.text.paragraph import Paragraph

    return [Paragraph(p, document._body) for p in document.element.body.iter(qn("w:p"))]


def _replace(_document: Any, paragraph: Any, typed: list[str], *_: Any) -> None:
    first, *others = paragraph.runs
    first.text = typed[0]
    for run in others:
        run._r.getparent().remove(run._r)


def _after(document: Any, paragraph: Any, typed: list[str], _what: Any, style: str | None) -> None:
    for text in reversed(typed):
        element = copy.deepcopy(paragraph._p)
        paragraph._p.addnext(element)
        fresh = type(paragraph)(element, paragraph._parent)
        for run in list(element.iter(qn("w:r"), qn("w:hyperlink"))):
            run.getparent().remove(run)
        fresh.add_run(text)
        if style:
            fresh.style = document.styles[style]


def _before(document: Any, paragraph: Any, typed: list[str], _what: Any, style: str | None) -> None:
    _after(document, paragraph, typed, None, style)
    for _ in typed:
        paragraph._p.addprevious(paragraph._p.getnext())


def _clear(_document: Any, paragraph: Any, *_: Any) -> None:
    for run in paragraph.runs:
        run._r.remove(run._r.rPr)


def _remove(_document: Any, paragraph: Any, *_: Any) -> None:
    paragraph._p.getparent().remove(paragraph._p)


def _remove_next(_document: Any, paragraph: Any, *_: Any) -> None:
    following = paragraph._p.getnext()
    following.getparent().remove(following)


def _table(document: Any, paragraph: Any, typed: list[str], *_: Any) -> None:
    rows = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in typed]
    rows = [row for row in rows if set("".join(row)) - {"-"}]
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text.strip("`")
    paragraph._p.addnext(table._tbl)


def _header(document: Any, paragraph: Any, *_: Any) -> None:
    row = next(paragraph._p.iterancestors(qn("w:tr")))
    row.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _font(_document: Any, paragraph: Any, _typed: Any, name: str, _style: Any) -> None:
    for run in paragraph.runs:
        run.font.name, run.font.size = name, Pt(12)


def _track(_document: Any, paragraph: Any, typed: list[str], *_: Any) -> None:
    (old,) = paragraph.runs
    new = copy.deepcopy(old._r)
    who = f'w:author="A. Voorbeeld" w:date="2025-03-19T10:00:00Z" {nsdecls("w")}'
    removed = parse_xml(f'<w:del w:id="901" {who}/>')
    added = parse_xml(f'<w:ins w:id="902" {who}/>')
    old._r.addprevious(removed)
    removed.append(old._r)
    removed.addnext(added)
    added.append(new)
    for text in removed.iter(qn("w:t")):
        text.tag = qn("w:delText")
    next(added.iter(qn("w:t"))).text = typed[0]


def _accept(_document: Any, paragraph: Any, *_: Any) -> None:
    for removed in list(paragraph._p.iter(qn("w:del"))):
        removed.getparent().remove(removed)
    for added in list(paragraph._p.iter(qn("w:ins"))):
        for child in list(added):
            added.addprevious(child)
        added.getparent().remove(added)


_EDITS: dict[str, Callable[..., None]] = {
    "vervang": _replace,
    "achter": _after,
    "voor": _before,
    "wis": _clear,
    "weg": _remove,
    "eronder-weg": _remove_next,
    "tabel": _table,
    "kopregel": _header,
    "lettertype": _font,
    "bijhouden": _track,
    "accepteer": _accept,
}


if __name__ == "__main__":
    where = Path(sys.argv[1])
    where.mkdir(parents=True, exist_ok=True)
    for one, told, _code in play(read_steps(GUIDE.read_text(encoding="utf-8")), where.resolve()):
        sys.stdout.write(f"--- {one.line}: {one.edit or one.commands}\n{told}\n")
