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
from lrtdocs.web.app import make_app
from lrtdocs.web.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
            tell(desk.link)
            if browser:
                webbrowser.open(desk.link)
            config = uvicorn.Config(
                make_app(desk),
                log_level="error",
                access_log=False,
                server_header=False,
                date_header=False,
                timeout_graceful_shutdown=2,
            )
            # Ctrl-C is how the page is stopped; of other ends is made the same, to leave no trace
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            with suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listening])
        finally:
            desk.close()


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
