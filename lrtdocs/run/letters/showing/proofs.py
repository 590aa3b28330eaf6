"""Which letters a proof has: those that differ most, or that changed; none is made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from lrtdocs.clock import today
from lrtdocs.errors import ProblemsFoundError, has_errors
from lrtdocs.run.documents.report import LettersOptions, LettersOutcome
from lrtdocs.run.letters.run import prepare
from lrtdocs.run.letters.showing.glance import find_letters_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lrtdocs.run.letters.letter import Letter


class ProofLetter(NamedTuple):
    """A letter of a proof: its number, who it is for, what it is called, and why it is in it."""

    number: int
    name: str
    file: str
    why: str = ""


class Proofs(NamedTuple):
    """The letters that were `chosen` for a proof, and `everybody` who gets a letter."""

    chosen: Sequence[ProofLetter]
    everybody: Sequence[ProofLetter]


def choose_letters(path: Path, proof: int | str | None) -> Proofs:
    """Return the letters of a `proof` of the mailing at `path`, the most telling first.

    None is for no proof. Raises ProblemsFoundError if the mailing has errors.
    """
    outcome = LettersOutcome()
    options = LettersOptions(find_letters_folder(path), proof=proof)
    prepared = prepare(path, options, today(), outcome)
    if prepared is None or has_errors(outcome.problems):
        raise ProblemsFoundError(*outcome.problems)
    everybody = [ProofLetter(one.number, _name_of(one), one.file) for one in prepared.walk()]
    known = {one.number: one for one in everybody}
    chosen = (prepared.chosen or {}).items()
    return Proofs([known[number]._replace(why=why) for number, (_, why) in chosen], everybody)


def _name_of(letter: Letter) -> str:
    ontvanger = cast("Mapping[str, object]", letter.words["ontvanger"])
    return str(ontvanger.get("naam") or letter.key)
