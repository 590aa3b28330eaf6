"""The proof of a publication copy: nothing that was left out stands in it any more.

What is sought comes from what was left out, not from the copy: so the proof does not rest on how
the copy was made. It says where something was found and never what, and it says at what it did not
look. It is no judgement on what should have been left out.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.errors import ExitCode, Place, Severity, UsageError
from lrtdocs.model.openbaar.carried import text_at
from lrtdocs.model.openbaar.seeking import Seeker, Sure, fold
from lrtdocs.run.publishing.looking import Found, Looker
from lrtdocs.source.files import read_bytes, show_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.model.openbaar.omission import Omission
    from lrtdocs.run.documents.report import Outcome

MAX_FILE = 1 << 30
_FEW = 4  # words that anybody may write: "zie de bijlage"
_PERSONAL = frozenset({"5.1.1d", "5.1.1e", "5.1.2e"})
"""The grounds on which people are left out: a name is nowhere else an ordinary title."""
_LEAKS = {**dict.fromkeys((".docx", ".docm", ".dotx"), "LRT830.word"), ".pdf": "LRT830.pdf"}
_LESS_SURE = {Sure.ORDINARY: "LRT831.gewoon", Sure.WITHIN: "LRT831.binnen"}


class Wanted(NamedTuple):
    """What a proof seeks: the `omissions`, but not where an `allowed` text stands.

    `public` are the texts of what is published, value by value; `sources` are the files that say
    what was left out. Words that are `marked`, folded, are left out where they stand, and may stand
    elsewhere.
    """

    omissions: Sequence[Omission]
    allowed: Sequence[str] = ()
    public: Sequence[str] = ()
    sources: Sequence[Path] = ()
    marked: Sequence[str] = ()


class _Sought(NamedTuple):
    text: str
    omission: Omission


def prove(target: Path, wanted: Wanted, outcome: Outcome) -> None:
    """Look in the file or folder `target` for what is `wanted`, and tell it in `outcome`."""
    files = _files(target)
    if not files:
        raise UsageError(messages.problem("LRT834.leeg", Place(str(target))))
    if not wanted.omissions:
        named = (Place(show_path(source)) for source in wanted.sources)
        outcome.add_problems(messages.problem("LRT834.niets", place) for place in named)
    proof = _Proof(wanted)
    outcome.add_problems(proof.unsought)
    for path in files:
        with outcome.gathering():
            outcome.add_problems(proof.look(path, target))
    proved = outcome.exit_code is ExitCode.DONE
    outcome.remarks += proof.remarks(len(files), proved=proved)


def find_leaks(target: Path, docx: bytes, wanted: Wanted) -> list[Problem]:
    """Return what stands in `docx` of what is `wanted`: it was to be written as `target`."""
    found = _Proof(wanted).look_in(target.name, docx, Place(show_path(target)), "LRT830.maak")
    return [one for one in found if one.code == "LRT830"]


def _files(target: Path) -> list[Path]:
    if not target.is_dir():
        return [target]
    return sorted(path for path in target.rglob("*") if path.is_file())


class _Proof:
    """What is sought, and what was told of it; `unsought` are the problems of what cannot be."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._passed = 0
        self._shown = "\n".join(wanted.public)
        self._values, self._marked = {fold(value) for value in wanted.public}, set(wanted.marked)
        self.unsought: list[Problem] = []
        self._sought = list(self._choose())
        self._seeker = Seeker([each.text for each in self._sought], wanted.allowed, wanted.public)
        self._marks = [f"[{each.omission.grond}]" for each in self._sought]
        self._looker = Looker(self._seeker)
        self.unsought += self._tell_unsought()

    def _choose(self) -> Iterator[_Sought]:
        """Yield each text that is sought, once; tell of what is published rightly too."""
        seen = set[str]()
        for omission in self._wanted.omissions:
            texts = [text for text in omission.texts if fold(text) not in seen]
            seen.update(map(fold, texts))
            sought = [text for text in texts if not self._is_public(text, omission.grond)]
            yield from (_Sought(text, omission) for text in sought)
            self._passed += len(texts) - len(sought)
            if texts and not sought:
                self.unsought.append(_of(omission, "LRT833.openbaar"))

    def _is_public(self, text: str, grond: str) -> bool:
        """Tell whether the words `text` stand in what is published, and rightly so.

        So do words that were marked at one place, and a title, a single word or a few ordinary ones
        that stand elsewhere as well. What was left out of a person does not.
        """
        folded = fold(text)
        if folded in self._marked:
            return bool(Seeker([text]).find(self._shown))
        if grond in _PERSONAL or not folded:
            return False
        if folded in self._values or dutch.looks_like_date(text):
            return True
        words = text.split()
        plain = len(words) <= _FEW and text.strip()[1:].islower()
        return (plain or len(words) == 1) and bool(Seeker([text]).find(self._shown))

    def _tell_unsought(self) -> Iterator[Problem]:
        for numbers, key in (
            (self._seeker.too_short, "LRT833.kort"),
            (self._seeker.common, "LRT833.openbaar"),
        ):
            for omission in {
                id(o): o for o in (self._sought[n].omission for n in numbers)
            }.values():
                own = {n for n, each in enumerate(self._sought) if each.omission is omission}
                if own <= {*self._seeker.too_short, *self._seeker.common}:
                    yield _of(omission, key)

    def look(self, path: Path, target: Path) -> list[Problem]:
        """Return what is found in the file at `path`, which was asked for as `target`."""
        if any(path.resolve() == source.resolve() for source in self._wanted.sources):
            return [messages.problem("LRT834.bron", Place(show_path(path)))]
        inside = path.relative_to(target) if path != target else path.name
        place = Place(self._seeker.mask(show_path(path), self._marks))
        leak = _LEAKS.get(path.suffix.lower(), "LRT830.ander")
        return self.look_in(str(inside), read_bytes(path, MAX_FILE), place, leak)

    def look_in(self, inside: str, data: bytes, place: Place, leak: str) -> list[Problem]:
        """Return what is found in the file `data` and its name, `inside`; a leak is told as `leak`.

        All is told at `place`.
        """
        name = text_at("de naam van het bestand", inside)
        found = [
            Found(name.spots.names[0], hit.owner, hit.sure) for hit in self._seeker.find(name.text)
        ]
        found += self._looker.look(PurePath(inside).name, data)
        return [self._problem(each, place, leak) for each in _once(found)]

    def _problem(self, found: Found, place: Place, leak: str) -> Problem:
        where = self._seeker.mask(found.where, self._marks) or "het hele bestand"
        if found.unread is not None or found.owner is None or found.sure is None:
            why = messages.text(found.unread.why if found.unread else "deel.bewijs_kapot")
            serious = found.unread is None or found.unread.serious
            level = Severity.ERROR if serious else Severity.WARNING
            return messages.problem("LRT832", place, level, where=where, why=why)
        omission = self._sought[found.owner].omission
        key = _LESS_SURE.get(found.sure, leak)
        told = {"what": omission.what, "source": _source(omission.place), "where": where}
        return messages.problem(key, place, None, **told)

    def remarks(self, files: int, *, proved: bool) -> list[str]:
        """Return what was looked for and at, and what was not."""
        counts = self._looker.counts
        texts = len(self._sought) - len(self._seeker.too_short)
        passed = [messages.text("deel.bewijs_ook_openbaar", number=self._passed)]
        return [
            *(passed if self._passed else ()),
            messages.text("deel.bewijs_bekeken", texts=texts, files=files, parts=counts["teksten"]),
            *([messages.text("deel.bewijs_niets")] if proved else []),
            messages.text("deel.bewijs_niet_bekeken", pictures=counts["afbeeldingen"]),
            messages.text("deel.bewijs_oordeel"),
        ]


def _once(found: Iterable[Found]) -> list[Found]:
    """Return each leak, and of what is less sure the first place of each text alone.

    What stands somewhere in more codes than one stands there once.
    """
    found = list(found)
    places = {(each.owner, each.where) for each in found}
    first: dict[object, Found] = {}
    for number, each in enumerate(found):
        if any((each.owner, where) in places for where in _without_codes(each.where)):
            continue
        sure = each.sure in {None, Sure.LEAK}
        first.setdefault(number if sure else (each.owner, each.sure), each)
    return list(first.values())


def _without_codes(where: str) -> Iterator[str]:
    """Yield the place `where` without the codes in which something stands there, one by one."""
    head, code, _ = where.rpartition(", als ")
    while code:
        yield head
        head, code, _ = head.rpartition(", als ")


def _of(omission: Omission, key: str) -> Problem:
    return messages.problem(key, omission.place, None, what=omission.what)


def _source(place: Place) -> str:
    """Return where something was left out, without words of the file."""
    if place.cell or place.line:
        return f"{place.file}, {place.within}"
    return place.file
