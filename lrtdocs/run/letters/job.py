"""What the letters of a mailing are made from: its go-ahead, its template, the words all share.

What a run of letters and the publication copies of them have in common.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.documents.fields import known_words
from lrtdocs.documents.letters import shared_words
from lrtdocs.documents.rows import TOTAL
from lrtdocs.errors import FileProblemError, LrtdocsError, Place
from lrtdocs.language import Taal
from lrtdocs.model.tekst import Tekst
from lrtdocs.run.documents.make import TemplateMissingError, load_template, template_path
from lrtdocs.run.folder.folder import digest_of
from lrtdocs.run.letters.fill import Job, maker
from lrtdocs.run.letters.letter import digest_words
from lrtdocs.run.letters.reviewing.approval import IN_BASIS, Approval, judge_approval, template_name
from lrtdocs.run.letters.versions import PICTURES, name_pictures
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.load.pictures import pictures_in

if TYPE_CHECKING:
    from lrtdocs.documents.letter_texts import LetterTexts
    from lrtdocs.documents.words import Words
    from lrtdocs.errors import Problem
    from lrtdocs.model.mailing import Mailing
    from lrtdocs.run.documents.report import LettersOptions, Outcome
    from lrtdocs.run.folder.manifest import Known
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.word.compile.template import Template


def judge_go_ahead(loaded: LoadedMailing) -> tuple[LoadedMailing, Approval]:
    """Return how it stands with the go-ahead of a mailing, and the mailing to go on with.

    One with a go-ahead that counts is read again: between this look at its files and the last one.
    """
    with suppress(TemplateMissingError):  # which is told when it is loaded
        template = template_path(template_name(loaded), loaded.path)
        approval = judge_approval(loaded, template)
        again = load_mailing(loaded.path)[0] if approval.counts else loaded
        if again is None:
            place = Place(str(loaded.path))
            raise FileProblemError(messages.problem("LRT001.veranderd", place))
        return again, approval
    return loaded, Approval((), {})


def kept_day(known: Known) -> date | None:
    """Return the day that letters in a folder bear, where the mailing does not say it."""
    with suppress(ValueError):
        return date.fromisoformat(str(known.head.get("dagtekening")))
    return None


def find_undated(loaded: LoadedMailing, day: date) -> list[Problem]:
    """Return a warning for letters that bear `day` because the mailing does not say which."""
    if loaded.mailing.dagtekening is not None or "dagtekening" in loaded.recipients.columns:
        return []
    fields = {"date": dutch.format_date(day), "iso": day.isoformat()}
    return [messages.problem("LRT270.brieven", loaded.place(), None, **fields)]


def load_letter_template(
    loaded: LoadedMailing, options: LettersOptions, outcome: Outcome
) -> Template | None:
    """Return the template of the mailing `loaded`; None, and why in `outcome`, if there is none."""
    known = words_of_template(loaded)
    trusted = options.trusted or loaded.house.huisstijl.vertrouwd
    try:
        return load_template(template_name(loaded), loaded.path, trusted=trusted, known=known)
    except TemplateMissingError as error:
        place, fields = loaded.place("sjabloon"), error.problems[0].fields
        outcome.add_problems([messages.problem("LRT715", place, None, **fields)], error.exit_code)
    except LrtdocsError as error:
        outcome.add_failure(error)
    return None


def words_of_template(loaded: LoadedMailing) -> list[str]:
    """Return the words that a template for the letters of `loaded` may use."""
    return [
        *known_words(loaded.kind),
        *loaded.mailing.velden,
        *loaded.recipients.columns,
        *(TOTAL + word for word in loaded.sums),
    ]


def make_job(
    loaded: LoadedMailing,
    template: Template,
    pictures: dict[str, bytes],
    options: LettersOptions,
    today: date,
    *,
    concept: bool,
) -> Job:
    """Return what every letter of the mailing `loaded` is made from; `today` dates them."""
    trusted = options.trusted or loaded.house.huisstijl.vertrouwd
    house = loaded.house
    words = _words_in(loaded, loaded.mailing, today, concept=concept)
    other = loaded.mailing.taal.other
    table = loaded.recipients.table
    chosen = table is not None and table.has("taal")
    translated: Words = {}
    if chosen:
        translated = _words_in(loaded, loaded.mailing.in_taal(other), today, concept=concept)
    font = house.huisstijl.lettertype
    kix = house.huisstijl.kix.type_face if house.huisstijl.kix else None
    basis = _find_basis({
        **words,
        "rubricering": loaded.mailing.rubricering,  # whether it is a concept is told by itself
        "sjabloon": {name: digest_of(data) for name, data in sorted(template.package.items())},
        "vertaling": _only_in(translated, words) if loaded.mailing.vertaling else None,
        "lettertype": font,
        "kix": kix,
        "logo": {name: digest_of(data) for name, data in pictures.items()},
        **_digest_pictures(loaded),
        "programmaversie": maker(),
        "--vertrouwd": trusted,
    })  # fmt: skip
    return Job(
        Path(template.name).read_bytes(),
        template.name,
        trusted,
        _common(words, loaded.texts),
        _common(translated, loaded.texts_in(other)),
        pictures,
        loaded.pictures,
        font,
        kix,
        basis,
        digest_words(basis),
        options.html,
    )


def _only_in(translated: Words, words: Words) -> Words:
    """Return those of the `translated` words that are other ones than the `words` themselves."""
    return {name: value for name, value in translated.items() if words.get(name) != value}


def _digest_pictures(loaded: LoadedMailing) -> Words:
    """Return the digests of the pictures of a mailing, by what they are known as in its basis."""
    taal, other = loaded.mailing.taal, loaded.mailing.taal.other
    shown: dict[Taal, dict[str, str]] = {}
    hands: dict[str, str] = {}
    for each in Taal:
        mailing = loaded.mailing.in_taal(each)
        names = pictures_in(mailing.model_copy(update={"vertaling": None}))
        shown[each] = {name: digest_of(loaded.pictures[name].data) for name in sorted(names)}
        hand = mailing.ondertekening and mailing.ondertekening.handtekening
        known = hand in loaded.pictures  # one that was left out of a publication copy is not
        hands |= {hand: digest_of(loaded.pictures[hand].data)} if hand and known else {}
    named = {name_pictures(other): {**shown[other], "taal": other}}
    return {
        PICTURES: shown[taal],
        **(named if shown[other] != shown[taal] else {}),
        "handtekening": hands,
    }


def _words_in(loaded: LoadedMailing, mailing: Mailing, today: date, *, concept: bool) -> Words:
    """Return the words that the letters of `loaded` share, as its `mailing` in a language says."""
    huisstijl, afzender = loaded.house.huisstijl, loaded.house.afzender
    words = shared_words(mailing, huisstijl, afzender, today, loaded.verdeling, concept=concept)
    place = loaded.place_of_tekst(mailing.taal)
    texts = {name: text for name, text in words.items() if isinstance(text, Tekst)}
    return words | {name: replace(text, place=place) for name, text in texts.items()}


def _common(words: Words, texts: LetterTexts) -> Words:
    """Return those of `words` that are no other ones in each letter, with these `texts`."""
    own = texts.personal - {"dagtekening"}  # that is the day of the run
    return {name: value for name, value in words.items() if name not in own}


_CAUSES = {
    IN_BASIS: ("concept",),
    "huisstijl": ("afzender", "woordmerk", "lettertype", "logo"),
    "tekst": ("tekst_tot_slot", "slotalinea"),
    "taakstelling": ("landelijk", "bijlage_a", "bijlage_a_regels"),
}
"""What people know the words of a mailing as that they do not write themselves."""


def _find_basis(words: Words) -> dict[str, str]:
    """Return a digest of each of `words`, by what people know it as."""
    names = {word: cause for cause, made in _CAUSES.items() for word in made}
    basis: dict[str, Words] = {}
    for word, value in words.items():
        if value:
            basis.setdefault(names.get(word, word), {})[word] = value
    return {cause: digest_words(values, 8) for cause, values in basis.items()}
