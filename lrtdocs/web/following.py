"""One paper followed: the picture of a file that is edited elsewhere, beside that editor."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lrtdocs import api, messages
from lrtdocs.errors import FileProblemError, Place, UsageError
from lrtdocs.web.pages import desk_of, page, render
from lrtdocs.web.questions import papers_of

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

_PATIENCE, _STEP = 10.0, 0.05
"""Seconds that a page waits for news, and between two looks whether there is any."""


class Followed:
    """A file that is followed: which `papers` are shown of it, and how often it was changed.

    To be closed.
    """

    def __init__(self, path: Path, papers: list[str]) -> None:
        self.path, self.papers, self.count = path, papers, 1
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="follow", daemon=True)
        self._thread.start()

    @property
    def is_closed(self) -> bool:
        """Whether nothing will be told any more."""
        return self._stop.is_set()

    def _follow(self) -> None:
        for _ in api.watch_files(self.path, self._stop):
            self.count += 1

    def stop(self) -> None:
        """Tell nothing any more: who waits for news is answered at once."""
        self._stop.set()

    def close(self) -> None:
        """Stop following."""
        self.stop()
        self._thread.join()


def papers_to_follow(path: Path, first: str = "") -> list[str]:
    """Return the papers that can be seen of the file at `path`, the one called `first` first.

    Raises FileProblemError for a file that has none, UsageError for a paper that is none of them.
    """
    papers = papers_of(api.kind_of_file(path))
    if not papers:
        raise FileProblemError(messages.problem("LRT925", Place(str(path))))
    if first and first not in papers:
        told = ", ".join(papers)
        raise UsageError(messages.problem("LRT926", Place(""), asked=first, papers=told))
    return sorted(papers, key=lambda name: name != first)


def routes_of(followed: Followed) -> list[Route]:
    """Return the page that shows the paper of what is `followed`, and where that asks for news."""

    def show(request: Request) -> Response:
        return render(
            request,
            "kijk.html",
            bestand=followed.path,
            id=desk_of(request).files.id_of(followed.path),
            stukken=followed.papers,
            stand=followed.count,
        )

    async def ask(request: Request) -> Response:
        """Answer how often the file was changed, once that is not what the page knows."""
        known = request.query_params.get("na", "")
        loop = asyncio.get_running_loop()
        until = loop.time() + _PATIENCE
        while str(followed.count) == known and loop.time() < until and not followed.is_closed:
            await asyncio.sleep(_STEP)
        return JSONResponse({"stand": followed.count})

    return [page("/", show, "kijk"), Route("/stand", ask, methods=["GET"], name="stand")]
