"""Which version a paper is of what went out, what it marks as changed, and the numbers of items.

A paper that is made of the file as it went out is that version. One of a file that says something
else is the next one: only what its template prints counts, so that text for the minutes does not
make the agenda another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.messages import problem, text
from lrtdocs.model.vergadering import counts_on, next_below, next_number
from lrtdocs.run.load.pictures import digest_pictures, pictures_in
from lrtdocs.run.meetings.comparing import (
    compare_pictures,
    compare_versions,
    is_used,
    list_items,
    pair_items,
)
from lrtdocs.run.meetings.sending import Version, find_sendings, last_sent
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

    def changes(sending: Sending) -> list[Difference]:
        found = compare_versions(sending.load().model, meeting.model)
        found += find_other_pictures(sending, meeting)
        return [one for one in found if is_used(one.word, used)]

    if found := changes(own[-1]):
        return Version(paper.versie + 1, own[-1], found, sent)
    since = next((one for one in reversed(own) if _version_of(one, soort) < paper.versie), None)
    return Version(paper.versie, since, changes(since) if since else (), sent, paper.van)


def find_other_pictures(sending: Sending, meeting: ModelFile[Vergadering]) -> list[Difference]:
    """Return which pictures of `meeting` are others than when it went out, under the same name."""
    before = sending.beelden
    now = digest_pictures(meeting) if before else {}
    changed = {name for name, digest in before.items() if now.get(name, digest) != digest}
    return compare_pictures(meeting.model, changed, pictures_in)


def _version_of(sending: Sending, soort: str) -> int:
    paper = sending.find(soort)
    return paper.versie if paper else 0


def day_of_change(
    meeting: ModelFile[Vergadering], version: Version, target: Path, today: date
) -> date:
    """Return the day of a later version: that of the file, if it got another one since then.

    Else it is that of the paper at `target`, if it was made before, or today.
    """
    then = version.since.load().model.dagtekening if version.since else None
    now = meeting.model.dagtekening
    return now if now and now != then else read_day(target) or today


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
        was = before.get(item.loc)
        if was and was == item.number:
            yield problem("LRT086.blijft", place, None, **fields)
            continue
        if was:
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
