"""The server of the page: on this computer only, for as long as somebody needs it."""

from __future__ import annotations

import signal
import socket
import webbrowser
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from lrtdocs import messages
from lrtdocs.errors import Place, UsageError
from lrtdocs.web import paper
from lrtdocs.web.app import make_app
from lrtdocs.web.desk import Desk
from lrtdocs.web.following import Followed, papers_to_follow, routes_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

    from starlette.types import ASGIApp

HOST = "127.0.0.1"


def serve(folder: Path, port: int, tell: Callable[[str], None], *, browser: bool) -> None:
    """Serve the page of `folder` until Ctrl-C; `tell` hears its link.

    `port` 0 is any that is free. Raises UsageError for a port that is taken, and for a folder that
    is not there.
    """
    if not folder.is_dir():
        raise UsageError(messages.problem("LRT905", Place(str(folder))))
    with _listen(port) as listening:
        desk = Desk(folder, listening.getsockname()[1])
        try:
            _run(desk, make_app(desk), listening, tell, browser=browser)
        finally:
            desk.close()


def serve_one(
    path: Path, first: str, port: int, tell: Callable[[str], None], *, browser: bool
) -> None:
    """Serve only the picture of the file at `path`, the paper called `first` first, until Ctrl-C.

    It follows the file while that is edited elsewhere. Raises UsageError for a port that is taken
    and for a paper that the file has not, FileProblemError for a file that is none to look at.
    """
    papers = papers_to_follow(path, first)
    path = path.resolve()
    with _listen(port) as listening:
        desk = Desk(path.parent, listening.getsockname()[1])
        try:
            followed = Followed(path, papers)
            desk.on_close(followed.close)
            app = make_app(desk, [*routes_of(followed), *paper.routes])
            _run(desk, app, listening, tell, browser=browser, stop=followed.stop)
        finally:
            desk.close()


def _run(
    desk: Desk,
    app: ASGIApp,
    listening: socket.socket,
    tell: Callable[[str], None],
    *,
    browser: bool,
    stop: Callable[[], None] = lambda: None,
) -> None:
    """Serve `app` until Ctrl-C; `stop` is called then, so that no request is waited for."""
    tell(desk.link)
    if browser:
        webbrowser.open(desk.link)
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=2,
    )
    # Ctrl-C is how the page is stopped; of other ends is made the same, to leave no trace
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        _Server(config, stop).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that says when it is told to stop, before it waits for its requests."""

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._stop()
        super().handle_exit(sig, frame)


def _listen(port: int) -> socket.socket:
    """Return a socket that listens at `port` of this computer, and at nothing else."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((HOST, port))
        listening.listen()  # so that a browser that is quick waits
    except OSError as error:
        listening.close()
        reason = messages.system_reason(error)
        raise UsageError(messages.problem("LRT906", Place(""), port=port, reason=reason)) from None
    return listening
