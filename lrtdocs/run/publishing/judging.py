"""What stands in the way of a publication copy, and what its makers should know of it.

The program decides nothing of what may be published: it holds what was said against itself, and
asks where the law asks for an answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.errors import Place
from lrtdocs.messages import problem, text
from lrtdocs.model.openbaar.blok import Beoordeling, both_said
from lrtdocs.model.openbaar.gronden import GRONDEN
from lrtdocs.model.velden import Rubriek
from lrtdocs.run.folder.names import quote_path
from lrtdocs.source.files import HUISSTIJL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from lrtdocs.errors import Problem
    from lrtdocs.model.openbaar.blok import Openbaar, OpenbaarTabel
    from lrtdocs.model.openbaar.omission import Omission

MOST_LINES = 12
"""So many lines are told of what was left out in the same way; a list may have thousands."""
YEARS = 5
"""So old a paper is of which article 5.3 asks why a relative ground still holds."""


class Judged(NamedTuple):
    """What is judged: the file's block and the table, if there are any, and what was left out."""

    block: Openbaar | None
    table: OpenbaarTabel | None
    omissions: Sequence[Omission]
    unseen: Sequence[str]
    day: date
    rubricering: str | None


def judgement_of(block: Openbaar | None, omissions: Sequence[Omission]) -> Beoordeling:
    """Return how a paper is judged: as the file says, or by whether anything was left out."""
    if block is not None and block.beoordeling is not None:
        return block.beoordeling
    return Beoordeling.DEELS if omissions else Beoordeling.OPENBAAR


def judge(
    judged: Judged, place: Place, house: Place | None, today: date, *, classified: bool
) -> Iterator[Problem]:
    """Yield what is wrong or odd; `place` is that of the block, `house` that of the house style.

    Papers with a level of secrecy only pass if they were asked for as `classified`.
    """
    if judged.rubricering in list(Rubriek) and not classified:
        yield problem("LRT803", place, None, mark=judged.rubricering)
    if house is None:
        file = quote_path(Path(place.file).with_name(HUISSTIJL))
        yield problem("LRT806.geen", Place(place.file), None, file=file)
    elif judged.table is None:
        yield problem("LRT806", house)
    else:
        for mens in both_said(judged.table):
            yield problem("LRT806.beide", house, None, kind=mens.value)
    block = judged.block
    said = block.beoordeling if block else None
    count = len(judged.omissions)
    if said is Beoordeling.OPENBAAR and count:
        yield problem("LRT807.openbaar", place, None, number=count)
    if said is Beoordeling.DEELS and not count:
        yield problem("LRT807.deels", place)
    for words in judged.unseen:
        # the words themselves are not told: this may be sent on
        at = judged.block and list(judged.block.weglaten).index(words) + 1
        yield problem("LRT808", place, None, number=at or 0)
    yield from _ask_reason(judged, place, today)


def _ask_reason(judged: Judged, place: Place, today: date) -> Iterator[Problem]:
    """Yield a problem for relative grounds in a paper that is too old for them without a reason."""
    old = judged.day.replace(day=min(judged.day.day, 28))
    if old.replace(year=old.year + YEARS) >= today or (judged.block and judged.block.reden):
        return
    grounds = grounds_of(one for one in judged.omissions if GRONDEN[one.grond].vijf_jaar)
    if grounds:
        told = {"date": dutch.format_date(judged.day), "grounds": dutch.join_words(grounds)}
        yield problem("LRT809", place, None, **told)


def grounds_of(omissions: Iterable[Omission]) -> list[str]:
    """Return the codes of the grounds of `omissions`, each once, in the order of the law."""
    used = {one.grond for one in omissions}
    return [code for code in GRONDEN if code in used]


def tell_omissions(omissions: Sequence[Omission], source: str) -> Iterator[str]:
    """Yield in a line each what was left out, on which ground and where; never its words.

    What stands in another file than `source`, such as a list, is told with the name of that.
    """
    places: dict[tuple[str, str, str], list[Place]] = {}
    for one in omissions:
        name = Path(one.place.file).name
        places.setdefault((one.what, one.grond, name), []).append(one.place)
    for (what, grond, name), found in places.items():
        lines = dict.fromkeys(str(place.cell or place.line or "?") for place in found)
        kind = "cel" if found[0].cell else "regel"
        where = kind if name == source else f"{name}, {kind}"
        told = {"what": what, "grond": grond, "number": len(found), "where": where}
        yield text("deel.weggelaten", lines=dutch.join_some(list(lines), MOST_LINES), **told)
