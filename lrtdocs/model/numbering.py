"""Which number each action and each decision of a meeting has.

Numbers belong to the series of meetings: none is used twice, not even that of an action that is
done. What a paper prints rests on its own file alone, so that an old paper never changes because
of another file: where counting goes on stands in `laatste_actie` and `laatste_besluit`, which
`volgende` writes.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.vergadering import walk_punten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.model.vergadering import Vergadering

_COUNTED = re.compile(r"(?P<stem>.*?)(?P<count>\d+)", re.DOTALL)


class Numbers(NamedTuple):
    """The numbers of a meeting, in its order, and after which ones the next meeting goes on."""

    actielijst: list[str]
    actiepunten: list[str]
    besluiten: list[str]
    laatste_actie: str | None
    laatste_besluit: str | None


def find_numbers(vergadering: Vergadering) -> Numbers:
    """Return the number of every action and decision of `vergadering`: given, or counted on."""
    punten = [punt for _, punt in walk_punten(vergadering)]
    carried = [actie.nummer for actie in vergadering.actielijst]
    own = [actie.nummer for punt in punten for actie in punt.actiepunten]
    decided = [besluit.nummer for punt in punten for besluit in punt.besluiten]
    acties = count_on([*carried, *own], "A", vergadering.laatste_actie, at=len(carried))
    besluiten = count_on(decided, "B", vergadering.laatste_besluit)
    return Numbers(
        acties[: len(carried)],
        acties[len(carried) :],
        besluiten,
        _highest([*acties[: len(carried)], vergadering.laatste_actie, *acties[len(carried) :]]),
        _highest([vergadering.laatste_besluit, *besluiten]),
    )


def count_on(
    given: Sequence[str | None], stem: str, last: str | None = None, *, at: int = 0
) -> list[str]:
    """Return a number for each of `given`: those that are there stay.

    The others go on after the highest, written in the way of the one that was given last: after
    A-2026-014 comes A-2026-015. `last` counts as given before the one at `at`. With none given they
    begin with `stem`: A1, A2, …
    """
    highest = _highest([*given[:at], last, *given[at:]])
    counted = _COUNTED.fullmatch(highest or f"{stem}0")
    width = len(counted["count"]) if counted and counted["count"].startswith("0") else 1
    fresh = count(int(counted["count"]) + 1 if counted else 1)
    stem = counted["stem"] if counted else stem
    return [number or f"{stem}{next(fresh):0{width}}" for number in given]


def goes_on_after(number: str, last: str | None) -> bool:
    """Tell whether `number` comes after `last`, or is counted in another way."""
    one, other = (_COUNTED.fullmatch(each or "") for each in (number, last))
    if one is None or other is None or one["stem"] != other["stem"]:
        return True
    return int(one["count"]) > int(other["count"])


def _highest(numbers: Sequence[str | None]) -> str | None:
    """Return the number that counting goes on after, or None where no number counts."""
    counted = [found for number in numbers if (found := _COUNTED.fullmatch(number or ""))]
    if not counted:
        return None
    stem = counted[-1]["stem"]
    same = [found["count"] for found in counted if found["stem"] == stem]
    width = max((len(figures) for figures in same if figures.startswith("0")), default=1)
    return f"{stem}{max(map(int, same)):0{width}}"
