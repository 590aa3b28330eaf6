"""Files to print, made of the PDFs of letters: made, left as they are, or told to be old.

It is one file, or one for each value of a column, with the letters as they are in the list or in
another order: for who prints them, or for the post, which takes sorted letters for less.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, cast

from lrtdocs import dutch, messages
from lrtdocs.errors import ExitCode, Place, UsageError
from lrtdocs.model.namen import PROVINCIES
from lrtdocs.model.ontvanger import KOLOMMEN, parse_postcode
from lrtdocs.run.folder.manifest import MADE, Print
from lrtdocs.run.folder.names import fold_file, pdf_name, safe_name
from lrtdocs.run.folder.write import replacing
from lrtdocs.source.sheet import normalize_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.model.gemeente import Register
    from lrtdocs.run.documents.report import LettersOutcome
    from lrtdocs.run.folder.folder import Folder
    from lrtdocs.run.folder.manifest import Entry, Manifest
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.load.mailing import LoadedMailing

_EMPTY = "zonder"
"""What the file of letters is called that have nothing in the column."""
_LAST = 9


class Column(NamedTuple):
    """A column by which letters are shared or ordered: the `word` it is, and as it was `asked`."""

    word: str
    asked: str
    register: Register

    def value(self, letter: Letter) -> str:
        """Return what `letter` has in it, "" if that is nothing; a gemeente lies in a province."""
        if self.word == "volgnummer":
            return str(letter.number)
        ontvanger = cast("Mapping[str, object]", letter.words["ontvanger"])
        value = " ".join(str(ontvanger.get(self.word) or "").split())
        if value or self.word != "provincie":
            return value
        code = str(ontvanger.get("code") or "")
        gemeente = self.register.find(code) if code else None
        return gemeente.provincie if gemeente else PROVINCIES.get(code, "")

    def key(self, letter: Letter) -> tuple[int, float, str]:
        """Return by what `letter` is ordered: numbers as such, what is empty behind all others.

        Behind the postcodes of the Netherlands come those of other countries.
        """
        value = self.value(letter)
        if not value:
            return _LAST, 0, ""
        if self.word == "postcode":
            postcode = parse_postcode(value)
            return (0, 0, postcode) if postcode else (1, 0, value.casefold())
        try:
            return 0, float(dutch.parse_decimal(value)), ""
        except (messages.FaultError, ValueError):
            return 1, 0, value.casefold()


def find_column(asked: str, option: str, loaded: LoadedMailing) -> Column:
    """Return the column that was `asked` for behind an `option`; raise UsageError if there is none.

    It may be called as in the list, or by its word.
    """
    table, wanted = loaded.recipients.table, normalize_heading(asked)
    known = {"volgnummer": "volgnummer", "provincie": "provincie"}
    known |= {
        kolom.name: kolom.name for kolom in KOLOMMEN if table is None or table.has(kolom.name)
    }
    for heading in table.headings if table else ():
        known[normalize_heading(heading.text)] = known[heading.key] = heading.word
    if wanted in known:
        return Column(known[wanted], asked, loaded.register)
    told = {"asked": asked, "option": option, "known": ", ".join(sorted(set(known.values())))}
    raise UsageError(messages.problem("LRT743", Place(str(loaded.recipients.path)), None, **told))


class _Sheet(NamedTuple):
    """One letter in a file to print: how it is called there, its file, and where it comes."""

    title: str
    file: str
    number: int
    value: str
    key: tuple[int, float, str]
    place: Place


@dataclass(frozen=True, slots=True)
class PrintFile:
    """The files to print that are called after `name`, with a `title`.

    They are of all letters or of a `choice` of them; one for each value of the column `per`, or
    one; in the `order` of a column, or that of the list.
    """

    name: str
    title: str
    choice: bool
    two_sided: bool | None
    moment: datetime
    per: Column | None = None
    order: Column | None = None

    def make(
        self,
        letters: Iterable[Letter],
        folder: Folder,
        manifest: Manifest,
        outcome: LettersOutcome,
    ) -> Iterator[Print]:
        """Yield the line about each file, which is made unless it is there.

        Why one cannot be made is in the outcome.
        """
        sheets = list(map(self._sheet_of, letters))
        made: set[str] = set()
        fresh: list[str] = []
        for name, value, some in self._share(sheets, Place(str(folder.path)), outcome):
            made.add(name)
            one = self._make_one(name, value, some, folder, manifest, outcome)
            if one is not None:
                fresh += [] if one == manifest.find_print(name) else [name]
                yield one
        if made and manifest.has_sent and not outcome.failed:
            place = Place(str(folder.path / min(fresh or made)))
            outcome.add_problems(_tell_sent(sheets, manifest, place, fresh=bool(fresh)))
        for there in manifest.prints() if self.per else ():
            mine = (there.per, there.keuze) == (self.per.word if self.per else "", self.choice)
            if mine and there.bestand not in made and folder.has(there.bestand):
                place = Place(str(folder.path / there.bestand))
                problem = messages.problem("LRT742.weg", place, None, name=there.bestand)
                outcome.add_problems([problem])

    def _sheet_of(self, letter: Letter) -> _Sheet:
        title = str(letter.words.get("naam") or letter.key)
        value = self.per.value(letter) if self.per else ""
        key = self.order.key(letter) if self.order else (0, 0.0, "")
        return _Sheet(title, letter.file, letter.number, value, key, letter.place)

    def _share(
        self, sheets: Sequence[_Sheet], folder: Place, outcome: LettersOutcome
    ) -> Iterator[tuple[str, str, list[_Sheet]]]:
        """Yield the name of each file with its value and its letters, in the order of the list."""
        if self.per is None:
            yield f"{self.name}.pdf", "", list(sheets)
            return
        groups: dict[str, list[_Sheet]] = defaultdict(list)
        for sheet in sheets:
            groups[sheet.value.casefold()].append(sheet)
        if empty := groups.get(""):
            files = dutch.join_some([sheet.file for sheet in empty], 5)
            told = {"n": len(empty), "files": files, "column": self.per.asked}
            place = empty[0].place if empty[0].place.file else folder
            told["name"] = self._name(_EMPTY)
            outcome.add_problems([messages.problem("LRT744", place, None, **told)])
        taken: set[str] = set()
        for _, some in sorted(groups.items()):
            name = self._name(safe_name(some[0].value) or _EMPTY)
            while fold_file(name) in taken:
                name = f"{name.removesuffix('.pdf')}-2.pdf"
            taken.add(fold_file(name))
            yield name, some[0].value, some

    def _name(self, value: str) -> str:
        return f"{self.name}-{self.per.word if self.per else ''}-{value}.pdf"

    def _make_one(
        self,
        name: str,
        value: str,
        sheets: Sequence[_Sheet],
        folder: Folder,
        manifest: Manifest,
        outcome: LettersOutcome,
    ) -> Print | None:
        names, missing, uit = _look_up(sheets, folder, manifest)
        ordered = sorted(sheets, key=lambda sheet: sheet.key) if self.order else sheets
        files = [pdf_name(names[sheet.number]) for sheet in ordered]
        target = folder.path / name
        self._tell_odd(files, target, outcome)
        made = replace(self._line_of(name, value, names, files), uit=uit)
        there = manifest.find_print(name)
        reason = ""
        if missing:
            reason = messages.text("deel.zonder_pdf", files=dutch.join_some(missing, 5))
        elif outcome.failed:
            reason = messages.text("deel.niet_alle_brieven")
        elif there and there == replace(made, pdf=folder.digest(name)):
            return there
        else:
            titles = [sheet.title for sheet in ordered]
            paths = [folder.path / file for file in files]
            reason = self._write(value, list(zip(titles, paths, strict=True)), target)
        if reason:
            problem = messages.problem("LRT713", Place(str(target)), reason=reason)
            outcome.add_problems([problem], ExitCode.LETTERS)
            return None
        return replace(made, pdf=folder.digest(name))

    def _line_of(
        self, name: str, value: str, names: Mapping[int, str], files: Sequence[str]
    ) -> Print:
        """Return the line about a file of these `files`, but for its digests."""
        return Print(
            name,
            "",
            "",
            self.two_sided,
            tuple(filter(None, names.values())) if self.choice or self.per else (),
            per=self.per.word if self.per else "",
            waarde=value,
            keuze=self.choice and self.per is not None,
            volgorde=self.order.word if self.order else "",
            orde=hashlib.sha256("\n".join(files).encode()).hexdigest()[:16] if self.order else "",
        )

    def _tell_odd(self, files: Sequence[str], target: Path, outcome: LettersOutcome) -> None:
        """Tell of letters after which, on two sides, the next would begin on the back.

        That is told of one file only: what to do about it is the same for all.
        """
        odd = [file for file in files[:-1] if outcome.pages.get(file, 0) % 2]
        told = any(problem.code == "LRT740" for problem in outcome.problems)
        if odd and self.two_sided is None and not told:
            fields = {"n": len(odd), "files": dutch.join_some(odd, 3)}
            outcome.add_problems([messages.problem("LRT740", Place(str(target)), None, **fields)])

    def _write(self, value: str, pdfs: Sequence[tuple[str, Path]], target: Path) -> str:
        """Write `pdfs`, each with its title, to `target` as one; return why if that fails.

        The file is of all letters with that `value`, if it is not of all.
        """
        from lrtdocs.pdf import join_pdfs

        title = f"{self.title} – {value}" if value else self.title
        try:
            with replacing(target) as pending:
                fault = join_pdfs(
                    pdfs, pending.beside, title, self.moment, two_sided=self.two_sided
                )
                if fault is not None:
                    raise messages.FaultError(fault.key, fault.fields)
        except OSError as error:
            return messages.system_reason(error)
        except messages.FaultError as error:
            return messages.text(error.fault.key, **error.fault.fields)
        return ""


def _look_up(
    sheets: Iterable[_Sheet], folder: Folder, manifest: Manifest
) -> tuple[dict[int, str], list[str], str]:
    """Return the file of each letter by its number, which PDFs are missing, and a digest of all."""
    names: dict[int, str] = {}
    missing: list[str] = []
    digest = _Digest()
    for sheet in sheets:
        entry = manifest.find(sheet.number)
        digest.add(entry)
        names[sheet.number] = entry.bestand if entry else ""
        file = pdf_name(names[sheet.number])
        if not entry or not entry.pdf or folder.digest(file) != entry.pdf:
            missing.append(file)
    return names, missing, digest.value


def _tell_sent(
    sheets: Iterable[_Sheet], manifest: Manifest, place: Place, *, fresh: bool
) -> Iterator[Problem]:
    """Yield a warning for letters to print that went out already, and so would go out twice.

    Where all did, it may be to keep; then that is told of a `fresh` file only.
    """
    out: list[str] = []
    rest = array("I")
    for sheet in sheets:
        entry = manifest.find(sheet.number)
        if entry and manifest.find_sent(entry.bestand):
            out.append(entry.bestand)
        else:
            rest.append(sheet.number)
    told = {"n": len(out), "names": dutch.join_some(out, 5), "only": name_ranges(sorted(rest))}
    if out and (rest or fresh):
        key = "LRT742.verzonden" if rest else "LRT742.alle-verzonden"
        yield messages.problem(key, place, None, **told)


def find_old(folder: Folder, manifest: Manifest, newer: Sequence[int]) -> list[Problem]:
    """Return a warning for each print file that is not of the letters as they are now.

    `newer` tells by number which letters are newer than the PDFs that runs made of them.
    """
    found = [each for each in manifest.prints() if folder.has(each.bestand)]
    told = (_find_old(each, manifest, newer, folder) for each in found)
    left = _find_left(found, manifest, folder)
    return [*(problem for problem in told if problem), *left]


def _find_left(prints: Sequence[Print], manifest: Manifest, folder: Folder) -> Iterator[Problem]:
    """Yield a warning for letters that are in none of the files for each value of a column."""
    shared: dict[str, set[str]] = defaultdict(set)
    for each in prints:
        if each.per and not each.keuze:
            shared[_option(each)].update(each.brieven)
    for option, names in shared.items():
        entries = (entry for _, entry in manifest.entries())
        left = [one.bestand for one in entries if one and one.bestand not in names]
        if left:
            told = {"n": len(left), "files": dutch.join_some(left, 5), "option": option}
            yield messages.problem("LRT742.mist", Place(str(folder.path)), None, **told)


def _option(made: Print) -> str:
    """Return what a print file is asked for with."""
    options = [f"--samenvoegen-per {made.per}"] if made.per else []
    options += [f"--volgorde {made.volgorde}"] if made.volgorde else []
    options += ["--dubbelzijdig"] if made.dubbelzijdig else []
    return " ".join(options) or "--samenvoegen"


def _find_old(
    made: Print, manifest: Manifest, newer: Sequence[int], folder: Folder
) -> Problem | None:
    names = set(made.brieven)
    old, numbers, uit = False, array("I"), _Digest()
    for number, entry in manifest.entries():
        if names and not (entry and entry.bestand in names):
            continue
        uit.add(entry)
        old = old or bool(entry and newer[number])
        numbers.append(entry.nummer if entry else 0)
    if not old and uit.value == made.uit:
        return None
    chosen = bool(made.brieven) and (made.keuze or not made.per)
    only = name_ranges(numbers) if chosen else ""
    key = "LRT742.keuze" if only else "LRT742"
    key = "LRT742.weg" if made.brieven and not numbers else key
    option = _option(made)
    place, told = Place(str(folder.path / made.bestand)), {"name": made.bestand}
    return messages.problem(key, place, None, only=only, option=option, **told)


def name_ranges(numbers: Sequence[int]) -> str:
    """Return `numbers`, which go up, as they are chosen with --alleen: "1-5,9"."""
    runs = dutch.group_runs(numbers)
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


class _Digest:
    """A digest of the PDFs of letters, each of the letter as it was last asked for."""

    def __init__(self) -> None:
        self._hash, self._between = hashlib.sha256(b"["), b""

    def add(self, entry: Entry | None) -> None:
        """Take in the next letter."""
        pdf = (entry.bestand, entry.pdf) if entry and entry.status == MADE else None
        self._hash.update(self._between + json.dumps(pdf, ensure_ascii=False).encode())
        self._between = b", "

    @property
    def value(self) -> str:
        """The SHA-256 of all that came in."""
        whole = self._hash.copy()
        whole.update(b"]")
        return whole.hexdigest()
