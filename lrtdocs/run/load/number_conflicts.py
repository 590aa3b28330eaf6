"""Numbers in the list of recipients, held against those that the letters will tell.

The letter tells what lrtdocs computed or what the supplied table gives; of the list only the
columns `STAND` go into it, and only where the table leaves them open. What the list says otherwise
is told, never used in silence and never lost in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.model.taakstelling import LISTED, STAND, stand_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.model.taakstelling import Toedeling
    from lrtdocs.source.sheet import Table

_NOT_USED = {
    "taakstelling": "LRT654.taakstelling",
    "opgave": "LRT654.opgave",
    "inwoners": "LRT654.inwoners",
}
_OPPOSITE = {"achterstand": "voorsprong", "voorsprong": "achterstand"}


def find_differences(
    ontvanger: Ontvanger, rij: Toedeling, table: Table | None
) -> Iterator[Problem]:
    """Yield a warning for every number of `ontvanger` in `table` that its letter tells otherwise.

    `rij` is what the division gives the gemeente.
    """
    if table is None:
        return
    stand = stand_of(ontvanger.extra)
    for name in STAND:
        if name in stand:
            yield from _check_stand(name, stand[name], rij, _place(ontvanger, table, name))
    whole = rij.add_stand(stand)
    for name in LISTED:
        listed, told = ontvanger.extra.get(name), getattr(whole, name)
        if listed is not None and listed.strip() and listed != told:
            says = (
                messages.text("deel.niet_in_de_brief")
                if told is None
                else messages.text("deel.in_de_brief", number=told)
            )
            yield messages.problem(
                _NOT_USED[name],
                _place(ontvanger, table, name),
                gemeente=rij.naam,
                listed=str(listed),
                says=says,
            )


def _place(ontvanger: Ontvanger, table: Table, name: str) -> Place:
    return table.place_in(ontvanger.plaats_in_bestand, name)


def _check_stand(name: str, listed: int, rij: Toedeling, place: Place) -> Iterator[Problem]:
    supplied, opposite = getattr(rij, name), _OPPOSITE.get(name, "")
    beside = getattr(rij, opposite) if opposite else None
    told = {"gemeente": rij.naam, "column": name, "listed": listed, "place": rij.plaats}
    if supplied is not None and supplied != listed:
        yield messages.problem("LRT653.anders", place, None, supplied=supplied, **told)
    elif supplied is None and listed and beside:
        yield messages.problem(
            "LRT653.allebei", place, None, opposite=opposite, supplied=beside, **told
        )
