"""The words that a document of each kind cannot do without, as paths in the tree of its words.

Few on purpose: a template that leaves a word out is usually right to do so. These are the words
without which the reader does not know what is decided, for whom, or when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEETING = ("overleg", "datum", "agendapunten", "agendapunten[].titel")
_LETTER = (
    "dagtekening",
    "aanhef",
    "ontvanger.adresregels|ontvanger.naam|ontvanger.organisatie|naam|organisatie",
)

NEEDED: Mapping[str, tuple[str, ...]] = {
    "agenda": _MEETING,
    "verslag": (*_MEETING, "agendapunten[].verslag"),
    "brief": (*_LETTER, "tekst|tekst_tot_slot"),
    "taakstelling": (*_LETTER, "taakstelling.aantal"),
}
"""By kind; of paths with a bar between them one is enough, and a path under a list is needed only
where the list itself is used."""
