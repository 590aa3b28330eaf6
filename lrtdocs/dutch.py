"""Dates, times, amounts and lists, read and written in Dutch; pure, the same on every machine.

Names, separators and patterns are those of the Dutch locale, never those of the machine. They are
written down here, and tests compare them with Babel, since loading that takes longer than filling a
hundred letters. Number words are ours: num2words writes "honderdéén" and "duizendeen" where the
official spelling has "honderdeen" and "duizend een".
House rules: "14 maart 2025", "10.00 uur", a point for thousands from five digits (8500, 13.000).

There is one grammar for reading, whichever door a text comes in by. What is refused is a
`FaultError` with a piece of the catalogue that says what is wrong and what to write instead.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from lrtdocs.messages import FaultError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TO_DUTCH = str.maketrans(",.", ".,")
DAYS = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
SHORT_DAYS = "ma|di|wo|do|vr|za|zo"
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_MONTH_BEGINS = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
_MONTH_BEGINS |= {"mrt": 3, "mar": 3, "may": 5, "oct": 10}
MONTH = "|".join([*MONTHS, *(name[:3] for name in MONTHS), "mrt", "sept"])
"""The months by name, whole or short; they begin so, and those of English too."""
_WEEKDAY = rf"(?:{DAYS}|{SHORT_DAYS})"
_D, _M, _Y = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_Y2 = r"(?P<year>\d{4}|\d\d)"
_BEGUN = rf"(?:e|de|ste)?[\s.,-]+(?P<month>{'|'.join(_MONTH_BEGINS)})[a-z]*[\s.,-]+'?"
_NO_DATE = r"(?:\D|\d{1,2}[:.]\d{2})*"
_DATE_FORMS = [
    (key, re.compile(form, re.ASCII | re.IGNORECASE))
    for key, form in (
        ("", rf"{_Y}-(?P<month>\d\d)-(?P<day>\d\d)"),
        ("", rf"{_D}-{_M}-{_Y}"),
        ("", rf"(?:{_WEEKDAY}\s+)?{_D}\s+(?P<month>{MONTH})\.?\s+{_Y}"),
        ("deel.dubbelzinnige_datum", rf"{_D}[-/.]{_M}[-/.]['’]?{_Y2}"),
        ("deel.andere_datumvorm", rf"(?:{_WEEKDAY}\s+)?{_D}\s+(?P<month>{MONTH})\.?\s+['’]?{_Y2}"),
        ("deel.andere_datumvorm", rf"{_Y}[-/.]{_M}[-/.]{_D}"),
        ("deel.andere_datumvorm", rf"{_Y}-?(?P<month>\d\d)-?(?P<day>\d\d)(?:[T ]\d.*)?"),
        ("deel.andere_datumvorm", rf"{_NO_DATE}(?<!\d){_D}{_BEGUN}{_Y2}(?!\d){_NO_DATE}"),
        ("deel.datum_zonder_jaar", rf"\d{{1,2}}\s+(?:{MONTH})\.?"),
        ("deel.geen_maand", rf"(?:{_WEEKDAY}\s+)?\d{{1,2}}\s+(?P<word>[a-z]+)\.?\s+\d{{4}}"),
        ("deel.geen_datum", r".*"),
    )
]
"""What a whole text is as a date: the first form that fits, and why it is refused, if it is."""
_WHOLE_FORMS = 6
"""So many of them are of dates alone."""
_BEGUN_DATE = re.compile(rf"(?:{_WEEKDAY}\s+)?\d{{1,4}}[-/.\s]", re.ASCII | re.IGNORECASE)
"""How these begin."""
_LOOSE_TIME = re.compile(
    r"(?<!\d)(\d{1,2})(?:\s*[.:;,uh]\s*(\d{2})(?::\d{2})?)?(?!\d)", re.ASCII | re.IGNORECASE
)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:\s*(?:uur|u\.?))?", re.ASCII | re.IGNORECASE)
_SPAN_SEPARATOR = re.compile(r"\s*[-\u2010-\u2015]\s*|\s+tot(?:\s+en\s+met)?\s+", re.IGNORECASE)
_MINUS = "\u2010\u2011\u2012\u2013\u2212"
_TO_MINUS = str.maketrans(dict.fromkeys(_MINUS, "-"))
_WHOLE = r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+"
_NUMBER = re.compile(
    rf"(?P<sign>-? ?)(?P<currency>(?:€|EUR) ?)?(?P<minus>-? ?)(?P<whole>{_WHOLE})"
    r"(?:,(?P<decimals>\d+)|\.(?P<after_point>\d+)|(?P<round>,(?:-{1,2}|=)))?"
    r"(?: ?(?P<behind>%|€|EUR))?",
    re.ASCII | re.IGNORECASE,
)
_COUNT = re.compile(rf"(?P<whole>{_WHOLE})(?:,(?P<decimals>0+))?", re.ASCII)
_DECIMALS = re.compile(rf"(?:{_WHOLE})[.,]\d+", re.ASCII)
_LONGEST_NUMBER = 30  # characters, its points included
_YES_NO = dict.fromkeys(("ja", "j", "waar", "true"), True)
_YES_NO |= dict.fromkeys(("nee", "n", "onwaar", "false"), False)


_DATE_INSIDE = (
    rf"(?ai)\b(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{4}}"
    rf"|\d{{1,2}}\s+(?:{MONTH})\.?\s+\d{{4}})\b"
)
_DAY_INSIDE = (
    rf"(?ai)(?<![\w-])(?:({DAYS}|ma|di|wo|do|vr|za)\.?\s+)?"
    rf"(?:(\d{{1,2}}\s+(?:{MONTH}))(?:\.?\s+(\d{{4}}))?"
    r"|(\d{1,2}-\d{1,2}-20\d\d|20\d\d-\d\d-\d\d))\b(?!-)"
)
_YEAR_INSIDE = rf"(?ai)\b(?:(?:{MONTH})\.? (\d{{4}})|(?:in|eind|begin|medio|jaar) (20\d\d))\b"
"""Slow to compile, and hardly ever asked."""


def looks_like_date(text: str) -> bool:
    """Tell whether `text` is meant as a date, right or wrong: figures, or a day, word and year."""
    text = _with_minus(text)
    begun = _BEGUN_DATE.match(text) is not None
    return begun and any(form.fullmatch(text) for _, form in _DATE_FORMS[:_WHOLE_FORMS])


def find_date(text: str) -> str:
    """Return the first date that stands in `text`, as it is written there, or ""."""
    match = re.search(_DATE_INSIDE, _clean(text))
    return match.group() if match else ""


def judge_dates(text: str, near: dt.date) -> Iterator[tuple[int, FaultError]]:
    """Yield where in `text` a date stands that cannot be, and why not.

    One without a year is that nearest to the day `near`, or within ten months of it, or in a year
    that `text` names. A year with the figures of that of `near`, in another order, is a slip.
    """
    named = re.findall(r"\b20\d\d\b", text, re.ASCII)
    for match in re.finditer(_DAY_INSIDE, text):
        weekday, day, year, figures = match.groups()
        if day and not (weekday or year) and int(day[:2]) > 31:
            continue  # "kamer 40 Jan"
        years = [int(year)] if year else [near.year, near.year - 1, near.year + 1]
        written = [figures] if figures else [f"{day} {each:04}" for each in years]
        refused: list[FaultError] = []
        for each in written:
            try:
                date = _check_weekday(parse_date(each), weekday or each)
            except FaultError as error:
                refused.append(error)
            else:
                close = len(written) == 1 or abs((date - near).days) < 300
                if close or str(date.year) in named:
                    break
        else:
            yield match.start(), refused[0]
    for match in re.finditer(_YEAR_INSIDE, text):
        year = match[1] or match[2]
        if abs(int(year) - near.year) > 10 and sorted(year) == sorted(str(near.year)):
            yield match.start(), FaultError("deel.ander_jaar", year=year, near=str(near.year))


def parse_date(text: str) -> dt.date:
    """Read a date as people type it; raise `FaultError`, which says in Dutch what to write.

    Read are `2025-03-19`, `19-3-2025` and `19 maart 2025`, with the day of the week or without. A
    year of two digits is refused, and so is `3/4/2025`: abroad that is the fourth of March.
    """
    text = _with_minus(text)
    fits = ((key, match) for key, form in _DATE_FORMS if (match := form.fullmatch(text)))
    key, match = next(fits)
    told = match.groupdict()
    if "day" not in told:
        raise FaultError(key, text=text, **told)
    date = _make_date(told["year"], told["month"][:3].lower(), told["day"], text)
    if key:
        raise FaultError(key, text=text, iso=date.isoformat(), full=format_date(date))
    return _check_weekday(date, text)


def _make_date(years: str, months: str, day: str, text: str) -> dt.date:
    """Return the date, or say which part of it does not exist."""
    year = int(years) + (2000 if len(years) == 2 else 0)
    month = _MONTH_BEGINS.get(months) or int(months)
    with suppress(ValueError):
        return dt.date(year, month, int(day))
    if year == 0:
        raise FaultError("deel.jaar_nul", text=text)
    if not 1 <= month <= 12:
        raise FaultError("deel.maand_bestaat_niet", text=text, month=month)
    _, days = monthrange(year, month)
    raise FaultError(
        "deel.dag_bestaat_niet", text=text, month=MONTHS[month - 1], year=year, days=days
    )


def _check_weekday(date: dt.date, text: str) -> dt.date:
    """Return `date`, unless `text` begins with the name of another day of the week."""
    days = DAYS.split("|")
    short = text.split(maxsplit=1)[0].lower()
    given = next((day for day in days if len(short) == 2 and day.startswith(short)), short)
    actual = days[date.weekday()]
    if given in days and given != actual:
        raise FaultError("deel.andere_weekdag", date=format_date(date), actual=actual, given=given)
    return date


def parse_time(text: str) -> dt.time:
    """Read a time: `10:00`, `10.00` or `10.00 uur`; raise `FaultError`."""
    text = _clean(text)
    match = _TIME.fullmatch(text)
    if match is None:
        raise FaultError("deel.geen_tijd", text=text)
    hour, minute = int(match[1]), int(match[2])
    if hour > 23:
        raise FaultError("deel.uur_bestaat_niet", text=text)
    if minute > 59:
        raise FaultError("deel.minuut_bestaat_niet", text=text)
    return dt.time(hour, minute)


def parse_timespan(text: str) -> tuple[dt.time, dt.time | None]:
    """Read a time or a span of time, as (start, end or None); raise `FaultError`."""
    text = _clean(text)
    parts = _SPAN_SEPARATOR.split(text)
    try:
        if len(parts) > 2 or not parts[-1]:
            raise FaultError("deel.geen_tijdvak", text=text)
        start = parse_time(parts[0].removeprefix("van "))
        if len(parts) == 1:
            return start, None
        end = parse_time(parts[1])
    except FaultError as error:
        if meant := _find_timespan(text):
            raise FaultError("deel.tijd_bedoeld", text=text, meant=meant) from error
        raise
    if end <= start and not is_overnight(start, end):
        raise FaultError("deel.einde_voor_begin", end=format_time(end), start=format_time(start))
    return start, end


def _find_timespan(text: str) -> str:
    """Return the time, or the span of time, that stands in `text` among words, or ""."""
    found = [] if re.search(r"half|kwart|over\b", text) else list(_LOOSE_TIME.finditer(text))
    if re.fullmatch(r"\d{4}", text):
        return _find_timespan(f"{text[:2]}:{text[2:]}")
    between = text[found[0].end() : found[1].start()] if len(found) == 2 else "-"
    times = [f"{int(match[1])}:{match[2] or '00'}" for match in found]
    fit = all(int(match[1]) < 24 and int(match[2] or 0) < 60 for match in found)
    span = re.search(rf"[-{_MINUS}]|tot|t/m", between)
    return "-".join(times) if fit and span and len(found) in (1, 2) else ""


def is_overnight(start: dt.time, end: dt.time) -> bool:
    """Tell whether a span is of an evening that ends after midnight."""
    return start.hour >= 17 and end.hour < 6


def parse_yes_no(text: str) -> bool | None:
    """Return whether `text` says yes or no, in Dutch or as Excel shows it; None if neither."""
    return _YES_NO.get(text.strip().casefold())


def _clean(text: str) -> str:
    """Return `text` with every run of white space as one space, and none around it."""
    return " ".join(text.split())


def _with_minus(text: str) -> str:
    """Return `text` cleaned, with one sign for every dash that may be a minus."""
    text = _clean(text)
    return text if text.isascii() else text.translate(_TO_MINUS)


def format_date(date: dt.date) -> str:
    """Write a date in full: 14 maart 2025."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def format_date_short(date: dt.date) -> str:
    """Write a date in figures: 14-3-2025."""
    return f"{date.day}-{date.month}-{date.year}"


def format_time(time: dt.time) -> str:
    """Write a time: 10.00 uur, 9.30 uur."""
    return f"{_clock(time)} uur"


def format_timespan(start: dt.time, end: dt.time | None = None) -> str:
    """Write a span of time: 10.00-11.30 uur; without `end` the time alone."""
    return format_time(start) if end is None else f"{_clock(start)}-{_clock(end)} uur"


def _clock(time: dt.time) -> str:
    return f"{time.hour}.{time.minute:02}"


def format_number(number: int | float | Decimal) -> str:
    """Write a number with a decimal comma, and points for thousands from five digits."""
    if isinstance(number, int):  # nearly all of them, and some ten in a letter
        return f"{number:,}".replace(",", ".") if abs(number) >= 10_000 else str(number)
    value = Decimal(str(number))
    text = f"{value:,f}" if abs(value) >= 10_000 else f"{value:f}"
    return text.translate(_TO_DUTCH)


def parse_decimal(text: str) -> int | Decimal:
    """Read any number: `-13.000`, `1204,00`, `12.5`, `€ 1.361.028,83`, `€ 5,-` or `23,8%`.

    A point before three figures is one between thousands, and `1204,00` is 1204. With a percent
    sign the number is what it stands for: `23,8%` is 0.238. Both are so in Excel as well. Raises
    `FaultError` for anything else.
    """
    match = _match_number(text)
    if match is None:
        raise FaultError("deel.geen_getal", text=text if len(text) <= 40 else f"{text[:40]}…")
    figures = re.sub(r"[. ]", "", match["whole"])
    fraction = match["decimals"] or match["after_point"]
    number = Decimal(f"{figures}.{fraction or 0}")
    if match["behind"] == "%":
        number = number.scaleb(-2)
    if match["sign"].strip() or match["minus"].strip():
        number = -number
    return int(number) if number == number.to_integral_value() else number.normalize()


def looks_like_number(text: str) -> bool:
    """Tell whether `parse_decimal` reads a number in `text`."""
    return _match_number(text) is not None


def _match_number(text: str) -> re.Match[str] | None:
    bare = _with_minus(text)
    match = _NUMBER.fullmatch(bare) if len(bare) <= _LONGEST_NUMBER else None
    return match if match and _is_one_number(match) else None


def _is_one_number(match: re.Match[str]) -> bool:
    """Tell whether the signs around a number go together: one minus, one currency or a percent."""
    signs = bool(match["sign"].strip()) + bool(match["minus"].strip())
    unit = bool(match["currency"]) + bool(match["behind"])
    thousands_twice = match["after_point"] is not None and not match["whole"].isdecimal()
    return signs < 2 and unit < 2 and not thousands_twice


def parse_number(text: str) -> int:
    """Read a whole number, not negative: `13000`, `13.000`, `13 000` or `1204,00`.

    Raises `FaultError` for other decimals than zeros, for a unit, and for `13,000` and `13.00`:
    both may be thirteen, or a number of thousands with its point in the wrong place.
    """
    text = _clean(text)
    if len(text) > _LONGEST_NUMBER:
        raise FaultError("deel.lang_getal", text=text[:20])
    match = _COUNT.fullmatch(text)
    if match is not None and len(match["decimals"] or "") != 3:
        return int(re.sub(r"[. ]", "", match["whole"]))
    if text[:1] in ("-", *_MINUS) and text[1:].strip().isdecimal():
        raise FaultError("deel.kleiner_dan_nul", text=text)
    if _DECIMALS.fullmatch(text):
        raise FaultError("deel.geen_heel_getal", text=text)
    raise FaultError("deel.geen_aantal", text=text)


def format_amount(amount: int | float | Decimal) -> str:
    """Write an amount in euros: € 25.451,73. The space does not break; half cents round up."""
    value = Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"€\u00a0{value:,.2f}".translate(_TO_DUTCH)


_TO_TWENTY = [
    "nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen",
    "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien",
    "achttien", "negentien",
]  # fmt: skip
_TENS = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]


def spell_number(number: int) -> str:
    """Write a whole number in words up to a hundred thousand; beyond that in figures."""
    if number < 0:
        return f"min {spell_number(-number)}"
    return _spell(number) if number < 100_000 else format_number(number)


def _spell(number: int) -> str:
    if number < 20:
        return _TO_TWENTY[number]
    if number < 100:
        ten, unit = divmod(number, 10)
        return (_TO_TWENTY[unit] + _and(unit) if unit else "") + _TENS[ten - 2]
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return _many(hundreds) + "honderd" + (_spell(rest) if rest else "")
    thousands, rest = divmod(number, 1000)
    return _many(thousands) + "duizend" + (f" {_spell(rest)}" if rest else "")


def _many(number: int) -> str:
    return "" if number == 1 else _spell(number)


def _and(unit: int) -> str:
    return "ën" if _TO_TWENTY[unit].endswith("e") else "en"


def join_words(words: Sequence[str]) -> str:
    """Join `words` into one phrase: "A, B en C"."""
    *others, last = map(str, words) if words else ("",)
    return f"{', '.join(others)} en {last}" if others else last


def format_yes_no(value: bool) -> str:
    """Write "ja" or "nee"."""
    return "ja" if value else "nee"


def group_runs(numbers: Iterable[int]) -> list[list[int]]:
    """Return `numbers` with those together that follow each other: [[1, 2, 3], [7]]."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def join_some(words: Sequence[object], most: int, number: int = 0) -> str:
    """Join the first `most` of `words`, and how many more there are: "A, B en nog 3".

    There are `number` of them, if not all are in `words`.
    """
    more = max(len(words), number) - most
    return join_words([*map(str, words[:most]), *([f"nog {more}"] if more > 0 else [])])
