"""Finished letters out of the PDF of many, each as it would be by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf

from lrtdocs.messages import Fault
from lrtdocs.pdf.bulk.split import split_letters
from lrtdocs.pdf.bulk.truetype import NotSeparableError
from lrtdocs.pdf.structure.finish import FinishedPdf, finish, finish_open

if TYPE_CHECKING:
    from lrtdocs.pdf.structure.finish import Job

Spans = tuple[tuple[str, str], ...]
"""The names of the bookmarks at the beginning and at the end of each letter."""


@dataclass(frozen=True, slots=True)
class MergedJob:
    """The PDF of several `letters`, whose own jobs hold no PDF; `spans` tells where they stand."""

    pdf: bytes
    spans: Spans
    letters: tuple[Job, ...]


def take_apart(job: MergedJob) -> list[FinishedPdf] | Fault:
    """Return the finished letters of `job`, or why they cannot be taken apart."""
    made: list[FinishedPdf] = []
    try:
        parts = split_letters(job.pdf, job.spans, [letter.facts for letter in job.letters])
        for letter, pdf in zip(job.letters, parts, strict=True):
            with pdf:
                made.append(finish_open(pdf, letter.facts, letter.moment, claim=letter.claim))
    except NotSeparableError as error:
        return error.fault
    except (pikepdf.PdfError, KeyError, ValueError, TypeError, AttributeError) as error:
        return Fault("deel.apart_anders", {"reason": str(error)})
    return made


def finish_letter(job: Job) -> FinishedPdf | str:
    """Return the letter of `job` with the bytes that it has when it was converted with others.

    One that cannot be rebuilt is finished as it is.
    """
    made = take_apart(MergedJob(job.pdf, (), (job,)))
    return finish(job) if isinstance(made, Fault) else made[0]
