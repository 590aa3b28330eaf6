"""Which letters there will be: every one gone through and checked before the first is made.

A long list of recipients is read twice: once for the plan, which keeps numbers only, and once while
the letters are made. So memory does not grow with the number of letters. Of a short list the plan
keeps the letters themselves.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from lrtdocs.documents.letters import letter_words, pattern_words
from lrtdocs.errors import Place, Problem, Severity, has_errors
from lrtdocs.model.findings import Findings
from lrtdocs.model.ontvanger import check_ontvangers, find_doubled, identity_of
from lrtdocs.model.patroon import parse_patroon
from lrtdocs.model.taakstelling import stand_of
from lrtdocs.run.folder.names import fold_file, safe_name
from lrtdocs.run.load.number_conflicts import find_differences
from lrtdocs.run.load.patterns import check_patterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lrtdocs.documents.words import Words
    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.run.load.mailing import LoadedMailing

KEPT = 400
"""Letters that a plan keeps as they are, about two megabytes: enough for all gemeenten."""
_WITH_CODE, _WITHOUT_CODE = parse_patroon("{code}-{naam}"), parse_patroon("{volgnummer:04}-{naam}")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to make: its number in the whole run (from 1), its key, its file and its words."""

    number: int
    key: str
    file: str
    words: Words
    place: Place

    def digest(self, shared: str) -> str:
        """Return a digest of all data of the letter; `shared` is that of the words of all."""
        text = shared + json.dumps(self.words, default=repr, ensure_ascii=False)
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(slots=True)
class Plan:
    """All letters of a run: `names` holds a folded file name a letter, in their order.

    `kept` are the letters, or none if there are more than `KEPT`.
    """

    problems: list[Problem] = field(default_factory=list)
    names: array[int] = field(default_factory=lambda: array("Q"))
    kept: list[Letter] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many letters the whole run has."""
        return len(self.names)

    def add(self, letter: Letter) -> None:
        """Take in the next letter."""
        self.names.append(fold_file(letter.file))
        if self.total <= KEPT:
            self.kept.append(letter)
        else:
            self.kept.clear()

    def letters(self, loaded: LoadedMailing) -> Iterator[Letter]:
        """Yield the letters of `loaded` once more, in their order."""
        return iter(self.kept) if self.kept else walk_letters(loaded)


def walk_letters(loaded: LoadedMailing) -> Iterator[Letter]:
    """Yield the letters of a mailing that was planned without errors."""
    for number, ontvanger in enumerate(loaded.recipients, start=1):
        yield make_letter(loaded, ontvanger, number)


def make_letter(loaded: LoadedMailing, ontvanger: Ontvanger, number: int) -> Letter:
    """Return the letter to `ontvanger`; KeyError if a pattern asks for a word that is not there."""
    code = ontvanger.code or ""
    gemeente = loaded.recipients.register.find(code) if code else None
    toedeling = loaded.verdeling.rijen.get(code) if loaded.verdeling else None
    if toedeling is not None:
        toedeling = toedeling.add_stand(stand_of(ontvanger.extra))
    pattern = loaded.mailing.bestandsnaam or (_WITH_CODE if code else _WITHOUT_CODE)
    stem = safe_name(pattern.fill(pattern_words(ontvanger, number))) or f"{number:04}"
    words = letter_words(ontvanger, number, gemeente, toedeling, loaded.mailing)
    return Letter(
        number, code or ontvanger.naam or stem, f"{stem}.docx", words, ontvanger.plaats_in_bestand
    )


def plan_letters(
    loaded: LoadedMailing,
    watch: Callable[[Letter], object] = lambda _letter: None,
    *,
    whole: bool = True,
) -> Plan:
    """Go through all letters, find every problem, and let `watch` see each letter once.

    A `whole` run of taakstelling letters goes to every gemeente.
    """
    plan = Plan()
    plan.problems += check_patterns(loaded)
    planner = _Planner(loaded, plan, watch, usable=not has_errors(plan.problems))
    mailing, recipients = loaded.mailing, loaded.recipients
    complete = whole and mailing.taakstelling is not None
    plan.problems += check_ontvangers(
        recipients,
        recipients.register,
        str(recipients.path),
        complete=complete,
        watch=planner.see,
    )
    plan.problems += planner.findings.as_list()
    plan.problems += recipients.problems
    doubles = _Doubles(loaded, complete=complete)
    plan.problems += doubles.find(plan.names, lambda letter: letter.file, _NAMES)
    if mailing.onze_referentie is not None:
        plan.problems += doubles.find(planner.references, _reference_of, _REFERENCES)
    if doubles.of_rows:
        plan.problems = [_as_error(problem) for problem in plan.problems]
    return plan


class _Planner:
    """Makes every letter once, on its way to the other checks, and keeps what must be unique."""

    def __init__(
        self, loaded: LoadedMailing, plan: Plan, watch: Callable[[Letter], object], *, usable: bool
    ) -> None:
        self.loaded, self.plan, self.watch, self.usable = loaded, plan, watch, usable
        self.references: array[int] = array("Q")
        self.findings = Findings()
        self.number = 0

    def see(self, ontvanger: Ontvanger) -> None:
        """Plan the letter to the next recipient."""
        self.number += 1
        if self.usable:
            self._plan(ontvanger, self.number)

    def _plan(self, ontvanger: Ontvanger, number: int) -> None:
        if self.loaded.verdeling is not None:
            toedeling = self.loaded.verdeling.rijen.get(ontvanger.code or "")
            if toedeling is None:
                self.plan.problems.append(_without_number(ontvanger))
            else:
                table = self.loaded.recipients.table
                self.findings.extend(find_differences(ontvanger, toedeling, table))
        letter = make_letter(self.loaded, ontvanger, number)
        self.plan.add(letter)
        if self.loaded.mailing.onze_referentie is not None:
            self.references.append(fold_file(_reference_of(letter)))
        self.watch(letter)


def _without_number(ontvanger: Ontvanger) -> Problem:
    return Problem(
        "LRT702",
        ontvanger.plaats_in_bestand,
        f"Voor {ontvanger.naam or ontvanger.code or 'deze ontvanger'} is er geen taakstelling.",
        expected="de code van een gemeente uit het register, zoals GM0518",
        found=ontvanger.code or "",
        remedy="Verbeter de code, of haal deze regel uit het bestand.",
    )


def _reference_of(letter: Letter) -> str:
    return str(letter.words["onze_referentie"])


_NAMES = ("LRT703", "bestandsnaam", "De brief zou {text} heten, net als die van {other}.")
_REFERENCES = ("LRT704", "onze_referentie", "Het kenmerk {text} is ook dat van {other}.")


class _Doubles:
    """Finds letters with the name or the reference of another.

    Where two rows are the same recipient that is told of the rows, not of the pattern; `of_rows`
    tells whether there were such.
    """

    def __init__(self, loaded: LoadedMailing, *, complete: bool) -> None:
        self._loaded, self._complete = loaded, complete
        self.of_rows = False

    def find(
        self,
        hashes: array[int],
        text_of: Callable[[Letter], str],
        told: tuple[str, str, str],
    ) -> Iterator[Problem]:
        """Yield a problem for every letter whose text, by its hash, another letter had before."""
        doubled = find_doubled(hashes)
        first: dict[int, Letter] = {}
        seen: set[tuple[int, str | int]] = set()
        code, key, message = told
        for number, ontvanger in enumerate(self._loaded.recipients if doubled else ()):
            if hashes[number] not in doubled:
                continue
            row = (hashes[number], identity_of(ontvanger, complete=self._complete))
            if row in seen:
                self.of_rows = True
                continue
            seen.add(row)
            letter = make_letter(self._loaded, ontvanger, number + 1)
            other = first.setdefault(hashes[number], letter)
            if other is letter:
                continue
            yield Problem(
                code,
                letter.place,
                message.format(text=f"'{text_of(letter)}'", other=f"{other.key} ({other.place})"),
                remedy=f"Zet in '{key}' een woord dat bij elke brief anders is, zoals "
                "{volgnummer}.",
            )


def _as_error(problem: Problem) -> Problem:
    """Return `problem`; as an error if it tells of a double row, which would be one letter less."""
    return replace(problem, severity=Severity.ERROR) if problem.code == "LRT628" else problem
