"""What a command tells while it works and when it is done."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import click

from lrtdocs.errors import LrtdocsError, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import Any, Self

    from rich.progress import Progress as Bar

    from lrtdocs.run.documents.report import ComparisonOutcome, Outcome


class Report:
    """What a command tells: paths to stdout, the rest to stderr, or all of it as JSON lines."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def run(
        self,
        work: Callable[[], Outcome],
        *,
        all_well: str = "",
        more: Callable[[Report, Any], None] | None = None,
    ) -> int:
        """Do `work`, tell its outcome, or `all_well` if there is none, and return the exit code.

        `more` tells what only this kind of outcome has, after all the rest.
        """
        try:
            outcome = work()
        except LrtdocsError as error:
            self._fail(error)
            return error.exit_code
        self._remark(outcome.opening)
        for problem in outcome.problems:
            self._tell(problem)
        self.tell_files(outcome.written)
        for failure in outcome.failures:
            self._fail(failure)
        if all_well and not (outcome.problems or outcome.failures or self.as_json):
            click.echo(all_well, err=True)
        self._remark(outcome.remarks)
        if more is not None:
            more(self, outcome)
        return outcome.exit_code

    def _remark(self, remarks: list[str]) -> None:
        for remark in remarks:
            self.line({"soort": "opmerking", "melding": remark}, remark, err=True)

    def _tell(self, problem: Problem) -> None:
        place = str(problem.place)
        colour = {Severity.ERROR: "red", Severity.WARNING: "yellow"}.get(problem.severity)
        text = click.style(place, bold=True, fg=colour) + str(problem)[len(place) :]
        self.line(problem.as_dict(), text, err=True)

    def _fail(self, error: LrtdocsError) -> None:
        """Tell what the program could not do."""
        for problem in error.problems:
            self._tell(problem)
        if not error.problems:
            self.line({"soort": "fout", "melding": str(error)}, str(error), err=True)

    def tell_files(self, paths: Iterable[Path]) -> None:
        """Print the `paths` of new files, as long as somebody reads them."""
        try:
            for path in paths:
                self.line({"soort": "resultaat", "bestand": str(path)}, str(path))
        except BrokenPipeError:  # as after `| head`; what is still to be made is made all the same
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def line(self, data: Mapping[str, object], text: str, *, err: bool = False) -> None:
        """Print `data` as a line of JSON, or `text` for people."""
        if self.as_json:
            click.echo(json.dumps(data, ensure_ascii=False))
        else:
            click.echo(text, err=err)


def tell_differences(report: Report, outcome: ComparisonOutcome) -> None:
    """Print each difference as a sentence."""
    for told in outcome.differences:
        report.line({"soort": "verschil", "melding": told.sentence, **told.data}, told.sentence)


class Steps:
    """Progress of long work: a bar on a terminal, a plain line a step elsewhere."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._bar: Bar | None = None

    def __call__(self, text: str, done: int, total: int) -> None:
        """Show that `text` is being done: step `done` (from 1) of `total`."""
        if self._report.as_json or total < 2:
            return
        if sys.stderr.isatty():
            self._show(text, done - 1, total)
        else:
            click.echo(f"[{done}/{total}] {text}", err=True)

    def _show(self, text: str, completed: int, total: int, left: str = "") -> None:
        """Show the bar, with what is `left` behind it."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        if self._bar is None:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                       TextColumn("{task.fields[left]}"))  # fmt: skip
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task(text, total=total, left="")
            self._bar.start()
        task = self._bar.task_ids[0]
        self._bar.update(task, description=text, completed=completed, left=left)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
