"""From a table to recipients: columns to fields, addresses made even, problems at their cells.

What is sure is mended in silence (`1234ab`, a post box by its number alone, a code without GM);
what is not is told. Whether every gemeente is there is for `model.ontvanger` to say.

Which columns say yes or no shows only when the last cell was seen, or the first that says something
else: a value asks its column when its meaning is asked. So a list is never read for that alone.

Where rows are grouped, the first row of a group is the recipient, and each row is one of its
letter. Then the list is read to the end at once, and its rows are kept in `groups`.
"""

from __future__ import annotations

import re
import textwrap
from collections import deque
from collections.abc import Generator
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from lrtdocs import messages
from lrtdocs.dutch import join_some
from lrtdocs.errors import Place, Problem
from lrtdocs.findings import Findings
from lrtdocs.messages import FaultError
from lrtdocs.model.geadresseerde.lichaam import says_body
from lrtdocs.model.gemeente import OTHER_NAMES
from lrtdocs.model.mailing import Kolomsoort
from lrtdocs.model.namen import (
    PROVINCIES,
    WITHOUT_POSTCODE,
    bare_name,
    contradicts,
    find_provincie,
    fold_letters,
    fold_name,
    is_personal,
    judge_aanhef,
    name_provincie,
    says_gemeente,
    split_code,
)
from lrtdocs.model.ontvanger import (
    KOLOMMEN,
    Ontvanger,
    Rij,
    explain_name,
    guess_gemeente,
    parse_code,
    parse_postcode,
)
from lrtdocs.model.taakstelling import STAND
from lrtdocs.model.value import Soort, Value, at_of, place_of
from lrtdocs.source.lists.addresses import Addresses
from lrtdocs.source.lists.bodies import guess_lichaam, load_lichamen
from lrtdocs.source.lists.columns import (
    COUNTED_WORDS,
    PROVINCIE,
    WORDS,
    check_counted,
    check_texts,
    count_of,
    refused,
    texts_of,
    without_nothing,
)
from lrtdocs.source.lists.groups import Groups
from lrtdocs.source.lists.own_columns import OwnColumn, odd_cells
from lrtdocs.source.lists.people import (
    LOOSE,
    SURNAME,
    People,
    check_name_columns,
    find_name_columns,
    names_person,
)
from lrtdocs.source.lists.places import load_places
from lrtdocs.source.lists.totals import TOTAL, check_totals, find_reckoned
from lrtdocs.source.sheet import note, open_table
from lrtdocs.source.sheet.headings import NAMING

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Container,
        Iterator,
        Mapping,
        Sequence,
    )
    from pathlib import Path

    from lrtdocs.model.geadresseerde.lichaam import Lichaam
    from lrtdocs.model.geadresseerde.persoon import Persoon
    from lrtdocs.model.gemeente import Gemeente, Register
    from lrtdocs.source.lists.groups import Grouping
    from lrtdocs.source.sheet import Cell, Row, Table

KEPT = 400
"""Recipients that a list keeps, so that the file is read once; a longer one is read again."""
_ADDRESS = {"adres": "het adres", "postcode": "de postcode", "plaats": "de plaats"}
_COLUMNS = tuple(kolom.name for kolom in KOLOMMEN)
_get_columns = attrgetter(*_COLUMNS)
_EXAMPLE = re.compile(r"\bVOORBEELD\b|\bverzonnen\b")
_NOTE = re.compile(r"(totaal|bron|let op|noot|nb|stand|peildatum)\b|[*#]", re.IGNORECASE)
_SUM = re.compile(
    r"((sub|eind)?totaal( (generaal|van|voor|alle|aantal|gemeenten|nederland)\b.*)?|nederland|nl01)"
    r"[ :]*",
    re.IGNORECASE,
)
"""A total that nobody can be called."""
_BETWEEN = re.compile(r"(provincie|regio|veiligheidsregio|arrondissement|gewest)\b", re.IGNORECASE)
"""How a heading between the rows of a list of gemeenten begins."""
_IN_BRACKETS = re.compile(r"\(.*\)|\[.*\]")
_FIGURE = re.compile("[0-9]")
_TITLES = ("titel", "aanspreektitel", "aanspreekvorm", "aanspreking", "geslacht", "m_v", "dhr_mw")
_OF_PEOPLE = {*_TITLES, "voornaam", "voornamen", "voorletters", "initialen", "tussenvoegsel"}
"""Headings of a list of people."""
_LETTER = re.compile(r"[A-Za-z@]")
_FIGURES_MEANT = str.maketrans("OoIl", "0011")


class RecipientList:
    """The recipients in a table, to be gone through as often as needed.

    `problems` are all those of the file, `table` gives its headings. Incomplete recipients are
    there too, with a value for every column, also where it is empty. Of a long list it is known
    which columns say yes or no, and all that is wrong, once it was gone through to the end.
    """

    def __init__(
        self,
        table: Table,
        opening: list[Problem],
        kolommen: Mapping[str, Kolomsoort],
        maker: Callable[[Sequence[OwnColumn], Findings], _Maker],
        grouping: Grouping | None = None,
    ) -> None:
        self.table, self.path, self._opening, self._maker = table, table.path, opening, maker
        self.grouping = grouping
        self._problems: list[Problem] | None = None
        of_names = Kolomsoort(soort=Soort.TEKST)
        parts = find_name_columns(table)
        texts = {one.key: of_names for one in parts.values()} if SURNAME in parts else {}
        self._kinds = {
            heading: kolommen.get(heading.key) or texts.get(heading.key)
            for heading in table.headings
            if heading.key not in _COLUMNS
        }
        self._own: list[OwnColumn] = []  # as they were seen in a reading to the end
        self._words = [heading.word for heading in self._kinds]
        self._addressed = [(at, name) for at, name in enumerate(_COLUMNS) if table.has(name)]
        self._groups = self._gather(grouping) if grouping else None
        reading = self._read()
        first = list(islice(reading, KEPT + 1))
        if isinstance(reading, Generator):
            reading.close()
        few = len(first) <= KEPT and len(self._groups or ()) <= KEPT
        self._kept = first if few else None

    @property
    def columns(self) -> tuple[str, ...]:
        """The words of the headings."""
        return tuple(heading.word for heading in self.table.headings)

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong in the file."""
        if self._problems is None:
            deque(self, maxlen=0)
        return self._problems or []

    def check_use(self, used: Container[str], meant: Container[str]) -> list[Problem]:
        """Return what only who uses a column as a word minds, or only who does not.

        Of the words that are `used`, those `meant` are more than printed.
        """
        if self._problems is None:
            deque(self, maxlen=0)
        return Findings(odd_cells(self._own, used, meant)).as_list()

    @property
    def own(self) -> Sequence[OwnColumn]:
        """The columns of the list's own, once it was gone through to the end."""
        return self._own

    @property
    def row_table(self) -> Table:
        """The table that the rows of letters are in."""
        return self.table

    def __iter__(self) -> Iterator[Ontvanger]:
        """Yield the recipients; those of a long list are read from the file once more."""
        return iter(self._kept) if self._kept is not None else self._read()

    def heads(self) -> Iterator[Ontvanger]:
        """Yield who the recipients are: each with its first row alone."""
        if self._kept is not None or self._groups is None:
            return iter(self)
        return map(self._unpack, self._groups.heads())

    def _read(self) -> Iterator[Ontvanger]:
        return map(self._unpack, self._groups) if self._groups is not None else self._walk()

    def _walk(self) -> Generator[Ontvanger, None, None]:
        findings = Findings(self._opening)
        own = self._own or [OwnColumn(*each) for each in self._kinds.items()]
        maker = self._maker(own, findings)
        addresses = Addresses(self.table, maker.register)
        for row in self.table.rows(findings):
            made = maker.make(row)
            if made is not None:
                if self._problems is None:
                    maker.judge(*made)
                    addresses.add(made[1])
                yield made[1]
        self._finish(maker, addresses, findings)

    def _finish(self, maker: _Maker, addresses: Addresses, findings: Findings) -> None:
        """Keep what is known behind the last row, the first time."""
        if self._problems is None:
            maker.finish()
            example = any(problem.code == "LRT634" for problem in self._opening)
            findings.extend(addresses.problems(made_up=example))
            self._own = [*maker.own]
            self._problems = findings.as_list()

    def _gather(self, grouping: Grouping) -> Groups:
        """Read the list to the end, and keep its rows by their group.

        Only the first row of a group has to have an address.
        """
        groups, findings = Groups(), Findings(self._opening)
        maker = self._maker([OwnColumn(*each) for each in self._kinds.items()], findings)
        addresses = Addresses(self.table, maker.register)
        for each in self.table.rows(findings):
            made = maker.make(each)
            if made is None:
                continue
            row, ontvanger = made
            key = grouping.key_of(ontvanger)
            if not key:
                maker.tell_alone(row, ontvanger, grouping)
                continue
            first = not groups.has(key)
            if first:
                maker.judge(row, ontvanger)
                addresses.add(ontvanger)
            groups.add(key, _pack(ontvanger, first=first))
        groups.close(named=False)
        self._finish(maker, addresses, findings)
        return groups

    def _unpack(self, rows: Sequence[Any]) -> Ontvanger:
        """Return the recipient of a group of packed rows: the first, with all of them."""
        place, texts, extra, persoon, lichaam = rows[0]
        address, extra = self._unpack_address(texts), self._unpack_own(extra)
        rijen = [Rij(place_of(place), {**address, **extra})]
        for at, others, own, _, _ in rows[1:]:
            words = address if others == texts else self._unpack_address(others)
            rijen.append(Rij(place_of(at), {**words, **self._unpack_own(own)}))
        fields: dict[str, Any] = dict(zip(_COLUMNS, texts, strict=True))
        word = self.grouping.word if self.grouping else ""
        groep = str(fields.get(word) or extra.get(word) or texts[1])
        made_of = {"extra": extra, "persoon": persoon, "lichaam": lichaam}
        return Ontvanger(rijen[0].plaats, **fields, **made_of, rijen=tuple(rijen), groep=groep)

    def _unpack_address(self, texts: Sequence[str | None]) -> dict[str, Value]:
        return {name: Value(texts[at] or "") for at, name in self._addressed}

    def _unpack_own(self, packed: Sequence[Any]) -> dict[str, Value]:
        """Return the values of the columns of the list's own, each of which asks its column."""
        columns = zip(self._words, packed, self._own, strict=True)
        return {
            word: Value(text, meaning, at, column) for word, (text, meaning, at), column in columns
        }


def open_recipients(
    path: Path,
    register: Register | None = None,
    *,
    gemeenten: bool = False,
    kolommen: Mapping[str, Kolomsoort] | None = None,
    blad: str | None = None,
    visible: bool = False,
    group: Callable[[Table], Grouping | None] = lambda _table: None,
) -> RecipientList:
    """Open the list of addresses `path`; raise FileProblemError if it cannot be read.

    With a `register` a gemeente may be given by its code or its name alone, and gets the other and
    its name as it is written there: with `gemeenten` always, and else where a column of codes, or
    the word gemeente, says that it is one. With `gemeenten` the columns `STAND` go into the
    letters: they hold numbers, and a heading that may have been meant for one is told. `kolommen`
    says of other columns what they mean, `blad` which sheet it is ("": two that fit are a
    question); with `visible` the hidden rows are left out. `group` says by what column of the
    table the rows go together in one letter.
    """
    table = open_table(path, COUNTED_WORDS if gemeenten else WORDS, blad, visible=visible)
    if any(map(table.has, NAMING)):
        table.spare(PROVINCIE)
    opening = [*table.opening, *_check_columns(table)]
    opening += check_counted(table) if gemeenten else ()
    maker = partial(_Maker, table, register, gemeenten)
    return RecipientList(table, opening, kolommen or {}, maker, group(table))


def _pack(ontvanger: Ontvanger, *, first: bool) -> tuple[Any, ...]:
    """Return what a row is made of again by `RecipientList`; who it is for is in the `first`."""
    at = at_of(ontvanger.plaats_in_bestand)
    values = tuple(value.pack() for value in ontvanger.extra.values())
    who = (ontvanger.persoon, ontvanger.lichaam) if first else (None, None)
    return (at, _get_columns(ontvanger), values, *who)


def _check_columns(table: Table) -> Iterator[Problem]:
    """Yield what is wrong with the columns, and whether this is an example."""
    note = next((cell for cell in table.notes if _EXAMPLE.search(cell.text)), None)
    if note is not None:
        shown = textwrap.shorten(note.text, 60, placeholder=" …")
        yield messages.problem("LRT634", note.place, text=shown)
    place = table.headings[0].place if table.headings else Place(str(table.path))
    of_people = SURNAME in find_name_columns(table)
    if not (of_people or any(map(table.has, (*NAMING, PROVINCIE)))):
        yield messages.problem("LRT604.naam", place)
    missing = [name for name in _ADDRESS if not table.has(name)]
    if of_people:
        yield from check_name_columns(table)
    if len(missing) == len(_ADDRESS):
        yield messages.problem("LRT604.adressen", place)
        return
    if table.has("land") and "postcode" in missing:
        missing.remove("postcode")
    for name in missing:
        yield messages.problem("LRT604.adres", place, name=name)


class _Maker:
    """Makes recipients from the rows of one table, in one reading of it."""

    def __init__(
        self,
        table: Table,
        register: Register | None,
        counted: bool,
        own: Sequence[OwnColumn],
        findings: Findings,
    ) -> None:
        self.table, self.register, self.counted, self.findings = table, register, counted, findings
        self.own = own
        self._by_word = [(column.heading.word, column) for column in own]
        self.headings = {heading.key: heading.text.lower() for heading in table.headings}
        self.of_gemeenten = self.headings.get("naam", "").startswith("gemeente")
        self.gemeenten = counted or self.of_gemeenten or table.has("code")
        self.of_provincies = not table.has("naam") and not table.has("organisatie")
        self.provincies = False
        self.either: list[Cell] = []
        self.bare: dict[Place, str] = {}
        self.totals = False
        parts = find_name_columns(table)
        self.people = People(parts, findings) if SURNAME in parts else None
        self.loose = {} if self.people else {n: h for n, h in parts.items() if n in LOOSE}

    def _tell(self, key: str, place: Place, **fields: object) -> None:
        self.findings.add(messages.problem(key, place, None, **fields))

    def finish(self) -> None:
        """Report what shows only behind the last row: provinces in doubt, and totals."""
        for cell in self.either if self.provincies else ():
            self._tell("LRT661.allebei", cell.place, name=cell.text)
        if self.bare:
            place, names = next(iter(self.bare)), [*self.bare.values()]
            told = {"n": len(names), "names": join_some(names, 5), "first": names[0]}
            self._tell("LRT627.naam", place, **told)
        if self.totals:
            self.findings.extend(check_totals(self.table, self._reckoned))
        for column in self.own:
            self.findings.extend(column.answers())

    def make(self, row: Row) -> tuple[Row, Ontvanger] | None:
        """Return the recipient in `row`, and what counts of the row; None if it is only a note."""
        whole = without_nothing(row)
        row = self.people.without_sir(whole) if self.people else whole
        cells = row.cells
        if self._is_note(row):
            told = " · ".join(cell.text for cell in cells.values())
            self.findings.extend(note(cell._replace(text=told)) for cell in [*cells.values()][:1])
            return None
        reckoned = self._reckoned(row)
        if reckoned is not None:
            self.totals = self.totals or reckoned == TOTAL
            if row.first is not None and not _SUM.fullmatch(row.first.text):
                # it may be somebody's name after all
                self.findings.add(note(row.first, "LRT611.som"))
            return None
        texts = texts_of(cells)
        lichaam = self._body(row, texts)
        if lichaam is not None and lichaam.land:
            texts.setdefault("land", lichaam.land)
        self.findings.extend(check_texts(cells, texts, self.headings))
        if "postcode" in texts and "land" not in texts:
            texts["postcode"] = self._postcode(cells["postcode"].place, texts["postcode"])
        values: dict[str, Any] = {name: texts.get(name) or None for name in _COLUMNS}
        if lichaam is None:
            values["code"], values["naam"] = self._identify(row, texts)
        else:
            values |= {"code": None, "naam": lichaam.naam}
        values["adres"] = _join_address(cells.get("adres"), texts, self.headings.get("adres", ""))
        persoon = self._person(whole, values, lichaam)
        naming = _naming(row)
        if persoon and self.people and not values["organisatie"]:
            naming = self.people.place_of(row) or naming
        place = naming.place if naming else Place(str(self.table.path), cell=f"A{row.number}")
        named = {word: self._own_value(column, row, place) for word, column in self._by_word}
        values |= {"persoon": persoon, "lichaam": lichaam}
        return row, Ontvanger(place, **values, extra=named)

    def judge(self, row: Row, ontvanger: Ontvanger) -> None:
        """Report what is wrong with `ontvanger`, made of `row`, as the address of a letter."""
        self._check_complete(row, ontvanger)
        if not (ontvanger.is_body or ontvanger.code or ontvanger.aanhef):
            self._see_bare(row, ontvanger)
        if self.people and ontvanger.persoon and not (ontvanger.is_body or ontvanger.aanhef):
            self.people.check_bare(row, ontvanger.persoon)
        if ontvanger.aanhef and judge_aanhef(ontvanger.aanhef) is None:
            self._check_aanhef(row, ontvanger, ontvanger.aanhef)

    def tell_alone(self, row: Row, ontvanger: Ontvanger, grouping: Grouping) -> None:
        """Report a row that does not say which group it is of, unless its cell was told of."""
        if grouping.key in row.cells or grouping.key in row.refused:
            return
        place = self.table.place_in(ontvanger.plaats_in_bestand, grouping.key)
        self._tell("LRT680", place, column=grouping.heading)

    def _body(self, row: Row, texts: dict[str, str]) -> Lichaam | None:
        """Return the body that `row` is of by its code or its whole name; one like it is told.

        In a list of gemeenten a public body in the Caribbean may have its name alone.
        """
        code, naam = texts.get("code", ""), texts.get("naam", "")
        if self.counted or not (code or naam):
            return None
        bodies = load_lichamen()
        by_code = bodies.find(code) if code else None
        found = bodies.find(naam) or (bodies.find_bare(naam) if self.gemeenten else None)
        if by_code is None and naam and found is None and says_body(naam):
            near = guess_lichaam(naam)
            if near or not naam.lower().startswith("minister"):
                key = "LRT671.bijna" if near else "LRT671.geen"
                self._tell(key, row.cells["naam"].place, text=naam, guess=near)
        elif by_code is not None and naam and found != by_code:
            told = {"code": by_code.code, "name": by_code.naam, "text": naam}
            self._tell("LRT671.code", row.cells["naam"].place, **told)
        return by_code or found

    def _person(
        self, row: Row, values: dict[str, str | None], lichaam: Lichaam | None
    ) -> Persoon | None:
        """Return the person whose name stands in parts in `row`; its name becomes a value."""
        if self.people is None:
            self._see_loose(row)
            return None
        persoon = self.people.make(row)
        if persoon is None:
            return None
        naam, attention = values["naam"], values["ter_attentie_van"]
        own = None if values["code"] or lichaam else naam
        for key, text in (("naam", own), ("ter_attentie_van", attention)):
            if text and not names_person(text, persoon):
                surname = self.people.headings[SURNAME]
                told = {"column": self.headings[key], "surname": surname}
                name = persoon.achternaam
                self._tell("LRT670.twee", row.cells[key].place, text=text, name=name, **told)
        values["naam"] = naam or persoon.aanschrijfnaam
        return persoon

    def _see_loose(self, row: Row) -> None:
        """Report once that a part of a name is not printed, where no column has the surname."""
        cell = row.cells.get("naam") if self.loose else None
        for heading in self.loose.values() if cell else ():
            given = row.cells.get(heading.key)
            if cell and given and fold_letters(given.text) not in fold_letters(cell.text):
                column = self.headings["naam"]
                told = {"part": heading.text, "column": column, "text": cell.text}
                self._tell("LRT670.los", cell.place, **told)
                self.loose = {}
                return

    def _see_bare(self, row: Row, ontvanger: Ontvanger) -> None:
        """Keep in mind a name that is of a gemeente or a province, and gets no letter as one.

        Somebody who is called so and lives elsewhere is not meant, nor somebody who works there.
        """
        organisatie, naam = ontvanger.organisatie, ontvanger.naam
        name = organisatie or naam or ""
        within = naam or ontvanger.afdeling or ontvanger.ter_attentie_van
        if self.register is None or (within if organisatie else self.gemeenten):
            return
        lichaam = load_lichamen().find(name) if organisatie else None
        if lichaam is not None:
            self.bare[row.cells["organisatie"].place] = f"'{lichaam.naam}'"
            return
        gemeente = self.register.find_name(name)
        code = None if gemeente else find_provincie(name) or name_provincie(name)
        if not (gemeente or code) or self.people or self.headings.keys() & _OF_PEOPLE:
            return
        homes = map(self.register.find, load_places().of_place(ontvanger.plaats or ""))
        near = (h and (h == gemeente or name_provincie(h.provincie) == code) for h in homes)
        if not ontvanger.plaats or any(near):
            place = row.cells["organisatie" if organisatie else "naam"].place
            provincie = code or name_provincie(name)
            bare = [f"'Gemeente {gemeente.naam}'"] if gemeente else []
            bare += [f"'Provincie {PROVINCIES[provincie]}'"] if provincie else []
            self.bare[place] = " of ".join(bare)

    def _check_aanhef(self, row: Row, ontvanger: Ontvanger, aanhef: str) -> None:
        """Report a salutation that is of somebody else than the letter is to."""
        who, organisatie = ontvanger.ter_attentie_van or "", ontvanger.organisatie
        persoon = None if who or ontvanger.is_body else ontvanger.persoon
        if self.people and persoon is not None:
            if self.people.check_aanhef(row, persoon, aanhef):
                return
            who = persoon.ter_attentie_van
        if ontvanger.is_body and not who:
            body = ontvanger.lichaam
            who = " ".join(body.regels) if body else f"het college van {ontvanger.naam}"
            wrong = is_personal(aanhef)
        else:
            title = next((row.cells[key].text for key in _TITLES if key in row.cells), "")
            of_body = bool(who or organisatie)
            who = who or ontvanger.naam or ""
            wrong = contradicts(aanhef, who, title, of_body=of_body)
        if wrong:
            self._tell("LRT663.persoon", row.cells["aanhef"].place, text=aanhef, who=who)

    def _is_note(self, row: Row) -> bool:
        """Tell whether `row` is no recipient: one cell, a source, or what the columns hold."""
        texts = [cell.text for cell in row.cells.values()]
        if not texts or row.refused or len(self.table.headings) < 3:
            return False
        if all(map(_IN_BRACKETS.fullmatch, texts)):
            return True
        key, noted = next(iter(row.cells)), _NOTE.match(texts[0]) is not None
        if len(texts) > 1:
            source = noted and find_reckoned(row.first) != TOTAL
            return source and len(texts) == 2 and not row.cells.keys() & _ADDRESS.keys()
        between = self.gemeenten and _BETWEEN.match(texts[0]) is not None
        if key == "naam" and self.register and self.register.find_name(texts[0]) is None:
            between = between or name_provincie(texts[0]) is not None
        no_code = key == "code" and not _FIGURE.search(texts[0])
        return key not in NAMING or len(texts[0]) > 60 or noted or between or no_code

    def _reckoned(self, row: Row) -> str | None:
        """Return what was reckoned in `row`; None if nothing, or if it may be sent somewhere."""
        naming = _naming(row)
        reckoned = find_reckoned(naming)
        if not reckoned or any(row.cells.get(key, naming) is not naming for key in _ADDRESS):
            return None
        others = [cell.text for cell in row.cells.values() if cell is not naming]
        maybe = any(map(_LETTER.search, others)) or (reckoned == TOTAL and not others)
        return None if maybe and not row.refused else reckoned

    def _postcode(self, place: Place, text: str) -> str:
        postcode = parse_postcode(text)
        if postcode is None:
            right = parse_postcode(text[:4].translate(_FIGURES_MEANT) + text[4:])
            bare = text.isdigit() and len(text) == 4
            key = "LRT620.letters" if bare else "LRT620.geen"
            self._tell("LRT620.cijfer" if right else key, place, text=text, right=right)
        return postcode or text

    def _identify(self, row: Row, texts: dict[str, str]) -> tuple[str | None, str | None]:
        """Return the code and name of the recipient, each completed from the other if it can be.

        A province is one by its code, by what its name says, or by its column.
        """
        text, naam = texts.get("code"), texts.get("naam")
        cell = row.cells.get(PROVINCIE) if self.of_provincies and not naam else None
        said = naam or (cell.text if cell else "")
        provincie = find_provincie(text or said)
        if cell is not None and not text:
            provincie = provincie or name_provincie(said)
            if provincie is None:
                self._tell("LRT661.geen", cell.place, text=said)
                return None, said
        if provincie is not None:
            self.provincies = True
            same = not said or provincie in {find_provincie(said), name_provincie(said)}
            return provincie, PROVINCIES[provincie] if same else said
        if not text:
            return self._find_name(row, naam, texts)
        named = self.register.find_name(naam) if naam and self.register else None
        code = parse_code(text) or parse_code(split_code(text)[0])
        if code is None:
            place = row.cells["code"].place
            if named is None:
                self._tell("LRT624.geen", place, text=text)
                return None, naam
            self._tell("LRT624.andere", place, text=text, right=named.code, name=named.naam)
            return named.code, naam
        gemeente = self.register.find(code) if self.register else None
        if gemeente is not None and (not naam or named == gemeente):
            naam = _official(naam or gemeente.naam, gemeente)
        return code, naam

    def _find_name(
        self, row: Row, naam: str | None, texts: dict[str, str]
    ) -> tuple[str | None, str | None]:
        """Return code and name of a recipient that came without a code."""
        if not naam or self.register is None or "code" in row.refused:
            return None, naam
        says = says_gemeente(naam)
        if not (self.gemeenten or says):
            return None, naam
        gemeente = self.register.find_name(naam)
        cell = row.cells["naam"]
        if gemeente is not None:
            if name_provincie(naam) and not says:
                self._tell_either(row, cell)
            return gemeente.code, _official(naam, gemeente)
        if not (self.counted or texts.keys() & {"organisatie", "land"}):
            self.provincies = self.provincies or name_provincie(naam) is not None
            known = explain_name(cell.place, naam, self.register)
            expected = guess_gemeente(naam, self.register)
            if known is not None:
                self.findings.add(known)
            elif expected or self.of_gemeenten:
                self._tell("LRT627.brief", cell.place, name=naam, expected=expected)
        return None, naam

    def _tell_either(self, row: Row, cell: Cell) -> None:
        """Report a name of a gemeente and a province, now or later, where there are provinces."""
        others = (one.text.casefold() for key, one in row.cells.items() if key != PROVINCIE)
        if any("provinci" in text or "gedeputeerde" in text for text in others):
            self._tell("LRT661.allebei", cell.place, name=cell.text)
        else:
            self.either.append(cell)

    def _own_value(self, column: OwnColumn, row: Row, place: Place) -> Value:
        """Return the value of a column of the list's own, typed here and nowhere else."""
        key = column.heading.key
        if self.counted and key in STAND and key in row.cells:
            column.see(row.cells[key])
            return self._count(key, row.cells[key])
        return column.read(row, place, self.table, self.findings)

    def _count(self, key: str, cell: Cell) -> Value:
        """Return a number of people as a value; an empty one, with a problem, if it is none."""
        try:
            return Value(cell.text, count_of(cell), cell.at)
        except FaultError as error:
            self.findings.add(refused(error, "LRT652", cell.place, text=cell.text, column=key))
            return Value("", None, cell.at)

    def _check_complete(self, row: Row, ontvanger: Ontvanger) -> None:
        """Report every part that is missing and was not told of already."""
        place = ontvanger.plaats_in_bestand
        named = "code" in row.refused or any(getattr(ontvanger, key) for key in NAMING)
        if self.people is not None:
            named = named or self.people.says_name(row)  # a surname that is missing was told
        if not named and (self.people or any(map(self.table.has, (*NAMING, PROVINCIE)))):
            # LRT604 tells the rest
            self._tell("LRT621", place, what="de naam")
        expected = [name for name in _ADDRESS if self.table.has(name) and name not in row.refused]
        if ontvanger.land and "postcode" in expected:
            expected.remove("postcode")
        missing = [name for name in expected if not getattr(ontvanger, name)]
        folded = {fold_name(name) for name in (ontvanger.naam, ontvanger.plaats) if name}
        if missing == ["postcode"] and folded & WITHOUT_POSTCODE:
            self._tell("LRT662.postcode", place)
            return
        whole = missing == [*_ADDRESS]
        for what in ["het hele adres"] if whole else map(_ADDRESS.__getitem__, missing):
            self._tell("LRT621", place, what=what)


def _naming(row: Row) -> Cell | None:
    """Return the cell that names the recipient in `row`, or else the first."""
    return next((row.cells[key] for key in NAMING if key in row.cells), row.first)


def _official(naam: str, gemeente: Gemeente) -> str:
    """Return `naam` as the register writes it, unless it is another name of `gemeente`."""
    bare = bare_name(split_code(naam)[1])
    in_use = fold_name(bare) in OTHER_NAMES and not (bare.islower() or bare.isupper())
    return bare if in_use else gemeente.naam


def _join_address(cell: Cell | None, texts: dict[str, str], heading: str) -> str | None:
    """Return street and number, or post box, on as many lines as were typed."""
    lines = [" ".join(line.split()) for line in cell.text.splitlines()] if cell else []
    number = " ".join(texts[name] for name in ("huisnummer", "toevoeging") if name in texts)
    if lines and number and lines[0].endswith(f" {number}"):
        number = ""  # it stands in both columns
    if lines and number:
        lines[0] = f"{lines[0]} {number}"
    elif lines and "postbus" in heading and lines[0].isdigit():
        lines[0] = f"Postbus {lines[0]}"
    lines.append(texts.get("adres_2", ""))
    return "\n".join(line for line in lines if line) or None
