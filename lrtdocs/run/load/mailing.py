"""Reading a mailing with all that goes for it: house style, sender, numbers, recipients."""

from __future__ import annotations

import shlex
from collections.abc import Mapping  # noqa: TC003 - of a field with a default
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, count
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.documents.letter_texts import LetterTexts
from lrtdocs.documents.letters import make_subject, taken_words
from lrtdocs.documents.rows import Column
from lrtdocs.errors import (
    FileProblemError,
    Place,
    Problem,
    ProblemsFoundError,
    Severity,
    has_errors,
    suggest,
)
from lrtdocs.kinds import KINDS, Source, kinds_of
from lrtdocs.messages import FaultError
from lrtdocs.model.mailing import GEMEENTEN, Mailing
from lrtdocs.model.ontvanger import OF_MAILING, Ontvanger, check_ontvangers
from lrtdocs.model.taakstelling import UnknownPeildatumError, Verdeling, make_verdeling
from lrtdocs.model.tekst import Afbeelding
from lrtdocs.model.value import Soort
from lrtdocs.run.load.model import (
    House,
    ModelFile,
    check_annex_files,
    load_house,
    load_model,
)
from lrtdocs.run.load.pictures import load_pictures, read_beside
from lrtdocs.source.build.build import model_warnings
from lrtdocs.source.files import exists
from lrtdocs.source.lists.columns import WORDS
from lrtdocs.source.lists.groups import Grouping
from lrtdocs.source.lists.recipients import RecipientList, open_recipients
from lrtdocs.source.lists.register import find_register, load_register
from lrtdocs.source.lists.rows import WithRows, open_rows
from lrtdocs.source.lists.tabel import read_tabel
from lrtdocs.source.sheet import normalize_heading

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Container, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.language import Taal
    from lrtdocs.model.gemeente import Register
    from lrtdocs.model.mailing import Kolomsoort
    from lrtdocs.model.taakstelling import Taakstelling, Tabelrij
    from lrtdocs.source.lists.own_columns import OwnColumn
    from lrtdocs.source.sheet import Heading, Table
    from lrtdocs.word.package.pictures import Picture


@dataclass(frozen=True, slots=True)
class AllGemeenten:
    """The gemeenten of the `register` at `path` as recipients, where there is no list of them."""

    path: Path
    register: Register
    columns: tuple[str, ...] = ()
    table: Table | None = None
    problems: Sequence[Problem] = ()
    own: Sequence[OwnColumn] = ()
    row_table: Table | None = None
    grouping: Grouping | None = None

    def check_use(self, _used: Container[str], _meant: Container[str]) -> list[Problem]:
        """Return nothing: there are no columns to use."""
        return []

    def heads(self) -> Iterator[Ontvanger]:
        """Yield who the recipients are."""
        return iter(self)

    def __iter__(self) -> Iterator[Ontvanger]:
        place = Place(str(self.path))
        return (
            Ontvanger(place, code=gemeente.code, naam=gemeente.naam)
            for gemeente in self.register.gemeenten
        )


Recipients = RecipientList | AllGemeenten | WithRows


@dataclass(frozen=True)
class LoadedMailing(ModelFile[Mailing]):
    """A mailing read from a file, with all that its letters are made of.

    `register` has the gemeenten that the letters go to. The recipients can be gone through as often
    as needed, and are never all in memory. `numbers` has theirs, row by row; without it they are
    numbered in their order. `pictures` are those in its texts, by the names that the file has for
    them. Where rows are grouped, `sums` are the columns of which each letter has the sum, and
    those without anything in one of `row_columns` are no rows of a letter; `tabel` are the columns
    of the table in the text.
    """

    house: House
    register: Register
    recipients: Recipients
    verdeling: Verdeling | None
    numbers: Sequence[int] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict, repr=False)
    sums: Mapping[str, Soort] = field(default_factory=dict)
    row_columns: frozenset[str] = frozenset()
    tabel: Sequence[Column] = ()

    @cached_property
    def texts(self) -> LetterTexts:
        """The texts of the mailing in which words of each recipient stand."""
        return self._texts_of(self.model)

    @cached_property
    def _translated_texts(self) -> LetterTexts:
        other = self.model.taal.other
        return self._texts_of(self.model.in_taal(other))

    def _texts_of(self, mailing: Mailing) -> LetterTexts:
        subject, columns = make_subject(mailing), self.recipients.columns
        return LetterTexts.of(mailing, subject, columns, self.place_of_tekst(mailing.taal))

    def texts_in(self, taal: Taal) -> LetterTexts:
        """Return the texts of the letters in `taal`."""
        return self.texts if taal == self.model.taal else self._translated_texts

    def place_of_tekst(self, taal: Taal) -> Place:
        """Return where the text of the letters in `taal` stands."""
        given = self.model.vertaling
        own = taal != self.model.taal and given is not None and given.tekst is not None
        return self.place(*("vertaling", "tekst") if own else ("tekst",))

    def walk_numbers(self) -> Iterator[int]:
        """Yield the numbers of the recipients, and of any who come after them."""
        return chain(self.numbers, count(len(self.numbers) + 1))

    @property
    def mailing(self) -> Mailing:
        """The mailing itself."""
        return self.model

    @property
    def kind(self) -> str:
        """The kind of letter: that of the template, or for one of the user's own what fits it."""
        named = KINDS.get(self.model.sjabloon)
        if named is not None and named.source is Source.MAILING:
            return named.name
        counted = self.model.taakstelling is not None
        return next(kind.name for kind in kinds_of(Source.MAILING) if kind.counted is counted)


def load_mailing(path: Path) -> tuple[LoadedMailing | None, list[Problem]]:
    """Read the mailing at `path`; None, with the problems of all files, if it cannot be used.

    The recipients are opened here, and judged when the letters are planned.
    """
    problems: list[Problem] = []
    file = load_model(path, Mailing, problems)
    house = load_house(path, problems, file)
    if file is None:
        return None, problems
    problems += model_warnings(file.model, file.node)
    annexes = enumerate(file.model.bijlagen)
    problems += check_annex_files(file, ((("bijlagen", at), one) for at, one in annexes))
    try:
        register = load_register(path)
    except ProblemsFoundError as error:
        return None, problems + error.problems
    asked = register_for(file.model, register)
    recipients = _open_recipients(file, asked, problems)
    if recipients is not None:
        problems += _check_kolommen(file, recipients)
    verdeling = None
    if file.model.taakstelling is not None:
        verdeling = load_verdeling(file, register, problems)
    complete = verdeling is not None or file.model.taakstelling is None
    pictures, wrong = load_pictures(file)
    hands, missing = _load_hands(file)
    pictures |= hands
    wrong += missing
    problems += wrong
    if recipients is not None and "betreft" in recipients.columns:
        problems = [one for one in problems if one.key != "LRT235"]
    if house is None or recipients is None or not complete or has_errors(wrong):
        return None, problems
    sums = _find_sums(recipients)
    mailing = LoadedMailing(
        path,
        file.node,
        file.model,
        house,
        asked,
        recipients,
        verdeling,
        pictures=pictures,
        sums=sums,
        tabel=_find_tabel(file, recipients, sums, problems),
    )
    return mailing, problems


def _find_tabel(
    file: ModelFile[Mailing],
    recipients: Recipients,
    kinds: Mapping[str, Soort],
    problems: list[Problem],
) -> list[Column]:
    """Return the columns of the table in the letters, of which those of `kinds` add up.

    One that is not in the list is a problem.
    """
    found: list[Column] = []
    table = recipients.row_table
    for at, asked in enumerate(file.model.tabel if table else ()):
        heading = _find_heading(table, asked.kolom) if table else None
        if table is None or heading is None:
            known = [each.text for each in table.headings] if table else []
            guess = suggest(asked.kolom, known)
            told = {"name": asked.kolom, "known": ", ".join(known)}
            told["guess"] = f"; {guess}" if guess else "."
            problems.append(messages.problem("LRT278", file.place("tabel", at), None, **told))
            continue
        kind = kinds.get(heading.word)
        if asked.soort is not None:
            kind = asked.soort if asked.soort in {Soort.GETAL, Soort.BEDRAG} else None
        typed = asked.soort is Soort.TEKST
        found.append(Column(heading.word, asked.kop or heading.text, kind, typed))
    return found


def _find_sums(recipients: Recipients) -> dict[str, Soort]:
    """Return the columns of which a letter with rows has the sum, and what they hold."""
    if recipients.grouping is None:
        return {}
    kinds = {column.heading.word: column.adds_up for column in recipients.own}
    return {word: kind for word, kind in kinds.items() if kind is not None}


def _load_hands(file: ModelFile[Mailing]) -> tuple[dict[str, Picture], list[Problem]]:
    """Return the pictures of signatures by the names `file` has for them, and what is wrong."""
    found: dict[str, Picture] = {}
    problems: list[Problem] = []
    for loc in (("ondertekening",), ("vertaling", "ondertekening")):
        mailing = file.model.vertaling if len(loc) > 1 else file.model
        signs = mailing.ondertekening if mailing else None
        if signs is None or signs.handtekening is None:
            continue
        try:
            picture = read_beside(file.path.parent, Afbeelding(signs.handtekening, ""))
        except FaultError as error:
            problems.append(error.fault.at(file.place(*loc, "handtekening")))
        else:
            found[signs.handtekening] = picture
    return found, problems


def check_recipients(path: Path) -> list[Problem]:
    """Return every problem of the list of recipients at `path`, as far as it goes by itself.

    Whether all gemeenten have to be there is for a mailing to say. Raises FileProblemError if the
    list cannot be read.
    """
    try:
        register = load_register(path)
    except ProblemsFoundError as error:
        return error.problems
    register = register.at(register.peildata[-1])
    listed = open_recipients(path, register)
    checked = check_ontvangers(listed, register, str(path), complete=False)
    return checked.problems + listed.problems


def _group_by(
    file: ModelFile[Mailing], register: Register, *, derived: bool = False
) -> Callable[[Table], Grouping]:
    """Return what finds the column that the mailing in `file` groups by, in a table.

    It raises ProblemsFoundError if the table has none. A code may be `derived` from the name.
    """
    asked = file.model.groepeer or ""

    def find(table: Table) -> Grouping:
        heading = _find_heading(table, asked)
        if heading is not None:
            return Grouping(heading.key, heading.word, heading.text, register)
        if derived and WORDS.get(normalize_heading(asked)) == "code" and table.has("naam"):
            return Grouping("code", "code", asked, register)
        known = [heading.text for heading in table.headings]
        guess = suggest(asked, known)
        told = {"name": asked, "file": table.path.name, "known": ", ".join(known)}
        told["guess"] = f"; {guess}" if guess else "."
        raise ProblemsFoundError(messages.problem("LRT276", file.place("groepeer"), None, **told))

    return find


def _find_heading(table: Table, asked: str) -> Heading | None:
    """Return the heading that is meant by `asked`: as typed, or as the word it is known by."""
    key = normalize_heading(asked)
    names = (key, WORDS.get(key, key), key.removeprefix("kolom_"))
    for name in names:
        for heading in table.headings:
            if name in {heading.key, normalize_heading(heading.text)}:
                return heading
    return None


def open_listed(file: ModelFile[Mailing], register: Register) -> RecipientList:
    """Open the list that the mailing in `file` names; raise FileProblemError if it cannot be."""
    mailing, group = file.model, _group_by(file, register, derived=True)
    return open_recipients(
        file.beside(mailing.ontvangers),
        register,
        gemeenten=mailing.taakstelling is not None,
        kolommen=_kolommen(mailing),
        blad=mailing.blad or "",
        visible=mailing.alleen_zichtbare_rijen,
        group=group if mailing.groepeer and not mailing.rijen else lambda _table: None,
    )


def _open_recipients(
    file: ModelFile[Mailing], register: Register, problems: list[Problem]
) -> Recipients | None:
    mailing = file.model
    needing = "rijen" if mailing.rijen else "tabel" if mailing.tabel else ""
    if needing and mailing.groepeer is None:
        problems.append(messages.problem("LRT277.groepeer", file.place(needing), key=needing))
        return None
    recipients: RecipientList | AllGemeenten | None
    if mailing.ontvangers.strip().lower() == GEMEENTEN:
        if mailing.taakstelling is None:
            problems.append(messages.problem("LRT604.register", file.place("ontvangers")))
        if mailing.groepeer and mailing.rijen is None:
            problems.append(messages.problem("LRT277.rijen", file.place("groepeer")))
            return None
        recipients = AllGemeenten(find_register(file.path), register)
    else:
        recipients = _open_listed(file, register, problems)
    if recipients is None or mailing.rijen is None:
        return recipients
    return _open_rows(file, register, recipients, problems)


def _open_rows(
    file: ModelFile[Mailing],
    register: Register,
    recipients: RecipientList | AllGemeenten,
    problems: list[Problem],
) -> WithRows | None:
    """Open the other list that the rows are in."""
    mailing = file.model
    if mailing.rijen is None or mailing.groepeer is None:
        return None
    path, asked = file.beside(mailing.rijen.bestand), normalize_heading(mailing.groepeer)
    key = WORDS.get(asked, asked)
    words = {word: name for word, name in WORDS.items() if name == key} or {asked: asked}
    try:
        if recipients.table is not None:
            _group_by(file, register, derived=True)(recipients.table)
        elif key not in {"code", "naam"}:
            raise ProblemsFoundError(
                messages.problem("LRT277.gemeenten", file.place("groepeer"), name=mailing.groepeer)
            )
        rows = open_rows(
            path,
            _group_by(file, register),
            words,
            _kolommen(mailing),
            mailing.rijen.blad,
            visible=mailing.alleen_zichtbare_rijen,
        )
    except ProblemsFoundError as error:
        problems += error.problems
        if isinstance(error, FileProblemError) and not exists(path):
            place, guess = file.place("rijen"), error.problems[0].fields.get("guess", "")
            told = {"name": mailing.rijen.bestand, "guess": guess}
            problems[-1:] = [messages.problem("LRT001.rijen-lijst", place, None, **told)]
        return None
    return WithRows(recipients, rows)


def _kolommen(mailing: Mailing) -> dict[str, Kolomsoort]:
    return {normalize_heading(name): kind for name, kind in mailing.kolommen.items()}


def _open_listed(
    file: ModelFile[Mailing], register: Register, problems: list[Problem]
) -> RecipientList | None:
    mailing = file.model
    try:
        listed = open_listed(file, register)
    except ProblemsFoundError as error:
        problems += error.problems
        if isinstance(error, FileProblemError) and not exists(file.beside(mailing.ontvangers)):
            place, name = file.place("ontvangers"), mailing.ontvangers
            guess = error.problems[0].fields.get("guess", "")
            problems[-1:] = [messages.problem("LRT001.ontvangers", place, name=name, guess=guess)]
        return None
    problems += _check_shadowed(listed, mailing)
    return listed


def _check_kolommen(file: ModelFile[Mailing], recipients: Recipients) -> Iterator[Problem]:
    """Yield a problem for each column of `kolommen` that no list has."""
    both = dict.fromkeys((recipients.table, recipients.row_table))
    tables = [each for each in both if each is not None]
    known = ", ".join(dict.fromkeys(one.text for table in tables for one in table.headings))
    for name in file.model.kolommen if tables else ():
        if not any(table.has(normalize_heading(name)) for table in tables):
            place = file.place("kolommen", name)
            yield messages.problem("LRT242", place, name=name, known=known)


def _check_shadowed(listed: RecipientList, mailing: Mailing) -> Iterator[Problem]:
    """Yield a problem for each column whose word the mailing or lrtdocs has for all letters."""
    taken = taken_words() - {*OF_MAILING, *(["taakstelling"] if mailing.taakstelling else [])}
    for heading in listed.table.headings:
        told = {"heading": heading.text, "word": heading.key}
        if heading.key in mailing.velden:
            yield messages.problem("LRT658.velden", heading.place, None, **told)
        elif heading.key == "volgnummer":
            yield messages.problem("LRT658.volgnummer", heading.place, None, **told)
        elif heading.key in taken:
            # what a mailing says of all letters is what people want to say of each
            meant = heading.key in Mailing.model_fields and heading.key != "taakstelling"
            severity = Severity.ERROR if meant else Severity.WARNING
            yield messages.problem("LRT658.woord", heading.place, severity, **told)


# --- the division


def load_verdeling(
    file: ModelFile[Mailing], register: Register, problems: list[Problem]
) -> Verdeling | None:
    """Divide the number of the mailing in `file` over the gemeenten of `register`.

    Its table, if it names one, is read beside it. Returns None, and why in `problems`, if the
    mailing has no taakstelling, or if the register or the table cannot be used.
    """
    block = file.model.taakstelling
    if block is None:
        problems.append(messages.problem("LRT202.taakstelling", file.place()))
        return None
    tabel, found = _load_tabel(block, file, register_for(file.model, register))
    problems += found
    try:
        verdeling = make_verdeling(block, register, tabel)
    except UnknownPeildatumError as error:
        problems.append(_unknown_date(error.peildatum, block, file, register))
        return None
    problems += _tell_differences(verdeling, file.beside(block.tabel or ""))
    return verdeling


def register_for(mailing: Mailing, register: Register) -> Register:
    """Return `register` with only the gemeenten that the letters of `mailing` go to.

    They are those of the reference date of its taakstelling, or else of the last date known.
    """
    block = mailing.taakstelling
    newest = register.peildata[-1]
    date = (block.peildatum or block.halfjaar.peildatum) if block else newest
    return register.at(date if date in register.nationaal else newest)


def _load_tabel(
    block: Taakstelling, file: ModelFile[Mailing], register: Register
) -> tuple[Mapping[str, Tabelrij], list[Problem]]:
    if block.tabel is None:
        return {}, []
    try:
        return read_tabel(file.beside(block.tabel), register)
    except FileProblemError as error:
        (told,) = error.problems
        place = told.place if told.place.line else file.place("taakstelling", "tabel")
        return {}, [replace(told, place=place)]


def _unknown_date(
    date: dt.date, block: Taakstelling, file: ModelFile[Mailing], register: Register
) -> Problem:
    """Return where `date` is asked for, and how to get its inhabitants beside `file`."""
    own = block.peildatum or block.halfjaar.peildatum
    loc: tuple[str, ...] = ("peildatum",) if block.peildatum else ("halfjaar",)
    if date != own:
        loc = ("bijstelling", "halfjaar")
    known = dutch.join_words([dutch.format_date(peildatum) for peildatum in register.peildata])
    return messages.problem(
        "LRT651",
        file.place("taakstelling", *loc),
        date=dutch.format_date(date),
        known=known,
        path=shlex.quote(str(file.beside("gemeenten.csv"))),
    )


def _tell_differences(verdeling: Verdeling, tabel: Path) -> Iterator[Problem]:
    """Yield a warning for every number of the supplied `tabel` that departs from the arithmetic."""
    for verschil in verdeling.verschillen:
        yield messages.problem(
            "LRT648",
            verschil.plaats or Place(str(tabel)),
            gemeente=verschil.naam,
            column=verschil.kolom,
            listed=verschil.tabel,
            computed=verschil.berekend,
        )
