"""Places, problems, exit codes and exceptions: the lowest floor, known to all others.

What a writer did wrong is a `Problem`: a value, gathered, shown together with all the others.
What the program cannot do is an `LrtdocsError`: an exception that carries its exit code.
Texts here are read by people at the ministry and are therefore Dutch.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_EXCERPT_WIDTH = 72
_HEADING_WIDTH = 40
_OBJECT = "\ufffc"  # stands in the text of a paragraph for what is no text


class ExitCode(enum.IntEnum):
    """What the process tells its caller; the numbers are part of the contract with users."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    TEMPLATE = 3
    OFFICE = 4
    LETTERS = 5
    INTERRUPTED = 130  # what a shell gives for Ctrl-C


class Severity(enum.StrEnum):
    """How bad a problem is: only an error stops a document from being made."""

    ERROR = "fout"
    WARNING = "waarschuwing"
    TIP = "tip"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and in it a line and column, or a part and paragraph.

    `line`, `column` and `paragraph` count from 1. `part` is the Dutch name of a part of a Word
    document ("hoofdtekst", "koptekst eerste pagina"); `cell` is a sheet address such as "B17".
    In a paragraph `column` and `length` tell which characters of its `text` are meant, and
    `heading` is the text of the heading above it.
    """

    file: str
    line: int | None = None
    column: int | None = None
    part: str | None = None
    paragraph: int | None = None
    cell: str | None = None
    heading: str | None = None
    text: str | None = None
    length: int | None = None

    def __str__(self) -> str:
        text = self.file
        if self.cell is not None:
            text += f"!{self.cell}"
        if self.line is not None:
            text += f":{self.line}"
            if self.column is not None:
                text += f":{self.column}"
        if self.part is not None:
            text += f", {self.part}"
        if self.paragraph is not None:
            text += f", alinea {self.paragraph}"
        if self.heading:
            text += f" (onder '{shorten(self.heading, _HEADING_WIDTH)}')"
        return text

    @property
    def within(self) -> str:
        """The place in its table: "cel B17", or "regel 17"."""
        return f"cel {self.cell}" if self.cell else f"regel {self.line}"

    def excerpt(self) -> list[str]:
        """Return the text around what is meant, and a line of carets below it; [] when unknown."""
        if not self.text or self.column is None or not self.length:
            return []
        start, end = self.column - 1, self.column - 1 + min(self.length, _EXCERPT_WIDTH)
        room = max(_EXCERPT_WIDTH - (end - start), 0)
        left = max(0, min(start - room // 2, len(self.text) - (end - start) - room))
        right = min(len(self.text), max(end, left + (end - start) + room))
        shown = "".join(
            c if c.isprintable() and c != _OBJECT else " " for c in self.text[left:right]
        )
        before = "… " if left else ""
        after = " …" if right < len(self.text) else ""
        carets = " " * (len(before) + start - left) + "^" * (min(end, right) - start)
        return [before + shown + after, carets]

    def sort_key(self) -> tuple[str, int, str, int, int]:
        """Return a key that orders places as a reader meets them."""
        return (self.file, self.line or 0, self.part or "", self.paragraph or 0, self.column or 0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a writer should look at: what is wrong, where, and what to do about it.

    `code` is stable ("LRT104"): people search for it and `--json` readers rely on it.
    `message` is a full Dutch sentence. `expected`, `found` and `remedy` may be empty. `key` is that
    of the catalogue in `messages`, which makes problems, and `fields` are what the texts were
    filled with: what the program decides by, never by a text.
    """

    code: str
    place: Place
    message: str
    expected: str = ""
    found: str = ""
    remedy: str = ""
    severity: Severity = Severity.ERROR
    key: str = field(default="", compare=False)
    fields: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place.file else ""
        lines = [f"{where}{self.severity} {self.code}: {self.message}"]
        excerpt = self.place.excerpt()
        lines += [f"    {line}" for line in excerpt]
        shown = bool(excerpt) and self.found in excerpt[0]
        for label, text in (
            ("verwacht", self.expected),
            ("gevonden", "" if shown else self.found),
            ("doe dit", self.remedy),
        ):
            if text:
                lines.append(f"    {label}: {text}".replace("\n", "\n    "))
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """Return the problem as plain data, for `--json`; keys without a value are left out."""
        data: dict[str, object] = {
            "soort": str(self.severity),
            "code": self.code,
            "bestand": self.place.file,
            "regel": self.place.line,
            "kolom": self.place.column,
            "deel": self.place.part,
            "alinea": self.place.paragraph,
            "lengte": self.place.length,
            "tekst": self.place.text,
            "onder": self.place.heading,
            "cel": self.place.cell,
            "melding": self.message,
            "verwacht": self.expected,
            "gevonden": self.found,
            "remedie": self.remedy,
            "velden": {name: str(value) for name, value in self.fields.items()},
        }
        return {key: value for key, value in data.items() if value not in (None, "", {})}


def shorten(text: str, width: int) -> str:
    """Return `text` on one line, cut at the last word that fits in `width`."""
    flat = " ".join(text.split())
    if len(flat) <= width:
        return flat
    return (
        flat[:width].rpartition(" ")[0].rstrip(" ,.;:") + " …"
        if " " in flat[:width]
        else flat[: width - 1] + "…"
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of `problems` is an error (warnings and tips are not)."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems` without doubles, in the order in which a reader meets their places."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.place.sort_key())


def suggest(word: str, known: Iterable[str]) -> str:
    """Return "bedoelde u 'X'?" for the word in `known` nearest to `word`, or "" if none is near."""
    by_fold = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return f"bedoelde u '{by_fold[near[0]]}'?" if near else ""


class LrtdocsError(Exception):
    """Base of everything lrtdocs raises on purpose: the problems that say so, in Dutch.

    The first problem is what stopped the work. A class stands for what a caller can do about it,
    not for a text: that is the code of the problem.
    """

    exit_code: ExitCode = ExitCode.PROBLEMS

    def __init__(self, *problems: Any) -> None:
        super().__init__(*problems)
        self.problems: list[Problem] = [each for each in problems if isinstance(each, Problem)]

    @property
    def message(self) -> str:
        """What stopped the work."""
        return self.problems[0].message

    @property
    def remedy(self) -> str:
        """What to do about it, or ""."""
        return self.problems[0].remedy

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class UsageError(LrtdocsError):
    """What was asked cannot be done as it was asked."""

    exit_code = ExitCode.USAGE


class ProblemsFoundError(LrtdocsError):
    """The input has problems: nothing was made. `problems` holds all of them."""


class TemplateProblemsError(ProblemsFoundError):
    """A Word template has problems: nothing was made with it."""

    exit_code = ExitCode.TEMPLATE


class FileProblemError(ProblemsFoundError):
    """A file cannot be read or written; the problem stands at its path, as the user knows it."""
