"""The file of the next meeting: written, or only told what would be in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.documents.words import name_owners
from lrtdocs.errors import FileProblemError, Place
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.meetings.following import follow_meeting
from lrtdocs.source.files import exists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from lrtdocs.model.vergadering import Actiepunt
    from lrtdocs.run.load.series import Entry
    from lrtdocs.run.meetings.following import Carried


def follow(
    path: Path, day: date | None = None, output: Path | None = None, *, proof: bool = False
) -> Outcome:
    """Write the file of the meeting after that at `path`, on `day` or as that file says.

    As a `proof` nothing is written: what would go along is told. Raises what `follow_meeting` does,
    and FileProblemError if the file is there: it may hold somebody's work.
    """
    following = follow_meeting(path, day, output)
    outcome, carried = Outcome(), following.carried
    if proof:
        outcome.opening = [messages.text("deel.volgende_proef", file=following.path.name)]
        outcome.remarks = list(_list_carried(carried))
    elif exists(following.path):
        raise FileProblemError(messages.problem("LRT001.bestaat", Place(str(following.path))))
    else:
        outcome.write(following.path, following.text.encode())
        told = {"file": following.path.name, "counts": _count(carried)}
        outcome.remarks = [messages.text("deel.volgende", **told)]
    outcome.remarks += carried.notes
    return outcome


def _count(carried: Carried) -> str:
    """Return in words how many actions and items go along, or not."""
    counts = (
        ("deel.volgende_telt_acties", len(carried.actions)),
        ("deel.volgende_telt_klaar", len(carried.closed)),
        ("deel.volgende_telt_vast", len(carried.standing)),
        ("deel.volgende_telt_aangehouden", len(carried.held)),
    )
    always = counts[0][0]
    return ", ".join(messages.text(key, n=n) for key, n in counts if n or key == always)


def _list_carried(carried: Carried) -> Iterator[str]:
    """Yield, line by line, what goes to the next meeting and what does not."""
    for key, lines in (
        ("deel.volgende_acties", _name_actions(carried.actions)),
        ("deel.volgende_klaar", _name_actions(carried.closed)),
        ("deel.volgende_vast", carried.standing),
        ("deel.volgende_aangehouden", carried.held),
        ("deel.volgende_weg", carried.gone),
        ("deel.volgende_mensen", carried.back),
    ):
        if lines:
            yield messages.text(key, number=len(lines))
            yield from (f"  {line}" for line in lines)


def _name_actions(entries: Iterable[Entry[Actiepunt]]) -> list[str]:
    named = []
    for entry in entries:
        who = name_owners(entry.said.wie)
        since = entry.said.sinds
        told = {"nummer": entry.number, "wat": entry.text, "wie": who}
        key = "deel.volgende_actie" if since else "deel.volgende_actie_nieuw"
        named.append(messages.text(key, **told, sinds=since and dutch.format_date(since)))
    return named
