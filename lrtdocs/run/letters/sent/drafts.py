"""Mail drafts for the letters of a run, each with its PDF: ready to be looked at and sent.

Whom a mail is for is what the manifest tells, as it was when the letter was made. Nothing is sent
here, and a letter that went out gets no draft unless it is asked for by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.documents.appointment import Person
from lrtdocs.documents.letters import pattern_words
from lrtdocs.documents.mail_draft import MailDraft, format_draft
from lrtdocs.errors import ExitCode, Place, Problem, ProblemsFoundError, suggest
from lrtdocs.language import Taal, grammar, writing
from lrtdocs.messages import FaultError, problem, text
from lrtdocs.model.gemeente import CODE
from lrtdocs.model.patroon import parse_line
from lrtdocs.model.velden import split_emails
from lrtdocs.run.folder.folder import Folder
from lrtdocs.run.folder.manifest import MADE, by_number, read_known, read_made
from lrtdocs.run.folder.names import is_old_pdf, pdf_name, quote_path
from lrtdocs.run.letters.letter import digest_each
from lrtdocs.run.letters.numbering import number_recipients
from lrtdocs.run.letters.plan import with_taal
from lrtdocs.run.letters.print_file import name_ranges
from lrtdocs.run.letters.reviewing.approval import is_concept
from lrtdocs.run.letters.sent.sending import choose_letters
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.source.files import read_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from pathlib import Path

    from lrtdocs.model.patroon import Patroon
    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.folder.manifest import Entry, Made

_MOST_NAMED = 10
_SUBJECT = "onderwerp:"
_MADE = (
    *("aanhef", "betreft", "code", "dagtekening", "email", "kenmerk", "naam"),
    *("onze_referentie", "volgnummer"),
)
"""The words that the manifest has of each letter; what is more comes from the list."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What drafts are asked for: with the text in a file, or ours; they go to `output`."""

    output: Path
    text: Path | None = None
    only: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class MailText:
    """What mails say: a subject, "" for ours, and lines, each with words of the recipient.

    `words` tells by each word that is asked for on which line of its file it stands first.
    """

    subject: Patroon
    lines: tuple[Patroon, ...]
    words: Mapping[str, int]

    def fill(self, words: Mapping[str, object]) -> tuple[str, str]:
        """Return the subject and the text with `words` in it."""
        subject = " ".join(self.subject.fill(words).split())
        return subject, "\n".join(line.fill(words) for line in self.lines).strip() + "\n"


def draft_mails(folder: Path, asked: Asked, outcome: Outcome) -> None:
    """Write a draft for each letter in `folder` that has an address and did not go out.

    Raises ProblemsFoundError, with nothing written, for a text that cannot be used, and UsageError
    for a name that is none.
    """
    made = read_made(folder)
    mail = read_mail(asked.text, outcome) if asked.text else None
    drafter = _Drafter(folder, made, choose_letters(folder, made, asked.only))
    own = _own_words(folder, made, mail, asked.text) if mail and asked.text else None
    asked.output.mkdir(parents=True, exist_ok=True)
    written: list[int] = []
    for entry in drafter.letters():
        if own is not None and entry.nummer not in own:
            drafter.changed.append(entry)
            continue
        words = words_of(entry) | (own[entry.nummer] if own else {})
        with writing(_taal_of(entry)):
            subject, said = mail.fill(words) if mail else ("", _our_text(entry))
        name = pdf_name(entry.bestand)
        draft = MailDraft(
            subject or _our_subject(entry),
            said,
            [Person(entry.aan.naam, address) for address in split_emails(entry.aan.email)],
            attachments=[(name, (folder / name).read_bytes())],
        )
        outcome.write(asked.output / f"{name.removesuffix('.pdf')}.eml", format_draft(draft))
        written.append(entry.nummer)
    outcome.add_problems(drafter.problems(), ExitCode.LETTERS)
    outcome.add_problems(_find_left(asked.output, outcome.written))
    outcome.remarks.append(text("deel.concepten", n=len(written), folder=asked.output))
    if written:
        numbers = name_ranges(written)
        command = f"lrtdocs verzonden {quote_path(folder)} --per mail --alleen {numbers}"
        outcome.remarks.append(text("deel.concepten_daarna", command=command))


def _find_left(output: Path, written: Sequence[Path]) -> list[Problem]:
    """Return a warning for drafts in `output` of before, which may go along by mistake."""
    names = {path.name for path in written}
    left = sorted(path.name for path in output.glob("*.eml") if path.name not in names)
    told = {"n": len(left), "names": dutch.join_some(left, _MOST_NAMED)}
    return [problem("LRT756.eerder", Place(str(output)), None, **told)] if left else []


# --- what they say


def read_mail(path: Path, outcome: Outcome) -> MailText:
    """Return what the mails say by the file at `path`.

    A first line "Onderwerp: …" is the subject. What is odd in it goes to `outcome`. Raises
    FileProblemError for a file that cannot be read, and ProblemsFoundError for words that cannot
    be.
    """
    lines: list[Patroon] = []
    problems: list[Problem] = []
    words: dict[str, int] = {}
    whole, odd = read_text(path)
    outcome.add_problems(odd)
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            pattern = parse_line(line)
        except FaultError as error:
            problems.append(error.fault.at(Place(str(path), number)))
            continue
        lines.append(pattern)
        words |= {word: number for word in pattern.words if word not in words}
    if problems:
        raise ProblemsFoundError(*problems)
    subject = parse_line("")
    if lines and lines[0].source.lower().startswith(_SUBJECT):
        subject = parse_line(lines[0].source[len(_SUBJECT) :].strip())
        del lines[0]
    return MailText(subject, tuple(lines), words)


def words_of(entry: Entry) -> dict[str, object]:
    """Return the words of the letter of `entry` that a mail may have."""
    aan = entry.aan
    return {
        "aanhef": aan.aanhef,
        "betreft": aan.betreft,
        "code": entry.sleutel if CODE.fullmatch(entry.sleutel) else "",
        "dagtekening": _day_of(entry),
        "email": aan.email,
        "kenmerk": aan.kenmerk,
        "naam": aan.naam,
        "onze_referentie": aan.kenmerk,
        "volgnummer": entry.nummer,
    }


def _day_of(entry: Entry) -> date | None:
    return date.fromisoformat(entry.aan.dagtekening) if entry.aan.dagtekening else None


def _taal_of(entry: Entry) -> Taal:
    return Taal(entry.aan.taal or Taal.NL)


def _our_subject(entry: Entry) -> str:
    ours = "Our letter" if _taal_of(entry) is Taal.EN else "Onze brief"
    about = entry.aan.betreft or ours
    return f"{about} ({entry.aan.kenmerk})" if entry.aan.kenmerk else about


_OURS = {
    Taal.NL: ("Bijgevoegd vindt u onze brief", "van", "met kenmerk", "Met vriendelijke groet,"),
    Taal.EN: ("Please find attached our letter", "of", "with reference", "Kind regards,"),
}


def _our_text(entry: Entry) -> str:
    """Return what a mail says where no text is given, in the language of the letter."""
    letter, of, reference, closing = _OURS[_taal_of(entry)]
    if day := _day_of(entry):
        letter += f" {of} {grammar().format_date(day)}"
    if entry.aan.kenmerk:
        letter += f" {reference} {entry.aan.kenmerk}"
    return "\n\n".join(filter(None, [entry.aan.aanhef, f"{letter}.", closing])) + "\n"


def _own_words(
    folder: Path, made: Made, mail: MailText, path: Path
) -> dict[int, dict[str, object]] | None:
    """Return by number the words that `mail` has of the list, None if it has none.

    Of whom they are others than when the letter was made they are not told. Raises
    ProblemsFoundError for a word that is none, and for a mailing that cannot be read.
    """
    asked = {word: line for word, line in mail.words.items() if word not in _MADE}
    if not asked:
        return None
    mailing = str(made.head.get("mailing") or "")
    loaded, problems = load_mailing(folder / mailing)
    if loaded is None:
        raise ProblemsFoundError(*problems)
    known = sorted({*_MADE, *loaded.recipients.columns})
    unknown = [(word, line) for word, line in asked.items() if word not in known]
    if unknown:
        raise ProblemsFoundError(*(_unknown(w, known, Place(str(path), n)) for w, n in unknown))
    numbers = number_recipients(read_known(folder, mailing).numbers, loaded.recipients.heads()).rows
    found: dict[int, dict[str, object]] = {}
    for number, ontvanger in zip(numbers, loaded.recipients, strict=False):
        entry = made.current.get(number)
        values = pattern_words(with_taal(loaded, ontvanger), number)
        words = {word: values.get(word) for word in asked}
        then = entry.woorden if entry else {}
        if entry and digest_each(words) == {word: then[word] for word in asked if word in then}:
            found[number] = words
    return found


def _unknown(word: str, known: Sequence[str], place: Place) -> Problem:
    guess = suggest(word, known)
    told = {"guess": f"; {guess}" if guess else ".", "known": ", ".join(known)}
    return problem("LRT705.tekst", place, None, word=word, **told)


# --- to whom


@dataclass
class _Drafter:
    """Finds the letters in `folder` that get a draft, and keeps which do not and why."""

    folder: Path
    made: Made
    chosen: Container[int] | None
    absent: list[Entry] = field(default_factory=list)
    unmade: list[Entry] = field(default_factory=list)
    old: list[Entry] = field(default_factory=list)
    concepts: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    sent: list[Entry] = field(default_factory=list)
    again: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._files = Folder(self.folder)
        self._out = by_number(self.made.sent)

    def letters(self) -> Iterator[Entry]:
        """Yield the letters that get a draft, by their numbers."""
        for number, entry in sorted(self.made.current.items()):
            if number not in self.chosen if self.chosen is not None else number in self.made.gone:
                continue
            out = any(one.bestand == entry.bestand for one in self._out.get(number, ()))
            if out and self.chosen is None:
                self.sent.append(entry)
            elif (wrong := self._find_wrong(entry)) is not None:
                wrong.append(entry)
            else:
                self.again += [entry] if out else []
                yield entry

    def _find_wrong(self, entry: Entry) -> list[Entry] | None:
        """Return the letters among which `entry` belongs, as it gets no draft; None if it does."""
        if entry.status != MADE or not self._files.has(entry.bestand):
            return self.unmade
        if is_concept(self.made, entry):
            return self.concepts
        if not split_emails(entry.aan.email):
            return self.absent
        path, pdf = self.folder / entry.bestand, self._files.digest(pdf_name(entry.bestand))
        known = {entry.pdf, *(one.pdf for one in self._out.get(entry.nummer, ()))}
        if not pdf or (pdf not in known and is_old_pdf(path)):
            return self.old
        edited = self._files.digest(entry.bestand) != (entry.bewerkt or entry.docx)
        sent = any(one.pdf == pdf for one in self._out.get(entry.nummer, ()))
        return self.old if edited and pdf == entry.pdf and not sent else None

    def problems(self) -> Iterator[Problem]:
        """Yield why letters get no draft, or get one though they went out."""
        place = Place(str(self.folder))
        folder = quote_path(self.folder)
        mailing = quote_path(self.made.find_mailing(self.folder))
        told = {"mailing": mailing, "folder": folder}
        if self.unmade:
            yield problem("LRT755.niet-gemaakt", place, None, **_name(self.unmade), **told)
        if self.old:
            yield problem("LRT755.pdf", place, None, **_name(self.old), **told)
        if self.concepts:
            yield problem("LRT755.concept", place, None, **_name(self.concepts), **told)
        if self.changed:
            yield problem("LRT755.lijst", place, None, **_name(self.changed), **told)
        if self.absent:
            yield problem("LRT756.adres", place, None, **_name(self.absent))
        if self.sent:
            yield problem("LRT756.verzonden", place, None, **_name(self.sent))
        if self.again:
            yield problem("LRT756.nog-eens", place, None, **_name(self.again))


def _name(letters: Sequence[Entry]) -> Mapping[str, object]:
    names = [each.aan.naam or each.sleutel for each in letters]
    return {"n": len(letters), "names": dutch.join_some(names, _MOST_NAMED)}
