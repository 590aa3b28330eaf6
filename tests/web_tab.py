"""The page of a folder served as `lrtdocs web` does, and judged as it is now in a tab."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import browser
import uvicorn

from lrtdocs.web.app import make_app
from lrtdocs.web.desk import Desk
from lrtdocs.web.serving import _listen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def judge_page(tab: Any) -> list[str]:
    """Return what axe-core finds wrong with the page that `tab` shows: light, dark, 320 px."""
    return browser.judge_shown(tab)


@contextmanager
def serving(folder: Path) -> Iterator[Desk]:
    """Serve the page of `folder` as `lrtdocs web` does, on a port that is free."""
    with _listen(0) as listening:
        desk = Desk(folder, listening.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(make_app(desk), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield desk
        finally:
            server.should_exit = True
            thread.join()
            desk.close()
