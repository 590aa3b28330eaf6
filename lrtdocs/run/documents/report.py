"""What a call is asked and what it did: options in; files, problems and an exit code out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.errors import (
    ExitCode,
    LrtdocsError,
    Place,
    Problem,
    ProblemsFoundError,
    Severity,
    has_errors,
    sort_problems,
)
from lrtdocs.run.folder.write import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.model.taakstelling import Verdeling

WRAPPING_UP = "Ik rond af; nog een keer Ctrl-C stopt meteen."
"""What the progress is while a run that was broken off keeps what is done."""
Progress = Callable[[str, int, int], None]
"""Called with what is being done, which step that is (from 1) and how many steps there are."""


def silent(_text: str, _step: int, _steps: int) -> None:
    """Tell nothing of the progress."""


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are made and where they go.

    `output` is a file or a folder (None: beside the input); `template` a name or the path of a
    .docx; `trusted` admits the whole template language; `overwrite` also replaces a document that
    was edited by hand.
    """

    output: str | None = None
    template: str | None = None
    pdf: bool = False
    html: bool = False
    trusted: bool = False
    overwrite: bool = False

    @property
    def wants_html(self) -> bool:
        """Whether a web page is asked for, by option or by the name of the result."""
        return self.html or (self.output or "").lower().endswith(".html")

    @property
    def wants_pdf(self) -> bool:
        """Whether a PDF is asked for, by option or by the name of the result."""
        return self.pdf or (self.output or "").lower().endswith(".pdf")


@dataclass(frozen=True, slots=True)
class LettersOptions:
    """How a run is made and where it goes.

    `only` names recipients, `proof` asks for so many of the most extreme letters,
    or for those that changed since the last proof ("gewijzigd"); `again` makes
    also what is there already, `overwrite` also what was edited by hand. They are filled by so many
    `workers` (None: what suits), or on the cluster at `dask`. A `single` letter need not be one of
    a whole run; with `copies` others get them too. One file to print is made to `join` the letters,
    or one for each value of the column `join_by`, in the `order` of a column; with `two_sided` each
    letter begins on a front. No letter may have more than `at_most` pages.
    """

    output: Path
    pdf: bool = False
    html: bool = False
    join: bool = False
    join_by: str | None = None
    order: str | None = None
    two_sided: bool = False
    at_most: int | None = None
    only: Sequence[str] | None = None
    proof: int | str | None = None
    workers: int | None = None
    dask: str | None = None
    again: bool = False
    overwrite: bool = False
    trusted: bool = False
    single: bool = False
    copies: bool = False

    @property
    def wants_pdf(self) -> bool:
        """Whether PDFs are asked for; a print file is made of them, and their pages are counted."""
        return self.pdf or self.wants_print or self.at_most is not None

    @property
    def wants_print(self) -> bool:
        """Whether a file to print is asked for."""
        asked = self.join_by is not None or self.order is not None
        return self.join or self.two_sided or asked


@dataclass(slots=True)
class Outcome:
    """What a call did: the files it wrote, what writers should know, and what failed.

    `opening` and `remarks` are for people, before and after the problems.
    """

    written: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failures: list[LrtdocsError] = field(default_factory=list)
    exit_code: ExitCode = ExitCode.DONE
    opening: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add_problems(self, problems: Iterable[Problem], code: ExitCode = ExitCode.PROBLEMS) -> None:
        """Take in `problems`; an error among them makes the exit code at least `code`."""
        fresh = [problem for problem in sort_problems(problems) if problem not in self.problems]
        self.problems += fresh
        if has_errors(fresh):
            self.exit_code = max(self.exit_code, code)

    @property
    def told(self) -> list[Problem]:
        """All that there is to tell: what failed, and what writers should know."""
        failed = [problem for error in self.failures for problem in error.problems]
        return [*failed, *self.problems]

    def take_in(self, other: Outcome) -> None:
        """Take in what came of another call, as if this one had done it."""
        self.written += other.written
        self.add_problems(other.problems, other.exit_code)
        self.failures += other.failures
        self.opening += other.opening
        self.remarks += other.remarks
        self.exit_code = max(self.exit_code, other.exit_code)

    def add_failure(self, error: LrtdocsError) -> None:
        """Take in an error: as problems where it comes down to that, as itself if not."""
        if isinstance(error, ProblemsFoundError):
            self.add_problems(error.problems, error.exit_code)
        else:
            self.failures.append(error)
        self.exit_code = max(self.exit_code, error.exit_code)

    def write(self, path: Path, data: bytes, *, keep: bool = False) -> None:
        """Write `data` to `path`, and tell so; raise FileProblemError if that cannot be done.

        With `keep` the file that was there is kept under another name, and that is told.
        """
        self.add_problems(write_atomic(path, data, keep=keep))
        self.written.append(path)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Take in the error that ends this context, if there is one."""
        try:
            yield
        except LrtdocsError as error:
            self.add_failure(error)


class Told(NamedTuple):
    """A difference as it is told: in a sentence, and as plain data for `--json`."""

    sentence: str
    data: dict[str, Any]


@dataclass(slots=True)
class ComparisonOutcome(Outcome):
    """What came of a comparison: the differences, [] if there are none."""

    differences: list[Told] = field(default_factory=list)


@dataclass(slots=True)
class ReturnOutcome(Outcome):
    """What came of a paper that was edited in Word: each of its changes, by its key, as it is told.

    One that cannot be taken over tells why: its code is not that of a change.
    """

    changes: list[tuple[str, Problem]] = field(default_factory=list)


def _tag_of(problem: Problem) -> Place:
    """Return the place of the tag that `problem` is about, which may be told at a value."""
    tag = problem.fields.get("tag")
    return tag if isinstance(tag, Place) else problem.place


MOST_TOLD = 200
"""Letters whose problems are told one by one; more of them than anybody reads."""
MOST_REASONS = 5
OFFICE_FAILED = "LRT709"
"""The code of a letter without its PDF."""


@dataclass(slots=True)
class LettersOutcome(Outcome):
    """What a run of letters did: of `total` so many are made, as they were, edited by hand, failed.

    Of those that failed `outdated` were edited by hand, and their data changed since. `reasons` are
    why letters that were there are made again, with how many.
    `written` stays empty: the files of a large run are told batch by batch. `chosen` are the files
    of a proof, each with the reason. `sum_line` sets what the letters tell against the national
    number. `pages` has how many pages the PDF of a letter has, by its file. When a run was broken
    off, so many letters are `waiting` for their PDF. `copies` tells of the copies of the letters.
    """

    total: int = 0
    made: int = 0
    same: int = 0
    edited: int = 0
    failed: int = 0
    outdated: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    chosen: list[tuple[str, str]] = field(default_factory=list)
    sum_line: str = ""
    pdfs: int = 0
    waiting: int = 0
    pages: dict[str, int] = field(default_factory=dict)
    copies: LettersOutcome | None = None
    _first: Problem | None = None  # of the template, in the first letter that failed
    _like_first: int = 0  # letters that failed in the same way
    _remarks: dict[tuple[str, str], tuple[Problem, int]] = field(default_factory=dict)

    def add_copies(self, copies: LettersOutcome) -> None:
        """Take in what there is to tell of the copies of the letters."""
        self.add_problems(copies.problems)
        self.failures += copies.failures
        self.exit_code = max(self.exit_code, copies.exit_code)

    @property
    def interrupted(self) -> bool:
        """Whether the user broke the run off."""
        return self.exit_code is ExitCode.INTERRUPTED

    @property
    def done(self) -> int:
        """How many letters have been dealt with."""
        return self.made + self.same + self.edited + self.failed

    def add_failed(self, problems: list[Problem], in_template: Sequence[Problem] = ()) -> None:
        """Take in that a letter was not made, and why: `in_template` is what the template did."""
        self.failed += 1
        self.exit_code = max(self.exit_code, ExitCode.LETTERS)
        if self.failed <= MOST_TOLD:
            self.add_problems(problems)
        if self.failed == 1 and in_template:
            self._first = in_template[0]
        first = self._first
        self._like_first += first is not None and any(
            (each.code, _tag_of(each)) == (first.code, _tag_of(first)) for each in in_template
        )

    def add_reason(self, reason: str) -> None:
        """Take in why a letter was made again; nothing for a new one."""
        if reason:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def add_remarks(self, remarks: list[Problem]) -> None:
        """Take in what could be better about one letter; the same about more is told once."""
        for remark in remarks:
            key = (remark.code, remark.message)
            if key in self._remarks or len(self._remarks) < MOST_TOLD:
                first, count = self._remarks.get(key, (remark, 0))
                self._remarks[key] = first, count + 1

    def add_final_problems(self) -> None:
        """Add what can only be told at the end."""
        self._blame_template()
        self._blame_office()
        for remark, count in self._remarks.values():
            more = messages.text("deel.ook_bij", number=count) if count > 1 else ""
            self.add_problems(
                [replace(remark, message=remark.message + more, severity=Severity.WARNING)]
            )

    def _blame_template(self) -> None:
        """Tell once what went wrong in every letter in the same way: that is the template's."""
        first = self._first
        if first is None or not first.code.startswith("LRT3"):
            return
        if 1 < self.total == self.failed == self._like_first:
            key = (first.code, _tag_of(first))
            others = (each for each in self.problems if (each.code, _tag_of(each)) != key)
            self.problems = [*others, first]
            self.exit_code = ExitCode.TEMPLATE

    def _blame_office(self) -> None:
        """Tell once what LibreOffice did with every letter that it got: that is LibreOffice's."""
        failed = [problem for problem in self.problems if problem.code == OFFICE_FAILED]
        if failed and not self.pdfs:
            others = [problem for problem in self.problems if problem.code != OFFICE_FAILED]
            if self.failed > 1:
                more = messages.text("LRT709.alle", number=self.failed)
                failed[0] = replace(failed[0], message=f"{failed[0].message} {more}")
            self.problems = [*others, failed[0]]
            if all(problem.severity is not Severity.ERROR for problem in others):
                self.exit_code = ExitCode.OFFICE

    def _by_pages(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for file, count in self.pages.items():
            found.setdefault(count, []).append(file)
        return dict(sorted(found.items()))

    def pages_line(self) -> str:
        """Return how many letters have how many pages, with the names of those that differ."""
        by_pages, parts = self._by_pages(), []
        usual = max(map(len, by_pages.values()), default=0)
        for count, files in by_pages.items():
            named = f" ({dutch.join_some(files, 5)})" if len(files) < usual else ""
            noun = "bladzijde" if count == 1 else "bladzijden"
            parts.append(f"{dutch.format_number(len(files))} × {count} {noun}{named}")
        return f"{', '.join(parts)}." if parts else ""

    def tell_sum(self, verdeling: Verdeling | None) -> None:
        """Set the sum of all numbers against the national one."""
        if verdeling is None:
            return
        block, number = verdeling.taakstelling, dutch.format_number
        self.sum_line = f"som {number(verdeling.som)}, landelijk {number(block.totaal)}"
        if verdeling.verschil:
            sign = "+" if verdeling.verschil > 0 else "-"
            reason = f"door afronding {block.afronding.value}"
            if verdeling.afwijkingen:
                reason = "volgens de tabel"
            self.sum_line += f" ({sign}{number(abs(verdeling.verschil))} {reason})"

    def counts(self) -> dict[str, object]:
        """Return the numbers as plain data, for `--json`."""
        return {
            "soort": "samenvatting",
            "totaal": self.total,
            "gemaakt": self.made,
            "ongewijzigd": self.same,
            "bewerkt": self.edited,
            "verouderd": self.outdated,
            "opnieuw": self.reasons,
            "mislukt": self.failed,
            "bladzijden": {str(n): len(files) for n, files in self._by_pages().items()},
            "afgebroken": self.interrupted,
            "wacht_op_pdf": self.waiting,
            "som": self.sum_line,
        }

    def last_line(self) -> str:
        """Return the one line that says how it went."""
        if self.interrupted:
            done = self.made + self.same + self.edited
            pdfs = f", {done} met PDF" if self.waiting else ""
            return (
                f"Afgebroken. {done + self.waiting} van {self.total} brieven zijn gemaakt{pdfs}; "
                "dezelfde opdracht gaat verder."
            )
        parts = [f"{self.made} gemaakt", f"{self.same} ongewijzigd"]
        parts += [f"{self.edited} bewerkt in Word"] if self.edited else []
        parts += [f"{self.outdated} bewerkt en verouderd"] if self.outdated else []
        noun = "brief" if self.total == 1 else "brieven"
        failed = self.failed - self.outdated
        line = f"{self.total} {noun}: {', '.join(parts)}, {failed} mislukt"
        return f"{line}; {self.sum_line}." if self.sum_line else f"{line}."

    def reason_lines(self) -> list[str]:
        """Return why letters were made again, a line for each reason that holds for most."""
        ordered = sorted(self.reasons.items(), key=lambda pair: -pair[1])
        lines = [f"{count} opnieuw: {reason}." for reason, count in ordered[:MOST_REASONS]]
        rest = sum(count for _, count in ordered[MOST_REASONS:])
        return [*lines, f"{rest} opnieuw: om een andere reden."] if rest else lines
