"""One letter of a run: what it is called, what it is made of, and what becomes of it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Literal, cast

from lrtdocs import dutch, messages
from lrtdocs.errors import LrtdocsError
from lrtdocs.language import Taal
from lrtdocs.messages import FaultError
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.value import Value
from lrtdocs.run.folder.folder import digest_of
from lrtdocs.run.folder.manifest import MADE, Addressee

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lrtdocs.documents.words import Words
    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.ontvanger import Rij
    from lrtdocs.pdf import FinishedPdf
    from lrtdocs.run.folder.manifest import Basis, Entry
    from lrtdocs.word.web.page import WebPage


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to make: its number in the whole run (from 1), its key, its file and its words.

    `rijen` are all that go together in it, also those that are no row of the letter.
    """

    number: int
    key: str
    file: str
    words: Words
    place: Place
    rijen: Sequence[Rij] | None = None

    def failures(self, problems: Sequence[Problem]) -> list[Problem]:
        """Return the `problems` that keep this letter from being filled, with its name."""
        about = f"{self.file} ({self.place}): "
        return [replace(each, message=about + each.message) for each in problems]

    @property
    def choice(self) -> str:
        """What chooses this letter, and no other, behind --alleen."""
        return str(cast("Words", self.words["ontvanger"])["code"] or self.number)


@dataclass(slots=True)
class PendingLetter:
    """A letter on its way into the folder; each step adds what it made of it.

    `entry` is the line that the manifest has about it, `begun` that for while it comes into the
    folder, or None if none comes. `docx` are the bytes, or the problems that keep it from being
    filled; `shown` is what LibreOffice gets to see of it, where that is not all; `page` is its web
    page, where that was made with it; `pdf` is its PDF, or why there is
    none, or None as long as it is not made. `how` tells whether the letter is "made", or stays the
    "same" or as it was "edited" by hand: then only its PDF may be on its way. `keep` says that the
    old file is kept under another name, `reason` why a letter that was there is made again.
    """

    letter: Letter
    entry: Entry
    how: Literal["made", "same", "edited"] = "made"
    keep: bool = False
    reason: str = ""
    docx: bytes | list[Problem] = b""
    pdf: FinishedPdf | LrtdocsError | None = None
    begun: Entry | None = None
    page: WebPage | None = None
    shown: bytes = b""

    @property
    def made_pdf(self) -> FinishedPdf | None:
        """The PDF, if it was made."""
        return None if isinstance(self.pdf, LrtdocsError) else self.pdf

    def begin(self) -> None:
        """Make the line for while the letter comes into the folder, unless none comes."""
        if isinstance(self.docx, bytes):
            self.begun = replace(self.entry, docx=digest_of(self.docx))


_OF_NOBODY = {Taal.NL: "Geachte heer, mevrouw,", Taal.EN: "Dear Sir or Madam,"}
"""How a mail with a copy begins: the salutation in it is for whom the letter is."""


def addressee_of(words: Words, shared: Mapping[str, object]) -> Addressee:
    """Return whom the letter with these `words`, and those that all letters share, is for."""
    taal = str(words.get("taal") or shared.get("taal") or "")
    ontvanger, copy = cast("Words", words["ontvanger"]), cast("Words", words.get("afschrift") or {})
    return Addressee(
        str(copy.get("voor") or ontvanger.get("naam") or ""),
        str(words.get("onze_referentie") or ""),
        str(find_day(words.get("dagtekening") or shared.get("dagtekening")) or ""),
        tuple(map(str, cast("Sequence[object]", ontvanger.get("adresregels") or ()))),
        str((copy or ontvanger).get("email") or ""),
        str(words.get("betreft") or shared.get("betreft") or ""),
        _OF_NOBODY[Taal(taal or Taal.NL)] if copy else str(words.get("aanhef") or ""),
        taal if taal != Taal.NL else "",
    )


def find_day(value: object) -> date | None:
    """Return the day that `value` is or tells, or None."""
    if isinstance(value, date):
        return value
    with suppress(FaultError):
        return dutch.parse_date(value) if isinstance(value, str) else None
    return None


def digest_words(words: Mapping[str, object], size: int = 16) -> str:
    """Return a digest, of `size` bytes, of all that `words` hold."""
    rows = cast("Sequence[Words]", words.get("rijen", ()))
    cells = chain(words.values(), *(row.values() for row in rows))
    return _digest(_as_json(words), cells, size)


_as_json = json.JSONEncoder(default=repr, ensure_ascii=False).encode
"""Writes what words hold: a text at once, and all else by an encoder that is made for it."""


def _digest(text: str, cells: Iterable[object], size: int) -> str:
    """Return a digest of a `text`, and of what the values among its `cells` mean beside it."""
    text += "".join([cell.untold for cell in cells if isinstance(cell, Value)])
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def digest_each(words: Words) -> dict[str, str]:
    """Return a short digest of each of the `words` of a letter that is filled in."""
    return {
        name: _digest(f"{{{_as_json(name)}: {_as_json(value)}}}", (value,), 4)
        if isinstance(value, str)
        else digest_words({name: value}, 4)
        for name, value in words.items()
        # columns are words themselves, and so is what a text is filled with
        if name != "ontvanger" and not isinstance(value, Tekst) and not _is_nothing(value)
    }


def _is_nothing(value: object) -> bool:
    """Tell whether a word says nothing; a value that tells what it means is asked that alone."""
    return value.meaning is None if type(value) is Value else value in (None, "")


AS_TYPED = {"tekst_tot_slot": "tekst", "slotalinea": "tekst"}
"""Words of letters that are a part of what was typed under another key."""
_OF_VERSION = {"dagtekening", "vervangt"}
"""Words that a version has of its own, whatever it was made for."""


def find_change(
    letter: Letter, known: Entry, basis: Basis, bases: Mapping[str, Mapping[str, str]]
) -> str:
    """Return what of `letter`, made on that `basis`, is other than when it was made last time.

    `known` is the line about that, and `bases` what letters were made on the basis of.
    """
    if known.status != MADE:
        return ""
    changed = []
    if known.sjabloon != basis.basis:
        before = bases.get(known.sjabloon)
        changed = explain_change(before, basis.van) if before else ["programmaversie"]
    if known.gegevens != digest_words(letter.words) and known.woorden:
        other = explain_change(known.woorden, digest_each(letter.words))
        own = _OF_VERSION if letter.words.get("vervangt") and not known.vervangt else ()
        changed += [AS_TYPED.get(name, name) for name in other if name not in own]
        changed = list(dict.fromkeys(changed))
    return messages.text("deel.anders", words=dutch.join_words(changed)) if changed else ""


def explain_change(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the names of what is not in `now` as it was `before`."""
    return [name for name in {**before, **now} if before.get(name) != now.get(name)]
