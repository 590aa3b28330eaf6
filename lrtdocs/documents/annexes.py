"""The annexes of a meeting, each once: what goes with a mail, and into a bundle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lrtdocs.model.vergadering import walk_bijlagen

if TYPE_CHECKING:
    from lrtdocs.model.stuk import Bijlage
    from lrtdocs.model.vergadering import Loc, Vergadering

_Annex = tuple["Loc", "Bijlage"]


@dataclass(frozen=True, slots=True)
class Stuk:
    """An annex, where it stands (`loc`), and the item that it is of: () for the whole meeting."""

    bijlage: Bijlage
    loc: Loc
    item: Loc
    confidential: bool

    @property
    def name(self) -> str:
        """The annex as papers name it: "Bijlage 2.1: dashboard"."""
        title, number = self.bijlage.titel, self.bijlage.nummer
        plain = title.lower().startswith("bijlage") or not number
        return title if plain else f"Bijlage {number}: {title}"

    @property
    def is_to_come(self) -> bool:
        """Whether it is sent later, and has not come yet."""
        return self.bijlage.nazending is True

    @property
    def came(self) -> date | None:
        """The day on which it came later than the rest, or None."""
        came = self.bijlage.nazending
        return came if isinstance(came, date) else None


def gather_annexes(vergadering: Vergadering) -> list[Stuk]:
    """Return the annexes in the order of the items, and last those of the meeting alone.

    One may stand in more places, with an item and with the meeting: the place that says where it is
    to be found counts, and if one is confidential all are. What may be another paper is one.
    """
    groups: list[list[_Annex]] = []
    known: dict[str, list[list[_Annex]]] = {}
    walked = list(walk_bijlagen(vergadering))
    for annex in sorted(walked, key=lambda one: one[0][0] == "bijlagen"):
        bijlage = annex[1]
        keys = [f"nummer {bijlage.nummer}", bijlage.titel.casefold(), f"bestand {bijlage.bestand}"]
        near = (group for key in keys for group in known.get(key, ()))
        same = next((group for group in near if any(_is_same(annex, one) for one in group)), None)
        if same is None:
            groups.append(same := [])
        same.append(annex)
        for key in keys:
            known.setdefault(key, []).append(same)
    return [_choose(vergadering, same) for same in groups]


def _is_same(one: _Annex, other: _Annex) -> bool:
    """Tell whether two annexes are surely one: by file, by number, or else by title."""
    (loc, first), (other_loc, second) = one, other
    of_meeting = (loc[0] == "bijlagen") != (other_loc[0] == "bijlagen")
    numbers = {first.nummer, second.nummer} - {None}
    if len(numbers) > 1:
        return False
    if first.bestand and second.bestand:
        return first.bestand == second.bestand
    by_number = of_meeting and first.nummer is not None and first.nummer == second.nummer
    return by_number or first.titel.casefold() == second.titel.casefold()


def _choose(vergadering: Vergadering, same: list[_Annex]) -> Stuk:
    loc, bijlage = max(same, key=lambda one: (bool(one[1].bestand), bool(one[1].link)))
    confidential = any(_is_confidential(vergadering, loc) for loc, _ in same)
    return Stuk(bijlage, loc, same[0][0][:-2], confidential)


def _is_confidential(vergadering: Vergadering, loc: Loc) -> bool:
    """Tell whether the annex at `loc` is of a confidential item, or of one below such an item."""
    if loc[0] == "bijlagen":
        return False
    punt = vergadering.agendapunten[int(loc[1])]
    below = loc[2] == "subpunten" and punt.subpunten[int(loc[3])].vertrouwelijk
    return bool(punt.vertrouwelijk or below)
