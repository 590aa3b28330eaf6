"""The pages of a template as pictures, with a numbered mark where each problem is.

Marks are laid out here, so that they are there without a script too: a picture is an image with
links on it, whose places are attributes and not styles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import api
from lrtdocs.errors import LrtdocsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lrtdocs.errors import Problem
    from lrtdocs.web.desk import Desk, Pictures

Box = tuple[float, float, float, float]
_SIZE, _GAP, _EDGE, _STEP = 26.0, 4.0, 2.0, 9.0
"""Of the number of a mark: its size, its room to its words and to the edge, how it is moved."""


class Mark(NamedTuple):
    """A problem on a page: the place of its number, and the boxes around its words, in points.

    It is the `first` one of that problem, or another one, as on each page with the same header.
    """

    number: int
    problem: Problem
    x: float
    y: float
    boxes: list[Box]
    first: bool


class Page(NamedTuple):
    """A page as a picture, by its digest, with its size in points and its marks."""

    digest: str
    width: float
    height: float
    marks: list[Mark]


class Picture(NamedTuple):
    """The pages of a document, and what is told of it; without pages that says why.

    The last one may be `extra`: an empty one, for what stands above and below the text.
    """

    pages: list[Page]
    problems: Sequence[Problem] = ()
    extra: bool = False

    def is_kept(self, pictures: Pictures) -> bool:
        """Tell whether all its pages are still among the `pictures` of the desk."""
        return bool(self.pages) and all(pictures.find(page.digest) for page in self.pages)

    @property
    def cut(self) -> bool:
        """Whether there may be more pages than are shown."""
        return len(self.pages) == api.MOST_PAGES

    @property
    def placed(self) -> set[int]:
        """The numbers of the problems that have a mark."""
        return {mark.number for page in self.pages for mark in page.marks}


def draw(desk: Desk, make: Callable[[], api.Tried], offered: api.Offered) -> Picture:
    """Return the picture of the document that `make` makes."""
    return _picture(desk, make, offered, draw_marks=False)


def draw_problems(desk: Desk, offered: api.Offered) -> Picture:
    """Return the picture of the template `offered`, with a mark at each of its problems.

    Where there is but one page, a second one shows what stands on later pages alone.
    """
    picture = _picture(desk, lambda: api.Tried(api.link_offered(offered), []), offered)
    placed = sum(one.place.paragraph is not None for one in offered.problems)
    if len(picture.pages) == 1 and len(picture.placed) < placed:
        more = api.Tried(api.link_offered(offered, more_pages=True), [])
        longer = _picture(desk, lambda: more, offered)
        if len(longer.placed) > len(picture.placed):
            return longer._replace(extra=True)
    return picture


def _picture(
    desk: Desk, make: Callable[[], api.Tried], offered: api.Offered, *, draw_marks: bool = True
) -> Picture:
    try:
        made = make()
        pages, links = desk.viewer.show_document(made.docx, offered.file.name)
    except LrtdocsError as error:
        return Picture([], api.called(offered, error.problems))
    spots, seen = api.place_problems(links) if draw_marks else [], set[int]()
    shown = []
    for number, page in enumerate(pages):
        here = [spot for spot in spots if spot.page == number]
        marks = list(_marks(here, offered.problems, (page.width, page.height), seen))
        seen |= {mark.number for mark in marks}
        shown.append(Page(desk.pictures.keep(page.png), page.width, page.height, marks))
    return Picture(shown, made.problems)


def _marks(
    spots: Sequence[api.ProblemSpot],
    problems: Sequence[Problem],
    size: tuple[float, float],
    seen: set[int],
) -> Iterable[Mark]:
    """Yield the marks of one page, from top to bottom, so that no two numbers overlap."""
    width, height = size
    boxes: dict[int, list[Box]] = {}
    for spot in spots:
        x, y, w, h = spot.box
        boxes.setdefault(spot.number, []).append((x * width, y * height, w * width, h * height))
    taken = [box for those in boxes.values() for box in those]
    for number, those in sorted(boxes.items(), key=lambda pair: min(b[1] for b in pair[1])):
        first = min(those, key=lambda box: (box[1], box[0]))
        x, y = _free(first, taken, size)
        taken.append((x, y, _SIZE, _SIZE))
        yield Mark(number + 1, problems[number], x, y, those, number + 1 not in seen)


def _free(box: Box, taken: Sequence[Box], size: tuple[float, float]) -> tuple[float, float]:
    """Return where the number of a mark can stand: left of its words, or near there."""
    left = max(_EDGE, box[0] - _SIZE - _GAP)
    x, y = left, min(max(_EDGE, box[1] + box[3] / 2 - _SIZE / 2), size[1] - _SIZE - _EDGE)
    while y < size[1] and any(_overlaps(x, y, other) for other in taken):
        x -= _STEP
        if x < _EDGE:
            x, y = left, y + _STEP
    return x, min(y, size[1] - _SIZE - _EDGE)


def _overlaps(x: float, y: float, box: Box) -> bool:
    left, top, width, height = box
    return x < left + width and left < x + _SIZE and y < top + height and top < y + _SIZE
