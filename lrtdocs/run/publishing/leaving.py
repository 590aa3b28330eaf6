"""Leaving words out of lines and texts, and remembering what, where and on which ground."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from lrtdocs.model.openbaar.blok import Mens, Openbaar, OpenbaarTabel
from lrtdocs.model.openbaar.gronden import mark_of
from lrtdocs.model.openbaar.marks import pieces_of
from lrtdocs.model.openbaar.mensen import (
    find_named,
    is_body,
    kind_of_person,
    names_worth_seeking,
    person_in,
)
from lrtdocs.model.openbaar.omission import Omission
from lrtdocs.model.openbaar.woorden import Seeker, Spot, fold
from lrtdocs.model.tekst import (
    Afbeelding,
    Alinea,
    Citaat,
    Lijst,
    Tabel,
    Tekst,
    Tekstdeel,
    Voetnoot,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lrtdocs.errors import Place
    from lrtdocs.model.openbaar.keuze import Keuze
    from lrtdocs.model.tekst import Block, Inline
    from lrtdocs.model.vergadering import Loc

_OBJECT = "\ufffc"
_OFFICIAL = "5.1.2e"
_BETWEEN = str.maketrans("-_.+", "    ")


class Known(NamedTuple):
    """Somebody of whom it was decided: the names, and the ground, "" for who is shown."""

    names: tuple[str, ...]
    grond: str


class Leaving:
    """Leaves out of the values of one file what its `block` and the `table` say.

    `at` tells where a value stands, from its way and a line and column in it. `what` tells in Dutch
    what a value is.
    """

    def __init__(
        self,
        table: OpenbaarTabel,
        block: Openbaar,
        at: Callable[[Loc, int, int], Place],
        what: Callable[[Loc], str],
    ) -> None:
        self.table, self.block, self._at, self._what = table, block, at, what
        self._allowed = {fold(each) for each in block.toelaten}
        self.words = Seeker(block.weglaten)
        self._known: dict[str, str] = {}
        self._names = Seeker({})
        self.omissions: list[Omission] = []

    # --- what is known beforehand

    def learn(self, known: Iterable[Known], literal: dict[str, str]) -> None:
        """Take in who is left out or shown, and words that are left out wherever they stand.

        Names of people only count where people are named; `literal` counts in any text.
        """
        self.words = Seeker({**literal, **self.block.weglaten})
        for one in known:
            for name in one.names:
                if one.grond or fold(name) not in self._known:
                    self._known.setdefault(fold(name), one.grond)
        left = {name: one.grond for one in known if one.grond for name in one.names}
        self._names = Seeker(left)

    def ground_of_person(self, text: str, said: Keuze | None = None, office: str = "") -> str:
        """Return the ground on which who is called `text` is left out, "" for who is shown.

        The `office` of somebody goes before what stands behind the name.
        """
        naam, rol, organisatie, aanhef = person_in(text)
        ground = self.table.ground_of(kind_of_person(naam, office or rol, organisatie, aanhef))
        if said is not None and said.gezegd:
            sure = ground or self.table.weglaten.get(Mens.AMBTENAAR, _OFFICIAL)
            return "" if said.ja else said.grond or sure
        names = names_worth_seeking(naam, aanhef)
        if any(fold(name) in self._allowed for name in (*names, text)):
            return ""
        for name in names:
            if fold(name) in self._known:
                return self._known[fold(name)]
        return "" if is_body(naam) and not aanhef else ground

    def allows(self, text: str) -> bool:
        """Tell whether `text` was seen, and may stay."""
        return fold(text) in self._allowed

    def name(self, loc: Loc) -> str:
        """Return in Dutch what stands at `loc`."""
        return self._what(loc)

    # --- remembering

    def omit(
        self, loc: Loc, grond: str, *texts: str, what: str = "", at: Place | None = None
    ) -> str:
        """Remember that `texts`, at `loc`, were left out; return the mark in their place."""
        place = at or self._at(loc, 0, 0)
        told = tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
        reason = self.block.reden or ""
        self.omissions.append(Omission(place, what or self._what(loc), grond, told, reason, loc))
        return mark_of(grond)

    # --- lines

    def line(self, text: str, loc: Loc, *, at: Place | None = None) -> str:
        """Return the line `text` without what is marked in it, or to be left out anywhere.

        It stands at `loc`, or `at` a place.
        """
        marked, begin = list[Spot](), 0
        for piece in pieces_of(text):
            if piece.grond:
                marked.append(Spot(begin, begin + len(piece.tekst), piece.grond))
            begin += len(piece.tekst)
        return self._without(text, _together(marked, self.words.find(text)), loc, at)

    def _without(
        self,
        text: str,
        spots: Sequence[Spot],
        loc: Loc,
        at: Place | None,
        *,
        people: bool = False,
    ) -> str:
        """Return `text` with a mark at each of `spots`, where words stand, or `people`."""
        plain, done = "", 0
        for spot in spots:
            words = text[spot.begin : spot.end]
            more = _ways_to_name(words) if people else ()
            plain += text[done : spot.begin] + self.omit(loc, spot.grond, words, *more, at=at)
            done = spot.end
        return plain + text[done:]

    def names(self, text: str, loc: Loc, *, at: Place | None = None) -> str:
        """Return the line `text` without the people in it that are not shown."""
        text = self.line(text, loc, at=at)
        spots = []
        for named in find_named(text):
            behind = text[named.end :]
            inside = behind[: behind.find(")") + 1] if behind.lstrip().startswith("(") else ""
            ground = self.ground_of_person(named.text + inside)
            if ground:
                spots.append(Spot(named.begin, named.end, ground))
        found = _together(spots, self._names.find(text))
        return self._without(text, found, loc, at, people=True)

    def person(self, text: str, loc: Loc) -> str:
        """Return `text`, somebody or an organisation, without the name if that is to go."""
        shown = self.names(text, loc)
        if shown != text or not (ground := self.ground_of_person(text)):
            return shown
        naam, _, _, aanhef = person_in(text)
        begin = text.find(naam)
        start = min(begin, text.find(aanhef)) if aanhef else begin
        mark = self.omit(loc, ground, *names_worth_seeking(naam, aanhef))
        return text[:start] + mark + text[begin + len(naam) :]

    # --- texts

    def tekst(self, tekst: Tekst, loc: Loc) -> Tekst:
        """Return `tekst` without what is marked in it, or to be left out anywhere."""
        blocks = tuple(self._block(block, loc) for block in tekst.blocks)
        return Tekst("\n".join(map(str, blocks)), blocks, place=tekst.place)

    def _block(self, block: Block, loc: Loc) -> Block:
        if isinstance(block, Alinea):
            return replace(block, inhoud=self._inlines(block.inhoud, loc))
        if isinstance(block, Citaat):
            return Citaat(
                tuple(replace(one, inhoud=self._inlines(one.inhoud, loc)) for one in block.alineas)
            )
        if isinstance(block, Lijst):
            items = tuple(tuple(self._block(part, loc) for part in item) for item in block.items)
            return replace(block, items=items)
        if isinstance(block, Tabel):
            head, *rows = (
                tuple(self._inlines(cell, loc) for cell in row) for row in (block.kop, *block.rijen)
            )
            return replace(block, kop=head, rijen=tuple(rows))
        return self._picture(block, loc)

    def _picture(self, block: Afbeelding, loc: Loc) -> Block:
        at = self._at(loc, block.line, block.column)
        if block.weglaten:
            texts = (block.beschrijving, *(str(block).splitlines()[1:]))
            what = f"afbeelding in {self._what(loc)}"
            return Alinea(
                (Tekstdeel(self.omit(loc, block.weglaten.grond, *texts, what=what, at=at)),)
            )
        return replace(
            block,
            beschrijving=self.line(block.beschrijving, loc),
            onderschrift=self._inlines(block.onderschrift, loc),
        )

    def _inlines(self, parts: Sequence[Inline], loc: Loc) -> tuple[Inline, ...]:
        """Return `parts` with a mark in the place of each piece that is left out."""
        flat = "".join(part.tekst if isinstance(part, Tekstdeel) else _sign(part) for part in parts)
        spots = _together(_marked(parts), self.words.find(flat))
        found: list[Inline] = []
        links = {link for link in map(_link, parts) if link and find_in_address(link, self.words)}
        at, waiting = 0, list(spots)
        for part in parts:
            begin, size = at, len(part.tekst) if isinstance(part, Tekstdeel) else 1
            at += size
            done = begin
            while waiting and waiting[0].begin < at:
                spot = waiting[0]
                if spot.begin >= begin:
                    found += self._kept(part, done - begin, spot.begin - begin, loc)
                    found.append(self._mark(parts, flat, spot, part, loc))
                if part_link := _link(part):
                    links.add(part_link)
                done = min(spot.end, at)
                if spot.end > at:
                    break
                waiting.pop(0)
            found += self._kept(part, done - begin, size, loc)
        gone = {link for link in links if link}
        for link in gone:
            self.omit(loc, _first_ground(spots, self.words, link), unquote(link).partition(":")[2],
                      what=f"adres van een koppeling in {self._what(loc)}")  # fmt: skip
        return tuple(
            replace(part, link=None) if isinstance(part, Tekstdeel) and part.link in gone else part
            for part in found
        )

    def _kept(self, part: Inline, begin: int, end: int, loc: Loc) -> list[Inline]:
        if begin >= end:
            return []
        if isinstance(part, Voetnoot):
            return [Voetnoot(self._inlines(part.inhoud, loc))]
        if isinstance(part, Tekstdeel):
            return [replace(part, tekst=part.tekst[begin:end], weglaten=None)]
        return [replace(part, weglaten=None)]

    def _mark(
        self, parts: Sequence[Inline], flat: str, spot: Spot, part: Inline, loc: Loc
    ) -> Tekstdeel:
        words = flat[spot.begin : spot.end].replace("\n", " ")
        at, notes, typed = 0, list[str](), None
        for each in parts:
            size = len(each.tekst) if isinstance(each, Tekstdeel) else 1
            if at < spot.end and spot.begin < at + size:
                typed = typed or each.weglaten
                notes += [str(Alinea(each.inhoud))] if isinstance(each, Voetnoot) else []
            at += size
        place = self._at(loc, typed.line, typed.column) if typed else None
        mark = self.omit(loc, spot.grond, words.replace(_OBJECT, ""), *notes, at=place)
        form = (part.vet, part.cursief) if isinstance(part, Tekstdeel) else ()
        return Tekstdeel(mark, *form)


def _ways_to_name(text: str) -> tuple[str, ...]:
    """Return the ways in which who is called `text`, in the short form, may stand in a text."""
    naam, _, _, aanhef = person_in(text)
    return names_worth_seeking(naam, aanhef)


def _sign(part: Inline) -> str:
    return _OBJECT if isinstance(part, Voetnoot) else "\n"


def _link(part: Inline) -> str:
    return (part.link or "") if isinstance(part, Tekstdeel) else ""


def _marked(parts: Sequence[Inline]) -> list[Spot]:
    """Return what is marked in `parts`; neighbours with one ground are one."""
    found, at = list[Spot](), 0
    for part in parts:
        size = len(part.tekst) if isinstance(part, Tekstdeel) else 1
        if part.weglaten:
            spot = Spot(at, at + size, part.weglaten.grond)
            last = found[-1] if found else None
            if last and last.end == at and last.grond == spot.grond:
                found[-1] = last._replace(end=spot.end)
            else:
                found.append(spot)
        at += size
    return found


def _together(marked: Iterable[Spot], sought: Iterable[Spot]) -> list[Spot]:
    """Return all spots in order; of two that overlap one is made, with the ground of the first."""
    found = list[Spot]()
    for spot in sorted([*marked, *sought]):
        if found and spot.begin < found[-1].end:
            found[-1] = found[-1]._replace(end=max(spot.end, found[-1].end))
        else:
            found.append(spot)
    return found


def _first_ground(spots: Sequence[Spot], words: Seeker, link: str) -> str:
    return next(iter([*find_in_address(link, words), *spots])).grond


def find_in_address(link: str, words: Seeker) -> list[Spot]:
    """Return where `words` stand in an address, which has other signs than spaces between them."""
    plain = unquote(link)
    return words.find(plain) or words.find(plain.translate(_BETWEEN))
