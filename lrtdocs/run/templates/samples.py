"""Data to show a template with: a real example, the least that is valid, and as much as there is.

Everything goes through the models and the words of documents, as the user's own data would: nothing
here can be what no file could say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from lrtdocs.documents import KINDS, letter_words, shared_words
from lrtdocs.errors import Place, ProblemsFoundError, has_errors
from lrtdocs.model import Afzender, Huisstijl, Mailing, Vergadering, make_verdeling
from lrtdocs.model.ontvanger import Ontvanger
from lrtdocs.run.letters.plan import walk_letters
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.load.meeting import load_model, load_vergadering
from lrtdocs.run.templates import full_example
from lrtdocs.source.files import examples_folder, find_huisstijl
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from lrtdocs.documents import Words

ORDINARY, LITTLE, MUCH = AMOUNTS = ("gewoon", "weinig", "veel")
_EXAMPLES = {
    "agenda": "2025-03-19-lrt.yaml",
    "verslag": "2025-03-19-lrt.yaml",
    "brief": "brief.yaml",
    "taakstelling": "taakstelling-2025-II.yaml",
}
_DIVIDED = {"halfjaar": "2025-II", "totaal": "13000"}
_LITTLE_MEETING = {"overleg": "LRT", "datum": "2025-03-19", "agendapunten": ["Opening"]}
_LITTLE_LETTER = {"sjabloon": "brief", "ontvangers": "lijst.csv", "tekst": "Dit is de tekst."}
_LITTLE_COUNT = {"sjabloon": "taakstelling", "ontvangers": "gemeenten", "taakstelling": _DIVIDED}
_NOWHERE = Place("voorbeeld")


@dataclass(frozen=True, slots=True)
class House:
    """The house style that goes for a folder, where it stands, and the first sender in it."""

    path: Path
    huisstijl: Huisstijl

    @property
    def afzender(self) -> Afzender:
        """The sender in examples."""
        return next(iter(self.huisstijl.afzenders.values()))


def load_house(start: Path) -> House:
    """Return the house style for the file `start`; raise ProblemsFoundError if it has errors."""
    path = find_huisstijl(start)
    _, huisstijl, problems = load_model(path, Huisstijl)
    if huisstijl is None:
        raise ProblemsFoundError(*problems)
    return House(path, huisstijl)


def sample_words(kind: str, amount: str, house: House, today: date) -> Words:
    """Return words for a document of `kind`, of one of the `AMOUNTS`.

    The sender is that of `house`, but little data has an empty one, and much has all there is.
    """
    if amount == LITTLE:
        house = House(house.path, Huisstijl(afzenders={"geen": Afzender()}))
    elif amount == MUCH:
        house = House(house.path, Huisstijl.model_validate(full_example.HUISSTIJL))
    make = _meeting if kind in KINDS else _letter
    return make(kind, amount, house, today)


# --- meetings


def _meeting(kind: str, amount: str, house: House, today: date) -> Words:
    vergadering = _MEETINGS[amount](kind)
    return KINDS[kind].words(vergadering, house.huisstijl, house.afzender, today)


def _example_meeting(kind: str) -> Vergadering:
    loaded, problems = load_vergadering(examples_folder() / _EXAMPLES[kind], kind)
    if loaded is None:
        raise ProblemsFoundError(*problems)
    return loaded.vergadering


_MEETINGS: dict[str, Callable[[str], Vergadering]] = {
    ORDINARY: _example_meeting,
    LITTLE: lambda _kind: Vergadering.model_validate(_LITTLE_MEETING),
    MUCH: lambda _kind: Vergadering.model_validate(full_example.meeting()),
}

# --- letters


def _letter(kind: str, amount: str, house: House, today: date) -> Words:
    if amount == ORDINARY:
        return _example_letter(kind, house, today)
    mailing = Mailing.model_validate(_letter_data(kind, amount))
    ontvanger = _ontvanger(kind, amount)
    register = load_register(None)
    verdeling = make_verdeling(mailing.taakstelling, register) if mailing.taakstelling else None
    gemeente = register.find(ontvanger.code) if ontvanger.code else None
    toedeling = verdeling.rijen[gemeente.code] if verdeling and gemeente else None
    if toedeling and amount == MUCH:
        toedeling = toedeling.add_stand(full_example.STAND)
    shared = shared_words(mailing, house.huisstijl, house.afzender, today, verdeling)
    return {**shared, **letter_words(ontvanger, 342, gemeente, toedeling, mailing)}


def _example_letter(kind: str, house: House, today: date) -> Words:
    loaded, problems = load_mailing(examples_folder() / _EXAMPLES[kind])
    if loaded is None or has_errors(problems):
        raise ProblemsFoundError(*problems)
    shared = shared_words(loaded.mailing, house.huisstijl, house.afzender, today, loaded.verdeling)
    return {**shared, **next(walk_letters(loaded)).words}


def _letter_data(kind: str, amount: str) -> dict[str, object]:
    if amount == MUCH:
        return full_example.letter(kind, _DIVIDED)
    return dict(_LITTLE_LETTER if kind == "brief" else _LITTLE_COUNT)


def _ontvanger(kind: str, amount: str) -> Ontvanger:
    """Return a recipient of a letter of `kind`; a counted one is a gemeente."""
    register = load_register(None)
    longest = max(register.gemeenten, key=lambda gemeente: len(gemeente.naam))
    first = register.gemeenten[0]
    gemeente = longest if amount == MUCH else first
    if amount == LITTLE and kind == "brief":
        return Ontvanger(_NOWHERE, naam="A. Voorbeeld")
    bare = Ontvanger(_NOWHERE, code=gemeente.code, naam=gemeente.naam)
    return (
        replace(bare, **cast("dict[str, Any]", full_example.RECIPIENT)) if amount == MUCH else bare
    )
