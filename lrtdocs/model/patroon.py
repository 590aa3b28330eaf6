"""Words of the recipient in a text, between braces: {naam}, {volgnummer:04}, {bedrag:bedrag}.

Behind the colon a word may carry the name of a filter, or a width, with a zero in front to fill up
with zeros; nothing else of Python's format language is there, so that a text can name values but
never reach into them.

A name or a reference is a pattern and nothing else: what cannot be read in it is refused. In a line
of a letter braces may be text too: what is no word stays as it was typed, for others to judge. So
it is in a `Tekst`, which has words of its own: see `tekst`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs.errors import suggest
from lrtdocs.messages import FaultError
from lrtdocs.model.value import FILTERS, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_PIECE = re.compile(r"(?P<text>[^{}]+)|(?P<double>\{\{|\}\})|\{(?P<inside>[^{}]*)\}|(?P<loose>.)")
_ESCAPED = re.compile(r"\\([{}])")
_WORD = re.compile(
    r"\s*(?P<name>[a-z_][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\s*"
    r"(?::(?:(?P<zero>0?)(?P<width>[1-9]\d?)|\s*(?P<filter>[a-z][a-z_]*)))?\s*"
)
_NAME = re.compile(r"\s*[a-z_][a-z0-9_.]*\s*(:.*)?", re.DOTALL)
WORD = re.compile(
    r"(?<!\{)\{\s*(?P<inside>[a-z_][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?\s*(?::[^{}\n]*)?)\}(?!\})"
)
"""A word in a text: in small letters between single braces."""


@dataclass(frozen=True, slots=True)
class Woord:
    """A word in a pattern: its name, and the filter it passes, if it does.

    `breedte` is the width it is filled up to (0: none), and `vulling` with what.
    """

    naam: str
    breedte: int = 0
    vulling: str = " "
    filter: str = ""

    def write(self, value: object) -> str:
        """Return `value` as it is printed; nothing for None.

        Raises FaultError for one that the filter cannot read.
        """
        text = FILTERS[self.filter](value) if self.filter else text_of(value)
        return text.rjust(self.breedte, self.vulling) if self.breedte else text

    def __str__(self) -> str:
        zero = self.vulling.strip()
        behind = self.filter or (f"{zero}{self.breedte}" if self.breedte else "")
        return f"{{{self.naam}:{behind}}}" if behind else f"{{{self.naam}}}"


def parse_woord(inside: str) -> Woord:
    """Read what stands between the braces; raise `FaultError` for what is no word."""
    word = _WORD.fullmatch(inside)
    if word is None:
        raise _not_a_word(inside)
    name = word["filter"] or ""
    if name and name not in FILTERS:
        guess = suggest(name, FILTERS)
        known = ", ".join(FILTERS)
        told = {"inside": inside, "filter": name, "guess": f"; {guess}" if guess else "."}
        raise FaultError("LRT230.filter", **told, known=known, name=word["name"])
    return Woord(word["name"], int(word["width"] or 0), "0" if word["zero"] else " ", name)


def find_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words in a line of a letter, in their order."""
    return (found for found in WORD.finditer(text) if not is_escaped(text, found.start()))


def is_escaped(text: str, at: int) -> bool:
    """Tell whether the sign `at` a place in `text` stands behind a backslash that makes it text."""
    before = text[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _not_a_word(inside: str) -> FaultError:
    lower = inside.strip().lower()
    if not lower:
        return FaultError("LRT230.leeg")
    if _WORD.fullmatch(lower):
        return FaultError("LRT230.hoofdletters", inside=inside, lower=lower)
    if _NAME.fullmatch(inside) and "." not in inside.partition(":")[0]:
        name = inside.partition(":")[0].strip()
        return FaultError("LRT230.breedte", inside=inside, name=name)
    return FaultError("LRT230.woord", inside=inside)


@dataclass(frozen=True, slots=True)
class Patroon:
    """A parsed pattern: `source` as typed, `delen` as literal text and words in turn."""

    source: str
    delen: tuple[str | Woord, ...]

    @property
    def words(self) -> frozenset[str]:
        """The names of the words that the pattern asks for."""
        return frozenset(deel.naam for deel in self.delen if isinstance(deel, Woord))

    def fill(self, values: Mapping[str, object]) -> str:
        """Return the pattern with `values` in it; KeyError for a word that is not among them."""
        return "".join(
            deel if isinstance(deel, str) else deel.write(values[deel.naam]) for deel in self.delen
        )

    def __str__(self) -> str:
        return self.source


def parse_patroon(text: str) -> Patroon:
    """Read a pattern; raise `FaultError` for what is not one."""
    return Patroon(text, tuple(_parse_delen(text)))


def _parse_delen(text: str) -> Iterator[str | Woord]:
    for match in _PIECE.finditer(text):
        if match["loose"]:
            raise FaultError("LRT230.sluit" if match["loose"] == "{" else "LRT230.opent")
        if match["inside"] is None:
            yield match["text"] or match["double"][0]
            continue
        word = parse_woord(match["inside"])
        if "." in word.naam:
            raise FaultError("LRT230.woord", inside=match["inside"])
        yield word


def parse_line(text: str) -> Patroon:
    """Read a line of a letter, in which braces may be text; raise `FaultError` for a wrong word.

    A brace behind a backslash is a brace.
    """
    delen: list[str | Woord] = []
    done = 0
    for found in find_words(text):
        delen += [_ESCAPED.sub(r"\1", text[done : found.start()]), parse_woord(found["inside"])]
        done = found.end()
    return Patroon(text, tuple(filter(None, [*delen, _ESCAPED.sub(r"\1", text[done:])])))


def read_words(parser: MarkdownIt) -> None:
    """Let `parser` read words of each recipient: {naam}, {bedrag:bedrag}."""
    parser.inline.ruler.before("link", "word", _word)


def _word(state: StateInline, silent: bool) -> bool:
    """Read a word of each recipient."""
    match = WORD.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("word", "", 0)
        token.content, token.markup = match["inside"], match.group()
    state.pos = match.end()
    return True
