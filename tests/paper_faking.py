"""A viewer that paints what it is told: a page that says which text it is of."""

from __future__ import annotations

import hashlib
import io
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from lrtdocs import api
from lrtdocs.errors import Place, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from lrtdocs.errors import Problem

WIDTH, HEIGHT = 595.0, 842.0


def paint(text: str) -> bytes:
    """Return a picture of a page that is another one for every other `text`."""
    picture = Image.new("RGB", (298, 421), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((20, 20), hashlib.sha256(text.encode()).hexdigest()[:24], fill="black")
    draw.text((20, 60), text[:400], fill="black")
    done = io.BytesIO()
    picture.save(done, "PNG")
    return done.getvalue()


class FakeViewer:
    """Shows each line "key: value" as a spot on the first page.

    `check` tells what is wrong in a text; `before` is called before each answer, with its text, and
    may wait: so answers come late, or out of order.
    """

    def __init__(
        self,
        check: Callable[[Path, str], list[Problem]] = lambda _path, _text: [],
        before: Callable[[str], None] = lambda _text: None,
    ) -> None:
        self._check, self._before = check, before
        self.asked: list[str] = []
        self.overtakes = 0
        self._lock = threading.Lock()

    def show(
        self,
        path: Path,
        kind: str,
        text: str | None = None,
        *,
        public: bool = False,
        only: str | None = None,
        key: Hashable = None,
    ) -> api.Sight:
        """Return what is seen of `text`, or of the file."""
        text = Path(path).read_text(encoding="utf-8") if text is None else text
        with self._lock:
            self.asked.append(text)
            if self.overtakes:
                self.overtakes -= 1
                raise api.Overtaken
        self._before(text)
        problems = self._check(path, text)
        if has_errors(problems):
            return api.Sight(problems, (), ())
        shown = f"{kind} {public} {only}\n{text}"
        pages = tuple(
            api.PagePicture(paint(f"{number}\n{shown}"), WIDTH, HEIGHT) for number in (1, 2, 3)
        )
        return api.Sight(problems, pages, tuple(_spots(path, text)))

    def close(self) -> None:
        """Stop, which a fake need not."""


def _spots(path: Path, text: str) -> list[api.Spot]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        key, colon, value = line.partition(": ")
        if colon and key.isidentifier():
            place = Place(str(path), line=number, column=len(key) + 3)
            box = (0.1, 0.05 + 0.03 * len(found), min(0.02 * len(value), 0.8), 0.02)
            found.append(api.Spot(0, box, (key,), place))
    return found
