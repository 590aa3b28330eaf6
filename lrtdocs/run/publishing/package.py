"""The package for a platform: public files, what a platform must know of each, and what is ours.

    2025-03-19-lrt-verslag-openbaar.docx  .pdf  .html         the paper, three times the same text
    2025-03-19-lrt-verslag-openbaar.pdf.diwoo.xml  …          DiWoo, one for each of those files
    productierapport.xlsx                                     a row for each paper
    dossier/weggelaten.xlsx  dossier/leesmij.txt              for the file, not for the public
    sha256sums.txt

A paper that is withheld whole, or that is public already, is announced: it has no file. What was
left out stands nowhere, also not in the report of it: that has places, kinds and grounds.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.documents.metadata.diwoo import is_published_as, write_diwoo
from lrtdocs.messages import text
from lrtdocs.model.metadata.waardelijsten import diwoo_version, lists_made
from lrtdocs.model.openbaar.blok import Beoordeling
from lrtdocs.model.openbaar.gronden import GRONDEN
from lrtdocs.source.sheet.write import format_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lrtdocs.documents.metadata.diwoo import Publicatie
    from lrtdocs.model.openbaar.omission import Omission

REPORT = "productierapport.xlsx"
FOLDER = "dossier"
LEFT_OUT, READ_ME = f"{FOLDER}/weggelaten.xlsx", f"{FOLDER}/leesmij.txt"
_REPORT_HEADINGS = (
    *("ID", "Matter", "Family ID", "Email Thread ID", "Document", "File type", "Datum"),
    *("Beoordeling", "Opgeschort", "Beoordelingsgrond", "Toelichting", "Publieke link"),
    *("Gerelateerd ID", "Zaaknummer"),
)
"""The columns that the platform of the Rijk asks for."""
_JUDGED = {
    Beoordeling.OPENBAAR: "Openbaar",
    Beoordeling.DEELS: "Deels openbaar",
    Beoordeling.NIET: "Niet openbaar",
    Beoordeling.REEDS: "Reeds openbaar",
}
_LEFT_OUT_HEADINGS = ("van", "plaats", "wat", "grond", "artikel", "belang", "reden")
ANNOUNCED = (Beoordeling.NIET, Beoordeling.REEDS)
"""How papers are judged that there is no file of."""
_MATTER = 2
"""So many signs the name of a collection has at least."""


class Stuk(NamedTuple):
    """A paper of a publication: its `bestanden` by their suffix, none if it is only announced.

    `bron` is the name of the file that it is of, and `omissions` what was left out of all papers of
    that; `gronden` are those on which something of this one is left out, or all of it. `reden` is
    the writer's own, `link` tells where it is public already.
    """

    naam: str
    bron: str
    publicatie: Publicatie
    beoordeling: Beoordeling
    bestanden: Mapping[str, bytes]
    omissions: Sequence[Omission] = ()
    gronden: Sequence[str] = ()
    reden: str = ""
    link: str = ""

    @property
    def is_announced(self) -> bool:
        """Whether there is to be no file of it."""
        return self.beoordeling in ANNOUNCED


def lay_out_package(stukken: Sequence[Stuk]) -> dict[str, bytes]:
    """Return all files of the package of `stukken`, by their paths in it."""
    files: dict[str, bytes] = {}
    for stuk in stukken:
        published = {} if stuk.is_announced else stuk.bestanden
        files |= {f"{stuk.naam}{suffix}": data for suffix, data in published.items()}
        for suffix in [each for each in published if is_published_as(each)] or [""]:
            told = stuk.publicatie._replace(omschrijving=describe(stuk))
            files[f"{stuk.naam}{suffix}.diwoo.xml"] = write_diwoo(told, suffix)
    rows = [_row(stuk) for stuk in stukken]
    title = REPORT.partition(".")[0]
    files[REPORT] = format_table(Path(REPORT), _REPORT_HEADINGS, rows, title=title)
    sources = {stuk.bron: stuk.omissions for stuk in stukken}
    left_out = [row for bron, found in sources.items() for row in _tell_omissions(bron, found)]
    files[LEFT_OUT] = format_table(
        Path(LEFT_OUT), _LEFT_OUT_HEADINGS, left_out, title=text("deel.pakket_weggelaten")
    )
    files[READ_ME] = _read_me(stukken).encode()
    return files


def describe(stuk: Stuk) -> str:
    """Return in a sentence how much of a paper is public, and on which grounds not all of it."""
    articles = dutch.join_words([GRONDEN[grond].artikel for grond in stuk.gronden])
    if stuk.beoordeling is Beoordeling.REEDS:
        return text("deel.reeds_openbaar", link=stuk.link)
    if stuk.beoordeling is Beoordeling.OPENBAAR:
        return ""
    key = "deel.niet_openbaar" if stuk.is_announced else "deel.deels_openbaar"
    told = text(key, articles=articles)
    return f"{told} {stuk.reden}".strip()


def _row(stuk: Stuk) -> Sequence[str]:
    """Return the row of a paper in the report of what was produced; dates as the platform reads."""
    known, day = stuk.publicatie.kenmerken, stuk.publicatie.dag.isoformat()
    collections = (*known[1:], stuk.bron, stuk.naam, f"{stuk.naam} {day}")
    matter = next(each for each in collections if len(each) >= _MATTER)
    kind = "" if stuk.is_announced else "pdf" if ".pdf" in stuk.bestanden else "doc"
    grounds = "; ".join(stuk.gronden)
    return (
        *(stuk.naam, matter, "", "", stuk.publicatie.titel, kind, day),
        *(_JUDGED[stuk.beoordeling], "", grounds, stuk.reden, stuk.link, "", ""),
    )


def _tell_omissions(bron: str, omissions: Sequence[Omission]) -> Iterator[Sequence[str]]:
    """Yield a row for each thing that was left out: where it stood, what it was, not its words."""
    for one in omissions:
        grond, place = GRONDEN[one.grond], one.place
        where = place.within if place.line or place.cell else ""
        yield (bron, where, one.what, grond.code, grond.artikel, grond.woorden, one.reason)


def _read_me(stukken: Sequence[Stuk]) -> str:
    """Return what somebody must know who opens the package."""
    lists = dutch.format_date(lists_made())
    lines = [text("deel.pakket_leesmij", folder=FOLDER, lists=lists, diwoo=diwoo_version()).strip()]
    lines.append("")
    for stuk in stukken:
        grounds = dutch.join_words(stuk.gronden) or text("deel.pakket_geen_grond")
        judged = _JUDGED[stuk.beoordeling].lower()
        lines.append(text("deel.pakket_stuk", name=stuk.naam, judged=judged, grounds=grounds))
    return "\n".join([*lines, ""])
