"""The columns of lists and tables: the headings they are known by, and what their cells may say.

A supplied table and a list of recipients are read by the same rules: a number that Excel keeps
counts whatever is shown for it, and a dash or n.v.t. says that there is none.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from lrtdocs import dutch, messages
from lrtdocs.language import parse_taal
from lrtdocs.messages import FaultError
from lrtdocs.model.namen import judge_aanhef
from lrtdocs.model.ontvanger import (
    ADDRESS_PARTS,
    KOLOMMEN,
    NEDERLAND,
    OF_MAILING,
    parse_postcode,
)
from lrtdocs.model.taakstelling import LISTED, STAND, bound_aantal
from lrtdocs.model.typed import NOTHING as LEFT_BY_PROGRAMS
from lrtdocs.model.value import NOTHING
from lrtdocs.model.velden import split_emails
from lrtdocs.source.lists.countries import guess_land, name_land

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lrtdocs.errors import Place, Problem
    from lrtdocs.source.sheet import Cell, Row, Table


def heading_words(headings: Mapping[str, str]) -> dict[str, str]:
    """Return the name of a column by each heading: its own, or one of those after it."""
    return {
        word: name
        for name, others in headings.items()
        for word in filter(None, (name, *others.split(", ")))
    }


FIELDS = {kolom.name: kolom.headings for kolom in (*KOLOMMEN, *ADDRESS_PARTS)}
"""The columns that a recipient is made of, with their other headings."""
PROVINCIE = "provincie"
"""A column that names the recipients where no other does; else it is a word like any other."""
WORDS = {**heading_words(FIELDS), **{name: name for name in (PROVINCIE, *OF_MAILING)}}
COUNTED_WORDS = {**WORDS, **{name: name for name in STAND}}
"""The same, with the numbers of the letters."""
_MEANT = {
    **{name: name for name in (*STAND, *LISTED)},
    "realisatie": "gerealiseerd",
    "gehuisvest": "gerealiseerd",
    "inwoneraantal": "inwoners",
}
"""The number that a heading is about, by a word in it."""

_FILLER = re.compile(
    r"x+|X{2,}|[?…]+|\.{2,}|None|nan|(?i:null|n/?[ab]|<?(?:leeg|empty|blank)>?|unknown|geen"
    r"|(?:on)?waar|true|false|(?:p\.?m|n\.?[nbo]|n\.?t\.?b|t\.?b\.?d)\.?"
    r"|(?:nog )?(?:onbekend|volgt|in ?te ?vullen|invullen))"
)
"""What people and programs put where they have nothing to put."""
_LONGEST = 20  # characters of a filler, or of a date
_JUDGED = frozenset({"code", "postcode", "email", "aanhef", "uw_referentie", "taal"})
"""Columns in which that is told otherwise, or means something."""
_MADE_A_DATE = re.compile(
    r"(?:[0-9]{1,2}-)?(?:jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)-?(?:[0-9]{2,4})?",
    re.IGNORECASE,
)
"""12-3 as Excel writes it in CSV."""
_NO_PLACE = re.compile(r"\b[0-9]{4}\b|postbus|^[^A-Za-z]+$", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<![^\s,])[1-9][0-9]{3} ?[A-Z]{2}(?![\w-])")
_ATTENTION = re.compile(r"(?:t\.? ?a\.? ?v\b\.?|ter attentie van\b|attn?\b\.?):? *", re.IGNORECASE)


def without_nothing(row: Row) -> Row:
    """Return `row` without the cells of an address that say there is no such line."""
    nothing = [key for key, cell in row.cells.items() if key in FIELDS and says_nothing(cell)]
    if not nothing:
        return row
    return row._replace(cells={k: cell for k, cell in row.cells.items() if k not in nothing})


def texts_of(cells: Mapping[str, Cell]) -> dict[str, str]:
    """Return the texts of a recipient on one line each, but for the address, as they are printed.

    The Netherlands are no country here, any other has one name, and a letter says t.a.v. itself.
    """
    texts = {
        key: " ".join(cell.text.split())
        for key, cell in cells.items()
        if key in FIELDS and key != "adres"
    }
    if "ter_attentie_van" in texts:
        texts["ter_attentie_van"] = _ATTENTION.sub("", texts["ter_attentie_van"], count=1)
    if "taal" in texts:
        texts["taal"] = parse_taal(texts["taal"]) or ""
    land = texts.pop("land", "")
    if land.casefold() not in NEDERLAND:
        texts["land"] = name_land(land) or land
    return texts


def check_texts(
    cells: Mapping[str, Cell], texts: Mapping[str, str], headings: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield what cannot be meant in the `cells` of a recipient, under `headings`."""
    for key, cell in cells.items():
        if key in _JUDGED or len(cell.text) > _LONGEST:
            continue
        found = ""
        if key not in FIELDS:
            found = "LRT666" if cell.text in LEFT_BY_PROGRAMS else ""
        elif _is_date(cell):
            found = "LRT664.datum"
        elif _FILLER.fullmatch(cell.text) and (key != "toevoeging" or cell.text != "x"):
            found = "LRT666"
        if found:
            told = {"column": headings[key], "text": cell.text}
            yield messages.problem(found, cell.place, None, **told)
    twice = _POSTCODE.search(cells["adres"].text) if "adres" in cells else None
    if twice is not None and "postcode" in texts:
        yield messages.problem("LRT664.dubbel", cells["adres"].place, text=twice[0])
    yield from _check_town(cells, texts)
    if "email" in texts and not split_emails(cells["email"].text):
        yield messages.problem("LRT623", cells["email"].place, text=cells["email"].text)
    if texts.get("taal") == "":
        yield messages.problem("LRT669", cells["taal"].place, text=cells["taal"].text)
    aanhef = judge_aanhef(texts["aanhef"]) if "aanhef" in texts else None
    if aanhef is not None:
        yield messages.problem(aanhef, cells["aanhef"].place, None, text=texts["aanhef"])


def _check_town(cells: Mapping[str, Cell], texts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a place that is none; a country that is almost one, with a Dutch postcode or both."""
    land = texts.get("land", "")
    if not land:
        if _NO_PLACE.search(texts.get("plaats", "")):
            yield messages.problem("LRT664.plaats", cells["plaats"].place, text=texts["plaats"])
        return
    guess = "" if name_land(land) else guess_land(land)
    if guess:
        yield messages.problem("LRT672.land", cells["land"].place, text=land, guess=guess)
    if parse_postcode(texts.get("postcode", "")) is not None:
        cell = cells["postcode"]
        yield messages.problem("LRT672.postcode", cell.place, text=cell.text, land=land)


def _is_date(cell: Cell) -> bool:
    """Tell whether Excel has made a date of `cell`, or wrote one in CSV."""
    if cell.value is None:
        dashed = "-" in cell.text
        return dashed and bool(
            _MADE_A_DATE.fullmatch(cell.text) or dutch.looks_like_date(cell.text)
        )
    return isinstance(cell.value, dt.date | dt.time)


def count_of(cell: Cell) -> int | None:
    """Return the number of people in `cell`, or None if it says that there is none.

    Raises `FaultError` for anything else.
    """
    return None if says_nothing(cell) else bound_aantal(whole_of(cell))


def says_nothing(cell: Cell | None) -> bool:
    """Tell whether there is no number in `cell`: it is empty, or has a dash or n.v.t."""
    return cell is None or (cell.value is None and cell.text.lower() in NOTHING)


def whole_of(cell: Cell) -> int:
    """Return the whole number in `cell`, however it is shown; raise `FaultError`."""
    value = cell.value
    if isinstance(value, dt.date | dt.time):
        raise FaultError("deel.aantal_is_datum")
    if isinstance(value, Decimal):
        raise FaultError("deel.geen_heel_getal", text=dutch.format_number(value))
    return dutch.parse_number(cell.text if value is None else str(value))


def refused(error: FaultError, key: str, place: Place, **fields: object) -> Problem:
    """Return the problem `key` of a cell that does not mean what its column asks, by `error`."""
    told = {"reason": error.message, "remedy": error.remedy}
    return messages.problem(key, place, None, **told, **fields)


def check_counted(table: Table) -> Iterator[Problem]:
    """Yield a warning for each heading that has the word for a number in it, and more."""
    told = {problem.place for problem in table.opening if problem.code == "LRT603"}
    for heading in table.headings:
        meant = next((name for word, name in _MEANT.items() if word in heading.key), None)
        known = heading.key in FIELDS or heading.key in _MEANT.values()
        if meant and not known and heading.place not in told:
            usable = meant in STAND and not table.has(meant)
            key = "LRT637.bedoeld" if usable else "LRT637.bekend"
            yield messages.problem(key, heading.place, heading=heading.text, meant=meant)
