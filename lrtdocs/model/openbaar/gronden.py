"""The grounds on which the Woo lets something be left out, and the mark that stands in its place.

A closed list: Wet open overheid, articles 5.1, 5.2 and 5.4, written as the platform of the Rijk
writes them (`5.1.2e`). A mark is text, `[5.1.2e]`: it survives wherever text does, and it is read
aloud by what article it stands for.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lrtdocs.messages import FaultError

PARTED = re.compile(r"(\d\.\d)(?:\.(\d)([a-z]?))?")
"""The parts of a code: article, paragraph and letter."""
_ORDINALS = {"1": "eerste", "2": "tweede", "5": "vijfde"}


class Grond(NamedTuple):
    """One ground: its code, what it protects in words of the law, and if it is weighed.

    An absolute ground holds whatever publication would bring; a relative one is weighed against it,
    and one of article 5.1 asks a reason for a paper of over five years old (article 5.3).
    """

    code: str
    woorden: str
    absoluut: bool = False

    @property
    def artikel(self) -> str:
        """The article in words, as it is read aloud: "artikel 5.1, tweede lid, onder e"."""
        match = PARTED.fullmatch(self.code)
        article, part, letter = match.groups() if match else (self.code, None, None)
        parts = [f"artikel {article}"]
        parts += [f"{_ORDINALS[part]} lid"] if part else []
        parts += [f"onder {letter}"] if letter else []
        return ", ".join(parts)

    @property
    def mark(self) -> str:
        """What stands in the place of what is left out."""
        return f"[{self.code}]"

    @property
    def aloud(self) -> str:
        """What a mark says to who does not see it."""
        return f"weggelaten, {self.artikel}"

    @property
    def vijf_jaar(self) -> bool:
        """Whether it asks a reason for a paper of over five years old (article 5.3)."""
        return self.code.startswith(("5.1.2", "5.1.5"))


GRONDEN: dict[str, Grond] = {
    grond.code: grond
    for grond in (
        Grond("5.1.1a", "de eenheid van de Kroon", absoluut=True),
        Grond("5.1.1b", "de veiligheid van de Staat", absoluut=True),
        Grond("5.1.1c", "vertrouwelijk aan de overheid meegedeelde bedrijfs- en fabricagegegevens",
              absoluut=True),
        Grond("5.1.1d", "bijzondere en strafrechtelijke persoonsgegevens", absoluut=True),
        Grond("5.1.1e", "nummers die dienen ter identificatie van personen", absoluut=True),
        Grond("5.1.2a", "de betrekkingen van Nederland met andere landen en staten en met "
              "internationale organisaties"),
        Grond("5.1.2b", "de economische of financiële belangen van de Staat, andere "
              "publiekrechtelijke lichamen of bestuursorganen"),
        Grond("5.1.2c", "de opsporing en vervolging van strafbare feiten"),
        Grond("5.1.2d", "de inspectie, controle en toezicht door bestuursorganen"),
        Grond("5.1.2e", "de eerbiediging van de persoonlijke levenssfeer"),
        Grond("5.1.2f", "de bescherming van andere, concurrentiegevoelige bedrijfs- en "
              "fabricagegegevens"),
        Grond("5.1.2g", "de bescherming van het milieu waarop de informatie betrekking heeft"),
        Grond("5.1.2h", "de beveiliging van personen en bedrijven en het voorkomen van sabotage"),
        Grond("5.1.2i", "het goed functioneren van de Staat, andere publiekrechtelijke lichamen of "
              "bestuursorganen"),
        Grond("5.1.5", "het voorkomen van onevenredige benadeling van een ander belang"),
        Grond("5.2", "persoonlijke beleidsopvattingen in documenten voor intern beraad"),
        Grond("5.4", "informatie bij de formateur of de informateur, totdat de formatie is "
              "afgerond", absoluut=True),
    )
}  # fmt: skip
"""The seventeen grounds by their code. The words are those of the law, in short."""
CODE = r"5\.(?:1\.(?:1[a-e]|2[a-i]|5)|[24])"
"""A pattern of the code of a ground."""
MARK = re.compile(rf"\[({CODE})\]")
"""A mark, whose group is the code of its ground."""
FILE_MARK = "weggelaten-{}"
"""What stands for a mark in the name of a file."""
_WRITTEN = re.compile(
    r"(?:\[)?(?:art(?:ikel|\.)?)?(?P<article>5\.[124])"
    r"(?:[.,]?(?:lid)?(?P<part>\d|eerste|tweede|vijfde)(?:lid)?(?:[.,]?(?:aanhef)?(?:en)?"
    r"(?:onder|sub)?(?P<letter>[a-i]))?)?(?:,?woo)?\]?"
)
_PARTS = {word: number for number, word in _ORDINALS.items()}


def parse_grond(text: str) -> str:
    """Return the code of the ground that `text` writes; raise `FaultError` for none of the list.

    It reads `5.1.2.e`, `5.1, 2, e` and `artikel 5.1, tweede lid, onder e` as well.
    """
    if not text.strip():
        raise FaultError("LRT800.leeg", codes=list_codes())
    match = _WRITTEN.fullmatch(re.sub(r"\s+", "", text.lower()).rstrip("."))
    part = (match["part"] and _PARTS.get(match["part"], match["part"])) if match else None
    code = (match["article"] + (f".{part}{match['letter'] or ''}" if part else "")) if match else ""
    if code not in GRONDEN:
        raise FaultError("LRT800", text=text.strip(), codes=list_codes())
    return code


def list_codes() -> str:
    """Return the codes of all grounds, as a person lists them."""
    return "5.1.1a tot en met e, 5.1.2a tot en met i, 5.1.5, 5.2 en 5.4"


def mark_of(code: str) -> str:
    """Return the mark of the ground `code`."""
    return GRONDEN[code].mark
