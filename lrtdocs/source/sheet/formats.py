"""What Excel shows for a number: the format of its cell applied, in the Dutch way.

Understood are the formats people make in Excel: zeros (0000), thousands, decimals, percent,
currency, text around the figures, dates and times. What is rarer (fractions, conditions) shows the
plain number.
Source: ECMA-376 part 1, 18.8.30 (numFmt) and 18.17.4 (dates).
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from itertools import takewhile

from lrtdocs import dutch

GENERAL = "General"
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "d-m-yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "d-m-yyyy h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    **dict.fromkeys([*range(27, 37), *range(50, 59)], "d-m-yyyy"),
}
"""The formats that a workbook names by number alone; all others are General or stand in it."""

_LITERAL = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE
)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
_ODD_FIGURES = re.compile(r"[/@]|E[+-]|[a-z]{2,}|,(?=$|[^0#?])|\..*\.", re.IGNORECASE)
_Mark = tuple[str, bool]
_FIFTEEN = Context(prec=15)
_WIDE = Context(prec=1000)
_FIRST_DAY = dt.date(1899, 12, 30)
_DAYS_1904 = 1462
_LAST_SERIAL = 2_958_465  # 31-12-9999


def parse_number(text: str) -> int | Decimal | None:
    """Return the number in the XML of a cell, in the 15 figures that Excel keeps; None if none."""
    try:
        number = Decimal(text)
        if not number.is_finite() or abs(number.adjusted()) > 400:
            return None
        if number == number.to_integral_value():
            return int(number)
        return _FIFTEEN.plus(number).normalize()
    except (InvalidOperation, ValueError):
        return None


def format_cell(
    number: int | Decimal, code: str, *, since_1904: bool = False
) -> tuple[str, int | Decimal | dt.date | dt.time]:
    """Return the text that a cell with `number` and the format `code` shows, and its value."""
    kind = _date_kind(code)
    if kind == "elapsed":
        return _elapsed(number), number
    if kind:
        moment = _as_moment(number, kind, since_1904=since_1904)
        if moment is not None:
            said = _format_moment(moment)
            return said if "u" in code.lower() else said.removesuffix(" uur"), moment
    return _format_number(number, code), number


# --- dates


@lru_cache(maxsize=1000)
def _date_kind(code: str) -> str:
    """Return "date", "time", "both", "elapsed" or "" for a format of numbers."""
    section = _SECTION.match(code)
    bare = _LITERAL.sub("", section[1] if section else code).lower()
    if _ELAPSED.search(bare):
        return "elapsed"
    if bare in {"", "general", "standaard", "@"} or re.search(r"[0#?]", bare.replace(".0", "")):
        return ""
    day, hour = re.search("[dyj]", bare), re.search("[hsu]", bare)
    if not day and not hour:
        return "date" if "m" in bare else ""
    return "both" if day and hour else "date" if day else "time"


def _as_moment(
    number: int | Decimal, kind: str, *, since_1904: bool
) -> dt.date | dt.datetime | dt.time | None:
    """Return the moment of a serial number: days since 1900, with the 29-2-1900 that Excel adds."""
    days = int(number) + (_DAYS_1904 if since_1904 else 0)
    seconds = round((Decimal(number) - int(number)) * 86_400)
    if not 0 <= days <= _LAST_SERIAL or number < 0:
        return None
    if kind == "time" or (days == 0 and seconds):
        return (dt.datetime.combine(_FIRST_DAY, dt.time()) + dt.timedelta(seconds=seconds)).time()
    date = _FIRST_DAY + dt.timedelta(days=days + (1 if 0 < days < 60 and not since_1904 else 0))
    if kind == "both" and seconds:
        return dt.datetime.combine(date, dt.time()) + dt.timedelta(seconds=seconds)
    return date


def _format_moment(moment: dt.date | dt.datetime | dt.time) -> str:
    if isinstance(moment, dt.time):
        return dutch.format_time(moment)
    if isinstance(moment, dt.datetime):
        return f"{dutch.format_date(moment)} {dutch.format_time(moment.time())}"
    return dutch.format_date(moment)


def _elapsed(number: int | Decimal) -> str:
    minutes = round(Decimal(number) * 1440)
    return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02}"


def parse_iso(text: str) -> tuple[str, dt.date | dt.time | None]:
    """Return the text and value of a cell that holds its date as ISO 8601 text."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text, None
    exact = moment if moment.time() != dt.time() else moment.date()
    return _format_moment(exact), exact


# --- numbers


def _format_number(number: int | Decimal, code: str) -> str:
    sections = [match[1] for match in _SECTION.finditer(code)] or [code]
    sections = sections[:-1] if len(sections) > 1 and not sections[-1] else sections
    index = 1 if number < 0 and len(sections) > 1 else 0
    index = 2 if number == 0 and len(sections) > 2 else index
    shown = _fill(sections[index], abs(Decimal(number)))
    if shown is None:
        return plain_number(number)
    return f"-{shown}" if number < 0 and index == 0 else shown


def plain_number(number: int | Decimal) -> str:
    """Return a number as Excel shows it without a format, with a decimal comma."""
    return f"{number:f}".replace(".", ",") if isinstance(number, Decimal) else str(number)


def _fill(section: str, number: Decimal) -> str | None:
    """Return `number` (not negative) in the places of `section`; None if that is not understood."""
    marks = _read_marks(section)
    figures = "".join(mark for mark, literal in marks if not literal)
    percent, figures = figures.count("%"), figures.replace("%", "")
    if _ODD_FIGURES.search(figures) or not section.strip():
        return None
    places = [index for index, mark in enumerate(marks) if _is_place(mark)]
    if marks and not places:
        return "".join(mark for mark, _ in marks)
    fraction = figures.partition(".")[2]
    decimals, optional = len(re.sub(r"[^0#?]", "", fraction)), fraction.count("#")
    number = number.scaleb(2 * percent)
    number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    whole, _, rest = f"{number:f}".partition(".")
    rest = rest[: decimals - optional] + rest[decimals - optional :].rstrip("0")
    point = (".", False)
    end = marks.index(point) if point in marks else places[-1] + 1 if places else 0
    after = "".join(m for m, literal in marks[end:] if literal or m not in "0#?.,")
    grouped = re.search(r"[0#?],[0#?]", figures) is not None
    return _fill_whole(whole, marks[:end], grouped) + (f",{rest}" if rest else "") + after


def _read_marks(section: str) -> list[_Mark]:
    """Return each character that `section` shows or fills, and whether it is literal text."""
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        text = match[1] or match[2] or match[3] or ""
        literals.extend(text)
        return "\ue000" * len(text)

    bare = _LITERAL.sub(keep, section)
    rest = iter(literals)
    return [(next(rest), True) if mark == "\ue000" else (mark, False) for mark in bare]


def _fill_whole(digits: str, marks: list[_Mark], grouped: bool) -> str:
    """Return the whole figures, set into the places from the right, as Excel does."""
    places = [mark for mark, _ in filter(_is_place, marks)]
    zeros = places.count("0")
    if digits == "0" and not zeros:
        digits = ""
    elif grouped:
        digits = f"{int(digits):,}".replace(",", ".")
    left = list(digits.rjust(zeros, "0"))
    if grouped or not places:
        prefix = takewhile(lambda mark: not _is_place(mark), marks)
        return "".join([*(mark for mark, _ in prefix), *left])
    out: list[str] = []
    first = len(places)
    for mark in reversed(marks):
        if not _is_place(mark):
            out.append(mark[0])
            continue
        first -= 1
        if not first:  # the leftmost place takes all figures that are left
            out.append("".join(left))
        elif left:
            out.append(left.pop())
    return "".join(reversed(out))


def _is_place(mark: _Mark) -> bool:
    """Tell whether `mark`, of which it is known if it is literal, stands for a figure."""
    return not mark[1] and mark[0] in "0#?"
