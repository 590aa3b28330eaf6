"""The columns of a list that are words of its own: cells that are not what the others are.

What such a column is for, nobody told lrtdocs: it goes by what most of its cells are. Only who uses
the column minds how a cell is read, and only who does not may have meant it to say who gets no
letter. So both are told by whoever knows the template.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.findings import MAX_TOLD
from lrtdocs.messages import FaultError
from lrtdocs.model.value import FOREIGN, Soort, Value, at_of
from lrtdocs.source.lists.columns import refused, says_nothing
from lrtdocs.source.lists.totals import NO_SUM
from lrtdocs.source.sheet.formats import format_cell

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from lrtdocs.errors import Place, Problem
    from lrtdocs.findings import Findings
    from lrtdocs.model.mailing import Kolomsoort
    from lrtdocs.source.sheet import Cell, Heading, Row, Table

_SHOWN = 8
_PHONES = frozenset({"telefoon", "telefoonnummer", "tel", "tel_nr", "mobiel", "telnr", "fax"})


class _Form(Enum):
    """How a cell is written, as far as that tells what was meant by it."""

    WHOLE = auto()
    DECIMAL = auto()
    POINT = auto()
    """With a point for decimals, as in 12.50."""
    THOUSANDS = auto()
    """1.200, which is 1.2 for who writes English."""
    COMMA = auto()
    """1,200, which is 1200 for who writes English."""
    ENGLISH = auto()
    PERCENT = auto()
    SERIAL = auto()
    """A whole number that may be a day: Excel counts them."""
    DATE = auto()
    EXCEL_DATE = auto()
    """A date to Excel, be it that it made one of 12-3."""
    MONTH_FIRST = auto()
    """03/19/2025, as an American writes it."""
    QUANTITY = auto()
    """A text with figures: 1,2 mln."""
    TEXT = auto()
    CODE = auto()


_NUMBERS = [form for form in _Form if form.value < _Form.DATE.value]
_COMMA = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_WRITTEN = re.compile(
    r"(?P<CODE>0[0-9]+)"
    r"|(?P<ENGLISH>[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,})"
    rf"|(?P<COMMA>{_COMMA.pattern})"
    r"|(?P<THOUSANDS>[1-9][0-9]{0,2}\.[0-9]{3})"
    r"|(?P<DECIMAL>[0-9.]+,[0-9]+)"
    r"|(?P<POINT>[0-9]+\.[0-9]+)"
)
"""Forms of a number, by their names: the first that fits counts."""
_SIGNS = re.compile(r"^[-€ ]+|EUR ?|[ €]+$")
_AMOUNT = re.compile(r",[0-9]{2}\b")
_UNIT = re.compile(r"[0-9] ?(?:mln|miljoen|mld|miljard|mio|duizend|[km])\b", re.IGNORECASE)
_CODE = re.compile(
    r"[^\W\d_]{1,3}[-/. ]?[0-9].*|[0-9]+(?:[-/. ]?[^\W\d_]\b|[-/][0-9]|\.[0-9]{1,2}\.).*"
)
_MONTH_FIRST = re.compile(r"([01]?[0-9])[-/](1[3-9]|2[0-9]|3[01])[-/]([0-9]{4}|[0-9]{2})")
_SERIALS = range(30_000, 60_000)  # 1982 to 2064
_OF_CODES = re.compile(
    r"(?:^|_)(?:code|\w*nummer|\w*nr|id|\w*jaar|telefoon|tel|mobiel|fax|\w*kenmerk|dossier|zaak|kvk|bsn"
    r"|iban|rekening|postcode|versie|artikel|lid|paragraaf|schaal|klasse|huisnr|perceel|kamer|gebouw|lokaal)(?:_|$)"
)
_NO_LETTER = (
    r"(?:niet (?:meer )?(?:(?:ver)?sturen|verzenden|aanschrijven|mailen|benaderen|meenemen|meedoen)"
    r"|geen (?:brief|post)|afgemeld|uitgeschreven|vervalle?n?|vervalt|uitgezonderd|uitgesloten"
    r"|overgeslagen|overslaan|geannuleerd|ingetrokken|geschrapt|overleden|opgeheven|geblokkeerd"
    r"|opt-?out|weglaten|inactief|niet actief|reeds verzonden|al verzonden)"
)
_SAID = re.compile(rf"{_NO_LETTER}(?=$|[ .,;:!(])", re.IGNORECASE)
_HEADED = re.compile(_NO_LETTER, re.IGNORECASE)
_SENT = re.compile(
    r"(?:(?:ver)?sturen|(?:ver)?zenden|aanschrijven|meenemen|meedoen|mailen|brief(?: sturen)?"
    r"|krijgt brief|(?:brief )?ontvangt|selectie|actief|versturen j ?n|doet mee)\??",
    re.IGNORECASE,
)


@dataclass(eq=False, slots=True)
class _Cells:
    """Cells of which the same is told: how many, and the first of them."""

    count: int = 0
    first: list[Cell] = field(default_factory=list)

    def add(self, cell: Cell) -> None:
        """Take in one more `cell`."""
        self.count += 1
        if self.count <= _SHOWN:
            self.first.append(cell)


class OwnColumn:
    """One column with its `heading`, and what the mailing says of it; true if it says yes or no.

    It learns from the first reading of the list, and not from those after its end.
    """

    def __init__(self, heading: Heading, kind: Kolomsoort | None) -> None:
        self.heading = heading
        self.soort = kind.soort if kind else None
        self.needed = kind is not None and kind.verplicht
        words = heading.key.replace("_", " ")
        self._out = _HEADED.fullmatch(words) is not None
        self._asks = _SENT.fullmatch(words) is not None
        self._codes = _OF_CODES.search(heading.key) is not None and "datum" not in heading.key
        self._cells: dict[_Form, _Cells] = defaultdict(_Cells)
        self._without = _Cells()
        self._answers = self._zeros = 0
        self._others: list[Cell] = []
        self._whole = False

    def __bool__(self) -> bool:
        return not self._others

    def see(self, cell: Cell) -> None:
        """Take in the next cell with something in it."""
        if self._whole:
            return
        answer = dutch.parse_yes_no(cell.text)
        if answer is not None:
            self._answers += 1
        elif len(self._others) <= MAX_TOLD:
            self._others.append(cell)
        nothing = says_nothing(cell)
        no = answer is False or cell.text == "0"
        if self._out:
            without = not (no or nothing)
        elif self._asks:
            without = no
        else:
            without = answer is None and _SAID.match(cell.text) is not None
        if without:
            self._without.add(cell)
        self._zeros += cell.text == "0"
        if nothing or answer is not None or cell.text == "0":
            return
        form = _form(cell)
        self._cells[form].add(cell)
        if form is _Form.EXCEL_DATE:
            self._cells[_Form.DATE].add(cell)

    def read(self, row: Row, place: Place, table: Table, findings: Findings) -> Value:
        """Return the value of the column in the `row` of `table` at `place`, and see it."""
        key, text = self.heading.key, self.heading.text
        cell = row.cells.get(key)
        if cell is None:
            at = table.place_in(place, key)
            if self.needed and key not in row.refused:
                findings.add(messages.problem("LRT656", at, None, column=text))
            return Value("", None, at_of(at))
        self.see(cell)
        value = cell.as_value(yes_no=self)
        if self.soort is not None:
            value = _of_kind(cell, value, text, self.soort, findings)
            if self.needed and value.meaning is None:
                findings.add(messages.problem("LRT656", cell.place, None, column=text))
            return value
        if key in _PHONES and isinstance(cell.value, int) and len(value) == 9 and value.isdigit():
            findings.add(messages.problem("LRT622", cell.place, None, text=cell.text))
            return Value(f"0{value}", at=cell.at)
        return value

    @property
    def adds_up(self) -> Soort | None:
        """Whether the column holds amounts or numbers, of which a sum says something.

        The mailing says so, or most of its cells are numbers. An amount shows its euros.
        """
        if self.soort is not None:
            return self.soort if self.soort in {Soort.GETAL, Soort.BEDRAG} else None
        numbers = self._count(*_NUMBERS) + self._zeros
        others = self._count(_Form.TEXT, _Form.QUANTITY, _Form.DATE)
        codes = self._codes or self._count(_Form.CODE, _Form.PERCENT)
        if codes or numbers <= others or NO_SUM.search(self.heading.text):
            return None
        shown = [cell.text for form in _NUMBERS for cell in self._cells[form].first]
        if any(map(FOREIGN.search, shown)):
            return None
        euros = any("€" in text for text in shown)
        return Soort.BEDRAG if euros or "bedrag" in self.heading.key else Soort.GETAL

    def answers(self) -> Iterator[Problem]:
        """Yield the cells that say neither yes nor no, where most do: all of them were seen."""
        self._whole = True
        if self.soort is None and len(self._others) < self._answers:
            for cell in self._others:
                told = {"column": self.heading.text, "text": cell.text}
                yield messages.problem("LRT665", cell.place, None, **told)

    def ignored(self) -> Iterator[Problem]:
        """Yield that the column says who gets no letter, for a template that does not use it."""
        if self._without.count:
            yield self._tell(self._without, "LRT668", n=self._without.count)

    def odd(self, *, printed: bool = False) -> Iterator[Problem]:
        """Yield the cells that are written, and so read, otherwise than most.

        Where the column is only `printed`, words such as nihil are what they are.
        """
        if self.soort in {Soort.TEKST, Soort.JA_NEE}:
            return
        made, codes, dates = map(self._count, (_Form.EXCEL_DATE, _Form.CODE, _Form.DATE))
        if self._codes or codes:
            if made and (self._codes or codes > dates - made):
                yield self._tell(_Form.EXCEL_DATE, "LRT667.code")
            return
        if text := self._text(_Form.MONTH_FIRST):
            right = _MONTH_FIRST.sub(r"\2-\1-\3", text)
            yield self._tell(_Form.MONTH_FIRST, "LRT667.maand", right=right)
        numbers, texts = self._count(*_NUMBERS), self._count(_Form.TEXT, _Form.QUANTITY)
        words: list[_Form] = [] if printed else [_Form.TEXT]
        if dates > max(1, numbers + texts):
            words = [form for form in (_Form.QUANTITY, *words) if dates >= 3 * self._count(form)]
            plain = [form for form in _NUMBERS if form is not _Form.SERIAL]
            yield from self._others_than("een datum", "19-03-2025", *plain, *words)
            if text := self._text(_Form.SERIAL):
                shown, _ = format_cell(int(text), "d-m-yyyy")
                yield self._tell(_Form.SERIAL, "LRT667.datum", date=shown)
            return
        if self.soort is None and numbers > max(1, texts + dates):
            words = words if numbers >= 3 * max(1, texts) else []
            others = (_Form.QUANTITY, _Form.DATE, *words)
            yield from self._others_than("een getal", "1200 of 12,50", *others)
        if numbers > 1:
            yield from self._among_numbers(numbers)

    def _others_than(self, kind: str, example: str, *forms: _Form) -> Iterator[Problem]:
        for form in forms:
            read = "een datum" if form is _Form.DATE else "tekst"
            read = "een getal" if form in _NUMBERS else read
            if self._count(form):
                told = {"kind": kind, "read": read, "example": example}
                yield self._tell(form, "LRT667.anders", **told)

    def _among_numbers(self, numbers: int) -> Iterator[Problem]:
        if text := self._text(_Form.ENGLISH):
            right = text.translate(str.maketrans(",.", ".,"))
            yield self._tell(_Form.ENGLISH, "LRT667.engels", right=right)
        text = self._text(_Form.COMMA)
        if text and ("€" in text or self._may_be_thousands()):
            read = dutch.format_number(dutch.parse_decimal(text))
            exact = f"{read}0" if _COMMA.fullmatch(read) else read
            told = {"read": read, "exact": exact, "right": text.replace(",", ".")}
            yield self._tell(_Form.COMMA, "LRT667.komma", **told)
        text, decimals = self._text(_Form.THOUSANDS), self._count(_Form.DECIMAL, _Form.COMMA)
        if text and self._count(_Form.POINT) and not decimals:
            told = {"read": text.replace(".", ""), "right": text.replace(".", ",")}
            yield self._tell(_Form.THOUSANDS, "LRT667.punt", **told)
        percents = self._count(_Form.PERCENT)
        if 0 < percents < numbers:
            few = 2 * percents <= numbers
            others = (form for form in _NUMBERS if form is not _Form.PERCENT)
            form = _Form.PERCENT if few else max(others, key=self._count)
            yield self._tell(form, "LRT667.procent", said="wel een" if few else "geen")

    def _may_be_thousands(self) -> bool:
        """Tell whether a comma before three figures may be one for thousands."""
        if decimals := self._cells[_Form.DECIMAL].first:
            # an amount has two decimals, and a measure any number
            return all(_AMOUNT.search(cell.text) for cell in decimals)
        if self._count(_Form.WHOLE, _Form.SERIAL, _Form.THOUSANDS, _Form.ENGLISH):
            return True
        return any(cell.text.endswith("00") for cell in self._cells[_Form.COMMA].first)

    def _count(self, *forms: _Form) -> int:
        return sum(self._cells[form].count for form in forms)

    def _text(self, form: _Form) -> str:
        """Return the text of the first cell of that `form`, or ""."""
        return next((cell.text for cell in self._cells[form].first), "")

    def _tell(self, those: _Form | _Cells, key: str, **more: object) -> Problem:
        cells = self._cells[those] if isinstance(those, _Form) else those
        spots = [cell.address or cell.place.within for cell in cells.first]
        told = {"column": self.heading.text, "text": cells.first[0].text, **more}
        named = dutch.join_some(spots, _SHOWN, cells.count)
        return messages.problem(key, cells.first[0].place, None, cells=named, **told)


def odd_cells(
    own: Iterable[OwnColumn], used: Container[str], meant: Container[str]
) -> Iterator[Problem]:
    """Yield what is odd in the columns `own`, of which those `used` are words of the letters."""
    for column in own:
        word = column.heading.word
        odd = column.odd(printed=word not in meant)
        yield from odd if word in used else column.ignored()


def _of_kind(cell: Cell, value: Value, column: str, soort: Soort, findings: Findings) -> Value:
    """Return `value` as what its `column` is said to be; a problem if it cannot be that."""
    try:
        return value.as_soort(soort)
    except FaultError as error:
        told = {"text": cell.text, "column": column, "kind": str(soort)}
        findings.add(refused(error, "LRT655", cell.place, **told))
        return value


def _form(cell: Cell) -> _Form:
    """Return how `cell` is written; what Excel keeps as a number or a date is surely that."""
    value, text = cell.value, cell.text.lstrip("+")
    if value is None:
        return _form_of_text(text)
    if isinstance(value, dt.date | dt.time):
        return _Form.EXCEL_DATE
    return _Form.PERCENT if text.endswith("%") else _form_of_whole(text)


def _form_of_text(text: str) -> _Form:
    if text.endswith("%"):
        return _Form.PERCENT if dutch.looks_like_number(text) else _Form.QUANTITY
    if not any(map(str.isdigit, text)):
        return _Form.TEXT
    if text[0] in "Ee" or not text[0].isalpha():  # no number begins with a letter, but for EUR
        if written := _WRITTEN.fullmatch(_SIGNS.sub("", text)):
            return _Form[str(written.lastgroup)]
        if dutch.looks_like_number(text):
            return _form_of_whole(text)
    if dutch.looks_like_date(text):
        return _Form.MONTH_FIRST if _MONTH_FIRST.fullmatch(text) else _Form.DATE
    if _CODE.fullmatch(text) and not _UNIT.search(text):
        return _Form.CODE
    return _Form.QUANTITY


def _form_of_whole(text: str) -> _Form:
    return _Form.SERIAL if text.isdecimal() and int(text) in _SERIALS else _Form.WHOLE
