"""Papers shown while they are typed: one LibreOffice that stays up, for all who look.

They wait for each other. Who asked for a paper that somebody asked for again since, is told so
instead: only the newest text is worth a picture. What is shown is never older than what was asked,
for nothing is kept.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.errors import LrtdocsError, has_errors, sort_problems
from lrtdocs.kinds import KINDS, Source
from lrtdocs.run.documents.finish import read_document
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.showing.letters import fill_letter
from lrtdocs.run.showing.meetings import fill_meeting
from lrtdocs.run.showing.papers import Asked
from lrtdocs.run.showing.sight import Overtaken, Sight, Spot
from lrtdocs.source.files import unsaved
from lrtdocs.word.fill.colours import piece_of
from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.guards import read_package

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.pdf.links import LinkBox
    from lrtdocs.pdf.office.backend import OfficeBackend, Task
    from lrtdocs.pdf.picture import PagePicture, Stretch
    from lrtdocs.run.showing.papers import Paper

_DPI = 110.0
_SECONDS = 20.0
"""For a document that somebody waits for."""
_TIMED_OUT = "LRT408"
MOST_PAGES = 60
"""So many pages are shown of a document that somebody brings along."""


class Viewer:
    """Makes pictures of papers, of so many dots an inch; for any thread. To be closed.

    LibreOffice gets so many `seconds` for one.
    """

    def __init__(self, dpi: float = _DPI, seconds: float = _SECONDS) -> None:
        self._dpi, self._seconds = dpi, seconds
        self._backend: OfficeBackend | None = None
        self._closed = False
        self._turn, self._lock = threading.Lock(), threading.Lock()
        self._newest: dict[Hashable, object] = {}

    def show(
        self,
        path: Path,
        kind: str,
        text: str | None = None,
        *,
        public: bool = False,
        only: str | None = None,
        key: Hashable = None,
    ) -> Sight:
        """Return the `kind` of paper of the file at `path` as it is now, with `text` in its place.

        A `public` one is the publication copy. Of a mailing it is the letter to `only`, or the
        first. Raises Overtaken if somebody asks for the same, or for what has this `key`,
        before this one is begun or while it is made.
        """
        key = key or (path.absolute(), kind, public, only)
        mine = object()
        with self._lock:
            self._newest[key] = mine

        def check() -> None:
            if self._newest.get(key) is not mine:
                raise Overtaken

        with self._turn:
            check()
            asked = Asked(path, kind, public=public, only=only)
            with unsaved(path, text):
                return self._show(asked, check)

    def show_document(self, docx: bytes, name: str) -> tuple[list[PagePicture], list[LinkBox]]:
        """Return the first pages of the document `docx`, called `name`, and where its links stand.

        Raises TemplateProblemsError for what may not be opened, ConversionError if there is no PDF.
        """
        from lrtdocs.pdf.links import find_links
        from lrtdocs.pdf.picture import draw_pages

        # refuses what fetches, runs or carries something, and leaves out what names other files
        guarded = write_package(read_package(docx, name))
        task = replace(read_document(guarded, name).task, seconds=self._seconds)
        with self._turn:
            pdf = self._convert(task)
            return draw_pages(pdf, self._dpi, MOST_PAGES), find_links(pdf)

    def _show(self, asked: Asked, check: Callable[[], None]) -> Sight:
        outcome, paper = Outcome(), None
        with outcome.gathering():
            of_meeting = KINDS[asked.kind].source is Source.MEETING
            paper = (fill_meeting if of_meeting else fill_letter)(asked, outcome)
        check()
        if paper is not None and not outcome.failures and not has_errors(outcome.problems):
            with outcome.gathering():
                pages, spots = self._draw(paper, check)
                return Sight(sort_problems(outcome.problems), pages, spots)
        return Sight(sort_problems(outcome.told))

    def _draw(
        self, paper: Paper, check: Callable[[], None]
    ) -> tuple[Sequence[PagePicture], Sequence[Spot]]:
        from lrtdocs.pdf.picture import draw_pages, find_colours  # with PDFium

        task = replace(read_document(paper.docx, paper.name).task, seconds=self._seconds)
        pdf = self._convert(task)
        pages = draw_pages(pdf, self._dpi)
        check()
        coloured = self._convert(replace(task, docx=paper.coloured))
        return pages, list(_spots(find_colours(pdf, coloured), paper))

    def _convert(self, task: Task) -> bytes:
        """Return the PDF of `task`; a LibreOffice that died gets a successor, which tries again.

        Raises an OfficeError if there is none.
        """
        from lrtdocs.pdf.office.office import ConversionError
        from lrtdocs.pdf.office.process import lasting_programs

        with lasting_programs():
            made = self._start().convert(task)
            if isinstance(made, ConversionError) and made.problems[0].code != _TIMED_OUT:
                made = self._start().convert(task)
        if isinstance(made, ConversionError):
            raise made
        return made

    def _start(self) -> OfficeBackend:
        from lrtdocs.pdf.office.office import ConversionError, probe
        from lrtdocs.pdf.office.server import choose_backend

        with self._lock:
            if self._closed:
                raise ConversionError.of("LRT427", "", reason="")
            self._backend = self._backend or choose_backend(probe())
            return self._backend

    def warm(self) -> None:
        """Start LibreOffice in the background, so that the first picture need not wait for it."""
        threading.Thread(target=self._warm, daemon=True).start()

    def _warm(self) -> None:
        from lrtdocs.pdf.office.process import lasting_programs

        with self._turn, lasting_programs(), suppress(LrtdocsError):  # told with the first picture
            self._start().warm()

    def close(self) -> None:
        """Stop LibreOffice, whatever it is at, for good."""
        with self._lock:
            self._closed, backend = True, self._backend
        interrupt = getattr(backend, "interrupt", None)
        if interrupt is not None:
            interrupt()
        with self._turn:
            if backend is not None:
                backend.close()


def _spots(stretches: Iterable[Stretch], paper: Paper) -> Iterator[Spot]:
    for stretch in stretches:
        piece = piece_of(stretch.colour)
        if piece is None or piece >= len(paper.addresses):
            continue
        address = paper.addresses[piece]
        if address is not None:
            yield Spot(stretch.page, stretch.box, address.loc, address.place)
