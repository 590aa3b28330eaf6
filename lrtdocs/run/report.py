"""What a call is asked and what it did: options in; files, problems and an exit code out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtdocs.errors import (
    ExitCode,
    FileProblemError,
    LrtdocsError,
    Problem,
    ProblemsFoundError,
    has_errors,
    sort_problems,
)

if TYPE_CHECKING:
    from pathlib import Path

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
    trusted: bool = False
    overwrite: bool = False

    @property
    def wants_pdf(self) -> bool:
        """Whether a PDF is asked for, by option or by the name of the result."""
        return self.pdf or (self.output or "").lower().endswith(".pdf")


@dataclass(slots=True)
class Outcome:
    """What a call did: the files it wrote, what writers should know, and what failed."""

    written: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failures: list[LrtdocsError] = field(default_factory=list)
    exit_code: ExitCode = ExitCode.DONE

    def add_problems(self, problems: Iterable[Problem], code: ExitCode = ExitCode.PROBLEMS) -> None:
        """Take in `problems`; an error among them makes the exit code at least `code`."""
        fresh = [problem for problem in sort_problems(problems) if problem not in self.problems]
        self.problems += fresh
        if has_errors(fresh):
            self.exit_code = max(self.exit_code, code)

    def add_failure(self, error: LrtdocsError) -> None:
        """Take in an error: as problems where it comes down to that, as itself if not."""
        if isinstance(error, ProblemsFoundError):
            self.add_problems(error.problems, error.exit_code)
        elif isinstance(error, FileProblemError):
            self.add_problems([error.as_problem()], error.exit_code)
        else:
            self.failures.append(error)
        self.exit_code = max(self.exit_code, error.exit_code)
