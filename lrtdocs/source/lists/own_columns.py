"""The columns of a list that are words of its own: cells that are not what the others are.

What such a column is for, nobody told lrtdocs: it goes by what most of its cells are. Only who uses
the column minds how a cell is read, and only who does not may have meant it to say who gets no
letter. So both are told by whoever knows the template.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from enum import Enum, auto
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.findings import MAX_TOLD
from lrtdocs.messages import FaultError
from lrtdocs.model.value import Soort
from lrtdocs.source.lists.columns import says_nothing
from lrtdocs.source.sheet.formats import format_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.model.mailing import Kolomsoort
    from lrtdocs.source.sheet import Cell, Heading

_SHOWN = 8
_WAITING = 400


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
_WRITTEN = {
    _Form.CODE: re.compile(r"0[0-9]+"),
    _Form.ENGLISH: re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}"),
    _Form.COMMA: re.compile(r"[1-9][0-9]{0,2},[0-9]{3}"),
    _Form.THOUSANDS: re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}"),
    _Form.DECIMAL: re.compile(r"[0-9.]+,[0-9]+"),
    _Form.POINT: re.compile(r"[0-9]+\.[0-9]+"),
}
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
        self._waiting: list[Cell] = []
        self._cells: dict[_Form, list[Cell]] = defaultdict(list)
        self._counts: dict[_Form, int] = defaultdict(int)
        self._without: list[Cell] = []
        self._left_out = 0
        self._answers = 0
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
            self._left_out += 1
            self._without += [cell][: len(self._without) < _SHOWN]
        if nothing or answer is not None or cell.text == "0":
            return
        self._waiting.append(cell)
        if len(self._waiting) > _WAITING:
            self._weigh()

    def _weigh(self) -> None:
        """Find out how the cells are written; of most columns nobody asks."""
        for cell in self._waiting:
            form = _form(cell)
            self._counts[form] += 1
            if len(self._cells[form]) < _SHOWN:
                self._cells[form].append(cell)
        self._waiting.clear()

    def answers(self) -> Iterator[Problem]:
        """Yield the cells that say neither yes nor no, where most do: all of them were seen."""
        self._whole = True
        if self.soort is None and len(self._others) < self._answers:
            for cell in self._others:
                told = {"column": self.heading.text, "text": cell.text}
                yield messages.problem("LRT665", cell.place, None, **told)

    def ignored(self) -> Iterator[Problem]:
        """Yield that the column says who gets no letter, for a template that does not use it."""
        if self._without:
            yield self._tell("LRT668", self._without, self._left_out, {"n": self._left_out})

    def odd(self, *, printed: bool = False) -> Iterator[Problem]:
        """Yield the cells that are written, and so read, otherwise than most.

        Where the column is only `printed`, words such as nihil are what they are.
        """
        self._weigh()
        count = self._counts
        if printed:
            self._cells.pop(_Form.TEXT, None)
        if self.soort in {Soort.TEKST, Soort.JA_NEE}:
            return
        if self._codes or count[_Form.CODE]:
            if count[_Form.EXCEL_DATE] and (self._codes or count[_Form.CODE] > count[_Form.DATE]):
                yield self._tell_form("LRT667.code", _Form.EXCEL_DATE, {})
            return
        count[_Form.DATE] += count.pop(_Form.EXCEL_DATE, 0)
        self._cells[_Form.DATE] += self._cells.pop(_Form.EXCEL_DATE, [])
        for cell in self._cells[_Form.MONTH_FIRST][:1]:
            right = _MONTH_FIRST.sub(r"\2-\1-\3", cell.text)
            yield self._tell_form("LRT667.maand", _Form.MONTH_FIRST, {"right": right})
        numbers = sum(count[form] for form in _NUMBERS)
        texts = count[_Form.TEXT] + count[_Form.QUANTITY]
        if count[_Form.DATE] > max(1, numbers + texts):
            yield from self._among_dates()
            return
        if self.soort is None and numbers > max(1, texts + count[_Form.DATE]):
            yield from self._others_than("een getal", _Form.QUANTITY, "tekst")
            yield from self._others_than("een getal", _Form.DATE, "een datum")
            if numbers >= 3 * max(1, texts):
                yield from self._others_than("een getal", _Form.TEXT, "tekst")
        if numbers > 1:
            yield from self._among_numbers(numbers)

    def _among_dates(self) -> Iterator[Problem]:
        for form in _NUMBERS:
            if form is not _Form.SERIAL:
                yield from self._others_than("een datum", form, "een getal")
        for form in (_Form.QUANTITY, _Form.TEXT):
            if self._counts[_Form.DATE] >= 3 * self._counts[form]:
                yield from self._others_than("een datum", form, "tekst")
        for cell in self._cells[_Form.SERIAL][:1]:
            shown, _ = format_cell(int(cell.text), "d-m-yyyy")
            yield self._tell_form("LRT667.datum", _Form.SERIAL, {"date": shown})

    def _others_than(self, kind: str, form: _Form, read: str) -> Iterator[Problem]:
        example = "1200 of 12,50" if kind == "een getal" else "19-03-2025"
        if self._cells[form]:
            told = {"kind": kind, "read": read, "example": example}
            yield self._tell_form("LRT667.anders", form, {**told})

    def _among_numbers(self, numbers: int) -> Iterator[Problem]:
        count = self._counts
        for cell in self._cells[_Form.ENGLISH][:1]:
            right = cell.text.translate(str.maketrans(",.", ".,"))
            yield self._tell_form("LRT667.engels", _Form.ENGLISH, {"right": right})
        plain = count[_Form.WHOLE] + count[_Form.SERIAL] + count[_Form.THOUSANDS]
        for cell in self._cells[_Form.COMMA][:1]:
            decimals = self._cells[_Form.DECIMAL]
            if decimals:  # an amount has two decimals, and a measure any number
                doubt = all(_AMOUNT.search(each.text) for each in decimals)
            else:
                round_ = any(each.text.endswith("00") for each in self._cells[_Form.COMMA])
                doubt = bool(plain or count[_Form.ENGLISH] or round_)
            if doubt or "€" in cell.text:
                read = dutch.format_number(dutch.parse_decimal(cell.text))
                exact = f"{read}0" if _WRITTEN[_Form.COMMA].fullmatch(read) else read
                told = {"read": read, "exact": exact, "right": cell.text.replace(",", ".")}
                yield self._tell_form("LRT667.komma", _Form.COMMA, {**told})
        for cell in self._cells[_Form.THOUSANDS][:1]:
            if count[_Form.POINT] and not (count[_Form.DECIMAL] or count[_Form.COMMA]):
                bare, right = cell.text.replace(".", ""), cell.text.replace(".", ",")
                yield self._tell_form(
                    "LRT667.punt", _Form.THOUSANDS, {"read": bare, "right": right}
                )
        percents = count[_Form.PERCENT]
        if 0 < percents < numbers:
            few = 2 * percents <= numbers
            others = (form for form in _NUMBERS if form is not _Form.PERCENT)
            form = _Form.PERCENT if few else max(others, key=lambda one: count[one])
            said = "wel een" if few else "geen"
            yield self._tell_form("LRT667.procent", form, {"said": said})

    def _tell_form(self, key: str, form: _Form, more: dict[str, object]) -> Problem:
        return self._tell(key, self._cells[form], self._counts[form], more)

    def _tell(self, key: str, cells: list[Cell], number: int, more: dict[str, object]) -> Problem:
        spots = [cell.address or cell.place.within for cell in cells]
        told = {"column": self.heading.text, "text": cells[0].text, **more}
        named = dutch.join_some(spots, _SHOWN, number)
        return messages.problem(key, cells[0].place, None, cells=named, **told)


def _form(cell: Cell) -> _Form:
    """Return how `cell` is written; what Excel keeps as a number or a date is surely that."""
    value, text = cell.value, cell.text.lstrip("+")
    if isinstance(value, dt.date | dt.time):
        return _Form.EXCEL_DATE
    if text.endswith("%"):
        return _Form.PERCENT if value is not None or _is_number(text) else _Form.QUANTITY
    if value is None and (written := _SIGNS.sub("", text)):
        for form, pattern in _WRITTEN.items():
            if pattern.fullmatch(written):
                return form
    if value is not None or _is_number(text):
        return _Form.SERIAL if text.isdecimal() and int(text) in _SERIALS else _Form.WHOLE
    if dutch.looks_like_date(text):
        return _Form.MONTH_FIRST if _MONTH_FIRST.fullmatch(text) else _Form.DATE
    if not any(map(str.isdigit, text)):
        return _Form.TEXT
    if _CODE.fullmatch(text) and not _UNIT.search(text):
        return _Form.CODE
    return _Form.QUANTITY


def _is_number(text: str) -> bool:
    try:
        dutch.parse_decimal(text)
    except FaultError:
        return False
    return True
