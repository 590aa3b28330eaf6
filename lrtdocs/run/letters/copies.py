"""Copies of letters for others: the letters of a run once more, with another address above them.

A copy says what the letter says, and in a line above the salutation whose letter it is. Copies
stand in a folder of their own in that of the run, with a manifest of their own, so that whatever is
done with letters can be done with them. Who has no address, or is not named in a letter, gets none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.language import Taal
from lrtdocs.model.namen import PROVINCIES
from lrtdocs.run.folder.names import safe_name
from lrtdocs.run.load.model import check_in_view, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.documents.words import Words
    from lrtdocs.errors import Problem
    from lrtdocs.model.geadresseerde.kopie import Kopie
    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.run.letters.fill import Job
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.word.compile.template import Template

FOLDER = "afschriften"
COPY = "afschrift"
"""The word for what a copy says of itself."""


@dataclass(frozen=True)
class Addressee:
    """Who gets copies: as the mailing has it, and as a recipient.

    `names` are those by which letters say so, in either language.
    """

    kopie: Kopie
    ontvanger: Ontvanger
    names: frozenset[str]

    def wants(self, letter: Letter, job: Job) -> bool:
        """Tell whether `letter`, one of `job`, says that this one gets a copy of it."""
        named = {**job.words_in(job.taal_of(letter.words)), **letter.words}.get("kopie_aan")
        words = any("{" in name for name in self.names)
        return words or not self.names.isdisjoint(cast("Sequence[str]", named or ()))

    def copy(self, letter: Letter, taal: Taal, *, kix: bool) -> Letter:
        """Return the copy of `letter`, with the number of that."""
        words, to = letter.words, self.ontvanger
        addressed = cast("Words", words["ontvanger"])
        own = {"adresregels": list(to.adresregels), "kix": to.kix if kix else None}
        told = {"aan": name_addressee(addressed, taal), "voor": self.kopie.naam, "email": to.email}
        file = safe_name(f"{letter.file.removesuffix('.docx')}-{COPY}-{to.organisatie or to.naam}")
        return replace(
            letter,
            file=f"{file}.docx",
            words={**words, "ontvanger": {**addressed, **own}, COPY: told},
        )


_OF_PROVINCIE = {
    Taal.NL: "gedeputeerde staten van {}",
    Taal.EN: "the provincial executive of {}",
}
_OF_GEMEENTE = {
    Taal.NL: "het college van burgemeester en wethouders van de gemeente {}",
    Taal.EN: "the municipal executive of {}",
}


def name_addressee(ontvanger: Words, taal: Taal) -> str:
    """Return whom a letter in `taal` is for, as it stands in a sentence."""
    code, organisation = ontvanger["code"], ontvanger["organisatie"]
    if code and not organisation:
        body = _OF_PROVINCIE if code in PROVINCIES else _OF_GEMEENTE
        return body[taal].format(ontvanger["naam"])
    return str(organisation or ontvanger.get("naam_in_tekst") or ontvanger["naam"])


def copies_of(
    letter: Letter, addressees: Sequence[Addressee], loaded: LoadedMailing, job: Job
) -> Iterator[Letter]:
    """Yield the copies of `letter`, one of `job`."""
    kix = loaded.house.huisstijl.kix is not None
    for one in addressees:
        if one.wants(letter, job):
            yield one.copy(letter, job.taal_of(letter.words), kix=kix)


def find_addressees(loaded: LoadedMailing) -> tuple[tuple[Addressee, ...], list[Problem]]:
    """Return who gets a copy, and what keeps the copies from being made."""
    found, problems = look_up_addressees(loaded)
    if not found:
        problems.append(messages.problem("LRT736.geen", loaded.place("kopie_aan")))
    return found, problems


def look_up_addressees(loaded: LoadedMailing) -> tuple[tuple[Addressee, ...], list[Problem]]:
    """Return who of those named under `kopie_aan` have an address, and what is wrong with it."""
    found: list[Addressee] = []
    problems: list[Problem] = []
    for at, kopie in enumerate(loaded.mailing.kopie_aan):
        if kopie.has_address:
            place, names = loaded.place("kopie_aan", at), {kopie.naam}
            for taal in Taal:
                others = loaded.mailing.in_taal(taal).kopie_aan
                names |= {others[at].naam} if at < len(others) else set()
            found.append(Addressee(kopie, kopie.as_ontvanger(place), frozenset(names)))
            problems += _check_address(found[-1], loaded, place)
    return tuple(found), problems


def _check_address(one: Addressee, loaded: LoadedMailing, place: Place) -> Iterator[Problem]:
    kopie, to = one.kopie, one.ontvanger
    missing = [name for name in ("adres", "postcode", "plaats") if not getattr(kopie, name)]
    if missing and not to.is_abroad:
        told = {"name": kopie.naam, "missing": " en ".join(missing)}
        yield messages.problem("LRT736.adres", place, None, **told)
    house = loaded.house.huisstijl
    yield from check_in_view(to.adresregels, view_of(house), place, kix=house.kix is not None)


def as_known(copy: Letter, addressees: Sequence[Addressee]) -> Ontvanger:
    """Return by what `copy` is known from run to run: whose letter it is, and who gets it."""
    name = cast("Words", copy.words[COPY])["voor"]
    to = next(one.ontvanger for one in addressees if one.kopie.naam == name)
    return replace(to, naam=f"{copy.key} ({name})", plaats_in_bestand=copy.place)


def check_copied_template(template: Template) -> list[Problem]:
    """Return why `template` cannot be used for copies: it does not say that they are."""
    if COPY in template.names:
        return []
    return [messages.problem("LRT736.sjabloon", Place(template.name))]
