"""What was left out of a publication copy: where, what it was, on which ground, and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lrtdocs.errors import Place


class Omission(NamedTuple):
    """One thing that was left out.

    `what` says in Dutch what it was ("naam van een aanwezige"), never its words: those are in
    `texts`, whole and in the parts that are worth seeking (a surname, the digits of a number), for
    the proof that they are gone. No report prints them. `reason` is the writer's own, `loc` the way
    to the value in the file.
    """

    place: Place
    what: str
    grond: str
    texts: tuple[str, ...] = ()
    reason: str = ""
    loc: tuple[int | str, ...] = ()
