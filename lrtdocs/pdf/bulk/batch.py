"""One batch of letters: merged into few documents, converted together, taken apart.

In every call one letter goes along alone; only when its PDF is equal, byte for byte, to the one
that was taken out of a merged document are the others of that call believed. A group that fails is
converted again letter by letter, what was to come after it in that call is simply tried again, and
a letter that fails by itself is tried once more alone, in a profile of its own.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from lrtdocs.pdf.bulk.finish import Finished, Finisher, Job, read_letter
from lrtdocs.pdf.office.convert import FRESH_PROFILE_FAILED, Task, call_office
from lrtdocs.pdf.office.errors import ConversionBrokenError, ConversionError, ConversionStrangeError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from lrtdocs.pdf.office.backends import Way
    from lrtdocs.pdf.office.office import Office

LETTERS_TOGETHER = 20  # the time LibreOffice takes for a page grows with the number of pages
MOST_BARREN = 3  # calls in a row that make nothing, before every letter is tried alone
ENOUGH = 0.5  # of the paragraphs of a letter: else the PDF is another document's


class MergedDocument(Protocol):
    """Letters as one Word document, as `word.merge` makes it; empty if they cannot be merged."""

    @property
    def docx(self) -> bytes:
        """The document, or nothing."""

    @property
    def spans(self) -> tuple[tuple[str, str], ...]:
        """The names of the bookmarks at the beginning and at the end of each letter."""

    @property
    def reason(self) -> str:
        """Why there is no document, in Dutch."""


Merge: TypeAlias = "Callable[[Sequence[bytes]], MergedDocument | None]"
Result: TypeAlias = "bytes | ConversionError"
Thing = TypeVar("Thing")


def split_evenly(things: Sequence[Thing], parts: int) -> list[Sequence[Thing]]:
    """Return `things` in at most so many `parts`, which differ by one in length; none is empty."""
    cuts = [len(things) * number // parts for number in range(parts + 1)]
    return [things[start:end] for start, end in itertools.pairwise(cuts) if start < end]


@dataclass(frozen=True, slots=True)
class Bench:
    """What a batch is made with, by one thread at a time: a helper process and LibreOffice."""

    finisher: Finisher
    way: Way

    def warm(self) -> None:
        """Start both."""
        self.finisher.start()
        self.way.warm()

    def close(self) -> None:
        """Stop the helper process and LibreOffice."""
        self.finisher.close()
        self.way.close()


class Ledger(Protocol):
    """What batches tell each other: whether merging pays, and whether LibreOffice still works."""

    def may_merge(self) -> bool:
        """Tell whether letters are to be merged."""

    def note_apart(self, reason: str, *, strike: bool) -> None:
        """Hear why letters were not merged, and whether that may hold for others."""

    def note_believed(self) -> None:
        """Hear that a merged document gave what its letters give alone."""

    def note_alone(self, error: ConversionError | None) -> None:
        """Hear what came of a letter converted alone."""

    def given_up(self) -> ConversionError | None:
        """Return what LibreOffice fails with, once it is not worth trying again."""


@dataclass(frozen=True, slots=True)
class Group:
    """Letters in one document: `spans` is empty for a letter on its own."""

    tasks: tuple[Task, ...]
    docx: bytes
    spans: tuple[tuple[str, str], ...] = ()

    @property
    def task(self) -> Task:
        """The document as LibreOffice gets it."""
        return replace(self.tasks[0], docx=self.docx, letters=len(self.tasks))

    def singles(self) -> list[Group]:
        """Return the letters, each on its own."""
        return [Group((task,), task.docx) for task in self.tasks]


def group_letters(tasks: Sequence[Task], ledger: Ledger, merge: Merge | None) -> list[Group]:
    """Return `tasks` as documents: together where `merge` can and the `ledger` allows it."""
    groups: list[Group] = []
    for part in split_evenly(tasks, -(-len(tasks) // LETTERS_TOGETHER)):
        group = Group(tuple(part), b"")
        groups += _merged(group, ledger, merge) or group.singles()
    return groups


def _merged(group: Group, ledger: Ledger, merge: Merge | None) -> list[Group]:
    """Return `group` as one document; nothing, after a note, if it cannot be."""
    if merge is None or len(group.tasks) < 2 or not ledger.may_merge():
        return []
    merged = merge([task.docx for task in group.tasks])
    if merged is None or not merged.docx:
        reason = merged.reason if merged is not None else "niet samen te voegen"
        ledger.note_apart(reason, strike=True)
        return []
    return [replace(group, docx=merged.docx, spans=merged.spans)]


class Batch:
    """The letters of one batch on their way to PDF; `results` are those that are ready."""

    def __init__(
        self, office: Office, bench: Bench, ledger: Ledger, *, moment: datetime | None
    ) -> None:
        self._office, self._bench, self._ledger = office, bench, ledger
        self._moment = moment
        self.results: dict[int, Result] = {}

    def convert(self, groups: Sequence[Group]) -> list[Result]:
        """Return what came of each letter of `groups`, in their order."""
        waiting = list(groups)
        tasks = [task for group in groups for task in group.tasks]
        barren = 0
        while waiting and barren < MOST_BARREN and self._ledger.given_up() is None:
            before = len(self.results)
            waiting = self._call(waiting)
            barren = barren + 1 if len(self.results) == before else 0
        for group in waiting:
            for single in group.singles():
                self._alone(single.task)
        return [self.results[task.number] for task in tasks]

    def _call(self, waiting: Sequence[Group]) -> list[Group]:
        """Convert `waiting` in one call; return what is to be tried again."""
        proof = next((group for group in waiting if group.spans), None)
        groups = list(waiting) if proof is None else [*proof.singles()[-1:], *waiting]
        tasks = [group.task for group in groups]
        code, made = self._bench.way.convert(tasks, marks=proof is not None)
        if code == FRESH_PROFILE_FAILED:
            return list(waiting)
        pairs = list(zip(groups, made, strict=True))
        again: list[Group] = []
        if proof is not None:
            pairs, again = self._prove(proof, pairs)
        return again + self._take(pairs, stopped=code != 0)

    def _prove(
        self, proof: Group, pairs: list[tuple[Group, Result]]
    ) -> tuple[list[tuple[Group, Result]], list[Group]]:
        """Compare the letter at the head of `pairs`, converted alone, with itself out of `proof`.

        Returns what of `pairs` can be gone on with, and the groups that are to be tried again.
        """
        (first, raw), *rest = pairs
        whole = next(made for group, made in rest if group is proof)
        others = [pair for pair in rest if pair[0] is not proof]
        loose = [pair for pair in others if not pair[0].spans]
        merged = [group for group, _ in others if group.spans]
        if isinstance(raw, ConversionError):
            return [(first, raw), *loose], [*merged, *proof.singles()[:-1]]
        alone = self._finish(raw, first)
        if isinstance(whole, ConversionError):
            self._ledger.note_apart(f"LibreOffice: {type(whole).__name__}", strike=False)
            return [*loose, (first, raw)], [*merged, *proof.singles()[:-1]]
        made = self._finish(whole, proof)
        if isinstance(made, str):
            self._ledger.note_apart(made, strike=True)
            return [(first, raw), *loose], [*merged, *proof.singles()[:-1]]
        if isinstance(alone, str) or alone[0].pdf != made[-1].pdf:
            self._ledger.note_apart("een brief ziet er alleen anders uit", strike=True)
            apart = [single for group in [proof, *merged] for single in group.singles()]
            return [(first, raw), *loose], [each for each in apart if each.tasks != first.tasks]
        self._ledger.note_believed()
        return others, self._keep(proof, made)

    def _take(self, pairs: Sequence[tuple[Group, Result]], *, stopped: bool) -> list[Group]:
        """Keep what is good in `pairs`; return what is to be tried again, the suspect last.

        When LibreOffice `stopped`, the first without a PDF is to blame and the others are not.
        """
        again: list[Group] = []
        suspects: list[Group] = []
        blamed = False
        for group, raw in pairs:
            if not isinstance(raw, ConversionError):
                again += self._accept(group, raw)
            elif stopped and blamed:
                again.append(group)
            else:
                blamed = True
                suspects += self._suspect(group, raw)
        return again + suspects

    def _suspect(self, group: Group, error: ConversionError) -> list[Group]:
        if not group.spans:
            self._alone(group.task)
            return []
        self._ledger.note_apart(f"LibreOffice: {type(error).__name__}", strike=False)
        return group.singles()

    def _accept(self, group: Group, raw: bytes) -> list[Group]:
        """Keep the letters of `group` that are good in `raw`; return the others, apart."""
        made = self._finish(raw, group)
        if group.spans and isinstance(made, str):
            self._ledger.note_apart(made, strike=True)
            return group.singles()
        if not group.spans:
            self._keep_single(group.task, made)
            return []
        return self._keep(group, made if isinstance(made, list) else [])

    def _keep(self, group: Group, made: Sequence[Finished]) -> list[Group]:
        doubted = []
        for single, letter in zip(group.singles(), made, strict=True):
            if letter.doubt:
                doubted.append(single)
                self._ledger.note_apart(letter.doubt, strike=False)
            else:
                self.results[single.task.number] = letter.pdf
        return doubted

    def _finish(self, raw: bytes, group: Group) -> list[Finished] | str:
        letters = tuple(read_letter(task.docx, self._moment) for task in group.tasks)
        job = Job(raw, group.spans, letters, self._office.makes_accessible_pdf)
        return self._bench.finisher.run(job)

    def _alone(self, task: Task) -> None:
        """Convert `task` alone in a profile of its own; what comes of it is final."""
        error = self._ledger.given_up()
        if error is not None:
            self.results[task.number] = type(error)(task.name, *error.args[1:])
            return
        _, (raw,) = call_office(self._office, [task])
        if isinstance(raw, ConversionError):
            self._ledger.note_alone(raw)
            self.results[task.number] = raw
            return
        self._ledger.note_alone(None)
        self._keep_single(task, self._finish(raw, Group((task,), task.docx)))

    def _keep_single(self, task: Task, made: list[Finished] | str) -> None:
        if isinstance(made, str):
            self.results[task.number] = ConversionBrokenError(task.name, made)
        elif made[0].found < ENOUGH:
            self.results[task.number] = ConversionStrangeError(task.name)
        else:
            self.results[task.number] = self._with_all_rows(task, made[0])

    def _with_all_rows(self, task: Task, letter: Finished) -> bytes:
        """Return `letter`, or one with rows that may split if that has more of its rows."""
        if not letter.lost:
            return letter.pdf
        from lrtdocs.pdf.structure.rows import let_rows_split  # loads pikepdf

        loose = let_rows_split(task.docx)
        if loose is None:
            return letter.pdf
        _, (raw,) = call_office(self._office, [replace(task, docx=loose)])
        if isinstance(raw, ConversionError):
            return letter.pdf
        made = self._finish(raw, Group((task,), task.docx))
        better = not isinstance(made, str) and made[0].lost < letter.lost
        return made[0].pdf if better and not isinstance(made, str) else letter.pdf
