"""Which version a paper is of what went out, what it marks as changed, and the numbers of items.

A paper that is made of the file as it went out is that version. One of a file that says something
else is the next one: only what its template prints counts, so that text for the minutes does not
make the agenda another one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs.documents.meetings import Wijziging
from lrtdocs.messages import problem, text
from lrtdocs.model.vergadering import (
    VolgendeVergadering,
    counts_on,
    next_below,
    next_number,
)
from lrtdocs.run.meetings.comparing import (
    Change,
    compare_meetings,
    list_items,
    pair_items,
)
from lrtdocs.run.meetings.sending import find_sendings, last_sent
from lrtdocs.word.provenance import read_day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.model.vergadering import Loc, Vergadering
    from lrtdocs.run.load.model import ModelFile
    from lrtdocs.run.meetings.comparing import Difference, Item
    from lrtdocs.run.meetings.sending import Sending

_GATHERED = {"besluiten": ("besluiten",), "actiepunten": ("actiepunten", "acties")}
"""Words at the top that are made of those of the items."""
_LATE = ".nazending"


@dataclass(frozen=True, slots=True)
class Version:
    """The version that a paper is: which one, and what is other than `since` the one before it.

    `sent` are the digests of all that went out. `day` is the one that it bears, if it went out.
    """

    number: int = 1
    since: Sending | None = None
    differences: Sequence[Difference] = ()
    sent: frozenset[str] = frozenset()
    day: date | None = None

    def change(self, day: date) -> Wijziging | None:
        """Return what a paper tells of its version; `day` if it did not go out. None of a first."""
        if self.since is None:
            return None
        new = {one.item for one in self.differences if one.change is Change.NEW and is_item(one)}
        changed = {one.item for one in self.differences if _is_mark(one)}
        day = self.day or day
        return Wijziging(self.number, day, {*filter(None, changed - new)}, {*filter(None, new)})


def is_item(difference: Difference) -> bool:
    """Tell whether a difference is about an item as a whole."""
    return difference.word.endswith("[].")


def _is_mark(difference: Difference) -> bool:
    """Tell whether an item is called changed for this: not for a number, a place, a late annex."""
    return not (
        is_item(difference)
        or difference.word in ("agendapunten[].nummer", "agendapunten[].subpunten[].nummer")
        or difference.word.endswith(_LATE)
    )


def find_version(
    meeting: ModelFile[Vergadering], soort: str, find_used: Callable[[], Collection[str]]
) -> Version:
    """Return which version of the paper `soort` is made of `meeting` as it is now.

    `find_used` returns the words that its template prints. Raises FileProblemError for what was
    sent and cannot be read.
    """
    sendings = find_sendings(meeting.path)
    sent = frozenset(digest for sending in sendings for digest in sending.digests())
    own = [sending for sending in sendings if sending.find(soort)]
    paper = own[-1].find(soort) if own else None
    if paper is None:
        return Version(sent=sent)
    used = find_used()
    found = [one for one in differences_since(meeting, own[-1]) if is_used(one.word, used)]
    if found:
        return Version(paper.versie + 1, own[-1], found, sent)
    if len(own) == 1:
        return Version(sent=sent)
    found = [one for one in differences_since(meeting, own[-2]) if is_used(one.word, used)]
    return Version(paper.versie, own[-2], found, sent, paper.van)


def day_of_change(
    meeting: ModelFile[Vergadering], version: Version, target: Path, today: date
) -> date:
    """Return the day of a later version: that of the file, if it got another one since then.

    Else it is that of the paper at `target`, if it was made before, or today.
    """
    then = version.since.load().model.dagtekening if version.since else None
    now = meeting.model.dagtekening
    return now if now and now != then else read_day(target) or today


def differences_since(meeting: ModelFile[Vergadering], sending: Sending) -> list[Difference]:
    """Return what `meeting` has otherwise than when `sending` went out."""
    return compare_meetings(_as_read(sending.load().model, meeting.model), meeting.model)


def _as_read(old: Vergadering, new: Vergadering) -> Vergadering:
    """Return `old` with the next meeting as in `new`, where it names the file of that."""
    following = old.volgende_vergadering
    if following is None or isinstance(following, VolgendeVergadering):
        return old
    return old.model_copy(update={"volgende_vergadering": new.volgende_vergadering})


def is_used(word: str, used: Collection[str]) -> bool:
    """Tell whether a template that prints the words `used` prints something of `word`."""
    ways = {word.rstrip(".")}
    if word.startswith(_CONTACT):  # the first of them is a word, and so are all
        rest = word.removeprefix(_CONTACT)
        ways = {f"{_CONTACT}{rest.removeprefix('[]')}", f"contactpersonen{rest}"}
    return any(_is_used(way, used) for way in ways)


_CONTACT = "contactpersoon"


def _is_used(word: str, used: Collection[str]) -> bool:
    last = word.rpartition("].")[2]
    above = {word[: found.start()] for found in _STEP.finditer(word)}
    whole = {f"{each}.tekst" for each in above}  # a person or a vote as it is printed
    words = {word, *(_GATHERED.get(last, ()) if last != word else ()), *whole}
    if any(other in words or other.startswith((f"{word}.", f"{word}[")) for other in used):
        return True
    return any(each in used and not _has_parts(each, used) for each in above)


_STEP = re.compile(r"\.|\[\]")


def _has_parts(word: str, used: Collection[str]) -> bool:
    """Tell whether parts of `word` are used, and so it is not printed as a whole."""
    return any(other.startswith((f"{word}.", f"{word}[")) for other in used)


# --- the numbers of items


def check_numbers(meeting: ModelFile[Vergadering]) -> Iterator[Problem]:
    """Yield a warning for each item that has to bear a number, for items to keep theirs.

    Whoever has the agenda that was sent knows the items by those.
    """
    sending = last_sent(meeting.path, "agenda")
    if sending is None:
        return
    old, new = list_items(sending.load().model), list_items(meeting.model)
    pairing = pair_items(old, new)
    before = {now.loc: was.number for was, now in pairing.same if len(was.loc) == len(now.loc)}
    shifted = [(before[item.loc], item) for item in new if before.get(item.loc, "") != ""]
    shifted = [(was, item) for was, item in shifted if was != item.number]
    titles = {item.number: item.punt.titel for item in old}
    for item, number in keep_numbers(new, before, set(titles)):
        place, fields = meeting.place(*item.loc, "titel"), {"number": number, "now": item.number}
        if was := before.get(item.loc):
            yield problem("LRT086.oud", place, None, before=was, **fields)
            continue
        after = [pair for pair in shifted if pair[1].loc > item.loc or len(item.loc) > 2]
        if after:
            was, moved = after[0]
            more = text("deel.ook_daarna") if len(after) > 1 else ""
            told = {"before": was, "shifted": moved.number, "more": more}
            yield problem("LRT086.nieuw", place, None, **told, **fields)
        else:
            title = titles.get(item.number, "")
            yield problem("LRT086.ander", place, None, title=title, **fields)


def keep_numbers(
    items: Sequence[Item], before: dict[Loc, str], taken: Collection[str]
) -> Iterator[tuple[Item, str]]:
    """Yield the items that need a number of their own for all to have the one they had `before`.

    A new item gets one that was not `taken`. An own number that somebody typed stays.
    """
    last, above, below = "0", "", ""
    for item in items:
        top = len(item.loc) == 2
        natural = next_number(last) if top else next_below(above, below)
        number = before.get(item.loc) or _fresh(natural, last if top else below or above, taken)
        if item.punt.nummer is not None:
            number = item.number
        elif number != natural:
            yield item, number
        if top:
            above, below, last = number, "", number if counts_on(number) else last
        else:
            below = number if counts_on(number) else below


def _fresh(natural: str, after: str, taken: Collection[str]) -> str:
    """Return the `natural` number of a new item, or the first behind that of the one before it."""
    if natural not in taken:
        return natural
    if after == "0" and after not in taken:
        return after
    signs = "abcdefghijklmnopqrstuvwxyz" if after[-1:].isdecimal() else "123456789"
    return next((found for sign in signs if (found := f"{after}{sign}") not in taken), natural)
