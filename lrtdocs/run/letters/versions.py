"""Letters that went out, against what a run would make of them now.

One that says the same stays, whatever changed beside its text: the date on it, the template's
layout, a font, lrtdocs itself. One that says something else gets a version beside it, which bears
the day on which it is made and names the letter that it takes the place of.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.errors import Place
from lrtdocs.language import Taal
from lrtdocs.run.folder.folder import digest_of
from lrtdocs.run.folder.manifest import MADE, Entry
from lrtdocs.run.folder.names import name_version, pdf_name, split_version
from lrtdocs.run.letters.fill import LetterFiller
from lrtdocs.run.letters.letter import digest_each, digest_words, find_change, find_day
from lrtdocs.word.facts import read_facts
from lrtdocs.word.fill.variants import KIX_STYLE
from lrtdocs.word.provenance import read_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lrtdocs.errors import Problem
    from lrtdocs.model.mailing import Mailing
    from lrtdocs.run.folder.folder import Folder
    from lrtdocs.run.folder.manifest import Manifest, Sent
    from lrtdocs.run.letters.fill import Job
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.word.compile.template import Template

MANY = 20
"""More versions than this, and of most letters that went out, are seldom meant."""
_MOST_REASONS = 3
REPLACED = "vervangt"
"""The word for what a version says of the letter that it takes the place of."""
PICTURES = "afbeeldingen"
_UNREAD = frozenset({KIX_STYLE})
"""The styles of what only machines read."""
_LINK = re.compile(rb'Target="((?:https?|mailto|tel):[^"]*)"')


def name_pictures(taal: Taal) -> str:
    """Return what the pictures are known as in texts of letters in another language, `taal`."""
    return f"{PICTURES} in het {taal.naam}"


def find_pictures(basis: Mapping[str, str], taal: str) -> str:
    """Return the digest of the pictures in a letter made on that `basis`, "" is in Dutch."""
    return basis.get(name_pictures(Taal(taal or Taal.NL)), basis.get(PICTURES, ""))


def digest_text(docx: bytes) -> str:
    """Return a digest of the text of the letter `docx`, and of nothing else in it.

    What stands above and below the pages counts once, and in no order: a logo, a font, a layout and
    the bar code of the post have no part in it. Where its links lead to has: who reads it in the
    PDF follows them.
    """
    facts = read_facts(docx, without=_UNREAD)
    body = [_plain(line) for line in (*facts.body, *facts.beside)]
    around = sorted({_plain(line) for line in (*facts.first, *facts.later)})
    lines = [line for line in body if line], [line for line in around if line]
    told = repr((*lines, *_links_in(docx)))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _links_in(docx: bytes) -> list[str]:
    """Return the addresses that links in the letter `docx` lead to."""
    try:
        with zipfile.ZipFile(BytesIO(docx)) as package:
            data = package.read("word/_rels/document.xml.rels")
    except (zipfile.BadZipFile, KeyError):
        return []
    return sorted({found.decode("utf-8", "replace") for found in _LINK.findall(data)})


def _plain(text: str) -> str:
    return " ".join(text.split())


class Verdict(NamedTuple):
    """What becomes of a letter that went out.

    With an `entry` it stays as it is, which that is the line about; it may have been `edited` by
    hand before it went out, or `touched` since. Without one it is to be made: as the version that
    is now `letter`. `changed` tells that one was edited, and would now be otherwise: then nobody
    but the user can say what is to be in it.
    """

    letter: Letter
    entry: Entry | None = None
    edited: bool = False
    touched: bool = False
    changed: bool = False


@dataclass
class Versions:
    """Judges the letters of `job` that went out; a version is of the day `today`.

    What the `mailing` says goes for a letter as it goes out: not that it is a concept now. Its
    texts may be `dated`: then a version bears the day that they say.
    """

    job: Job
    template: Template
    folder: Folder
    manifest: Manifest
    mailing: Mailing
    today: date
    dated: bool
    _differs: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._filler = LetterFiller(self.job, self.template)

    def judge(self, letter: Letter, sent: Sequence[Sent], *, overwrite: bool = False) -> Verdict:
        """Return what becomes of `letter`, which was `sent`.

        One that was edited before it went out gets a version only to `overwrite` it.
        """
        last, known = sent[-1], self.manifest.find(letter.number)
        there = self.folder.digest(last.bestand)
        newer = known if known and known.vervangt == last.bestand else None
        own = known if known and known.bestand == last.bestand else None
        if newer is not None and self._is_current(letter, last, newer):
            return Verdict(self._version(letter, last, newer))
        made = own or self.manifest.find_file(last.bestand)
        if last.bewerkt and newer is None:
            same = made is None or self._is_of_now(letter, made)
            if overwrite:
                return Verdict(self._version(letter, last, None))
            return self._stay(letter, last, own, there, changed=not same)
        if self._is_same(letter, last, own):
            if own is not None and not there and self._is_of_now(letter, own):
                return Verdict(replace(letter, file=last.bestand))  # it was lost: the same again
            return self._stay(letter, last, own, there)
        return Verdict(self._version(letter, last, newer))

    def is_new(self, letter: Letter, sent: Sequence[Sent]) -> bool:
        """Tell whether `letter`, which was `sent`, is to get a version that it has not yet."""
        known = self.manifest.find(letter.number)
        verdict = self.judge(letter, sent)
        has_one = known is not None and known.vervangt == sent[-1].bestand
        return verdict.entry is None and not has_one and bool(verdict.letter.words.get(REPLACED))

    def _is_of_now(self, letter: Letter, entry: Entry) -> bool:
        """Tell whether what is known by `entry` was made of what `letter` is made of now."""
        made_of = (entry.status, entry.sjabloon, entry.gegevens)
        return made_of == (MADE, self.job.digest, digest_words(letter.words))

    def _is_current(self, letter: Letter, last: Sent, newer: Entry) -> bool:
        return self._is_of_now(self._version(letter, last, newer), newer)

    def _is_same(self, letter: Letter, last: Sent, own: Entry | None) -> bool:
        """Tell whether `letter` still says what the `last` one that went out said."""
        if own is not None and self._is_of_now(letter, own):
            return True
        if letter.number not in self._differs:
            self._differs[letter.number] = not self._says_the_same(letter, last)
        return not self._differs[letter.number]

    def _says_the_same(self, letter: Letter, last: Sent) -> bool:
        taal = self.job.taal_of(letter.words)
        if last.tekst and last.beelden != find_pictures(self.job.basis, taal):
            return False
        words = letter.words
        if not words.get(REPLACED):
            words = {**words, "dagtekening": self._day_of(last), **self._replaced_by(last)}
        final = {**words, "concept": False, "rubricering": self.mailing.rubricering}
        filled = self._filler.fill([words, final] if self._is_concept else [words])
        said = {digest_text(docx) for docx in filled if isinstance(docx, bytes)}
        # why it cannot be filled is told when the version is made
        return last.tekst in said or self._read(last) in said

    @property
    def _is_concept(self) -> bool:
        return bool(self.job.shared.get("concept"))

    def _replaced_by(self, last: Sent) -> dict[str, object]:
        """Return what the `last` letter that went out says itself of the one before it."""
        before = self.manifest.find_sent(last.vervangt)[-1:] if last.vervangt else []
        return {REPLACED: self._told_of(before[0])} if before else {}

    def _read(self, last: Sent) -> str:
        """Return what the letter says that is there, as it is read today, "" if it is another."""
        data = self.folder.read(last.bestand)
        if not isinstance(data, bytes) or digest_of(data) != last.docx:
            return ""
        return digest_text(data)

    def _stay(
        self, letter: Letter, last: Sent, own: Entry | None, there: str, *, changed: bool = False
    ) -> Verdict:
        """Return that the `last` letter that went out stays, and is as good as made of now."""
        entry = own or Entry(
            letter.number, letter.key, last.bestand, "", "", MADE, last.docx, aan=last.aan,
            vervangt=last.vervangt,
        )  # fmt: skip
        if not changed and not self._is_concept:
            words, digest = digest_each(letter.words), digest_words(letter.words)
            entry = replace(entry, sjabloon=self.job.digest, gegevens=digest, woorden=words)
        if last.pdf and self.folder.digest(pdf_name(last.bestand)) == last.pdf != entry.pdf:
            entry = replace(entry, pdf=last.pdf, bladzijden=last.bladzijden)
        named = replace(letter, file=last.bestand)
        touched = there != last.docx
        return Verdict(named, entry, edited=last.bewerkt, touched=touched, changed=changed)

    # --- the version

    def find_replaced(self, letter: Letter) -> str:
        """Return the file that went out and that `letter` takes the place of, "" if it is none."""
        sent = self.manifest.sent_of(letter.number) if letter.words.get(REPLACED) else []
        if not sent:
            return ""
        last = sent[-1]
        return last.vervangt if letter.file == last.bestand else last.bestand

    def name_next(self, letter: Letter, file: str) -> str:
        """Return what a version of `letter` after the one in `file` is called."""
        _, number = split_version(file.removesuffix(".docx"))
        return name_version(letter.file, number + 1)

    def _version(self, letter: Letter, last: Sent, newer: Entry | None) -> Letter:
        """Return `letter` as the version that comes after the `last` one that went out.

        A copy of a version says already what that says.
        """
        words = letter.words
        if not words.get(REPLACED):
            own = {"dagtekening": self._find_day(letter, newer), REPLACED: self._told_of(last)}
            words = {**words, **own}
        return replace(letter, file=self.name_next(letter, last.bestand), words=words)

    def as_there(self, letter: Letter) -> Letter:
        """Return `letter` with the words of the one that is there: as it went out, or a version."""
        sent = self.manifest.sent_of(letter.number)
        if not sent:
            return letter
        verdict, last = self.judge(letter, sent), sent[-1]
        if verdict.entry is None:
            return replace(letter, words=verdict.letter.words)
        words = {**letter.words, **self._replaced_by(last)}
        shown = find_day(words.get("dagtekening") or self.job.shared.get("dagtekening"))
        if (day := self._day_of(last)) != shown:
            words["dagtekening"] = day
        return replace(letter, words=words)

    def _find_day(self, letter: Letter, newer: Entry | None) -> date:
        """Return the date on a version: one that is said since, or today's.

        One that did not go out yet keeps its date. None is before that of what went out.
        """
        out = {self._day_of(one) for one in self.manifest.sent_of(letter.number)}
        said = find_day(letter.words.get("dagtekening")) or self.mailing.dagtekening
        if said is not None and (said not in out or self.dated):
            return said
        kept = newer.aan.dagtekening if newer else ""
        return date.fromisoformat(kept) if kept else max(self.today, *out)

    def _told_of(self, last: Sent) -> Mapping[str, object]:
        return {"datum": self._day_of(last), "kenmerk": last.aan.kenmerk or None}

    def _day_of(self, last: Sent) -> date:
        """Return the date on a letter that went out."""
        if last.aan.dagtekening:
            return date.fromisoformat(last.aan.dagtekening)
        day = read_day(self.folder.path / last.bestand)
        return day or date.fromisoformat(last.verzonden)


def tell_versions(
    versions: Versions, letters: Iterable[Letter], *, chosen: bool
) -> Iterator[Problem]:
    """Yield what is to be told of versions before they are made.

    So many that it is seldom meant are an error, unless their letters were `chosen` by name.
    """
    reasons, total, manifest = Counter[str](), 0, versions.manifest
    numbers: list[int] = []
    for letter in letters:
        if sent := manifest.sent_of(letter.number):
            total += 1
            if versions.is_new(letter, sent):
                numbers.append(letter.number)
                known = manifest.find(letter.number) or manifest.find_file(sent[-1].bestand)
                why = known and find_change(letter, known, versions.job.as_basis, manifest.bases)
                reasons[why or messages.text("deel.tekst_anders")] += 1
    place, n = Place(str(manifest.path.parent)), reasons.total()
    if n > MANY and n * 2 > total and not chosen:
        most = [f"{count} {why}" for why, count in reasons.most_common(_MOST_REASONS)]
        why = dutch.join_words(most) + (" …" if len(reasons) > len(most) else "")
        ends = {"first": min(numbers), "last": max(numbers)}
        yield messages.problem("LRT753.veel", place, None, n=n, total=total, why=why, **ends)
    elif n and REPLACED not in versions.template.names:
        yield messages.problem("LRT753.zonder", Place(versions.template.name), None, n=n)
