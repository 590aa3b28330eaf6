"""One letter of a mailing, filled to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.clock import today
from lrtdocs.errors import Place
from lrtdocs.messages import problem
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.openbaar.blok import Beoordeling
from lrtdocs.run.documents.report import LettersOptions, LettersOutcome
from lrtdocs.run.folder.manifest import find_folder
from lrtdocs.run.letters.run import prepare
from lrtdocs.run.load.pictures import finder_in
from lrtdocs.run.publishing.mailings.make import PublicLetters, plan_letters_of
from lrtdocs.run.publishing.make import PublishOptions
from lrtdocs.run.showing.addresses import Addresses
from lrtdocs.run.showing.papers import make_paper
from lrtdocs.word.fill.render import Filler
from lrtdocs.word.fill.trace import trace

if TYPE_CHECKING:
    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.letters.fill import Job
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.run.showing.papers import Asked, Paper
    from lrtdocs.word.compile.template import Template

_MADE = {
    "slotalinea": "tekst",
    "tekst_tot_slot": "tekst",
    "bijlage_a": "taakstelling",
    "bijlage_a_regels": "taakstelling",
    "landelijk": "taakstelling",
}
"""Words of a letter that are made of another field of its mailing."""
_OF_RECIPIENT = ("ontvanger", "aanhef", "gemeente", "volgnummer", "naam", "uw_referentie")


def fill_letter(asked: Asked, outcome: Outcome) -> Paper | None:
    """Return the letter that is `asked`; None, and why in `outcome`, if there is none."""
    return _publish(asked, outcome) if asked.public else _fill(asked, outcome)


def _fill(asked: Asked, outcome: Outcome) -> Paper | None:
    only = None if asked.only is None else [asked.only]
    options = LettersOptions(find_folder(asked.path), only=only, single=True)
    found = LettersOutcome()
    try:
        prepared = prepare(asked.path, options, today(), found)
    finally:
        outcome.add_problems(found.problems)
    if prepared is None:
        return None
    letter = next(prepared.letters())
    return _trace(asked, prepared.loaded, prepared.template, prepared.job, letter)


def _publish(asked: Asked, outcome: Outcome) -> Paper | None:
    only = None if asked.only is None else [asked.only]
    options = PublishOptions(only=only, concept=True, classified=True)  # nobody else sees it yet
    made = plan_letters_of(asked.path, options, outcome)
    if made is None:
        return None
    if made.judgement is Beoordeling.NIET or not isinstance(made.letters, PublicLetters):
        place = Place(str(asked.path))
        outcome.add_problems([problem("LRT920", place, None, name=asked.path.name)])
        return None
    letters = made.letters
    letter = next(letters.redacted.walk(letters.names))
    loaded = letters.redacted.loaded
    return _trace(asked, loaded, letters.template, letters.job, letter)


def _trace(
    asked: Asked, loaded: LoadedMailing, template: Template, job: Job, letter: Letter
) -> Paper | None:
    taal = job.taal_of(letter.words)
    own = {name: value for name, value in letter.words.items() if name != "taal"}
    addresses = Addresses(loaded.path, loaded.node, loaded.house, Mailing.model_fields, _MADE)

    def place_of(path: str) -> Place | None:
        known = path.startswith(_OF_RECIPIENT)
        return letter.place if known else addresses.place_of(path)

    filler = Filler(
        template,
        pictures=job.pictures,
        font=job.font,
        kix=job.kix,
        find_picture=finder_in(job.of_texts),
        taal=taal,
    )
    traced = trace(filler, {**job.words_in(taal), **own}, place_of)
    return make_paper(asked.path, traced, addresses, public=asked.public)
