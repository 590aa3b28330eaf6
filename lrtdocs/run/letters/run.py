"""A run of letters, from the YAML file to a full folder: plan, fill, write, tell.

Nothing is written before everything was read and checked. After that nothing stops the run but the
user, a disk that does not take the manifest, or a second run in the same folder: a letter that
fails is told, and the others are made. The same command again makes what is missing or changed.
"""

from __future__ import annotations

import re
from array import array
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.documents.words import CONCEPT, moment_of
from lrtdocs.errors import (
    ExitCode,
    FileProblemError,
    Place,
    ProblemsFoundError,
    TemplateProblemsError,
    has_errors,
)
from lrtdocs.hashed import Hashed
from lrtdocs.run.documents.finish import Draft
from lrtdocs.run.documents.make import (
    find_logo_problems,
    read_logo,
)
from lrtdocs.run.documents.report import WRAPPING_UP, LettersOutcome, silent
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.folder import Folder, digest_of
from lrtdocs.run.folder.lock import lock_folder
from lrtdocs.run.folder.manifest import (
    NAME,
    Known,
    Manifest,
    Numbers,
    Proof,
    is_sent,
    name_mailing,
    read_known,
)
from lrtdocs.run.folder.names import FileNames, fold_file
from lrtdocs.run.letters.copies import (
    COPY,
    as_known,
    check_copied_template,
    copies_of,
    find_addressees,
    look_up_addressees,
)
from lrtdocs.run.letters.copies import FOLDER as COPIES
from lrtdocs.run.letters.executors import render_letters
from lrtdocs.run.letters.fill import BATCH, Job, LetterFiller
from lrtdocs.run.letters.job import (
    find_undated,
    judge_go_ahead,
    kept_day,
    load_letter_template,
    make_job,
)
from lrtdocs.run.letters.letter import digest_words
from lrtdocs.run.letters.numbering import number_recipients
from lrtdocs.run.letters.plan import plan_letters, walk_letters
from lrtdocs.run.letters.print_file import PrintFile, find_column
from lrtdocs.run.letters.reviewing.proof import Proofing
from lrtdocs.run.letters.selection import choose
from lrtdocs.run.letters.survey import (
    RowSurvey,
    Survey,
    check_columns,
    find_row_columns,
    find_unminded,
)
from lrtdocs.run.letters.versions import Versions, tell_versions
from lrtdocs.run.letters.write import LetterWriter
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.source.files import exists
from lrtdocs.word.provenance import read_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from lrtdocs.errors import Problem
    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.run.documents.report import LettersOptions, Progress
    from lrtdocs.run.letters.convert import Converter
    from lrtdocs.run.letters.copies import Addressee
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.letters.selection import Chosen
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.word.compile.template import Template


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run of which everything is known and nothing was written.

    `names` are those of all letters, by which a letter is known, with their numbers; `chosen` are
    the letters that are to be made, None for all. `known` is what the folder told of earlier runs,
    and `numbers` what it is to tell otherwise of who has which number. `today` is the day of the
    run, which letters in the folder may not bear. Letters with a go-ahead are made as they were
    `planned`, or not at all. What there is to know of a `proof` is kept once that is made.
    """

    loaded: LoadedMailing
    template: Template
    job: Job
    names: FileNames
    chosen: Chosen | None
    known: Known
    numbers: Numbers
    today: date
    planned: Planned | None = None
    proof: Proof | None = None

    @property
    def total(self) -> int:
        """How many letters are to be there in the end."""
        return len(self.names) if self.chosen is None else len(self.chosen)

    def walk(self) -> Iterator[Letter]:
        """Yield all letters, in their order, as they are now."""
        return walk_letters(self.loaded)

    def letters(self) -> Iterator[Letter]:
        """Yield the letters that were chosen, in their order.

        Raises FileProblemError if the list is another than the one that was checked.
        """
        for at, letter in enumerate(self.walk()):
            other = self.planned is not None and not self.planned.is_same(at, letter)
            if other or not self.names.fits(at, letter.file, letter.number):
                place = Place(str(self.loaded.recipients.path))
                raise FileProblemError(messages.problem("LRT001.veranderd", place))
            if self.chosen is None or letter.number in self.chosen:
                yield letter


@dataclass(frozen=True)
class Copies(Prepared):
    """The copies of the letters of the run `of` in a `folder`, as a run of their own.

    That comes after the other one: they say what the letters say that are there.
    """

    of: Prepared | None = None
    folder: Path = Path()
    addressees: tuple[Addressee, ...] = ()

    def walk(self) -> Iterator[Letter]:
        """Yield all copies, of letters as they were planned, and as they are there."""
        with self._versions() as versions:
            copies = (
                copy
                for letter in self._letters()
                for copy in self._copies_of(letter, versions.as_there(letter))
            )
            for copy, number in zip(copies, self.names.numbers, strict=False):
                yield replace(copy, number=number)

    def _letters(self) -> Iterator[Letter]:
        return iter(()) if self.of is None else replace(self.of, chosen=None).letters()

    def _copies_of(self, letter: Letter, there: Letter) -> Iterator[Letter]:
        """Yield the copies of `letter`, which say what the one says that is `there`."""
        for copy in copies_of(letter, self.addressees, self.loaded, self.job):
            own = {name: copy.words[name] for name in ("ontvanger", COPY)}
            yield replace(copy, words={**there.words, **own})

    @contextmanager
    def _versions(self) -> Iterator[Versions]:
        """Open the folder of the letters themselves."""
        of, folder = self.of or self, Folder(self.folder)
        head = _head(of, name_mailing(self.loaded.path, folder.path))
        with closing(Manifest(folder.path, head, of.names)) as manifest:
            yield _versions_of(of, folder, manifest)

    def find_edited(self) -> list[Problem]:
        """Return a warning for letters that were edited by hand, which their copies do not tell."""
        edited: list[str] = []
        chosen = self.of.chosen if self.of else None
        with self._versions() as versions:
            for number, entry in versions.manifest.entries():
                if entry is None or not (chosen is None or number in chosen):
                    continue
                if versions.folder.is_edited(entry.bestand, entry.ours):
                    edited.append(entry.bestand)
        if not edited:
            return []
        told = {"n": len(edited), "names": dutch.join_some(edited, _MOST_NAMED)}
        return [messages.problem("LRT736.bewerkt", Place(str(self.folder)), None, **told)]


_MOST_NAMED = 10
CHECKING, LOOKING = "brieven nakijken", "nakijken wat er in de map staat"
"""What the progress is while letters are filled to see whether that can be done, and then."""


class Planned:
    """What the letters of a run say, in their order, as they were when the run was planned."""

    def __init__(self) -> None:
        self._digests = array("Q")

    def __call__(self, letter: Letter) -> None:
        """Take in the next letter."""
        self._digests.append(self._digest(letter))

    def is_same(self, at: int, letter: Letter) -> bool:
        """Tell whether `letter` is the one that was planned there."""
        return at < len(self._digests) and self._digests[at] == self._digest(letter)

    @staticmethod
    def _digest(letter: Letter) -> int:
        return int(digest_words(letter.words, 8), 16)


def prepare(
    path: Path, options: LettersOptions, today: date, outcome: LettersOutcome
) -> Prepared | None:
    """Read and check the mailing at `path`; None, with all problems in `outcome`, if it has errors.

    Raises UsageError for a recipient that is named and not there, or for what changed since a proof
    that there is not, and FileProblemError for a file that cannot be read or changes meanwhile.
    """
    loaded, problems = load_mailing(path)
    outcome.add_problems(problems)
    if loaded is None:
        return None
    loaded, approval = judge_go_ahead(loaded)
    known = read_known(options.output, name_mailing(loaded.path, options.output))
    numbering = number_recipients(known.numbers, loaded.recipients.heads())
    outcome.add_problems(numbering.problems)
    day = kept_day(known) or today
    if not options.single:
        outcome.add_problems(find_undated(loaded, day))
    template = load_letter_template(loaded, options, outcome)
    loaded = replace(loaded, numbers=numbering.rows, row_columns=find_row_columns(loaded, template))
    pictures = read_logo(loaded.house)
    chooser = choose(options.only, options.proof, loaded.register)
    proofing, survey, rows = None, None, RowSurvey(loaded, template)
    if template is not None:
        job = make_job(loaded, template, pictures, options, day, concept=approval.concept)
        survey = Survey(loaded, template, job)
        proofing = Proofing(options.proof, known.proof, job.basis) if options.proof else None
    planned = Planned() if approval.counts else None
    lost = _Lost(options.output, asked=not (options.single or known.there))
    watching = (rows, chooser, proofing, survey, planned, lost)
    watches: list[Callable[[Letter], object]] = [watch for watch in watching if watch]
    names, problems = plan_letters(loaded, watches, whole=not options.single)
    outcome.add_problems([*problems, *rows.problems(), *lost.problems])
    if template is None or has_errors(outcome.problems):
        return None
    outcome.add_problems([*template.warnings, *find_logo_problems(pictures, template)])
    _add_surveyed(loaded, template, survey, outcome)
    outcome.add_problems(approval.problems)
    if approval.concept and not _shows_concept(template, loaded):
        outcome.add_problems([messages.problem("LRT726", Place(template.name))])
        return None
    approval.check_same()
    choosing = proofing or chooser
    chosen = choosing.choose() if choosing else None
    outcome.remarks += proofing.tell() if proofing else []
    outcome.tell_sum(loaded.verdeling)
    proof = proofing.record() if proofing else None
    found = (job, names, chosen, known, numbering.records, today, planned, proof)
    return Prepared(loaded, template, *found)


def prepare_copies(
    prepared: Prepared, options: LettersOptions, outcome: LettersOutcome
) -> Copies | None:
    """Return the run of copies beside that of `prepared`, which goes into `options`; or None.

    Then what keeps it from being made is in `outcome`.
    """
    loaded = prepared.loaded
    addressees, problems = find_addressees(loaded)
    problems += check_copied_template(prepared.template)
    outcome.add_problems(problems)
    if has_errors(problems):
        return None
    known = read_known(options.output, name_mailing(loaded.path, options.output))
    texts, letters = Hashed(), array("I")

    def recipients() -> Iterator[Ontvanger]:
        for letter in walk_letters(loaded):
            for copy in copies_of(letter, addressees, loaded, prepared.job):
                texts.add(fold_file(copy.file))
                letters.append(letter.number)
                yield as_known(copy, addressees)

    numbering = number_recipients(known.numbers, recipients())
    if texts.shared():
        outcome.add_problems([messages.problem("LRT736.naam", loaded.place("kopie_aan"))])
        return None
    pairs = zip(numbering.rows, letters, strict=True)
    among = prepared.chosen
    chosen = None if among is None else {n: among[of] for n, of in pairs if of in among}
    names = FileNames(texts, array("I", numbering.rows))
    return Copies(
        loaded, prepared.template, prepared.job, names, chosen, known, numbering.records,
        prepared.today, of=prepared, folder=options.output.parent, addressees=addressees,
    )  # fmt: skip


def find_old_copies(options: LettersOptions) -> list[Problem]:
    """Return a warning for copies of before, beside letters that are made without them."""
    folder = options.output / COPIES
    return [messages.problem("LRT736.oud", Place(str(folder)))] if exists(folder / NAME) else []


def _add_surveyed(
    loaded: LoadedMailing, template: Template, survey: Survey | None, outcome: LettersOutcome
) -> None:
    """Take in what all letters together tell; what does nothing to them is left out."""
    outcome.add_problems(survey.problems() if survey else ())
    unminded = find_unminded(outcome.problems, loaded, template)
    outcome.problems[:] = [one for one in outcome.problems if one not in unminded]
    outcome.add_problems(check_columns(loaded, template))


def _shows_concept(template: Template, loaded: LoadedMailing) -> bool:
    """Tell whether `template` lets everybody see that letters are a concept."""
    mark = loaded.mailing.rubricering or CONCEPT
    return "concept" in template.names or (
        "rubricering" in template.names and CONCEPT.lower() in mark.lower()
    )


class _Lost:
    """Sees whether a `folder` without a manifest has letters of those that it looks at.

    Numbers do not count, since those may be other ones now. It is false where that is not `asked`,
    or there are no letters.
    """

    def __init__(self, folder: Path, *, asked: bool) -> None:
        self._place = Place(str(folder / NAME))
        self.problems: list[Problem] = []
        there: Sequence[str] = ()
        with suppress(OSError):
            there = disk.names(folder) if asked else ()
        self._bare = {_FIGURES.sub("", fold_file(name)) for name in there if ".docx" in name}

    def __bool__(self) -> bool:
        return bool(self._bare)

    def __call__(self, letter: Letter) -> None:
        """Look at one letter."""
        if not self.problems and _FIGURES.sub("", fold_file(letter.file)) in self._bare:
            self.problems.append(messages.problem("LRT748.weg", self._place))


_FIGURES = re.compile(r"[0-9]+")


def check_letters(
    prepared: Prepared,
    options: LettersOptions,
    outcome: LettersOutcome,
    progress: Progress = silent,
) -> None:
    """Fill every letter of the run, and keep none; tell what the run would tell.

    What there is to tell of its folder only if that is known, by a run before.
    """
    outcome.total = prepared.total
    outcome.add_problems(look_up_addressees(prepared.loaded)[1])
    digests: dict[int, str] = {}
    fill = LetterFiller(prepared.job, prepared.template).fill
    letters = prepared.letters()
    while batch := list(islice(letters, BATCH)):
        progress(CHECKING, len(digests), prepared.total)
        filled = fill([letter.words for letter in batch])
        for letter, docx in zip(batch, filled, strict=True):
            digests[letter.number] = digest_of(docx) if isinstance(docx, bytes) else ""
            if not isinstance(docx, bytes):
                outcome.add_failed(letter.failures(docx), docx)
    outcome.add_final_problems()
    if prepared.known.head:
        progress(LOOKING, 0, 0)
        with suppress(OSError):
            outcome.add_problems(_foresee(prepared, options, digests))


def _foresee(prepared: Prepared, options: LettersOptions, digests: dict[int, str]) -> list[Problem]:
    """Return what a run that fills letters with these `digests` would tell of its folder."""
    folder, outcome = Folder(options.output), LettersOutcome()
    head = _head(prepared, name_mailing(prepared.loaded.path, folder.path))
    with closing(Manifest(folder.path, head, prepared.names)) as manifest:
        versions = _versions_of(prepared, folder, manifest)
        _tell_versions(prepared, versions, outcome)
        writer = LetterWriter(
            prepared.job, folder, manifest, outcome, silent, lambda _paths: None, options, versions
        )
        for pending in writer.needed(prepared.letters(), again=False, overwrite=False):
            writer.foresee(pending.letter, pending.entry, digests[pending.letter.number])
        writer.tell_rest(whole=True)
    return outcome.problems


# --- the run


def make_letters(
    prepared: Prepared,
    options: LettersOptions,
    outcome: LettersOutcome,
    *,
    progress: Progress = silent,
    tell: Callable[[Sequence[Path]], object] = lambda _paths: None,
    converter: Callable[[], Converter | None] = lambda: None,
) -> None:
    """Make the letters that are missing or changed; `tell` hears of new files batch by batch.

    `prepared` is used up: of many letters it holds much that is then in the folder. `converter`
    returns what makes PDFs, if they are wanted, or raises why nothing can.

    Raises UsageError for a folder that another run is at work in, or that is of another mailing,
    and for a column to print by that is not there.
    """
    _find_print(prepared, options)  # a column that is not there is told before anything is made
    folder = Folder(options.output)
    with ExitStack() as stack:
        try:
            disk.make_folder(folder.path)
            stack.enter_context(lock_folder(folder.path))
            folder.sweep()
            mailing = name_mailing(prepared.loaded.path, folder.path)
            head = _head(prepared, mailing)
            manifest = Manifest(folder.path, head, prepared.names)
            stack.callback(manifest.close)
            _add_numbers(prepared, manifest)
        except OSError as error:
            outcome.total = outcome.failed = prepared.total
            place, reason = Place(str(folder.path)), messages.system_reason(error)
            problem = messages.problem("LRT001.geen-brief", place, reason=reason)
            outcome.add_problems([problem], ExitCode.LETTERS)
            return
        outcome.total = prepared.total
        outcome.chosen = [why for why in (prepared.chosen or {}).values() if why[1]]
        with suppress(OSError):  # then it is not known why they are made again, next time
            manifest.add_basis(prepared.job.as_basis)
        versions = _versions_of(prepared, folder, manifest)
        if _tell_versions(prepared, versions, outcome):
            outcome.total = 0
            return
        writer = LetterWriter(
            prepared.job, folder, manifest, outcome, progress, tell, options, versions
        )
        _make_or_stop(prepared, options, writer, converter)


def _make_or_stop(
    prepared: Prepared,
    options: LettersOptions,
    writer: LetterWriter,
    converter: Callable[[], Converter | None],
) -> None:
    """Make the letters, and keep what is done if the user breaks it off."""
    outcome = writer.outcome
    try:
        _make(prepared, options, writer, converter)
    except KeyboardInterrupt:
        outcome.exit_code = ExitCode.INTERRUPTED
        if options.wants_pdf:
            writer.progress(WRAPPING_UP, outcome.done, outcome.total)
            writer.keep_done()


def _versions_of(prepared: Prepared, folder: Folder, manifest: Manifest) -> Versions:
    loaded, today = prepared.loaded, prepared.today
    dated = any(word.naam == "dagtekening" for word in loaded.texts.words())
    return Versions(prepared.job, prepared.template, folder, manifest, loaded.mailing, today, dated)


def _tell_versions(prepared: Prepared, versions: Versions, outcome: LettersOutcome) -> bool:
    """Tell of the versions that are to come; return whether there are too many to make them."""
    if not versions.manifest.has_sent:
        return False
    chosen = prepared.chosen is not None
    told = list(tell_versions(versions, prepared.letters(), chosen=chosen))
    outcome.add_problems(told)
    return has_errors(told)


def _add_numbers(prepared: Prepared, manifest: Manifest) -> None:
    """Bring who has which number into the `manifest`; here that is forgotten, as it is there now.

    Raises FileProblemError if another run gave numbers since, and OSError if it cannot be written.
    """
    if _numbered_since(prepared, manifest):
        place = Place(str(manifest.path))
        raise FileProblemError(messages.problem("LRT001.veranderd", place))
    manifest.add_numbers(prepared.numbers)
    for each in (prepared.numbers, prepared.known.numbers):
        each.forget(all_of_it=True)


def _numbered_since(prepared: Prepared, manifest: Manifest) -> bool:
    """Tell whether another run gave numbers after `prepared` read which there were."""
    before, now, there = prepared.known.numbers, prepared.numbers, manifest.numbers
    return any(not (there.agrees(before, at) or there.agrees(now, at)) for at in there)


def _make(
    prepared: Prepared,
    options: LettersOptions,
    writer: LetterWriter,
    converter: Callable[[], Converter | None],
) -> None:
    job, total, outcome = prepared.job, prepared.total, writer.outcome
    needed = writer.needed(prepared.letters(), again=options.again, overwrite=options.overwrite)
    with closing(
        render_letters(job, prepared.template, needed, total, options, outcome.add_problems)
    ) as rendered:
        writer.write(rendered)
    with outcome.gathering():
        ready = converter()
        if ready is not None:
            writer.convert(ready)
    writer.settle_rest()
    if options.wants_print and total and writer.converter is not None:
        writer.progress("samenvoegen", outcome.done, outcome.total)
        writer.join(prepared.letters(), _find_print(prepared, options))
    if prepared.proof is not None and not outcome.failed:
        with writer.telling_of_manifest():
            writer.manifest.add_proof(prepared.proof)
    outcome.chosen = list(_name_chosen(prepared, writer.manifest))
    writer.finish(whole=prepared.chosen is None)
    outcome.add_final_problems()


def _name_chosen(prepared: Prepared, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield the letters that were chosen for a reason, as they are called now: also a version."""
    for number, (file, why) in (prepared.chosen or {}).items():
        entry = manifest.find(number, file) if why else None
        if why:
            yield (entry.bestand if entry else file), why


def _find_print(prepared: Prepared, options: LettersOptions) -> PrintFile:
    """Return what is to be made to print; raise UsageError for a column that is not there."""
    choice = prepared.chosen is not None
    kind = "samengevoegd-keuze" if choice else "samengevoegd"
    two_sided = options.two_sided or prepared.loaded.mailing.dubbelzijdig
    shared, stem = prepared.job.shared, prepared.loaded.path.stem
    title = str(shared.get("betreft") or "")
    title = stem if not title or "{" in title else title  # a word of each recipient
    asked = {"--samenvoegen-per": options.join_by, "--volgorde": options.order}
    per, order = (
        find_column(column, option, prepared.loaded) if column is not None else None
        for option, column in asked.items()
    )
    moment = moment_of(shared)
    return PrintFile(f"{stem}-{kind}", title, choice, two_sided, moment, per, order)


def _head(prepared: Prepared, mailing: str) -> dict[str, object]:
    """Return what the manifest of the letters of `mailing` begins with."""
    return {
        "mailing": mailing,
        "sjabloon": Path(prepared.job.name).name,
        "dagtekening": str(prepared.job.shared["dagtekening"]),
        "aantal": len(prepared.names),
    }


def fill_letter(prepared: Prepared, letter: Letter, target: Path) -> Draft:
    """Return `letter` on its way to `target`; raises ProblemsFoundError if it cannot be filled.

    A mailing that does not say of which day it is, keeps that of the letter that is there.
    """
    job, loaded = prepared.job, prepared.loaded
    kept = None if loaded.mailing.dagtekening or prepared.known.head else read_day(target)
    job = job.dated(kept) if kept else job
    (docx,) = LetterFiller(job, prepared.template).fill([letter.words])
    if not isinstance(docx, bytes):
        known = all(problem.code.startswith("LRT3") for problem in docx)
        raise TemplateProblemsError(*docx) if known else ProblemsFoundError(*docx)
    if is_sent(target) and disk.digest(target) != digest_of(docx):
        raise FileProblemError(messages.problem("LRT757", Place(str(target)), key=letter.choice))
    moment = moment_of({**job.shared, **letter.words})
    warnings = find_undated(loaded, moment.date())
    if prepared.known.head and letter.number not in prepared.known.numbers:
        fields = {"name": letter.key, "key": letter.choice, "number": letter.number}
        warnings.append(messages.problem("LRT747.los", letter.place, None, **fields))
    return Draft(target, target, docx, moment, tuple(warnings))
