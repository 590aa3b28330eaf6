"""A value is what it says and what it means: the text a person sees, its meaning, and its place.

Made at the door, by every door: YAML, spreadsheet, CSV, or a filter that is handed a bare text. It
is a text, so that whatever prints, cuts or joins texts takes it as one. What decides (`if`,
comparing, arithmetic, filters) asks for the meaning. What refuses it names the place.

Numbers and dates are read when somebody asks, since most words are only printed.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from contextlib import suppress
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from lrtdocs import dutch
from lrtdocs.errors import Place
from lrtdocs.language import grammar
from lrtdocs.messages import FaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Number = int | Decimal
Meaning = str | int | Decimal | dt.date | dt.time | bool | None
"""What a text can mean; None is empty, and a text means nothing but itself."""
At = tuple[str, int | None, int | None, str | None]
"""A place as (file, line, column, cell): what it takes to make a `Place` when one is asked for."""


def at_of(place: Place) -> At:
    """Return `place` as a value keeps it."""
    return (place.file, place.line, place.column, place.cell)


def place_of(at: At) -> Place:
    """Return the place that a value keeps as `at`."""
    file, line, column, cell = at
    return Place(file, line, column, cell=cell)


_UNREAD: Any = ()
"""What no text means: the one tuple without anything in it, which is the same in every process."""
_Read = TypeVar("_Read")
_READABLE = (str, int, float, Decimal, dt.date, dt.time, type(None))
NOTHING = frozenset({"-", "–", "nvt", "n.v.t."})
"""What people write where there is no number."""
_FIGURE = re.compile("[0-9]")
FOREIGN = re.compile(r"[$£¥]|\b(?!EUR\b)[A-Z]{3}\b")
"""What an amount shows that is not in euros."""
_CODE = re.compile("0[0-9]+")  # a code, not a number


class Soort(StrEnum):
    """What the cells of a column mean, as a mailing may say it under `kolommen`."""

    TEKST = "tekst"
    GETAL = "getal"
    BEDRAG = "bedrag"
    DATUM = "datum"
    JA_NEE = "ja/nee"


_MEASURED = frozenset({Soort.GETAL, Soort.BEDRAG, Soort.DATUM})


def _compares(by: Callable[[Any, Any], object]) -> Callable[[Value, Any], bool]:
    """Return the method that compares two values as numbers, as dates, or else as texts."""
    return lambda self, other: bool(by(*self.pair(other)))


class Value(str):
    """One value: itself the text, `meaning` what it stands for, `place` where it stands.

    The meaning is given where the door knows it (a number in Excel, a column of which the mailing
    says what it is), and else read from the text. With a `yes_no` that is not true the words ja and
    nee are words like others: in a column with answers like "misschien". It is asked when the
    meaning is, since of a column that is known behind its last cell.
    """

    __slots__ = ("_at", "_meaning", "_yes_no")
    _at: At | None
    _meaning: Meaning
    _yes_no: object

    def __new__(
        cls,
        text: str,
        meaning: Meaning = _UNREAD,
        at: At | None = None,
        yes_no: object = True,
    ) -> Self:
        """Make a value of `text`."""
        self = str.__new__(cls, text)
        self._meaning, self._at, self._yes_no = meaning, at, yes_no
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a value go to another process, with its meaning as far as that is known."""
        return Value, (*self.pack(), bool(self._yes_no))

    def pack(self) -> tuple[str, Meaning, At | None]:
        """Return what the value is made of, without the column that it asks."""
        return str(self), self._meaning, self._at

    @property
    def place(self) -> Place | None:
        """Where the value stands, or None for one that was never in a file."""
        return None if self._at is None else place_of(self._at)

    @property
    def meaning(self) -> Meaning:
        """What the value stands for: a number, a date, yes or no, a text, or None if it is empty.

        A number that begins with more than one figure 0 is a code, and therefore a text.
        """
        if self._meaning is _UNREAD:
            self._meaning = _read_meaning(str(self), bool(self._yes_no))
        return self._meaning

    @property
    def untold(self) -> str:
        """What the value means that its text does not tell, as a text; "" if that is nothing."""
        if self._meaning is _UNREAD and (self._yes_no or dutch.parse_yes_no(self) is None):
            return ""
        known = self.meaning
        return "" if known == _read_meaning(str(self), True) else repr(known)

    @property
    def number(self) -> Number:
        """The number that the value is; raise `FaultError`, which knows the place, if it is none.

        Here a code such as 0014 is a number: whoever asks wants one.
        """
        known = self.meaning
        if isinstance(known, int | Decimal) and not isinstance(known, bool):
            return known
        return self._parse(dutch.parse_decimal, "getal")

    @property
    def quantity(self) -> Number:
        """The number as an amount or a count; raise `FaultError` for any other.

        A percentage is none, and neither is an amount in other money than euros.
        """
        if self.rstrip().endswith("%"):
            self.refuse(FaultError("deel.percentage", text=self.strip()[:40]))
        if FOREIGN.search(self):
            self.refuse(FaultError("deel.valuta", text=self.strip()[:40]))
        return self.number

    @property
    def date(self) -> dt.date:
        """The day that the value is; raise `FaultError`, which knows the place, if it is none."""
        known = self.meaning
        if isinstance(known, dt.datetime):
            return known.date()
        return known if isinstance(known, dt.date) else self._parse(dutch.parse_date, "datum")

    def as_soort(self, soort: Soort) -> Value:
        """Return the value as one of `soort`; raise `FaultError` if it cannot be that.

        A cell without text is empty, whatever its column is of, and so is one that says that there
        is no number or date.
        """
        nothing = soort in _MEASURED and self.strip().lower() in NOTHING
        if not self.strip() or (nothing and isinstance(self.meaning, str)):
            return Value(self, None, self._at)
        return Value(self, _READERS[soort](self), self._at)

    def _parse(self, parse: Callable[[str], _Read], needed: str) -> _Read:
        if not self.strip():
            self.refuse(FaultError("deel.lege_waarde", needed=needed))
        try:
            return parse(str(self))
        except FaultError as error:
            self.refuse(error)

    def refuse(self, error: FaultError) -> NoReturn:
        """Raise `error` with the place of the value."""
        error.place = self.place
        raise error

    # --- what a template does with a value

    def __bool__(self) -> bool:
        """Tell whether there is something: not empty, not no, and not the number 0."""
        known = self.meaning
        return known is not None and (isinstance(known, dt.time) or bool(known))

    def __hash__(self) -> int:
        """Hash as the text, which is what a value is looked up by."""
        return str.__hash__(self)

    def __eq__(self, other: object) -> bool:
        """Tell whether `other` is the same text, or means the same."""
        if isinstance(other, str) and str.__eq__(self, other):
            return True
        if not isinstance(other, _READABLE):
            return NotImplemented
        mine, others = _comparable(self.meaning), _comparable(_meaning_of(other))
        return type(mine) is type(others) and mine == others

    def __ne__(self, other: object) -> bool:
        """Tell whether `other` means something else."""
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    __lt__, __le__ = _compares(operator.lt), _compares(operator.le)
    __gt__, __ge__ = _compares(operator.gt), _compares(operator.ge)

    def pair(self, other: Any) -> tuple[Any, Any]:
        """Return both sides of a comparison as what they can be compared by."""
        mine, others = _comparable(self.meaning), _comparable(_meaning_of(other))
        if isinstance(others, Decimal):
            return Decimal(self.number), others
        if isinstance(others, dt.date):
            return self.date, others
        if isinstance(other, str) and isinstance(mine, Decimal | dt.date):
            other = other if isinstance(other, Value) else Value(other)
            return mine, Decimal(other.number) if isinstance(mine, Decimal) else other.date
        return str(self), other


class PartedValue(Value):
    """A value of which a template may also ask the `parts`, each by its name."""

    __slots__ = ("parts",)
    parts: Mapping[str, object]

    @classmethod
    def of(cls, text: str, meaning: Meaning, parts: Mapping[str, object]) -> Self:
        """Return the value with this text, meaning and parts."""
        self = cls(text, meaning)
        self.parts = parts
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a value go to another process, with its parts."""
        return type(self).of, (str(self), self.meaning, dict(self.parts))


class Withheld(Value):
    """A value that was left out: its text is the mark in its place, and nothing tells what it was.

    It is printed as that mark, whatever the filter. Who asks more than whether there is anything
    (`if`, comparing, reckoning) is refused: the answer would be that of another value. `word` is
    the column; with `asked` false nor can it be told whether it is yes or no, or more than 0.
    """

    __slots__ = ("_asked", "word")
    word: str
    _asked: bool

    @classmethod
    def of(cls, mark: str, value: str, word: str = "") -> Self:
        """Return what stands in the place of `value`, of the column `word`."""
        self = cls(mark, mark, getattr(value, "_at", None))
        self.word = word
        known = value.meaning if isinstance(value, Value) else value
        self._asked = isinstance(known, str | dt.date | dt.time)
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Let what is left out go to another process."""
        return type(self).again, (str(self), self._at, self.word, self._asked)

    @classmethod
    def again(cls, mark: str, at: At | None, word: str, asked: bool) -> Self:
        """Return the value in another process, which never had what it stood for."""
        self = cls(mark, mark, at)
        self.word, self._asked = word, asked
        return self

    @property
    def meaning(self) -> Meaning:
        """Refuse to tell what the value stood for."""
        self.refuse(FaultError("deel.weggelaten_waarde", word=self.word))

    @property
    def untold(self) -> str:
        """Nothing: the mark is all that is told."""
        return ""

    @property
    def number(self) -> Number:
        """Refuse to tell the number."""
        self.refuse(FaultError("deel.weggelaten_waarde", word=self.word))

    @property
    def date(self) -> dt.date:
        """Refuse to tell the day."""
        self.refuse(FaultError("deel.weggelaten_waarde", word=self.word))

    def __bool__(self) -> bool:
        """Tell that there is something, where that does not tell what it is."""
        return self._asked or bool(self.meaning)

    def __hash__(self) -> int:
        """Hash as the text."""
        return str.__hash__(self)

    def __eq__(self, other: object) -> bool:
        """Tell that it is not nothing, and that a mark is a mark; nothing else is told."""
        if other is None or other == "":
            return False
        same = isinstance(other, str) and str.__eq__(self, str(other))
        return same or bool(self.meaning)

    def __ne__(self, other: object) -> bool:
        """Tell whether it is something else."""
        return not self.__eq__(other)

    def upper(self) -> str:
        """Return the mark, which is none in other letters."""
        return str(self)

    lower = capitalize = title = swapcase = casefold = upper


@lru_cache(maxsize=4096)
def _read_meaning(text: str, yes_no: bool) -> Meaning:
    """Return what `text` means by itself."""
    bare = text.strip()
    if not bare:
        return None
    answer = dutch.parse_yes_no(bare) if yes_no else None
    if answer is not None:
        return answer
    if _FIGURE.search(bare) and not _CODE.fullmatch(bare):
        for parse in (dutch.parse_decimal, dutch.parse_date):
            with suppress(FaultError):
                return parse(bare)
    return text


def _meaning_of(value: object) -> object:
    """Return what `value` means: of a bare text, what it would mean as a value."""
    if isinstance(value, Value):
        return value.meaning
    return _read_meaning(value, True) if isinstance(value, str) else value


def _comparable(meaning: object) -> object:
    """Return `meaning` with all numbers as one type, a fraction by the figures it is shown with."""
    if isinstance(meaning, float):
        return Decimal(repr(meaning))
    if isinstance(meaning, int) and not isinstance(meaning, bool):
        return Decimal(meaning)
    return meaning.date() if isinstance(meaning, dt.datetime) else meaning


def _read_yes_no(value: Value) -> bool:
    answer = {"1": True, "0": False}.get(value.strip(), dutch.parse_yes_no(value))
    if answer is None:
        value.refuse(FaultError("deel.geen_ja_of_nee", text=str(value)))
    return answer


_READERS: Mapping[Soort, Callable[[Value], Meaning]] = {
    Soort.TEKST: str,
    Soort.GETAL: lambda value: value.number,
    Soort.BEDRAG: lambda value: value.quantity,
    Soort.DATUM: lambda value: value.date,
    Soort.JA_NEE: _read_yes_no,
}


# --- how values are printed: by a filter, in a template or behind a word in a text


def text_of(value: object) -> str:
    """Return what is printed of `value` without a filter; nothing for None."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return grammar().format_yes_no(value)
    if isinstance(value, dt.date):
        return grammar().format_date(value)
    return grammar().format_time(value) if isinstance(value, dt.time) else str(value)


def _marks_stay(write: Callable[[object], str]) -> Callable[[object], str]:
    """Let a filter print what is left out as its mark."""

    @wraps(write)
    def written(value: object) -> str:
        return str(value) if isinstance(value, Withheld) else write(value)

    return written


@_marks_stay
def datum(value: object) -> str:
    """Print a date in full: 14 maart 2025."""
    date = _day_of(value)
    return grammar().format_date(date) if date else ""


@_marks_stay
def datum_kort(value: object) -> str:
    """Print a date in figures: 14-3-2025."""
    date = _day_of(value)
    return grammar().format_date_short(date) if date else ""


def _day_of(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = text_of(value)
    if isinstance(text, Value):
        return text.date if text.strip() else None
    return dutch.parse_date(text) if text else None


@_marks_stay
def tijd(value: object) -> str:
    """Print a time or a span of time: 10.00 uur, 10.00-11.30 uur."""
    if isinstance(value, dt.datetime):
        value = value.time()
    if isinstance(value, dt.time):
        return grammar().format_time(value)
    if isinstance(value, tuple) and value and isinstance(value[0], dt.time):
        return grammar().format_timespan(*value[:2])
    text = text_of(value)
    if not isinstance(value, str):
        return text
    return grammar().format_timespan(*dutch.parse_timespan(text)) if text else ""


@_marks_stay
def getal(value: object) -> str:
    """Print a number: 8500, 13.000."""
    number = _number_of(value)
    return "" if number is None else grammar().format_number(number)


@_marks_stay
def bedrag(value: object) -> str:
    """Print an amount: € 25.451,73."""
    number = _number_of(value)
    return "" if number is None else grammar().format_amount(number)


@_marks_stay
def telwoord(value: object) -> str:
    """Print a whole number in words: twee."""
    number = _number_of(value)
    if number is None:
        return ""
    if number != int(number):
        raise FaultError("LRT311.heel_getal", text=text_of(value)[:40])
    return grammar().spell_number(int(number))


@_marks_stay
def hoofdletters(value: object) -> str:
    """Print a text in capitals."""
    return text_of(value).upper()


def _number_of(value: object) -> Number | None:
    if isinstance(value, float):
        return _bounded(Decimal(repr(value)), value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _bounded(value, value)
    text = text_of(value)
    if not text.strip():
        return None
    return _bounded((text if isinstance(text, Value) else Value(text)).quantity, value)


def _bounded(number: Number, value: object) -> Number:
    """Return `number`, that `value` is; refuse one that no paper prints."""
    if Decimal(number).is_finite() and -(10**18) < number < 10**18:
        return number
    raise FaultError("LRT311.getal", text=text_of(value)[:40])


_FILTERS = (datum, datum_kort, tijd, getal, bedrag, telwoord, hoofdletters)
FILTERS: dict[str, Callable[[object], str]] = {made.__name__: made for made in _FILTERS}
