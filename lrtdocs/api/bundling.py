"""Bundles: one PDF of a meeting's agenda and annexes, and one zip for an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.documents.report import Outcome, Progress, silent
from lrtdocs.run.meetings.bundling import write_bundle
from lrtdocs.run.publishing.archiving import write_archive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def bundle_papers(
    path: Path,
    output: str | None = None,
    progress: Progress = silent,
    *,
    confidential: bool = False,
) -> Outcome:
    """Write the agenda of the meeting at `path` and the files of its annexes as one PDF."""
    outcome = Outcome()
    with outcome.gathering():
        write_bundle(path, output, outcome, progress, confidential=confidential)
    return outcome


def archive(
    paths: Sequence[Path], output: str | None = None, progress: Progress = silent
) -> Outcome:
    """Write the meetings, mailings and folders of letters at `paths` as one bundle, with MDTO."""
    outcome = Outcome()
    with outcome.gathering():
        write_archive(paths, output, outcome, progress)
    return outcome
