"""The table of document kinds: all that sets one kind apart from another, a row each.

A new kind is a row here, a template of that name in `templates/`, an example and a case. Nothing
else names the kinds but `word/house/build`, which composes the templates that we ship: commands,
options, schema, words, checks and examples come from these rows. It is plain data, below all who
need it, so that the command line has it without loading a model.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Source(StrEnum):
    """The kind of file that documents are made of."""

    MEETING = "vergadering"
    MAILING = "mailing"


class Kind(NamedTuple):
    """One kind of document; its template bears its `name`, and so does the command of a meeting.

    `help` is the Dutch sentence on it. `needed` are the words that its template cannot do without,
    as paths in the tree of words: few on purpose, since a template that leaves a word out is
    usually right to do so. Of paths with a bar between them one is enough, and a path under a list
    is needed only where the list itself is used. `telling` are words that no kind above it in the
    table has a use for. `example` is a file in `examples/`.

    Minutes carry the date `dagtekening_verslag` if there is one, and are judged as such
    (`is_minutes`). A mailing cannot do without the key that the kind `requires`; one that is
    `counted` divides a taakstelling. Platforms know a paper by what it is `published_as`: a name of
    the list of kinds of papers of TOOI.
    """

    name: str
    source: Source
    help: str
    needed: tuple[str, ...]
    telling: tuple[str, ...]
    example: str
    is_minutes: bool = False
    requires: str = ""
    counted: bool = False
    since_sent: bool = False
    published_as: str = "vergaderstuk"


_MEETING = ("overleg", "datum", "agendapunten", "agendapunten[].titel")
_LETTER = (
    "dagtekening",
    "aanhef",
    "ontvanger.adresregels|ontvanger.naam|ontvanger.organisatie|naam|organisatie",
)
_ROWS = (
    Kind(
        "agenda",
        Source.MEETING,
        "Maak de agenda van een vergadering.",
        needed=_MEETING,
        telling=("agendapunten", "overleg"),
        example="2025-03-19-lrt.yaml",
        published_as="agenda",
    ),
    Kind(
        "nazending",
        Source.MEETING,
        "Maak het stuk bij wat u nazendt, en de tekst voor de mail.",
        needed=("overleg", "datum", "stukken", "stukken[].titel"),
        telling=("stukken", "wijzigingen"),
        example="2025-03-19-lrt.yaml",
        since_sent=True,
    ),
    Kind(
        "verslag",
        Source.MEETING,
        "Maak het verslag van een vergadering.",
        needed=(*_MEETING, "agendapunten[].verslag", "concept|rubricering"),
        telling=("besluiten", "agendapunten[].verslag", "agendapunten[].besluiten",
                 "agendapunten[].actiepunten", "notulist", "vastgesteld"),
        example="2025-03-19-lrt.yaml",
        is_minutes=True,
        published_as="vergaderverslag",
    ),
    Kind(
        "brief",
        Source.MAILING,
        "Een brief met een eigen tekst.",
        needed=(*_LETTER, "tekst|tekst_tot_slot"),
        telling=("ontvanger", "aanhef", "betreft", "ondertekening", "volgnummer", "slotalinea"),
        example="brief.yaml",
        requires="tekst",
        published_as="brief",
    ),
    Kind(
        "taakstelling",
        Source.MAILING,
        "Een brief over de taakstelling van een gemeente.",
        needed=(*_LETTER, "taakstelling.aantal"),
        telling=("landelijk", "taakstelling", "bijlage_a"),
        example="taakstelling-2025-II.yaml",
        requires="taakstelling",
        counted=True,
        published_as="brief",
    ),
)  # fmt: skip

KINDS = {row.name: row for row in _ROWS}


def kinds_of(source: Source) -> list[Kind]:
    """Return the kinds that are made of a `source`, in the order of the table."""
    return [kind for kind in KINDS.values() if kind.source is source]


def join_kinds(last: str = "of") -> str:
    """Return the names of all kinds as a phrase: "agenda, verslag, brief of taakstelling"."""
    *first, end = KINDS
    return f"{', '.join(first)} {last} {end}"
