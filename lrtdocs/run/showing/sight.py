"""What is seen of a paper: its problems, its pages, and where on them each field stands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lrtdocs.errors import Place, Problem
    from lrtdocs.pdf.picture import Box, PagePicture

    Loc = tuple[str | int, ...]

REACH = 24.0
"""Points between a click and a spot that may still be meant by it."""


class Overtaken(Exception):  # noqa: N818 - nothing went wrong
    """Somebody asked for the same paper, with what was typed since."""


class Spot(NamedTuple):
    """Where a field stands on a page (from 0), in a box of fractions of that page.

    `loc` is the address of the field in the file; () of what comes from elsewhere, such as the
    house style or a list of recipients. `place` is where it was typed.
    """

    page: int
    box: Box
    loc: Loc
    place: Place


class Sight(NamedTuple):
    """A paper as it is now: `pages` is empty when `problems` keep it from being made."""

    problems: Sequence[Problem]
    pages: Sequence[PagePicture] = ()
    spots: Sequence[Spot] = ()


def nearest_spot(
    spots: Iterable[Spot], page: int, x: float, y: float, size: tuple[float, float]
) -> Spot | None:
    """Return the spot that is meant by a click at `x` and `y`, as fractions of a `page` of `size`.

    That is the smallest one around it, else the nearest one on the same line, else the nearest one
    that is less than 24 points away.
    """
    here = [spot for spot in spots if spot.page == page]
    away = {spot: _away(spot.box, x, y, size) for spot in here}
    around = [spot for spot in here if away[spot] == (0, 0)]
    if around:
        return min(around, key=lambda spot: spot.box[2] * spot.box[3])
    beside = [spot for spot in here if away[spot][1] == 0]
    if beside:
        return min(beside, key=lambda spot: away[spot][0])
    near = [spot for spot in here if math.hypot(*away[spot]) <= REACH]
    return min(near, key=lambda spot: math.hypot(*away[spot]), default=None)


def _away(box: Box, x: float, y: float, size: tuple[float, float]) -> tuple[float, float]:
    """Return how far the box is from a point, sideways and up or down, in points."""
    left, top, width, height = box
    across = max(left - x, 0, x - left - width) * size[0]
    down = max(top - y, 0, y - top - height) * size[1]
    return across, down
