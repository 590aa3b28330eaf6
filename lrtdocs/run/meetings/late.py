"""The papers of a meeting that come after its agenda: which, and what else is other since then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.documents.meetings import Laat, Nazending
from lrtdocs.errors import Place, ProblemsFoundError
from lrtdocs.messages import problem, text
from lrtdocs.run.folder import disk
from lrtdocs.run.meetings.comparing import (
    compare_versions,
    is_used,
    list_items,
    pair_items,
    pair_records,
)
from lrtdocs.run.meetings.sending import Version, find_sendings
from lrtdocs.source.files import is_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lrtdocs.model.afzender import Afzender
    from lrtdocs.model.stuk import Bijlage
    from lrtdocs.model.vergadering import Vergadering
    from lrtdocs.run.load.model import ModelFile
    from lrtdocs.run.meetings.sending import Sending

SOORT = "nazending"
_OF_PAPER = ("dagtekening", "versie")
"""Words that tell of a paper and not of the meeting."""


class Late(NamedTuple):
    """What a note on late papers is made of, and which of these notes it is."""

    nazending: Nazending
    version: Version


def find_late(meeting: ModelFile[Vergadering], used: Collection[str]) -> Late:
    """Return what came after what was sent of `meeting`; `used` are the words an agenda prints.

    Raises ProblemsFoundError if nothing was sent, or nothing came after it.
    """
    found = find_sendings(meeting.path)
    sent = frozenset(digest for sending in found for digest in sending.digests())
    sendings = [one for one in found if any(_is_before(paper.soort) for paper in one.stukken)]
    place = Place(str(meeting.path))
    if not sendings:
        raise ProblemsFoundError(problem("LRT088.geen", place, file=meeting.path.name))
    number = sum(one.find(SOORT) is not None for one in sendings)
    for since, count in ((sendings[-1], number + 1), *_before_last(sendings, number)):
        late = _find_since(meeting, since, used)
        if late.stukken or late.wijzigingen:
            return Late(late, Version(count, since, (), sent))
    date = dutch.format_date(sendings[-1].datum)
    raise ProblemsFoundError(problem("LRT088.niets", place, date=date))


def _is_before(soort: str) -> bool:
    """Tell whether a paper goes out before a meeting."""
    return not soort.startswith("verslag")


def _before_last(sendings: Sequence[Sending], number: int) -> Iterator[tuple[Sending, int]]:
    """Yield what a note that went out last was made since, with the number of that note."""
    if len(sendings) > 1 and sendings[-1].find(SOORT):
        yield sendings[-2], number


def _find_since(
    meeting: ModelFile[Vergadering], since: Sending, used: Collection[str]
) -> Nazending:
    sentences = [
        one.sentence
        for one in compare_versions(since.load().model, meeting.model)
        if is_used(one.word, used) and "bijlagen" not in one.word and one.word not in _OF_PAPER
    ]
    return Nazending(since.datum, tuple(_late_papers(meeting, since)), tuple(sentences))


def _late_papers(meeting: ModelFile[Vergadering], since: Sending) -> Iterator[Laat]:
    """Yield the annexes that came, or came in place of others, in the order of the agenda."""
    old, new = since.load().model, meeting.model
    pairing = pair_items(list_items(old), list_items(new))
    before = {now.loc: was.punt.bijlagen for was, now in pairing.same}
    owners = [("", new.bijlagen, old.bijlagen)]
    owners += [
        (item.number or item.punt.titel, item.punt.bijlagen, before.get(item.loc, ()))
        for item in list_items(new)
    ]
    for owner, annexes, earlier in owners:
        pairs = pair_records(earlier, annexes)
        for at, annex in enumerate(annexes):
            was = earlier[pairs[at]] if at in pairs else None
            if annex.nazending is not True and (was is None or _came(was, annex, meeting, since)):
                replaces = was is not None and was.nazending is not True
                yield Laat(owner, annex, replaces)


def _came(was: Bijlage, annex: Bijlage, meeting: ModelFile[Vergadering], since: Sending) -> bool:
    """Tell whether an annex that was named already is there only now, or is another one."""
    said = ("titel", "nummer", "link", "bestand")
    if was.nazending != annex.nazending or any(
        getattr(was, name) != getattr(annex, name) for name in said
    ):
        return True
    path = meeting.beside(annex.bestand) if annex.bestand else None
    kept = since.bijlagen.get(annex.bestand or "")
    return path is not None and is_file(path) and kept not in (None, disk.digest(path))


def write_mail(vergadering: Vergadering, late: Nazending, afzender: Afzender) -> str:
    """Return the text of the mail that late papers go with."""
    day = dutch.format_date(vergadering.datum)
    lines = [
        text("deel.mail_onderwerp", overleg=vergadering.overleg, date=day),
        "",
        text("deel.mail_aanhef"),
        "",
    ]
    if late.stukken:
        lines += [text("deel.mail_stukken", overleg=vergadering.overleg, date=day), ""]
        lines += [f"- {one}" for one in late.stukken]
        lines += [""]
    if late.wijzigingen:
        lines += [text("deel.mail_wijzigingen", date=dutch.format_date(late.verzonden)), ""]
        lines += [f"- {one}" for one in late.wijzigingen]
        lines += [""]
    names = [each.naam for each in vergadering.contactpersoon if each.naam][:1]
    sender = afzender.team or afzender.directie or afzender.directoraat_generaal
    lines += [text("deel.mail_groet"), "", *names, *([sender] if sender else [])]
    return "\n".join(lines).rstrip() + "\n"
