"""The people of a list whose names stand in parts: which columns those are, and who it makes.

A list is one of people by its column of surnames; without it a name is what stands in one cell, and
is never taken apart. What is sure is mended in silence (initials without full stops, a prefix that
stands in two columns, "Berg, van den"); what is not is told at its cell.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.model.geadresseerde.persoon import (
    UNKNOWN,
    Adel,
    Geslacht,
    Naamgebruik,
    Persoon,
    find_adel,
    find_geslacht,
    find_naamgebruik,
    initials_of,
    mend_initials,
    mend_titles,
)
from lrtdocs.model.namen import fold_letters, says_sex
from lrtdocs.model.ontvanger import NAAMDELEN
from lrtdocs.source.lists.columns import heading_words, says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lrtdocs.errors import Problem
    from lrtdocs.findings import Findings
    from lrtdocs.source.sheet import Cell, Heading, Row, Table

SURNAME = "achternaam"
_NEAR = 0.8
_WORDS = {
    word.replace("_", ""): name
    for word, name in heading_words({part.name: part.headings for part in NAAMDELEN}).items()
}
"""The part that a column holds, by its heading as it is compared."""
_OF_NAMES = ("voorletters", "voornamen", "voorvoegsel")
"""Parts that say nothing without a surname."""
LOOSE = ("voorletters", "voorvoegsel")
"""Those that are a part of the whole name as people write it in one cell."""
_SPACE = re.compile(r"\s+")
_SIR = re.compile(
    r"(?:de )?(?:heer|dhr|hr|mijnheer|meneer|mevrouw|mevr|mw|mej(?:uffrouw)?)\b\.?\s*",
    re.IGNORECASE,
)
_PREFIXES = re.compile(
    r"(?:(?:van|de[nr]?|het|'[tns]|te[nr]?|in|op|aan|onder|over|uit|voor|bij|tot|l[ae]s?|el|al|von"
    r"|zu[mr]?|d[aiou]|dos|des|du|d'|l'|ben|bin)(?: |$))+",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"\b[^\W\d_]\.")


def find_name_columns(table: Table) -> dict[str, Heading]:
    """Return the columns of `table` that hold parts of a name, by the part."""
    found: dict[str, Heading] = {}
    for heading in table.headings:
        part = _WORDS.get(heading.key.replace("_", ""))
        if part is not None:
            found.setdefault(part, heading)
    return found


def check_name_columns(table: Table) -> Iterator[Problem]:
    """Yield the headings of a list of people that are almost one of a part of a name.

    Of two columns for one part the second is told.
    """
    columns = find_name_columns(table)
    missing = [word for word, part in _WORDS.items() if part not in columns]
    for heading in table.headings:
        key = heading.key.replace("_", "")
        part = _WORDS.get(key)
        if part is not None and columns[part] != heading:
            told = {"heading": heading.text, "text": columns[part].text, "field": part}
            other = columns[part].place.within
            yield messages.problem("LRT602.betekenis", heading.place, None, **told, other=other)
        near = get_close_matches(key, missing, n=1, cutoff=_NEAR)
        if part is None and near:
            word = _WORDS[near[0]].replace("_", " ")
            yield messages.problem("LRT603", heading.place, heading=heading.text, word=word)


class People:
    """Makes persons of the rows of one table, in one reading of it."""

    def __init__(self, columns: Mapping[str, Heading], findings: Findings) -> None:
        self.keys = {part: heading.key for part, heading in columns.items()}
        self.headings = {part: heading.text for part, heading in columns.items()}
        self.findings = findings

    def make(self, row: Row) -> Persoon | None:
        """Return the person in `row`, or None; parts of a name without a surname are told."""
        cells = {
            part: row.cells[key]
            for part, key in self.keys.items()
            if key in row.cells and not says_nothing(row.cells[key])
        }
        said = self._sir_of_aanhef(row)
        if said is not None:
            cells.setdefault("aanspreekvorm", said)
        texts = {part: _SPACE.sub(" ", cell.text).strip() for part, cell in cells.items()}
        if texts.get(SURNAME, UNKNOWN) == UNKNOWN and self._uses_own(cells, texts):
            self._check_unnamed(row, cells)
            return None
        titles, sirs, nobility = self._titles(cells, texts)
        adel = self._adel("adellijke_titel", cells, texts) or nobility
        geslacht = self._geslacht(cells, texts, sirs)
        prefix, surname = self._surname("voorvoegsel", SURNAME, cells, texts)
        prefix_partner, partner = self._surname(
            "voorvoegsel_partner", "achternaam_partner", cells, texts
        )
        persoon = Persoon(
            achternaam=surname,
            geslacht=geslacht,
            voorletters=self._initials(cells, texts),
            voorvoegsel=prefix,
            titel_voor=titles,
            titel_achter=self._mended("titel_achter", cells, texts),
            adel=adel,
            achternaam_partner=partner,
            voorvoegsel_partner=prefix_partner,
            adel_partner=self._adel("adellijke_titel_partner", cells, texts),
            naamgebruik=self._naamgebruik(cells, texts),
            aanspreekvorm=self._aanspreekvorm(texts),
        )
        self._check_sure(persoon, cells)
        return persoon

    def check_bare(self, row: Row, persoon: Persoon) -> None:
        """Report a salutation of nothing but a surname: "Geachte Jansen,"."""
        cell, sex = self.place_of(row), persoon.geslacht
        if cell and sex is Geslacht.ONBEKEND and not (persoon.voorletters or persoon.adel):
            self._tell("LRT670.kaal", cell, text=cell.text, aanhef=persoon.aanhef)

    def without_sir(self, row: Row) -> Row:
        """Return `row` without a salutation that is only "de heer": it says the sex."""
        if self._sir_of_aanhef(row) is None or self.place_of(row) is None:
            return row
        return row._replace(cells={k: cell for k, cell in row.cells.items() if k != "aanhef"})

    def _sir_of_aanhef(self, row: Row) -> Cell | None:
        """Return the cell of a salutation that says no more than heer or mevrouw."""
        cell = row.cells.get("aanhef")
        return cell if cell and find_geslacht(cell.text) is not None else None

    def check_aanhef(self, row: Row, persoon: Persoon, aanhef: str) -> bool:
        """Report a salutation with heer or mevrouw, of somebody whose row says it is not known."""
        cell = row.cells.get(self.keys.get("geslacht", ""))
        known = persoon.geslacht is not Geslacht.ONBEKEND
        if cell is None or known or not says_sex(aanhef):
            return False
        told = {"said": cell.text, "right": persoon.aanhef}
        self._tell("LRT670.aanhef", row.cells["aanhef"], text=aanhef, **told)
        return True

    def says_name(self, row: Row) -> bool:
        """Tell whether `row` has a part of a name, be it no surname."""
        return any(self.keys.get(part) in row.cells for part in (*_OF_NAMES, SURNAME))

    def place_of(self, row: Row) -> Cell | None:
        """Return the cell that names the person in `row`."""
        return row.cells.get(self.keys[SURNAME])

    def _tell(self, key: str, cell: Cell, **fields: object) -> None:
        self.findings.add(messages.problem(key, cell.place, None, **fields))

    def _uses_own(self, cells: Mapping[str, Cell], texts: Mapping[str, str]) -> bool:
        """Tell whether the own surname is asked for: all but a partner's name alone."""
        usage = find_naamgebruik(texts.get("naamgebruik", ""))
        return not (usage is Naamgebruik.PARTNER and "achternaam_partner" in cells)

    def _check_unnamed(self, row: Row, cells: Mapping[str, Cell]) -> None:
        """Report a row that has parts of a name and no surname."""
        given = [cells[part] for part in _OF_NAMES if part in cells]
        if given and self.keys[SURNAME] not in row.refused:
            column = self.headings[SURNAME]
            self._tell("LRT670.achternaam", given[0], text=given[0].text, column=column)

    def _titles(
        self, cells: Mapping[str, Cell], texts: Mapping[str, str]
    ) -> tuple[str, str, Adel | None]:
        """Return the titles before the name; and what else people put there: heer, jonkheer."""
        text = texts.get("titel_voor", "")
        sir = _SIR.match(text)
        kept, nobility = [], None
        for word in text[sir.end() if sir else 0 :].split():
            noble = find_adel(word) if len(word) > 2 else None
            nobility = noble or nobility
            kept += [] if noble else [word]
        titles, unknown = mend_titles(" ".join(kept))
        if unknown:
            self._tell("LRT670.titulatuur", cells["titel_voor"], text=unknown)
        return titles, sir[0] if sir else "", nobility

    def _mended(self, part: str, cells: Mapping[str, Cell], texts: Mapping[str, str]) -> str:
        titles, unknown = mend_titles(texts.get(part, ""), behind=True)
        if unknown:
            self._tell("LRT670.titulatuur", cells[part], text=unknown)
        return titles

    def _adel(self, part: str, cells: Mapping[str, Cell], texts: Mapping[str, str]) -> Adel | None:
        if part not in cells:
            return None
        adel = find_adel(texts[part])
        if adel is None:
            self._tell("LRT670.adel", cells[part], text=texts[part])
        return adel

    def _geslacht(self, cells: Mapping[str, Cell], texts: Mapping[str, str], sir: str) -> Geslacht:
        """Return the sex that the row says; what its columns say otherwise is told."""
        said: list[tuple[Geslacht, Cell]] = []
        if "geslacht" in cells:
            geslacht = find_geslacht(texts["geslacht"])
            if geslacht is None:
                self._tell("LRT670.geslacht", cells["geslacht"], text=texts["geslacht"])
            said += [(geslacht, cells["geslacht"])] if geslacht is not None else []
        form = find_geslacht(texts.get("aanspreekvorm", ""))
        said += [(form, cells["aanspreekvorm"])] if form is not None else []
        titled = find_geslacht(sir) if sir else None
        said += [(titled, cells["titel_voor"])] if titled is not None else []
        for other, cell in said[1:]:
            if other is not said[0][0]:
                first = said[0][1]
                told = {"said": first.text, "other": first.place.within}
                self._tell("LRT670.anders", cell, text=cell.text, **told)
                return Geslacht.ONBEKEND
        return said[0][0] if said else Geslacht.ONBEKEND

    def _aanspreekvorm(self, texts: Mapping[str, str]) -> str:
        text = texts.get("aanspreekvorm", "")
        return "" if find_geslacht(text) is not None else text[:1].upper() + text[1:]

    def _initials(self, cells: Mapping[str, Cell], texts: Mapping[str, str]) -> str:
        text = texts.get("voorletters", "")
        if text:
            mended = mend_initials(text)
            if mended is None:
                self._tell("LRT670.voorletters", cells["voorletters"], text=text)
            return mended or text
        names = texts.get("voornamen", "")
        if names == UNKNOWN:
            return ""
        short = mend_initials(names) if "." in names or names.isupper() else None
        return short or initials_of(names)

    def _surname(
        self, prefix: str, name: str, cells: Mapping[str, Cell], texts: Mapping[str, str]
    ) -> tuple[str, str]:
        """Return prefix and surname, each in its own place, whichever column they were put in."""
        before, surname = texts.get(prefix, ""), texts.get(name, "")
        first, comma, rest = surname.partition(",")
        if comma and not before and _PREFIXES.fullmatch(rest.strip()):
            before, surname = rest.strip(), first.strip()
        elif comma or _INITIAL.search(surname):
            self._tell("LRT670.meer", cells[name], column=self.headings[name], text=surname)
        if "." in before:
            self._tell("LRT670.kort", cells.get(prefix) or cells[name], text=before)
        if before and surname.casefold().startswith(f"{before.casefold()} "):
            surname = surname[len(before) + 1 :]
        return before, surname

    def _naamgebruik(self, cells: Mapping[str, Cell], texts: Mapping[str, str]) -> Naamgebruik:
        cell = cells.get("naamgebruik")
        usage = find_naamgebruik(texts["naamgebruik"]) if cell else Naamgebruik.EIGEN
        if usage is None and cell:
            self._tell("LRT670.naamgebruik", cell, text=cell.text)
        elif cell and usage is not Naamgebruik.EIGEN and "achternaam_partner" not in cells:
            self._tell("LRT670.partner", cell, text=cell.text)
        return usage or Naamgebruik.EIGEN

    def _check_sure(self, persoon: Persoon, cells: Mapping[str, Cell]) -> None:
        """Report a noble title that is left out, because nothing says of whom it is."""
        if persoon.adel is None or persoon.geslacht is not Geslacht.ONBEKEND or persoon.hoffelijk:
            return
        cell = cells.get("adellijke_titel") or cells["titel_voor"]
        if persoon.naamgebruik is not Naamgebruik.PARTNER:
            self._tell("LRT670.adel_zonder", cell, text=cell.text)


def names_person(naam: str, persoon: Persoon) -> bool:
    """Tell whether `naam`, in a cell of its own, is the name of `persoon` too."""
    folded = fold_letters(naam)
    surnames = (persoon.achternaam, persoon.achternaam_partner)
    return any(fold_letters(surname) in folded for surname in surnames if surname)
