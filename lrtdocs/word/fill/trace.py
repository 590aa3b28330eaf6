"""A document filled with its trace: what each printed piece came from, and where it landed.

Asked for, the traced programs of a template fill the document; they leave a mark before each piece,
which tells part and paragraph when the document is whole, and is then taken out. So the document is
the same, byte for byte, as one filled without a trace.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.errors import Place, ProblemsFoundError, TemplateProblemsError
from lrtdocs.language import Taal
from lrtdocs.word.fill.render import Filler, render
from lrtdocs.word.values.tracing import MARK, SIGN, Trail, find_nowhere
from lrtdocs.word.values.writer import find_nothing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.errors import Problem
    from lrtdocs.word.compile.template import Template
    from lrtdocs.word.values.tracing import PlaceOf, Printed
    from lrtdocs.word.values.writer import PictureFinder

_NOTHING: Mapping[str, bytes] = {}
_TOKEN = (
    f"{SIGN}(?P<piece>-?\\d+){SIGN}|<w:p(?: [^>]*?)?(?P<empty>/)?>|(?P<end></w:p>)"
    "|(?P<copy><mc:Fallback>)|(?P<original></mc:Fallback>)"
)
_EMPTY = f"(<[^/<>][^<>]*)(?<!/)>(?:{SIGN}-?\\d+{SIGN})+</[\\w:]+>"


class Piece(NamedTuple):
    """One printed piece of a document.

    `word` is the path of its word ("agendapunten[0].titel"), "" for a text of the template itself;
    `source` is where the value stands in the input, None when that is not known; `tag` where the
    tag stands in the template. `place` is where the piece landed: the part, and the paragraph in
    which it begins; without a paragraph where there is none, as in the document properties. One of
    several paragraphs goes on up to the `last`. `line` is that of its tag in the program of the
    part, and `xml` what was printed. `shown` is the word that a reader sees of it, with its source:
    of a link with a title that is the title.
    """

    word: str
    source: Place | None
    tag: Place
    place: Place
    last: int | None = None
    line: int = 0
    xml: str = ""
    shown: tuple[str, Place | None] = ("", None)


class Traced(NamedTuple):
    """A filled document with its pieces, in the order in which they were printed.

    `marked` are its parts as they were when the marks of the pieces still stood in them, by what
    they became.
    """

    docx: bytes
    pieces: list[Piece]
    marked: dict[bytes, str]


def render_traced(
    template: Template,
    words: Mapping[str, object],
    place_of: PlaceOf = find_nowhere,
    find_picture: PictureFinder = find_nothing,
    taal: Taal = Taal.NL,
) -> tuple[bytes, list[Piece]]:
    """Return what `render` returns, and its pieces in the order in which they were printed.

    `place_of` tells where the word with a path stands in the input; values that know their own
    place need it not. The problems of a TemplateProblemsError stand where the value stands.
    """
    return trace(Filler(template, find_picture=find_picture, taal=taal), words, place_of)[:2]


def trace(filler: Filler, words: Mapping[str, object], place_of: PlaceOf = find_nowhere) -> Traced:
    """Return what `filler` makes of `words`, with its trace; see `render_traced`."""
    trail = Trail(place_of)
    landed: dict[int, tuple[int | None, int]] = {}
    marked: dict[bytes, str] = {}

    def settle(data: bytes, written_anew: bool) -> bytes:
        text = data.decode()
        landed.update(_paragraphs_of_pieces(text))
        plain = text
        if written_anew:  # lxml has written <w:t/> where nothing was printed, and no mark
            plain = re.sub(_EMPTY, r"\1/>", text)
        settled = MARK.sub("", plain).encode()
        marked[settled] = text
        return settled

    document = filler.render(words, trail, settle)
    parts = {part.member: part for part in filler.parts}
    pieces = []
    for number, printed in enumerate(trail.printed):
        part = parts[printed.part]
        first, last = landed.get(number, (None, 0))
        place = Place("", part=part.place.part, paragraph=first)
        tag, source = part.lines[printed.line].place, _source(trail, printed)
        ends = max(first, last) if first else None
        shown = printed.shown
        seen = shown[0], trail.source_of(*shown) if shown[0] else None
        own = (printed.word, source, tag, place, ends, printed.line, printed.xml)
        pieces.append(Piece(*own, shown=seen))
    return Traced(document, pieces, marked)


def _source(trail: Trail, printed: Printed) -> Place | None:
    return trail.source_of(printed.word, printed.value) if printed.word else None


def _paragraphs_of_pieces(xml: str) -> dict[int, tuple[int | None, int]]:
    """Return by the number of each piece in the part `xml` its first paragraph and its last.

    They count from 1; the first is None where there is none, the last 0 where that is the first.

    A piece between paragraphs begins with the next one. Paragraphs are counted as everywhere
    (`paragraphs_of`): those of the copy of a text box for old programs do not count.
    """
    found: dict[int, int] = {}
    ends: dict[int, int] = {}
    count, around, in_copy = 0, list[int](), False
    for token in re.finditer(_TOKEN, xml):
        kind = token.lastgroup
        if kind == "piece" and token[kind].startswith("-"):
            ends[int(token[kind][1:])] = count
        elif kind == "piece":
            found.setdefault(int(token["piece"]), around[-1] if around else count + 1)
        elif kind in {"copy", "original"}:
            in_copy = kind == "copy"
        elif kind == "end":
            around.pop()
        else:
            count += not in_copy
            around += [count] if kind != "empty" else []
    return {
        piece: (number if number <= count else None, ends.get(piece, 0))
        for piece, number in found.items()
    }


def render_for(
    template: Template,
    words: Mapping[str, object],
    place_of: PlaceOf = find_nowhere,
    *,
    pictures: Mapping[str, bytes] = _NOTHING,
    font: str | None = None,
    find_picture: PictureFinder = find_nothing,
) -> bytes:
    """Return what `render` returns, for somebody who knows where the words come from.

    What does not fit is told where its value stands: as ProblemsFoundError when the values are all
    that is wrong, as TemplateProblemsError when the template is wrong too.
    """
    try:
        return render(template, words, pictures=pictures, font=font, find_picture=find_picture)
    except TemplateProblemsError as error:
        problems = find_sources(error, template, words, place_of, find_picture)
        at_tags = any(problem.place.file == template.name for problem in problems)
        raise (TemplateProblemsError if at_tags else ProblemsFoundError)(*problems) from error


def find_sources(
    error: TemplateProblemsError,
    template: Template,
    words: Mapping[str, object],
    place_of: PlaceOf = find_nowhere,
    find_picture: PictureFinder = find_nothing,
    taal: Taal = Taal.NL,
) -> list[Problem]:
    """Return the problems of `error`, raised by `render`, each where the value stands.

    Fills once more, with the trace, to find the words. A problem of the template itself stays at
    its tag.
    """
    try:
        render_traced(template, words, place_of, find_picture, taal)
    except TemplateProblemsError as traced:
        return traced.problems
    return error.problems
