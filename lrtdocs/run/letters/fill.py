"""Filling letters: what a worker does, wherever it is, and what it has to know.

What goes to a worker is a job (the template and the words that all letters share) and batches of
words; what comes back is bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, TemplateProblemsError
from lrtdocs.language import Taal
from lrtdocs.run.folder.manifest import Basis
from lrtdocs.run.load.pictures import finder_in
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import Filler
from lrtdocs.word.fill.trace import find_sources
from lrtdocs.word.marks import link_marks
from lrtdocs.word.package.archive import FASTEST

if TYPE_CHECKING:
    from datetime import date

    from lrtdocs.documents.words import Words
    from lrtdocs.word.compile.template import Template
    from lrtdocs.word.package.pictures import Picture
    from lrtdocs.word.web.page import WebPage

Rendered = bytes | list[Problem]
"""A filled letter, or the problems that keep it from being one."""


class WithPage(NamedTuple):
    """A filled letter with its web page, made where it was filled."""

    docx: bytes
    page: WebPage


Batch = list[Mapping[str, object]]
"""The words of letters that are filled together."""

Result = Callable[[], "list[Rendered] | list[Rendered | WithPage]"]
"""Waits for a batch that is filled elsewhere; raises when that is lost."""

BATCH = 50


@dataclass(frozen=True, slots=True)
class Job:
    """What every letter of a run is made from.

    `shared` are the words of all letters, `translated` those of letters in the other language, if
    there can be any. `basis` has a digest of each thing that letters share: the template, the house
    style, the version of lrtdocs, the words of the mailing; `digest` is that of all of them. Jobs
    with the same digest are equal, wherever they are. `pictures` take the places of those of the
    template, `of_texts` are those that stand in a text. Workers make `html` pages too. The letters
    of a `public` one are publication copies: the marks in them are told at their end.
    """

    template: bytes = field(repr=False, compare=False)
    name: str
    trusted: bool = field(compare=False)
    shared: Words = field(repr=False, compare=False)
    translated: Words = field(repr=False, compare=False)
    pictures: Mapping[str, bytes] = field(repr=False, compare=False)
    of_texts: Mapping[str, Picture] = field(repr=False, compare=False)
    font: str | None = field(compare=False)
    kix: tuple[str, int] | None = field(compare=False)
    basis: Mapping[str, str] = field(repr=False, compare=False)
    digest: str
    html: bool = field(default=False, compare=False)
    public: bool = False

    @property
    def as_basis(self) -> Basis:
        """What its letters are made on the basis of, as the manifest tells it."""
        return Basis(self.digest, self.basis)

    def taal_of(self, words: Mapping[str, object]) -> Taal:
        """Return the language of the letter with these `words`."""
        return Taal(cast("str", words.get("taal") or self.shared["taal"]))

    def words_in(self, taal: Taal) -> Words:
        """Return the words that all letters in `taal` share."""
        return self.shared if taal == self.shared["taal"] else self.translated

    def dated(self, day: date) -> Job:
        """Return the same job, for letters that bear `day`."""
        dated = {"dagtekening": day}
        return replace(self, shared=self.shared | dated, translated=self.translated | dated)


class LetterFiller:
    """Fills the letters of `job` with `template`, which is that of the job, compiled."""

    def __init__(self, job: Job, template: Template) -> None:
        self._job, self._template = job, template
        self._fillers: dict[Taal, Filler | list[Problem]] = {}

    def fill(self, batch: Batch) -> list[Rendered]:
        """Return each letter of `batch` filled; one that fails is its problems, and stops no other.

        All of a language fail if the words that they share cannot stand in a document.
        """
        return [self._fill_one(words) for words in batch]

    def _fill_one(self, words: Mapping[str, object]) -> Rendered:
        taal = self._job.taal_of(words)
        if taal not in self._fillers:
            self._fillers[taal] = self._make_filler(taal)
        filler = self._fillers[taal]
        if not isinstance(filler, Filler):
            return filler
        try:
            # what all letters in a language share, is not of each
            made = filler.render({name: words[name] for name in words if name != "taal"})
            return link_marks(made) if self._job.public else made
        except TemplateProblemsError as error:
            known, finder = {**self._job.words_in(taal), **words}, finder_in(self._job.of_texts)
            return find_sources(error, self._template, known, find_picture=finder, taal=taal)
        except Exception as error:  # noqa: BLE001 - one letter must never stop the others
            reason = f"{type(error).__name__}: {error}"
            return [messages.problem("LRT706", Place(self._job.name), reason=reason)]

    def _make_filler(self, taal: Taal) -> Filler | list[Problem]:
        """Return what fills the letters in `taal`, or why none of them can be filled."""
        job = self._job
        try:
            return Filler(
                self._template,
                job.words_in(taal),
                pictures=job.pictures,
                font=job.font,
                kix=job.kix,
                find_picture=finder_in(job.of_texts),
                taal=taal,
            )
        except TemplateProblemsError as error:
            return error.problems


@lru_cache(maxsize=1)
def _filler_of(job: Job) -> LetterFiller:
    """Return what fills the letters of `job` in this worker; it is made once."""
    return LetterFiller(job, compile_template(job.template, job.name, trusted=job.trusted))


def work(job: Job, batch: Batch) -> list[Rendered | WithPage]:
    """Return each letter of `batch` filled, with its page if those are wanted: a worker does so."""
    filled = _filler_of(job).fill(batch)
    return [_add_page(one) for one in filled] if job.html else [*filled]


def _add_page(filled: Rendered) -> Rendered | WithPage:
    """Return what was `filled` with its page; who writes it tries again where that fails."""
    from lrtdocs.word.web.page import make_page

    if not isinstance(filled, bytes):
        return filled
    try:
        return WithPage(filled, make_page(filled))
    except Exception:  # noqa: BLE001 - it is told when it is tried again
        return filled


def maker() -> tuple[str, str]:
    """Return what must be the same on all computers for the same bytes: lrtdocs and compressor."""
    return str(import_module("lrtdocs").__version__), FASTEST.name  # an import would be a cycle


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where letters are filled: `submit` takes a batch of words there, and returns how to wait.

    A batch has `size` letters, and at most `window` of them are on their way. Whatever either call
    raises, the batch is then filled by who asked for it. `find_lost` tells after that whether the
    whole place is lost, so that nothing is sent there any more.
    """

    submit: Callable[[Batch], Result]
    size: int = BATCH
    window: int = 1
    find_lost: Callable[[], Problem | None] = lambda: None
